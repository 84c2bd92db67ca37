"""Whether the words around a figure say that something rose or fell by it: lexicons/words.toml, [trends].

Where the word of movement stands decides. "rose 3 %", "rose by 3 %", "up 3 %" and "cut its rate by 3 %" tell
a change; "rose to 3 %" tells where it led. Verbs that also take an object ("raised", "lost") tell one only of
shares and levels or with "by": "raised $5 million", "lost 300 jobs" count what was raised and lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claims.engine import lexicons
from claims.engine.tokens import Token, touching
from claims.engine.verbs import FORMS

_LISTS = lexicons.grammar("quantities")
_TABLE = lexicons.load("words")["trends"]
#: "up", "higher", "growth": words of movement that are no verbs.
_WORDS: dict[str, str] = {w: way for way in ("up", "down") for w in _TABLE[way]}
_VERBS: dict[str, str] = {
    form: way for way in ("up", "down") for form, _, _ in lexicons.verb_forms(_TABLE[f"verbs_{way}"])
}
TRENDS: dict[str, str] = _WORDS | _VERBS
_GAP = _LISTS["trend_gap"]
#: How many words may stand between "rose" and its figure ("rose by as much as an estimated 5 %").
_REACH = 7
#: How far before "by 3 %" its verb may stand ("reduced the number of its staff by 3 %").
_REACH_OF_BY = 9
#: How many words of an object may stand between a verb and a share ("cut emissions 30 %").
_OBJECT = 3
_WEAK = frozenset(form for form, _, _ in lexicons.verb_forms(_TABLE["weak"]))
_PARTICLES = _LISTS["particles"]
_CARRIERS = frozenset(form for form, _, _ in lexicons.verb_forms(_TABLE["carriers"])) | _LISTS["trend_be"]
_DETERMINERS = lexicons.words("determiners")
_CLOSED = lexicons.words("prepositions") | lexicons.words("conjunctions") | lexicons.words("pronouns")
#: Forms of a verb that are no nouns as well.
_VERBAL = frozenset({"past", "participle", "ing"})
_NO_FORMS: frozenset[str] = frozenset()
_MINUS = frozenset("-−–")
_BEHIND = _LISTS["behind"]
_NO_MARKS = frozenset(".;:()")


def trend_around(
    tokens: Sequence[Token],
    lows: Sequence[str],
    first: int,
    end: int,
    counted: bool = False,
    tags: Callable[[], Sequence[str]] | None = None,
) -> str | None:
    """ "up" or "down" where the words close before tokens ``first``..``end``, or right behind, say so.

    ``counted``: the figure is a count or a sum, which verbs take as their object. ``tags`` gives the parts of
    speech, asked only for "up" and "down" behind a word that may be a verb ("shot down two drones").
    """
    if first and lows[first - 1] == "+" and not touching(tokens, first - 1):
        return "up"
    if not counted and lows[first] in _MINUS and touching(tokens, first + 1):
        return "down"
    k = word_of_movement(lows, first, counted)
    if k is not None:
        if lows[k] in _PARTICLES and not _moves(lows, k, first, counted, tags):
            return None
        weak = counted and lows[k] in _WEAK and "by" not in lows[k + 1 : first]
        return None if weak else TRENDS[lows[k]]
    if end < len(lows) and lows[end] in _BEHIND and not (counted and lows[end] in _PARTICLES):
        figure_follows = end + 1 < len(tokens) and (
            tokens[end + 1].kind == "figure" or lows[end + 1] in "$€£"
        )
        return None if figure_follows else TRENDS[lows[end]]
    return None


def word_of_movement(lows: Sequence[str], first: int, counted: bool) -> int | None:
    """The token of the word that says how something moved by the figure at ``first``, or None."""
    by = False
    for k in range(first - 1, max(first - _REACH, -1), -1):
        word = lows[k]
        if word in TRENDS:
            described = k > 0 and lows[k - 1] in _DETERMINERS and "of" not in lows[k + 1 : first]
            return None if described and not by else k  # "a reduced 5 % tariff"
        by = by or word == "by"
        if word not in _GAP and not word.endswith("ly"):
            break
    if by or not counted:
        return _verb_with_object(lows, first, by)
    return None


def _verb_with_object(lows: Sequence[str], first: int, by: bool) -> int | None:
    """The verb of "cut its rate by 25 points", "raised prices 5 %"."""
    for k in range(first - 1, max(first - (_REACH_OF_BY if by else _OBJECT + 1) - 1, -1), -1):
        word = lows[k]
        if word in _VERBS:
            return k if by or (k and lows[k - 1] not in _DETERMINERS) else None
        if word in _NO_MARKS or (not by and (word in _CLOSED or not word[0].isalpha())):
            return None
    return None


def _moves(
    lows: Sequence[str],
    k: int,
    first: int,
    counted: bool,
    tags: Callable[[], Sequence[str]] | None,
) -> bool:
    """Whether "up", "down" or "off" at ``k`` tells a movement: "were up 3", not "shot down 3"."""
    if lows[k] == "off" and (counted or k < first - 1):
        return False
    if k == 0 or lows[k - 1] in _CARRIERS or not lows[k - 1][0].isalpha():
        return True
    if lows[k - 1] in TRENDS:
        return True
    if FORMS.get(lows[k - 1], _NO_FORMS) & _VERBAL:
        return False
    return tags is None or not tags()[k - 1].startswith("VB")


def has_trend(lows: Sequence[str], first: int, last: int) -> bool:
    """Whether a word of ``lows[first:last]`` says that something rose, fell or changed."""
    changing = _LISTS["changing"]
    return any(w in TRENDS or w in changing for w in lows[max(0, first) : last])
