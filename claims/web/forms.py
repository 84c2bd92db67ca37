"""What people fill in. Fields say what is missing in plain words; the services have the last word."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.files.uploadedfile import UploadedFile

from claims.models import GroupDecision, Reference


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class LogInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "That name and password do not go together. Both mind upper and lower case.",
        "inactive": "This account is switched off. Ask an administrator.",
    }


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class _FilesField(forms.FileField):
    """One file or several; an empty file is no error here, because the row is to show what came."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=_ManyFiles(), allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(_FilesField, self).clean(f, initial) for f in files or [None]]


class DeclaredForm(forms.Form):
    """What the sender knows about the article; it beats what the program reads out of the text."""

    title = forms.CharField(max_length=1000, required=False)
    outlet = forms.CharField(max_length=200, required=False)
    published = forms.DateField(required=False, widget=DayInput(), error_messages={"invalid": "Not a date."})

    def declared(self) -> dict[str, Any]:
        """As records.Document takes it: None for what was left empty."""
        return {k: self.cleaned_data[k] or None for k in ("title", "outlet", "published")}


class FilesForm(DeclaredForm):
    files = _FilesField(
        label="Articles",
        help_text="Plain text or HTML; several at once if you like.",
        error_messages={"required": "Choose at least one file first."},
    )
    field_order = ["files"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if len(cleaned.get("files") or ()) > 1 and cleaned.get("title"):
            self.add_error(
                "title", "One title cannot stand for several articles. Leave it empty, or send one file."
            )
        return cleaned


class PasteForm(DeclaredForm):
    text = forms.CharField(
        label="Text of the article",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Headline, byline and date may stay in. Menus and trending lists are left out.",
        error_messages={"required": "Paste the text of an article first."},
    )
    field_order = ["text"]

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")  # browsers send CRLF
        if not text.strip():
            raise forms.ValidationError(
                "There is nothing but white space in it. Paste the text of an article."
            )
        return text


class AddressForm(DeclaredForm):
    url = forms.URLField(
        label="Web address",
        max_length=2000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text="The page is fetched once, now, and kept as it was.",
        error_messages={
            "required": "Give the address of a page first.",
            "invalid": "That is not a web address. It should look like https://example.org/story.",
        },
    )
    field_order = ["url"]

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if not url.lower().startswith(("http://", "https://")):
            raise forms.ValidationError("Only http and https addresses can be fetched.")
        return url


class GroupDecisionForm(forms.Form):
    """A person's decision on which claims belong together. ``seen`` is the version the page showed."""

    decision = forms.ChoiceField(
        choices=[(kind, kind) for kind in GroupDecision.Kind.values if kind != "undo"]
    )
    claims = forms.TypedMultipleChoiceField(coerce=int, required=False)
    target = forms.UUIDField(required=False, error_messages={"invalid": "Choose a group from the list."})
    reason = forms.CharField(required=False, max_length=10_000)
    seen = forms.CharField(max_length=64)

    def __init__(self, data: Any, claims: list[int]) -> None:
        super().__init__(data)
        # What was ticked and is not there any more goes on to the service, which says why it cannot be.
        ticked = [
            each for each in data.getlist("claims") if each.isascii() and each.isdigit() and len(each) < 20
        ]
        self.fields["claims"].choices = [(pk, pk) for pk in {*claims, *map(int, ticked)} if pk < 2**63]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        needed = cleaned.get("decision") in ("move", "merge") and "target" not in self.errors
        if needed and not cleaned["target"]:
            self.add_error("target", "Choose the other group from the list.")
        return cleaned


class ReferenceForm(forms.ModelForm):
    url = forms.URLField(label="Web address", max_length=2000, required=False, assume_scheme="https")

    class Meta:
        model = Reference
        fields = [
            "kind",
            "authority",
            "title",
            "edition",
            "starts_on",
            "ends_on",
            "value",
            "low",
            "high",
            "unit",
            "actor",
            "action",
            "object",
            "definition",
            "url",
            "licence",
        ]
        widgets = {
            "kind": forms.RadioSelect,
            "starts_on": DayInput,
            "ends_on": DayInput,
            "definition": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "kind": "What it records",
            "authority": "Authority",
            "title": "Title",
            "starts_on": "Day, or first day",
            "ends_on": "Last day",
            "object": "Object",
            "low": "At least",
            "high": "At most",
            "licence": "Licence",
        }
        help_texts = {
            "authority": "Who publishes it: a ministry, an agency, a treaty body.",
            "title": "What the authority calls the document or table.",
            "edition": "Version, number or date of issue.",
            "starts_on": "When it happened; for a value, the day it holds for.",
            "value": "The plain number: 18000000000, not 18 billion.",
            "low": "If the authority gives a range: its lower end.",
            "high": "Its upper end.",
            "unit": "As claims have it: USD, interceptor, kilometre.",
            "actor": "Who acts: United States.",
            "action": "One verb: expel, deploy, spend.",
            "object": "Whom or what: Russian diplomats.",
            "definition": "What exactly is counted, in the authority's words.",
            "licence": "On what terms it may be quoted.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("event", "An event with its date"), ("value", "A value")]
        self.fields["kind"].initial = "event"

    def clean(self) -> dict[str, Any]:
        # Not calling up to ModelForm.clean: the service checks uniqueness and constraints, and says them
        # in words.
        cleaned = self.cleaned_data
        if cleaned.get("kind") == "event" and not cleaned.get("starts_on") and "starts_on" not in self.errors:
            self.add_error("starts_on", "An event needs its day.")
        if cleaned.get("kind") == "value" and cleaned.get("value") is None and "value" not in self.errors:
            self.add_error("value", "A value needs its number.")
        value, low, high = (cleaned.get(name) for name in ("value", "low", "high"))
        if value is not None and low is not None and low > value:
            self.add_error("low", "The lower end is above the value.")
        if value is not None and high is not None and high < value:
            self.add_error("high", "The upper end is below the value.")
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if last and not first and "starts_on" not in self.errors:
            self.add_error("starts_on", "A last day needs a first day.")
        if first and last and last < first:
            self.add_error("ends_on", "The last day is before the first.")
        return cleaned


class TokenForm(forms.Form):
    name = forms.CharField(
        max_length=100,
        label="What is it for?",
        help_text="The program or person that will hold it, so that you know which one to revoke.",
        error_messages={"required": "Give the token a name, so that you know it again."},
    )
    days = forms.TypedChoiceField(
        coerce=int,
        choices=[(30, "30 days"), (90, "90 days"), (365, "one year")],
        initial=90,
        label="Valid for",
    )
