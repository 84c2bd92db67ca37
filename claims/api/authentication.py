"""Who is calling: a knox token (``Authorization: Bearer ...``), or a browser session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import knox.auth
from rest_framework import exceptions
from rest_framework.throttling import SimpleRateThrottle

if TYPE_CHECKING:  # rest_framework.views loads this file by name
    from django.contrib.auth.models import AbstractBaseUser
    from rest_framework.request import Request
    from rest_framework.views import APIView


class TokenAuthentication(knox.auth.TokenAuthentication):
    def authenticate_credentials(self, token: bytes) -> tuple[AbstractBaseUser, object]:
        # knox decodes the header without care and hands NUL to the database: both would be a 500.
        if not token.isalnum():
            raise exceptions.AuthenticationFailed("Invalid token.")
        return super().authenticate_credentials(token)


class PasswordThrottle(SimpleRateThrottle):
    """Requests that carry a password, by address: each guess costs us a slow hash."""

    scope = "password"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        if not request.headers.get("Authorization", "").lower().startswith("basic"):
            return None
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}
