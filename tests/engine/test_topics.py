"""What articles are about: our own sentences, one or two to a topic."""

from __future__ import annotations

import pytest

from claims import samples
from claims.engine import lexicons
from claims.engine.topics import TOPICS, topics
from claims.ingest import reading

TOLD = {
    "missile-defence": "The missile shield gets 20 interceptors; each missile interceptor stands in Alaska.",
    "strategic-arms": "New START limits each side to 1,550 deployed warheads and 700 launchers.",
    "nuclear-testing": "The nuclear test of 20 kilotons was felt at the test site and by seismic stations.",
    "iran-nuclear": "Iran holds 2,400 kg of enriched uranium and installed 300 centrifuges, Tehran said.",
    "north-korea": "Pyongyang held a missile test before the summit; North Korea spoke of a rocket launch.",
    "chemical-biological": "Inspectors of the OPCW found sarin; the nerve agent had been in the shells.",
    "conventional-arms": "Arms exports rose by 9 percent, and a second arms deal covers 40 tanks.",
    "drones": "Two drones came back; the other unmanned aerial vehicle of the swarm did not.",
    "budgets-procurement": "The defence budget grows by $3 billion, most of it for procurement.",
    "espionage-expulsions": "Ten diplomats were expelled from the embassy for espionage, and left.",
    "armed-conflict": "Airstrikes killed 30 civilians after the ceasefire; rebels answered with shelling.",
    "sanctions-export-controls": "The sanctions hit a front company, and export controls came.",
    "space-cyber": "The cyberattack hit satellites, and malware was found; hackers had left it.",
    "nuclear-energy": "Nuclear power grows: the reactor is under safeguards and its spent fuel is counted.",
    "missiles-delivery": "A cruise missile flew 1,500 km, and a hypersonic one was launched from a bomber.",
}


@pytest.mark.parametrize("slug", TOPICS)
def test_an_article_on_a_topic_is_told_so_first(slug: str) -> None:
    assert topics("", TOLD[slug])[:1] == (slug,)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "The choir sang for two hours, and 300 people came to the market hall.",
        "An earthquake of magnitude 6.1 left 13 dead and 200 injured.",
        "The club bought a striker for $20 million; the contract runs for four years.",
        "The nuclear family is in decline, a survey of 2,000 households found.",
    ],
)
def test_an_article_on_other_things_has_no_topic(body: str) -> None:
    assert topics("", body) == ()


def test_a_party_alone_is_no_topic() -> None:
    assert topics("Iran wins", "Iran beat Japan 2-1, and Tehran celebrated all night.") == ()


def test_an_enrichment_plant_elsewhere_is_not_irans_programme() -> None:
    told = "The enrichment plant in Brazil makes enriched uranium under safeguards for a nuclear reactor."
    assert "iran-nuclear" not in topics("", told)


def test_what_claims_name_says_who_is_meant() -> None:
    told = "The North fired a ballistic missile after the nuclear test."
    assert "north-korea" not in topics("", told)
    assert "north-korea" in topics("", told, ["North Korea"])


def test_spelling_number_and_case_do_not_matter() -> None:
    assert topics("", "MISSILE DEFENSE: the missile shields.") == topics(
        "", "Missile defence: the missile shield."
    )


def test_a_headline_weighs_more_than_a_line_of_the_body() -> None:
    assert topics("Cyberattack on the ministry", "Nothing more is known.") == ("space-cyber",)
    assert topics("Nothing more is known", "A cyberattack hit the ministry.") == ()


def test_no_more_than_three_topics_and_none_far_behind_the_first() -> None:
    everything = " ".join(TOLD.values())
    assert len(topics("", everything)) == 3
    treaty = TOLD["strategic-arms"] * 4 + " A drone was seen."
    assert topics("", treaty) == ("strategic-arms",)


def test_every_name_and_table_of_the_list_is_in_a_lexicon() -> None:
    known = {
        *lexicons.load("treaties"),
        *lexicons.load("bodies"),
        *(
            name
            for file in ("parties", "systems")
            for table in lexicons.load(file).values()
            for name in table
        ),
    }
    for slug, entry in lexicons.load("topics").items():
        assert set(entry.get("names", [])) | set(entry.get("about", [])) <= known, slug
        assert set(entry.get("systems", [])) <= lexicons.load("systems").keys(), slug
        assert len(entry["telling"]) == len(set(entry["telling"])), slug
        assert set(entry["telling"]).isdisjoint(entry.get("terms", [])), slug
        assert entry["label"], slug
        assert len(slug) <= 60  # the column's length


STORIES = {
    "interceptors_2021": "missile-defence",
    "new_start": "strategic-arms",
    "alaska_2013": "missile-defence",
    "iran_uranium": "iran-nuclear",
    "expulsions_2021": "espionage-expulsions",
}


def test_every_sample_article_has_the_topic_of_its_story() -> None:
    for article in samples.samples():
        text = reading.read(article.document())
        assert STORIES[article.story] in topics(text.title, text.body), article
