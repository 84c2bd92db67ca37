"""Rows for the API's tests, made straight through the models: what is read back, not how it came about."""

from __future__ import annotations

import hashlib
import itertools
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User

from claims.engine import records
from claims.models import (
    Article,
    Claim,
    ClaimGroup,
    Document,
    Finding,
    FindingClaim,
    Origin,
    Outlet,
    Reference,
    Report,
    Review,
    Revision,
)
from claims.services import counting
from claims.services.rows import claim_columns

BODY = "Officials met on Monday. The army ordered as many as 40 launchers, sources say. Nobody would comment."
QUOTE = "as many as 40 launchers"

_numbers = itertools.count(1)


def sha(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def outlet(name: str = "The Fjord Courier") -> Outlet:
    return Outlet.objects.get_or_create(name=name, slug=name.lower().replace(" ", "-"))[0]


def revision(
    outlet_name: str = "The Fjord Courier", body: str = BODY, origin: Origin | None = None, **fields: Any
) -> Revision:
    number = next(_numbers)
    article = Article.objects.create(
        outlet=outlet(outlet_name), address=f"https://news.example/{number}", origin=origin
    )
    fields = {"title": f"Army orders launchers ({number})", "published": date(2024, 3, 5), **fields}
    return Revision.objects.create(article=article, number=1, body=body, body_hash=sha(body), **fields)


def claim(of: Revision | None = None, quote: str = QUOTE, **columns: Any) -> Claim:
    """The 40 launchers, unless told otherwise by columns of the row."""
    of = of or revision()
    start = of.body.index(quote)
    sentence_start = of.body.rfind(". ", 0, start)
    sentence_end = of.body.find(". ", start)
    record = records.Claim(
        span=records.Span(start, start + len(quote)),
        quote=quote,
        sentence=records.Span(
            sentence_start + 2 if sentence_start >= 0 else 0,
            sentence_end + 1 if sentence_end >= 0 else len(of.body),
        ),
        kind=records.Kind.COUNT,
        quantity=records.Quantity(
            Decimal(40), None, Decimal(40), "launcher", modifier="as many as", soft=True, grain=Decimal(10)
        ),
        measured="launchers ordered by the army",
        noun="launcher",
        actor="Army",
        action="order",
        attribution=records.Attribution(records.Mode.UNNAMED, source_text="sources", cue="say"),
    )
    made = Claim.objects.create(revision=of, engine_version="1", **{**claim_columns(record), **columns})
    counting.refresh([made.group_id] if made.group_id else [])
    return made


def group(*claims: Claim, label: str = "launchers, order, Army") -> ClaimGroup:
    made = ClaimGroup.objects.create(label=label, kind="count", unit="launcher")
    Claim.objects.filter(pk__in=[c.pk for c in claims]).update(
        group=made, link_score=0.9, link_reasons=["same noun"]
    )
    counting.refresh([made.pk])
    made.refresh_from_db()
    return made


def finding(*claims: Claim, about: ClaimGroup | None = None, **fields: Any) -> Finding:
    fields = {
        "check_id": "qualifier_dropped",
        "subject": f"subject {next(_numbers)}",
        "severity": "medium",
        "summary": "One outlet leaves out “as many as”.",
        "clears": "It would agree if the qualifier were kept.",
        "engine_version": "1",
        "evidence": {"qualifier": "as many as", "values": ["40", "40"]},
        **fields,
    }
    if fields.keys().isdisjoint(("origin", "article")):
        fields["group"] = about or group(*claims)
    made = Finding.objects.create(fingerprint=sha(fields["subject"]), **fields)
    FindingClaim.objects.bulk_create(
        FindingClaim(finding=made, claim=c, position=i) for i, c in enumerate(claims)
    )
    return made


def story() -> Finding:
    """Two outlets, a group of two claims, and a finding over both."""
    first = claim(revision("The Fjord Courier"))
    body = "The army ordered 40 launchers. That was all."
    second = claim(revision("Meadow Times", body), "40 launchers", modifier="")
    return finding(second, first)


def document(**fields: Any) -> Document:
    number = next(_numbers)
    fields = {"source": "api", "raw": b"words", "size": 5, "name": f"{number}.txt", **fields}
    return Document.objects.create(content_hash=sha(f"document {number}"), **fields)


def reference(**fields: Any) -> Reference:
    fields = {
        "kind": "value",
        "authority": "Ministry of Defence",
        "title": f"Launchers ordered ({next(_numbers)})",
        "unit": "launcher",
        "value": Decimal("38.50"),
        **fields,
    }
    return Reference.objects.create(**fields)


def report(day: date = date(2024, 3, 6), payload: str = '{"day": "2024-03-06"}') -> Report:
    return Report.objects.create(day=day, payload=payload, payload_hash=sha(payload))


def review(of: Finding, by: User, **fields: Any) -> Review:
    return Review.objects.create(finding=of, reviewer=by, **{"decision": "confirm", **fields})
