"""Who wrote a story and where its material comes from: byline, credit line, agencies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.ingest.blocks import Block
from claims.ingest.datelines import dates_in
from claims.ingest.lexicons import agency, outlets

LONGEST_CREDIT = 60  # characters
LONGEST_BYLINE = 10  # words
NAME_EDGES = " ,.;:-–—|/\t\xa0"

_NAME = r"(?:the )?[A-Z][\w.&'’-]*(?:[ /](?:of|the|and|for|&|[A-Z0-9][\w.&'’-]*)){0,5}"
SOURCE_LINE = re.compile(
    r"^[\[(*_–—-]*\s*(?:source|sources|via|courtesy(?: of)?|credit|agencies)\s*[:–—-]"
    r"\s*(?P<name>[^\n]{2,80}?)\s*[\])*_.]*$",
    re.IGNORECASE,
)
DASHED = re.compile(rf"^(?:__?|--|—|–|-|―|~)\s*(?P<name>{_NAME})\s*[.)]?$")
BRACKETED = re.compile(rf"^[(\[]\s*(?P<name>{_NAME})\s*[)\]]\.?$")
# The same, run on behind the last sentence: "... by the river.__The Beacon", "... he said. (Reuters)".
RUN_ON = re.compile(
    rf"(?<=[.!?”\"’'»])\s*(?P<mark>__?|--|—|–|- |―|[(\[]\s*(?:source|via)?:?\s*)"
    rf"(?P<name>{_NAME}(?:[/,] ?{_NAME})?)\s*[)\]]?\s*\.?$"
)
_ROLE = (
    r"(?:with |additional |further )?(?:reporting|report|writing|editing|compiled|translated|written|edited)"
)
REPORTED_BY = re.compile(rf"^[(\[]?\s*{_ROLE} (?:from|by)\s+(?P<name>[^\n]{{2,300}})$", re.IGNORECASE)
REPORTED_BY_AT_END = re.compile(
    r"\s*\((?:with |additional |further )?(?:reporting|writing|editing) by"
    r"\s+(?P<name>[^()]{2,300})\)?\.?\s*$",
    re.IGNORECASE,
)

ACRONYM = re.compile(r"[A-Z]{2,6}")  # beside a known agency, an agency too: "AP, Reuters and CTK"
BYLINE = re.compile(
    r"(?:^|(?<=[|•·,;\n])|(?<=\s))(?:written |posted |reported |report |story )?by:? +"
    r"(?P<name>[^|•·\n]{2,100})",
    re.IGNORECASE,
)
# What follows a name in a byline: a date or counter, or the author's role.
NOT_A_NAME = re.compile(
    r"\s*(?:"
    r"[,|•·(]?\s*\b(?:comments?|leave a|updated?|published|posted|on|at|in|for|from|views?|share|print|last"
    r"|first|modified|min)\b.*"
    r"|,\s*(?:\w+ ){0,3}(?:contributor|correspondent|reporter|writer|editor|columnist|analyst|staff)\b.*"
    r"|[|•·].*)$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a body's last run really ends, and the credit that stood behind it."""

    end: int
    credit: str | None


def strip_credit(text: str, start: int, end: int) -> Ending:
    """``text[start:end]`` without a credit at its end ("__The Beacon", "(Reuters)", a line "Source: AFP")."""
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
    """The name in a line that is only a credit; "" for "(Reporting by ...)"; None for any other line."""
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
    named = parts(names)
    known = any(_is_source(part) for part in named)
    return names if known and all(_is_source(part) or ACRONYM.fullmatch(part) for part in named) else ""


def parts(names: str) -> list[str]:
    """The single names in a credit: "Reuters and Interfax", "ANI/Sputnik"."""
    return [part for part in re.split(r"\s*[/,;|&]\s*|\s+and\s+|\s+with\s+", names.strip(" .()")) if part]


def _is_source(name: str) -> bool:
    """Whether a name is an agency's or outlet's ("AFP", "ANI/Sputnik", "The Daily Beacon")."""
    known = outlets()
    return any(
        agency(part) or known.outlet(part) or known.republisher(part)
        or (" " in part and {word.casefold() for word in re.findall(r"\w+", part)} & known.name_words)
        for part in parts(name)
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
        for day in reversed(list(dates_in(line))):
            line = line[: day.start] + "|" + line[day.end :]
        for found in BYLINE.finditer(line):
            name = NOT_A_NAME.sub("", found["name"]).strip(NAME_EDGES)
            person, _, house = name.rpartition(",")
            if person and outlets().outlet(house):
                name = person.strip(NAME_EDGES)
            if name[:1].isupper() and len(name.split()) <= LONGEST_BYLINE and not re.search(r"\d", name):
                return name
    return None
