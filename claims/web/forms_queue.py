"""What people send from the queue. The services have the last word."""

from __future__ import annotations

from django import forms
from django.contrib.auth.models import User

from claims.models import Review, SavedView

#: Why findings are dismissed most of the time, as a reviewer would write it; their order is their key.
REASONS = (
    "They speak of different things: what is counted differs.",
    "They speak of different days: the figure moved on.",
    "The same value, rounded or in another unit.",
    "The program read the text wrongly.",
    "Copied text: the difference began with one source.",
    "The outlet has corrected it since.",
    "Too small to matter to a reader.",
)


class DecideForm(forms.Form):
    decision = forms.ChoiceField(choices=[(d, d) for d in ("confirm", "dismiss", "reopen")])
    seen = forms.IntegerField(min_value=0, required=False)
    reason = forms.CharField(max_length=10_000, required=False)
    common = forms.IntegerField(min_value=1, max_value=len(REASONS), required=False)  # one of REASONS, by key

    def reason_given(self) -> str:
        """What was typed, else the common reason that was chosen."""
        typed: str = self.cleaned_data["reason"]
        common = self.cleaned_data["common"]
        return typed or (REASONS[common - 1] if common else "")


class DismissAllForm(forms.Form):
    reason = forms.CharField(max_length=10_000, required=False)
    common = forms.IntegerField(min_value=1, max_value=len(REASONS), required=False)

    reason_given = DecideForm.reason_given


class AssignForm(forms.Form):
    assignee = forms.ModelChoiceField(
        queryset=User.objects.filter(is_active=True), required=False, to_field_name="username"
    )
    seen = forms.IntegerField(min_value=0, required=False)


class SavedViewForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ["name", "shared"]
        error_messages = {"name": {"required": "Give the view a name."}}


DECISIONS = {
    Review.Decision.CONFIRM: "Confirmed",
    Review.Decision.DISMISS: "Dismissed",
    Review.Decision.REOPEN: "Reopened",
}
