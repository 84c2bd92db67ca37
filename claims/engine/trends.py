"""Whether the words around a figure say that something rose or fell by it: lexicons/words.toml, [trends]."""

from __future__ import annotations

from collections.abc import Sequence

from claims.engine import lexicons
from claims.engine.tokens import Token, touching

_LISTS = lexicons.grammar("quantities")
_TABLE = lexicons.load("words")["trends"]
TRENDS: dict[str, str] = {w: way for way in ("up", "down") for w in _TABLE[way]} | {
    form: way for way in ("up", "down") for form, _, _ in lexicons.verb_forms(_TABLE[f"verbs_{way}"])
}
_GAP = _LISTS["trend_gap"]
#: How many words may stand between "rose" and its figure ("rose by as much as an estimated 5 %").
_REACH = 7
_WEAK = frozenset(form for form, _, _ in lexicons.verb_forms(_TABLE["weak"]))
_MINUS = frozenset("-−–")
_BEHIND = frozenset({"higher", "lower", "up", "down"})


def trend_around(
    tokens: Sequence[Token], lows: Sequence[str], first: int, end: int, counted: bool = False
) -> str | None:
    """ "up" or "down" where the words close before tokens ``first``..``end``, or right behind, say so.

    ``counted``: the figure is a count or a sum, so that "raised $5 million" and "cuts of 300 jobs" only tell
    what was raised and cut.
    """
    if first and lows[first - 1] == "+" and not touching(tokens, first - 1):
        return "up"
    if not counted and lows[first] in _MINUS and touching(tokens, first + 1):
        return "down"
    for k in range(first - 1, max(first - _REACH, -1), -1):
        word = lows[k]
        if word in TRENDS:
            if counted and word in _WEAK and "by" not in lows[k + 1 : first]:
                return None
            return None if word == "off" and k < first - 1 else TRENDS[word]
        if word not in _GAP:
            break
    if end < len(lows) and lows[end] in _BEHIND:
        figure_follows = end + 1 < len(tokens) and (
            tokens[end + 1].kind == "figure" or lows[end + 1] in "$€£"
        )
        return None if figure_follows else TRENDS[lows[end]]
    return None


def has_trend(lows: Sequence[str], first: int, last: int) -> bool:
    """Whether a word of ``lows[first:last]`` says that something rose, fell or changed."""
    changing = _LISTS["changing"]
    return any(w in TRENDS or w in changing for w in lows[max(0, first) : last])
