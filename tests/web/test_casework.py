"""Fact-checks in the browser's terms: the board, taking a claim up, the page on which it is done."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Claim, FactCheck, FactCheckEvent, Source
from claims.services import casework, ratings
from tests.web import factories

HTMX = {"HX-Request": "true"}
QUERIES = 15  # with session and user


@pytest.fixture
def claim(story: dict[str, Any]) -> Claim:
    row: Claim = story["bare"]
    return row


@pytest.fixture
def ivo(db: None) -> User:
    return User.objects.create_user("ivo", "ivo@example.org", "another pass phrase")


@pytest.fixture
def ivos_client(ivo: User) -> Client:
    client = Client()
    client.force_login(ivo)
    return client


def begun(claim: Claim, person: User, **fields: Any) -> FactCheck:
    row = casework.take_up(claim, person=person, question="Will it buy twelve radars?", **fields)
    casework.triage(row, person=person)
    casework.assign(row, person, person=person)
    return casework.begin(row, person=person)


def judged(claim: Claim, person: User, **fields: Any) -> FactCheck:
    row = begun(claim, person, **fields)
    for origin in ("Ministry", "Court of Auditors"):
        casework.add_source(row, person=person, use="primary", title=f"Paper of {origin}", origin=origin)
    row = casework.edit(row, person=person, changes={"conclusion": "Quagga: the order says twelve."})
    return casework.give_verdict(
        row, person=person, rating=ratings.named("misleading"), reasoning="Okapi: four are for training."
    )


def do(client: Client, row: FactCheck, name: str, *, htmx: bool = False, **fields: Any) -> Any:
    fields.setdefault("seen", FactCheck.objects.values_list("version", flat=True).get(pk=row.pk))
    return client.post(f"/fact-checks/{row.pk}/do/{name}/", fields, headers=HTMX if htmx else {})


def page(client: Client, row: FactCheck) -> str:
    response = client.get(f"/fact-checks/{row.pk}/")
    assert response.status_code == 200
    return str(response.content.decode())


def state(row: FactCheck) -> str:
    return FactCheck.objects.values_list("state", flat=True).get(pk=row.pk)


# -- a day -------------------------------------------------------------------------------------------------


def test_a_claim_goes_from_a_finding_to_sign_off_by_forms_alone(
    client_in: Client, ivos_client: Client, ivo: User, user: User, story: dict[str, Any]
) -> None:
    finding = story["finding"]
    form = client_in.get(f"/fact-checks/new/?finding={finding.pk}").content.decode()
    assert "12 radars" in form
    answer = client_in.post(
        f"/fact-checks/new/?finding={finding.pk}", {"question": "Will it buy twelve radars?", "harm": 3}
    )
    row = FactCheck.objects.get()
    assert answer["Location"] == f"/fact-checks/{row.pk}/"
    assert (row.finding, row.claim, row.harm) == (finding, story["bare"], 3)
    assert do(client_in, row, "triage", harm=2)["Location"] == f"/fact-checks/{row.pk}/#next"
    do(client_in, row, "assign", to=user.pk, due_on="2030-01-02")
    do(client_in, row, "begin")
    do(client_in, row, "ask", whom="Ministry", asked="How many?", channel="e-mail", record="on")
    assert state(row) == "awaiting_reply"
    assert "Waiting for Ministry" in page(client_in, row)
    do(client_in, row, "reply", letter=row.correspondence.get().pk, reply="Twelve.", was="")
    do(client_in, row, "source", title="Order", origin="Ministry", use="primary", record="on")
    do(client_in, row, "source", article=story["one"].article_id, use="secondary", record="on")
    do(client_in, row, "conclusion", conclusion="It is twelve.", was_conclusion="")
    do(client_in, row, "verdict", rating="accurate", reasoning="The order says so.")
    do(client_in, row, "review", reviewer=ivo.pk)
    assert state(row) == "second_review"
    assert "Ready to be signed off" in page(ivos_client, row)
    assert "another person signs it off" in page(client_in, row)
    do(ivos_client, row, "sign-off")
    assert state(row) == "signed_off"
    assert f"/fact-checks/{row.pk}/publish/" in page(client_in, row)


def test_a_page_without_a_claim_says_where_to_find_one(client_in: Client, story: dict[str, Any]) -> None:
    assert client_in.get("/fact-checks/new/").status_code == 200
    assert client_in.get("/fact-checks/new/?claim=999999").status_code == 404
    assert client_in.get("/fact-checks/new/?claim=1e9%00").status_code == 200
    assert client_in.get("/fact-checks/99/").status_code == 404
    row = begun(story["bare"], User.objects.get())
    assert client_in.post(f"/fact-checks/{row.pk}/do/nonsense/").status_code == 404


def test_taking_up_twice_leads_to_the_first(client_in: Client, claim: Claim, user: User) -> None:
    row = begun(claim, user)
    form = client_in.get(f"/fact-checks/new/?claim={claim.pk}").content.decode()
    assert f"/fact-checks/{row.pk}/" in form
    again = client_in.post(f"/fact-checks/new/?claim={claim.pk}", {"question": "Again?", "harm": 2})
    assert again.status_code == 422
    assert "under way already" in again.content.decode()


def test_the_next_step_is_one_button(client_in: Client, claim: Claim, user: User) -> None:
    row = casework.take_up(claim, person=user, question="Will it?")
    for words, step in (
        ("Worth checking", lambda: casework.triage(row, person=user)),
        ("Assign", lambda: casework.assign(row, user, person=user)),
        ("Begin", lambda: casework.begin(row, person=user)),
        ("Add a source", lambda: casework.add_source(row, person=user, use="primary", title="A", origin="B")),
        ("Give your verdict", lambda: casework.comment(row, person=user, reason="So.")),
    ):
        shown = page(client_in, row)
        assert words in shown
        assert 1 <= shown.count('data-key="c"') <= 1
        step()


def test_the_method_ticks_itself(client_in: Client, claim: Claim, user: User) -> None:
    row = begun(claim, user)
    assert 'A primary source was consulted<span class="vh">: not yet' in page(client_in, row)
    source = casework.add_source(row, person=user, use="secondary", title="A", origin="B")
    assert 'A primary source was consulted<span class="vh">: not yet' in page(client_in, row)
    do(client_in, row, "source-change", source=source.pk, use="primary")
    assert 'A primary source was consulted<span class="vh">: done' in page(client_in, row)


# -- sources and questions ---------------------------------------------------------------------------------


def test_sources_are_found_among_articles_and_references(client_in: Client, claim: Claim, user: User) -> None:
    row = begun(claim, user)
    reference = factories.reference(title="Radar order")
    found = client_in.get(
        f"/fact-checks/{row.pk}/?find=radars", headers={**HTMX, "HX-Target": "found"}
    ).content.decode()
    assert "<html" not in found
    assert "Twelve radars for the coast" in found
    assert "Radar order" not in found
    found = client_in.get(f"/fact-checks/{row.pk}/?find=radar order").content.decode()
    assert "Radar order" in found
    do(client_in, row, "source", reference=reference.pk, use="primary", record="on")
    assert row.sources.get().reference == reference


def test_a_source_is_taken_out_and_put_back(client_in: Client, claim: Claim, user: User) -> None:
    row = begun(claim, user)
    source = casework.add_source(row, person=user, use="primary", title="A paper", origin="B")
    do(client_in, row, "source-out", source=source.pk)
    assert "1 source taken out" in page(client_in, row)
    do(client_in, row, "source-back", source=source.pk)
    assert Source.objects.in_use().get() == source
    do(client_in, row, "source-change", source=source.pk, record="off")
    assert "off the record" in page(client_in, row)
    assert not Source.objects.on_page()
    do(client_in, row, "source-change", source=source.pk, says="Twelve.", origin="The ministry")
    source.refresh_from_db()
    assert (source.says, source.origin, source.on_record) == ("Twelve.", "The ministry", False)


def test_a_refused_source_keeps_what_was_typed(client_in: Client, claim: Claim, user: User) -> None:
    row = begun(claim, user)
    typed = {"url": "javascript:alert(1)", "use": "primary", "record": "on", "says": "Twelve <b>radars</b>"}
    answer = do(client_in, row, "source", **typed)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "begins with http" in shown
    assert "Twelve &lt;b&gt;radars&lt;/b&gt;" in shown


def test_overdue_replies_are_marked_and_listed(client_in: Client, claim: Claim, user: User) -> None:
    row = begun(claim, user)
    day = timedelta(days=1)
    casework.ask(
        row,
        person=user,
        whom="Ministry",
        asked="How many?",
        asked_at=timezone.now() - 2 * day,
        deadline=timezone.now() - day,
    )
    assert "overdue" in page(client_in, row)
    assert row.question in client_in.get("/fact-checks/?replies=overdue").content.decode()
    casework.record_reply(row.correspondence.get(), person=user, declined=True)
    assert row.question not in client_in.get("/fact-checks/?replies=overdue").content.decode()


# -- two people --------------------------------------------------------------------------------------------


def test_a_late_edit_gets_both_texts_and_can_be_stored_knowingly(
    client_in: Client, ivos_client: Client, ivo: User, user: User, claim: Claim
) -> None:
    row = begun(claim, user)
    do(ivos_client, row, "conclusion", conclusion="Ivo's words.", was_conclusion="")
    late = do(client_in, row, "conclusion", htmx=True, conclusion="Rosa's words.", was_conclusion="")
    shown = late.content.decode()
    assert late.status_code == 409
    assert "<html" not in shown
    assert "Ivo&#x27;s words." in shown
    assert "Rosa&#x27;s words." in shown
    assert 'name="was_conclusion" value="Ivo&#x27;s words."' in shown
    row.refresh_from_db()
    assert row.conclusion == "Ivo's words."
    do(client_in, row, "conclusion", conclusion="Rosa's words.", was_conclusion="Ivo's words.")
    row.refresh_from_db()
    assert row.conclusion == "Rosa's words."
    assert "Ivo&#x27;s words." in page(client_in, row)


def test_a_step_on_an_old_page_is_refused_with_the_reason_kept(
    client_in: Client, ivo: User, user: User, claim: Claim
) -> None:
    row = begun(claim, user)
    casework.comment(row, person=ivo, reason="Wait.")
    answer = do(client_in, row, "drop", seen=row.version, reason="Nobody repeated it.")
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "ivo changed this fact-check since you looked" in shown
    assert "Nobody repeated it." in shown
    assert state(row) == "in_check"


def test_htmx_gets_the_page_body_and_a_word_of_what_was_done(
    client_in: Client, user: User, claim: Claim
) -> None:
    row = begun(claim, user)
    answer = do(client_in, row, "comment", htmx=True, reason="I know somebody there.")
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert shown.lstrip().startswith('<div id="factcheck"')
    assert "Commented." in shown
    assert "I know somebody there." in shown


def test_nul_and_endless_text_get_an_answer(client_in: Client, user: User, claim: Claim) -> None:
    row = begun(claim, user)
    assert do(client_in, row, "comment", reason="a\x00b").status_code in (302, 422)
    assert do(client_in, row, "comment", reason="x" * 1_000_000).status_code == 422
    assert do(client_in, row, "triage", seen="9" * 30, harm=2).status_code == 422
    assert do(client_in, row, "source-out", source="9" * 30).status_code == 422
    assert do(client_in, row, "source-out", source=99).status_code == 422


# -- blind -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("boss", [False, True])
def test_the_second_person_sees_nothing_of_the_first_verdict_anywhere(
    client_in: Client, ivos_client: Client, ivo: User, user: User, claim: Claim, boss: bool
) -> None:
    User.objects.filter(pk=ivo.pk).update(is_staff=boss, is_superuser=boss)
    row = judged(claim, user)
    casework.comment(row, person=user, reason="Tapir settles it.")
    casework.request_second_review(row, person=user, reviewer=ivo, blind=True, reason="Please look.")
    addresses = [
        f"/fact-checks/{row.pk}/",
        f"/fact-checks/{row.pk}/?find=radars",
        "/fact-checks/",
        "/fact-checks/?for=me",
        "/fact-checks/?state=second_review",
        f"/fact-checks/new/?claim={claim.pk}",
        "/",
        f"/findings/{claim.findings.get().pk}/",
        f"/articles/{claim.revision.article_id}/",
        f"/groups/{claim.group_id}/",
        f"/fact-checks/{row.pk}/publish/",
        "/published/",
        "/api/v1/findings/",
        "/api/v1/claims/",
    ]
    answers = [ivos_client.get(address).content.decode() for address in addresses]
    answers.append(do(ivos_client, row, "comment", htmx=True, reason="").content.decode())
    answers.append(do(ivos_client, row, "conclusion", conclusion="Mine.", was_conclusion="").content.decode())
    answers.append(do(ivos_client, row, "verdict", rating="accurate", reasoning="").content.decode())
    for address, shown in zip([*addresses, "comment", "conclusion", "verdict"], answers, strict=True):
        for word in ("Okapi", "Quagga", "Tapir"):
            assert word not in shown, (address, word)
        # The scale to choose from names every rating; nothing else does.
        beside = re.sub(
            r'<fieldset class="fc-scale">.*?</fieldset>|<option.*?</option>', "", shown, flags=re.S
        )
        assert "isleading" not in beside, address
    assert "Please look." in answers[0]
    assert "Okapi" in page(client_in, row)
    do(ivos_client, row, "verdict", rating="misleading", reasoning="Four are not for the coast.")
    shown = page(ivos_client, row)
    for word in ("Okapi", "Quagga", "Tapir", "Four are not for the coast."):
        assert word in shown


def test_two_that_differ_wait_for_a_third(
    client_in: Client, ivos_client: Client, ivo: User, user: User, claim: Claim
) -> None:
    row = judged(claim, user)
    casework.request_second_review(row, person=user, reviewer=ivo, blind=True)
    do(ivos_client, row, "verdict", rating="accurate", reasoning="The order says so.")
    mara = User.objects.create_user("mara")
    third = Client()
    third.force_login(mara)
    shown = page(third, row)
    assert "The two verdicts differ" in shown
    assert "Okapi" in shown
    do(third, row, "verdict", rating="misleading", reasoning="Rosa is right.")
    do(third, row, "sign-off")
    assert state(row) == "signed_off"
    shown = page(client_in, row)
    assert all(words in shown for words in ("Okapi", "The order says so.", "Rosa is right."))


# -- the board ---------------------------------------------------------------------------------------------


def test_an_empty_board_says_what_to_do_first(client_in: Client) -> None:
    shown = client_in.get("/fact-checks/").content.decode()
    assert "No fact-check yet" in shown
    assert "finding" in shown


def test_the_board_is_filtered_by_the_address(
    client_in: Client, ivos_client: Client, user: User, ivo: User, story: dict[str, Any]
) -> None:
    mine = begun(story["bare"], user, harm=3)
    casework.edit(mine, person=user, changes={"due_on": timezone.localdate() - timedelta(days=1)})
    other = casework.take_up(story["price"], person=ivo, question="Does it cost so much?")

    def listed(query: str, client: Client = client_in) -> set[int]:
        shown = client.get(f"/fact-checks/?{query}").content.decode()
        return {row.pk for row in (mine, other) if f'/fact-checks/{row.pk}/"' in shown}

    assert listed("") == {mine.pk, other.pk}
    assert listed("who=me") == listed("harm=3") == listed("due=late") == listed("state=in_check") == {mine.pk}
    assert listed("who=nobody") == listed("state=new") == listed("due=none") == {other.pk}
    assert listed("state=published") == listed("for=me") == set()
    assert listed("state=nonsense&harm=x&due=%00") == {mine.pk, other.pk}


def test_what_awaits_my_review_is_listed_for_me(
    client_in: Client, ivos_client: Client, user: User, ivo: User, claim: Claim
) -> None:
    row = judged(claim, user)
    casework.request_second_review(row, person=user)
    assert row.question in ivos_client.get("/fact-checks/?for=me").content.decode()
    assert row.question not in client_in.get("/fact-checks/?for=me").content.decode()


def test_screens_cost_few_queries(client_in: Client, user: User, ivo: User, story: dict[str, Any]) -> None:
    row = judged(story["bare"], user)
    for number in range(6):
        casework.add_source(row, person=user, use="primary", title=f"Paper {number}", origin=f"Body {number}")
        casework.comment(row, person=ivo, reason=f"Word {number}")
        casework.ask(row, person=user, whom=f"Body {number}", asked="How many?")
    casework.add_source(row, person=user, use="secondary", article=story["one"].article)
    casework.add_source(row, person=user, use="primary", reference=factories.reference())
    for name in ("price", "careful", "almost", "part"):
        begun(story[name], user)
    for address in (
        f"/fact-checks/{row.pk}/",
        f"/fact-checks/{row.pk}/?find=radars",
        "/fact-checks/",
        "/fact-checks/?state=in_check&who=me&replies=overdue",
        "/fact-checks/?for=me",
        f"/fact-checks/new/?claim={story['money'].claims.first().pk}",
    ):
        with CaptureQueriesContext(
            connection,
        ) as made:
            assert client_in.get(address).status_code == 200
        assert len(made) <= QUERIES, (address, len(made), [q["sql"][:120] for q in made])


def test_pages_are_for_members_alone(claim: Claim, user: User) -> None:
    row = begun(claim, user)
    for address in ("/fact-checks/", "/fact-checks/new/", f"/fact-checks/{row.pk}/"):
        assert Client().get(address)["Location"].startswith("/login/")
    assert do(Client(), row, "drop", reason="So.")["Location"].startswith("/login/")
    assert FactCheckEvent.objects.filter(after="dropped").count() == 0
