from __future__ import annotations

from django.db import models
from knox.models import AbstractAuthToken


class ApiToken(AbstractAuthToken):
    """A key to the REST API, stored as a hash. ``name`` tells its owner which program holds it.

    ``ApiToken.objects.create(user=..., expiry=timedelta, name=...)`` gives the row and, this once, the token.
    """

    MOST_DAYS = 3650

    name = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.name or self.token_key
