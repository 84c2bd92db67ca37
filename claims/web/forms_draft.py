"""What people fill in to check a draft."""

from __future__ import annotations

from django import forms

from .forms import DayInput


class _TextForm(forms.Form):
    text = forms.CharField(
        label="Your draft", strip=False, required=False, widget=forms.Textarea(attrs={"id": "text"})
    )
    day = forms.DateField(
        label="Day of publication",
        required=False,
        widget=DayInput(),
        error_messages={"invalid": "The day of publication is not a date."},
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        return text.replace("\r\n", "\n").replace("\r", "\n")  # browsers send CRLF


class DraftForm(_TextForm):
    """A text or a file, whichever is there; the file wins."""

    file = forms.FileField(
        label="Or a file",
        required=False,
        allow_empty_file=True,
        help_text="Plain text or HTML. You can also drop it on the text.",
        widget=forms.FileInput(attrs={"accept": ".txt,.html,.htm,text/plain,text/html"}),
    )


class KeepForm(_TextForm):
    """A text that is to be an article."""

    outlet = forms.CharField(label="Outlet", max_length=200, required=False)

    def clean_text(self) -> str:
        text = super().clean_text()
        if not text.strip():
            raise forms.ValidationError("There is nothing to keep yet.")
        return text
