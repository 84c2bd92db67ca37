"""Noun phrases and subjects by part-of-speech tags: whose verb it is, and what stands beside it.

No parser: short walks left and right over Penn tags, each bounded, that skip appositions, relative clauses,
adverbs and times, follow joined verbs and participles to the subject they share, and find a speaker behind
the verb.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from claims.engine import lexicons
from claims.engine.tokens import HYPHENS
from claims.engine.verbs import BASES

_LISTS = lexicons.grammar("clauses")

if TYPE_CHECKING:
    from claims.engine.article import Sentence

#: Tokens a walk goes at most: longer noun phrases and appositions are lists.
_REACH = 30
_DEEPEST = 3

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "EX", "FW", "WP", "WDT", "$"})
_INSIDE = _NOUNS | {"DT", "PDT", "JJ", "JJR", "JJS", "PRP$", "POS", "RBS", "RBR", "WP$", "NFP", "ADD", "LS"}
_HEADS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_PARENTHESES = {",": ",", ")": "(", "]": "[", "—": "—", "–": "–", "-": "-"}
_JOINING = _LISTS["joining"]
_OPENS = frozenset({'"', "“", "«", "„", "‘"})
_CLOSES = frozenset({'"', "”", "»", "“", "’"})
QUOTES = _OPENS | _CLOSES


@dataclass(frozen=True, slots=True)
class Subject:
    """Tokens ``first``..``last`` (exclusive) of who does it; ``how`` they were found: near, relative, aside
    (over an apposition), joined (shared with the verb before), shared (of a participle), governed (of an
    infinitive), after (behind the verb), by (behind a passive), owner ("his claim").
    """

    first: int
    last: int
    how: str


class Clauses:
    """One sentence with its tags, asked for subjects and noun phrases."""

    __slots__ = ("_counted", "_finite", "lows", "n", "sentence", "tags", "time_first", "time_last")

    def __init__(self, sentence: Sentence, tags: list[str]) -> None:
        lows = sentence.lows
        self.sentence, self.tags, self.lows = sentence, tags, lows
        for k, low in enumerate(lows):
            if "'" in low and low != "'s" and low.partition("'")[0] in _PERSONAL:
                tags[k] = "PRP"  # "he'd", "we've": one token, and the subject
        self.n = len(tags)
        self._finite: list[int] | None = None
        self._counted: list[int] | None = None
        self.time_last = {t.last: t.first for t in sentence.times if t.kind != "duration"}
        self.time_first = {t.first: t.last for t in sentence.times if t.kind != "duration"}

    def finite_before(self, k: int) -> int:
        """How many finite verbs stand left of token ``k``."""
        if self._counted is None:
            self._counted = [0, *accumulate(tag in FINITE for tag in self.tags)]
        return self._counted[k]

    def low(self, k: int) -> str:
        """The lower-case word at token ``k``, "" outside the sentence."""
        return self.lows[k] if 0 <= k < self.n else ""

    # -------------------------------------------------------------- chains and noun phrases

    def chain(self, k: int) -> int:
        """Where the auxiliaries, negations and adverbs before verb ``k`` begin."""
        tags, lows = self.tags, self.lows
        c, i = k, k - 1
        while i >= 0 and k - i < 9:
            tag = tags[i]
            if tag == "MD" or lows[i] in _AUXILIARY or (lows[i] == "'s" and tag == "VBZ"):
                c = i
            elif not (tag in ("RB", "RBR") or lows[i] in ("not", "never")):
                break
            elif c == k and lows[i] in ("not", "never"):
                c = i
            i -= 1
        return c

    def before_chain(self, c: int) -> int:
        """The token left of a chain that is no adverb and in no time; -1 for none."""
        j = c - 1
        while j >= 0:
            if j + 1 in self.time_last:
                j = self.time_last[j + 1] - 1
                if j > 0 and self.lows[j] in ("on", "in", "late", "early", "earlier"):
                    j -= 1
            elif self.tags[j] in ("RB", "RBR") and self.lows[j] not in ("there", "here"):
                j -= 1
            else:
                break
        return j

    def phrase_before(self, j: int) -> int:
        """Where the noun phrase that ends with token ``j`` begins, prepositional parts included."""
        tags, lows = self.tags, self.lows
        i = j
        comma_list = False
        while i >= 0 and j - i < _REACH:
            tag, low = tags[i], lows[i]
            if tag == "PRP" or tag in ("WP", "WDT", "EX"):
                return i if i == j else i + 1
            if (
                i < j
                and i + 1 in self.time_last
                and tag != "CD"
                and self.time_last[i + 1] > 0
                and tags[i + 1] != "NN"
            ):
                break
            if low in QUOTES and low != "’":
                if i == j or not (i > 0 and tags[i - 1] in _INSIDE):
                    break
            elif (
                tag in _INSIDE or low in HYPHENS or low in (".", "&", "/", "’", "#", "@", "%") or low == "'s"
            ):
                pass
            elif (
                tag in ("VBN", "VBG")
                and i < j
                and tags[i + 1] in _HEADS
                and i > 0
                and tags[i - 1] in ("DT", "JJ", "PRP$", "IN")
            ):
                pass  # "the proposed ban"
            elif (low in _JOINING or tag == "IN") and low in _JOINING and 0 < i < j and tags[i - 1] in _HEADS:
                pass
            elif (
                tag == "CC"
                and 0 < i < j
                and (tags[i - 1] in _HEADS or tags[i - 1] == "CD" or lows[i - 1] == ",")
            ):
                comma_list = True
            elif low == "," and comma_list and i > 0 and tags[i - 1] in _HEADS:
                pass
            else:
                break
            i -= 1
        i += 1
        while i < j and (
            tags[i] in ("POS", "CC")
            or lows[i] in (",", ".", "'s", "’")
            or lows[i] in HYPHENS
            or lows[i] in QUOTES
        ):
            i += 1
        return i

    def phrase_after(self, k: int, limit: int = 14) -> int:
        """The end of the noun phrase that starts at token ``k``; ``k`` itself if none starts."""
        tags, lows = self.tags, self.lows
        i = k
        while i < self.n and i - k < limit:
            tag, low = tags[i], lows[i]
            if tag in ("PRP", "WP", "EX"):
                return i + 1 if i == k else i
            if i in self.time_first and i > k:
                break
            if tag in _INSIDE and tag not in ("WDT",):
                pass
            elif low in HYPHENS or low in ("&", "/", "’", "@", "'s") or (low == "." and i + 1 < self.n):
                if i == k:
                    break
            elif (
                (
                    tag in ("VBN", "VBG")
                    and i + 1 < self.n
                    and tags[i + 1] in _HEADS
                    and i > k
                    and tags[i - 1] in ("DT", "JJ", "PRP$")
                )
                or (low == "of" and i > k and i + 1 < self.n and tags[i + 1] in _INSIDE)
                or (
                    tag == "CC"
                    and i > k
                    and i + 1 < self.n
                    and tags[i + 1] in ("NNP", "NNS", "NN")
                    and tags[i - 1] in _HEADS
                )
            ):
                pass
            else:
                break
            i += 1
        while i > k and (
            lows[i - 1] in (".", ",", "’", "/") or lows[i - 1] in HYPHENS or tags[i - 1] in ("CC", "DT")
        ):
            i -= 1
        return i

    def starts_clause(self, k: int) -> bool:
        """Whether a subject with its finite verb starts at token ``k``."""
        if k >= self.n:
            return False
        tags, lows = self.tags, self.lows
        i = k
        while i < self.n and i - k < 14:
            tag = tags[i]
            if tag in FINITE:
                return i > k
            if (
                tag in ("TO", "VBG", "VB", "WDT", "WP", "WRB")
                or lows[i] in (",", ";", ":", "that")
                or lows[i] in QUOTES
            ):
                return False
            if tag == "IN" and lows[i] not in _JOINING:
                return False
            i += 1
        return False

    def says_else(self, k: int) -> bool:
        """Whether the sentence has a finite verb outside quotations besides the one at token ``k``."""
        if self._finite is None:
            quoted = [(q.outer.start, q.outer.end) for q in self.sentence.quoted]
            self._finite = [
                i
                for i, tag in enumerate(self.tags)
                if tag in FINITE
                and not any(a <= self.sentence.tokens[i].start < b for a, b in quoted)
                and not (i > 0 and self.tags[i - 1] in ("WP", "WDT"))
            ]
        return any(i != k for i in self._finite)

    # -------------------------------------------------------------- subjects

    def subject(self, c: int, form: str, depth: int = 0) -> Subject | None:
        """Who does the verb whose chain begins at token ``c``; ``form``: finite, ing or infinitive."""
        tags, lows = self.tags, self.lows
        j = self.before_chain(c)
        if form == "ing" and j >= 0 and tags[j] == "IN":
            return self._shared(j - 1, c, depth)
        if form == "ing" and (j < 0 or (lows[j] in QUOTES and j == 0)):
            return self._following(c)
        if j < 0:
            return None
        low, tag = lows[j], tags[j]
        if form == "infinitive":
            return self._governed(j, depth)
        if tag in ("WP", "WDT") or (
            low == "that" and tag in ("WDT", "DT", "IN") and j > 0 and tags[j - 1] in _HEADS
        ):
            return Subject(j, j + 1, "relative")
        if low in _PARENTHESES:
            if form == "ing" and low in (",", "—", "–"):
                return self._shared(j - 1, c, depth)
            return self._over(j, depth, c)
        if low in _CLOSES and j > 0 and tags[j - 1] in _HEADS and form != "ing":
            first = self.phrase_before(j - 1)
            return Subject(first, j, "near") if first < j else None
        if tag == "CC":
            return self._joined(j, depth)
        if tag in ("VBN", "VBD") and j > 0 and tags[j - 1] in _HEADS and form == "finite":
            first = self.phrase_before(j - 1)  # "a report published on Monday said"
            return Subject(first, j, "near") if first < j else None
        if tag in _NOUNS or (tag in ("DT", "JJ", "PRP$", "JJS", "JJR") and depth < 2):
            first = self._reduced_before(self.phrase_before(j))
            whose = self._antecedent(first - 1)
            if whose is not None:
                return whose
            return Subject(first, j + 1, "near") if first <= j else None
        if form == "ing":
            return self._shared(j, c, depth)
        return self._antecedent(j)

    def _reduced_before(self, first: int) -> int:
        """Where a phrase begins whose reduced clause ends at ``first``: "a report issued by the court"."""
        if first < 2 or self.lows[first - 1] != "by":
            return first
        for i in range(first - 2, max(first - 8, 0), -1):
            if self.tags[i] in ("VBN", "VBD") and self.tags[i - 1] in _HEADS:
                return self.phrase_before(i - 1)
        return first

    def _antecedent(self, j: int) -> Subject | None:
        """The noun phrase before "who" whose clause ends at token ``j``: "the man who left said"."""
        tags = self.tags
        finite = 0
        for i in range(j, max(j - 12, 0), -1):
            if i == j and tags[i] not in _VERBS and tags[i] not in ("IN", "TO"):
                return None
            if self.lows[i] == "," or self.lows[i] in QUOTES:
                return None
            finite += tags[i] in FINITE
            if tags[i] == "WP" and self.lows[i] == "who":
                if finite != 1 or tags[i - 1] not in _HEADS:
                    return None
                first = self.phrase_before(i - 1)
                return Subject(first, i, "near") if first < i else None
        return None

    def _over(self, j: int, depth: int, c: int) -> Subject | None:
        """The noun phrase before the apposition, relative clause or aside that ends with the sign ``j``."""
        tags, lows = self.tags, self.lows
        opening = _PARENTHESES[lows[j]]
        i = j - 1
        while i > 0 and j - i < _REACH:
            if lows[i] == opening:
                noun = tags[i - 1] in _NOUNS or (tags[i - 1] == "JJ" and tags[i - 2 : i - 1] == ["DT"])
                if noun and not (opening == "," and self._clause_within(i + 1, j)):
                    first = self.phrase_before(i - 1)
                    return Subject(first, j, "aside") if first < i else None
                if opening != ",":
                    break
            i -= 1
        if depth < _DEEPEST and j > 0 and lows[j] == "," and tags[j - 1] not in _NOUNS:
            return None
        return None

    def _clause_within(self, first: int, last: int) -> bool:
        """Whether tokens ``first``..``last`` are a clause of their own, not an apposition or relative one."""
        tags, lows = self.tags, self.lows
        if (
            first >= last
            or tags[first] in ("WP", "WDT", "WP$", "WRB", "VBN", "VBG")
            or lows[first] in ("as", "in", "who")
        ):
            return False
        return any(tags[i] in FINITE for i in range(first, min(last, first + _REACH)))

    def _joined(self, j: int, depth: int) -> Subject | None:
        """The subject of the verb to which ``j`` ("and") joins the next."""
        return self._shared(j - 1, j, depth, "joined")

    def _shared(self, j: int, c: int, depth: int, how: str = "shared") -> Subject | None:
        """The subject of the nearest finite verb at or left of ``j``."""
        if depth >= _DEEPEST:
            return None
        tags, lows = self.tags, self.lows
        quoted = False
        nearest: Subject | None = None
        for i in range(j, max(j - 2 * _REACH, -1), -1):
            if lows[i] in QUOTES:
                quoted = (lows[i] in _CLOSES and lows[i] not in _OPENS) or (not quoted and lows[i] == '"')
            if quoted:
                continue
            if tags[i] in FINITE:
                if nearest is not None and lows[i] not in _SPEAKING:
                    continue
                found = self.subject(self.chain(i), "finite", depth + 1)
                if found is None:
                    after = self.phrase_after(i + 1)
                    if after > i + 1 and after <= c and lows[i] in ("said", "says"):
                        return Subject(i + 1, after, how)
                    continue
                if lows[i] in _SPEAKING:
                    return Subject(found.first, found.last, how)
                nearest = Subject(found.first, found.last, how)
        return nearest

    def _following(self, c: int) -> Subject | None:
        """The subject of the main clause behind an opening participle: "Citing the report, he said"."""
        for i in range(c + 1, min(self.n - 1, c + _REACH)):
            if self.lows[i] == "," and self.starts_clause(i + 1):
                last = self.phrase_after(i + 1)
                if last > i + 1:
                    return Subject(i + 1, last, "shared")
        return None

    def _governed(self, j: int, depth: int) -> Subject | None:
        """Whose act an infinitive is, from the token before "to"."""
        tags = self.tags
        if tags[j] in _HEADS or tags[j] in ("PRP", "NNP", "JJ"):
            if tags[j] == "PRP":
                return Subject(j, j + 1, "governed")
            first = self.phrase_before(j)
            verb = first - 1
            if tags[j] in ("NNP", "NNPS", "NNS") and first <= j and verb >= 0 and tags[verb] in _VERBS:
                return Subject(first, j + 1, "governed")
            return self._shared(j, j, depth, "governed")
        if tags[j] in _VERBS:
            if tags[j] in FINITE:
                found = self.subject(self.chain(j), "finite", depth + 1) if depth < _DEEPEST else None
                return Subject(found.first, found.last, "governed") if found else None
            return self._shared(j, j, depth, "governed")
        return self._shared(j, j, depth, "governed")

    def owner(self, k: int) -> Subject | None:
        """Whose noun ``k`` is: "his claim", "the minister's repeated claim"."""
        tags, lows = self.tags, self.lows
        for i in range(k - 1, max(k - 6, -1), -1):
            tag = tags[i]
            if tag == "PRP$":
                return Subject(i, i + 1, "owner")
            if (
                tag == "POS"
                or (lows[i] == "'s" and tag != "VBZ")
                or (lows[i] in ("'", "’") and tags[i - 1 : i] == ["NNS"])
            ):
                if i == 0:
                    return None
                first = self.phrase_before(i - 1)
                return Subject(first, i, "owner") if first < i else None
            if (
                tag not in ("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "VBN", "VBG", "RB", "CD", "HYPH")
                and lows[i] not in HYPHENS
            ):
                return None
        return None


_SPEAKING = frozenset(
    form for form, base in BASES.items() if base in frozenset(lexicons.load("reporting")["verbs"]["plain"])
)
_PERSONAL = _LISTS["personal"]
_AUXILIARY = _LISTS["auxiliaries"]
