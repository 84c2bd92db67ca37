"""What a time in a sentence is: its words, its TIMEX3 reading, and the days it can mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time in tokens ``first``..``last`` (exclusive), its kind, and the days it can mean, inclusive.

    ``kind`` is "day", "week", "weekend", "month", "quarter", "year" or a season; "period" (a stretch of
    time, "the last two decades"), "clock" (a time of day), "span" (reckoned from a day: "two weeks ago");
    "duration" ("three years"), "set" ("every month") and "vague" ("now", "recently") say no day.
    ``type`` and ``value`` are those of TIMEX3 (TimeML 1.2.1): DATE, TIME, DURATION or SET, and 1998-08-07,
    1998-W32, 1998-Q2, 199, P3D, PRESENT_REF.
    """

    first: int
    last: int
    kind: str
    start: date | None = None
    end: date | None = None
    ahead: date | None = None  # the day a bare weekday means in a plan
    type: str = "DATE"
    value: str = ""

    @property
    def says_when(self) -> bool:
        """Whether it places something in time, rather than saying how long, how often or "now"."""
        return self.kind not in ("duration", "set", "vague")
