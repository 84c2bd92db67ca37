"""Who is credited with what, over a whole article: words, views, intentions and findings of others.

Every candidate of claims.engine.cues is weighed by its circumstances (lexicons/ascribing.toml holds the
weights; training/ascribing.py made them); those that pass become an :class:`Ascription` with the characters
of its source, its cue and its content. Ascriptions come lazily, sentence by sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.engine import lexicons
from claims.engine.article import Article, Sentence
from claims.engine.clauses import Clauses, Subject
from claims.engine.cues import TAKES, Cue, candidates, read_cue
from claims.engine.names import ROLES
from claims.engine.nouns import PEOPLE, singular
from claims.engine.records import Span

_WEIGHTS: dict[str, float] = lexicons.load("ascribing")["weights"]
_THRESHOLD: float = lexicons.load("ascribing")["threshold"]
_KNOWN = lexicons.load("cues")["sources"]
_PAPERS = frozenset(_KNOWN["papers"]) | frozenset(lexicons.load("reporting")["nouns"]["documents"])
_SPEAKERS = frozenset(_KNOWN["people"]) | ROLES | PEOPLE
_MODALS = frozenset(
    {"would", "could", "may", "might", "should", "can", "must", "can't", "couldn't", "wouldn't", "cannot"}
)
_NOT = frozenset(
    {
        "not",
        "never",
        "n't",
        "no",
        "nor",
        "neither",
        "don't",
        "doesn't",
        "didn't",
        "won't",
        "wouldn't",
        "isn't",
        "wasn't",
        "can't",
        "couldn't",
        "cannot",
        "hasn't",
        "haven't",
    }
)


@dataclass(frozen=True, slots=True)
class Ascription:
    """That the characters ``content`` are said, thought or wanted by ``source``, as the ``cue`` tells.

    ``kind`` is the class of the cue in lexicons/cues.toml; ``source`` is empty where nobody is named.
    """

    kind: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    sentence: int


def ascribe(article: Article) -> Iterator[Ascription]:
    """Everything the article ascribes to somebody, in reading order."""
    for sentence in article.sentences:
        yield from ascriptions(article, sentence)


def ascriptions(article: Article, sentence: Sentence) -> list[Ascription]:
    """What one sentence ascribes to somebody."""
    c, cues = read_cues(article, sentence)
    found: list[Ascription] = []
    if c is None:
        return found
    for cue in cues:
        if passes(cue):
            found.append(_ascription(article, sentence, c, cue))
    return found


def weigh(cue: Cue) -> float:
    """How much the circumstances of a candidate speak for it; above the threshold it is taken."""
    return sum(_WEIGHTS.get(sign, 0.0) for sign in cue.signs)


def passes(cue: Cue) -> bool:
    """Whether a candidate is taken to credit somebody."""
    return weigh(cue) > _THRESHOLD


def read_cues(article: Article, sentence: Sentence) -> tuple[Clauses | None, list[Cue]]:
    """The candidates of a sentence outside quotations, with their signs."""
    places = candidates(sentence.lows)
    if places and sentence.quoted:
        inside = [(q.inner.start, q.inner.end) for q in sentence.quoted]
        places = [k for k in places if not any(a <= sentence.tokens[k].start < b for a, b in inside)]
    if not places:
        return None, []
    c = Clauses(sentence, list(sentence.tags))
    cues = [cue for cue in (read_cue(c, k) for k in places) if cue is not None]
    for i, cue in enumerate(cues):
        cue.signs = _signs(article, sentence, c, cue, cues, i)
    return c, cues


def _signs(article: Article, sentence: Sentence, c: Clauses, cue: Cue, cues: list[Cue], i: int) -> list[str]:
    lows, tags = c.lows, c.tags
    kind, grade, frame, form = cue.kind, cue.grade, cue.frame, cue.form
    who = _who(sentence, c, cue)
    how = cue.subject.how if cue.subject else "none"
    if frame in ("end", "comma") and cue.before:
        frame = "said"
    takes = frame in TAKES.get(kind, ()) or (frame == "said")
    signs = [
        "bias",
        f"grade {grade}",
        f"kind {kind}",
        f"frame {frame}",
        f"form {form}",
        f"who {who}",
        f"how {how}",
        f"{grade} takes" if takes else f"{grade} takes not",
        f"{kind} + {frame}",
        f"{kind} + {who}",
        f"{kind} + {form}",
        f"{grade} + {who}",
        f"{grade} + {form}",
        f"{grade} + {frame}",
    ]
    chain = lows[cue.first : cue.head]
    for w in chain:
        if w in _MODALS:
            signs.append("modal")
            break
    if any(w in _NOT for w in chain):
        signs += ["negated", f"negated {kind}"]
    if lows[-1:] == ["?"]:
        signs.append("question")
    start = (
        cue.first
        if cue.subject is None or cue.subject.how in ("after", "by")
        else min(cue.first, cue.subject.first)
    )
    left = c.low(start - 1)
    if left in _OPENERS:
        signs.append(f"behind {_OPENERS[left]}")
    if any(t.last in (cue.first, cue.head) or t.first in (cue.last, cue.last + 1) for t in sentence.times):
        signs.append("dated")
    if frame == "object" and kind in ("judge", "speak", "stand", "hold", "ask", "tell"):
        signs.append(f"of {_sort(sentence, c, cue.rest)}")
    if sentence.at < 4:
        signs.append("at the top")
    if cue.last - cue.head > 1:
        signs.append("idiom")
    if left in ("if", "unless", "when", "whether", "until"):
        signs.append("condition")
    if left in ("that",):
        signs.append("in that")
    if sentence.at == 0 and not sentence.quoted:
        signs.append("headline")
    if i > 0:
        p = cues[i - 1]
        gap = cue.first - p.last
        if gap <= 1:
            signs += ["touches", f"touches {p.kind}"]
            if form == "infinitive":
                signs += [f"governed {p.grade}"]
        if p.first <= cue.first < p.last:
            signs.append("within another")
        if weigh(p) > 0:
            signs.append("after one")
            if p.subject and cue.subject and p.subject.first == cue.subject.first:
                signs.append("same subject")
    else:
        signs.append("first")
    if i + 1 < len(cues) and cues[i + 1].head - cue.head <= 3:
        q = cues[i + 1]
        signs += ["before another", f"before {q.grade}"]
    if any(q.inner.end - q.inner.start > 25 for q in sentence.quoted):
        signs += ["quote", f"quote {grade}"]
    elif sentence.quoted:
        signs += ["few words quoted"]
    if tags[cue.head] in ("VBD", "VBZ", "VBP", "VBN", "VBG", "VB"):
        signs.append(tags[cue.head])
    return signs


_OPENERS = {
    "after": "time",
    "before": "time",
    "as": "as",
    "while": "while",
    "because": "because",
    "since": "time",
    "though": "though",
    "although": "though",
    "but": "but",
    "and": "and",
    ",": "comma",
    "what": "what",
    "than": "than",
    "who": "who",
}


def _sort(sentence: Sentence, c: Clauses, k: int) -> str:
    """What sort of object starts at token ``k``."""
    if c.tags[k] == "PRP":
        return "it" if c.lows[k] == "it" else "person"
    last = c.phrase_after(k)
    if last <= k:
        return "other"
    head = _head(c, Subject(k, last, ""))
    return (
        "name"
        if c.tags[head] in ("NNP", "NNPS")
        else "speaker"
        if singular(c.lows[head]) in _SPEAKERS
        else "thing"
    )


def _who(sentence: Sentence, c: Clauses, cue: Cue) -> str:
    """What sort of source the subject of a candidate is."""
    s = cue.subject
    if s is None:
        return "none"
    head = _head(c, s)
    low, tag_ = c.lows[head], c.tags[head]
    if low in ("i", "my", "me"):
        return "i"
    if low in ("we", "our", "us"):
        return "we"
    if low in ("you", "your"):
        return "you"
    if low in ("he", "she", "they", "his", "her", "their", "him", "them", "who") or (
        tag_ == "PRP" and low not in ("it",)
    ):
        return "person" if low != "who" else "who"
    if low in ("it", "its"):
        return "it"
    if tag_ in ("WDT", "WP") or low == "that":
        return "which"
    if tag_ in ("DT",):
        return "this"
    word = singular(low)
    if word in _PAPERS:
        return "paper"
    if word in _SPEAKERS:
        return "speaker"
    if any(m.first <= head < m.last for m in sentence.mentions):
        return "name"
    if tag_ in ("NNP", "NNPS"):
        return "name"
    if tag_ in ("CD", "JJ", "JJS"):
        return "some"
    return "plural thing" if tag_ == "NNS" else "thing"


def _head(c: Clauses, s: Subject) -> int:
    """The head of a noun phrase: its last noun before a preposition or comma."""
    first, last = s.first, s.last
    head = -1
    for k in range(first, last):
        tag_ = c.tags[k]
        if tag_[0] == "N" or tag_ in ("PRP", "WP", "WDT", "PRP$"):
            head = k
            continue
        if head >= 0 and (tag_ == "IN" or c.lows[k] == ","):
            break
    return head if head >= 0 else last - 1


def _ascription(article: Article, sentence: Sentence, c: Clauses, cue: Cue) -> Ascription:
    source = (sentence.chars(cue.subject.first, cue.subject.last),) if cue.subject else ()
    first, last = _content(sentence, c, cue)
    content = (sentence.chars(first, last),) if first < last else ()
    return Ascription(cue.kind, source, (sentence.chars(cue.first, cue.last),), content, sentence.at)


def _content(sentence: Sentence, c: Clauses, cue: Cue) -> tuple[int, int]:
    """The tokens of what is said or thought."""
    lows, n = c.lows, c.n
    end = n
    while end > 0 and lows[end - 1] in (".", "?", "!", ";"):
        end -= 1
    start = cue.first if cue.subject is None else min(cue.first, cue.subject.first)
    if cue.before and cue.form in ("passive", "participle"):
        if cue.frame in (
            "to",
            "that",
            "as",
            "object",
            "adjective",
            "about",
            "of",
            "for",
            "quote",
            "clause",
            "wh",
        ):
            return cue.rest, end
        j = c.before_chain(cue.first)
        return (c.phrase_before(j), j + 1) if j >= 0 else (cue.rest, end)
    if cue.before and start > 0:
        last = start
        while last > 0 and lows[last - 1] in (",", "—", "–"):
            last -= 1
        return 0, last
    if cue.rest < end:
        return cue.rest, end
    return 0, max(0, start)
