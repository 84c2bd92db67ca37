"""Numbers, bounds and attributions in words. Values in, plain text out; nothing is escaped here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Protocol

from claims.engine.records import Taken, Taking

_SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
CURRENCIES = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_PERCENT = {"percent", "%", "per cent"}
_INVARIANT = {"percent", "personnel", "staff", "aircraft", "troops", "rank", "times", "series", "people"}
_IRREGULAR = {
    "person": "people",
    "man": "men",
    "woman": "women",
    "child": "children",
    "serviceman": "servicemen",
}

KINDS = {
    "money": "Money",
    "count": "Count",
    "share": "Share",
    "measure": "Measure",
    "ratio": "Ratio",
    "ordinal": "Rank",
    "date": "Date or deadline",
    "quotation": "Quotation",
    "event": "Event",
}
STATUSES = {
    "done": "done",
    "planned": "planned",
    "alleged": "alleged",
    "denied": "denied",
    "conditional": "on a condition",
}
DECISIONS = {"confirm": "confirmed", "dismiss": "dismissed", "reopen": "reopened", "comment": "commented on"}
GROUP_DECISIONS = {
    "confirm": "confirmed that claims belong together",
    "split": "split off claims",
    "merge": "merged groups",
    "move": "moved claims to another group",
    "undo": "undid a decision",
}
#: How sure it is from whom a text was taken: at least so much, in words.
_SURE = ((0.85, "very likely"), (0.65, "likely"), (0.0, "perhaps"))


class Bounds(Protocol):
    """What is used of psycopg's Range."""

    lower: Decimal | None
    upper: Decimal | None
    lower_inc: bool
    upper_inc: bool


def number(value: Decimal) -> str:
    """18000000000 -> "18 billion", 1550 -> "1,550"; exact: what does not fit a short form is written out."""
    for scale, word in _SCALES:
        if abs(value) >= scale:
            short = value / scale
            if short == round(short, 3):
                return f"{_plain(short)} {word}"
            break
    return _plain(value)


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: Decimal, unit: str = "") -> str:
    """A value with its unit: "$18 billion", "31 interceptors", "20%", "1,550 km"."""
    if unit in CURRENCIES:
        sign = "-" if value < 0 else ""
        return f"{sign}{CURRENCIES[unit]}{number(abs(value))}"
    if unit == "rank" and value == value.to_integral_value():
        return ordinal(int(value))
    if unit in _PERCENT:
        return f"{number(value)}%"
    if not unit:
        return number(value)
    return f"{number(value)} {plural(unit) if value != 1 else unit}"


def ordinal(n: int) -> str:
    """1 -> "1st", 12 -> "12th", 23 -> "23rd"."""
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{ending}"


def plural(unit: str) -> str:
    """The unit for several: "interceptors". Short units and symbols (km, USD) stay as they are."""
    if len(unit) < 3 or not unit.replace(" ", "").replace("-", "").isalpha() or not unit.islower():
        return unit
    head, _, last = unit.rpartition(" ")
    lead = f"{head} " if head else ""
    if last in _INVARIANT:
        return unit
    if last in _IRREGULAR:
        return lead + _IRREGULAR[last]
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        return f"{lead}{last[:-1]}ies"
    if last.endswith("s"):
        return unit
    if last.endswith(("x", "z", "ch", "sh")):
        return f"{lead}{last}es"
    return f"{lead}{last}s"


def bounds(range_: Bounds | None, unit: str = "", soft: bool = False) -> str:
    """The interval in words: "exactly 31", "31 or more", "17 to just under 18"; "" without one.

    ``soft`` says that a bound on one side is one that readers cancel easily ("up to N").
    """
    if range_ is None:
        return ""
    low, high = range_.lower, range_.upper
    if low is None and high is None:
        return "any value"
    if low is not None and low == high:
        return f"exactly {amount(low, unit)}"
    if low == 0 and high is not None and range_.lower_inc:
        low = None  # a ceiling on a count: "up to 31", not "0 to 31"
    if high is None:
        assert low is not None  # noqa: S101 - both None was answered above
        words = f"{amount(low, unit)} or more" if range_.lower_inc else f"more than {amount(low, unit)}"
    elif low is None:
        words = f"up to {amount(high, unit)}" if range_.upper_inc else f"less than {amount(high, unit)}"
    else:
        first = amount(low, unit) if range_.lower_inc else f"just over {amount(low, unit)}"
        last = amount(high, unit) if range_.upper_inc else f"just under {amount(high, unit)}"
        words = f"{first} to {last}"
    return f"{words}, loosely" if soft else words


def days(start: date | None, end: date | None) -> str:
    """Days in words: "1 to 4 May 2021"; "" for none."""
    if start is None:
        return ""
    if end is None or end == start:
        return f"{start:%-d %b %Y}"
    first = "%-d" if (start.year, start.month) == (end.year, end.month) else "%-d %b"
    return f"{start:{first if start.year == end.year else '%-d %b %Y'}} to {end:%-d %b %Y}"


def attribution(mode: str, source: str, details: Mapping[str, object]) -> str:
    """Whom the article credits: "Ada Brandt, to reporters"; "the outlet itself" where it credits nobody."""
    source = source or _text(details, "source") or _text(details, "source_text")
    document, told = _text(details, "document"), _text(details, "told")
    if document and source and (source in document or document in source):
        # "its analysts" in "a study by its analysts": the longer says both.
        source, document = max(source, document, key=len), ""
    if mode == "unnamed":
        lead = source or "an unnamed source"
    elif mode == "none":
        lead = source or ("" if document or told else "the outlet itself")
    else:
        lead = source
    words = [x for x in (lead, document and f"in {document}", told and f"to {told}") if x]
    return ", ".join(words) or "the outlet itself"


def _text(details: Mapping[str, object], key: str) -> str:
    value = details.get(key)
    return value if isinstance(value, str) else ""


def how_credited(mode: str) -> str:
    """Quoted or paraphrased; "" where the credit itself says it."""
    return {"direct": "quoted", "paraphrase": "paraphrased"}.get(mode, "")


def counted(n: int, one: str, many: str = "") -> str:
    """ "1 claim", "3 claims", "1,204 claims"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def has_it_from(taken: Taken, taker: str, source: str | None) -> str:
    """From whom an outlet has its text, without a full stop: "Herald likely has it from Courier"."""
    if taken.kind is Taking.FIRST:
        return f"{taker} came first, as far as can be told"
    if taken.kind is Taking.UNDECIDED:
        return f"From whom {taker} has it cannot be told"
    of = "the interview given to " if taken.kind is Taking.INTERVIEW else ""
    return f"{taker} {how_sure(taken.confidence)} has it from {of}{source or taken.agency}"


def how_sure(confidence: float) -> str:
    return next(word for least, word in _SURE if confidence >= least)


#: The rows of docs/numbers.md in words: why these are the values under which a claim is true.
RULES = {
    "point": "a number without a qualifier is that number",
    "exactly": "the words say that it is exact",
    "grain": "read as finely as it is written, to the last digit",
    "more_than": "“more than”: that number and up",
    "at_least": "“at least”: that number and up",
    "at_most": "“at most”: no higher, and readers hold it to that",
    "less_than": "“less than”: below that number",
    "up_to": "“up to”: a ceiling readers do not take strictly",
    "about": "“about”: half the last digit or 10 % either way",
    "almost": "“almost”: just below that number",
    "range": "both ends as written",
    "vague": "a vague word: the numbers it usually means",
    "fraction": "a share, as finely as it is written",
    "part": "a part of the number before it",
    "rank": "a place in a row",
    "person": "bounds given by a person",
}
_SAID = {
    "span": "other words",
    "kind": "kind",
    "quantity": "value",
    "unit": "unit",
    "thing": "what is measured",
    "status": "status",
    "attribution": "who is credited",
    "when": "when",
    "part_of": "what it is part of",
}


def corrected(fields: Mapping[str, object]) -> list[str]:
    """What a correction changes, one short line a field: "value 31", "unit tank", "no longer dated"."""
    return [_corrected(name, fields[name]) for name in _SAID if name in fields]


def _corrected(name: str, said: object) -> str:
    if not isinstance(said, Mapping):
        return f"{_SAID[name]} {said}".strip() if said else f"no {_SAID[name]}"
    told = {
        "span": lambda: f"“{said.get('quote')}”",
        "quantity": lambda: " ".join(
            str(x) for x in (said.get("modifier") or "", number(Decimal(str(said["value"])))) if x
        ),
        "thing": lambda: str(said.get("measured")),
        "attribution": lambda: str(said.get("source") or "nobody named"),
        "when": lambda: str(said.get("text")),
        "part_of": lambda: "another claim",
    }[name]()
    return f"{_SAID[name]} {told}"
