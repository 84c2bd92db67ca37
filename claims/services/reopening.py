"""What a fact-check rests on changes: it is reopened, with the reason, or goes along where nothing changed.

Called where the change is stored, in its transaction: by linking after a new revision (its claims are read by
then), by withdrawing, and by references. What was published stays up with its edition meanwhile; the
fact-check says that it is reopened.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from django.db.models import Q

from claims.engine.sentences import paragraphs, sentences
from claims.models import Article, Claim, FactCheck, Reference, Revision, Source

from . import casework, pins
from .steps import State, held, write

#: A sentence at least so like the old one (difflib's ratio) is the old one in other words.
_ALIKE = 0.5
#: Characters of a sentence that a reason quotes.
_QUOTED = 400


def after_revision(revision: Revision) -> list[FactCheck]:
    """To be called when ``revision`` stands and its claims are read; gives the fact-checks it reopened.

    A fact-check whose sentence still stands word for word goes over to the claim in the new revision. One
    whose sentence changed or went, or that uses an article whose text no longer says what it was used for, is
    reopened if somebody has judged by it, and else told so.
    """
    article = revision.article_id
    rests = FactCheck.objects.filter(claim__revision__article=article).exclude(state=State.DROPPED)
    uses = Source.objects.in_use().filter(article=article).exclude(factcheck__state=State.DROPPED)
    # One query for nearly every article that is linked, on which no fact-check rests.
    found = list(rests.order_by().values_list("pk", "claim").union(uses.values_list("factcheck", "pk")))
    if not found:
        return []
    reopened = []
    for pk in sorted({pk for pk, _ in found}):
        row = held(FactCheck(pk=pk))
        why = _claim_changed(row, revision)
        for source in row.sources.in_use().filter(article=article).select_related("revision"):
            why += _source_changed(row, source, revision)
        if why and _reopen(row, " ".join(why)):
            reopened.append(row)
    return reopened


def after_withdrawal(article: Article, reason: str, by: str) -> list[FactCheck]:
    """To be called when a person withdraws an article: what rests on it is reopened, or told so."""
    rows = FactCheck.objects.filter(
        Q(claim__revision__article=article)
        | Q(pk__in=Source.objects.in_use().filter(article=article).values("factcheck"))
    ).exclude(state=State.DROPPED)
    return _tell(rows, f"{by} withdrew the article of {article.outlet.name} that this rests on: {reason}")


def after_edition(reference: Reference) -> list[FactCheck]:
    """To be called when a reference is stored: what uses another edition of it is reopened, or told so."""
    others = Reference.objects.filter(
        authority__iexact=reference.authority, title__iexact=reference.title
    ).exclude(pk=reference.pk)
    sources = Source.objects.in_use().filter(reference__in=others)
    rows = FactCheck.objects.filter(pk__in=sources.values("factcheck")).exclude(state=State.DROPPED)
    edition = reference.edition or "without a number"
    return _tell(
        rows,
        f"There is another edition of a reference this rests on: “{reference.title}” by "
        f"{reference.authority}, edition {edition}.",
    )


def _tell(rows: Iterable[FactCheck], why: str) -> list[FactCheck]:
    reopened = []
    for pk in sorted({row.pk for row in rows}):
        row = held(FactCheck(pk=pk))
        write(row, "changed", person=None, reason=why)
        if _reopen(row, why):
            reopened.append(row)
    return reopened


def _reopen(row: FactCheck, why: str) -> bool:
    """Reopens a held row if somebody has judged by what changed; True if it was."""
    judged = row.state in (State.SECOND_REVIEW, State.SIGNED_OFF, State.PUBLISHED) or (
        row.state in (State.IN_CHECK, State.AWAITING_REPLY) and row.verdicts.filter(round=row.round).exists()
    )
    if not judged:
        return False
    others = FactCheck.objects.filter(claim=row.claim_id).exclude(pk=row.pk)
    if others.exclude(state__in=[State.PUBLISHED, State.DROPPED]).exists():
        return False  # one is under way on the same claim, which is told as well
    if row.state == State.PUBLISHED:
        why += " The public page stays up with its edition until the next one."
    casework.again(row, person=None, reason=why)
    return True


def _claim_changed(row: FactCheck, revision: Revision) -> list[str]:
    """Moves the fact-check along with its sentence; or says in words what became of the sentence."""
    old = Claim.objects.select_related("revision__article__outlet").get(pk=row.claim_id)
    if old.revision.article_id != revision.article_id:
        return []
    if old.revision_id == revision.pk and old.retired_at is None:
        _note(
            row, "claim", revision, f"{_outlet(old)} shows the sentence again as it was checked.", back=True
        )
        return []
    before = _text_of(old)
    text = revision.title if old.headline else revision.body
    if _plain(before) in _plain(text):
        standing = Claim.objects.filter(revision=revision, retired_at__isnull=True)
        new = pins.successors([old], standing).get(old.pk)
        taken = (
            new
            and FactCheck.objects.filter(claim=new)
            .exclude(state__in=[State.PUBLISHED, State.DROPPED])
            .exclude(pk=row.pk)
            .exists()
        )
        if new and not taken and _plain(before) in _plain(_text_of(new)):
            why = "the sentence this rests on is unchanged; the fact-check went over to it"
            told = f"{_outlet(old)} has a new revision, number {revision.number}: {why}."
            write(
                row,
                "moved",
                person=None,
                before="claim",
                after=str(revision.pk),
                reason=told,
                claim=new,
                group=new.group,
            )
        return []
    after = _like(before, text, headline=old.headline)
    return _note(row, "claim", revision, f"{_outlet(old)} {_became(before, after)}")


def _source_changed(row: FactCheck, source: Source, revision: Revision) -> list[str]:
    """What became of the words a source was used for, where its article's text is another now."""
    name, old = f"source {source.pk}", source.revision
    if old is None or old.pk == revision.pk:
        if old is not None:
            _note(row, name, revision, f"“{source.title}” shows its text again as it was used.", back=True)
        return []
    says = source.says.strip(" \n\"“”'")
    if says and _plain(says) in _plain(old.body):
        if _plain(says) in _plain(revision.body):
            _note(row, name, revision, f"“{source.title}” says again what it was used for.", back=True)
            return []
        before, after = says, _like(says, revision.body)
    else:
        before, after = _first_difference(old.body, revision.body)
        if before == after:
            return []
    outlet = revision.article.outlet.name
    return _note(row, name, revision, f"{outlet} {_became(before, after)}")


def _note(row: FactCheck, what: str, revision: Revision, why: str, *, back: bool = False) -> list[str]:
    """Writes down what changed, once for each time it changes; gives it back if it is new."""
    last = row.events.filter(kind__in=["changed", "moved"], before=what).last()
    known = last is not None and last.after == str(revision.pk)
    if known or (back and last is None):
        return []
    write(row, "changed", person=None, before=what, after=str(revision.pk), reason=why)
    return [why]


def _became(before: str, after: str) -> str:
    if not after:
        return f"took out the sentence this rests on: “{_short(before)}”."
    if not before:
        return f"added a sentence to what this rests on: “{_short(after)}”."
    return f"changed the sentence this rests on: “{_short(before)}” → “{_short(after)}”."


def _outlet(claim: Claim) -> str:
    return claim.revision.article.outlet.name


def _text_of(claim: Claim) -> str:
    text = claim.revision.title if claim.headline else claim.revision.body
    return text[claim.sentence_start : max(claim.sentence_end, claim.end)]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _short(text: str) -> str:
    text = _plain(text)
    return text if len(text) <= _QUOTED else text[:_QUOTED].rpartition(" ")[0] + " …"


def _sentences(text: str) -> list[str]:
    spans = (span for paragraph in paragraphs(text) for span in sentences(text, paragraph))
    return [_plain(text[span.start : span.end]) for span in spans]


def _like(before: str, text: str, *, headline: bool = False) -> str:
    """The sentence of a text that is most like one that is no longer in it; "" where none is."""
    if headline:
        return _plain(text)
    close = difflib.get_close_matches(_plain(before), _sentences(text), n=1, cutoff=_ALIKE)
    return close[0] if close else ""


def _first_difference(old: str, new: str) -> tuple[str, str]:
    """The first sentences in which two texts differ; two empty ones where only white space does."""
    a, b = _sentences(old), _sentences(new)
    for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            return " ".join(a[a1:a2]), " ".join(b[b1:b2])
    return "", ""
