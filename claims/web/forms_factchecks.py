"""What people fill in on a fact-check. Every form that takes a step carries ``seen``, the version it was made
for; every form that edits a text carries what the text said (``was_...``)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import User

from claims.models import FactCheck, Rating, Source

from .forms import DayInput
from .templatetags.desk import person_name

_NO_ID = {"max_value": 2**62, "min_value": 1}
HARM = [(3, "high"), (2, "medium"), (1, "low")]
USES = [(Source.Use.PRIMARY, "primary"), (Source.Use.SECONDARY, "secondary")]
RECORD = [("on", "on the record"), ("off", "off the record: for the desk alone, never published")]


class _MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def _text(rows: int, limit: int, **fields: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(max_length=limit, widget=widget, strip=False, **fields)


def _seen() -> forms.IntegerField:
    return forms.IntegerField(min_value=0, max_value=2**31, required=False, widget=forms.HiddenInput())


class NewForm(forms.Form):
    question = forms.CharField(
        max_length=500,
        label="What is to be established?",
        help_text="One sentence that evidence can answer. “Will the ministry buy twelve radars?”",
        error_messages={"required": "Say in one sentence what is to be established."},
    )
    harm = forms.TypedChoiceField(
        choices=HARM,
        coerce=int,
        initial=2,
        label="Harm if it is wrong",
        help_text="Who could be hurt, and how far has it spread?",
    )
    due_on = forms.DateField(required=False, widget=DayInput(), label="Due")
    blind = forms.BooleanField(
        required=False,
        label="The second verdict is to be blind",
        help_text="Whoever reviews it does not see the first verdict until theirs is in.",
    )
    meaning = _text(3, 20_000, required=False, label="What was meant", help_text="Can wait until later.")


class StepForm(forms.Form):
    """A step with its reason."""

    seen = _seen()
    reason = _text(2, 10_000, required=False, label="Reason")


class HarmForm(forms.Form):
    seen = _seen()
    harm = forms.TypedChoiceField(choices=HARM, coerce=int, label="Harm if it is wrong")


class CommentForm(forms.Form):
    reason = _text(2, 10_000, required=False, label="Comment")


class AboutForm(forms.Form):
    """Question, meaning, harm and due day, with what they said when the page was made."""

    question = forms.CharField(max_length=500, label="Question")
    meaning = _text(
        4,
        20_000,
        required=False,
        label="What was meant, and how it is defined",
        help_text="Whom or what does the figure count, on which day, by whose definition?",
    )
    harm = forms.TypedChoiceField(choices=HARM, coerce=int, label="Harm")
    due_on = forms.DateField(required=False, widget=DayInput(), label="Due")
    was_question = forms.CharField(required=False, widget=forms.HiddenInput(), strip=False)
    was_meaning = forms.CharField(required=False, widget=forms.HiddenInput(), strip=False)
    was_harm = forms.IntegerField(required=False, widget=forms.HiddenInput())
    was_due_on = forms.DateField(required=False, widget=forms.HiddenInput())


class ConclusionForm(forms.Form):
    conclusion = _text(
        5,
        20_000,
        required=False,
        label="What a reader is told",
        help_text="What was claimed, what the evidence says, and what remains open.",
    )
    few_origins_reason = _text(
        2,
        5_000,
        required=False,
        label="Why fewer than two independent origins are enough",
        help_text="Only if that is so; readers see it.",
    )
    was_conclusion = forms.CharField(required=False, widget=forms.HiddenInput(), strip=False)
    was_few_origins_reason = forms.CharField(required=False, widget=forms.HiddenInput(), strip=False)


class SourceForm(forms.Form):
    """A source by address or name, an article of ours, or a reference."""

    url = forms.CharField(
        max_length=2000,
        required=False,
        label="Web address",
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
    title = forms.CharField(max_length=500, required=False, label="Title, or what it is")
    origin = forms.CharField(
        max_length=200,
        required=False,
        label="Origin",
        help_text="Whom the information comes from in the end. Sources with one origin count once.",
    )
    use = forms.ChoiceField(choices=USES, label="Used here as", initial="primary")
    record = forms.ChoiceField(choices=RECORD, label="May it be named?", initial="on")
    says = _text(3, 20_000, required=False, label="What it says on the question")
    article = forms.IntegerField(required=False, widget=forms.HiddenInput(), **_NO_ID)
    reference = forms.IntegerField(required=False, widget=forms.HiddenInput(), **_NO_ID)


class SourceChangeForm(forms.Form):
    source = forms.IntegerField(widget=forms.HiddenInput(), **_NO_ID)
    use = forms.ChoiceField(choices=USES, required=False)
    record = forms.ChoiceField(choices=RECORD, required=False)
    origin = forms.CharField(max_length=200, required=False, label="Origin")
    says = _text(3, 20_000, required=False, label="What it says on the question")


class SourceStepForm(forms.Form):
    source = forms.IntegerField(widget=forms.HiddenInput(), **_NO_ID)


class AskForm(forms.Form):
    whom = forms.CharField(max_length=200, required=False, label="Who was asked")
    channel = forms.CharField(
        max_length=60,
        required=False,
        initial="e-mail",
        label="How",
        help_text="E-mail, telephone, in person.",
    )
    asked = _text(3, 20_000, required=False, label="What was asked, word for word")
    deadline = forms.DateTimeField(required=False, widget=_MomentInput(), label="Reply wanted by")
    record = forms.ChoiceField(choices=RECORD, label="May it be named?", initial="on")


class ReplyForm(forms.Form):
    letter = forms.IntegerField(widget=forms.HiddenInput(), **_NO_ID)
    reply = _text(4, 50_000, required=False, label="The reply, word for word")
    declined = forms.BooleanField(required=False, label="They declined to answer")
    was = forms.CharField(required=False, widget=forms.HiddenInput(), strip=False)


class _OfPeople(forms.Form):
    """A form that names a person; the choices are handed in, so that the page asks for them once."""

    def __init__(self, *args: Any, people: Iterable[User] = (), **named: Any) -> None:
        super().__init__(*args, **named)
        self._people = {person.pk: person for person in people}
        for name in ("to", "reviewer"):
            if name in self.fields:
                named_people = [(pk, person_name(person)) for pk, person in self._people.items()]
                self.fields[name].choices = [("", self.nobody), *named_people]

    nobody = "nobody"

    def person(self, name: str) -> User | None:
        return self._people.get(self.cleaned_data[name]) if self.cleaned_data[name] else None


class AssignForm(_OfPeople):
    seen = _seen()
    to = forms.TypedChoiceField(coerce=int, empty_value=None, required=False, label="Who does it")
    due_on = forms.DateField(required=False, widget=DayInput(), label="Due")


class ReviewForm(_OfPeople):
    nobody = "anybody who may"
    seen = _seen()
    reviewer = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, label="Who is asked to review it"
    )
    blind = forms.BooleanField(
        required=False,
        label="Blind",
        help_text="They give their own verdict before they see yours or the conclusion.",
    )
    reason = _text(2, 10_000, required=False, label="Note to them", help_text="They read this at once.")


class VerdictForm(forms.Form):
    seen = _seen()
    rating = forms.ChoiceField(
        widget=forms.RadioSelect, label="Your verdict", error_messages={"required": "Choose a rating."}
    )
    reasoning = _text(5, 20_000, required=False, label="Your reasons")

    def __init__(self, *args: Any, scale: Iterable[Rating] = (), **named: Any) -> None:
        super().__init__(*args, **named)
        self._scale = {rating.slug: rating for rating in scale}
        self.fields["rating"].choices = [(slug, f"{r.label}: {r.meaning}") for slug, r in self._scale.items()]

    @property
    def chosen(self) -> Rating:
        return self._scale[self.cleaned_data["rating"]]


class FilterForm(forms.Form):
    """What the list is narrowed to; nonsense in the address bar means "any"."""

    state = forms.ChoiceField(required=False, label="State")
    who = forms.ChoiceField(
        required=False, label="Whose", choices=[("", "anybody's"), ("me", "mine"), ("nobody", "nobody's")]
    )
    harm = forms.ChoiceField(required=False, label="Harm", choices=[("", "any"), *HARM])
    due = forms.ChoiceField(
        required=False,
        label="Due",
        choices=[("", "any day"), ("late", "late"), ("week", "within a week"), ("none", "no day set")],
    )
    replies = forms.ChoiceField(
        required=False, label="Replies", choices=[("", "any"), ("overdue", "overdue")]
    )

    def __init__(self, *args: Any, states: Iterable[tuple[str, str]] = (), **named: Any) -> None:
        super().__init__(*args, **named)
        known = {value for value, _ in states}
        assert known <= {"", *FactCheck.State.values}  # noqa: S101 - ours
        self.fields["state"].choices = list(states)
