"""The published scale of ratings: what people may give, and what it means to readers.

The steps are rows, edited by administrators. A new desk begins with :data:`DEFAULT`.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.timezone import now

from claims.models import Rating

from . import administration
from .refusal import Refused

#: What a desk begins with: slug, label, meaning, and the number ClaimReview's ``ratingValue`` takes, from 1
#: (false) to 5 (true); none where the rating says nothing about true or false.
DEFAULT: tuple[tuple[str, str, str, int | None], ...] = (
    (
        "accurate",
        "Accurate",
        "The evidence bears the claim out; nothing that matters is missing.",
        5,
    ),
    (
        "imprecise",
        "Imprecise",
        "Right in substance; a qualifier or a detail is missing.",
        4,
    ),
    (
        "misleading",
        "Misleading",
        "Parts of it are right, and the whole still gives a wrong impression.",
        2,
    ),
    ("inaccurate", "Inaccurate", "The evidence contradicts the claim.", 1),
    (
        "unverifiable",
        "Cannot be verified",
        "There is not enough evidence on the record to say either way.",
        None,
    ),
)
#: The ends of ``ratingValue``, as the model allows it and as they are published.
WORST, BEST = 1, 5


def scale() -> list[Rating]:
    """The ratings that can be given now, in their order; the default scale is made where there is none."""
    ratings = list(Rating.objects.in_use())
    if not ratings:
        if not Rating.objects.exists():
            _make_default()
        ratings = list(Rating.objects.in_use())  # somebody else may have made it this very moment
    return ratings


def labels() -> dict[str, str]:
    """Slug to label of every rating there ever was, the retired ones too: what old decisions are read by."""
    scale()
    return dict(Rating.objects.values_list("slug", "label"))


def choices() -> list[tuple[str, str]]:
    """The ratings that can be given now as a form offers them: slug, and label with meaning."""
    return [(rating.slug, f"{rating.label}: {rating.meaning}") for rating in scale()]


def named(slug: str) -> Rating:
    """The rating of that slug, if it can be given now; raises Refused "rating" with the scale."""
    ratings = scale()
    for rating in ratings:
        if rating.slug == slug:
            return rating
    raise Refused("rating", f"Not on the scale: {slug!r}. Use one of {', '.join(r.slug for r in ratings)}.")


def add(*, label: str, meaning: str, value: int | None, by: User) -> Rating:
    """A new step at the end of the scale. Raises Refused: "not_allowed", "label", "meaning", "value"."""
    administration.require(by)
    label, meaning = _words(label, meaning, value)
    with transaction.atomic():
        last = _locked()[-1:]
        rating = Rating(
            slug=_free_slug(label),
            label=label,
            meaning=meaning,
            value=value,
            position=last[0].position + 1 if last else 0,
        )
        _store(rating)
        administration.note(by, rating, "Put on the scale", new=True)
    return rating


def edit(rating: Rating, *, label: str, meaning: str, value: int | None, by: User) -> Rating:
    """Other words or another number for a step. Its slug stays: decisions and publications name it by that.

    What is published keeps the words it was published with. Raises Refused as :func:`add` does.
    """
    administration.require(by)
    label, meaning = _words(label, meaning, value)
    with transaction.atomic():
        held = Rating.objects.select_for_update().get(pk=rating.pk)
        before = f"{held.label}, {held.value}: {held.meaning}"
        held.label, held.meaning, held.value = label, meaning, value
        _store(held)
        administration.note(by, held, f"Changed from {before}")
    return held


def retire(rating: Rating, *, by: User) -> Rating:
    """Takes a step off the scale: it is given no more, and stays wherever it was given.

    Raises Refused: "not_allowed", "last" (a scale needs two steps to be one).
    """
    administration.require(by)
    with transaction.atomic():
        standing = [each for each in _locked() if each.retired_at is None]
        if rating.pk in {each.pk for each in standing} and len(standing) <= 2:
            raise Refused("last", "A scale needs at least two ratings. Add another first.")
        if Rating.objects.filter(pk=rating.pk, retired_at__isnull=True).update(retired_at=now()):
            administration.note(by, rating, "Taken off the scale")
    rating.refresh_from_db()
    return rating


def restore(rating: Rating, *, by: User) -> Rating:
    """Puts a retired step back where it stood: undoes :func:`retire`. Raises Refused "not_allowed"."""
    administration.require(by)
    with transaction.atomic():
        if Rating.objects.filter(pk=rating.pk, retired_at__isnull=False).update(retired_at=None):
            administration.note(by, rating, "Put back on the scale")
    rating.refresh_from_db()
    return rating


def reorder(slugs: Sequence[str], *, by: User) -> list[Rating]:
    """Puts the steps in this order; gives the scale. Raises Refused: "not_allowed", "order".

    "order": these are not the steps of the scale as it stands now, each once; somebody has changed it.
    """
    administration.require(by)
    with transaction.atomic():
        standing = {each.slug: each for each in _locked() if each.retired_at is None}
        if sorted(slugs) != sorted(standing):
            raise Refused("order", "The scale has changed since you looked. Here it is as it stands now.")
        for position, slug in enumerate(slugs):
            Rating.objects.filter(pk=standing[slug].pk).update(position=position)
        if list(slugs) != list(standing):
            administration.note(by, standing[slugs[0]], f"Order of the scale: {', '.join(slugs)}")
    return scale()


def _make_default() -> None:
    """Twice at one moment makes it once: what is there already is left as it is."""
    Rating.objects.bulk_create(
        (
            Rating(slug=slug, label=label, meaning=meaning, value=value, position=position)
            for position, (slug, label, meaning, value) in enumerate(DEFAULT)
        ),
        ignore_conflicts=True,
    )


def _locked() -> list[Rating]:
    """All ratings, held until the transaction ends, so that two administrators go one after the other."""
    scale()
    return list(Rating.objects.select_for_update().order_by("position", "id"))


def _words(label: str, meaning: str, value: int | None) -> tuple[str, str]:
    label, meaning = (" ".join(text.replace("\x00", "").split()) for text in (label, meaning))
    if not label or len(label) > 60:
        raise Refused("label", "A rating needs a label of at most 60 characters.")
    if not meaning or len(meaning) > 300:
        raise Refused("meaning", "Say in at most 300 characters when it is given: readers are told so.")
    if value is not None and not WORST <= value <= BEST:
        raise Refused("value", f"The number goes from {WORST} to {BEST}, or is left out.")
    return label, meaning


def _free_slug(label: str) -> str:
    """A slug for a new label that no rating has or had."""
    base = slugify(label)[:36].strip("-") or "rating"
    taken = set(Rating.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(s for n in range(len(taken) + 1) if (s := f"{base}-{n + 1}" if n else base) not in taken)


def _store(rating: Rating) -> None:
    try:
        with transaction.atomic():
            rating.save()
    except IntegrityError as error:
        raise Refused("label", f"There is a rating called “{rating.label}” already.") from error
