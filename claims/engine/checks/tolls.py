"""Two counts of one attack, accident or arrest: whether they are of the same occurrence, and when.

The next such occurrence may follow within days, in the same place and with as many dead, so that these counts
need surer ground than others before they are held against each other. The thresholds were read off the
labelled pairs of benchmarks/data/incident_pairs.jsonl.
"""

from __future__ import annotations

import re

from claims.engine.checks.extent import is_main
from claims.engine.evidence import count_people
from claims.engine.linking import compare, compatible, days_between, gap
from claims.engine.questions import lexicon, question, span_of_days
from claims.engine.records import Claim, PlacedClaim, When
from claims.engine.stories import same_story

#: Days over which outlets tell of one occurrence as news.
THE_NEWS = 3
#: How surely two numbers are one, their values left aside: so surely that the rest is taken as read, so that
#: an act or a place one side leaves out does no harm, and so that one day or story is asked for as well.
SURE, LIKELY, ENOUGH = 0.9, 0.8, 0.65
#: How alike two articles are that tell one story, one story mainly, and one story only.
A_STORY, MAINLY, ONE_STORY = 0.3, 0.45, 0.5
#: A date in full, year and all, is how an article is dated ("2 July 2016"), at most a day beside its date.
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
#: Nouns that take in everybody; any other counts some of them only.
_EVERYBODY = "person"


def occurred(member: PlacedClaim) -> When | None:
    """When the sentence says it happened; None where that is but the article's own date, printed above it."""
    when, published = member.claim.when, member.article.published
    span = span_of_days(when)
    if when is None or span is None or published is None or span[0] != span[1]:
        return when
    return None if _YEAR.search(when.text) and abs((span[0] - published).days) <= 1 else when


def sureness(a: PlacedClaim, b: PlacedClaim) -> float:
    """How surely two numbers are one, whatever their values; 0 where they do not link."""
    link = compare(a, b)
    return link.besides_values if link else 0.0


def same_sort(a: Claim, b: Claim) -> bool:
    """Whether two counts of people are of the same people: "18 civilians" are more than "15 people".

    The fewer of a narrower kind may be some of the many: "12 civilians" are no other count than "15 people".
    """
    x, y = question(a).noun, question(b).noun
    if x == y:
        return True
    if (
        not (count_people(x) and count_people(y))
        or _EVERYBODY not in (x, y)
        or not (a.quantity and b.quantity)
    ):
        return False
    some, every = (a, b) if y == _EVERYBODY else (b, a)
    return some.quantity.value > every.quantity.value  # type: ignore[union-attr]


def one_occurrence(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether two counts are surely of one occurrence: told within days, and the surer the less said."""
    score, when = sureness(a, b), gap(occurred(a), occurred(b))
    apart = days_between(a.article.published, b.article.published)
    if not score or apart is None:
        return False
    if when == 0 and score >= (LIKELY if _one_place(a.claim.place, b.claim.place) else SURE):
        return True
    if apart > THE_NEWS and when != 0:
        return False
    story = same_story(a.article, b.article)
    if apart == 0 and is_main(a) and is_main(b) and story >= A_STORY:
        return True
    return (
        (score >= SURE and story >= A_STORY)
        or (score >= LIKELY and story >= MAINLY)
        or (score >= ENOUGH and story >= ONE_STORY)
    )


def _one_place(x: str | None, y: str | None) -> bool:
    """Whether both name one place, smaller than a country."""
    return bool(x and y and lexicon().parties.isdisjoint((x, y)) and compatible(x, y))
