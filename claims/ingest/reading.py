"""A document in, an article's text out: stops 1 and 2 of an article's way through the house."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.engine.records import ArticleText, Document
from claims.ingest import credits, publishers
from claims.ingest.blocks import GLUE, WORD, Block, split
from claims.ingest.decoding import decode
from claims.ingest.errors import Unreadable
from claims.ingest.headlines import clean_title, opening_words
from claims.ingest.lexicons import plain
from claims.ingest.plaintext import Story, find_story
from claims.ingest.publication import Publication, find_publication
from claims.ingest.screening import screen
from claims.ingest.webpage import Markup, is_markup, read_markup
from claims.ingest.wires import agency_in_date_line, find_wires

__all__ = ["read", "screen"]

ADDRESS = re.compile(r"https?://[\w.-]+\.[a-z]{2,}(?::\d+)?(?:/[^\s]*)?", re.IGNORECASE)
ENGLISH_SHARE = 0.06  # of function words; English prose has about four times as many


def read(document: Document) -> ArticleText:
    """The article in ``document``: its story without the page around it, and what is known about it.

    A declared outlet, title or date beats what the bytes say. Whatever is missing or guessed is said in
    ``notices``. For plain text the body is a run of the decoded text, unaltered (or several, joined by blank
    lines, where furniture stood inside the story). Raises Unreadable with code "encoding", "binary",
    "too_complex" (markup beyond what is safe to parse) or "no_text" (no story on the page).
    """
    decoded = decode(document.raw, document.content_type)
    if not decoded.text.strip():
        raise Unreadable("empty", "Nothing in it", "The document holds no text, only white space at most.")
    if is_markup(decoded.text, document.content_type, document.name):
        markup = read_markup(decoded.text, document.url)
        return _article(document, markup.text, markup, list(decoded.notices))
    return _article(document, decoded.text, None, list(decoded.notices))


def _article(document: Document, text: str, markup: Markup | None, notices: list[str]) -> ArticleText:
    declared_title = document.title or (markup.title if markup else "") or ""
    story = find_story(text, title=declared_title, bare=bool(markup and markup.extracted))
    # A page of links may read like a list in plain text; on a web page a story has sentences.
    if story is None or (markup and not any(story.blocks[i].look.is_story for i in story.body)):
        raise Unreadable(
            "no_text",
            "No story found",
            "The document holds no paragraph that reads like a story, only links, names or buttons. "
            "Copy the article's text and paste it, or send the article's own page.",
        )
    body, credit, ended = _body(story, notices)
    if markup and markup.extracted:
        header, footer = _around(markup.page, story)
    else:
        header, footer = story.header, tuple(block for block in story.blocks if block.start >= ended)

    title = clean_title(declared_title) or (story.title.text if story.title else "")
    if not title:
        title = opening_words(body)
        notices.append("No title was found; the opening words stand in for it.")
    byline = (markup.byline if markup else None) or credits.find_byline(header)
    credit = credit or credits.find_credit(header, footer)
    url = (markup.url if markup else None) or document.url or _address_above(header)
    published_by = publishers.find_publisher(
        header,
        footer,
        title=title,
        body=body,
        declared=document.outlet,
        site=markup.site if markup else None,
        url=document.url or url,
        byline=byline,
        credit=credit,
    )
    notices.extend(published_by.notices)
    published = _published(document, markup, story, header, footer, published_by.outlet)
    notices.extend(published.notices)
    words = [word.casefold() for word in WORD.findall(body[:20_000])]
    english = len(words) < 40 or sum(word in GLUE for word in words) >= ENGLISH_SHARE * len(words)
    if not english:
        notices.append("The text does not look like English; the numbers in it may be misread.")
    return ArticleText(
        title=title,
        body=body,
        outlet=published_by.outlet,
        published=published.day,
        published_as_written=published.as_written,
        byline=byline,
        credit=credit,
        wires=find_wires(body, (credit, byline, agency_in_date_line(header))),
        host=published_by.host,
        url=url,
        language="en" if english else "und",
        notices=tuple(dict.fromkeys(notices)),
    )


def _body(story: Story, notices: list[str]) -> tuple[str, str | None, int]:
    """The body, the credit that stood at its end, and where in the text the body ended."""
    runs = list(story.runs)
    start, end = runs[-1]
    ending = credits.strip_credit(story.text, start, end)
    while ending.end <= start and len(runs) > 1:
        runs.pop()
        start, end = runs[-1]
        inner = credits.strip_credit(story.text, start, end)
        ending = credits.Ending(inner.end, inner.credit or ending.credit)
    if ending.end > start:
        runs[-1] = (start, ending.end)
    if len(runs) > 1:
        notices.append(
            f"Page furniture stood inside the story in {len(runs) - 1} "
            f"{'place' if len(runs) == 2 else 'places'} and was left out."
        )
    return "\n\n".join(story.text[a:b] for a, b in runs), ending.credit, runs[-1][1]


def _address_above(header: Sequence[Block]) -> str | None:
    """The address in the first lines of a text, where people who save pages note it."""
    return next((block.text for block in header[:3] if ADDRESS.fullmatch(block.text)), None)


def _around(page: str, story: Story) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The lines of a web page before and after a story that was extracted from it."""
    blocks = split(page)
    places = {plain(block.text): i for i, block in reversed(list(enumerate(blocks)))}
    found = [places[key] for i in story.body if (key := plain(story.blocks[i].text)) in places]
    if not found:
        return (), ()
    return blocks[: found[0]], blocks[found[-1] + 1 :]


def _published(
    document: Document,
    markup: Markup | None,
    story: Story,
    header: tuple[Block, ...],
    footer: tuple[Block, ...],
    outlet: str | None,
) -> Publication:
    """The declared day, else the markup's, else what stands around the story."""
    if document.published:
        return Publication(document.published)
    if markup and markup.published:
        return Publication(markup.published, markup.published_as_written)
    return find_publication(
        story,
        header,
        footer,
        month_first=publishers.month_first(outlet),
        url=document.url,
        latest=document.fetched_at.date() if document.fetched_at else None,
    )
