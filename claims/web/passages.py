"""The sentence a claim stands in, with some of the text around it, and the claim marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, Value
from django.db.models.functions import Greatest, Substr
from django.utils.safestring import SafeString

from claims.models import Claim
from claims.models.claim import stands_in

from .highlight import Mark, passage

AROUND = 150  # characters of context on either side of the sentence, enough for its neighbour


@dataclass(frozen=True, slots=True)
class Stretch:
    """The text a claim stands in, cut out around its sentence; ``start`` is where the cut begins."""

    start: int
    text: str

    def between(self, start: int, end: int) -> str:
        """The characters from ``start`` to ``end``, counted as the claim counts them."""
        return self.text[max(start - self.start, 0) : max(end - self.start, 0)]


@dataclass(frozen=True, slots=True)
class Passage:
    """A claim with the words around it: ``before`` and ``after`` plain text, ``sentence`` safe HTML."""

    claim: Claim
    before: str
    sentence: SafeString
    after: str


def of(claims: Iterable[Claim]) -> list[Passage]:
    """A passage for each claim, in order; one query for all."""
    claims = list(claims)
    found = stretches(claims)
    return [passage_of(claim, found[claim.id]) for claim in claims]


def stretches(claims: Iterable[Claim]) -> Mapping[int, Stretch]:
    """The text around each claim, by its id; one query. Bodies are not loaded, only what is shown."""
    rows = (
        Claim.objects.filter(id__in=[c.id for c in claims])
        .annotate(stretch_start=Greatest(F("sentence_start") - AROUND, Value(0)))
        .annotate(stretch_end=Greatest(F("sentence_end"), F("end")) + AROUND)
        .annotate(stretch=Substr(stands_in(), F("stretch_start") + 1, F("stretch_end") - F("stretch_start")))
        .values_list("id", "stretch_start", "stretch")
    )
    return {claim_id: Stretch(start, text) for claim_id, start, text in rows}


def sentence_of(claim: Claim, stretch: Stretch) -> str:
    """The sentence a claim stands in; to the end of the claim where it runs on over several."""
    return stretch.between(claim.sentence_start, max(claim.sentence_end, claim.end))


def passage_of(claim: Claim, stretch: Stretch, marks: Iterable[Mark] = ()) -> Passage:
    """The claim marked in its sentence, with ``marks`` besides, which count as the claim's spans do."""
    end = max(claim.sentence_end, claim.end)
    after = stretch.between(end, end + AROUND)
    own = Mark(claim.start, claim.end, f"c c-{claim.kind}")
    return Passage(
        claim,
        _tail(stretch.between(stretch.start, claim.sentence_start), cut=stretch.start > 0),
        passage(sentence_of(claim, stretch), [own, *marks], offset=claim.sentence_start),
        _head(after, cut=len(after) >= AROUND),
    )


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
            f"c c-{c.kind} by-person" if c.correction_id else f"c c-{c.kind}",
            anchor=f"claim-{c.id}",
            href=f"#read-{c.id}",
        )
        for c in claims
    ]
