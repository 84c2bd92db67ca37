"""Several outlets, one origin: they carry one text or one interview, and count as one source.

Shared passages (five words in a row, at least 30 % of the shorter text) show a copy; the same person's
words told to the same agency show one interview. A wire credit alone is neither.

Example: three outlets report a plan, and all three print the same agency story.

What would clear it: a passage of the article's own reporting on the claim at hand, from another source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from claims.engine.checks.evidence import quoted
from claims.engine.checks.registry import check
from claims.engine.records import Finding, OriginGroup, Severity
from claims.engine.wording import listed, words

_SHOWN = 4


@check(id="single_origin", name="One origin", over="origin")
def single_origin(origin: OriginGroup) -> Iterator[Finding]:
    names = sorted({a.outlet for a in origin.articles})
    if len(names) < 2:
        return
    links = [link for _, _, link in origin.links]
    wires = Counter(link.wire for link in links if link.wire)
    wire = min(wires, key=lambda x: (-wires[x], x)) if wires else None
    interview = wire and any(link.wire == wire and link.kind == "interview" for link in links)
    passages = sorted({p for link in links for p in link.passages}, key=lambda p: (-len(words(p)), p))[
        :_SHOWN
    ]
    containment = max((link.containment for link in links), default=0.0)
    named = listed(
        names if len(names) <= _SHOWN else [*names[: _SHOWN - 1], f"{len(names) - _SHOWN + 1} more"]
    )
    because = []
    if wire:
        because.append(f"{'both' if len(names) == 2 else 'they'} carry the same {wire} interview")
    if passages:
        because.append(f"share passages word for word, such as {quoted(passages[0])}")
    elif not wire:
        because.append(f"share {containment:.0%} of the shorter text word for word")
    if not wire:
        because[0] = f"{'both' if len(names) == 2 else 'they'} {because[0]}"
    yield Finding(
        check="single_origin",
        # A named agency is an honest copy; an unnamed one leaves a reader to count the outlets.
        severity=Severity.LOW if wire or interview else Severity.MEDIUM,
        subject="origin",
        summary=f"{len(names)} outlets, 1 origin: {named} are not independent; {' and '.join(because)}.",
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
                for a, b, link in origin.links
            ],
        },
        clears="It clears for a claim on which one of the outlets has reporting of its own.",
        basis=(
            "at least .3 of the shorter text's five-word passages stand in the other, or the same quotations "
            "are told to the same agency"
        ),
    )
