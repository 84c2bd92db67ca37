"""Lists what the checks found."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.engine.checks import all_checks
from claims.management.plainly import plainly
from claims.models import Finding
from claims.services.reporting import shown

_SEVERITIES = ["info", "low", "medium", "high"]


class Command(BaseCommand):
    help = "List the open findings, the worst first. Exit code 2: the database is not running."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those decided or resolved")
        parser.add_argument("--severity", choices=_SEVERITIES, help="this severity or worse")
        parser.add_argument("--check", metavar="ID", help="of this check only")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")

    def handle(self, *args: Any, **options: Any) -> None:
        known = [info.id for info in all_checks()]
        if options["check"] and options["check"] not in known:
            raise CommandError(
                f"There is no check {options['check']!r}. There are: {', '.join(known)}.", returncode=2
            )
        rows = Finding.objects.all() if options["all"] else Finding.objects.open()
        if options["severity"]:
            rows = rows.filter(severity__in=_SEVERITIES[_SEVERITIES.index(options["severity"]) :])
        if options["check"]:
            rows = rows.filter(check_id=options["check"])
        with plainly():
            found = list(rows.for_list().worst_first())
        if options["json"]:
            data = {"findings": [shown(row) for row in found]}
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
            return
        for row in found:
            self.stdout.write(f"#{row.pk} {row.severity} {row.check_id} ({row.state}): {row.summary}")
            for claim in row.shown_claims:
                quote = " ".join(claim.quote.split())
                self.stdout.write(f"    {claim.revision.article.outlet.name}: “{quote}”")
            if row.clears:
                self.stdout.write(f"    would clear it: {row.clears}")
        what = "findings" if options["all"] else "open findings"
        self.stdout.write(f"{len(found)} {what}")
