"""Plain text, often scraped with a whole page around the story: which run of it is the story?

The method is maximum subsequence segmentation (Pasternack and Roth 2009, "Extracting article text from the
web with maximum subsequence segmentation"): paragraphs count for the story, furniture against it, and the run
with the highest sum is the core. Its ends are then set by what stands there: title, date line, known
furniture. A text without furniture is taken whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.ingest.blocks import ENDED, ENDING, WORD, Block, Look, is_glued, split
from claims.ingest.credits import find_byline
from claims.ingest.headlines import Title, breadcrumb_tail, content_words, find_title, keys, title_keys
from claims.ingest.lexicons import plain

# Weight of a block for (+) or against (-) the story; a paragraph weighs its words, at most PARAGRAPH_CAP.
# The ratios matter, not the values: a paragraph outweighs the sub-headings around it, a teaser outweighs the
# half sentence it shows, and no story outweighs two of the lines that end one.
WEIGHTS = {
    Look.FRAGMENT: -3,
    Look.ITEM: 0,
    Look.META: -6,
    Look.LINE: -8,
    Look.BOX: -15,
    Look.TEASER: -30,
    Look.OVER: -60,
}
PARAGRAPH_CAP = 60
WORST_RUN = -24  # a run of fragments inside a story (a table, a list) counts no worse than this
ENOUGH_WORDS = 60  # of story before a line such as "Leave a reply" may end it ...
ENOUGH_SHARE = 0.3  # ... or this share of all the prose there is
LINK_LIST = 3  # so many headlines in a row at the end are links, not story
HEADLINE_WORDS = 4
SHARED_WITH_STORY = 0.25  # of a paragraph's words: names and terms come back within a story
SHARED_WITH_HEADLINE = 0.34  # of a headline's words: its summary repeats them
NAME_LINE_WORDS = 8  # so short a line under a title is a name, a place or a section
HEADER_REACH = 8  # blocks between a date line or title and the first paragraph

BIO = re.compile(
    r"(?:about the author:?\s*)?[A-Z]\S+(?: \S+){0,4} (?:is|was) (?:a|an|the) [^.]{0,80}"
    r"\b(?:writer|reporter|correspondent|journalist|editor|columnist|contributor|producer|freelance\w*|blogger)\b"
)
BIO_WORDS = 60
# A date line that says so: above a story, or the last thing below it.
DATED = re.compile(r"(?:first |last )?(?:posted|published|updated|modified)\b", re.IGNORECASE)
# A link to one other story, on a line of its own: its label and its headline.
LINK = re.compile(r"[^:\n]{2,24}: *(?P<headline>\S+ +\S+ .*\S|\S+ +\S+)$")


@dataclass(frozen=True, slots=True)
class Story:
    """A story within the blocks of its page."""

    text: str
    blocks: tuple[Block, ...]
    body: tuple[int, ...]  # indexes into blocks, ascending, not empty
    title: Title | None

    @property
    def header(self) -> tuple[Block, ...]:
        return self.blocks[: self.body[0]]

    @property
    def footer(self) -> tuple[Block, ...]:
        return self.blocks[self.body[-1] + 1 :]

    @property
    def runs(self) -> tuple[tuple[int, int], ...]:
        """Ranges of ``text`` that make up the body: one, unless furniture stood in its middle."""
        runs: list[tuple[int, int]] = []
        previous = -2
        for i in self.body:
            start = runs.pop()[0] if i == previous + 1 else self.blocks[i].start
            runs.append((start, self.blocks[i].end))
            previous = i
        return tuple(runs)


def find_story(text: str, *, title: str = "", bare: bool = False) -> Story | None:
    """The story in ``text``, or None where nothing in it reads like one. Linear in the length of ``text``.

    ``title`` is a declared title, if any. ``bare`` says that no title or date line is expected in front,
    because they were found elsewhere (in a web page's markup).
    """
    blocks = split(text)
    if not blocks:
        return None
    sure = title_keys(blocks, title)
    if is_clean(blocks):
        return _clean_story(text, blocks, sure, bare)
    if not any(block.look.is_story or block.look in (Look.ITEM, Look.TEASER) for block in blocks):
        return None
    start = _first_after_heading(blocks, sure) if bare else _start(blocks, sure)
    byline = plain(find_byline(blocks[:start]) or "")
    body = _until_end(blocks, _walk(blocks, start, sure, byline))
    if not body:
        return None
    found = None if bare else find_title(blocks, body[0], body, sure)
    return _with_title(text, blocks, body, found)


def is_clean(blocks: Sequence[Block]) -> bool:
    """Whether this is an article by itself: no furniture, and headlines only where an article has them."""
    if any((block.look.is_furniture and block.words) or breadcrumb_tail(block.text) for block in blocks):
        return False
    if len(blocks) <= 3:
        return True
    tail = 0
    for block in reversed(blocks):
        if block.look not in (Look.FRAGMENT, Look.META) or is_labelled(block.text):
            break
        tail += 1
    loose = sum(block.words for block in blocks if block.look in (Look.FRAGMENT, Look.META))
    return tail < LINK_LIST and loose <= max(40, sum(block.words for block in blocks) // 3)


def _clean_story(text: str, blocks: tuple[Block, ...], sure: frozenset[str], bare: bool) -> Story:
    if bare:
        return Story(text, blocks, tuple(range(_first_after_heading(blocks, sure), len(blocks))), None)
    opening = next((i for i, b in enumerate(blocks) if b.look.is_story or b.look is Look.ITEM), None)
    if opening is None:  # nothing but fragments: too short to tell a title from a story
        return Story(text, blocks, tuple(range(len(blocks))), None)
    found = find_title(blocks, opening, range(opening, len(blocks)), sure)
    start = 0
    for i in range(opening):
        if blocks[i].look is Look.META or (found and found.index == i) or blocks[i].words <= NAME_LINE_WORDS:
            start = i + 1
    if found is None and start == 0 and opening > 0 and blocks[0].words > 1:
        found = Title(blocks[0].text, 0)
        start = 1
    stop = next(
        (
            i
            for i in range(opening + 1, len(blocks))
            if blocks[i].look is Look.META and DATED.match(blocks[i].text) and not _prose_after(blocks, i)
        ),
        len(blocks),
    )
    return _with_title(text, blocks, list(range(start, stop)), found)


def _with_title(text: str, blocks: tuple[Block, ...], body: list[int], found: Title | None) -> Story:
    if found and found.index is not None:
        body = [i for i in body if i > found.index] or body
    return Story(text, blocks, tuple(body), found)


def _weight(block: Block) -> int:
    return min(block.words, PARAGRAPH_CAP) if block.look.is_story else WEIGHTS[block.look]


def _core(blocks: Sequence[Block]) -> tuple[int, int]:
    """First and last block of the run with the highest sum of weights (Kadane's algorithm)."""
    best = total = first = last = start = 0
    for i, block in enumerate(blocks):
        if total <= 0:
            total, start = 0, i
        total += _weight(block)
        if total > best:
            best, first, last = total, start, i
    return first, last


def _start(blocks: Sequence[Block], sure: frozenset[str]) -> int:
    """Where the story begins: after the title and date line that head the core, or with the core itself."""
    first, last = _core(blocks)
    told = [0]
    for block in blocks:
        told.append(told[-1] + (block.words if block.look.is_story else 0))
    core = told[last + 1] - told[first]

    def prose_under(i: int, stop: int) -> int:
        return told[stop] - told[i + 1]

    heads = [i for i in range(last + 1) if _heads(blocks, i, sure)]
    best, best_rank = None, (0, 0)
    for n, i in enumerate(heads):
        begin = next(
            (j for j in range(i + 1, min(i + 1 + HEADER_REACH, last + 1)) if blocks[j].look is Look.PROSE),
            None,
        )
        if begin is None:
            continue
        stop = heads[n + 1] if n + 1 < len(heads) else last + 1
        titled = _is_title(blocks[i], sure)
        under = prose_under(i, stop)
        # A title in a list of other stories has a line or two under it; the page's title has the story.
        rank = (2 if titled and under >= 0.4 * core else 1 if under >= 0.5 * core else 0, under)
        if rank[0] and rank > best_rank:
            best, best_rank = i, rank
    if best is None:
        best = next((i for i in heads if first - HEADER_REACH <= i <= first), None)
    start = first if best is None else best + 1
    while start < last and not (blocks[start].look.is_story or blocks[start].look is Look.ITEM):
        start += 1
    if best is None:
        # A slogan before the headline is no part of the story.
        prose = next((i for i in range(start, last + 1) if blocks[i].look is Look.PROSE), start)
        for i in range(start, prose):
            if blocks[i].look is Look.FRAGMENT and blocks[i].words >= HEADLINE_WORDS:
                start = i + 1
    while start < last and _is_title(blocks[start], sure):
        start += 1
    return start


def _first_after_heading(blocks: Sequence[Block], sure: frozenset[str]) -> int:
    """The first block that is not the title once more, a date line or furniture."""
    return next(
        (
            i
            for i, b in enumerate(blocks)
            if not (b.look.is_furniture or b.look is Look.META or _is_title(b, sure))
        ),
        0,
    )


def _is_title(block: Block, sure: frozenset[str]) -> bool:
    return block.look in (Look.FRAGMENT, Look.SENTENCE) and bool(sure & keys(block.text))


def _heads(blocks: Sequence[Block], i: int, sure: frozenset[str]) -> bool:
    """Whether a block heads a story: the title, or a date line with a headline or nothing before it."""
    if _is_title(blocks[i], sure):
        return True
    if blocks[i].look is not Look.META:
        return False
    for j in range(i - 1, max(-1, i - 4), -1):
        if blocks[j].look is Look.PROSE:
            break
        if _is_headline(blocks[j]):
            return True
    else:
        return True
    following = blocks[i + 1 : i + 3]
    return any(_is_headline(block) for block in following) and not blocks[i + 1].look.is_story


def _is_headline(block: Block) -> bool:
    return block.look is Look.FRAGMENT and block.words >= HEADLINE_WORDS


def _walk(blocks: Sequence[Block], start: int, sure: frozenset[str], byline: str) -> list[int]:
    """The story's blocks from ``start`` until it is over, without furniture and boxes of other stories.

    ``byline`` is the plain form of the author's name.
    """
    prose = sum(block.words for block in blocks[start:] if block.look.is_story)
    body: list[int] = []
    words: set[str] = set()
    told = 0
    i = start
    while i < len(blocks):
        block = blocks[i]
        enough = told >= min(ENOUGH_WORDS, ENOUGH_SHARE * prose) if prose else bool(body)
        if enough and (block.look is Look.OVER or _is_about(block, byline)):
            break
        if block.look is Look.BOX and told and _goes_on_after_link(blocks, i, words):
            i += 1
            continue
        if enough and block.look is Look.META and DATED.match(block.text) and not _prose_after(blocks, i):
            break
        if block.look in (Look.BOX, Look.TEASER) and told:
            if block.look is Look.TEASER:
                while body and blocks[body[-1]].look in (Look.FRAGMENT, Look.META):
                    body.pop()  # the teaser's own headline
            again = _resumes(blocks, i + 1, enough, words)
            if again is None:
                break
            i = again
            continue
        if block.look is Look.META and enough and body and _is_headline(blocks[i - 1]) and i - 1 == body[-1]:
            body.pop()
            break  # headline and date: the next story on the page
        if block.look is Look.TEASER and not prose:
            body.append(i)  # all there is of it
        elif block.look in (Look.FRAGMENT, Look.ITEM) and _is_title(block, sure):
            pass  # the title again, over a picture or in a list
        elif not block.look.is_furniture and not (block.look is Look.META and not body):
            body.append(i)
            if block.look.is_story:
                told += block.words
                words |= content_words(block.text)
        i += 1
    return body


def _is_about(block: Block, byline: str) -> bool:
    """Whether a line below a story heads a note on its author: the byline's name, or "About" and the name."""
    return bool(byline) and block.look is Look.FRAGMENT and plain(block.text).removeprefix("about ") == byline


def _prose_after(blocks: Sequence[Block], i: int) -> bool:
    return any(block.look is Look.PROSE for block in blocks[i + 1 :])


def _goes_on_after_link(blocks: Sequence[Block], i: int, story: set[str]) -> bool:
    """Whether block ``i`` is a single link ("Related: Arsenals in charts") with the story right behind it.

    A sentence that repeats the words of the link tells that other story in short.
    """
    link = LINK.match(blocks[i].text)
    following = next((b for b in blocks[i + 1 : i + 3] if b.look is not Look.LINE), None)
    if link is None or following is None or not following.look.is_story:
        return False
    headline, words = content_words(link["headline"]), content_words(following.text)
    new = headline - story
    return len(new & words) < max(1, SHARED_WITH_HEADLINE * len(new)) and not words <= headline


def _resumes(blocks: Sequence[Block], i: int, enough: bool, story: set[str]) -> int | None:
    """Where a story goes on after a box of others that began before block ``i``; None where it does not.

    In a box, headlines alternate with single summaries. Two paragraphs in a row are story again, and so is
    one that shares its words with the ``story`` so far and not with the headline above it.
    """
    headline: set[str] = set()
    listed = False  # whether a summary has been seen: then the next single paragraph is one more
    while i < len(blocks):
        block = blocks[i]
        if block.look is Look.OVER and enough:
            return None
        if block.look.is_story:
            following = next((b for b in blocks[i + 1 : i + 4] if b.look is not Look.LINE), None)
            if following and following.look.is_story and Look.PROSE in (block.look, following.look):
                return i
            alternates = listed or (following and _is_headline(following))
            if block.look is Look.PROSE and not alternates:
                words = content_words(block.text)
                told_before = len(words & story) >= SHARED_WITH_STORY * len(words)
                summary = headline and len(headline & words) >= SHARED_WITH_HEADLINE * len(headline)
                if told_before and not summary:
                    return i
            listed = True
        elif block.look in (Look.FRAGMENT, Look.ITEM):
            headline = content_words(block.text)
        elif block.look is Look.TEASER:
            headline = set()  # has had its summary
        i += 1
    return None


def _until_end(blocks: Sequence[Block], body: list[int]) -> list[int]:
    """The body without what trails it: links, names, buttons, a note on the author."""
    best = total = run = end = 0
    listing = False
    for n, i in enumerate(body):
        block = blocks[i]
        weight = _weight(block)
        if block.look.is_story:
            run = 0
            listing = block.text.rstrip("\"'”’ ").endswith(":")
        elif listing:
            weight = 0
        elif block.look is Look.FRAGMENT and is_labelled(block.text):
            listing, weight = True, 0
        elif (
            block.look is Look.FRAGMENT
            and block.words >= 12
            and is_glued(block.text)
            and not _is_title_case(block.text)
        ):
            weight = 0  # a paragraph whose end is cut off
        elif (
            block.look is Look.ITEM and _is_title_case(block.text) and not ENDED.search(block.text[-ENDING:])
        ):
            weight = WEIGHTS[Look.FRAGMENT]
        if weight < 0:
            weight = max(weight, WORST_RUN - run)
            run += weight
        total += weight
        if total >= best:
            best, end = total, n + 1
    body = body[:end]
    while len(body) > 2 and blocks[body[-1]].words <= BIO_WORDS and BIO.match(blocks[body[-1]].text):
        body.pop()
    return body


def is_labelled(line: str) -> bool:
    """Whether a line belongs to a list of figures: "KENYA:", "Total dead: 192"."""
    return bool(re.match(r"[^:]{2,60}:(?:\s*[$€£~]?\d[\d,.]*\s*\S{0,20})?$", line))


def _is_title_case(line: str) -> bool:
    long_words = [word for word in WORD.findall(line) if len(word) > 3]
    return len(long_words) > 1 and sum(word[0].isupper() for word in long_words) >= 0.6 * len(long_words)
