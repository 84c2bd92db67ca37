"""Fields and small records that several resources share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


@extend_schema_field(
    {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$", "examples": ["18000000000", "17.65"]}
)
class ExactDecimal(serializers.Field):
    """A decimal as a JSON string without exponent or trailing zeros: "18000000000", "17.65".

    A string, because most JSON readers turn numbers into binary floats.
    """

    def to_representation(self, value: Decimal) -> str:
        written = f"{value:f}"
        return written.rstrip("0").rstrip(".") if "." in written else written


class BoundsSerializer(serializers.Serializer):
    """Where the value may lie. A bound that is null is unbounded; an open bound is itself left out."""

    low = ExactDecimal(source="lower", allow_null=True)
    high = ExactDecimal(source="upper", allow_null=True)
    low_open = serializers.SerializerMethodField()
    high_open = serializers.SerializerMethodField()

    def get_low_open(self, bounds: Any) -> bool:
        return bounds.lower is not None and not bounds.lower_inc

    def get_high_open(self, bounds: Any) -> bool:
        return bounds.upper is not None and not bounds.upper_inc


class SpanSerializer(serializers.Serializer):
    """A half-open range of Unicode code points of the article's body: ``body[start:end]``."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()


@extend_schema_field(OpenApiTypes.OBJECT)
class JSONObject(serializers.JSONField):
    """An object as it is stored."""


class StrictSerializer(serializers.Serializer):
    """For what comes in: a member we do not know is an error, not silently nothing."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := sorted(set(map(str, data)) - set(self.fields))):
            known = ", ".join(name for name, field in self.fields.items() if not field.read_only)
            raise serializers.ValidationError(
                {name[:100]: f"There is no such field here; there are: {known}." for name in unknown[:20]}
            )
        return super().to_internal_value(data)
