"""Every column that can hold somebody's words holds a payload in the hostile world."""

from __future__ import annotations

import pytest

from tests.web import hostile


@pytest.mark.django_db
def test_every_column_for_words_holds_a_payload_or_says_why_not() -> None:
    hostile.build(hostile.saying())
    assert hostile.untouched() == []
