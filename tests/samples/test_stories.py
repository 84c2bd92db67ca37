"""Every sample goes through the real pipeline; ``expected.json`` beside each story says what must come out.

An expectation marked ``not_yet`` is one the program does not meet so far; the test then holds that it is
still unmet, so that somebody notices (and takes the mark away) when it starts to work.

Claims are named by words of the article: ``["northlight.txt", "as many as 31 new interceptors"]`` is the
claim whose span overlaps these words.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from claims import samples
from claims.models import Claim as ClaimRow
from claims.models import Document, Finding
from claims.services import ingestion, pipeline, references

#: For `seen`: pytest-django makes a test database only for the tests that carry this mark.
pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class SeenArticle:
    outlet: str
    title: str
    published: object
    body: str
    claims: tuple[ClaimRow, ...]
    origin: object


@dataclass(frozen=True)
class SeenFinding:
    check: str
    claims: frozenset[int]
    summary: str
    sides: tuple[frozenset[str], ...]  # of a conflict: the outlets that carry each reading

    def sets_against(self, first: str, second: str) -> bool:
        """Whether it sets these outlets against each other; where it has no sides, any two of its outlets."""
        if not self.sides:
            return True
        return not any({first, second} <= side for side in self.sides)


@dataclass(frozen=True)
class Seen:
    """What the program made of the samples, as plain data."""

    articles: dict[str, SeenArticle]
    findings: tuple[SeenFinding, ...]
    states: dict[str, str]


def load() -> Seen:
    for fields in samples.references():
        references.add(**fields)
    ids = {
        sample.file: ingestion.accept(sample.document(), source=Document.Source.SAMPLE).document.pk
        for sample in samples.samples()
    }
    for pk in ids.values():
        pipeline.run(pk)
    rows = {file: Document.objects.get(pk=pk) for file, pk in ids.items()}
    articles = {}
    for file, row in rows.items():
        if row.revision is None:
            continue
        revision = row.revision
        articles[file] = SeenArticle(
            outlet=revision.outlet,
            title=revision.title,
            published=revision.published,
            body=revision.body,
            claims=tuple(ClaimRow.objects.standing().filter(revision=revision)),
            origin=revision.article.origin_id,
        )
    findings = tuple(
        SeenFinding(
            check=row.check_id,
            claims=frozenset(row.claims.values_list("pk", flat=True)),
            summary=row.summary,
            sides=tuple(frozenset(side["outlets"]) for side in row.evidence.get("intervals", [])),
        )
        for row in Finding.objects.standing()
    )
    return Seen(articles, findings, {file: row.state for file, row in rows.items()})


@pytest.fixture(scope="module")
def seen(django_db_setup: None, django_db_blocker: Any) -> Seen:
    """All samples through the pipeline, once, in a transaction that is rolled back before any test begins."""
    with django_db_blocker.unblock(), transaction.atomic():
        seen = load()
        transaction.set_rollback(True)
    return seen


def _expected(story: str) -> dict[str, Any]:
    text = (samples.HERE / story / "expected.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def _each(part: str) -> list[Any]:
    cases = []
    for story in samples.stories():
        for number, entry in enumerate(_expected(story["slug"])[part]):
            cases.append(pytest.param(story["slug"], entry, id=f"{story['slug']}-{number}"))
    return cases


FILES = [sample.file for sample in samples.samples()]
NUMBERLESS = ("quotation", "event", "date")


def _place(seen: Seen, story: str, at: list[str]) -> tuple[str, int, int]:
    file, words = at
    file = file if "/" in file else f"{story}/{file}"
    start = seen.articles[file].body.find(words)
    assert start >= 0, f"{file} does not say {words!r} (any more): mend expected.json"
    return file, start, start + len(words)


def _claims_at(seen: Seen, story: str, at: list[str]) -> list[ClaimRow]:
    """The claims on these words; numbers before quotations, which may hold numbers of their own."""
    file, start, end = _place(seen, story, at)
    there = [c for c in seen.articles[file].claims if c.start < end and start < c.end]
    numbers = [c for c in there if c.kind not in NUMBERLESS]
    quotations = [c for c in there if c.kind == "quotation"]
    return (quotations or numbers) if at[1][0].isupper() and quotations else (numbers or there)


def _first_claim_at(seen: Seen, story: str, at: list[str]) -> ClaimRow | None:
    return next(iter(_claims_at(seen, story, at)), None)


def _hold(met: bool, entry: dict[str, Any], told: str) -> None:
    if "not_yet" in entry:
        assert not met, f"works now: take the not_yet mark ({entry['not_yet']}) off {entry}"
    else:
        assert met, told


def test_every_file_of_the_samples_is_in_the_manifest() -> None:
    there = {p.relative_to(samples.HERE).as_posix() for p in samples.HERE.glob("*/*") if p.suffix != ".json"}
    assert {file for file in there if "__pycache__" not in file} == set(FILES)


@pytest.mark.parametrize("story", [s["slug"] for s in samples.stories()])
def test_every_story_is_told_by_three_outlets_or_more(story: str) -> None:
    assert len({s.outlet for s in samples.samples() if s.story == story}) >= 3


@pytest.mark.parametrize("file", FILES)
def test_every_sample_is_read_to_the_end(seen: Seen, file: str) -> None:
    assert seen.states[file] == Document.State.CHECKED


@pytest.mark.parametrize("sample", samples.samples(), ids=lambda s: s.file)
def test_outlet_title_and_date_are_found_where_they_are_not_declared(
    seen: Seen, sample: samples.Sample
) -> None:
    article = seen.articles[sample.file]
    assert (article.outlet, article.title, article.published) == (
        sample.outlet,
        sample.title,
        sample.published,
    )


@pytest.mark.parametrize("file", FILES)
def test_every_claim_stands_where_it_says(seen: Seen, file: str) -> None:
    article = seen.articles[file]
    assert article.claims
    text = {True: article.title, False: article.body}
    assert [c for c in article.claims if text[c.headline][c.start : c.end] != c.quote] == []


@pytest.mark.parametrize(("story", "entry"), _each("claims"))
def test_the_claim_is_found_as_written(seen: Seen, story: str, entry: dict[str, Any]) -> None:
    found = _claims_at(seen, story, entry["at"])
    met = any(
        c.value == Decimal(str(entry["value"]))
        and c.unit == entry["unit"]
        and c.quote == entry.get("quote", c.quote)
        and ("modifier" not in entry or (c.modifier or None) == entry["modifier"])
        for c in found
    )
    _hold(met, entry, f"{entry}\nfound: {[(c.quote, c.value, c.unit, c.modifier) for c in found]}")


@pytest.mark.parametrize(("story", "entry"), _each("groups"))
def test_claims_that_answer_one_question_are_together(seen: Seen, story: str, entry: dict[str, Any]) -> None:
    groups = {}
    for at in entry["claims"]:
        claims = _claims_at(seen, story, at)
        groups[tuple(at)] = {str(c.group_id) for c in claims if c.group_id}
    met = bool(set.intersection(*groups.values()))
    _hold(met, entry, f"{entry['question']} {groups}")


@pytest.mark.parametrize(("story", "entry"), _each("apart"))
def test_claims_that_answer_different_questions_are_apart(
    seen: Seen, story: str, entry: dict[str, Any]
) -> None:
    first, second = (_first_claim_at(seen, story, at) for at in entry["claims"])
    met = first is None or second is None or first.group_id is None or first.group_id != second.group_id
    _hold(met, entry, entry["why"])


@pytest.mark.parametrize(("story", "entry"), _each("findings"))
def test_the_finding_appears(seen: Seen, story: str, entry: dict[str, Any]) -> None:
    wanted = [{c.pk for c in _claims_at(seen, story, at)} for at in entry["claims"]]
    of_check = [f for f in seen.findings if f.check == entry["check"]]
    met = any(all(f.claims & pks for pks in wanted) for f in of_check)
    _hold(met, entry, f"{entry}\n{[f.summary for f in of_check]}")


@pytest.mark.parametrize(("story", "entry"), _each("silent"))
def test_the_check_keeps_silent_where_nothing_is_wrong(seen: Seen, story: str, entry: dict[str, Any]) -> None:
    wanted = [{c.pk for c in _claims_at(seen, story, at)} for at in entry["claims"]]
    outlets = [seen.articles[_place(seen, story, at)[0]].outlet for at in entry["claims"]]
    raised = [
        f.summary
        for f in seen.findings
        if f.check == entry["check"]
        and all(f.claims & pks for pks in wanted)
        and f.sets_against(outlets[0], outlets[-1])
    ]
    _hold(not raised, entry, f"{entry['why']}, yet: {raised}")


@pytest.mark.parametrize("story", [s["slug"] for s in samples.stories()])
def test_articles_that_share_an_origin_are_joined_and_no_others(seen: Seen, story: str) -> None:
    files = [s.file for s in samples.samples() if s.story == story]
    together: dict[object, set[str]] = {}
    for file in files:
        origin = seen.articles[file].origin
        if origin is not None:
            together.setdefault(origin, set()).add(file.partition("/")[2])
    found = {frozenset(names) for names in together.values() if len(names) > 1}
    assert found == {frozenset(names) for names in _expected(story)["origins"]}


@pytest.mark.parametrize("story", [s["slug"] for s in samples.stories()])
def test_dates_and_page_furniture_are_not_claims(seen: Seen, story: str) -> None:
    wrong = []
    for name, words in _expected(story)["not_claims"].items():
        article = seen.articles[f"{story}/{name}"]
        for claim in article.claims:
            if claim.kind in NUMBERLESS:
                continue
            wrong += [(name, claim.quote) for w in words if w in claim.quote or claim.quote in w.split(" ")]
    assert wrong == []
