"""Parties, bodies and people named in a text, under one canonical name each.

The scheme: a state's people, capital, seat of government and administration are the state ("Washington",
"the Biden administration" -> "United States"); a ministry or agency of its own is itself ("the Pentagon" ->
"US Department of Defense") and its state stands beside it in :attr:`Mention.party`; a person is the full
name found anywhere in the article ("Zakharova" -> "Maria Zakharova").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from claims.engine import lexicons
from claims.engine.lexicons import Phrases
from claims.engine.nouns import singular
from claims.engine.numbers import STARTS
from claims.engine.tokens import HYPHENS, Token, hyphenated, tokenize, touching

_LISTS = lexicons.grammar("names")

_WORDS = lexicons.load("words")
_REPORTING = lexicons.load("reporting")
ROLES = frozenset(_REPORTING["nouns"]["roles"])
_SURNAMES_TOO = _LISTS["surnames_too"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in tokens ``first``..``last`` (exclusive). ``kind``: state, demonym, capital, group, body,
    person, office; of a thing: treaty, system.
    """

    first: int
    last: int
    name: str
    kind: str
    party: str | None
    label: str = ""  # for a body: the noun it is called by later ("department"); for an office: its body


def _entries() -> list[tuple[list[str], tuple[str, str, str | None, str]]]:
    entries: list[tuple[list[str], tuple[str, str, str | None, str]]] = []

    def add(phrase: str, name: str, kind: str, party: str | None, label: str = "") -> None:
        if phrase.startswith("the "):
            return  # an article is no part of a name; "The New York Times" keeps its own
        entries.append(([t.key for t in tokenize(phrase)], (name, kind, party, label)))

    parties = lexicons.load("parties")
    for kind, table in (("state", parties["states"]), ("group", parties["groups"])):
        for name, entry in table.items():
            for form in dict.fromkeys((name, *entry["names"])):
                add(form, name, kind, name)
            for form in entry["capitals"]:
                add(form, name, "capital", name)
            for form in entry["demonyms"]:
                if form not in (name, *entry["names"]):
                    add(form, name, "demonym", name)
    for name, entry in lexicons.load("bodies").items():
        for form in dict.fromkeys((name, *entry["names"])):
            add(form, name, "body", entry["party"] or None, entry["kind"])
    for name, entry in lexicons.load("offices").items():
        for form in dict.fromkeys((name, *entry["names"])):
            add(form, name, "office", entry["party"] or None, entry["body"])
    for name, entry in lexicons.load("people").items():
        for form in dict.fromkeys((name, *entry["names"])):
            add(form, name, "person", entry["party"] or None)
    return entries


_NAMES = Phrases(_entries())
#: First words of names written small: offices, and "al" of groups and people.
_SMALL_FIRST = frozenset(words[0] for words, _ in _entries() if words[0][0].islower()) | {"al", "the"}
_DEMONYMS = {f for t in lexicons.load("parties").values() for e in t.values() for f in e["demonyms"]}
WIRES = frozenset(n for n, e in lexicons.load("bodies").items() if e["kind"] in ("wire", "outlet"))
_BODY_OF = {form: name for name, e in lexicons.load("bodies").items() for form in (name, *e["names"])}
#: What names a ministry behind a state: ("foreign", "ministry") -> "Foreign Ministry".
_MINISTRIES = Phrases(
    [(form.split(), name) for name, forms in lexicons.load("ministries").items() for form in forms]
)
_OFFICES = Phrases(
    [
        ([t.key for t in tokenize(form)], (name, entry["party"] or None))
        for name, entry in lexicons.load("offices").items()
        for form in dict.fromkeys((name, *entry["names"]))
    ]
)
#: Words that mean a party once it has been named: ("the", "North") -> North Korea.
_INTRODUCED = Phrases(
    [
        (form.split(), (name, kind))
        for kind, table in (("state", "states"), ("group", "groups"))
        for name, entry in lexicons.load("parties")[table].items()
        for form in entry.get("introduced", ())
    ]
)
_ADJECTIVE = {
    name: (entry["demonyms"] or [name])[0] for name, entry in lexicons.load("parties")["states"].items()
}


def _things() -> Iterable[tuple[list[str], tuple[str, str, str | None]]]:
    for name, entry in lexicons.load("treaties").items():
        for form in dict.fromkeys((name, *entry["names"])):
            yield _keys(tokenize(form)), (name, "treaty", None)
    for table in lexicons.load("systems").values():
        for name, entry in table.items():
            for form in dict.fromkeys((name, *entry["names"])):
                yield _keys(tokenize(form)), (name, "system", entry["owner"] or None)


def _keys(tokens: Sequence[Token]) -> list[str]:
    """The words to look names of things up by: every hyphen is the same."""
    return ["-" if t.key in HYPHENS else t.key for t in tokens]


_THINGS = Phrases(_things())
#: Words of a name or title that are no part of the name of a person.
_TITLES = ROLES | _LISTS["titles"]
_PARTICLES = _LISTS["particles"]
_NEVER_PERSON = _LISTS["never_person"]


def find_mentions(tokens: Sequence[Token], people: People | None = None) -> list[Mention]:
    """The names of one sentence, left to right, not overlapping; ``people`` adds those of the article."""
    keys = [t.key for t in tokens]
    if _in_capitals(tokens):
        keys = [key if len(key) < _LONGEST_ACRONYM else key.capitalize() for key in keys]  # "RUSSIA"
    found: list[Mention] = []
    shouting: bool | None = None  # worked out once, where a word asks for it
    i = 0
    while i < len(tokens):
        t = tokens[i]
        if t.kind != "word" or not (t.capital or t.key in _SMALL_FIRST):
            i += 1
            continue
        person = people.at(keys, i) if people else None
        entry = _NAMES.at(keys, i)
        if person and (entry is None or person[0] >= entry[0]):
            found.append(Mention(i, person[0], person[1].name, "person", person[1].party))
            i = person[0]
            continue
        if entry and shouting is None and t.key in _SHOUTED:
            shouting = _shouting(tokens)
        if entry and not (shouting and t.key in _SHOUTED) and _whole(tokens, i, entry[0]):
            end, (name, kind, party, label) = entry
            ministry = _ministry(tokens, end, name) if kind in ("state", "demonym") else None
            if ministry:
                end, name, kind, label = *ministry, "body", "ministry"
            found.append(Mention(i, end, name, kind, party, label))
            i = end
            continue
        i += 1
    return found


def _ministry(tokens: Sequence[Token], k: int, party: str) -> tuple[int, str] | None:
    """The ministry of ``party`` named from token ``k`` on: (the index after it, its canonical name)."""
    lows = [t.low for t in tokens[k : k + 8]]
    offset = 1 if lows[:1] == ["'s"] else 0
    if offset == 0 and k < len(tokens) and tokens[k].kind != "word":
        return None
    found = _MINISTRIES.at(lows, offset) if offset < len(lows) else None
    if found is None:
        return None
    name = f"{_ADJECTIVE.get(party, party)} {found[1]}"
    return k + found[0], _BODY_OF.get(name, name)


def find_things(tokens: Sequence[Token]) -> list[Mention]:
    """The treaties and weapon systems of one sentence, left to right; their ``party`` is the owner."""
    keys = _keys(tokens)
    found: list[Mention] = []
    i = 0
    while i < len(tokens):
        entry = _THINGS.at(keys, i) if tokens[i].kind != "sign" else None
        if entry is None or not _ends_name(tokens, entry[0]) or (i and _ends_inside(tokens, i)):
            i += 1
            continue
        end, (name, kind, party) = entry
        found.append(Mention(i, end, name, kind, party))
        i = end
    return found


def _ends_name(tokens: Sequence[Token], end: int) -> bool:
    """Whether a name ends at ``end``: "SM-3" is none in "SM-33", "START I" none in "START I-B"."""
    return not (end < len(tokens) and touching(tokens, end) and tokens[end].kind == "figure")


def _ends_inside(tokens: Sequence[Token], i: int) -> bool:
    return touching(tokens, i) and tokens[i - 1].kind != "sign"


def introduced(tokens: Sequence[Token], mentions: list[Mention], known: set[str]) -> list[Mention]:
    """``mentions`` with the words that mean a party named before ("the North"); ``known`` is brought up to
    date.
    """
    keys = [t.key for t in tokens]
    taken = {k for m in mentions for k in range(m.first, m.last)}
    added: list[Mention] = []
    starts = {m.first: m for m in mentions}
    for i, key in enumerate(keys):
        if i in starts and starts[i].party:
            known.add(starts[i].party or "")
        if key not in ("the", "The") or i in taken:
            continue
        entry = _INTRODUCED.at(["the", *keys[i + 1 : i + 4]], 0)
        if entry is None or entry[1][0] not in known:
            continue
        end = i + entry[0]
        after = tokens[end] if end < len(tokens) else None
        if end - 1 in taken or (after is not None and after.kind == "word" and after.capital):
            continue  # "the North Atlantic"
        added.append(Mention(i + 1, end, entry[1][0], entry[1][1], entry[1][0]))
    return sorted([*mentions, *added], key=lambda m: m.first) if added else mentions


_SHOUTED = frozenset({"IS", "WHO", "US", "IT", "AA", "AP"})
#: Words by which a sentence in capitals is known; more are not looked at for every "US" in it.
_HEARD = 60


#: Words in capitals from this length on are read as names in ordinary writing.
_LONGEST_ACRONYM = 5


def _in_capitals(tokens: Sequence[Token]) -> bool:
    """Whether a whole headline or caption is written in capitals."""
    first = next((t for t in tokens if t.kind == "word" and len(t.key) >= _LONGEST_ACRONYM), None)
    return first is not None and first.key.isupper() and _shouting(tokens)


def _shouting(tokens: Sequence[Token]) -> bool:
    """Whether a sentence is written in capitals, where "US" can be the pronoun."""
    words = [t.key.isupper() for t in tokens[:_HEARD] if t.kind == "word"]
    return sum(words) > 0.7 * len(words)


def _whole(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a name is not a part of a longer one ("Georgia State", "Jordan Smith" stay what they are)."""
    if tokens[first].key in _SURNAMES_TOO:
        after = tokens[last] if last < len(tokens) else None
        if after is not None and after.capital and after.kind == "word" and not touching(tokens, last):
            return False
    if tokens[first].key in ("Congress", "Senate") and first and tokens[first - 1].kind == "word":
        # "the National Congress" is somebody else's
        return not tokens[first - 1].capital or tokens[first - 1].key in ("US", "The")
    return True


# ------------------------------------------------------------------ people of an article


@dataclass(slots=True)
class Person:
    """A person named in full somewhere in the article."""

    name: str
    party: str | None = None
    roles: set[str] = field(default_factory=set)


@dataclass(slots=True)
class People:
    """The people of one article, found by full name and by surname."""

    by_name: dict[str, Person] = field(default_factory=dict)
    _phrases: Phrases[Person] | None = None

    def at(self, keys: Sequence[str], i: int) -> tuple[int, Person] | None:
        """The person named at word ``i``, and the index after the name."""
        if not self.by_name:
            return None
        if self._phrases is None:
            self._phrases = Phrases(self._forms())
        return self._phrases.at(keys, i)

    def _forms(self) -> Iterable[tuple[list[str], Person]]:
        surnames: dict[str, set[str]] = {}
        for person in self.by_name.values():
            words = [t.key for t in tokenize(person.name)]
            yield words, person
            surnames.setdefault(words[-1], set()).add(person.name)
        for surname, names in surnames.items():
            if len(names) == 1 and len(surname) > 1 and surname.lower() not in _NEVER_PERSON:
                yield [surname], self.by_name[next(iter(names))]

    def add(self, name: str, role: str | None, party: str | None) -> Person:
        known = lexicons.load("people")
        for full, entry in known.items():
            if name == full or name in entry["names"]:
                name, party = full, entry["party"] or party
                break
        person = self.by_name.setdefault(name, Person(name, party))
        person.party = person.party or party
        if role:
            person.roles.add(role)
        return person

    def playing(self, role: str) -> list[Person]:
        """Those who hold ``role`` ("spokeswoman") somewhere in the article."""
        return [p for p in self.by_name.values() if role in p.roles]


def collect_people(sentences: Iterable[Sequence[Token]], speaking: frozenset[str]) -> People:
    """The people named in full in ``sentences``: a title before the name, or a verb of ``speaking`` beside
    it.
    """
    people = People()
    for tokens in sentences:
        i = 0
        while i < len(tokens):
            if tokens[i].kind != "word" or not tokens[i].capital:
                i += 1
                continue
            end = _run(tokens, i)
            if end > i + 1:  # one word is no full name
                _person_in(people, tokens, i, end, speaking)
            i = end
    return people


def _run(tokens: Sequence[Token], i: int) -> int:
    """The end of the run of capitalised words from ``i`` on, particles and hyphens inside it included."""
    k = i + 1
    while k < len(tokens):
        t = tokens[k]
        if (t.kind == "word" and t.capital) or (
            t.low in _PARTICLES
            and k + 1 < len(tokens)
            and (tokens[k + 1].capital or tokens[k + 1].key in HYPHENS)
        ):
            k += 1
        elif (
            t.key in HYPHENS
            and hyphenated(tokens, k)
            and (tokens[k + 1].capital or tokens[k - 1].low in _PARTICLES or tokens[k - 1].capital)
        ):
            k += 2
        elif t.key == "]" and k + 1 < len(tokens) and tokens[k + 1].capital:
            k += 1
        else:
            break
    return k


def _person_in(
    people: People, tokens: Sequence[Token], first: int, end: int, speaking: frozenset[str]
) -> None:
    role = None
    start = first
    party = None
    mentions = [m for m in find_mentions(tokens[first:end]) if m.kind != "person"]
    for m in mentions:
        party = party or m.party
        if m.first + first <= start + (start > first):
            start = max(start, first + m.last)
    for k in range(start, end):
        low = tokens[k].low
        if low in _TITLES or tokens[k].key == "]":
            start = k + 1
            if singular(low) in ROLES:
                role = singular(low)
    while start < end and tokens[start].kind != "word":
        start += 1
    words = [t for t in tokens[start:end] if t.kind == "word"]
    if (
        not 2 <= len(words) <= 5
        or any(t.low in _NEVER_PERSON or t.low in STARTS for t in words)
        or any(t.key.isupper() and len(t.key) > 2 for t in words)
    ):
        return
    if any(start <= first + m.first < end for m in mentions):
        return
    before = tokens[start - 1] if start else None
    office = _office_beside(tokens, start, end)
    if office is not None:
        role, party = office[0] or role, office[1] or party
    if role is None and before is not None and singular(before.low) in ROLES and before.kind == "word":
        role = singular(before.low)
        party = party or _party_before(tokens, start - 1)
    after = tokens[end].low if end < len(tokens) else ""
    follows = before is not None and before.low in speaking
    if role is None and before is not None and before.key == "," and start > 1:
        # "the defence secretary, John Marsh, said"
        role = singular(tokens[start - 2].low) if singular(tokens[start - 2].low) in ROLES else None
        if role is None and after == ",":
            role, party = _role_in_front(tokens, start - 1) or (None, party)
    if after == "," and end + 1 < len(tokens) and tokens[end + 1].low in ("who", "whose", "a", "an", "now"):
        follows = len(words) <= 3  # "Anna Novak, who ...", "Anna Novak, a former inspector"
    known = lexicons.load("people")
    name = _spelled(tokens, start, end)
    if (
        role
        or after in speaking
        or follows
        or name in known
        or (start > first and tokens[start - 1].low in _TITLES)
    ):
        people.add(name, role, party)


def _office_beside(tokens: Sequence[Token], first: int, last: int) -> tuple[str | None, str | None] | None:
    """The role and party of an office right before a name or, behind a comma, after it."""
    keys = [t.key for t in tokens[max(0, first - 8) : last + 12]]
    at = first - max(0, first - 8)
    behind = at + last - first
    found = _OFFICES.before(keys, at)
    span = (found[0], at) if found else None
    if found is None and keys[behind : behind + 1] == [","]:
        k = behind + 1 + (keys[behind + 1 : behind + 2] == ["the"])
        entry = _OFFICES.at(keys, k) if k < len(keys) else None
        if entry:
            found, span = entry, (k, entry[0])
    if found is None or span is None:
        return None
    roles = [singular(w.lower()) for w in keys[span[0] : span[1]] if singular(w.lower()) in ROLES]
    return (roles[0] if roles else None), found[1][1]


def _role_in_front(tokens: Sequence[Token], comma: int) -> tuple[str, str | None] | None:
    """The role before a name between commas, and whose: "The head of Iran's agency, Reza Karimi, ..."."""
    for k in range(comma - 1, max(comma - 10, 0), -1):
        if tokens[k].kind == "sign" and not hyphenated(tokens, k):
            return None
        if tokens[k].low in ROLES and tokens[k - 1].low == "the" and tokens[k + 1].low in ("of", "for", "to"):
            near = find_mentions(tokens[k:comma])
            return tokens[k].low, near[0].party if near else None
    return None


def _party_before(tokens: Sequence[Token], k: int) -> str | None:
    near = find_mentions(tokens[max(0, k - 5) : k])
    return near[-1].party if near else None


def _spelled(tokens: Sequence[Token], first: int, last: int) -> str:
    out = tokens[first].key
    for k in range(first + 1, last):
        out += ("" if touching(tokens, k) else " ") + tokens[k].key
    return out
