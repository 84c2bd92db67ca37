"""A web page: its story (trafilatura), and what its markup says of title, date, outlet, author, address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit

import trafilatura
from lxml import etree, html

from claims.ingest.blocks import WORD
from claims.ingest.datelines import dates_in, iso_date
from claims.ingest.headlines import without_site
from claims.ingest.lexicons import outlets, plain
from claims.ingest.markup import rewrite

RUN_TOGETHER = 1.5  # a paragraph so many times longer than the page's longest line is no paragraph
SITE_WORDS = 6  # a longer part of a page title is a slogan
LEAST_WORDS = 25  # of a story that is taken from trafilatura; below, the page's own lines are looked at

OPENS_LIKE_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|title|meta|article|section|main|div|p|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
WHITE = re.compile(r"[ \t\n\r\f]+")  # what HTML collapses; the no-break space is none of it
WHITE_RUN = re.compile(r"  +")
MARKUP_TYPES = ("text/html", "application/xhtml+xml")
ARTICLE_TYPES = ("Article", "Report", "BlogPosting", "WebPage")
BLOCK_TAGS = frozenset((
    "p", "div", "article", "section", "aside", "header", "footer", "nav", "main", "ul", "ol", "li",
    "dl", "dt", "dd", "table", "tr", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "br", "address", "head", "body", "html", "list", "item", "quote", "row", "lb",
))  # fmt: skip

PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "datepublished", "article:published",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date",
    "dcterms.created", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date",
    "publication-date", "article.published", "date", "originalpublicationdate",
    "cxenseparse:recs:publishtime", "ptime", "displaydate",
)  # fmt: skip
SITE_META = (
    "og:site_name",
    "application-name",
    "publisher",
    "dc.publisher",
    "article:publisher:name",
    "cre",
    "source",
)
AUTHOR_META = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "twitter:creator:name",
)


@dataclass(frozen=True, slots=True)
class Markup:
    """What a page's markup gives.

    ``page`` holds all the page's lines; ``text`` is the story if ``extracted``, else the same as ``page``.
    """

    text: str
    page: str
    extracted: bool
    title: str | None = None
    site: str | None = None
    byline: str | None = None
    published: date | None = None
    published_as_written: str | None = None
    url: str | None = None


def is_markup(text: str, content_type: str | None, name: str | None) -> bool:
    """Whether a text is a web page: it was sent as one and has tags, or it opens like one."""
    if OPENS_LIKE_MARKUP.match(text[:4000]):
        return True
    sent_as_page = (content_type or "").partition(";")[0].strip().lower() in MARKUP_TYPES or bool(
        name and re.search(r"\.x?html?$", name, re.IGNORECASE)
    )
    return sent_as_page and bool(
        re.search(r"</?(?:p|div|br|html|body|article|span|h\d)\b", text, re.IGNORECASE)
    )


def read_markup(page: str, url: str | None = None) -> Markup:
    """Story and metadata of a page; ``url`` is its address, for links that leave out the host.

    Raises Unreadable("too_complex"). Takes time linear in the page's length.
    """
    safe = rewrite(page)
    tree = html.document_fromstring(safe.html)
    lines = _text_of(tree)
    metas = _metas(tree)
    data = [item for block in safe.data for item in _json_ld(block)]
    articles = [item for item in data if str(item.get("@type", "")).endswith(ARTICLE_TYPES)] or [
        item for item in data if "headline" in item
    ]
    articles.sort(key=lambda item: str(item.get("@type", "")).endswith("WebPage"))

    title, title_site = _title(tree, metas, articles)
    published, written = _published(tree, metas, articles)
    story = _without_heading(_story(html.document_fromstring(safe.html), lines, url), lines, title)
    if len(WORD.findall(story)) < LEAST_WORDS:
        bodies = (_string(item.get("articleBody")) for item in articles)
        story = next((body for body in bodies if body and len(WORD.findall(body)) >= LEAST_WORDS), "")
    return Markup(
        text=story or lines,
        page=lines,
        extracted=bool(story),
        title=title,
        site=_first(metas, SITE_META[:1])
        or _publisher(articles)
        or title_site
        or _first(metas, SITE_META[1:]),
        byline=_author(tree, metas, articles),
        published=published,
        published_as_written=written,
        url=_canonical(tree, metas, url),
    )


def _without_heading(story: str, page: str, title: str | None) -> str:
    """A story without the headline and what stands above it on the page: site, section."""
    above: set[str] = set()
    lines = [plain(line) for line in page.split("\n\n")]
    if title and plain(title) in lines:
        above.update(lines[: lines.index(plain(title)) + 1])
    paragraphs = story.split("\n\n")
    while paragraphs and plain(paragraphs[0]) in above:
        paragraphs.pop(0)
    return "\n\n".join(paragraphs)


def _story(tree: html.HtmlElement, page: str, url: str | None) -> str:
    # fast: without trafilatura's rescuers, one of which (justext) takes quadratic time; find_story is ours.
    found = trafilatura.bare_extraction(
        tree, url=url, fast=True, include_comments=False, include_tables=True, with_metadata=False
    )
    if found is None or isinstance(found, dict) or found.body is None:
        return ""
    paragraphs = [text for element in found.body for text in _paragraphs(element) if text]
    # Where trafilatura finds no story it hands out all the page's text run together: the lines serve better.
    longest = max(map(len, page.split("\n\n")))
    if any(len(line) > RUN_TOGETHER * longest for text in paragraphs for line in text.split("\n")):
        return ""
    return "\n\n".join(paragraphs)


def _paragraphs(element: Any) -> Iterator[str]:
    """One element of trafilatura's result as paragraphs; a list or table becomes one paragraph of lines."""
    if element.tag == "list":
        yield "\n".join(
            f"- {item}"
            for item in (_flat(child).replace("\n", " ") for child in element.iter("item"))
            if item
        )
    elif element.tag == "table":
        rows = ([_flat(cell).replace("\n", " ") for cell in row.iter("cell")] for row in element.iter("row"))
        yield "\n".join(" | ".join(cell for cell in row if cell) for row in rows)
    elif element.tag == "quote" and len(element):
        yield " ".join((element.text or "").split())
        for child in element:
            yield from _paragraphs(child)
    else:
        yield _flat(element)
    if element.tail and element.tail.strip():
        yield " ".join(element.tail.split())


def _flat(element: Any) -> str:
    """An element's text; white space collapses, a line break stays one, two of them part paragraphs."""
    pieces: list[str] = []
    for part in element.iter():
        if part is not element and part.tag in BLOCK_TAGS:
            pieces.append("\n" if part.tag == "lb" else " ")
        pieces.append(WHITE.sub(" ", part.text or ""))
        if part is not element:
            pieces.append(WHITE.sub(" ", part.tail or ""))
    lines = re.sub(r" *\n *", "\n", WHITE_RUN.sub(" ", "".join(pieces)))
    return re.sub(r"\n\n+", "\n\n", lines).strip()


def _text_of(tree: html.HtmlElement) -> str:
    """All the text of a page, a block a line."""
    lines: list[str] = []
    current: list[str] = []

    def end_line() -> None:
        line = WHITE.sub(" ", "".join(current)).strip()
        current.clear()
        if line:
            lines.append(line)

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str) or element.tag in ("meta", "link"):
            continue
        if element.tag in BLOCK_TAGS:
            end_line()
        if event == "start":
            current.append(element.text or "")
        else:
            current.append(element.tail or "")
    end_line()
    return "\n\n".join(lines)


def _metas(tree: html.HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for attribute in ("property", "name", "itemprop"):
            if (key := element.get(attribute)) and content:
                metas.setdefault(key.lower(), content)
    return metas


def _json_ld(block: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD block, those of a @graph or list one by one; a broken block gives none."""
    try:
        found = json.loads(block.strip().removeprefix("<!--").removesuffix("-->"), strict=False)
    except (ValueError, RecursionError):
        return
    todo = [found]
    for _ in range(1000):
        if not todo:
            return
        item = todo.pop(0)
        if isinstance(item, list):
            todo.extend(item)
        elif isinstance(item, dict):
            yield {**item, "@type": _string(item.get("@type")) or ""}
            if "@graph" in item:
                todo.append(item["@graph"])


def _string(value: Any) -> str | None:
    """The text in a JSON-LD value: a string, the name of an object, the first of a list."""
    for _ in range(5):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("name") or value.get("@value")
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    """The first of some meta tags that holds a name, not an address or account."""
    for name in names:
        value = metas.get(name)
        if value and not value.startswith(("http", "@", "//", "#")) and len(value) <= 200:
            return value
    return None


def _title(
    tree: html.HtmlElement, metas: dict[str, str], articles: list[dict[str, Any]]
) -> tuple[str | None, str | None]:
    """The headline, and the site's name where a page title carries it before or behind the headline."""
    headings = [" ".join(h.text_content().split()) for h in tree.iter("h1", "h2")]
    headings = [heading for heading in headings if len(WORD.findall(heading)) > 1]
    page_title = metas.get("page-title", "")
    # Among several headings the page title tells which is the story's; what is left of it names the site.
    heading = next((h for h in headings if page_title.startswith(h) or page_title.endswith(h)), None)
    if heading:
        at_start = page_title.startswith(heading)
        rest = page_title.removeprefix(heading) if at_start else page_title.removesuffix(heading)
        site: str | None = rest.strip(" |–—»«:·•-")
    else:
        page_title, site = without_site(page_title)
    if site and (outlets().is_section(site) or len(site.split()) > SITE_WORDS):
        site = ""
    declared = next((text for item in articles if (text := _string(item.get("headline")))), None)
    declared = declared or metas.get("og:title")
    if declared and heading and declared.startswith(heading):
        declared = heading
    elif declared:
        declared, declared_site = without_site(declared)
        site = site or declared_site
    only = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    return declared or heading or (only[0] if len(only) == 1 else None) or page_title or None, site or None


def _publisher(articles: list[dict[str, Any]]) -> str | None:
    return next((name for item in articles if (name := _string(item.get("publisher")))), None)


def _author(tree: html.HtmlElement, metas: dict[str, str], articles: list[dict[str, Any]]) -> str | None:
    for item in articles:
        author = item.get("author")
        names = [name for one in (author if isinstance(author, list) else [author]) if (name := _string(one))]
        if names:
            return ", ".join(names[:5])
    if named := _first(metas, AUTHOR_META):
        return re.sub(r"^by\s+", "", named, flags=re.IGNORECASE)
    for element in tree.iter("a", "span", "div", "p"):
        if element.get("rel") == "author" or element.get("itemprop") == "author":
            name = re.sub(r"^by\s+", "", " ".join(element.text_content().split()), flags=re.IGNORECASE)
            if 0 < len(name) <= 100:
                return name
    return None


def _published(
    tree: html.HtmlElement, metas: dict[str, str], articles: list[dict[str, Any]]
) -> tuple[date | None, str | None]:
    """The publication date the markup gives: JSON-LD, meta tags, then a time element that says so."""
    values = [text for item in articles if (text := _string(item.get("datePublished")))]
    values += [metas[name] for name in PUBLISHED_META if name in metas]
    for element in tree.iter("time", "span", "div", "p", "abbr"):
        stamp = element.get("datetime") or element.get("content") or ""
        published = element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
        published = published or (
            element.tag == "time"
            and bool(re.search(r"publish|entry-date", element.get("class") or "", re.IGNORECASE))
        )
        if published:
            values.append(stamp or " ".join(element.text_content().split())[:100])
    values += [
        stamp for element in tree.iter("time") if _plain_time(element) and (stamp := element.get("datetime"))
    ][:1]
    for value in values:
        if day := iso_date(value):
            return day, value
        for found in dates_in(value):
            if found.role != "updated" and found.other is None:
                return found.value, value
    return None, None


def _plain_time(element: Any) -> bool:
    """A time element that does not call itself a change."""
    around = " ".join(str(element.get(a) or "") for a in ("class", "itemprop", "id")).lower()
    return not re.search(r"modif|updat", around) and "pdate" not in (element.text_content() or "").lower()


def _canonical(tree: html.HtmlElement, metas: dict[str, str], url: str | None) -> str | None:
    links = [
        element.get("href")
        for element in tree.iter("link")
        if (element.get("rel") or "").lower() == "canonical"
    ]
    for link in (*links, metas.get("og:url")):
        if not link:
            continue
        try:
            address = urljoin(url or "", link.strip())
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname and len(address) <= 2000:
            return address
    return None
