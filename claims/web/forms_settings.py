"""What administrators fill in; the services have the last word."""

from __future__ import annotations

from django import forms

from claims.services import ratings


class RatingForm(forms.Form):
    label = forms.CharField(max_length=60, error_messages={"required": "A rating needs a label."})
    meaning = forms.CharField(
        label="What it means to readers",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say when it is given: readers are told so."},
    )
    value = forms.TypedChoiceField(
        label="Number",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "none"), *((n, str(n)) for n in range(ratings.WORST, ratings.BEST + 1))],
        help_text="For search engines: 1 is false, 5 is true. None where it says neither.",
    )


class PersonForm(forms.Form):
    username = forms.CharField(
        label="Log-in name",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "A person needs a log-in name."},
    )
    name = forms.CharField(
        label="Full name",
        max_length=300,
        required=False,
        help_text="Readers see it under what the person checks and signs off.",
    )
    email = forms.EmailField(label="E-mail", required=False, help_text="Never shown to readers.")
    staff = forms.BooleanField(label="Administrator: may open these settings", required=False)


class NameForm(forms.Form):
    name = forms.CharField(max_length=300, required=False)


class OutletForm(forms.Form):
    name = forms.CharField(max_length=200, error_messages={"required": "An outlet needs a name."})
    seen = forms.CharField(max_length=200, widget=forms.HiddenInput)
