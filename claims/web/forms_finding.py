"""What people send about a finding: a decision, a comment with a source, whom it is assigned to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User

from claims.models import Review

from . import reasons


class DecisionForm(forms.Form):
    """A person's decision on a finding. ``seen`` is the last review the page showed, 0 for none.

    ``because`` is the code of a common reason (reasons.py): it dismisses, with what was typed besides.
    """

    decision = forms.ChoiceField(choices=Review.Decision.choices, required=False)
    because = forms.CharField(required=False, max_length=40)
    reason = forms.CharField(required=False, max_length=10_000)
    seen = forms.IntegerField(min_value=0, required=False)
    verdict = forms.CharField(required=False, max_length=40)
    link = forms.URLField(
        required=False,
        max_length=2000,
        assume_scheme="https",
        error_messages={
            "invalid": "That is not a web address. It should look like https://example.org/paper."
        },
    )
    link_title = forms.CharField(required=False, max_length=300)

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.lower().startswith(("http://", "https://")):
            raise forms.ValidationError("Only http and https addresses can be linked.")
        return link

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if code := cleaned.get("because"):
            if not (words := reasons.words(code)):
                self.add_error("because", "That reason is not in the list.")
                return cleaned
            typed = cleaned.get("reason") or ""
            cleaned["decision"] = Review.Decision.DISMISS
            cleaned["reason"] = f"{words} {typed}".strip()
        elif not cleaned.get("decision") and "decision" not in self.errors:
            self.add_error("decision", "Choose what to do.")
        return cleaned


class AssignForm(forms.Form):
    """Whom a finding is given to; nobody where it is empty. ``seen`` is the assignee the page showed."""

    assignee = forms.ModelChoiceField(
        User.objects.filter(is_active=True),
        required=False,
        error_messages={"invalid_choice": "That person is not in the list."},
    )
    seen = forms.IntegerField(min_value=0, required=False)
