"""A text as blocks, and what each block looks like: a paragraph, a headline, page furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

from claims.ingest.datelines import dates_in
from claims.ingest.lexicons import furniture, plain, teaser_pattern, word_list


class Look(Enum):
    """What a block looks like by itself, wherever it stands."""

    PROSE = auto()  # a paragraph: one or more sentences of some length
    SENTENCE = auto()  # a short sentence, complete
    FRAGMENT = auto()  # no sentence: headline, sub-heading, name, caption, link
    ITEM = auto()  # of a bulleted or numbered list
    META = auto()  # date or byline line
    TEASER = auto()  # "... more »"
    BOX = auto()  # heads a list of other stories
    LINE = auto()  # a single line of furniture
    OVER = auto()  # ends a story

    @property
    def is_story(self) -> bool:
        return self in (Look.PROSE, Look.SENTENCE)

    @property
    def is_furniture(self) -> bool:
        return self in (Look.TEASER, Look.BOX, Look.LINE, Look.OVER)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or line: ``text[start:end]`` of the whole, without white space around it."""

    start: int
    end: int
    text: str
    look: Look
    words: int


PROSE_WORDS = 12  # a sentence of so many words is a paragraph; headlines average nine
UNENDED_WORDS = 25  # so long a block is a paragraph even without a full stop at its end
LEAD_IN_WORDS = 6  # "The accord bans three things from next year:"
META_WORDS = 16
BYLINE_WORDS = 10

ENDED = re.compile(
    r"[.!?…][\s\"'”’»)\]*_]*(?:\[\d+\])?"
    # ... and then perhaps a credit or an agency's end sign: "... on Friday. (ANI)", "... in May.__The Beacon"
    r"(?:\s*\([^()]{2,40}\)|\s*(?:__?|--|—|–|- )\s*[A-Z][^.!?]{1,40}| (?:Enditem|ENDS?|/?END/?))?$"
)
ENDING = 70  # characters within which that is looked for
TRAILS_OFF = re.compile(r"(?:…|\.\.\.)$")
BULLET = re.compile(r"(?:[•◦▪‣·*–—+-]|\(?\d{1,2}[.)]|\(?[a-z]\))[ \t\xa0]+\S")
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
GLUE = word_list("glue")
BYLINE = re.compile(r"(?:written |posted |reported |story |report |article |text )?by:? ", re.IGNORECASE)
META_FILL = word_list("date_line")
AGO = re.compile(
    r"\b(?:\d{1,2}|an?|one) (?:second|minute|min|hour|hr|day|week|month|year)s? ago\b", re.IGNORECASE
)
# "NAIROBI, Kenya (AP) _": a place and an agency on a line of their own open a story.
PLACE_LINE = re.compile(
    r"[A-Z][A-Z.'’ -]{2,}[^!?]{0,50}(?:_|--|—|–)$|[A-Z][A-Z.'’ -]{2,}[^!?]{0,50}\([A-Z][\w ]+\) ?-$"
)


def split(text: str) -> tuple[Block, ...]:
    """The blocks of ``text`` in order: hard-wrapped lines put together, otherwise every line a block."""
    lines = _lines(text)
    width = _wrap_width(text, lines)
    blocks: list[Block] = []
    start = end = -1
    for i, (line_start, line_end) in enumerate(lines):
        if line_start == line_end:
            continue
        if start < 0:
            start = line_start
        end = line_end
        if i + 1 < len(lines) and _goes_on(text, lines[i], lines[i + 1], width):
            continue
        block = _block(text, start, end)
        if (
            block.look is Look.TEASER
            and TRAILS_OFF.search(block.text)
            and not (blocks and blocks[-1].look is Look.FRAGMENT)
        ):
            # A paragraph that trails off within a story leads nowhere; under a headline it does.
            block = replace(block, look=Look.PROSE if block.words >= PROSE_WORDS else Look.SENTENCE)
        blocks.append(block)
        start = -1
    return tuple(blocks)


def _lines(text: str) -> list[tuple[int, int]]:
    """Start and end of every line, white space around it left out."""
    lines = []
    at = 0
    for line in text.split("\n"):
        stripped = line.strip()
        start = at + len(line) - len(line.lstrip()) if stripped else at
        lines.append((start, start + len(stripped)))
        at += len(line) + 1
    return lines


def _wrap_width(text: str, lines: list[tuple[int, int]]) -> int:
    """The width at which lines were broken by hand or by a mailer, or 0 where each line is a paragraph."""
    broken = whole = longest = 0
    for (start, end), (next_start, next_end) in pairwise(lines):
        if not (end - start >= 40 and next_start < next_end):
            continue
        if end - start > 120:
            whole += 1
        elif text[next_start].islower():
            broken += 1
            longest = max(longest, end - start)
    return longest if broken >= 2 and broken > whole else 0


def _goes_on(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether a line was broken only because the next word had no room."""
    (start, end), (next_start, next_end) = line, following
    if not width or next_start == next_end or BULLET.match(text[next_start : next_start + 12]):
        return False
    space = text.find(" ", next_start, next_end)
    first_word = (space if space > 0 else next_end) - next_start
    return end - start + 1 + first_word > width - 3 or (end - start >= 40 and text[next_start].islower())


def _block(text: str, start: int, end: int) -> Block:
    content = text[start:end]
    words = len(WORD.findall(content))
    return Block(start, end, content, look_of(content, words), words)


def look_of(content: str, words: int | None = None) -> Look:
    """What one block of text looks like."""
    if words is None:
        words = len(WORD.findall(content))
    folded = plain(content)
    for name, look in (("over", Look.OVER), ("box", Look.BOX), ("line", Look.LINE)):
        if furniture()[name].matches(content, folded):
            return look
    if words == 0:
        return Look.LINE
    if teaser_pattern().search(content[-60:]):
        return Look.TEASER
    if words <= META_WORDS and _is_meta(content, words):
        return Look.META
    if BULLET.match(content):
        return Look.ITEM
    ended = bool(ENDED.search(content[-ENDING:])) or (
        words >= LEAD_IN_WORDS and content.endswith(":") and is_glued(content)
    )
    if (ended and words >= PROSE_WORDS) or (words >= UNENDED_WORDS and is_glued(content)):
        return Look.PROSE
    if (ended and words >= 2) or PLACE_LINE.match(content):
        return Look.SENTENCE
    return Look.FRAGMENT


def is_glued(content: str) -> bool:
    """Whether the words hang together as in a sentence: at least one in eight is a function word."""
    words = [word.lower() for word in WORD.findall(content[:2000])]
    return sum(word in GLUE for word in words) * 8 >= len(words)


def _is_meta(content: str, words: int) -> bool:
    rest = content
    dated = False
    for found in reversed(list(dates_in(content))):
        rest = rest[: found.start] + " | " + rest[found.end :]
        dated = True
    rest, ago = AGO.subn(" | ", rest)
    if dated or ago:
        left = [word for word in WORD.findall(rest) if not word.isdigit() and word.lower() not in META_FILL]
        apart = bool(re.search(r"[|•·/:\n]|^by ", rest.strip(" |"), re.IGNORECASE))
        if ended_as_sentence(rest) and len(left) > 1:
            return False
        return len(left) <= (8 if apart else 4)
    return words <= BYLINE_WORDS and bool(BYLINE.match(content)) and _names(content)


def ended_as_sentence(content: str) -> bool:
    return content.rstrip(" |").endswith((".", "?", "!"))


def _names(content: str) -> bool:
    """Whether the words after "By" are names: capitalised, but for particles."""
    after = WORD.findall(BYLINE.sub("", content, count=1))
    return (
        bool(after)
        and all(
            word[0].isupper() or word[0].isdigit() or word.lower() in word_list("within_names")
            for word in after
        )
        and not (ended_as_sentence(content) and len(after) > 5)
    )
