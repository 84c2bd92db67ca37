"""The colours of tokens.css, in both themes: words are read, lines are seen (WCAG 2.2, 1.4.3, 1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).resolve().parents[2] / "claims" / "web" / "static" / "workbench"
TEXT, GRAPHIC = 4.5, 3.0
THEMES = ("light", "dark")
SURFACES = ("sheet", "desk", "well")
KINDS = ("money", "count", "share", "measure", "ratio", "event")
MEANINGS = ("high", "medium", "low", "good")

READ_ON = [
    *[(ink, on) for on in SURFACES for ink in ("ink", "ink-soft", "link", *MEANINGS)],
    *[(word, f"{word}-wash") for word in MEANINGS],
    *[("ink", f"{wash}-wash") for wash in (*MEANINGS, *KINDS, "mark", "accent")],
    *[("ink-soft", f"{wash}-wash") for wash in (*MEANINGS, "accent")],
    *[("link", f"{wash}-wash") for wash in (*MEANINGS, "accent")],
    ("on-accent", "accent"),
    ("sheet", "ink"),  # a toast
]
SEEN_ON = [
    *[("rule-strong", on) for on in ("sheet", "desk")],  # the edges of fields and buttons
    *[("focus", on) for on in SURFACES],
    *[("accent", on) for on in SURFACES],
    *[(kind, f"{kind}-wash") for kind in KINDS],
    *[(kind, "sheet") for kind in (*KINDS, "quotation")],
]


def colours() -> dict[str, tuple[str, str]]:
    """Name -> (light, dark), of every token that has both."""
    found = re.findall(
        r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", (STYLES / "tokens.css").read_text()
    )
    return {name: (light, dark) for name, light, dark in found}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "on"), READ_ON)
def test_words_can_be_read(ink: str, on: str, theme: str) -> None:
    which = THEMES.index(theme)
    assert contrast(colours()[ink][which], colours()[on][which]) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("line", "on"), SEEN_ON)
def test_lines_and_edges_can_be_seen(line: str, on: str, theme: str) -> None:
    which = THEMES.index(theme)
    assert contrast(colours()[line][which], colours()[on][which]) >= GRAPHIC


def test_every_colour_stands_in_the_tokens_and_every_token_is_there() -> None:
    known = set(re.findall(r"--([\w-]+):", (STYLES / "tokens.css").read_text()))
    for sheet in STYLES.glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
        own = set(re.findall(r"--([\w-]+):", text))
        assert set(re.findall(r"var\(--([\w-]+)", text)) <= known | own, sheet.name
        if sheet.name != "tokens.css":
            text = text.partition("@media print")[0]  # paper is white and ink black in any theme
            assert not re.search(r"#[0-9a-f]{3,8}\b(?=[^{}]*;)", text), (
                f"{sheet.name} has a colour of its own"
            )


def test_no_style_sheet_loads_anything_from_elsewhere() -> None:
    for sheet in STYLES.glob("*.css"):
        assert not re.search(r"@import|url\((?!['\"]?data:)|https?://", sheet.read_text()), sheet.name
