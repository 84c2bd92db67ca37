"""An article read once, for all extractors: sentences with their words, numbers, names, times, verbs and
credits.

:func:`read_article` is the only place that puts the parts together. A sentence is read by itself, apart
from three things the rest of the article gives it: full names of people, who "the diplomat" or "the
department" is, and the noun "such" and "its" point back to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from claims.engine import lexicons
from claims.engine.lexicons import Phrases
from claims.engine.names import Mention, People, collect_people, find_mentions, find_things, introduced
from claims.engine.predicates import Predicate, find_predicates
from claims.engine.quantities import Reading, read_quantities
from claims.engine.quotations import Quotation, find_quotations
from claims.engine.records import Attribution, Span, When
from claims.engine.repeats import unrepeated
from claims.engine.sentences import paragraphs, sentences
from claims.engine.tagging import Tags
from claims.engine.times import TimeExpression, Told, find_times
from claims.engine.tokens import HYPHENS, Token, tokenize, touching
from claims.engine.verbs import BASES

if TYPE_CHECKING:
    from claims.engine.clauses import Clauses
    from claims.engine.cues import Cue

_LISTS = lexicons.grammar("article")

_NUMBERED = Phrases([([t.key for t in tokenize(n)], n) for n in lexicons.load("weapons")["names"]])
_REPORTING = frozenset(lexicons.load("reporting")["verbs"]["plain"])
SPEAKING = frozenset(form for form, base in BASES.items() if base in _REPORTING)
#: A "sentence" with more figures is a table that lost its lines: nothing in it says what a figure counts.
MOST_FIGURES = 60
_FUTURE = _LISTS["future"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Credit:
    """That tokens ``first``..``last`` (exclusive) are what somebody said, and when they were said."""

    first: int
    last: int
    attribution: Attribution
    said: TimeExpression | None = None
    alleging: bool = False
    denying: bool = False


@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence as read. All indexes are into ``tokens``; spans are into the body."""

    text: str
    at: int  # its place among the article's sentences
    span: Span
    paragraph: int
    tokens: list[Token]
    lows: list[str]
    mentions: list[Mention]
    things: list[Mention]  # treaties and weapon systems
    times: list[TimeExpression]  # those that place something in time
    all_times: list[TimeExpression]  # those, and "three years", "every month", "now"
    readings: list[Reading]
    names: list[tuple[int, int]]  # the tokens of names, demonyms left out, weapons with figures included
    quoted: list[Quotation] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    speaking: str | None = None  # who spoke last before this sentence
    he: str | None = None  # whom "he" or "she" means: who acted in the sentence before, or spoke last
    agent: Mention | None = None  # the state or body whose acts were told last, for "it expelled"
    institution: str | None = None  # the body, group or state that did, for "it said"
    last_body: tuple[Mention, ...] = ()  # bodies named before, the latest last
    owner: Mention | None = None  # the latest party or person, for "his administration"
    # worked out when first asked for
    unnamed: str | None = None  # the phrase that credits nobody, "" for none
    segments: list[int] = field(default_factory=list)  # the clause of each token
    tagged: Tags | None = None
    cues: tuple[Clauses | None, list[Cue]] | None = None  # see claims.engine.ascriptions.read_cues
    _predicates: list[Predicate] | None = None

    @property
    def predicates(self) -> list[Predicate]:
        """The verbs of the sentence, left to right, found when first asked for."""
        if self._predicates is None:
            self._predicates = find_predicates(self.tokens, self.times, self.names, self.tags)
        return self._predicates

    @property
    def tags(self) -> list[str]:
        """The part of speech of each token (see :mod:`claims.engine.tagging`), found when first asked."""
        if self.tagged is None:
            self.tagged = Tags(self.tokens)
        return self.tagged()

    def low(self, k: int) -> str:
        """The lower-case word at token ``k``, "" outside the sentence."""
        return self.lows[k] if 0 <= k < len(self.lows) else ""

    def chars(self, first: int, last: int) -> Span:
        """The span of tokens ``first``..``last`` (exclusive)."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def words(self, first: int, last: int) -> str:
        """The text of tokens ``first``..``last`` (exclusive), white space evened out."""
        return (
            " ".join(self.text[self.tokens[first].start : self.tokens[last - 1].end].split())
            if first < last
            else ""
        )

    def when(self, time: TimeExpression) -> When:
        """A time as it stands in a claim, an "on" before a day included."""
        first = time.first - (time.first > 0 and time.kind == "day" and self.lows[time.first - 1] == "on")
        span = self.chars(first, time.last)
        return When(span.of(self.text), span, time.start, time.end)

    def within(self, first: int, last: int) -> list[Mention]:
        """The names inside a range of tokens."""
        return [m for m in self.mentions if first <= m.first and m.last <= last]


@dataclass(slots=True)
class Article:
    """A body as read."""

    text: str
    published: date | None
    sentences: list[Sentence]
    quotations: list[Quotation]
    people: People


def read_article(
    text: str,
    published: date | None,
    title: str = "",
    *,
    credited: bool = True,
    month_first: bool = False,
) -> Article:
    """Read ``text``; ``published`` resolves relative times, ``title`` only helps with names.

    ``month_first`` says that the outlet writes 04/05/2021 for 5 April. Who asks for numbers only can do
    without ``credited``: then nobody is credited with anything.
    """
    from claims.engine.attribution import credit_all  # reads Sentence

    blocks = [paragraph for part in unrepeated(text) for paragraph in paragraphs(text, part)]
    places = [(i, span) for i, paragraph in enumerate(blocks) for span in sentences(text, paragraph)]
    worded = [
        (i, span, tokens)
        for i, span in places
        if _says_something(tokens := tokenize(text, span.start, span.end))
    ]
    people = collect_people(
        [tokens for _, _, tokens in worded] + ([tokenize(title)] if title else []), SPEAKING
    )
    told = Told(day_first=False if month_first else None)
    read = [
        _read_sentence(text, at, span, i, tokens, published, people, told)
        for at, (i, span, tokens) in enumerate(worded)
    ]
    known: set[str] = set()
    for sentence in read:
        sentence.mentions = introduced(sentence.tokens, sentence.mentions, known)
    quotations = find_quotations(text, blocks)
    _place_quotations(read, quotations)
    article = Article(text, published, read, quotations, people)
    if credited:
        credit_all(article)
    return article


def _says_something(tokens: Sequence[Token]) -> bool:
    """Whether there is anything to read: no cell of a table ("12"), no rule of dashes, no lone letter.

    Columns of them make a "sentence" of each line, tens of thousands on a page.
    """
    if len(tokens) == 1:
        return tokens[0].capital and len(tokens[0].key) > 1
    return any(t.kind != "sign" for t in tokens)


def _read_sentence(
    text: str,
    at: int,
    span: Span,
    paragraph: int,
    tokens: list[Token],
    published: date | None,
    people: People,
    told: Told,
) -> Sentence:
    lows = [t.low for t in tokens]
    table = sum([t.kind == "figure" for t in tokens]) > MOST_FIGURES
    all_times = [] if table else find_times(tokens, published, not _FUTURE.isdisjoint(lows), told)
    times = [t for t in all_times if t.says_when]
    mentions = find_mentions(tokens, people)
    things = find_things(tokens)
    names = [(m.first, m.last) for m in mentions if m.kind != "demonym"] + _names_with_figures(tokens)
    names += [(m.first, m.last) for m in things if any(t.kind == "figure" for t in tokens[m.first : m.last])]
    tagged = Tags(tokens)
    readings = [] if table else read_quantities(tokens, times, names, tagged)
    return Sentence(
        text,
        at,
        span,
        paragraph,
        tokens,
        lows,
        mentions,
        things,
        times,
        all_times,
        readings,
        names,
        tagged=tagged,
    )


def _names_with_figures(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    keys = ["-" if t.key in HYPHENS else t.key for t in tokens]
    found = []
    for i, t in enumerate(tokens):
        if t.capital:
            name = _NUMBERED.at(keys, i)
            if name and not (
                name[0] < len(tokens) and tokens[name[0]].kind == "figure" and touching(tokens, name[0])
            ):
                found.append((i, name[0]))
    return found


def _place_quotations(read: Sequence[Sentence], quotations: Sequence[Quotation]) -> None:
    """Tell every sentence which quotations it touches; both lists are in reading order."""
    k = 0
    for sentence in read:
        while k < len(quotations) and quotations[k].outer.end <= sentence.span.start:
            k += 1
        j = k
        while j < len(quotations) and quotations[j].outer.start < sentence.span.end:
            sentence.quoted.append(quotations[j])
            j += 1
        single = [q.outer for q in sentence.quoted if sentence.text[q.outer.start] == "'"]
        if single:
            edges = {edge for outer in single for edge in (outer.start, outer.end - 1)}
            for i, token in enumerate(sentence.tokens):
                if token.start in edges:
                    sentence.lows[i] = '"'  # no apostrophe
