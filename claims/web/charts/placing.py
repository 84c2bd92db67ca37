"""Boxes and labels that do not overlap: sizes in, places out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: Width of a character at a size of one, on average over the fonts the pages use, a little on the safe side.
_ADVANCE = 0.58


#: Left, top, right, bottom.
Edges = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def overlaps(self, other: Box) -> bool:
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom

    def holds(self, other: Box) -> bool:
        across = self.x <= other.x and other.right <= self.right
        return across and self.y <= other.y and other.bottom <= self.bottom


def text_width(text: str, size: float) -> float:
    """How wide a line of text is about to be."""
    return len(text) * size * _ADVANCE


def shortened(text: str, width: float, size: float) -> str:
    """The text as far as it fits, with an ellipsis where something is gone."""
    line = " ".join(text.split())
    most = max(int(width / (size * _ADVANCE)), 2)
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def beside(x: float, y: float, width: float, height: float, room: Box, gap: float = 11) -> Iterator[Box]:
    """Places for a label of a mark at (x, y), the best first: right, left, above, below, then further off."""
    top = y - height / 2
    yield Box(x + gap, top, width, height)
    yield Box(x - gap - width, top, width, height)
    yield Box(x - width / 2, top - height / 2 - gap, width, height)
    yield Box(x - width / 2, top + height / 2 + gap, width, height)
    step = height / 2
    for n in range(1, int(room.height / step) + 2):
        for up in (-1, 1):
            y = top + up * n * step
            yield Box(x + gap, y, width, height)
            yield Box(x - gap - width, y, width, height)
            yield Box(x - width / 2, y - height / 2, width, height)
            yield Box(min(max(x - width / 2, room.x), room.right - width), y, width, height)


def place(
    marks: Iterable[tuple[float, float, float, float]], room: Box, taken: Iterable[Box]
) -> list[Box] | None:
    """A box for the label of each mark (x, y, width, height), in order; None where there is no room.

    Each takes the first of its places that is inside ``room`` and meets neither ``taken`` nor a label placed
    before: the same marks, the same places.
    """
    used = [_edges(box) for box in taken]
    found = []
    for x, y, width, height in marks:
        fit = (
            box
            for box in beside(x, y, width, height, room)
            if room.holds(box) and _is_free(_edges(box), used)
        )
        box = next(fit, None)
        if box is None:
            return None
        used.append(_edges(box))
        found.append(box)
    return found


def _edges(box: Box) -> Edges:
    return box.x, box.y, box.right, box.bottom


def _is_free(edges: Edges, used: Iterable[Edges]) -> bool:
    """Box.overlaps of none of many: a hundred thousand times for one drawing, so on bare numbers."""
    left, top, right, bottom = edges
    for x, y, far, low in used:  # noqa: SIM110 - a generator takes twice as long
        if left < far and x < right and top < low and y < bottom:
            return False
    return True
