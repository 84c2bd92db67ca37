"""An older database is refused in words, not by a broken page."""

from __future__ import annotations

import pytest
from django.db import connection

from factcheck.prepare import migrate, missing_columns

pytestmark = pytest.mark.django_db


def test_a_database_of_this_version_lacks_nothing() -> None:
    assert missing_columns() == []


def test_a_database_of_an_earlier_version_is_refused_with_the_way_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_claim DROP COLUMN headline CASCADE")
    assert missing_columns() == ["claims_claim.headline"]
    with pytest.raises(SystemExit, match=r"no claims_claim.headline\).*move the data folder away"):
        migrate()
