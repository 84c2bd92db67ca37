from __future__ import annotations

from datetime import timedelta

from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.authentication import BasicAuthentication, SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.authentication import PasswordThrottle
from claims.api.base import Endpoint
from claims.api.problems import Problem
from claims.api.serializers import IssuedTokenSerializer, NewTokenSerializer, TokenSerializer
from claims.models import ApiToken

MOST_TOKENS = 50


class TokenViewSet(mixins.ListModelMixin, mixins.DestroyModelMixin, Endpoint):
    """Your own keys to this API. Only their hashes are kept."""

    queryset = ApiToken.objects.all()
    serializer_class = TokenSerializer
    lookup_field = "token_key"
    lookup_url_kwarg = "id"
    lookup_value_regex = "[0-9A-Za-z]{1,25}"

    def get_authenticators(self):
        # A token must not beget tokens: one that leaked could never be shut out.
        if self.request is not None and self.request.method == "POST":
            return [BasicAuthentication(), SessionAuthentication()]
        return super().get_authenticators()

    def perform_authentication(self, request: Request) -> None:
        # Before the password is looked at, not after, as DRF has it: a wrong guess counts too.
        guesses = PasswordThrottle()
        if not guesses.allow_request(request, self):
            self.throttled(request, guesses.wait())
        super().perform_authentication(request)

    def get_queryset(self):
        return super().get_queryset().filter(user=self.request.user.pk)

    @extend_schema(
        request=NewTokenSerializer,
        responses={201: IssuedTokenSerializer},
        auth=[{"basicAuth": []}, {"cookieAuth": []}],  # type: ignore[list-item]  # says names, takes these
    )
    def create(self, request: Request) -> Response:
        """Make a token, with your password (HTTP Basic) or in a browser session. It is shown this once."""
        asked = NewTokenSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        if self.get_queryset().count() >= MOST_TOKENS:
            raise Problem(409, "too_many", "Too many tokens", f"You have {MOST_TOKENS}; delete one first.")
        kept = {"name": asked.validated_data["name"]}
        if days := asked.validated_data.get("days"):
            kept["expiry"] = timedelta(days=days)
        row, row.token = ApiToken.objects.create(user=request.user, **kept)
        return Response(IssuedTokenSerializer(row).data, status=201)
