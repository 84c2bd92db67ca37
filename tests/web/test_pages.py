"""Every page: who may see it, empty and filled, and what it says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, reverse

from claims.models import Finding, Origin, OriginLink
from claims.web.urls import urlpatterns
from tests.web import factories

LISTS = (
    "home",
    "articles",
    "groups",
    "findings",
    "ingest",
    "references",
    "reports",
    "tokens",
    "reference-add",
)
OPEN_TO_ALL = {"login", "logout"}
#: Something for each sort of argument in an address: nobody who is not logged in learns whether it is there.
ARGUMENTS = {"int": 1, "uuid": uuid4(), "str": "x", "slug": "x"}


def text_of(response: Any) -> str:
    return response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "pattern", [p for p in urlpatterns if isinstance(p, URLPattern)], ids=lambda p: p.name
)
def test_every_page_but_the_log_in_asks_who_is_there(client: Client, pattern: URLPattern) -> None:
    assert pattern.name is not None
    if pattern.name in OPEN_TO_ALL:
        return
    sorts = re.findall(r"<(\w+):", str(pattern.pattern))
    address = reverse(pattern.name, args=[ARGUMENTS[sort] for sort in sorts])
    for response in (client.get(address), client.post(address)):
        assert response.status_code == 302
        assert response["Location"] == f"/login/?next={address}"


@pytest.mark.django_db
def test_a_part_asked_for_by_htmx_sends_the_whole_page_to_log_in(client: Client) -> None:
    response = client.get(
        reverse("documents-progress"),
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/ingest/?way=paste"},
    )
    assert response["HX-Redirect"] == "/login/?next=%2Fingest%2F%3Fway%3Dpaste"


@pytest.mark.parametrize("name", LISTS)
def test_every_page_says_something_useful_while_there_is_nothing(client_in: Client, name: str) -> None:
    response = client_in.get(reverse(name))
    assert response.status_code == 200
    page = text_of(response)
    assert re.search(r"<h1>[^<]+</h1>", page)
    assert re.search(r"<title>[^·<]+ · Fact-check workbench</title>", page)


def test_the_first_page_leads_a_newcomer_to_ingest(client_in: Client) -> None:
    page = text_of(client_in.get("/"))
    assert "An empty desk" in page
    assert f'href="{reverse("ingest")}"' in page


def test_the_bar_marks_where_one_is(client_in: Client) -> None:
    page = text_of(client_in.get(reverse("groups")))
    assert re.findall(r'<a href="([^"]+)" aria-current="page">', page) == [reverse("groups")]


def test_administration_is_offered_to_staff_alone(client_in: Client, user: User) -> None:
    assert ">Administration<" not in text_of(client_in.get("/"))
    user.is_staff = True
    user.save()
    assert ">Administration<" in text_of(client_in.get("/"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "landed"),
    [
        ("/findings/?state=all", "/findings/?state=all"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example", "/"),
    ],
)
def test_logging_in_leads_back_to_the_page_asked_for_and_never_elsewhere(
    client: Client, user: User, asked: str, landed: str
) -> None:
    response = client.post(
        "/login/", {"username": user.username, "password": "a long pass phrase", "next": asked}
    )
    assert response["Location"] == landed


@pytest.mark.django_db
def test_a_wrong_password_is_told_and_the_way_back_kept(client: Client) -> None:
    response = client.post("/login/?next=/groups/", {"username": "x", "password": "y", "next": "/groups/"})
    page = text_of(response)
    assert "do not go together" in page
    assert 'name="next" value="/groups/"' in page


def test_logging_out_takes_a_form_not_a_link(client_in: Client) -> None:
    assert client_in.get("/logout/").status_code == 405
    assert client_in.post("/logout/")["Location"] == "/login/"


@pytest.mark.parametrize(
    "address",
    [
        "/articles/999/",
        "/articles/99999999999999999999999/",
        f"/groups/{UUID(int=1)}/",
        "/findings/999/",
        f"/documents/{UUID(int=1)}/",
        f"/documents/{UUID(int=1)}/original/",
        "/reports/999/",
        "/nowhere/",
    ],
)
def test_what_is_not_there_is_said_so_with_a_way_on(client_in: Client, address: str) -> None:
    response = client_in.get(address)
    assert response.status_code == 404
    assert "There is nothing at this address" in text_of(response)


def test_home_shows_what_changed(client_in: Client, story: dict[str, Any]) -> None:
    factories.document()
    factories.document(state="rejected", error_code="empty", error_detail="There is nothing in it.")
    page = text_of(client_in.get("/"))
    assert "“as many as” is missing in Northern Courier" in page
    assert "Waiting to be read" in page
    assert "There is nothing in it." in page


def test_articles_are_found_by_outlet_and_by_words_of_the_title(
    client_in: Client, story: dict[str, Any]
) -> None:
    def titles(**asked: str) -> list[str]:
        return [r.title for r in client_in.get("/articles/", asked).context["page"]]

    assert titles() == ["Twelve radars for the coast", "Ministry to buy new radars"]
    assert titles(outlet="harbour-post") == ["Ministry to buy new radars"]
    assert titles(q="COAST twelve") == ["Twelve radars for the coast"]
    assert titles(q="100%") == []
    assert titles(q="nothing \x00 like it") == []


def test_a_filter_that_fits_nothing_offers_the_way_back(client_in: Client, story: dict[str, Any]) -> None:
    for address in ("/articles/?q=zebra", "/groups/?q=zebra&outlets=all", "/findings/?check=zebra"):
        assert "fits" in text_of(client_in.get(address))


@pytest.mark.parametrize("page", ["0", "-1", "2", "zebra", "99999999999999999999"])
def test_a_page_number_that_is_nonsense_is_no_error(
    client_in: Client, story: dict[str, Any], page: str
) -> None:
    for name in ("articles", "groups", "findings", "ingest", "references", "reports"):
        assert client_in.get(reverse(name), {"page": page}).status_code == 200


def test_long_lists_come_in_pages_and_keep_their_filter(client_in: Client) -> None:
    for number in range(30):
        factories.revision(f"Text {number}.", title=f"Story {number}")
    page = text_of(client_in.get("/articles/?q=story"))
    assert "1 to 25 of 30 articles" in page
    assert 'href="?q=story&amp;page=2"' in page
    assert "26 to 30 of 30 articles" in text_of(client_in.get("/articles/?q=story&page=2"))


def test_an_article_shows_its_claims_in_the_text_and_beside_it(
    client_in: Client, story: dict[str, Any]
) -> None:
    careful = story["careful"]
    page = text_of(client_in.get(f"/articles/{story['one'].article_id}/"))
    assert f'<mark class="c c-count" id="claim-{careful.id}"><a href="#read-{careful.id}"' in page
    assert ">as many as 12 radars</a></mark>" in page
    assert "up to 12 radars, loosely" in page
    assert "Ada Brandt, to reporters" in page
    assert reverse("group", args=[careful.group_id]) in page
    assert reverse("finding", args=[story["finding"].id]) in page


def test_claims_inside_a_quotation_stay_inside_it(client_in: Client, story: dict[str, Any]) -> None:
    page = text_of(client_in.get(f"/articles/{story['one'].article_id}/"))
    quotation, part = story["quotation"], story["part"]
    inside = page[page.index(f'id="claim-{quotation.id}"') : page.index("said Colonel")]
    assert f'id="claim-{part.id}"' in inside


def test_every_paragraph_of_the_article_is_a_paragraph(client_in: Client, story: dict[str, Any]) -> None:
    page = text_of(client_in.get(f"/articles/{story['one'].article_id}/"))
    prose = page[page.index('<div class="prose"') : page.index("</article>")]
    assert prose.count('<p dir="auto"') == 3


def test_an_older_revision_can_be_read_and_says_that_it_is_old(
    client_in: Client, story: dict[str, Any]
) -> None:
    article = story["one"].article
    factories.revision(
        "The ministry will buy 14 radars.", title="Ministry to buy more radars", article=article
    )
    now = text_of(client_in.get(f"/articles/{article.id}/"))
    assert "14 radars" in now
    assert "not the one that stands now" not in now
    then = text_of(client_in.get(f"/articles/{article.id}/?revision=1"))
    assert "not the one that stands now" in then
    assert "as many as 12 radars" in then
    assert client_in.get(f"/articles/{article.id}/?revision=7").status_code == 404
    assert client_in.get(f"/articles/{article.id}/?revision=x").status_code == 404


def test_an_article_names_those_it_shares_its_origin_with(client_in: Client) -> None:
    shared = factories.origin()
    one = factories.revision("One text.", title="First telling", origin=shared)
    factories.revision("One text.", title="Second telling", at="Northern Courier", origin=shared)
    page = text_of(client_in.get(f"/articles/{one.article_id}/"))
    assert "Shares its origin with" in page
    assert "Second telling" in page


def test_a_group_shows_who_says_what_and_draws_it(client_in: Client, story: dict[str, Any]) -> None:
    page = text_of(client_in.get(f"/groups/{story['group'].id}/"))
    assert "2 outlets, 2 independent origins" in page
    assert "same noun: radar" in page
    assert "same action: buy" in page
    assert f"#claim-{story['careful'].id}" in page
    assert "<svg" in page
    assert "up to 12 radars, loosely" in page


def test_outlets_with_one_origin_count_once_in_a_group(client_in: Client) -> None:
    shared, question = factories.origin(), factories.group()
    for name in ("Harbour Post", "Northern Courier", "Evening Wire"):
        text = factories.revision("They will buy 12 radars.", at=name, title=name, origin=shared)
        factories.claim(text, "12 radars", value=12, unit="radar", group=question)
    assert "3 outlets, 1 independent origin" in text_of(client_in.get("/groups/"))
    assert "3 outlets, 1 independent origin" in text_of(client_in.get(f"/groups/{question.id}/"))


def _copied_story() -> tuple[Any, Any]:
    """Herald has its text from Courier a day later, Evening Wire tells it in a text of its own."""
    shared, question = factories.origin(), factories.group()
    rows = [
        factories.revision("They will buy 12 radars.", at=name, title=f"Told by {name}", origin=origin,
                           published=date(2024, 3, day))
        for name, day, origin in (("Courier", 7, shared), ("Herald", 8, shared), ("Evening Wire", 8, None))
    ]  # fmt: skip
    for row in rows:
        factories.claim(row, "12 radars", value=12, unit="radar", group=question)
    OriginLink.objects.create(
        first=rows[0], second=rows[1], kind="copy", containment=0.6, passages=["They will buy 12 radars"]
    )
    return shared, question


def test_a_group_says_who_has_it_from_whom(client_in: Client) -> None:
    shared, question = _copied_story()
    page = text_of(client_in.get(f"/groups/{question.id}/"))
    assert "3 outlets, 2 independent origins" in page
    assert "Herald likely has it from Courier" in page
    assert "published a day after Courier; shares 60% of the shorter text with Courier" in page
    assert f"/origins/{shared.id}/" in page
    assert "Evening Wire: a text of its own" in page


def test_an_origin_shows_its_articles_and_who_took_it_from_whom(client_in: Client) -> None:
    shared, question = _copied_story()
    row = factories.finding(
        origin=shared, check_id="single_origin", summary="2 outlets, 1 independent origin"
    )
    page = text_of(client_in.get(f"/origins/{shared.id}/"))
    for words in (
        "2 articles", "2 outlets, 1 independent origin", "Told by Courier", "Told by Herald",
        "Courier came first, as far as can be told", "published a day after Courier",
        "They will buy 12 radars", "A text of Courier",
        f"/findings/{row.id}/", f"/groups/{question.id}/",
    ):  # fmt: skip
        assert words in page
    assert "Evening Wire" not in page
    assert f"/origins/{shared.id}/" in text_of(client_in.get(f"/findings/{row.id}/"))


def test_an_origin_that_was_merged_leads_to_its_survivor(client_in: Client) -> None:
    merged, survivor = factories.origin(), factories.origin()
    Origin.objects.filter(pk=merged.pk).update(merged_into=survivor)
    assert client_in.get(f"/origins/{merged.id}/")["Location"] == f"/origins/{survivor.id}/"
    assert "nobody shares any more" in text_of(client_in.get(f"/origins/{survivor.id}/"))


def test_a_finding_names_the_texts_of_its_articles_that_are_shared(client_in: Client) -> None:
    shared, question = _copied_story()
    row = factories.finding(*question.claims.all())
    assert f"/origins/{shared.id}/" in text_of(client_in.get(f"/findings/{row.id}/"))


def test_only_groups_with_several_independent_origins_are_shown_if_asked(client_in: Client) -> None:
    _copied_story()
    shared, copied = factories.origin(), factories.group("ships, build, ministry")
    for name in ("Courier", "Herald"):
        text = factories.revision("They will build 3 ships.", at=name, title=name, origin=shared)
        factories.claim(text, "3 ships", value=3, unit="ship", group=copied)
    assert "ships, build" in text_of(client_in.get("/groups/?outlets=several"))
    page = text_of(client_in.get("/groups/?outlets=independent"))
    assert "ships, build" not in page
    assert "radars, buy" in page


def test_groups_told_by_one_outlet_are_kept_back_until_asked_for(
    client_in: Client, story: dict[str, Any]
) -> None:
    lone = factories.group("ships, build, ministry")
    factories.claim(factories.revision("They build 3 ships."), "3 ships", value=3, unit="ship", group=lone)
    assert "ships, build" not in text_of(client_in.get("/groups/"))
    assert "ships, build" in text_of(client_in.get("/groups/?outlets=all"))
    assert [
        line.group.label for line in client_in.get("/groups/?outlets=all&kind=money").context["rows"]
    ] == ["radars, cost, ministry"]


def test_a_group_that_was_merged_leads_to_the_one_that_stands(
    client_in: Client, story: dict[str, Any]
) -> None:
    gone = factories.group("old question")
    gone.merged_into = story["group"]
    gone.save()
    assert client_in.get(f"/groups/{gone.id}/")["Location"] == f"/groups/{story['group'].id}/"


def test_the_archive_lists_the_latest_change_first(client_in: Client, story: dict[str, Any]) -> None:
    factories.finding(story["price"], summary="Of old", last_changed_at="2020-01-01T00:00Z", severity="high")
    factories.finding(story["price"], summary="Just now", severity="info")
    shown = [f.summary for f in client_in.get("/findings/").context["page"]]
    assert shown == ["Just now", story["finding"].summary, "Of old"]


def test_findings_are_filtered_by_state_severity_check_and_outlet(
    client_in: Client, story: dict[str, Any]
) -> None:
    factories.finding(
        story["almost"], summary="Gone", resolved_at="2024-03-09T00:00Z", check_id="value_conflict"
    )
    factories.finding(story["almost"], summary="Decided", decision="dismissed", severity="high")

    def shown(**asked: str) -> set[str]:
        return {f.summary for f in client_in.get("/findings/", asked).context["page"]}

    dropped = story["finding"].summary
    assert shown(state="open") == {dropped}
    assert shown(state="resolved") == {"Gone"}
    assert shown(state="dismissed") == {"Decided"}
    assert shown(state="all") == {dropped, "Gone", "Decided"}
    assert shown(state="all", severity="high") == {"Decided"}
    assert shown(state="all", check="value_conflict") == {"Gone"}
    assert shown(state="all", outlet="northern-courier") == {dropped}
    assert shown() == shown(state="nonsense", severity="nonsense") == {dropped, "Gone", "Decided"}


def test_a_finding_shows_its_passages_side_by_side_with_the_differing_words_marked(
    client_in: Client, story: dict[str, Any]
) -> None:
    page = text_of(client_in.get(f"/findings/{story['finding'].id}/"))
    assert page.index("Northern Courier") < page.index("Harbour Post")
    assert '<mark class="differs">as many as</mark> 12 radars' in page
    assert "nothing of “as many as”, which B has" in page
    assert "officials say" in page
    assert story["finding"].clears in page
    assert story["finding"].basis in page


def test_a_finding_about_one_article_says_which_and_how_it_stood_before(client_in: Client) -> None:
    first = factories.revision("The ministry will buy 12 radars.", title="Radars for the coast")
    before = factories.claim(first, "12 radars", value=12)
    second = factories.revision("The ministry will buy 14 radars.", title="Radars", article=first.article)
    after = factories.claim(second, "14 radars", value=14)
    row = factories.finding(after, before, article=first.article, articles=[first.article])
    page = text_of(client_in.get(f"/findings/{row.id}/"))
    assert 'Within one article: <a href="/articles/' in page
    assert page.count("as it stood before (revision 1)") == 1
    assert "within one article" in text_of(client_in.get("/findings/"))
    assert row.summary in text_of(client_in.get(f"/articles/{first.article_id}/"))


def test_a_finding_about_an_origin_names_articles_and_shared_passages(client_in: Client) -> None:
    shared = factories.origin()
    one = factories.revision("The same words stand here.", title="First telling", origin=shared)
    two = factories.revision(
        "The same words stand here too.", title="Second telling", at="Courier", origin=shared
    )
    row = factories.finding(
        origin=shared,
        articles=[one.article, two.article],
        evidence={"passages": ["The same words stand here"], "wire": "Coast Agency"},
    )
    page = text_of(client_in.get(f"/findings/{row.id}/"))
    for words in ("First telling", "Second telling", "Passages they share", "Coast Agency"):
        assert words in page


def test_all_that_the_evidence_says_stands_on_the_page_in_words(
    client_in: Client, story: dict[str, Any]
) -> None:
    row = factories.finding(
        story["bare"],
        evidence={
            "differences": [{"here": "every", "there": "the first"}, {"here": "", "there": "old"}],
            "intervals": [{"reads_as": "24 kilogram", "outlets": ["Harbour Post", "Courier"]}],
            "readings": [
                {
                    "outlet": "Courier",
                    "quote": "5 pounds",
                    "as_of": "2021-02-24",
                    "unit": "pound",
                    "converted": {"reads_as": "2.27", "unit": "kilogram"},
                },
                {"outlet": "Harbour Post", "quote": "24 kg", "unit": "kilogram"},
            ],
            "gap": "1200.5",
            "links": [{"reasons": ["one interview", "shared passages"]}],
            "reference": {"title": "Order", "start": "2021-04-15", "end": "2021-04-15"},
        },
    )
    page, _, recorded = text_of(client_in.get(f"/findings/{row.id}/")).partition("The evidence as recorded")
    assert recorded
    for words in (
        "“every” against “the first”",
        "nothing against “old”",
        "24 kilogram: Harbour Post, Courier",
        "1,200.5 kilograms",
        "2.27 kilogram: 5 pounds (Courier)",
        "24 February 2021: 5 pounds (Courier)",
        "<dt>Linked because</dt><dd><bdi>one interview</bdi></dd><dd><bdi>shared passages</bdi></dd>",
        "Order, 15 April 2021",
    ):
        assert words in page


@pytest.mark.parametrize(
    "evidence",
    [
        {"gap": "x", "readings": [{}]},
        {"gap": 3},
        {"intervals": [{}], "readings": 3},
        {"passages": "x"},
        {"links": [1, {"reasons": None}]},
        {"reference": 3},
        {"differences": [None]},
    ],
)
def test_evidence_of_an_unknown_shape_is_shown_as_recorded(
    client_in: Client, story: dict[str, Any], evidence: dict[str, Any]
) -> None:
    row = factories.finding(story["bare"], evidence=evidence)
    assert "The evidence as recorded" in text_of(client_in.get(f"/findings/{row.id}/"))


def test_the_original_is_saved_as_plain_text_whatever_it_is(client_in: Client) -> None:
    row = factories.document(
        raw=b"<script>alert(1)</script>", name='../../a"b.html', content_type="text/html"
    )
    response = client_in.get(f"/documents/{row.id}/original/")
    assert response.content == b"<script>alert(1)</script>"
    assert response["Content-Type"] == "text/plain"
    assert response["Content-Disposition"] == 'attachment; filename="a\\"b.html"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_an_original_that_was_too_large_to_keep_is_not_found(client_in: Client) -> None:
    row = factories.document(
        raw=b"", size=50_000_000, state="rejected", error_code="too_large", error_detail="Too large."
    )
    assert client_in.get(f"/documents/{row.id}/original/").status_code == 404


def test_a_report_is_read_on_one_page_and_as_the_bytes_that_were_frozen(
    client_in: Client, story: dict[str, Any]
) -> None:
    from django.utils import timezone

    from claims.services import reporting

    report = reporting.make(timezone.localdate())
    assert "as many as” is missing" in text_of(client_in.get(f"/reports/{report.id}/"))
    assert "nightly" in text_of(client_in.get("/reports/"))
    response = client_in.get(f"/reports/{report.id}.json")
    assert response["Content-Type"] == "application/json"
    assert response.content.decode() == report.payload


def test_a_token_is_shown_once_listed_and_revoked(client_in: Client) -> None:
    made = client_in.post("/account/tokens/", {"name": "newsroom CMS", "days": "30"})
    plain = made.context["plain"]
    assert plain
    assert plain in text_of(made)
    assert "no-store" in made["Cache-Control"]
    page = client_in.get("/account/tokens/")
    assert plain not in text_of(page)
    assert "newsroom CMS" in text_of(page)
    [row] = page.context["tokens"]
    client_in.post(f"/account/tokens/{row.digest}/revoke/")
    assert "You have no token" in text_of(client_in.get("/account/tokens/"))


def test_a_token_needs_a_name(client_in: Client) -> None:
    assert "Give the token a name" in text_of(client_in.post("/account/tokens/", {"name": " ", "days": "30"}))


def test_nobody_revokes_another_persons_token(client_in: Client, other_client: Client) -> None:
    client_in.post("/account/tokens/", {"name": "mine", "days": "30"})
    [row] = client_in.get("/account/tokens/").context["tokens"]
    assert other_client.post(f"/account/tokens/{row.digest}/revoke/").status_code == 404
    assert client_in.get("/account/tokens/").context["tokens"].count() == 1


BUDGET = 15


def filled(rows: int) -> dict[str, int]:
    """So many rows of everything; the ids for the pages of one."""
    question, shared = factories.group(), factories.origin()
    for number in range(rows):
        text = factories.revision(
            f"Note {number}: they will buy about 12 radars.",
            title=f"Story {number}",
            at=f"Outlet {number}",
            origin=shared,
        )
        made = factories.claim(
            text, "about 12 radars", value=12, unit="radar", modifier="about", group=question
        )
        factories.finding(made, articles=[text.article])
        factories.document(revision=text, state="checked")
        factories.document()
        factories.reference()
    everything = factories.finding(*question.claims.all())
    return {"article": text.article_id, "group": question.id, "finding": everything.id, "origin": shared.id}


@pytest.mark.parametrize("rows", [1, 30])
def test_no_page_asks_the_database_more_than_fifteen_times(
    client_in: Client, django_assert_max_num_queries: Any, rows: int
) -> None:
    ids = filled(rows)
    addresses = [reverse(name) for name in LISTS] + [reverse(name, args=[key]) for name, key in ids.items()]
    for address in addresses:
        with django_assert_max_num_queries(BUDGET):
            assert client_in.get(address).status_code == 200


PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "{{ 7|add:7770 }}",
    "javascript:alert(1)",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_strangers_wrote_is_never_markup(client_in: Client, user: User, payload: str) -> None:
    question = factories.group(f"label {payload}")
    text = factories.revision(
        f"Before {payload} after.",
        title=f"title {payload}",
        at=f"outlet {payload}",
        byline=payload,
        credit=payload,
        wires=[payload],
        host=payload,
        published_as_written=payload,
    )
    made = factories.claim(
        text,
        payload,
        value=12,
        unit=payload,
        modifier=payload[:20],
        source=payload,
        mode="direct",
        hedge=payload,
        when_text=payload,
        attribution={"told": payload, "document": payload},
        group=question,
        link_score=0.5,
        link_reasons=[payload],
    )
    row = factories.finding(
        made,
        summary=f"summary {payload}",
        clears=payload,
        basis=payload,
        check_id=payload[:60],
        evidence={"missing": payload, "passages": [payload], "wire": payload, "other": payload},
    )
    document = factories.document(
        state="quarantined",
        error_code="step_failed",
        error_detail=payload,
        name=payload,
        url=payload,
        declared_title=payload,
        declared_outlet=payload,
        content_type=payload,
        notices=[payload],
        revision=text,
        journey=[{"state": payload, "at": payload, "seconds": 1.0}],
    )
    factories.reference(title=payload, authority=payload, definition=payload, licence=payload, object=payload)
    client_in.post(f"/findings/{row.id}/decide/", {"decision": "comment", "reason": payload, "seen": "0"})
    for address in (
        "/",
        "/articles/",
        f"/articles/{text.article_id}/",
        "/groups/?outlets=all",
        f"/groups/{question.id}/",
        "/findings/",
        f"/findings/{row.id}/",
        "/ingest/",
        f"/documents/{document.id}/",
        "/references/",
        f"/articles/?q={payload}",
        f"/findings/?check={payload}&outlet={payload}",
    ):
        page = text_of(client_in.get(address))
        assert "<script>alert" not in page
        assert "<img" not in page.replace('<img src="/static/', "")
        assert 'onerror=alert(1)>"' not in page
        assert ">7777<" not in page
        assert 'href="javascript' not in page


def test_every_page_carries_a_policy_that_runs_nothing_inline(client_in: Client) -> None:
    policy = client_in.get("/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy


def test_no_template_holds_inline_script_or_style(repository: Path) -> None:
    templates = list((repository / "templates").rglob("*.html"))
    assert templates
    for path in templates:
        text = path.read_text()
        assert not re.search(
            r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|hx-on|<script(?![^>]*\ssrc=)", text
        ), path
        assert "|safe" not in text, path
        assert "autoescape off" not in text, path
        assert not re.search(r"(?:src|href)=\"https?://", text), path


def test_decisions_are_not_made_by_a_link(client_in: Client, story: dict[str, Any]) -> None:
    for action in ("decide", "undo"):
        assert client_in.get(f"/findings/{story['finding'].id}/{action}/").status_code == 405
    assert Finding.objects.open().count() == 1


def test_forms_need_their_csrf_token(user: User, story: dict[str, Any]) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    for address in (f"/findings/{story['finding'].id}/decide/", "/ingest/?way=paste", "/references/add/"):
        response = strict.post(address, {"decision": "confirm", "text": "x"})
        assert response.status_code == 403
        assert "The form was too old" in text_of(response)
