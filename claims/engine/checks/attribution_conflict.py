"""The same words, or the same sentence with its figure, are credited to somebody else.

Two articles print one quotation, eight words or more, and name another speaker for it; or they print one
sentence with one figure, and name the authority of another state for it. Only credits that name somebody
beside the words themselves are compared: "he said" may mean anybody. A body and its spokesman, two bodies of
one state, and one name in two spellings are no conflict; and two authorities that give one figure in words of
their own agree.

Example: "We will answer every launch with one of our own" is said by the minister in one outlet, by the
general in another.

What would clear it: one of them having quoted the other, or a correction of the name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations

from claims.engine import lexicons
from claims.engine.checks.comparing import nominal
from claims.engine.checks.evidence import article_keys, keys, outlets, quoted, reading, several, subject
from claims.engine.checks.registry import check
from claims.engine.linking import compatible
from claims.engine.records import Finding, Group, Kind, PlacedClaim, Severity, Span
from claims.engine.wording import align, words

#: Shorter words are said by many.
_LEAST = 8
#: Share of the words of the shorter that must stand in the other, in order: of a quotation, and of a sentence
#: whose credit was changed.
_SAME_WORDS, _SAME_SENTENCE = 0.9, 0.7
#: Letters of all that two spellings of one name share (Calderon, Calderón; Hezballah, Hezbollah).
_SPELT_ALIKE = 0.75
#: Members of a group that are compared with each other.
_MEMBERS = 60


@check(id="attribution_conflict", name="Credited to another", over="group")
def attribution_conflict(group: Group) -> Iterator[Finding]:
    named: dict[str, list[PlacedClaim]] = {}
    for member in group.members[:_MEMBERS]:
        if _is_named(member):
            named.setdefault(member.claim.attribution.source or "", []).append(member)
    for one, other in combinations(sorted(named), 2):
        if not _exclude_each_other(one, other):
            continue
        pairs = [(a, b) for a in named[one] for b in named[other] if _same_words(a, b)]
        if pairs:
            yield _finding(_each(a for a, _ in pairs), _each(b for _, b in pairs))


def _is_named(member: PlacedClaim) -> bool:
    """Whether the credit names its source in the claim's sentence, outside the quotation."""
    claim, text = member.claim, member.claim.attribution.source_text
    if not text or not claim.attribution.source or not any(w[0].isupper() for w in text.split()):
        return False
    said = claim.sentence.of(member.text)
    if claim.kind is not Kind.QUOTATION:
        return text in said
    outside = (
        member.text[max(claim.sentence.start, claim.span.start - 200) : claim.span.start],
        member.text[claim.span.end : max(claim.sentence.end, claim.span.end)],
    )
    return any(text in part for part in outside)


def _same_words(a: PlacedClaim, b: PlacedClaim) -> bool:
    if a.article.outlet == b.article.outlet or a.claim.kind is not b.claim.kind or _shares_a_name(a, b):
        return False
    if a.claim.kind is Kind.QUOTATION:
        one, other = a.claim.quote, b.claim.quote
        least = _SAME_WORDS
    else:
        if nominal(a.claim) is None or nominal(a.claim) != nominal(b.claim):
            return False
        one, other = (m.claim.sentence.of(m.text) for m in (a, b))
        least = _SAME_SENTENCE
    return min(len(words(one)), len(words(other))) >= _LEAST and align(one, other).share >= least


def _shares_a_name(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether one names the other's source beside its own: a body and who speaks for it, or a shared name."""
    for x, y in ((a, b), (b, a)):
        source = _plain(y.claim.attribution.source or "").split()[-1:]
        around = Span(max(x.claim.sentence.start - 200, 0), x.claim.sentence.end + 200).of(x.text)
        if source and source[0] in _plain(around).split():
            return True
    one, other = (
        {_plain(w) for w in (m.claim.attribution.source_text or "").split() if w[0].isupper()} for m in (a, b)
    )
    return bool(one & other)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().replace("’s", "").replace("'s", ""))
    return "".join(c if c.isalnum() or c.isspace() else "" for c in letters)


@cache
def _parties() -> dict[str, str]:
    """Every body with the state it belongs to."""
    return {name: entry["party"] for name, entry in lexicons.load("bodies").items()}


@cache
def _states() -> frozenset[str]:
    known = lexicons.load("parties")
    return frozenset((*known["states"], *known["groups"]))


def _exclude_each_other(one: str, other: str) -> bool:
    """Whether what one of them said was not said by the other: two people, or authorities of two states."""
    if compatible(one, other) or SequenceMatcher(None, _plain(one), _plain(other)).ratio() >= _SPELT_ALIKE:
        return False
    parties = [_parties().get(x) or (x if x in _states() else None) for x in (one, other)]
    if all(parties):
        return parties[0] != parties[1]
    return all(x not in _parties() and _is_person(x) for x in (one, other)) and not any(parties)


def _is_person(name: str) -> bool:
    """Whether a name is of two or more words that begin with capitals, as people's are given in full."""
    parts = name.split()
    return 2 <= len(parts) <= 4 and all(p[0].isupper() for p in parts)


def _each(members: Iterator[PlacedClaim]) -> list[PlacedClaim]:
    first: dict[str, PlacedClaim] = {}
    for member in members:
        first.setdefault(member.article.key, member)
    return list(first.values())


def _finding(one: Sequence[PlacedClaim], other: Sequence[PlacedClaim]) -> Finding:
    # The name fewer outlets give stands first: it is the one to look at.
    first, second = sorted(
        (one, other), key=lambda x: (len({m.article.outlet for m in x}), x[0].claim.attribution.source or "")
    )
    x, y = first[0], second[0]
    told = "credit" if several(first) else "credits"
    return Finding(
        check="attribution_conflict",
        severity=Severity.MEDIUM if x.claim.kind is Kind.QUOTATION else Severity.LOW,
        subject=subject(*sorted((x.claim.attribution.source or "", y.claim.attribution.source or ""))),
        summary=(
            f"{outlets(first)} {told} {quoted(x.claim.quote)} to {x.claim.attribution.source}, "
            f"{outlets(second)} to {y.claim.attribution.source}."
        ),
        claims=keys([*first, *second]),
        articles=article_keys([*first, *second]),
        evidence={
            "readings": [reading(m) for m in [*first, *second]],
            "sources": [x.claim.attribution.source, y.claim.attribution.source],
        },
        clears="It clears if one of the two quoted the other, or if a name is corrected.",
        basis="the same words, credited by name to two sources of which one is not the other's voice",
    )
