"""Made-up news: stories told by several outlets each, from our own sentences.

Every story has figures of its own. Outlets repeat, round, drop a qualifier or a part, or copy a whole
paragraph, so that there is something to link, to check and to trace. The same seed gives the same stories.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from claims.engine import records

ACTORS = [
    ("Norway", "Norwegian"), ("Finland", "Finnish"), ("Sweden", "Swedish"), ("Poland", "Polish"),
    ("Turkey", "Turkish"), ("Japan", "Japanese"), ("Canada", "Canadian"), ("Australia", "Australian"),
    ("Italy", "Italian"), ("Spain", "Spanish"), ("Greece", "Greek"), ("Romania", "Romanian"),
]  # fmt: skip
THINGS = [
    "interceptors", "launchers", "cruise missiles", "tanks", "howitzers", "submarines", "radar stations",
    "fighter jets", "patrol boats", "air-defence batteries", "surveillance drones", "armoured vehicles",
]  # fmt: skip
PLACES = [
    "the far north",
    "the eastern border",
    "the southern coast",
    "two island bases",
    "the central plain",
]
OUTLETS = [
    "Harbour Herald", "The Fjord Times", "Evening Ledger", "Strait Gazette", "Northern Wire Review",
    "Capital Courier", "The Lantern", "Weekly Compass", "Morning Bridge", "The Orchard Post",
]  # fmt: skip
PEOPLE = ["Anna Lindqvist", "Tomas Berger", "Maria Kowalska", "Henrik Dahl", "Elif Demir", "Kenji Mori"]
WORDS = """
after before council debate report committee budget minister spokesman question answer public winter harbour
valley decision schedule parliament officer witness engineer inspection agreement review letter figure measure
proposal region village crew transport bridge railway contract workshop training season
""".split()  # noqa: SIM905


def stories(number: int, seed: int = 1) -> list[records.Document]:
    """``number`` articles; each story is told by two to four outlets within a few days."""
    chance = random.Random(seed)
    out: list[records.Document] = []
    while len(out) < number:
        out += _story(chance, len(out))
    return out[:number]


def _story(chance: random.Random, serial: int) -> list[records.Document]:
    country, adjective = chance.choice(ACTORS)
    thing, place = chance.choice(THINGS), chance.choice(PLACES)
    amount, part = chance.randint(21, 96), chance.randint(3, 15)
    billions = chance.randint(11, 89) / 10
    person = chance.choice(PEOPLE)
    day = date(2021, 1, 1) + timedelta(days=chance.randint(0, 900))
    quotation = " ".join(chance.choices(WORDS, k=18)).capitalize()
    copied = _paragraph(chance, 60)
    told = []
    for outlet in chance.sample(OUTLETS, chance.randint(2, 4)):
        qualifier = chance.choice(["as many as ", "as many as ", ""])
        total = amount + (chance.choice([0, 0, 0, 7]))
        stated_part = f", including {part} for training" if chance.random() < 0.5 else ""
        cost = f"${billions} billion" if chance.random() < 0.7 else f"about ${round(billions)} billion"
        paragraphs = [
            f"{country} plans to deploy {qualifier}{total} {thing}{stated_part} in {place}, "
            f"the {adjective} defence ministry said on {day:%A}.",
            _paragraph(chance, 50),
            f"The programme will cost {cost}, according to the ministry. {_paragraph(chance, 25)}",
            f"“{quotation},” {person} told reporters.",
            copied if chance.random() < 0.5 else _paragraph(chance, 60),
            _paragraph(chance, 70),
        ]
        published = day + timedelta(days=chance.randint(0, 2))
        told.append(
            records.Document(
                raw="\n\n".join(paragraphs).encode(),
                content_type="text/plain",
                outlet=outlet,
                title=f"{country} to deploy {thing} in {place}",
                published=published,
                url=f"https://{outlet.lower().replace(' ', '-')}.example/{serial + len(told)}",
            )
        )
    return told


def _paragraph(chance: random.Random, words: int) -> str:
    """Sentences without a figure."""
    sentences = []
    while words > 0:
        length = min(words, chance.randint(8, 16))
        sentences.append(" ".join(chance.choices(WORDS, k=max(length, 4))).capitalize() + ".")
        words -= length
    return " ".join(sentences)
