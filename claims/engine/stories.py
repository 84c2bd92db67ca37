"""Whether two articles tell one story: the terms that tell an article from others, held side by side.

A term is the stem of a word, or a name of two words ("bara camp"). It weighs the more the fewer articles
use it (a fixed table, so that nothing here depends on what is stored), the more often the article does, the
sooner it comes, and more again where it is a name: "police" and "shooting" tell what sort of story it is,
"Kittering" tells which.

The table (``weights/idf.txt.gz``, written by ``training/train_idf.py``, licence beside it) is lines of text:
a stem and its weight.
"""

from __future__ import annotations

import gzip
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice, pairwise

from claims.engine.lexicons import words
from claims.engine.records import ArticleRef, PlacedClaim, Profile
from claims.engine.wording import STOP, normal, stem

#: Terms kept of an article: enough to tell it from others, few enough to store with each revision.
KEPT = 60
#: Characters read on either side of a claim's sentence.
AROUND = 160
#: Words read of a body. What a long article tells further down is background, and work stays bounded.
READ = 1500
#: The weight of a word in so few articles that the table leaves it out; also the highest there is.
UNKNOWN = 6.5

# Tuned on ECB+ (articles of one event against articles of another event of the same sort), topics left out in
# turn; FA-KES (published within three days, same province) agrees.
_NAME = 2.0
_LEAD, _IN_LEAD = 120, 1.5
_IN_TITLE = 2.0

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*(?:-[^\W\d_]+)*")
#: Where a capital says nothing: the text's beginning, after the end of a sentence, an opening quotation mark.
_AFTER_STOP = re.compile(r"(?:^|[.!?:;\n•*|]|[\"“”'‘(\[])\s*$")
#: A line that is an address, also one cut into tokens ("http : / / www . example . com").
_ADDRESS = re.compile(
    r"^\W*(?:https?\b|www\b)[^\n]*$|\bhttps?://\S+|\bwww\.\S+", re.MULTILINE | re.IGNORECASE
)
_NUMBER_OR_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(sorted(words('weekdays')))})\b", re.IGNORECASE)
#: Characters of a body read for numbers and days, and how many numbers are kept.
_NUMBERED, MOST_NUMBERS = 8000, 80
_NEAR = 2  # characters between the words of one name: "Bara Camp", "St. Ives"


@cache
def _table() -> dict[str, float]:
    packed = files("claims.engine.weights").joinpath("idf.txt.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    return {word: float(weight) for word, weight in (line.split("\t") for line in lines)}


def idf(word: str) -> float:
    """How few articles use a word: 0 for one that stands in all, UNKNOWN for a rare or unknown one.

    The word may be written any way; it is looked up by its stem.
    """
    return _of_stem(stem(word))


def _of_stem(term: str) -> float:
    return _table().get(term, UNKNOWN)


def terms_of(text: str) -> frozenset[str]:
    """The stems of a text's words that say something (what the table of weights is counted from)."""
    return frozenset(word.stem for word in _words(_ADDRESS.sub(" ", text)) if word.counts)


@lru_cache(maxsize=16384)
def profile(title: str, body: str) -> Profile:
    """The most telling terms of an article, at most KEPT, and their weights.

    Only the two texts and the fixed table count, so the same article has the same profile everywhere.
    """
    found = [*islice(_words(_ADDRESS.sub(" ", body)), READ)]
    named = _names(found)
    told: dict[str, float] = {}
    names: set[str] = set()

    def tell(term: str, weight: float) -> None:
        told[term] = told.get(term, 0.0) + weight

    for k, word in enumerate(found):
        if word.counts:
            tell(word.stem, _IN_LEAD if k < _LEAD else 1.0)
    for word in _words(title):
        if word.counts:
            tell(word.stem, _IN_TITLE)
    for k, term in _phrases(found, named):
        tell(term, _IN_LEAD if k < _LEAD else 1.0)
        names.add(term)

    weights: dict[str, float] = {}
    for term, often in told.items():
        rare = max(map(_of_stem, term.split()))
        name = _NAME if term in named or term in names else 1.0
        weights[term] = (1 + math.log(often)) * rare * name
    kept = sorted(weights, key=lambda t: (-weights[t], t))[:KEPT]
    length = math.sqrt(sum(weights[t] ** 2 for t in kept)) or 1.0
    start = _ADDRESS.sub(" ", body[:_NUMBERED])
    return Profile(
        tuple((t, round(weights[t] / length, 4)) for t in kept),
        tuple(t for t in kept if t in named or t in names),
        numbers_of(start, MOST_NUMBERS) if kept else (),
        _weekdays(start) if kept else (),
    )


def numbers_of(text: str, most: int | None = None) -> tuple[str, ...]:
    """The numbers of a text as written, in its order, each once: no thousands marks, words up to twenty as
    figures."""
    found = (normal(m.group()) for m in _NUMBER_OR_WORD.finditer(text))
    return tuple(islice(dict.fromkeys(w for w in found if w[0].isdigit()), most))


def weekdays_of(text: str) -> tuple[str, ...]:
    """The days of the week a text names, the most often named first."""
    return _weekdays(text)


@lru_cache(maxsize=16384)
def _weekdays(text: str) -> tuple[str, ...]:
    named = Counter(m.group().casefold() for m in _WEEKDAY.finditer(text))
    return tuple(sorted(named, key=lambda day: (-named[day], day)))


def alike(a: Profile, b: Profile) -> float:
    """How alike two articles are, in [0, 1]: the cosine of their kept terms; symmetric.

    0 where one is empty.
    """
    if a == b:
        return 1.0 if a.terms else 0.0
    other = dict(b.terms)
    # fsum does not depend on the order of its terms
    return min(math.fsum(weight * other[term] for term, weight in a.terms if term in other), 1.0)


def shared_names(a: Profile, b: Profile) -> tuple[str, ...]:
    """The names both articles tell by, those that weigh most first; symmetric."""
    both = set(a.names) & set(b.names)
    one, two = dict(a.terms), dict(b.terms)
    return tuple(sorted(both, key=lambda name: (-one[name] * two[name], name)))


def profile_of(article: ArticleRef) -> Profile:
    """An article's profile: the one it brings along, or that of its text (worked out once per text)."""
    return article.profile if article.profile is not None else profile(article.title, article.body)


def same_story(a: ArticleRef, b: ArticleRef) -> float:
    """How alike two articles are, in [0, 1]; symmetric."""
    return 1.0 if a.key == b.key else alike(profile_of(a), profile_of(b))


def passage(placed: PlacedClaim) -> Profile:
    """The terms of the passage a claim stands in: its sentence and AROUND characters on either side.

    An article may tell of several events; which of them a figure is of, the passage tells.
    """
    text, sentence = placed.text, placed.claim.sentence
    start, end = max(0, sentence.start - AROUND), min(len(text), sentence.end + AROUND)
    # words cut in two at either end say nothing
    before = text[start : sentence.start].partition(" ")[2] if start else text[: sentence.start]
    after = text[sentence.end : end].rpartition(" ")[0] if end < len(text) else text[sentence.end :]
    return profile("", before + sentence.of(text) + after)


# ---------------------------------------------------------------------- words and names


@dataclass(frozen=True, slots=True)
class _Word:
    stem: str
    start: int
    end: int
    capital: bool  # where a capital says something
    small: bool
    counts: bool  # whether the word says something


def _words(text: str) -> Iterator[_Word]:
    for match in _WORD.finditer(text):
        written = match.group()
        start = match.start()
        capital = written[0].isupper() and not _AFTER_STOP.search(text, max(0, start - 3), start)
        form = normal(written)
        counts = len(written) > 1 and form not in STOP and not form[0].isdigit()
        yield _Word(stem(written), start, match.end(), capital, written[0].islower(), counts)


def _names(found: Sequence[_Word]) -> frozenset[str]:
    """The stems written with a capital wherever one says something, at least once."""
    capital: dict[str, int] = {}
    for word in found:
        if word.counts:
            capital[word.stem] = capital.get(word.stem, 0) + (1 if word.capital else 0)
    small = {w.stem for w in found if w.small}
    return frozenset(stem for stem, often in capital.items() if often and stem not in small)


def _phrases(found: Sequence[_Word], names: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Names of two words, with the index of the first ("Bara Camp" -> "bara camp")."""
    for k, (first, second) in enumerate(pairwise(found)):
        if (
            second.capital
            and first.stem in names
            and second.stem in names
            and second.start - first.end <= _NEAR
        ):
            yield k, f"{first.stem} {second.stem}"
