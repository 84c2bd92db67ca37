"""Where a text comes from: copied passages, and the same interview told to the same agency.

A passage is five words in a row, spelling made alike. Containment is the share of the shorter text's passages
that also stand in the longer one: a brief lifted out of a long story is a copy of it, which a symmetric
measure (Jaccard) would miss. A wire credit alone ("told Sputnik") names a source and makes no copy; where two
texts credit one agency, fewer shared passages show that both print its story.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from hashlib import blake2b
from heapq import nsmallest

from claims.engine.citing import shared_wire
from claims.engine.records import ArticleRef, Claim, Kind, OriginLink
from claims.engine.wording import Word, align, listed, words

#: Words in a passage: the usual shingle for finding reused news text (Broder 1997 onwards).
PASSAGE = 5
#: Share of the shorter text's passages that makes a copy, what an outlet prints in many articles left out;
#: and the share that does where both credit one agency. Of 152 pairs of FA-KES read one by one around the
#: threshold (benchmarks/labels/fakes_copies.csv) docs/benchmarks.md says how many either finds rightly.
COPIED, ONE_WIRE = 0.25, 0.2
#: Passages that must be shared whatever the share is: a short notice shares a stock phrase by accident.
_AT_LEAST = 12
#: One passage in four is kept as a fingerprint, chosen by its content, so that two texts keep the same ones.
_ONE_IN = 4
#: The fewest a text keeps, if it has so many: its smallest, again chosen by content.
_FEWEST = 16
#: Of a sample, what may fall short of the share by chance: half is two standard deviations at 40
#: fingerprints.
_SLACK = 0.5
#: A passage on so many days in one outlet is its boilerplate: on three days besides this one. A story told
#: and retold stands on fewer: with three days copies of rolling news would count as boilerplate.
BOILERPLATE_DAYS = 4
#: Shared passages shown, and the fewest words worth showing.
_SHOWN, _WORTH_SHOWING = 4, 8
#: Words of one quotation that alone show one interview, and of each where there are two.
_LONG_QUOTATION, _QUOTATION = 25, 8
_ALIKE = 0.8

#: How the reason begins that says that one interview was told to one agency, copied text or not.
INTERVIEW = "the same interview"

#: Whom people speak to in public; only a named outlet or agency makes an interview.
_PUBLIC = frozenset(
    """reporters journalists media press newspaper newspapers lawmakers parliament congress senate council
    assembly committee conference summit forum briefing audience crowd rally nation meeting commission hearing
    session nations""".split()  # noqa: SIM905
)


def _hash(passage: Sequence[Word]) -> int:
    text = " ".join(word.form for word in passage)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def _passages(text: Sequence[Word]) -> list[int]:
    return [_hash(text[i : i + PASSAGE]) for i in range(len(text) - PASSAGE + 1)]


def fingerprints(body: str) -> tuple[int, ...]:
    """A sample of the text's five-word passages as signed 64-bit hashes, sorted, distinct.

    Two texts that share passages share about one fingerprint in four of them, wherever they stand. A text of
    fewer than five words has none.
    """
    distinct = set(_passages(words(body)))
    kept = {x for x in distinct if x % _ONE_IN == 0}
    if len(kept) < _FEWEST:
        kept |= set(nsmallest(_FEWEST, distinct))
    return tuple(sorted(kept))


def may_share(a: Collection[int], b: Collection[int], common: Collection[int] = frozenset()) -> bool:
    """Whether two texts' fingerprints leave it open that one is a copy; if not, the texts need no comparison.

    A sample: one copy in some thirty at the very threshold is missed. Symmetric.
    """
    sample_a, sample_b = ({x for x in prints if x % _ONE_IN == 0} - set(common) for prints in (a, b))
    shorter = min(len(sample_a), len(sample_b))
    return len(sample_a & sample_b) >= max(1.0, _SLACK * ONE_WIRE * shorter)


def compare_origins(
    a: ArticleRef,
    b: ArticleRef,
    claims_a: Sequence[Claim],
    claims_b: Sequence[Claim],
    *,
    common: Collection[int] = frozenset(),
) -> OriginLink | None:
    """Whether two articles share where they come from; None if nothing shows it.

    ``common`` are fingerprints of what an outlet prints under every story; passages that touch them do not
    count. The passages shown are the longest shared runs, verbatim from ``a``'s body. Takes time in
    proportion to the two texts and their quotations, which are compared only under a shared speaker.
    """
    shared, containment, runs = _shared(a.body, b.body, frozenset(common))
    both_credit = shared_wire(a, b)
    copied = shared >= _AT_LEAST and containment >= (ONE_WIRE if both_credit else COPIED)
    interview = _interview(a, b, claims_a, claims_b)
    if not copied and not interview:
        return None
    reasons = []
    wire = both_credit if copied else None
    if interview:
        wire, speakers, count = interview
        times = "1 quotation" if count == 1 else f"{count} quotations"
        reasons.append(f"{INTERVIEW}: {listed(speakers)} told {wire} ({times} in the same words)")
    shown = _longest(a.body, runs)
    if copied:
        reasons.append(f"{containment:.0%} of the shorter text stands in the other in the same words")
        if both_credit and not interview:
            crediting = listed(sorted({x.outlet for x in (a, b)} - {both_credit}))
            reasons.append(f"{both_credit} is credited by {crediting}")
    if shown:
        reasons.append(f"shared passages, the longest of {len(words(shown[0]))} words")
    return OriginLink(
        kind="copy" if copied else "interview",
        containment=round(containment, 3),
        reasons=tuple(reasons),
        passages=tuple(shown),
        wire=wire,
    )


def _shared(a: str, b: str, common: frozenset[int]) -> tuple[int, float, list[tuple[int, int]]]:
    """How many distinct passages both have, the share of the shorter, and where they run in a."""
    text_a, text_b = words(a), words(b)
    hashes_a, hashes_b = _own(_passages(text_a), common), _own(_passages(text_b), common)
    set_a, set_b = {x for x in hashes_a if x is not None}, {x for x in hashes_b if x is not None}
    both = set_a & set_b
    shorter = min(len(set_a), len(set_b))
    runs: list[tuple[int, int]] = []
    first: int | None = None
    for i, value in enumerate([*hashes_a, None]):
        if value in both:
            first = i if first is None else first
        elif first is not None:
            runs.append((text_a[first].start, text_a[i - 1 + PASSAGE - 1].end))
            first = None
    return len(both), (len(both) / shorter if shorter else 0.0), runs


def _own(passages: list[int], common: frozenset[int]) -> list[int | None]:
    """The passages, with None for those that share a word with a common one."""
    if common.isdisjoint(passages):
        return list(passages)
    kept: list[int | None] = list(passages)
    for i, value in enumerate(passages):
        if value in common:
            for j in range(max(0, i - PASSAGE + 1), min(len(kept), i + PASSAGE)):
                kept[j] = None
    return kept


def _longest(body: str, runs: Sequence[tuple[int, int]]) -> list[str]:
    texts = {body[start:end]: start for start, end in reversed(runs)}
    ranked = sorted(texts, key=lambda x: (-len(words(x)), texts[x]))
    return [x for x in ranked if len(words(x)) >= _WORTH_SHOWING][:_SHOWN]


def _interview(
    a: ArticleRef, b: ArticleRef, claims_a: Sequence[Claim], claims_b: Sequence[Claim]
) -> tuple[str, list[str], int] | None:
    """The agency, the speakers and how many quotations both carry in the same words; None if none.

    An article says "told the agency" once and quotes on, so the agency counts for all its speaker's words.
    Where only one says who was spoken to, the other must at least name the agency, or be it.
    """
    told_a, told_b = _told(claims_a), _told(claims_b)
    best: tuple[int, str, str] | None = None
    for speaker in sorted(set(told_a) | set(told_b)):
        agencies = {
            agency
            for agency in told_a.get(speaker, set()) | told_b.get(speaker, set())
            if (agency in told_a.get(speaker, set()) or _names(a, agency))
            and (agency in told_b.get(speaker, set()) or _names(b, agency))
        }
        if not agencies:
            continue
        alike = list(_said_alike(claims_a, claims_b, speaker))
        if len(alike) >= 2 or any(x >= _LONG_QUOTATION for x in alike):
            found = (len(alike), speaker, min(agencies))
            best = max(best, found) if best else found
    if best is None:
        return None
    count, speaker, agency = best
    return agency, [speaker], count


def _names(article: ArticleRef, agency: str) -> bool:
    return article.outlet == agency or bool(re.search(rf"\b{re.escape(agency)}\b", article.body))


def _told(claims: Sequence[Claim]) -> dict[str, set[str]]:
    """Which outlets or agencies each person is said to have spoken to."""
    found: dict[str, set[str]] = {}
    for claim in claims:
        source, told = claim.attribution.source, claim.attribution.told
        if source and told and told[:1].isupper() and _PUBLIC.isdisjoint(told.casefold().split()):
            found.setdefault(source, set()).add(told)
    return found


def _said_alike(claims_a: Sequence[Claim], claims_b: Sequence[Claim], speaker: str) -> Iterator[int]:
    """The length in words of each quotation of the speaker that both sides carry, each counted once."""
    quotes_a, quotes_b = (
        sorted({c.quote for c in claims if c.kind is Kind.QUOTATION and c.attribution.source == speaker})
        for claims in (claims_a, claims_b)
    )
    if quotes_b < quotes_a:  # so that which side is called a makes no difference
        quotes_a, quotes_b = quotes_b, quotes_a
    left = list(quotes_b)
    for quote in quotes_a:
        for other in left:
            alignment = align(quote, other)
            if alignment.matched >= _QUOTATION and alignment.share >= _ALIKE:
                left.remove(other)
                yield alignment.matched
                break
