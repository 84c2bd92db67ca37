"""Claims and their links to groups: who answers the same question, all links considered.

Connected components chain: one careful sentence that names two places links the claims of both, and two
questions are one. So the two sides of a join must agree on the whole (average linkage): of the pairs across
that were compared, a fair share is linked, and fewer contradict each other. What a person pinned comes first.

The result depends on the claims, their links and the pins alone, not on the order they came in; claims that
no chain of links or pins connects do not touch each other, so a neighbourhood may be grouped by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from heapq import heappop, heappush, nsmallest

#: More than this share of the compared pairs across two sides must be linked for them to be one. A writer who
#: says little links with few. Half would tear a terse headline from its story; at a third a sentence on two
#: bases, linked with both claims on each, would join the two.
FAIR_SHARE = 1 / 3
#: Claims of each side that are asked whether they contradict the other side's: 16 pairs at most.
SPEAKERS = 4

Pair = tuple[str, str]
#: How well two sides agree (negative, so that the best comes first), the two, which of them is queued, and
#: how often each had been joined.
_Entry = tuple[float, int, int, int, int, int]


def spread(*keys: str) -> int:
    """A number made of keys, in whatever order they are named: an order among equals that favours none.

    Fits a signed column of 64 bits. Among equally strong links the order of names would make every claim
    choose the same few partners.
    """
    digest = blake2b("\0".join(sorted(keys)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def partition(
    nodes: Iterable[str],
    links: Mapping[Pair, float],
    apart: Callable[[str, str], bool] = lambda a, b: False,
    pins: Mapping[str, str] | None = None,
    full: Collection[str] = (),
) -> tuple[tuple[str, ...], ...]:
    """The groups of some claims, each sorted, in the order of their first keys. Pure.

    ``nodes`` are the claims' keys, which must not depend on the order of arrival; ``links`` the scores, each
    pair once, either way round. ``apart`` says whether two claims that are not linked contradict each other;
    it is asked about a few pairs of each join. ``pins`` says which claims a person put into which group:
    those of one are together, those of two are never. ``full`` are the claims whose further links were not
    kept: two of them may be linked without its being known, and such a pair counts neither way.
    """
    names = sorted(set(nodes))
    number = {name: i for i, name in enumerate(names)}
    pins = pins or {}
    sides = {
        i: _Side([i], pins.get(name), int(name in full), [(spread(name), i)]) for i, name in enumerate(names)
    }
    strength = {}
    for (a, b), score in links.items():
        if a != b:
            # Whole numbers: the sums are the same whatever is added first.
            strength[(number[a], number[b])] = strength[(number[b], number[a])] = round(score * 1_000_000)
    for (i, j), score in sorted(strength.items()):
        both_full = sides[i].full and sides[j].full
        sides[i].across[j] = _Across(score, 1, int(both_full))
    made = _Making(names, sides, strength, apart)
    first: dict[str, int] = {}
    for i, name in enumerate(names):
        if name in pins:
            home = first.setdefault(pins[name], i)
            if home != i:
                made.join(home, i)
    made.run()
    return tuple(tuple(names[i] for i in sorted(side.members)) for _, side in sorted(sides.items()))


@dataclass(slots=True)
class _Across:
    """The links between two sides: the sum of their scores, how many, how many of them between full ones."""

    score: int = 0
    links: int = 0
    full: int = 0
    refused: tuple[int, int] | None = None  # what the two sides were when they did not agree

    def add(self, other: _Across) -> None:
        self.score += other.score
        self.links += other.links
        self.full += other.full


@dataclass(slots=True)
class _Side:
    members: list[int]
    pin: str | None
    full: int
    speakers: list[tuple[int, int]]
    across: dict[int, _Across] = field(default_factory=dict)
    joined: int = 0  # how often, so that what was said of an earlier state is known as such

    def compared(self, other: _Side, across: _Across) -> int:
        """The number of pairs across of which it is known whether they are linked."""
        return len(self.members) * len(other.members) - (self.full * other.full - across.full)


@dataclass(slots=True)
class _Making:
    """Groups in the making: always the two sides that agree best are looked at next."""

    names: list[str]
    sides: dict[int, _Side]
    strength: Mapping[tuple[int, int], int]
    apart: Callable[[str, str], bool]
    said: dict[tuple[int, int], bool] = field(default_factory=dict)
    queue: list[_Entry] = field(default_factory=list)

    def run(self) -> None:
        """Joins until no two sides agree.

        Each side waits in the queue with its best partner only. What it says may be out of date, but never
        too low: joining two sides cannot make them agree better with a third than the better of them did.
        """
        for i in self.sides:
            self._queue(i)
        while self.queue:
            _, i, j, owner, *states = heappop(self.queue)
            one = self.sides.get(owner)
            if one is None or one.joined != states[owner == j]:
                continue  # joined since, and queued anew then
            a, b = self.sides.get(i), self.sides.get(j)
            if a is None or b is None or [a.joined, b.joined] != states or a.across[j].refused == (*states,):
                self._queue(owner)
            elif self._agree(a, b, a.across[j]):
                self.join(i, j)
                self._queue(i)
            else:
                a.across[j].refused = b.across[i].refused = (a.joined, b.joined)
                self._queue(owner)

    def _queue(self, i: int) -> None:
        """Queues a side with the partner it agrees best with, of those not refused as they are now."""
        best = min((entry for j in self.sides[i].across if (entry := self._entry(i, j))), default=None)
        if best:
            heappush(self.queue, best)

    def join(self, i: int, j: int) -> None:
        """Makes the two one, under the smaller number."""
        a, b = self.sides[i], self.sides.pop(j)
        a.members += b.members
        a.pin = a.pin or b.pin
        a.full += b.full
        a.speakers = nsmallest(SPEAKERS, a.speakers + b.speakers)
        a.joined += 1
        a.across.pop(j, None)
        for other, across in b.across.items():
            if other == i:
                continue
            back = self.sides[other].across
            del back[j]
            if other in a.across:
                a.across[other].add(across)
                back[i].add(across)
            else:
                a.across[other] = across
                back[i] = _Across(across.score, across.links, across.full)

    def _entry(self, owner: int, other: int) -> _Entry | None:
        i, j = (owner, other) if owner < other else (other, owner)
        a, b = self.sides[i], self.sides[j]
        across = a.across[j]
        if across.refused == (a.joined, b.joined):
            return None
        return -across.score / a.compared(b, across), i, j, owner, a.joined, b.joined

    def _agree(self, a: _Side, b: _Side, across: _Across) -> bool:
        if a.pin and b.pin and a.pin != b.pin:
            return False
        share = across.links / a.compared(b, across)
        if share <= FAIR_SHARE:
            return False
        pairs = [(min(x, y), max(x, y)) for _, x in a.speakers for _, y in b.speakers]
        return sum(self._contradict(pair) for pair in pairs) < share * len(pairs)

    def _contradict(self, pair: tuple[int, int]) -> bool:
        if pair not in self.said:
            x, y = pair
            self.said[pair] = pair not in self.strength and self.apart(self.names[x], self.names[y])
        return self.said[pair]
