"""Reference values and dated events, against which claims are held."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from claims import models
from claims.engine import linking
from claims.engine.dimensions import dimension
from claims.engine.records import Kind

from . import checking, reopening
from .isolation import in_process
from .rows import claim_record, reference_value


def add(*, user: User | None = None, **fields: Any) -> models.Reference:
    """Stores a reference and checks the groups it speaks about, in one transaction.

    ``fields`` are those of ``models.Reference``. Raises ValidationError, with a message for each wrong
    field, and TypeError for a field there is not. The findings are up to date when it returns.
    """
    fields = {name: value for name, value in fields.items() if value is not None}
    fields |= {name: value.strip() for name, value in fields.items() if isinstance(value, str)}
    reference = models.Reference(created_by=user, **fields)
    with transaction.atomic():
        reference.full_clean()
        try:
            with transaction.atomic():
                reference.save()
        except IntegrityError:
            reference.full_clean()  # the same one was stored at the same moment: now it is seen
            raise
        checking.check(groups_of(reference), [], in_process)
        reopening.after_edition(reference)
    return reference


def groups_of(reference: models.Reference) -> list[str]:
    """The ids of the groups with a standing claim that the reference answers.

    The engine decides claim by claim, for it knows that "the Pentagon" and "expulsion" are actors and
    actions by other names; the database only leaves out what cannot be meant.
    """
    value = reference_value(reference)
    claims = models.Claim.objects.standing().filter(group__isnull=False).exclude(kind=Kind.QUOTATION)
    if reference.kind == models.Reference.Kind.VALUE:
        claims = claims.filter(value__isnull=False)
        if reference.unit:
            claims = claims.filter(unit__in=_units_like(reference.unit))
    found = {
        str(claim.group_id)
        for claim in claims.only("group", "record").order_by("pk").iterator(500)
        if linking.answers(claim_record(claim), value)
    }
    return sorted(found)


def _units_like(unit: str) -> list[str]:
    """The unit, and the stored ones that measure the same: km where miles are asked for.

    One look into the index (kind, unit) for each kind and unit there is, however many claims are stored.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE used AS (
                (SELECT kind, unit FROM claims_claim ORDER BY kind, unit LIMIT 1)
                UNION ALL
                SELECT next.kind, next.unit FROM used CROSS JOIN LATERAL (
                    SELECT kind, unit FROM claims_claim c WHERE (c.kind, c.unit) > (used.kind, used.unit)
                    ORDER BY kind, unit LIMIT 1
                ) next
            )
            SELECT DISTINCT unit FROM used ORDER BY unit
            """
        )
        stored = [row[0] for row in cursor.fetchall()]
    measures = dimension(unit)
    return [each for each in stored if each == unit or (measures and dimension(each) == measures)]
