"""The lexicons hold together: an editor's slip fails here with the word at fault."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pytest

from claims.engine import lexicons
from claims.engine.bounds import ROWS
from claims.engine.extract import extract
from claims.engine.names import find_mentions, find_things
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


def _aliases() -> dict[str, set[tuple[str, str]]]:
    """Every way to write every name: alias -> {(file, canonical name)}."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for file in ("bodies", "offices", "people", "treaties"):
        for name, entry in lexicons.load(file).items():
            for alias in (name, *entry["names"]):
                found[alias].add((file, name))
    for file in ("parties", "systems"):
        for table in lexicons.load(file).values():
            for name, entry in table.items():
                more = (*entry["capitals"], *entry["demonyms"]) if file == "parties" else ()
                for alias in (name, *entry["names"], *more):
                    found[alias].add((file, name))
    return found


def test_no_name_of_any_lexicon_stands_for_two_things() -> None:
    assert {alias: what for alias, what in _aliases().items() if len(what) > 1} == {}


def test_no_entry_lists_a_name_twice() -> None:
    for file in ("bodies", "offices", "people", "treaties", "parties", "systems"):
        tables = [lexicons.load(file)] if file not in ("parties", "systems") else lexicons.load(file).values()
        for table in tables:
            for name, entry in table.items():
                forms = Counter((name, *entry["names"]))
                assert [form for form, times in forms.items() if times > 1] == [], (file, name)


@pytest.mark.parametrize("alias", sorted(_aliases()))
def test_every_alias_alone_is_read_as_its_canonical_name(alias: str) -> None:
    file, name = next(iter(_aliases()[alias]))
    tokens = tokenize(f"they heard of {alias.removeprefix('the ')}")
    found = find_things(tokens) if file in ("treaties", "systems") else find_mentions(tokens)
    assert [(m.name, m.first, m.last) for m in found] == [(name, 3, len(tokens))]


def test_words_for_a_party_named_before_stand_for_one_party() -> None:
    forms = Counter(
        form
        for table in lexicons.load("parties").values()
        for entry in table.values()
        for form in {f.lower() for f in entry.get("introduced", ())}
    )
    assert [form for form, times in forms.items() if times > 1] == []


def test_every_owner_depositary_and_office_is_a_known_party_or_body() -> None:
    tables = lexicons.load("parties")
    parties = {"", *tables["states"], *tables["groups"]}
    bodies = {"", *lexicons.load("bodies")}
    for table in lexicons.load("systems").values():
        assert {e["owner"] for e in table.values()} <= parties
    for name, entry in lexicons.load("treaties").items():
        assert {*entry["parties"]} <= parties, name
        assert {*entry["depositary"]} <= parties | bodies, name
        assert 1899 < entry["year"] < 2100, name
    for name, entry in lexicons.load("offices").items():
        assert entry["body"] in bodies, name
        assert entry["party"] in parties, name
        assert entry["body"] or entry["party"], name


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


def _entities(text: str) -> set[str]:
    return {name for c in extract(text, published=date(2024, 9, 10)) for name in c.entities}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Russia deployed 12 S-400 launchers near Kaliningrad.", {"Russia", "S-400"}),
        ("Berlin delivered 40 Leopard 2 tanks.", {"Leopard 2"}),
        ("Russia fired 30 Kalibr cruise missiles at Odesa.", {"Russia", "Kalibr"}),
        ("Washington keeps about 100 B61-12 bombs in Europe.", {"United States", "B61"}),
        (
            "The Pentagon tested the LGM-35A Sentinel in March.",
            {"US Department of Defense", "LGM-35A Sentinel"},
        ),
        ("Iran installed 174 IR-6 centrifuges at Fordow.", {"Iran", "IR-6"}),
        ("Moscow suspended the New START treaty last year.", {"Russia", "New START"}),
        ("The Senate ratified the Chemical Weapons Convention.", {"US Senate", "CWC"}),
        ("Kyiv withdrew from the Ottawa Treaty on Monday.", {"Ukraine", "Ottawa Convention"}),
        ("The IAEA director general inspected the plant on Monday.", {"IAEA Director General"}),
        ("The Polish defence ministry bought 20 launchers.", {"Polish Ministry of Defence"}),
        ("France's Foreign Ministry expelled six Russian diplomats.", {"French Foreign Ministry", "Russia"}),
        ("Hezbollah fired 40 rockets at Haifa.", {"Hezbollah"}),
    ],
)
def test_what_a_sentence_is_about_stands_under_canonical_names(text: str, names: set[str]) -> None:
    assert names <= _entities(text)


@pytest.mark.parametrize(
    "text",
    [
        "The talks dealt with the S-400 and the Iskander-M.",
        "Engineers in Utah work on the LGM-35A and the B61-12.",
        "The Su-57 flew past the 9M729 and the Shahed-136.",
        "The heirs of START II and SALT I are debated in Vienna.",
        "The W76-2 sits on a Trident II D5.",
    ],
)
def test_figures_inside_names_are_never_counted(text: str) -> None:
    assert extract(text, published=date(2024, 9, 10)) == ()


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("North Korea held a parade. The North fired two missiles on Monday.", "North Korea"),
        ("NATO met in Riga. The alliance deployed 400 soldiers.", "NATO"),
        ("The Kremlin expelled two Danish diplomats.", "Russia"),
        ("The White House expelled two Danish diplomats.", "United States"),
        ("The secretary of state expelled two Danish diplomats.", "United States"),
        ("The IAEA chief inspected four sites.", "International Atomic Energy Agency"),
        ("British defence ministry officials bought 12 drones.", "UK Ministry of Defence"),
        ("New START caps deployed warheads. The treaty allows 700 missiles.", "New START"),
    ],
)
def test_who_acts_stands_under_a_canonical_name(text: str, actor: str) -> None:
    assert extract(text, published=date(2024, 9, 10))[-1].actor == actor


def test_a_compass_point_is_no_state_where_none_was_named() -> None:
    assert extract("The North fired two missiles on Monday.")[0].actor != "North Korea"
