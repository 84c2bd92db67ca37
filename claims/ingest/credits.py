"""Who wrote a story and where its material comes from: byline, credit line, agencies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from claims.ingest.blocks import Block, Look
from claims.ingest.datelines import dates_in
from claims.ingest.lexicons import agencies, agency, agency_pattern, outlets, plain

LONGEST_CREDIT = 60  # characters

_NAME = r"(?:the )?[A-Z][\w.&'’-]*(?:[ /](?:of|the|and|for|&|[A-Z0-9][\w.&'’-]*)){0,5}"
SOURCE_LINE = re.compile(
    r"^[\[(*_–—-]*\s*(?:source|sources|via|courtesy(?: of)?|credit|agencies)\s*[:–—-]\s*(?P<name>[^\n]{2,80}?)\s*[\])*_.]*$",
    re.IGNORECASE,
)
DASHED = re.compile(rf"^(?:__?|--|—|–|-|―|~)\s*(?P<name>{_NAME})\s*[.)]?$")
BRACKETED = re.compile(rf"^[(\[]\s*(?P<name>{_NAME})\s*[)\]]\.?$")
# The same, run on behind the last sentence: "... in the country.__The Nation", "... he said. (Reuters)".
RUN_ON = re.compile(
    rf"(?<=[.!?”\"’'»])\s*(?P<mark>__?|--|—|–|- |―|[(\[]\s*(?:source|via)?:?\s*)(?P<name>{_NAME}(?:[/,] ?{_NAME})?)\s*[)\]]?\s*\.?$"
)
_ROLE = r"(?:with |additional |further )?(?:reporting|report|writing|editing|compiled|translated|written|edited)"
REPORTED_BY = re.compile(rf"^[(\[]?\s*{_ROLE} (?:from|by)\s+(?P<name>[^\n]{{2,300}})$", re.IGNORECASE)
REPORTED_BY_AT_END = re.compile(
    r"\s*\((?:with |additional |further )?(?:reporting|writing|editing) by\s+(?P<name>[^()]{2,300})\)?\.?\s*$", re.IGNORECASE
)

BYLINE = re.compile(
    r"(?:^|(?<=[|•·,;\n])|(?<=\s))(?:written |posted |reported |report |story )?by:? +(?P<name>[^|•·\n]{2,100})",
    re.IGNORECASE,
)
NOT_A_NAME = re.compile(
    r"\s*(?:[,|•·(]?\s*\b(?:comments?|updated?|published|posted|on|at|in|for|from|views?|share|print|last|first|modified|min)\b.*|[|•·].*)$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a body's last run really ends, and the credit that stood behind it."""

    end: int
    credit: str | None


def strip_credit(text: str, start: int, end: int) -> Ending:
    """``text[start:end]`` without a credit at its end ("__The Nation", "(Reuters)", a line "Source: AFP")."""
    credit = None
    while True:
        line_start = text.rfind("\n", start, end) + 1 or start
        line = text[line_start:end].strip()
        if line_start > start and (found := credit_line(line)) is not None:
            credit = found or credit
            end = start + len(text[start:line_start].rstrip())
            continue
        tail_start = max(line_start, end - LONGEST_CREDIT - 8)
        if run_on := RUN_ON.search(text, tail_start, end):
            name = run_on["name"]
            if run_on["mark"].startswith("_") or _is_source(name):
                return Ending(start + len(text[start : run_on.start()].rstrip()), name.strip(" ."))
        if reported := REPORTED_BY_AT_END.search(text, max(start + 1, end - 400), end):
            credit = _sources_only(reported["name"]) or credit
            end = reported.start()
            continue
        return Ending(end, credit)


def credit_line(line: str) -> str | None:
    """The name in a line that is nothing but a credit; "" for "(Reporting by ...)"; None for any other line."""
    if found := SOURCE_LINE.match(line):
        return found["name"].strip(" .")
    if found := REPORTED_BY.match(line):
        return _sources_only(found["name"])
    for shape in (DASHED, BRACKETED):
        if (found := shape.match(line)) and (_is_source(found["name"]) or line.startswith("__")):
            return found["name"].strip(" .")
    if len(line) <= LONGEST_CREDIT and agency(line.strip(" .()[]")):
        return line.strip(" .()[]")
    return None


def _sources_only(names: str) -> str:
    """ "Reuters and Interfax" as a credit; "" where people are named ("Jan Berens; editing by Tom Hale")."""
    names = names.strip(" .()[]")
    return names if all(_is_source(part) for part in _parts(names)) else ""


def _parts(names: str) -> list[str]:
    return [part for part in re.split(r"\s*[/,;|&]\s*|\s+and\s+|\s+with\s+", names.strip(" .()")) if part]


def _is_source(name: str) -> bool:
    """Whether a name is an agency's or outlet's ("AFP", "ANI/Sputnik", "The Daily Beacon"), not a person's."""
    known = outlets()
    return any(
        agency(part) or known.outlet(part) or known.republisher(part)
        or ({word.casefold() for word in re.findall(r"\w+", part)} & known.name_words and len(part.split()) > 1)
        for part in _parts(name)
    )  # fmt: skip


def find_credit(header: Sequence[Block], footer: Sequence[Block]) -> str | None:
    """A credit line near the story: above it, or among the first lines below it."""
    for block in (*footer[:4], *header):
        if block.words <= 12 and (name := credit_line(block.text)):
            return name
    return None


def find_byline(header: Sequence[Block]) -> str | None:
    """The author named above a story, without "By", date and role; the line nearest the story wins."""
    for block in reversed(header):
        if block.look.is_story or block.words > 24:
            continue
        line = block.text.strip("*_ ")
        for found in reversed(list(dates_in(line))):
            line = line[: found.start] + "|" + line[found.end :]
        for found in BYLINE.finditer(line):
            name = NOT_A_NAME.sub("", found["name"]).strip(" ,.;:-–—|/\t\xa0")
            if (
                name
                and name[0].isupper()
                and not any(char.isdigit() for char in name)
                and len(name.split()) <= 10
            ):
                return name
    return None


def byline_agency(header: Sequence[Block]) -> str | None:
    """An agency that stands in a date line in place of an author: "ANI | Moscow | Updated: ..."."""
    for block in reversed(header):
        if block.look is Look.META:
            first = re.split(r"\s*[|•·]\s*", block.text)[0]
            if name := agency(first):
                return name
    return None


@cache
def _wire_patterns() -> tuple[re.Pattern[str], ...]:
    name = rf"(?P<name>{agency_pattern()})"
    edge = r"(?![\w-])"
    verbs = (
        "reported|reports|said|says|quoted|quotes|cited|cites|added|wrote|writes|learned|learnt|understands|has reported|"
        "has learned|was told|has seen|is told|tallies|tally|adds|noted|announced|informed"
    )
    before = (
        "told|tells|telling|according to|cited by|quoted by|reported by|reports by|in remarks to|remarks to|interview with|interview to|"
        "interviewed by|speaking to|speaking with|spoke to|spoke with|a statement to|statement to|comments to|as told to|seen by|obtained by|reviewed by|citing|"
        "quoting|informed|confirmed to|said to|report from|reports from|carried by|published by|released by|via|by"
    )
    the = r"(?:the |Russia['’]s |Russian |Iran['’]s |Iranian |China['’]s |Chinese |state-run |state |official |state news agency |news agency |news agencies |semi-official )*"
    return (
        re.compile(rf"(?:{before}) {the}{name}{edge}"),
        re.compile(rf"(?<![\w-]){name}(?:['’]s)?(?: state)?(?: (?:news agency|news service|news|agency|newswire|correspondent|reporter|journalist)){{0,2}},? (?:{verbs})\b"),
        re.compile(rf"(?<![\w-]){name} (?:news agency|state news agency|newswire|correspondent|reporter|journalist|photographer)\b"),
        re.compile(rf"[(/\[]{name}[)/\]]"),
    )  # fmt: skip


OPENING = 300  # characters of a body within which such a dateline stands
# A dateline that ends in an agency: "MOSCOW (Reuters) -", "/TASS/", "Tehran, May 3, IRNA -".
AGENCY_OPENING = re.compile(rf"[^\n]{{0,60}}?(?:[(/]\s*|,\s*)(?P<name>{agency_pattern()})\s*[)/–—-]")
PAIR = re.compile(r"[(\[]([A-Z][\w .]{1,30})/([A-Z][\w .]{1,30})[)\]]")


def find_wires(body: str, named: Iterable[str | None] = ()) -> tuple[str, ...]:
    """Agencies the text takes material from, in order of appearance: "told Sputnik", "(AFP) -", "Reuters reported".

    ``named`` are credits and bylines; agencies among them come first. A mere mention ("the Reuters building")
    does not count.
    """
    wires: dict[str, int] = {}
    for name in named:
        for part in _parts(name or ""):
            if known := agency(part.strip(" .()")):
                wires.setdefault(known, -1)
    for pattern in _wire_patterns():
        for found in pattern.finditer(body):
            known = agencies()[found["name"]]
            wires[known] = min(wires.get(known, found.start()), found.start())
    for found in dates_in(body[:OPENING]):  # "Monitor AFP Sunday 18 Sep 2016 ...", "21 November 2016 SANA ..."
        beside = re.search(rf"(?<![\w-])({agency_pattern()})[,:|)/. -]{{1,3}}$", body[: found.start]) or re.match(
            rf"[,:|(/. -]{{1,3}}({agency_pattern()})(?![\w-])", body[found.end : OPENING]
        )
        if beside:
            wires.setdefault(agencies()[beside[1]], found.start)
    if found := AGENCY_OPENING.match(body):
        wires.setdefault(agencies()[found["name"]], found.start())
    for found in PAIR.finditer(body):
        for part in found.groups():
            if known := agency(part):
                wires[known] = min(wires.get(known, found.start()), found.start())
    return tuple(sorted(wires, key=lambda name: wires[name]))


def is_agency_name(name: str) -> bool:
    return agency(name) is not None or plain(name) in {
        "agencies",
        "wire",
        "wires",
        "wire reports",
        "news agencies",
    }
