"""Who took a text from whom: for each article of an origin the likeliest source, as a forest.

What decides, in this order: an explicit credit; the day of publication; and, on one day, which text is cut
out of the other. Where nothing does, either could be first, and that is what is said: an arrow that is
guessed is worse than none. Of most articles only the day is known, so articles of one day are not ordered by
it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from claims.engine.citing import cites, credited, name_key
from claims.engine.records import ArticleRef, OriginLink, Taken, Taking
from claims.engine.wording import listed, words

#: How sure each sign makes which way a text went. Judgements, in the order of the signs: no data says who
#: took a text from whom. A credit that the other text bears out; one that stands alone; a later day; a cut.
_BOTH_CREDIT, _CREDIT, _LATER, _CUT = 0.9, 0.75, 0.7, 0.55
#: An article that credits nobody, whose passages stand in one that credits an agency.
_UNCREDITED = 0.5
#: From this confidence on, a text names its source; below, it is worked out from days and passages.
CREDITED = _CREDIT
#: A text is cut out of another if nearly all of it stands there and it is this much shorter.
_INSIDE, _SHORTER = 0.8, 0.7
#: Names in a reason before only their number is given.
_NAMED = 3

Links = Sequence[tuple[str, str, OriginLink]]  # article key, article key, link


@dataclass(frozen=True, slots=True)
class _Arrow:
    """An article perhaps taken from ``source``, an article's key, or from ``agency``."""

    taken: Taken
    weight: float


def who_took(articles: Sequence[ArticleRef], links: Links) -> tuple[Taken, ...]:
    """For each article the source its text was most likely taken from, in the order (published, outlet,
    title).

    Links to articles not given are left out. The arrows make a forest: no article is, over others, its own
    source. The order of articles and links makes no difference. Takes time in proportion to texts and links.
    """
    known = {article.key: article for article in articles}
    order = {article.key: place for place, article in enumerate(sorted(known.values(), key=_place))}
    lengths = {key: len(words(article.body)) for key, article in known.items()}
    between = [(known[a], known[b], link) for a, b, link in links if a in known and b in known and a != b]
    arrows: list[_Arrow] = []
    tied: dict[str, set[str]] = defaultdict(set)
    for a, b, link in between:
        arrows += _to_agencies(a, b, link)
        if link.wire and name_key(link.wire) not in (name_key(a.outlet), name_key(b.outlet)):
            continue  # both have it from a third
        arrow = _between(a, b, link, lengths)
        if arrow:
            arrows.append(arrow)
        else:
            tied[a.key].add(b.key)
            tied[b.key].add(a.key)
    arrows.sort(key=lambda arrow: _rank(arrow, order))
    found: dict[str, Taken] = {}
    for arrow in arrows:
        taken = arrow.taken
        if taken.article not in found and not _leads_to(found, taken.source, taken.article):
            found[taken.article] = taken
    _spread(found, between, order)
    for key in known:
        if key not in found:
            others = listed_shortly([known[x].outlet for x in sorted(tied[key], key=lambda x: order[x])])
            found[key] = _without_source(key, others)
    return tuple(found[key] for key in sorted(known, key=lambda key: order[key]))


def listed_shortly(names: Sequence[str]) -> str:
    """Names as a sentence lists them, after the third only how many more."""
    unique = list(dict.fromkeys(names))
    if len(unique) > _NAMED + 1:
        unique = [*unique[:_NAMED], f"{len(unique) - _NAMED} more"]
    return listed(unique)


def _place(article: ArticleRef) -> tuple[bool, str, str, str, str]:
    day = article.published.isoformat() if article.published else ""
    return article.published is None, day, article.outlet, article.title, article.key


def _rank(arrow: _Arrow, order: Mapping[str, int]) -> tuple[float, float, int, str, int]:
    taken = arrow.taken
    source = order[taken.source] if taken.source else -1
    return -arrow.weight, -taken.containment, source, taken.agency or "", order[taken.article]


def _to_agencies(a: ArticleRef, b: ArticleRef, link: OriginLink) -> Iterator[_Arrow]:
    """The arrows that credits give: to the agency's own article where it is the other one."""
    for taker, other in ((a, b), (b, a)):
        own = name_key(taker.outlet)
        if link.wire and name_key(link.wire) != own:
            if link.kind == "interview":
                yield _agency(
                    taker, other, link, link.wire, _BOTH_CREDIT, f"the interview was given to {link.wire}"
                )
            else:
                yield _agency(
                    taker, other, link, link.wire, _BOTH_CREDIT, f"{taker.outlet} credits {link.wire}"
                )
        elif link.wire is None and (names := credited(taker)) and name_key(other.outlet) not in names:
            name = next(iter(names.values()))
            yield _agency(taker, other, link, name, _CREDIT, f"{taker.outlet} credits {name}")


def _agency(
    taker: ArticleRef, other: ArticleRef, link: OriginLink, agency: str, sure: float, why: str
) -> _Arrow:
    how = Taking.INTERVIEW if link.kind == "interview" else Taking.WIRE
    arrow = _arrow(taker, other, link, sure, why)
    if name_key(other.outlet) == name_key(agency):
        return arrow
    return replace(arrow, taken=replace(arrow.taken, kind=how, source=None, agency=agency))


def _between(a: ArticleRef, b: ArticleRef, link: OriginLink, lengths: Mapping[str, int]) -> _Arrow | None:
    """Which of two linked articles took from the other; None where either could be first."""
    said_a, said_b = cites(a, b.outlet), cites(b, a.outlet)
    if bool(said_a) != bool(said_b):
        taker, source, said = (a, b, said_a) if said_a else (b, a, said_b)
        return _arrow(taker, source, link, _BOTH_CREDIT, f"{taker.outlet} credits {source.outlet} (“{said}”)")
    if a.published and b.published and a.published != b.published:
        first, later = (a, b) if a.published < b.published else (b, a)
        days = abs((a.published - b.published).days)
        after = "a day" if days == 1 else f"{days} days"
        return _arrow(later, first, link, _LATER, f"published {after} after {first.outlet}")
    short, long = (a, b) if lengths[a.key] < lengths[b.key] else (b, a)
    if link.containment >= _INSIDE and lengths[short.key] <= _SHORTER * lengths[long.key]:
        return _arrow(short, long, link, _CUT, f"nearly all of it stands in the longer text of {long.outlet}")
    return None


def _arrow(taker: ArticleRef, source: ArticleRef, link: OriginLink, sure: float, why: str) -> _Arrow:
    # Which way it went counts first; how much is shared tells between two sources.
    share = (
        f"shares {link.containment:.0%} of the shorter text" if link.kind == "copy" else "shares quotations"
    )
    taken = Taken(
        taker.key,
        Taking.COPY,
        source=source.key,
        confidence=sure,
        containment=link.containment,
        reason=f"{why}; {share} with {source.outlet}",
    )
    return _Arrow(taken, sure * (0.75 + 0.25 * link.containment))


def _leads_to(found: Mapping[str, Taken], start: str | None, end: str) -> bool:
    """Whether the sources of ``start`` lead to ``end``: then an arrow back would close a ring."""
    while start is not None:
        if start == end:
            return True
        start = found[start].source if start in found else None
    return False


def _spread(
    found: dict[str, Taken],
    links: Sequence[tuple[ArticleRef, ArticleRef, OriginLink]],
    order: Mapping[str, int],
) -> None:
    """Gives an article without a source the agency that one with the same passages credits."""
    best: dict[str, tuple[float, int, Taken]] = {}
    for a, b, link in links:
        for bare, other in ((a, b), (b, a)):
            of = found.get(other.key)
            if bare.key in found or of is None or of.agency is None:
                continue
            if name_key(bare.outlet) == name_key(of.agency):
                continue
            share = f"shares {link.containment:.0%} of the shorter text with {other.outlet}"
            taken = Taken(
                bare.key,
                of.kind,
                agency=of.agency,
                confidence=_UNCREDITED,
                containment=link.containment,
                reason=f"{share}, which credits {of.agency}",
            )
            mine = (-link.containment, order[other.key], taken)
            if bare.key not in best or mine[:2] < best[bare.key][:2]:
                best[bare.key] = mine
    found |= {key: taken for key, (_, _, taken) in best.items()}


def _without_source(key: str, tied: str) -> Taken:
    if tied:
        return Taken(key, Taking.UNDECIDED, reason=f"either could be first: this or {tied}")
    return Taken(key, Taking.FIRST, confidence=_LATER, reason="the earliest found that credits no other")
