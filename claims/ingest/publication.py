"""When a story was published: the date of publication on its page, and what is doubtful about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from claims.ingest.blocks import Block, Look
from claims.ingest.datelines import WEEKDAYS, DateFound, date_in_address, dates_in
from claims.ingest.lexicons import agency_pattern
from claims.ingest.plaintext import Story

LONGEST_NOTE = 200  # characters of a date as written that are kept
OPENING = 240  # characters of a first paragraph within which its dateline lies
NEAR_START = 4  # blocks of a story among which a line may still be its date line
NEAR_END = 12  # lines below a story that may still carry its date

PLACE = re.compile(r"(?:[A-Z][A-Z.'’-]+(?:[ ,/]+[A-Z][\w.'’-]*){0,3}[ ,/(–—-]*)?")
LABEL = re.compile(
    r"(?:date of publication|published|posted|updated|last updated)(?: on| at)?[: ]*", re.IGNORECASE
)
AFTER_DATE = re.compile(r"\s*(?:[(/–—:|-]|\.\s|,\s*[A-Z]{2,}\b|[A-Z\"“'‘]|\d|$)")


@dataclass(frozen=True, slots=True)
class Publication:
    """The day of publication, how the page writes it, and what a reader should know about both."""

    day: date | None
    as_written: str | None = None
    notices: tuple[str, ...] = ()


def find_publication(
    story: Story,
    header: Sequence[Block],
    footer: Sequence[Block],
    *,
    month_first: bool = False,
    url: str | None = None,
    latest: date | None = None,
) -> Publication:
    """The publication date written around a story, else the one in its address.

    ``month_first`` says how the outlet writes 04/05/2021; ``latest`` is the day the page was fetched: of two
    readings the one after it is wrong. A date of change does not count, nor does a day told in the story.
    """
    found, changed = _around(story, header, footer, month_first)
    if found:
        if latest and found.other and found.value > latest >= found.other:
            found = replace(found, value=found.other, other=None)
        return Publication(found.value, found.written[:LONGEST_NOTE], tuple(_doubts(found, latest)))
    if url and (day := date_in_address(url)):
        return Publication(
            day, None, (f"The publication date {_long(day)} is taken from the page's address.",)
        )
    if changed:
        notice = f"No publication date was found, only the date of a change: {_long(changed.value)}."
    else:
        notice = "No publication date was found."
    return Publication(None, None, (notice,))


def _doubts(found: DateFound, latest: date | None) -> Iterable[str]:
    if found.other:
        yield (
            f"The date “{found.written}” can be read two ways; "
            f"it was read as {_long(found.value)}, not {_long(found.other)}."
        )
    if found.weekday is not None and found.value.weekday() != found.weekday:
        weekday = WEEKDAYS[found.value.weekday()].title()
        yield f"The page says “{found.written}”, but {_long(found.value)} was a {weekday}."
    if latest and found.value > latest:
        yield f"The publication date {_long(found.value)} lies after the day the page was fetched."


def _around(
    story: Story, header: Sequence[Block], footer: Sequence[Block], month_first: bool
) -> tuple[DateFound | None, DateFound | None]:
    """The publication date around a story, and a date of change where there is no other.

    Lines between title and story come first, then those above the title, the nearest first; then a date line
    among the first paragraphs, a dateline that opens the story, and lines just below it.
    """
    title_at = story.title.index if story.title and story.title.index is not None else -1
    lines = [(i, block) for i, block in enumerate(header) if not block.look.is_story]
    above = [block for i, block in lines if i >= title_at] + [b for i, b in reversed(lines) if i < title_at]
    within = [story.blocks[i] for i in story.body[:NEAR_START] if story.blocks[i].look is Look.META]
    changed: DateFound | None = None
    for region in (above, within):
        found, changed_here = _in_lines(region, month_first)
        changed = changed or changed_here
        if found:
            return found, None
    opening = _opening(story.blocks[story.body[0]].text[:OPENING], month_first)
    if opening:
        return (None, changed or opening) if opening.role == "updated" else (opening, None)
    # Below the story a date counts only if labelled or alone in its line: links have dates too.
    for block in footer[:NEAR_END]:
        for candidate in dates_in(block.text, month_first=month_first):
            if candidate.role == "updated":
                changed = changed or candidate
            elif not block.look.is_story and (candidate.role == "published" or block.look is Look.META):
                return candidate, None
    return None, changed


def _in_lines(lines: Iterable[Block], month_first: bool) -> tuple[DateFound | None, DateFound | None]:
    """The first date called that of publication, else the first plain one; and the first date of a change."""
    plainly = changed = None
    for block in lines:
        if block.look is Look.TEASER:
            continue
        for found in dates_in(block.text, month_first=month_first):
            if found.role == "published":
                return found, None
            if found.role == "updated":
                changed = changed or found
            else:
                plainly = plainly or found
    return plainly, changed


def _opening(opening: str, month_first: bool) -> DateFound | None:
    """The date of a dateline: "TEHRAN, May 3, 2021 (IRNA) -", "05.02.2015 A group", "... AFP 9 Jul 2015 At".

    "On 4 May 2021 the two sides met" tells of that day and is no dateline.
    """
    found = next(dates_in(opening, month_first=month_first), None)
    if found is None:
        return None
    before, after = opening[: found.start], opening[found.end :]
    by_agency = re.search(rf"(?:^|[\s(/]){agency_pattern()}[)/]?[,:|]? ?$", before)
    opens = PLACE.fullmatch(before) or LABEL.fullmatch(before) or by_agency
    return found if opens and AFTER_DATE.match(after) else None


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
