"""What hangs on what: a parser over chunks.

A greedy arc-hybrid parser (Kuhlmann, Gómez-Rodríguez and Satta 2011) with an averaged perceptron, trained
with a dynamic oracle (Goldberg and Nivre 2013) by training/train_parser.py on Universal Dependencies. Its
steps are linear in the chunks of a sentence. It gives each chunk its head only: roles (subject, object)
follow from sides and kinds.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from claims.engine.chunks import Chunk

SHIFT, LEFT, RIGHT = 0, 1, 2
Weights = Mapping[str, Sequence[float]]
#: What is seen of a chunk: its shape, its word, its preposition, what stands before it.
Shape = tuple[str, str, str, str]
_FAR = (0, 1, 2, 3, 4, 4, 5, 5, 5, 5, 6)


class State:
    """A parse under way: ``stack``, the next chunk ``at``, ``heads`` found so far.

    Index ``n`` is the root, behind the last chunk.
    """

    __slots__ = ("at", "children", "first_child", "heads", "last_child", "n", "shapes", "stack", "words")

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self.shapes = shapes
        self.n = len(shapes) - 2  # root and a blank behind
        self.stack: list[int] = []
        self.at = 0
        self.heads = [self.n] * self.n
        self.children = [0] * (self.n + 1)
        self.first_child = [-1] * (self.n + 1)
        self.last_child = [-1] * (self.n + 1)

    def possible(self) -> tuple[int, ...]:
        """The steps that can be taken."""
        depth = len(self.stack)
        if self.at == self.n:
            return () if depth == 0 else (LEFT,) if depth == 1 else (LEFT, RIGHT)
        if depth == 0:
            return (SHIFT,)
        return (SHIFT, LEFT) if depth == 1 else (SHIFT, LEFT, RIGHT)

    def step(self, step: int) -> None:
        """Take one step."""
        if step == SHIFT:
            self.stack.append(self.at)
            self.at += 1
            return
        child = self.stack.pop()
        head = self.at if step == LEFT else self.stack[-1]
        self.heads[child] = head
        if head < self.n:
            self.children[head] += 1
        if child < head:
            self.first_child[head] = child
        else:
            self.last_child[head] = child

    def features(self) -> list[str]:
        """What the weights are keyed on: shapes and words of the chunks around the gap."""
        shapes, stack = self.shapes, self.stack
        blank = len(shapes) - 1
        s0 = stack[-1]
        depth = len(stack)
        s1 = stack[-2] if depth > 1 else blank
        s2 = stack[-3] if depth > 2 else blank
        b0 = self.at
        b1 = b0 + 1 if b0 < self.n else blank
        k0, w0, p0, q0 = shapes[s0]
        k1, w1, _, _ = shapes[s1]
        kb, wb, _, qb = shapes[b0]
        kc, _, _, qc = shapes[b1]
        k2 = shapes[s2][0]
        n0 = self.children[s0]
        n1 = self.children[s1] if s1 != blank else 0
        left0 = shapes[self.first_child[s0]][0]
        right0 = shapes[self.last_child[s0]][0]
        leftb = shapes[self.first_child[b0]][0]
        left1 = shapes[self.first_child[s1]][0] if s1 != blank else ""
        right1 = shapes[self.last_child[s1]][0] if s1 != blank else ""
        far = _FAR[b0 - s0] if b0 - s0 < 10 else 6
        far1 = 0 if s1 == blank else _FAR[s0 - s1] if s0 - s1 < 10 else 6
        pair = f"{k0}|{kb}"
        pair1 = f"{k1}|{k0}"
        triple = f"{pair1}|{kb}"
        return [
            "a" + pair,
            f"b{pair}|{qb}",
            "c" + triple,
            f"d{pair}|{kc}",
            "e" + pair1,
            f"f{pair1}|{q0}",
            f"g{w0}|{kb}",
            f"h{k0}|{wb}",
            f"i{w0}|{wb}",
            f"j{w1}|{k0}",
            f"k{k1}|{w0}",
            f"l{k2}|{triple}",
            f"m{triple}|{qb}|{q0}",
            f"n{pair}|{n0}|{leftb}",
            f"o{triple}|{n1}|{n0}",
            f"p{pair}|{far}",
            f"q{pair1}|{far1}",
            f"r{kb}|{kc}|{qc}|{qb}",
            f"s{pair}|{left0}",
            f"t{triple}|{left1}",
            f"u{w1}|{w0}",
            f"v{triple}|{right1}",
            f"w{pair}|{right0}|{qb}",
            f"x{w1}|{p0}|{kb}",
            f"y{triple}|{kc}|{qb}",
            f"z{w1}|{p0}|{w0}",
            f"A{pair1}|{kb}|{leftb}|{left1}",
        ]  # fmt: skip


def shapes_of(chunks: Sequence[Chunk], lows: Sequence[str], tags: Sequence[str]) -> list[Shape]:
    """What the parser sees of each chunk, the root and a blank added."""
    found = []
    for c in chunks:
        preposition = c.preposition
        if c.kind == "V":
            shape = f"V{c.form}{'p' if c.passive else ''}"
        elif c.kind == "P":
            shape = f"P{c.form}{preposition}"
        else:
            shape = c.kind + c.form
        low = lows[c.head]
        if c.form in ("#", "t"):
            low = c.form
        elif tags[c.head] in ("NNP", "NNPS"):
            low = tags[c.head]
        found.append((shape, low, preposition, c.before))
    found.append(("*", "*", "", ""))
    found.append(("", "", "", ""))
    return found


@cache
def load_weights() -> Weights:
    """The trained weights; FileNotFoundError if the package lacks them."""
    packed = files("claims.engine").joinpath("weights/parser.json.xz").read_bytes()
    weights: Weights = json.loads(lzma.decompress(packed))
    return weights


def parse_shapes(shapes: Sequence[Shape], weights: Weights) -> list[int]:
    """The head of each chunk (an index; the number of chunks for the root)."""
    state = State(shapes)
    get = weights.get
    n = state.n
    stack = state.stack
    while True:
        depth = len(stack)
        if state.at == n:
            if not depth:
                return state.heads
            if depth == 1:
                state.step(LEFT)
                continue
        elif depth == 0:
            state.step(SHIFT)
            continue
        a = b = c = 0.0
        for feature in state.features():
            w = get(feature)
            if w is not None:
                a += w[0]
                b += w[1]
                c += w[2]
        if state.at == n:
            step = LEFT if b >= c else RIGHT
        elif depth == 1:
            step = SHIFT if a >= b else LEFT
        elif a >= b:
            step = SHIFT if a >= c else RIGHT
        else:
            step = LEFT if b >= c else RIGHT
        state.step(step)


def parse(chunks: Sequence[Chunk], lows: Sequence[str], tags: Sequence[str]) -> list[int]:
    """The head of each chunk: its index, ``len(chunks)`` for what hangs on nothing."""
    return parse_shapes(shapes_of(chunks, lows, tags), load_weights())
