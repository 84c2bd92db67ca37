"""Which outlet a page belongs to, and which site merely republished it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from claims.ingest.blocks import WORD, Block, Look
from claims.ingest.headlines import breadcrumb_tail, without_site
from claims.ingest.lexicons import Publisher, agency, agency_pattern, outlets, plain

NAME_WORDS = 5  # a longer line is a slogan
CLEAR = 2.0  # weight of evidence at which an unknown name is taken

COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[\s:©]*(?:\(c\)\s*)?(?:(?:19|20)\d\d(?:\s*[-–,]\s*(?:(?:19|20)?\d\d|present))?)?[\s,.]*(?:by\s+)?"
    r"(?P<name>[^.,|;:©•·\d\n]{2,60})",
    re.IGNORECASE,
)
COPYRIGHT_AFTER = re.compile(
    r"^(?P<name>[^.,|;:©•·\d\n]{2,60}?)\s*[,|-]?\s*(?:©|\(c\)|copyright)", re.IGNORECASE
)
ABOUT_SITE = re.compile(
    r"(?:join the|subscribe to(?: the)?|sign up (?:for|to)(?: the)?|follow|about|more from|welcome to|support|download the|like) "
    r"(?P<name>[^|:,\n]{2,50}?)(?:['’]s)?(?: (?:mailing list|newsletters?|on (?:twitter|facebook|telegram|google news|x|instagram|youtube|whatsapp)|app|channel|"
    r"for free|today)\b|[.!]?$)",
    re.IGNORECASE,
)  # fmt: skip
AGENCY_OPENING = re.compile(
    rf"^[^\n]{{0,60}}?(?:[(/]\s*(?P<name>{agency_pattern()})\s*[)/]|,\s*(?P<named>{agency_pattern()})\s*[-–—])"
)
LEGAL_TAIL = re.compile(
    r"\s*(?:all rights.*|inc|ltd|llc|co|plc|corp|gmbh|the copyright.*|is licensed.*)\.?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Published:
    """The outlet of a page, the site it was republished on, and what a reader should know about both."""

    outlet: str | None
    host: str | None
    notices: tuple[str, ...] = ()


def find_publisher(
    header: Sequence[Block],
    footer: Sequence[Block],
    *,
    title: str,
    body: str,
    declared: str | None = None,
    site: str | None = None,
    url: str | None = None,
    byline: str | None = None,
) -> Published:
    """Who published the story.

    ``declared`` is what the sender said, ``site`` what the page's markup says. Then count the lines around the
    story, the address, and last an agency's name at the start of the text.
    """
    address = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    host = _host(header, footer, site, address)
    if declared:
        known = outlets().outlet(declared)
        name = known.name if known else " ".join(declared.split())
        return Published(name, _unless_same(host, name))
    if site and not outlets().republisher(site):
        return Published(_named(site), _unless_same(host, _named(site)))

    at_address = outlets().outlet_at(address) if address else None
    if at_address:
        return Published(at_address.name, _unless_same(host, at_address.name))
    name, weight = _from_furniture(header, footer, title, byline)
    if name and weight >= CLEAR:
        return Published(name, _unless_same(host, name))
    if host:
        return Published(
            host,
            None,
            (f"No outlet is named besides {host}, which republishes others: check who wrote this.",),
        )
    if address and not outlets().republisher_at(address):
        return Published(
            address, None, (f"No outlet is named on the page; the site {address} stands in for it.",)
        )
    if opening := AGENCY_OPENING.match(body):
        name = agency(opening["name"] or opening["named"])
        return Published(name, None, (f"No outlet is named; {name} is taken from the start of the text.",))
    return Published(None, None, ("No outlet is named on the page.",))


def month_first(outlet: str | None) -> bool:
    """Whether an outlet writes 04/05/2021 for 5 April."""
    known = outlets().outlet(outlet) if outlet else None
    return bool(known and known.month_first)


def _named(name: str) -> str:
    known = outlets().outlet(name)
    return known.name if known else " ".join(name.split())


def _unless_same(host: str | None, outlet: str) -> str | None:
    return None if host == outlet else host


def _host(header: Sequence[Block], footer: Sequence[Block], site: str | None, address: str) -> str | None:
    known = outlets()
    if address and (found := known.republisher_at(address)):
        return found.name
    if site and (found := known.republisher(site)):
        return found.name
    for block in (*header, *footer):
        for name in _names_in(block):
            if found := known.republisher(name):
                return found.name
    return None


def _names_in(block: Block) -> Iterable[str]:
    """The names a line of page furniture may give: itself, or the name in "© 2021 X", "Join the X mailing list"."""
    if block.words > 60 or (
        block.look is Look.PROSE and "©" not in block.text and "opyright" not in block.text
    ):
        return
    if block.words <= NAME_WORDS:
        yield block.text
    for pattern in (COPYRIGHT, COPYRIGHT_AFTER, ABOUT_SITE):
        if found := pattern.search(block.text):
            yield LEGAL_TAIL.sub("", found["name"]).strip(" .-–—")
    if (suffixed := without_site(block.text))[1]:
        yield suffixed[1]


def _from_furniture(
    header: Sequence[Block], footer: Sequence[Block], title: str, byline: str | None
) -> tuple[str | None, float]:
    known = outlets()
    votes: dict[str, float] = {}
    written: dict[str, str] = {}

    def vote(name: str, weight: float) -> None:
        name = " ".join(name.split()).strip(" |»›>-–—:,")
        key = plain(name)
        if (
            not key
            or key == plain(title)
            or key in known.sections
            or known.republisher(name)
            or len(name) > 80
        ):
            return
        found: Publisher | None = known.outlet(name)
        if found:
            name, key = found.name, plain(found.name)
        votes[key] = votes.get(key, 0.0) + weight
        written.setdefault(key, name)

    for n, block in enumerate(header):
        line = block.text
        if breadcrumb_tail(line) or block.look in (Look.PROSE, Look.TEASER):
            continue
        if (suffix := without_site(line)[1]) and plain(line) != plain(suffix):
            vote(suffix, 3.5)
        if block.words <= NAME_WORDS and line[:1].isupper() and block.look is not Look.META:
            weight = _weight_of_line(line, n, block)
            if weight:
                vote(line, weight)
        elif block.look is Look.META:
            for part in re.split(r"\s*[|•·]\s*|,\s", line):
                if (found := known.outlet(part)) and not agency(part):
                    vote(found.name, 3)
                elif agency(part):
                    vote(part, 1)
    for block in footer:
        for pattern, weight in ((COPYRIGHT, 3.0), (COPYRIGHT_AFTER, 2.5), (ABOUT_SITE, 1.5)):
            if (match := pattern.search(block.text)) and block.words <= 60:
                name = LEGAL_TAIL.sub("", match["name"]).strip(" .-–—")
                if 0 < len(name.split()) <= NAME_WORDS and name[:1].isupper() and not agency(name):
                    known_name = known.outlet(name) is not None or any(
                        w.casefold() in known.name_words for w in WORD.findall(name)
                    )
                    vote(name, weight if known_name or pattern is not ABOUT_SITE else 0.5)
                    break
        if block.words <= NAME_WORDS and plain(block.text) in votes:
            votes[plain(block.text)] += 0.5
    if byline and (found := known.outlet(byline)):
        vote(byline, 1.5 if agency(byline) else 3)
    if not votes:
        return None, 0.0
    best = max(votes, key=lambda key: votes[key])
    return written[best], votes[best]


def _weight_of_line(line: str, position: int, block: Block) -> float:
    known = outlets()
    if known.outlet(line):
        return 5.0 if not agency(line) else 4.0
    if block.look.is_furniture or block.look is Look.ITEM:
        return 0.0
    words = WORD.findall(line)
    weight = 0.0
    if position == 0:
        weight += 2.0
    elif position <= 2:
        weight += 0.5
    if any(word.casefold() in known.name_words for word in words):
        weight += 1.6
    if all(word[0].isupper() or word in ("of", "the", "and", "for", "in") for word in words):
        weight += 0.3
    return weight
