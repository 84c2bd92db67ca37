"""Charts: labels never lie on each other or on a mark, all stays inside, and forms tell steps apart."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.engine.changes import Change
from claims.engine.lineage import Way
from claims.web.charts import family, origins
from claims.web.charts.glyphs import GLYPHS
from claims.web.charts.placing import Box, shortened, text_width

DAY = date(2021, 4, 28)


def telling(key: str, **fields: object) -> family.Telling:
    base: dict[str, object] = {
        "outlet": f"Outlet {key}",
        "said": "31",
        "day": DAY,
        "change": Change.FIRST,
        "way": Way.NONE,
        "before": None,
        "words": f"Outlet {key}: 31",
        "address": "/articles/1/#claim-1",
        "value": Decimal(31),
        "low": Decimal(31),
        "high": Decimal(31),
    }
    return family.Telling(key=key, **(base | fields))  # type: ignore[arg-type]


def dots(drawing: family.Drawing) -> list[Box]:
    return [Box(mark.x - 6, mark.y - 6, 12, 12) for mark in drawing.marks]


TELLINGS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(0, 900)),
        st.integers(1, 5_000_000),
        st.sampled_from(["point", "floor", "ceiling", "range", "nothing"]),
        st.sampled_from(list(Change)),
        st.sampled_from(list(Way)),
        st.integers(0, 30),
        st.text(st.characters(codec="utf-8"), min_size=0, max_size=60),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(TELLINGS)
def test_nothing_overlaps_and_everything_is_inside(drawn: list[tuple]) -> None:
    told = []
    for i, (days, value, sort, change, way, before, outlet) in enumerate(drawn):
        number, factor = None if sort == "nothing" else Decimal(value), 2 if sort == "range" else 1
        told.append(
            telling(
                str(i),
                outlet=outlet,
                day=None if days is None else DAY + timedelta(days=days),
                value=number,
                low=None if sort in ("ceiling", "nothing") else number,
                high=None if sort in ("floor", "nothing") else number and number * factor,
                change=change,
                way=way,
                before=str(before % i) if i else None,
            )
        )
    chart = family.draw(told)
    assert chart is not None
    for drawing in (chart.wide, chart.stacked):
        room = Box(0, 0, drawing.width, drawing.height)
        for mark in drawing.marks:
            assert room.holds(mark.label)
            assert 0 <= mark.x <= drawing.width
            assert 0 <= mark.y <= drawing.height
        for one, other in combinations(drawing.marks, 2):
            assert not one.label.overlaps(other.label)
    for mark in chart.wide.marks:
        assert not any(mark.label.overlaps(dot) for dot in dots(chart.wide))
    shown = sum(1 + mark.telling.folded for mark in chart.wide.marks)
    assert shown + chart.left_out == len(told)


def test_a_ceiling_runs_down_to_the_edge_with_an_arrow_and_a_number_has_no_bar() -> None:
    chart = family.draw([telling("a", low=None, vague=True), telling("b", day=DAY + timedelta(days=1))])
    assert chart is not None
    ceiling, flat = chart.wide.marks
    assert ceiling.bar is not None
    assert [end.sort for end in ceiling.bar.ends] == ["cap", "head on"]
    assert ceiling.bar.vague
    assert flat.bar is None


def test_arrows_say_how_sure_they_are_and_what_is_only_compared_has_no_head() -> None:
    chart = family.draw(
        [
            telling("a"),
            telling("b", day=DAY + timedelta(1), change=Change.COPIED, way=Way.CREDITED, before="a"),
            telling("c", day=DAY + timedelta(2), change=Change.HARDENED, way=Way.INFERRED, before="a"),
            telling("d", day=DAY + timedelta(3), change=Change.AT_ODDS, way=Way.NONE, before="a"),
            telling("e", day=DAY + timedelta(4), change=Change.INDEPENDENT, way=Way.NONE, before="a"),
        ]
    )
    assert chart is not None
    for drawing in (chart.wide, chart.stacked):
        assert [(arrow.form, bool(arrow.head)) for arrow in drawing.arrows] == [
            ("credited", True),
            ("inferred", True),
            ("compared", False),
        ]


def test_an_authoritys_value_is_a_line_inside_the_drawing() -> None:
    chart = family.draw([telling("a")], [family.Line("Ministry: 500", Decimal(500))])
    assert chart is not None
    (line,) = chart.wide.references
    assert chart.wide.plot.y <= line.at <= chart.wide.plot.bottom


def test_what_has_no_values_is_a_line_of_time() -> None:
    chart = family.draw([telling("a", value=None, low=None, high=None), telling("b", value=None, day=None)])
    assert chart is not None
    assert not chart.has_values
    assert not chart.wide.values
    assert [tick.label for tick in chart.wide.days] == ["28 Apr 2021", "no date"]


def test_nothing_is_drawn_of_nothing() -> None:
    assert family.draw([]) is None
    assert origins.draw([]) is None


def test_no_two_steps_share_a_form_or_a_word() -> None:
    assert set(GLYPHS) == set(Change)
    assert len({(glyph.path, glyph.filled) for glyph in GLYPHS.values()}) == len(Change)
    assert len({glyph.word for glyph in GLYPHS.values()}) == len(Change)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=8), min_size=1, max_size=8))
def test_every_article_of_an_origin_has_a_row_of_its_own(shape: list[list[int]]) -> None:
    hubs = []
    for i, sources in enumerate(shape):
        articles = tuple(
            origins.Article(
                f"{i}-{j}", "An Outlet with a Long Name Indeed", DAY, "/a/", "words",
                f"{i}-{source}" if source < j else None,
            )
            for j, source in enumerate(sources)
        )  # fmt: skip
        hubs.append(origins.Origin("A text of Northlight", len(sources) > 1, articles))
    graph = origins.draw(hubs)
    assert graph is not None
    for drawing in (graph.wide, graph.stacked):
        rows = [node.y for node in drawing.nodes]
        assert all(b - a >= 24 for a, b in pairwise(rows))
        assert all(0 < node.y < drawing.height for node in drawing.nodes)
        assert all(node.x + 16 + node.width <= drawing.width for node in drawing.nodes)
    drawn = sum(node.sort != "hub" for node in graph.wide.nodes)
    assert drawn + graph.left_out == sum(map(len, shape))


def test_a_long_name_is_cut_to_its_room() -> None:
    assert shortened("Northlight News Agency", 80, 13).endswith("…")
    assert text_width(shortened("Northlight News Agency", 80, 13), 13) <= 80
