"""A snapshot as its page shows it: stored values in, words and drawings out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from claims.models import Publication
from claims.services.snapshots import public_name

from . import axis, wording


@dataclass(slots=True)
class _Bounds:
    lower: Decimal | None
    upper: Decimal | None
    lower_inc: bool
    upper_inc: bool


def page(publication: Publication) -> dict[str, Any]:
    """What the template of a public page needs of one edition, current or not, stored or only a preview."""
    shown = publication.snapshot
    editions = [
        {**each, "published_at": datetime.fromisoformat(each["published_at"])} for each in shown["editions"]
    ]
    return {
        "publication": publication,
        "shown": shown,
        "claim": passage(shown["claim"]),
        "passages": [passage(each) for each in shown["passages"]],
        "reading": reading(shown["reading"]),
        "axis": drawing(shown["values"]),
        "primary": [_dated(each) for each in shown["sources"] if each["use"] == "primary"],
        "secondary": [_dated(each) for each in shown["sources"] if each["use"] != "primary"],
        "letters": [_dated(each) for each in shown["correspondence"]],
        "signed_off_on": day(shown["signed_off_on"]),
        "editions": editions,
        "first_published": editions[0]["published_at"] if editions else publication.published_at,
        "publisher_person": public_name(publication.published_by),
    }


def passage(stored: dict[str, Any]) -> dict[str, Any]:
    return {
        **stored,
        "published": day(stored["published"]),
        "credit": wording.attribution(stored["mode"], stored["source"], stored["credited"]),
        "how": wording.how_credited(stored["mode"]),
    }


def reading(stored: dict[str, Any]) -> list[tuple[str, str]]:
    """How the program read the claim, as name and words; what it did not find is left out."""
    bounds = _bounds(stored["bounds"])
    value = Decimal(stored["value"]) if stored["value"] is not None else None
    when = " to ".join(dict.fromkeys(d for d in (day(stored["when_start"]), day(stored["when_end"])) if d))
    lines = [
        ("Kind", wording.KINDS.get(stored["kind"], stored["kind"])),
        ("Value as written", wording.amount(value, stored["unit"]) if value is not None else ""),
        ("True for", wording.bounds(bounds, stored["unit"], stored["soft"]) if bounds else ""),
        ("Because of the words", f"“{stored['modifier']}”" if stored["modifier"] else ""),
        ("What is measured", stored["measured"]),
        ("Status", wording.STATUSES.get(stored["status"], stored["status"])),
        ("Hedged by", f"“{stored['hedge']}”" if stored["hedge"] else ""),
        ("Where", stored["place"]),
        ("When", f"“{stored['when']}”" + (f": {when}" if when else "") if stored["when"] else ""),
    ]
    return [(name, words) for name, words in lines if words]


def drawing(values: list[dict[str, Any]]) -> axis.Axis | None:
    """The values on one axis, where there are two or more to compare."""
    if len(values) < 2:
        return None
    return axis.draw(
        [
            axis.Interval(
                each["label"],
                each["quote"],
                bounds,
                Decimal(each["value"]) if each["value"] is not None else None,
                each["unit"],
                each["soft"],
            )
            for each in values
            if (bounds := _bounds(each["bounds"])) is not None
        ]
    )


def day(stored: str | None) -> str:
    """ "2021-04-15" -> "15 April 2021"; "" for None."""
    return f"{date.fromisoformat(stored):%-d %B %Y}" if stored else ""


def _dated(stored: dict[str, Any]) -> dict[str, Any]:
    days: dict[str, Any] = {
        key: day(stored[key]) for key in ("consulted_on", "asked_on", "replied_on") if key in stored
    }
    return {**stored, **days}


def _bounds(stored: dict[str, Any] | None) -> _Bounds | None:
    if stored is None:
        return None
    low, high = (None if stored[end] is None else Decimal(stored[end]) for end in ("low", "high"))
    return _Bounds(low, high, not stored["low_open"], not stored["high_open"])
