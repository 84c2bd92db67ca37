"""Who may see which verdict: a blind second verdict is one given without seeing the first, or what tells it.

Until a round of verdicts is settled a verdict is shown to nobody but its giver. A round is settled once two
people have given theirs, or once the second reviewer was asked openly. With the verdict are hidden the
conclusion, its earlier wordings, and what its giver commented since. No role sees more: there is no bypass.
Everything that shows verdicts (pages, API, publications) asks here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User

from claims.models import FactCheck, FactCheckEvent, Verdict


@dataclass(frozen=True, slots=True)
class Sight:
    """What one person may see of a fact-check now."""

    verdicts: tuple[Verdict, ...]
    events: tuple[FactCheckEvent, ...]
    conclusion: bool  # whether they may see (and edit) it
    hidden: int  # verdicts that are given and not shown


def settled_round(factcheck: FactCheck, verdicts: Iterable[Verdict], events: Iterable[FactCheckEvent]) -> int:
    """The last round whose verdicts everybody may see; 0 where there is none."""
    givers = Counter(verdict.round for verdict in verdicts)
    shown = [round for round, given in givers.items() if given > 1]
    return max([*shown, *opened_rounds(events)], default=0)


def opened_rounds(events: Iterable[FactCheckEvent]) -> set[int]:
    """The rounds in which the second reviewer was asked openly: the event says "open 1"."""
    told = (event.before.split() for event in events if event.kind == "review")
    return {int(words[1]) for words in told if words[0] == "open"}


def sight(
    factcheck: FactCheck,
    person: User,
    *,
    verdicts: Iterable[Verdict] | None = None,
    events: Iterable[FactCheckEvent] | None = None,
) -> Sight:
    """What ``person`` may see; rows that were fetched already can be handed in."""
    verdicts = list(factcheck.verdicts.select_related("rating", "person") if verdicts is None else verdicts)
    events = list(factcheck.events.select_related("person") if events is None else events)
    settled = settled_round(factcheck, verdicts, events)
    shown = tuple(v for v in verdicts if v.round <= settled or v.person_id == person.pk)
    hidden = {(v.round, v.person_id) for v in verdicts if v not in shown}
    conclusion = _may_see_conclusion(factcheck, person, verdicts, settled)
    return Sight(shown, tuple(_tellable(events, hidden, conclusion)), conclusion, len(hidden))


def _may_see_conclusion(factcheck: FactCheck, person: User, verdicts: list[Verdict], settled: int) -> bool:
    if factcheck.round <= settled or factcheck.state in (
        FactCheck.State.SIGNED_OFF,
        FactCheck.State.PUBLISHED,
    ):
        return True
    givers = {v.person_id for v in verdicts if v.round == factcheck.round}
    if givers:
        return person.pk in givers
    if any(v.round > settled and v.person_id != person.pk for v in verdicts):
        return False  # what somebody judged in a round that was broken off
    return not factcheck.blind or person.pk == factcheck.assignee_id


def _tellable(
    events: list[FactCheckEvent], hidden: set[tuple[int, int]], conclusion: bool
) -> Iterable[FactCheckEvent]:
    """The events that give no hidden verdict away."""
    judged: set[int] = set()  # people whose hidden verdict is already given at this point of the history
    for event in events:
        if event.kind == "verdict" and (int(event.before), event.person_id) in hidden:
            judged.add(event.person_id or 0)
        if event.kind == "edit" and event.before == "conclusion" and not conclusion:
            continue
        if event.person_id in judged and event.kind == "comment":
            continue
        if event.person_id in judged and event.kind in ("round", "edit") and event.reason:
            event.reason = ""  # only here, the stored one stays
        yield event
