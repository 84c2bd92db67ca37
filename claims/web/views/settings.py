"""Settings, for administrators: the scale, the people, the outlets' names, and how the system is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings as configured
from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from kombu.exceptions import OperationalError as BrokerAway

from claims.models import Document, Outlet, Rating, Report
from claims.services import administration, outlets, people, ratings
from claims.services.refusal import Refused
from factcheck import health

from ..access import administrator
from ..forms_settings import NameForm, OutletForm, PersonForm, RatingForm
from ..paging import asked, page_of

TABS = (
    ("settings", "System"),
    ("settings-scale", "Rating scale"),
    ("settings-people", "People"),
    ("settings-outlets", "Outlets’ names"),
)
NOTES = 15

#: How far documents have come, in words; what none has come to is left out of the page.
_REACHED = {
    Document.State.RECEIVED: "received, not yet read",
    Document.State.PARSED: "text read",
    Document.State.EXTRACTED: "claims found",
    Document.State.LINKED: "claims linked",
    Document.State.CHECKED: "done",
    Document.State.QUARANTINED: "gave up",
    Document.State.REJECTED: "refused",
}


@administrator
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """How the system is, who publishes, and what administrators changed last."""
    counted = dict(Document.objects.order_by().values_list("state").annotate(n=Count("pk")))
    context = {
        "states": [
            (word, counted.get(state, 0))
            for state, word in _REACHED.items()
            if counted.get(state) or state == Document.State.CHECKED
        ],
        "quarantined": counted.get(Document.State.QUARANTINED, 0),
        **_health(),
        "report": Report.objects.defer("payload").first(),
        "publisher": configured.PUBLISHER_NAME,
        "publisher_url": configured.PUBLISHER_URL,
        "notes": administration.notes()[:NOTES],
    }
    return _render(request, "settings", "settings/overview.html", context)


def _health() -> dict[str, Any]:
    """Whether the broker answers, and whether scheduler and workers do their work."""
    trouble = health.broker_trouble()
    age = None
    if not trouble:
        try:
            age = health.last_sweep()
        except (BrokerAway, OSError) as error:
            trouble = health.first_line(error)
    return {
        "broker_trouble": trouble,
        "swept": age,
        "working": age is not None and age <= health.SWEEP_IS_LATE,
    }


@administrator
@require_http_methods(["GET", "POST"])
def scale(request: HttpRequest) -> HttpResponse:
    """The scale, and a form for another step."""
    form = RatingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _tried(form, lambda: ratings.add(**form.cleaned_data, by=_person(request)))
        if made is not None:
            messages.success(request, f"“{made.label}” is on the scale.")
            return redirect("settings-scale")
    return _scale_page(request, {"adding": form}, 422 if form.errors else 200)


def _scale_page(request: HttpRequest, extra: dict[str, Any], status: int = 200) -> HttpResponse:
    standing = ratings.scale()
    context = {
        "scale": [(rating, RatingForm(initial=_fields(rating))) for rating in standing],
        "order": [rating.slug for rating in standing],
        "retired": Rating.objects.filter(retired_at__isnull=False),
        "adding": RatingForm(),
        **extra,
    }
    return _render(request, "settings-scale", "settings/scale.html", context, status)


def _fields(rating: Rating) -> dict[str, Any]:
    return {"label": rating.label, "meaning": rating.meaning, "value": rating.value}


@administrator
@require_http_methods(["GET", "POST"])
def rating(request: HttpRequest, slug: str) -> HttpResponse:
    """Other words for one step."""
    held = get_object_or_404(Rating, slug=slug)
    form = RatingForm(request.POST or None, initial=_fields(held))
    if request.method == "POST" and form.is_valid():
        changed = _tried(form, lambda: ratings.edit(held, **form.cleaned_data, by=_person(request)))
        if changed is not None:
            messages.success(request, f"“{changed.label}” is changed. What is published keeps its words.")
            return redirect("settings-scale")
    context = {"rating": held, "form": form}
    return _render(request, "settings-scale", "settings/rating.html", context, 422 if form.errors else 200)


@administrator
@require_POST
def order(request: HttpRequest, slug: str) -> HttpResponse:
    """Moves a step up or down, retires it or puts it back. The form says which order the person saw."""
    held = get_object_or_404(Rating, slug=slug)
    slugs = request.POST.getlist("order")
    what = request.POST.get("do", "")
    by = _person(request)
    try:
        if what == "retire":
            ratings.retire(held, by=by)
            messages.success(request, f"“{held.label}” is given no more. It stays wherever it was given.")
        elif what == "restore":
            ratings.restore(held, by=by)
            messages.success(request, f"“{held.label}” is back on the scale.")
        elif what in ("up", "down") and slug in slugs:
            at = slugs.index(slug)
            to = min(max(at + (-1 if what == "up" else 1), 0), len(slugs) - 1)
            slugs.insert(to, slugs.pop(at))
            ratings.reorder(slugs, by=by)
    except Refused as refusal:
        messages.error(request, refusal.detail)
    return redirect(f"{reverse('settings-scale')}#rating-{slug}")


@administrator
@never_cache
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest) -> HttpResponse:
    """The people, and a form for another. A new person's link is shown this once."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _tried(form, lambda: people.add(**form.cleaned_data, by=_person(request)))
        if made is not None:
            return _people_page(request, {"link": _link(request, made), "invited": made})
    return _people_page(request, {"form": form}, 422 if form.errors else 200)


@administrator
@never_cache
@require_POST
def member(request: HttpRequest, person_id: int) -> HttpResponse:
    """Switches on or off, makes an administrator or not, names, or makes a new link."""
    held = get_object_or_404(User, pk=person_id)
    what, by = request.POST.get("do", ""), _person(request)
    changes: dict[str, Callable[[], User]] = {
        "off": lambda: people.change(held, active=False, by=by),
        "on": lambda: people.change(held, active=True, by=by),
        "administrator": lambda: people.change(held, staff=True, by=by),
        "no-administrator": lambda: people.change(held, staff=False, by=by),
        "name": lambda: people.rename(held, _text(NameForm(request.POST), "name"), by=by),
    }
    try:
        if what == "link":
            return _people_page(request, {"link": _link(request, held), "invited": held})
        if what in changes:
            changed = changes[what]()
            messages.success(request, f"{changed.get_username()} is changed.")
    except Refused as refusal:
        messages.error(request, refusal.detail)
    return redirect(f"{reverse('settings-people')}#person-{held.pk}")


def _people_page(request: HttpRequest, extra: dict[str, Any], status: int = 200) -> HttpResponse:
    rows = User.objects.order_by("-is_active", "username")
    context = {"page": page_of(rows, request, 50), "form": PersonForm(), **extra}
    return _render(request, "settings-people", "settings/people.html", context, status)


def _link(request: HttpRequest, person: User) -> str:
    who, token = people.invitation(person, by=_person(request))
    return request.build_absolute_uri(reverse("password-set", args=[who, token]))


class SetPassword(PasswordResetConfirmView):
    """Where the link leads that an administrator passes on: a password of one's own, then logged in."""

    template_name = "account/set_password.html"
    success_url = reverse_lazy("home")
    post_reset_login = True
    post_reset_login_backend = "django.contrib.auth.backends.ModelBackend"


@administrator
@require_http_methods(["GET", "POST"])
def names(request: HttpRequest) -> HttpResponse:
    """The outlets by name, to be found and renamed."""
    if request.method == "POST":
        held = get_object_or_404(Outlet, slug=request.POST.get("outlet", "").replace("\x00", ""))
        form = OutletForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            renamed = _tried(
                form,
                lambda: outlets.rename(held, given["name"], by=_person(request), seen=given["seen"]),
            )
            if renamed is not None:
                messages.success(request, f"The outlet is called “{renamed.name}” now.")
                return redirect(f"{reverse('settings-outlets')}#outlet-{held.pk}")
        return _names_page(request, {"at_fault": held.pk, "form": form}, 422)
    return _names_page(request, {})


def _names_page(request: HttpRequest, extra: dict[str, Any], status: int = 200) -> HttpResponse:
    wanted = asked(request, "q")
    rows = Outlet.objects.filter(name__icontains=wanted) if wanted else Outlet.objects.all()
    context = {"page": page_of(rows, request, 50), "q": wanted, **extra}
    return _render(request, "settings-outlets", "settings/outlets.html", context, status)


def _person(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]  # administrator() let only people in


def _text(form: forms.Form, field: str) -> str:
    """What a small form says; Refused where it cannot be taken."""
    if not form.is_valid():
        raise Refused(field, " ".join(form.errors[field]))
    return str(form.cleaned_data[field])


def _tried(form: forms.Form, call: Callable[[], Any]) -> Any:
    """What the service gives; None where it refuses, with its words beside the field."""
    try:
        return call()
    except Refused as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else None, refusal.detail)
        return None


def _render(
    request: HttpRequest, here: str, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(request, template, {**context, "here": here, "tabs": TABS}, status=status)
