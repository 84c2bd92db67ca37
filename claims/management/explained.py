"""An explanation as lines for people: the sentence with the claim marked, and below it part by part."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from claims.engine.explaining import ExplainedClaim, Explanation
from claims.engine.records import Span
from claims.engine.unclaimed import Unclaimed

_BOLD, _CLAIM, _NAME, _RULE, _NO = "1", "1;33", "36", "2", "31"
_INDENT = 3
#: Where what is said of a part begins.
_COLUMN = 14


class Paint:
    """Words in colour, or as they are where ``on`` is False."""

    def __init__(self, on: bool) -> None:
        self._on = on

    def __call__(self, words: str, code: str) -> str:
        return f"\x1b[{code}m{words}\x1b[0m" if self._on and words else words


def lines(
    text: str, explanation: Explanation, paint: Paint, width: int = 100, *, at: str = "characters"
) -> Iterator[str]:
    """The explanation of ``text``, claim by claim, then the numbers that became no claim, in lines of
    ``width``; ``at`` says what the spans count.
    """
    for n, explained in enumerate(explanation.claims, 1):
        yield from _claim(text, n, explained, paint, width, at)
        yield ""
    left = explanation.unclaimed
    if left:
        yield paint(
            "1 number that is no claim:" if len(left) == 1 else f"{len(left)} numbers that are no claim:",
            _BOLD,
        )
        for unclaimed in left:
            yield from _unclaimed(text, unclaimed, paint, width)
        yield ""
    for span in explanation.unread:
        yield f"not read: characters {span.start}-{span.end} repeat what stands before them"


def _claim(text: str, n: int, explained: ExplainedClaim, paint: Paint, width: int, at: str) -> Iterator[str]:
    claim = explained.claim
    head = paint(f"{n}. {claim.kind.value}", _BOLD)
    where = paint(f"extractor {explained.extractor}, {at} {claim.span.start}-{claim.span.end}", _RULE)
    yield f"{head}  {where}"
    yield " " * _INDENT + _marked(text, claim.sentence, claim.span, _CLAIM, paint, width - _INDENT)
    for part in explained.parts:
        words = f" “{_even(part.words)}”" if part.words and part.words != part.said else ""
        yield from _row(part.name, _NAME, f"{_even(part.said)}{words}", part.rule, paint, width)


def _unclaimed(text: str, unclaimed: Unclaimed, paint: Paint, width: int) -> Iterator[str]:
    yield from _row(unclaimed.reason, _NO, f"“{_even(unclaimed.quote)}”", unclaimed.detail, paint, width)
    near = _marked(text, unclaimed.sentence, unclaimed.span, _BOLD, paint, width - _COLUMN)
    yield " " * _COLUMN + near


def _row(name: str, colour: str, said: str, rule: str, paint: Paint, width: int) -> Iterator[str]:
    """One part: its name, what was said, and the rule behind it, below where there is no room."""
    start = " " * _INDENT + paint(f"{name:<{_COLUMN - _INDENT - 1}}", colour) + " "
    rule = f"[{_even(rule)}]"
    if _COLUMN + len(said) + 2 + len(rule) <= width:
        yield f"{start}{said}  {paint(rule, _RULE)}"
        return
    margin = " " * _COLUMN
    first, *others = textwrap.wrap(said, width - _COLUMN) or [""]
    yield start + first
    yield from (margin + line for line in others)
    yield from (margin + paint(line, _RULE) for line in textwrap.wrap(rule, width - _COLUMN))


def _marked(text: str, sentence: Span, span: Span, code: str, paint: Paint, room: int) -> str:
    """The sentence on one line, the span in colour and between brackets that also show without colour.

    What there is no room for is left out behind "…", the ends of the sentence first.
    """
    before = _even(text[min(sentence.start, span.start) : span.start], keep=True).lstrip()
    after = _even(text[span.end : max(sentence.end, span.end)], keep=True).rstrip()
    quote = _even(span.of(text))
    if len(quote) + 2 > room * 2 // 3:
        ends = (room * 2 // 3 - 5) // 2
        quote = f"{_to_word(quote[:ends])} {_from_word(quote[-ends:]).removeprefix('…').lstrip()}"
    free = max(room - len(quote) - 2, 0)
    left = max(free // 2, free - len(after))
    if len(before) > left:
        before = _from_word(before[len(before) - left + 2 :])
    right = free - len(before)
    if len(after) > right:
        after = _to_word(after[: right - 2])
    return f"{before}{paint(f'[{quote}]', code)}{after}"


def _from_word(words: str) -> str:
    """The end of a text from its first whole word on, behind "…"."""
    _, space, rest = words.partition(" ")
    return f"… {rest}" if space else "… "


def _to_word(words: str) -> str:
    """The beginning of a text up to its last whole word, before "…"."""
    rest, space, _ = words.rpartition(" ")
    return f"{rest} …" if space else " …"


def _even(words: str, keep: bool = False) -> str:
    """White space evened out and control characters left out; ``keep`` keeps a space at either end."""
    plain = "".join(c if c.isprintable() or c.isspace() else "" for c in words)
    even = " ".join(plain.split())
    if keep and even:
        even = (" " if plain[0].isspace() else "") + even + (" " if plain[-1].isspace() else "")
    elif keep and plain:
        even = " "
    return even
