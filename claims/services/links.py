"""Links between claims as they are stored: of each claim the strongest, and no more than that.

A link is kept while it is among the strongest of either side, so what is kept does not depend on the order in
which articles come in: what is among the strongest in the end was so all the time. Two things are not undone
when an article is withdrawn or revised: a link that was crowded out does not come back before its article is
linked again, and neither does one between claims that were not among each other's candidates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from claims import models

#: Links kept of a claim whose values agree, and again of those whose values differ: else thirty outlets that
#: say 31 would crowd out the one that says 44. Linked by thirty, a claim is where it belongs.
KEPT = 30

Ends = tuple[int, int]
#: The columns that :func:`name_of` reads.
NAMED_BY = (
    "kind",
    "headline",
    "start",
    "end",
    "revision__article__address",
    "revision__article__outlet__slug",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A link as comparing found it. ``agree``: both values can be true, or there are none."""

    score: float
    reasons: tuple[str, ...]
    agree: bool
    spread: int

    @property
    def rank(self) -> tuple[float, int]:
        return self.score, self.spread


def partners(mine: Iterable[int]) -> dict[Ends, models.ClaimLink]:
    """The stored links of some claims, by their ends."""
    return {(row.first_id, row.second_id): row for row in models.ClaimLink.objects.of(list(mine))}


def replace(mine: set[int], stored: Mapping[Ends, models.ClaimLink], found: Mapping[Ends, Found]) -> set[int]:
    """Makes the stored links of the claims ``mine`` agree with what was found now.

    Returns the claims, of mine and others, whose links changed. What did not change is not written.
    """
    gone = [row for ends, row in stored.items() if ends not in found]
    models.ClaimLink.objects.filter(pk__in=[row.pk for row in gone]).delete()
    changed = []
    for ends, link in found.items():
        row = stored.get(ends)
        if row and (row.score, tuple(row.reasons), row.agree) != (link.score, link.reasons, link.agree):
            row.score, row.reasons, row.agree = link.score, list(link.reasons), link.agree
            changed.append(row)
    models.ClaimLink.objects.bulk_update(changed, ["score", "reasons", "agree"], batch_size=500)
    fresh = _worth_keeping(mine, {ends: link for ends, link in found.items() if ends not in stored}, found)
    models.ClaimLink.objects.bulk_create(
        (
            models.ClaimLink(
                first_id=ends[0],
                second_id=ends[1],
                score=link.score,
                reasons=list(link.reasons),
                agree=link.agree,
                spread=link.spread,
            )
            for ends, link in sorted(fresh.items())
        ),
        batch_size=500,
    )
    touched = {pk for row in (*gone, *changed) for pk in (row.first_id, row.second_id)}
    added = {pk for ends in fresh for pk in ends}
    return touched | added | _drop_crowded_out(added)


def drop(claims: Iterable[int]) -> set[int]:
    """Deletes all links of claims that stand no more; returns the claims they were linked with."""
    gone = set(claims)
    rows = models.ClaimLink.objects.of(list(gone)) if gone else models.ClaimLink.objects.none()
    ends = {pk for pair in rows.values_list("first", "second") for pk in pair}
    if ends:
        rows.delete()
    return ends - gone


def name_of(row: models.Claim) -> str:
    """What names a claim whatever came in first: its outlet, its article's address and its place there.

    ``row`` comes with its revision, article and outlet.
    """
    article = row.revision.article
    place = f"{row.headline:d} {row.start:07d} {row.end:07d} {row.kind}"
    return "\n".join((article.outlet.slug, article.address, place))


def names(claims: Iterable[int]) -> dict[int, str]:
    """The names of some claims, see :func:`name_of`."""
    rows = models.Claim.objects.filter(pk__in=list(claims)).select_related("revision__article__outlet")
    return {row.pk: name_of(row) for row in rows.only(*NAMED_BY)}


def _worth_keeping(mine: set[int], new: dict[Ends, Found], found: Mapping[Ends, Found]) -> dict[Ends, Found]:
    """Those of the new links that are among the strongest of one of their ends."""
    by_claim: dict[tuple[int, bool], list[Ends]] = defaultdict(list)
    for ends, link in found.items():
        for pk in mine.intersection(ends):
            by_claim[(pk, link.agree)].append(ends)
    strong = {
        ends
        for each in by_claim.values()
        for ends in sorted(each, key=lambda ends: found[ends].rank, reverse=True)[:KEPT]
    }
    weak = {(pk, ends): new[ends] for ends in new.keys() - strong for pk in set(ends) - mine}
    return {ends: new[ends] for ends in new.keys() & (strong | {ends for _, ends in _among_strongest(weak)})}


def _among_strongest(asked: Mapping[tuple[int, Ends], Found]) -> set[tuple[int, Ends]]:
    """Of links, each with a claim it belongs to: those than which the claim has fewer than KEPT stronger."""
    if not asked:
        return set()
    keys = sorted(asked)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT a.nth
            FROM unnest(
                %(claims)s::bigint[], %(agree)s::boolean[], %(scores)s::float8[], %(spreads)s::bigint[]
            ) WITH ORDINALITY AS a(claim, agree, score, spread, nth)
            CROSS JOIN LATERAL (
                SELECT count(*) AS number FROM (
                    SELECT 1 FROM claims_claimlink l
                    WHERE l.first_id = a.claim AND l.agree = a.agree
                      AND (l.score, l.spread) > (a.score, a.spread)
                    UNION ALL
                    SELECT 1 FROM claims_claimlink l
                    WHERE l.second_id = a.claim AND l.agree = a.agree
                      AND (l.score, l.spread) > (a.score, a.spread)
                    LIMIT %(kept)s
                ) stronger
            ) s
            WHERE s.number < %(kept)s
            """,
            {
                "claims": [pk for pk, _ in keys],
                "agree": [asked[key].agree for key in keys],
                "scores": [asked[key].score for key in keys],
                "spreads": [asked[key].spread for key in keys],
                "kept": KEPT,
            },
        )
        return {keys[nth - 1] for (nth,) in cursor.fetchall()}


def _drop_crowded_out(claims: set[int]) -> set[int]:
    """Deletes the links of some claims that are among the strongest of neither end; returns those ends."""
    links: dict[tuple[int, bool], list[models.ClaimLink]] = defaultdict(list)
    if not (crowded := _crowded(claims)):
        return set()
    for row in models.ClaimLink.objects.of(crowded).defer("reasons"):
        for pk in (row.first_id, row.second_id):
            links[(pk, row.agree)].append(row)
    weak: dict[tuple[int, Ends], Found] = {}
    rows: dict[Ends, models.ClaimLink] = {}
    for (pk, agree), each in links.items():
        if pk not in crowded:
            continue
        for row in sorted(each, key=lambda row: (row.score, row.spread), reverse=True)[KEPT:]:
            ends = (row.first_id, row.second_id)
            other = ends[0] if ends[1] == pk else ends[1]
            weak[(other, ends)] = Found(row.score, (), agree, row.spread)
            rows[ends] = row
    kept = {ends for _, ends in _among_strongest(weak)}
    gone = [row for ends, row in rows.items() if ends not in kept]
    models.ClaimLink.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return {pk for row in gone for pk in (row.first_id, row.second_id)}


def _crowded(claims: set[int]) -> list[int]:
    """Those of the claims that have more links of one sort than are kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT c.id
            FROM unnest(%(claims)s::bigint[]) AS c(id)
            CROSS JOIN LATERAL (
                SELECT l.agree FROM claims_claimlink l WHERE l.first_id = c.id
                UNION ALL
                SELECT l.agree FROM claims_claimlink l WHERE l.second_id = c.id
            ) l
            GROUP BY c.id, l.agree HAVING count(*) > %(kept)s
            """,
            {"claims": sorted(claims), "kept": KEPT},
        )
        return [pk for (pk,) in cursor.fetchall()]
