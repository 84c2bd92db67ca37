"""References: values and dated events from authorities."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from claims.models import FactCheck, Finding, Reference
from claims.services import references

from ..access import member
from ..forms import ReferenceForm
from ..paging import asked, page_of

#: What a search looks through, and how many words of it count.
SEARCHED = ("title", "authority", "edition", "actor", "action", "object", "unit", "definition")
MOST_WORDS = 6
#: The checks that hold claims against references.
HELD_AGAINST = ("reference_mismatch", "stale_date")
SHOWN = 25


@member
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """By title, to be searched in all that they say."""
    wanted = asked(request, "q")
    rows = Reference.objects.select_related("created_by").order_by("title", "-created_at")
    for word in wanted.split()[:MOST_WORDS]:
        anywhere = Q()
        for field in SEARCHED:
            anywhere |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(anywhere)
    return render(request, "references/list.html", {"page": page_of(rows, request), "q": wanted})


@member
@require_GET
def detail(request: HttpRequest, reference_id: int) -> HttpResponse:
    """What it says, its other editions, the groups it was held against, and the fact-checks that use it."""
    reference = get_object_or_404(Reference.objects.select_related("created_by"), pk=reference_id)
    editions = (
        Reference.objects.filter(authority=reference.authority, title=reference.title)
        .exclude(pk=reference.pk)
        .order_by("-created_at", "-pk")
    )
    findings = (
        Finding.objects.standing()
        .filter(check_id__in=HELD_AGAINST, evidence__reference__key=str(reference.pk))
        .for_list()
        .worst_first()
    )
    used = (
        FactCheck.objects.filter(sources__reference=reference, sources__removed_at__isnull=True)
        .distinct()
        .order_by("-changed_at")
    )
    context = {
        "reference": reference,
        "editions": editions[:SHOWN],
        "findings": findings[:SHOWN],
        "used": used[:SHOWN],
    }
    return render(request, "references/detail.html", context)


@member
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    form = ReferenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reference = references.add(**form.cleaned_data, user=request.user)
        except ValidationError as error:
            _show(form, error)
        else:
            messages.success(
                request, f"“{reference.title}” is stored; the claims it speaks about are held against it."
            )
            return redirect("reference", reference.pk)
    return render(request, "references/add.html", {"form": form}, status=422 if form.errors else 200)


def _show(form: ReferenceForm, error: ValidationError) -> None:
    """Puts what the service refused beside its field, or above the form."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for field, sentences in by_field.items():
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)
