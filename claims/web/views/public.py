"""What readers see without logging in: fact-checks, the scale, a feed. Nobody's data, no cookies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template import loader
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from claims.models import Publication
from claims.services import ratings

from .. import claimreview, published

PAGE_SIZE = 20
IN_FEED = 30
#: How long a cache may show a page without asking: a correction must reach readers soon. In seconds.
FRESH_FOR = 120


def listed() -> QuerySet[Publication]:
    """The current edition of everything, newest first, with what a list says of it and without the rest."""
    return (
        Publication.objects.newest()
        .defer("snapshot")
        .annotate(
            question=KT("snapshot__question"),
            quote=KT("snapshot__claim__quote"),
            outlet=KT("snapshot__claim__outlet"),
            rating=KT("snapshot__rating__label"),
            conclusion=KT("snapshot__conclusion"),
        )
        .order_by(F("published_at").desc(), "-id")
    )


@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """Everything published, newest first."""
    page: Page[Publication] = Paginator(listed(), PAGE_SIZE).get_page(request.GET.get("page"))
    modified = page.object_list[0].published_at if page.object_list else None
    number = f"?page={page.number}" if page.number > 1 else ""
    return _answer(request, "public/list.html", reverse("published") + number, {"page": page}, modified)


@require_safe
def scale(request: HttpRequest) -> HttpResponseBase:
    """The ratings that can be given, and what each means."""
    context = {"scale": ratings.scale(), "worst": ratings.WORST, "best": ratings.BEST}
    return _answer(request, "public/scale.html", reverse("published-scale"), context)


@require_safe
def current(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The edition that stands."""
    publication = get_object_or_404(_whole().newest(), slug=slug)
    return _page(request, publication, publication)


@require_safe
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """One edition as readers saw it then; an earlier one says which stands now."""
    publication = get_object_or_404(_whole(), slug=slug, edition=number)
    newest = publication if publication.is_current else get_object_or_404(_whole().newest(), slug=slug)
    return _page(request, publication, newest)


def _whole() -> Any:
    return Publication.objects.select_related("published_by")


def _page(request: HttpRequest, publication: Publication, newest: Publication) -> HttpResponseBase:
    address = reverse("publication", args=[newest.slug])
    context = {**published.page(publication), "newest": newest, "withdrawn": newest.withdrawn_at is not None}
    noindex = newest.withdrawn_at is not None or not publication.is_current
    if not noindex:
        context["claim_review"] = claimreview.as_script(
            claimreview.claim_review(
                publication,
                url=request.build_absolute_uri(address),
                site=request.build_absolute_uri(reverse("published")),
            )
        )
    modified = max(at for at in (newest.published_at, newest.withdrawn_at) if at is not None)
    response = _answer(request, "public/page.html", address, {**context, "noindex": noindex}, modified)
    if noindex:
        response["X-Robots-Tag"] = "noindex"
    return response


def _answer(
    request: HttpRequest,
    template: str,
    address: str,
    context: dict[str, Any],
    modified: datetime | None = None,
) -> HttpResponseBase:
    """The page, to be kept by any cache for a little, or 304.

    It is made without the request, so it is the same for all. The tag is of the page's bytes, so that a new
    version of the program is a new page.
    """
    response = HttpResponse(
        loader.render_to_string(
            template,
            {
                **context,
                "canonical": request.build_absolute_uri(address),
                "publisher": settings.PUBLISHER_NAME,
                "publisher_url": settings.PUBLISHER_URL,
            },
        )
    )
    patch_cache_control(response, public=True, max_age=FRESH_FOR)
    stamp = None
    if modified is not None:
        stamp = int(modified.timestamp())
        response["Last-Modified"] = http_date(stamp)
    set_response_etag(response)
    answer = get_conditional_response(
        request,
        etag=response["ETag"],
        last_modified=None if request.headers.get("If-None-Match") else stamp,
        response=response,
    )
    return answer or response


class PublishedFeed(Feed):  # type: ignore[type-arg]
    """The newest editions as Atom, corrections and withdrawals among them."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=FRESH_FOR)
        return response

    def title(self) -> str:
        return f"{settings.PUBLISHER_NAME}: fact-checks"

    def link(self) -> str:
        return reverse("published")

    def feed_url(self) -> str:
        return reverse("published-feed")

    def items(self) -> list[Publication]:
        return list(listed()[:IN_FEED])

    def item_title(self, item: Any) -> str:
        lead = "Withdrawn: " if item.withdrawn_at else "Corrected: " if item.edition > 1 else ""
        return _for_xml(f"{lead}{item.question} {item.rating}")

    def item_description(self, item: Any) -> str:
        if item.withdrawn_at:
            return _for_xml(item.withdrawal_reason)
        return _for_xml(f"{item.note}\n\n{item.conclusion}".strip())

    def item_link(self, item: Publication) -> str:
        return reverse("publication", args=[item.slug])

    def item_pubdate(self, item: Publication) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Publication) -> datetime:
        return item.withdrawn_at or item.published_at


def _for_xml(text: str) -> str:
    """Without the control characters that XML has no way to write."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n\r")
