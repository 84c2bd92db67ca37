from __future__ import annotations

import io
import zipfile

import pytest

from claims.engine.records import Document
from claims.ingest.errors import Unreadable
from claims.ingest.reading import screen

LIMIT = 10_000


def refused(raw: bytes, content_type: str | None = None) -> Unreadable:
    with pytest.raises(Unreadable) as refusal:
        screen(Document(raw, content_type=content_type), LIMIT)
    return refusal.value


def zipped(name: str) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, "x")
    return memory.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" \t\r\n ",
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf \n",
        "\ufeff \n".encode("utf-16-le"),
        "\u00a0\u200b\n".encode(),
    ],
)
def test_nothing_but_white_space_is_empty(raw: bytes) -> None:
    assert refused(raw).code == "empty"


def test_too_many_bytes_are_too_large_and_the_limit_is_named() -> None:
    error = refused(b"x" * (LIMIT + 1))
    assert error.code == "too_large"
    assert "10 kB" in error.detail


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        (b"%PDF-1.7\n%abc", "PDF"),
        (b"{\\rtf1\\ansi hello}", "RTF"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"GIF89a\x01\x00", "GIF"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "WebP"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "Office"),
        (zipped("word/document.xml"), "docx"),
        (zipped("xl/workbook.xml"), "xlsx"),
        (zipped("stories/one.txt"), "zip"),
        (b"SQLite format 3\x00", "SQLite"),
    ],
)
def test_a_known_format_is_named_with_advice(raw: bytes, named: str) -> None:
    error = refused(raw)
    assert error.code == "binary"
    assert named in error.detail
    assert error.detail.rstrip().endswith(".")
    assert len(error.detail.split(". ")) >= 2


def test_zero_bytes_are_binary() -> None:
    assert refused(b"some text\x00and more text with bytes" * 20).code == "binary"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_wide_text_is_no_binary(encoding: str) -> None:
    screen(Document(("Nine clerks left Askel on Friday. " * 20).encode(encoding)), LIMIT)


def test_wide_text_that_is_declared_is_no_binary() -> None:
    screen(Document("Ł".encode("utf-16-le") * 30, content_type="text/plain; charset=utf-16"), LIMIT)


@pytest.mark.parametrize(
    "raw", [b"<html>", b'{"a": 1}', b"# Title", b"Nine clerks left.", "Ausgewählt".encode("cp1252")]
)
def test_texts_of_all_sorts_pass(raw: bytes) -> None:
    screen(Document(raw), LIMIT)


def test_an_error_survives_the_trip_between_processes() -> None:
    import pickle

    error = refused(b"")
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.code, copy.title, copy.detail) == (error.code, error.title, error.detail)
