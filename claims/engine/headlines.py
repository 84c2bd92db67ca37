"""The claims of a headline: numbers and acts, pinned to the headline's own characters.

Headlines are written in a grammar of their own. Every Word May Begin With A Capital, which would make names
of nouns, and acts to come stand with a bare "to" ("US to deploy 40 interceptors"). So the capitals are first
put back as the body writes the words; characters keep their places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from claims.engine import lexicons
from claims.engine.extract import extract
from claims.engine.records import Claim, Kind, Status
from claims.engine.tokens import Token, tokenize
from claims.engine.verbs import FORMS

#: Share of the longer words of a headline that must begin small for its capitals to be taken as they stand.
_AS_WRITTEN = 0.4
_LONGER = 4
_SMALL = (
    lexicons.words("prepositions")
    | lexicons.words("conjunctions")
    | lexicons.words("determiners")
    | lexicons.words("pronouns")
)


def extract_headline(title: str, body: str, *, published: date | None = None) -> tuple[Claim, ...]:
    """The claims in the headline ``title`` of an article, in reading order, each with ``headline`` set.

    Their spans are into ``title``. ``body`` only tells which words are names and who people are.
    Quotations are left out: a headline's are fragments of what the body quotes in full.
    """
    if not title.strip():
        return ()
    claims = extract(as_in_a_sentence(title, body), published=published, title=body[:2000])
    return of_headline(title, body, [c for c in claims if c.kind is not Kind.QUOTATION])


def of_headline(title: str, body: str, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Claims found in ``as_in_a_sentence(title, body)`` as claims of the headline itself."""
    to_come = _to_come(tokenize(as_in_a_sentence(title, body)))
    return tuple(_of_a_headline(claim, title, to_come) for claim in claims)


def _of_a_headline(claim: Claim, title: str, to_come: int | None) -> Claim:
    claim = replace(claim, quote=claim.span.of(title), headline=True)
    if to_come is not None and claim.span.start > to_come and claim.status is Status.DONE:
        return replace(claim, status=Status.PLANNED, hedge="to")
    return claim


def _to_come(tokens: Sequence[Token]) -> int | None:
    """Where "to" stands for "will" ("US to deploy 40 launchers"): before a verb, with no verb before it."""
    for token, following in pairwise(tokens):
        forms = FORMS.get(token.low, frozenset())
        if token.low == "to" and "base" in FORMS.get(following.low, frozenset()):
            return token.start
        if forms & {"s", "past"} and not forms & {"base"}:
            return None
    return None


def as_in_a_sentence(title: str, body: str) -> str:
    """``title`` with the capitals a sentence would have, as far as ``body`` tells; no character moves."""
    tokens = tokenize(title)
    longer = [t.key for t in tokens if t.kind == "word" and len(t.key) >= _LONGER]
    if not longer or sum(w[0].islower() for w in longer) >= _AS_WRITTEN * len(longer):
        return title
    written = {t.key for t in tokenize(body)}
    return "".join(_pieces(title, tokens, written))


def _pieces(title: str, tokens: Sequence[Token], written: set[str]) -> list[str]:
    pieces, at = [], 0
    for i, token in enumerate(tokens):
        word = title[token.start : token.end]
        if token.kind == "word" and (i or word.isupper()):
            word = _cased(word, written)
        pieces += [title[at : token.start], word]
        at = token.end
    return [*pieces, title[at:]]


def _cased(word: str, written: set[str]) -> str:
    low = word.lower()
    if len(low) != len(word) or low == word:
        return word
    if low in written:
        return low
    if word in written:
        return word
    if word.isupper() and word.capitalize() in written:
        return word.capitalize()
    return low if low in _SMALL or low in FORMS or low.removesuffix("s") in written else word
