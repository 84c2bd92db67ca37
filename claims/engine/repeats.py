"""Stretches of a text that say one thing over and over, which are not read to their end.

A page gone wrong, a rule of dashes or a pasted loop can hold the same few characters ten thousand times. What
has been read once says nothing new the next time, so a run of exact repetitions is read at its start and
where it meets the text behind it, and passed over between. Tables, lists and prose never repeat
themselves exactly for :data:`SHORTEST_RUN` characters; they are read to the last word.
"""

from __future__ import annotations

from claims.engine.records import Span

#: The longest pattern looked for, in characters: a long sentence.
LONGEST_PATTERN = 400
#: Shorter runs are read whole, so that a refrain or a rule of dashes in an article changes nothing.
SHORTEST_RUN = 2400
#: How often a pattern must come, at least, to be taken for a loop.
FEWEST_TIMES = 6
#: How much of a run is read where it begins, in characters; at least one whole pattern.
_READ = 200
_SEED = 32  # characters compared at first
_STEP = 256  # how far apart a run is looked for
_FARTHEST_SPACE = 64


def unrepeated(text: str) -> list[Span]:
    """The parts of ``text`` to be read, in order: all of it, unless a pattern fills a long stretch."""
    parts: list[Span] = []
    start = at = 0
    while at + SHORTEST_RUN <= len(text):
        again = text.find(text[at : at + _SEED], at + 1, at + LONGEST_PATTERN + _SEED)
        if again < 0:
            at += _STEP
            continue
        period = again - at
        end = again + _shared(text, at, again)
        if end - at < max(SHORTEST_RUN, FEWEST_TIMES * period):
            at += _STEP
            continue
        stop = at + max(_READ, period)
        stop = _space(text, stop, stop + _FARTHEST_SPACE)
        resume = _space(text, end - period, end)
        if resume > stop:
            if stop > start:
                parts.append(Span(start, stop))
            start = resume
        at = max(end, at + _STEP)
    if start < len(text):
        parts.append(Span(start, len(text)))
    return parts


def _shared(text: str, a: int, b: int) -> int:
    """How many characters from ``a`` on (a < b) are the same as those from ``b`` on."""
    same, size = 0, 64
    while size:
        piece = text[b + same : b + same + size]
        if piece and text[a + same : a + same + len(piece)] == piece:
            same += len(piece)
            size *= 2
            if b + same >= len(text):
                break
        else:
            size = min(size, len(piece)) // 2
    return same


def _space(text: str, first: int, last: int) -> int:
    """The first white space in ``text[first:last]``, or ``first`` where there is none."""
    for k in range(first, min(last, len(text))):
        if text[k].isspace():
            return k
    return first
