"""Which words of a sentence are verbs at all: forms are looked up, the words around them decide."""

from __future__ import annotations

from collections.abc import Sequence

from claims.engine import lexicons
from claims.engine.nouns import PEOPLE, adjectives_joined, is_plural, singular
from claims.engine.tokens import HYPHENS, Token
from claims.engine.verbs import AMBIGUOUS, FORMS

_LISTS = lexicons.grammar("predicates")

_HEDGES = lexicons.load("hedges")
_PLANNED = frozenset(_HEDGES["planned"])
_AUXILIARIES = frozenset(_HEDGES["auxiliaries"])
_NEGATIONS = frozenset(_HEDGES["negations"])
_SMALL = lexicons.words("prepositions") | lexicons.words("conjunctions") | _AUXILIARIES
BE = _LISTS["be"]
HAVE = _LISTS["have"]
_MODALS = _LISTS["modals"]
_ADVERBS = lexicons.words("adverbs")
_DETERMINERS = lexicons.words("determiners")
_PREPOSITIONS = lexicons.words("prepositions")
_CONJUNCTIONS = lexicons.words("conjunctions")
_PERSONAL = lexicons.words("personal")
_HEDGE_ADVERBS = _LISTS["hedge_adverbs"]
_NO_ADVERBS = _LISTS["no_adverbs"]
_POSSESSED = _LISTS["possessed"]
_NO_VERBS = _LISTS["no_verbs"]
_AFTER_PASSIVE = _LISTS["after_passive"]


def is_adverb(low: str) -> bool:
    return low in _ADVERBS or (low.endswith("ly") and low not in _NO_ADVERBS)


def possesses(tokens: Sequence[Token], lows: Sequence[str], k: int) -> bool:
    """Whether "have" is the verb itself ("has 1,550 warheads"), not an auxiliary."""
    for j in range(k + 1, min(k + 4, len(lows))):
        low = lows[j]
        if tokens[j].kind == "figure" or low in _DETERMINERS or low in _POSSESSED:
            return low not in ("as",) or lows[j + 1 : j + 2] == ["many"]
        if is_adverb(low) or low in _NEGATIONS:
            continue
        return False
    return False


def previous(lows: Sequence[str], k: int) -> int:
    """The last token before ``k`` that is no adverb."""
    p = k - 1
    while p >= 0 and (is_adverb(lows[p]) or lows[p] in _HEDGE_ADVERBS):
        p -= 1
    return p


_ACCUSED = frozenset(form for verb in _LISTS["accusing"] for form, _, _ in lexicons.verb_forms([verb]))
#: Tags of what is no verb before an article, behind a small word and behind a name ("Russia strikes a ...").
_NOUN_TAGS = (frozenset({"NN", "NNS"}), frozenset({"NN"}))
_UNKNOWN_PAST = frozenset({"past", "participle"})


_UNKNOWN_BASE = frozenset({"base"})
_FULL_MODALS = _MODALS - {"to", "do", "does", "did"}
_NEVER_BEHIND_MODAL = _SMALL | _DETERMINERS | _NEGATIONS | _PERSONAL | _PLANNED
_BEFORE_PAST = BE | HAVE | _PERSONAL


#: What a Penn tag of a verb says of its form. Participles in -ing are left to the lexicons.
_FORMS_OF_TAG = {
    "VBD": frozenset({"past"}),
    "VBZ": frozenset({"s"}),
    "VBP": frozenset({"base"}),
    "VBN": frozenset({"participle"}),
    "VB": frozenset({"base"}),
    "VBG": frozenset({"ing"}),
}


def _is_noun(low: str, after: str) -> bool:
    """Whether a word tagged a verb is none: "..., activists said", "engines bound for Iran"."""
    if low in _NO_VERBS or (low not in FORMS and singular(low) in PEOPLE):
        return True
    return "past" in FORMS.get(after, ()) and after not in AMBIGUOUS


def tagged_verb(tokens: Sequence[Token], lows: Sequence[str], k: int, tags: Sequence[str]) -> bool:
    """Whether the tag of a word makes it a finite verb, or the participle of a passive or perfect."""
    if not tags or tags[k] not in _FORMS_OF_TAG or tokens[k].kind != "word" or not lows[k].isalpha():
        return False
    if tokens[k].capital or lows[k] in _AUXILIARIES or len(lows[k]) < 3:
        return False
    p = previous(lows, k)
    after = lows[k + 1] if k + 1 < len(lows) else ""
    modified = tags[k] == "VBZ" and tags[k + 1 : k + 2] == ["VBN"] and tags[k + 2 : k + 3] == ["NNS"]
    if _is_noun(lows[k], after) and not modified:  # "caps deployed warheads"
        return False
    if tags[k] == "VB":
        return k > 0 and lows[k - 1] == "to" and tags[k - 1] == "TO" and lows[k] not in AMBIGUOUS
    if tags[k] == "VBG":
        return k > 1 and lows[k - 1] in ("of", "for") and not _ACCUSED.isdisjoint(lows[max(0, k - 8) : k])
    if tags[k] == "VBN":
        return p >= 0 and (lows[p] in BE | HAVE or cut_short(lows, k, tags))
    if tags[k] == "VBP" and lows[k] in AMBIGUOUS and not (p >= 0 and is_plural(lows[p])):
        return False  # "the arms embargo on Iran"
    if p >= 0 and tokens[p].kind == "figure" and tags[k] == "VBD":
        return False  # "700 deployed missiles"
    return p >= 0 and lows[p] not in _DETERMINERS - {"that", "which", "what", "all", "both", "this"}


def cut_short(lows: Sequence[str], k: int, tags: Sequence[str]) -> bool:
    """Whether the tags make a participle behind a noun a clause cut short: "fighters backed by strikes"."""
    return (
        0 < k < len(tags) - 1
        and tags[k] == "VBN"
        and tags[k - 1].startswith("NN")
        and tags[k + 1] == "IN"
        and lows[k + 1] in _AFTER_PASSIVE
    )


def _behind_modal(tokens: Sequence[Token], lows: Sequence[str], k: int) -> bool:
    """Whether a word that no lexicon knows is a verb because "will" or the like stands before it."""
    if tokens[k].kind != "word" or tokens[k].capital:
        return False
    p = previous(lows, k)
    return (
        p >= 0
        and lows[p] in _FULL_MODALS
        and not tokens[p].capital  # the month, the name
        and lows[k] not in _NEVER_BEHIND_MODAL
        and not is_adverb(lows[k])
    )


def forms_at(
    tokens: Sequence[Token], lows: Sequence[str], k: int, tags: Sequence[str] = ()
) -> frozenset[str]:
    """Which forms of a verb a word can be; one in -ed that no lexicon knows is a past behind a subject."""
    low = lows[k]
    if low in FORMS:
        return FORMS[low]
    if tags and tagged_verb(tokens, lows, k, tags):
        return _FORMS_OF_TAG[tags[k]]
    if _behind_modal(tokens, lows, k):
        return _UNKNOWN_BASE
    if not low.endswith("ed") or len(low) < 5 or k == 0 or tokens[k].capital or tokens[k - 1].kind != "word":
        return frozenset()
    p = previous(lows, k)
    subject = p >= 0 and (tokens[p].capital or is_plural(lows[p]) or lows[p] in _BEFORE_PAST)
    return _UNKNOWN_PAST if subject and lows[p] not in _DETERMINERS else frozenset()


_PARTICLES = frozenset({"RP", "IN", "RB"})


def is_verb(
    tokens: Sequence[Token], lows: Sequence[str], k: int, forms: frozenset[str], tags: Sequence[str] = ()
) -> bool:
    """Whether a word that can be a form of a verb is one here, by the words around it."""
    low = lows[k]
    if tags and low in AMBIGUOUS and tags[k] in _PARTICLES:
        return False  # "holds down"
    p = previous(lows, k)
    before = lows[p] if p >= 0 else ""
    after = lows[k + 1] if k + 1 < len(lows) else ""
    if (
        tokens[k].capital
        and k > 0
        and tokens[k].key.isupper() is False
        and tokens[k - 1].kind == "word"
        and tokens[k - 1].capital
        and low in AMBIGUOUS
    ):
        return False
    nounlike_after = (
        bool(after)
        and tokens[k + 1].kind == "word"
        and after not in _SMALL
        and after not in _DETERMINERS
        and not is_adverb(after)
    )
    if low in AMBIGUOUS and k > 1 and lows[k - 2] == "test" and tokens[k - 1].key in HYPHENS:
        return bool(forms & {"past", "participle"})
    if low in AMBIGUOUS:
        if before in _MODALS or before in _PERSONAL or before in ("who", "which"):
            return not (before == "to" and p >= 1 and lows[p - 1] in ("due", "according", "response", "end"))
        if before == "," and "s" in forms and after in _DETERMINERS and any(t.key == "," for t in tokens[:p]):
            return True  # "The treaty, signed in Prague, limits each side"
        if (
            p < 0
            or tokens[p].kind != "word"
            or before in _DETERMINERS
            or before in _PREPOSITIONS
            or before in _CONJUNCTIONS
            or before == "'s"
        ):
            return bool(
                forms & {"past", "participle"}
                and before in ("and", "but")
                and (tokens[k + 1].kind == "figure" if after else False)
            )
        if "ing" in forms:
            return before in BE
        if (
            is_adverb(lows[k - 1])
            and "s" in forms
            and tokens[p].capital
            and lows[k - 1] not in ("more", "most")
        ):
            return True  # "the 40 that Russia already fields"
        objective = (
            after in _DETERMINERS or (bool(after) and tokens[k + 1].kind == "figure") or after == "that"
        )
        return (
            objective
            and not (
                tags and tags[k] in _NOUN_TAGS[tokens[p].capital] and tags[k + 1] == "DT"
            )  # "after the attack the army ..."
            and (
                tokens[p].capital
                or is_plural(before)
                or ("s" in forms and is_plural(low) and before not in FORMS)
            )
            if forms & {"s", "base", "past"}
            else False
        )
    if "ing" in forms and not forms & {"base", "s", "past"}:
        if (
            after == "of"
            or before in _DETERMINERS
            or before == "'s"
            or (before and tokens[p].kind == "figure")
        ):
            return False
        return before != "within"  # "within striking distance"
    if forms & {"past", "participle"}:
        if before in BE or before in HAVE or before in _PERSONAL:
            return True
        if (
            before in _DETERMINERS and before not in ("that", "which", "what", "all", "both", "this")
        ) or before == "'s":
            return False
        if before in _DETERMINERS and nounlike_after and tags and tags[k] in ("VBN", "JJ"):
            return False  # "all imprisoned Americans"
        if (
            p >= 0
            and tokens[p].kind == "figure"
            and (nounlike_after or adjectives_joined(tokens, k + 1, k + 8))
        ):
            return False  # "800 deployed and non-deployed launchers"
        if before in _PREPOSITIONS and before not in ("as", "than") and nounlike_after:
            return False
        if before == "" and nounlike_after:
            return False
        if low in ("enriched", "armed", "allied") and nounlike_after:
            return p >= 0 and p == k - 1 and tokens[p].capital
        return True
    # base or s form
    if before in _MODALS or before in _PERSONAL or before in ("who", "which", "that"):
        return not (before == "to" and "s" in forms and "base" not in forms)
    if before in _DETERMINERS or before in _PREPOSITIONS or before == "'s":
        return False
    if "base" in forms and after and tokens[k + 1].kind == "figure":
        return True  # a headline: "Army Kill 2 ..."
    if "base" in forms and "past" not in forms:
        return p >= 0 and (is_plural(before) or before in ("and", ",", "or", "not", "people"))
    return p >= 0 and tokens[p].kind == "word"
