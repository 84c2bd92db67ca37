"""What people do on the page of a fact-check: each act with its form, its service and the words it ends with.

A new act is a line in :data:`ACTS` and its form on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import User

from claims.models import Article, FactCheck, Reference, Source
from claims.services import casework
from claims.services.refusal import Refused

from .forms_factchecks import (
    AboutForm,
    AskForm,
    AssignForm,
    CommentForm,
    ConclusionForm,
    HarmForm,
    ReplyForm,
    ReviewForm,
    SourceChangeForm,
    SourceForm,
    SourceStepForm,
    StepForm,
    VerdictForm,
)


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person can do on the page: its form, what it calls, the part it stands in, what is said."""

    form: type[forms.Form]
    do: Callable[[FactCheck, User, Any], object]
    part: str
    said: str


def _stepping(call: Callable[..., object]) -> Callable[[FactCheck, User, Any], object]:
    def do(row: FactCheck, person: User, form: Any) -> object:
        return call(
            row, person=person, **{k: v for k, v in form.cleaned_data.items() if k in ("reason", "seen")}
        )

    return do


def _assign(row: FactCheck, person: User, form: Any) -> object:
    said = form.cleaned_data
    return casework.assign(row, form.person("to"), person=person, due_on=said["due_on"], seen=said["seen"])


def _edit(row: FactCheck, person: User, form: Any) -> object:
    said = form.cleaned_data
    changes = {k: v for k, v in said.items() if not k.startswith("was_") and f"was_{k}" in form.data}
    was = {k: said[f"was_{k}"] for k in changes}
    return casework.edit(row, person=person, changes=changes, was=was)


def _triage(row: FactCheck, person: User, form: Any) -> object:
    return casework.triage(row, person=person, harm=form.cleaned_data["harm"], seen=form.cleaned_data["seen"])


def _verdict(row: FactCheck, person: User, form: Any) -> object:
    said = form.cleaned_data
    return casework.give_verdict(
        row, person=person, rating=form.chosen, reasoning=said["reasoning"], seen=said["seen"]
    )


def _review(row: FactCheck, person: User, form: Any) -> object:
    said = form.cleaned_data
    return casework.request_second_review(
        row,
        person=person,
        reviewer=form.person("reviewer"),
        blind=said["blind"],
        reason=said["reason"],
        seen=said["seen"],
    )


def _add_source(row: FactCheck, person: User, form: Any) -> object:
    said = dict(form.cleaned_data)
    article, reference = said.pop("article"), said.pop("reference")
    return casework.add_source(
        row,
        person=person,
        on_record=said.pop("record") == "on",
        article=_there(Article.objects.select_related("outlet"), article),
        reference=_there(Reference.objects.all(), reference),
        **said,
    )


def _there(rows: Any, pk: int | None) -> Any:
    if pk is None:
        return None
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Refused("gone", "What you chose is not there any more.")
    return found


def _source(row: FactCheck, form: Any) -> Source:
    found: Source = _there(row.sources, form.cleaned_data["source"])
    return found


def _change_source(row: FactCheck, person: User, form: Any) -> object:
    said = form.cleaned_data
    return casework.change_source(
        _source(row, form),
        person=person,
        use=said["use"] or None,
        on_record=said["record"] == "on" if said["record"] else None,
        origin=said["origin"] if "origin" in form.data else None,
        says=said["says"] if "says" in form.data else None,
    )


def _ask(row: FactCheck, person: User, form: Any) -> object:
    said = dict(form.cleaned_data)
    return casework.ask(row, person=person, on_record=said.pop("record") == "on", **said)


def _reply(row: FactCheck, person: User, form: Any) -> object:
    said = form.cleaned_data
    letter = _there(row.correspondence, said["letter"])
    return casework.record_reply(
        letter, person=person, reply=said["reply"], declined=said["declined"], was=said["was"]
    )


ACTS: Mapping[str, Act] = {
    "triage": Act(HarmForm, _triage, "next", "It is worth checking."),
    "assign": Act(AssignForm, _assign, "next", "Assigned."),
    "begin": Act(StepForm, _stepping(casework.begin), "next", "Begun."),
    "go-on": Act(StepForm, _stepping(casework.go_on), "next", "The work goes on without the reply."),
    "drop": Act(StepForm, _stepping(casework.drop), "next", "Dropped."),
    "reopen": Act(StepForm, _stepping(casework.reopen), "next", "Reopened."),
    "send-back": Act(StepForm, _stepping(casework.another_round), "next", "Another round begins."),
    "undo": Act(
        StepForm,
        lambda row, person, form: casework.undo(row, person=person, seen=form.cleaned_data["seen"]),
        "next",
        "Taken back.",
    ),
    "review": Act(ReviewForm, _review, "next", "Asked."),
    "sign-off": Act(StepForm, _stepping(casework.sign_off), "next", "Signed off."),
    "about": Act(AboutForm, _edit, "about", "Stored."),
    "conclusion": Act(ConclusionForm, _edit, "conclusion", "Stored."),
    "verdict": Act(VerdictForm, _verdict, "verdicts", "Your verdict is in."),
    "source": Act(SourceForm, _add_source, "sources", "Added."),
    "source-change": Act(SourceChangeForm, _change_source, "sources", "Changed."),
    "source-out": Act(
        SourceStepForm,
        lambda row, person, form: casework.remove_source(_source(row, form), person=person),
        "sources",
        "Taken out; it can be put back below.",
    ),
    "source-back": Act(
        SourceStepForm,
        lambda row, person, form: casework.restore_source(_source(row, form), person=person),
        "sources",
        "Put back.",
    ),
    "ask": Act(AskForm, _ask, "letters", "Written down."),
    "reply": Act(ReplyForm, _reply, "letters", "Written down."),
    "comment": Act(
        CommentForm,
        _stepping(lambda row, person, reason: casework.comment(row, person=person, reason=reason)),
        "history",
        "Commented.",
    ),
}
#: Forms that stand on the page once; those of a source or a letter are made beside it.
SHOWN_FORMS = ("triage", "assign", "review", "about", "conclusion", "source", "ask", "verdict", "comment")


def form_of(
    name: str,
    row: FactCheck,
    people: list[User],
    scale: list[Any],
    *,
    data: Any = None,
    person: User | None = None,
) -> forms.Form:
    """The form of an act, filled with what the row says, or with what was sent."""
    kind = ACTS[name].form
    initial: dict[str, Any] = {
        "seen": row.version,
        "harm": row.harm,
        "due_on": row.due_on,
        "blind": row.blind,
    }
    if kind in (AboutForm, ConclusionForm):
        for field in ("question", "meaning", "harm", "due_on", "conclusion", "few_origins_reason"):
            initial[field] = initial[f"was_{field}"] = getattr(row, field)
    if name == "assign" and person is not None:
        initial["to"] = row.assignee_id or person.pk
    extra: dict[str, Any] = {}
    if issubclass(kind, AssignForm | ReviewForm):
        extra["people"] = people
    if kind is VerdictForm:
        extra["scale"] = scale
    if kind is SourceForm:
        initial = {"use": "primary", "record": "on"}
    elif kind is AskForm:
        initial = {"channel": "e-mail", "record": "on"}
    return kind(data, initial=initial, auto_id=f"{name}-%s", **extra)


def typed_for(refused: Mapping[str, Any] | None, name: str, key: str, pk: int) -> Any:
    """What was sent to the act ``name`` for the row ``pk`` (in the field ``key``), if that was refused."""
    if refused is None or refused["act"] != name:
        return None
    sent = refused["form"].data
    return sent if sent.get(key) == str(pk) else None
