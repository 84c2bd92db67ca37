"""Checking a draft: a text that is not published, held against all that is stored, and not stored itself.

The text is read in this process, its claims look their candidates up by the same keys as a stored article's,
and the engine says what to mark (:mod:`claims.engine.drafts`). Nothing is written, neither to the database
nor to a log; ``keep`` hands a text to ingestion when somebody asks for it.
"""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from uuid import UUID

from claims import models
from claims.engine import dimensions, drafts, records, stories
from claims.engine.article import read_article
from claims.engine.drafts import Judgement, Mark, Note
from claims.engine.extractors import all_extractors
from claims.engine.headlines import extract_headline
from claims.ingest import reading

from . import candidates, ingestion
from .checking import reference_values
from .rows import comparable, placed

#: Characters of a draft: some 10,000 words. A longer one is checked part by part.
MOST_CHARACTERS = 60_000
#: Seconds that reading a text may take. 800 words take some 30 ms; what takes longer is no article.
MOST_SECONDS = 4.0
#: Stored claims compared with each of the draft's, the likeliest first. The linker compares 100; whoever
#: stands that far down is of the same groups as those before.
CANDIDATES = 20
#: Claims of a draft that are looked up; beyond, it is a table, and says so.
MOST_CLAIMS = 150
#: Claims of one group that are looked at, of different outlets and values first, nearest in time.
MEMBERS = 40
#: Passages shown of those that agree, and of those that do not.
SHOWN = 4
_TITLE = re.compile(r"\s*(?P<title>[^\n]{3,200}?)[ \t]*\n\s*\n?(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…:;,]['\"”’)]*$")


class TooMuch(ValueError):
    """The text cannot be checked; the words say why and what to do."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A stored claim with the sentence it stands in, cut into what is before and after its quote."""

    claim_id: int
    article_id: int
    outlet: str
    title: str
    published: date | None
    before: str
    quote: str
    after: str
    says: str  # "same", "qualified" (the same, in other bounds or as part of more) or "other"


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the draft's claims as the page shows it; ``start`` and ``end`` are into the text as given."""

    number: int
    start: int
    end: int
    quote: str
    kind: str
    mark: Mark
    words: str
    notes: tuple[Note, ...]
    origins: int
    score: float
    instead: str
    witnesses: tuple[Witness, ...]
    more: int  # witnesses that are not shown
    group_id: UUID | None
    group_label: str

    @property
    def is_problem(self) -> bool:
        return self.mark.is_problem


@dataclass(frozen=True, slots=True)
class Checked:
    """A text with what is to be said of its figures, in reading order."""

    text: str
    figures: tuple[Figure, ...] = ()
    seconds: float = 0.0
    left_out: int = 0  # claims beyond the most that are looked up

    @property
    def marks(self) -> Counter[Mark]:
        return Counter(figure.mark for figure in self.figures)

    @property
    def problems(self) -> tuple[Figure, ...]:
        return tuple(figure for figure in self.figures if figure.is_problem)


def check(text: str, published: date | None) -> Checked:
    """What is to be said of each figure in ``text``, were it published on the day ``published``.

    At most thirteen queries, none of which writes. Raises TooMuch for a text that is too long, holds
    characters that no text has, or takes too long to read.
    """
    began = time.monotonic()
    _refuse(text)
    title, body, offset = split(text)
    article = records.ArticleRef(drafts.KEY, drafts.OUTLET, title, published, body=body)
    # Worked out past the engine's cache: what somebody is typing must not stay behind in memory.
    article = replace(article, profile=stories.profile.__wrapped__(title, body))
    claims = _read(title, body, published, began + MOST_SECONDS)
    mine = [records.PlacedClaim(f"{drafts.KEY}-{i}", claim, article) for i, claim in enumerate(claims)]
    left_out, mine = max(0, len(mine) - MOST_CLAIMS), mine[:MOST_CLAIMS]
    if not mine:
        return Checked(text, (), time.monotonic() - began)
    homes, groups, labels = _groups(article, mine)
    references, own = reference_values(), drafts.within(article, mine)
    figures: list[Figure] = []
    for each in mine:
        key, score = homes.get(each.key, (None, 0.0))
        group = groups.get(key) if key else None
        judged = drafts.judge(each, group, score, references, own.get(each.key, ()))
        if judged is not None:
            label = labels.get(key, "") if key else ""
            figures.append(_figure(judged, 0 if each.claim.headline else offset, text, label))
    ordered = sorted(_one_at_a_place(figures), key=lambda figure: (figure.start, figure.end))
    numbered = tuple(replace(figure, number=i) for i, figure in enumerate(ordered, start=1))
    return Checked(text, numbered, time.monotonic() - began, left_out)


def read_file(raw: bytes, content_type: str | None, name: str | None) -> tuple[str, date | None]:
    """The story in a file, headline first, and its day if it says one. Raises Unreadable and TooMuch."""
    story = reading.read(records.Document(raw=raw, content_type=content_type, name=name))
    text = story.body if story.body.startswith(story.title) else f"{story.title}\n\n{story.body}"
    _refuse(text)
    return text, story.published


def keep(
    text: str, user: object, *, outlet: str | None = None, published: date | None = None
) -> ingestion.Accepted:
    """Hands a draft to ingestion, as text that was pasted: the one way it is stored."""
    title, *_ = split(text)
    document = records.Document(
        raw=text.encode(),
        content_type="text/plain; charset=utf-8",
        title=title or None,
        outlet=outlet or None,
        published=published,
    )
    return ingestion.accept(document, source=models.Document.Source.PASTE, user=user)


def split(text: str) -> tuple[str, str, int]:
    """Headline, body, and where in the text the body begins; the headline is "" where the text has none.

    A headline is a first line on its own without a full stop, with more text after it.
    """
    found = _TITLE.match(text)
    if found and not _SENTENCE_END.search(found["title"]) and found["title"].count(" ") < 30:
        return found["title"], text[found.end() :], found.end()
    return "", text, 0


def _refuse(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise TooMuch(
            f"The text has {len(text):,} characters; {MOST_CHARACTERS:,} are checked at once. "
            "Check it in parts, or keep it as an article."
        )
    if "\x00" in text:
        raise TooMuch("There are characters in it that no text has. Paste it as plain text.")


def _read(title: str, body: str, published: date | None, until: float) -> list[records.Claim]:
    """The claims of headline and body. Between sentences the clock is looked at: no text may hold up the
    server, and a thread cannot be interrupted from outside."""
    found = list(extract_headline(title, body, published=published))
    article = read_article(body, published, title)
    extractors = all_extractors()
    in_body: dict[records.Claim, None] = {}
    for sentence in article.sentences:
        if time.monotonic() > until:
            raise TooMuch("The text takes too long to read. Check it in parts.")
        for find in extractors:
            in_body |= dict.fromkeys(find(article, sentence))
    found += sorted(in_body, key=lambda c: (c.span, c.kind, c.rule))
    return found


def _groups(
    article: records.ArticleRef, mine: Sequence[records.PlacedClaim]
) -> tuple[dict[str, tuple[str, float]], dict[str, records.Group], dict[str, str]]:
    """Which group each of the draft's claims would join and how surely, the groups, and their labels."""
    ids = candidates.candidates_of_draft(article, [each.claim for each in mine], CANDIDATES)
    wanted = models.Claim.objects.standing().filter(pk__in={pk for own in ids for pk in own})
    grouped = dict(wanted.filter(group__isnull=False).order_by().values_list("pk", "group"))
    known = {int(c.key): c for c in comparable(models.Claim.objects.filter(pk__in=grouped))}
    homes: dict[str, tuple[str, float]] = {}
    for each, own in zip(mine, ids, strict=True):
        by_group: dict[str, list[records.PlacedClaim]] = defaultdict(list)
        for pk in own:
            if pk in known:
                by_group[str(grouped[pk])].append(known[pk])
        if found := drafts.home(each, by_group):
            homes[each.key] = found
    keys = {key for key, _ in homes.values()}
    members, labels = _members(keys, article.published)
    parts = _parts(keys) if members else {}
    texts = {int(c.key): c for c in placed(models.Claim.objects.filter(pk__in={*members, *parts}))}
    groups = {
        key: records.Group(key, label, _those(key, members, texts), parts=_those(key, parts, texts))
        for key, label in labels.items()
    }
    return homes, groups, labels


def _those(
    group: str, whose: Mapping[int, str], texts: Mapping[int, records.PlacedClaim]
) -> tuple[records.PlacedClaim, ...]:
    return tuple(texts[pk] for pk in sorted(whose) if whose[pk] == group and pk in texts)


def _members(keys: Iterable[str], near: date | None) -> tuple[dict[int, str], dict[str, str]]:
    """The standing members of each group that are looked at, at most MEMBERS; and the groups' labels."""
    rows = (
        models.Claim.objects.standing()
        .filter(group__in=list(keys))
        .order_by("pk")
        .values_list(
            "pk", "group", "group__label", "revision__article__outlet", "value", "revision__published"
        )
    )
    labels: dict[str, str] = {}
    told: dict[str, list[tuple[object, int, int]]] = defaultdict(list)
    for pk, group, label, outlet, value, published in rows:
        labels[str(group)] = label
        apart = abs((published - near).days) if published and near else 10**6
        told[str(group)].append(((outlet, value), apart, pk))
    chosen: dict[int, str] = {}
    for group, each in told.items():
        seen: Counter[object] = Counter()
        ranked = []
        for said, apart, pk in sorted(each, key=lambda x: x[1:]):
            ranked.append((seen[said], apart, pk))
            seen[said] += 1
        chosen |= {pk: group for _, _, pk in sorted(ranked)[:MEMBERS]}
    return chosen, labels


def _parts(keys: Iterable[str]) -> dict[int, str]:
    """The parts that members of the groups state ("including 10 for testing")."""
    standing = models.Claim.objects.standing().filter(
        part_of__group__in=list(keys), part_of__retired_at__isnull=True
    )
    rows = standing.order_by("pk").values_list("pk", "part_of__group")[: MEMBERS * 10]
    return {pk: str(group) for pk, group in rows}


def _figure(judged: Judgement, offset: int, text: str, label: str) -> Figure:
    claim = judged.claim.claim
    start, end = claim.span.start + offset, claim.span.end + offset
    if claim.headline:
        start += _lead(text)
        end += _lead(text)
    # Those that qualify the figure first: they are why it is marked.
    told = {key for note in judged.notes if note.mark is Mark.QUALIFIER for key in note.claims}
    same = sorted(judged.same, key=lambda m: m.key not in told)
    shown = [("other", m) for m in judged.other[:SHOWN]]
    shown += [("qualified" if m.key in told else "same", m) for m in same[:SHOWN]]
    speaking = {m.key: m for m in (*judged.other, *judged.same)}
    return Figure(
        number=0,
        start=start,
        end=end,
        quote=text[start:end],
        kind=claim.kind.value,
        mark=judged.mark,
        words=drafts.in_short(judged),
        notes=judged.notes,
        origins=judged.origins,
        score=judged.score,
        instead=judged.instead,
        witnesses=tuple(_witness(m, says) for says, m in shown),
        more=len(speaking) - len(shown),
        group_id=UUID(judged.group) if judged.group else None,
        group_label=label,
    )


def _lead(text: str) -> int:
    """White space before a headline, which is no part of it."""
    return len(text) - len(text.lstrip())


def _witness(member: records.PlacedClaim, says: str) -> Witness:
    claim, text = member.claim, member.text
    return Witness(
        claim_id=int(member.key),
        article_id=int(member.article.key),
        outlet=member.article.outlet,
        title=member.article.title,
        published=member.article.published,
        before=text[claim.sentence.start : claim.span.start],
        quote=claim.span.of(text),
        after=text[claim.span.end : max(claim.sentence.end, claim.span.end)],
        says=says,
    )


def _one_at_a_place(figures: Iterable[Figure]) -> list[Figure]:
    """Of figures that overlap the one with the most pressing mark, then the shortest: one mark a place."""
    order = list(Mark)
    kept: list[Figure] = []
    for figure in sorted(figures, key=lambda f: (order.index(f.mark), f.end - f.start, f.start)):
        if all(figure.end <= other.start or other.end <= figure.start for other in kept):
            kept.append(figure)
    return kept


@cache
def warm() -> None:
    """Loads what reading needs (lexicons, weights), so that the first draft is no slower than the next."""
    text = "The army has 10 tanks and a missile that flies 5,500 km (3,400 miles), a minister said."
    claims = _read("Ten tanks", text, None, float("inf"))
    article = records.ArticleRef(drafts.KEY, drafts.OUTLET, "Ten tanks", body=text)
    drafts.within(article, [records.PlacedClaim(str(i), claim, article) for i, claim in enumerate(claims)])
    dimensions.converted(records.Quantity(Decimal(1), None, None, "mile"), "kilometre")
