"""The pieces a sentence is built of: noun phrases, verbs with their auxiliaries, what joins them.

:func:`find_chunks` needs Penn tags (claims.engine.tagging). A chunk is what a parser of whole words would
hang together anyway ("the first 20 interceptors", "has been reported to"), so that the parser over
chunks (claims.engine.parsing) has a third of the steps to take. Prepositions belong to the phrase they open;
commas, conjunctions and other small words are kept with the chunk behind them as what stands before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.engine import lexicons
from claims.engine.tokens import HYPHENS, Token, touching

_LISTS = lexicons.grammar("chunks")

# Kinds: N noun phrase, P the same behind a preposition, V verb, J adjective, W relative or question word.
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "CD", "FW", "$"})
_INSIDE = _NOUNS | {"JJ", "JJR", "JJS", "DT", "PDT", "PRP$", "POS", "#", "SYM", "ADD"}
_BEFORE_NOUN = frozenset({"VBG", "VBN", "RB", "RBR", "RBS", "VBD"})
_OPENERS = frozenset({"DT", "PRP$", "PDT"})
_VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})
_BE = _LISTS["be"]
_AUXILIARY = _BE | _LISTS["auxiliaries"]
_QUOTES = frozenset("'\"“”‘’")
#: Words that open a clause and never a phrase.
_MARKERS = _LISTS["markers"]
#: Pronouns that no preposition stands before.
_SUBJECTS = _LISTS["subjects"]
_LONGEST_PHRASE = 24
_SUBJECT_NOUNS = frozenset({"NN", "NNP", "NNPS"})
#: Tags right behind a verb without a preposition.
_OBJECTS = frozenset({"DT", "PRP$", "CD", "$", "RB"})
_WHATEVER = _LISTS["whatever"]
_SIGNED = frozenset("+-–−±")
_ENDED = _LISTS["ended"]
#: Signs that end a whole sentence.
_ENDS = frozenset(".!?")


@dataclass(slots=True)
class Chunk:
    """Tokens ``first``..``last`` (exclusive) with their ``head``.

    ``kind`` see above; ``form`` of a verb: d finite, i infinitive, g -ing, n participle, b finite form of
    be; of a noun phrase: p pronoun, # figure without a noun, t time, "" others; ``passive``: a participle
    behind a form of be; ``preposition``: the word before the phrase, ``opening`` its token (-1: none);
    ``before``: what stands between this chunk and the last (",", "and", "that").
    """

    first: int
    last: int
    head: int
    kind: str
    form: str = ""
    preposition: str = ""
    opening: int = -1
    before: str = ""
    passive: bool = False

    @property
    def start(self) -> int:
        """The first token, the preposition included."""
        return self.opening if self.opening >= 0 else self.first


def find_chunks(
    tokens: Sequence[Token],
    lows: Sequence[str],
    tags: Sequence[str],
    times: Sequence[tuple[int, int]] = (),
    figures: Sequence[tuple[int, int]] = (),
) -> list[Chunk]:
    """The chunks of one sentence, left to right.

    ``times`` and ``figures`` are token ranges that hang together (a date; a number with "almost" and "$").
    """
    n = len(tokens)
    tags = _with_a_verb(tokens, lows, tags)
    time_at = dict(times)
    glued = [False] * n
    figure_at = {}
    for a, b in figures:
        if b > a:
            figure_at[a] = b
            for k in range(a + 1, b):
                glued[k] = True
    found: list[Chunk] = []
    before = ""
    preposition, opening = "", -1
    i = 0
    while i < n:
        tag, low = tags[i], lows[i]
        chunk: Chunk | None = None
        if i in time_at and i not in figure_at:
            end = time_at[i]
            head = end - 1
            if not any(glued[i:end]):
                if end + 1 < n and lows[end] in _ENDED and end + 1 in time_at:
                    end = time_at[end + 1]  # "the quarter ended in December"
                chunk = Chunk(i, end, head, "N", "t")
        if chunk is None and (tag == "PRP" or tag == "EX") and i not in figure_at:
            chunk = Chunk(i, i + 1, i, "N", "p")
        if chunk is None and tag in _RELATIVE and i not in figure_at:
            if tag == "WP$":
                found_phrase = _noun_phrase(tokens, lows, tags, i + 1, time_at, figure_at, glued)
                chunk = Chunk(i, i + 1, i, "W")
                if found_phrase:
                    chunk = Chunk(i + 1, found_phrase[0], found_phrase[1], "N", "")
                    before += "whose"
            else:
                chunk = Chunk(i, i + 1, i, "W", "" if tag != "WRB" else "r")
        if chunk is None:
            phrase = _noun_phrase(tokens, lows, tags, i, time_at, figure_at, glued)
            if phrase:
                chunk = Chunk(i, phrase[0], phrase[1], "N", phrase[2])
        if chunk is None and (tag in _VERBS or (tag == "TO" and i + 1 < n and _to_verb(tags, i))):
            chunk = _verb(lows, tags, i)
        if chunk is None and tag in ("JJ", "JJR", "JJS"):
            end = i + 1
            chunk = Chunk(i, end, i, "J")
        if chunk is not None:
            if preposition and chunk.kind == "N" and low not in _SUBJECTS:
                chunk.kind, chunk.preposition, chunk.opening = "P", preposition, opening
            elif preposition:
                before += preposition
            chunk.before = before
            found.append(chunk)
            before, preposition, opening = "", "", -1
            i = chunk.last
            continue
        if tag == "IN" and low in _MARKERS:
            before += preposition + low
            preposition, opening = "", -1
        elif tag in ("IN", "TO") or (tag in ("VBG",) and low == "including"):
            if preposition:
                before += preposition
            preposition, opening = low, i
        elif tag == "CC":
            before += preposition + low
            preposition, opening = "", -1
        elif tokens[i].kind == "sign" and not (tokens[i].key in HYPHENS and touching(tokens, i)):
            before += preposition + (low if low in ",:;()" else "'" if low in "'\"“”‘’" else "-")
            preposition, opening = "", -1
        i += 1
    return found


def _with_a_verb(tokens: Sequence[Token], lows: Sequence[str], tags: Sequence[str]) -> Sequence[str]:
    """The tags, what the tagger often takes for another part of the sentence set right.

    A sentence needs a verb: without one, a participle behind a noun is its past ("The plant reduced
    output"), or a plural behind a singular noun its present ("The plan centres on three sites"). A present
    that opens a sentence, or has another finite verb right behind it, is the subject ("Exports to China
    dropped", "The company's shares rose").
    """
    mended = list(tags)
    opening = True  # whether nothing but small words stood before
    for k, tag in enumerate(tags):
        if tag == "VBZ" and lows[k] not in _AUXILIARY and lows[k] != "says":
            behind = tags[k + 1] if k + 1 < len(tags) else ""
            after_noun = k > 0 and tags[k - 1] in ("NN", "NNP", "NNPS", "JJ", "POS")
            if opening or (after_noun and behind in ("VBD", "VBP")):
                mended[k] = "NNS"
        elif lows[k] in ("has", "was", "is") and tag in ("NN", "NNS", "NNP", "NNPS"):
            mended[k] = "VBD" if lows[k] == "was" else "VBZ"
        elif tag == "VB" and k and (lows[k - 1] == "%" or lows[k - 1] in ("a", "an", "the", "no")):
            mended[k] = "NN"  # "a 5% pay rise"
        elif tag == "NN" and k and lows[k - 1] in _SUBJECTS:
            mended[k] = "VBP"  # "they value the bid"
        elif tag in ("NN", "JJ") and k and tags[k - 1] == "MD":
            mended[k] = "VB"  # "will cool gas"
        elif tag == "NN" and 0 < k < len(tags) - 2 and tags[k - 1] == "NNS" and lows[k + 1] == "from":
            if tags[k + 2] in ("CD", "$"):
                mended[k] = "VBP"  # "prices range from 5 to 8"
        elif lows[k] in _WHATEVER:
            mended[k] = "WDT"
        elif tag == "PRP" and is_name(tokens, lows, k):
            mended[k] = "NNP"
        opening = opening and (tag == "RB" or (not k and tag in ("IN", "CC")) or tokens[k].kind == "sign")
    if not _FINITE.isdisjoint(mended):
        return mended
    for before in (_SUBJECT_NOUNS | {"NNS"}, {","}):
        for k in range(1, len(tags)):
            if mended[k] == "VBN" and mended[k - 1] in before:
                mended[k] = "VBD"
                return mended
    if lows[-1] in _ENDS:
        for k in range(1, len(tags) - 1):
            after = tags[k + 1] in _OBJECTS or (tags[k + 1] == "IN" and lows[k + 1] != "of")
            if mended[k] == "NNS" and mended[k - 1] in _SUBJECT_NOUNS and after:
                mended[k] = "VBZ"
                return mended
    return mended


def is_name(tokens: Sequence[Token], lows: Sequence[str], k: int) -> bool:
    """Whether a word that looks like a pronoun is a name: "the us embassy", "the i8"."""
    if lows[k] == "us":
        return k > 0 and lows[k - 1] == "the"
    return (
        lows[k] == "i" and k + 1 < len(tokens) and touching(tokens, k + 1) and tokens[k + 1].kind == "figure"
    )


def _to_verb(tags: Sequence[str], i: int) -> bool:
    """Whether "to" at ``i`` opens an infinitive, an adverb between passed over."""
    return tags[i + 1] == "VB" or (i + 2 < len(tags) and tags[i + 1] == "RB" and tags[i + 2] == "VB")


def _verb(lows: Sequence[str], tags: Sequence[str], i: int) -> Chunk:
    """The verb with its auxiliaries that starts at ``i``."""
    n = len(lows)
    head = i
    passive = False
    if tags[i] == "TO":
        form = "i"
        head = i + 1 if tags[i + 1] == "VB" else i + 2
    else:
        form = {"VBG": "g", "VBN": "n"}.get(tags[i], "d")
    steps = 0
    while (lows[head] in _AUXILIARY or tags[head] == "MD") and steps < 6:
        j = head + 1
        while j < n and j - head < 4 and (tags[j] == "RB" or lows[j] in ("not", "n't")):
            j += 1
        if j >= n or tags[j] not in _VERBS or tags[j] == "MD":
            break
        if (
            tags[j] in ("VBD", "VBP", "VBZ")
            and tags[head] != "MD"
            and not (tags[j] == "VBD" and lows[head] in _AUXILIARY)
        ):
            break
        passive = lows[head] in _BE and tags[j] in ("VBN", "VBD")
        head = j
        steps += 1
    if lows[head] in _BE:
        form = {"d": "b", "i": "j", "g": "h", "n": "n"}[form]
    return Chunk(i, head + 1, head, "V", form, passive=passive)


def _noun_phrase(
    tokens: Sequence[Token],
    lows: Sequence[str],
    tags: Sequence[str],
    i: int,
    time_at: dict[int, int],
    figure_at: dict[int, int],
    glued: Sequence[bool],
) -> tuple[int, int, str] | None:
    """The noun phrase starting at ``i``: its end, its head, its form."""
    n = len(tokens)
    k = i
    noun = figure = owner = -1  # owner: the last noun before an 's
    opened = False
    while k < n and k - i < _LONGEST_PHRASE:
        tag = tags[k]
        if k in time_at and k not in figure_at and not glued[k]:
            # "last week's talks", "the 2019 law": a time inside a phrase opens it
            end = time_at[k]
            if end < n and lows[end] == "'s" and k == i:
                k = end + 1
                opened = True
                continue
            if k > i and noun < 0 and end < n and tags[end] in ("NN", "NNS", "NNP", "NNPS", "JJ"):
                k = end
                continue
            break
        if k in figure_at:
            if noun > owner and (tokens[k].key in _SIGNED or not touching(tokens, k)):
                break
            figure = figure_at[k] - 1
            signed = tokens[k].key in _SIGNED
            k = figure_at[k]
            if signed:
                break  # "Dow +0.2% Nasdaq +0.8%"
            continue
        if tokens[k].key in HYPHENS and touching(tokens, k) and k > i:
            k += 1
            continue
        if tag == "CD":
            if noun >= 0 and not figure_at and not tokens[k - 1].capital and not touching(tokens, k):
                break  # a figure that is read elsewhere as a quantity is none here
            figure = k
            k += 1
            continue
        if tag in _NOUNS or lows[k] == "%":
            noun = k
            k += 1
            continue
        if tag == "POS" or lows[k] == "'s":
            if noun < 0 or k + 1 >= n or (tags[k + 1] not in _INSIDE and tags[k + 1] not in _BEFORE_NOUN):
                break
            owner = noun
            k += 1
            continue
        if tag in _INSIDE:
            if noun >= 0 and tag in _OPENERS and lows[k - 1] != "'s":
                break
            if noun >= 0 and tag.startswith("JJ") and not _noun_ahead(tokens, tags, k + 1):
                break
            if tag in _OPENERS:
                opened = True
            k += 1
            continue
        if (
            tokens[k].key in _QUOTES
            and noun < 0
            and k > i
            and k + 1 < n
            and (tags[k + 1] in _NOUNS or tags[k + 1].startswith("JJ"))
        ):
            k += 1  # the "extreme rate"
            continue
        if lows[k] == "&" or (tokens[k].key == "/" and noun >= 0):
            k += 1
            continue
        if tag == "CC" and noun < 0 and k > i and tags[k - 1][:2] in ("JJ", "VB"):
            if not _adjectives(tags, k + 1):
                break
            k += 1
            continue
        if tag in _BEFORE_NOUN:
            if (
                tag in ("VBG", "VBN", "VBD")
                and noun >= 0
                and lows[k - 1] != "'s"
                and not (tokens[k - 1].key in HYPHENS and touching(tokens, k - 1))
            ):
                break
            if (tag == "VBG" and k == i and not opened) or not _noun_ahead(tokens, tags, k + 1):
                break
            if tag == "VBD" and not (k > i and tokens[k - 1].key in HYPHENS):
                break
            if noun >= 0 and tag.startswith("RB"):
                break
            k += 1
            continue
        break
    end = max(noun, figure) + 1
    if noun >= 0:
        return end, noun, ""
    if figure >= 0:
        return end, figure, "#"
    if opened and tags[k - 1] != "POS" and k > i and tags[i] != "PRP$":
        return k, k - 1, "" if tags[k - 1].startswith("JJ") else "p"
    return None


def _noun_ahead(tokens: Sequence[Token], tags: Sequence[str], k: int) -> bool:
    """Whether a noun follows within three words that can stand before one."""
    for j in range(k, min(k + 4, len(tags))):
        if tags[j] in _NOUNS:
            return True
        if (
            tags[j] not in ("JJ", "JJR", "JJS", "VBN", "VBG", "HYPH")
            and tokens[j].key not in HYPHENS
            and not (tags[j] == "CC" and j > k)
        ):
            return False
    return False


def _adjectives(tags: Sequence[str], k: int) -> bool:
    for j in range(k, min(k + 3, len(tags))):
        if tags[j] in ("NN", "NNS", "NNP", "NNPS"):
            return j > k
        if tags[j] not in ("JJ", "JJR", "JJS", "VBN", "VBG", "HYPH", "CD", ":"):
            return False
    return False
