"""What people fill in to publish, correct and withdraw; the service has the last word."""

from __future__ import annotations

from django import forms

from claims.services.publishing import LONGEST_NOTE


class PublishForm(forms.Form):
    """``seen`` is the version of the fact-check that the preview showed."""

    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class CorrectForm(PublishForm):
    note = forms.CharField(
        label="What is corrected",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text="Readers see it at the top of the new edition. Say what was wrong and what is right.",
        error_messages={"required": "Say what is corrected: readers of the earlier edition look for it."},
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Why",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text="It stands on the public page.",
        error_messages={"required": "Say why: the page tells its readers."},
    )
