"""What the page of a fact-check shows: the next step, the method ticked off by what is there, the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Correspondence, FactCheck, FactCheckEvent, Source
from claims.services import casework
from claims.services.blinding import Sight
from claims.services.steps import WORDS

from . import wording
from .templatetags.desk import person_name

State = FactCheck.State


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the method: what it asks, whether that is done, and by what."""

    asks: str
    done: bool
    told: str


@dataclass(frozen=True, slots=True)
class Next:
    """The one step that comes next: words, and either an act with its form or a place on the page."""

    title: str
    words: str
    button: str = ""
    act: str = ""
    place: str = ""
    needs: str = ""  # "reason" or "" : what the act's form asks for besides the version


def method(
    factcheck: FactCheck,
    sources: Sequence[Source],
    letters: Sequence[Correspondence],
    sight: Sight,
    origins: int,
) -> list[Tick]:
    """The day of a fact-check, ticked by what stands in the rows and never by hand."""
    used = [source for source in sources if source.removed_at is None]
    primary = [source for source in used if source.use == Source.Use.PRIMARY]
    silent = [source for source in used if not source.says]
    answered = [letter for letter in letters if letter.replied_at]
    judges = {v.person_id for v in sight.verdicts if v.round == factcheck.round}
    signed = factcheck.state in (State.SIGNED_OFF, State.PUBLISHED)
    return [
        Tick(
            "Chosen by harm and reach",
            factcheck.state != State.NEW,
            f"harm if it is wrong: {factcheck.get_harm_display().lower()}",
        ),
        Tick(
            "What was meant, and how it is defined",
            bool(factcheck.meaning),
            "" if factcheck.meaning else "say it above, before looking for evidence",
        ),
        Tick(
            "The claimant was asked",
            bool(letters),
            f"{wording.counted(len(letters), 'question')}, {len(answered)} answered" if letters else "",
        ),
        Tick("A primary source was consulted", bool(primary), _of(primary)),
        Tick(
            "Two independent origins",
            origins >= 2 or bool(factcheck.few_origins_reason),
            f"{origins} on the record" + (", with a reason" if factcheck.few_origins_reason else ""),
        ),
        Tick(
            "Source and method documented",
            bool(used) and not silent,
            f"{len(silent)} of {len(used)} do not say yet what they say" if silent else "",
        ),
        Tick("Second pair of eyes", signed or len(judges) > 1, ""),
        Tick("Published so that a reader can follow", factcheck.state == State.PUBLISHED, ""),
    ]


def _of(sources: Sequence[Source]) -> str:
    return sources[0].title if sources else ""


def overdue(letter: Correspondence) -> bool:
    """Whether a reply is awaited whose deadline has passed."""
    awaited = letter.replied_at is None and not letter.declined
    return bool(awaited and letter.deadline and letter.deadline < timezone.now())


def may_judge(factcheck: FactCheck, person: User, givers: Sequence[int]) -> bool:
    """Whether this person can give the next verdict now; ``givers`` are those of this round so far."""
    if person.pk in givers or len(givers) > 2:
        return False
    if not givers:
        return factcheck.state == State.IN_CHECK
    return (
        factcheck.state == State.SECOND_REVIEW
        and factcheck.assignee_id != person.pk
        and factcheck.reviewer_id in (None, person.pk)
        and not (len(givers) == 2 and factcheck.rating_id)
    )


def next_step(
    factcheck: FactCheck,
    person: User,
    *,
    sources: Sequence[Source],
    givers: Sequence[int],
    missing: Sequence[str],
    awaited: Sequence[Correspondence],
) -> Next:
    """The one thing to do next, for this person."""
    has = person_name(factcheck.assignee) if factcheck.assignee else ""
    mine = factcheck.assignee_id in (None, person.pk)
    match factcheck.state:
        case State.NEW:
            return Next(
                "Is it worth checking?",
                "Weigh the harm it can do and how far it has spread.",
                "Worth checking",
                "triage",
            )
        case State.TRIAGED:
            return Next("Who checks it?", "It is worth the work; nobody has it yet.", "Assign", "assign")
        case State.ASSIGNED | State.REOPENED if not mine:
            return Next(f"{has} has it", "They begin; or take it over below.")
        case State.ASSIGNED:
            return Next("It is yours", "Begin when you start to work on it.", "Begin", "begin")
        case State.REOPENED:
            return Next("It was reopened", "Look at why, then check it again.", "Begin again", "begin")
        case State.AWAITING_REPLY:
            names = wording_list([letter.whom for letter in awaited])
            place = f"letter-{awaited[0].pk}" if awaited else "letters"
            if any(overdue(letter) for letter in awaited):
                return Next(
                    f"The reply of {names} is overdue",
                    "Ask again, write down what came, or go on without it under “Other steps”.",
                    "Record a reply",
                    place=place,
                )
            return Next(
                f"Waiting for {names}", "Write the reply down when it comes.", "Record a reply", place=place
            )
        case State.IN_CHECK:
            return _in_check(factcheck, person, sources, givers)
        case State.SECOND_REVIEW:
            return _in_review(factcheck, person, givers, missing)
        case State.SIGNED_OFF:
            return Next("It is signed off", "The page for readers is made of what stands here now.")
        case State.PUBLISHED:
            return Next(
                "It is published", "If something changes, reopen it; the public page stays until then."
            )
        case _:
            return Next(
                "It was dropped", "Reopen it if it matters after all.", "Reopen", "reopen", needs="reason"
            )


def _in_check(factcheck: FactCheck, person: User, sources: Sequence[Source], givers: Sequence[int]) -> Next:
    used = [source for source in sources if source.removed_at is None]
    if not used:
        return Next(
            "Find the evidence",
            "Primary sources first; ask the claimant; two origins that do not depend on each other.",
            "Add a source",
            place="add-source",
        )
    if not givers:
        return Next(
            "Weigh it",
            "When the evidence is together, give your verdict with its reasons.",
            "Give your verdict",
            place="verdict-form",
        )
    return Next(
        "A second pair of eyes",
        "The first verdict is in. Nobody approves their own.",
        "Ask for a second review",
        "review",
    )


def _in_review(factcheck: FactCheck, person: User, givers: Sequence[int], missing: Sequence[str]) -> Next:
    judge = may_judge(factcheck, person, givers)
    if judge and factcheck.rating_id is None:
        second = len(givers) == 1
        return Next(
            "Your verdict is awaited" if second else "The two verdicts differ",
            "Judge by the sources; the first verdict is hidden until yours is in."
            if second
            else "Read both, then adjudicate. All three stay.",
            "Give your verdict",
            place="verdict-form",
        )
    why = casework.may_not_sign(factcheck, person) if not missing else ""
    if not missing and not why:
        return Next(
            "Ready to be signed off",
            "Nothing is missing. Signing off says that you stand for it too.",
            "Sign off",
            "sign-off",
        )
    whom = person_name(factcheck.reviewer) if factcheck.reviewer else "another person"
    if why:
        return Next(f"Waiting for {whom}", why)
    if factcheck.rating_id is None and len(givers) > 1:
        return Next(
            "The two verdicts differ",
            "A third person reads both and adjudicates; ask one under “Other steps”. All three stay.",
        )
    if factcheck.rating_id is None:
        return Next(f"Waiting for {whom}", "Another verdict is awaited before it can be signed off.")
    return Next(
        "Something is missing",
        "See below; then it can be signed off.",
        "To the conclusion",
        place="conclusion",
    )


def wording_list(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and 3 more"."""
    names = list(dict.fromkeys(names))
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names) or "a reply"


_EDITS = {
    "conclusion": "wrote the conclusion",
    "meaning": "said what was meant",
    "question": "put the question",
    "few_origins_reason": "gave a reason for few origins",
    "harm": "set the harm to",
    "due_on": "set the due day to",
}


def told(event: FactCheckEvent, names: Mapping[str, str] | None = None) -> str:
    """What an event says, after the person's name: "asked Ivo for a blind second review".

    ``names`` are those of people by user name, which is what an event keeps.
    """
    before, after = event.before, event.after
    if event.kind in ("assign", "review"):
        after = (names or {}).get(after, after)
        before = (names or {}).get(before, before)
    match event.kind:
        case "state" if after == State.NEW:
            return "took it up"
        case "state":
            return _STEPS.get((before, after)) or f"made it {WORDS.get(after, after)}"
        case "assign":
            return f"gave it to {after}" if after else "took it from " + before
        case "edit":
            return f"{_EDITS.get(before, before)} {after}".strip()
        case "comment":
            return "commented"
        case "verdict":
            return {"first": "gave the first verdict", "second": "gave the second verdict"}.get(
                after, "adjudicated"
            )
        case "review":
            sort = "a blind second review" if before.startswith("blind") else "a second review"
            return f"asked {after or 'for'} {'for ' if after else ''}{sort}"
        case "round":
            return "began the verdict anew"
        case "source":
            return {"added": "added a source", "changed": "changed a source"}.get(
                after, f"{'took out' if after == 'taken out' else 'put back'} a source"
            )
        case "ask":
            return f"asked {after} ({before})"
        case "reply":
            return f"wrote down that {before} {after}"
        case "undo":
            return "took back the last step"
        case "changed":
            return "noticed a change"
        case "moved":
            return "moved it along"
        case _:
            return " ".join(word for word in (event.kind, before, after) if word)


_STEPS = {
    (State.NEW, State.TRIAGED): "found it worth checking",
    (State.ASSIGNED, State.IN_CHECK): "began",
    (State.REOPENED, State.IN_CHECK): "began again",
    (State.IN_CHECK, State.AWAITING_REPLY): "waits for a reply",
    (State.AWAITING_REPLY, State.IN_CHECK): "went on",
    (State.IN_CHECK, State.SECOND_REVIEW): "handed it over for review",
    (State.SECOND_REVIEW, State.IN_CHECK): "sent it back",
    (State.SECOND_REVIEW, State.SIGNED_OFF): "signed it off",
    (State.SIGNED_OFF, State.PUBLISHED): "published it",
}
