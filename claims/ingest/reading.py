"""A document in, an article's text out: stops 1 and 2 of an article's way through the house."""

from __future__ import annotations

import re
from datetime import date

from claims.engine.records import ArticleText, Document
from claims.ingest import credits, publishers
from claims.ingest.blocks import GLUE, WORD, Block, Look, split
from claims.ingest.datelines import WEEKDAYS, DateFound, date_in_address, dates_in
from claims.ingest.decoding import decode
from claims.ingest.errors import Unreadable
from claims.ingest.headlines import clean_title, opening_words
from claims.ingest.lexicons import agency_pattern, plain
from claims.ingest.plaintext import Story, find_story
from claims.ingest.screening import screen
from claims.ingest.webpage import Markup, is_markup, read_markup

__all__ = ["read", "screen"]

LONGEST_NOTE = 200  # characters of a date as written that are kept
OPENING = 240  # characters of a first paragraph within which its dateline lies
NEAR_START = 4  # blocks of a story among which a line may still be its date line
NEAR_END = 12  # lines below a story that may still carry its date
ENGLISH_SHARE = 0.06  # of function words; English prose has about four times as many


def read(document: Document) -> ArticleText:
    """The article in ``document``: its story without the page around it, and what is known about it.

    A declared outlet, title or date beats what the bytes say. Whatever is missing or guessed is said in
    ``notices``. For plain text the body is a run of the decoded text, unaltered (or several, joined by blank
    lines, where furniture stood inside the story). Raises Unreadable with code "encoding", "binary",
    "too_complex" (markup beyond what is safe to parse) or "no_text" (no story on the page).
    """
    decoded = decode(document.raw, document.content_type)
    if not decoded.text.strip():
        raise Unreadable("empty", "Nothing in it", "The document holds no text, only white space at most.")
    if is_markup(decoded.text, document.content_type, document.name):
        markup = read_markup(decoded.text, document.url)
        return _article(document, markup.text, markup, list(decoded.notices))
    return _article(document, decoded.text, None, list(decoded.notices))


def _article(document: Document, text: str, markup: Markup | None, notices: list[str]) -> ArticleText:
    declared_title = document.title or (markup.title if markup else "") or ""
    story = find_story(text, title=declared_title, bare=bool(markup and markup.extracted))
    # A page of links may read like a list in plain text; on a web page a story has sentences.
    if story is None or (markup and not any(story.blocks[i].look.is_story for i in story.body)):
        raise Unreadable(
            "no_text",
            "No story found",
            "The document holds no paragraph that reads like a story, only links, names or buttons. "
            "Copy the article's text and paste it, or send the article's own page.",
        )
    body, credit, ended = _body(story, notices)
    if markup and markup.extracted:
        header, footer = _around(markup.page, story)
    else:
        header, footer = story.header, tuple(block for block in story.blocks if block.start >= ended)

    title = clean_title(declared_title) or (story.title.text if story.title else "")
    if not title:
        title = opening_words(body)
        notices.append("No title was found; the opening words stand in for it.")
    byline = (markup.byline if markup else None) or credits.find_byline(header)
    credit = credit or credits.find_credit(header, footer)
    url = document.url or (markup.url if markup else None)
    published_by = publishers.find_publisher(
        header,
        footer,
        title=title,
        body=body,
        declared=document.outlet,
        site=markup.site if markup else None,
        url=url,
        byline=byline,
        credit=credit,
    )
    notices.extend(published_by.notices)
    day, written = _published(document, markup, story, header, footer, published_by.outlet, notices)
    words = [word.casefold() for word in WORD.findall(body[:20_000])]
    english = len(words) < 40 or sum(word in GLUE for word in words) >= ENGLISH_SHARE * len(words)
    if not english:
        notices.append("The text does not look like English; the numbers in it may be misread.")
    return ArticleText(
        title=title,
        body=body,
        outlet=published_by.outlet,
        published=day,
        published_as_written=written,
        byline=byline,
        credit=credit,
        wires=credits.find_wires(body, (credit, byline, credits.byline_agency(header))),
        host=published_by.host,
        url=(markup.url if markup and markup.url else None) or document.url,
        language="en" if english else "und",
        notices=tuple(dict.fromkeys(notices)),
    )


def _body(story: Story, notices: list[str]) -> tuple[str, str | None, int]:
    """The body, the credit that stood at its end, and where in the text the body ended."""
    runs = list(story.runs)
    start, end = runs[-1]
    ending = credits.strip_credit(story.text, start, end)
    while ending.end <= start and len(runs) > 1:
        runs.pop()
        start, end = runs[-1]
        inner = credits.strip_credit(story.text, start, end)
        ending = credits.Ending(inner.end, inner.credit or ending.credit)
    if ending.end > start:
        runs[-1] = (start, ending.end)
    if len(runs) > 1:
        notices.append(
            f"Page furniture stood inside the story in {len(runs) - 1} {'place' if len(runs) == 2 else 'places'} and was left out."
        )
    return "\n\n".join(story.text[a:b] for a, b in runs), ending.credit, runs[-1][1]


def _around(page: str, story: Story) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The lines of a web page before and after a story that was extracted from it."""
    blocks = split(page)
    places = {plain(block.text): i for i, block in reversed(list(enumerate(blocks)))}
    found = [places[key] for i in story.body if (key := plain(story.blocks[i].text)) in places]
    if not found:
        return (), ()
    return blocks[: found[0]], blocks[found[-1] + 1 :]


def _published(
    document: Document,
    markup: Markup | None,
    story: Story,
    header: tuple[Block, ...],
    footer: tuple[Block, ...],
    outlet: str | None,
    notices: list[str],
) -> tuple[date | None, str | None]:
    """Publication date and how it is written, best evidence first; what is doubtful becomes a notice."""
    month_first = publishers.month_first(outlet)
    latest = document.fetched_at.date() if document.fetched_at else None
    if document.published:
        return document.published, None
    if markup and markup.published:
        return markup.published, markup.published_as_written
    found, updated = _date_near(story, header, footer, month_first)
    if found:
        if latest and found.other and found.value > latest >= found.other:
            found = DateFound(found.other, found.written, found.start, found.end, found.role)
        if found.other:
            notices.append(
                f"The date “{found.written}” can be read two ways; it was read as {_long(found.value)}, not {_long(found.other)}."
            )
        if found.weekday is not None and found.value.weekday() != found.weekday:
            notices.append(
                f"The page says “{found.written}”, but {_long(found.value)} was a {WEEKDAYS[found.value.weekday()].title()}."
            )
        if latest and found.value > latest:
            notices.append(
                f"The publication date {_long(found.value)} lies after the day the page was fetched."
            )
        return found.value, found.written[:LONGEST_NOTE]
    if document.url and (day := date_in_address(document.url)):
        notices.append(f"The publication date {_long(day)} is taken from the page's address.")
        return day, None
    if updated:
        notices.append(f"No publication date was found, only the date of a change: {_long(updated.value)}.")
    else:
        notices.append("No publication date was found.")
    return None, None


def _date_near(
    story: Story, header: tuple[Block, ...], footer: tuple[Block, ...], month_first: bool
) -> tuple[DateFound | None, DateFound | None]:
    """The publication date written around the story, and a date of change if there is no other.

    The nearest date above the story wins, before one that opens its first paragraph and one just below it;
    dates in the story's sentences are never taken.
    """
    updated: DateFound | None = None
    title_at = story.title.index if story.title and story.title.index is not None else -1
    above = sorted(range(len(header)), key=lambda i: (i < title_at, -i if i < title_at else i))
    candidates = [
        header[i] for i in above if not header[i].look.is_story and header[i].look is not Look.TEASER
    ]
    below = [
        block for block in footer[:NEAR_END] if block.look in (Look.META, Look.FRAGMENT, Look.LINE, Look.OVER)
    ]
    inside = [story.blocks[i] for i in story.body[:NEAR_START] if story.blocks[i].look is Look.META]
    for region, labelled_only in ((candidates, False), (inside, False)):
        plainly: DateFound | None = None
        for block in region:
            for found in dates_in(block.text, month_first=month_first):
                if found.role == "published":
                    return found, None
                if found.role == "updated":
                    updated = updated or found
                elif not labelled_only and plainly is None:
                    plainly = found
        if plainly:
            return plainly, None
    opening = story.blocks[story.body[0]].text[:OPENING]
    if (first := _opening_date(opening, month_first)) is not None:
        return (None, updated or first) if first.role == "updated" else (first, None)
    for block in below:
        for found in dates_in(block.text, month_first=month_first):
            if found.role == "updated":
                updated = updated or found
            elif found.role == "published" or block.look is Look.META:
                return found, None
    return None, updated


# What must follow the date of a dateline.
_AFTER_DATE = re.compile(r"\s*(?:[(/–—:|-]|\.\s|,\s*[A-Z]{2,}\b|[A-Z\"“'‘]|\d|$)")


def _opening_date(opening: str, month_first: bool) -> DateFound | None:
    """The date of a dateline that opens the first paragraph: "TEHRAN, May 3, 2021 (IRNA) -", "05.02.2015 A group ...".

    "On 4 May 2021 the two sides met" tells of that day and is no dateline.
    """
    for found in dates_in(opening, month_first=month_first):
        before, after = opening[: found.start], opening[found.end :]
        capitals = re.fullmatch(r"(?:[A-Z][A-Z.'’-]+(?:[ ,/]+[A-Z][\w.'’-]*){0,3}[ ,/(–—-]*)?", before)
        labelled = re.fullmatch(
            r"(?:date of publication|published|posted|updated|last updated)(?: on| at)?[: ]*",
            before,
            re.IGNORECASE,
        )
        by_agency = re.search(rf"(?:^|[\s(/]){agency_pattern()}[)/]?[,:|]? ?$", before)
        if (capitals or labelled or by_agency) and _AFTER_DATE.match(after):
            return found
        return None
    return None


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
