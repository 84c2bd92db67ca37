"""One's own account: how the pages look, the zone of their times, API tokens."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.views import PasswordChangeView
from django.contrib.messages.views import SuccessMessageMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims.models import ApiToken

from .. import reader
from ..access import member
from ..forms import TokenForm
from ..forms_account import AppearanceForm


@member
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Theme and zone, kept in cookies of this browser; what is left to the system has none."""
    form = AppearanceForm(
        request.POST or None,
        initial={
            "theme": reader.theme_of(request),
            "zone": request.COOKIES.get(reader.CHOSEN_ZONE_COOKIE, ""),
        },
    )
    if request.method == "POST" and form.is_valid():
        response = redirect("account")
        for cookie, field in ((reader.THEME_COOKIE, "theme"), (reader.CHOSEN_ZONE_COOKIE, "zone")):
            if value := form.cleaned_data[field]:
                response.set_cookie(
                    cookie,
                    value,
                    max_age=reader.KEPT,
                    secure=request.is_secure(),
                    httponly=True,
                    samesite="Lax",
                )
            else:
                response.delete_cookie(cookie, samesite="Lax")
        messages.success(request, "Kept in this browser.")
        return response
    return render(request, "account/account.html", {"form": form}, status=422 if form.errors else 200)


class Password(SuccessMessageMixin, PasswordChangeView):
    """Another password for oneself, given the present one; the session goes on, those elsewhere end."""

    template_name = "account/password.html"
    success_url = reverse_lazy("account")
    success_message = "Your password is changed. You are logged out everywhere else."


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


@require_safe
@cache_control(public=True, max_age=24 * 3600)
def favicon(request: HttpRequest) -> HttpResponse:
    """What browsers ask for on their own, for pages that name no icon: the one that all others name."""
    return HttpResponseRedirect(static("workbench/icon.svg"))
