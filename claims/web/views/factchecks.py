"""Fact-checks: the board, a new one, and the page on which one is done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims.models import (
    Claim,
    FactCheck,
    Finding,
    Publication,
    Reference,
    Revision,
)
from claims.models.factcheck import FactCheckQuerySet
from claims.services import blinding, casework, ratings
from claims.services import sources as origins
from claims.services.refusal import Refused
from claims.services.steps import OPEN, WORDS

from .. import casefile, passages
from ..access import member
from ..factcheck_acts import ACTS, SHOWN_FORMS, Act, form_of, typed_for
from ..forms_factchecks import FilterForm, NewForm
from ..paging import asked, page_of
from ..templatetags.desk import person_name

State = FactCheck.State
#: The board: its lanes, and which states stand in each.
LANES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("To begin", (State.REOPENED, State.NEW, State.TRIAGED, State.ASSIGNED)),
    ("In work", (State.IN_CHECK, State.AWAITING_REPLY)),
    ("To sign off", (State.SECOND_REVIEW, State.SIGNED_OFF)),
)
SHOWN = 12  # of each state on the board; the rest is behind its heading
SHOWN_FOUND = 6
SHOWN_OTHERS = 6
SHOWN_EVENTS = 40  # the newest; the rest behind a link


# -- the board ---------------------------------------------------------------------------------------------


@member
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    states = [("", "under way"), *WORDS.items()]
    form = FilterForm(request.GET, states=states)
    form.is_valid()
    said = form.cleaned_data
    for_me = asked(request, "for") == "me"
    rows = _narrowed(FactCheck.objects.all(), said, request.user, for_me)
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    context: dict[str, Any] = {
        "form": FilterForm(initial=said, states=states),
        "said": said,
        "for_me": for_me,
        "filtered": for_me or any(said.values()),
        "today": timezone.localdate(),
        "done": [(state, WORDS[state], counts.get(state, 0)) for state in (State.PUBLISHED, State.DROPPED)],
    }
    if said.get("state") or for_me:
        chosen = rows.filter(state=said["state"]) if said.get("state") else rows
        listed = chosen.for_list()
        if said.get("state") in (State.PUBLISHED, State.DROPPED):
            listed = listed.order_by("-changed_at", "-pk")  # what is done, the latest first; by the index
        context["page"] = page = page_of(listed, request)
        for row in page.object_list:
            row.state_word = WORDS[row.state]
    else:
        place = Window(RowNumber(), partition_by="state", order_by=[F("harm").desc(), F("pk").desc()])
        top = rows.under_way().annotate(place=place).filter(place__lte=SHOWN).values("pk")
        by_state: dict[str, list[FactCheck]] = {}
        for row in FactCheck.objects.filter(pk__in=[each["pk"] for each in top]).for_list():
            by_state.setdefault(row.state, []).append(row)
        context["lanes"] = [
            (name, [(s, WORDS[s], counts.get(s, 0), by_state.get(s, [])) for s in states])
            for name, states in LANES
        ]
        context["anything"] = bool(counts) or (context["filtered"] and FactCheck.objects.exists())
    return render(request, "factchecks/list.html", context)


def _narrowed(
    rows: FactCheckQuerySet, said: Mapping[str, Any], person: User, for_me: bool
) -> FactCheckQuerySet:
    today = timezone.localdate()
    by_due = {
        "late": Q(due_on__lt=today),
        "week": Q(due_on__lte=today + timedelta(days=7)),
        "none": Q(due_on__isnull=True),
    }
    if for_me:
        rows = rows.awaiting_review_by(person)
    if said.get("who"):
        rows = rows.filter(assignee=person if said["who"] == "me" else None)
    if said.get("harm"):
        rows = rows.filter(harm=said["harm"])
    if said.get("due"):
        rows = rows.under_way().filter(by_due[said["due"]])
    if said.get("replies"):
        rows = rows.overdue()
    return rows


# -- a new one ---------------------------------------------------------------------------------------------


@member
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Takes a claim up: ``?claim=`` names it, or ``?finding=`` one whose first claim it is."""
    finding = Finding.objects.filter(pk=_number(request.GET.get("finding", ""))).first()
    wanted = _number(request.GET.get("claim", ""))
    if not wanted and finding is not None:
        wanted = finding.findingclaim_set.values_list("claim", flat=True).first() or 0
    claim = Claim.objects.with_article().select_related("group").filter(pk=wanted).first()
    if claim is None:
        return render(
            request, "factchecks/no_claim.html", {"finding": finding}, status=404 if wanted else 200
        )
    form = NewForm(request.POST or None, initial={"harm": 2, "question": _asked_by(claim)})
    existing = FactCheck.objects.filter(claim=claim).exclude(state=State.DROPPED).first()
    if request.method == "POST" and form.is_valid():
        try:
            row = casework.take_up(claim, finding, person=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.detail)
        else:
            messages.success(request, "Taken up.")
            return redirect("factcheck", row.pk)
    context = {"form": form, "passage": passages.of([claim])[0], "finding": finding, "existing": existing}
    return render(request, "factchecks/new.html", context, status=422 if form.errors else 200)


def _asked_by(claim: Claim) -> str:
    """The question of the claim's group as a first wording; "" where its label is no sentence of its own
    ("Who: deploy launchers?")."""
    label = claim.group.label if claim.group else ""
    whole = label.endswith("?") and (":" not in label or "“" in label)
    return label if whole else ""


# -- the page ----------------------------------------------------------------------------------------------


@member
@require_GET
def detail(request: HttpRequest, factcheck_id: int) -> HttpResponse:
    row = _row(factcheck_id)
    part = "factchecks/found.html" if request.htmx.target == "found" else "factchecks/detail.html"  # type: ignore[attr-defined]
    return render(request, part, _page(request, row))


@member
@require_POST
def act(request: HttpRequest, factcheck_id: int, name: str) -> HttpResponse:
    """One step, edit, source, question, reply, verdict or comment; a refusal brings back what was typed."""
    if (wanted := ACTS.get(name)) is None:
        raise Http404
    row = _row(factcheck_id)
    people, scale = _people(), ratings.scale()
    form = form_of(name, row, people, scale, data=request.POST)
    if not form.is_valid():
        detail = " ".join(error for errors in form.errors.values() for error in errors)
        return _answer(request, row, {"act": name, "form": form, "detail": detail}, 422)
    try:
        wanted.do(row, request.user, form)
    except Refused as refusal:
        # What was typed goes on; what it was typed over is renewed, so that sending it again is a choice.
        now = _row(factcheck_id)
        form = form_of(name, now, people, scale, data=_renewed(request, now, wanted))
        refused = {"act": name, "form": form, "detail": refusal.detail, "stale": refusal.code == "stale"}
        return _answer(request, now, refused, 409 if refusal.code == "stale" else 422)
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, wanted.said)
        return redirect(f"{reverse('factcheck', args=[factcheck_id])}#{wanted.part}")
    return render(
        request,
        "factchecks/body.html",
        {**_page(request, _row(factcheck_id)), "recorded": wanted.said, "recorded_in": wanted.part},
    )


def _answer(request: HttpRequest, row: FactCheck, refused: dict[str, Any], status: int) -> HttpResponse:
    part = "body" if request.htmx else "detail"  # type: ignore[attr-defined]
    refused["part"] = ACTS[refused["act"]].part
    return render(
        request,
        f"factchecks/{part}.html",
        {**_page(request, row, refused), "refused": refused},
        status=status,
    )


def _renewed(request: HttpRequest, row: FactCheck, wanted: Act) -> Any:
    data = request.POST.copy()
    if "seen" in data:
        data["seen"] = str(row.version)
    shown = blinding.sight(row, request.user).conclusion
    for name in [key for key in data if key.startswith("was_")]:
        field = name.removeprefix("was_")
        if field in ("question", "meaning", "conclusion", "few_origins_reason", "harm", "due_on") and (
            field != "conclusion" or shown
        ):
            data[name] = str(getattr(row, field) if getattr(row, field) is not None else "")
    if "was" in data:
        letter = row.correspondence.filter(pk=_number(data.get("letter", ""))).first()
        data["was"] = letter.reply if letter else ""
    return data


def _row(factcheck_id: int) -> FactCheck:
    rows = FactCheck.objects.select_related(
        "claim__revision__article__outlet", "claim__group", "assignee", "reviewer", "rating", "finding"
    ).defer(
        "claim__record", "claim__revision__body", "claim__revision__fingerprints", "claim__revision__profile"
    )
    return get_object_or_404(rows, pk=factcheck_id)


def _people() -> list[User]:
    return list(User.objects.filter(is_active=True).order_by("username"))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _page(request: HttpRequest, row: FactCheck, refused: Mapping[str, Any] | None = None) -> dict[str, Any]:
    person: User = request.user  # type: ignore[assignment]
    verdicts = list(row.verdicts.select_related("rating", "person"))
    events = list(row.events.select_related("person"))
    last = events[-1] if events else None
    sight = blinding.sight(row, person, verdicts=verdicts, events=events)
    sources = list(
        row.sources.select_related("article__outlet", "reference", "added_by").defer("article__address")
    )
    letters = list(row.correspondence.select_related("entered_by"))
    number = origins.independent_origins(row, sources)
    missing = casework.ready(row, verdicts=verdicts, independent=number)
    givers = [v.person_id for v in verdicts if v.round == row.round]
    awaited = [letter for letter in letters if letter.replied_at is None and not letter.declined]
    people, scale = _people(), ratings.scale()
    names = {each.username: person_name(each) for each in people}
    made = {name: form_of(name, row, people, scale, person=person) for name in SHOWN_FORMS}
    if refused is not None and refused["act"] in made:
        made[refused["act"]] = refused["form"]
    shown_events = sight.events[::-1][: None if asked(request, "history") == "all" else SHOWN_EVENTS]
    return {
        "factcheck": row,
        "state_word": WORDS[row.state],
        "passage": passages.of([row.claim])[0],
        "others": _others(row),
        "sight": sight,
        "rounds": _rounds(sight.verdicts),
        "events": [(event, casefile.told(event, names)) for event in shown_events],
        "more_events": len(sight.events) - len(shown_events),
        "sources": [
            (source, typed_for(refused, "source-change", "source", source.pk))
            for source in sources
            if source.removed_at is None
        ],
        "removed": [source for source in sources if source.removed_at is not None],
        "letters": [
            (letter, casefile.overdue(letter), typed_for(refused, "reply", "letter", letter.pk))
            for letter in letters
        ],
        "origins": number,
        "missing": missing,
        "method": casefile.method(row, sources, letters, sight, number),
        "next": casefile.next_step(
            row, person, sources=sources, givers=givers, missing=missing, awaited=awaited
        ),
        "judges": casefile.may_judge(row, person, givers),
        "forms": made,
        "open": row.state in OPEN,
        "working": row.state in (State.IN_CHECK, State.AWAITING_REPLY),
        "reopenable": row.state in (State.SIGNED_OFF, State.PUBLISHED),
        "droppable": State.DROPPED in casework.TRANSITIONS[row.state],
        "assignable": row.state
        not in (State.SECOND_REVIEW, State.SIGNED_OFF, State.PUBLISHED, State.DROPPED),
        "undoable": last if casework.undoable(last, person) else None,
        "mine": row.assignee_id == person.pk,
        "anew": row.state == State.IN_CHECK and person.pk in givers,
        "publication": Publication.objects.newest().filter(factcheck=row).only("slug", "edition").first(),
        "late": bool(row.due_on and row.due_on < timezone.localdate() and row.state in OPEN),
        **_found(request, row),
    }


def _rounds(verdicts: tuple[Any, ...]) -> list[tuple[int, list[Any]]]:
    rounds: dict[int, list[Any]] = {}
    for verdict in verdicts:
        rounds.setdefault(verdict.round, []).append(verdict)
    return sorted(rounds.items(), reverse=True)


def _others(row: FactCheck) -> list[Claim]:
    """What other articles say to the same question, one claim an article."""
    if row.claim.group_id is None:
        return []
    claims = Claim.objects.standing().with_article().filter(group=row.claim.group_id).exclude(pk=row.claim_id)
    return list(
        claims.defer(
            "record", "revision__body", "revision__fingerprints", "revision__profile"
        ).in_reading_order()[:SHOWN_OTHERS]
    )


def _found(request: HttpRequest, row: FactCheck) -> dict[str, Any]:
    """Articles of ours and references with the words of ``?find=``, to be taken as sources."""
    words = asked(request, "find")
    if not words or row.state not in OPEN:
        return {"find": words}
    text = SearchVector("title", "body", config="english")
    articles = (
        Revision.objects.current()
        .without_text()
        .select_related("article__outlet")
        .annotate(words=text)
        .filter(words=SearchQuery(words, config="english", search_type="websearch"))
        .defer("body", "fingerprints", "profile")
        .order_by(F("published").desc(nulls_last=True), "-pk")[:SHOWN_FOUND]
    )
    named = Q()
    for word in words.split()[:8]:
        named &= Q(title__icontains=word) | Q(authority__icontains=word)
    return {"find": words, "articles": articles, "references": Reference.objects.filter(named)[:SHOWN_FOUND]}
