"""People at work in a full store: decisions, assignments, fact-checks in every state, some published.

Through the services, as the pages do it; so few of everything that filling stays short, so many that lists
are full.
"""

from __future__ import annotations

import random
from typing import Any

PEOPLE = ("ada", "ivo", "mara", "rosa", "sten")
DECIDED, ASSIGNED, CHECKS = 400, 200, 240


def begin(seed: int) -> None:
    """Five people decide on findings, hand some on, and take claims up. Mara is an administrator."""
    from django.contrib.auth.models import User

    from claims.models import Finding
    from claims.services import queueing, reviewing

    drawn = random.Random(seed)
    people = [
        User.objects.create_user(name, f"{name}@example.org", is_staff=name == "mara") for name in PEOPLE
    ]
    findings = list(Finding.objects.open().order_by("pk"))
    drawn.shuffle(findings)
    for finding in findings[:DECIDED]:
        decision = drawn.choice(("confirm", "dismiss", "comment"))
        reviewing.decide(
            finding, reviewer=drawn.choice(people), decision=decision, reason="As the text says."
        )
    for finding in findings[DECIDED : DECIDED + ASSIGNED]:
        queueing.assign(finding, drawn.choice(people), drawn.choice(people))
    taken: set[int] = set()
    for finding in findings[DECIDED + ASSIGNED :]:
        claims = finding.shown_claims
        if claims and claims[0].pk not in taken and len(taken) < CHECKS:
            taken.add(claims[0].pk)
            _work_on(claims[0], finding, people, drawn)


def _work_on(claim: Any, finding: Any, people: list[Any], drawn: random.Random) -> None:
    """Takes one claim as far as chance will have it: to a question, a verdict, or the public page."""
    from claims.models import Article
    from claims.services import casework, correspondence, publishing, ratings, signing, sources

    first, second, third = drawn.sample(people, 3)
    check = casework.take_up(
        claim, finding, person=first, question=f"Is it so: {claim.quote[:200]}?", harm=drawn.choice((1, 2, 3))
    )
    if (reached := drawn.random()) < 0.2:
        return
    check = casework.assign(casework.triage(check, person=first), first, person=first)
    if reached < 0.4:
        return
    check = casework.begin(check, person=first)
    sources.add_source(check, person=first, use="primary", title="The ministry's order", origin="Ministry")
    other = Article.objects.exclude(pk=claim.revision.article_id).order_by("?").first()
    sources.add_source(check, person=first, use="secondary", article=other)
    if reached < 0.6:
        correspondence.ask(check, person=first, whom="Press office", asked="How many?")
        return
    check.refresh_from_db()
    check = casework.edit(check, person=first, changes={"conclusion": "It is a ceiling, and no order."})
    rating = ratings.scale()[1]
    check = signing.give_verdict(check, person=first, rating=rating, reasoning="A ceiling.")
    check = signing.request_second_review(check, person=first)
    if reached < 0.7:
        return
    check = signing.give_verdict(check, person=second, rating=rating, reasoning="So I read it.")
    check = casework.edit(check, person=first, changes={"few_origins_reason": "The order itself is here."})
    check = signing.sign_off(check, person=third)
    if reached > 0.8:
        publishing.publish(check, third)
