"""Which line of a page is the headline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from claims.ingest.blocks import GLUE, WORD, Block, Look
from claims.ingest.lexicons import outlets, plain

TITLE_WORDS = (2, 35)
REPEATED_WORDS = 4  # a repeated shorter line is a name or a button
OPENING_WORDS = 400  # how much of the body a headline is compared with
ALL_SHARED = 0.5  # a headline half of whose words stand in the story is as good as one all of whose words do
NEAR = 5  # lines above the story among which no title is likelier for being nearer
LONGEST_MADE_UP = 100  # characters of the opening words that stand in for a missing title

CRUMBS = re.compile(r"\s*(?:/|»|›|>|→|::|\|)\s*")
SITE_SUFFIX = re.compile(r"\s+[|–—»-]\s+|\s+::\s+|\s*\|\s*")
MARKDOWN = re.compile(r"^(?:#{1,6}\s+|\*\*|__)|(?:\*\*|__|\s+#{1,6})$")
SENTENCE_END = re.compile(r"(?<=[a-z0-9)%][.!?])\s+(?=[A-Z\"“‘'])")
LABEL = re.compile(r"^(?:title|headline)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Title:
    """A title and the block it stands in (None where it was declared or made up)."""

    text: str
    index: int | None


def breadcrumb_tail(line: str) -> str | None:
    """The last part of a breadcrumb line: "Talks resume" of "Home / World / Talks resume"."""
    parts = [part for part in CRUMBS.split(line.strip()) if part]
    if len(parts) >= 2 and (
        plain(parts[0]) in ("home", "you are here", "front page", "news")
        or plain(parts[0]).startswith("you are here")
    ):
        return parts[-1]
    return None


def without_site(line: str) -> tuple[str, str | None]:
    """A page title without its site's name: "Talks resume in Geneva | The Daily Beacon" gives both parts."""
    cuts = list(SITE_SUFFIX.finditer(line))
    if cuts:
        head, tail = line[: cuts[-1].start()].strip(), line[cuts[-1].end() :].strip()
        if 0 < len(tail.split()) <= 5 and len(WORD.findall(head)) >= REPEATED_WORDS:
            known = outlets().outlet(tail) or outlets().republisher(tail)
            named = any(word.casefold() in outlets().name_words for word in WORD.findall(tail))
            if known or named or "|" in cuts[-1][0]:
                return head, tail
    return line, None


def keys(line: str) -> set[str]:
    """What a line is compared by: its plain form, with and without a site's name at the end."""
    return {plain(line), plain(without_site(line)[0])}


def title_keys(blocks: Sequence[Block], declared: str = "") -> frozenset[str]:
    """Plain forms of what is surely the title: declared, ending the breadcrumbs, or standing there twice."""
    counted: Counter[str] = Counter()
    found = keys(declared) if declared else set()
    for block in blocks:
        if tail := breadcrumb_tail(block.text):
            if len(WORD.findall(tail)) >= REPEATED_WORDS:
                found.add(plain(tail))
        elif block.look in (Look.FRAGMENT, Look.SENTENCE) and REPEATED_WORDS <= block.words <= TITLE_WORDS[1]:
            counted.update(keys(block.text))
    known = outlets()
    found |= {
        key
        for key, count in counted.items()
        if count > 1 and not known.outlet(key) and not known.is_section(key)
    }
    return frozenset(found - {""})


def find_title(
    blocks: Sequence[Block], header_end: int, body: Sequence[int], sure: frozenset[str]
) -> Title | None:
    """The title among the blocks before ``header_end`` (or a question right at the body's start), or None.

    ``sure`` are the `title_keys` of the page. A headline shares words with the story it heads; names of sites
    and sections do not.
    """
    story = content_words(" ".join(blocks[i].text for i in body)[: OPENING_WORDS * 8])
    best: tuple[float, int] | None = None
    for i in range(header_end):
        score = _score(blocks[i], header_end - i, story, sure)
        # Of equal candidates the first: a standfirst, sub-heading or caption comes after the title, and a
        # standfirst right below it is no likelier for being a line nearer to the story.
        if score is not None and (best is None or score > best[0] + (0.11 if best[1] == i - 1 else 0.01)):
            best = (score, i)
    if best is None and header_end < len(blocks) and len(body) > 1:
        opening = blocks[header_end]
        if opening.look is Look.SENTENCE and opening.text.endswith(("?", "!")):
            best = (0, header_end)
    if best is None:
        return None
    for i in range(
        header_end
    ):  # "TDP: Talks resume in Geneva" above "Talks resume in Geneva": the site's name stands before it
        longer, shorter = plain(blocks[best[1]].text), plain(blocks[i].text)
        if blocks[i].words >= REPEATED_WORDS and longer != shorter and longer.endswith(" " + shorter):
            best = (best[0], i)
    return Title(clean_title(blocks[best[1]].text), best[1])


def _score(block: Block, distance: int, story: set[str], sure: frozenset[str]) -> float | None:
    """How much a line ``distance`` blocks above a story looks like its title; None for no title at all."""
    if block.look not in (Look.FRAGMENT, Look.SENTENCE, Look.PROSE):
        return None
    if not TITLE_WORDS[0] <= block.words <= TITLE_WORDS[1] or breadcrumb_tail(block.text):
        return None
    folded = plain(block.text)
    known = outlets()
    if known.is_section(folded) or known.outlet(folded) or known.republisher(folded):
        return None
    own = content_words(block.text)
    shared = len(own & story) / len(own) if own else 0.0
    score = 4 * min(1.0, shared / ALL_SHARED)
    score += 4 if sure & keys(block.text) else 0
    score += 1.5 if 4 <= block.words <= 20 else 0.5 if block.words == 3 else 0
    score += 1 if block.look is Look.FRAGMENT else 0
    score += 1 if block.text.startswith("# ") else 0
    score -= 1.5 if block.text.endswith(".") else 0
    score -= 0.1 * max(0, distance - NEAR)
    return score if score >= 2 else None


def clean_title(line: str) -> str:
    """A title without Markdown signs, a label in front and the site's name behind."""
    line = LABEL.sub("", MARKDOWN.sub("", line.strip()).strip())
    return " ".join(without_site(line)[0].split())


def opening_words(body: str) -> str:
    """The first sentence of a body, shortened, to stand in for a title."""
    first = " ".join(body.strip()[: 3 * LONGEST_MADE_UP].split())
    sentence = SENTENCE_END.split(first, maxsplit=1)[0]
    if len(sentence) <= LONGEST_MADE_UP:
        return sentence
    return sentence[:LONGEST_MADE_UP].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def content_words(text: str) -> set[str]:
    """The words of a text that say what it is about, case folded."""
    return {word.casefold() for word in WORD.findall(text) if len(word) > 2 and word.casefold() not in GLUE}
