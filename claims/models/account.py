from __future__ import annotations

from django.db import models


class OutletAccount(models.Model):
    """How an outlet has behaved, counted from time to time: with a full store, counting takes seconds.

    ``content`` is what services/accounts.py makes; ``as_of`` is when.
    """

    outlet = models.OneToOneField(
        "claims.Outlet", on_delete=models.CASCADE, primary_key=True, related_name="account"
    )
    content = models.JSONField(default=dict)
    as_of = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.outlet_id} as of {self.as_of}"
