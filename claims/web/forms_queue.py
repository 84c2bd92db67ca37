"""What people send from the queue. The services have the last word."""

from __future__ import annotations

from django import forms
from django.contrib.auth.models import User

from claims.models import Review

from . import reasons

#: What a note says after a decision.
DECISIONS = {
    Review.Decision.CONFIRM: "Confirmed",
    Review.Decision.DISMISS: "Dismissed",
    Review.Decision.REOPEN: "Reopened",
}


class ReasonForm(forms.Form):
    """A reason in one's own words, or the code of a common one (claims/web/reasons.py)."""

    reason = forms.CharField(max_length=10_000, required=False)
    common = forms.CharField(max_length=40, required=False)

    def words(self) -> str:
        """What is recorded: what was typed, else the words of the common reason that was chosen.

        Enter in the field of a form presses its first button, which is that of a common reason.
        """
        return self.cleaned_data["reason"].strip() or reasons.words(self.cleaned_data["common"])


class DecideForm(ReasonForm):
    decision = forms.ChoiceField(choices=[(d, d) for d in DECISIONS])
    seen = forms.IntegerField(min_value=0, required=False)


class AssignForm(forms.Form):
    assignee = forms.ModelChoiceField(
        queryset=User.objects.filter(is_active=True), required=False, to_field_name="username"
    )
    seen = forms.IntegerField(min_value=0, required=False)
