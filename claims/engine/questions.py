"""The question a claim answers, its words brought to the forms comparison uses; the answer is left out.

Which words say the same is data: ``lexicons/questions.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from claims.engine.dimensions import dimension
from claims.engine.lexicons import inflect, load
from claims.engine.records import Claim, Kind, When
from claims.engine.wording import content, normal, stem

#: Occurrences that follow each other within days (an attack, an arrest): another day is another one.
SUDDEN = 10
#: A quotation of fewer words must agree word for word.
SHORT_QUOTATION = 8
_ADDING = re.compile(r"\b(?:new|additional|more|extra|further|another)\s+(?!than\b)", re.IGNORECASE)
_GRADE = re.compile(
    r"enriched\W+(?:\w+\W+){0,4}?(\d+(?:\.\d+)?)(?= ?%| per ?cent| pct)"
    r"|(\d+(?:\.\d+)?)(?: ?%| per ?cent| pct)[ -](?:highly[ -])?enriched",
    re.IGNORECASE,
)
_ONE_ADDITION = 400  # days: what is added once is news for a year, what there is stays a question


#: Figures that add up over a war or a year are no figures of one attack.
_OVER_TIME = re.compile(
    r"\bsince then\b|\b(?:so far|to date|in total|all told)\b|\bin recent (?:days|weeks|months|years)\b"
    r"|\bsince (?:last )?(?:January|February|March|April|May|June|July|August)\b"
    r"|\bsince (?:last )?(?:September|October|November|December)\b"
    r"|\bsince\b[^.;]{0,60}\b(?:(?:19|20)\d\d|began|beg[iu]n|start\w*|outbreak|erupt\w*)\b"
    r"|\b(?:war|conflict|uprising|crisis|revolt|violence)\b[^.;]{0,40}\b(?:kill|claim|cost|left|leav|displac)"
    r"|\b(?:kill|die|dead|death|lost|displac)[^.;]{0,50}"
    r"\b(?:in|during|over|of)\b[^.;]{0,30}\b(?:war|conflict|uprising|crisis)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    nouns: dict[str, str]
    implied: dict[str, str]
    generic: frozenset[str]
    people: frozenset[str]
    staff: frozenset[str]
    staff_when: frozenset[str]
    sources: frozenset[str]
    actions: dict[str, str]
    days: dict[str, int | None]
    default_days: int
    action_words: frozenset[str]
    parties: frozenset[str]
    party_words: frozenset[str]
    party_of: dict[str, str]
    action_of: dict[str, str]  # word forms, by stem


@cache
def lexicon() -> Lexicon:
    """questions.toml and what other lexicons add to it, indexed by word."""
    data = load("questions")
    return Lexicon(
        nouns={word: name for name, members in data["nouns"].items() for word in members},
        implied={word: action for action, members in data["implied"].items() for word in members},
        generic=frozenset(data["generic"]["nouns"]),
        people=frozenset(data["people"]["nouns"]),
        staff=frozenset(data["staff"]["nouns"]),
        staff_when=frozenset(data["staff"]["when"]),
        sources=frozenset(data["sources"]["words"]),
        actions={word: name for name, entry in data["actions"].items() for word in entry["words"]},
        days={name: entry.get("days") for name, entry in data["actions"].items()},
        default_days=data["default"]["days"],
        action_words=content(
            *(
                form
                for action in load("actions").values()
                for verb in action["verbs"]
                for forms in inflect(verb).values()
                for form in forms
            )
        ),
        parties=frozenset(load("parties")["states"]) | frozenset(load("parties")["groups"]),
        party_words=content(
            *(
                name
                for group in load("parties").values()
                for canonical, entry in group.items()
                for name in (canonical, *entry["names"], *entry["demonyms"], *entry["capitals"])
            )
        ),
        party_of={
            name: entry["party"]
            for lexicon in ("bodies", "people")
            for name, entry in load(lexicon).items()
            if entry["party"]
        },
        action_of={
            stem(form): name
            for name, entry in data["actions"].items()
            for verb in entry["words"]
            for forms in inflect(verb).values()
            for form in (verb, *forms)
            if " " not in form
        },
    )


@dataclass(frozen=True, slots=True)
class Question:
    """A claim, the answer left out; ``base`` is the sort of answer ("count interceptor", "act expel").

    ``days_of`` are the days it is said to be of, where they are few. ``narrowed`` are the words that narrow
    what is counted ("ground-based"); ``adds`` says that it comes on top of what there is ("14 additional",
    "31 new"); ``grade`` is the percentage that what is weighed is enriched to.
    """

    kind: Kind
    base: str
    noun: str
    actor: str | None
    action: str | None
    party: str | None
    place: str | None
    words: frozenset[str]
    names: frozenset[str]
    days_of: frozenset[str]
    is_part: bool
    narrowed: frozenset[str]
    adds: bool
    grade: str | None = None

    @property
    def counts_something_common(self) -> bool:
        return self.noun in lexicon().generic

    @property
    def is_sudden(self) -> bool:
        """Whether the next such occurrence may follow within days (an attack, an arrest)."""
        return self.days is not None and self.action is not None and self.days <= SUDDEN

    @property
    def is_one_act(self) -> bool:
        """Whether the action is done in a day (to expel, to sign), not over years (to deploy, to spend)."""
        return self.action is not None and lexicon().days.get(self.action) is not None

    @property
    def days(self) -> int | None:
        """How far apart publications may lie and still answer it; None: a standing figure, any distance."""
        if self.kind is Kind.DATE:
            return None
        default = lexicon().default_days
        days = lexicon().days.get(self.action, default) if self.action else default
        return _ONE_ADDITION if days is None and self.adds else days


@lru_cache(maxsize=16384)
def question(claim: Claim) -> Question:
    """The question of a claim that is no quotation."""
    known = lexicon()
    noun = claim.noun or head(claim.object or "")
    around = content(claim.measured, claim.object, claim.context, " ".join(claim.noun_modifiers))
    counted = noun_class(noun, around)
    action = _implied(claim.quote) or _implied(noun) or action_class(claim.action)
    if claim.quantity and claim.quantity.rule == "at_most" and action in (None, "possess"):
        action = "restrict"  # "no more than 800 launchers" is a limit, not a holding
    unit = claim.quantity.unit if claim.quantity else ""
    base = {
        Kind.COUNT: f"count {counted}",
        Kind.MEASURE: dimension(unit) or unit,
        Kind.ORDINAL: f"rank {counted}",
        Kind.EVENT: f"act {action}",
        Kind.DATE: f"date {action}",
    }.get(claim.kind, claim.kind.value)
    counts = claim.kind in (Kind.COUNT, Kind.ORDINAL, Kind.EVENT)  # the noun is compared by itself
    said = frozenset(x for x in around if counts and known.nouns.get(x, x) == counted)
    return Question(
        kind=claim.kind,
        base=base,
        noun=counted,
        actor=_acting(claim.actor),
        action=action,
        party=_acting(claim.object_party),
        place=claim.place,
        words=around - known.action_words - known.party_words - content(claim.place) - said,
        names=frozenset(x for x in claim.entities if x not in (claim.actor, claim.object_party, claim.place)),
        days_of=frozenset() if claim.kind is Kind.DATE else _days_of(claim.when),  # the day is the answer
        is_part=claim.part_of is not None,
        narrowed=content(*claim.noun_modifiers) - known.party_words - content(claim.object_party),
        adds=bool(_ADDING.search(claim.quote)),
        grade=_grade(claim) if claim.kind is Kind.MEASURE else None,
    )


def _grade(claim: Claim) -> str | None:
    """How far the material weighed is enriched: kilograms at 20 percent are none of those at 60."""
    found = _GRADE.search(claim.context)
    return next((x for x in found.groups() if x), None) if found else None


_PHRASE_END = re.compile(r"\b(?:of|for|from|in|against|to|at|on|with|by|who|that|which)\b", re.IGNORECASE)


@lru_cache(maxsize=16384)
def over_time(sentence: str) -> bool:
    """Whether a sentence gives figures that add up over a war or a year."""
    return bool(_OVER_TIME.search(sentence))


def head(phrase: str) -> str:
    """The head of a plain noun phrase, the last word before a preposition ("staff of the mission")."""
    return next(iter(reversed(_PHRASE_END.split(phrase, maxsplit=1)[0].split())), "").strip(".,;:'\"”’")


def noun_class(noun: str, around: Iterable[str]) -> str:
    known = lexicon()
    lemma = " ".join(stem(x) for x in noun.split())
    if lemma in known.staff and not known.staff_when.isdisjoint(around):
        return "diplomat"
    return known.nouns.get(lemma, lemma)


def action_class(action: str | None) -> str | None:
    if not action:
        return None
    lemma = " ".join(normal(x) for x in action.replace("_", " ").split())
    return lexicon().actions.get(lemma, lemma)


def _acting(name: str | None) -> str | None:
    """The party a body or an office holder acts for ("US Department of Defense"), or the name itself."""
    if not name:
        return None
    owner, mark, _ = name.replace("’", "'").partition("'s ")
    if mark and owner in lexicon().parties:
        return owner  # "Iran's stockpile" does nothing that Iran does not
    return lexicon().party_of.get(name, name)


def _implied(counted: str) -> str | None:
    """What happened to those counted, where the noun says it: "20 wounded" were not killed."""
    last = counted.split()[-1:]
    return lexicon().implied.get(stem(last[0].strip(".,;:'\"”’"))) if last else None


def _days_of(when: When | None) -> frozenset[str]:
    """The days a time names, where it names few enough to tell one occurrence from the next."""
    span = span_of_days(when)
    if span is None or (span[1] - span[0]).days > 2:
        return frozenset()
    return frozenset((span[0] + timedelta(days=i)).isoformat() for i in range((span[1] - span[0]).days + 1))


def span_of_days(when: When | None) -> tuple[date, date] | None:
    """The first and last day a time can mean. Nobody calls today "earlier this week"."""
    if not (when and when.start and when.end):
        return None
    earlier = when.end > when.start and "earlier" in when.text.casefold()
    return when.start, when.end - timedelta(days=1) if earlier else when.end
