"""Why the engine says what it says: for each claim which rule read which part, and which numbers it let go.

:func:`explain` reads the text once more and puts beside every part of a claim what the readers left on the
way (:mod:`claims.engine.tracing`), and :mod:`claims.engine.unclaimed` says why other numbers are no claim.
Extraction itself keeps no account and pays nothing for this.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from claims.engine.article import read_article
from claims.engine.extractors import named_extractors
from claims.engine.headlines import as_in_a_sentence, of_headline
from claims.engine.records import Claim, Kind, Span
from claims.engine.repeats import unrepeated
from claims.engine.tracing import Part, trace
from claims.engine.unclaimed import Unclaimed, unclaimed


@dataclass(frozen=True, slots=True)
class ExplainedClaim:
    """A claim, the extractor that made it, and where each of its parts comes from."""

    claim: Claim
    extractor: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All claims of a text explained, the numbers let go, and the stretches not read as they are loops."""

    claims: tuple[ExplainedClaim, ...]
    unclaimed: tuple[Unclaimed, ...]
    unread: tuple[Span, ...] = ()


def explain(text: str, *, published: date | None = None, title: str = "", outlet: str = "") -> Explanation:
    """The same claims as :func:`claims.engine.extract.extract` gives for the same arguments, explained."""
    article = read_article(text, published, title)
    made: dict[Claim, ExplainedClaim] = {}
    left: list[Unclaimed] = []
    for sentence in article.sentences:
        own = []
        for name, find in named_extractors():
            for claim in find(article, sentence):
                if claim not in made:
                    made[claim] = ExplainedClaim(claim, name, tuple(trace(article, sentence, claim)))
                own.append(claim)
        left += unclaimed(sentence, own)
    order = sorted(made, key=lambda c: (c.span, c.kind, c.rule))
    return Explanation(tuple(made[c] for c in order), tuple(left), tuple(_unread(text)))


def explain_headline(title: str, body: str, *, published: date | None = None) -> Explanation:
    """The same claims as :func:`claims.engine.headlines.extract_headline` gives, explained; spans are into
    ``title``.
    """
    if not title.strip():
        return Explanation((), ())
    found = explain(as_in_a_sentence(title, body), published=published, title=body[:2000])
    claims = [e for e in found.claims if e.claim.kind is not Kind.QUOTATION]
    own = of_headline(title, body, [e.claim for e in claims])
    return Explanation(
        tuple(
            replace(e, claim=claim, parts=_with_status(e, claim))
            for e, claim in zip(claims, own, strict=True)
        ),
        tuple(replace(u, quote=u.span.of(title)) for u in found.unclaimed),
    )


def _with_status(explained: ExplainedClaim, claim: Claim) -> tuple[Part, ...]:
    """The parts of a headline's claim, with the status that the grammar of headlines gives it."""
    if claim.status is explained.claim.status:
        return explained.parts
    planned = Part("status", claim.status.value, "in a headline a bare “to” is “will”", claim.hedge or "")
    return (*explained.parts, planned)


def _unread(text: str) -> Iterator[Span]:
    end = 0
    for part in unrepeated(text):
        if part.start > end:
            yield Span(end, part.start)
        end = part.end
    if end < len(text.rstrip()):
        yield Span(end, len(text))
