from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Finding, Report
from claims.services import reviewing

from .conftest import ARTICLE, Run


@pytest.fixture
def finding(db: None, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Finding:
    monkeypatch.setattr("claims.management.waiting.PATIENCE", 0.0)
    for outlet, words in (("The Fjord", ARTICLE), ("The Strait", ARTICLE.replace("as many as ", ""))):
        path = tmp_path / f"{outlet}.txt"
        path.write_text(words)
        run("ingest", str(path), "--outlet", outlet, "--published", "2021-05-03", "--wait")
    return Finding.objects.get(check_id="qualifier_dropped")


def test_findings_are_listed_with_their_claims(run: Run, finding: Finding) -> None:
    ran = run("findings")
    assert ran.code == 0
    assert finding.summary in ran.out
    assert "The Strait: “40 tanks”" in ran.out


def test_findings_as_json_are_those_of_the_report(run: Run, finding: Finding) -> None:
    listed = json.loads(run("findings", "--json").out)["findings"]
    reported = json.loads(run("report", "--json").out)["open_findings"]
    assert listed == reported
    assert finding.pk in {each["id"] for each in listed}


def test_decided_findings_are_listed_only_with_all(run: Run, finding: Finding, user: User) -> None:
    reviewing.decide(finding, reviewer=user, decision="dismiss", reason="Two plans.")
    assert finding.summary not in run("findings").out
    assert "(dismissed)" in run("findings", "--all").out


def test_findings_are_filtered_by_severity_and_check(run: Run, finding: Finding) -> None:
    assert finding.summary in run("findings", "--severity", "low", "--check", "qualifier_dropped").out
    assert run("findings", "--severity", "high").out.strip() == "0 open findings"
    wrong = run("findings", "--check", "no_such")
    assert wrong.code == 2
    assert "qualifier_dropped" in wrong.err


def test_a_report_is_made_once_and_then_shown(run: Run, finding: Finding) -> None:
    first = run("report")
    assert first.code == 0
    assert finding.summary in first.out
    assert run("report", "--day", timezone.localdate().isoformat()).out == first.out
    assert run("report", "--json").out.strip() == Report.objects.get().payload


def test_a_report_of_a_day_to_come_is_refused(db: None, run: Run) -> None:
    ran = run("report", "--day", "2999-01-01")
    assert ran.code == 2
    assert "not begun" in ran.err


def test_what_came_after_the_report_is_told_and_can_be_previewed(run: Run, finding: Finding) -> None:
    preview = run("report", "--preview")
    assert preview.code == 0
    assert finding.summary in preview.out
    assert not Report.objects.exists()

    run("report")
    Finding.objects.update(reported_in=None)  # as if it had been found after the report was frozen
    later = run("report")
    assert "Since it was made:" in later.out
    assert finding.summary in run("report", "--preview").out
    assert Report.objects.count() == 1
