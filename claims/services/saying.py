"""What a person says of a claim in words, read into a claim: each field by the reader the engine has for it.

A field that cannot be read is refused by name (:class:`Misread`), with a sentence that says what to write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from claims.engine import records, typed
from claims.models import Claim, Revision

from . import extraction, laying
from .laying import Texts
from .refusal import Refused

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

#: What a person may say of a claim, each as the words typed; "" takes the program's away.
FIELDS = (
    "quote", "start", "kind", "value", "low", "high", "unit", "modifier", "measured", "mode", "source",
    "when", "status", "part_of",
)  # fmt: skip


class Misread(Refused):
    """A field whose words cannot be read; ``field`` is one of :data:`FIELDS`."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__("unread", detail)
        self.field = field


@dataclass(frozen=True, slots=True)
class Pointed:
    """What the program reads where a person points, before anybody has said it is a claim."""

    claim: records.Claim
    is_read: bool  # whether the program reads anything there; else these are the bare words


def point_at(revision: Revision, span: records.Span, *, headline: bool = False) -> Pointed:
    """The program's reading of words of a revision that a person points at, pinned to exactly these."""
    text = text_of(revision, headline)
    [read] = extraction.pointed(revision.title, revision.body, revision.published, headline, [span])
    kind = read.kind if read else records.Kind.EVENT
    return Pointed(laying.as_pointed(read, kind, span, text, headline=headline), read is not None)


def locate(text: str, quote: str, near: int | None = None) -> records.Span:
    """Where the words of ``quote`` stand in a text, white space aside; of several places that at ``near``.

    Raises Misread where they do not, or do more than once and ``near`` is none of the places.
    """
    places = find_places(text, quote)
    if not places:
        raise Misread("quote", "These words do not stand in the text. Copy them exactly as they are there.")
    at = [place for place in places if place.start == near]
    if not at and len(places) > 1:
        raise Misread(
            "quote", f"These words stand in the text {len(places)} times. Say which place you mean."
        )
    return (at or places)[0]


def find_places(text: str, quote: str) -> list[records.Span]:
    """Every place where the words of ``quote`` stand in a text, whatever white space is between them."""
    words = quote.split()
    if not words:
        return []
    pattern = laying.pattern_of(words)
    return [records.Span(*found.span()) for found in pattern.finditer(text)]


def read_said(
    before: records.Claim, said: Mapping[str, str], revision: Revision, row: Claim | None
) -> records.Claim:
    """The claim with what a person typed, read as the engine reads."""
    claim = before
    if "quote" in said or "start" in said:
        text = text_of(revision, claim.headline)
        quote = said.get("quote", claim.quote)
        near = number(said.get("start", ""))
        places = find_places(text, quote)
        if near not in {place.start for place in places} and places:
            near = min(places, key=lambda place: abs(place.start - claim.span.start)).start
        span = locate(text, quote, near)
        claim = laying.as_pointed(claim, claim.kind, span, text, headline=claim.headline)
    if "kind" in said:
        claim = replace(claim, kind=_choice("kind", records.Kind, said["kind"]))
    if not {"value", "low", "high", "unit", "modifier"}.isdisjoint(said):
        claim = _quantified(claim, said)
    if "measured" in said:
        thing = _read("measured", typed.read_thing, said["measured"])
        own = {name: getattr(thing, name) for name in thing.__slots__}
        noun = thing.noun or claim.noun
        claim = replace(claim, **(own | {"noun": noun, "place": thing.place or claim.place}))
    if "status" in said:
        claim = replace(claim, status=_choice("status", records.Status, said["status"]))
    if "mode" in said or "source" in said:
        claim = replace(claim, attribution=_credited(claim.attribution, said))
    if "when" in said:
        claim = replace(claim, when=_when(said["when"], claim.span, revision.published))
    if "part_of" in said:
        claim = replace(claim, part_of=_whole(said["part_of"], revision, claim.headline, row))
    return claim


def _quantified(claim: records.Claim, said: Mapping[str, str]) -> records.Claim:
    before = quantity = claim.quantity
    if "value" in said and not said["value"].strip():
        return replace(claim, quantity=None)
    if quantity is None and "value" not in said:
        raise Misread("value", "Give the value first: there is none that this could be about.")
    unit = quantity.unit if quantity else ""
    if "value" in said or "modifier" in said:
        quantity = _valued(quantity, said)
        unit = quantity.unit or unit
    assert quantity is not None  # noqa: S101 - without one a value was asked for above
    if "unit" in said:
        unit = _read("unit", typed.read_unit_name, said["unit"]) if said["unit"].strip() else ""
    quantity = replace(quantity, unit=unit)
    if "low" in said or "high" in said:
        low = _bound("low", said, quantity.low)
        high = _bound("high", said, quantity.high)
        try:
            quantity = typed.between(quantity, low, high)
        except typed.Misread as misread:
            raise Misread("low" if "low" in said else "high", str(misread)) from misread
    counted = claim.kind is records.Kind.COUNT and unit and unit != (before.unit if before else "")
    return replace(claim, quantity=quantity, noun=unit if counted else claim.noun)


def _valued(quantity: records.Quantity | None, said: Mapping[str, str]) -> records.Quantity:
    """The quantity of a typed value or qualifier, with the one of the two that was not typed as it is."""
    value = said.get("value", "") or (_digits(quantity.value) if quantity else "")
    read = _read("value", typed.read_value, value)
    modifier = " ".join(said.get("modifier", "").split())
    if "modifier" not in said:
        modifier = (quantity.modifier or "") if quantity and not read.modifier else ""
        if not modifier or read.rule in ("range", "vague"):
            return read
    elif not modifier:
        if read.modifier and "value" in said:
            raise Misread("modifier", f"The value says “{read.modifier}” itself. Say it in one of the two.")
        return read
    for words in (f"{modifier} {value}", f"{value} {modifier}"):
        try:
            both = typed.read_value(words)
        except typed.Misread:
            continue
        if both.modifier and both.rule != "point":
            return replace(both, grain=read.grain)
    if "modifier" not in said:  # "including" and the like bound nothing
        return replace(read, modifier=modifier)
    raise Misread(
        "modifier",
        f"“{modifier[:60]}” is no qualifier the program knows. Use one like “about” or “as many as”, "
        "or leave it empty and give the bounds.",
    )


def _bound(name: str, said: Mapping[str, str], now: Decimal | None) -> Decimal | None:
    if name not in said:
        return now
    return _read(name, typed.read_number, said[name]) if said[name].strip() else None


def _digits(value: Decimal) -> str:
    return f"{value:f}"


def _credited(now: records.Attribution, said: Mapping[str, str]) -> records.Attribution:
    mode = _choice("mode", records.Mode, said["mode"]) if "mode" in said else now.mode
    source = " ".join(said["source"].split()) if "source" in said else now.source or ""
    if len(source) > 200:
        raise Misread("source", "That is longer than a name: at most 200 characters.")
    if mode is records.Mode.NONE and "source" in said and source:
        mode = records.Mode.PARAPHRASE
    if mode is records.Mode.NONE:
        return records.Attribution()
    if not source and mode is records.Mode.DIRECT:
        raise Misread("source", "Say who is quoted, or that nobody is named.")
    if not source and "source" in said and mode is records.Mode.PARAPHRASE:
        return records.Attribution()
    return replace(now, mode=mode, source=source or None, source_text=source or None)


def _when(words: str, span: records.Span, published: date | None) -> records.When | None:
    words = " ".join(words.split())
    if not words:
        return None
    if len(words) > 100:
        raise Misread("when", "That is longer than a date: at most 100 characters.")
    try:
        first, last = typed.read_time(words, published)
    except typed.Misread as misread:
        raise Misread("when", str(misread)) from misread
    return records.When(words, span, first, last)


def _whole(pk: str, revision: Revision, headline: bool, row: Claim | None) -> records.Span | None:
    if not pk.strip():
        return None
    wholes = Claim.objects.filter(revision=revision, headline=headline, retired_at__isnull=True)
    whole = wholes.filter(pk=number(pk) or 0).first()
    if whole is None or (row is not None and (whole.pk == row.pk or whole.part_of_id == row.pk)):
        raise Misread("part_of", "Choose a claim of this text from the list, not itself or a part of it.")
    return records.Span(whole.start, whole.end)


def _choice(name: str, kinds: type[E], value: str) -> E:
    try:
        return kinds(value)
    except ValueError:
        raise Misread(name, f"Choose one of: {', '.join(kinds)}.") from None


def _read(name: str, reader: Callable[[str], T], words: str) -> T:
    try:
        return reader(words[:1000])
    except typed.Misread as misread:
        raise Misread(name, str(misread)) from misread


def number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def text_of(revision: Revision, headline: bool) -> str:
    return Texts(revision.title, revision.body).of(headline)
