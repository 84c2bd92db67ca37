"""The readable data files of this folder, loaded once: known outlets, agencies, lines of page furniture."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\xa0": " ", "\u200b": ""})
EDGES = " \t-–—_*#•·|/\\:;,.!»«›‹><→←▼▲+=~"  # characters taken off both ends of a line
_AND = re.compile(r"\s*[&/,|]\s*|\s+and\s+")
_SPACES = re.compile(r"\s+")


def plain(line: str) -> str:
    """A line for comparing: case folded, straight quotes, single spaces, without punctuation around it.

    >>> plain("» Trending Now:")
    'trending now'
    """
    folded = _SPACES.sub(" ", line.translate(_QUOTES)).casefold()
    return folded.strip(EDGES)


@dataclass(frozen=True, slots=True)
class Publisher:
    """An outlet or a republishing host as the data file knows it."""

    name: str
    hosts: tuple[str, ...]
    month_first: bool = False


@dataclass(frozen=True, slots=True)
class Outlets:
    """Known publishers by the names pages give them and by their sites' hosts."""

    outlets: dict[str, Publisher]
    republishers: dict[str, Publisher]
    outlet_hosts: dict[str, Publisher]
    republisher_hosts: dict[str, Publisher]
    name_words: frozenset[str]
    sections: frozenset[str]

    def outlet(self, name: str) -> Publisher | None:
        """The known outlet a page means by ``name``, with or without "The" in front."""
        return self.outlets.get(_without_article(name))

    def republisher(self, name: str) -> Publisher | None:
        return self.republishers.get(_without_article(name))

    def is_section(self, name: str) -> bool:
        """Whether a line names sections of a site: "World", "Business & Economy", "Asia / Pacific"."""
        return all(part in self.sections for part in _AND.split(plain(name))) or plain(name) in self.sections

    def outlet_at(self, host: str) -> Publisher | None:
        """The known outlet that publishes at ``host``: "edition.cnn.com" and "www.cnn.com" are both CNN's."""
        return _by_host(self.outlet_hosts, host)

    def republisher_at(self, host: str) -> Publisher | None:
        return _by_host(self.republisher_hosts, host)


@cache
def outlets() -> Outlets:
    """data/outlets.toml."""
    data = _load("outlets.toml")
    by_name: dict[str, dict[str, Publisher]] = {"outlet": {}, "host": {}}
    by_host: dict[str, dict[str, Publisher]] = {"outlet": {}, "host": {}}
    for kind in ("outlet", "host"):
        for entry in data[kind]:
            publisher = Publisher(
                entry["name"], tuple(entry.get("hosts", ())), entry.get("month_first", False)
            )
            for name in (publisher.name, *entry.get("as", ()), *publisher.hosts):
                by_name[kind].setdefault(_without_article(name), publisher)
            for host in publisher.hosts:
                by_host[kind].setdefault(host, publisher)
    return Outlets(
        by_name["outlet"], by_name["host"], by_host["outlet"], by_host["host"],
        frozenset(data["name_words"]), frozenset(data["sections"]),
    )  # fmt: skip


@cache
def agencies() -> dict[str, str]:
    """data/agencies.toml: each way of writing an agency, exactly as written, to our name for it."""
    return {written: entry["name"] for entry in _load("agencies.toml")["agency"] for written in entry["as"]}


@cache
def agency_cues(kind: str) -> str:
    """A regular expression group for a list of agencies.toml: "before", "between", "after", "service"."""
    return any_of(_load("agencies.toml")[kind])


@cache
def agency_pattern() -> str:
    """A regular expression group for any agency's name."""
    return any_of(agencies())


def any_of(words: Iterable[str]) -> str:
    """A regular expression group for any of some words, longest first; either apostrophe will do."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace("'", "['’]") for word in ordered) + ")"


def agency(name: str) -> str | None:
    """Our name for the agency written as ``name`` ("AGENCE FRANCE-PRESSE" counts), or None."""
    known = agencies()
    name = name.strip()
    return (
        known.get(name)
        or known.get(name.title())
        or known.get(name.removeprefix("the ").removeprefix("The "))
    )


@dataclass(frozen=True, slots=True)
class Furniture:
    """One section of data/furniture.toml, ready to match."""

    whole: frozenset[str]
    starts: tuple[str, ...]
    pattern: re.Pattern[str] | None

    def matches(self, line: str, folded: str) -> bool:
        """Whether ``line`` (with ``folded`` its `plain` form) is furniture of this sort."""
        if folded in self.whole:
            return True
        if self.pattern and self.pattern.match(line.translate(_QUOTES).strip()):
            return True
        return folded.startswith(self.starts) and folded.count(" ") < LONGEST_START


LONGEST_START = 14  # words; a longer line is a paragraph that happens to begin so


@cache
def furniture() -> dict[str, Furniture]:
    """data/furniture.toml by section: "over", "box", "line"."""
    data = _load("furniture.toml")
    return {name: _furniture(data[name]) for name in ("over", "box", "line")}


@cache
def teaser_pattern() -> re.Pattern[str]:
    """How a paragraph ends that only leads to another page."""
    return _any(_load("furniture.toml")["teaser"]["patterns"])


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of data/words.toml: "glue", "date_line", "within_names"."""
    return frozenset(_load("words.toml")[name].split())


def _furniture(section: dict[str, list[str]]) -> Furniture:
    return Furniture(
        frozenset(plain(line) for line in section["whole"]) - {""},
        tuple(section["starts"]),
        _any(section["patterns"]),
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _load(name: str) -> dict[str, Any]:
    with (DATA / name).open("rb") as file:
        return tomllib.load(file)


def _without_article(name: str) -> str:
    return plain(name).removeprefix("the ")


def _by_host(known: dict[str, Publisher], host: str) -> Publisher | None:
    parts = host.casefold().rstrip(".").removeprefix("www.").split(".")
    for i in range(len(parts) - 1):
        if found := known.get(".".join(parts[i:])):
            return found
    return None
