"""Parts of speech: sentences of the field, careless text, and training that can be repeated."""

from __future__ import annotations

import gzip
import random
import subprocess
import sys
from pathlib import Path

import pytest

from claims.engine import tagging
from claims.engine.article import read_article
from claims.engine.tagging import Tagger, tag, tagger
from claims.engine.tokens import tokenize
from training.train_tagger import train

ROOT = Path(__file__).resolve().parents[2]
TREES = Path(__file__).parent / "trees.conllu"


def tagged(text: str) -> str:
    tokens = tokenize(text)
    return " ".join(f"{t.key}/{p}" for t, p in zip(tokens, tag(tokens), strict=True))


@pytest.mark.parametrize(
    "expected",
    [
        "The/DT ministry/NN expelled/VBD 12/CD diplomats/NNS on/IN Monday/NNP ./.",
        "Moscow/NNP has/VBZ deployed/VBN 40/CD launchers/NNS near/IN the/DT border/NN ./.",
        "Inspectors/NNS were/VBD denied/VBN access/NN to/IN two/CD sites/NNS ./.",
        "The/DT two/CD sides/NNS will/MD not/RB extend/VB the/DT treaty/NN ./.",
        "Officials/NNS said/VBD they/PRP don't/VBP know/VB how/WRB many/JJ warheads/NNS remain/VBP ./.",
        "Russia/NNP 's/POS S/NNP -/HYPH 400/CD batteries/NNS killed/VBD five/CD people/NNS ./.",
        "A/DT spokeswoman/NN declined/VBD to/TO comment/VB ./.",
        "The/DT missile/NN weighs/VBZ 35/CD tonnes/NNS ./.",
        "Russia/NNP expelled/VBD 10/CD US/NNP diplomats/NNS in/IN response/NN ./.",
        "It/PRP 's/VBZ the/DT largest/JJS test/NN since/IN 2017/CD ./.",
    ],
)
def test_sentences_of_the_field(expected: str) -> None:
    words = [pair.rpartition("/")[0] for pair in expected.split(" ")]
    assert tagged(" ".join(words).replace(" 's", "'s").replace(" - ", "-").replace("S -", "S-")) == expected


def test_the_same_word_is_a_verb_or_a_noun_by_what_stands_around_it() -> None:
    assert "test/VB" in tagged("They plan to test a missile.")
    assert "test/NN" in tagged("They plan a test of the missile.")
    assert "launches/NNS" in tagged("Three launches failed.")
    assert "launches/VBZ" in tagged("North Korea launches a satellite.")


@pytest.mark.parametrize(
    "text",
    [
        "KYIV SAYS 30 DRONES WERE SHOT DOWN",
        "kyiv says 30 drones were shot down",
        "Kyiv Says 30 Drones Were Shot Down",
    ],
)
def test_headlines_and_careless_typing(text: str) -> None:
    assert tag(tokenize(text))[1:] == ["VBZ", "CD", "NNS", "VBD", "VBN", "RP"]


def test_a_range_is_tagged_like_the_whole() -> None:
    tokens = tokenize("The army said on Sunday that 14 soldiers were killed when a convoy came under fire.")
    whole = tag(tokens)
    assert tag(tokens, 6, 10) == whole[6:10]
    assert tag(tokens, 0, 3) == whole[:3]
    assert tag([]) == []


def test_a_sentence_is_tagged_when_first_asked() -> None:
    (sentence,) = read_article("Ten ships left the port.", None).sentences
    assert sentence.tags == ["CD", "NNS", "VBD", "DT", "NN", "."]
    assert sentence.tags is sentence.tags


@pytest.mark.parametrize("text", ["Seven drones hit the depot, he said.", "TWO KILLED IN RAID"])
def test_packed_sums_are_the_sums_of_the_weights(text: str) -> None:
    """The quick way (lanes of one integer, sums kept by word) chooses as the templates say."""
    ours, tokens = tagger(), tokenize(text)
    standing = tagging.manners(tokens)
    own = [(tagging.spelt(t), t.key, t.kind, m) for t, m in zip(tokens, standing, strict=True)]
    edge = [tagging.EDGE, tagging.EDGE]
    words = [*edge, *(o[0] for o in own), *edge]
    classes = [*edge, *(ours.class_of(*o) for o in own), *edge]
    one = two = tagging.EDGE
    found = []
    for k, o in enumerate(own):
        best = ours.always_of(*o)
        if not best:
            scores = dict.fromkeys(ours.choices.get(o[0], "").split() or ours.tags, 0)
            for template, seen in [
                *ours.own(*o),
                *tagging.around(words, classes, k + 2),
                *tagging.behind(o[0], o[0][-3:], classes[k + 3], one, two),
            ]:
                parts = ours.weights.get(template, {}).get(seen, "").split()
                for name, weight in zip(parts[::2], parts[1::2], strict=True):
                    if name in scores:
                        scores[name] += int(weight)
            best = max(scores, key=scores.__getitem__)
        found.append(best)
        one, two = best, one
    assert tag(tokens) == found


def test_training_is_repeatable(tmp_path: Path) -> None:
    outs = [tmp_path / "a.gz", tmp_path / "b.gz"]
    for seed, out in enumerate(outs):
        subprocess.run(
            [sys.executable, "training/train_tagger.py", TREES, "--rounds", "3", "--out", out],
            check=True, cwd=ROOT, env={"PYTHONHASHSEED": str(seed)}, capture_output=True,
        )  # fmt: skip
    assert outs[0].read_bytes() == outs[1].read_bytes()
    learnt = Tagger(gzip.decompress(outs[0].read_bytes()).decode())
    assert learnt.tag(tokenize("Two ships left the port.")) == ["CD", "NNS", "VBD", "DT", "NN", "."]


def test_training_does_not_depend_on_what_was_random_before() -> None:
    lesson = [(tokenize("Ten ships left."), ["CD", "NNS", "VBD", "."])] * 20
    random.seed(1)
    first = train(lesson, 1)
    random.seed(2)
    assert train(lesson, 1) == first
