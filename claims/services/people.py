"""The people of the desk: who may log in, and who administers. Nobody is deleted: their decisions stand."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from . import administration
from .refusal import Refused


def add(*, username: str, name: str = "", email: str = "", staff: bool = False, by: User) -> User:
    """A new person, who cannot log in before setting a password (:func:`invitation`).

    Raises Refused: "not_allowed", "username", "name", "email".
    """
    administration.require(by)
    first, last = _name(name)
    made = User(username=username.strip(), first_name=first, last_name=last, email=email.strip())
    made.is_staff = staff
    made.set_unusable_password()
    try:
        made.full_clean(exclude=["password"])
        with transaction.atomic():
            made.save()
            administration.note(by, made, "Added" + (" as administrator" if staff else ""), new=True)
    except ValidationError as error:
        field, (sentence, *_) = next(iter(error.message_dict.items()))
        raise Refused("name" if field in ("first_name", "last_name") else field, sentence) from error
    except IntegrityError as error:
        raise Refused("username", "A user with that username already exists.") from error
    return made


def rename(person: User, name: str, *, by: User) -> User:
    """The name readers see under what the person checks. Raises Refused: "not_allowed", "name"."""
    administration.require(by)
    first, last = _name(name)
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=person.pk)
        held.first_name, held.last_name = first, last
        held.save(update_fields=["first_name", "last_name"])
        administration.note(by, held, f"Named {held.get_full_name() or 'nothing'}")
    return held


def invitation(person: User, *, by: User) -> tuple[str, str]:
    """What a link for setting a password holds: who, and a token that works once, for three days.

    It stops working when the password is set or the person logs in. Raises Refused: "not_allowed",
    "inactive".
    """
    administration.require(by)
    if not person.is_active:
        raise Refused("inactive", "This account is switched off. Switch it on first.")
    administration.note(by, person, "Made a link for setting a password")
    return urlsafe_base64_encode(force_bytes(person.pk)), default_token_generator.make_token(person)


def change(person: User, *, active: bool | None = None, staff: bool | None = None, by: User) -> User:
    """Switches an account on or off, or makes somebody an administrator or not.

    Nobody changes themselves, so that nobody locks themselves out, and one administrator always remains:
    changes go one after the other. Only a superuser changes a superuser. Raises Refused: "not_allowed",
    "yourself", "last".
    """
    administration.require(by)
    with transaction.atomic():
        # All administrators, in one order: two who switch each other off at once cannot both succeed.
        administrators = list(User.objects.select_for_update().filter(is_staff=True).order_by("pk"))
        acting = next((each for each in administrators if each.pk == by.pk), None)
        if acting is None or not acting.is_active:
            raise Refused("not_allowed", "You are no administrator any more.")
        held = User.objects.select_for_update().get(pk=person.pk)
        if held.pk == by.pk:
            raise Refused("yourself", "You cannot change your own account here. Ask another administrator.")
        if held.is_superuser and not acting.is_superuser:
            raise Refused("not_allowed", "Only a superuser changes a superuser's account.")
        before = held.is_active, held.is_staff
        held.is_active = held.is_active if active is None else active
        held.is_staff = held.is_staff if staff is None else staff
        if not any(a.is_active for a in administrators if a.pk != held.pk) and not (
            held.is_active and held.is_staff
        ):
            raise Refused("last", "One administrator has to remain.")
        if (held.is_active, held.is_staff) != before:
            held.save(update_fields=["is_active", "is_staff"])
            administration.note(by, held, _said(before, held))
    return held


def _said(before: tuple[bool, bool], now: User) -> str:
    said = []
    if before[0] != now.is_active:
        said.append("Switched on" if now.is_active else "Switched off")
    if before[1] != now.is_staff:
        said.append("Made an administrator" if now.is_staff else "No administrator any more")
    return "; ".join(said)


def _name(name: str) -> tuple[str, str]:
    """A full name in the two columns Django has for it: the last word is the last name."""
    words = name.replace("\x00", "").split()
    first, last = " ".join(words[:-1]) or "".join(words), words[-1] if len(words) > 1 else ""
    if len(first) > 150 or len(last) > 150:
        raise Refused("name", "That name is too long.")
    return first, last
