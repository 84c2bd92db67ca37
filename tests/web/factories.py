"""Rows for the pages to show, made without the pipeline. Sentences are our own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.utils.text import slugify

from claims.engine import records
from claims.models import (
    Article,
    Claim,
    ClaimGroup,
    Correspondence,
    Document,
    FactCheck,
    FactCheckEvent,
    Finding,
    FindingClaim,
    Origin,
    Outlet,
    Reference,
    Revision,
    Source,
    Verdict,
)
from claims.services import counting, ratings
from claims.services.codec import to_json

VERSION = "test"


def outlet(name: str = "Harbour Post") -> Outlet:
    return Outlet.objects.get_or_create(
        name=name, defaults={"slug": slugify(name) or sha256(name.encode()).hexdigest()[:12]}
    )[0]


def revision(
    body: str, *, title: str = "Ministry to buy new radars", at: str = "Harbour Post", **fields: Any
) -> Revision:
    """The first revision of a new article; with ``article`` its next one, which then is current."""
    article = fields.pop("article", None)
    origin = fields.pop("origin", None)
    if article is None:
        number = Article.objects.count() + 1
        article = Article.objects.create(outlet=outlet(at), address=f"story-{number}", origin=origin)
    article.revisions.update(is_current=False)
    fields = {"published": date(2024, 3, 7), **fields}
    return Revision.objects.create(
        article=article,
        number=article.revisions.count() + 1,
        title=title,
        body=body,
        body_hash=sha256(body.encode()).hexdigest(),
        **fields,
    )


def claim(of: Revision, quote: str, *, kind: str = "count", **fields: Any) -> Claim:
    """A claim on the first place where ``quote`` stands; its sentence is the line around it."""
    start = of.body.index(quote)
    end = start + len(quote)
    sentence_start = of.body.rfind("\n", 0, start) + 1
    sentence_end = of.body.find("\n", end)
    value = fields.pop("value", None)
    if value is not None and "bounds" not in fields:
        fields["bounds"] = NumericRange(Decimal(value), Decimal(value), "[]")
    sentence = (sentence_start, sentence_end if sentence_end >= 0 else len(of.body))
    fields.setdefault("record", _record(kind, (start, end), quote, sentence, value, fields))
    row = Claim.objects.create(
        revision=of,
        kind=kind,
        start=start,
        end=end,
        quote=quote,
        sentence_start=sentence_start,
        sentence_end=sentence_end if sentence_end >= 0 else len(of.body),
        value=value,
        engine_version=VERSION,
        **fields,
    )
    counting.refresh([row.group_id] if row.group_id else [])
    return row


def _record(
    kind: str,
    span: tuple[int, int],
    quote: str,
    sentence: tuple[int, int],
    value: Any,
    fields: dict[str, Any],
) -> dict[str, Any]:
    """The engine's record of a claim with these columns, as far as the pages read it."""
    bounds = fields.get("bounds")
    quantity = None
    if value is not None and bounds is not None:
        quantity = records.Quantity(
            Decimal(value),
            bounds.lower,
            bounds.upper,
            fields.get("unit", ""),
            bounds.lower is not None and not bounds.lower_inc,
            bounds.upper is not None and not bounds.upper_inc,
            fields.get("modifier") or None,
            fields.get("soft", False),
            rule=fields.get("bounds_rule") or ("up_to" if fields.get("soft") else "point"),
        )
    told = records.Claim(
        records.Span(*span),
        quote,
        records.Span(*sentence),
        records.Kind(kind),
        quantity,
        noun=fields.get("noun", "") or fields.get("unit", ""),
        status=records.Status(fields.get("status", "done")),
    )
    return to_json(told)


def between(low: int | None, high: int | None, kind: str = "[]") -> NumericRange:
    return NumericRange(None if low is None else Decimal(low), None if high is None else Decimal(high), kind)


def group(label: str = "radars, buy, ministry", *, kind: str = "count", unit: str = "radar") -> ClaimGroup:
    return ClaimGroup.objects.create(label=label, kind=kind, unit=unit)


def finding(*claims: Claim, **fields: Any) -> Finding:
    """An open finding about ``claims``, in this order."""
    number = Finding.objects.count() + 1
    fields = {
        "check_id": "qualifier_dropped",
        "severity": "medium",
        "summary": f"One outlet leaves out a qualifier (no. {number})",
        "clears": "A passage with the qualifier in the article that lacks it.",
        "basis": "A bare number beside the same number with a bound.",
        **fields,
    }
    if fields.keys().isdisjoint(("origin", "group", "article")):
        fields["group"] = claims[0].group if claims and claims[0].group else group(f"question {number}")
    articles = fields.pop("articles", ())
    row = Finding.objects.create(
        fingerprint=f"{number:064}", subject=str(number), engine_version=VERSION, **fields
    )
    for position, member in enumerate(claims):
        FindingClaim.objects.create(finding=row, claim=member, position=position)
    row.articles.set(articles)
    return row


def document(**fields: Any) -> Document:
    raw = fields.pop("raw", b"The ministry will buy 12 radars.")
    number = Document.objects.count() + 1
    fields = {"source": Document.Source.PASTE, "size": len(raw), "name": f"story-{number}.txt", **fields}
    return Document.objects.create(raw=raw, content_hash=f"{number:064}", **fields)


def reference(**fields: Any) -> Reference:
    fields = {
        "kind": "event",
        "authority": "Ministry of Defence",
        "title": f"Order {Reference.objects.count() + 1}",
        "starts_on": date(2024, 3, 1),
        **fields,
    }
    return Reference.objects.create(**fields)


def origin() -> Origin:
    return Origin.objects.create()


RADARS = (
    "The ministry will buy as many as 12 radars for the northern coast.\n\n"
    "“We need 12 radars, including 4 for training,” said Colonel Ada Brandt, who leads the programme.\n\n"
    "The purchase costs almost $18 million."
)


def radar_story() -> dict[str, Any]:
    """Two outlets on one purchase, a group, and a finding that one of them dropped "as many as"."""
    question = group()
    money = group("radars, cost, ministry", kind="money", unit="USD")
    one = revision(RADARS, title="Ministry to buy new radars", at="Harbour Post")
    two = revision(
        "The ministry will buy 12 radars, officials say.\n\nThe price is $18 million.",
        title="Twelve radars for the coast",
        at="Northern Courier",
        published=date(2024, 3, 8),
    )
    careful = claim(
        one,
        "as many as 12 radars",
        value=12,
        bounds=between(None, 12),
        soft=True,
        unit="radar",
        modifier="as many as",
        status="planned",
        group=question,
        link_score=0.91,
        link_reasons=["same noun: radar", "same action: buy"],
    )
    bare = claim(two, "12 radars", value=12, unit="radar", group=question, status="planned", mode="unnamed")
    quotation = claim(
        one,
        "“We need 12 radars, including 4 for training,”",
        kind="quotation",
        mode="direct",
        source="Ada Brandt",
        attribution={"told": "reporters"},
    )
    part = claim(one, "4 for training", value=4, unit="radar", modifier="including")
    almost = claim(
        one,
        "almost $18 million",
        kind="money",
        value=18_000_000,
        bounds=between(17_000_000, 18_000_000, "[)"),
        unit="USD",
        modifier="almost",
        group=money,
    )
    price = claim(two, "$18 million", kind="money", value=18_000_000, unit="USD", group=money)
    dropped = finding(bare, careful, summary="“as many as” is missing in Northern Courier: 12 radars")
    return {
        "one": one,
        "two": two,
        "group": question,
        "money": money,
        "careful": careful,
        "bare": bare,
        "quotation": quotation,
        "part": part,
        "almost": almost,
        "price": price,
        "finding": dropped,
    }


def person(name: str, full: str = "", **fields: Any) -> User:
    """Somebody on the desk, without a password."""
    first, _, last = full.partition(" ")
    return User.objects.create_user(name, first_name=first, last_name=last, **fields)


def signed_off(story: dict[str, Any], **fields: Any) -> FactCheck:
    """A fact-check on the bare "12 radars" of ``radar_story``: rated by Ada, signed off by Ivo."""
    ada = User.objects.filter(username="ada.brook").first() or person("ada.brook", "Ada Brook")
    ivo = User.objects.filter(username="ivo.marsh").first() or person("ivo.marsh", "Ivo Marsh")
    rating = ratings.named("imprecise")
    row = FactCheck.objects.create(
        **{
            "claim": story["bare"],
            "group": story["group"],
            "finding": story["finding"],
            "question": "Will the ministry buy twelve radars?",
            "meaning": "The ministry speaks of a ceiling, not of an order.",
            "conclusion": "Twelve is the most it may buy. The order itself names no number.",
            "state": FactCheck.State.SIGNED_OFF,
            "rating": rating,
            "assignee": ada,
            "created_by": ada,
            **fields,
        }
    )
    Verdict.objects.create(
        factcheck=row, role="first", rating=rating, reasoning="A ceiling is no order.", person=ada
    )
    Verdict.objects.create(factcheck=row, role="second", rating=rating, reasoning="So I read it.", person=ivo)
    FactCheckEvent.objects.create(
        factcheck=row, kind="state", before="second_review", after="signed_off", person=ivo
    )
    return row


def source(of: FactCheck, title: str = "Budget of the ministry", **fields: Any) -> Source:
    return Source.objects.create(
        **{
            "factcheck": of,
            "title": title,
            "publisher": "Ministry of Defence",
            "url": "https://ministry.example/budget",
            "use": "primary",
            "origin": "Ministry of Defence",
            "says": "up to twelve radars",
            "added_by": of.created_by,
            **fields,
        }
    )


def letter(of: FactCheck, whom: str = "Press office of the ministry", **fields: Any) -> Correspondence:
    return Correspondence.objects.create(
        **{
            "factcheck": of,
            "whom": whom,
            "channel": "e-mail",
            "asked": "Is twelve an order or a ceiling?",
            "entered_by": of.created_by,
            **fields,
        }
    )
