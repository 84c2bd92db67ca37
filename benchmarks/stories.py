"""Made-up news with known truth: stories told by several outlets each, from our own sentences.

Every story has a place, people and figures of its own. Outlets tell them in other words: they repeat, round,
convert units, follow an update, or print a wire's text whole or in part. In some stories one thing is planted
that a check should report. :class:`Story` says which passages answer one question and what was planted where,
so that recall is known, and that nothing is to be found in the rest, so that precision is known too.

A story depends on the seed and its number alone, so that stories can be made in any order and in many
processes; the same seed gives the same stories. Words and sentences stand in ``stories.toml``.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from claims.engine import records
from claims.engine.lexicons import load

FIRST_DAY, DAYS = date(2019, 1, 1), 1500
#: How often an article tells a standing figure of its country.
BACKGROUND_IN = 0.5
#: How often something is planted.
PLANTED_IN = 0.35
#: What is planted, by the name of the check that should report it, and what a question must have for it.
NEEDS = {
    "value_conflict": "figures", "magnitude_slip": "slips", "unit_slip": "converted",
    "conversion_slip": "converted", "qualifier_dropped": "bounded", "qualifier_added": "bounded",
    "part_dropped": "part", "hedge_dropped": "hedged", "approximation_hardened": "figures",
    "headline_body": "headlined", "quote_drift": "figures", "attribution_conflict": "figures",
    "date_conflict": "days", "stale_date": "relative", "updated_figure": "as_of", "arithmetic": "summed",
    "scope_mismatch": "scopes", "circular_citation": "retold", "silent_edit": "figures",
    "reference_mismatch": "reference",
}  # fmt: skip
PLANTS = tuple(NEEDS)
#: How much later than the story the article with the plant is published, where that is of its nature.
_LATER = {
    "updated_figure": 45,
    "stale_date": 35,
    "qualifier_added": 1,
    "qualifier_dropped": 1,
    "value_conflict": 0,
}
_MARKED = re.compile(r"⟦([\w'-]+)\|([^⟧]*)⟧")


@dataclass(frozen=True, slots=True)
class Passage:
    """Where an article answers a question: ``start`` to ``end`` of the body, or of the title.

    A question belongs to its story, but for the standing figures of a country ("army_of_Norway"), which any
    story may tell.
    """

    url: str
    question: str
    start: int
    end: int
    text: str
    headline: bool = False

    @property
    def is_background(self) -> bool:
        return "_of_" in self.question


@dataclass(frozen=True, slots=True)
class Planted:
    """What a check should report, about which question, in which article (by URL)."""

    check: str
    question: str
    url: str


@dataclass(frozen=True, slots=True)
class Story:
    """What happened, as its outlets tell it. ``copies`` are pairs of URLs: the copy, and what it copied."""

    serial: int
    articles: tuple[records.Document, ...]
    passages: tuple[Passage, ...]
    planted: tuple[Planted, ...] = ()
    copies: tuple[tuple[str, str], ...] = ()
    #: By the article's URL what stood on its page before it was changed.
    before: Mapping[str, records.Document] = field(default_factory=dict)
    references: tuple[records.ReferenceValue, ...] = ()


def stories(number: int, seed: int = 1) -> list[records.Document]:
    """``number`` articles, story by story."""
    out: list[records.Document] = []
    serial = 0
    while len(out) < number:
        out += story(serial, seed).articles
        serial += 1
    return out[:number]


def told(
    number: int,
    seed: int = 1,
    *,
    first: int = 0,
    planted_in: float = PLANTED_IN,
    plants: tuple[str, ...] = PLANTS,
) -> Iterator[Story]:
    """``number`` stories with their truth, from the ``first``."""
    return (story(serial, seed, planted_in, plants) for serial in range(first, first + number))


def story(
    serial: int, seed: int = 1, planted_in: float = PLANTED_IN, plants: tuple[str, ...] = PLANTS
) -> Story:
    """The story of this number: three to nine outlets within a few days, but for late plants.

    In ``planted_in`` of the stories one of ``plants`` is planted, in turn.
    """
    chance = random.Random(f"{seed} {serial}")
    plant = plants[serial % len(plants)] if chance.random() < planted_in else None
    return _Telling(chance, serial, plant).story()


@cache
def _given() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def _countries() -> list[tuple[str, str]]:
    """States whose name is one word and that have an adjective."""
    states: Mapping[str, Any] = load("parties")["states"]
    return [
        (name, entry["demonyms"][0])
        for name, entry in states.items()
        if " " not in name and entry["demonyms"]
    ]


@dataclass(slots=True)
class _Question:
    name: str
    spec: Mapping[str, Any]
    value: float
    part: int

    @property
    def is_rounded_in_print(self) -> bool:
        return "days" not in self.spec and (self.value >= 100 or "money" in self.spec)


@dataclass(slots=True)
class _Telling:
    """One story being made."""

    chance: random.Random
    serial: int
    plant: str | None = None
    day: date = field(init=False)
    kind: Mapping[str, Any] = field(init=False)
    words: dict[str, str] = field(init=False)
    own: dict[str, list[str]] = field(init=False)
    questions: list[_Question] = field(init=False)

    def story(self) -> Story:
        chance = self.chance
        plant = self.plant
        needed = NEEDS[plant] if plant else "name"
        kinds = [k for k in _given()["kinds"].values() if any(_has(q, needed) for q in k["questions"])]
        self.kind = chance.choice(kinds)
        self._name_things()
        self.day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        if plant == "stale_date":
            self.day = self.day.replace(day=20)
        self.questions = [self._question(spec) for spec in self.kind["questions"]]
        about = chance.choice([q.name for q in self.questions if _has(q.spec, needed)])
        about = "quotation" if plant in ("quote_drift", "attribution_conflict") else about
        quotation = self._filled(chance.choice(_given()["filler"]["quotations"]))
        outlets = chance.sample(_given()["outlets"]["names"], min(24, 3 + int(chance.expovariate(0.45))))
        culprit = chance.randrange(1, len(outlets))
        wire = chance.choice(_given()["outlets"]["wires"])
        wire_text = self._body(plant, about, quotation)
        articles: list[records.Document] = []
        passages: list[Passage] = []
        planted: list[Planted] = []
        copies: list[tuple[str, str]] = []
        before: dict[str, records.Document] = {}
        first_copy: str | None = None
        for nth, outlet in enumerate(outlets):
            later = chance.choice([0, 0, 0, 1, 1, 2])
            url = f"https://{outlet.lower().replace(' ', '-')}.example/{self.serial}"
            guilty = plant is not None and nth == culprit
            if plant in _LATER:
                later = _LATER[plant] if guilty else 0
            credited = None
            if plant == "circular_citation" and nth in (culprit, culprit - 1):
                credited = outlets[culprit - 1 if guilty else culprit]
            copying = not guilty and credited is None and chance.random() < 0.3
            if copying:
                later = min(later, 1)  # what rose since is not in the wire's text
                kept = wire_text if chance.random() < 0.5 else wire_text[: max(3, len(wire_text) // 2)]
                marked = [*kept, f"({wire})"]
                copies += [(url, first_copy)] if first_copy else []
                first_copy = first_copy or url
            else:
                rises = later > 1 and plant not in _LATER
                marked = self._body(
                    plant, about, quotation, guilty=guilty, credited=credited, later=later, rises=rises
                )
            if guilty and plant == "attribution_conflict":
                other = f"{chance.choice(_given()['names']['given'])} {self._name()}"
                marked = [_renamed(text, self.words["person"], other) for text in marked]
            marked = [*marked, *self._boilerplate(outlet)]
            title, body = self._title(plant if guilty else None, about), "\n\n".join(marked)
            for marks, headline in ((title, True), (body, False)):
                passages += _passages(marks, url, headline)
            article = records.Document(
                raw=plain(body).encode(),
                content_type="text/plain",
                outlet=outlet,
                title=plain(title),
                published=self.day + timedelta(days=later),
                url=url,
            )
            if guilty:
                planted.append(Planted(plant or "", about, url))
                if plant == "silent_edit":
                    before[url] = replace(article, raw=plain(self._earlier(body, about)).encode())
            articles.append(article)
        references = tuple(
            self._reference(q)
            for q in self.questions
            if "reference" in q.spec
            and (plant == "reference_mismatch" or (not plant and chance.random() < 0.5))
        )
        return Story(
            self.serial, tuple(articles), tuple(passages), tuple(planted), tuple(copies), before, references
        )

    def _earlier(self, body: str, about: str) -> str:
        """The body as it stood before somebody put another figure into it."""
        question = next(q for q in self.questions if q.name == about)
        return re.sub(
            rf"⟦{about}\|[^⟧]*⟧",
            f"⟦{about}|{_said(question, _other_value(question, self.chance))}⟧",
            body,
        )

    def _reference(self, question: _Question) -> records.ReferenceValue:
        """What an authority has on a question: the true value."""
        given = {k: self._filled(v, {}) for k, v in question.spec["reference"].items()}
        return records.ReferenceValue(
            f"reference {self.serial} {question.name}", "The Inspectorate", kind="value",
            title=f"{given['object']} of {self.words['country']}", actor=self.words["country"],
            action=given["action"], object=given["object"], unit=given["unit"],
            value=Decimal(str(question.value)), start=self.day, edition="Annual report",
        )  # fmt: skip

    # -- what there is to tell ---------------------------------------------------------------------------

    def _name_things(self) -> None:
        chance, words = self.chance, _given()["words"]
        (country, adjectival), (other, other_adjectival) = chance.sample(_countries(), 2)
        self.own = {
            "noun": chance.sample(words["nouns"], 14),
            "adjective": chance.sample(words["adjectives"], 9),
            "verb": chance.sample(words["verbs"], 6),
        }
        self.words = {
            "country": country, "adjectival": adjectival,
            "other": other, "other_adjectival": other_adjectival,
            "town": self._name(), "firm": f"{self._name()} {chance.choice(['Works', 'Systems', 'Yards'])}",
            "exercise": f"{self._name()} Shield", "surname": self._name(), "thing": "",
            "modifier": chance.choice(words["modifiers"]), "things": chance.choice(words["things"]),
            "material": chance.choice(words["materials"]), "site": chance.choice(words["sites"]),
            "cause": chance.choice(words["causes"]), "noun": self.own["noun"][0],
            "adjective": self.own["adjective"][0], "title": chance.choice(words["titles"]),
            "given": chance.choice(_given()["names"]["given"]), "hedge": "",
        }  # fmt: skip
        self.words["person"] = f"{self.words['given']} {self.words['surname']}"

    def _name(self) -> str:
        names = _given()["names"]
        return "".join(self.chance.choice(names[part]) for part in ("starts", "middles", "ends"))

    def _question(self, spec: Mapping[str, Any]) -> _Question:
        low, high = spec["figures"] if "figures" in spec else spec["days"]
        if isinstance(low, float):
            return _Question(spec["name"], spec, round(self.chance.uniform(low, high), 1), 0)
        # Small figures are commoner than large ones, and few are round.
        value = int(low * (high / low) ** self.chance.random())
        return _Question(
            spec["name"], spec, value + (value % 10 == 0), self.chance.randint(2, max(3, value // 3))
        )

    # -- how an outlet tells it --------------------------------------------------------------------------

    def _body(
        self,
        plant: str | None,
        about: str,
        quotation: str,
        *,
        guilty: bool = False,
        credited: str | None = None,
        later: int = 0,
        rises: bool = False,
    ) -> list[str]:
        """The paragraphs, figures marked; the others say what makes the plant of the ``guilty`` one show."""
        paragraphs = []
        for question in self.questions:
            planted = plant if question.name == about else None
            sentence = self._sentence(question, planted, guilty, later=later, rises=rises, credited=credited)
            paragraphs += [f"{sentence} {self._filler(1)}", self._filler(3)]
        if self.chance.random() < BACKGROUND_IN:
            paragraphs[-1] += " " + self._background()
        person = self.words["person"]
        if guilty and plant == "quote_drift":
            quotation = self._drifted(quotation)
        said = f"“⟦quotation|{quotation}⟧,” {person}, the {self.words['title']}, told reporters."
        paragraphs.insert(2, said)
        return [*paragraphs, self._filler(3), self._filler(2)]

    def _sentence(
        self,
        question: _Question,
        plant: str | None,
        guilty: bool,
        *,
        later: int = 0,
        rises: bool = False,
        credited: str | None = None,
    ) -> str:
        """One sentence with the figure of a question, in this outlet's words."""
        spec, chance = question.spec, self.chance
        here = {
            "hedge": "",
            "part": "",
            "by": "",
            "day": "",
            "before": "",
            "one": "",
            "two": "",
            "percent": "",
        }
        if "days" in spec:
            apart = question.value + (chance.choice([-20, -9, 30, 61]) if guilty and plant else 0)
            said = _day(self.day + timedelta(days=int(apart)))
        else:
            said = _said(question, self._value(question, plant, guilty, rises))
        wordings = spec["wordings"]
        if plant == "scope_mismatch":
            wordings = spec["scopes"]["other" if guilty else "one"]
        elif plant == "updated_figure":
            wordings, here["day"] = spec["as_of"], _day(self.day + timedelta(days=later - 5))
        elif plant and credited:
            wordings, here["by"] = [spec["retold"]], credited
        elif plant == "stale_date":
            wordings = spec["relative"][:1]
        elif "summed" in spec and (plant == "arithmetic" if guilty else chance.random() < 0.15 and not plant):
            wordings = spec["summed"]
            said = self._sum(question, here, wrong=guilty)
        wording = chance.choice(wordings)
        unit = spec["converted"][0] if "converted" in spec else ""
        if unit and (plant == "conversion_slip" if guilty else plant is None and chance.random() < 0.25):
            factor = spec["converted"][1] * (chance.choice([0.5, 1.6, 2.2]) if guilty else 1)
            other = _figure(_to_three_digits(question.value * factor), unit)
            said = f"{said} ({other})" if guilty or chance.random() < 0.5 else other
        elif plant == "unit_slip" and guilty:
            said = _figure(question.value, unit)
        elif plant == "approximation_hardened":
            rounded = _rounded(question.value, _unit(spec))
            said = rounded if guilty else f"about {rounded}"
        elif plant is None and chance.random() < 0.2 and question.is_rounded_in_print and not here["one"]:
            said = f"about {_rounded(question.value, _unit(spec))}"
        if (plant == "qualifier_dropped" and not guilty) or (plant == "qualifier_added" and guilty):
            said = f"{spec['bounded']} {said}"
        if plant == "part_dropped" and not guilty:
            here["part"] = spec["part"].replace("{part}", str(question.part))
        if plant == "hedge_dropped":
            here["hedge"] = spec["hedged"][0]
            if guilty:
                wording = chance.choice(spec["done"])
        return _capital(self._filled(wording, here | {"number": f"⟦{question.name}|{said}⟧"}))

    def _value(self, question: _Question, plant: str | None, guilty: bool, rises: bool) -> float:
        """The figure an article gives: the true one, if nothing is planted and nobody knows of more."""
        value = question.value
        if guilty and plant in ("value_conflict", "reference_mismatch", "updated_figure", "scope_mismatch"):
            return _other_value(question, self.chance)
        if guilty and plant == "magnitude_slip":
            return value * 1000 if "money" in question.spec else value * 10
        if rises and question.spec.get("rises"):
            return int(value * 1.2) + 1
        return value

    def _sum(self, question: _Question, here: dict[str, str], *, wrong: bool) -> str:
        """Numbers that make up the figure, or do not, for ``here``; returns the figure."""
        value, one = int(question.value), min(question.part, int(question.value) - 1)
        off = self.chance.choice([2, 3, max(4, value // 5)]) if wrong else 0
        here["one"], here["two"] = f"{one:,}", f"{value - one + off:,}"
        percent = (25, 50, 60, 75)[question.part % 4]
        here["percent"] = str(percent + (15 if wrong else 0))
        before = round(value / (1 + percent / 100))
        here["before"] = _figure(before, _unit(question.spec))
        return _said(question, value)

    def _background(self) -> str:
        """A figure that has nothing to do with the story; the same in every story of the country."""
        spec = self.chance.choice(_given()["background"]["questions"])
        country = self.words["country"]
        low, high = spec["figures"]
        fixed = random.Random(f"{country} {spec['name']}")
        value = low * (high / low) ** fixed.random()
        value = round(value, 1) if "money" in spec else int(value)
        said = _figure(value, "money" if "money" in spec else "")
        question = f"{spec['name']}_of_{country}"
        return self._filled(self.chance.choice(spec["wordings"]), {"number": f"⟦{question}|{said}⟧"})

    def _title(self, plant: str | None, about: str) -> str:
        """A headline; one that tells another figure than its body if that is planted."""
        for question in self.questions:
            if plant == "headline_body" and question.name == about:
                wrong = _said(question, int(question.value * 1.45) + 3)
                marked = {"number": f"⟦{question.name}|{wrong}⟧"}
                return _capital(self._filled(question.spec["headlined"], marked))
        return _capital(self._filled(self.chance.choice(self.kind["headlines"])))

    def _boilerplate(self, outlet: str) -> list[str]:
        lines = _given()["outlets"]["boilerplate"]
        return [lines[len(outlet) % len(lines)].replace("{outlet}", outlet)]

    def _filler(self, sentences: int) -> str:
        """Sentences without a figure, in the words of this story."""
        return " ".join(
            _capital(self._filled(self.chance.choice(_given()["filler"]["sentences"])))
            for _ in range(sentences)
        )

    def _filled(self, template: str, here: Mapping[str, str] | None = None) -> str:
        """The template with its words; nouns, adjectives and verbs vary from place to place."""

        def word(match: re.Match[str]) -> str:
            name = match.group(1)
            if here and name in here:
                return here[name]
            # Of an event only its own noun is told.
            vary = here is None and name in self.own
            return self.chance.choice(self.own[name]) if vary else self.words.get(name, "")

        filled = re.sub(r"\{(\w+)\}", word, template)
        return re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", filled)

    def _drifted(self, quotation: str) -> str:
        """The quotation with one of its words replaced by its opposite in effect: another of the story."""
        words = quotation.split()
        at = [i for i, word in enumerate(words) if word.strip(",") in self.own["adjective"]]
        place = self.chance.choice(at)
        was = words[place].strip(",")
        now = self.chance.choice([x for x in self.own["adjective"] if x != was])
        words[place] = words[place].replace(was, now)
        return " ".join(words)


def _renamed(text: str, person: str, other: str) -> str:
    """The text with another's name, in full and by the surname."""
    return text.replace(person, other).replace(person.split()[-1], other.split()[-1])


def plain(marked: str) -> str:
    """A text without its marks."""
    return _MARKED.sub(lambda match: match.group(2), marked)


def _passages(marked: str, url: str, headline: bool) -> Iterator[Passage]:
    gone = 0
    for match in _MARKED.finditer(marked):
        start = match.start() - gone
        text = match.group(2)
        gone += len(match.group()) - len(text)
        yield Passage(url, match.group(1), start, start + len(text), text, headline)


def _has(spec: Mapping[str, Any], needed: str) -> bool:
    """Whether something can be planted in a question; ten times 20 percent is no slip of the pen."""
    return spec.get("unit") != "percent" and "figures" in spec if needed == "slips" else needed in spec


def _unit(spec: Mapping[str, Any]) -> str:
    return "money" if "money" in spec else str(spec.get("unit", ""))


def _said(question: _Question, value: float) -> str:
    return _figure(value, _unit(question.spec))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _other_value(question: _Question, chance: random.Random) -> float:
    """A figure that cannot be true if the question's own is; of a share one of at most all."""
    if "money" in question.spec:
        return round(question.value * chance.choice([1.4, 1.7]), 1)
    if question.spec.get("unit") == "percent":
        return min(int(question.value) + 23, 99) if question.value < 70 else int(question.value) - 23
    return int(question.value * 1.45) + 3


def _to_three_digits(value: float) -> int:
    """As a newspaper converts: 1,234 kilometres are 767 miles, 8,900 kilograms 19,600 pounds."""
    grain = max(10 ** (len(str(int(value))) - 3), 1)
    return int(round(value / grain) * grain)


def _figure(value: float, unit: str) -> str:
    if unit == "money":
        return f"${value:g} billion" if value < 1000 else f"${value / 1000:g} trillion"
    return f"{value:,} {unit}".strip()


def _rounded(value: float, unit: str) -> str:
    """The figure to its first digit or two, as headlines have it."""
    if unit == "money":
        return _figure(round(value), unit)
    grain = 10 ** (len(str(int(value))) - 2)
    return _figure(round(value / grain) * grain, unit)


def _capital(sentence: str) -> str:
    """With a capital at its beginning, which may stand within a mark."""
    at = sentence.index("|") + 1 if sentence.startswith("⟦") else 0
    return sentence[:at] + sentence[at : at + 1].upper() + sentence[at + 1 :]
