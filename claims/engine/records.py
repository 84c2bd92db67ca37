"""The records that travel through the engine: text in, claims and findings out.

Every record is frozen. Spans are half-open ranges of Unicode code points in the *body* text of one
revision: ``body[span.start:span.end]`` is exactly what stands there. Numbers are :class:`~decimal.Decimal`,
never floats: bounds decide whether two claims can both be true, and a binary fraction would blur them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What sort of statement a claim is."""

    MONEY = "money"
    COUNT = "count"
    SHARE = "share"  # percent, "half of", "one in five"
    MEASURE = "measure"  # physical units: km, kg, kilotons
    RATIO = "ratio"  # "twice", "three times as many"
    ORDINAL = "ordinal"  # a rank: "first major procurement initiative"
    QUOTATION = "quotation"
    DATE = "date"  # a date or deadline: when something begins, ends, expires or must be done
    EVENT = "event"  # a dated act of the field without a number of its own


class Status(StrEnum):
    """How real the article says the thing is."""

    DONE = "done"
    PLANNED = "planned"
    ALLEGED = "alleged"
    DENIED = "denied"
    CONDITIONAL = "conditional"

    @property
    def is_ahead(self) -> bool:
        """Whether the thing is still to come: planned, or done only if something else happens."""
        return self in (Status.PLANNED, Status.CONDITIONAL)


class Mode(StrEnum):
    """How an article credits a claim."""

    DIRECT = "direct"  # in quotation marks, speaker named
    PARAPHRASE = "paraphrase"  # "X said that ...", "according to X"
    UNNAMED = "unnamed"  # "was reported", "sources say"
    NONE = "none"  # the outlet speaks in its own voice


class Severity(StrEnum):
    """How much a finding matters to a fact-checker; INFO never enters the review queue's top."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, ``0 <= start < end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The characters this span covers in ``text``."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """What came in from outside, before anything is read: bytes, type, where from, when.

    ``outlet``, ``title``, ``url`` and ``published`` are what the sender declared, if anything; a declared
    value beats what is found in the bytes.
    """

    raw: bytes
    content_type: str | None = None
    name: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: date | None = None
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article as read out of a document: the story without the page around it.

    ``notices`` are plain sentences about what was missing or guessed ("no publication date found").
    ``wires`` are agencies the text takes material from ("Sputnik", "AFP"); ``credit`` is an explicit
    credit line ("The Nation"); ``host`` is the site that republished it when that is not the outlet.
    """

    title: str
    body: str
    outlet: str | None = None
    published: date | None = None
    published_as_written: str | None = None
    byline: str | None = None
    credit: str | None = None
    wires: tuple[str, ...] = ()
    host: str | None = None
    url: str | None = None
    language: str = "en"
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as the words around it mean it.

    ``low``/``high`` bound the values under which the statement is true; ``None`` is unbounded.
    ``low_open``/``high_open`` exclude the bound itself. ``value`` is the number as written (scaled:
    "$18 billion" is 18000000000). ``modifier`` is verbatim ("almost", "as many as"). ``soft`` marks a bound
    that readers cancel easily ("up to N"). ``grain`` is the size of the last digit as written.
    ``rule`` names the row of the table (docs/numbers.md) that gave the bounds.
    """

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    unit: str
    low_open: bool = False
    high_open: bool = False
    modifier: str | None = None
    soft: bool = False
    grain: Decimal = Decimal(1)
    rule: str = "point"

    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high

    def meets(self, other: Quantity) -> bool:
        """Whether some value satisfies both quantities (units are the caller's business)."""
        return not (self._below(other) or other._below(self))

    def _below(self, other: Quantity) -> bool:
        if self.high is None or other.low is None:
            return False
        if self.high == other.low:
            return self.high_open or other.low_open
        return self.high < other.low


@dataclass(frozen=True, slots=True)
class When:
    """A time as written ("earlier this month") and the days it can mean, inclusive; None if unresolved."""

    text: str
    span: Span
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whom the article credits.

    ``source`` is the canonical name ("Maria Zakharova"), ``source_text`` the words used ("the diplomat"),
    ``cue`` the reporting words ("told"), ``told`` the outlet or agency spoken to ("Sputnik"), ``document`` a
    named or unnamed paper ("a report last week").
    """

    mode: Mode = Mode.NONE
    source: str | None = None
    source_text: str | None = None
    cue: str | None = None
    told: str | None = None
    document: str | None = None
    span: Span | None = None

    def chain(self) -> tuple[str, ...]:
        """From the nearest carrier back to the person: ("Sputnik", "Maria Zakharova")."""
        return tuple(x for x in (self.told, self.document, self.source) if x)


@dataclass(frozen=True, slots=True)
class Claim:
    """One factual statement as it stands in one revision.

    ``measured`` says in words what is counted or stated, the value left out. ``noun`` is the lemma of
    the head noun ("interceptor"). ``actor``/``object_party`` are canonical party names ("United States").
    ``action`` is a canonical verb of the field ("expel", "deploy", "spend"). ``part_of`` is the span of the
    claim that this one is a part of. ``entities`` are canonical names in the sentence. ``rule`` names what
    recognised the claim, for explanation. ``headline`` says that it stands in the article's headline: its
    spans are then into the title.
    """

    span: Span
    quote: str
    sentence: Span
    kind: Kind
    quantity: Quantity | None = None
    measured: str = ""
    noun: str = ""
    noun_modifiers: tuple[str, ...] = ()
    actor: str | None = None
    action: str | None = None
    object: str | None = None
    object_party: str | None = None
    place: str | None = None
    part_of: Span | None = None
    negated: bool = False
    status: Status = Status.DONE
    hedge: str | None = None
    attribution: Attribution = field(default_factory=Attribution)
    when: When | None = None
    reported_when: When | None = None
    entities: tuple[str, ...] = ()
    context: str = ""
    rule: str = ""
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """What tells an article from others: terms and their weights, the heaviest first, scaled to length one.

    ``names`` are those of the terms that are names, ``numbers`` the article's numbers as written (words up
    to twenty as figures), ``weekdays`` the days of the week it names, the one it names most first.
    :mod:`claims.engine.stories` makes and compares profiles.
    """

    terms: tuple[tuple[str, float], ...] = ()
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The profile as JSON-able data."""
        return {
            "terms": [[term, weight] for term, weight in self.terms],
            "names": [*self.names],
            "numbers": [*self.numbers],
            "weekdays": [*self.weekdays],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Profile:
        """What :meth:`as_json` gave. Raises KeyError, TypeError or ValueError for anything else."""
        terms = tuple((str(term), float(weight)) for term, weight in data["terms"])
        listed = (data["names"], data.get("numbers", ()), data.get("weekdays", ()))
        return cls(terms, *(tuple(map(str, one)) for one in listed))


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """What linking and checks may know of a claim's article. ``key`` is opaque and stable.

    ``profile`` is what :func:`claims.engine.stories.profile` says of title and body; where it is None,
    :func:`claims.engine.stories.profile_of` works it out.
    ``wires``, ``credit`` and ``host`` are those of :class:`ArticleText`: whom the text says it has things
    from.
    """

    key: str
    outlet: str
    title: str = ""
    published: date | None = None
    origin: str | None = None
    wires: tuple[str, ...] = ()
    credit: str | None = None
    host: str | None = None
    body: str = field(default="", repr=False, compare=False)
    profile: Profile | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class PlacedClaim:
    """A claim together with the article it stands in. ``key`` is opaque and stable over re-runs.

    ``sentence_text`` is given where the article's body is not at hand: comparing two claims needs no more.
    """

    key: str
    claim: Claim
    article: ArticleRef
    sentence_text: str | None = field(default=None, repr=False, compare=False)

    @property
    def sentence(self) -> str:
        """The sentence the claim stands in, or its own words where nothing else is at hand."""
        if self.sentence_text is not None:
            return self.sentence_text
        return self.claim.sentence.of(self.text) or self.claim.quote

    @property
    def text(self) -> str:
        """What the claim's spans point into: the article's body, or its title."""
        return self.article.title if self.claim.headline else self.article.body


@dataclass(frozen=True, slots=True)
class Link:
    """That two claims answer the same question: a score in (0, 1] and the reasons in words.

    ``besides_values`` is the score without what the agreement of the values adds or their difference takes;
    who holds the values against each other should look at it.
    """

    score: float
    reasons: tuple[str, ...]
    besides_values: float = 0.0


@dataclass(frozen=True, slots=True)
class OriginLink:
    """That two articles share where they come from: how much, and the reasons in words.

    ``containment`` is the share of the shorter text's 5-word passages that also stand in the other.
    ``kind`` is "copy" (shared passages) or "interview" (the same words spoken to the same agency). ``wire``
    is the agency both have it from: the one spoken to, or one that both texts credit.
    """

    kind: str
    containment: float
    reasons: tuple[str, ...]
    passages: tuple[str, ...] = ()
    wire: str | None = None


class Taking(StrEnum):
    """How an article stands to the source it most likely has its text from."""

    COPY = "copy"  # from another article
    WIRE = "wire"  # from an agency it or its copies credit
    INTERVIEW = "interview"  # from the outlet or agency that was spoken to
    FIRST = "first"  # from nobody found: the others have it from here
    UNDECIDED = "undecided"  # either could be first


@dataclass(frozen=True, slots=True)
class Taken:
    """From whom one article of an origin most likely has its text.

    ``source`` is the key of another article, ``agency`` the name of an agency or outlet; at most one is set,
    and neither where ``kind`` is FIRST or UNDECIDED. ``confidence`` is in [0, 1]; ``reason`` says it in
    words.
    """

    article: str
    kind: Taking
    source: str | None = None
    agency: str | None = None
    confidence: float = 0.0
    containment: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceValue:
    """A value or dated event from an authority, for claims to be held against."""

    key: str
    authority: str
    title: str
    kind: str  # "event" or "value"
    actor: str | None = None
    action: str | None = None
    object: str | None = None  # noun phrase, e.g. "Russian diplomats"
    unit: str | None = None
    value: Decimal | None = None
    low: Decimal | None = None  # what the authority allows around the value, where it says so
    high: Decimal | None = None
    start: date | None = None  # the event's first and last day, or the value's as-of date
    end: date | None = None
    edition: str = ""
    definition: str = ""
    licence: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What a check over a ClaimGroup sees. Members come sorted by (published, outlet, span).

    ``parts`` are the claims whose ``part_of`` is the span of a member ("including 10 for testing"): a part
    answers a question of its own and so is not a member, but a check must see who states it.
    """

    key: str
    label: str
    members: tuple[PlacedClaim, ...]
    references: tuple[ReferenceValue, ...] = ()
    parts: tuple[PlacedClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """What a check over an Origin sees: the articles, without their texts, and the links that hold them
    together.

    Of a large origin these are the earliest articles and the closest links; ``outlets`` names the outlets of
    all its articles.
    """

    key: str
    articles: tuple[ArticleRef, ...]
    links: tuple[tuple[str, str, OriginLink], ...]  # article key, article key, link
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleHistory:
    """What a check over one article sees: the article as it stands, and as it stood before, if it changed.

    ``claims`` are those of the headline and the body. ``before`` is the revision that stood on the page
    until the present one took its place; ``claims_before`` are its claims. Both come sorted by span, the
    headline's first.
    """

    key: str
    article: ArticleRef
    claims: tuple[PlacedClaim, ...]
    before: ArticleRef | None = None
    claims_before: tuple[PlacedClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check reports: an inconsistency with its evidence, not an accusation.

    ``subject`` tells this finding from the others of the same check in the same group, origin or article; it
    must be stable over re-runs and order of arrival (article keys, values; never ranks or counters), because
    a reviewer's decision hangs on it. ``evidence`` holds JSON-able values only. ``clears`` says what would
    clear it; ``basis`` is the rule applied and its source.
    """

    check: str
    severity: Severity
    subject: str
    summary: str
    claims: tuple[str, ...] = ()  # PlacedClaim keys, the claim at odds first
    articles: tuple[str, ...] = ()
    evidence: Mapping[str, object] = field(default_factory=dict)
    clears: str = ""
    basis: str = ""
