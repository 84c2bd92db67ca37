"""Load the sample stories through the same door as everything else."""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims import samples
from claims.management.plainly import plainly, quietly
from claims.management.waiting import Watch
from claims.models import Document, Reference
from claims.services import ingestion, references


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
            help="wait until every article is checked, without a worker do the work (default: --no-wait)",
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
        with plainly(), quietly(options["verbosity"]):
            self._load(options)

    def _load(self, options: dict[str, Any]) -> None:
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
        watch = Watch(timeout)
        rows = []
        for number, document in enumerate(loaded, start=1):
            rows.append(row := watch.finish(document.pk))
            self.stdout.write(f"[{number:>2}/{len(loaded)}] {row.name}: {row.state}")
            self.stdout.flush()
        left = [row for row in rows if not row.is_finished]
        if left:
            raise CommandError(
                f"{len(left)} of {len(rows)} articles are not checked after {timeout} s. They are safe in "
                "the database and go on when a worker runs (manage.py doctor tells) or with --wait again."
            )
        failed = [row for row in rows if row.state != Document.State.CHECKED]
        if failed:
            raise CommandError("\n".join(f"{row.name}: {row.state}: {row.error_detail}" for row in failed))
        self.stdout.write(f"All {len(rows)} are checked.")
