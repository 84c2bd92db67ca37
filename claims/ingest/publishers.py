"""Which outlet a page belongs to, and which site merely republished it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from claims.ingest.blocks import WORD, Block, Look
from claims.ingest.headlines import breadcrumb_tail, without_site
from claims.ingest.lexicons import agency, outlets, plain
from claims.ingest.wires import AGENCY_OPENING

NAME_WORDS = 5  # a longer line is a slogan
FOOTER_WORDS = 60  # a longer block below a story is another story
CLEAR = 2.0  # weight of evidence at which an unknown name is taken

# Weights of evidence for a name. A known outlet on a line of its own beats everything else on the page; an
# agency's name on such a line may be the author's as well, so any site's own name beats it. An unknown name
# is taken where masthead, suffix of the page title or copyright line gives it.
KNOWN_LINE = 5.0
AGENCY_LINE = 2.2
AGENCY_LINE_AT_HOST = 4.0  # a republishing site names its source so
AGENCY_BYLINE = 1.0  # "By REUTERS": the site carries its text
TITLE_SUFFIX = 3.5
COPYRIGHT_LINE = 3.0
ADDRESS_LINE = 2.5
IN_DATE_LINE = 3.0
FIRST_LINE = 1.5
NEAR_TOP = 0.5
NAME_WORD = 1.6  # "Gazette", "Radio"
CAPITALISED = 0.3
OVER_SLOGAN = 0.3  # a short line that is not the title follows: masthead and motto
REPEATED = 0.5
LIKE_A_SITE = 1.0  # "Something.com"
SITE_PHRASE = 1.5  # "Follow X on Twitter", "Join the X mailing list"

COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[\s:©]*(?:\(c\)\s*)?(?:(?:19|20)\d\d(?:\s*[-–,]\s*(?:(?:19|20)?\d\d|present))?)?"
    r"[\s,.]*(?:by\s+)?(?P<name>[^.,|;:©•·\d\n]{2,60})",
    re.IGNORECASE,
)
COPYRIGHT_AFTER = re.compile(
    r"^(?P<name>[^.,|;:©•·\d\n]{2,60}?)\s*[,|-]?\s*(?:©|\(c\)|copyright)", re.IGNORECASE
)
PHRASE = re.compile(
    r"(?:join the|subscribe to(?: the)?|sign up (?:for|to)(?: the)?|follow|about|welcome to|support"
    r"|download the|like) (?P<name>[^|:,\n]{2,50}?)(?:['’]s)?"
    r"(?: (?:mailing list|newsletters?|app|channel|for free|today"
    r"|on (?:twitter|facebook|telegram|google news|x|instagram|youtube|whatsapp))\b|[.!]?$)",
    re.IGNORECASE,
)
LEGAL_TAIL = re.compile(
    r"\s*(?:all rights.*|inc|ltd|llc|co|plc|corp|gmbh|the copyright.*|is licensed.*)\.?$", re.IGNORECASE
)
ADDRESS = re.compile(r"https?://[^\s/]+|www\.[^\s/]+", re.IGNORECASE)
PARTS = re.compile(r"\s*[|•·]\s*|,\s")


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
    credit: str | None = None,
) -> Published:
    """Who published the story.

    ``declared`` is what the sender said, ``site`` what the page's markup says. Then come the page's address,
    the lines around the story, and last the credit or an agency's name at the start of the text.
    """
    known = outlets()
    address = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    host = _host(header, footer, site, address)

    def published(name: str, *notices: str) -> Published:
        found = known.outlet(name)
        name = found.name if found else " ".join(name.split())
        return Published(name, None if host == name else host, notices)

    if declared:
        return published(declared)
    if site and not known.republisher(site):
        return published(site)
    if found := known.outlet_at(address):
        return published(found.name)
    if name := _from_furniture(header, footer, title, byline, host):
        return published(name)
    if host:
        return published(
            host, f"No outlet is named besides {host}, which republishes others: check who wrote this."
        )
    if address:
        return published(address, f"No outlet is named on the page; its site {address} stands in for it.")
    if credit and (found := known.outlet(credit.split(" and ")[0])):
        return published(found.name, f"No outlet is named; {found.name} is taken from the credit line.")
    if (opening := AGENCY_OPENING.match(body)) and (name := agency(opening["name"])):
        return published(name, f"No outlet is named; {name} is taken from the start of the text.")
    return Published(None, None, ("No outlet is named on the page.",))


def month_first(outlet: str | None) -> bool:
    """Whether an outlet writes 04/05/2021 for 5 April."""
    found = outlets().outlet(outlet) if outlet else None
    return bool(found and found.month_first)


def _host(header: Sequence[Block], footer: Sequence[Block], site: str | None, address: str) -> str | None:
    known = outlets()
    if found := known.republisher_at(address) or (known.republisher(site) if site else None):
        return found.name
    for block in (*header, *footer):
        names = [block.text] if block.words <= NAME_WORDS else []
        names += [name for name, _ in _named_in_furniture(block)]
        for name in names:
            if found := known.republisher(name):
                return found.name
    return None


def _from_furniture(
    header: Sequence[Block], footer: Sequence[Block], title: str, byline: str | None, host: str | None
) -> str | None:
    """The name with the most evidence in the lines around a story, if that is clear."""
    known = outlets()
    taken = {plain(title), plain(byline or "")}
    weights: dict[str, float] = {}
    written: dict[str, str] = {}
    evidence = list(_in_header(header, host, plain(title)))
    for block in footer:
        if block.words <= FOOTER_WORDS:
            evidence.extend(_named_in_furniture(block))
            if block.words <= NAME_WORDS and not agency(block.text):
                evidence.append((block.text, REPEATED))
    if byline and known.outlet(byline):
        evidence.append((byline, AGENCY_BYLINE if agency(byline) and not host else IN_DATE_LINE))
        taken.discard(plain(byline))
    for name, weight in evidence:
        found = known.outlet(name)
        name = found.name if found else " ".join(name.split()).strip(" |»›>-–—:,")
        key = plain(name)
        if not key or key in taken or known.is_section(key) or known.republisher(name):
            continue
        weights[key] = weights.get(key, 0.0) + weight
        written.setdefault(key, name)
    best = max(weights, key=lambda key: weights[key], default="")
    return written[best] if best and weights[best] >= CLEAR else None


def _in_header(header: Sequence[Block], host: str | None, title: str) -> Iterator[tuple[str, float]]:
    known = outlets()
    position = 0
    for n, block in enumerate(header):
        line = block.text
        if block.look in (Look.PROSE, Look.TEASER, Look.ITEM) or breadcrumb_tail(line):
            continue
        yield from _addresses(line)
        if block.look is Look.META:
            for part in PARTS.split(line):
                if known.outlet(part) and not agency(part):
                    yield part, IN_DATE_LINE
            continue
        if (suffix := without_site(line)[1]) and not known.is_section(plain(suffix)):
            yield suffix, TITLE_SUFFIX
            continue
        name = next((part for part in PARTS.split(line) if not known.is_section(part)), line)
        if known.outlet(name):
            yield name, (AGENCY_LINE_AT_HOST if host else AGENCY_LINE) if agency(name) else KNOWN_LINE
        elif not block.look.is_furniture and len(name.split()) <= NAME_WORDS and name[:1].isupper():
            if not any(char.isdigit() for char in name) and ":" not in name:
                following = header[n + 1] if n + 1 < len(header) else None
                masthead = position == 0 and following and following.look is Look.FRAGMENT
                slogan = masthead and following and plain(following.text) != title
                yield name, _likeness(name, position) + (OVER_SLOGAN if slogan else 0)
            position += not known.is_section(name)


def _likeness(name: str, position: int) -> float:
    """How much an unknown line, the ``position``-th that may be a name, looks like an outlet's."""
    words = WORD.findall(name)
    weight = FIRST_LINE if position == 0 else NEAR_TOP if position <= 2 else 0.0
    if any(word.casefold() in outlets().name_words for word in words):
        weight += NAME_WORD
    if re.search(r"\w\.(?:com|org|net|info|news|co)\b", name):
        weight += LIKE_A_SITE
    if all(word[0].isupper() or word in ("of", "the", "and", "for", "in") for word in words):
        weight += CAPITALISED
    return weight


def _named_in_furniture(block: Block) -> Iterator[tuple[str, float]]:
    """Names, with their weight, in lines like "© 2021 X", "Follow X on Twitter", "Source: https://x.org/"."""
    yield from _addresses(block.text)
    for pattern, weight in (
        (COPYRIGHT, COPYRIGHT_LINE),
        (COPYRIGHT_AFTER, COPYRIGHT_LINE),
        (PHRASE, SITE_PHRASE),
    ):
        if found := pattern.search(block.text):
            name = LEGAL_TAIL.sub("", found["name"]).strip(" .-–—")
            # An agency holds the rights in its text on any page that carries it.
            if 0 < len(name.split()) <= NAME_WORDS and name[:1].isupper() and not agency(name):
                yield name, weight
                return


def _addresses(line: str) -> Iterator[tuple[str, float]]:
    known = outlets()
    for address in ADDRESS.findall(line):
        host = address.rpartition("/")[2]
        if found := known.outlet_at(host) or known.republisher_at(host):
            yield found.name, ADDRESS_LINE
