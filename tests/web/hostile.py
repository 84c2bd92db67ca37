"""The world with hostile words in every column that a person or an article can bring text into.

``columns`` finds the columns in the models, so that a new one is hostile too, or is named in ``OURS``.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from claims.models import (
    ApiToken,
    ClaimLink,
    Correction,
    Hold,
    Job,
    OriginLink,
    Revision,
    Skip,
)
from claims.services import accounts
from tests.web import world
from tests.web.payloads import PAYLOADS

_CHOSEN_BY_US = "one of the words of our own program"
_SLUG = "letters, digits and hyphens: services make it, the column refuses the rest"

#: Columns of text that hold no words of people or articles, and why.
OURS = {
    "article.topics": "slugs of engine/topics",
    "claim.bounds_rule": _CHOSEN_BY_US,
    "claim.engine_version": _CHOSEN_BY_US,
    "claim.kind": _CHOSEN_BY_US,
    "claim.mode": _CHOSEN_BY_US,
    "claim.status": _CHOSEN_BY_US,
    "claimgroup.kind": _CHOSEN_BY_US,
    "claimgroup.topics": "slugs of engine/topics",
    "correction.claim_kind": _CHOSEN_BY_US,
    "document.content_hash": "a hash",
    "document.error_code": _CHOSEN_BY_US,
    "document.journey": "states and times, written by the pipeline",
    "document.touched": "keys of rows",
    "factcheckevent.kind": _CHOSEN_BY_US,
    "finding.check_id": _CHOSEN_BY_US,
    "finding.engine_version": _CHOSEN_BY_US,
    "finding.fingerprint": "a hash",
    "finding.topics": "slugs of engine/topics",
    "groupdecision.after": "keys of rows",
    "groupdecision.before": "keys of rows",
    "job.kind": _CHOSEN_BY_US,
    "originlink.kind": _CHOSEN_BY_US,
    "outlet.slug": _SLUG,
    "publication.slug": _SLUG,
    "rating.slug": _SLUG,
    "report.kind": _CHOSEN_BY_US,
    "report.payload_hash": "a hash",
    "review.verdict": "a rating's slug",
    "revision.body_hash": "a hash",
    "revision.engine_version": _CHOSEN_BY_US,
    "revision.language": _CHOSEN_BY_US,
    "revision.topics": "slugs of engine/topics",
    "savedview.screen": _CHOSEN_BY_US,
    "apitoken.digest": "a hash",
    "apitoken.token_key": "drawn by us",
    "user.password": "a hash",
}

_TEXT = (models.CharField, models.TextField, models.JSONField)


def columns() -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Every column of every table of ours, and of the people's, that can hold words."""
    for model in (*apps.get_app_config("claims").get_models(), User):
        for field in model._meta.concrete_fields:
            base = field.base_field if isinstance(field, ArrayField) else field
            if isinstance(base, _TEXT) and not base.choices and _named(model, field) not in OURS:
                yield model, field


def _named(model: type[models.Model], field: models.Field[Any, Any]) -> str:
    return f"{model._meta.model_name}.{field.attname}"


def untouched() -> list[str]:
    """The columns that hold no payload in any row: empty, once the world is hostile."""
    return sorted(
        _named(model, field)
        for model, field in columns()
        if not any("boom" in str(held) for held in _values(model, field))
    )


def _values(model: type[models.Model], field: models.Field[Any, Any]) -> Any:
    return model._default_manager.values_list(field.attname, flat=True)


def saying(start: int = 0) -> world.Say:
    """Texts full of payloads, from number ``start`` on and round again; as many as fit, none cut off."""
    numbers = itertools.count(start)

    def say(limit: int) -> str:
        text, tried = "", 0
        while tried < len(PAYLOADS):
            more = PAYLOADS[next(numbers) % len(PAYLOADS)]
            if len(text) + len(more) < limit:
                text += more + " "
            elif text:
                break
            tried += 1
        return text.strip()[:limit]

    return say


def build(say: world.Say) -> world.World:
    """world.build, then what its services would never let in, and every column that is still empty."""
    built = world.build(say)
    _rows(say, built)
    with connection.cursor() as cursor:
        # What is append-only by a trigger is filled, too: the rows might be older than what refuses them now.
        cursor.execute("SET session_replication_role = replica")
        for model, field in columns():
            _fill(model, field, say)
        cursor.execute("SET session_replication_role = DEFAULT")
    return built


def _rows(say: world.Say, built: world.World) -> None:
    """A row in each table that the world leaves empty."""
    ada = built.people["ada"]
    third, second, first = Revision.objects.current().order_by("-pk")[:3]
    for later, wire in ((second, ""), (third, say(100))):
        OriginLink.objects.create(
            first=first,
            second=later,
            kind="copy",
            containment=0.9,
            reasons=[say(300)],
            passages=[say(600), say(300)],
            wire=wire,
        )
    left, right = (revision.claims.order_by("pk").first() for revision in (first, second))
    assert left is not None
    assert right is not None
    ClaimLink.objects.create(first=left, second=right, score=0.8, reasons=[say(300)], agree=True, spread=1)
    said = {"measured": say(300), "unit": say(100), "source": say(200), "modifier": say(100)}
    Correction.objects.create(
        revision=second,
        kind="amend",
        claim_kind=right.kind,
        start=right.start,
        end=right.end,
        quote=right.quote,
        fields=said,
        reason=say(2000),
        person=ada,
    )
    Revision.objects.update(
        profile={"terms": [[say(60), 1.0]], "names": [say(60)], "numbers": [say(60)], "weekdays": [say(60)]}
    )
    finding = left.findings.first()
    assert finding is not None
    Hold.objects.create(finding=finding, person=built.people["ivo"], until=now().replace(year=2100))
    Skip.objects.create(finding=finding, person=built.people["rosa"], until=now().replace(year=2100))
    Job.objects.create(kind="nightly_report", due=now(), detail=say(2000))
    ApiToken.objects.create(user=built.people["mara"], name=say(100))
    accounts.refresh()


def _fill(model: type[models.Model], field: models.Field[Any, Any], say: world.Say) -> None:
    """Words into each row where there are none; into all rows where no row has a payload."""
    if isinstance(field, models.JSONField):
        return  # has a shape, so world.build and _rows write it
    rows = model._default_manager.order_by("pk")
    none = not any("boom" in str(held) for held in _values(model, field))
    for number, (pk, held) in enumerate(rows.values_list("pk", field.attname)):
        if none or not held:
            rows.filter(pk=pk).update(**{field.attname: _words(model, field, say, number)})


def _words(model: type[models.Model], field: models.Field[Any, Any], say: world.Say, number: int) -> Any:
    if isinstance(field, ArrayField):
        return [say(field.base_field.max_length or 500)]
    limit = field.max_length or 3000
    if _named(model, field) == "review.link":  # the database takes nothing else
        return "https://ministry.example/" + say(limit - 25)
    if isinstance(field, models.URLField) or field.name in ("url", "address"):
        return ("javascript:boom()//", "https://ministry.example/")[number % 2] + say(limit - 25)
    return say(limit)


def administration(client: Client) -> Iterator[tuple[str, str]]:
    """The administrator's pages: each list, and the first row of each."""
    for model in site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        first = model._default_manager.order_by("pk").first()
        addresses = [reverse("admin:index"), reverse(f"{name}_changelist")]
        if first is not None:
            addresses += [reverse(f"{name}_{page}", args=[first.pk]) for page in ("change", "history")]
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 200, address
            yield address, answer.content.decode()
