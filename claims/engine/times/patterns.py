"""The patterns of dates and times, over kinds of word (lexicons/times.toml names the kinds).

``{name}`` is one token of a kind or group of kinds; the rest is the syntax of regular expressions. Every
pattern is bounded: none can run over a sentence. A pattern is tried only at a token whose kind it can start
with; the longest that can be read wins, the earlier of two as long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.engine.times.lexicon import characters, of_kind

_NAME = re.compile(r"\{(\w+)\}")
_AMOUNT = (
    "(?:{a}{few}|{a}{couple}{of}?|{a}{dozen}|{a}{hundred}|{dozens}{of}|{half}{a}|{several}|{few}|{couple}{of}?"
    "|{small}{and}{a}{half}|{n}{daynumber}{slash}{daynumber}|{decimal}"
    "|(?:{tens}(?:{hyphen}?{small})?|{small}|{n})(?:{hundred}|{thousand}|{dozen})?|{a})"
)
_DAY = "(?P<d>{daynumber}){nth}?"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern, and the name of what reads its match (a function under @reads in this package)."""

    reader: str
    expression: re.Pattern[str]
    starts: frozenset[str]


def _pattern(reader: str, text: str, *starts: str) -> Pattern:
    text = text.replace("AMOUNT", _AMOUNT).replace("DAY", _DAY)
    return Pattern(reader, re.compile(_NAME.sub(lambda m: of_kind(m[1]), text)), characters(*starts))


_AMOUNTS = ("a", "dozens", "half", "several", "few", "couple", "n", "decimal", "tens", "small")

PATTERNS = (
    _pattern("iso_date", "(?P<y>{year}){hyphen}(?P<m>{digits}){hyphen}(?P<d>{digits})", "year"),
    _pattern(
        "numeric_date",
        "(?P<a>{digits})(?:{slash}(?P<b>{digits}){slash}|{hyphen}(?P<b2>{digits}){hyphen})"
        "(?P<y>{year}|{digits})",
        "digits",
    ),
    _pattern("dotted_date", "(?P<a>{decimal}){dot}(?P<y>{year})", "decimal"),
    _pattern(
        "calendar_day",
        "(?:{weekday}{dot}?{comma}?{the}?)?DAY(?:{join}{the}?(?P<to>{daynumber}){nth}?)?{of}?(?P<m>{month})"
        "(?:{dot}?{comma}?(?P<y>{year}))?",
        "weekday",
        "daynumber",
    ),
    _pattern(
        "calendar_day",
        "(?:(?:{this}{coming}|{next}|{last})?{weekday}{dot}?{comma}?)?{last}?(?P<m>{month}){dot}?{the}?"
        "(?:DAY|(?P<o>{ord}))"
        "(?:{join}{the}?(?P<to>{daynumber}){nth}?)?(?:{comma}?(?P<y>{year}))?",
        "weekday",
        "month",
        "this",
        "next",
        "last",
    ),
    _pattern(
        "month",
        "(?:(?P<part>{part}){hyphens}?(?:{of}|{in})?{the}?)?(?P<which>{last}|{this}|{next}|{coming}|{every})?"
        "(?P<m>{month})(?:{dot}?(?:{comma}|{of})?(?P<y>{year})|{dot}?{quote}(?P<yy>{twodigits}))?",
        "part",
        "last",
        "this",
        "next",
        "coming",
        "month",
        "every",
    ),
    _pattern(
        "month",
        "(?:(?P<part>{part}){hyphens}?(?:{of}|{in})?{the}?)?(?P<m>{month}){dot}?{of}?{the}?"
        "(?P<rel>{last}|{this}|{next}|{that}|{previous}|{following})(?P<relunit>{unit})",
        "part",
        "month",
    ),
    _pattern("month", "(?P<m>{month})(?P<shared>{and}|{to}|{hyphen}|{dash}){month}(?P<y>{year})", "month"),
    _pattern(
        "weekday",
        "(?:(?P<part>{early}|{late}|{earlier}|{later}){on}?)?(?P<which>{last}|{next}|{this}|{coming}|{every}"
        "|{the}{following}|{the}{previous}|{the}{next})?{coming}?(?P<w>{weekday})(?P<t>{daypart})?",
        "weekday",
        "last",
        "next",
        "this",
        "coming",
        "early",
        "late",
        "earlier",
        "later",
        "every",
        "the",
    ),
    _pattern("weekdays", "{weekdays}", "weekdays"),
    _pattern(
        "deictic",
        "(?:{early}|{late}|{earlier}|{later})?(?P<d>{yesterday}|{today}|{tonight}|{tomorrow}|{overnight})"
        "(?P<t>{daypart})?",
        "early",
        "late",
        "earlier",
        "later",
        "yesterday",
        "today",
        "tonight",
        "tomorrow",
        "overnight",
    ),
    _pattern("day_beyond", "{the}{unit}(?:{after}(?P<to>{tomorrow})|{before}{yesterday})", "the"),
    _pattern(
        "relative",
        "(?:{the}?(?P<part>{part}|{rest})(?:{of}|{in})?)?{the}?(?P<which>{that}{same}|{this}{coming}|{when})"
        "{fiscal}?{more}?(?P<u>{one}|{season}|{daypart})",
        "part",
        "rest",
        "the",
        "when",
    ),
    _pattern(
        "definite",
        "(?:{the}?(?P<part>{part}|{rest})(?:{of}|{in}))?{the}(?:{fiscal}|{latest})?{more}?(?P<u>{one}|{season}|{daypart}|{period})",
        "part",
        "rest",
        "the",
    ),
    _pattern(
        "season", "(?:(?P<part>{part}){in}?{the}?)?(?P<u>{season})(?:{of}?(?P<y>{year}))?", "part", "season"
    ),
    _pattern(
        "ago",
        "(?P<n>AMOUNT)(?:{join}AMOUNT)?{more}?(?P<u>{any})(?:{or}{so})?(?P<how>{ago}|{earlier}|{later}|{before}|{after})",
        *_AMOUNTS,
    ),
    _pattern("ago", "{the}(?P<u>{unit})(?P<how>{before}|{after})", "the"),
    _pattern(
        "year_earlier",
        "(?:{the}|{a})?{same}?(?P<u>{unit}|{quarter}){hyphen}(?:{earlier}|{ago})"
        "(?:(?:{ord}{hyphen}?)?(?P<of>{period}|{quarter}|{half}|{unit}))?",
        "the",
        "a",
        "unit",
        "quarter",
    ),
    _pattern(
        "stretch",
        "{the}?(?P<which>{stretch})(?P<n>AMOUNT)(?:{join}AMOUNT)?{more}?(?P<u>{any}|{season})",
        "the",
        "stretch",
    ),
    _pattern(
        "recent",
        "{the}?(?P<which>{recent}|{coming}|{past}|{previous}|{last}|{following}|{next}|{early}){more}?(?P<u>{many})"
        "(?:{and}{many})?",
        "the",
        "recent",
        "coming",
        "past",
        "previous",
        "last",
        "following",
        "next",
        "early",
    ),
    _pattern("recent", "{the}(?P<u>{many})(?P<which>{ahead})", "the"),
    _pattern(
        "duration",
        "(?P<n>AMOUNT)(?:(?:{hyphen}?{join}|{hyphen}{to}{hyphen})AMOUNT)?(?:{hyphen}|{more}{more}?)?(?P<u>{any})",
        *_AMOUNTS,
    ),
    _pattern("and_a_half", "(?:{a}|{small})(?P<u>{unit}|{second}){and}{a}{half}", "a", "small"),
    _pattern("plain_duration", "(?P<u>{many})", "many"),
    _pattern("plain_duration", "(?P<u>{unit}){hyphen}{more}", "unit"),
    _pattern(
        "quarter",
        "(?:{the}?(?P<y0>{year})|(?P<rel0>{last}|{this}|{next}|{previous}|{that}){unit}{possessive}|{the})?{fiscal}?{more}?"
        "(?P<o>{ord}|{daynumber}{nth}|{last}){hyphen}?{fiscal}?(?P<u>{quarter}|{half})"
        "(?:{of}{the}?{fiscal}?{unit}?(?P<y>{year})|{of}{the}?(?P<rel>{last}|{this}|{next}|{previous}|{that}){fiscal}?{unit})?",
        "the",
        "year",
        "last",
        "this",
        "next",
        "previous",
        "that",
        "fiscal",
        "ord",
        "daynumber",
    ),
    _pattern("quarter", "{q}(?P<o>{daynumber})(?:{of}?(?P<y>{year}))?", "q"),
    _pattern(
        "century",
        "(?P<part>{part})?{the}?(?P<o>{ord}|{daynumber}{nth}){hyphen}?(?P<u>{unit})",
        "part",
        "the",
        "ord",
        "daynumber",
    ),
    _pattern(
        "year_of",
        "(?:{the}|{a})?(?P<y>{year})(?:{hyphen}|{fiscal})?(?P<u>{period}|{quarter}|{season})",
        "the",
        "a",
        "year",
    ),
    _pattern(
        "decade",
        "{the}?(?:(?P<part>{part}){hyphen}?)?{the}?{quote}?(?P<d>{year}|{twodigits}){quote}?(?:{plural}|{possessive})",
        "the",
        "part",
        "quote",
        "year",
        "twodigits",
    ),
    _pattern("decade", "{the}(?:(?P<part>{part}){hyphen}?)?(?P<word>{decade})", "the"),
    _pattern("year_range", "(?P<y>{year}){hyphens}(?P<to>{year}|{twodigits}|{daynumber})", "year"),
    _pattern("fiscal_year", "{the}?(?:{fiscal}{unit}?|{fy})(?P<y>{year})", "the", "fiscal", "fy"),
    _pattern("part_of_year", "{the}?(?P<part>{part}){hyphen}?(?:{of}|{in})?(?P<y>{year})", "the", "part"),
    _pattern("plain_year", "(?P<y>{year})", "year"),
    _pattern(
        "spoken_year",
        "(?:(?P<m>{month}){of}?|{the}?(?P<s>{season}){of})?(?P<a>{small})(?P<b>{tens}(?:{hyphen}?{small})?)",
        "small",
        "month",
        "season",
        "the",
    ),
    _pattern(
        "spoken_thousand", "{the}(?P<u>{unit})(?P<a>{small}){thousand}(?:{and}?(?P<b>{small}|{tens}))?", "the"
    ),
    _pattern(
        "year_end", "{the}?(?P<u>{unit}|{quarter})(?:{hyphen}|{possessive})?{end}", "the", "unit", "quarter"
    ),
    _pattern(
        "clock",
        "(?P<h>{daynumber}|{twodigits}|{number}|{year}|{decimal})(?P<m>{colon}{digits}(?:{colon}{digits})?)?"
        "(?P<apm>{meridiem})?{oclock}?{local}?{local}?(?P<z>{zone})?",
        "daynumber",
        "twodigits",
        "number",
        "year",
        "decimal",
    ),
    _pattern(
        "hour_of_part",
        "(?P<h>{daynumber}|{small})(?P<m>{colon}{digits})?{in}{the}(?P<t>{daypart})",
        "daynumber",
        "small",
    ),
    _pattern("clock_word", "(?P<t>{daypart})", "daypart"),
    _pattern(
        "each",
        "{every}(?:{other}|(?P<n>AMOUNT))?{more}?(?P<u>{any}|{weekday}|{month}|{season}|{daypart})",
        "every",
    ),
    _pattern("often", "{set}", "set"),
    _pattern(
        "often", "(?:{once}|(?:{small}|{n}){times})(?:{a}|{every}|{per})(?P<u>{one})", "once", "small", "n"
    ),
    _pattern("day_of_month", "{the}(?P<d>{daynumber}){nth}", "the"),
)

BY_START: dict[str, tuple[Pattern, ...]] = {}
for _p in PATTERNS:
    for _start in _p.starts:
        BY_START[_start] = (*BY_START.get(_start, ()), _p)
