"""API tokens of the person who is logged in."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from claims.models import ApiToken

from ..access import member
from ..forms import TokenForm


@member
@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens in force; a new one is shown this once, in the answer to the form, and kept nowhere."""
    plain = ""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _, plain = ApiToken.objects.create(
            user=request.user,
            expiry=timedelta(days=form.cleaned_data["days"]),
            name=form.cleaned_data["name"],
        )
        form = TokenForm()
    rows = ApiToken.objects.filter(user=request.user, expiry__gt=timezone.now()) | ApiToken.objects.filter(
        user=request.user, expiry__isnull=True
    )
    return render(request, "account/tokens.html", {"form": form, "tokens": rows, "plain": plain})


@member
@require_POST
def revoke(request: HttpRequest, key: str) -> HttpResponse:
    """Ends a token of one's own; somebody else's is not found."""
    token = get_object_or_404(ApiToken, user=request.user, digest=key)
    token.delete()
    messages.success(request, f"The token “{token}” no longer works.")
    return redirect("tokens")
