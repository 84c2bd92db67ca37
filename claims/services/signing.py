"""Verdicts, the second pair of eyes, and sign-off.

In a round the first verdict is given while the claim is in check, the second in second review by somebody
else; where the two differ a third person adjudicates, and all three stay. Nobody approves their own: who did
the work, gave the first verdict, wrote the conclusion, or is alone in the rating that stands, does not sign
it off.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction

from claims.models import FactCheck, Rating, Verdict

from . import blinding, sources
from .refusal import Refused
from .steps import State, clean, go, held, must_be, now, write

Role = Verdict.Role


def give_verdict(
    factcheck: FactCheck, *, person: User, rating: Rating, reasoning: str, seen: int | None = None
) -> FactCheck:
    """Adds a person's verdict to the present round: the first, the second or the adjudication.

    Raises Refused: "stale", "not_now", "no_reason", "too_long", "rating" (retired), "given" (theirs is in
    already), "own" (the second must be somebody else's than who has the work), "not_asked" (another person
    is asked), "enough" (two agree, or it is adjudicated).
    """
    reasoning = clean(reasoning, 20_000, "The reasoning")
    if not reasoning:
        raise Refused("no_reason", "Give the reasons: the next person must be able to follow them.")
    if rating.retired_at is not None:
        raise Refused("rating", f"“{rating.label}” is no longer on the scale.")
    with transaction.atomic():
        row = held(factcheck, seen)
        given = list(row.verdicts.filter(round=row.round).order_by("pk"))
        if any(verdict.person_id == person.pk for verdict in given):
            raise Refused("given", "You have given your verdict in this round.")
        must_be(row, State.SECOND_REVIEW if given else State.IN_CHECK)
        role = _role(given)
        if given and row.assignee_id == person.pk:
            raise Refused("own", "The work is yours: another person gives this verdict.")
        if given and row.reviewer_id not in (None, person.pk):
            raise Refused("not_asked", f"{row.reviewer.get_username()} is asked for this verdict.")
        opened = row.round in blinding.opened_rounds(row.events.filter(kind="review"))
        Verdict.objects.create(
            factcheck=row,
            round=row.round,
            role=role,
            rating=rating,
            reasoning=reasoning,
            blind=role == Role.SECOND and not opened,
            person=person,
            created_at=now(),
        )
        stands = _standing([*given, row.verdicts.get(round=row.round, person=person)], opened)
        # The event says that a verdict was given and never which: it is shown to people who may not know.
        write(
            row,
            "verdict",
            person=person,
            before=str(row.round),
            after=role,
            rating=stands.rating if stands else None,
            reviewer=None if role == Role.SECOND and stands is None else row.reviewer,
        )
    return row


def request_second_review(
    factcheck: FactCheck,
    *,
    person: User,
    reviewer: User | None = None,
    blind: bool = False,
    reason: str = "",
    seen: int | None = None,
) -> FactCheck:
    """Asks for the second pair of eyes: in check becomes "second review"; or, while it is there, asks
    somebody else (or for the adjudication).

    ``reviewer`` None means anybody who may. What was once asked to be blind stays so. Raises Refused:
    "stale", "not_now", "no_verdict", "own", "inactive", "seen" (too late for blind: the first verdict was
    shown in this round).
    """
    reason = clean(reason, 10_000, "A note")
    with transaction.atomic():
        row = held(factcheck, seen)
        must_be(row, State.IN_CHECK, State.SECOND_REVIEW)
        given = list(row.verdicts.filter(round=row.round))
        if not given:
            raise Refused("no_verdict", "Give the first verdict; then there is something to review.")
        if reviewer is not None and not reviewer.is_active:
            raise Refused("inactive", f"{reviewer.get_username()}'s account is switched off.")
        own = {row.assignee_id, *(verdict.person_id for verdict in given)}
        if reviewer is not None and reviewer.pk in own:
            raise Refused("own", f"{reviewer.get_username()} cannot review what they worked on or judged.")
        opened = row.round in blinding.opened_rounds(row.events.filter(kind="review"))
        if blind and opened:
            raise Refused("seen", "Too late to be blind: the first verdict was open to others in this round.")
        blind = not opened and (blind or row.blind)
        stands = _standing(given, opened or not blind)
        write(
            row,
            "review",
            person=person,
            before=f"{'blind' if blind else 'open'} {row.round}",
            after=reviewer.get_username() if reviewer else "",
            reason=reason,
            reviewer=reviewer,
            blind=row.blind or blind,
            rating=stands.rating if stands else None,
        )
        if row.state == State.IN_CHECK:
            go(row, State.SECOND_REVIEW, person=person)
    return row


def another_round(factcheck: FactCheck, *, person: User, reason: str, seen: int | None = None) -> FactCheck:
    """Sends a fact-check back to be worked on, or begins one's own verdict anew: the verdicts so far stay,
    and another round of them begins.

    In second review anybody may; in check only who gave the round's verdict. Raises Refused: "no_reason",
    "stale", "not_now", "not_yours".
    """
    reason = clean(reason, 10_000, "A reason")
    if not reason:
        raise Refused("no_reason", "Say what has to be looked at again.")
    with transaction.atomic():
        row = held(factcheck, seen)
        must_be(row, State.SECOND_REVIEW, State.IN_CHECK)
        fresh = {"round": row.round + 1, "rating": None, "reviewer": None}
        if row.state == State.SECOND_REVIEW:
            go(row, State.IN_CHECK, person=person, reason=reason, **fresh)
        elif row.verdicts.filter(round=row.round, person=person).exists():
            write(
                row,
                "round",
                person=person,
                before=str(row.round),
                after=str(row.round + 1),
                reason=reason,
                **fresh,
            )
        else:
            raise Refused("not_yours", "Only who gave the verdict can begin it anew here.")
    return row


def sign_off(factcheck: FactCheck, *, person: User, reason: str = "", seen: int | None = None) -> FactCheck:
    """Approves a fact-check for publication. Raises Refused: "stale", "not_now", "not_ready" (with what is
    missing), "own" (with why this person cannot)."""
    with transaction.atomic():
        row = held(factcheck, seen)
        must_be(row, State.SECOND_REVIEW)
        if missing := ready(row):
            raise Refused("not_ready", "Still missing: " + "; ".join(missing) + ".")
        if why := may_not_sign(row, person):
            raise Refused("own", why)
        go(row, State.SIGNED_OFF, person=person, reason=clean(reason, 10_000, "A note"))
    return row


def ready(
    factcheck: FactCheck,
    *,
    verdicts: Sequence[Verdict] | None = None,
    independent: int | None = None,
) -> list[str]:
    """What is still missing before somebody may sign off, in words; empty when nothing is.

    It tells nothing that a blind second reviewer may not know. What was fetched already can be handed in:
    all ``verdicts``, and the number of ``independent`` origins (sources.independent_origins).
    """
    if factcheck.state in (State.SIGNED_OFF, State.PUBLISHED):
        return []
    missing = []
    rows = factcheck.verdicts.order_by("pk") if verdicts is None else verdicts
    given = [verdict for verdict in rows if verdict.round == factcheck.round]
    if not given:
        missing.append("a verdict with its reasons")
    if factcheck.state != State.SECOND_REVIEW:
        missing.append("a second person's review")
    elif factcheck.rating_id is None and len(given) == 1:
        missing.append("the second verdict, given without seeing the first")
    elif factcheck.rating_id is None:
        missing.append("an adjudication by a third person: the two verdicts differ")
    if not factcheck.conclusion.strip():
        missing.append("a conclusion for readers")
    number = sources.independent_origins(factcheck) if independent is None else independent
    if number < 2 and not factcheck.few_origins_reason.strip():
        so_far = {0: "there is none", 1: "there is one"}[number]
        missing.append(
            f"two independent origins among the sources on the record ({so_far}), "
            "or the reason why fewer are enough"
        )
    return missing


def may_not_sign(factcheck: FactCheck, person: User, verdicts: Sequence[Verdict] | None = None) -> str:
    """Why this person cannot sign off this fact-check, in words; "" where they can once it is ready."""
    rows = factcheck.verdicts.order_by("pk") if verdicts is None else verdicts
    given = [verdict for verdict in rows if verdict.round == factcheck.round]
    if person.pk == factcheck.assignee_id:
        return "You did the work on it; another person signs it off."
    if any(v.role == Role.FIRST and v.person_id == person.pk for v in given):
        return "The first verdict is yours; another person signs it off."
    if not any(v.rating_id == factcheck.rating_id and v.person_id != person.pk for v in given):
        return "The verdict that stands is yours alone; another person signs it off."
    wording = factcheck.events.filter(kind="edit", before="conclusion").order_by("-pk").first()
    if wording is not None and wording.person_id == person.pk:
        return "The conclusion is in your words; another person signs it off."
    return ""


def differ(verdicts: Sequence[Verdict]) -> bool:
    """Whether two verdicts of one round differ and nobody has adjudicated yet."""
    return len(verdicts) == 2 and verdicts[0].rating_id != verdicts[1].rating_id


def _role(given: Sequence[Verdict]) -> str:
    if not given:
        return Role.FIRST
    if len(given) == 1:
        return Role.SECOND
    if differ(given):
        return Role.ADJUDICATION
    raise Refused("enough", "The verdicts of this round are all given.")


def _standing(given: Sequence[Verdict], opened: bool) -> Verdict | None:
    """The verdict whose rating stands: the adjudication, the one of two that agree, or a single open one."""
    for verdict in given:
        if verdict.role == Role.ADJUDICATION:
            return verdict
    if len(given) == 1:
        return given[0] if opened else None
    return given[0] if given and not differ(given) else None
