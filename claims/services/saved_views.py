"""Named filters of a screen: one's own, and those that colleagues share."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from claims.models import SavedView

from .refusal import Refused

#: As many as fit into a line of tabs and some more.
MOST = 40


def seen_by(person: User, screen: str = "queue") -> QuerySet[SavedView]:
    """The person's views and the shared ones of others, by name."""
    rows = SavedView.objects.filter(screen=screen).filter(Q(person=person) | Q(shared=True))
    return rows.select_related("person").order_by("name", "id")


def save(person: User, name: str, query: str, *, shared: bool = False, screen: str = "queue") -> SavedView:
    """Saves filters under a name. Raises Refused: "no_name", "name_taken", "too_long", "too_many"."""
    name = _named(name)
    if len(query) > 1000:
        raise Refused("too_long", "These filters are too long to be saved.")
    if SavedView.objects.filter(person=person, screen=screen).count() >= MOST:
        raise Refused("too_many", f"At most {MOST} views can be saved; delete one first.")
    try:
        with transaction.atomic():
            return SavedView.objects.create(
                person=person, screen=screen, name=name, query=query, shared=shared
            )
    except IntegrityError:
        raise Refused("name_taken", f"You have a view of that name: {name}.") from None


def change(view: SavedView, person: User, name: str, *, shared: bool) -> SavedView:
    """Renames a view and says whether others see it. Raises Refused: "not_yours", "no_name", "name_taken"."""
    _own(view, person)
    name = _named(name)
    if SavedView.objects.filter(person=person, screen=view.screen, name=name).exclude(pk=view.pk).exists():
        raise Refused("name_taken", f"You have a view of that name: {name}.")
    SavedView.objects.filter(pk=view.pk).update(name=name, shared=shared)
    view.name, view.shared = name, shared
    return view


def delete(view: SavedView, person: User) -> SavedView:
    """Takes a view away and returns it as it was, so that it can be saved again. Raises Refused:
    "not_yours"."""
    _own(view, person)
    SavedView.objects.filter(pk=view.pk).delete()
    return view


def _own(view: SavedView, person: User) -> None:
    if view.person_id != person.pk:
        raise Refused("not_yours", "Only the person who saved a view can change it.")


def _named(name: str) -> str:
    name = name.replace("\x00", "").strip()[:80]
    if not name:
        raise Refused("no_name", "Give the view a name.")
    return name
