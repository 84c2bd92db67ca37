"""Origins as hubs with their outlets: who took it from whom, as a tree that grows to the right and down.

Every article has a row of its own, in the order of publication among those of one source, so nothing can lie
on anything else; how far it stands to the right says through how many hands it went. Two drawings: the
stacked one is for a telephone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .placing import shortened, text_width

ROW, HUB_ROW = 34.0, 40.0
WIDE, WIDE_STEP = 960.0, 120.0
NARROW, NARROW_STEP = 340.0, 22.0
SIZE = 13.0
#: Articles of one drawing at most; all of them stand in the list beneath it.
MOST = 40
#: Columns at most; what went through more hands stands in the last one.
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Article:
    """``source`` is the key of the article it was taken from, if that is drawn; ``inferred`` says that no
    credit shows it."""

    key: str
    outlet: str
    day: date | None
    address: str
    words: str
    source: str | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent origin. ``name`` says what it is; ``shared`` is False for an outlet's own text."""

    name: str
    shared: bool
    articles: tuple[Article, ...]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    x: float
    y: float
    label: str
    words: str
    address: str
    sort: str  # "hub", "own" or "article"
    width: float


@dataclass(frozen=True, slots=True)
class Edge:
    path: str
    head: str
    inferred: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    wide: Drawing
    stacked: Drawing
    left_out: int
    has_inferred: bool
    has_shared: bool
    has_own: bool


def draw(origins: Sequence[Origin]) -> Graph | None:
    """The drawings of some origins, in their order; None for none."""
    if not origins:
        return None
    room, shown, left_out = MOST, [], 0
    for origin in origins:
        kept = origin.articles[:room]
        room -= len(kept)
        left_out += len(origin.articles) - len(kept)
        if kept:
            shown.append(Origin(origin.name, origin.shared, kept, origin.address))
    inferred = any(article.inferred for origin in shown if origin.shared for article in origin.articles)
    return Graph(
        _drawn(shown, WIDE, WIDE_STEP),
        _drawn(shown, NARROW, NARROW_STEP),
        left_out,
        inferred,
        any(origin.shared for origin in shown),
        not all(origin.shared for origin in shown),
    )


def _drawn(origins: Sequence[Origin], width: float, step: float) -> Drawing:
    nodes: list[Node] = []
    edges: list[Edge] = []
    y = 6.0
    for origin in origins:
        if not origin.shared:
            for article in origin.articles:
                y += ROW / 2
                nodes.append(_node(article, 14, y, width, "own"))
                y += ROW / 2
            continue
        y += HUB_ROW / 2
        hub = (16.0, y)
        name = shortened(origin.name, width - 48, SIZE)
        nodes.append(Node(*hub, name, origin.name, origin.address, "hub", text_width(name, SIZE)))
        y += HUB_ROW / 2
        at: dict[str, tuple[float, float]] = {}
        for article, depth in _walk(origin.articles):
            y += ROW / 2
            x = 16 + step * min(depth, _DEEPEST)
            node = _node(article, x, y, width, "article")
            from_x, from_y = at.get(article.source or "", hub)
            edges.append(_edge(from_x, from_y, x, y, article.inferred))
            at[article.key] = (x, y)
            nodes.append(node)
            y += ROW / 2
        y += 6
    return Drawing(width, round(y + 6, 1), tuple(nodes), tuple(edges))


def _node(article: Article, x: float, y: float, width: float, sort: str) -> Node:
    day = f"{article.day.day} {article.day:%b} {article.day.year}" if article.day else "no date"
    tail = f" · {day}"
    if sort == "own" and width == WIDE:
        tail += " · a text of its own"
    label = shortened(article.outlet, width - x - 18 - text_width(tail, SIZE), SIZE) + tail
    return Node(
        round(x, 1), round(y, 1), label, article.words, article.address, sort, text_width(label, SIZE)
    )


def _walk(articles: Sequence[Article]) -> list[tuple[Article, int]]:
    """The articles with how many hands each went through, a source before those that took it from there."""
    known = {article.key for article in articles}
    under: dict[str | None, list[Article]] = defaultdict(list)
    for article in articles:
        under[article.source if article.source in known else None].append(article)
    found: list[tuple[Article, int]] = []
    waiting = [(article, 1) for article in reversed(under[None])]
    while waiting:
        article, depth = waiting.pop()
        found.append((article, depth))
        waiting += [(each, depth + 1) for each in reversed(under[article.key])]
    return found


def _edge(x1: float, y1: float, x2: float, y2: float, inferred: bool) -> Edge:
    """Down from the source, then right to the taker."""
    if x2 <= x1:  # in the last column: down its left side
        x1, x2 = x1 - 12, x2
        path = f"M{x1 + 5:.1f} {y1:.1f}H{x1:.1f}V{y2:.1f}H{x2 - 9:.1f}"
    else:
        path = f"M{x1:.1f} {y1 + 8:.1f}V{y2 - 6:.1f}Q{x1:.1f} {y2:.1f} {x1 + 6:.1f} {y2:.1f}H{x2 - 9:.1f}"
    return Edge(path, f"M{x2 - 7:.1f} {y2:.1f}l-8 -4.5v9z", inferred)
