"""What drf-spectacular needs to be told for the OpenAPI description."""

from __future__ import annotations

from drf_spectacular.openapi import AutoSchema


class Schema(AutoSchema):
    pass
