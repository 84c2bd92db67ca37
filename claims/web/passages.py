"""The sentence a claim stands in, with some of the text around it, and the claim marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, Value
from django.db.models.functions import Greatest, Substr
from django.utils.safestring import SafeString

from claims.models import Claim
from claims.models.claim import stands_in

from . import wording
from .highlight import Mark, passage

SHORTEST_PHRASE = 4  # letters; "the" marked all over a sentence would say nothing
AROUND = 220  # characters of context on either side of the sentence, enough for its neighbour


@dataclass(frozen=True, slots=True)
class Passage:
    """A claim with the words around it: ``before`` and ``after`` plain text, ``sentence`` safe HTML."""

    claim: Claim
    before: str
    sentence: SafeString
    after: str
    qualifier_differs: bool = False


def of(claims: Iterable[Claim], *, mark_qualifiers: bool = False, words: Iterable[str] = ()) -> list[Passage]:
    """A passage for each claim, in order; one query for all. Bodies are not loaded, only the stretches shown.

    ``mark_qualifiers`` marks the words "almost", "as many as" where the claims do not all have the same;
    ``words`` are phrases to be marked wherever they stand in the sentences.
    """
    claims = list(claims)
    differs = mark_qualifiers and len({c.modifier.lower() for c in claims}) > 1
    stretches = _stretches(claims)
    phrases = [w for w in words if len(w) >= SHORTEST_PHRASE]
    return [_passage(c, *stretches[c.id], differs, phrases) for c in claims]


def _stretches(claims: list[Claim]) -> Mapping[int, tuple[int, str]]:
    rows = (
        Claim.objects.filter(id__in=[c.id for c in claims])
        .annotate(stretch_start=Greatest(F("sentence_start") - AROUND, Value(0)))
        .annotate(
            stretch=Substr(
                stands_in(), F("stretch_start") + 1, F("sentence_end") + AROUND - F("stretch_start")
            )
        )
        .values_list("id", "stretch_start", "stretch")
    )
    return {claim_id: (start, text) for claim_id, start, text in rows}


def _passage(claim: Claim, start: int, stretch: str, differs: bool, phrases: list[str]) -> Passage:
    before = stretch[: claim.sentence_start - start]
    after = stretch[claim.sentence_end - start :]
    marks = [Mark(claim.start, claim.end, f"c c-{claim.kind}")]
    if differs and claim.modifier:
        marks += _qualifier(claim, start, stretch)
    sentence = stretch[claim.sentence_start - start : claim.sentence_end - start]
    marks += [
        Mark(claim.sentence_start + found.start(), claim.sentence_start + found.end(), "differs")
        for phrase in phrases
        for found in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", sentence, re.IGNORECASE)
    ]
    return Passage(
        claim,
        _tail(before, cut=start > 0),
        passage(sentence, marks, offset=claim.sentence_start),
        _head(after, cut=len(after) >= AROUND),
        differs,
    )


def _qualifier(claim: Claim, start: int, stretch: str) -> list[Mark]:
    """Where the claim's modifier stands: in the quote, else the last time before its end in the sentence."""
    sentence = stretch[claim.sentence_start - start : claim.end - start]
    at = sentence.lower().rfind(claim.modifier.lower())
    if at < 0:
        return []
    at += claim.sentence_start
    return [Mark(at, at + len(claim.modifier), "differs")]


def _tail(text: str, *, cut: bool) -> str:
    """The end of the text before a sentence, from a whole word on."""
    if not cut:
        return text
    _, space, rest = text.partition(" ")
    return f"… {rest}" if space else ""


def _head(text: str, *, cut: bool) -> str:
    if not cut:
        return text
    rest, space, _ = text.rpartition(" ")
    return f"{rest} …" if space else ""


def marks_for(claims: Iterable[Claim]) -> list[Mark]:
    """The marks of an article's claims on its page: anchor ``claim-7``, link to its line in the list."""
    return [
        Mark(
            c.start,
            c.end,
            f"c c-{c.kind}",
            anchor=f"claim-{c.id}",
            href=f"#read-{c.id}",
            title=_title(c),
        )
        for c in claims
    ]


def _title(claim: Claim) -> str:
    words = [wording.KINDS.get(claim.kind, claim.kind)]
    if claim.value is not None:
        words.append(wording.bounds(claim.bounds, claim.unit, claim.soft))
    return ": ".join(w for w in words if w)
