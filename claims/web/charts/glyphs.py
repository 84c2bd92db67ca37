"""The forms that tell the steps of a number apart, each with its word: no two share one.

A path is drawn around (0, 0), about 13 pixels across. Filled forms stand for what a text adds of its own,
hollow ones for what it carries on.
"""

from __future__ import annotations

from dataclasses import dataclass

from claims.engine.changes import Change


@dataclass(frozen=True, slots=True)
class Glyph:
    """``path`` in SVG, ``filled`` or hollow, ``word`` for a label, ``meaning`` for the legend."""

    path: str
    filled: bool
    word: str
    meaning: str

    @property
    def form(self) -> str:
        """The class that draws it: what is open is drawn by its stroke alone."""
        return "solid" if self.filled else "hollow"


_CIRCLE = "M-6 0A6 6 0 1 1 6 0A6 6 0 1 1 -6 0Z"
_RING = "M-8.5 0A8.5 8.5 0 1 1 8.5 0A8.5 8.5 0 1 1 -8.5 0ZM-3.5 0A3.5 3.5 0 1 1 3.5 0A3.5 3.5 0 1 1 -3.5 0Z"
_SQUARE = "M-6 -6H6V6H-6Z"
_DIAMOND = "M0 -8L8 0L0 8L-8 0Z"
_UP = "M0 -7.5L7.5 6H-7.5Z"
_DOWN = "M0 7.5L7.5 -6H-7.5Z"
_CROSS = "M-6.5 -6.5L6.5 6.5M6.5 -6.5L-6.5 6.5"
_WAVE = "M-8 1C-5 -6 -3 -6 0 0S5 6 8 -1"
_DASH = "M-7 -3H7M-7 3H7"
_HALF = "M-6 0A6 6 0 0 1 6 0ZM-6 0A6 6 0 0 0 6 0"

GLYPHS: dict[Change, Glyph] = {
    Change.FIRST: Glyph(_RING, False, "first", "the first telling"),
    Change.INDEPENDENT: Glyph(_CIRCLE, True, "independent", "agrees, in a text of its own"),
    Change.COPIED: Glyph(_CIRCLE, False, "copied", "the same, in a text taken from another"),
    Change.ROUNDED: Glyph(_WAVE, False, "rounded", "a rounder number"),
    Change.HARDENED: Glyph(_SQUARE, True, "hardened", "a qualifier is gone"),
    Change.QUALIFIED: Glyph(_SQUARE, False, "qualified", "a qualifier was put in or changed"),
    Change.REFINED: Glyph(_HALF, False, "closer", "a closer number"),
    Change.CONVERTED: Glyph(_DIAMOND, False, "converted", "another unit or currency"),
    Change.UPDATED: Glyph(_UP, True, "updated", "of a later day"),
    Change.AT_ODDS: Glyph(_CROSS, False, "at odds", "differs, and no later day explains it"),
    Change.REWORDED: Glyph(_DOWN, False, "reworded", "in other words"),
    Change.APART: Glyph(_DASH, False, "not comparable", "of another scope or time"),
}
