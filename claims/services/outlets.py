"""Outlets: what they are called. An outlet keeps its slug, by which articles that come in find it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from claims.models import Outlet

from . import administration
from .refusal import Refused


def rename(outlet: Outlet, name: str, *, by: User, seen: str | None = None) -> Outlet:
    """Another name for an outlet, wherever it is shown.

    ``seen`` is the name the person saw. What was published keeps the old one. Articles that come under
    either name are this outlet's. Raises Refused: "not_allowed", "name", "taken", "stale".
    """
    administration.require(by)
    name = " ".join(name.replace("\x00", "").split())
    if not name or len(name) > 200:
        raise Refused("name", "An outlet needs a name of at most 200 characters.")
    with transaction.atomic():
        held = Outlet.objects.select_for_update().get(pk=outlet.pk)
        if seen is not None and held.name != seen:
            raise Refused("stale", f"Somebody has called it “{held.name}” since you looked.")
        taken = Outlet.objects.exclude(pk=held.pk).filter(slug=slugify(name, allow_unicode=True)[:200])
        if taken.exists() or Outlet.objects.exclude(pk=held.pk).filter(name__iexact=name).exists():
            raise Refused("taken", f"There is another outlet called “{name}”.")
        if name != held.name:
            before, held.name = held.name, name
            try:
                with transaction.atomic():
                    held.save(update_fields=["name"])
            except IntegrityError as error:  # given to another at the same moment
                raise Refused("taken", f"There is another outlet called “{name}”.") from error
            administration.note(by, held, f"Renamed from {before}")
    return held
