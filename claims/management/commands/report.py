"""Makes the report of a day, or shows the one that is frozen."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.management.plainly import day, plainly
from claims.services import reporting


class Command(BaseCommand):
    help = (
        "Show the report of a day; make and freeze it if there is none yet. --preview freezes nothing. "
        "Exit code 2: called wrongly, or the database is not running."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        when = parser.add_mutually_exclusive_group()
        when.add_argument("--day", type=day, metavar="YYYY-MM-DD", help="default: today")
        when.add_argument("--preview", action="store_true", help="what a report made now would say")
        parser.add_argument("--json", action="store_true", help="print the frozen JSON, byte for byte")

    def handle(self, *args: Any, **options: Any) -> None:
        with plainly():
            if options["preview"]:
                data = reporting.preview()
                payload, made = reporting.canonical(data), "a preview, not frozen"
            else:
                try:
                    report = reporting.make(options["day"] or timezone.localdate())
                except ValueError as error:
                    raise CommandError(str(error), returncode=2) from error
                data, payload = reporting.content(report), report.payload
                made = f"made {timezone.localtime(report.created_at):%Y-%m-%d %H:%M}"
            later = 0 if options["preview"] else reporting.awaiting()
        if options["json"]:
            self.stdout.write(payload)
            return
        self.stdout.write(
            f"Report {data['kind']} of {data['day']}, {made}\n"
            f"{data['articles']} articles of {data['outlets']} outlets from {data['origins']} origins, "
            f"{data['claims']} claims on {data['groups']} questions"
        )
        for title, part in (
            ("New", "new_findings"),
            ("Open", "open_findings"),
            ("Resolved since the last report", "resolved"),
        ):
            self.stdout.write(f"\n{title}: {len(data[part])}")
            for finding in data[part]:
                self.stdout.write(f"  #{finding['id']} {finding['severity']} {finding['summary']}")
        self.stdout.write(f"\nDecided since the last report: {len(data.get('decided', ()))}")
        for finding in data.get("decided", ()):  # reports frozen before there was this part have none
            told = f": {finding['reason']}" if finding["reason"] else ""
            self.stdout.write(f"  #{finding['id']} {finding['state']} by {finding['by']}{told}")
        self.stdout.write(
            f"\nFact-checks published, reopened or withdrawn: {len(data.get('fact_checks', ()))}"
        )
        for check in data.get("fact_checks", ()):
            self.stdout.write(f"  fact-check {check['id']} {check['happened']}: {check['question']}")
        self.stdout.write(f"\nDocuments that failed: {len(data['failed_documents'])}")
        for row in data["failed_documents"]:
            self.stdout.write(f"  {row['id']} {row['name']}: {row['detail']}")
        if later:
            self.stdout.write(
                f"\nSince it was made: {later} more {'finding' if later == 1 else 'findings'}. "
                "The next report will hold them; --preview shows them now."
            )
