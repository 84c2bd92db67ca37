"""What administrators change is written down, who and when, in Django's own log of administration."""

from __future__ import annotations

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models

from .refusal import Refused


def require(person: User) -> None:
    """Raises Refused "not_allowed" unless the person is an administrator."""
    if not (person.is_active and person.is_staff):
        raise Refused("not_allowed", "Only administrators may do this.")


def note(by: User, changed: models.Model, said: str, *, new: bool = False) -> None:
    """Writes down that ``by`` changed a row, in words."""
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(changed),
        object_id=str(changed.pk),
        object_repr=str(changed)[:200],
        action_flag=ADDITION if new else CHANGE,
        change_message=said,
    )


def notes() -> models.QuerySet[LogEntry]:
    """What was changed, newest first, with who did it; one query."""
    return LogEntry.objects.select_related("user").order_by("-action_time", "-id")
