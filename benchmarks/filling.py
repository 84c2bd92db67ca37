"""Fills the store with made-up articles in bulk: the rows the services would write, without their journey.

Reading, extraction, keys and columns come from the same functions as in the services. Three things are made
more cheaply: articles are written in batches, not one by one; claims are compared within their story only,
standing figures of a country with the few told last, and groups are the connected parts of these links (the
stories share no town, person or firm, but a few links are missing that the linker would find); and only the
copies that a story says it has are compared for origins. What is measured afterwards goes through the real
services.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Any

from benchmarks.stories import Story, story
from claims.engine import records

#: Of every second story the last article is kept back: it comes when the store is full, as news does.
KEPT_BACK = 2
_AT_ONCE = 40  # stories in a batch: some 200 articles


@dataclass(frozen=True, slots=True)
class Read:
    """One article as the engine reads it."""

    text: records.ArticleText
    document: records.Document
    analysis: Any
    keys: Any
    standing: dict[int, str]  # which claims, by number, tell which standing figure


@dataclass(frozen=True, slots=True)
class Links:
    """Ends (article, claim) of a link within a story, the link, and whether the values agree."""

    first: tuple[int, int]
    second: tuple[int, int]
    link: records.Link
    agree: bool


@dataclass(frozen=True, slots=True)
class ReadStory:
    articles: tuple[Read, ...]
    links: tuple[Links, ...]
    copies: tuple[tuple[int, int, records.OriginLink], ...]


def told_early(each: Story) -> tuple[records.Document, ...]:
    """The articles of a story that are stored before anything is measured."""
    return each.articles[:-1] if each.serial % KEPT_BACK == 0 else each.articles


class Standing:
    """The claims told last of each standing figure, over all batches, and their group."""

    def __init__(self) -> None:
        self.last: dict[str, deque[tuple[Any, records.PlacedClaim]]] = defaultdict(lambda: deque(maxlen=5))
        self.group: dict[str, Any] = {}


#: One filling adds to another.
_STANDING = Standing()


def fill(articles: int, seed: int, first: int, processes: int) -> tuple[int, int]:
    """Stores so many articles (a story is stored whole), from story number ``first``; returns how many they
    were, and the number of the next story."""
    done, serial, batches = 0, first, []
    while done < articles:
        if not batches or len(batches[-1]) == _AT_ONCE:
            batches.append(range(serial, serial))
        batches[-1] = range(batches[-1].start, serial + 1)
        done += len(told_early(story(serial, seed)))
        serial += 1
    with ProcessPoolExecutor(processes, initializer=_set_up) as pool:
        waiting: deque[Future[list[ReadStory]]] = deque()
        for batch in batches:
            waiting.append(pool.submit(_read_stories, batch, seed))
            if len(waiting) > processes + 2:
                _store(waiting.popleft().result())
        for each in waiting:
            _store(each.result())
    return done, serial


def _set_up() -> None:
    import django

    django.setup()


def _read_stories(serials: range, seed: int) -> list[ReadStory]:
    return [_read_story(story(serial, seed)) for serial in serials]


def _read_story(each: Story) -> ReadStory:
    from claims.engine import keys, linking, origins
    from claims.ingest import reading
    from claims.services import candidates, extraction
    from claims.services.linking import _agree

    out: list[Read] = []
    refs: list[records.ArticleRef] = []
    for document in told_early(each):
        text = reading.read(document)
        found = extraction.analyse(text.body, text.published, text.title, text.outlet or "")
        key = str(len(out))
        refs.append(
            records.ArticleRef(
                key, text.outlet or "", text.title, text.published, body=text.body, profile=found.profile
            )
        )
        out.append(
            Read(
                text,
                document,
                found,
                candidates.filed_under(refs[-1], found.claims),
                {
                    n: passage.question
                    for passage in each.passages
                    if passage.url == document.url and passage.is_background
                    for n, claim in enumerate(found.claims)
                    if claim.quantity
                    and not claim.headline
                    and claim.span.overlaps(records.Span(passage.start, passage.end))
                },
            )
        )
    placed = [
        ((i, j), records.PlacedClaim(f"{i}.{j}", claim, refs[i]))
        for i, read in enumerate(out)
        for j, claim in enumerate(read.analysis.claims)
    ]
    links = []
    for (a, one), (b, two) in combinations(placed, 2):
        if keys.in_reach(one, two) and (link := linking.compare(one, two)):
            links.append(Links(a, b, link, _agree(one.claim, two.claim)))
    number = {document.url: i for i, document in enumerate(told_early(each))}
    copies = []
    for copy, of in each.copies:
        if copy in number and of in number:
            i, j = sorted((number[copy], number[of]))
            shared = origins.compare_origins(refs[i], refs[j], out[i].analysis.claims, out[j].analysis.claims)
            copies += [(i, j, shared)] if shared else []
    return ReadStory(tuple(out), tuple(links), tuple(copies))


def _store(stories: list[ReadStory]) -> None:
    """Writes a batch in one transaction."""
    from django.db import transaction

    from claims import models
    from claims.engine.version import ENGINE_VERSION
    from claims.services import candidates, parsing

    reads = [read for each in stories for read in each.articles]
    with transaction.atomic():
        outlets = {name: parsing._outlet(name) for name in sorted({r.text.outlet or "" for r in reads})}
        articles = models.Article.objects.bulk_create(
            models.Article(outlet=outlets[r.text.outlet or ""], address=parsing.address_of(r.text))
            for r in reads
        )
        revisions = models.Revision.objects.bulk_create(
            models.Revision(
                article=article,
                number=1,
                is_current=True,
                title=r.text.title,
                body=r.text.body,
                body_hash=hashlib.sha256(r.text.body.encode()).hexdigest(),
                published=r.text.published,
                language=r.text.language,
                wires=list(r.text.wires),
                fingerprints=list(r.analysis.fingerprints),
                profile=r.analysis.profile.as_json(),
                topics=list(r.analysis.topics),
                engine_version=ENGINE_VERSION,
            )
            for r, article in zip(reads, articles, strict=True)
        )
        _store_documents(reads, revisions)
        models.Passage.objects.bulk_create(
            (
                models.Passage(
                    article=article, value=value, outlet_id=article.outlet_id, day=r.text.published
                )
                for r, article in zip(reads, articles, strict=True)
                for value in r.analysis.fingerprints
            ),
            batch_size=5000,
        )
        claims = _store_claims(reads, revisions)
        models.StoryKey.objects.bulk_create(
            row
            for revision, r in zip(revisions, reads, strict=True)
            for row in candidates.story_rows(revision, r.keys.story)
        )
        models.ClaimKey.objects.bulk_create(
            (
                row
                for revision, r, rows in zip(revisions, reads, claims, strict=True)
                for row in candidates.claim_rows(revision, rows, r.keys.claims)
            ),
            batch_size=5000,
            ignore_conflicts=True,
        )
        _store_groups(stories, claims)
        _store_origins(stories, revisions)


def _store_documents(reads: list[Read], revisions: list[Any]) -> None:
    from claims import models
    from claims.services import ingestion

    models.Document.objects.bulk_create(
        models.Document(
            content_hash=ingestion.identity(r.document),
            raw=r.document.raw,
            size=len(r.document.raw),
            source=models.Document.Source.FILE,
            state=models.Document.State.CHECKED,
            revision=revision,
            declared_published=r.document.published,
            **ingestion._declared(r.document),
        )
        for r, revision in zip(reads, revisions, strict=True)
    )


def _store_claims(reads: list[Read], revisions: list[Any]) -> list[list[Any]]:
    """The rows of the claims of each article, in the order of its analysis."""
    from claims import models
    from claims.engine.version import ENGINE_VERSION
    from claims.services.rows import claim_columns

    rows = [
        [
            models.Claim(revision=revision, engine_version=ENGINE_VERSION, **claim_columns(claim))
            for claim in r.analysis.claims
        ]
        for r, revision in zip(reads, revisions, strict=True)
    ]
    models.Claim.objects.bulk_create((row for each in rows for row in each), batch_size=1000)
    parts = []
    for r, own in zip(reads, rows, strict=True):
        by_span = {
            (claim.headline, claim.span): row for claim, row in zip(r.analysis.claims, own, strict=True)
        }
        for claim, row in zip(r.analysis.claims, own, strict=True):
            whole = by_span.get((claim.headline, claim.part_of)) if claim.part_of else None
            if whole is not None and whole is not row:
                row.part_of = whole
                parts.append(row)
    models.Claim.objects.bulk_update(parts, ["part_of"], batch_size=1000)
    return rows


def _store_groups(stories: list[ReadStory], claims: list[list[Any]]) -> None:
    from claims import models
    from claims.engine import linking
    from claims.engine.asking import label
    from claims.services.components import Components
    from claims.services.linking import _agree
    from claims.services.rows import claim_record

    taken = iter(claims)
    joined: list[Any] = []
    groups: list[Any] = []
    made: list[Any] = []
    for each in stories:
        rows = list(islice(taken, len(each.articles)))
        parts: Components[tuple[int, int]] = Components(
            (i, j) for i, own in enumerate(rows) for j in range(len(own))
        )
        best: dict[tuple[int, int], records.Link] = {}
        for one in each.links:
            parts.join(one.first, one.second)
            a, b = (rows[i][j] for i, j in (one.first, one.second))
            made.append(_link(a, b, one))
            for end in (one.first, one.second):
                if end not in best or one.link.score > best[end].score:
                    best[end] = one.link
        for i, read in enumerate(each.articles):
            for j, question in read.standing.items():
                one = rows[i][j]
                ref = records.ArticleRef(
                    read.document.url or "", read.text.outlet or "", read.text.title, read.text.published,
                    body=read.text.body, profile=read.analysis.profile,
                )  # fmt: skip
                here = records.PlacedClaim(read.document.url or "", read.analysis.claims[j], ref)
                for row, placed in _STANDING.last[question]:
                    if row.revision_id != one.revision_id and (link := linking.compare(here, placed)):
                        first, second = sorted((row, one), key=lambda each: each.pk)
                        agree = _agree(placed.claim, here.claim)
                        made.append(_link(first, second, Links((0, 0), (0, 0), link, agree)))
                        best.setdefault((i, j), link)
                _STANDING.last[question].append((one, here))
        for part in parts.sets():
            members = [rows[i][j] for i, j in part]
            placed = tuple(
                records.PlacedClaim(str(k), claim_record(row), records.ArticleRef("", ""))
                for k, row in enumerate(members)
            )
            question = next((q for i, j in part if (q := each.articles[i].standing.get(j))), None)
            group = _STANDING.group.get(question) if question else None
            if group is None:
                told = label(placed)[:500]
                group = models.ClaimGroup(label=told, kind=members[0].kind, unit=members[0].unit)
                groups.append(group)
                if question:
                    _STANDING.group[question] = group
            for end, row in zip(part, members, strict=True):
                row.group = group
                if end in best:
                    row.link_score, row.link_reasons = best[end].score, list(best[end].reasons)
                joined.append(row)
    models.ClaimGroup.objects.bulk_create(groups, batch_size=2000)
    models.Claim.objects.bulk_update(joined, ["group", "link_score", "link_reasons"], batch_size=1000)
    models.ClaimLink.objects.bulk_create(made, batch_size=2000, ignore_conflicts=True)


def _link(a: Any, b: Any, found: Links) -> Any:
    from claims import models
    from claims.engine import grouping
    from claims.services import links

    return models.ClaimLink(
        first=a,
        second=b,
        score=found.link.score,
        reasons=list(found.link.reasons),
        agree=found.agree,
        spread=grouping.spread(links.name_of(a), links.name_of(b)),
    )


def _store_origins(stories: list[ReadStory], revisions: list[Any]) -> None:
    from claims import models

    taken: Iterator[Any] = iter(revisions)
    linked: list[Any] = []
    moved: dict[Any, list[int]] = defaultdict(list)
    for each in stories:
        own = list(islice(taken, len(each.articles)))
        if not each.copies:
            continue
        origin = models.Origin.objects.create()
        for i, j, shared in each.copies:
            moved[origin] += [own[i].article_id, own[j].article_id]
            linked.append(
                models.OriginLink(
                    first=own[i],
                    second=own[j],
                    kind=shared.kind,
                    containment=shared.containment,
                    reasons=list(shared.reasons),
                    passages=list(shared.passages),
                    wire=shared.wire or "",
                )
            )
    models.OriginLink.objects.bulk_create(linked)
    for origin, articles in moved.items():
        models.Article.objects.filter(pk__in=articles).update(origin=origin)


def analyze(tables: Iterable[str]) -> None:
    """Fresh statistics for the planner, as autovacuum makes them after a while."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'VACUUM ANALYZE "{table}"')
