"""What every page needs, in every template without ``{% load %}``: the way around, icons and times."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from typing import Any, NamedTuple

import lucide
from django import template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


class Entry(NamedTuple):
    """A line of the rail: its URL name, words, icon, the key after "g", the stems of the pages under it."""

    name: str
    label: str
    icon: str
    key: str
    pages: tuple[str, ...]
    staff: bool = False


#: In groups, as the day goes: what is to be done, what was read, what stands behind it.
RAIL: tuple[tuple[Entry, ...], ...] = (
    (
        Entry("home", "Start", "house", "h", ("home",)),
        Entry("queue", "Queue", "inbox", "q", ("queue", "findings", "finding")),
        Entry("draft", "Check a draft", "spell-check", "d", ("draft",)),
        Entry("factchecks", "Fact-checks", "clipboard-check", "f", ("factchecks", "factcheck")),
    ),
    (
        Entry("articles", "Articles", "newspaper", "a", ("articles", "article")),
        Entry("groups", "Claims", "layers", "c", ("groups", "group", "origins", "origin")),
        Entry("search", "Search", "search", "s", ("search",)),
        Entry("outlets", "Outlets", "radio-tower", "o", ("outlets", "outlet")),
    ),
    (
        Entry("references", "References", "landmark", "r", ("references", "reference")),
        Entry("reports", "Reports", "scroll-text", "p", ("reports", "report")),
        Entry("ingest", "Ingest", "file-input", "i", ("ingest", "documents", "document")),
        Entry("settings", "Settings", "settings", "e", ("settings", "setting"), staff=True),
    ),
)


@cache
def _address(name: str) -> str:
    """Where a screen is; "" while there is none of that name."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.inclusion_tag("parts/nav.html", takes_context=True)
def navigation(context: template.Context, keys: bool = True) -> dict[str, Any]:
    """The links to the screens that exist, in groups, the one for the present page marked.

    ``keys`` is off where the list stands on the page a second time, so that a key means one element.
    """
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    here = (match.url_name or "").split("-")[0] if match else ""
    staff = bool(getattr(getattr(request, "user", None), "is_staff", False))
    groups = [
        [(e, _address(e.name), here in e.pages) for e in group if _address(e.name) and (staff or not e.staff)]
        for group in RAIL
    ]
    return {"groups": [group for group in groups if group], "keys": keys}


@register.simple_tag
def screen(name: str) -> str:
    """The address of a screen by its URL name; "" while there is none: ``{% screen "search" as there %}``."""
    return _address(name)


@register.filter
def web(address: object) -> str:
    """The address, if following it opens a page on the web; "" for "javascript:" and whatever else there is.

    Services refuse other addresses, but a link must not rely on what wrote its row.
    """
    text = str(address or "")
    return text if text.lower().startswith(("http://", "https://")) else ""


@cache
def _drawn(name: str, size: int) -> SafeString:
    # Our own names only (a literal in a template), drawn by the package: nothing a stranger wrote.
    return mark_safe(  # noqa: S308  # nosec B308 B703
        lucide._render_icon(name, size, **{"class": "icon", "aria-hidden": "true"})
    )


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """An icon of Lucide's (https://lucide.dev/icons): ``{% icon "inbox" %}``. It says nothing to a screen
    reader, so it stands beside words or in a control with an ``aria-label``. An unknown name raises."""
    return _drawn(str(name), int(size))


@register.simple_tag
def when(value: datetime | date | str | None, style: str = "short") -> SafeString | str:
    """A time in the reader's zone, the original with its zone on hover: ``{% when document.received_at %}``.

    ``style``: "short" (``14:02`` today, else ``7 Mar, 14:02``, with the year if another), "day"
    (``7 Mar 2024``) or "long" (``Thursday 7 March 2024, 14:02 CET``). A day without a time has no zone and
    stays as it is. Text in ISO 8601 is read; other text comes out as it stands, None as "".
    """
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return value
    if value is None:
        return ""
    if not isinstance(value, datetime):
        words = f"{value:%A %-d %B %Y}" if style == "long" else f"{value:%-d %b %Y}"
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)
    original = value if timezone.is_aware(value) else value.replace(tzinfo=UTC)
    local = timezone.localtime(original)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        original.isoformat(),
        f"{original:%A %-d %B %Y, %H:%M:%S} {original.tzname()}",
        _told(local, style),
    )


def _told(local: datetime, style: str) -> str:
    if style == "long":
        return f"{local:%A %-d %B %Y, %H:%M} {local.tzname()}"
    if style == "day":
        return f"{local:%-d %b %Y}"
    today = timezone.localdate()
    if local.date() == today:
        return f"{local:%H:%M}"
    return f"{local:%-d %b, %H:%M}" if local.year == today.year else f"{local:%-d %b %Y, %H:%M}"
