"""How the rules read a number, in plain words. Names of rules are those of docs/numbers.md."""

from __future__ import annotations

from dataclasses import dataclass

from claims.models import Claim

from . import wording


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of docs/numbers.md: what to call it, and what it takes the words to mean."""

    name: str
    meaning: str


RULES = {
    "point": Rule("a bare number", "taken for exactly what it says"),
    "grain": Rule("a rounded number", "half a unit of its last digit to either side"),
    "more_than": Rule(
        "“more than”", "that number or more, and not far above it; the number itself is let in"
    ),
    "at_least": Rule("“at least”", "that number or more"),
    "at_most": Rule("“at most”", "a hard limit: nothing above it fits"),
    "less_than": Rule("“less than”", "a hard limit that is itself left out"),
    "up_to": Rule("“up to”", "a ceiling, and by the way people speak not far below it"),
    "about": Rule("“about”", "a tenth to either side, or half its last digit where that is more"),
    "almost": Rule("“almost”", "just below the number, which it does not reach"),
    "vague": Rule("a round word", "the plural of a number word, up to the next one: dozens are 24 to 99"),
    "range": Rule("a range", "from its lowest end to its highest"),
    "fraction": Rule("a fraction", "the share it stands for, in percent"),
    "part": Rule("a part", "a part of the count named before it"),
    "rank": Rule("a rank", "a place in an order, no amount"),
}
#: What stands before the colon in Claim.rule is its kind; after it, where in the sentence the number was.
_PLACES = {
    "object": "as what the verb acts on",
    "subject": "as what the sentence is about",
    "actor": "as who acts",
    "complement": "as what is said of the subject",
    "alone": "standing by itself",
    "part": "as a part of a count before it",
    "act": "as how often something is done",
    "limit": "as a limit",
    "number": "as a number alone",
    "elided": "its noun left out, taken from before",
    "gapped": "its verb left out, taken from before",
    "credited": "with a speaker named",
    "active": "with who acts named first",
    "passive": "with who is acted on named first",
    "noun": "by a noun that names the act",
}


def reading(claim: Claim) -> str:
    """What a claim's number means, in one phrase; "" for a claim without one."""
    if claim.bounds is None:
        return ""
    n = wording.amount(claim.value, claim.unit) if claim.value is not None else ""
    said = wording.bounds(claim.bounds, claim.unit)
    match claim.bounds_rule:
        case "up_to" if n:
            return f"up to {n}, and as people speak not far below"
        case "more_than" if n:
            return f"{n} or more, and as people speak not far above"
        case "at_most" if n:
            return f"{n} at most: a hard limit"
        case "almost" | "about" | "grain" | "vague":
            return f"{RULES[claim.bounds_rule].name}: {said}"
        case _:
            return f"{said}, loosely" if claim.soft else said


def rule_of(claim: Claim) -> Rule:
    """The row of docs/numbers.md that gave a claim its bounds; for a claim without a number an empty one."""
    name = claim.bounds_rule
    return RULES.get(name) or Rule(name.replace("_", " "), "")


def recognised(claim: Claim) -> str:
    """What the claim was read as, and where in the sentence: "Count, as what the verb acts on"."""
    kind, _, place = claim.rule.partition(":")
    words = _PLACES.get(place, place.replace("_", " "))
    return ", ".join(x for x in (wording.KINDS.get(kind or claim.kind, kind), words) if x)
