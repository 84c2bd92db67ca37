"""People's corrections laid over what the engine reads: the same words and text, the same claims.

A correction hangs on a place, where the program read a claim or a person added one; what is said of one place
adds up, whatever its order of arrival, and what is undone is as if it had never been said. In another
revision of the article it hangs on the same words: the same quote, where the text around it agrees most, then
the nearest. One whose words are gone waits for a revision that has them again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from claims.engine.records import Attribution, Claim, Kind, Quantity, Span, Status, When
from claims.engine.sentences import paragraphs, sentences
from claims.models import Correction, Revision

from .codec import from_json, to_json

Said = Correction.Kind
#: Characters on either side of a quote that are held against each other to know its place again.
_AROUND = 80
#: The rule of a claim that a person added where the program reads nothing at all.
BY_HAND = "person"


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says of one place of a text, its spans into that text; ``at`` is the correction's id."""

    at: int
    said: str  # a Correction.Kind
    headline: bool
    kind: str
    span: Span
    quote: str
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> tuple[bool, str, Span]:
        return self.headline, self.kind, self.span


@dataclass(frozen=True, slots=True)
class Texts:
    """The two texts of a revision that claims stand in."""

    title: str
    body: str

    def of(self, headline: bool) -> str:
        return self.title if headline else self.body


#: Reads what stands at some spans of the headline or the body; None where no number does.
Point = Callable[[bool, Sequence[Span]], Sequence[Claim | None]]


def said_of(
    revision: Revision, corrections: Iterable[Correction] | None = None
) -> tuple[list[Word], list[Correction]]:
    """What people say about a revision's text as it holds now, made on this or another revision of the
    article, and the corrections that wait for their words to come back. One query (none where the article's
    ``corrections`` are given), and one more where another revision's are among them."""
    if corrections is None:
        corrections = Correction.objects.filter(revision__article=revision.article_id)
    every = standing(corrections)
    elsewhere = {each.revision_id for each in every} - {revision.pk}
    texts = {revision.pk: Texts(revision.title, revision.body)}
    if elsewhere:
        rows = Revision.objects.filter(pk__in=elsewhere).values_list("pk", "title", "body")
        texts |= {pk: Texts(title, body) for pk, title, body in rows}
    return placed(every, revision.pk, texts)


def standing(corrections: Iterable[Correction]) -> list[Correction]:
    """The corrections that hold, in order: neither undone nor themselves an undoing. An undoing can be
    undone, and then what it undid holds again."""
    ordered = sorted(corrections, key=lambda each: each.pk)
    void: set[int] = set()
    for each in reversed(ordered):
        if each.undoes_id and each.pk not in void:
            void.add(each.undoes_id)
    return [each for each in ordered if each.pk not in void and each.kind != Said.UNDO]


def placed(
    corrections: Iterable[Correction], revision: int, texts: Mapping[int, Texts]
) -> tuple[list[Word], list[Correction]]:
    """What is said about a revision's text, and the corrections whose words are not in it.

    ``texts`` holds the revision's own texts and those of every revision a correction was made on.
    """
    words: list[Word] = []
    waiting: list[Correction] = []
    found: dict[_Root, Span | None] = {}
    taken: set[tuple[int, bool, str, Span]] = set()
    for each in corrections:
        root = _root(each)
        if root not in found:
            there: Span | None = Span(each.start, each.end)
            if each.revision_id != revision:
                old, new = (texts[pk].of(each.headline) for pk in (each.revision_id, revision))
                there = again(old, Span(each.start, each.end), new)
            # Two places of one old text are never one place of this.
            if there is None or (each.revision_id, each.headline, each.claim_kind, there) in taken:
                there = None
            else:
                taken.add((each.revision_id, each.headline, each.claim_kind, there))
            found[root] = there
        here = found[root]
        fields = None if here is None else _shifted(each, texts, revision, here.start - each.start)
        if here is None or fields is None:
            waiting.append(each)
        else:
            words.append(Word(each.pk, each.kind, each.headline, each.claim_kind, here, each.quote, fields))
    return words, waiting


def again(old: str, span: Span, new: str) -> Span | None:
    """Where the words at a span of one text stand in another: where most around them agrees, then the
    nearest; None where they do not."""
    quote = span.of(old)
    before, after = old[max(0, span.start - _AROUND) : span.start], old[span.end : span.end + _AROUND]
    best: tuple[int, int] | None = None
    place: Span | None = None
    for found in re.finditer(re.escape(quote), new):
        start, end = found.span()
        if _cuts_a_word(new, start) or _cuts_a_word(new, end):
            continue
        around = _alike(before[::-1], new[max(0, start - _AROUND) : start][::-1])
        around += _alike(after, new[end : end + _AROUND])
        rank = (around, -abs(start - span.start))
        if best is None or rank > best:
            best, place = rank, Span(start, end)
    return place


def pattern_of(words: Sequence[str]) -> re.Pattern[str]:
    """What finds the words in a row, whatever white space is between them, as whole words."""
    first, last = words[0][0].isalnum(), words[-1][-1].isalnum()
    body = r"\s+".join(map(re.escape, words))
    return re.compile((r"(?<!\w)" if first else "") + body + (r"(?!\w)" if last else ""))


def sentence_at(text: str, start: int) -> Span:
    """The sentence in which a character stands; the line, or the character, where the reader finds none."""
    for paragraph in paragraphs(text):
        if paragraph.start <= start < paragraph.end:
            for sentence in sentences(text, paragraph):
                if sentence.start <= start < sentence.end:
                    return sentence
            return paragraph
    return Span(start, start + 1)


def lay_over(
    claims: Sequence[Claim], words: Sequence[Word], texts: Texts, point: Point
) -> tuple[tuple[Claim, ...], tuple[int, ...]]:
    """The claims as people correct them, and for each the id of the correction it stands by, 0 for none.

    Pure. A claim is known by its place; a newer engine may read it as another kind, or a little longer. What
    a person amended or added stands even where the engine finds nothing: then ``point`` reads the words.
    """
    if not words:
        return tuple(claims), (0,) * len(claims)
    told: dict[tuple[bool, str, Span], list[Word]] = {}
    for word in sorted(words, key=lambda word: word.at):
        told.setdefault(word.place, []).append(word)
    owner = _matched(claims, list(told))
    out: list[tuple[Claim, int]] = [(c, 0) for k, c in enumerate(claims) if k not in owner.values()]
    bases = {place: claims[k] for place, k in owner.items()}
    lost = [place for place in told if place not in bases and not _rejected(told[place])]
    bases |= _pointed(lost, texts, point)
    moved: dict[tuple[bool, Span], Span | None] = {}
    for place, said in told.items():
        if place not in bases:
            continue
        base = bases[place]
        if _rejected(said):
            moved.setdefault((place[0], base.span), None)
            continue
        claim = _amended(base, said, texts)
        if claim.span != base.span:
            moved[(place[0], base.span)] = claim.span
        out.append((claim, max(word.at for word in said if word.said != Said.REJECT)))
    return _in_order(_repointed(out, moved))


def fields_of(claim: Claim, before: Claim) -> dict[str, Any]:
    """What of ``claim`` differs from ``before``, as a correction keeps it; see :func:`_amended`."""
    said: dict[str, Any] = {}
    if claim.span != before.span:
        said["span"] = {"start": claim.span.start, "end": claim.span.end, "quote": claim.quote}
    if claim.kind != before.kind:
        said["kind"] = claim.kind.value
    ours, theirs = claim.quantity, before.quantity
    if ours is not None and (theirs is None or ours != replace(theirs, unit=ours.unit)):
        said["quantity"] = {k: v for k, v in to_json(ours).items() if k != "unit"}
    if ours is not None and (theirs is None or ours.unit != theirs.unit):
        said["unit"] = ours.unit
    if ours is None and theirs is not None:
        said["quantity"] = None
    if _thing(claim) != _thing(before):
        said["thing"] = _thing(claim)
    for name in ("status", "attribution"):
        if getattr(claim, name) != getattr(before, name):
            said[name] = to_json(getattr(claim, name))
    if claim.when != before.when:
        said["when"] = to_json(claim.when)
    if claim.part_of != before.part_of:
        said["part_of"] = to_json(claim.part_of)
    return said


_THING = ("measured", "noun", "noun_modifiers", "object", "object_party", "place")


def _thing(claim: Claim) -> dict[str, Any]:
    return {name: to_json(getattr(claim, name)) for name in _THING}


def _amended(base: Claim, said: Sequence[Word], texts: Texts) -> Claim:
    """The claim with everything that was said of it, the latest word on each point."""
    fields: dict[str, Any] = {}
    for word in said:
        fields |= word.fields
    text = texts.of(base.headline)
    claim = base
    if "span" in fields:
        span = Span(fields["span"]["start"], fields["span"]["end"])
        sentence = base.sentence
        if not sentence.start <= span.start < sentence.end:
            sentence = sentence_at(text, span.start)
        claim = replace(claim, span=span, quote=span.of(text), sentence=sentence)
    if "kind" in fields:
        claim = replace(claim, kind=Kind(fields["kind"]))
    unit = fields.get("unit", claim.quantity.unit if claim.quantity else "")
    if "quantity" in fields:
        told = fields["quantity"]
        claim = replace(claim, quantity=from_json(Quantity, {**told, "unit": unit}) if told else None)
    elif claim.quantity is not None:
        claim = replace(claim, quantity=replace(claim.quantity, unit=unit))
    if "thing" in fields:
        thing = dict(fields["thing"])
        thing["noun_modifiers"] = tuple(thing.get("noun_modifiers", ()))
        claim = replace(claim, **thing)
    if "status" in fields:
        claim = replace(claim, status=Status(fields["status"]))
    if "attribution" in fields:
        claim = replace(claim, attribution=from_json(Attribution, fields["attribution"]))
    if "when" in fields:
        claim = replace(claim, when=from_json(When, fields["when"]) if fields["when"] else None)
    if "part_of" in fields:
        whole = fields["part_of"]
        claim = replace(claim, part_of=Span(whole["start"], whole["end"]) if whole else None)
    return claim


def _rejected(said: Sequence[Word]) -> bool:
    """Whether somebody said "not a claim" and nobody added it since."""
    last = {word.said: word.at for word in said}
    return last.get(Said.REJECT, 0) > last.get(Said.ADD, 0)


def _matched(
    claims: Sequence[Claim], places: Sequence[tuple[bool, str, Span]]
) -> dict[tuple[bool, str, Span], int]:
    """Which claim each place is about: the same place, the same span, or one of its kind that overlaps."""
    found: dict[tuple[bool, str, Span], int] = {}
    free = dict(enumerate(claims))
    for fits in (_exactly, _there, _overlapping):
        for place in places:
            if place in found:
                continue
            fitting = [k for k, c in free.items() if c.headline == place[0] and fits(c, place)]
            if fitting:
                found[place] = best = max(fitting, key=lambda k: (_shared(free[k].span, place[2]), -k))
                del free[best]
    return found


def _exactly(claim: Claim, place: tuple[bool, str, Span]) -> bool:
    return (claim.kind.value, claim.span) == place[1:]


def _there(claim: Claim, place: tuple[bool, str, Span]) -> bool:
    return claim.span == place[2]


def _overlapping(claim: Claim, place: tuple[bool, str, Span]) -> bool:
    return claim.kind.value == place[1] and claim.span.overlaps(place[2])


def _shared(a: Span, b: Span) -> int:
    return min(a.end, b.end) - max(a.start, b.start)


def _pointed(
    places: Sequence[tuple[bool, str, Span]], texts: Texts, point: Point
) -> dict[tuple[bool, str, Span], Claim]:
    found: dict[tuple[bool, str, Span], Claim] = {}
    for headline in (True, False):
        own = [place for place in places if place[0] == headline]
        if not own:
            continue
        text = texts.of(headline)
        for place, claim in zip(own, point(headline, [place[2] for place in own]), strict=True):
            found[place] = as_pointed(claim, Kind(place[1]), place[2], text, headline=headline)
    return found


def as_pointed(claim: Claim | None, kind: Kind, span: Span, text: str, *, headline: bool) -> Claim:
    """A claim on exactly these words: what was read there, or the bare words where nothing was."""
    if claim is None:
        sentence = sentence_at(text, span.start)
        return Claim(span, span.of(text), sentence, kind, rule=BY_HAND, headline=headline)
    sentence = claim.sentence
    if not sentence.start <= span.start < sentence.end:
        sentence = sentence_at(text, span.start)
    return replace(claim, span=span, quote=span.of(text), sentence=sentence, kind=kind, headline=headline)


def _repointed(
    claims: Iterable[tuple[Claim, int]], moved: Mapping[tuple[bool, Span], Span | None]
) -> Iterable[tuple[Claim, int]]:
    """Parts follow their wholes: to the words these have now, and away from those that are no claims."""
    claims = list(claims)
    there = {(c.headline, c.span) for c, _ in claims}
    for claim, by in claims:
        whole = (claim.headline, claim.part_of or claim.span)
        if claim.part_of and whole in moved and whole not in there:
            claim = replace(claim, part_of=moved[whole])
        yield claim, by


def _in_order(claims: Iterable[tuple[Claim, int]]) -> tuple[tuple[Claim, ...], tuple[int, ...]]:
    """In reading order, the headline's first; of two at one place the one a person has spoken about."""
    ordered = sorted(claims, key=lambda c: (not c[0].headline, c[0].span, c[0].kind, -c[1], c[0].rule))
    seen: set[tuple[bool, str, Span]] = set()
    kept = []
    for claim, by in ordered:
        place = (claim.headline, claim.kind.value, claim.span)
        if place not in seen:
            seen.add(place)
            kept.append((claim, by))
    return tuple(c for c, _ in kept), tuple(by for _, by in kept)


def _shifted(
    correction: Correction, texts: Mapping[int, Texts], revision: int, shift: int
) -> dict[str, Any] | None:
    """The correction's fields with their spans in another revision; None where those words are not there."""
    fields = dict(correction.fields)
    if correction.revision_id == revision:
        return fields
    old, new = (texts[pk].of(correction.headline) for pk in (correction.revision_id, revision))
    for name in ("span", "part_of"):
        if not fields.get(name):
            continue
        was = Span(fields[name]["start"], fields[name]["end"])
        now = _by(was, shift)
        if now.of(new) != was.of(old):
            found = again(old, was, new)
            if found is None:
                return None
            now = found
        fields[name] = {**fields[name], "start": now.start, "end": now.end}
    if fields.get("when"):
        span = fields["when"]["span"]
        fields["when"] = {**fields["when"], "span": to_json(_by(Span(span["start"], span["end"]), shift))}
    return fields


def _by(span: Span, shift: int) -> Span:
    start = max(0, span.start + shift)
    return Span(start, start + span.end - span.start)


_Root = tuple[int, bool, str, int, int]


def _root(correction: Correction) -> _Root:
    return (
        correction.revision_id, correction.headline, correction.claim_kind, correction.start, correction.end
    )  # fmt: skip


def _alike(a: str, b: str) -> int:
    """How many characters two texts have in common from the beginning."""
    for k, (x, y) in enumerate(zip(a, b, strict=False)):
        if x != y:
            return k
    return min(len(a), len(b))


def _cuts_a_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
