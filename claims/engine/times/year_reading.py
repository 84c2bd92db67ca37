"""Whether a bare four-digit figure is a year."""

from __future__ import annotations

from collections.abc import Sequence

from claims.engine import lexicons
from claims.engine.times.lexicon import AMOUNT_BEFORE, COUNTED_AFTER, IN_YEAR, LEAST_AFTER
from claims.engine.tokens import Token

_PEOPLE = frozenset(lexicons.load("weapons")["people"])
_THINGS = frozenset(lexicons.load("weapons")["nouns"])


def year_reading(tokens: Sequence[Token], i: int) -> bool:
    """Whether a bare four-digit figure is a year: nothing says it is an amount, and nothing counted
    follows.
    """
    before = tokens[i - 1].low if i else ""
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if before in AMOUNT_BEFORE and not (
        i > 2 and tokens[i - 2].low == "at" and tokens[i - 3].low in LEAST_AFTER
    ):
        return False
    key = int(tokens[i].key)
    if not 1800 <= key <= 2100:
        return before in IN_YEAR
    if after in COUNTED_AFTER:
        return False
    from claims.engine.nouns import singular  # nouns reads no dates; imported late to keep the modules a line

    for k in range(i + 1, min(i + 4, len(tokens))):
        word = tokens[k].low
        if (
            tokens[k].kind != "word"
            or word in lexicons.words("prepositions")
            or word in lexicons.words("conjunctions")
        ):
            break
        lemma = singular(word)
        if (
            lemma != word
            and (lemma in _PEOPLE or lemma in _THINGS)
            and before not in ("in", "since", "until", "by", "and")
        ):
            return False
    return True
