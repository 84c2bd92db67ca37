"""An explanation as lines for people: the sentence with the claim marked, and below it part by part."""

from __future__ import annotations

from collections.abc import Iterator

from claims.engine.explaining import ExplainedClaim, Explanation, Rejected
from claims.engine.records import Span

_BOLD, _DIM, _CLAIM, _NAME, _RULE, _NO = "1", "2", "1;33", "36", "2", "31"


class Paint:
    """Words in colour, or as they are where ``on`` is False."""

    def __init__(self, on: bool) -> None:
        self._on = on

    def __call__(self, words: str, code: str) -> str:
        return f"\x1b[{code}m{words}\x1b[0m" if self._on and words else words


def lines(text: str, explanation: Explanation, paint: Paint) -> Iterator[str]:
    """The explanation of ``text``, claim by claim, then the numbers that became no claim."""
    for n, explained in enumerate(explanation.claims, 1):
        yield from _claim(text, n, explained, paint)
        yield ""
    if explanation.rejected:
        yield paint(f"{len(explanation.rejected)} numbers that are no claim:", _BOLD)
        for rejected in explanation.rejected:
            yield from _rejected(text, rejected, paint)
    for span in explanation.unread:
        yield f"not read: characters {span.start}-{span.end} repeat what stands before them"


def _claim(text: str, n: int, explained: ExplainedClaim, paint: Paint) -> Iterator[str]:
    claim = explained.claim
    head = paint(f"{n}. {claim.kind.value}", _BOLD)
    yield f"{head}  {claim.span.start}-{claim.span.end}  by extractor {explained.extractor}"
    yield f"   {_marked(text, claim.sentence, claim.span, _CLAIM, paint)}"
    for part in explained.parts:
        words = f" “{_even(part.words)}”" if part.words else ""
        name = paint(f"{part.name:<10}", _NAME)
        yield f"   {name} {_even(part.said)}{words}  {paint(f'[{part.rule}]', _RULE)}"


def _rejected(text: str, rejected: Rejected, paint: Paint) -> Iterator[str]:
    reason = paint(f"{rejected.reason:<10}", _NO)
    yield f"   {reason} “{_even(rejected.quote)}”  {paint(f'[{rejected.detail}]', _RULE)}"
    near = Span(max(rejected.sentence.start, rejected.span.start - 40), rejected.sentence.end)
    near = Span(near.start, max(rejected.span.end, min(near.end, rejected.span.end + 40)))
    yield f"              {_marked(text, near, rejected.span, _BOLD, paint)}"


def _marked(text: str, sentence: Span, span: Span, code: str, paint: Paint) -> str:
    """The sentence on one line, the span in colour and between brackets that also show without colour."""
    before, after = text[sentence.start : span.start], text[span.end : sentence.end]
    return f"{_even(before, keep=True)}{paint(f'[{_even(span.of(text))}]', code)}{_even(after, keep=True)}"


def _even(words: str, keep: bool = False) -> str:
    """White space evened out and control characters left out; ``keep`` keeps a space at either end."""
    plain = "".join(c if c.isprintable() or c.isspace() else "" for c in words)
    even = " ".join(plain.split())
    if keep and even:
        even = (" " if plain[0].isspace() else "") + even + (" " if plain[-1].isspace() else "")
    elif keep and plain:
        even = " "
    return even
