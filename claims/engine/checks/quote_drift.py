"""The same person's words are quoted differently.

Quotations are laid side by side word by word. Spelling (defence/defense, names transcribed otherwise,
IS/Daesh), quotation marks, dashes and insertions in brackets are no differences, and neither is a quotation
cut short at either end or with dots. What remains is a difference of wording: words changed, added or left
out inside quotation marks. It weighs more where the meaning changes: a "not" or "un-" gained or lost, another
number, another "will", "can" or "must", one word of content in the place of another. Words added, left out,
repeated or told in another order weigh little.

Example: one outlet quotes "we will answer every launch", another "we can answer every launch".

What would clear it: the words having been spoken in another language and translated twice, or said twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

from claims.engine.checks.evidence import (
    article_keys,
    keys,
    outlets,
    quoted,
    reading,
    several,
    subject,
    weight,
)
from claims.engine.checks.registry import check
from claims.engine.lexicons import load
from claims.engine.linking import QUOTED_ALIKE
from claims.engine.records import Finding, Group, Kind, PlacedClaim, Severity
from claims.engine.wording import STOP, Difference, align, stem, words

#: Words left out in one piece beyond this are an excerpt, not a slip.
_EXCERPT = 6
_CUT = re.compile(r"\.\.\.|…|\[\s*\.")
#: Letters two words share, of all, to be one word spelt in two ways (Zakharova, Zaharova).
_SPELT_ALIKE = 0.8
_WORDS = {name: frozenset(listed) for name, listed in load("checking")["quotations"].items()}
#: Characters of the quotation that are shown for a reader to know which one it is.
_BEGINNING = 90
#: A "not" lost stands in a few words; in a longer piece left out it is part of what was left out.
_LOST_NOT = 3


@check(id="quote_drift", name="Quotation drift", over="group")
def quote_drift(group: Group) -> Iterator[Finding]:
    wordings: dict[str, list[PlacedClaim]] = {}
    for member in group.members:
        if member.claim.kind is Kind.QUOTATION:
            form = " ".join(w.form for w in words(member.claim.quote, insertions=False))
            wordings.setdefault(form, []).append(member)
    if len(wordings) < 2:
        return
    # The wording most outlets carry is what the others are held against; the longer of two, then the
    # alphabet.
    carried = Counter({form: weight(wordings[form]) for form in wordings})
    usual = min(wordings, key=lambda form: (-carried[form], -len(form), form))
    usual_outlets = {m.article.outlet for m in wordings[usual]}
    usual_articles = {m.article.key for m in wordings[usual]}
    for form in sorted(wordings):
        members = [
            m
            for m in wordings[form]
            if m.article.outlet not in usual_outlets and m.article.key not in usual_articles
        ]
        if form == usual or not members:
            continue
        x, y = members[0], wordings[usual][0]
        cut = bool(_CUT.search(x.claim.quote) or _CUT.search(y.claim.quote))
        alignment = align(x.claim.quote, y.claim.quote)
        differences = [d for d in alignment.differences if _of_wording(d, cut)]
        if differences and alignment.share >= QUOTED_ALIKE:
            yield _finding(form, members, wordings[usual], differences)


def _of_wording(difference: Difference, cut: bool) -> bool:
    """Whether a difference is one of words: not of spelling, and not an omission marked or made as an
    excerpt."""
    a, b = difference.a, difference.b
    if not a or not b:
        left = a or b
        return not cut and len(left) <= _EXCERPT and not all(len(x) == 1 for x in left)
    if _one_name(a, b):
        return False
    if _reversed(a, b):
        return True
    one, other = sorted("".join(x).replace("'", "") for x in (a, b))
    return one != other and SequenceMatcher(None, one, other).ratio() < _SPELT_ALIKE


@cache
def _names() -> dict[str, str]:
    """Names of parties and bodies, and words of style, with the one they all stand for ("daesh", "is")."""
    found = {}
    for lexicon in (load("parties")["states"], load("parties")["groups"], load("bodies")):
        for canonical, entry in lexicon.items():
            for name in (canonical, *entry["names"], *entry.get("demonyms", ())):
                found[" ".join(w.form for w in words(name))] = canonical
    for same in load("questions")["style"]["same"]:
        found |= {" ".join(w.form for w in words(name)): same[0] for name in same}
    return found


def _one_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether both stand for one thing: an outlet writes IS or Daesh, Shia or Shiite by its own style."""
    one, other = (_names().get(" ".join(x)) for x in (a, b))
    return one is not None and one == other


def _severity(differences: list[Difference], a: str, b: str) -> Severity:
    """How much the wordings ``a`` and ``b`` differ in meaning."""
    if any(_negates(d) for d in differences):
        return Severity.HIGH
    said = [frozenset(stem(w.form) for w in words(text)) for text in (a, b)]
    return Severity.MEDIUM if any(_means_another(d, said[0], said[1]) for d in differences) else Severity.LOW


def _negates(difference: Difference) -> bool:
    """Whether a "not" or a prefix that reverses a word stands on one side only."""
    a, b = difference.a, difference.b
    if not (a and b) and len(a or b) > _LOST_NOT:
        return False
    return _has_not(a) != _has_not(b) or _reversed(a, b)


def _has_not(side: tuple[str, ...]) -> bool:
    return any(word in _WORDS["negations"] or word.endswith("n't") for word in side)


def _reversed(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether one word is the other with a prefix that reverses it: like, unlike."""
    if len(a) != 1 or len(b) != 1:
        return False
    shorter, longer = sorted((a[0], b[0]), key=len)
    return any(longer == prefix + shorter for prefix in _WORDS["reversing"])


def _means_another(difference: Difference, said_a: frozenset[str], said_b: frozenset[str]) -> bool:
    """Whether one side has another number, modal verb or word of content in the place of the other's."""
    a, b = difference.a, difference.b
    numbers = [frozenset(w for w in side if w[0].isdigit()) for side in (a, b)]
    if all(numbers) and numbers[0] != numbers[1]:
        return True
    modals = [_WORDS["modals"] & frozenset(side) for side in (a, b)]
    if all(modals) and modals[0] != modals[1]:
        return True
    # A word the other says elsewhere is moved or repeated, not replaced.
    return bool(_content(a) - said_b) and bool(_content(b) - said_a)


def _content(side: tuple[str, ...]) -> frozenset[str]:
    return frozenset(stem(w) for w in side if w.partition("'")[0] not in STOP and w not in STOP)


def _finding(
    form: str, members: list[PlacedClaim], usual: list[PlacedClaim], differences: list[Difference]
) -> Finding:
    severity = _severity(differences, members[0].claim.quote, usual[0].claim.quote)
    speaker = members[0].claim.attribution.source or usual[0].claim.attribution.source or "the speaker"
    first = differences[0]
    here, there = (quoted(x) if x else "nothing" for x in (first.a_text, first.b_text))
    more = f", and in {len(differences) - 1} more places" if len(differences) > 2 else ""
    more = ", and in 1 more place" if len(differences) == 2 else more
    quote = "quote" if several(members) else "quotes"
    had = "have" if several(usual) else "has"
    return Finding(
        check="quote_drift",
        severity=severity,
        subject=subject("wording", form),
        summary=(
            f"{outlets(members)} {quote} {speaker} with {here} where {outlets(usual)} {had} {there}{more} "
            f"({quoted(members[0].claim.quote, _BEGINNING)})."
        ),
        claims=keys([*members, *usual]),
        articles=article_keys([*members, *usual]),
        evidence={
            "readings": [reading(m) for m in [*members, *usual]],
            "differences": [{"here": d.a_text, "there": d.b_text} for d in differences],
        },
        clears="It clears if the words were translated twice from another language, or said twice.",
        basis="the same speaker's words aligned word by word, spelling and insertions set aside",
    )
