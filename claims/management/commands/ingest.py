"""Hands articles in: files, folders, patterns, addresses, or standard input."""

from __future__ import annotations

import glob
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from claims.engine import records
from claims.ingest.errors import Unreadable
from claims.management.plainly import day, plain_number, plainly, quietly
from claims.management.waiting import Watch
from claims.models import Claim, Document, Finding
from claims.services import ingestion

#: Standard input is read up to so many times the largest article, so that a size can be told.
_MUCH = 20


@dataclass(frozen=True, slots=True)
class Given:
    """One thing named on the command line, as found there."""

    name: str
    path: Path | None = None
    url: str | None = None


class Command(BaseCommand):
    help = (
        "Hand articles in: files, folders, patterns, http(s) addresses, or - for standard input. "
        "With --wait, shows the claims found and the findings raised. "
        "Exit code 0: all are in; 1: some failed; 2: called wrongly, or the database is not running."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", nargs="+", metavar="PATH|URL|-")
        parser.add_argument("--outlet", help="who published it, if the text does not say")
        parser.add_argument("--title", help="its headline (one article only)")
        parser.add_argument("--published", type=day, metavar="YYYY-MM-DD", help="its date of publication")
        parser.add_argument("--url", help="the address it was published at (one article only)")
        parser.add_argument("--wait", action="store_true", help="wait for the result and print it")
        parser.add_argument("--timeout", type=float, default=600, help="seconds to wait at most (600)")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")

    def handle(self, *args: Any, **options: Any) -> None:
        given, missing = self._find(options["what"])
        if len(given) + len(missing) > 1 and (options["title"] or options["url"]):
            raise CommandError("--title and --url are for one article; give one.", returncode=2)
        results = [{"name": name, "state": "not found", "error": words} for name, words in missing]
        with plainly(), quietly(options["verbosity"]):
            for each in given:
                results.append(self._take_in(each, options))
                if not (options["wait"] or options["json"]):
                    self._show(results[-1])
            if options["wait"]:
                watch = Watch(options["timeout"])
                for number, result in enumerate(results, start=1):
                    if "id" in result:
                        self._wait(watch, result, f"{number}/{len(results)}", options["verbosity"])
                for result in results:  # the last article may change what is found about the first
                    if "id" in result:
                        self._add_outcome(result)
        failed = [each for each in results if each["state"] not in _GOOD]
        if options["json"]:
            self.stdout.write(json.dumps({"documents": results}, ensure_ascii=False, indent=2))
        else:
            for result in results if options["wait"] else results[: len(missing)]:
                self._show(result)
        if failed:
            sys.exit(1)

    # -- what is on the command line --------------------------------------------------------------------

    def _find(self, words: list[str]) -> tuple[list[Given], list[tuple[str, str]]]:
        """What there is to read, in order, each once; and what is not there, with the reason."""
        given: dict[str, Given] = {}
        missing: list[tuple[str, str]] = []
        for word in words:
            if word == "-":
                given["-"] = Given("standard input")
            elif urlsplit(word).scheme in ("http", "https"):
                given[word] = Given(word, url=word)
            else:
                paths = list(_files(word))
                if not paths:
                    missing.append((word, _why_nothing(word)))
                given |= {str(path): Given(str(path), path=path) for path in paths}
        return list(given.values()), missing

    def _take_in(self, each: Given, options: dict[str, Any]) -> dict[str, Any]:
        declared = {name: options[name] for name in ("outlet", "title", "published")}
        try:
            if each.url:
                accepted = ingestion.accept_url(each.url, **declared)
            else:
                raw, size = self._read(each)
                document = records.Document(
                    raw=raw,
                    name=each.path.name if each.path else None,
                    url=options["url"],
                    **declared,
                )
                accepted = ingestion.accept(document, source=Document.Source.FILE, size=size)
        except Unreadable as refusal:
            return {"name": each.name, "state": "failed", "error": f"{refusal.title}: {refusal.detail}"}
        except OSError as error:
            words = f"cannot be read: {error.strerror or error}"
            return {"name": each.name, "state": "failed", "error": words}
        row = accepted.document
        result = {"name": each.name, "id": str(row.pk), "created": accepted.created, "state": row.state}
        if row.error_detail:
            result["error"] = row.error_detail
        return result

    def _read(self, each: Given) -> tuple[bytes, int]:
        """The bytes, and how many there are; of what is too large only the beginning is taken into memory."""
        most = settings.MAX_DOCUMENT_BYTES
        if each.path:
            with each.path.open("rb") as file:
                raw = file.read(most + 1)
            return raw, max(len(raw), each.path.stat().st_size) if len(raw) > most else len(raw)
        raw = sys.stdin.buffer.read(most * _MUCH)
        return raw[: most + 1], len(raw)

    # -- waiting ----------------------------------------------------------------------------------------

    def _wait(self, watch: Watch, result: dict[str, Any], count: str, verbosity: int) -> None:
        def tell(row: Document) -> None:
            note = (
                f" (attempt {row.attempts}: {row.error_detail})" if row.attempts and row.error_detail else ""
            )
            self.stderr.write(f"{count} {result['name']}: {row.state}{note}")

        row = watch.finish(UUID(result["id"]), tell if verbosity > 0 else None)
        result["state"] = row.state
        if not row.is_finished:
            result["error"] = f"still {row.state}; it goes on by itself, look again later"
        elif row.error_detail:
            result["error"] = row.error_detail

    def _add_outcome(self, result: dict[str, Any]) -> None:
        row = Document.objects.for_list().get(pk=result["id"])
        result["notices"] = row.notices
        if row.revision is None:
            return
        revision = row.revision
        result["article"] = {
            "id": revision.article_id,
            "outlet": revision.outlet,
            "title": revision.title,
            "published": revision.published.isoformat() if revision.published else None,
        }
        rows = Claim.objects.filter(revision=revision, retired_at__isnull=True).select_related("group")
        result["claims"] = [
            {
                "id": claim.pk,
                "start": claim.start,
                "end": claim.end,
                "quote": claim.quote,
                "kind": claim.kind,
                "value": plain_number(claim.value),
                "low": plain_number(claim.bounds.lower) if claim.bounds else None,
                "high": plain_number(claim.bounds.upper) if claim.bounds else None,
                "unit": claim.unit,
                "modifier": claim.modifier or None,
                "measured": claim.measured,
                "status": claim.status,
                "source": claim.source or None,
                "question": claim.group.label if claim.group else None,
            }
            for claim in rows.order_by("start", "end")
        ]
        about = Q(claims__revision=revision) | Q(articles=revision.article_id)
        found = Finding.objects.standing().filter(about).distinct().worst_first()
        result["findings"] = [
            {
                "id": finding.pk,
                "check": finding.check_id,
                "severity": finding.severity,
                "state": finding.state,
                "summary": finding.summary,
            }
            for finding in found
        ]

    # -- showing ----------------------------------------------------------------------------------------

    def _show(self, result: dict[str, Any]) -> None:
        said = result["state"]
        if result.get("created") is False:
            said = f"already here ({result['state']})"
        elif result.get("created") and result["state"] == Document.State.RECEIVED:
            said = "accepted"
        style = self.style.SUCCESS if result["state"] in _GOOD else self.style.ERROR
        self.stdout.write(f"{style(said)}  {result['name']}  {result.get('id', '')}".rstrip())
        if result.get("error"):
            self.stdout.write(f"  {result['error']}")
        for notice in result.get("notices", ()):
            self.stdout.write(f"  note: {notice}")
        if article := result.get("article"):
            self.stdout.write(
                f"  {article['outlet']}: {article['title']} ({article['published'] or 'no date'})\n"
                f"  {_counted(result['claims'], 'claim')}, {_counted(result['findings'], 'finding')}"
            )
            for claim in result["claims"]:
                value = f"{claim['value']} {claim['unit']}" if claim["value"] else ""
                quote = " ".join(claim["quote"].split())
                self.stdout.write(f"    {claim['kind']:<10} {value:<28} {_cut(quote, 60)}")
            for finding in result["findings"]:
                self.stdout.write(f"    {finding['severity']:<7} {finding['check']}: {finding['summary']}")


_GOOD = frozenset(str(state) for state in [*Document.State.under_way(), Document.State.CHECKED])


def _files(word: str) -> Iterator[Path]:
    """The files a word names: a file, the visible files below a folder, or those that fit a pattern."""
    path = Path(word)
    if path.is_dir():
        below = sorted(path.rglob("*"))
        yield from (p for p in below if p.is_file() and not _hidden(p.relative_to(path)))
    elif path.exists():
        yield path
    elif glob.has_magic(word):
        yield from (Path(p) for p in sorted(glob.glob(word, recursive=True)) if Path(p).is_file())


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _why_nothing(word: str) -> str:
    if Path(word).is_dir():
        return "there is no file in this folder"
    if glob.has_magic(word):
        return "no file fits this pattern"
    return "there is no such file or folder; an address must begin with http:// or https://"


def _counted(things: list[Any], word: str) -> str:
    return f"{len(things)} {word}{'' if len(things) == 1 else 's'}"


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1] + "…"
