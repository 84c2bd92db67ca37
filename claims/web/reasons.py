"""Why findings are dismissed, again and again: offered as buttons, the same on the finding's page and in the
queue. What a person picks is stored as the words it stands for; nothing refers to the code afterwards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """``code`` is what the form sends, ``label`` what the button says, ``words`` what is recorded."""

    code: str
    label: str
    words: str


_OTHER_THING = Reason("other-thing", "Other thing", "The texts count or mean different things.")
_OTHER_DAY = Reason("other-day", "Other day", "The texts speak of different days.")
_MISREAD = Reason("misread", "Misread", "The program has misread one of the texts.")
_TRIFLE = Reason("trifle", "Trifle", "True, but too small to matter to a reader.")
_CORRECTED = Reason("corrected", "Corrected", "The outlet has corrected it already.")
_ELSEWHERE = Reason("elsewhere", "Said elsewhere", "The article says it elsewhere.")
_OWN_SOURCE = Reason("own-source", "Own source", "The outlet has it from a source of its own.")
_CAME_TRUE = Reason("came-true", "Came true", "By the time of publication it had come true.")
_RIGHT = Reason("right", "Figure is right", "The source bears out the figure as it is told.")
_TRANSLATED = Reason("translated", "Translation", "The words were translated twice.")
_SAID_TWICE = Reason("said-twice", "Said twice", "The person said it twice, in different words.")
_ROUNDED = Reason("rounded", "Rounding", "No more than rounding.")
_KNOWN = Reason("known", "Credited openly", "The articles say openly from whom they have it.")
_DEFINITION = Reason("definition", "Other definition", "The authority counts by another definition.")
_OVERLAP = Reason("overlap", "Parts overlap", "The parts overlap or are not all named.")
_TYPO = Reason("typo", "No new meaning", "The change corrects spelling or style and no meaning.")

#: For a check that is not named below, and to fill up.
_ANY = (_OTHER_THING, _OTHER_DAY, _MISREAD, _TRIFLE, _CORRECTED)
_OF_CHECK = {
    "approximation_hardened": (_RIGHT, _TRIFLE, _ELSEWHERE),
    "arithmetic": (_OVERLAP, _ROUNDED, _MISREAD),
    "attribution_conflict": (_SAID_TWICE, _MISREAD, _CORRECTED),
    "circular_citation": (_OWN_SOURCE, _MISREAD, _KNOWN),
    "conversion_slip": (_ROUNDED, _OTHER_THING, _MISREAD),
    "date_conflict": (_OTHER_THING, _MISREAD, _CORRECTED),
    "headline_body": (_ELSEWHERE, _OTHER_THING, _MISREAD),
    "hedge_dropped": (_CAME_TRUE, _ELSEWHERE, _MISREAD),
    "magnitude_slip": (_OTHER_THING, _CORRECTED, _MISREAD),
    "part_dropped": (_ELSEWHERE, _TRIFLE, _MISREAD),
    "qualifier_added": (_OWN_SOURCE, _TRIFLE, _MISREAD),
    "qualifier_dropped": (_RIGHT, _ELSEWHERE, _TRIFLE),
    "quote_drift": (_TRANSLATED, _SAID_TWICE, _TRIFLE),
    "reference_mismatch": (_DEFINITION, _OTHER_DAY, _ROUNDED),
    "silent_edit": (_TYPO, _CORRECTED, _TRIFLE),
    "single_origin": (_KNOWN, _OWN_SOURCE, _TRIFLE),
    "stale_date": (_OTHER_THING, _MISREAD, _CORRECTED),
    "unit_slip": (_OTHER_THING, _CORRECTED, _MISREAD),
    "updated_figure": (_OTHER_THING, _OTHER_DAY, _TRIFLE),
    "scope_mismatch": (_OTHER_THING, _ELSEWHERE, _TRIFLE),
    "value_conflict": (_OTHER_THING, _OTHER_DAY, _ROUNDED),
}
MOST = 5


def dismissals(check_id: str) -> tuple[Reason, ...]:
    """The reasons to offer for dismissing a finding of a check, the likeliest first; five."""
    own = _OF_CHECK.get(check_id, ())
    return tuple(dict.fromkeys((*own, *_ANY)))[:MOST]


def words(code: str) -> str:
    """What is recorded for a reason's code; "" for a code that is none."""
    everything = {reason.code: reason for several in (_ANY, *_OF_CHECK.values()) for reason in several}
    return everything[code].words if code in everything else ""
