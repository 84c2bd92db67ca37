"""Fetch one page from the open web, and nothing from anywhere else.

The address a name resolves to is checked and then used for the very connection (requests-hardened), so a
name cannot point elsewhere between the check and the request; the same happens again at every redirect.
Proxies named in the environment are not used: a proxy would resolve the name itself.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter

from claims.engine.records import Document
from claims.ingest.errors import Unreadable

USER_AGENT = "factcheck-workbench (fetches single articles for a newsroom)"
CONNECT_SECONDS = 6.0
SILENCE_SECONDS = 10.0  # between two pieces of an answer
TOTAL_SECONDS = 30.0  # name look-up aside, over all redirects
MAX_REDIRECTS = 5
MAX_URL = 2000  # characters; what the database column holds
CHUNK = 16_384

# Ranges that can lead into our own network although Python calls some of them global: what
# requests-hardened refuses beyond ``is_private``, and what it misses. Source: the IANA registries of
# special-purpose addresses; RFC 3056, 3879, 4291, 6052.
REFUSED = tuple(
    ipaddress.ip_network(net)
    for net in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # shared address space of carriers
        "169.254.0.0/16",  # link-local, cloud metadata
        "192.88.99.0/24",  # 6to4 relays
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/96",  # IPv4-compatible
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",  # site-local, deprecated but routable inside
        "ff00::/8",
    )
)

# Media types that can hold an article. A missing or generic one passes: the document is screened later.
READABLE = ("text/", "application/xhtml+xml", "application/xml", "application/json", "application/ld+json")
UNTYPED = ("application/octet-stream", "binary/octet-stream", "application/unknown")


def fetch(
    url: str, max_bytes: int, *, allow_private: bool = False, total_seconds: float = TOTAL_SECONDS
) -> Document:
    """Fetch ``url``: its bytes, content type, final address, and the present time (UTC) as ``fetched_at``.

    ``max_bytes`` bounds the decoded answer; ``allow_private`` permits addresses of this machine and the local
    network (for tests, or a newsroom's own archive). Raises Unreadable with the code fetch_bad_url,
    fetch_refused_address, fetch_timeout, fetch_http_status, fetch_too_large, fetch_content_type,
    fetch_redirects or fetch_unreachable.
    """
    deadline = _Deadline(total_seconds)
    with _session(allow_private, deadline) as session, deadline:
        try:
            for _ in range(MAX_REDIRECTS + 1):
                url = checked_url(url)
                with session.get(
                    url, allow_redirects=False, stream=True, timeout=(CONNECT_SECONDS, SILENCE_SECONDS)
                ) as response:
                    if response.is_redirect:
                        url = urljoin(url, response.headers["location"])
                        continue
                    return _document(response, url, max_bytes, deadline)
        except InvalidIPAddress as error:
            raise Unreadable(
                "fetch_refused_address",
                "Address refused",
                f"{urlsplit(url).hostname} leads to {error}, which is not on the open internet and so is not "
                "fetched. Save the page and send the file instead.",
            ) from error
        except requests.exceptions.InvalidURL as error:
            raise _bad_url(f"“{url[:200]}” is not an address that can be fetched.") from error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            if deadline.passed or isinstance(error, requests.Timeout) or "timed out" in str(error):
                raise Unreadable(
                    "fetch_timeout",
                    "No answer in time",
                    f"{urlsplit(url).hostname} did not send the whole page in {total_seconds:g} seconds. "
                    "Try again later, or save the page and send the file.",
                ) from error
            raise Unreadable(
                "fetch_unreachable",
                "Not reachable",
                f"{urlsplit(url).hostname} could not be reached ({_cause(error)}). "
                "Check the address, or try again later.",
            ) from error
    raise Unreadable(
        "fetch_redirects",
        "Too many redirects",
        f"The address was redirected more than {MAX_REDIRECTS} times. "
        "Open it in a browser and send the final address.",
    )


def checked_url(url: str) -> str:
    """``url`` without the space around it and its fragment.

    Raises Unreadable("fetch_bad_url") for anything but http and https, without a host, or with a login.
    """
    url = url.strip()
    if not url or len(url) > MAX_URL:
        raise _bad_url(f"An address has between 1 and {MAX_URL} characters; this one has {len(url)}.")
    if any(c.isspace() or ord(c) < 32 or ord(c) == 127 or c == "\\" for c in url):
        raise _bad_url("The address holds spaces, backslashes or control characters.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _bad_url(f"“{url[:200]}” is not an address ({error}).") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise _bad_url("Only addresses that begin with http:// or https:// are fetched.")
    if not parts.hostname:
        raise _bad_url("The address names no host.")
    if parts.username is not None or parts.password is not None:
        raise _bad_url(
            "The address holds a user name or password. Leave it out: it would be stored with the article."
        )
    if port == 0:
        raise _bad_url("Port 0 cannot be fetched from.")
    return url.partition("#")[0]


def is_refused(address: str) -> bool:
    """Whether an IP address is private, local, multicast, reserved or a tunnel into such (see REFUSED)."""
    ip = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return (
        not ip.is_global or ip.is_multicast or any(ip in net for net in REFUSED if net.version == ip.version)
    )


class _PinnedAdapter(IPFilterAdapter):
    """requests-hardened's adapter, refusing the ranges it misses as well."""

    def build_connection_pool_key_attributes(self, *args: Any, **kwargs: Any) -> Any:
        host, pool = super().build_connection_pool_key_attributes(*args, **kwargs)
        if is_refused(host["host"]):
            raise InvalidIPAddress(host["host"])
        return host, pool


class _Deadline:
    """Ends the open connection when the total time is up, even while headers drip in byte by byte."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._sockets: list[socket.socket] = []

    @property
    def passed(self) -> bool:
        return time.monotonic() >= self._end

    def watch(self, sock: socket.socket) -> None:
        self._sockets.append(sock)

    def _cut(self) -> None:
        for sock in list(self._sockets):
            with suppress(OSError):  # already closed: nothing left to cut
                sock.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> _Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


def _watched(connection: type[Any], watch: Callable[[socket.socket], None]) -> type[Any]:
    class Watched(connection):  # type: ignore[misc]
        def connect(self) -> None:
            super().connect()
            watch(self.sock)

    return Watched


def _session(allow_private: bool, deadline: _Deadline) -> requests.Session:
    session = requests.Session()
    session.trust_env = False  # no proxies, no .netrc
    session.headers.update({"User-Agent": USER_AGENT, "Accept": "text/html, text/plain;q=0.9, */*;q=0.1"})
    for scheme, base in (("http", urllib3.HTTPConnectionPool), ("https", urllib3.HTTPSConnectionPool)):
        adapter = HTTPAdapter() if allow_private else _PinnedAdapter(is_https_proto=scheme == "https")
        pool = type("Pool", (base,), {"ConnectionCls": _watched(base.ConnectionCls, deadline.watch)})
        adapter.poolmanager.pool_classes_by_scheme = {scheme: pool}  # type: ignore[assignment]
        session.mount(f"{scheme}://", adapter)
    return session


def _document(response: requests.Response, url: str, max_bytes: int, deadline: _Deadline) -> Document:
    if response.status_code != 200:
        raise Unreadable(
            "fetch_http_status",
            f"Answer {response.status_code}",
            f"{urlsplit(url).hostname} answered with status {response.status_code}, not with the page. "
            "Check the address; if the page needs a login, save it and send the file.",
        )
    content_type = response.headers.get("content-type", "").strip()
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type and not media_type.startswith(READABLE) and media_type not in UNTYPED:
        raise Unreadable(
            "fetch_content_type",
            "Not a page of text",
            f"The address holds {media_type}, not text. Send the address of the article's web page.",
        )
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > max_bytes:
        raise _too_large(max_bytes)
    pieces, size = [], 0
    for piece in response.iter_content(CHUNK):
        size += len(piece)
        if size > max_bytes:
            raise _too_large(max_bytes)
        if deadline.passed:
            raise requests.Timeout("total time is up")
        pieces.append(piece)
    if deadline.passed:  # the connection was cut: what came may be half a page
        raise requests.Timeout("total time is up")
    return Document(
        raw=b"".join(pieces), content_type=content_type or None, url=url, fetched_at=datetime.now(UTC)
    )


def _too_large(max_bytes: int) -> Unreadable:
    return Unreadable(
        "fetch_too_large",
        "Too large",
        f"The page is larger than {max_bytes:,} bytes. Copy the article's text and paste it instead.",
    )


def _bad_url(detail: str) -> Unreadable:
    return Unreadable("fetch_bad_url", "Not a usable address", detail)


def _cause(error: BaseException) -> str:
    """The innermost reason in a word or two; the library's own message names objects nobody needs to see."""
    text = str(error)
    for sign, words in (
        ("resolve", "its name is unknown"),
        ("Name or service", "its name is unknown"),
        ("refused", "connection refused"),
        ("CERTIFICATE", "its certificate is not valid"),
        ("SSL", "no safe connection"),
        ("Incomplete", "the answer broke off"),
        ("Connection aborted", "the connection broke off"),
        ("unreachable", "no route to it"),
    ):
        if sign in text:
            return words
    return type(error).__name__
