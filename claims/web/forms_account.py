"""What people choose about their own pages."""

from __future__ import annotations

from typing import Any

from django import forms

from .reader import zones

THEMES = [("", "As the system has it"), ("light", "Light"), ("dark", "Dark")]


class AppearanceForm(forms.Form):
    """Theme and zone; both may be left to the system and the browser."""

    theme = forms.ChoiceField(choices=THEMES, required=False, widget=forms.RadioSelect)
    zone = forms.ChoiceField(
        required=False,
        label="Time zone",
        help_text="For all times on these pages; point at one to see it as it was recorded.",
        error_messages={"invalid_choice": "Not a zone that this program knows."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [("", "As the browser says"), *((zone, zone.replace("_", " ")) for zone in zones())]
        self.fields["zone"].choices = found  # type: ignore[attr-defined]
