"""Who is credited with what over a whole article: sentence by sentence, so that "she added" and "the diplomat
said" find the speaker before; and who says a quotation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claims.engine.article import Article, Credit, Sentence
from claims.engine.crediting import credits_of
from claims.engine.names import Mention
from claims.engine.quotations import Quotation
from claims.engine.records import Attribution, Mode

#: Sentences after which "it" no longer means the state that acted.
_IT_REACHES = 2


def credit_all(article: Article) -> None:
    """Fill in the credits of every sentence, and who and what was named last before each."""
    speaking: str | None = None
    institution: str | None = None
    agent: Mention | None = None
    agent_at = -9
    acted: str | None = None
    acted_at = -9
    bodies: list[Mention] = []
    owner: Mention | None = None
    for sentence in article.sentences:
        sentence.speaking, sentence.institution = speaking, institution
        sentence.agent = agent if sentence.at - agent_at <= _IT_REACHES else None
        sentence.last_body = (*bodies[-4:], *(m for m in sentence.mentions if m.kind == "body"))[-6:]
        sentence.owner = owner
        sentence.he = acted if acted and acted_at == sentence.at - 1 else speaking or acted
        sentence.credits = credits_of(article, sentence)
        for credit in sentence.credits:
            if credit.attribution.source in article.people.by_name:
                speaking = credit.attribution.source
            elif credit.attribution.source is not None:
                institution = credit.attribution.source
            elif not credit.attribution.document and (credit.attribution.source_text or "").lower() not in (
                "it",
                "they",
                "he",
                "she",
            ):
                speaking = acted = None  # somebody without a name has spoken since
        one = _acting_person(sentence)
        if one is not None:
            acted, acted_at = one, sentence.at
        acting = _agent(sentence)
        if acting is not None:
            agent, agent_at = acting, sentence.at
        bodies = [*bodies[-4:], *(m for m in sentence.mentions if m.kind == "body")]
        # Of several people the one named first is mostly the subject, and so the one "his" points to.
        owner = next(
            (m for m in sentence.mentions if m.kind == "person" and m.party and not _is_quoted(sentence, m)),
            owner,
        )


def _acting_person(sentence: Sentence) -> str | None:
    """The one person who is the subject of the first verb of a sentence: whom "he" means in the next."""
    for p in sentence.predicates:
        if p.subject is None:
            continue
        people = [m for m in sentence.within(*p.subject) if m.kind == "person"]
        return people[0].name if len(people) == 1 and people[0].last >= p.subject[1] - 1 else None
    return None


def _agent(sentence: Sentence) -> Mention | None:
    """The state, group or body that is the subject of the first verb of a sentence, and that alone."""
    for p in sentence.predicates:
        if p.subject is None:
            continue
        named = [m for m in sentence.within(*p.subject) if m.kind in ("state", "capital", "group", "body")]
        whole = named and named[-1].last == p.subject[1] and p.subject[1] - named[0].first <= 6
        return named[-1] if whole and len(named) == 1 else None
    return None


def _is_quoted(sentence: Sentence, m: Mention) -> bool:
    at = sentence.tokens[m.first].start
    return any(q.outer.start <= at < q.outer.end for q in sentence.quoted)


# ------------------------------------------------------------------ speakers of quotations


def speaker_of(
    article: Article, quotation: Quotation, sentences: Sequence[Sentence]
) -> tuple[Attribution, Credit | None]:
    """Who says a quotation, from the sentences it touches: a credit beside it, or nobody."""
    credits = [
        credit
        for sentence in sentences
        for credit in sentence.credits
        if credit.attribution.cue != "according to" or credit.attribution.source
    ]
    if not credits:
        return Attribution(Mode.DIRECT, span=None), None
    # "According to Reuters, X said": X speaks; without another, whoever it is according to does.
    best = max(credits, key=lambda c: (c.attribution.cue != "according to", bool(c.attribution.source)))
    return replace(best.attribution, mode=Mode.DIRECT), best
