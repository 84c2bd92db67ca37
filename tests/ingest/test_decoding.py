from __future__ import annotations

import pytest

from claims.engine.records import Document
from claims.ingest.decoding import decode
from claims.ingest.errors import Unreadable
from claims.ingest.reading import read

TEXT = "The “Überwachung” cost 5 € a day — said Łukasz’s office, “no more”.\n" * 3
FRENCH = (
    "Le ministre a déclaré que les négociations étaient très avancées et qu’un accord était possible "
    "à la fin de l’été. Les délégués se réuniront à Genève où ils ont été invités.\n"
) * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_and_plain_unicode_is_read(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding))
    assert decoded.text == TEXT
    assert decoded.notices == ()


def test_a_declared_charset_is_believed_where_it_fits() -> None:
    decoded = decode(FRENCH.encode("cp1252"), "text/plain; charset=windows-1252")
    assert decoded.text == FRENCH
    assert decoded.notices == ()


def test_latin_1_means_windows_1252_as_on_the_web() -> None:
    assert decode("“no more”".encode("cp1252"), 'text/plain; charset="iso-8859-1"').text == "“no more”"


def test_utf_8_declared_as_latin_1_is_read_as_utf_8_and_said() -> None:
    decoded = decode(TEXT.encode(), "text/html; charset=ISO-8859-1")
    assert decoded.text == TEXT
    assert "ISO-8859-1" in decoded.notices[0]


def test_latin_1_declared_as_utf_8_is_guessed_and_said() -> None:
    decoded = decode(FRENCH.encode("cp1252"), "text/plain; charset=utf-8")
    assert decoded.text == FRENCH
    assert any("guessed" in notice for notice in decoded.notices)


def test_a_charset_named_in_the_page_is_used() -> None:
    page = "<html><head><meta charset='koi8-r'></head><body><p>Договор о сокращении</p></body></html>"
    assert "Договор" in decode(page.encode("koi8-r"), "text/html").text


def test_utf_16_without_a_mark_is_recognised() -> None:
    decoded = decode(TEXT.encode("utf-16-le"))
    assert decoded.text == TEXT
    assert "guessed" in decoded.notices[0]


def test_a_cut_off_character_is_marked_and_said() -> None:
    decoded = decode((TEXT * 10).encode()[:-3])
    assert decoded.text.startswith(TEXT)
    assert "\ufffd" in decoded.text
    assert "broken" in decoded.notices[0]


def test_plain_english_as_utf_16_without_a_mark_is_recognised() -> None:
    english = "Nine clerks left Askel on Friday. " * 5
    assert decode(english.encode("utf-16-be")).text == english
    assert decode(english.encode("utf-16-le"), "text/plain; charset=utf-16-le").notices == ()


@pytest.mark.parametrize("label", ["rot13", "unicode_escape", "utf-7", "no-such-thing", "base64"])
def test_only_charsets_of_documents_are_believed(label: str) -> None:
    decoded = decode(TEXT.encode(), f"text/plain; charset={label}")
    assert decoded.text == TEXT
    assert label in decoded.notices[0]


def test_bytes_of_no_encoding_are_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        read(Document(bytes(range(128, 256)) * 40))
    assert refusal.value.code in ("encoding", "binary")
    assert refusal.value.detail


def test_text_that_was_spoilt_before_it_came_is_kept_and_said() -> None:
    spoilt = "Washington’s plan and Moscow’s plan differ, said the ministry’s spokesman.".encode().decode(
        "cp1252"
    )
    decoded = decode(spoilt.encode())
    assert decoded.text == spoilt
    assert "decoded wrongly" in decoded.notices[0]


def test_control_characters_are_no_text() -> None:
    with pytest.raises(Unreadable, match="control characters"):
        decode(b"ab\x01\x02\x03\x04\x05\x06\x07" * 20)
