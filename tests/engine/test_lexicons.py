"""The lexicons hold together: an editor's slip fails here with the word at fault."""

from __future__ import annotations

from collections import Counter

import pytest

from claims.engine import lexicons
from claims.engine.bounds import ROWS
from claims.engine.names import find_mentions
from claims.engine.nouns import singular
from claims.engine.tokens import tokenize
from claims.engine.verbs import ACTION_OF_FORM


def test_no_name_stands_for_two_parties() -> None:
    names = Counter(
        form
        for table in lexicons.load("parties").values()
        for name, entry in table.items()
        for form in {name, *entry["names"], *entry["capitals"]}
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_every_body_belongs_to_a_known_party_or_to_none() -> None:
    tables = lexicons.load("parties")
    known = {"", *tables["states"], *tables["groups"]}
    assert {name: e["party"] for name, e in lexicons.load("bodies").items() if e["party"] not in known} == {}
    assert {name: e["party"] for name, e in lexicons.load("people").items() if e["party"] not in known} == {}


def test_no_verb_stands_for_two_actions() -> None:
    verbs = Counter(verb for entry in lexicons.load("actions").values() for verb in set(entry["verbs"]))
    assert [verb for verb, times in verbs.items() if times > 1] == []


def test_every_modifier_calls_a_row_of_bounds_and_only_one() -> None:
    table = lexicons.load("modifiers")
    for place in ("before", "after"):
        assert set(table[place]) <= {*ROWS, "exactly"}
        phrases = Counter(p for listed in table[place].values() for p in set(listed))
        assert [p for p, times in phrases.items() if times > 1] == []


@pytest.mark.parametrize(
    ("form", "action"),
    [
        ("expelled", "expel"), ("deploying", "deploy"), ("withdrew", "withdraw"), ("ratifies", "ratify"),
        ("blacklisted", "blacklist"), ("banned", "ban"), ("fled", "displace"), ("installed", "deploy"),
        ("allocated", "spend"), ("died", "kill"), ("dying", "kill"), ("shipped", "deliver"),
    ],
)  # fmt: skip
def test_forms_of_a_verb_lead_to_its_action(form: str, action: str) -> None:
    assert ACTION_OF_FORM[form] == action


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("interceptors", "interceptor"), ("countries", "country"), ("people", "person"), ("women", "woman"),
        ("batteries", "battery"), ("aircraft", "aircraft"), ("israelis", "israeli"), ("bases", "base"),
        ("masses", "mass"), ("torpedoes", "torpedo"), ("crisis", "crisis"), ("glass", "glass"),
        ("status", "status"),
    ],
)  # fmt: skip
def test_singulars(plural: str, one: str) -> None:
    assert singular(plural) == one


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the Pentagon", ["US Department of Defense"]),
        ("the US Department of Defence", ["US Department of Defense"]),
        ("Washington and Moscow", ["United States", "Russia"]),
        ("U.S. officials told us", ["United States"]),
        ("South Korean and North Korean troops", ["South Korea", "North Korea"]),
        ("the UN Security Council", ["UN Security Council"]),
        ("Daesh", ["Islamic State"]),
        ("he told us", []),
    ],
)
def test_names_are_found_under_one_canonical_name(text: str, names: list[str]) -> None:
    assert [m.name for m in find_mentions(tokenize(text))] == names
