"""Words that may credit somebody with words, views or intentions, and where they stand.

Every word of lexicons/cues.toml outside quotations is a candidate; what surrounds it is written down as a few
abstract circumstances (claims.engine.circumstances), by which claims.engine.ascriptions decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.engine.clauses import FINITE, QUOTES, Clauses, Subject
from claims.engine.cue_words import (
    ADJECTIVES,
    ADVERBS,
    IDIOMS,
    KNOWN,
    LIGHT,
    LISTS,
    NOUNS,
    PAPERS,
    SPEAKERS,
    VERBS,
    Entry,
)
from claims.engine.nouns import singular
from claims.engine.tokens import HYPHENS

_BE = LISTS["be"]
_LINKING = _BE | LISTS["linking"]
_HAVING = LISTS["having"]
_DOING = LISTS["doing"]
_WH = LISTS["wh"]
_FRAMES = LISTS["frames"]
_BY_WAY = LISTS["by_way"]
_TO_WHOM = LISTS["to_whom"]
_ENDS = frozenset({".", "?", "!", '"', "”"})
_SIGNS = frozenset({":", "—", "–"})
_DASHES = frozenset({",", "—", "–"})
#: Tokens of a speaker before a colon or behind a dash.
_LONGEST_SPEAKER = 9
#: Tokens of the source in an opening "In a poll by the institute," or "For the ministry,".
_LONGEST_OPENING = 14
#: The grade of verbs that the lexicon does not know but that have "that" or a quotation behind them.
_UNKNOWN = 3
_PROPER = frozenset({"NNP", "NNPS", "NNS", "PRP", "NN"})


@dataclass(slots=True)
class Cue:
    """A candidate: its chain of words ``first``..``last`` around ``head``, and whose it is.

    ``frame`` is what stands behind it from token ``rest`` on; ``signs`` are its circumstances by name.
    """

    first: int
    last: int
    head: int
    base: str
    kind: str
    grade: int
    form: str
    frame: str
    rest: int
    subject: Subject | None
    before: bool = False  # what was said stands before it
    signs: list[str] = field(default_factory=list)
    weight: float = 0.0  # what the signs add up to


def candidates(lows: Sequence[str]) -> list[int]:
    """The tokens of a sentence that may be cues: known words, signs beside a speaker, openings, and verbs
    of any kind before "that" or a quotation."""
    found = [k for k, low in enumerate(lows) if low in KNOWN or (low in _ABOUT and _worth(lows, k))]
    return found


_ABOUT = _SIGNS | _BY_WAY | _TO_WHOM | QUOTES | {"that", "according"}


def _worth(lows: Sequence[str], k: int) -> bool:
    low = lows[k]
    if low in _BY_WAY or low in _TO_WHOM:
        return k < 2
    return k > 0 or low == "according"


def read_cue(c: Clauses, k: int) -> Cue | None:
    """The candidate at token ``k`` with its subject and frame; None where it is no cue at all."""
    low, tag = c.lows[k], c.tags[k]
    if low not in KNOWN:
        return _unlisted(c, k)
    if k > 0 and c.lows[k - 1] in HYPHENS and c.sentence.tokens[k - 1].end == c.sentence.tokens[k].start:
        return None
    verb = VERBS.get(low)
    if tag[0] == "N" or tag == "JJ":
        retagged = _as_verb(c, k, verb)
        if retagged:
            tag = c.tags[k] = retagged
    if tag[0] == "V" or tag == "MD" or low in ("'s", "'d"):
        idiom = _idiom(c, k)
        if idiom is not None:
            return _verb(c, k, *idiom)
        if verb is not None and tag != "MD":
            return _verb(c, k, verb, k + 1)
    noun = NOUNS.get(low)
    if noun is not None and tag[0] == "N":
        return _noun(c, k, noun)
    adjective = ADJECTIVES.get(low)
    if adjective is not None and tag in ("JJ", "VBN", "RB", "NN", "VBD"):
        return _adjective(c, k, adjective)
    adverb = ADVERBS.get(low)
    if adverb is not None:
        return Cue(k, k + 1, k, low, adverb.kind, adverb.grade, "adverb", "other", k + 1, None)
    return None


def _as_verb(c: Clauses, k: int, verb: Entry | None) -> str:
    """The tag of a verb the tagger took for a noun, by what stands around it; "" where it may be a noun."""
    if k == 0 or verb is None:
        return ""
    tags, low = c.tags, c.lows[k]
    forms = verb.forms
    left, right = tags[k - 1], tags[k + 1] if k + 1 < c.n else ""
    if forms == {"s"}:
        if low not in NOUNS and (c.sentence.at == 0 or left in _PROPER):
            return "VBZ"  # headlines: "Poll Shows", "Court Rejects"; and "The envoy reiterates"
        if low in NOUNS and left in ("NNP", "PRP") and (c.low(k + 1) == "that" or right in ("DT", "PRP")):
            return "VBZ"
    elif "past" in forms and "base" not in forms:
        if low not in NOUNS and low not in ADJECTIVES and left in _PROPER:
            return "VBD"
    elif left in ("PRP", "TO", "MD") or (left == "NNS" and c.low(k + 1) == "that"):
        return "VB" if left in ("TO", "MD") else "VBP"
    return ""


def _unlisted(c: Clauses, k: int) -> Cue | None:
    """A candidate by its place alone: signs, "according to", openings, any verb before "that" or quotes."""
    low = c.lows[k]
    if low == "according":
        if c.lows[k + 1 : k + 2] != ["to"]:
            return None
        last = c.phrase_after(k + 2, 24)
        subject = Subject(k + 2, last, "after") if last > k + 2 else None
        return Cue(k, k + 2, k, low, low, 9, "according", "other", last, subject, before=k > 1)
    if k < 2 and (low in _BY_WAY or low in _TO_WHOM):
        return _opening(c, k)
    if low == "that" or low in QUOTES:
        j = k - 1 - (c.lows[k - 1] in (",", ":") and k > 1)
        if c.tags[j][0] != "V" or c.lows[j] in KNOWN or c.lows[j] in _BE or c.lows[j] in _HAVING:
            return None
        entry = Entry(c.lows[j], "other", _UNKNOWN, frozenset({"past"}))
        return _verb(c, j, entry, j + 1) if low != "that" or c.starts_clause(k + 1) else None
    return _sign(c, k)


def _opening(c: Clauses, k: int) -> Cue | None:
    """ "In a poll by the institute, ..." and "For the ministry, ...": a source before the first comma."""
    last = c.phrase_after(k + 1, _LONGEST_OPENING)
    if last <= k + 1 or last >= c.n - 3:
        return None
    paper = any(singular(c.lows[i]) in PAPERS for i in range(k + 1, last))
    if c.lows[k] in _BY_WAY:
        if not paper:
            return None
    elif c.low(last) != "," or not (
        any(singular(c.lows[i]) in SPEAKERS for i in range(k + 1, last))
        or c.tags[last - 1] in ("NNP", "NNPS")
        or c.tags[last - 1] == "PRP"
    ):
        return None
    kind, form = ("by way", "paper") if paper else ("for whom", "speaker")
    return Cue(k, k + 1, k, c.lows[k], kind, 3, form, "other", last, Subject(k + 1, last, "after"))


def _sign(c: Clauses, k: int) -> Cue | None:
    """A colon behind who speaks ("Minister: no talks"), a dash before (a quotation's signature)."""
    n, tags = c.n, c.tags
    if c.lows[k] == ":":
        if k + 1 < n and c.lows[k + 1] in QUOTES and any(tag in FINITE for tag in tags[max(0, k - 12) : k]):
            return Cue(k, k + 1, k, ":", "colon", 2, "before quote", "quote", k + 1, _first_subject(c, k))
        if (
            k > _LONGEST_SPEAKER
            or k + 1 >= n
            or any(tags[i][0] == "V" or tags[i] in ("MD", "PRP", "IN", "TO") for i in range(k))
        ):
            return None
        frame = "quote" if c.lows[k + 1] in QUOTES else "clause" if c.starts_clause(k + 1) else "object"
        return Cue(k, k + 1, k, ":", "colon", 3, "sign", frame, k + 1, Subject(0, k, "near"))
    if k < 4 or k + 2 > n or n - k > _LONGEST_SPEAKER or c.lows[k - 1] not in _ENDS or tags[k + 1] != "NNP":
        return None
    last = c.phrase_after(k + 1)
    return (
        Cue(
            k,
            k + 1,
            k,
            "-",
            "dash",
            3,
            "sign",
            "other",
            last,
            Subject(k + 1, last, "after"),
            before=True,
        )
        if last > k + 1
        else None
    )


def _first_subject(c: Clauses, k: int) -> Subject | None:
    """The subject of the last finite verb within a few tokens before a colon."""
    for i in range(k - 1, max(-1, k - 12), -1):
        if c.tags[i] in FINITE:
            return c.subject(c.chain(i), "finite")
    return None


def _frame(c: Clauses, k: int) -> tuple[str, int]:
    """What stands from token ``k`` on, behind times: its name, and where what is said begins."""
    tags, lows, n = c.tags, c.lows, c.n
    for _ in range(3):
        if k in c.time_first:
            k = c.time_first[k]
        elif k + 1 in c.time_first and lows[k] in ("on", "in", "late", "early", "earlier"):
            k = c.time_first[k + 1]
        elif k < n and tags[k] in ("RB", "RBR", "RP"):
            k += 1
        else:
            break
    if k >= n:
        return "end", k
    low, tag = lows[k], tags[k]
    following = lows[k + 1] if k + 1 < n else ""
    if low in QUOTES:
        return "quote", k
    if low == ":":
        return "colon", k + 1
    if low in _DASHES:
        if following in QUOTES:
            return "quote", k + 1
        if following == "that":
            return "that", k + 2
        return "comma", k + 1
    if tag in (".", ";") or low in (".", "?", "!", ";"):
        return "end", k
    if low == "that" and not (tag == "DT" and k + 1 < n and tags[k + 1] in FINITE):
        return "that", k + 1
    if low == "to":
        j = k + 1
        while j < n and tags[j] == "RB":
            j += 1
        return ("to", k) if j < n and tags[j] == "VB" else ("toward", k + 1)
    if low in _WH:
        return "wh", k
    if low in _FRAMES:
        return low, k + 1
    if tag == "IN":
        return ("clause", k) if c.starts_clause(k + 1) and low in ("because", "like") else ("prep", k)
    if tag == "VBG":
        return "ing", k
    if tag == "EX":
        return "clause", k
    if tag in ("VBN", "JJ", "JJR", "JJS") and not (k + 1 < n and tags[k + 1][0] == "N"):
        return "adjective", k
    if tag[0] in "NPDJC$W#" and tag not in ("CC", "POS"):
        return ("clause" if c.starts_clause(k) else "object"), k
    return "other", k


def _idiom(c: Clauses, k: int) -> tuple[Entry, int] | None:
    """The idiom that verb ``k`` begins, and where it ends."""
    for words, entry in IDIOMS.get(c.lows[k], ()):
        last = k + 1 + len(words)
        if last > c.n or any(w not in ("_", c.lows[k + 1 + i]) for i, w in enumerate(words)):
            continue
        if words[-1] == "to" and entry.kind == "will" and c.tags[last : last + 1] != ["VB"]:
            continue
        if "_" not in words or c.tags[k + 1 + words.index("_")] in ("PRP", "PRP$", "NNP"):
            return entry, last
    return None


def _verb(c: Clauses, k: int, entry: Entry, last: int) -> Cue | None:
    tags, lows = c.tags, c.lows
    tag = tags[k]
    first = c.chain(k)
    chain = lows[first:k]
    form = "finite"
    passive = False
    if tag == "VBG":
        form = "finite" if any(w in _BE for w in chain) else "ing"
    elif tag == "VB":
        form = (
            "finite" if any(tags[i] == "MD" or lows[i] in _DOING for i in range(first, k)) else "infinitive"
        )
        j = c.before_chain(first)
        if form == "infinitive" and (j < 0 or lows[j] != "to"):
            form = "base"
    elif "participle" in entry.forms and (tag == "VBN" or tag == "VBD"):
        be = any(w in _BE for w in chain)
        have = any(w in _HAVING or w[-3:] == "'ve" or w[-2:] == "'d" for w in chain)
        if be:
            passive, form = True, "passive"
        elif tag == "VBN" and not have:
            form = "participle"
    frame, rest = _frame(c, last)
    if form == "participle" and "past" in entry.forms and _acts(c, first, frame):
        form = "finite"  # the tagger took a past for a participle
    cue = Cue(first, last, k, entry.base, entry.kind, entry.grade, form, frame, rest, None)
    if form == "infinitive":
        to = c.before_chain(first)
        cue.first = to
        cue.subject = c.subject(to, "infinitive")
    elif form == "base":
        cue.subject = c.subject(first, "finite")
    elif entry.kind == "move":
        _moved(c, cue, passive or form == "participle")
    elif passive or form == "participle":
        cue.subject = _by(c, rest if frame == "by" else k + 1)
        cue.before = True
    else:
        cue.subject = c.subject(first, form)
        _inverted(c, cue, form)
    return cue


def _moved(c: Clauses, cue: Cue, passive: bool) -> None:
    """Who feels it: the subject of a passive, the object of an active verb."""
    if passive:
        cue.subject = c.subject(cue.first, "finite")
        return
    last = c.phrase_after(cue.rest)
    if last > cue.rest:
        cue.subject, cue.before, cue.rest = Subject(cue.rest, last, "after"), True, last


def _by(c: Clauses, k: int) -> Subject | None:
    """The agent behind a passive: "by X" within a few tokens."""
    for j in range(k - 1, min(k + 7, c.n)):
        if c.lows[j] == "by":
            last = c.phrase_after(j + 1)
            return Subject(j + 1, last, "by") if last > j + 1 else None
        if c.lows[j] in (",", ".", ";") or c.tags[j] in FINITE:
            return None
    return None


def _inverted(c: Clauses, cue: Cue, form: str) -> None:
    """Find a speaker behind the verb, and whether what was said stands before both."""
    lows, tags = c.lows, c.tags
    if form == "ing":
        return
    j = c.before_chain(cue.first)
    before = cue.first if cue.subject is None else min(cue.first, cue.subject.first)
    left = lows[before - 1] if before > 0 else ""
    spoken = cue.kind in ("say", "ask", "speak", "judge", "hold")
    parted = j >= 0 and (lows[j] in QUOTES or lows[j] == ",")
    if (
        spoken
        and tags[cue.head] in ("VBD", "VBZ", "VBN", "VBP")
        and cue.first == cue.head
        and (parted or j < 0)
        and cue.frame in ("object", "clause", "other")
    ):
        last = c.phrase_after(cue.rest)
        if last > cue.rest and (cue.subject is None or cue.subject.how not in ("near", "aside")):
            cue.subject = Subject(cue.rest, last, "after")
            cue.before, cue.rest = True, last
            cue.frame = "end"
            return
    if (
        cue.subject is not None
        and cue.kind in ("say", "tell", "ask", "hold")
        and (left in QUOTES or left in (",", "—", "–", "?", "!"))
        and cue.frame in _SAID_BEFORE
    ):
        quoted = left in QUOTES or lows[before - 2 : before - 1] == [","] or c.low(before - 2) in QUOTES
        cue.before = quoted or cue.frame in ("end", "comma", "in", "on", "at", "prep")


#: What may stand behind a verb of saying whose words stand before it: an address, an occasion, nothing.
_SAID_BEFORE = frozenset(
    {"end", "comma", "prep", "in", "on", "at", "of", "about", "as", "toward", "by", "other", "ing", "for"}
    | {"object", "with"}
)


def _acts(c: Clauses, first: int, frame: str) -> bool:
    """Whether a verb that could be a participle has its subject right before it and an object behind."""
    j = c.before_chain(first)
    if j < 0:
        return False
    if (c.tags[j] in ("NN", "NNS", "NNP", "NNPS") or c.lows[j] in (",", ")")) and not c.says_else(first):
        return True
    if c.tags[j] == "PRP" and c.lows[j] in ("he", "she", "they", "we", "i"):
        return True
    return c.tags[j][:3] == "NNP" and frame in ("that", "clause", "object", "wh", "quote")


def _noun(c: Clauses, k: int, entry: Entry) -> Cue | None:
    lows, tags = c.lows, c.tags
    if k + 1 < c.n and tags[k + 1] in ("NN", "NNS", "NNP", "POS"):
        return None
    frame, rest = _frame(c, k + 1)
    first = k
    while first > 0 and tags[first - 1] in ("JJ", "RB") and k - first < 3:
        first -= 1
    subject = c.owner(k)
    form = "owned"
    if entry.kind == "people":
        form = "people"
        start = min(c.phrase_before(k), k)
        subject = Subject(start, k + 1, "near")
    elif subject is None:
        form = "noun"
        by = _by(c, k + 1) if frame in ("by", "of", "that", "about") else None
        if by is not None:
            subject, form = by, "by"
        elif frame in ("from", "by"):
            last = c.phrase_after(rest)
            subject = Subject(rest, last, "by") if last > rest else None
        else:
            verb = c.phrase_before(k) - 1
            if verb > 0 and lows[verb] in ("in", "with", "under"):
                form = "within"
            elif verb >= 0 and lows[verb] in LIGHT and tags[verb][0] == "V":
                form = "light"
                chain = c.chain(verb)
                how = (
                    "ing"
                    if tags[verb] == "VBG"
                    else "infinitive"
                    if tags[verb] == "VB" and lows[chain - 1 : chain] == ["to"]
                    else "finite"
                )
                subject = c.subject(chain - 1 if how == "infinitive" else chain, how)
                first = chain
            elif (verb >= 0 and tags[verb] == "VB") or (verb >= 0 and tags[verb][0] == "V"):
                form = "governed"
    return Cue(first, k + 1, k, entry.base, entry.kind, entry.grade, form, frame, rest, subject)


def _adjective(c: Clauses, k: int, entry: Entry) -> Cue | None:
    lows = c.lows
    j = c.before_chain(k)
    frame, rest = _frame(c, k + 1)
    if k + 1 < c.n and c.tags[k + 1] in ("NN", "NNS", "NNP", "JJ") and frame != "clause":
        return None
    chain = c.chain(k)
    linked = chain < k and any(w in _LINKING for w in lows[chain:k])
    if not linked and j >= 0 and lows[j] in _LINKING:
        linked, chain = True, c.chain(j)
    if linked:
        return Cue(
            chain,
            k + 1,
            k,
            entry.base,
            entry.kind,
            entry.grade,
            "linked",
            frame,
            rest,
            c.subject(chain, "finite"),
        )
    if frame in ("that", "to", "about", "of"):
        subject = c.subject(k, "finite") if j >= 0 and c.tags[j][0] in "NP" else c.subject(k, "ing")
        return Cue(k, k + 1, k, entry.base, entry.kind, entry.grade, "bare", frame, rest, subject)
    return None
