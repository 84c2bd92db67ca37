"""Words as comparison sees them: spelling variants made alike, and two wordings laid side by side.

Comparison must not stumble over "defence" and "defense", curly and straight quotation marks, "ten" and "10"
or a bracketed insertion. Everything here keeps the positions in the text, so that what is found can be shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from claims.engine.records import Span

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")

_BRACKETS = re.compile(r"\[[^\[\]]{1,80}\]|\([^()]{1,80}\)")

_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_NUMBERS = {word: str(number) for number, word in enumerate(_NUMBER_WORDS.split())}

# British to American, as families of endings; what a family would get wrong is kept off by the length of the
# stem ("hour", "four", "called" stay as they are). The list is ours, from the common differences every style
# guide of either side prints.
_SPELLING = (
    (re.compile(r"^(def|off|lic|pret)ence(s?)$"), r"\1ense\2"),
    (re.compile(r"^(.{3,})our(s|ed|ing|able|hood|ite|er|ers)?$"), r"\1or\2"),
    (re.compile(r"^(.{3,})is(e|es|ed|ing|er|ers|ation|ations)$"), r"\1iz\2"),
    (re.compile(r"^(.{3,})ys(e|es|ed|ing)$"), r"\1yz\2"),
    (re.compile(r"^(.{2,}[tb])re(s?)$"), r"\1er\2"),
    (re.compile(r"^(.{3,})ogue(s?)$"), r"\1og\2"),
    (re.compile(r"^programme(s?)$"), r"program\1"),
    (re.compile(r"^(.{4,})ll(ed|ing|er|ers)$"), r"\1l\2"),
    (re.compile(r"^manoeuvr(.*)$"), r"maneuver\1"),
    (re.compile(r"^(judg|acknowledg)ement(s?)$"), r"\1ment\2"),
    (re.compile(r"^grey(.*)$"), r"gray\1"),
    (re.compile(r"^(arm)our(ed|y)$"), r"\1or\2"),
    (re.compile(r"^aluminium$"), "aluminum"),
)

#: Words that say nothing about what is being counted.
STOP = frozenset(
    """
    a about according after all also although an and any are as at be been before being between both
    but by can could did do does during each for from further had has have he her his how i if in
    including into is it its itself last less many may me might more most much must my new next no
    nor not now of off on one only or other our out over own per said say says she should since so
    some such than that the their them then there these they this those through to too under until
    up upon us very was we were what when where which while who whom whose why will with within
    without would yet you your week month year day today yesterday tomorrow monday tuesday wednesday
    thursday friday saturday sunday january february march april june july august september october
    november december earlier later recent recently
    """.split()  # noqa: SIM905
)


@lru_cache(maxsize=65536)
def normal(word: str) -> str:
    """One word in the spelling comparison uses: lower case, American, "10" for "ten", straight apostrophe."""
    word = word.casefold().replace("’", "'").replace("ʼ", "'")
    if word in _NUMBERS:
        return _NUMBERS[word]
    for pattern, replacement in _SPELLING:
        changed, count = pattern.subn(replacement, word)
        if count:
            return changed
    return word.replace(",", "") if word[0].isdigit() else word


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A normal word without its plural or possessive ending ("interceptors" and "interceptor's" agree)."""
    word = normal(word).removesuffix("'s").removesuffix("'")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@dataclass(frozen=True, slots=True)
class Word:
    """A word in a text: its normal form and where it stands."""

    form: str
    start: int
    end: int


def words(text: str, *, insertions: bool = True) -> list[Word]:
    """The words of ``text`` in order. ``insertions=False`` leaves out what stands in brackets.

    Inside a quotation a bracket is the editor's, round ones too ("our (Norland's) treaty"). A bracket that
    never closes, or closes after more than 80 characters, is read as plain text.
    """
    found = [Word(normal(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    if insertions or not ("[" in text or "(" in text):
        return found
    brackets = [Span(m.start(), m.end()) for m in _BRACKETS.finditer(text)]
    kept, at = [], 0
    for word in found:
        while at < len(brackets) and brackets[at].end <= word.start:
            at += 1
        if at == len(brackets) or word.start < brackets[at].start:
            kept.append(word)
    return kept


def content(*texts: str | None) -> frozenset[str]:
    """The stems of the words in ``texts`` that carry meaning; numbers are left out."""
    return frozenset(
        stem(match.group())
        for text in texts
        if text
        for match in _TOKEN.finditer(text)
        if len(match.group()) > 1 and not match.group()[0].isdigit() and normal(match.group()) not in STOP
    ) - frozenset(_NUMBERS.values())


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two aligned wordings part: the normal words of each (either may be empty)."""

    a: tuple[str, ...]
    b: tuple[str, ...]
    a_text: str = ""
    b_text: str = ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two wordings laid side by side.

    ``matched`` words agree in order; ``share`` is that number over the length of the shorter wording.
    ``differences`` are the places where they part. What one cut off at its beginning or end is none; there
    only a few words that stand where the other has a few others count.
    """

    matched: int
    share: float
    differences: tuple[Difference, ...]


#: Laying long wordings side by side takes time with the product of their lengths; no quotation of the
#: press is longer than this many words in one piece.
LONGEST = 400


#: Words at an end that replace others, rather than one wording going on and the other elsewhere.
_CHANGED_END = 3


@lru_cache(maxsize=8192)
def align(a: str, b: str) -> Alignment:
    """Lay two quotations side by side by their normal words; symmetric but for which side is called a."""
    if b < a:  # the matcher itself is not symmetric, so the order is fixed first
        other = align(b, a)
        turned = (Difference(d.b, d.a, d.b_text, d.a_text) for d in other.differences)
        return Alignment(other.matched, other.share, tuple(turned))
    left, right = words(a, insertions=False)[:LONGEST], words(b, insertions=False)[:LONGEST]
    forms_a, forms_b = [w.form for w in left], [w.form for w in right]
    matcher = SequenceMatcher(None, forms_a, forms_b, autojunk=False)
    blocks = [x for x in matcher.get_matching_blocks() if x.size]
    if not blocks:
        return Alignment(0, 0.0, ())

    def difference(a_from: int, a_to: int, b_from: int, b_to: int) -> Difference:
        return Difference(
            tuple(forms_a[a_from:a_to]),
            tuple(forms_b[b_from:b_to]),
            a[left[a_from].start : left[a_to - 1].end] if a_from < a_to else "",
            b[right[b_from].start : right[b_to - 1].end] if b_from < b_to else "",
        )

    first, last = blocks[0], blocks[-1]
    between = [difference(x.a + x.size, y.a, x.b + x.size, y.b) for x, y in pairwise(blocks)]
    ends = [
        difference(0, first.a, 0, first.b),
        difference(last.a + last.size, len(left), last.b + last.size, len(right)),
    ]
    changed = [x for x in ends if x.a and x.b and max(len(x.a), len(x.b)) <= _CHANGED_END]
    matched = sum(x.size for x in blocks)
    return Alignment(matched, matched / min(len(left), len(right)), (*between, *changed))


def listed(names: Iterable[str]) -> str:
    """Names as a sentence lists them: "A", "A and B", "A, B and C"; each once, in the order given."""
    unique = list(dict.fromkeys(names))
    if len(unique) < 2:
        return "".join(unique)
    return ", ".join(unique[:-1]) + " and " + unique[-1]
