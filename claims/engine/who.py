"""Who is meant by a noun phrase: a party, a body, a person, or the words as they stand.

Used for those who act, those who are acted upon and those who speak. "His administration" is the party of
the person named before; "the department" the body so called named before; "the diplomat" and "she" the one
who spoke last.
"""

from __future__ import annotations

from dataclasses import dataclass

from claims.engine import lexicons
from claims.engine.article import Article, Sentence
from claims.engine.names import ROLES, Mention
from claims.engine.nouns import PEOPLE, THINGS, is_plural, singular
from claims.engine.numbers import STARTS
from claims.engine.phrases import abbreviates
from claims.engine.tokens import HYPHENS, touching

_LISTS = lexicons.grammar("who")

_PREPOSITIONS = lexicons.words("prepositions")
_DETERMINERS = lexicons.words("determiners")
#: Nouns that act for the state named before them: "Russian forces", "Biden administration".
_ARMS_OF_STATE = _LISTS["arms_of_state"]
_AGAINST_STATE = _LISTS["against_state"]
_HOLDINGS = _LISTS["holdings"]
_AGENTS = PEOPLE | _LISTS["agents"]
_ADMINISTRATIONS = _LISTS["administrations"]
_BODIES_UNNAMED = _LISTS["bodies_unnamed"]
_PAPERS = _LISTS["papers"]


@dataclass(frozen=True, slots=True)
class Named:
    """``name`` is canonical where the lexicons or the article know one, else the words; ``kind`` says
    which.
    """

    name: str
    kind: str  # state, group, body, person, treaty, owner (of the thing that is the subject), words
    party: str | None = None


def of_actor(article: Article, sentence: Sentence, first: int, last: int) -> Named | None:
    """Who acts in tokens ``first``..``last``; None where only a thing is named ("an air strike")."""
    # "On Aug. 24 Turkey launched"
    first = next((t.last for t in sentence.times if t.first <= first < t.last < last), first)
    bare = _skip_determiners(sentence, first, last)
    if bare >= last:
        return None
    together = _joint(sentence, bare, _head_end(sentence, bare, last)) or _several(
        article, sentence, first, last
    )
    if together is not None:
        return together
    first = bare
    lows = sentence.lows
    if lows[first] in ("he", "she") and last - first == 1:
        return (
            _person_named(article, sentence.speaking)
            if sentence.speaking
            else _of_owner(article, sentence.owner)
        )
    if lows[first] == "it" and last - first == 1:
        return _it(article, sentence, first)
    if lows[first] == "they" and last - first == 1:
        return None
    head_end = _head_end(sentence, first, last)
    head = lows[head_end - 1]
    if (
        lows[first - 1 if first else 0] in ("his", "her", "its", "their")
        and head in _ADMINISTRATIONS
        and sentence.owner
    ):
        return Named(sentence.owner.party, "state", sentence.owner.party) if sentence.owner.party else None
    mentions = sentence.within(first, head_end) or [
        m for m in sentence.within(first, last) if _possessive_or_by(sentence, m)
    ]
    body = next((m for m in reversed(mentions) if m.kind == "body" and not _hyphened(sentence, m)), None)
    if body and body.label not in ("wire", "outlet"):
        return Named(body.name, "body", body.party)
    person = next((m for m in mentions if m.kind == "person"), None)
    office = next((m for m in mentions if m.kind == "office"), None)
    if office and person is None:
        return _for_office(office)
    if person:
        if head in _ADMINISTRATIONS and person.party:
            return Named(person.party, "state", person.party)
        return Named(person.name, "person", person.party)
    party = next((m for m in mentions if m.kind in ("state", "capital", "demonym", "group")), None)
    if party:
        following = lows[party.last : party.last + 1]
        if following and following[0] in HYPHENS and touching(sentence.tokens, party.last):
            if lows[party.last + 1 : party.last + 2] == ["led"]:
                # "US-led air strikes", "the American-led alliance": one coalition
                short = "US" if party.name == "United States" else sentence.words(party.first, party.last)
                return Named(f"{short}-led coalition", "group", None)
            return Named(sentence.words(first, head_end), "words", None)
        if party.kind == "group":
            return Named(party.name, "group", party.party)
        official = head_end == party.last or head in _ARMS_OF_STATE or singular(head) in _ARMS_OF_STATE
        official = official or singular(head) in THINGS  # "an Israeli drone"
        if head in _HOLDINGS and lows[party.last : party.last + 1] == ["'s"]:
            return Named(party.name, "owner", party.party)
        if official and _AGAINST_STATE.isdisjoint(lows[first:head_end]):
            return Named(party.name, "state", party.party)
        return Named(sentence.words(first, head_end), "words", None)
    definite = _called(sentence, first, head_end)
    if definite:
        return Named(definite.name, "body", definite.party)
    treaty = _treaty(article, sentence, first, head_end)
    if treaty:
        return Named(treaty, "treaty")
    if singular(head) in THINGS:
        return None  # a missile does not act
    capitals = all(t.capital for t in sentence.tokens[first:head_end] if t.kind == "word")
    if capitals and (
        head_end - first > 1
        or sentence.tokens[first].start != sentence.span.start
        or sentence.tags[first] == "NNP"
    ):
        return Named(sentence.words(first, head_end), "words", None)
    if head in _ADMINISTRATIONS or head in _BODIES_UNNAMED:
        return None  # whose?
    if singular(head) in _AGENTS and head_end - first <= 4:
        return Named(sentence.words(first, head_end), "words", None)
    return None


_PARTIES = ("state", "capital", "demonym", "group")


def _joint(sentence: Sentence, first: int, last: int) -> Named | None:
    """Several parties that act together: "Estonia, Latvia and Lithuania", "American and British warships"."""
    named = [m for m in sentence.within(first, last) if m.kind in _PARTIES]
    if not named or named[0].first != first:
        return None
    while True:  # a comma ends a subject; the parties listed before it belong to it too
        lead = next((m for m in sentence.mentions if m.last == named[0].first - 1), None)
        if lead is None or lead.kind not in _PARTIES or sentence.lows[lead.last] != ",":
            break
        named.insert(0, lead)
    if named[0].first not in (0, first) and sentence.low(named[0].first - 1) not in (
        "that",
        "and",
        "but",
        "the",
    ):
        return None
    joined = [named[0]]
    for m in named[1:]:
        gap = [w for w in sentence.lows[joined[-1].last : m.first] if w != "the"]
        if gap not in (["and"], [","], [",", "and"]):
            break
        joined.append(m)
    names = list(dict.fromkeys(m.name for m in joined))
    if len(names) < 2:
        return None
    head = sentence.lows[last - 1]
    if joined[-1].last != last and head not in _ARMS_OF_STATE and singular(head) not in THINGS:
        return None
    return Named(", ".join(names[:-1]) + f" and {names[-1]}", "state", None)


def _several(article: Article, sentence: Sentence, first: int, last: int) -> Named | None:
    """Those named one by one who act together: "Lockheed Martin and Raytheon", "Obama and Medvedev"."""
    lows = sentence.lows
    end = _head_end_joined(sentence, first, last)
    inside = {k for m in sentence.within(first, end) for k in range(m.first, m.last)}
    joints = [k for k in range(first, end) if lows[k] in ("and", ",") and k not in inside]
    if not joints or lows[joints[-1]] != "and" or len(joints) > _MOST_TOGETHER:
        return None
    starts = [first, *(k + 1 for k in joints)]
    ends = [*joints, end]
    parts = [(a, b) for a, b in zip(starts, ends, strict=True) if b > a]
    if any(not _named_whole(sentence, a, b) for a, b in parts):
        return None
    found = [of_actor(article, sentence, a, b) for a, b in parts]
    names = list(dict.fromkeys(f.name for f in found if f is not None))
    if any(f is None for f in found) or len(names) < 2:
        return None
    return Named(", ".join(names[:-1]) + f" and {names[-1]}", "state", None)


#: The most names that are put together.
_MOST_TOGETHER = 6


def _named_whole(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a phrase ends in a name: "President Putin", "Lockheed Martin", not "Iran's army"."""
    t = sentence.tokens[last - 1]
    return (
        t.kind == "word"
        and t.capital
        and not any(
            m.last == last and m.kind == "demonym" and m.name != sentence.words(m.first, m.last)
            for m in sentence.within(first, last)
        )
    )


def _head_end_joined(sentence: Sentence, first: int, last: int) -> int:
    """The end of names joined by commas and "and": before the first preposition outside a name."""
    inside = {k for m in sentence.within(first, last) for k in range(m.first, m.last)}
    for k in range(first + 1, last):
        if k not in inside and sentence.lows[k] in _PREPOSITIONS:
            return k
    return last


def _for_office(office: Mention) -> Named:
    """Whom the holder of an office acts for: the party, else the body ("the IAEA director general")."""
    if office.party:
        return Named(office.party, "state", office.party)
    return Named(office.label or office.name, "body", None)


def _hyphened(sentence: Sentence, m: Mention) -> bool:
    """Whether a name only describes what follows: "UK-based", "CIA-trained"."""
    return sentence.low(m.last) in HYPHENS and touching(sentence.tokens, m.last)


def _it(article: Article, sentence: Sentence, k: int) -> Named | None:
    """The state or body that "it" at token ``k`` stands for: the subject before it."""
    agent = sentence.agent
    for p in sentence.predicates:
        if p.verb > k or p.subject is None:
            break
        agent = next(
            (
                m
                for m in sentence.within(*p.subject)
                if m.kind in ("state", "capital", "group", "body") and not _hyphened(sentence, m)
            ),
            agent,
        )
    if k > 2 and sentence.lows[k - 1] == "that":
        # "North Korea's claim that it had tested a weapon"
        owner = next((m for m in sentence.mentions if k - 4 <= m.last <= k - 2), None)
        if owner and sentence.lows[owner.last - 1 : owner.last + 1].count("'s") and owner.party:
            return Named(owner.name, "body" if owner.kind == "body" else "state", owner.party)
    treaty = _treaty_before(article, sentence, k)
    if treaty:
        return Named(treaty, "treaty")
    if agent is None:
        return None
    return Named(agent.name, "body" if agent.kind == "body" else "state", agent.party)


def _possessive_or_by(sentence: Sentence, m: Mention) -> bool:
    """ "an attack by Russia", "the decision of Moscow": the name acts although it is not the head."""
    return (m.first > 0 and sentence.lows[m.first - 1] == "by") or (
        m.first > 1 and sentence.lows[m.first - 1] == "the" and sentence.lows[m.first - 2] == "by"
    )


def _skip_determiners(sentence: Sentence, first: int, last: int) -> int:
    """The index of the first word of a phrase that is no article, pronoun or number."""
    named = {m.first for m in sentence.within(first, last)}
    while (
        first < last
        and first not in named  # "The Hague"
        and (
            sentence.lows[first] in _DETERMINERS
            or sentence.lows[first] in STARTS
            or sentence.tokens[first].kind != "word"
        )
        and sentence.tokens[first].key not in ("IS",)
    ):
        first += 1
    return first


def _head_end(sentence: Sentence, first: int, last: int) -> int:
    """The end of the noun phrase proper: before the first preposition or comma (names may hold them)."""
    inside = {k for m in sentence.within(first, last) for k in range(m.first, m.last)}
    for k in range(first, last):
        if k in inside:
            continue
        if sentence.lows[k] in _PREPOSITIONS and k > first:
            return k
        t = sentence.tokens[k]
        if (
            t.kind == "sign"
            and not (t.key in HYPHENS and touching(sentence.tokens, k))
            and k > first
            and not abbreviates(sentence, k)
        ):
            return k
    return last


def _called(sentence: Sentence, first: int, last: int) -> Mention | None:
    """The body that "the department" or "the agency" means: the last one named of that sort."""
    if first == 0 or sentence.lows[first - 1] != "the" or last - first > 1:
        return None
    for body in reversed(sentence.last_body):
        if body.label == sentence.lows[first]:
            return body
    return None


#: How many sentences back "the treaty" may have been named.
_TREATY_NAMED = 12


def _treaty(article: Article, sentence: Sentence, first: int, last: int) -> str | None:
    """The treaty that tokens ``first``..``last`` name, or that "the treaty" means: the last one named."""
    for m in sentence.things:
        if m.kind == "treaty" and first <= m.first and m.last in (last, last - 1):
            return m.name
    if first == 0 or sentence.lows[first - 1] != "the" or sentence.lows[last - 1] not in _PAPERS:
        return None
    if last - first > 1:
        return None
    for earlier in reversed(article.sentences[max(0, sentence.at - _TREATY_NAMED) : sentence.at + 1]):
        named = [
            m for m in earlier.things if m.kind == "treaty" and (earlier is not sentence or m.last < first)
        ]
        if named:
            return named[-1].name
    return None


def _treaty_before(article: Article, sentence: Sentence, k: int) -> str | None:
    """The treaty that was the subject before "it" at token ``k``, here or in the sentence before."""
    subjects = [(sentence, p.subject) for p in sentence.predicates if p.verb < k and p.subject]
    if not subjects and sentence.at:
        earlier = article.sentences[sentence.at - 1]
        subjects = [(earlier, p.subject) for p in earlier.predicates[:1] if p.subject]
    if not subjects:
        return None
    where, (first, last) = subjects[-1]
    return _treaty(article, where, _skip_determiners(where, first, last), last)


def _of_owner(article: Article, owner: Mention | None) -> Named | None:
    if owner is None or owner.kind != "person":
        return None
    return Named(owner.name, "person", owner.party)


def _person_named(article: Article, name: str) -> Named:
    person = article.people.by_name.get(name)
    return Named(name, "person" if person else "words", person.party if person else None)


def of_speaker(article: Article, sentence: Sentence, first: int, last: int) -> Named | None:
    """Who speaks in tokens ``first``..``last``; None where nobody is named ("officials", "a source")."""
    start = _skip_determiners(sentence, first, last)
    if start >= last:
        return None
    lows = sentence.lows
    people = [m for m in sentence.within(first, last) if m.kind == "person"]
    if people:
        # "Putin's spokesman Dmitry Peskov" is the one named last; behind a comma it is the one named first:
        # "the secretary, Chuck Hagel, who had met Lavrov".
        head = [m for m in people if "," not in sentence.lows[first : m.first]]
        speaker = head[-1] if head else people[0]
        return Named(speaker.name, "person", speaker.party)
    if lows[start] in ("he", "she"):
        return _person_named(article, sentence.he) if sentence.he else None
    if lows[start] == "it":
        return Named(sentence.institution, "words", None) if sentence.institution else None
    if lows[start] == "they":
        return None
    head_end = _head_end(sentence, start, last)
    role = singular(lows[head_end - 1])
    if role in ROLES and lows[head_end - 1] == role:
        definite = start > first and lows[start - 1] in ("the", "his", "her")
        named = sentence.within(start, head_end)
        if definite and not [m for m in named if m.kind != "office"]:
            holders = article.people.playing(role)
            if len(holders) == 1:
                return Named(holders[0].name, "person", holders[0].party)
            if sentence.speaking and sentence.speaking in article.people.by_name:
                return _person_named(article, sentence.speaking)
        office = next((m for m in named if m.kind == "office"), None)
        if office:
            return Named(office.name, "words", office.party)
        return (
            Named(sentence.words(start, head_end), "words", named[0].party if named else None)
            if named
            else None
        )
    mentions = sentence.within(start, last)
    body = next((m for m in mentions if m.kind == "body"), None)
    if body:
        return Named(body.name, "body", body.party)
    if (
        is_plural(lows[head_end - 1])
        and singular(lows[head_end - 1]) in PEOPLE | ROLES | {"source", "witness"}
        and not any(t.capital for t in sentence.tokens[head_end - 1 : head_end])
    ):
        return None
    if mentions:
        m = mentions[0]
        if head_end == m.last and m.kind != "demonym":
            return Named(m.name, m.kind if m.kind == "group" else "state", m.party)
        return Named(sentence.words(start, head_end), "words", m.party)
    called = _called(sentence, start, head_end)
    if called:
        return Named(called.name, "body", called.party)
    capitals = [t for t in sentence.tokens[start:head_end] if t.kind == "word" and t.capital]
    if capitals and (len(capitals) > 1 or sentence.tokens[start].start > sentence.span.start):
        return Named(sentence.words(start, head_end), "words", None)
    return None
