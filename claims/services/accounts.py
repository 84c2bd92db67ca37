"""How outlets have behaved: what was found in their texts and what people decided, where texts come from.

An account of behaviour, not a score of truth: it counts what checks report about the one at odds, and says
how uncertain a rate is. It is counted from time to time and stored, because with a full store counting takes
seconds and a page must not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import sqrt
from typing import Any

from django.db.models import Count, F, Q
from django.utils.timezone import now

from claims.engine import lexicons
from claims.models import Article, Claim, FindingClaim, Outlet, OutletAccount, Revision
from claims.models.origin import OriginLink

#: Findings and partners that an account names.
NEWEST = 8
PARTNERS = 6
#: 1.96: the interval holds the rate behind the sample in 95 of 100 samples.
_Z = 1.96


def refresh(outlets: Iterable[int] | None = None) -> int:
    """Counts and stores the accounts of some outlets, or of all; gives how many. Twice at once is safe."""
    ids = list(outlets) if outlets is not None else list(Outlet.objects.values_list("pk", flat=True))
    made = now()
    rows = [OutletAccount(outlet_id=pk, content=content, as_of=made) for pk, content in _count(ids).items()]
    OutletAccount.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["outlet"], update_fields=["content", "as_of"]
    )
    return len(rows)


def ensure(outlets: Sequence[Outlet]) -> None:
    """Counts those that were never counted: outlets that are new since the last time.

    Afterwards ``outlet.account`` of each is there; the outlets were fetched with it.
    """
    missing = [each for each in outlets if not hasattr(each, "account")]
    if missing:
        refresh(each.pk for each in missing)
        made = OutletAccount.objects.in_bulk([each.pk for each in missing])
        for each in missing:
            each.account = made[each.pk]


def rate(found: int, of: int) -> tuple[float, float, float] | None:
    """So many in a hundred, with the ends of its 95 % interval (Wilson 1927); None for none of none."""
    if not of:
        return None
    share = min(found / of, 1.0)
    base = 1 + _Z**2 / of
    middle = (share + _Z**2 / (2 * of)) / base
    half = _Z * sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2)) / base
    return 100 * share, 100 * max(middle - half, 0.0), 100 * min(middle + half, 1.0)


def _count(ids: list[int]) -> dict[int, dict[str, Any]]:
    accounts: dict[int, dict[str, Any]] = {
        pk: {"articles": 0, "withdrawn": 0, "claims": 0, "changed": 0, "noted": 0, "checks": {}, "newest": []}
        for pk in ids
    }
    mine = Article.objects.filter(outlet__in=ids).order_by().values("outlet")
    withdrawn = Count("pk", filter=Q(withdrawn_at__isnull=False))
    for row in mine.annotate(n=Count("pk"), gone=withdrawn):
        accounts[row["outlet"]] |= {"articles": row["n"], "withdrawn": row["gone"]}
    claims = Claim.objects.standing().filter(revision__article__outlet__in=ids)
    for outlet, n in _by_outlet(claims, "revision__article__outlet"):
        accounts[outlet]["claims"] = n
    changed = Revision.objects.current().filter(number__gt=1, article__outlet__in=ids)
    for outlet, n in _by_outlet(changed, "article__outlet"):
        accounts[outlet]["changed"] = n
    for outlet, n in _by_outlet(changed.filter(_says_so()), "article__outlet"):
        accounts[outlet]["noted"] = n
    _findings(accounts)
    _origins(accounts)
    return accounts


def _by_outlet(rows: Any, path: str) -> Any:
    return rows.order_by().values_list(path).annotate(n=Count("pk"))


def _says_so() -> Q:
    """The text carries one of the notes by which outlets announce a correction, as Silent edit knows them."""
    said = Q()
    for note in lexicons.load("checking")["notes"]["corrected"]:
        said |= Q(body__icontains=note)
    return said


def _findings(accounts: dict[int, dict[str, Any]]) -> None:
    """By check, the findings whose claim at odds stands in the outlet: standing ones and decided ones."""
    rows = (
        FindingClaim.objects.filter(position=0, claim__revision__article__outlet__in=accounts)
        .filter(finding__origin__isnull=True)
        .exclude(finding__resolved_at__isnull=False, finding__decision="none")
        .values_list(
            "claim__revision__article__outlet", "finding__check_id", "finding__decision", "finding_id"
        )
        .order_by("-finding_id")
    )
    for outlet, check, decision, finding in rows.iterator(5000):
        found = accounts[outlet]["checks"].setdefault(check, {"none": 0, "confirmed": 0, "dismissed": 0})
        found[decision] += 1
        if len(accounts[outlet]["newest"]) < NEWEST:
            accounts[outlet]["newest"].append(finding)


def _origins(accounts: dict[int, dict[str, Any]]) -> None:
    """From shared texts: how many articles have theirs from an outlet that printed it earlier, or an agency.

    The day of publication decides; of one day nobody is said to have taken from the other. Each article
    counts once, in the first of: agency, taken, given, same day.
    """
    sides = {side: f"{side}__article__outlet" for side in ("first", "second")}
    rows = (
        OriginLink.objects.filter(kind="copy", first__is_current=True, second__is_current=True)
        .filter(Q(**{f"{sides['first']}__in": accounts}) | Q(**{f"{sides['second']}__in": accounts}))
        .exclude(**{sides["first"]: F(sides["second"])})
        .values_list(
            "first__article",
            sides["first"],
            "first__published",
            "second__article",
            sides["second"],
            "second__published",
            "wire",
        )
    )
    sorts: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    taken: dict[int, Counter[int]] = defaultdict(Counter)
    given: dict[int, Counter[int]] = defaultdict(Counter)
    for a, outlet_a, day_a, b, outlet_b, day_b, wire in rows.iterator(5000):
        if wire:
            sorts[outlet_a][a].add("agency")
            sorts[outlet_b][b].add("agency")
        elif day_a is None or day_b is None or day_a == day_b:
            sorts[outlet_a][a].add("same_day")
            sorts[outlet_b][b].add("same_day")
        else:
            (early, giver), (late, taker) = (
                ((a, outlet_a), (b, outlet_b)) if day_a < day_b else ((b, outlet_b), (a, outlet_a))
            )
            sorts[giver][early].add("given")
            sorts[taker][late].add("taken")
            taken[taker][giver] += 1
            given[giver][taker] += 1
    slugs = {
        pk: (name, slug)
        for pk, name, slug in Outlet.objects.filter(pk__in={*taken, *given}).values_list("pk", "name", "slug")
    }
    for pk, account in accounts.items():
        kinds = Counter(
            next(sort for sort in ("agency", "taken", "given", "same_day") if sort in each)
            for each in sorts[pk].values()
        )
        account["texts"] = {sort: kinds[sort] for sort in ("agency", "taken", "given", "same_day")}
        for name, partners in (("taken_from", taken[pk]), ("given_to", given[pk])):
            account[name] = [
                {"name": slugs[other][0], "slug": slugs[other][1], "articles": n}
                for other, n in sorted(partners.items(), key=lambda each: (-each[1], slugs[each[0]]))[
                    :PARTNERS
                ]
            ]
