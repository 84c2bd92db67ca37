"""Fetching, from a real server on this machine."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from claims.ingest.errors import Unreadable
from claims.ingest.fetching import checked_url, fetch, is_refused

LIMIT = 50_000
PAGE = "<p>Nine clerks left Askel on Friday.</p>".encode("utf-16")


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        answer = getattr(self, "get_" + self.path.strip("/").partition("?")[0].replace("/", "_"), None)
        if answer is None:
            self.reply(404, b"gone")
        else:
            answer()

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def get_page(self) -> None:
        self.reply(200, PAGE, Content_Type="text/html; charset=utf-16")

    def get_agent(self) -> None:
        self.reply(200, str(self.headers).encode(), Content_Type="text/plain")

    def get_moved(self) -> None:
        self.reply(302, Location="/page#part")

    def get_round(self) -> None:
        self.reply(302, Location="/round")

    def get_to_file(self) -> None:
        self.reply(302, Location="file:///etc/hostname")

    def get_to_login(self) -> None:
        self.reply(302, Location="http://user:secret@127.0.0.1/")

    def get_large(self) -> None:
        self.reply(200, b"x" * (LIMIT + 1), Content_Type="text/plain")

    def get_large_declared(self) -> None:
        self.reply(200, b"", Content_Type="text/plain", Content_Length=str(LIMIT + 1))

    def get_bomb(self) -> None:
        self.reply(200, gzip.compress(b"x" * 50 * LIMIT), Content_Type="text/plain", Content_Encoding="gzip")

    def get_picture(self) -> None:
        self.reply(200, b"\x89PNG", Content_Type="image/png")

    def get_untyped(self) -> None:
        self.reply(200, b"Nine clerks left.")

    def get_teapot(self) -> None:
        self.reply(418, b"")

    def get_cut(self) -> None:
        self.reply(200, b"x" * 10, Content_Type="text/plain", Content_Length="1000")

    def get_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.drip()

    def get_dripping_head(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
        self.drip()

    def drip(self) -> None:
        try:
            for _ in range(200):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass  # the other side has hung up, as it should

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def refused(url: str, **options: object) -> Unreadable:
    with pytest.raises(Unreadable) as refusal:
        fetch(url, LIMIT, **{"allow_private": True, **options})  # type: ignore[arg-type]
    assert refusal.value.detail.endswith(".")
    return refusal.value


def test_bytes_type_address_and_time_come_back(site: str) -> None:
    document = fetch(f"{site}/page", LIMIT, allow_private=True)
    assert document.raw == PAGE
    assert document.content_type == "text/html; charset=utf-16"
    assert document.url == f"{site}/page"
    assert document.fetched_at is not None
    assert document.fetched_at.tzinfo is not None


def test_redirects_are_followed_to_the_final_address(site: str) -> None:
    assert fetch(f"{site}/moved", LIMIT, allow_private=True).url == f"{site}/page"


def test_a_page_without_a_type_is_let_through(site: str) -> None:
    assert fetch(f"{site}/untyped", LIMIT, allow_private=True).content_type is None


def test_the_environment_s_proxy_is_not_used(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert fetch(f"{site}/page", LIMIT, allow_private=True).raw == PAGE


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/nowhere", "fetch_http_status"),
        ("/teapot", "fetch_http_status"),
        ("/round", "fetch_redirects"),
        ("/to_file", "fetch_bad_url"),
        ("/to_login", "fetch_bad_url"),
        ("/large", "fetch_too_large"),
        ("/large_declared", "fetch_too_large"),
        ("/bomb", "fetch_too_large"),
        ("/picture", "fetch_content_type"),
        ("/cut", "fetch_unreachable"),
    ],
)
def test_what_cannot_be_an_article_is_refused(site: str, path: str, code: str) -> None:
    assert refused(site + path).code == code


def test_the_status_is_named(site: str) -> None:
    assert "418" in refused(f"{site}/teapot").detail


@pytest.mark.parametrize("path", ["/drip", "/dripping_head"])
def test_an_answer_that_drips_is_cut_off(site: str, path: str) -> None:
    assert refused(site + path, total_seconds=0.6).code == "fetch_timeout"


def test_nobody_listening_is_unreachable() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert refused(f"http://127.0.0.1:{port}/").code == "fetch_unreachable"


def test_an_unknown_name_is_unreachable() -> None:
    error = refused("http://no-such-host.invalid/", allow_private=False)
    assert error.code == "fetch_unreachable"
    assert "no-such-host.invalid" in error.detail


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_this_machine_is_refused(site: str, host: str) -> None:
    error = refused(f"http://{host}:{site.rpartition(':')[2]}/page", allow_private=False)
    assert error.code in ("fetch_refused_address", "fetch_unreachable", "fetch_bad_url")
    if host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]"):
        assert error.code == "fetch_refused_address"


def test_a_redirect_to_this_machine_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first address passes for a public one; the redirect's is looked at anew."""
    port = int(site.rpartition(":")[2])
    resolved: list[str] = []
    real = socket.getaddrinfo

    def lookup(host: str, *args: object, **kwargs: object) -> object:
        resolved.append(host)
        return real("127.0.0.1", *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr("claims.ingest.fetching.is_refused", lambda address: len(resolved) > 1)
    monkeypatch.setattr("requests_hardened.ip_filter.EXTRA_BLOCKED_NET_RANGES", ())
    monkeypatch.setattr(
        "requests_hardened.ip_filter_adapter.filter_host",
        lambda host, port, allow_loopback: lookup(host, port) and "127.0.0.1",
    )
    error = refused(f"http://public.example:{port}/moved", allow_private=False)
    assert error.code == "fetch_refused_address"
    assert resolved[0] == "public.example"


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "127.0.0.2", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1", "::127.0.0.1",
        "::ffff:10.0.0.1", "fe80::1", "fec0::1", "fc00::1", "fd12::1", "ff02::1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_addresses_off_the_open_internet_are_refused(address: str) -> None:
    assert is_refused(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "[2606:4700:4700::1111]"]
)
def test_addresses_on_the_open_internet_pass(address: str) -> None:
    assert not is_refused(address)


@pytest.mark.parametrize(
    "url",
    [
        "", " ", "clerks", "//host/x", "ftp://host/x", "file:///etc/hostname", "javascript:alert(1)", "http://",
        "http:///x", "http://:80/", "http://user@host/", "http://user:secret@host/", "http://host:99999/",
        "http://host:0/", "http://[::1/", "http://ho st/", "http://host/a\nb",
        "http://host\\@other/", "http://host/" + "x" * 2000, "gopher://host/1",
    ],
)  # fmt: skip
def test_addresses_that_are_none_are_refused(url: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        checked_url(url)
    assert refusal.value.code == "fetch_bad_url"


def test_a_good_address_loses_only_its_fragment() -> None:
    assert checked_url(" HTTPS://Host.example/a?b=c#d ") == "HTTPS://Host.example/a?b=c"
