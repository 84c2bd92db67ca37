"""What a fact-check relies on, and how many independent origins stand behind that.

Sources are taken out and put back, never deleted. Off the record means for the desk alone: such a source is
never counted and never published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from claims.engine.independence import independent
from claims.engine.records import ArticleRef
from claims.models import Article, FactCheck, Reference, Source

from .refusal import Refused
from .steps import clean, held, must_be_open, now, write

Use = Source.Use
_WEB = URLValidator(schemes=["http", "https"])


def add_source(
    factcheck: FactCheck,
    *,
    person: User,
    use: str,
    title: str = "",
    url: str = "",
    publisher: str = "",
    article: Article | None = None,
    reference: Reference | None = None,
    origin: str = "",
    says: str = "",
    on_record: bool = True,
    consulted_on: date | None = None,
) -> Source:
    """Adds a source: a web page or document, an article of ours, or a reference. ``use`` is primary or
    secondary, as it is used here.

    ``origin`` is whom the information comes from in the end; left out, it is the reference's authority, the
    article's outlet, the publisher or the page's host. Raises Refused: "closed", "use", "url", "no_title",
    "no_origin", "there_already", "withdrawn", "too_long".
    """
    if use not in Use.values:
        raise Refused("use", "Say whether it is used as a primary or as a secondary source.")
    title, publisher = clean(title, 500, "The title"), clean(publisher, 200, "The publisher")
    origin, url = clean(origin, 200, "The origin"), clean(url, 2000, "The address")
    revision = None
    if article is not None:
        revision = article.latest
        if revision is None:
            raise Refused("withdrawn", "That article is withdrawn; it cannot be relied on.")
        title, publisher = title or revision.title or "Untitled article", publisher or article.outlet.name
        url = url or (article.address if article.address.startswith(("http://", "https://")) else "")
        origin = origin or article.outlet.name
    elif reference is not None:
        edition = f", {reference.edition}" if reference.edition else ""
        title = title or f"{reference.title}{edition}"
        publisher, url = publisher or reference.authority, url or reference.url
        origin = origin or reference.authority
    if url:
        try:
            _WEB(url)
        except ValidationError as error:
            raise Refused("url", "That is no web address: it begins with http:// or https://.") from error
        origin = origin or publisher or (urlsplit(url).hostname or "")[:200]
        title = title or url[:500]
    origin = origin or publisher
    if not title:
        raise Refused("no_title", "Name the source: its title or what it is, or give its address.")
    if not origin:
        raise Refused("no_origin", "Say whom the information comes from in the end.")
    with transaction.atomic():
        row = held(factcheck)
        must_be_open(row)
        there = row.sources.in_use()
        same = (
            (article is not None and there.filter(article=article).exists())
            or (reference is not None and there.filter(reference=reference).exists())
            or (article is None and reference is None and url and there.filter(url=url).exists())
        )
        if same:
            raise Refused("there_already", f"“{title}” is among the sources already.")
        source = Source.objects.create(
            factcheck=row,
            title=title[:500],
            publisher=publisher[:200],
            url=url,
            article=article,
            revision=revision,
            reference=reference,
            use=use,
            on_record=on_record,
            origin=origin,
            says=clean(says, 20_000, "What it says"),
            consulted_on=consulted_on or now().date(),
            added_by=person,
            added_at=now(),
        )
        write(row, "source", person=person, after="added", reason=_named(source))
    return source


def change_source(
    source: Source,
    *,
    person: User,
    use: str | None = None,
    on_record: bool | None = None,
    origin: str | None = None,
    says: str | None = None,
) -> Source:
    """Changes how a source is used. Raises Refused: "closed", "use", "no_origin", "too_long", "removed"."""
    if use is not None and use not in Use.values:
        raise Refused("use", "Say whether it is used as a primary or as a secondary source.")
    wanted: dict[str, object] = {"use": use, "on_record": on_record}
    if origin is not None and not clean(origin):
        raise Refused("no_origin", "Say whom the information comes from in the end.")
    wanted["origin"] = None if origin is None else clean(origin, 200, "The origin")
    wanted["says"] = None if says is None else clean(says, 20_000, "What it says")
    with transaction.atomic():
        row = held(source.factcheck)
        must_be_open(row)
        now_is = row.sources.get(pk=source.pk)
        if now_is.removed_at is not None:
            raise Refused("removed", "This source was taken out; put it back first.")
        changes = {
            name: value
            for name, value in wanted.items()
            if value is not None and getattr(now_is, name) != value
        }
        for name, value in changes.items():
            before, after = (_shown(name, each) for each in (getattr(now_is, name), value))
            setattr(now_is, name, value)
            reason = f"{now_is.title}: {name.replace('_', ' ')} was “{before}”, is “{after}”"
            write(row, "source", person=person, after="changed", reason=reason)
        if changes:
            now_is.save(update_fields=list(changes))
    return now_is


def remove_source(source: Source, *, person: User, reason: str = "") -> Source:
    """Takes a source out; it stays in the history and can be put back. Raises Refused "closed"."""
    return _in_or_out(source, person, reason, out=True)


def restore_source(source: Source, *, person: User, reason: str = "") -> Source:
    """Puts a source back that was taken out. Raises Refused "closed"."""
    return _in_or_out(source, person, reason, out=False)


def independent_origins(factcheck: FactCheck, sources: Iterable[Source] | None = None) -> int:
    """How many independent origins stand behind what a reader may see: sources in use, on the record.

    Sources with one origin count once; so do articles that are copies of one another, and one outlet's. The
    article under check and copies of it do not count: a claim is no evidence for itself.
    """
    if sources is None:
        sources = factcheck.sources.on_page().select_related("article__outlet")
    told = [source for source in sources if source.on_record and source.removed_at is None]
    checked = Article.objects.filter(revisions__claims=factcheck.claim_id).first() if told else None
    counted = [source for source in told if not _is_under_check(source, checked)]
    root = _joined({source.pk: _keys(source) for source in counted})
    # The engine's count decides, as for groups: of one outlet there is never more than one.
    return independent(
        ArticleRef(key=str(source.pk), outlet=_teller(source), origin=root[source.pk]) for source in counted
    )


def _is_under_check(source: Source, checked: Article | None) -> bool:
    if checked is None:
        return False
    if source.article is None:
        return bool(source.url) and source.url == checked.address
    copy = checked.origin_id is not None and source.article.origin_id == checked.origin_id
    return copy or source.article_id == checked.pk


def _teller(source: Source) -> str:
    return (source.article.outlet.name if source.article else source.origin).strip().casefold()


def _keys(source: Source) -> set[str]:
    """What makes two sources one: the origin that was named, and the Origin that articles share."""
    named = source.origin.strip().casefold()
    if source.article is None or source.article.origin_id is None:
        return {named}
    own = source.article.outlet.name.strip().casefold()
    return {f"origin {source.article.origin_id}"} | ({named} - {own})


def _joined(keys: Mapping[int, set[str]]) -> dict[int, str]:
    """One name for all sources that share a key, directly or through others."""
    root: dict[int, str] = {}
    left = dict(keys)
    while left:
        first = min(left)
        known, members = left.pop(first), [first]
        while near := [pk for pk, own in left.items() if own & known]:
            for pk in near:
                known = known | left.pop(pk)
            members += near
        root |= dict.fromkeys(members, str(first))
    return root


def _in_or_out(source: Source, person: User, reason: str, *, out: bool) -> Source:
    reason = clean(reason, 10_000, "A reason")
    with transaction.atomic():
        row = held(source.factcheck)
        must_be_open(row)
        now_is = row.sources.get(pk=source.pk)
        if (now_is.removed_at is not None) != out:
            now_is.removed_at = now() if out else None
            now_is.save(update_fields=["removed_at"])
            told = f"{_named(now_is)}: {reason}" if reason else _named(now_is)
            write(row, "source", person=person, after="taken out" if out else "put back", reason=told)
    return now_is


def _named(source: Source) -> str:
    record = "" if source.on_record else ", off the record"
    return f"{source.title} ({source.use}{record}, origin: {source.origin})"


def _shown(name: str, value: object) -> str:
    if name == "on_record":
        return "on the record" if value else "off the record"
    return str(value)
