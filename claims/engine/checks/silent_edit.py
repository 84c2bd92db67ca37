"""A claim of an article was changed on the page, and no note says so.

Outlets correct and rewrite articles after publication. The text that stands is laid beside the text that
stood before, sentence by sentence; where a sentence was rewritten and the claim in it now has another value,
another qualifier, another source, another date or other words in its quotation, both are shown. An article
that says what it changed ("Correction:", "An earlier version of this article") is left alone.

Example: "40 launchers" became "as many as 30 launchers" between the morning and the evening.

What would clear it: a note on the page that says what was changed, or one in another place (a live blog).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from claims.engine import lexicons
from claims.engine.checks.evidence import (
    article_keys,
    in_words,
    keys,
    quoted,
    reading,
    subject,
    when_in_words,
)
from claims.engine.checks.registry import check
from claims.engine.linking import compatible
from claims.engine.records import ArticleHistory, Claim, Finding, Kind, PlacedClaim, Severity, Span
from claims.engine.sentences import paragraphs, sentences
from claims.engine.wording import words

_NOTES = tuple(lexicons.load("checking")["notes"]["corrected"])
#: Sentences of each text that are laid side by side; a text with more is no article.
_SENTENCES = 800
#: Share of the shorter sentence's words that must stand in the other, in order: then it is that one.
_REWRITTEN = 0.5
#: Rewritten sentences in one piece that are matched with each other.
_PIECE = 12
#: Words of a quotation that must stand in the other for both to be one quotation.
_QUOTED = 0.6


@check(id="silent_edit", name="Silent edit", over="article")
def silent_edit(history: ArticleHistory) -> Iterator[Finding]:
    before, now = history.before, history.article
    if before is None or before.body == now.body or _announced(before.body, now.body):
        return
    reported = set()
    for old, new in _rewritten(before.body, now.body):
        for was, became in _same_claim(_in(history.claims_before, old), _in(history.claims, new)):
            for what, severity, earlier, later in _changes(was.claim, became.claim):
                place = subject(what, _normal(was.claim.quote), _normal(became.claim.quote))
                if place in reported:
                    continue
                reported.add(place)
                yield Finding(
                    check="silent_edit",
                    severity=severity,
                    subject=place,
                    summary=(
                        f"{now.outlet} changed {what} without a note: {quoted(earlier)} became "
                        f"{quoted(later)}."
                    ),
                    claims=keys([became, was]),
                    articles=article_keys([became]),
                    evidence={
                        "readings": [reading(became), reading(was)],
                        "changed": what,
                        "before": old.of(before.body),
                        "after": new.of(now.body),
                    },
                    clears="It clears if the page carries a note that says what was changed.",
                    basis=(
                        "the sentences of two revisions laid side by side; no note of a correction is new"
                    ),
                )


def _announced(before: str, now: str) -> bool:
    """Whether a sentence that is new in the text says that it was corrected or updated."""
    there = {_plain(s.of(before)) for s in _sentences(before)}
    return any(
        any(note in line for note in _NOTES)
        for line in (_plain(s.of(now)) for s in _sentences(now))
        if line not in there
    )


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def _normal(text: str) -> str:
    return " ".join(w.form for w in words(text))


def _sentences(text: str) -> list[Span]:
    found = (span for paragraph in paragraphs(text) for span in sentences(text, paragraph))
    return [span for span, _ in zip(found, range(_SENTENCES), strict=False)]


def _rewritten(before: str, now: str) -> Iterator[tuple[Span, Span]]:
    """Sentences of the earlier text with what became of each, where it was changed and not taken out."""
    old, new = _sentences(before), _sentences(now)
    lines = [[_plain(s.of(text)) for s in spans] for text, spans in ((before, old), (now, new))]
    matcher = SequenceMatcher(None, lines[0], lines[1], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "replace" or max(b - a, d - c) > _PIECE:
            continue
        taken: set[int] = set()
        for i in range(a, b):
            likest = [(_likeness(lines[0][i], lines[1][j]), -j) for j in range(c, d) if j not in taken]
            share, j = max(likest, default=(0.0, 0))
            if share >= _REWRITTEN:
                taken.add(-j)
                yield old[i], new[-j]


def _likeness(a: str, b: str) -> float:
    x, y = ([w.form for w in words(text)] for text in (a, b))
    if not x or not y:
        return 0.0
    blocks = SequenceMatcher(None, x, y, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / min(len(x), len(y))


def _in(claims: Sequence[PlacedClaim], sentence: Span) -> list[PlacedClaim]:
    return [c for c in claims if not c.claim.headline and sentence.covers(c.claim.span)]


def _same_claim(
    before: Sequence[PlacedClaim], now: Sequence[PlacedClaim]
) -> Iterator[tuple[PlacedClaim, PlacedClaim]]:
    """Pairs of a claim and what became of it: of one kind, on one thing, the nth of as many."""
    for kind in Kind:
        for thing in sorted({_thing(c.claim) for c in before if c.claim.kind is kind}):
            old = [c for c in before if c.claim.kind is kind and _thing(c.claim) == thing]
            new = [c for c in now if c.claim.kind is kind and _thing(c.claim) == thing]
            if len(old) == len(new):
                yield from zip(old, new, strict=True)


def _thing(claim: Claim) -> str:
    """What must stay for it to be one claim: what is counted, the unit, the act."""
    if claim.kind is Kind.QUOTATION:
        return ""
    if claim.kind is Kind.COUNT:
        return claim.noun
    return claim.quantity.unit if claim.quantity else f"{claim.action} {claim.noun}"


def _changes(was: Claim, became: Claim) -> Iterator[tuple[str, Severity, str, str]]:
    """What changed, how much that matters, and the words before and after."""
    if was.kind is Kind.QUOTATION:
        if _normal(was.quote) != _normal(became.quote) and _likeness(was.quote, became.quote) >= _QUOTED:
            yield "the words of a quotation", Severity.LOW, was.quote, became.quote
    elif was.quantity and became.quantity:
        x, y = was.quantity, became.quantity
        if x.value != y.value:
            yield "a figure", Severity.MEDIUM, was.quote, became.quote
        elif (x.modifier or "").lower() != (y.modifier or "").lower() and in_words(x) != in_words(y):
            yield "a qualifier", Severity.LOW, was.quote, became.quote
    dates = [(c.when.start, c.when.end) for c in (was, became) if c.when and c.when.start]
    if was.when and became.when and len(dates) == 2 and dates[0] != dates[1]:
        yield "a date", Severity.LOW, when_in_words(was.when), when_in_words(became.when)
    one, other = was.attribution.source, became.attribution.source
    if one and other and not compatible(one, other):
        yield "who is credited", Severity.LOW, one, other
