"""What a sum, a share, a measure or a factor is of, where no noun behind the number says so.

In the order they are tried: a label ("Warhead: 300 kg"), "of" and "worth" before the number ("a yield of 15
kilotons"), an apposition ("its debt, $3bn, is ..."), the object before it ("extended the treaty by five
years", "a tremor less than a kilometre deep"), and the subject ("turnout was 31 percent", "the zone covers
2,600 square kilometres"). Whether a word is a verb is told by its part of speech.
"""

from __future__ import annotations

from claims.engine import lexicons
from claims.engine.article import Sentence
from claims.engine.framing import Frame
from claims.engine.nouns import PEOPLE, singular
from claims.engine.numbers import STARTS
from claims.engine.phrases import is_small, plain_phrase
from claims.engine.predicates import Predicate, is_adverb
from claims.engine.quantities import Reading
from claims.engine.subjects import subject_of
from claims.engine.tokens import HYPHENS, touching
from claims.engine.verbhood import BE, HAVE
from claims.engine.verbs import ACTIONS, FORMS

_LISTS = lexicons.grammar("measuring")
#: Words for many things in one: what is measured is behind their "of".
_CONTAINERS = _LISTS["containers"]
_PRICED = _LISTS["priced"]
_TO_NUMBERS = _LISTS["to_numbers"]
_DIMENSIONS = _LISTS["dimensions"]
_REPORTING = frozenset(lexicons.load("reporting")["verbs"]["plain"])
_AUXILIARIES = frozenset(lexicons.load("hedges")["auxiliaries"])
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_IN_CHAIN = _FINITE | {"VB", "VBN", "VBG", "RB", "TO"}
_GAP = frozenset({"RB", "RBR", "RBS", "RP", "DT", "PDT", "JJ", "JJR", "JJS", "TO", "VBN", "VBG", "VB", "IN"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
#: How many words may stand between a verb and the number it tells of, and in a label.
_REACH, _LONGEST_LABEL = 8, 6

Thing = tuple[tuple[int, int], int, str]  # its tokens, its head, in words


def thing_measured(sentence: Sentence, reading: Reading, f: Frame) -> Thing | None:
    """What a number is of: (its tokens, the head, in words), None where the sentence does not say."""
    return (
        _labelled(sentence, reading)
        or _behind_of(sentence, reading)
        or _apposed(sentence, reading)
        or _gapped(sentence, reading)
        or _object_before(sentence, reading, f)
        or _subject(sentence, reading, f)
    )


def start_of_phrase(sentence: Sentence, end: int, most: int = 5) -> int:
    """Where the noun phrase that ends before token ``end`` begins: up to ``most`` plain words back."""
    start = end
    while (
        start > 0
        and end - start < most
        and sentence.tokens[start - 1].kind == "word"
        and not is_small(sentence.lows[start - 1])
        and sentence.lows[start - 1] not in FORMS
        and not _is_done(sentence, start - 1)
    ):
        start -= 1
    return start


def _is_done(sentence: Sentence, k: int) -> bool:
    """Whether a word in front of a noun is the verb before it: "were *awarded* design contracts"."""
    tag = sentence.tags[k]
    return tag in _FINITE or (tag == "VBN" and sentence.low(k - 1) in BE | HAVE)


def label_before(sentence: Sentence, k: int) -> tuple[int, int] | None:
    """The words before the colon that ends before token ``k``: "Range" in "• Range: 1,500 km"."""
    if sentence.low(k - 1) != ":":
        return None
    start = end = k - 1
    while start > 0 and end - start < _LONGEST_LABEL:
        low, t = sentence.lows[start - 1], sentence.tokens[start - 1]
        joined = (
            t.key in HYPHENS and touching(sentence.tokens, start - 1) and touching(sentence.tokens, start)
        )
        if (t.kind != "word" and not joined) or low in _AUXILIARIES:
            break
        start -= 1
    closed = start == 0 or sentence.lows[start - 1] in _LISTS["before_label"]
    return (start, end) if closed and start < end else None


def _labelled(sentence: Sentence, reading: Reading) -> Thing | None:
    label = label_before(sentence, reading.first)
    ends = reading.last >= len(sentence.tokens) or sentence.tokens[reading.last].kind == "sign"
    if label is None or not ends:
        return None
    return label, label[1] - 1, sentence.words(*label)


def _behind_of(sentence: Sentence, reading: Reading) -> Thing | None:
    """ "A yield of 15 kilotons", "systems worth $2 billion", "with a crew capacity of 40"."""
    lows, k = sentence.lows, reading.first
    if k < 2 or not (lows[k - 1] in ("of", "worth") or (lows[k - 1] == "at" and lows[k - 2] in _PRICED)):
        return None
    end = k - 1 - (lows[k - 2] in ("valued", "estimated", "is", "are", "was", "were"))
    start = start_of_phrase(sentence, end)
    if start >= end or lows[end - 1] in _LISTS["amounts"]:
        return None
    return (start, end), end - 1, sentence.words(start, end)


def _apposed(sentence: Sentence, reading: Reading) -> Thing | None:
    """ "Its unpaid debt, 1.35 bn dollars, is ...", "The bill, at $2 trillion, shocked ..."."""
    k = reading.first - (sentence.low(reading.first - 1) == "at")
    ends = reading.last >= len(sentence.tokens) or sentence.lows[reading.last] in (",", ".", ";")
    if not ends or sentence.low(k - 1) != ",":
        return None
    start = start_of_phrase(sentence, k - 1)
    head = k - 2
    if start > head or sentence.tags[head] not in _NOUNS or sentence.tokens[head].capital:
        return None
    if any(sentence.tokens[j].kind == "figure" for j in range(start, k - 1)) or _is_time(sentence, head):
        return None
    return (start, k - 1), head, sentence.words(start, k - 1)


def _gapped(sentence: Sentence, reading: Reading) -> Thing | None:
    """ "Puts development at $13bn, *procurement* at $2bn": the verb stands with the first only."""
    k = reading.first - 1
    if sentence.low(k) != "at":
        return None
    start = start_of_phrase(sentence, k)
    first = any(sentence.low(r.first - 1) == "at" and r.last <= start for r in sentence.readings)
    if start >= k or not first or sentence.low(start - 1) not in (",", "and"):
        return None
    return (start, k), k - 1, sentence.words(start, k)


def _is_time(sentence: Sentence, k: int) -> bool:
    return any(t.first <= k < t.last for t in sentence.all_times)


def _object_before(sentence: Sentence, reading: Reading, f: Frame) -> Thing | None:
    """ "Extended the treaty by five years", "puts procurement at $2bn", "a tremor one kilometre deep"."""
    p, k, lows = f.predicate, reading.first, sentence.lows
    if p is None or f.relation != "object" or k - p.last <= 1:
        return None
    put_at = lows[k - 1] == "at" and p.base in ("put", "estimate", "value")  # "puts procurement at $2bn"
    moved = lows[k - 1] in ("by", "to", "from", "at", "for") and (f.action or put_at)
    told = sentence.low(reading.last) in _DIMENSIONS and lows[k - 1] not in ("by", "to", "from", "at", "for")
    begun = lows[k - 1] == "to" and _starts_change(sentence, p, k)
    if not (moved or told or begun):
        return None
    phrase = plain_phrase(sentence, p.last, until=k)
    if phrase is None or _numbered(sentence, phrase[0], phrase[1]):
        return None
    return (phrase[0], phrase[1]), phrase[2], sentence.words(phrase[0], phrase[1])


def _starts_change(sentence: Sentence, p: Predicate, k: int) -> bool:
    """Whether "from 1.3 to" leads to the number at ``k``."""
    return f"{p.action}" in _LISTS["moving"] and "from" in sentence.lows[p.last : k]


def _subject(sentence: Sentence, reading: Reading, f: Frame) -> Thing | None:
    """The subject of the verb that tells the number, unless somebody acts there."""
    p = f.predicate
    if reading.kind == "ratio" and p is not None and p.first <= reading.first < p.last:
        verb: tuple[int, int] | None = (p.first, p.last)  # "has quadrupled" is verb and number in one
    elif reading.first < reading.number[0] and sentence.tags[reading.first] in ("VBZ", "VBD", "VBP"):
        verb = reading.first, reading.number[0]  # "its range exceeds 10,000 km"
    elif reading.kind == "ratio" and _is_verb(sentence, reading.number[0]):
        verb = (_chain_start(sentence, reading.number[0]), reading.last)
    else:
        verb = _verb_before(sentence, reading.first)
    if verb is None:
        return _subject_of(sentence, f, reading) if p is not None and f.relation == "object" else None
    first, last = verb
    governs = p is not None and p.verb < last and p.last > first
    if f.actor is not None and governs and f.actor.kind not in ("words", "owner"):
        return None
    if p is not None and governs and p.subject is not None:
        return _subject_of(sentence, f, reading)
    before = [q for q in sentence.predicates if q.last <= first][-3:]
    ends = {t.last: t.first for t in sentence.times}
    named = frozenset(j for a, b in sentence.names for j in range(a, b))
    found, _, _ = subject_of(sentence.tokens, sentence.lows, first, "active", before, ends, named)
    if found is None:
        return None
    plain = sentence.lows[last - 1] in BE or sentence.lows[first] in BE or reading.kind == "ratio"
    return _phrase_of(sentence, found[0], first, first if plain else last)


def _subject_of(sentence: Sentence, f: Frame, reading: Reading) -> Thing | None:
    """The subject of the governing verb, in words with the verb."""
    p = f.predicate
    if p is None or p.subject is None or (f.actor is not None and f.actor.kind not in ("words", "owner")):
        return None
    if p.form == "infinitive" and not p.shared:
        return None  # "expected 18 allies to spend": they are not what is spent
    if p.base in _REPORTING or p.first < p.subject[0]:
        return None
    told = (
        0
        if p.form == "passive"
        or f.action in ACTIONS
        or p.last - p.subject[0] >= 14
        or reading.kind == "ratio"
        else p.last
    )
    found = _phrase_of(sentence, _behind_number(sentence, p.subject[0]), p.first, told)
    if found is not None and reading.kind in ("money", "share") and _is_name(sentence, found[1]):
        return None  # "Smith paid 35 percent": of what is not told
    if found is not None and p.form != "passive" and _acts(sentence, found[1], p):
        return None
    return found


def _is_name(sentence: Sentence, head: int) -> bool:
    return sentence.tags[head].startswith("NNP") and sentence.tokens[head].capital


def _numbered(sentence: Sentence, first: int, end: int) -> bool:
    """Whether the words are a number themselves: "10kg, compared with 2.4kg"."""
    return any(r.noun is None and r.first < end and first < r.last for r in sentence.readings)


def _acts(sentence: Sentence, head: int, p: Predicate) -> bool:
    """Whether people do what the verb says: who asks for a sum, or measures it, is not measured."""
    return singular(sentence.lows[head]) in PEOPLE and p.base not in _LISTS["of_themselves"]


def _phrase_of(sentence: Sentence, k: int, verb: int, told: int) -> Thing | None:
    """The noun phrase from ``k`` on that ends before ``verb``, in words up to ``told``."""
    phrase = plain_phrase(sentence, k, until=verb)
    if phrase is None or phrase[1] > verb:
        return None
    first, end, head = phrase
    start = first
    if sentence.low(end) == "of" and sentence.lows[head] in _CONTAINERS:
        inner = plain_phrase(sentence, end + 1, until=verb)
        if inner and inner[1] <= verb:
            start, end, head = inner  # "the next generation of interceptors"
            start = start if sentence.lows[phrase[2]] in _LISTS["guesses"] else first
    alone = sentence.tokens[head].kind != "word" and not touching(sentence.tokens, head)
    spoken = (
        sentence.tags[head] in ("PRP", "WP", "EX", "RB", "MD", "VBD", "VBP") or "'" in sentence.lows[head]
    )
    if alone or spoken or sentence.lows[head] in STARTS:
        return None  # "the two raised $350 million"
    if _numbered(sentence, first, end):
        return None
    if "," in sentence.lows[end:told]:
        told = end  # "the total, however, fell"
    return (start, end), head, sentence.words(first, max(told, end))


def _behind_number(sentence: Sentence, k: int) -> int:
    """Where the thing itself begins in a phrase that opens with a number: "24 kg of *uranium*"."""
    for r in sentence.readings:
        if r.first <= k < r.last and r.noun is None:
            return r.last + (sentence.low(r.last) == "of")
    return k


def _verb_before(sentence: Sentence, first: int) -> tuple[int, int] | None:
    """The chain of the verb that tells a number: "is", "is valued at", "stands at", "will take"."""
    k, last = first - 1, 0
    tags, lows = sentence.tags, sentence.lows
    while k >= 0 and first - k <= _REACH:
        last = last or (k + 1 if tags[k].startswith("VB") else 0)
        if _is_verb(sentence, k):
            return _chain_start(sentence, k), last or k + 1
        beside = is_adverb(lows[k]) or lows[k] in _LISTS["beside_numbers"]
        passes = tags[k] in _GAP and (tags[k] not in ("IN", "TO") or lows[k] in _TO_NUMBERS)
        if not beside and not (passes and sentence.tokens[k].kind == "word"):
            return None
        k -= 1
    return None


def _is_verb(sentence: Sentence, k: int) -> bool:
    """Whether token ``k`` is a finite verb, by its tag or where it stands ("the zone *covers* 2,600")."""
    tag, low = sentence.tags[k], sentence.lows[k]
    if tag in _FINITE:
        return sentence.tokens[k].kind == "word" and low not in _REPORTING
    if k == 0 or sentence.tokens[k].capital or sentence.tags[k - 1] not in _NOUNS:
        return False
    if tag == "NNS":
        # No noun stands right before a number: behind a noun it is the verb.
        return sentence.tags[k - 1] in ("NN", "NNP") and _before_number(sentence, k + 1)
    alone = "base" in FORMS.get(low, ()) and not any(g in _FINITE for g in sentence.tags[: k + 6])
    return alone and sentence.tags[k - 1] in ("NN", "NNS") and sentence.low(k + 1) in _TO_NUMBERS


def _before_number(sentence: Sentence, k: int) -> bool:
    return any(r.first == k for r in sentence.readings)


def _chain_start(sentence: Sentence, k: int) -> int:
    """Where the chain of auxiliaries that ends with the verb at ``k`` begins."""
    first = k
    while first > 0 and k - first < _REACH:
        low = sentence.lows[first - 1]
        if sentence.tags[first - 1] not in _IN_CHAIN and low not in _AUXILIARIES and not is_adverb(low):
            break
        first -= 1
    return first
