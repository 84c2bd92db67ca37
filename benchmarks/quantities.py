"""How well the engine reads numbers: ``python benchmarks/quantities.py DATA.json [--scorer SCORER.py]``.

DATA is a file of sentences with their quantities in the format of NewsQuant (CQE, EMNLP 2023). Every
sentence goes through the engine's reading of quantities (claims.engine.quantities), which types every
number before the extractors decide what becomes a claim; its readings are put into the data's terms (a
value or range, the change =, ~, >, <, up or down, a unit, a concept). ``--out`` keeps them as JSON lines;
``--scorer`` names a script called as ``SCORER DATA score PREDICTIONS`` whose table is then shown. Prints
sentences per CPU-second: of the engine's reading of value, unit and change (median of several passes, since
weights and words are kept once met), then of one pass with concepts, put in the data's terms.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.engine import lexicons
from claims.engine.article import Sentence, read_article
from claims.engine.concepts import Concept, concepts_of
from claims.engine.nouns import modifying_words
from claims.engine.quantities import Reading
from claims.engine.ratios import FACTORS

# The names NewsQuant gives to units that we call otherwise; other currencies go by their English names.
UNITS = {
    "percent": "percentage", "percentage point": "percentage", "USD": "dollar", "ILS": "shekel",
    "tonne": "metric ton", "pound": "pound-mass", "gigatonne": "gigaton", "times": "count",
    "person": "people", "amp": "ampere",
}  # fmt: skip
CURRENCIES = {code: entry["name"].lower() for code, entry in lexicons.load("currencies").items()}
CHANGES = {
    "about": "~", "almost": "~", "more_than": ">", "at_least": ">", "less_than": "<", "at_most": "<",
    "up_to": "<",
}  # fmt: skip
#: First words of modifiers that NewsQuant does not count as a bound ("as many as", "starting at").
NO_CHANGE = frozenset({"as", "starting"})
CLOSED = lexicons.words("prepositions") | lexicons.words("conjunctions") | lexicons.words("pronouns")
#: Whole numbers below are marked only where they count something.
SMALL = 100
#: Words before a figure by which it tells an amount even without a noun: "the toll rose to 53".
LED = frozenset({"to", "by", "than", "from"})
#: Kinds that NewsQuant does not mark.
UNMARKED = frozenset({"ordinal"})
#: Words before a counted noun that are no part of NewsQuant's unit.
NOT_IN_A_UNIT = frozenset({"other", "such", "more", "additional", "further", "of"})
#: Adjectives before a number that belong to the counted noun: "the previous two sessions".
BEFORE_THE_NUMBER = frozenset({"previous", "remaining", "record", "consecutive", "final"})
SUPERLATIVES = {"best": "good", "worst": "bad", "better": "good", "worse": "bad"}


def predict(text: str, *, concepts: bool = True) -> list[dict[str, Any]]:
    """The quantities of one sentence in NewsQuant's terms; without ``concepts`` only what they are."""
    article = read_article(text, None, credited=False)
    found = []
    for sentence in article.sentences:
        before: Reading | None = None
        for r in sentence.readings:
            moved = before is not None and _changes(sentence, before, r)
            if not moved and not _marked(sentence, r):
                continue
            row = in_their_terms(article, sentence, r, concepts)
            if (
                r.kind == "bare"
                and r.part
                and before is not None
                and before.noun is not None
                and row["unit"] == "-"
            ):
                row["unit"] = found[-1]["unit"]  # "6 million homes, including 1.5 million in the city"
            if moved and found and isinstance(found[-1]["value"], float) and isinstance(row["value"], float):
                # "rose from 30 to 44 billion": one quantity to them, from where to where
                first = found.pop()
                row["value"] = [first["value"], row["value"]][::moved]
                if row["unit"] == "-":
                    row["unit"] = first["unit"]
                row["change"] = "="
            if (
                found and row["change"] == "=" and sentence.lows[before.last : r.first] == ["("]
                if before
                else False
            ):
                # what stands in brackets is the same amount again: "more than 7 million crowns ($1 million)"
                row["change"] = found[-1]["change"] if found[-1]["change"] != "~" else "="
            found.append(row)
            before = r
    return found


def _changes(sentence: Sentence, a: Reading, b: Reading) -> int:
    """Whether two readings tell a change: 1 for "from a to b", -1 for "to a from b", 0 for neither."""
    if a.low is not None or b.low is not None or a.last > b.first:
        return 0
    between = sentence.lows[a.last : b.first]
    if len(between) > 3:
        return 0
    before = sentence.low(a.first - 1)
    if before == "from" and between[-1:] == ["to"]:
        return 1
    return -1 if before == "to" and between == ["from"] else 0


def _nothing_follows(sentence: Sentence, r: Reading) -> bool:
    after = sentence.tokens[r.last] if r.last < len(sentence.tokens) else None
    return after is None or after.kind != "word" or after.capital or after.low in CLOSED


def _marked(sentence: Sentence, r: Reading) -> bool:
    if r.kind == "label":
        # "a 12-page document", but not "a three-stage rocket"
        shared = sentence.tokens[r.last].kind == "sign" and sentence.low(r.last + 1) in (",", "and", "or")
        listed = sentence.low(r.first - 1) in ("and", "or", ",")
        return bool(r.quantity.unit) and (sentence.tokens[r.first].kind == "figure" or shared or listed)
    if r.attributive and r.family == "time":
        return False  # "a five-year award"
    small = r.quantity.rule == "point" and abs(r.quantity.value) < SMALL
    led = sentence.low(r.first - 1) in LED and sentence.tokens[r.number[0]].kind == "figure"
    if r.kind == "bare" and small and not r.quantity.unit and not led and _nothing_follows(sentence, r):
        return False  # a small whole number that counts nothing is no quantity to them ("chose four")
    return r.kind not in UNMARKED and not (r.kind == "ratio" and sentence.low(r.number[0]) in FACTORS)


def in_their_terms(article: Any, sentence: Sentence, r: Reading, concepts: bool) -> dict[str, Any]:
    """One reading as {"value", "change", "unit", "concept"}."""
    q = r.quantity
    value: Any = float(q.value)
    change = change_of(sentence, r)
    if r.low is not None and r.high is not None and r.low != r.high and q.rule != "fraction":
        value = [float(r.low), float(r.high)]
        if str(r.low).strip("0") == "2" and not str(r.high).strip(
            "9"
        ):  # "tens of millions": 10 to 100 million
            value, change = [float(r.low) / 2, float(r.high) + 1], "="
    unit, _, per = q.unit.partition(" per ")
    unit = CURRENCIES.get(unit, unit) if unit not in UNITS else UNITS[unit]
    if r.kind in ("count", "definite", "one_of") and r.noun is not None:
        unit = noun_unit(sentence, r, unit)
    if per:
        unit = f"{unit} per {per}"
    return {
        "value": value,
        "change": change,
        "unit": unit or "-",
        "concept": concept(article, sentence, r) if concepts else [],
    }


def change_of(sentence: Sentence, r: Reading) -> str:
    """The change =, ~, >, <, up or down. Verbs, "up" and "down" tell a trend, nouns and "3 % higher" none.

    Of a trend and a bound the trend stands where the figure is a share or an index, the bound where it is
    what the verb takes as its object ("lost about 127 tonnes").
    """
    q = r.quantity
    bound = "=" if "average" in (q.modifier or "") else CHANGES.get(q.rule, "=")
    if q.rule in ("up_to", "at_least") and bound in "<>":
        first, *inner = modifier_words(q.modifier)
        if first in NO_CHANGE:
            bound = "~" if inner else "="
    trend = r.trend
    by_noun = sentence.low(r.first - 1) in ("of", "in") or sentence.low(r.last) in ("higher", "lower")
    if trend is None or by_noun:
        return bound
    return trend if bound == "=" or r.family in ("share", "level", "temperature") else bound


def noun_unit(sentence: Sentence, r: Reading, unit: str) -> str:
    """A counted noun with the words before it, adjectives in their base form: "small tenancy"."""
    assert r.noun is not None
    words = [w.lower() for w in modifying_words(sentence.tokens, r.noun.first, r.noun.head)]
    if words[:1] in (["most"], ["least"]):
        words = words[1:]
    words = [base_form(w) for w in words if w not in NOT_IN_A_UNIT]
    if sentence.low(r.first - 1) in BEFORE_THE_NUMBER:
        words = [sentence.low(r.first - 1), *words]
    if sentence.lows[r.noun.head] == "s" and words:
        return " ".join([*words[:-1], words[-1] + "s"])  # "Model 3s"
    if words and "-" in unit and words[-1] == unit.rpartition("-")[0]:
        words = words[:-1]
    return " ".join(
        [*words, "people" if unit == "people" and sentence.lows[r.noun.head] == "people" else r.noun.lemma]
    )


def modifier_words(modifier: str | None) -> list[str]:
    """The first word of a modifier, then those behind "as many as": "as high as roughly" -> as, roughly."""
    words = (modifier or "-").lower().split()
    return [words[0], *words[3:]] if words[0] == "as" else [words[0], *words[2:]]


def base_form(adjective: str) -> str:
    """ "smaller", "largest" -> "small", "large"; other words unchanged."""
    if adjective in SUPERLATIVES:
        return SUPERLATIVES[adjective]
    for ending in ("iest", "ier"):
        if adjective.endswith(ending) and len(adjective) > len(ending) + 2:
            return adjective[: -len(ending)] + "y"
    return _COMPARED.get(adjective, adjective)


_ADJECTIVES = """
    big bigg,large larg,small,high,low,long,short,new,old,young,strong,weak,fast,slow,great,cheap,rich,poor,
    late lat,near,close clos,hard,bright,hot hott,cold,dark,light,thick,thin thinn,wide wid,deep,tall,quick,
    smart,safe saf,real,clean,clear,tight,warm,cool,tough,rare rar,few,broad,full,loud,rough
"""
_COMPARED = {
    form.split()[-1] + ending: form.split()[0]
    for form in "".join(_ADJECTIVES.split("\n    ")).split(",")
    for ending in ("er", "est")
}


class Concepts:
    """The concepts of the sentence asked about last."""

    _of: Sentence | None = None
    _found: Sequence[Concept] = ()

    @classmethod
    def of(cls, sentence: Sentence, r: Reading) -> Concept:
        """The concept of one reading."""
        if cls._of is not sentence:
            cls._of, cls._found = sentence, concepts_of(sentence)
        return cls._found[sentence.readings.index(r)]


def concept(article: Any, sentence: Sentence, r: Reading) -> list[str]:
    """The words for what the quantity belongs to, each once."""
    words = {word.lower(): word for word in Concepts.of(sentence, r).words(sentence)}
    return list(words.values()) or ["-"]


#: Read before the clock starts, so that weights and lexicons are loaded and not counted per sentence.
#: How often the data are read for the first of the two rates.
PASSES = 5
WARM_UP = ("The two large former army bases of 30 sorts rose up 5 percent to $3 on May 5, 2019.", "One in 5.")


def _seconds_to_read(sentences: Sequence[str]) -> float:
    """CPU seconds the engine takes for the quantities of every sentence, nothing put in the data's terms."""
    began = time.process_time()
    for text in sentences:
        read_article(text, None, credited=False)
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--scorer", type=Path, help="script called as SCORER DATA score PREDICTIONS")
    parser.add_argument("--out", type=Path, help="keep the predictions here, as JSON lines")
    arguments, rest = parser.parse_known_args()
    if not arguments.data.is_file():
        sys.exit(f"{arguments.data}: no such file")
    sentences = [row["text"] for row in json.loads(arguments.data.read_text(encoding="utf-8"))]
    for text in WARM_UP:
        predict(text)
    plain = statistics.median(_seconds_to_read(sentences) for _ in range(PASSES))
    began = time.process_time()
    rows = [{"sentence_id": i, "quantities": predict(text)} for i, text in enumerate(sentences)]
    spent = time.process_time() - began
    out = arguments.out or Path(tempfile.mkdtemp()) / "predictions.jsonl"
    out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    found = sum(len(r["quantities"]) for r in rows)
    print(f"{len(rows)} sentences, {found} quantities")
    print(f"{len(rows) / plain:,.0f} sentences per CPU-second for value, unit and change")
    print(f"{len(rows) / spent:,.0f} sentences per CPU-second with what they belong to, in the data's terms")
    if arguments.scorer:
        subprocess.run([sys.executable, arguments.scorer, arguments.data, "score", out, *rest], check=True)


if __name__ == "__main__":
    main()
