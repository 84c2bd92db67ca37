"""The screens of the workbench with paths that exist in a store: the largest objects, then some at random."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from benchmarks.pages import Screen

#: What a person filters and looks for.
_QUEUE = ("", "?severity=high", "?severity=medium&assignee=me", "?check=value_conflict", "?unit=USD")
_SEARCHES = (
    "missiles",
    "interceptors 30-40",
    "> $10bn",
    "quake toll mayor",
    "ministry said on Monday",
    "killed 3",
    "no such words anywhere",
)


def all_screens(visits: int, drawn: random.Random) -> Iterator[Screen]:
    """Every screen, each with ``visits`` paths, none where the store has nothing for it.

    Needs a filled store (pages.fill).
    """
    from django.db.models import Count

    from claims import models

    def of(path: str, rows: Any, largest: Any = ()) -> list[str]:
        keys = [*largest]
        keys += [key for key in rows if key not in keys]
        head, tail = keys[: max(len(largest), 1)], keys[max(len(largest), 1) :]
        drawn.shuffle(tail)
        chosen = (head + tail)[:visits]
        return [path.format(key) for key in chosen]

    def often(*paths: str) -> list[str]:
        return [paths[number % len(paths)] for number in range(visits)]

    pages = (*(f"?page={number}" for number in (1, 2, 7, 40, 400)),)
    standing = models.Claim.objects.standing()
    groups = standing.filter(group__isnull=False).order_by("group").values("group")
    big = groups.annotate(n=Count("pk")).order_by("-n").values_list("group", flat=True)[:5]
    some = standing.filter(pk__in=drawn.sample(list(standing.values_list("pk", flat=True)), 400))
    long = standing.order_by("revision").values("revision__article").annotate(n=Count("pk")).order_by("-n")
    findings = list(models.Finding.objects.order_by("pk").values_list("pk", flat=True))
    wide = models.FindingClaim.objects.order_by("finding").values("finding").annotate(n=Count("pk"))
    wide = wide.order_by("-n").values_list("finding", flat=True)[:5]
    documents = list(models.Document.objects.order_by("pk").values_list("pk", flat=True)[:500])
    origins = models.Article.objects.filter(origin__isnull=False).order_by("origin").values("origin")
    origins = origins.annotate(n=Count("pk")).order_by("-n").values_list("origin", flat=True)
    published = list(models.Publication.objects.order_by("pk").values_list("slug", flat=True))

    yield Screen("start", often("/", "/?since=7d", "/?since=24h"))
    yield Screen("queue", often(*(f"/queue/{each}" for each in _QUEUE)))
    htmx = {"HX-Request": "true", "HX-Target": "q-pane"}
    yield Screen("queue: beside the list", of("/queue/{}/", findings, wide), headers=htmx)
    yield Screen("queue: its filters", often("/queue/filters/"), headers=htmx)
    yield Screen("findings", often(*(f"/findings/?state=all&{each[1:]}" for each in pages)))
    yield Screen("finding", of("/findings/{}/", findings, wide))
    yield Screen("groups", often(*(f"/groups/{each}" for each in pages), "/groups/?q=missile"))
    yield Screen("group", of("/groups/{}/", some.values_list("group", flat=True).distinct(), big))
    yield Screen("origin", of("/origins/{}/", list(origins[5:505]), origins[:5]))
    narrowed = ("/articles/?q=missile", "/articles/?state=open", "/articles/?state=withdrawn")
    yield Screen("articles", often(*(f"/articles/{each}" for each in pages), *narrowed))
    articles = list(some.values_list("revision__article", flat=True).distinct())
    longest = long.values_list("revision__article", flat=True)[:5]
    yield Screen("article", of("/articles/{}/", articles, longest))
    yield Screen("article: its numbers", of("/articles/{}/numbers/", articles, longest))
    revised = models.Revision.objects.filter(number__gt=1).order_by("pk").values_list("article", flat=True)
    yield Screen("article: revisions", of("/articles/{}/revisions/", revised[:500] or articles))
    yield Screen("search", often(*(f"/search/?q={each}" for each in _SEARCHES)))
    yield Screen("search: claims", often(*(f"/search/?q={each}&tab=claims" for each in _SEARCHES)))
    yield Screen("search: groups", often(*(f"/search/?q={each}&tab=groups" for each in _SEARCHES)))
    checks = list(models.FactCheck.objects.order_by("pk").values_list("pk", flat=True))
    yield Screen("fact-checks", often("/fact-checks/", "/fact-checks/?for=me"))
    yield Screen("fact-check", of("/fact-checks/{}/", checks))
    claims = list(some.values_list("pk", flat=True))
    yield Screen("correct a claim", of("/claims/{}/correct/", claims))
    yield Screen("add a claim", of("/articles/{}/claims/add/", articles))
    yield Screen("take a claim up", of("/fact-checks/new/?claim={}", claims))
    yield Screen("published", often("/published/", "/published/scale/", "/published/feed/"))
    yield Screen("evidence page", of("/published/{}/", published))
    yield Screen("outlets", often("/outlets/"))
    yield Screen("outlet", of("/outlets/{}/", models.Outlet.objects.values_list("slug", flat=True)))
    yield Screen("references", often("/references/"))
    references = list(models.Reference.objects.order_by("pk").values_list("pk", flat=True)[:500])
    if references:
        yield Screen("reference", of("/references/{}/", references))
    yield Screen("reports", often("/reports/"))
    yield Screen("ingest", often("/ingest/", "/ingest/?way=paste", "/ingest/?state=failed"))
    yield Screen("document", of("/documents/{}/", documents))
    yield Screen("settings", often("/settings/"))
    yield Screen("draft", often("/draft/"))
    from benchmarks.drafts import texts

    text, day = next(texts(1, 800, 1))
    yield Screen("draft of 800 words", often("/draft/"), form={"text": text, "day": str(day or "")})
