"""The cheap check at the door: is there anything in these bytes that could be an article?"""

from __future__ import annotations

import codecs
import re

from claims.engine.records import Document
from claims.ingest.decoding import BYTE_ORDER_MARKS, declared_charset
from claims.ingest.errors import Unreadable

SAVE_AS_TEXT = "Open it in its program, save it as plain text or HTML, and send that."
COPY_TEXT = "Copy the article's text out of it and paste that, or send the article's web page."
UNPACK = "Unpack it and send the articles in it one by one."
NO_WORDS = "It holds no text to read. Send the article's text or its web page."

# First bytes of common formats: (offset, bytes, what it is, what to do). Source: the formats' own
# specifications, as collected in the WHATWG MIME Sniffing Standard and file(1)'s magic database.
SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"%PDF-", "a PDF", COPY_TEXT),
    (0, b"{\\rtf", "a rich text (RTF) file", SAVE_AS_TEXT),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older Microsoft Office file", SAVE_AS_TEXT),
    (0, b"%!PS", "a PostScript file", COPY_TEXT),
    (0, b"AT&TFORM", "a DjVu scan", COPY_TEXT),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG image", NO_WORDS),
    (0, b"\xff\xd8\xff", "a JPEG image", NO_WORDS),
    (0, b"GIF87a", "a GIF image", NO_WORDS),
    (0, b"GIF89a", "a GIF image", NO_WORDS),
    (8, b"WEBP", "a WebP image", NO_WORDS),
    (0, b"II*\x00", "a TIFF image", NO_WORDS),
    (0, b"MM\x00*", "a TIFF image", NO_WORDS),
    (4, b"ftyp", "a video or an image (MP4, HEIC or AVIF)", NO_WORDS),
    (0, b"ID3", "an audio file (MP3)", NO_WORDS),
    (0, b"OggS", "an audio or video file (Ogg)", NO_WORDS),
    (8, b"WAVE", "an audio file (WAV)", NO_WORDS),
    (0, b"\x1f\x8b", "a gzip archive", UNPACK),
    (0, b"BZh", "a bzip2 archive", UNPACK),
    (0, b"\xfd7zXZ\x00", "an xz archive", UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    (0, b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (0, b"SQLite format 3\x00", "an SQLite database", NO_WORDS),
    (0, b"\x7fELF", "a program", NO_WORDS),
    (0, b"MZ\x90\x00", "a Windows program", NO_WORDS),
    (0, b"bplist00", "an Apple property list or web archive", SAVE_AS_TEXT),
    (257, b"ustar", "a tar archive", UNPACK),
)

ZIPPED = (
    (b"word/", "a Word document (docx)", SAVE_AS_TEXT),
    (b"xl/", "an Excel workbook (xlsx)", SAVE_AS_TEXT),
    (b"ppt/", "a PowerPoint file (pptx)", SAVE_AS_TEXT),
    (b"opendocument.text", "an OpenDocument text (odt)", SAVE_AS_TEXT),
    (b"opendocument", "an OpenDocument file", SAVE_AS_TEXT),
    (b"epub+zip", "an e-book (EPUB)", COPY_TEXT),
)

# Bytes that are no content: white space, byte order marks, and the zero bytes of UTF-16 white space.
BLANK = bytes(set(b" \t\r\n\x0b\x0c"))


def screen(document: Document, max_bytes: int, size: int | None = None) -> None:
    """Refuse what cannot be an article, looking at size and first bytes only.

    Raises Unreadable with code "empty" (nothing but white space or a byte order mark), "too_large" (more than
    ``max_bytes`` bytes) or "binary" (zero bytes, or the first bytes of a known format). ``size`` is the
    number of bytes of the whole, where ``document`` holds only its beginning.
    """
    raw = document.raw
    size = len(raw) if size is None else size
    if size > max_bytes:
        raise Unreadable(
            "too_large",
            "Too large",
            f"The document is {_size(size)}; the limit is {_size(max_bytes)}. "
            "Send the article alone, without attachments or embedded images.",
        )
    if _is_blank(raw):
        raise Unreadable(
            "empty",
            "Nothing in it",
            "The document holds no text, only white space at most. Check that the right file was sent.",
        )
    recognised = _looks_like(raw)
    if recognised:
        what, advice = recognised
        raise Unreadable("binary", "Not a text", f"The document looks like {what}. {advice}")
    if b"\x00" in raw and not _may_be_wide(raw, document.content_type):
        raise Unreadable(
            "binary",
            "Not a text",
            "The document holds zero bytes, which no text file does. "
            "Save the article as plain text or HTML and send that.",
        )


def _size(count: int) -> str:
    if count < 10_000:
        return f"{count:,} bytes"
    if count < 1_000_000:
        return f"{count / 1000:,.0f} kB"
    return f"{count / 1_000_000:,.1f} MB"


def _is_blank(raw: bytes) -> bool:
    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            if "8" in encoding:
                raw = raw.removeprefix(mark)
                break
            return not raw.decode(encoding, "ignore").strip("\ufeff \t\r\n\x0b\x0c\xa0")
    if raw.strip(BLANK) == b"":
        return True
    # White space beyond ASCII (no-break and zero-width spaces); a longer document is not decoded here.
    return (
        len(raw) < 4096 and re.sub(r"[\s\ufeff\u200b-\u200d\u2060]", "", raw.decode("utf-8", "replace")) == ""
    )


def _looks_like(raw: bytes) -> tuple[str, str] | None:
    for offset, magic, what, advice in SIGNATURES:
        if raw.startswith(magic, offset):
            return what, advice
    if raw.startswith(b"PK\x03\x04"):
        head = raw[:8192]
        for inner, what, advice in ZIPPED:
            if inner in head:
                return what, advice
        return "a zip archive", UNPACK
    return None


def _may_be_wide(raw: bytes, content_type: str | None) -> bool:
    """Zero bytes are normal in UTF-16 and UTF-32: marked, declared, or at every second byte of the start."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        return True
    if (declared_charset(content_type) or "").lower().replace("_", "-").startswith(("utf-16", "utf-32")):
        return True
    head = raw[:400]
    return max(head[0::2].count(0), head[1::2].count(0)) > 0.35 * len(head) > 0 and min(
        head[0::2].count(0), head[1::2].count(0)
    ) < 0.05 * len(head)
