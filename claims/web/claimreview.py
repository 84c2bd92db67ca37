"""A publication as schema.org ClaimReview, for search engines, made from its snapshot.

It has the fields that Google's documentation of ClaimReview requires (claimReviewed, reviewRating, url) and
those that it recommends (author, datePublished, itemReviewed).
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from claims.models import Publication

#: As django.utils.html.json_script has it, and the two line ends that JSON allows and JavaScript did not.
_ESCAPED = {
    ord(sign): f"\\u{ord(sign):04X}"
    for sign in ("<", ">", "&", "\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}")
}


def claim_review(publication: Publication, *, url: str, site: str) -> dict[str, Any]:
    """The ClaimReview of one edition; ``url`` is its page's address, ``site`` that of the list."""
    shown = publication.snapshot
    claim, rating = shown["claim"], shown["rating"]
    first = (
        shown["editions"][0]["published_at"] if shown["editions"] else publication.published_at.isoformat()
    )
    outlet = {"@type": "Organization", "name": claim["outlet"]}
    appearance = {
        "@type": "CreativeWork",
        "headline": claim["title"],
        "publisher": outlet,
        "datePublished": claim["published"],
        "url": claim["url"],
    }
    said = {
        "@type": "Claim",
        "text": claim["quote"],
        "author": outlet,
        "datePublished": claim["published"],
        "appearance": _filled(appearance),
    }
    given = {
        "@type": "Rating",
        "alternateName": rating["label"],
        "ratingExplanation": rating["meaning"],
    }
    if rating["value"] is not None:
        given |= {
            "ratingValue": rating["value"],
            "bestRating": shown["best"],
            "worstRating": shown["worst"],
        }
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": url,
        "name": shown["question"],
        "claimReviewed": f"{claim['before']}{claim['quote']}{claim['after']}".strip(),
        "datePublished": first,
        "dateModified": publication.published_at.isoformat(),
        "author": {
            "@type": "Organization",
            "name": settings.PUBLISHER_NAME,
            "url": settings.PUBLISHER_URL or site,
        },
        "itemReviewed": _filled(said),
        "reviewRating": given,
        "inLanguage": "en",
    }


def as_script(data: dict[str, Any]) -> SafeString:
    """The element that holds it. Nothing in it can end the element, or begin a comment or another."""
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True).translate(_ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
