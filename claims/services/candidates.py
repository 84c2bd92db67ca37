"""Which stored claims are worth comparing with those of a new article: an index says, never a look at all.

Articles are filed under the terms that tell their story, claims under keys of their own
(``claims.engine.keys`` says which, and why two tiers). What is filed is what was linked: rows are written
under the linking lock.

Each key is read from its index nearest day first, and only so far; so the cost of an article has a bound that
does not depend on how much is stored or how frequent a key has become. The order (nearness in time, then
what the article is) does not depend on ids: the same articles in another order meet the same candidates, as
long as no bound is reached.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.db import connection

from claims import models
from claims.engine import keys, records
from claims.engine.stories import profile_of

from .isolation import Run
from .rows import article_ref, claim_record

#: Claims compared with a new one at most, the likeliest first.
CANDIDATES = 100
#: Articles of one story whose claims are looked at.
STORIES = 40
#: Days before and after publication within which one story is told; what comes later has keys of its own.
STORY_DAYS = 60
#: Entries read of one key in each direction of time, and again of those without a date.
_NEAREST_STORIES, _NEAREST_CLAIMS = 50, 25

#: No day: an article without a date is filed here, and looks back from beyond every day there is.
_UNKNOWN, _BEYOND = 0, 2**31 - 1

# Three scans of the index for each key, each with a bound: later, earlier, undated.
_ALIKE = """
    SELECT near.found, sum(mine.weight), min(abs(near.day - %(day)s)), min(near.tie)
    FROM unnest(%(keys)s::bigint[], %(weights)s::float[]) AS mine(key, weight)
    CROSS JOIN LATERAL (
        (SELECT k.revision_id AS found, k.day, k.tie FROM claims_storykey k
         WHERE k.key = mine.key AND k.day BETWEEN %(day)s AND %(last)s
         ORDER BY k.day, k.tie LIMIT %(limit)s)
        UNION ALL
        (SELECT k.revision_id, k.day, k.tie FROM claims_storykey k
         WHERE k.key = mine.key AND k.day >= %(first)s AND k.day < %(day)s
         ORDER BY k.day DESC, k.tie DESC LIMIT %(limit)s)
        UNION ALL
        (SELECT k.revision_id, k.day, k.tie FROM claims_storykey k
         WHERE k.key = mine.key AND k.day = 0 ORDER BY k.tie LIMIT %(limit)s)
    ) near
    GROUP BY near.found
    ORDER BY 2 DESC, 3, 4
    LIMIT %(stories)s
"""
_KEYED = """
    SELECT mine.claim_id, near.found, count(*)
    FROM {mine} AS mine
    CROSS JOIN LATERAL (
        (SELECT k.claim_id AS found FROM claims_claimkey k
         WHERE k.key = mine.key AND k.day >= %(day)s
         ORDER BY k.day, k.tie LIMIT %(limit)s)
        UNION ALL
        (SELECT k.claim_id FROM claims_claimkey k
         WHERE k.key = mine.key AND k.day > 0 AND k.day < %(day)s
         ORDER BY k.day DESC, k.tie DESC LIMIT %(limit)s)
        UNION ALL
        (SELECT k.claim_id FROM claims_claimkey k
         WHERE k.key = mine.key AND k.day = 0 ORDER BY k.tie LIMIT %(limit)s)
    ) near
    WHERE {where}
    GROUP BY mine.claim_id, near.found
"""
#: The same for claims that are stored, by their entries, and for ones that are not, by keys that are given.
_KEYED_STORED = _KEYED.format(
    mine="claims_claimkey", where="mine.claim_id = ANY(%(claims)s) AND near.found <> mine.claim_id"
)
_KEYED_GIVEN = _KEYED.format(
    mine="(SELECT * FROM unnest(%(claims)s::bigint[], %(keys)s::bigint[]) AS given(claim_id, key))",
    where="TRUE",
)

#: Columns in which likely candidates agree; their claims are read without text.
_TELLING = ("noun", "action", "place", "actor", "object_party", "unit")


@dataclass(frozen=True, slots=True)
class Filed:
    """The keys of an article's story, and those of each of its claims."""

    story: tuple[str, ...]
    claims: tuple[tuple[str, ...], ...]


def file(revision: models.Revision, run: Run) -> None:
    """Makes the index agree with the standing claims of the revision's article. Under the linking lock."""
    others = models.Revision.objects.filter(article=revision.article_id, is_current=False)
    outdated = list(others.values_list("pk", flat=True))
    if outdated:
        models.StoryKey.objects.filter(revision__in=outdated).delete()
        _withdraw(models.Claim.objects.filter(revision__in=outdated).values_list("pk", flat=True))
    if not revision.is_current:
        return
    rows = list(revision.claims.filter(retired_at__isnull=True).order_by("start", "end", "pk"))
    filed = run(Filed, filed_under, article_ref(revision), tuple(map(claim_record, rows)))
    written = set(models.StoryKey.objects.filter(revision=revision).values_list("key", flat=True))
    new = story_rows(revision, filed.story)
    if written != {row.key for row in new}:
        if written:
            models.StoryKey.objects.filter(revision=revision).delete()
        models.StoryKey.objects.bulk_create(new)
    held = models.ClaimKey.objects.filter(claim__revision=revision)
    before = set(held.values_list("claim", "key"))
    wanted = {(row.claim_id, row.key): row for row in claim_rows(revision, rows, filed.claims)}
    gone = {claim for claim, key in before - wanted.keys()}
    _withdraw(gone)
    models.ClaimKey.objects.bulk_create(
        row for (claim, key), row in wanted.items() if claim in gone or (claim, key) not in before
    )


def _withdraw(claims: Iterable[int]) -> None:
    # By id, not by a subquery: deleting by one joins over the whole composite key.
    if ids := list(claims):
        models.ClaimKey.objects.filter(claim__in=ids).delete()


def filed_under(article: records.ArticleRef, claims: tuple[records.Claim, ...]) -> Filed:
    """The keys of an article's story, and of each of its claims. Pure."""
    own = tuple(tuple(sorted(keys.wide_keys(claim))) for claim in claims)
    return Filed(keys.story_keys(profile_of(article)), own)


def story_rows(revision: models.Revision, story: Iterable[str]) -> list[models.StoryKey]:
    """Index entries of a revision, unsaved."""
    day, tie = _day(revision), _tie(revision)
    numbers = sorted(set(map(keys.number, story)))
    return [models.StoryKey(key=key, day=day, tie=tie, revision_id=revision.pk) for key in numbers]


def claim_rows(
    revision: models.Revision, claims: Iterable[models.Claim], own: Iterable[Iterable[str]]
) -> list[models.ClaimKey]:
    """Index entries of some claims of a revision, unsaved; ``own`` are the keys of each."""
    day = _day(revision)
    return [
        models.ClaimKey(key=key, day=day, tie=_tie(revision, claim), claim_id=claim.pk)
        for claim, strings in zip(claims, own, strict=True)
        for key in sorted(set(map(keys.number, strings)))
    ]


def candidate_pairs(revision: models.Revision, claim_ids: list[int]) -> list[tuple[int, int]]:
    """Pairs of a claim of the revision and a standing one that may answer its question, each pair once.

    At most CANDIDATES for each claim, the likeliest first: same story, keys shared, columns alike, nearest in
    time. Ids in a pair are in order, and so are the pairs.
    """
    if not claim_ids:
        return []
    alike = _stories_alike(revision)
    keyed = _keyed(revision, claim_ids)
    known = _candidates({*alike, revision.pk}, {other for _, other in keyed})
    by_slot: dict[str, list[_Candidate]] = defaultdict(list)
    for candidate in known.values():
        if candidate.revision in alike or candidate.revision == revision.pk:
            by_slot[candidate.slot].append(candidate)
    shared: dict[int, dict[int, int]] = defaultdict(dict)
    for (claim, other), number in keyed.items():
        if other in known:
            shared[claim][other] = number
    pairs: set[tuple[int, int]] = set()
    for claim in claim_ids:
        mine, common = known[claim], shared[claim]
        others = {c.pk for c in by_slot[mine.slot]} if mine.slot != records.Kind.QUOTATION else set()
        likeliest = sorted(
            (others | common.keys()) - {claim},
            key=lambda pk: (
                -alike.get(known[pk].revision, 0.0) - common.get(pk, 0) - mine.agreement(known[pk]),
                known[pk].apart(revision),
                known[pk].tie,
            ),
        )
        pairs |= {(min(claim, pk), max(claim, pk)) for pk in likeliest[:CANDIDATES]}
    return sorted(pairs)


def candidates_of_draft(
    article: records.ArticleRef, claims: Sequence[records.Claim], most: int
) -> list[list[int]]:
    """For each claim of a text that is not stored the standing claims that may answer its question.

    At most ``most`` for each, the likeliest first, as :func:`candidate_pairs` has them; ids. Four queries:
    a draft need not come out the same whatever was stored first, so ids settle what else is equal.
    """
    day = article.published.toordinal() if article.published else _UNKNOWN
    filed = filed_under(article, tuple(claims))
    alike = _alike(profile_of(article), day)
    given = [(i, keys.number(key)) for i, own in enumerate(filed.claims) for key in own]
    numbers = {
        "claims": [i for i, _ in given],
        "keys": [key for _, key in given],
        "day": day or _BEYOND,
        "limit": _NEAREST_CLAIMS,
    }
    shared: dict[int, dict[int, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_KEYED_GIVEN, numbers)
        for i, found, number in cursor.fetchall():
            shared[i][found] = number
    known = _candidates({*alike}, {pk for own in shared.values() for pk in own}, ties=False)
    by_slot: dict[str, list[_Candidate]] = defaultdict(list)
    for candidate in known.values():
        if candidate.revision in alike:
            by_slot[candidate.slot].append(candidate)
    found = []
    for i, claim in enumerate(claims):
        unit = claim.quantity.unit if claim.quantity else ""
        telling = (claim.noun, claim.action, claim.place, claim.actor, claim.object_party, unit)
        mine = _Candidate(0, 0, day, keys.slot(claim.kind, unit), tuple(x or "" for x in telling), ())
        common = {pk: number for pk, number in shared[i].items() if pk in known}
        others = {c.pk for c in by_slot[mine.slot]} if mine.slot != records.Kind.QUOTATION else set()
        likeliest = sorted(
            others | common.keys(),
            key=lambda pk: (
                -alike.get(known[pk].revision, 0.0) - common.get(pk, 0) - mine.agreement(known[pk]),
                abs(known[pk].day - (day or _BEYOND)),
                known[pk].tie,
            ),
        )
        found.append(likeliest[:most])
    return found


@dataclass(frozen=True, slots=True)
class _Candidate:
    pk: int
    revision: int
    day: int
    slot: str
    telling: tuple[str, ...]
    tie: tuple[Any, ...]

    def agreement(self, other: _Candidate) -> int:
        """In how many columns two claims say the same."""
        return sum(bool(x) and x == y for x, y in zip(self.telling, other.telling, strict=True))

    def apart(self, revision: models.Revision) -> int:
        return abs(self.day - (_day(revision) or _BEYOND))


def _stories_alike(revision: models.Revision) -> dict[int, float]:
    """The revisions most alike to this one, by how alike they are (in [0, 1])."""
    alike = _alike(profile_of(article_ref(revision)), _day(revision))
    return {found: share for found, share in alike.items() if found != revision.pk}


def _alike(told: records.Profile, day: int) -> dict[int, float]:
    """The revisions most alike to what a profile tells, published around a day (ordinal; 0: unknown)."""
    weights = dict(told.terms)
    terms = {term: weights[term] for term in keys.story_keys(told)}
    if not terms:
        return {}
    whole = sum(terms.values())
    numbers = {
        "keys": [keys.number(term) for term in terms],
        "weights": [weight / whole for weight in terms.values()],
        "day": day or _BEYOND,
        "first": day - STORY_DAYS if day else 1,
        "last": day + STORY_DAYS if day else _BEYOND,
        "limit": _NEAREST_STORIES,
        "stories": STORIES + 1,  # this one is among them
    }
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, numbers)
        return {row[0]: row[1] for row in cursor.fetchall()}


def _keyed(revision: models.Revision, claim_ids: list[int]) -> dict[tuple[int, int], int]:
    """The claims that share keys of their own with one of these, nearest in time, and how many they share."""
    numbers = {"claims": claim_ids, "day": _day(revision) or _BEYOND, "limit": _NEAREST_CLAIMS}
    with connection.cursor() as cursor:
        cursor.execute(_KEYED_STORED, numbers)
        return {(row[0], row[1]): row[2] for row in cursor.fetchall()}


def _candidates(revisions: set[int], claims: set[int], ties: bool = True) -> dict[int, _Candidate]:
    """Standing claims of these revisions, and these claims where they stand, without their text."""
    fields = ("id", "revision", "revision__published", "kind", "headline", "start", "end", *_TELLING)
    standing = models.Claim.objects.standing().order_by().values_list(*fields)
    found = {
        row[0]: row for row in (*standing.filter(revision__in=revisions), *standing.filter(pk__in=claims))
    }
    of_text = _ties({row[1] for row in found.values()}) if ties else {}
    return {
        pk: _Candidate(
            pk,
            row[1],
            row[2].toordinal() if row[2] else _UNKNOWN,
            keys.slot(row[3], row[-1]),
            row[len(fields) - len(_TELLING) :],
            (*of_text[row[1]], *row[3:7]) if ties else (pk,),
        )
        for pk, row in found.items()
    }


def _ties(revisions: set[int]) -> dict[int, tuple[str, str]]:
    rows = models.Revision.objects.filter(pk__in=revisions)
    return {
        pk: (text, address) for pk, text, address in rows.values_list("pk", "body_hash", "article__address")
    }


def _day(revision: models.Revision) -> int:
    return revision.published.toordinal() if revision.published else _UNKNOWN


def _tie(revision: models.Revision, claim: models.Claim | None = None) -> int:
    """A number that follows from the text and the place in it alone, to settle what else would be equal."""
    place = (claim.kind, claim.headline, claim.start, claim.end) if claim else ()
    digest = blake2b(
        f"{revision.body_hash} {revision.article.address} {place}".encode(), digest_size=4
    ).digest()
    return int.from_bytes(digest, "big", signed=True)
