"""The headline gives a figure that its own article does not.

A headline's figure is looked for in the body: as written, rounded, as the sum of figures, or as one that the
words of the body allow. Only where the body answers the headline's question, and nowhere with a figure that
agrees, is it reported. A headline that leaves out "up to", "as many as" or "reportedly" where every such
figure of the body has it is reported too, and weighs less, for headlines are short; one that leaves out "at
least" is not, for nearly all do.

Example: the headline has 40 killed; the body says "as many as 14 people were killed".

What would clear it: a figure in the body that agrees, or the two counting different things.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from claims.engine import lexicons
from claims.engine.checks.comparing import disjoint, rounds, same_thing
from claims.engine.checks.evidence import article_keys, keys, plain, quantity_of, quoted, reading, subject
from claims.engine.checks.extent import acts_in, is_main, is_remainder
from claims.engine.checks.registry import check
from claims.engine.checks.tolls import same_sort
from claims.engine.numbers import read_numeral
from claims.engine.questions import question
from claims.engine.records import ArticleHistory, Finding, Kind, Mode, PlacedClaim, Severity, Status
from claims.engine.tokens import tokenize

_KINDS = frozenset({Kind.COUNT, Kind.MONEY, Kind.SHARE, Kind.MEASURE})
#: Figures of a headline, and of a body, that are compared; a body has more only if it is a table.
_HEADLINE, _BODY = 8, 300
#: Figures of the body that may together make up the headline's, and sums of them that are kept.
_SUMMED, _SUMS = 40, 4000
#: A headline's count may be higher by so many that the body tells without a number ("a child").
_UNCOUNTED = 1
#: Counts below this are not rounded: ten diplomats are not 12.
_ROUND = 100
_CREDITING = frozenset(lexicons.load("checking")["headlines"]["credited"])


@check(id="headline_body", name="Headline against body", over="article")
def headline_body(history: ArticleHistory) -> Iterator[Finding]:
    told = [c for c in history.claims if c.claim.quantity and c.claim.kind in _KINDS]
    body = [c for c in told if not c.claim.headline][:_BODY]
    reported = set()
    for head in [c for c in told if c.claim.headline][:_HEADLINE]:
        alike = [c for c in body if c.claim.kind is head.claim.kind]
        same = [c for c in alike if quantity_of(c).value == quantity_of(head).value]
        for finding in _left_out(head, same) if same else _elsewhere(head, alike):
            if finding.subject not in reported:
                reported.add(finding.subject)
                yield finding


def _elsewhere(head: PlacedClaim, body: Sequence[PlacedClaim]) -> Iterator[Finding]:
    """The headline's figure stands nowhere in the body: what the body says instead, if it says anything."""
    answers = [c for c in body if same_thing(head, c) or _leads_with(head, c)]
    if not answers or _is_made_up_of(head, body) or _stands_in(head):
        return
    if any(_agree(head, c) for c in (*answers, *(c for c in body if _same_hit(head, c)))):
        return
    value, figures = quantity_of(head).value, {quantity_of(c).value for c in answers}
    counted_up = head.claim.kind is Kind.COUNT and (
        value - max(figures) in range(1, _UNCOUNTED + 1) or (len(figures) > 1 and value > max(figures))
    )
    first = answers[0]
    yield Finding(
        check="headline_body",
        severity=Severity.LOW if counted_up else Severity.MEDIUM,
        subject=subject("figure", plain(value) or "", quantity_of(head).unit),
        summary=(
            f"The headline of {head.article.outlet} has {quoted(head.claim.quote)}, which its article does "
            f"not say; there it is {quoted(first.claim.quote)}."
        ),
        claims=keys([head, *answers]),
        articles=article_keys([head]),
        evidence={"readings": [reading(c) for c in (head, *answers)]},
        clears=(
            f"It clears if the article gives {quoted(head.claim.quote)} somewhere, if several of its figures "
            "come to it, or if the two count different things."
        ),
        basis="disjoint intervals for one question in headline and body (docs/numbers.md)",
    )


def _leads_with(head: PlacedClaim, other: PlacedClaim) -> bool:
    """Whether the article opens with a count of those the headline counts, hit by the same sudden act."""
    return is_main(other) and _same_hit(head, other) and not is_remainder(other) and not is_remainder(head)


def _same_hit(head: PlacedClaim, other: PlacedClaim) -> bool:
    """Whether both count people whom an attack or accident killed, or wounded; a headline's verb may follow
    its figure without an auxiliary ("20 killed in blast")."""
    q = question(other.claim)
    if head.claim.kind is not Kind.COUNT or other.claim.kind is not Kind.COUNT or not q.is_sudden:
        return False
    acts = {head.claim.action} if head.claim.action else acts_in(head.claim.context.partition(" ")[0])
    return q.action in acts and same_sort(head.claim, other.claim)


def _agree(head: PlacedClaim, other: PlacedClaim) -> bool:
    x, y = quantity_of(head), quantity_of(other)
    roundable = head.claim.kind is not Kind.COUNT or min(x.value, y.value) >= _ROUND
    return disjoint(head.claim, other.claim) is not True or (roundable and rounds(x, y))


def _is_made_up_of(head: PlacedClaim, body: Sequence[PlacedClaim]) -> bool:
    """Whether figures of the body come to the headline's: six killed here and four there are ten."""
    target, sums = quantity_of(head).value, {Decimal(0)}
    for claim in body[:_SUMMED]:
        more = {x + quantity_of(claim).value for x in sums}
        sums |= {x for x in more if x <= target}
        if target in sums:
            return True
        if len(sums) > _SUMS:
            return False
    return False


def _stands_in(head: PlacedClaim) -> bool:
    """Whether the number stands in the body where no claim was read ("all 40")."""
    tokens = tokenize(head.article.body)
    value = quantity_of(head).value
    return any(
        numeral.value == value for i in range(len(tokens)) if (numeral := read_numeral(tokens, i)) is not None
    )


def _left_out(head: PlacedClaim, same: Sequence[PlacedClaim]) -> Iterator[Finding]:
    """Words that every such figure of the body has and the headline has not."""
    capped = [quantity_of(c).modifier for c in same if quantity_of(c).rule == "up_to"]
    hedged = [c.claim.hedge for c in same if c.claim.status is Status.ALLEGED and c.claim.hedge]
    missing = None
    if len(capped) == len(same) and quantity_of(head).is_point():
        missing = capped[0]
    elif len(hedged) == len(same) and head.claim.status is Status.DONE and not _credits(head):
        missing = hedged[0]
    if not missing:
        return
    yield Finding(
        check="headline_body",
        severity=Severity.LOW,
        subject=subject("words", plain(quantity_of(head).value) or "", quantity_of(head).unit),
        summary=(
            f"The headline of {head.article.outlet} has {quoted(head.claim.quote)} flat; its article says "
            f"{quoted(missing)}."
        ),
        claims=keys([head, *same]),
        articles=article_keys([head]),
        evidence={"readings": [reading(c) for c in (head, *same)], "missing": missing},
        clears="It clears if the article states the figure flat as well.",
        basis="every figure of this value in the body is qualified, the headline's is not",
    )


def _credits(head: PlacedClaim) -> bool:
    """Whether the headline says by a word of its own that others say so ("30 killed: report")."""
    if head.claim.attribution.mode is not Mode.NONE or head.claim.hedge:
        return True
    return not _CREDITING.isdisjoint(t.low for t in tokenize(head.article.title))
