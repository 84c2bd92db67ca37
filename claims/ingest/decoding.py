"""Bytes to text, never guessing in silence.

The order follows the HTML standard's (byte order mark, what the transport declared, what the page declares),
with one change: bytes that are valid UTF-8 and hold multi-byte sequences are UTF-8 whatever was declared,
because other encodings produce such sequences practically never, while wrong Latin-1 labels are common.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

from claims.ingest.errors import Unreadable

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the UTF-16 one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Labels that mean a larger encoding in practice (WHATWG Encoding Standard, section 4.2).
WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# Only character encodings of documents: Python's registry also holds "rot13", "unicode_escape", "utf-7".
TRUSTED = re.compile(
    r"utf-8(-sig)?|utf-(16|32)(-[lb]e)?|cp(12\d\d|437|850|866|874|932|949)|iso8859-\d+|koi8-[ru]"
    r"|mac-(roman|cyrillic)"
    r"|gb18030|big5(hkscs)?|euc_jp|iso2022_jp|tis-620"
)

# UTF-8 read as Windows-1252: curly quotes, dashes, accented Latin letters.
DOUBLY_ENCODED = re.compile(
    "\u00e2\u20ac[\u2122\u0153\u201c\u201d\u02dc\u00a6\u009d]|\u00c3[\u00a9\u00a8\u00bc\u00b6\u00a4\u00a1\u00b3]"
)
CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
CHARSET_PARAMETER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
META_CHARSET = re.compile(
    rb"<meta\b[^>]{0,500}?charset\s*=\s*[\"']?([\w.:-]+)|<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
GUESS_SAMPLE = 200_000  # bytes shown to the guesser: enough to be sure, and bounds its time


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with line ends normalised to "\\n", the encoding it was in, and what a reader should know."""

    text: str
    encoding: str
    notices: tuple[str, ...] = ()


def decode(raw: bytes, content_type: str | None = None) -> Decoded:
    """The text of ``raw``; ``content_type`` is the declared media type, whose charset is tried first.

    Characters stay as they are; only line ends are normalised and a byte order mark is taken off. A wrong or
    guessed encoding gives a notice. Raises Unreadable("encoding") where none fits, Unreadable("binary")
    where the decoded text holds control characters that no article has.
    """
    text, encoding, notices = _decode(raw, content_type)
    controls = len(CONTROLS.findall(text))
    if "\x00" in text or controls > max(4, len(text) // 500):
        raise Unreadable(
            "binary",
            "Not a text",
            f"The document decodes as {encoding} but holds {controls} control characters, which no article "
            "does. Save it as plain text or HTML and send that.",
        )
    if len(DOUBLY_ENCODED.findall(text)) > 1:
        notices.append(
            "The text shows signs of having been decoded wrongly before it was sent (such as “â€™” for an "
            "apostrophe); it is kept as it came."
        )
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, encoding, tuple(notices))


def declared_charset(content_type: str | None) -> str | None:
    """The charset parameter of a media type: "text/html; charset=utf-8" gives "utf-8"."""
    found = CHARSET_PARAMETER.search(content_type or "")
    return found[1] if found else None


def _decode(raw: bytes, content_type: str | None) -> tuple[str, str, list[str]]:
    notices: list[str] = []
    for mark, marked in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            if (sound := _strict(raw, marked)) is not None:
                return sound, marked, notices
            notices.append(f"The document begins with a {marked} mark but is not valid {marked}.")
            raw = raw.removeprefix(mark)
            break

    wide_declared = (_trusted(declared_charset(content_type) or "") or "").startswith(("utf-16", "utf-32"))
    if b"\x00" in raw and not wide_declared and (wide := _wide_without_mark(raw)):
        notices.append(f"The encoding was not marked and was guessed as {wide}.")
        return raw.decode(wide), wide, notices
    as_utf8 = _strict(raw, "utf-8")
    beyond_ascii = not raw.isascii()
    for label, where in ((declared_charset(content_type), "declared"), (_in_page(raw), "named in the page")):
        if label is None:
            continue
        encoding = _trusted(label)
        text = _strict(raw, encoding) if encoding else None
        if encoding in ("utf-8", "utf-8-sig") and text is not None:
            return text, "utf-8", notices
        if as_utf8 is not None and beyond_ascii:
            notices.append(f"The encoding {where} was {label}, but the document is UTF-8 and was read so.")
            return as_utf8, "utf-8", notices
        if text is not None and encoding:
            return text, encoding, notices
        notices.append(f"The encoding {where}, {label}, does not fit the document.")
    if as_utf8 is not None:
        return as_utf8, "utf-8", notices

    if (mended := _nearly_utf8(raw)) is not None:
        text, wrong = mended
        notices.append(f"The document is UTF-8 with {wrong} broken places; “\ufffd” stands for them.")
        return text, "utf-8", notices
    guess = charset_normalizer.from_bytes(raw[:GUESS_SAMPLE]).best()
    for name in (guess.encoding if guess else "", "cp1252"):
        trusted = _trusted(name)
        text = _strict(raw, trusted) if trusted else None
        if text is not None and trusted and _plausible(text):
            notices.append(
                f"The encoding was not declared rightly and was guessed as {trusted}: check unusual letters."
            )
            return text, trusted, notices
    raise Unreadable(
        "encoding",
        "Unknown encoding",
        "The document is not valid UTF-8, names no encoding that fits, and none could be guessed safely. "
        "Save it as UTF-8, or send it with the right charset in its content type.",
    )


def _trusted(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    name = WIDER.get(name, name)
    return name if TRUSTED.fullmatch(name) else None


def _strict(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, UnicodeError):
        return None


def _in_page(raw: bytes) -> str | None:
    """The charset a page declares in its first 4,096 bytes (the standard asks for the first 1,024)."""
    found = META_CHARSET.search(raw[:4096])
    if not found:
        return None
    return (found[1] or found[2]).decode("ascii", "replace")


def _nearly_utf8(raw: bytes) -> tuple[str, int] | None:
    """UTF-8 with a few broken places (a cut-off end, a stray byte), far outnumbered by sound sequences."""
    text = raw.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    sound = sum(
        len(text[i : i + 4096].encode("utf-8")) - len(text[i : i + 4096]) for i in range(0, len(text), 4096)
    )
    sound -= 2 * wrong  # each replacement character is itself three bytes
    if wrong <= max(1, len(text) // 2000) and sound >= 20 * wrong:
        return text, wrong
    return None


def _wide_without_mark(raw: bytes) -> str | None:
    """UTF-16 without a mark: in European text nearly every second byte is zero."""
    sample = raw[:4096]
    if len(sample) < 4 or len(raw) % 2:
        return None
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    for encoding, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros > 0.7 * half and others < 0.05 * half and _strict(raw, encoding) is not None:
            return encoding
    return None


def _plausible(text: str) -> bool:
    """Whether a guessed decoding reads like writing: no C1 controls, and mostly letters and spaces."""
    sample = text[:GUESS_SAMPLE]
    if re.search("[\x80-\x9f]", sample):
        return False
    wordy = sum(1 for c in sample if c.isalpha() or c.isspace())
    return wordy > 0.7 * len(sample)
