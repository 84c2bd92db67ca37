"""One statement in the writings of many newsrooms is one claim: same value, bounds, unit, noun and act."""

from __future__ import annotations

from datetime import date

import pytest

from claims.engine.extract import extract
from claims.engine.records import Claim

DAY = date(2021, 5, 3)


def sense(claim: Claim) -> tuple[object, ...]:
    """What a claim says, its characters left out."""
    q = claim.quantity
    numbers = (q.value, q.low, q.high, q.low_open, q.high_open, q.unit) if q else ()
    return (
        claim.kind,
        numbers,
        claim.noun,
        claim.actor,
        claim.action,
        claim.status,
        claim.attribution.source,
    )


def senses(text: str) -> list[tuple[object, ...]]:
    claims = extract(text, published=DAY)
    for claim in claims:
        assert text[claim.span.start : claim.span.end] == claim.quote
    return [sense(claim) for claim in claims]


WARHEADS = "Russia has 1,550 warheads."


@pytest.mark.parametrize(
    "variant",
    [
        "Russia has 1\u00a0550 warheads.",
        "Russia has 1\u202f550 warheads.",
        "Russia has 1\u2009550 warheads.",
        "Russia has 1550 warheads.",
        "Russia has 1'550 warheads.",
        "Russia has 1’550 warheads.",
        "Russia\u00a0has\u00a01,550\u00a0warheads.",
        "Russia has １５５０ warheads.",
        "Russia has １，５５０ warheads.",
        "Russia has ١٥٥٠ warheads.",
        "Russia has 1,550[3] warheads.",
        "Russia has 1,550 warheads.[3]",
        "Russia has 1,550 warheads³.",
        "Russia has 1,550 war\u00adheads.",
        "Rus\u00adsia has 1,550 warheads.",
        "\u202bRussia has\u202c \u202a1,550\u202c warheads.",
        "Russia has 1,\u200b550 warheads.",
        "\ufeffRussia has 1,550 warheads.",
        "Russia has  1,550   warheads .",
        "Russia has 1,550 warheads",
        "RUSSIA HAS 1,550 WARHEADS",
        "• Russia has 1,550 warheads.",
        "- Russia has 1,550 warheads.",
        "1. Russia has 1,550 warheads.",
        "12. Russia has 1,550 warheads.",
        "2) Russia has 1,550 warheads.",
        "a) Russia has 1,550 warheads.",
        "Caption\n\nRussia has 1,550 warheads.",
    ],
)
def test_figures_are_read_alike_however_they_are_written(variant: str) -> None:
    assert senses(variant) == senses(WARHEADS)


@pytest.mark.parametrize(
    "variant",
    ["$1.2 bn", "$1.2 billion", "$1.2-billion", "US$1.2 billion", "USD 1.2 billion", "1.2 billion dollars",
     "1.2bn dollars", "$ 1.2 billion", "1.2 billion USD", "$1.2\u00a0billion", "$1.2B", "＄1.2bn",
     "$\u200e1.2bn"],
)  # fmt: skip
def test_money_is_read_alike_however_it_is_written(variant: str) -> None:
    assert senses(f"It will cost {variant}.") == senses("It will cost $1.2bn.")


@pytest.mark.parametrize("variant", ["60 %", "60\u00a0%", "60 per cent", "60 percent", "60 pct", "６０％"])
def test_percent_is_read_alike_however_it_is_written(variant: str) -> None:
    text = "The ministry said {} of the launchers were destroyed."
    assert senses(text.format(variant)) == senses(text.format("60%"))


@pytest.mark.parametrize(
    "variant", ["5–7", "5‑7", "5—7", "5−7", "5 – 7", "5 to 7", "between 5 and 7", "five to seven"]
)
def test_ranges_are_read_alike_whatever_the_dash(variant: str) -> None:
    assert senses(f"Norway bought {variant} ships.") == senses("Norway bought 5-7 ships.")


@pytest.mark.parametrize(
    "variant",
    ['"We will never leave the treaty," {}', "«We will never leave the treaty,» {}",
     "„We will never leave the treaty,“ {}", "‘We will never leave the treaty,’ {}",
     "“We will never leave the treaty”, {}"],
)  # fmt: skip
def test_quotations_are_read_alike_whatever_the_marks(variant: str) -> None:
    said = "Lund said."
    assert senses(variant.format(said)) == senses(f"“We will never leave the treaty,” {said}")


def test_ligatures_and_combining_accents_are_letters() -> None:
    assert senses("Norway sent ﬁve oﬃcers.") == senses("Norway sent five officers.")
    assert senses("Norway sent 12 attache\u0301s.") == senses("Norway sent 12 attachés.")


@pytest.mark.parametrize(("british", "american"), [("defence", "defense"), ("armoured", "armored")])
def test_british_and_american_spelling_count_the_same_things(british: str, american: str) -> None:
    text = "Norway sent 12 {} vehicles."
    assert senses(text.format(british)) == senses(text.format(american))


@pytest.mark.parametrize("bullet", ["-", "•", "*", "–", "1.", "2)"])
def test_items_of_a_list_are_counted_and_their_numbers_are_not(bullet: str) -> None:
    claims = extract(f"Norway delivered:\n{bullet} 12 radars\n{bullet} 4 launchers", published=DAY)
    assert [claim.quote for claim in claims] == ["12 radars", "4 launchers"]


def test_lines_of_a_narrow_column_are_one_sentence() -> None:
    assert senses("Officials say that Russia has 1,550\nwarheads.") == senses(
        "Officials say that Russia has 1,550 warheads."
    )


def test_a_mark_inside_a_claim_is_in_its_quote() -> None:
    (claim,) = extract("Russia has 1,550[3] war\u00adheads.", published=DAY)
    assert claim.quote == "1,550[3] war\u00adheads"
