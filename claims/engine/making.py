"""Making a claim out of a number and its frame; shared by the extractors of one kind each."""

from __future__ import annotations

from dataclasses import replace

from claims.engine import lexicons
from claims.engine.article import Article, Sentence
from claims.engine.as_of import time_beside
from claims.engine.framing import Frame, frame
from claims.engine.measuring import start_of_phrase, thing_measured
from claims.engine.nouns import is_plural, modifying_words, singular
from claims.engine.phrases import entities, head_lemma, party_in, plain_phrase, rest_of_clause
from claims.engine.places import before_place
from claims.engine.predicates import Predicate
from claims.engine.quantities import Reading
from claims.engine.records import Claim, Kind, Quantity, Span, Status
from claims.engine.tokens import touching
from claims.engine.verbs import ACTIONS, BASES, FORMS

_LISTS = lexicons.grammar("making")

_PREPOSITIONS = lexicons.words("prepositions")
_AUXILIARIES = frozenset(lexicons.load("hedges")["auxiliaries"]) - {"to"}
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_ENDS_NO_PHRASE = _PREPOSITIONS | {"and", "or", "the", "a", "what", "which", "whom"}
#: Acts that nobody does to a sum or a measure.
_DONE_TO_PEOPLE = frozenset({"attack", "displace", "kill", "wound", "arrest", "expel"})
#: Most words of a clause that stand for what is measured where no noun does.
_REST = 12
_TRAILING = _LISTS["trailing"]
_ENDS_TRAILING = _LISTS["ends_trailing"]


#: Verbs the lexicons know that are no mere "have" or "make".
_INFLECTED = frozenset(BASES.values()) - frozenset(lexicons.load("words")["verbs"]["light"])


def words_of_action(action: str | None) -> str:
    """The participle of an action, for putting a claim in words ("expel" -> "expelled")."""
    return ACTIONS[action].done if action and action in ACTIONS else ""


def make(
    article: Article,
    sentence: Sentence,
    reading: Reading,
    kind: Kind,
    *,
    quantity: Quantity | None = None,
    noun: str = "",
    modifiers: tuple[str, ...] = (),
    obj: tuple[int, int] | None = None,
    measured: str | None = None,
    part_of: Span | None = None,
    framed: Frame | None = None,
    rule: str = "",
) -> Claim:
    """The claim a reading makes; ``obj`` are the tokens of what is counted, paid for or shared."""
    f = framed or frame(article, sentence, reading.first, reading.last)
    if kind not in (Kind.COUNT, Kind.ORDINAL) and f.relation == "object" and f.action in _DONE_TO_PEOPLE:
        f = replace(f, action=None)  # "sales hit $592bn", "the carrier displaces 65,000 tons"
    if f.when is None:
        f = replace(f, when=time_beside(article, sentence, f))
    thing = sentence.words(*obj) if obj else ""
    if obj is None and not noun and kind is not Kind.COUNT:
        found = thing_measured(sentence, reading, f)
        if found is not None:
            obj, head, thing = found
            noun, modifiers = noun_of(sentence, head), modifying_words(sentence.tokens, obj[0], head)
    span = sentence.chars(reading.first, reading.last)
    if measured is None:
        behind = max(reading.last, obj[1]) if obj else reading.last
        measured = in_words(sentence, f, thing, behind)
        if not measured or measured.startswith("("):
            measured = " ".join(x for x in (_rest(sentence, reading.last), measured) if x)
    object_text = sentence.words(*obj) if obj else None
    party = party_in(sentence, *obj) if obj else None
    actor = f.actor.name if f.actor else None
    return Claim(
        span=span,
        quote=span.of(sentence.text),
        sentence=sentence.span,
        kind=kind,
        quantity=quantity or reading.quantity,
        measured=measured,
        noun=noun,
        noun_modifiers=modifiers,
        actor=actor,
        action=f.action,
        object=object_text,
        object_party=party,
        place=f.place,
        part_of=part_of,
        negated=f.negated,
        status=f.status,
        hedge=f.hedge,
        attribution=f.attribution,
        when=f.when,
        reported_when=f.reported_when,
        entities=entities(sentence),
        context=rest_of_clause(sentence, reading.last),
        rule=rule or f"{kind.value}:{f.relation or 'alone'}",
    )


def _rest(sentence: Sentence, k: int) -> str:
    """The words of the clause behind a number, where they go on with it: no aside, no second figure."""
    if (
        k >= len(sentence.tokens)
        or sentence.tokens[k].kind == "sign"
        or sentence.lows[k] in ("and", "or", "but")
    ):
        return ""
    rest = rest_of_clause(sentence, k, _REST)
    for dash in (" --", " –", " —", " ―", " ("):
        rest = rest.partition(dash)[0]
    return rest


def noun_of(sentence: Sentence, head: int) -> str:
    """The singular of a head noun; "" where the head is part of a name ("sanctions on *Russia*")."""
    if any(m.first <= head < m.last and m.kind == "treaty" for m in sentence.things):
        return "treaty"
    if any(m.first <= head < m.last and m.kind == "system" for m in sentence.things):
        return ""
    if sentence.tokens[head].kind != "word":
        return ""
    opens = head == 0 or sentence.tokens[head - 1].kind == "sign"
    if not opens and sentence.tags[head].startswith("NNP") and sentence.tokens[head].capital:
        return ""
    named = any(m.first <= head < m.last and m.kind != "demonym" for m in sentence.mentions)
    return "" if named else head_lemma(sentence, head)


def in_words(sentence: Sentence, f: Frame, thing: str, last: int) -> str:
    """ "Russian diplomats expelled by Washington", "interceptors at bases in Alaska"."""
    done = words_of_action(f.action)
    if f.relation == "actor":
        done = ""
    if f.status is Status.PLANNED and done and f.action != "cost":
        done = f"to be {done}"
    parts = [thing]
    if (
        f.action
        and done
        and f.relation in ("object", "subject", "nominal", "state")
        and f.action != "possess"
    ):
        parts.append(done)
    grade = f.predicate if f.action == "enrich" and f.relation == "subject" else None
    tail = trailing_phrase(sentence, grade.last if grade else last)
    moved = not f.action and _moved(f) and _leads_away(sentence, tail, last)
    if moved:
        parts.append(_participle(f.predicate))  # "uranium enriched to 60 per cent"
    if tail:
        parts.append(tail)
    elif f.place:
        parts.append(f"{before_place(sentence, f.place)} {f.place}")
    actor_words = actor_text(sentence, f)
    if actor_words and actor_words.casefold() not in thing.casefold():
        if f.action == "cost":
            return " ".join(x for x in (*parts, "to", actor_words) if x)
        acts = (done and f.action != "possess") or f.relation == "act" or moved
        parts.append(f"by {actor_words}" if acts else f"({actor_words})")
    return " ".join(x for x in parts if x)


def _moved(f: Frame) -> bool:
    """Whether an act without an action of the field is done to the thing: "added 14 interceptors to"."""
    p = f.predicate
    return p is not None and f.relation == "object" and p.form == "active" and p.base in _INFLECTED


def _leads_away(sentence: Sentence, tail: str, k: int) -> bool:
    """Whether "to Poland", "from Germany to Poland" follows, no "to move"."""
    words = tail.split()
    if not words or sentence.tags[min(k + 1, len(sentence.tags) - 1)] == "VB":
        return False
    return words[0] in ("to", "into") or (words[0] == "from" and "to" in words)


def _participle(p: Predicate | None) -> str:
    return lexicons.inflect(p.base).get("participle", [""])[0] if p else ""


def actor_text(sentence: Sentence, f: Frame) -> str:
    """Who acts, as written where that is short, else the canonical name."""
    told = f.actor and f.relation != "actor" and f.actor.kind != "owner"  # an owner stands in the thing
    return named(f.actor.name) if f.actor and told else ""


_WITH_ARTICLE = (
    "United ",
    "US ",
    "UK ",
    "European ",
    "Taliban",
    "Netherlands",
    "Philippines",
    "Soviet ",
    "International ",
)


def named(name: str) -> str:
    """A name in running text, with the article English gives it."""
    return f"the {name}" if name.startswith(_WITH_ARTICLE) and not name.endswith("Observatory") else name


def trailing_phrase(sentence: Sentence, k: int) -> str:
    """A prepositional phrase right after a claim: "at bases in Alaska", "against missiles from North
    Korea".
    """
    if k >= len(sentence.tokens) or sentence.lows[k] not in _TRAILING:
        return ""
    if any(t.first in (k, k + 1) for t in sentence.times) or sentence.lows[k + 1 : k + 2] == ["addition"]:
        return ""
    if sentence.low(k) == "to" and sentence.low(k + 1) == "leave":
        return ""  # "ordered four diplomats to leave"
    end = k
    while end < len(sentence.tokens) and end - k < 12:
        t = sentence.tokens[end]
        if (t.kind == "sign" and t.key not in "-‐’'%") or t.low in _ENDS_TRAILING:
            break
        grade = sentence.low(end + 1) in ("%", "percent", "per")  # "enriched to 60 percent" is
        named = touching(sentence.tokens, end) or sentence.tokens[end - 1].capital  # "IR-6", "Area 51"
        if t.kind == "figure" and not grade and not named:
            break  # a value of its own is no part of what is asked
        if end > k and any(
            time.first == end or (time.first == end + 1 and t.low in _PREPOSITIONS) for time in sentence.times
        ):
            break
        if end > k and t.low == "enriched":
            end += 1
            continue
        inside = any(m.first < end < m.last for m in sentence.mentions)  # "the United States"
        if end > k and not inside and _is_verb(sentence, end):
            break
        if (
            t.low in ("and", "or")
            and end + 1 < len(sentence.tokens)
            and (
                sentence.tokens[end + 1].kind == "figure"
                or (BASES.get(sentence.lows[end + 1]) and sentence.lows[end + 1].endswith("ed"))
            )
        ):
            break
        end += 1
    while end > k + 1 and sentence.lows[end - 1] in _ENDS_NO_PHRASE:
        end -= 1
    return sentence.words(k, end) if end > k + 1 else ""


def _is_verb(sentence: Sentence, k: int) -> bool:
    """Whether the verb of a clause stands at ``k``, or a participle with a clause of its own."""
    tag, low = sentence.tags[k], sentence.lows[k]
    if low in _AUXILIARIES or (tag in _FINITE and not sentence.tokens[k].capital):
        return True
    behind_noun = sentence.tags[k - 1].startswith("NN")
    if tag == "VBG" and behind_noun:
        return True  # "raids on the city killing dozens"
    return tag == "VBN" and low in FORMS and (behind_noun or "base" not in FORMS[low])


def purpose(sentence: Sentence, k: int) -> tuple[tuple[int, int], str, tuple[str, ...], int] | None:
    """What money or a share is for: (tokens, noun, its modifiers, head) of "to build new X", "in military
    aid", "of its Y".
    """
    lows = sentence.lows
    n = len(lows)
    if k >= n:
        return None
    if lows[k] in ("worth", "'s") and k + 1 < n:
        k += 1
    elif lows[k] in ("is", "are", "was", "were", "went") and lows[k + 1 : k + 2] == ["for"]:
        k += 1  # "$13.1 billion is for development"
    if lows[k] == "to":
        k += 1
        seen = False
        while k < n and (lows[k] in FORMS or lows[k] in (",", "and", "or") or lows[k].endswith("ly")):
            seen = seen or lows[k] in FORMS
            k += 1
        if not seen:
            return None
    elif lows[k] in ("for", "in", "on", "of", "toward", "towards"):
        k += 1
        if any(t.first == k for t in sentence.times):
            return None
        while k < n and (
            (lows[k].endswith("ing") and lows[k] in FORMS)
            or (lows[k] in ("and", ",") and lows[k + 1 : k + 2] and lows[k + 1].endswith("ing"))
        ):
            k += 1
    else:
        return None
    phrase = plain_phrase(sentence, k)
    if phrase is None:
        return None
    first, end, head = phrase
    modifiers = modifying_words(sentence.tokens, first, head)
    return (first, end), head_lemma(sentence, head), modifiers, head


def named_before(article: Article, sentence: Sentence, lemma: str) -> tuple[str, ...]:
    """The words that went with a noun where it was last named, up to three sentences back: what "such"
    means.
    """
    at = sentence.at
    for earlier in reversed(article.sentences[max(0, at - 3) : at]):
        for k in range(len(earlier.lows) - 1, -1, -1):
            if singular(earlier.lows[k]) != lemma or not is_plural(earlier.lows[k]):
                continue
            return tuple(t.key for t in earlier.tokens[start_of_phrase(earlier, k, most=3) : k])
    return ()
