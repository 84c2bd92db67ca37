"""Step one: what came in becomes a Revision of an Article."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.db.models import Max, Q
from django.utils.text import slugify

from claims import models
from claims.engine import records
from claims.ingest import reading

from .isolation import Run
from .rows import text

#: A unique index holds at most 2,700 bytes a row.
_LONGEST_ADDRESS = 500
#: Parameters that say where a reader clicked, not which page it is.
_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")


def prepare(document: models.Document, run: Run) -> records.ArticleText:
    """Reads the story out of the bytes; raises Unreadable if there is none."""
    return run(records.ArticleText, reading.read, document_record(document))


def store(document: models.Document, read: records.ArticleText, run: Run) -> dict[str, Any]:
    """Files the text under its outlet and address; a new revision only if the body is new.

    What stands on the page now is what the document received last says, in whatever order the workers come to
    them. Claims of a revision that no longer stands drop out at the check step, which looks at all revisions.
    """
    notices = list(read.notices)
    if not (read.outlet or "").strip():
        notices.append(f"No outlet was given or found: filed under “{models.Outlet.UNKNOWN}”.")
    read = replace(read, title=text(read.title), body=text(read.body))
    article = _article(_outlet(read.outlet or models.Outlet.UNKNOWN), read)
    revision = _revision(article, read)
    later = article.revisions.filter(documents__received_at__gt=document.received_at).exists()
    if article.withdrawn_at is not None:
        notices.append("A person has withdrawn this article: it is kept, and does not count.")
    elif not revision.is_current and not later:
        article.revisions.filter(is_current=True).update(is_current=False)
        article.revisions.filter(pk=revision.pk).update(is_current=True)
    return {"revision": revision, "notices": notices}


def document_record(row: models.Document) -> records.Document:
    """A stored document as it came in."""
    return records.Document(
        raw=bytes(row.raw),
        content_type=row.content_type or None,
        name=row.name or None,
        url=row.url or None,
        outlet=row.declared_outlet or None,
        title=row.declared_title or None,
        published=row.declared_published,
        fetched_at=row.received_at,
    )


def address_of(read: records.ArticleText) -> str:
    """The article's address in its outlet: its URL without tracking, else a slug of title and day.

    Without outlet or day a title does not say which story it is: then the text is part of the address, so
    that another text under the same title ("Statement") is another article and not its revision.
    """
    if read.url:
        parts = urlsplit(read.url)
        query = [p for p in parse_qsl(parts.query, keep_blank_values=True) if not p[0].startswith(_TRACKING)]
        address = urlunsplit(
            (parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", urlencode(query), "")
        )
    else:
        address = slugify(read.title, allow_unicode=True) or "untitled"
        if read.published:
            address += f"-{read.published.isoformat()}"
        if not (read.outlet and read.title and read.published):
            address += f"-{_sha(read.body)[:12]}"
    address = text(address)
    if len(address) > _LONGEST_ADDRESS:
        address = address[: _LONGEST_ADDRESS - 65] + "-" + _sha(address)
    return address


def _outlet(name: str) -> models.Outlet:
    name = text(" ".join(name.split()), models.Outlet._meta.get_field("name"))
    slug = slugify(name, allow_unicode=True)[:200] or _sha(name)[:16]
    models.Outlet.objects.bulk_create([models.Outlet(name=name, slug=slug)], ignore_conflicts=True)
    # "Voice of Vienna" and "Voice Of Vienna" are one; an outlet that was renamed goes by both its names.
    return models.Outlet.objects.filter(Q(slug=slug) | Q(name=name)).order_by("pk")[0]


def _article(outlet: models.Outlet, read: records.ArticleText) -> models.Article:
    address = address_of(read)
    models.Article.objects.bulk_create(
        [models.Article(outlet=outlet, address=address)], ignore_conflicts=True
    )
    # Locked, so that revisions are numbered, and one of them made current, by one worker at a time.
    return models.Article.objects.select_for_update().get(outlet=outlet, address=address)


def _revision(article: models.Article, read: records.ArticleText) -> models.Revision:
    digest = _sha(read.body)
    known = article.revisions.filter(body_hash=digest).first()
    if known:
        return known
    field = models.Revision._meta.get_field
    return models.Revision.objects.create(
        article=article,
        number=(article.revisions.aggregate(n=Max("number"))["n"] or 0) + 1,
        is_current=False,
        title=text(read.title, field("title")),
        body=read.body,
        body_hash=digest,
        published=read.published,
        published_as_written=text(read.published_as_written, field("published_as_written")),
        byline=text(read.byline, field("byline")),
        credit=text(read.credit, field("credit")),
        wires=[text(wire)[:100] for wire in read.wires],
        host=text(read.host, field("host")),
        language=text(read.language, field("language")),
    )


def _sha(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
