"""What people narrow findings by, as the address bar says it: for the queue, the archive and saved views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from claims.engine.checks import all_checks
from claims.engine.topics import TOPICS
from claims.models import Finding, FindingClaim, Outlet
from claims.models.finding import FindingQuerySet

from .templatetags.desk import person_name

#: States, and what they are called. "skipped" is one's own.
STATES = {
    "open": "open",
    "skipped": "skipped by me",
    "confirmed": "confirmed",
    "dismissed": "dismissed",
    "resolved": "resolved",
    "all": "all",
}
ME, NOBODY = "me", "nobody"
#: Characters of a filter that are looked at.
_LONGEST = 200
#: Choices of one filter that are listed.
_MOST = 400


@dataclass(frozen=True, slots=True)
class Filters:
    """Which findings somebody wants to see; "" leaves a filter out. ``state`` always says something."""

    state: str = "open"
    severity: str = ""
    check: str = ""
    outlet: str = ""  # slug
    topic: str = ""
    unit: str = ""
    assignee: str = ""  # "me", "nobody" or a username
    since: date | None = None  # found on this day or later
    until: date | None = None
    q: str = ""

    @classmethod
    def read(
        cls, query: QueryDict, default_state: str = "open", states: Sequence[str] = tuple(STATES)
    ) -> Filters:
        """From an address. What is no state, severity or day counts as not given, as does a NUL."""

        def said(name: str) -> str:
            return query.get(name, "").replace("\x00", "").strip()[:_LONGEST]

        return cls(
            state=said("state") if said("state") in states else default_state,
            severity=said("severity") if said("severity") in Finding.Severity.values else "",
            check=said("check"),
            outlet=said("outlet"),
            topic=said("topic"),
            unit=said("unit"),
            assignee=said("assignee"),
            since=_day(said("since")),
            until=_day(said("until")),
            q=said("q"),
        )

    def query(self, default_state: str = "open", **more: object) -> str:
        """As the address says it: always in one order, without what is left out; ``more`` comes last."""
        given = [(name, str(value)) for name, value in self._given(default_state)]
        return urlencode(given + [(name, str(value)) for name, value in more.items() if value])

    def _given(self, default_state: str) -> list[tuple[str, object]]:
        values = [(each.name, getattr(self, each.name)) for each in fields(self)]
        return [(n, v) for n, v in values if v and not (n == "state" and v == default_state)]

    def narrowed(self, default_state: str = "open") -> bool:
        """Whether anything is left out that the screen shows by itself."""
        return bool(self._given(default_state))

    def rows(self, person: User, skipped_too: bool = False) -> FindingQuerySet:
        """The findings that fit, in no order. ``skipped_too``: "open" is all that is open."""
        rows = Finding.objects.open() if skipped_too and self.state == "open" else self._in_state(person)
        if self.severity:
            rows = rows.filter(severity=self.severity)
        if self.check:
            rows = rows.filter(check_id=self.check)
        if self.topic:
            rows = rows.filter(topics__contains=[self.topic])
        if self.outlet:
            rows = rows.filter(_of_outlet(self.outlet))
        if self.unit:
            of_unit = FindingClaim.objects.filter(claim__unit=self.unit)
            rows = rows.filter(pk__in=of_unit.values("finding"))
        if self.assignee == NOBODY:
            rows = rows.filter(assignee__isnull=True)
        elif self.assignee == ME:
            rows = rows.filter(assignee=person)
        elif self.assignee:
            rows = rows.filter(assignee__username=self.assignee)
        if self.since:
            rows = rows.filter(first_seen_at__gte=_midnight(self.since))
        if self.until and self.until < date.max:
            rows = rows.filter(first_seen_at__lt=_midnight(self.until + timedelta(days=1)))
        for word in self.q.split()[:8]:
            rows = rows.filter(summary__icontains=word)
        return rows

    def _in_state(self, person: User) -> FindingQuerySet:
        """As Finding.state says it: a decision stays a decision when the cause is gone."""
        if self.state == "open":
            return Finding.objects.awaiting(person)
        if self.state == "skipped":
            return Finding.objects.skipped_by(person)
        if self.state == "resolved":
            return Finding.objects.filter(decision=Finding.Decision.NONE, resolved_at__isnull=False)
        if self.state == "all":
            return Finding.objects.all()
        return Finding.objects.filter(decision=self.state)

    def chips(self, default_state: str = "open") -> list[tuple[str, str, str]]:
        """Each filter that is on: its name, its value in words, and the query without it."""
        words: dict[str, str] = {
            "state": STATES[self.state],
            "check": next((c.name for c in all_checks() if c.id == self.check), self.check),
            "topic": TOPICS.get(self.topic, self.topic),
            "since": f"{self.since:%-d %b %Y}" if self.since else "",
            "until": f"{self.until:%-d %b %Y}" if self.until else "",
        }
        names = {"since": "found since", "until": "found until", "q": "words"}
        bare: dict[str, Any] = {each.name: each.default for each in fields(self)} | {"state": default_state}
        return [
            (
                names.get(name, name),
                words.get(name, str(value)),
                replace(self, **{name: bare[name]}).query(default_state),
            )
            for name, value in self._given(default_state)
        ]


def _of_outlet(slug: str) -> Q:
    """Findings that show a claim or an article of an outlet. Two sets: neither is asked row by row."""
    shown = FindingClaim.objects.filter(claim__revision__article__outlet__slug=slug)
    named = Finding.articles.through.objects.filter(article__outlet__slug=slug)
    return Q(pk__in=shown.values("finding")) | Q(pk__in=named.values("finding"))


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    """The beginning of a day in the reader's zone."""
    return timezone.make_aware(datetime.combine(day, time()))


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter as a list to choose from: its name, its label, and value and words of each choice."""

    name: str
    label: str
    chosen: str
    options: Sequence[tuple[str, str]]


def choices(filters: Filters, states: Sequence[str] = tuple(STATES)) -> list[Choice]:
    """The lists of the filters; three queries. What is chosen stands in its list in any case."""
    people = User.objects.filter(is_active=True).order_by("username")[:_MOST]
    outlets = Outlet.objects.order_by("name").values_list("slug", "name")[:_MOST]
    lists: list[tuple[str, str, list[tuple[str, str]]]] = [
        ("severity", "Severity", [(s, s) for s in reversed(Finding.Severity.values)]),
        ("check", "Check", [(c.id, c.name) for c in all_checks()]),
        ("outlet", "Outlet", list(outlets)),
        ("topic", "Topic", sorted(TOPICS.items(), key=lambda item: item[1])),
        ("unit", "Unit", [(unit, unit) for unit in _units()]),
        (
            "assignee",
            "Assigned to",
            [(ME, "me"), (NOBODY, "nobody"), *((each.username, person_name(each)) for each in people)],
        ),
    ]
    found = [Choice("state", "State", filters.state, [(s, STATES[s]) for s in states])]
    for name, label, options in lists:
        chosen = getattr(filters, name)
        if chosen and chosen not in dict(options):
            options = [(chosen, chosen), *options]
        found.append(Choice(name, label, chosen, [("", "any"), *options]))
    return found


def _units() -> list[str]:
    """Units of the questions that standing findings are about."""
    rows = Finding.objects.standing().exclude(group=None).exclude(group__unit="").order_by("group__unit")
    return list(rows.values_list("group__unit", flat=True).distinct()[:_MOST])
