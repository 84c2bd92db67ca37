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
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from claims.engine import records
from claims.engine.lexicons import load

FIRST_DAY, DAYS = date(2019, 1, 1), 1500
#: How often an article tells a standing figure of its country.
BACKGROUND_IN = 0.5
#: How often something is planted, and what; each name is that of the check which should report it, but
#: "copied": an unchanged wire story, for the origins.
PLANTED_IN = 0.35
PLANTS = (
    "value_conflict",
    "magnitude_slip",
    "unit_slip",
    "qualifier_dropped",
    "part_dropped",
    "hedge_dropped",
    "approximation_hardened",
    "headline_body",
    "quote_drift",
    "attribution_conflict",
)
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


def stories(number: int, seed: int = 1) -> list[records.Document]:
    """``number`` articles, story by story."""
    out: list[records.Document] = []
    serial = 0
    while len(out) < number:
        out += story(serial, seed).articles
        serial += 1
    return out[:number]


def told(number: int, seed: int = 1, *, first: int = 0) -> Iterator[Story]:
    """``number`` stories with their truth, from the ``first``."""
    return (story(serial, seed) for serial in range(first, first + number))


def story(serial: int, seed: int = 1) -> Story:
    """The story of this number: three to nine outlets within a few days."""
    chance = random.Random(f"{seed} {serial}")
    return _Telling(chance, serial).story()


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
        return self.value >= 100 or "money" in self.spec


@dataclass(slots=True)
class _Telling:
    """One story being made."""

    chance: random.Random
    serial: int
    kind: Mapping[str, Any] = field(init=False)
    words: dict[str, str] = field(init=False)
    own: dict[str, list[str]] = field(init=False)
    questions: list[_Question] = field(init=False)

    def story(self) -> Story:
        chance = self.chance
        self.kind = chance.choice(list(_given()["kinds"].values()))
        self._name_things()
        self.questions = [self._question(spec) for spec in self.kind["questions"]]
        quotation = self._filled(chance.choice(_given()["filler"]["quotations"]))
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        outlets = chance.sample(_given()["outlets"]["names"], min(24, 3 + int(chance.expovariate(0.45))))
        plant, planted_about = self._plant()
        culprit = chance.randrange(1, len(outlets))
        wire = chance.choice(_given()["outlets"]["wires"])
        wire_text = self._body(plant, quotation, {})
        articles: list[records.Document] = []
        passages: list[Passage] = []
        planted: list[Planted] = []
        copies: list[tuple[str, str]] = []
        first_copy: str | None = None
        for nth, outlet in enumerate(outlets):
            later = chance.choice([0, 0, 0, 1, 1, 2])
            url = f"https://{outlet.lower().replace(' ', '-')}.example/{self.serial}"
            guilty = plant if nth == culprit else None
            changes = {planted_about: guilty} if guilty else {}
            copying = guilty is None and chance.random() < 0.3
            if copying:
                kept = wire_text if chance.random() < 0.5 else wire_text[: max(3, len(wire_text) // 2)]
                marked = [*kept, f"({wire})"]
                copies += [(url, first_copy)] if first_copy else []
                first_copy = first_copy or url
            else:
                marked = self._body(plant, quotation, changes, rises=later > 1)
            marked = [*marked, *self._boilerplate(outlet)]
            title, body = self._title(changes), "\n\n".join(marked)
            for marks, headline in ((title, True), (body, False)):
                passages += _passages(marks, url, headline)
            if guilty:
                planted.append(Planted(guilty, planted_about, url))
            articles.append(
                records.Document(
                    raw=plain(body).encode(),
                    content_type="text/plain",
                    outlet=outlet,
                    title=plain(title),
                    published=day + timedelta(days=later),
                    url=url,
                )
            )
        return Story(self.serial, tuple(articles), tuple(passages), tuple(planted), tuple(copies))

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
        low, high = spec["figures"]
        if isinstance(low, float):
            return _Question(spec["name"], spec, round(self.chance.uniform(low, high), 1), 0)
        # Small figures are commoner than large ones, and few are round.
        value = int(low * (high / low) ** self.chance.random())
        return _Question(
            spec["name"], spec, value + (value % 10 == 0), self.chance.randint(2, max(3, value // 3))
        )

    def _plant(self) -> tuple[str | None, str]:
        """What is planted, if anything, and about which question."""
        chance = self.chance
        if chance.random() >= PLANTED_IN:
            return None, ""
        needs = {
            "qualifier_dropped": "bounded", "part_dropped": "part", "hedge_dropped": "hedged",
            "unit_slip": "converted", "headline_body": "headlined",
        }  # fmt: skip
        possible = [
            (check, question.name)
            for check in PLANTS
            for question in self.questions
            if needs.get(check, "name") in question.spec
            and not (
                check == "approximation_hardened" and question.value < 100 and "money" not in question.spec
            )
        ]
        check, name = chance.choice(possible)
        return check, "quotation" if check in ("quote_drift", "attribution_conflict") else name

    # -- how an outlet tells it --------------------------------------------------------------------------

    def _body(
        self, plant: str | None, quotation: str, changes: Mapping[str, str | None], *, rises: bool = False
    ) -> list[str]:
        """The paragraphs, figures marked. ``plant`` is what the others must say for the change to show."""
        paragraphs = []
        for question in self.questions:
            sentence = self._sentence(question, plant, changes.get(question.name), rises=rises)
            paragraphs += [f"{sentence} {self._filler(1)}", self._filler(3)]
        if self.chance.random() < BACKGROUND_IN:
            paragraphs[-1] += " " + self._background()
        person = self.words["person"]
        if changes.get("quotation") == "quote_drift":
            quotation = self._drifted(quotation)
        if changes.get("quotation") == "attribution_conflict":
            person = f"{self.chance.choice(_given()['names']['given'])} {self._name()}"
        said = f"“⟦quotation|{quotation}⟧,” {person}, the {self.words['title']}, told reporters."
        paragraphs.insert(2, said)
        return [*paragraphs, self._filler(3), self._filler(2)]

    def _sentence(
        self, question: _Question, plant: str | None, change: str | None, *, rises: bool = False
    ) -> str:
        """One sentence with the figure of a question, in this outlet's words."""
        spec, value, chance = question.spec, question.value, self.chance
        if change == "value_conflict":
            value = (
                round(value * chance.choice([1.4, 1.7, 0.6]), 1) if "money" in spec else int(value * 1.6) + 3
            )
        elif change == "magnitude_slip":
            value = value * 1000 if "money" in spec else value * 10
        elif rises and spec.get("rises"):
            value = int(value * 1.2) + 1
        unit = "money" if "money" in spec else spec.get("unit", "")
        said = _figure(value, unit)
        converted = "converted" in spec and chance.random() < 0.25 and plant is None
        if change == "unit_slip":
            said = _figure(value, spec["converted"][0])
        elif converted:
            said = _figure(round(value * spec["converted"][1]), spec["converted"][0])
        elif plant == "approximation_hardened":
            said = _rounded(value, unit) if change else f"about {_rounded(value, unit)}"
        elif plant is None and change is None and chance.random() < 0.2:
            said = f"about {_rounded(value, unit)}" if question.is_rounded_in_print else said
        if plant == "qualifier_dropped" and change is None and "bounded" in spec:
            said = f"{spec['bounded']} {said}"
        part = spec.get("part", "").replace("{part}", str(question.part)) if plant == "part_dropped" else ""
        hedge = spec["hedged"][0] if plant == "hedge_dropped" and "hedged" in spec else ""
        wording = chance.choice(spec["wordings"])
        if hedge and "{hedge}" not in wording:
            wording = hedge.strip().capitalize() + ", " + wording
        here = {"hedge": "" if change else hedge, "part": "" if change else part}
        if change == "hedge_dropped":
            wording = wording.removeprefix(hedge.strip().capitalize() + ", ")
        return _capital(self._filled(wording, here | {"number": f"⟦{question.name}|{said}⟧"}))

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

    def _title(self, changes: Mapping[str, str | None]) -> str:
        """A headline; one that tells another figure than its body if that is planted."""
        for question in self.questions:
            if "headlined" in question.spec and changes.get(question.name) == "headline_body":
                wrong = _figure(int(question.value * 1.6) + 3, question.spec.get("unit", ""))
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
