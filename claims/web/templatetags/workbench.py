"""Words and small parts for the templates. Filters take values and give plain text, which Django escapes."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString

from claims.engine import independence
from claims.engine.checks import all_checks
from claims.engine.taking import listed_shortly
from claims.engine.topics import TOPICS
from claims.models import Claim, ClaimGroup, Document, GroupDecision

from .. import wording
from .shell import when

register = template.Library()


@register.filter
def value_of(claim: Claim) -> str:
    """The value as written, with its unit; "" for a claim without a number."""
    return wording.amount(claim.value, claim.unit) if claim.value is not None else ""


@register.filter
def bounds_of(claim: Claim) -> str:
    """The values under which the claim is true, in words."""
    return wording.bounds(claim.bounds, claim.unit, claim.soft)


@register.filter
def credit_of(claim: Claim) -> str:
    """Whom the article credits, in words."""
    return wording.attribution(claim.mode, claim.source, claim.attribution)


@register.filter
def how_credited(claim: Claim) -> str:
    return wording.how_credited(claim.mode)


@register.filter
def kind_word(kind: str) -> str:
    return wording.KINDS.get(kind, kind)


@register.filter
def topic_label(slug: str) -> str:
    """What people read for a topic's slug; the slug where the topic is no longer there."""
    return TOPICS.get(slug, slug)


@register.filter
def status_word(status: str) -> str:
    return wording.STATUSES.get(status, status)


@register.filter
def decision_word(decision: str) -> str:
    return wording.DECISIONS.get(decision, decision)


@register.filter
def group_decision_words(decision: GroupDecision) -> str:
    """What somebody decided about groups: "split off claims"."""
    return wording.GROUP_DECISIONS.get(decision.kind, decision.kind)


@register.filter
def amount(value: Decimal | None, unit: str = "") -> str:
    return wording.amount(value, unit) if value is not None else ""


@register.filter
def thousands(n: int) -> str:
    return f"{n:,}"


@register.filter
def counted(n: int, words: str) -> str:
    """``3|counted:"story,stories"`` -> "3 stories"; with one word an s makes the plural."""
    one, _, many = words.partition(",")
    return wording.counted(n, one, many)


@register.filter
def told_by(group: ClaimGroup) -> str:
    """How many outlets tell it, and from how many origins: "14 outlets, 2 independent origins"."""
    return independence.counted(group.outlet_count, group.origin_count)


@register.filter
def listed(names: list[str]) -> str:
    """["A", "B", "C"] -> "A, B and C"; after the third only how many more."""
    return listed_shortly(names)


@register.filter
def how_sure(confidence: float) -> str:
    return wording.how_sure(confidence)


@register.filter
def check_name(check_id: str) -> str:
    """The name a check gives itself; its id where the check is no longer there."""
    return next((c.name for c in all_checks() if c.id == check_id), check_id.replace("_", " "))


@register.filter
def size(n: int) -> str:
    """Bytes for people: "812 bytes", "14 kB", "5.2 MB"."""
    if n < 1000:
        return wording.counted(n, "byte")
    return f"{n / 1000:,.0f} kB" if n < 1_000_000 else f"{n / 1_000_000:,.1f} MB"


@register.filter
def moment(at: datetime | str | None) -> SafeString | str:
    """``{% when %}`` as a filter."""
    return when(at)


@register.filter
def document_label(document: Document) -> str:
    """What to call a document: its article's title, else what the sender called it."""
    if document.revision is not None:
        return document.revision.title or "Untitled article"
    unnamed = "Pasted text" if document.source == Document.Source.PASTE else "Text without a name"
    return document.declared_title or document.name or document.url or unnamed


@register.filter
def steps(document: Document) -> list[str]:
    """A class for each step of the journey: "done", "now", "failed" or ""."""
    order = [*Document.State.under_way(), Document.State.CHECKED]
    if document.state == Document.State.CHECKED:
        return ["done"] * (len(order) - 1)
    failed = document.state not in order
    last = document.journey[-1] if document.journey else {}
    present = last.get("from", order[0]) if failed else document.state
    done = order.index(present) if present in order else 0
    return ["done"] * done + ["failed" if failed else "now"] + [""] * (len(order) - 2 - done)


@register.filter
def stations(document: Document) -> list[dict[str, Any]]:
    """The five stations of a document's journey: the word, how far ("done", "now", "failed" or "") and the
    seconds the step took that led there, where it is done."""
    took = {line.get("state"): line.get("seconds") for line in document.journey}
    how = ["done", *steps(document)]
    words = ("Received", "Read", "Claims", "Linked", "Checked")
    order = [*Document.State.under_way(), Document.State.CHECKED]
    return [
        {"word": word, "how": each, "seconds": took.get(state) if each == "done" else None}
        for word, each, state in zip(words, how, order, strict=True)
    ]


@register.filter
def seconds(value: float) -> str:
    """A stretch of time for people: "34 ms", "1.2 s", "14 s", "3 min"."""
    if value < 0.9995:
        return f"{1000 * value:.0f} ms"
    if value < 9.95:
        return f"{value:.1f} s"
    return f"{value:.0f} s" if value < 99.5 else f"{value / 60:.0f} min"


@register.filter
def state_word(document: Document) -> str:
    """How far a document has got, in words."""
    return {
        "received": "Waiting to be read",
        "parsed": "Text read, looking for claims",
        "extracted": "Claims found, linking them",
        "linked": "Linked, running the checks",
        "checked": "Finished",
        "quarantined": "Gave up after several tries",
        "rejected": "Refused",
    }.get(document.state, document.state)


@register.filter
def journey_of(document: Document) -> list[dict[str, Any]]:
    """The steps so far: where to, when, how long in seconds, the attempt and by whom, as far as recorded."""
    return [
        {
            "to": _REACHED.get(line.get("state", ""), line.get("state", "")),
            "at": _instant(line.get("at")),
            "seconds": line.get("seconds"),
            "attempt": line.get("attempt") if line.get("attempt", 1) != 1 else None,
            "by": line.get("by"),
        }
        for line in document.journey
    ]


_REACHED = {
    "received": "Received",
    "parsed": "Text read",
    "extracted": "Claims found",
    "linked": "Claims linked",
    "checked": "Checks run",
    "quarantined": "Gave up",
    "rejected": "Refused",
}


@register.filter
def day_of(text: str) -> str:
    """A frozen date for people: "2024-03-07" -> "7 Mar 2024"; whatever else stands there, as it stands."""
    instant = _instant(text)
    return instant.strftime("%-d %b %Y") if isinstance(instant, datetime) else instant


def _instant(text: object) -> datetime | str:
    """A recorded time; whatever else stands there, as it stands."""
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return str(text)


@register.filter
def rule_words(claim: Claim) -> str:
    """Why these are the values under which a claim is true, in words; "" where no rule is named."""
    return wording.RULES.get(claim.bounds_rule, "")


@register.filter
def px(value: float, by: float = 0) -> str:
    """A coordinate of a drawing as SVG takes it: one digit after the point at most, moved ``by``."""
    return f"{value + by:.1f}".removesuffix(".0")
