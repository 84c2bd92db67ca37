"""Publishing: a signed-off fact-check becomes a page for readers, edition by edition.

An edition is frozen. What turns out wrong is corrected by the next edition, with a note, or withdrawn, with
the reason; the page stays where it is and says so.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.functions import Now
from django.utils.text import slugify

from claims.models import FactCheck, Publication

from . import casework, snapshots, steps
from .refusal import Refused

State = FactCheck.State
LONGEST_NOTE = 2000


def publish(factcheck: FactCheck, person: User, *, seen: int | None = None) -> Publication:
    """The first edition of a signed-off fact-check, in one transaction.

    ``seen`` is the fact-check's version that the person saw in the preview. Raises Refused: "state" (not
    signed off), "stale" (changed since), "published" (it has an edition: correct that), "conclusion" (nothing
    to tell readers).
    """
    with transaction.atomic():
        held = _signed_off(factcheck, seen)
        if held.publications.exists():
            raise Refused("published", "This was published before: publish the next edition with a note.")
        return _publish(held, person, slug=_slug(held), edition=1, note="")


def correct(publication: Publication, note: str, person: User, *, seen: int | None = None) -> Publication:
    """The next edition, after the fact-check was reopened and signed off again; ``note`` says what changed.

    Raises Refused as :func:`publish` does, and "note" where there is none.
    """
    note = _sentence(note, "note", "Say what is corrected: readers of the earlier edition look for it.")
    with transaction.atomic():
        held = _signed_off(publication.factcheck, seen)
        before = Publication.objects.newest().get(slug=publication.slug)
        Publication.objects.filter(pk=before.pk).update(is_current=False)
        return _publish(held, person, slug=before.slug, edition=before.edition + 1, note=note)


def withdraw(publication: Publication, reason: str, person: User) -> Publication:
    """Takes back what was published: the page stays, says so with the reason, and asks not to be indexed.

    Raises Refused: "reason" (none given), "not_current" (an earlier edition), "withdrawn" (already).
    """
    reason = _sentence(reason, "reason", "Say why it is withdrawn: the page tells its readers.")
    with transaction.atomic():
        held = _current(publication)
        if held.withdrawn_at is not None:
            raise Refused("withdrawn", "This was withdrawn already.")
        Publication.objects.filter(pk=held.pk).update(withdrawn_at=Now(), withdrawal_reason=reason)
        row = steps.held(held.factcheck)
        steps.write(row, "withdraw", person=person, before=str(held.edition), reason=reason)
    held.refresh_from_db()
    return held


def reinstate(publication: Publication, reason: str, person: User) -> Publication:
    """Undoes a withdrawal that was a mistake; both stay in the fact-check's history.

    Raises Refused: "reason", "not_current", "not_withdrawn".
    """
    reason = _sentence(reason, "reason", "Say why it is published again.")
    with transaction.atomic():
        held = _current(publication)
        if held.withdrawn_at is None:
            raise Refused("not_withdrawn", "This is not withdrawn.")
        Publication.objects.filter(pk=held.pk).update(withdrawn_at=None, withdrawal_reason="")
        row = steps.held(held.factcheck)
        steps.write(row, "reinstate", person=person, after=str(held.edition), reason=reason)
    held.refresh_from_db()
    return held


def _signed_off(factcheck: FactCheck, seen: int | None) -> FactCheck:
    """The fact-check, held until the transaction ends."""
    held = steps.held(factcheck, seen)
    if held.state != State.SIGNED_OFF:
        raise Refused("state", "Only what a second person has signed off is published.")
    if not held.conclusion.strip():
        raise Refused("conclusion", "Write the conclusion first: it is what readers are told.")
    return held


def _publish(factcheck: FactCheck, person: User, *, slug: str, edition: int, note: str) -> Publication:
    made = Publication.objects.create(
        factcheck=factcheck,
        slug=slug,
        edition=edition,
        note=note,
        snapshot=snapshots.of(factcheck),
        published_by=person,
    )
    casework.mark_published(factcheck, person=person, reason=note)
    made.refresh_from_db()
    return made


def _current(publication: Publication) -> Publication:
    held = Publication.objects.select_for_update().select_related("factcheck").get(pk=publication.pk)
    if not held.is_current:
        raise Refused("not_current", "There is a later edition; that one stands.")
    return held


def _slug(factcheck: FactCheck) -> str:
    """The page's address: the question in short, with the number that makes it the only one."""
    words = slugify(factcheck.question)[:90].strip("-")
    return f"{words}-{factcheck.pk}" if words else f"check-{factcheck.pk}"


def _sentence(text: str, code: str, wanted: str) -> str:
    text = text.replace("\x00", "").strip()
    if not text:
        raise Refused(code, wanted)
    if len(text) > LONGEST_NOTE:
        raise Refused(code, f"At most {LONGEST_NOTE:,} characters, please.")
    return text
