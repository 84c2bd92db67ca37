"""A checked draft as the page shows it: the text with its marks, a card for each figure, a line to sum up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.safestring import SafeString

from claims.engine.drafts import Mark
from claims.services.drafting import Checked, Figure

from . import wording
from .highlight import Mark as TextMark
from .highlight import paragraphs

TOO_LARGE = (
    f"What was sent is larger than {filesizeformat(settings.FILE_UPLOAD_MAX_MEMORY_SIZE)}, the most that "
    "is read. Nothing was stored."
)
#: Each mark's icon, the verb in the line that sums up, and what it means, the most pressing first.
_TOLD: dict[Mark, tuple[str, str, str]] = {
    Mark.ITSELF: ("git-compare-arrows", "contradict the draft", "The draft gives two figures for one thing."),
    Mark.REFERENCE: ("landmark", "differ from a reference", "An authority on record has another value."),
    Mark.DIFFERS: ("equal-not", "differ", "Others give another figure for the same question."),
    Mark.STALE: ("history", "are stale", "A newer figure has been given since."),
    Mark.QUALIFIER: ("scissors", "change a qualifier", "Others say “as many as”, “about”, “including”."),
    Mark.NEW: ("circle-dashed", "never seen", "Nobody has given this figure yet."),
    Mark.AGREES: ("check", "agree", "Independent origins have the same figure."),
}
LEGEND = tuple((mark.value, icon, verb, meaning) for mark, (icon, verb, meaning) in _TOLD.items())
_ONE = {"contradict the draft": "contradicts the draft", "differ": "differs", "are stale": "is stale",
        "differ from a reference": "differs from a reference", "change a qualifier": "changes a qualifier",
        "agree": "agrees"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """One figure; ``start`` and ``end`` count as browsers count characters (UTF-16)."""

    figure: Figure
    start: int
    end: int
    icon: str
    sure: str


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the answer shows."""

    cards: tuple[Card, ...]
    paragraphs: tuple[SafeString, ...]
    total: str
    counts: tuple[tuple[str, str, str], ...]  # mark, icon, "2 differ"
    left_out: int
    length: int  # of the text that was checked, as browsers count
    problems: int


def shown(checked: Checked) -> Shown:
    """The page's view of a checked draft."""
    at = _Utf16(checked.text)
    cards = tuple(
        Card(f, at[f.start], at[f.end], _TOLD[f.mark][0], wording.how_sure(f.score) if f.score else "")
        for f in checked.figures
    )
    marks = [
        TextMark(f.start, f.end, f"f f-{f.mark.value}", href=f"#figure-{f.number}", title=f.words)
        for f in checked.figures
    ]
    return Shown(
        cards,
        tuple(paragraphs(checked.text, marks)),
        wording.counted(len(cards), "figure"),
        tuple(_counts(checked)),
        checked.left_out,
        at[len(checked.text)],
        len(checked.problems),
    )


def _counts(checked: Checked) -> Iterator[tuple[str, str, str]]:
    for mark, (icon, verb, _) in _TOLD.items():
        if number := checked.marks[mark]:
            yield mark.value, icon, f"{number} {_ONE.get(verb, verb) if number == 1 else verb}"


class _Utf16:
    """Where a place in a text is as browsers count: letters beyond U+FFFF count twice."""

    def __init__(self, text: str) -> None:
        self._wide = [i for i, letter in enumerate(text) if ord(letter) > 0xFFFF]

    def __getitem__(self, place: int) -> int:
        return place + sum(i < place for i in self._wide)
