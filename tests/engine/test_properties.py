"""What holds for any text: exact spans, the same claims each time, no claim moved by other text, no error."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.engine.extract import extract
from claims.engine.records import Claim, Span

DAY = date(2021, 5, 3)
QUIET = settings(
    max_examples=60,
    deadline=None,  # a shared machine can stall
    suppress_health_check=[HealthCheck.too_slow],
)

#: Pieces of news in no order: words an extractor looks for, figures, marks, and what breaks readers.
PIECES = st.sampled_from(
    """Russia|Norway's|the Pentagon|Anna Novak|Ms Novak|officials|10|1,550|1 234|3.5|$18 billion|€2bn|60%
    |60 per cent|dozens of|almost|more than|up to|between|and|from|to|five|twenty-eight|half of|one in five
    |missiles|diplomats|new interceptors|warheads|km|tonnes|expelled|was reported to have|will deploy|said
    |told|denied|according to|including 10 for testing|of them|on Monday|last week|May 3, 2021|in 2019|by 2030
    |first|twice as many|“|”|"|‘|’|(|)|[3]|—|–|-|,|.|. |?|:|;|\n|\n\n|S-400|F-16|New START|No. 5|3:15 p.m.
    |U.S.|it|its|he|which|if|not|no|\u00ad|\u200b|\u202a|\u2066|ﬁ|é|e\u0301|１２|١٢|½|²|🚀|per|a|the
    |12-year-old|155mm|/|%""".replace("\n    |", "|").split("|")
)
NEWS = st.lists(PIECES, max_size=60).map(" ".join) | st.lists(PIECES, max_size=40).map("".join)

#: Complete paragraphs that depend on nothing around them.
PARAGRAPHS = [
    "Norway expelled 14 Belarusian diplomats on Monday.",
    "More than 60 percent of the 1,550 warheads were destroyed in 2019.",
    "“We will buy 31 new interceptors next year,” Defence Minister Ivar Lund told Reuters.",
    "The programme costs $18 billion, according to a government report.",
    "Between five and seven launchers were moved 300 km to the north.",
    "France signed the treaty in 2010 and ratified it a year later.",
]
#: Paragraphs without claims, names or pronouns.
FILLERS = ["The weather was mild.", "Photographs followed.", "- - -", "(Updated)", "What does this mean?"]


def check(text: str, claims: tuple[Claim, ...]) -> None:
    for claim in claims:
        assert text[claim.span.start : claim.span.end] == claim.quote
        assert claim.quote.strip()
        assert 0 <= claim.sentence.start <= claim.sentence.end <= len(text)
        assert claim.sentence.start <= claim.span.start < claim.sentence.end
        for time in (claim.when, claim.reported_when):
            if time is not None:
                assert time.span.of(text) == time.text
        if claim.part_of is not None:
            assert 0 <= claim.part_of.start < claim.part_of.end <= len(text)
        if claim.quantity is not None and None not in (claim.quantity.low, claim.quantity.high):
            assert claim.quantity.low <= claim.quantity.high  # type: ignore[operator]
    keys = [(c.span, c.kind, c.rule) for c in claims]
    assert keys == sorted(keys)
    assert len(set(claims)) == len(claims)


@QUIET
@given(st.text(max_size=300))
def test_any_unicode_is_read_without_an_error(text: str) -> None:
    check(text, extract(text, published=DAY, title=text[:50]))


@QUIET
@given(NEWS)
def test_pieces_of_news_in_any_order_keep_spans_exact(text: str) -> None:
    claims = extract(text, published=DAY)
    check(text, claims)
    assert extract(text, published=DAY) == claims


@QUIET
@given(NEWS)
def test_without_a_date_everything_still_reads(text: str) -> None:
    claims = extract(text)
    check(text, claims)


def moved(claim: Claim, by: int) -> Claim:
    """The same claim ``by`` characters further on."""

    def further(span: Span | None) -> Span | None:
        return Span(span.start + by, span.end + by) if span else None

    return replace(
        claim,
        span=further(claim.span) or claim.span,
        sentence=further(claim.sentence) or claim.sentence,
        part_of=further(claim.part_of),
        when=replace(claim.when, span=further(claim.when.span) or claim.when.span) if claim.when else None,
        reported_when=replace(
            claim.reported_when, span=further(claim.reported_when.span) or claim.reported_when.span
        )
        if claim.reported_when
        else None,
        attribution=replace(claim.attribution, span=further(claim.attribution.span)),
    )


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
@settings(QUIET, max_examples=20)
@given(st.lists(st.sampled_from(FILLERS), max_size=4), st.lists(st.sampled_from(FILLERS), max_size=4))
def test_text_around_a_paragraph_does_not_move_its_claims(
    paragraph: str, before: list[str], after: list[str]
) -> None:
    alone = extract(paragraph, published=DAY)
    assert alone
    prefix = "".join(f"{filler}\n\n" for filler in before)
    text = prefix + paragraph + "".join(f"\n\n{filler}" for filler in after)
    assert extract(text, published=DAY) == tuple(moved(claim, len(prefix)) for claim in alone)


@QUIET
@given(st.permutations(PARAGRAPHS))
def test_quantities_do_not_depend_on_the_order_of_paragraphs(order: list[str]) -> None:
    text = "\n\n".join(order)
    found = {(c.quote, c.kind, c.quantity, c.noun) for c in extract(text, published=DAY)}
    alone = {(c.quote, c.kind, c.quantity, c.noun) for p in PARAGRAPHS for c in extract(p, published=DAY)}
    assert found == alone


def test_a_text_cut_off_anywhere_is_read() -> None:
    text = (
        " ".join(PARAGRAPHS) + " It was the Iron Dome 2. He had the S-400, the Iron Dome 2; between 5 and 7,"
    )
    for end in range(len(text)):
        check(text[:end], extract(text[:end], published=DAY))
    for start in range(0, len(text), 3):
        check(text[start : start + 60], extract(text[start : start + 60], published=DAY))
