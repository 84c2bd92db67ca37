"""``manage.py extract FILE``: the claims in an article, without a database.

Reads the article as ingest does (navigation and lists around the story are cut off), and prints what the
engine finds. Exit code 0: read; 1: a line of ``--jsonl`` could not be read; 2: the file could not be.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims.engine.as_json import claim_as_json
from claims.engine.explaining import explain, explain_headline
from claims.engine.extract import extract
from claims.engine.headlines import extract_headline
from claims.engine.records import ArticleText, Claim, Document
from claims.engine.version import ENGINE_VERSION
from claims.management import explained

#: More of an endless stream is not read; what is too large for an article is refused long before.
_MOST_BYTES = 200_000_000
#: Columns of an explanation: lines of prose are hard to read when they are longer.
_NARROWEST, _USUAL, _WIDEST = 60, 100, 110


class Command(BaseCommand):
    help = "Print the claims in an article: a table, --json, or --jsonl for many texts. Needs no database."
    requires_system_checks: list[str] = []  # no database, no settings beyond Django's own

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="article as text or HTML; - reads standard input")
        shape = parser.add_mutually_exclusive_group()
        shape.add_argument(
            "--json", action="store_true", help="one object: title, outlet, published, body, claims"
        )
        shape.add_argument(
            "--jsonl",
            action="store_true",
            help='lines {"id", "text", "published"} in, {"id", "claims"} out; spans are into "text"',
        )
        shape.add_argument(
            "--explain", action="store_true", help="for every claim, which rule or list said what"
        )
        parser.add_argument(
            "--published", type=_day, metavar="YYYY-MM-DD", help="publication date, if the page has none"
        )
        parser.add_argument("--outlet", help="who published it, if the page does not say")
        parser.add_argument("--title", help="its headline, if the page has none")

    def handle(self, *args: object, **options: Any) -> None:
        if options["jsonl"]:
            if not self._stream(options["file"]):
                sys.exit(1)
            return
        article, claims = self._read(options)
        if options["explain"]:
            self._explain(article, options)
        elif options["json"]:
            self.stdout.write(json.dumps(_as_object(article, claims), ensure_ascii=False, indent=2))
        else:
            self._table(article, claims)

    # ------------------------------------------------------------------ one article

    def _read(self, options: dict[str, Any]) -> tuple[ArticleText, tuple[Claim, ...]]:
        # Reading pages takes a second to load; --jsonl does without.
        from claims.ingest.errors import Unreadable
        from claims.ingest.reading import read, screen

        name = options["file"]
        with _opened(name) as stream:
            raw = stream.read(max(_MOST_BYTES, settings.MAX_DOCUMENT_BYTES + 1))
        document = Document(
            raw=raw,
            name=None if name == "-" else Path(name).name,
            outlet=options["outlet"],
            title=options["title"],
            published=options["published"],
        )
        try:
            screen(document, settings.MAX_DOCUMENT_BYTES)
            article = read(document)
        except Unreadable as error:
            raise CommandError(f"{name}: {error.title}. {error.detail}", returncode=2) from error
        claims = extract(
            article.body, published=article.published, title=article.title, outlet=article.outlet or ""
        )
        return article, claims

    def _table(self, article: ArticleText, claims: tuple[Claim, ...]) -> None:
        self.stdout.write(article.title or "(no title)")
        published = article.published.isoformat() if article.published else "no date"
        headline = extract_headline(article.title, article.body, published=article.published)
        found = f"{len(claims)} claim{'' if len(claims) == 1 else 's'}"
        if headline:
            found += f", {len(headline)} more in the headline"
        self.stdout.write(f"{article.outlet or 'unknown outlet'}, {published}, {found}")
        for notice in article.notices:
            self.stdout.write(f"  note: {notice}")
        self.stdout.write("")
        rows: list[tuple[str, ...]] = [("at", "kind", "quote", "value", "what", "how")]
        rows += [_row(claim) for claim in (*headline, *claims)]
        for line in _aligned(rows):
            self.stdout.write(line)

    def _explain(self, article: ArticleText, options: dict[str, Any]) -> None:
        """Every claim with the rules behind it, then the numbers that were let go."""
        # Only a terminal is coloured, and none where NO_COLOR is set (no-color.org) or --no-color given.
        wanted = options["force_color"] or (self.stdout.isatty() and not os.environ.get("NO_COLOR"))
        explanation = explain(
            article.body, published=article.published, title=article.title, outlet=article.outlet or ""
        )
        paint = explained.Paint(wanted and not options["no_color"])
        width = max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((_USUAL, 24)).columns))
        headline = explain_headline(article.title, article.body, published=article.published)
        self.stdout.write(article.title or "(no title)")
        self.stdout.write("")
        if headline.claims:
            self.stdout.write("In the headline:")
            for line in explained.lines(article.title, headline, paint, width, at="characters of the title"):
                self.stdout.write(line)
            self.stdout.write("In the story:")
        for line in explained.lines(article.body, explanation, paint, width):
            self.stdout.write(line)

    # ------------------------------------------------------------------ many texts

    def _stream(self, name: str) -> bool:
        """Answer every line; True if all could be read."""
        fine = True
        with _opened(name) as stream:
            for answer in _answers(stream):
                fine = fine and "error" not in answer
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
        return fine


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(f"{text!r} is no date: write it as 2021-05-03") from error


def _opened(name: str) -> BinaryIO:
    if name == "-":
        return sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except FileNotFoundError as error:
        raise CommandError(f"{name}: no such file", returncode=2) from error
    except IsADirectoryError as error:
        raise CommandError(f"{name} is a folder: name one file", returncode=2) from error
    except OSError as error:
        raise CommandError(f"{name}: cannot be opened ({error.strerror})", returncode=2) from error


def _answers(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(stream, 1):
        if line.strip():
            yield _answer(number, line)


def _answer(number: int, line: bytes) -> dict[str, Any]:
    """The claims of one line, or what is wrong with it; ``id`` is null where the line has none."""
    try:
        row = json.loads(line)
    except ValueError as error:  # bad JSON, bad UTF-8
        return {"id": None, "error": f"line {number} is no JSON: {error}"}
    if not isinstance(row, dict):
        return {"id": None, "error": f"line {number} is no object"}
    id_ = row.get("id")
    text, published = row.get("text"), row.get("published")
    if not isinstance(text, str):
        return {"id": id_, "error": f'line {number}: "text" is missing or no string'}
    day = None
    if published is not None:
        try:
            day = date.fromisoformat(published[:10])
        except (TypeError, ValueError):
            return {"id": id_, "error": f'line {number}: "published" is no date like 2021-05-03'}
    title = row.get("title")
    claims = extract(text, published=day, title=title if isinstance(title, str) else "")
    return {"id": id_, "claims": [claim_as_json(claim) for claim in claims]}


# ------------------------------------------------------------------ shapes


def _as_object(article: ArticleText, claims: tuple[Claim, ...]) -> dict[str, Any]:
    return {
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published.isoformat() if article.published else None,
        "byline": article.byline,
        "credit": article.credit,
        "wires": list(article.wires),
        "host": article.host,
        "notices": list(article.notices),
        "engine_version": ENGINE_VERSION,
        "body": article.body,
        "claims": [claim_as_json(claim) for claim in claims],
        "headline_claims": [
            claim_as_json(claim)
            for claim in extract_headline(article.title, article.body, published=article.published)
        ],
    }


def _row(claim: Claim) -> tuple[str, ...]:
    q = claim.quantity
    value = f"{q.value:,f} {q.unit}".strip() if q else ""
    how = [claim.status.value if claim.status.value != "done" else ""]
    credit = claim.attribution
    if credit.source or credit.document or credit.cue:
        how.append(
            f"says {credit.source or credit.document or credit.source_text or '?'} ({credit.mode.value})"
        )
    if claim.when:
        how.append(f"when: {claim.when.text}")
    if claim.part_of:
        how.append("part of the count before")
    return (
        f"{'title ' if claim.headline else ''}{claim.span.start}-{claim.span.end}",
        claim.kind.value,
        " ".join(claim.quote.split()),
        value,
        claim.measured,
        ", ".join(x for x in how if x),
    )


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    """Columns as wide as they need to be, cut so that a line fits a terminal (or 160 columns in a pipe)."""
    room = max(100, shutil.get_terminal_size((160, 24)).columns)
    limits = (14, 9, room // 4, 24, room // 4, room)
    cut = [
        tuple(c if len(c) <= m else c[: m - 1] + "…" for c, m in zip(row, limits, strict=True))
        for row in rows
    ]
    widths = [max(len(row[i]) for row in cut) for i in range(len(limits))]
    for row in cut:
        yield "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip()
