"""Several outlets, one origin: they carry one text or one interview, and count as one source.

Shared passages (five words in a row, at least 25 % of the shorter text, or 20 % where both credit one agency;
what an outlet prints in many of its articles left out) show a copy; the same person's words told to the same
agency show one interview. A wire credit alone is neither. Where an agency is credited it is low: to print an
agency's story is no fault, but the outlets must not be counted one by one, and no count of the program does.
Where three outlets or more carry a text and none of them says whose it is, it is medium: the story looks
confirmed and is not.

Example: three outlets report a plan, and all three print the same agency story.

What would clear it: a passage of the article's own reporting on the claim at hand, from another source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from claims.engine.checks.evidence import quoted
from claims.engine.checks.registry import check
from claims.engine.citing import credited
from claims.engine.independence import counted_origins
from claims.engine.origins import INTERVIEW
from claims.engine.records import Finding, OriginGroup, OriginLink, Severity
from claims.engine.wording import listed, words

_SHOWN = 4
#: Outlets that make a story look confirmed.
_MANY = 3
#: Links shown: enough to see why; of a story that half the press prints there are thousands.
_LINKS = 50


@check(id="single_origin", name="One origin", over="origin")
def single_origin(origin: OriginGroup) -> Iterator[Finding]:
    names = sorted({*origin.outlets, *(a.outlet for a in origin.articles)})
    if len(names) < 2:
        return
    closest = sorted(origin.links, key=lambda row: (-row[2].containment, row[0], row[1]))
    links = [link for _, _, link in closest]
    wires = Counter(link.wire for link in links if link.wire)
    wire = min(wires, key=lambda x: (-wires[x], x)) if wires else None
    passages = sorted({p for link in links for p in link.passages}, key=lambda p: (-len(words(p)), p))[
        :_SHOWN
    ]
    containment = max((link.containment for link in links), default=0.0)
    named = listed(
        names if len(names) <= _SHOWN else [*names[: _SHOWN - 1], f"{len(names) - _SHOWN + 1} more"]
    )
    because = _because(links, wire, passages, containment)
    who = "both" if len(names) == 2 else "they"
    yield Finding(
        check="single_origin",
        severity=Severity.MEDIUM if _looks_confirmed(origin, names, links) else Severity.LOW,
        subject="origin",
        summary=f"{len(names)} outlets, {counted_origins(1)}: {named} count once; {who} {because}.",
        articles=tuple(a.key for a in origin.articles),
        evidence={
            "outlets": names,
            "origins": 1,
            "wire": wire,
            "passages": passages,
            "containment": containment,
            "links": [
                {
                    "articles": [a, b],
                    "kind": link.kind,
                    "containment": link.containment,
                    "reasons": list(link.reasons),
                    "wire": link.wire,
                }
                for a, b, link in closest[:_LINKS]
            ],
        },
        clears="It clears for a claim on which one of the outlets has reporting of its own.",
        basis=(
            "at least a quarter of the shorter text's five-word passages stand in the other (a fifth where "
            "both credit one agency), or the same quotations are told to the same agency"
        ),
    )


def _looks_confirmed(origin: OriginGroup, names: list[str], links: list[OriginLink]) -> bool:
    """Whether a reader would take the outlets for so many sources: three or more, and no agency credited."""
    if len(names) < _MANY or any(link.wire for link in links):
        return False
    return not any(credited(article) for article in origin.articles)


def _because(links: list[OriginLink], wire: str | None, passages: list[str], containment: float) -> str:
    said = []
    if wire:
        reasons = [reason for link in links if link.wire == wire for reason in link.reasons]
        interview = any(reason.startswith(INTERVIEW) for reason in reasons)
        said.append(f"carry the same {wire} {'interview' if interview else 'story'}")
    if passages:
        said.append(f"share passages word for word, such as {quoted(passages[0])}")
    elif not wire:
        said.append(f"share {containment:.0%} of the shorter text word for word")
    return " and ".join(said)
