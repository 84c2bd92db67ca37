from __future__ import annotations

from datetime import date

from claims.models import Origin, OriginLink
from claims.services import tracing

from . import factories


def _told(origin, outlet, day, **fields):
    row = factories.revision(outlet, origin=origin, published=date(2024, 6, day), **fields)
    return row


def test_an_origin_says_who_took_the_text_from_whom(api):
    origin = Origin.objects.create()
    first, second = _told(origin, "The Courier", 10), _told(origin, "Herald", 11)
    OriginLink.objects.create(first=first, second=second, kind="copy", containment=0.6, reasons=["shared"])
    said = api.get(f"/api/v1/origins/{origin.pk}/graph").json()
    assert [(row["outlet"], row["kind"]) for row in said["articles"]] == [
        ("The Courier", "first"),
        ("Herald", "copy"),
    ]
    (edge,) = said["edges"]
    assert (edge["article"], edge["source"]) == (second.article_id, first.article_id)
    assert edge["reason"].startswith("published a day after The Courier")
    assert said["links"][0]["containment"] == 0.6
    assert api.get(f"/api/v1/origins/{origin.pk}").json()["outlet_count"] == 2


def test_an_agency_both_credit_is_the_source(api):
    origin = Origin.objects.create()
    rows = [_told(origin, outlet, 10, wires=["Nordwire"]) for outlet in ("The Courier", "Herald")]
    OriginLink.objects.create(first=rows[0], second=rows[1], kind="copy", containment=0.6, wire="Nordwire")
    said = api.get(f"/api/v1/origins/{origin.pk}/graph").json()
    assert said["agencies"] == ["Nordwire"]
    assert {edge["agency"] for edge in said["edges"]} == {"Nordwire"}


def test_a_group_lists_its_independent_origins(api):
    origin, question = Origin.objects.create(), factories.group()
    for outlet, shared in (("A", origin), ("B", origin), ("C", None)):
        factories.claim(factories.revision(outlet, origin=shared), group=question)
    said = api.get(f"/api/v1/groups/{question.pk}").json()
    assert (said["outlet_count"], said["origin_count"]) == (3, 2)
    assert [(row["id"], row["outlets"]) for row in said["origins"]] == [
        (str(origin.pk), ["A", "B"]),
        (None, ["C"]),
    ]


def test_as_many_origins_are_traced_as_have_a_bounded_number_of_articles_together(db, monkeypatch):
    monkeypatch.setattr(tracing, "TRACED", 3)
    small, second, large = (Origin.objects.create() for _ in range(3))
    for number, shared in enumerate([small, small, second, second, *[large] * 4]):
        _told(shared, f"Outlet {number}", 10 + number)
    assert [len(each.articles) for each in tracing.graphs([small.pk, second.pk]).values()] == [2]
    assert not tracing.graphs([small.pk, large.pk])[small.pk].is_cut
    assert (len(tracing.graph(large).articles), tracing.graph(large).is_cut) == (3, True)
