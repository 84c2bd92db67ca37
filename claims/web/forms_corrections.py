"""What a person fills in about a claim: words, which the services read with the engine's own readers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from claims.engine import records
from claims.models import Claim

from . import wording

_MODES = {
    "none": "nobody: the outlet itself",
    "direct": "quoted",
    "paraphrase": "paraphrased",
    "unnamed": "somebody who is not named",
}
_LONGEST = 2_000


class PointForm(forms.Form):
    """Where a claim stands that the program missed: its words, and which place of several."""

    quote = forms.CharField(required=False, max_length=_LONGEST, strip=False)
    start = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    headline = forms.BooleanField(required=False)


class ClaimForm(forms.Form):
    """Everything that was read of a claim. What is left as it is stays the program's."""

    quote = forms.CharField(
        label="Words in the text",
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Kind")
    value = forms.CharField(
        label="Value",
        required=False,
        max_length=200,
        help_text="As you would write it: 31, 17.7 billion, $18bn.",
    )
    modifier = forms.CharField(
        label="Qualifier", required=False, max_length=100, help_text="As many as, about, almost …"
    )
    unit = forms.CharField(
        label="Unit", required=False, max_length=100, help_text="Interceptor, USD, kilometre …"
    )
    low = forms.CharField(label="At least", required=False, max_length=100)
    high = forms.CharField(
        label="At most",
        required=False,
        max_length=100,
        help_text="Follow from value and qualifier unless you say otherwise. Empty: no bound.",
    )
    measured = forms.CharField(label="What is counted or measured", required=False, max_length=500)
    mode = forms.ChoiceField(label="Credited to", choices=list(_MODES.items()))
    source = forms.CharField(label="Name", required=False, max_length=200)
    when = forms.CharField(
        label="When", required=False, max_length=100, help_text="5 May 2021, May 2021, last week …"
    )
    status = forms.ChoiceField(label="Status", choices=list(wording.STATUSES.items()))
    part_of = forms.ChoiceField(label="Part of", required=False)
    reason = forms.CharField(
        label="Why",
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        claim: records.Claim,
        wholes: Sequence[Claim],
        seen: int = 0,
        part_of: int | None = None,
    ) -> None:
        super().__init__(data, initial={**_shown(claim), "part_of": part_of or "", "seen": seen})
        self.fields["kind"].choices = list(wording.KINDS.items())
        self.fields["part_of"].choices = [("", "nothing"), *((c.pk, _short(c.quote)) for c in wholes)]

    def said(self) -> dict[str, str]:
        """The fields that are otherwise than the page showed them, as typed."""
        changed = set(self.changed_data) - {"reason", "seen", "start"}
        if "quote" in changed or self.data.get("start", "") not in ("", str(self.initial["start"])):
            changed |= {"quote", "start"}
        return {name: str(self.data.get(name, "")) for name in self.fields if name in changed}


def _shown(claim: records.Claim) -> dict[str, Any]:
    quantity, source = claim.quantity, claim.attribution
    shown: dict[str, Any] = {
        "quote": claim.quote,
        "start": claim.span.start,
        "kind": claim.kind.value,
        "measured": claim.measured,
        "mode": source.mode.value,
        "source": source.source or source.source_text or "",
        "when": claim.when.text if claim.when else "",
        "status": claim.status.value,
    }
    if quantity is not None:
        shown |= {
            "value": wording.number(quantity.value),
            "modifier": quantity.modifier or "",
            "unit": quantity.unit,
            "low": _bound(quantity.low),
            "high": _bound(quantity.high),
        }
    return shown


def _bound(value: Decimal | None) -> str:
    return wording.number(value) if value is not None else ""


def _short(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:80]}…"
