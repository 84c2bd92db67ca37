"""A small newsroom in which everything has happened once, and the address of every screen that shows it.

``build(say)`` asks ``say(limit)`` for each text that people or articles bring in, of at most so many
characters: plain words for most tests, hostile ones where nothing may run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLResolver, reverse
from django.utils.timezone import now

from claims.models import (
    Assignment,
    Correction,
    Document,
    FindingClaim,
    GroupDecision,
    Rating,
    Report,
    SavedView,
    Verdict,
    Withdrawal,
)
from claims.services import casework, publishing, ratings, reporting, reviewing
from tests.web import factories

Say = Callable[[int], str]


def plainly(limit: int) -> str:
    """Ordinary words, whatever is asked for."""
    return "As the ministry told us on Monday, twelve is a ceiling."[:limit]


@dataclass(frozen=True, slots=True)
class World:
    people: dict[str, User]
    #: The addresses of all screens under the names of their URLs; a screen may stand there in several states.
    addresses: tuple[tuple[str, str], ...]


def build(say: Say = plainly) -> World:
    """Makes the rows. Needs the database."""
    people = _people(say)
    ada, ivo, mara = people["ada"], people["ivo"], people["mara"]
    one, two, question, claims = _articles(say)
    finding = _finding(say, question, claims, people)
    correction = _decisions(say, question, claims, one, ada)
    story = {"bare": claims[1], "group": question, "finding": finding}
    factcheck = _factcheck(say, story, people)
    publication = publishing.publish(factcheck, mara)
    under_way = casework.take_up(claims[2], person=ada, question=say(300) or "What?", meaning=say(2000))
    casework.comment(under_way, person=ivo, reason=say(5000))
    origin = factories.origin()
    one.article.__class__.objects.filter(pk__in=[one.article_id, two.article_id]).update(origin=origin)
    document = factories.document(
        revision=one,
        state=Document.State.CHECKED,
        name=say(200),
        declared_outlet=say(200),
        declared_title=say(1000),
        notices=[say(500)],
    )
    failed = factories.document(
        state=Document.State.QUARANTINED,
        name=say(200),
        error_code="unreadable",
        error_detail=say(2000),
    )
    reference = factories.reference(
        title=say(300),
        authority=say(200),
        actor=say(200),
        object=say(300),
        unit=say(100),
        edition=say(100),
        definition=say(5000),
        licence=say(200),
    )
    report = reporting.make(now().date())
    view = SavedView.objects.create(person=ada, name=say(80), query="severity=high", shared=True)
    rated = Rating.objects.first()
    assert isinstance(report, Report)
    assert rated is not None
    values = {
        "article_id": one.article_id,
        "claim_id": claims[0].pk,
        "correction_id": correction.pk,
        "document_id": document.pk,
        "edition": publication.edition,
        "factcheck_id": factcheck.pk,
        "finding_id": finding.pk,
        "group_id": question.pk,
        "number": publication.edition,
        "origin_id": origin.pk,
        "reference_id": reference.pk,
        "report_id": report.pk,
        "revision_id": one.pk,
        "slug": {"publication": publication.slug, "settings": rated.slug, "outlet": one.article.outlet.slug},
        "view_id": view.pk,
        "key": "no-such-token",
        "name": "begin",
        "token": "no-such-token",
        "uidb64": "MQ",
        "person_id": ivo.pk,
    }
    return World(people, _addresses(values, failed, under_way.pk, one, two))


def _people(say: Say) -> dict[str, User]:
    people = {
        name: factories.person(name, email=f"{name}@example.org") for name in ("ada", "ivo", "mara", "rosa")
    }
    for person in people.values():
        person.first_name, person.last_name = say(75), say(75)
        person.is_staff = person.is_superuser = person.username == "mara"
        person.save()
    return people


def _articles(say: Say) -> tuple[Any, Any, Any, list[Any]]:
    question = factories.group(say(500))
    fields = {"byline": say(300), "credit": say(300), "published_as_written": say(200), "host": say(200)}
    body = f"{say(3000)}\n\nThe ministry will buy as many as 12 {say(90)} radars. {say(3000)}\n\n{say(3000)}"
    one = factories.revision(body, title=say(1000), at=say(200), wires=[say(100)], **fields)
    two = factories.revision(
        f"The ministry will buy 12 {say(90)} radars. {say(3000)}\n\nIt pays 18 million for {say(90)} each.",
        title=say(1000),
        at=say(200),
        published=date(2024, 3, 8),
    )
    earlier, later = one.body, f"{say(3000)}\n\n{one.body} {say(300)}"
    told: dict[str, Any] = {
        "unit": say(100),
        "modifier": say(100),
        "measured": say(500),
        "noun": say(100),
        "actor": say(200),
        "action": say(60),
        "object": say(300),
        "place": say(200),
        "source": say(200),
        "when_text": say(100),
        "hedge": say(300),
        "mode": "paraphrase",
        "attribution": {"source": say(200), "told": say(200), "cue": say(100)},
        "link_reasons": [say(200)],
    }
    claims = [
        factories.claim(_, quote, value=12, group=question, **told)
        for _, quote in (
            (one, one.body[one.body.index("as many as 12") : one.body.index(" radars")] + " radars"),
            (two, two.body[two.body.index("12 ") : two.body.index(" radars")] + " radars"),
        )
    ]
    claims.append(
        factories.claim(two, two.body[two.body.index("18 million") : -1], kind="money", value=18_000_000)
    )
    changed = factories.revision(earlier, title=say(1000), at=say(200), published=date(2024, 3, 6))
    factories.revision(later, title=say(1000), article=changed.article)
    return one, two, question, claims


def _finding(say: Say, question: Any, claims: list[Any], people: dict[str, User]) -> Any:
    finding = factories.finding(
        claims[1],
        claims[0],
        group=question,
        summary=say(2000),
        clears=say(2000),
        basis=say(2000),
        evidence={"readings": [{"quote": say(300), "outlet": say(200)}], "reason": say(500)},
        rank=70,
        rank_reasons=[say(200), say(200)],
    )
    reviewing.decide(finding, reviewer=people["ivo"], decision="comment", reason=say(5000))
    Assignment.objects.create(finding=finding, assignee=people["ada"], person=people["ivo"])
    other = factories.finding(claims[2], summary=say(2000))
    reviewing.decide(other, reviewer=people["ada"], decision="dismiss", reason=say(5000))
    alone = factories.finding(article=claims[0].revision.article, summary=say(2000), check_id="headline_body")
    FindingClaim.objects.create(finding=alone, claim=claims[0], position=0)
    return finding


def _decisions(say: Say, question: Any, claims: list[Any], one: Any, ada: User) -> Correction:
    GroupDecision.objects.create(
        kind="confirm",
        group=question,
        groups=[question.pk],
        claims=[claims[0].pk],
        reviewer=ada,
        reason=say(5000),
    )
    correction = Correction.objects.create(
        revision=one,
        kind="reject",
        claim_kind="count",
        start=0,
        end=5,
        quote=one.body[:5],
        reason=say(5000),
        person=ada,
    )
    gone = factories.revision(say(3000) + " It will buy 9 of them.", title=say(1000), at=say(200))
    Withdrawal.objects.create(article=gone.article, kind="withdraw", reviewer=ada, reason=say(5000))
    gone.article.withdrawn_at = now()
    gone.article.save()
    gone.__class__.objects.filter(pk=gone.pk).update(is_current=False)
    return correction


def _factcheck(say: Say, story: dict[str, Any], people: dict[str, User]) -> Any:
    ratings.scale()
    Rating.objects.filter(slug="imprecise").update(label=say(60), meaning=say(300))
    row = factories.signed_off(
        story,
        question=say(500),
        meaning=say(5000),
        conclusion=say(5000),
        few_origins_reason=say(5000),
        created_by=people["ada"],
        assignee=people["ada"],
        due_on=date(2024, 3, 20),
    )
    Verdict.objects.create(
        factcheck=row,
        round=2,
        role="first",
        rating=row.rating,
        reasoning=say(5000),
        person=people["rosa"],
    )
    factories.source(row, say(500), publisher=say(200), origin=say(200), says=say(5000))
    factories.source(row, say(500), origin=say(200), use="secondary", says=say(5000), on_record=False)
    asked = {"channel": say(60), "asked": say(5000), "reply": say(5000), "replied_at": now()}
    factories.letter(row, say(200), deadline=now() + timedelta(days=1), **asked)
    return row


def _addresses(
    values: dict[str, Any], failed: Document, under_way: int, one: Any, two: Any
) -> tuple[tuple[str, str], ...]:
    """Every page there is, found in the URLs: one that is added is covered without a word here."""
    from claims.web.urls import urlpatterns

    found = [
        (name, reverse(name, kwargs={key: _value(values[key], name) for key in parameters}))
        for name, parameters in sorted(_named(urlpatterns))
    ]
    found += [
        ("document", reverse("document", args=[failed.pk])),
        ("factcheck", reverse("factcheck", args=[under_way])),
        ("article", reverse("article", args=[two.article_id])),
        ("queue", "/queue/?severity=medium"),
        ("findings", "/findings/?state=all"),
        ("articles", "/articles/?state=withdrawn"),
        ("ingest", "/ingest/?way=paste"),
        ("ingest", "/ingest/?way=address"),
    ]
    return tuple(found)


def _value(value: Any, name: str) -> Any:
    """What stands in the address: slugs are named by the noun that the URL's name begins with."""
    return value if not isinstance(value, dict) else value[name.split("-")[0]]


def _named(patterns: Iterable[Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Names and parameters of all URLs, through what is included."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _named(pattern.url_patterns)
        elif pattern.name:
            # A path() names its converters, a re_path() only its groups.
            expression = getattr(pattern.pattern, "regex", None)
            yield (
                pattern.name,
                tuple(pattern.pattern.converters or (expression.groupindex if expression else ())),
            )


def pages(world: World, client: Client) -> dict[str, str]:
    """Every screen as this person gets it: the page under its address. Asserts that none fails.

    Addresses that only take forms (405), files and feeds are left out.
    """
    found = {}
    for name, address in world.addresses:
        answer = client.get(address)
        if answer.status_code == 405 or not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        assert answer.status_code in (200, 302), (name, address, answer.status_code)
        if answer.status_code == 200:
            found[address] = answer.content.decode()
    return found


def screens(world: World, client: Client) -> dict[str, str]:
    """Of the pages, those that are whole; the rest are parts that htmx puts into one."""
    return {
        address: html
        for address, html in pages(world, client).items()
        if html.lstrip()[:15].lower() == "<!doctype html>"
    }
