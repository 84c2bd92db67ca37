"""A finding's claims folded into the readings they stand for, with the words that tell them apart.

Claims that say the same make one side; copies of one origin make one line of it. The side of the claim at
odds comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Any

from claims.models import Claim

from . import readings, wording
from .differing import Difference, alike, differences, holds, words
from .highlight import Mark
from .passages import Passage, Stretch, passage_of, sentence_of

#: Differences that are told in words beside a passage; the others are only marked in it.
TOLD = 5


@dataclass(frozen=True, slots=True)
class Fold:
    """A claim and its copies: the same words in other articles of its origin."""

    claim: Claim
    copies: list[Claim]

    @property
    def outlets(self) -> list[str]:
        """The outlets that carry the copies, each once, without the first one's."""
        own = self.claim.revision.article.outlet.name
        names = dict.fromkeys(c.revision.article.outlet.name for c in self.copies)
        return [name for name in names if name != own]


@dataclass(slots=True)
class Side:
    """Claims that say the same. ``key`` is its letter; ``told`` is in words how it differs from the other."""

    key: str
    folds: list[Fold]
    passage: Passage
    told: list[tuple[str, str]] = field(default_factory=list)

    @property
    def lead(self) -> Claim:
        return self.folds[0].claim

    @property
    def others(self) -> list[Fold]:
        """Those that agree with the first, besides its copies."""
        return self.folds[1:]

    @property
    def claims(self) -> list[Claim]:
        return [c for fold in self.folds for c in (fold.claim, *fold.copies)]

    @property
    def reading(self) -> str:
        return readings.reading(self.lead)


def sides(claims: Sequence[Claim], texts: Mapping[int, Stretch], evidence: Mapping[str, Any]) -> list[Side]:
    """The sides of a finding in the order of its evidence. ``texts`` are those of ``passages.stretches``."""
    shown = {claim.pk for claim in claims}
    parts: dict[int, list[Claim]] = {}
    gathered: list[list[Claim]] = []
    for claim in claims:
        if claim.part_of_id in shown:
            # "Including 10 for testing" is marked in the passage of the whole; it is no reading of its own.
            parts.setdefault(claim.part_of_id, []).append(claim)
            continue
        for same in gathered:
            if _agree(claim, same[0], evidence):
                same.append(claim)
                break
        else:
            gathered.append([claim])
    unfolded = len(gathered) == 1
    if unfolded:
        # Nothing tells them apart but who says it: then that is what the finding is about.
        gathered = [[fold.claim, *fold.copies] for fold in _folded(gathered[0], texts)]
    gathered = [_body_first(same) for same in gathered]
    recorded = evidence.get("figures")
    figures = {str(figure) for figure in recorded} if isinstance(recorded, list) else set()
    found = []
    for at, same in enumerate(gathered):
        other = gathered[1 if at == 0 else 0][0] if len(gathered) > 1 else None
        lead = same[0]
        credits = unfolded or "sources" in evidence
        marks, told = _held_against(lead, other, texts, evidence, first=at == 0, credits=credits)
        own = parts.get(lead.pk, [])
        marks += [Mark(part.start, part.end, "differs") for part in own]
        marks += [
            Mark(lead.sentence_start + word.start, lead.sentence_start + word.end, "differs")
            for word in (words(sentence_of(lead, texts[lead.id])) if figures else ())
            if word.key in figures
        ]
        told += [("part", f"with “{part.quote}”") for part in own if at > 0]
        folds = _folded(same, texts)
        found.append(Side(_letter(at), folds, passage_of(lead, texts[lead.id], marks), told))
    return found


def _body_first(same: list[Claim]) -> list[Claim]:
    """A headline shows less than the text under it: where an article says it in both, the text speaks."""
    first = same[0]
    if not first.headline:
        return same
    under = (c for c in same if c.revision_id == first.revision_id and not c.headline)
    body = next(under, None)
    return [body, *(c for c in same if c is not body)] if body else same


def _letter(at: int) -> str:
    return ascii_uppercase[at] if at < len(ascii_uppercase) else str(at + 1)


def _agree(one: Claim, other: Claim, evidence: Mapping[str, Any]) -> bool:
    """Whether two claims say the same, as far as this finding is concerned."""
    if (one.kind == "quotation") != (other.kind == "quotation") or _stands(one) != _stands(other):
        return False
    if "sources" in evidence and one.source != other.source:
        return False
    if one.kind == "quotation":
        # A shorter cut of the same words agrees; other words in their place do not.
        return not any(d.here and d.there for d in differences(one.quote, other.quote))
    if (one.kind == "date" or "days_off" in evidence) and _days(one) != _days(other):
        return False
    return _says(one) == _says(other)


def _stands(claim: Claim) -> bool:
    """Whether it stands on the page now; what a revision said before is a side of its own."""
    return claim.revision.is_current or claim.revision.article.withdrawn_at is not None


def _days(claim: Claim) -> tuple[object, ...]:
    return claim.when_start, claim.when_end, "" if claim.when_start else claim.when_text.casefold()


def _says(claim: Claim) -> tuple[object, ...]:
    bounds = claim.bounds
    limits = (bounds.lower, bounds.upper, bounds.lower_inc, bounds.upper_inc) if bounds is not None else None
    return limits, claim.unit, claim.bounds_rule, claim.status, claim.negated


def _folded(claims: Sequence[Claim], texts: Mapping[int, Stretch]) -> list[Fold]:
    """Copies under the first of their origin that has the same sentence."""
    folds: list[Fold] = []
    for claim in claims:
        origin = claim.revision.article.origin_id
        for fold in folds:
            kept = fold.claim
            if claim.revision.article_id == kept.revision.article_id or (
                origin is not None
                and origin == kept.revision.article.origin_id
                and alike(sentence_of(claim, texts[claim.id]), sentence_of(kept, texts[kept.id]))
            ):
                fold.copies.append(claim)
                break
        else:
            folds.append(Fold(claim, []))
    return folds


def _held_against(
    claim: Claim,
    other: Claim | None,
    texts: Mapping[int, Stretch],
    evidence: Mapping[str, Any],
    *,
    first: bool,
    credits: bool,
) -> tuple[list[Mark], list[tuple[str, str]]]:
    """The marks of what differs from the other side, and the same in words."""
    sentence = sentence_of(claim, texts[claim.id])
    dated = _phrase(claim, sentence, claim.when_text) if "days_off" in evidence and claim.when_text else []
    if other is None:
        return dated, []
    where = "A" if not first else "B"
    units = [c.unit for c in (claim, other)]
    base, text, against = _compared(claim, other, texts)
    found = differences(text, against, (claim.modifier, other.modifier), units if len(set(units)) > 1 else ())
    # Other words are told only where no number or qualifier is other: two outlets never write alike.
    telling = [d for d in found if d.sort != "words"] or found
    marks = [mark for d in found for mark in _marks(d, text, base, slight=d not in telling)]
    told = [_said(d, where) for d in telling[:TOLD]]
    if "days_off" in evidence and _days(claim) != _days(other):
        own_day, other_day = (wording.days(c.when_start, c.when_end) or "no day" for c in (claim, other))
        told.append(("date", f"means {own_day}; in {where} {other_day}"))
        marks += dated
    if claim.status != other.status:
        status, elsewhere = (wording.STATUSES.get(c.status, c.status) for c in (claim, other))
        hedged = f"{status} (“{claim.hedge}”)" if claim.hedge else status
        told.insert(0, ("status", f"told as {hedged}; in {where} {elsewhere}"))
        if claim.hedge:
            marks += _phrase(claim, sentence, claim.hedge)
    own = claim.modifier if claim.modifier.casefold() != other.modifier.casefold() else ""
    if own and not holds(text, own) and holds(sentence, own):
        told.append(("qualifier", f"“{own}”, which {where} does not have"))
        marks += _phrase(claim, sentence, own)
    if credits and claim.source != other.source:
        told.insert(
            0, ("credit", f"credited to {claim.source or 'nobody'}; in {where} to {other.source or 'nobody'}")
        )
        source = claim.attribution.get("source_text") or claim.source
        if isinstance(source, str) and source:
            marks += _phrase(claim, sentence, source)
    missing = evidence.get("missing")
    if first and isinstance(missing, str) and missing and not holds(sentence, missing):
        said = any(missing.casefold() in each.casefold() for _, each in told)
        told += [] if said else [("left out", f"nothing of “{missing}”")]
    return marks, told


def _compared(claim: Claim, other: Claim, texts: Mapping[int, Stretch]) -> tuple[int, str, str]:
    """Where the compared text begins, the text, and the other's: sentences where they are one in two
    wordings, else the words of the claims alone."""
    if claim.kind != "quotation":
        one, two = sentence_of(claim, texts[claim.id]), sentence_of(other, texts[other.id])
        # Two claims of one sentence have it in common; what they differ in is themselves.
        if claim.headline == other.headline and one != two and alike(one, two):
            return claim.sentence_start, one, two
    return claim.start, claim.quote, other.quote


def _marks(difference: Difference, text: str, base: int, *, slight: bool) -> Iterator[Mark]:
    css = "differs slight" if slight else "differs"
    if difference.here:
        yield Mark(base + difference.start, base + difference.end, css)
        return
    # Nothing stands here to be marked: a caret beside the next word says that something is left out.
    at = difference.start
    if slight:
        return
    if at < len(text):
        yield Mark(base + at, base + at + 1, "gap")
    elif text:
        yield Mark(base + at - 1, base + at, "gap after")


def _phrase(claim: Claim, sentence: str, phrase: str) -> list[Mark]:
    """Where a phrase stands in a claim's sentence: the last time before the claim's end, else the first."""
    at = sentence[: claim.end - claim.sentence_start].casefold().rfind(phrase.casefold())
    if at < 0:
        at = sentence.casefold().find(phrase.casefold())
    start = claim.sentence_start + at
    return [Mark(start, start + len(phrase), "differs")] if at >= 0 else []


def _said(difference: Difference, where: str) -> tuple[str, str]:
    if not difference.there:
        return difference.sort, f"“{difference.here}”, which {where} does not have"
    if not difference.here:
        return difference.sort, f"nothing of “{difference.there}”, which {where} has"
    return difference.sort, f"“{difference.here}” where {where} has “{difference.there}”"
