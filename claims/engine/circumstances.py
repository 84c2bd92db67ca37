"""The circumstances of a candidate cue, as named signs: what is around it, whose it is, where it stands.

A sign is ``name=value`` ("frame=that"), or two of them joined; no sign names a word, only classes and
grades of lexicons/cues.toml, parts of speech, sorts of subject and distances. lexicons/ascribing.toml says
what each weighs.
"""

from __future__ import annotations

from claims.engine import lexicons
from claims.engine.article import Sentence
from claims.engine.clauses import Clauses, Subject
from claims.engine.cue_words import PAPERS, SPEAKERS, TAKES
from claims.engine.cues import Cue
from claims.engine.nouns import singular

_LISTS = lexicons.load("cues")["lists"]
_MODALS = frozenset(_LISTS["modals"])
_NOT = frozenset(_LISTS["negations"])
_PERFECT = frozenset(_LISTS["perfect"])
_DOING = frozenset(_LISTS["doing"])
_OPENERS = frozenset(_LISTS["openers"])
_FIRST = frozenset(_LISTS["first_person"])
_WE = frozenset(_LISTS["we"])
_YOU = frozenset(_LISTS["you"])
_PERSONS = frozenset(_LISTS["persons"])
_COARSE = ("", "rarely", "rarely", "often", "often", "mostly", "mostly", "sure", "sure", "always")
#: Characters of a quotation that is more than a phrase, and within which a cue stands right beside it.
_LONG_QUOTE = 25
_BESIDE = 30
#: Which circumstances are also weighed together.
_TOGETHER = (
    ("kind", "grade"), ("kind", "frame"), ("kind", "who"), ("kind", "form"), ("kind", "how"), ("kind", "tag"),
    ("kind", "next tag"), ("kind", "left tag"), ("kind", "head tag"), ("kind", "quoted"), ("kind", "modal"),
    ("kind", "negated"), ("kind", "perfect"), ("kind", "inside"), ("kind", "left"), ("kind", "headline"),
    ("grade", "who"), ("grade", "form"), ("grade", "frame"), ("grade", "quoted"),
    ("step", "who"), ("step", "form"), ("step", "frame"), ("step", "how"), ("step", "tag"),
    ("step", "next tag"),
    ("step", "left tag"), ("step", "head tag"), ("step", "quoted"), ("step", "modal"), ("step", "negated"),
    ("step", "question"), ("step", "left"), ("step", "before subject"), ("step", "next step"),
    ("step", "last step"), ("step", "inside"), ("step", "inside frame"),
    ("step", "verbs before"), ("step", "takes"),
    ("step", "earlier"),
    ("form", "headline"), ("form", "touches"), ("same", "kind"), ("last kind", "kind"), ("object", "kind"),
)  # fmt: skip


def circumstances(sentence: Sentence, c: Clauses, cues: list[Cue], i: int, earlier: int) -> list[str]:
    """The signs of ``cues[i]``, those before it being weighed already.

    ``earlier`` is how many cues the sentence before has.
    """
    values = _values(sentence, c, cues[i])
    values.update(_beside(c, cues, i))
    values["earlier"] = str(min(earlier, 3))
    signs = [f"{name}={value}" for name, value in values.items()]
    held = dict(zip(values, signs, strict=True))
    signs += [f"{held[a]} {held[b]}" for a, b in _TOGETHER if a in held and b in held]
    return signs


def _values(sentence: Sentence, c: Clauses, cue: Cue) -> dict[str, str]:
    """Circumstances of the cue, its subject and its frame."""
    tags, lows, n = c.tags, c.lows, c.n
    frame = "said" if cue.before and cue.frame in ("end", "comma") else cue.frame
    step = _COARSE[cue.grade]
    s = cue.subject
    v = {
        "any": "",
        "kind": cue.kind,
        "grade": str(cue.grade),
        "step": step,
        "frame": frame,
        "form": cue.form,
        "how": s.how if s else "none",
        "takes": "yes" if frame == "said" or frame in TAKES.get(cue.kind, ()) else "no",
        "tag": tags[cue.head],
        "left tag": tags[cue.first - 1] if cue.first > 0 else "END",
        "second left tag": tags[cue.first - 2] if cue.first > 1 else "END",
        "next tag": tags[cue.last] if cue.last < n else "END",
        "second tag": tags[cue.last + 1] if cue.last + 1 < n else "END",
        "rest tag": tags[cue.rest] if cue.rest < n else "END",
        "length": _size(n),
        "place": _size(cue.first),
        "behind": _size(n - cue.last),
        "at": _size(sentence.at),
    }
    if s is None:
        v["who"] = "none"
        start = cue.first
    else:
        head = _head(c, s)
        v["who"] = _who(sentence, c, head)
        v["head tag"] = tags[head]
        v["subject"] = _size(s.last - s.first)
        v["subject tag"] = tags[s.first]
        v["apart"] = _size(abs(cue.first - s.last))
        start = cue.first if s.how in ("after", "by") else min(cue.first, s.first)
        v["before subject tag"] = tags[s.first - 1] if s.first > 0 else "END"
        before = c.low(s.first - 1)
        if before in _OPENERS:
            v["before subject"] = before
    left = c.low(cue.first - 1)
    if left in _OPENERS:
        v["left"] = left
    if start != cue.first and c.low(start - 1) in _OPENERS:
        v["opened by"] = c.low(start - 1)
    for w in lows[cue.first : cue.head]:
        if w in _MODALS:
            v["modal"] = "will" if w == "will" else "may"
        elif w in _NOT:
            v["negated"] = ""
        elif w in _PERFECT:
            v["perfect"] = "had" if w in ("had", "'d") else "has"
        elif w in _DOING:
            v["do"] = ""
    if lows[-1] == "?":
        v["question"] = ""
    if any(t.last in (cue.first, cue.head) or t.first in (cue.last, cue.last + 1) for t in sentence.times):
        v["dated"] = ""
    if frame == "object":
        v["object"] = _sort(sentence, c, cue.rest)
    if cue.last - cue.head > 1:
        v["idiom"] = ""
    if sentence.at == 0 and not sentence.quoted:
        v["headline"] = ""
    v["verbs before"] = str(min(c.finite_before(cue.first), 4))
    v["verbs after"] = str(min(c.finite_before(n) - c.finite_before(cue.last), 3))
    v["quoted"] = _quoted(sentence, cue)
    return v


def _beside(c: Clauses, cues: list[Cue], i: int) -> dict[str, str]:
    """Circumstances that lie in the other candidates of the sentence."""
    cue = cues[i]
    v: dict[str, str] = {}
    if i > 0:
        p = cues[i - 1]
        near = cue.first - p.last
        if near <= 3:
            v["last kind"] = p.kind
            v["last form"] = p.form
            v["last step"] = _COARSE[p.grade]
            v["touches"] = "yes" if near <= 1 else "nearly"
        if p.first <= cue.first < p.last:
            v["within another"] = ""
    taken = [p for p in cues[max(0, i - 6) : i] if p.weight > 0]
    v["taken"] = str(min(len(taken), 3))
    if taken:
        p = taken[-1]
        v["inside"] = p.kind if p.rest <= cue.first and not p.before else "no"
        v["inside frame"] = p.frame
        v["gap"] = _size(max(cue.first - p.last, 0))
        if p.subject and cue.subject:
            v["same"] = "yes" if p.subject.first == cue.subject.first else "no"
    if i + 1 < len(cues):
        q = cues[i + 1]
        v["next kind"] = q.kind
        v["next step"] = _COARSE[q.grade]
        v["next in"] = _size(max(q.head - cue.last, 0))
        if q.head - cue.last <= 3:
            v["next form"] = q.form
    return v


_SIZES = ("4+",) * 6 + ("6+",) * 4 + ("10+",) * 10 + ("20+",) * 20 + ("40+",)


def _size(n: int) -> str:
    """A number in rough steps."""
    return str(n) if n < 4 else _SIZES[min(n, 40)]


def _quoted(sentence: Sentence, cue: Cue) -> str:
    """How the quotations of the sentence stand to the cue."""
    if not sentence.quoted:
        return "none"
    at = sentence.tokens[cue.head].start
    near = min(min(abs(at - q.outer.end), abs(at - q.outer.start)) for q in sentence.quoted) < _BESIDE
    long = any(q.inner.end - q.inner.start > _LONG_QUOTE for q in sentence.quoted)
    return ("long" if long else "short") + (" near" if near else " far")


def _sort(sentence: Sentence, c: Clauses, k: int) -> str:
    """What sort of object starts at token ``k``."""
    if k < c.n and c.tags[k] == "PRP":
        return "it" if c.lows[k] == "it" else "person"
    last = c.phrase_after(k)
    if last <= k:
        return "other"
    return _who(sentence, c, _head(c, Subject(k, last, "")))


def _who(sentence: Sentence, c: Clauses, head: int) -> str:
    """What sort of source or object the noun at token ``head`` is."""
    low, tag = c.lows[head], c.tags[head]
    if low in _FIRST:
        return "i"
    if low in _WE:
        return "we"
    if low in _YOU:
        return "you"
    if low == "who":
        return "who"
    if low in ("it", "its"):
        return "it"
    if low in _PERSONS or tag == "PRP":
        return "person"
    if tag in ("WDT", "WP") or low == "that":
        return "which"
    if tag == "DT":
        return "this"
    word = singular(low)
    if word in PAPERS:
        return "paper"
    if word in SPEAKERS:
        return "speaker"
    if tag in ("NNP", "NNPS") or any(m.first <= head < m.last for m in sentence.mentions):
        return "name"
    if tag in ("CD", "JJ", "JJS"):
        return "some"
    return "plural thing" if tag == "NNS" else "thing"


def _head(c: Clauses, s: Subject) -> int:
    """The head of a noun phrase: its last noun before a preposition or comma."""
    head = -1
    for k in range(s.first, s.last):
        tag = c.tags[k]
        if tag[0] == "N" or tag in ("PRP", "WP", "WDT", "PRP$"):
            head = k
            continue
        if head >= 0 and (tag == "IN" or c.lows[k] == ","):
            break
    return head if head >= 0 else s.last - 1
