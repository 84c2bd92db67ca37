"""Who is credited with what in one sentence: by reporting verbs, by "according to", and who was told."""

from __future__ import annotations

from dataclasses import dataclass, replace

from claims.engine import lexicons
from claims.engine.article import Article, Credit, Sentence
from claims.engine.ascriptions import passes, read_cues
from claims.engine.clauses import Clauses
from claims.engine.cue_words import SAYING
from claims.engine.cues import Cue
from claims.engine.names import ROLES, WIRES
from claims.engine.nouns import singular
from claims.engine.predicates import Predicate, is_adverb
from claims.engine.quotations import Quotation
from claims.engine.records import Attribution, Mode
from claims.engine.times import TimeExpression
from claims.engine.who import of_speaker

_LISTS = lexicons.grammar("crediting")

_REPORTING = lexicons.load("reporting")
_PLAIN = frozenset(_REPORTING["verbs"]["plain"])
_WEAK = frozenset(_REPORTING["verbs"]["weak"])
_ALLEGING = frozenset(_REPORTING["verbs"]["alleging"])
_DENYING = frozenset(_REPORTING["verbs"]["denying"])
_DOCUMENTS = frozenset(_REPORTING["nouns"]["documents"])
_DETERMINERS = lexicons.words("determiners")
_PREPOSITIONS = lexicons.words("prepositions")
#: Forms of a cue that stand for somebody saying something.
_SPOKEN = frozenset({"finite", "base", "sign"})
#: Words behind a verb within which its "that" stands.
_THAT_WITHIN = 7
#: Words behind a verb or speaker within which a time tells when it was said.
_SAID_WITHIN = 4
_BEFORE_OCCASION = _LISTS["before_occasion"]
_OUTLET_NOUNS = _LISTS["outlet_nouns"]
_STATING = _LISTS["stating"]
_OCCASIONS = _LISTS["occasions"]
_CITING = _LISTS["citing"]


@dataclass(frozen=True, slots=True)
class _Outline:
    """What every reporting verb of a sentence asks for, worked out once: long sentences have hundreds."""

    saying: frozenset[int]  # the verbs that report
    stated: int  # the last token at which a statement can begin: a verb with a subject, or a number
    quoted: int  # the last character at which a quotation of some length begins


def _outline(sentence: Sentence) -> _Outline:
    clauses = (
        min(p.verb, p.subject[0])
        for p in sentence.predicates
        if p.subject and p.form in ("active", "passive", "reduced")
    )
    numbers = (k for k in range(len(sentence.lows) - 1, -1, -1) if sentence.lows[k] in _STATING)
    return _Outline(
        frozenset(p.verb for p in sentence.predicates if p.base in _PLAIN and p.form == "active"),
        max(max(clauses, default=-1), next(numbers, -1)),
        max((q.outer.start for q in sentence.quoted if _is_long(q)), default=-1),
    )


def _is_long(q: Quotation) -> bool:
    """Whether more than a few words are quoted."""
    return q.inner.end - q.inner.start > 15


def credits_of(article: Article, sentence: Sentence) -> list[Credit]:
    """The credits of one sentence: those of its reporting words, then those of "according to".

    Article.people and the last speaker before the sentence must be known: pronouns point to them.
    """
    found = []
    reporting = [
        p
        for p in sentence.predicates
        if p.base in _PLAIN and p.form in ("active", "ing", "reduced", "passive")
    ]
    if reporting or not SAYING.isdisjoint(sentence.lows):
        c, cues = read_cues(article, sentence)
        by_head = {cue.head: cue for cue in cues}
        outline = _outline(sentence)
        for predicate in reporting:
            cue = by_head.pop(predicate.verb, None)
            if c is not None and cue is not None:
                if predicate.base in _WEAK and cue.weight < _UNLIKELY:
                    continue
                predicate = _as_read(c, cue, predicate)
            credit = _reported(article, sentence, predicate, outline)
            if credit:
                found.append(credit)
        for cue in by_head.values():
            spoken = cue.kind in ("say", "colon") and cue.form in _SPOKEN
            if c is not None and spoken and cue.subject and _by_somebody(cue):
                other = Predicate(cue.first, cue.last, cue.head, cue.base, None, "active", None)
                credit = _reported(article, sentence, _as_read(c, cue, other), outline)
                if credit:
                    found.append(credit)
    for k, low in enumerate(sentence.lows):
        if low == "according" and sentence.lows[k + 1 : k + 2] == ["to"]:
            credit = _according(article, sentence, k)
            if credit:
                found.append(credit)
    return found


def _by_somebody(cue: Cue) -> bool:
    """Whether a cue is taken and its source is no thing: a banner reads, but nobody is credited."""
    if cue.form == "sign" and cue.frame in ("clause", "quote") and "who=speaker" in cue.signs:
        return True  # "Minister: Army destroyed 14 launchers"
    return passes(cue) and "who=thing" not in cue.signs and "who=paper" not in cue.signs


def _as_read(c: Clauses, cue: Cue, p: Predicate) -> Predicate:
    """The predicate with the subject that the tags of its sentence give it."""
    s = cue.subject
    if s is None or s.how in ("by", "after", "governed", "owner"):
        return p
    if s.how == "relative":
        last = s.first
        while last > 0 and c.lows[last - 1] in (",", "and", "—"):
            last -= 1
        first = c.phrase_before(last - 1) if last else 0
        return replace(p, subject=(first, last)) if first < last else p
    last = s.last
    if s.how == "aside":
        comma = next((k for k in range(s.first, s.last) if c.lows[k] in (",", "(", "—", "–")), s.last)
        if c.tags[comma + 1 : comma + 2] and c.tags[comma + 1] in _NO_APPOSITION:
            last = comma
    return replace(p, subject=(s.first, last))


#: How an aside begins that tells more of the speaker but does not name him.
_NO_APPOSITION = frozenset({"WP", "WDT", "WP$", "WRB", "VBN", "VBG", "VBD", "IN", "RB", "CD", "TO"})
#: A verb that reports only now and then needs circumstances no worse than this.
_UNLIKELY = -2.5


def _near_quote(sentence: Sentence, predicate: Predicate) -> bool:
    """Whether a quotation of some length stands in the sentence outside which the verb stands."""
    at = sentence.tokens[predicate.verb].start
    return any(not (q.outer.start <= at < q.outer.end) and _is_long(q) for q in sentence.quoted)


def _reported(article: Article, sentence: Sentence, p: Predicate, outline: _Outline) -> Credit | None:
    lows, tokens = sentence.lows, sentence.tokens
    after = p.verb + 1
    if any(q.outer.start <= tokens[p.verb].start < q.outer.end for q in sentence.quoted):
        return None  # a verb inside the quotation
    if p.form == "passive":
        return None  # "was reported": no one is credited; the claim's hedge tells
    quoted = _near_quote(sentence, p)
    that = _that(sentence, p, outline)
    cited = _cited(sentence, p)
    if p.base in _WEAK and not (
        that
        or cited
        or quoted
        or p.base in _ALLEGING
        or _says_who(sentence, p)
        or _as_told(sentence, p)
        or _closes(sentence, p)
    ):
        return None
    subject = p.subject
    k = after
    inverted = False
    if subject is None or (quoted and _follows_quote(sentence, p.first)):
        end = _speaker_end(sentence, after)
        if (
            end > after
            and (tokens[after].capital or lows[after] in ("the", "a", "an") or subject is None)
            and lows[after] != "that"
        ) and (p.base != "tell" or subject is None):
            subject, inverted, k = (after, end), True, end
    if subject is None:
        return None
    told = None
    if p.base in ("tell", "inform", "assure") and not inverted:
        told, k = _told(sentence, k)
    elif lows[k : k + 1] == ["to"] and k + 1 < len(tokens) and tokens[k + 1].capital:
        told, k = _told(sentence, k + 1)
    said, content = _said_when(sentence, k, p)
    told = told or _interview(sentence, k)
    if lows[content : content + 1] == ["that"]:
        content += 1
    elif that and not quoted:
        content = that
    right = (_has_statement(sentence, content, outline) and not inverted) or p.base in (
        "accuse",
        "charge",
        "blame",
    )
    first, last = (content, len(tokens)) if right else (0, min(subject[0], p.first))
    if not right and (first >= last or (not quoted and last - first < 3)):
        if not quoted:
            return None
        first, last = content, len(tokens)
    if not right and said is None:
        reach = max(p.last, subject[1]) + _SAID_WITHIN
        said = next((t for t in sentence.times if p.verb < t.first <= reach and t.kind != "clock"), None)
    if cited:  # "Reuters reported, citing two officials, that": they say it, by way of Reuters
        subject, told = cited, sentence.words(*subject)
    attribution = _attribution(
        article, sentence, subject, sentence.words(p.verb, max(p.verb + 1, p.last)), told
    )
    return Credit(
        first,
        max(last, first + 1),
        attribution,
        said,
        p.base in _ALLEGING,
        p.base in _DENYING or (p.negated and p.base in ("confirm",)),
    )


def _cited(sentence: Sentence, p: Predicate) -> tuple[int, int] | None:
    """Whom an outlet cites: "X reported, citing Y, that", "Citing Y, X said"."""
    if sentence.low(0) in _CITING and p.subject:
        last = _speaker_end(sentence, 1)
        return (1, last) if last > 1 and p.subject[0] == last + 1 else None
    k = p.last + (sentence.low(p.last) == ",")
    if sentence.low(k) not in _CITING:
        return None
    last = _speaker_end(sentence, k + 1)
    last -= sentence.low(last - 1) == "."
    return (k + 1, last) if last > k + 1 else None


def _as_told(sentence: Sentence, p: Predicate) -> bool:
    """Whether the verb stands in an aside with "as": "As the institute noted, ..."."""
    return p.subject is not None and sentence.low(p.subject[0] - 1) == "as" and "," in sentence.lows[p.last :]


def _closes(sentence: Sentence, p: Predicate) -> bool:
    """Whether name and verb stand behind a statement and end the sentence: "..., the Courier reported."."""
    if p.subject is None or sentence.low(p.subject[0] - 1) != "," or p.subject[1] != p.first:
        return False
    rest = [t for t in sentence.tokens[p.last :] if t.kind == "word"]
    return not rest and any(t.capital for t in sentence.tokens[p.subject[0] : p.subject[1]])


def _that(sentence: Sentence, p: Predicate, outline: _Outline) -> int:
    """The token behind the "that" of a reporting verb, 0 for none; an aside may stand between."""
    after = p.last
    aside = sentence.lows[after : after + 5]
    reach = _THAT_WITHIN if "," not in aside else 2 * _THAT_WITHIN
    for k in range(after, min(after + reach, len(sentence.lows))):
        if sentence.lows[k] == "that":
            return k + 1
        if k in outline.saying:
            return 0
    return 0


def _says_who(sentence: Sentence, p: Predicate) -> bool:
    """Whether a clause follows without "that": "denied it had sent", "announced on Friday they would"."""
    said = {k for t in sentence.times for k in range(t.first, t.last)}
    k = p.last
    while k < len(sentence.lows) and (k in said or (sentence.lows[k] == "on" and k + 1 in said)):
        k += 1
    return sentence.low(k) in ("it", "he", "she", "they") and any(
        q.subject == (k, k + 1) for q in sentence.predicates
    )


def _follows_quote(sentence: Sentence, first: int) -> bool:
    """Whether the verb stands right after a closed quotation: "...", said X."""
    at = sentence.tokens[first].start
    return any(0 <= at - q.outer.end <= 2 for q in sentence.quoted)


def _speaker_end(sentence: Sentence, k: int) -> int:
    """The end of a speaker named after the verb ("said Hadi Abdullah, a Syrian activist")."""
    start = k
    while k < len(sentence.tokens) and k - start < 14:
        t = sentence.tokens[k]
        if t.kind != "word" and t.key not in "-'’.":
            break
        if (t.low in _PREPOSITIONS and t.low not in ("of", "for")) or t.low in (
            "that",
            "as",
            "who",
            "when",
            "while",
        ):
            break
        if any(time.first == k for time in sentence.times):
            break
        k += 1
    return k


def _told(sentence: Sentence, k: int) -> tuple[str | None, int]:
    """Whom it was said to, from token ``k`` on: ("Sputnik", index after)."""
    end = k
    while end < len(sentence.tokens) and end - k < 8:
        t = sentence.tokens[end]
        if (
            t.kind != "word"
            or t.low in ("that", "in", "on", "at", "during", "by", "after")
            or any(time.first == end for time in sentence.times)
        ):
            break
        if end > k and not t.capital and sentence.tokens[end - 1].capital and t.low not in _OUTLET_NOUNS:
            break
        end += 1
    if end == k:
        return None, k
    names = sentence.within(k, end)
    wire = next((m.name for m in names if m.name in WIRES), None)
    first = k + (sentence.lows[k] in _DETERMINERS)
    return wire or sentence.words(first, end) or None, end


def _interview(sentence: Sentence, k: int) -> str | None:
    """ "in an interview with X" after the verb."""
    for j in range(k, min(k + 10, len(sentence.lows) - 1)):
        if sentence.lows[j] == "interview" and sentence.lows[j + 1] in ("with", "to"):
            return _told(sentence, j + 2)[0]
    return None


def _said_when(sentence: Sentence, k: int, p: Predicate) -> tuple[TimeExpression | None, int]:
    """A time that belongs to the reporting itself, and where what was said begins."""
    said = None
    moved = True
    while moved and k < len(sentence.tokens):
        moved = False
        low = sentence.lows[k]
        if low in _BEFORE_OCCASION:
            for time in sentence.times:
                if time.first == k + 1:
                    said, k, moved = said or (time if time.kind != "clock" else None), time.last, True
                    break
            else:
                if low in ("in", "at", "during", "to", "via") and k + 1 < len(sentence.tokens):
                    # "in a statement", "at a briefing", "to reporters"
                    j = k + 1
                    while (
                        j < len(sentence.tokens)
                        and j - k < 9
                        and sentence.tokens[j].kind == "word"
                        and sentence.lows[j] != "that"
                        and not any(t.first == j for t in sentence.times)
                    ):
                        if j > k + 1 and sentence.lows[j] in ("on",):
                            break
                        j += 1
                    stops = (
                        j >= len(sentence.tokens)
                        or sentence.lows[j] in ("that", "on", ",", ".")
                        or any(t.first == j for t in sentence.times)
                    )
                    document = any(singular(w) in _DOCUMENTS or w in _OCCASIONS for w in sentence.lows[k:j])
                    if stops and document:
                        k, moved = j, True
        else:
            for time in sentence.times:
                if time.first == k:
                    said, k, moved = said or (time if time.kind != "clock" else None), time.last, True
                    break
    if said is None:
        # "The ministry on Monday said ..."
        for time in sentence.times:
            if (
                p.subject
                and p.subject[1] <= time.first < p.verb
                and time.last <= p.verb
                and sentence.low(p.subject[1]) != ","
            ):
                said = time
    return said, k


def _has_statement(sentence: Sentence, k: int, outline: _Outline) -> bool:
    """Whether something is stated from token ``k`` on: a verb with a subject, or a number."""
    at = sentence.tokens[k].start if k < len(sentence.tokens) else sentence.span.end
    if (outline.quoted >= 0 and outline.quoted >= at - 1) or outline.stated >= k:
        return True
    return sentence.lows[k - 1 : k] == ["that"] and k < len(sentence.tokens)


def _according(article: Article, sentence: Sentence, k: int) -> Credit | None:
    start = k + 2
    end = start
    depth_limit = min(len(sentence.tokens), start + 16)
    while end < depth_limit:
        t = sentence.tokens[end]
        if t.kind == "sign" and t.key not in "-'’.&":
            break
        if end > start and t.low in ("which", "who", "that", "and", "as", "but"):
            break
        end += 1
    if end == len(sentence.tokens) and end - 1 > start and sentence.tokens[end - 1].key == ".":
        end -= 1
    if end == start:
        return None
    said = next((t for t in sentence.times if start <= t.first < end), None)
    source_end = said.first if said else end
    if said and sentence.lows[source_end - 1] in ("on", "in", "of") and source_end - 1 > start:
        source_end -= 1
    attribution = _attribution(article, sentence, (start, max(source_end, start + 1)), "according to", None)
    if attribution.document and said:
        attribution = replace(attribution, document=sentence.words(start, said.last))
    if k <= 1 or sentence.lows[k - 1] in (";",):
        return Credit(min(end, len(sentence.tokens) - 1), len(sentence.tokens), attribution, said)
    if end >= len(sentence.tokens) - 1:
        return Credit(0, k, attribution, said)
    return Credit(0, len(sentence.tokens), attribution, said)


def _attribution(
    article: Article, sentence: Sentence, subject: tuple[int, int], cue: str, told: str | None
) -> Attribution:
    first, last = subject
    while first < last and is_adverb(sentence.lows[first]):
        first += 1
    if first >= last:
        first = subject[0]
    text = sentence.words(first, last)
    named = of_speaker(article, sentence, first, last)
    document = _document(sentence, first, last, text)
    if named and named.kind == "body" and named.name in WIRES:
        return Attribution(
            Mode.PARAPHRASE, named.name, text, cue, told, document, sentence.chars(first, last)
        )
    if document and not (named and named.kind in ("person", "body")):
        return Attribution(
            Mode.UNNAMED if named is None else Mode.PARAPHRASE,
            named.name if named else None,
            text,
            cue,
            told,
            document,
            sentence.chars(first, last),
        )
    if named is None:
        return Attribution(Mode.UNNAMED, None, text, cue, told, document, sentence.chars(first, last))
    return Attribution(Mode.PARAPHRASE, named.name, text, cue, told, document, sentence.chars(first, last))


def _document(sentence: Sentence, first: int, last: int, text: str) -> str | None:
    """The document a source is, in its words ("a report by the institute"), or None."""
    for k in range(first, last):
        low = sentence.lows[k]
        if low in _PREPOSITIONS and k > first:
            break
        if singular(low) in _DOCUMENTS and not (k + 1 < last and singular(sentence.lows[k + 1]) in ROLES):
            return text
    return None
