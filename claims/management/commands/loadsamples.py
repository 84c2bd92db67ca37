"""Load the sample stories through the same door as everything else."""

from __future__ import annotations

import time
from argparse import ArgumentParser, BooleanOptionalAction
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims import samples
from claims.models import Document, Reference
from claims.services import ingestion, references

SECONDS_BETWEEN_LOOKS = 1.0


class Command(BaseCommand):
    help = (
        "Load the sample stories: articles by invented outlets with real, public figures, and the references "
        "they are held against. Loading them again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--wait",
            action=BooleanOptionalAction,
            default=False,
            help="wait until every article is checked (needs a running worker; default: --no-wait)",
        )
        parser.add_argument(
            "--timeout",
            type=int,
            default=300,
            metavar="SECONDS",
            help="with --wait, give up after this long (default: 300)",
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when the database holds any document already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Document.objects.exists():
            self.stdout.write("The database holds documents already; no samples loaded.")
            return
        added = self._add_references()
        loaded, new = self._accept_articles()
        known = len(samples.references())
        self.stdout.write(f"{len(loaded)} sample articles ({new} new), {known} references ({added} new).")
        if options["wait"]:
            self._wait_for(loaded, options["timeout"])

    def _add_references(self) -> int:
        added = 0
        for fields in samples.references():
            identity = {name: fields[name] for name in ("authority", "title", "edition")}
            if not Reference.objects.filter(**identity).exists():
                references.add(**fields)
                added += 1
        return added

    def _accept_articles(self) -> tuple[list[Document], int]:
        loaded, new = [], 0
        for number, sample in enumerate(samples.samples(), start=1):
            accepted = ingestion.accept(sample.document(), source=Document.Source.SAMPLE)
            loaded.append(accepted.document)
            new += accepted.created
            state = "accepted" if accepted.created else f"there already ({accepted.document.state})"
            self.stdout.write(f"[{number:>2}/{len(samples.samples())}] {sample.file}: {state}")
        return loaded, new

    def _wait_for(self, loaded: list[Document], timeout: int) -> None:
        ids = [document.pk for document in loaded]
        rows = Document.objects.filter(pk__in=ids)
        deadline = time.monotonic() + timeout
        left = None
        while (now_left := rows.under_way().count()) and time.monotonic() < deadline:
            if now_left != left:
                left = now_left
                self.stdout.write(f"{len(ids) - left} of {len(ids)} checked ...")
                self.stdout.flush()
            time.sleep(SECONDS_BETWEEN_LOOKS)
        if now_left:
            raise CommandError(
                f"{now_left} of {len(ids)} articles are not checked after {timeout} s. "
                "They are safe in the database; is a worker running? (manage.py doctor tells)"
            )
        failed = list(rows.failed())
        if failed:
            raise CommandError("\n".join(f"{row.name}: {row.state}: {row.error_detail}" for row in failed))
        self.stdout.write(f"All {len(ids)} are checked.")
