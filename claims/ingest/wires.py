"""Which news agencies a text takes material from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from claims.ingest.blocks import Block, Look
from claims.ingest.credits import parts
from claims.ingest.datelines import dates_in
from claims.ingest.lexicons import agency, agency_cues, agency_pattern

OPENING = 300  # characters of a body within which a dateline stands

NAME = rf"(?P<name>{agency_pattern()})"
# A dateline that ends in an agency: "MOSCOW (Reuters) -", "/TASS/", "Tehran, May 3, IRNA -".
AGENCY_OPENING = re.compile(rf"[^\n]{{0,60}}?(?:[(/]\s*|,\s*){NAME}\s*[)/–—-]")
PAIR = re.compile(r"[(\[]([A-Z][\w .]{1,30})/([A-Z][\w .]{1,30})[)\]]")  # "(ANI/Sputnik)"
ONE_MORE = re.compile(rf"(?:, and |, | and |/)(?:the )?{NAME}(?![\w-])")  # "told AP and Reuters"


def find_wires(body: str, named: Iterable[str | None] = ()) -> tuple[str, ...]:
    """Agencies the text takes material from, in order: "told Sputnik", "(AFP) -", "Reuters reported".

    ``named`` are credits and bylines; agencies among them come first. A mere mention ("the Reuters building")
    does not count.
    """
    wires: dict[str, int] = {}
    for name in (part for credit in named for part in parts(credit or "")):
        if known := agency(name):
            wires.setdefault(known, -1)
    for written, position in _named_in(body):
        if known := agency(written):
            wires[known] = min(wires.get(known, position), position)
    return tuple(sorted(wires, key=lambda name: wires[name]))


def agency_in_date_line(header: Sequence[Block]) -> str | None:
    """An agency that stands in a date line in place of an author: "ANI | Moscow | Updated: ..."."""
    lines = (re.split(r"\s*[|•·]\s*", block.text)[0] for block in reversed(header) if block.look is Look.META)
    return next((name for line in lines if (name := agency(line))), None)


def _named_in(body: str) -> Iterator[tuple[str, int]]:
    for pattern in _patterns():
        for found in pattern.finditer(body):
            yield found["name"], found.start()
            following = found
            while more := ONE_MORE.match(body, following.end("name")):
                yield more["name"], more.start("name")
                following = more
    if opening := AGENCY_OPENING.match(body):
        yield opening["name"], opening.start("name")
    for pair in PAIR.finditer(body):
        yield from ((name, pair.start()) for name in pair.groups())
    # Pages run together to one line: "Monitor AFP Sunday 18 Sep 2016 At least ...", "21 May 2016 SANA A ..."
    for day in dates_in(body[:OPENING]):
        before = re.search(rf"(?<![\w-]){NAME}[,:|)/. -]{{1,3}}$", body[: day.start])
        after = re.match(rf"[,:|(/. -]{{1,3}}{NAME}(?![\w-])", body[day.end : OPENING])
        if beside := before or after:
            yield beside["name"], day.start


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    service = rf"(?:['’]s)?(?: (?:{agency_cues('service')}|news|agency))?"
    return (
        re.compile(rf"\b{agency_cues('before')} (?:{agency_cues('between')} )*{NAME}(?![\w-])"),
        re.compile(rf"(?<![\w-]){NAME}{service},? {agency_cues('after')}\b"),
        re.compile(rf"(?<![\w-]){NAME} {agency_cues('service')}\b"),
        re.compile(rf"[(/\[]{NAME}[)/\]]"),
    )
