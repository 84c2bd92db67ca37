"""References: values and dated events from authorities."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from claims.models import Reference
from claims.services import references

from ..access import member
from ..forms import ReferenceForm
from ..paging import page_of


@member
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    rows = Reference.objects.select_related("created_by")
    return render(request, "references/list.html", {"page": page_of(rows, request)})


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
            return redirect("references")
    return render(request, "references/add.html", {"form": form}, status=422 if form.errors else 200)


def _show(form: ReferenceForm, error: ValidationError) -> None:
    """Puts what the service refused beside its field, or above the form."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for field, sentences in by_field.items():
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)
