"""Text in, claims out: the door of the engine.

Pure: the same text, date and title give the same claims, everywhere and always. Nothing is fetched or guessed
from the clock, and what was learnt was learnt before (docs/architecture.md says which parts, and from what).
"""

from __future__ import annotations

from datetime import date

from claims.engine.article import read_article
from claims.engine.extractors import all_extractors
from claims.engine.pointing import claim_at, claims_at
from claims.engine.records import Claim

__all__ = ["claim_at", "claims_at", "extract"]


def extract(
    text: str,
    *,
    published: date | None = None,
    title: str = "",
    outlet: str = "",
    month_first: bool = False,
) -> tuple[Claim, ...]:
    """The claims in the body ``text`` of an article, in reading order.

    ``published`` resolves relative times ("last week"); without it they stay unresolved. ``title`` helps
    only to find people's full names. ``outlet`` is accepted for extractors that need to know who speaks in
    the article's own voice; none does now. ``month_first``: the outlet writes 04/05/2021 for 5 April; unless
    it does, or another date of the article tells the order, such a date stays unresolved. Every claim
    satisfies ``text[claim.span.start:claim.span.end] == claim.quote``.
    """
    article = read_article(text, published, title, month_first=month_first)
    extractors = all_extractors()
    claims = [
        claim for sentence in article.sentences for find in extractors for claim in find(article, sentence)
    ]
    return tuple(sorted(dict.fromkeys(claims), key=lambda c: (c.span, c.kind, c.rule)))
