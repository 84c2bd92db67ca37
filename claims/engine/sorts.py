"""What sort of thing a number in the news of an event tells: how many died, were hurt, were held; an age.

Outlets tell one toll in many words ("killing three", "three others dead", "the toll rose to three"), and two
tolls in the same words ("killed three and wounded four"). :func:`sort_of` looks at the words beside a number,
the nearest first, and not past what belongs to another number, and says which sort it is and who is meant. It
knows words of the field only by lexicons/sorts.toml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from claims.engine import lexicons
from claims.engine.records import Claim, PlacedClaim, Span

_LISTS = lexicons.load("sorts")
_HAPPENED: dict[str, str] = {word: sort for sort, words in _LISTS["happened"].items() for word in words}
_THINGS: dict[str, str] = {word: sort for sort, words in _LISTS["things"].items() for word in words}
_WHO: dict[str, str] = {word: who for who, words in _LISTS["who"].items() for word in words}

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+)*|[^\w\s]")
_AGED = re.compile(r"^\s*-?\s*years?\s*-?\s*old\b|^\s*years?\s+of\s+age\b", re.IGNORECASE)
_OF_AGE = re.compile(
    r"\b(?:aged?|ages)\s+(?:of\s+|below\s+|under\s+|over\s+|\d+\s+(?:to|and)\s+)?$", re.IGNORECASE
)
_NAME = r"[A-Z][\w'’-]+(?:\s(?:[A-Z][\w'’.-]*|of|de|al))*"
#: "Royce Tamblyn, 41," and "Joss Quill was 30."
_APPOSED = re.compile(rf"({_NAME}|\b[a-z]+)\s?,\s*$")
_AFTER_AGE = re.compile(r"^\s?(?:,|\.(?:\s|$)|;|\)|and\b|of\s+[A-Z]|was\b|who\b|has\b|had\b|to\b|will\b|$)")
_WAS = re.compile(rf"({_NAME}|\b[a-z]+)\s*(?:,\s*)?(?:who\s+)?(?:was|is|were)\s*$")
_ADDRESS = re.compile(
    r"\b(?:Route|Highway|Interstate|Rt|Hwy|Apartment|Room|No|Apt|Channel|U\.?S\.?)\s*\.?\s*$"
)
_ORDINAL = re.compile(r"^(?:st|nd|rd|th)\b")
#: The second of two ages.
_SECOND = re.compile(r"(,|\bwere)\s+(\d{1,2}|[a-z]+)\s+(?:and|or)\s+$")
#: Ages are written with one or two figures, or as words up to twelve for children.
_OLDEST = 110

_RIGHT, _LEFT = 9, 9
#: How far on what is told of several numbers at once may stand ("30 soldiers and 39 rebels had been killed").
_TOGETHER = 18
#: Characters read on either side: what tells a number's sort stands near it, and work stays bounded.
_READ = 300
#: What ends a clause.
_ENDS = frozenset(".;:!?")
_TURNS = frozenset({"when", "while", "after", "before", "as", "but", "because", "where", "since", "although"})
_ACTIVE = frozenset(_LISTS["active"]["words"])
_ONLY = frozenset(_LISTS["active"]["only"])
_PASSIVE = frozenset(_LISTS["active"]["passive"])
_BETWEEN = frozenset(_LISTS["active"]["between"])
_PART = frozenset(_LISTS["active"]["part"])
_NUMBERS = frozenset(_LISTS["numbers"]["words"])
_FIRE = frozenset(_LISTS["fire"]["words"])
_TOLL = re.compile(
    r"\b(?:toll|number\s+of\s+(?:people\s+|those\s+)?(?P<of>\w+))\b[^.;]{0,90}?"
    r"\b(?:to|at|of|hits?|reached|was|is)\s+(?:(?:at\s+least|more\s+than|about|around|some|nearly|over)\s+)*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sort:
    """The sort of thing a number tells, and who or whose.

    ``sort`` and ``who`` are names of lists of the lexicon ("killed", "hurt", "shots"; "child"), "age",
    "money", "address", "rank", "times", or None where nothing says. ``name`` is the surname beside an age.
    """

    sort: str | None = None
    who: str | None = None
    name: str | None = None


@lru_cache(maxsize=32768)
def sort_of(sentence: str, start: int, end: int) -> Sort:
    """The sort of the number at ``sentence[start:end]``; Sort() where nothing beside it says."""
    left, right = sentence[max(0, start - _READ) : start], sentence[end : end + _READ]
    number = sentence[start:end]
    aged = _age(number, left, right)
    if aged is not None:
        return aged
    if left.rstrip().endswith(("$", "€", "£")) or number.startswith(("$", "€", "£")):
        return Sort("money")
    if _ADDRESS.search(left):
        return Sort("address")
    if _ORDINAL.match(right):
        return Sort("rank")
    tokens = [m.group() for m in _TOKEN.finditer(left)]
    at = len(tokens)
    tokens += ["0", *(m.group() for m in _TOKEN.finditer(right))]
    inside = [
        w for w in (m.group().casefold() for m in _TOKEN.finditer(number)) if w in _THINGS or w in _HAPPENED
    ]
    lowered = tuple(t.casefold() for t in tokens)
    after = _after(lowered, at)
    who = next((k for k, w in enumerate(after[:5]) if w in _WHO), None)
    thing = next((k for k, w in enumerate(after[:3]) if w in _THINGS), None)
    if inside and inside[0] in _THINGS:
        return Sort(_THINGS[inside[0]])
    if thing is not None and (who is None or thing < who) and not any(w in _HAPPENED for w in after[:thing]):
        return Sort(_THINGS[after[thing]])
    if after[:1] == ["times"]:
        fired = any(w in _FIRE for w in lowered[max(0, at - _LEFT) : at])
        return Sort("shots" if fired else "times")
    toll = _TOLL.search(left)
    if toll:
        return Sort(_HAPPENED.get((toll["of"] or "dead").casefold(), "killed"))
    sort = _HAPPENED[inside[0]] if inside else _fate(lowered, at)
    return Sort(sort, _WHO[after[who]] if who is not None else None)


def sort_of_claim(placed: PlacedClaim) -> Sort:
    """The sort of a claim's number in its sentence; Sort() where the article's text is not at hand."""
    return sort_in(placed.claim, placed.sentence)


def sort_in(claim: Claim, sentence: str) -> Sort:
    """The sort of a claim's number in the words of its sentence; Sort() where it does not stand there."""
    start = claim.span.start - claim.sentence.start
    if not sentence or sentence[start : start + len(claim.quote)] != claim.quote:
        return Sort()
    figure = _figure(claim.quote)
    return sort_of(sentence, start + figure.start, start + figure.end)


def _figure(quote: str) -> Span:
    """Where the number itself stands in the words of a claim ("at least [nine] sailors")."""
    found = [m for m in _TOKEN.finditer(quote) if _is_number(m.group().casefold().split("-")[0])]
    if not found:
        return Span(0, len(quote))
    last = found[0]
    for match in found[1:]:
        if quote[last.end() : match.start()].strip(" -"):
            break
        last = match
    return Span(found[0].start(), last.end())


def agreement(a: Sort, b: Sort) -> dict[str, float]:
    """Whether two numbers are of one sort and of the same people, as named evidence for linking; symmetric.

    "sort same" or "sort differs"; "sort open" where one says only that people were shot; "sort unsaid" where
    one says nothing. So for "who", with "who kin" for people of whom one side says no more than that.
    """
    found: dict[str, float] = {}
    sorts = {a.sort, b.sort}
    if a.sort and b.sort:
        open_ = "shot" in sorts and bool(sorts & _MAY_BE_SHOT)
        found["sort same" if a.sort == b.sort else "sort open" if open_ else "sort differs"] = 1.0
    elif a.sort or b.sort:
        found["sort unsaid"] = 1.0
    if sorts == {"age"}:
        found["both ages"] = 1.0
        if a.name and b.name:
            found["aged name same" if a.name == b.name else "aged name differs"] = 1.0
    if a.who and b.who:
        kin = "person" in (a.who, b.who)
        found["who same" if a.who == b.who else "who kin" if kin else "who differs"] = 1.0
    elif a.who or b.who:
        found["who unsaid"] = 1.0
    return found


#: What "eleven people were shot" may mean.
_MAY_BE_SHOT = frozenset({"killed", "hurt"})


def _is_number(word: str) -> bool:
    return word[:1].isdigit() or word in _NUMBERS


def _fate(words: tuple[str, ...], at: int, deep: int = 0) -> str | None:
    """What happened to those the number at ``words[at]`` counts.

    The verb it is the object of says it first ("killing four"), then what is told of it behind it ("four were
    hurt"), then the number it is a part of or stands beside ("including four children"), then what is told of
    several together.
    """
    k = at - 1
    while k >= 0 and (words[k] in _BETWEEN):
        k -= 1
    own = [(j, w) for j, w in enumerate(_after(words, at)) if w in _HAPPENED]
    governed = k >= 0 and words[k] in _ACTIVE and not (k and words[k - 1] in _PASSIVE)
    if governed and own and own[0][0] <= 1 and any(map(_is_number, words[max(0, k - 2) : k])):
        governed = False  # "two killed, six injured"
    if governed:
        return _HAPPENED.get(words[k], "killed")
    if own:
        j, word = own[0]
        sort = _HAPPENED[word]
        if sort == "shot":  # "shot dead", "shot and wounded"
            sort = next((_HAPPENED[w] for i, w in own[1:] if i <= j + 3 and _HAPPENED[w] != "held"), sort)
        return sort
    if k >= 0 and deep < _CHAIN:
        # "killed 15 civilians including four children", "lives of 129 loyalists and 116 rebels"
        before = next((i for i in range(k, max(-1, k - _LEFT), -1) if _is_number(words[i])), None)
        between = words[before + 1 : k + 1] if before is not None else ()
        part = k >= 0 and words[k] in _PART
        joined = (part or any(w in _PART or w in ("and", ",") for w in between)) and not any(
            w in _ENDS or w in _TURNS or (w in _HAPPENED and not part) for w in between
        )
        if before is not None and joined:
            found = _fate(words, before, deep + 1)
            if found:
                return found
    for i in range(at + 1, min(len(words), at + _TOGETHER)):
        if words[i] in _ENDS or words[i] in _TURNS:
            break
        if words[i] in _HAPPENED and words[i] not in _ONLY and not _leads(words, i):
            return _HAPPENED[words[i]]
    return None


#: How many numbers back one looks for the verb of a list.
_CHAIN = 3


def _leads(words: tuple[str, ...], i: int) -> bool:
    """Whether the word at ``i`` is the verb of the number behind it ("and wounded at least four")."""
    if words[i] not in _ACTIVE or (i and words[i - 1] in _PASSIVE):
        return False
    k = i + 1
    while k < len(words) and words[k] in _BETWEEN:
        k += 1
    return k < len(words) and _is_number(words[k])


def _after(words: tuple[str, ...], at: int) -> list[str]:
    """The words behind a number, up to the next number or its verb, or to the end of the clause."""
    found: list[str] = []
    for i in range(at + 1, len(words)):
        word = words[i]
        if word in _ENDS or _is_number(word) or (word in _TURNS and found) or len(found) == _RIGHT:
            break
        if word in _ONLY or (found and _leads(words, i)):
            break
        if word[0].isalpha():
            found.append(word)
    return found


def _age(number: str, left: str, right: str) -> Sort | None:
    """The age a number tells, with the surname or the role it stands beside; None if it is none."""
    figures = number.strip()
    if not re.fullmatch(r"\d{1,3}|[A-Za-z]+(?:-[a-z]+)?", figures) or (
        figures.isdigit() and int(figures) > _OLDEST
    ):
        return None
    behind = _AGED.match(right)
    if behind or "year-old" in number:
        rest = _TOKEN.findall(right[behind.end() :] if behind else right)[:5]
        who = next((_WHO[w.casefold()] for w in rest if w.casefold() in _WHO), None)
        return Sort("age", who)
    if _OF_AGE.search(left):
        return Sort("age")
    apposed = _APPOSED.search(left)
    if apposed and figures.isdigit() and _AFTER_AGE.match(right):
        return Sort("age", *_whose(apposed.group(1)))
    second = _SECOND.search(left)
    if second and figures.isdigit() and _AFTER_AGE.match(right):
        first = _age(second.group(2), left[: second.start(2)], ",")
        return Sort("age") if first else None  # "her children, 7 and 11"
    was = _WAS.search(left)
    if was and _AFTER_AGE.match(right):
        whose = _whose(was.group(1))
        if any(whose):
            return Sort("age", *whose)
    return None


def _whose(words: str) -> tuple[str | None, str | None]:
    last = words.split()[-1]
    if last.casefold() in _WHO and last.casefold() not in _HAPPENED:
        return _WHO[last.casefold()], None
    return None, last.casefold() if last[0].isupper() else None
