from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from claims.engine import linking as engine
from claims.engine import origins as origins_engine
from claims.engine.records import Link, OriginLink, PlacedClaim
from claims.models import Article, Claim, ClaimGroup, Document, Finding, Origin
from claims.models import OriginLink as OriginLinkRow
from claims.services import ingestion, pipeline, reviewing
from claims.services.components import Components

from .conftest import TakeIn, story

TANKS = "Norway will deploy 40 tanks in the north."
MORE_TANKS = "Norway will deploy as many as 40 tanks in the north, the ministry said."
BOATS = "Sweden sold 12 boats to Finland."


def counts() -> list[Claim]:
    return list(Claim.objects.standing().filter(kind="count").order_by("revision_id", "start"))


def test_claims_that_answer_one_question_are_one_group(take_in: TakeIn) -> None:
    take_in(TANKS)
    take_in(MORE_TANKS, outlet="The Strait")
    a, b = counts()
    assert a.group == b.group
    assert a.group.label
    assert (a.group.kind, a.group.unit) == ("count", "tank")


def test_other_questions_are_other_groups(take_in: TakeIn) -> None:
    take_in(TANKS)
    take_in(BOATS, outlet="The Strait")
    a, b = counts()
    assert a.group != b.group


def test_a_link_says_why_on_both_sides(take_in: TakeIn) -> None:
    take_in(TANKS)
    take_in(MORE_TANKS, outlet="The Strait")
    a, b = counts()
    assert 0 < a.link_score <= 1
    assert (a.link_score, a.link_reasons) == (b.link_score, b.link_reasons)
    assert all(isinstance(reason, str) for reason in a.link_reasons)


def test_the_order_of_arrival_does_not_show(take_in: TakeIn) -> None:
    def outcome() -> set[frozenset[str]]:
        groups: dict[object, set[str]] = {}
        for claim in Claim.objects.standing().select_related("revision__article__outlet"):
            groups.setdefault(claim.group_id, set()).add(f"{claim.revision.outlet}:{claim.quote}")
        return {frozenset(group) for group in groups.values()}

    told = [(TANKS, "A"), (MORE_TANKS, "B"), (BOATS, "C"), ("Sweden has sold 13 boats to Finland.", "D")]
    nothing = transaction.savepoint()
    for sentence, outlet in told:
        take_in(sentence, outlet=outlet)
    first = outcome()
    transaction.savepoint_rollback(nothing)
    random.Random(7).shuffle(told)
    for sentence, outlet in told:
        take_in(sentence, outlet=outlet)
    assert outcome() == first


# -- merging -----------------------------------------------------------------------------------------------


@dataclass
class Linked:
    """A comparison that says what the test says: which values answer the same question."""

    pairs: set[frozenset[int]] = field(default_factory=set)

    def __call__(self, a: PlacedClaim, b: PlacedClaim) -> Link | None:
        if not (a.claim.quantity and b.claim.quantity):
            return None
        pair = frozenset({int(a.claim.quantity.value), int(b.claim.quantity.value)})
        return Link(0.9, ("the test says so",)) if pair in self.pairs else None


@pytest.fixture
def linked(monkeypatch: pytest.MonkeyPatch) -> Linked:
    made = Linked()
    monkeypatch.setattr(engine, "compare", made)
    return made


def tanks(number: int) -> str:
    return f"Norway will deploy {number} tanks in the north."


def test_a_claim_that_answers_two_groups_merges_them_into_the_older(take_in: TakeIn, linked: Linked) -> None:
    take_in(tanks(40), outlet="A")
    take_in(tanks(50), outlet="B")
    old, young = (claim.group for claim in counts())
    assert old != young
    linked.pairs = {frozenset({40, 60}), frozenset({50, 60})}
    take_in(tanks(60), outlet="C")
    assert {claim.group for claim in counts()} == {old}
    young.refresh_from_db()
    assert young.merged_into == old
    assert young.survivor == old
    assert list(ClaimGroup.objects.living().filter(kind="count")) == [old]


def test_groups_merged_before_lead_to_the_last_survivor(take_in: TakeIn, linked: Linked) -> None:
    for number, outlet in ((40, "A"), (50, "B"), (60, "C")):
        take_in(tanks(number), outlet=outlet)
    first, second, third = (claim.group for claim in counts())
    linked.pairs = {frozenset({50, 70}), frozenset({60, 70})}
    take_in(tanks(70), outlet="D")
    linked.pairs |= {frozenset({n, 80}) for n in (40, 50, 60, 70)}
    take_in(tanks(80), outlet="E")
    for group in (second, third):
        group.refresh_from_db()
        assert group.merged_into == first


def test_findings_and_decisions_outlive_a_merge(take_in: TakeIn, linked: Linked, user: User) -> None:
    take_in(tanks(40), outlet="A")
    linked.pairs = {frozenset({50, 90})}
    take_in(tanks(50), outlet="B")
    take_in(tanks(90), outlet="C")
    young = counts()[1].group
    finding = Finding.objects.get(group=young)
    review = reviewing.decide(finding, reviewer=user, decision="dismiss", reason="Two plans, two figures.")
    fingerprint = finding.fingerprint

    linked.pairs |= {frozenset({n, 60}) for n in (40, 50, 90)}
    take_in(tanks(60), outlet="D")
    finding.refresh_from_db()
    assert finding.group == counts()[0].group
    assert finding.group != young
    assert finding.fingerprint != fingerprint
    assert finding.decision == "dismissed"
    assert list(finding.reviews.all()) == [review]
    assert Finding.objects.filter(check_id=finding.check_id, subject=finding.subject).count() == 1


def at_once(rows: list[Document]) -> None:
    """Runs each document to its end, all at the same time."""
    gate = threading.Barrier(len(rows))

    def work(row: Document) -> None:
        gate.wait()
        pipeline.run(row.pk)
        connection.close()

    threads = [threading.Thread(target=work, args=[row]) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_many_workers_make_one_group_of_one_question(linked: Linked, transactional_db: None) -> None:
    linked.pairs = {frozenset({a, b}) for a in range(40, 46) for b in range(40, 46)}
    rows = [ingestion.accept(story(tanks(40 + i), outlet=f"O{i}"), source="file").document for i in range(6)]
    at_once(rows)
    for row in rows:
        assert pipeline.run(row.pk) == "checked"
    assert len({claim.group_id for claim in counts()}) == 1
    assert ClaimGroup.objects.filter(kind="count").count() == 1


def test_findings_show_every_member_that_came_in_at_once(linked: Linked, transactional_db: None) -> None:
    """Whoever links last also checks last: no article is left out of its group's findings."""
    linked.pairs = {frozenset({a, b}) for a in (40, 50, 60, 70) for b in (40, 50, 60, 70)}
    rows = [
        ingestion.accept(story(tanks(n), outlet=f"O{n}"), source="file").document for n in (40, 50, 60, 70)
    ]
    at_once(rows)
    group = ClaimGroup.objects.get(kind="count")
    shown = {claim.pk for finding in group.findings.for_list() for claim in finding.shown_claims}
    assert shown == {claim.pk for claim in counts()}


# -- origins -----------------------------------------------------------------------------------------------

LONG = (
    "Officials at the harbour had spent most of the winter counting every vehicle that crossed the bridge, "
    "and the figures they wrote down in a blue ledger were never shown to anyone outside the small office. "
    "When the ledger was finally opened in front of the council, two members asked why nobody had told them."
)
OTHER = (
    "A farmer who lives beside the old airfield said the noise of the engines kept his sheep awake at night, "
    "while his neighbour, who grows potatoes, had heard nothing at all and slept until the bells rang. "
    "Both of them agreed that the road through the valley needs to be mended before the first snow."
)


def origin_of(document: Document) -> Origin | None:
    return Article.objects.get(pk=document.revision.article_id).origin


def test_articles_that_share_passages_share_an_origin(take_in: TakeIn) -> None:
    a, b = take_in(TANKS, LONG), take_in(LONG, outlet="The Strait", title="The ledger")
    c = take_in(OTHER, outlet="The Sound", title="Sheep")
    assert origin_of(a) is not None
    assert origin_of(a) == origin_of(b)
    assert origin_of(c) is None
    link = OriginLinkRow.objects.get()
    assert link.kind == "copy"
    assert link.containment > 0.3
    assert link.reasons


def test_a_page_that_drops_the_copied_passage_leaves_the_origin(take_in: TakeIn) -> None:
    a = take_in(TANKS, LONG)
    b = take_in(LONG, outlet="The Strait", title="The ledger", url="https://strait.example/1")
    assert origin_of(a) == origin_of(b)
    take_in(OTHER, outlet="The Strait", title="The ledger", url="https://strait.example/1")
    assert origin_of(a) is None
    assert origin_of(b) is None


def test_origins_that_meet_become_the_older(take_in: TakeIn, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = {frozenset({"A", "B"}), frozenset({"C", "D"})}

    def compare(a: object, b: object, *_: object, **__: object) -> OriginLink | None:
        return (
            OriginLink("copy", 0.9, ("the test says so",))
            if frozenset({a.outlet, b.outlet}) in pairs
            else None
        )

    monkeypatch.setattr(origins_engine, "compare_origins", compare)
    rows = {outlet: take_in(LONG, outlet=outlet) for outlet in "ABCD"}
    old, young = origin_of(rows["A"]), origin_of(rows["C"])
    assert old != young
    pairs |= {frozenset({"A", "E"}), frozenset({"D", "E"})}
    take_in(LONG, outlet="E")
    assert {origin_of(row) for row in rows.values()} == {old}
    young.refresh_from_db()
    assert young.merged_into == old
    assert not Finding.objects.standing().filter(origin=young).exists()
    assert Finding.objects.standing().filter(origin=old).exists()


def test_outlets_that_share_an_origin_count_once(take_in: TakeIn) -> None:
    take_in(TANKS, LONG, outlet="A")
    take_in(TANKS, LONG, outlet="B", title="Copied")
    take_in(MORE_TANKS, outlet="C", title="On its own")
    group = ClaimGroup.objects.with_counts().get(pk=counts()[0].group_id)
    assert (group.claim_count, group.outlet_count, group.origin_count) == (3, 3, 2)


# -- components --------------------------------------------------------------------------------------------


def test_what_is_joined_over_others_is_one() -> None:
    parts = Components(range(6))
    for a, b in ((0, 1), (1, 2), (4, 5)):
        parts.join(a, b)
    assert sorted(map(sorted, parts.sets())) == [[0, 1, 2], [3], [4, 5]]
