"""What a figure takes in: all or the rest, one occurrence or a stretch of time, one place or several.

Each of these is told by words around the figure, not by its own words, and each makes two numbers for what
looks like one question. The words stand in ``lexicons/extent.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from claims.engine.lexicons import inflect, load
from claims.engine.questions import action_class, question
from claims.engine.records import PlacedClaim
from claims.engine.wording import normal, words

#: Characters before and after a figure in which words of its own sentence are taken to speak of it.
_BEFORE, _AFTER = 90, 280
#: Characters between a figure and the word that makes a rate of it.
_RATE = 40
#: A figure that stands so early is what the article is about, unless a headline says so better.
_LEAD = 420


@cache
def _pattern(table: str, name: str, case: bool = False) -> re.Pattern[str]:
    options = "|".join(f"(?:{x})" for x in load("extent")[table][name])
    return re.compile(rf"\b(?:{options})(?!\w)", 0 if case else re.IGNORECASE)


def is_remainder(member: PlacedClaim) -> bool:
    """Whether the figure leaves out what was counted before: "2 others", "37 more were hurt".

    "Killed four and wounded six others" counts all the wounded: they are others than the dead.
    """
    span = member.claim.span
    following = member.text[span.end : span.end + 20].split()[:1]
    found = _pattern("remainder", "words").findall(" ".join([member.claim.quote, *following]))
    if not found:
        return False
    if all(_pattern("remainder", "only").fullmatch(x) for x in found):
        before = member.text[member.claim.sentence.start : span.start] if member.text else ""
        return _beside(question(member.claim).action) not in acts_in(before)
    return True


def acts_in(text: str) -> frozenset[str]:
    """The actions whose verbs stand in a text ("killing" -> "kill")."""
    known = _verb_forms()
    return frozenset(known[w.form] for w in words(text) if w.form in known)


@cache
def _verb_forms() -> dict[str, str]:
    return {
        normal(form): action_class(action) or action
        for action, entry in load("actions").items()
        for verb in entry["verbs"]
        for forms in inflect(verb).values()
        for form in forms
    }


def _beside(action: str | None) -> str:
    """The action that is told in one breath with another: the dead and the wounded."""
    return {"kill": "wound", "wound": "kill"}.get(action or "", "")


def window(member: PlacedClaim) -> str | None:
    """The stretch of time a figure adds up, as its sentence words it ("since Friday"); None for none."""
    before, after = _around(member)
    text = f"{before} \0 {after}"
    for match in _pattern("window", "words").finditer(text):
        if _is_superlative(text[: match.start()]):
            continue  # "the deadliest since Friday", "among the worst of the six-year war"
        tail = words(text[match.start() : match.end() + 25])
        return " ".join(w.form for w in tail[:5])
    if re.search(_pattern("window", "adding").pattern + r"$", before, re.IGNORECASE):
        return "added up"
    if _pattern("window", "rate").search(after[:_RATE]):
        return "a rate"
    return None


def _is_superlative(before: str) -> bool:
    return bool(_pattern("window", "not_after").search(before[-70:]))


def is_spread(member: PlacedClaim) -> bool:
    """Whether a figure adds up several places or occurrences: "across the province", "in separate raids"."""
    before, after = _around(member)
    return bool(_pattern("spread", "words").search(f"{before} \0 {after}"))


def _around(member: PlacedClaim) -> tuple[str, str]:
    """What the sentence says before and after the figure, as far as it is near."""
    text, claim = member.text, member.claim
    if not text:
        return "", member.sentence
    start = max(claim.sentence.start, claim.span.start - _BEFORE)
    end = min(claim.sentence.end, claim.span.end + _AFTER)
    return text[start : claim.span.start], text[claim.span.end : max(end, claim.span.end)]


def may_grow(member: PlacedClaim) -> bool:
    """Whether the article says that its count has not come to rest ("the toll could rise")."""
    return _says(member.article.title, member.article.body, "ahead")


def has_grown(member: PlacedClaim) -> bool:
    """Whether the article says that its count is higher than one before ("an earlier toll of 15")."""
    return _says(member.article.title, member.article.body, "grown")


@lru_cache(maxsize=4096)
def _says(title: str, body: str, name: str) -> bool:
    return bool(_pattern("rising", name).search(title) or _pattern("rising", name).search(body))


def is_main(member: PlacedClaim) -> bool:
    """Whether the figure is what the article is about: it stands in the headline or the first sentences."""
    return member.claim.headline or member.claim.span.end <= _LEAD


def same_authority(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether both articles credit the same source with their figure: then one of them is its later count."""
    x, y = (_bare(m.claim.attribution.source or m.claim.attribution.document) for m in (a, b))
    return bool(x and y and (set(x) <= set(y) or set(y) <= set(x)))


def _bare(source: str | None) -> Sequence[str]:
    return [w.form for w in words(source or "")]
