"""What a reader is shown of a fact-check, as JSON: everything the public page needs, and nothing else.

Left out by construction: sources and correspondence off the record, comments and events, people's addresses.
The same rows give the same snapshot; numbers are strings, days and times are ISO 8601.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User

from claims.models import Article, Claim, FactCheck, FactCheckEvent, Publication, Rating, Revision, Verdict
from claims.models.origin import told_by

from . import ratings

FORMAT = 1
#: Passages shown beside the claim: enough to see who says what; a quotation is kept short, as the law on
#: quoting asks everywhere.
MOST_PASSAGES = 30
LONGEST_QUOTATION = 320
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")


def of(factcheck: FactCheck) -> dict[str, Any]:
    """The snapshot of a fact-check as it stands now. ``factcheck.rating`` must be given."""
    claim = (
        Claim.objects.with_article().with_sentence().select_related("correction").get(pk=factcheck.claim_id)
    )
    others = _compared(factcheck, claim)
    compared = _shown(others)
    articles = Article.objects.filter(revisions__claims__in=[claim.pk, *others]).distinct()
    signed = factcheck.events.filter(after=FactCheck.State.SIGNED_OFF).select_related("person").last()
    rating = factcheck.rating
    assert rating is not None  # noqa: S101 - a constraint of the table holds it where this is called
    return {
        "format": FORMAT,
        "question": _public(factcheck.question),
        "claim": _passage(claim),
        "reading": _reading(claim),
        "rating": _rating(rating),
        "scale": [_rating(each) for each in ratings.scale()],
        "worst": ratings.WORST,
        "best": ratings.BEST,
        "conclusion": _public(factcheck.conclusion),
        "meaning": _public(factcheck.meaning),
        "method": {
            **told_by(articles),
            "passages": len(others),
            "few_origins_reason": _public(factcheck.few_origins_reason),
        },
        "passages": [_passage(each) for each in compared],
        "passages_left_out": len(others) - len(compared),
        "values": [_value(each) for each in [claim, *compared] if _comparable(each, claim)],
        "sources": [_source(each) for each in _on_record_sources(factcheck)],
        "correspondence": [_letter(each) for each in factcheck.correspondence.filter(on_record=True)],
        "people": _people(factcheck, signed),
        "opened_on": _day(factcheck.created_at),
        "signed_off_on": _day(signed.created_at) if signed else None,
        "editions": [
            {"edition": each.edition, "published_at": each.published_at.isoformat(), "note": each.note}
            for each in Publication.objects.filter(factcheck=factcheck).order_by("edition").defer("snapshot")
        ],
    }


def _compared(factcheck: FactCheck, claim: Claim) -> list[int]:
    """The other claims it was held against: those of the finding, then those of the group as it stands."""
    found: list[int] = []
    if factcheck.finding_id:
        found += (
            Claim.objects.filter(findings=factcheck.finding_id)
            .values_list("pk", flat=True)
            .order_by("findingclaim__position")
        )
    if factcheck.group_id:
        in_group = Claim.objects.standing().filter(group=factcheck.group_id)
        found += in_group.in_reading_order().values_list("pk", flat=True)
    return [pk for pk in dict.fromkeys(found) if pk != claim.pk]


def _shown(claims: list[int]) -> list[Claim]:
    rows = Claim.objects.with_article().with_sentence().in_bulk(claims[:MOST_PASSAGES])
    return [rows[pk] for pk in claims[:MOST_PASSAGES]]


def _passage(claim: Claim) -> dict[str, Any]:
    revision: Revision = claim.revision
    before, after = _around(claim)
    return {
        "quote": claim.quote,
        "before": before,
        "after": after,
        "headline": claim.headline,
        "outlet": revision.article.outlet.name,
        "title": revision.title,
        "published": revision.published.isoformat() if revision.published else None,
        "url": _link(revision.article.address),
        "mode": claim.mode,
        "source": claim.source,
        "credited": {
            key: value
            for key in ("source_text", "told", "document")
            if isinstance(value := claim.attribution.get(key), str)
        },
    }


def _around(claim: Claim) -> tuple[str, str]:
    """What stands before and after the quote in its sentence, cut at words so that the whole stays short."""
    sentence: str = claim.sentence_text  # type: ignore[attr-defined]  # annotated by with_sentence
    start = claim.start - claim.sentence_start
    before, after = sentence[:start], sentence[start + len(claim.quote) :]
    room = max(LONGEST_QUOTATION - len(claim.quote), 0) // 2
    if len(before) > room:
        before = "…" + before[len(before) - room :].partition(" ")[2]
    if len(after) > room:
        after = after[:room].rpartition(" ")[0] + "…"
    return before, after


def _reading(claim: Claim) -> dict[str, Any]:
    """How the program read the claim."""
    return {
        **_value(claim),
        "kind": claim.kind,
        "modifier": claim.modifier,
        "measured": claim.measured,
        "status": claim.status,
        "hedge": claim.hedge,
        "place": claim.place,
        "when": claim.when_text,
        "when_start": _day(claim.when_start),
        "when_end": _day(claim.when_end),
        "engine": claim.engine_version,
        "corrected": claim.correction_id is not None,
    }


def _value(claim: Claim) -> dict[str, Any]:
    bounds = claim.bounds
    return {
        "label": claim.revision.article.outlet.name,
        "quote": claim.quote,
        "value": _number(claim.value),
        "unit": claim.unit,
        "bounds": None
        if bounds is None
        else {
            "low": _number(bounds.lower),
            "high": _number(bounds.upper),
            "low_open": bounds.lower is not None and not bounds.lower_inc,
            "high_open": bounds.upper is not None and not bounds.upper_inc,
        },
        "soft": claim.soft,
    }


def _comparable(claim: Claim, asked: Claim) -> bool:
    """Whether it stands on the same axis as the claim that was checked."""
    return claim.bounds is not None and (claim.unit, claim.kind) == (asked.unit, asked.kind)


def _rating(rating: Rating) -> dict[str, Any]:
    return {
        "slug": rating.slug,
        "label": rating.label,
        "meaning": rating.meaning,
        "value": rating.value,
    }


def _on_record_sources(factcheck: FactCheck) -> Any:
    return (
        factcheck.sources.filter(on_record=True, removed_at__isnull=True)
        .select_related("article__outlet", "reference")
        .order_by("use", "id")
    )


def _source(source: Any) -> dict[str, Any]:
    url = _link(source.url)
    if not url and source.article:
        url = _link(source.article.address)
    if not url and source.reference:
        url = _link(source.reference.url)
    return {
        "title": _public(source.title),
        "publisher": _public(source.publisher),
        "url": url,
        "use": source.use,
        "origin": _public(source.origin),
        "says": _public(source.says),
        "consulted_on": _day(source.consulted_on),
    }


def _letter(letter: Any) -> dict[str, Any]:
    return {
        "whom": _public(letter.whom),
        "channel": _public(letter.channel),
        "asked": _public(letter.asked),
        "asked_on": _day(letter.asked_at),
        "reply": _public(letter.reply),
        "replied_on": _day(letter.replied_at),
        "declined": letter.declined,
    }


def _people(factcheck: FactCheck, signed: FactCheckEvent | None) -> dict[str, list[str]]:
    """Who checked it in this round, who looked at it a second time, and who signed it off; by name."""
    last = list(factcheck.verdicts.filter(round=factcheck.round).select_related("person").order_by("id"))
    first = [each.person for each in last if each.role == Verdict.Role.FIRST]
    second = [each.person for each in last if each.role != Verdict.Role.FIRST]
    if not first and factcheck.assignee:
        first = [factcheck.assignee]
    return {
        "checked": _names(first),
        "second": _names(second),
        "signed_off": _names([signed.person] if signed and signed.person else []),
    }


def _names(people: Iterable[User]) -> list[str]:
    return list(dict.fromkeys(public_name(person) for person in people))


def public_name(person: User) -> str:
    """What readers call a member of the desk: the full name, else the log-in name; never an address."""
    return _ADDRESS.sub("", person.get_full_name() or person.get_username()).strip() or "a member of the desk"


def _public(text: str) -> str:
    """What a person wrote, without e-mail addresses: whoever was written to did not ask to be printed."""
    return _ADDRESS.sub("[e-mail address]", text)


def _link(address: str) -> str:
    """The address, if a reader can follow it; "" for anything else."""
    return address if address.startswith(("http://", "https://")) else ""


def _number(value: Decimal | None) -> str | None:
    return None if value is None else format(value.normalize(), "f")


def _day(at: date | datetime | None) -> str | None:
    if at is None:
        return None
    return (at.date() if isinstance(at, datetime) else at).isoformat()
