"""What a quantity belongs to, sentence by sentence: the figure as quoted and the words it belongs to."""

from __future__ import annotations

import pytest

from claims.engine.article import Sentence, read_article
from claims.engine.concepts import Concept, concepts_of

# sentence, a piece of the quantity as written, its things ("" for none; "|" between two)
CASES = [
    # the subject
    ("The Pentagon will spend almost $18 billion on interceptors.", "$18 billion", "Pentagon"),
    ("Russia has more than 1,500 deployed warheads.", "1,500", "Russia"),
    ("The defence budget rose 4 per cent.", "4 per cent", "defence budget"),
    ("Spending on missile defence grew by 12 per cent last year.", "12 per cent", "Spending missile defence"),
    ("The missile weighs 35 tonnes.", "35 tonnes", "missile"),
    ("The yield of the warhead is 100 kilotons.", "100 kilotons", "yield warhead"),
    ("The contract for the radars was worth $200 million.", "$200 million", "contract radars"),
    ("Moscow expelled ten American diplomats.", "ten", "Moscow"),
    ("Ten diplomats were expelled by Moscow.", "Ten", ""),
    ("The bomber can carry 20 cruise missiles.", "20", "bomber"),
    ("Inspectors and technicians visited 14 sites.", "14", "Inspectors technicians"),
    ("The company, which makes the engines, employs 3,000 people.", "3,000", "company"),
    ("The treaty allows each side 18 inspections.", "18", "treaty"),
    ("Poland has been promised 96 helicopters.", "96", "Poland"),
    ("France said Britain would buy 12 submarines.", "12", "Britain"),
    ("The ministry plans to dismantle 40 launchers.", "40", "ministry"),
    ("A fleet that counts 60 warships needs a harbour.", "60", "fleet"),
    ("Officials say the silo holds 3 warheads.", "3", "silo"),
    # nobody in particular
    ("It has a crew of 120.", "120", "crew"),
    ("They destroyed 72 tanks.", "72", ""),
    ("There are 9 nuclear states.", "9", ""),
    ("One of the missiles failed.", "One", ""),
    # the noun behind "of"
    ("About 40 per cent of the missiles failed.", "40 per cent", "missiles"),
    ("Two thirds of the stockpile is obsolete.", "Two thirds", "stockpile"),
    ("Workers removed 5 kg of enriched uranium.", "5 kg", "enriched uranium | Workers"),
    ("They shipped 300 tonnes of heavy water.", "300 tonnes", "heavy water"),
    # the noun the figure belongs to
    ("The rocket has a range of 500 km.", "500 km", "range | rocket"),
    ("The navy ordered a fleet of 12 frigates.", "12", "fleet"),
    ("The court imposed a fine of $3 million on the exporter.", "$3 million", "fine | court"),
    ("It flew at a speed of 900 kilometres per hour.", "900", "speed"),
    ("A survey of 2,000 adults was published.", "2,000", "survey"),
    # the noun the figure stands before
    ("The bank charges a 2 per cent fee.", "2 per cent", "fee | bank"),
    ("Washington approved a $650 million package.", "$650 million", "package | Washington"),
    ("It carries a 450 kg warhead.", "450 kg", "warhead"),
    ("The 300-kilometre rocket was tested.", "300", "rocket"),
    ("The 52-year-old inspector resigned.", "52", "inspector"),
    # the object that is brought somewhere
    ("Berlin cut its share to 3 per cent.", "3 per cent", "share | Berlin"),
    ("The plant reduced output by 15 per cent.", "15 per cent", "output | plant"),
    ("The agency sold the reactor for $40 million.", "$40 million", "reactor | agency"),
    # asides
    ("Exports of arms (up 7 per cent) set a record.", "7 per cent", "Exports arms"),
    ("Unit price: $3.5 million.", "$3.5 million", "Unit price"),
    ("The fine was 10 million euros ($11 million).", "$11 million", "fine"),
    # two clauses
    ("Exports rose 3 per cent while imports fell 5 per cent.", "3 per cent", "Exports"),
    ("Exports rose 3 per cent while imports fell 5 per cent.", "5 per cent", "imports"),
    ("Iran has 20 boats and Oman has 30 boats.", "20", "Iran"),
    ("Iran has 20 boats and Oman has 30 boats.", "30", "Oman"),
    ("Norway bought jets and spent $2 billion.", "$2 billion", "Norway"),
    # words that other parts of speech look like
    ("Meanwhile, exports to Egypt dropped 7 per cent.", "7 per cent", "exports Egypt"),
    ("Raytheon's shares rose 3 per cent.", "3 per cent", "Raytheon shares"),
    ("Prices range from $300 to $900.", "from $300 to $900", "Prices"),
    ("The US army and the us navy lost 12 drones.", "12", "US army us navy"),
    ("The total cost was $3 million.", "$3 million", "cost"),
    ("The i8 engine gives 300 horsepower.", "300 horsepower", "i8 engine"),
    ("The agency won a five-year $90 million award.", "$90 million", "five-year award | agency"),
    ("They value the bid at $112 million.", "$112 million", "bid"),
    ("The Union of Flight Engineers represents almost 900 workers.", "900", "Union Flight Engineers"),
    # lists without verbs
    ("Dow +0.2% Nasdaq +0.8%.", "0.2%", "Dow"),
    ("Dow +0.2% Nasdaq +0.8%.", "0.8%", "Nasdaq"),
    # subjects further away
    ("Finland announced plans to buy 64 jets.", "64", "Finland"),
    ("The ruble lost ground, falling 3 per cent.", "3 per cent", "ruble"),
    ("The index was quiet after gaining 5 points.", "5 points", "index"),
    ("Markets were calm, with the defence index gaining 2 per cent.", "2 per cent", "defence index"),
    ("Each of the launchers costs $4 million.", "$4 million", "launchers"),
    ("Makarov uses a channel where he has 80,000 followers.", "80,000", "Makarov"),
    ("The rate between the dollar and the ruble is 90 to 1.", "90", "rate dollar ruble"),
    ("The minister found 81 per cent of the shells lacked fuses.", "81 per cent", "shells"),
    ("The yard boosted its dividend 20 per cent.", "20 per cent", "dividend | yard"),
    ("The yard reported a loss for the first quarter of $26 million.", "$26 million", "loss | yard"),
    # what stands behind a figure
    (
        "Police found 1,300 pounds (600 kgs) of fertilizer in a shed.",
        "1,300 pounds",
        "fertilizer | Police",
    ),
    ("I paid $12,000 for a new antenna.", "$12,000", "new antenna"),
    ("It costs 900 euros (1,000 dollars) for the export version.", "900 euros", "export version"),
    ("He was charged with 14 counts of arms smuggling.", "14", "arms smuggling"),
    ("Recruits under the age of 18 stayed home.", "18", "Recruits"),
    # the same thing again
    ("Shares of the shipyard, down 68 points at 1,112, recovered.", "1,112", "Shares shipyard"),
    ("Two years later the ministry bought 8 ships.", "Two years", ""),
    (
        "The firm lowered its forecast for the first quarter ended December to $84 million.",
        "$84",
        "forecast | firm",
    ),
    ("Sales were $3.1 million, down 9.2% year over year.", "9.2%", "Sales"),
]


def _read(text: str, piece: str) -> tuple[Sentence, Concept]:
    for sentence in read_article(text, None).sentences:
        for reading, concept in zip(sentence.readings, concepts_of(sentence), strict=True):
            if piece in sentence.words(reading.first, reading.last):
                return sentence, concept
    raise AssertionError(f"no quantity {piece!r}")


@pytest.mark.parametrize(("text", "piece", "things"), CASES)
def test_a_quantity_belongs_to_what_the_sentence_says(text: str, piece: str, things: str) -> None:
    sentence, concept = _read(text, piece)
    assert [" ".join(thing) for thing in concept.things_in_words(sentence)] == (
        things.split(" | ") if things else []
    )


def test_the_words_of_a_concept_can_be_shown_where_they_stand() -> None:
    text = "The Pentagon will spend almost $18 billion on interceptors."
    sentence, concept = _read(text, "$18 billion")
    spans = [sentence.chars(a, b).of(text) for thing in concept.things for a, b in thing]
    assert spans == ["Pentagon"]


def test_a_sentence_without_numbers_has_no_concepts() -> None:
    (sentence,) = read_article("The talks in Vienna failed.", None).sentences
    assert concepts_of(sentence) == []


def test_a_long_list_is_read_to_its_end() -> None:
    text = "The list names " + ", ".join(f"{n} tanks" for n in range(20, 60)) + "."
    (sentence,) = read_article(text, None).sentences
    assert len(concepts_of(sentence)) == len(sentence.readings)
