"""What the page of a group shows of its family tree: rows for the table, the readings, and the charts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from claims.engine import independence
from claims.engine.changes import Change
from claims.engine.dimensions import converted
from claims.engine.lineage import Step, Way
from claims.engine.records import Quantity, Taking
from claims.engine.taking import CREDITED
from claims.models import Claim, ClaimGroup, Reference
from claims.services import lineage, tracing

from . import telling, wording
from .charts import family, origins
from .charts.glyphs import GLYPHS, Glyph

_VAGUE = frozenset({"about", "almost", "up_to", "more_than", "vague"})
#: Rows of a large group, and copies under one row, that are shown before somebody asks for all.
ROWS, COPIES = 50, 12
#: What the table can be ordered by.
ORDERS = ("day", "outlet", "value", "qualifier", "change", "credit", "as_of", "origin")
#: The columns from left to right: the order a click gives, the words, the class.
_COLUMNS = (
    ("outlet", "Outlet", ""),
    ("value", "Value", "num"),
    ("qualifier", "Qualifier", ""),
    ("day", "In its sentence, by day", ""),
    ("change", "What it makes of it", ""),
    ("credit", "Credited to", ""),
    ("as_of", "As of", ""),
    ("origin", "Origin", ""),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head: ``link`` orders by it, ``sorted`` is "ascending", "descending" or ""."""

    word: str
    link: str
    sorted: str
    css: str = ""


def columns(asked: QueryDict, order: str, *, down: bool) -> list[Column]:
    """The heads of the table, as links that keep whatever else the address bar says."""
    found = []
    for name, word, css in _COLUMNS:
        query = asked.copy()
        query["sort"] = name
        query.pop("way", None)
        here = name == order
        if here and not down:
            query["way"] = "down"
        way = ("descending" if down else "ascending") if here else ""
        found.append(Column(word, f"?{query.urlencode()}", way, css))
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """One claim in the table. ``copies`` are rows of the same origin with the same reading, folded in here;
    ``support`` says how few independent origins give a minority's reading, or is ""."""

    claim: Claim
    step: Step
    source: Claim | None
    origin: str
    sentence: str
    support: str = ""
    repeated: bool = False  # said again in the same article
    copies: tuple[Row, ...] = field(default=())
    more_copies: int = 0  # that are not shown

    @property
    def copy_count(self) -> int:
        return len(self.copies) + self.more_copies

    @property
    def glyph(self) -> Glyph:
        return GLYPHS[self.step.change]

    @property
    def word(self) -> str:
        return "said again" if self.repeated else self.glyph.word

    @property
    def weak(self) -> bool:
        score = self.claim.link_score
        return self.claim.pinned_group_id is None and score is not None and score < lineage.WEAK


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the group: who gives it, and how many independent origins stand behind it."""

    words: str
    outlets: tuple[str, ...]
    counted: str
    origins: int
    is_minority: bool


def readings(found: lineage.Family) -> list[Reading]:
    """The group's readings, the best supported first; a number with a qualifier is a reading of its own."""
    told: dict[tuple[str, str], list[Any]] = {}
    names: dict[tuple[str, str], str] = {}
    for step in found.steps:
        for member in step.telling.claims:
            row = found.rows[member.key]
            key = reading_of(row)
            names.setdefault(key, said(row))
            told.setdefault(key, []).append(member.article)
    origins_of = {key: independence.independent(articles) for key, articles in told.items()}
    most = max(origins_of.values(), default=0)
    rows = [
        Reading(
            names[key],
            tuple(sorted({article.outlet for article in articles})),
            independence.in_words(articles),
            origins_of[key],
            origins_of[key] < most and origins_of[key] * 2 <= most,
        )
        for key, articles in told.items()
    ]
    return sorted(rows, key=lambda row: (-row.origins, -len(row.outlets), row.words))


def reading_of(claim: Claim) -> tuple[str, str]:
    """What tells one reading from another: the number and what the words around it allow."""
    if claim.value is None:
        return claim.kind, f"{claim.when_start}" if claim.when_start else claim.quote.casefold()
    return f"{claim.value.normalize():f}", f"{claim.bounds} {claim.unit if claim.kind != 'count' else ''}"


def said(claim: Claim) -> str:
    """A claim's figure as it is said, in short: "as many as 31 interceptors"; its quote without a number."""
    if claim.value is None:
        return claim.quote
    modifier = claim.modifier if claim.bounds_rule not in ("point", "grain", "part") else ""
    return f"{modifier} {wording.amount(claim.value, claim.unit)}".strip()


def rows(found: lineage.Family, *, folded: bool) -> list[Row]:
    """The rows of the table, the earliest first; copies that nobody copied further under what they copy."""
    minority = {words: r for r in readings(found) if r.is_minority for words in [r.words]}
    every: dict[str, Row] = {}
    for step in found.steps:
        for place, member in enumerate(step.telling.claims):
            claim = found.rows[member.key]
            few = minority.get(said(claim))
            every[member.key] = Row(
                claim,
                step,
                found.rows.get(step.before or ""),
                _origin(claim),
                " ".join(member.sentence.split()),
                f"{wording.counted(few.origins, 'origin')} only" if few else "",
                place > 0,
            )
    if not folded:
        return list(every.values())
    under: dict[str, list[Row]] = {}
    for row in every.values():
        if row.repeated:
            under.setdefault(row.step.key, []).append(row)
        elif row.step.change is Change.COPIED and row.step.before and _same_origin(row):
            under.setdefault(row.step.before, []).append(row)
    gone = {str(row.claim.pk) for each in under.values() for row in each}
    kept: dict[str, list[Row]] = {}
    for key, copies in under.items():
        home = key
        while home in gone:  # a copy of a copy goes under the first
            home = every[home].step.before if not every[home].repeated else every[home].step.key  # type: ignore[assignment]
        kept.setdefault(home, []).extend(copies)
    return [replace(row, copies=tuple(kept.get(k, ()))) for k, row in every.items() if k not in gone]


def _same_origin(row: Row) -> bool:
    mine, theirs = row.claim.revision.article, row.source.revision.article if row.source else None
    return theirs is not None and mine.origin_id is not None and mine.origin_id == theirs.origin_id


def _origin(claim: Claim) -> str:
    article = claim.revision.article
    return str(article.origin_id) if article.origin_id else ""


def in_order(found: Sequence[Row], order: str, *, down: bool) -> list[Row]:
    """The rows by one column; those that have nothing there come last, whichever way it goes."""
    key = {
        "day": lambda r: r.claim.revision.published,
        "outlet": lambda r: r.claim.revision.article.outlet.name.casefold(),
        "value": lambda r: r.claim.value,
        "qualifier": lambda r: r.claim.modifier.casefold() or None,
        "credit": lambda r: wording.attribution(r.claim.mode, r.claim.source, r.claim.attribution).casefold(),
        "as_of": lambda r: r.claim.when_end or r.claim.when_start,
        "origin": lambda r: r.origin or None,
        "change": lambda r: list(GLYPHS).index(r.step.change),
    }[order]
    there = [row for row in found if key(row) is not None]
    nothing = [row for row in found if key(row) is None]
    return sorted(there, key=key, reverse=down) + nothing


def first_of(found: Sequence[Row], ticked: Collection[int] = ()) -> list[Row]:
    """The rows of a large group that its page shows first, in the order given: ROWS of them.

    Wherever they stand, those at odds are among them, and one row for each answer of a minority; and beyond
    the number, what somebody has ticked.
    """
    odd = [
        at for at, row in enumerate(found) if any(each.step.change is Change.AT_ODDS for each in _all(row))
    ]
    few: dict[str, int] = {}
    for at, row in enumerate(found):
        if row.support:
            few.setdefault(said(row.claim), at)
    wanted = list(dict.fromkeys([*odd, *few.values(), *range(len(found))]))[:ROWS]
    kept = {at for at, row in enumerate(found) if any(each.claim.pk in ticked for each in _all(row))}
    return [_fewer_copies(found[at], ticked) for at in sorted({*wanted, *kept})]


def _all(row: Row) -> tuple[Row, ...]:
    return (row, *row.copies)


def _fewer_copies(row: Row, ticked: Collection[int]) -> Row:
    shown = tuple(
        each
        for at, each in enumerate(row.copies)
        if at < COPIES or each.step.change is Change.AT_ODDS or each.claim.pk in ticked
    )
    return replace(row, copies=shown, more_copies=len(row.copies) - len(shown))


# -- the charts --------------------------------------------------------------------------------------------


def chart(found: lineage.Family, group: ClaimGroup, *, by_as_of: bool = False) -> family.Family | None:
    """The drawing of value over time; units are converted to the group's."""
    tellings = [_telling(step, found, group, by_as_of) for step in found.steps]
    if by_as_of:
        tellings.sort(key=lambda t: t.day or date.max)
    lines = [_line(row, group.unit) for row in found.references]
    return family.draw(tellings, [line for line in lines if line], group.unit)


def has_as_of(found: lineage.Family) -> bool:
    """Whether a figure is of another day than the article's."""
    return any(step.telling.as_of != step.telling.published for step in found.steps)


def _telling(step: Step, found: lineage.Family, group: ClaimGroup, by_as_of: bool) -> family.Telling:
    claim = found.rows[step.key]
    quantity = step.telling.first.claim.quantity
    drawn = _in_unit(quantity, group) if quantity else None
    day = step.telling.as_of if by_as_of else step.telling.published
    from_whom = f", {step.tied}" if step.tied else ""
    outlet, word = claim.revision.article.outlet.name, GLYPHS[step.change].word
    words = f"{outlet}: {said(claim)} ({word}; {step.reason}{from_whom})"
    low = drawn.low if drawn else None
    return family.telling_of(
        step,
        outlet=claim.revision.article.outlet.name,
        said=_in_short(claim, group),
        day=day,
        words=words,
        address=f"{reverse('article', args=[claim.revision.article_id])}#claim-{claim.pk}",
        value=drawn.value if drawn else None,
        low=None if drawn and low == 0 and drawn.rule == "up_to" else low,
        high=drawn.high if drawn else None,
        low_open=bool(drawn and drawn.low_open),
        high_open=bool(drawn and drawn.high_open),
        vague=bool(drawn and drawn.rule in _VAGUE),
    )


def _in_short(claim: Claim, group: ClaimGroup) -> str:
    """The figure without the thing that all of the group count: "as many as 31"."""
    if claim.value is None:
        return claim.quote
    signed = claim.unit in wording.CURRENCIES or claim.unit == "percent" or claim.unit != group.unit
    counted = claim.kind == "count" or not signed
    short = wording.amount(claim.value, "" if counted else claim.unit)
    modifier = claim.modifier if claim.bounds_rule not in ("point", "grain", "part") else ""
    return f"{modifier} {short}".strip()


def _in_unit(quantity: Quantity, group: ClaimGroup) -> Quantity | None:
    """A quantity in the group's unit; things counted by several nouns are still one count."""
    if group.kind == "count" or quantity.unit == group.unit:
        return quantity
    return converted(quantity, group.unit)


def _line(row: Reference, unit: str) -> family.Line | None:
    if row.value is None:
        return None
    value: Decimal | None = row.value
    if row.unit and row.unit != unit:
        there = converted(Quantity(row.value, row.value, row.value, row.unit), unit)
        value = there.value if there else None
    return (
        family.Line(f"{row.authority}: {wording.amount(value, unit)}", value) if value is not None else None
    )


def origin_graph(
    behind: Sequence[tracing.Independent], found: lineage.Family
) -> tuple[origins.Graph | None, list[tuple[str, str, list[telling.Line]]]]:
    """The origins behind a group as a graph, and the same as a list: name, address, lines."""
    published = {
        row.revision.article_id: (row.revision.article.outlet.name, row.revision.published)
        for row in found.rows.values()
    }
    hubs: list[origins.Origin] = []
    listed: list[tuple[str, str, list[telling.Line]]] = []
    for each in behind:
        graph = found.graphs.get(each.id) if each.id else None
        if graph is None:
            mine = tuple(_alone(pk, *published[pk]) for pk in each.articles if pk in published)
            hubs.append(origins.Origin(wording_of(each), False, mine))
            listed.append((f"{', '.join(each.outlets)}: a text of its own", "", []))
            continue
        lines = telling.lines(graph, each.articles)
        name = hub_name(lines)
        address = reverse("origin", args=[each.id])
        hubs.append(origins.Origin(name, True, articles_of(lines), address))
        listed.append((name, address, lines))
    return origins.draw(hubs), listed


def wording_of(each: tracing.Independent) -> str:
    return ", ".join(each.outlets)


def _alone(article: int, outlet: str, day: date | None) -> origins.Article:
    return origins.Article(
        str(article), outlet, day, reverse("article", args=[article]), f"{outlet}: a text of its own"
    )


def hub_name(lines: Iterable[telling.Line]) -> str:
    """What to call an origin: the agency its texts credit, else the outlet that came first."""
    lines = list(lines)
    agencies = [line.taken.agency for line in lines if line.taken.agency]
    spoken = any(line.taken.kind is Taking.INTERVIEW for line in lines)
    if agencies:
        name = max(sorted(set(agencies)), key=agencies.count)
        return f"An interview given to {name}" if spoken else f"A text of {name}"
    first = next((line for line in lines if line.taken.kind is Taking.FIRST), None)
    if first:
        return f"A text of {first.article.outlet}"
    return "One text, whose it was cannot be told"


def articles_of(lines: Iterable[telling.Line]) -> tuple[origins.Article, ...]:
    """The articles of an origin as its graph draws them; one whose source is not drawn hangs on the hub."""
    lines = list(lines)
    drawn = {line.article.key for line in lines}
    return tuple(
        origins.Article(
            line.article.key,
            line.article.outlet,
            line.article.published,
            reverse("article", args=[line.article.key]),
            f"{line.words}: {line.taken.reason}",
            line.taken.source if line.taken.source in drawn else None,
            not _is_credited(line),
        )
        for line in lines
    )


def _is_credited(line: telling.Line) -> bool:
    return line.taken.kind is Taking.FIRST or line.taken.confidence >= CREDITED


def way_words(step: Step) -> str:
    """What ties a telling to the one it goes back to, in a word."""
    return {
        Way.CREDITED: "credits it",
        Way.INFERRED: "worked out",
        Way.SHARED: "both from a third",
        Way.OWN: "same article",
        Way.NONE: "",
    }[step.way]
