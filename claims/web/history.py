"""What people did about a finding, one after the other: rows in, lines of a timeline out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from claims.models import Assignment, Finding, Review


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that somebody did: a review, or an assignment. ``undone`` says that it does not stand."""

    person: User
    at: datetime
    review: Review | None = None
    assignment: Assignment | None = None
    undone: bool = False

    @property
    def initials(self) -> str:
        """Two letters for the person: of the name, else of the user name."""
        names = [self.person.first_name, self.person.last_name]
        letters = "".join(name[:1] for name in names if name)
        return (letters if len(letters) > 1 else self.person.get_username()[:2]).upper()


def of(finding: Finding, reviews: Iterable[Review]) -> list[Entry]:
    """The timeline of a finding, oldest first, its reviews given; one query, for the assignments."""
    reviews = list(reviews)
    undone = {review.undoes_id for review in reviews if review.undoes_id}
    entries = [
        Entry(review.reviewer, review.created_at, review=review, undone=review.pk in undone)
        for review in reviews
    ]
    rows = list(Assignment.objects.filter(finding=finding).select_related("assignee", "person"))
    taken_back = {row.undoes_id for row in rows if row.undoes_id}
    entries += [
        Entry(row.person, row.created_at, assignment=row, undone=row.pk in taken_back) for row in rows
    ]
    return sorted(entries, key=lambda entry: entry.at)
