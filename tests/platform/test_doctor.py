from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from claims.models import Document


def doctor() -> dict[str, str]:
    """Component to the line said about it; the worker is not asked for, none runs here."""
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", stdout=out)
    lines = [line for line in out.getvalue().splitlines() if not line.startswith(" ")]
    return {line[9:21].strip(): line for line in lines}


@pytest.mark.django_db
def test_database_and_migrations_are_looked_at() -> None:
    said = doctor()
    assert said["database"].startswith("ok       database     PostgreSQL")
    assert said["migrations"].startswith("ok")
    assert said["documents"].startswith("ok       documents    0 under way")


@pytest.mark.django_db
def test_a_document_that_nobody_takes_is_a_problem() -> None:
    Document.objects.create(
        content_hash="0" * 64,
        raw=b"text",
        size=4,
        source="file",
        due_at=timezone.now() - timedelta(hours=1),
    )
    assert doctor()["documents"].startswith("problem  documents    1 due for more than 5 minutes")


@pytest.mark.django_db
def test_a_quarantined_document_is_named() -> None:
    Document.objects.create(
        content_hash="1" * 64,
        raw=b"text",
        size=4,
        source="file",
        name="pledge.txt",
        state="quarantined",
        error_code="step_failed",
    )
    assert "pledge.txt (step_failed)" in doctor()["quarantine"]
