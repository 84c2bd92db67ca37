"""How one reader wants the pages: the zone times are told in, and a light or a dark sheet.

Both are cookies, so they also hold before log-in, and the server writes pages that need no second painting.
Nothing here is trusted: a zone that the program does not know, or a theme of another name, counts as none.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

Answer = Callable[[HttpRequest], HttpResponse]

#: What the browser says its zone is; workbench.js writes it from Intl.
ZONE_COOKIE = "zone"
#: The zone the person chose on the account page; it wins.
CHOSEN_ZONE_COOKIE = "zone_chosen"
THEME_COOKIE = "theme"
THEMES = ("light", "dark")
#: How long a choice lasts, in seconds: browsers keep a cookie 400 days at most (RFC 6265bis, 5.6.2).
KEPT = 400 * 24 * 3600


@cache
def zones() -> tuple[str, ...]:
    """The zones people may choose: places ("Europe/Vienna") and UTC, without the old aliases."""
    places = (name for name in available_timezones() if "/" in name and not name.startswith(_NO_PLACE))
    return ("UTC", *sorted(places))


_NO_PLACE = ("Etc/", "SystemV/", "US/", "posix/", "right/")


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


def zone_of(request: HttpRequest) -> ZoneInfo | None:
    """The reader's zone: the chosen one, else the browser's; None where neither names one."""
    for cookie in (CHOSEN_ZONE_COOKIE, ZONE_COOKIE):
        name = request.COOKIES.get(cookie, "").replace("%2F", "/")
        if name in _known():
            return ZoneInfo(name)
    return None


def theme_of(request: HttpRequest) -> str:
    """ "light" or "dark" where the person chose; "" follows the system."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return theme if theme in THEMES else ""


class Reader:
    """Middleware: times in the reader's zone on every page. The API keeps the server's, whoever asks."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = None if request.path.startswith("/api/") else zone_of(request)
        with timezone.override(zone or timezone.get_default_timezone()):
            return self.get_response(request)


def appearance(request: HttpRequest) -> dict[str, str]:
    """Context processor: ``theme`` for the root element, and ``zone``, the name of the zone in force."""
    return {"theme": theme_of(request), "zone": timezone.get_current_timezone_name()}
