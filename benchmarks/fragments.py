# ruff: noqa: E501 (a table of fragments)
"""That the engine's time grows no faster than its input: ``python benchmarks/fragments.py``.

Every fragment ("hundred thousand", commas, nested quotation marks, emoji ...) and a number of random mixtures of
them is repeated until it fills 100 kB, and ``extract`` reads the whole; the slowest are read again at 25 kB and
400 kB. A ratio near 4 between neighbouring sizes is linear, near 16 quadratic. Then pieces are shuffled, which
nothing recognises as a loop, and compared with prose of the same length (the sample stories). Exits with 1 where
100 kB of a loop took more CPU time than ``--most`` (by default 100 ms), noise took more than ``--noise`` times as
long as prose (by default 3), or a ratio is above ``--ratio``.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.engine.extract import extract

ROOT = Path(__file__).resolve().parent.parent
KB = 1000
_TAG = re.compile(r"<[^>]*>")
DAY = date(2021, 5, 3)

#: What text can degenerate to; each is repeated.
FRAGMENTS = (
    "1", "12 ", "1,", "1, ", "1,234,", "1 234 ", "1.", "1. ", "0.1", "1-", "1 - 2 ", "1–2–", "1/2/", "1:2:", "9" * 40,
    "9" * 40 + " ", "1\u00a0234\u00a0", "١٢٣ ", "１２ ", "½ ", "²", "1st ", "3rd of May ", "10 ", "10% ", "10 percent ",
    "10 to ", "10-", "5 and ", "between 5 and ", "from 5 to ", "$", "$1 ", "$1bn ", "€ ", "£3m-a-year ", "10 million ",
    "hundred thousand ", "hundred", "million ", "one ", "one two ", "twenty-", "a ", "half ", "half a ", "a third of ",
    "one in five ", "one in ", "dozens of ", "hundreds of ", "more than ", "at least ", "up to ", "as many as ",
    "almost ", "about 10 ", "not ", "no ", "nearly ", "per ", "10 km per ", "times ", "twice as many as ", "doubled ",
    ",", ", ", ".", ". ", "...", "… ", "!", "? ", ";", "; ", ":", ": ", "-", "- ", "—", " — ", "/", "\\", "|", "| ",
    "_", "=", "+", "*", "#", "&", "%", "% ", "@", "<", ">", "<a ", "~", "^", "'", "' ", '"', '" ', "“", "”", "“ ", "” ",
    "‘", "’", "‘ ", "’ ", "“‘", "«", "»", "“a ” ", "“we are ready” ", "'s ", "a's ", "(", "((", "( ", ")", "()", "(a) ",
    "[", "]", "[1]", "{", "}", "\n", "\n\n", "\r\n", " ", "\t", "\u2028", "\u00a0", "\u200b", "\u200e", "\u202a\u202c",
    "\u2066a\u2069", "\ufeff", "\u00ad", "a\u0301", "\u0301", "e\u0301\u0327\u0323 ", "🚀", "🚀 ", "👨‍👩‍👧 ", "\U0001f1fa\U0001f1f8",
    "中", "م", "ﬁ", "ß", "İ", "a", "ab ", "A", "A ", "AB ", "Ab ", "aA", "Smith ", "New ", "New York ", "U.S. ", "U.S.",
    "a.", "a. ", "A. ", "A. B. ", "Mr. ", "Gen. ", "e.g. ", "US ", "the US ", "Russia ", "Russia, ", "Russian ",
    "Washington and Moscow ", "the Pentagon ", "President ", "President Joe Biden ", "Maria Zakharova ", "al-",
    "van der ", "de ", "Mc", "S-400 ", "F-16", "New START ", "the ", "and ", "or ", "and and, ", "of ", "of the ",
    "the of ", "in ", "to ", "to be ", "by ", "by the ", "for ", "on ", "with ", "that ", "which ", "who ", "if ",
    "including ", "including 10 ", "such ", "its ", "it ", "he ", "he said ", "said ", "said that ", "told ", "told X ",
    '" said ', "according to ", "reported ", "was reported to have ", "expelled ", "expelled by ", "Russia expelled 10 ",
    "will ", "would have ", "has ", "is ", "were ", "killed ", "destroyed the ", "to destroy ", "sign and ", "missiles ",
    "missiles and ", "10 missiles and ", "10 missiles, ", "10 of the ", "10 of them ", "tanks with ", "nuclear ",
    "weapons-grade ", "non-", "re-", "-a-", "ed ", "ly ", "quickly ", "ing ", "bombing ", "May ", "May 3, ", "March ",
    "Monday ", "on Monday ", "on Monday, ", "last ", "last week ", "last week of ", "early ", "the end of ", "in 2021 ",
    "2021 ", "2021-", "2021-05-", "May 2021 to ", "days ", "10 days ", "10 days ago ", "10 years and ", "a few ",
    "years old ", "3:15 pm ", "first ", "the first ", "second ", "tenth ", "No. ", "No. 1 ", "Article ", "Article 5 ",
    "page 3 ", "http://", "http://a.b/c?d=1&", "a@b.c ", "www.", "a" * 3000 + " ", "-" * 3000 + " ", "1" * 3000 + " ",
    "A-b-", "a-b ", "co-", "12-year-old ", "10-year ", "M1A2 ", "x1", "1x", "1km ", "10km/h ", "5° ", "10 sq ", "10 kg of ",
    "20 per cent enriched uranium ", "enriched to 60% ", "a “b ‘c ", "\"a 'b ", "said: \"", "“10 ", "(10) ", "(10 ",
    "Country | 2023 | 2024\n", "Warheads: 1,550\n", "- 12 launchers\n", "1. Russia\n", "• 10\n", "10\n", "a\n", "A\nb\n",
    "The treaty. ", "It. ", "10. ", "Yes. No. ", "Russia said. ", "“Yes.” ", "a,b,", "1,b,", "x 10 y ", "10 Xs ",
    "Russia says it ", "officials said ", "a senior official said ", "the diplomat ", "the minister said ",
)  # fmt: skip


def measured(text: str) -> float:
    """CPU seconds ``extract`` takes for ``text``; the better of two where the first was slow."""
    spent = []
    for _ in range(2):
        began = time.process_time()
        extract(text, published=DAY, title=text[:100])
        spent.append(time.process_time() - began)
        if spent[0] < 0.05:
            break
    return min(spent)


def filled(fragment: str, size: int) -> str:
    """``fragment`` over and over, ``size`` characters in all."""
    return (fragment * (size // len(fragment) + 1))[:size]


def shuffled(pieces: tuple[str, ...], size: int) -> str:
    """The pieces in random order, the same each time, ``size`` characters in all."""
    chance = random.Random(1)
    return "".join(chance.choices(pieces, k=size // min(map(len, pieces)) + 1))[:size]


#: Mixtures that are no loop; the last are all letters and signs, and all fragments.
SHUFFLED = (
    ("1", ","), ("1", ".", ","), ("1", "-", " "), ("10\n", "a\n"), ("A\n", "b\n", "1\n"), ("1\n", ",\n"), ("\n", "1"),
    ("10\n", "Russia\n", "a b\n"), ("a | ", "10 | ", "\n"), ("and ", "10 "), ("(", ")", "[", "]", "a "), ("(10 ", "a) ", "[1]"),
    ("“", "”", "a "), ("“a ", "b” "), ("‘", "’", "“", "”", "a ", " said "), ('"', "a ", " "), ("“a” ", "said ", "Smith ", ". "),
    ("said ", "he "), ("said. ", "He ", "told ", "it "), ("said ", "Smith ", "that "), ("Smith: ", "10 ", "said: ", "“a” "),
    ("told ", "Smith ", "according ", "to ", "officials ", "Reuters "), ("It said. ", "He denied it. "),
    ("US ", "Russia "), ("Smith ", "John ", "Mary ", "New ", "York "), ("A ", "B ", "C. "), ("Smith said. ", "John Smith said. ", "Mary "),
    ("one ", "two ", "hundred ", "and ", "a ", "million "), ("twenty", "-", "one", " "), ("one ", "in ", "five ", "of ", "the "),
    ("10 missiles ", "and "), ("10 ", "new ", "nuclear ", "missiles ", "tanks ", "deployed "), ("including ", "10 ", "of them ", "missiles, "),
    ("expelled ", "by "), ("expelled ", "Russia ", "10 diplomats ", "by "), ("Russia expelled 10. ", "It said so. "),
    ("May ", "3 ", "2021 ", "on ", ", "), ("last ", "week ", "Monday ", "the ", "of "), ("2021-", "05-", "03", "/", " "),
    ("\u202a", "\u202c"), ("$", "10 "), ("10 ", "to ", "from ", "between ", "and ", "-"), ("first ", "second ", "the ", "tenth ", "No. "),
    tuple(chr(c) for c in range(32, 127)), tuple(f for f in FRAGMENTS if len(f) < 100),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--random", type=int, default=150, help="how many random pairs and triples")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=15, help="how many of the slowest to show")
    parser.add_argument("--most", type=float, default=0.1, help="CPU seconds that 100 kB may take")
    parser.add_argument("--noise", type=float, default=3, help="how much longer than prose noise may take")
    parser.add_argument("--ratio", type=float, default=6.5, help="how much four times the text may cost")
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    mixed = [
        "".join(chance.choices(FRAGMENTS, k=chance.choice((2, 2, 3, 5)))) for _ in range(arguments.random)
    ]
    extract("Warm up: 1 of 2 missiles.", published=DAY)
    taken = sorted(((measured(filled(f, 100 * KB)), f) for f in (*FRAGMENTS, *mixed)), reverse=True)
    print(f"{len(taken)} fragments; the slowest of 100 kB:")
    print(f"{'25 kB':>8} {'100 kB':>8} {'400 kB':>8}  {'ratios':>11}  fragment")
    worst = 0.0
    for spent, fragment in taken[: arguments.show]:
        small, large = measured(filled(fragment, 25 * KB)), measured(filled(fragment, 400 * KB))
        growth = large / spent
        worst = max(worst, growth)
        shown = fragment if len(fragment) < 60 else f"{fragment[:50]}... ({len(fragment)})"
        print(
            f"{small * 1000:6.0f}ms {spent * 1000:6.0f}ms {large * 1000:6.0f}ms  "
            f"{spent / max(small, 1e-4):5.1f} {growth:5.1f}  {shown!r}"
        )
    over = [f for spent, f in taken if spent > arguments.most]
    print(
        f"{len(over)} over {arguments.most * 1000:.0f} ms; median {taken[len(taken) // 2][0] * 1000:.0f} ms"
    )
    slowest = noise(arguments.show)
    sys.exit(bool(over) or worst > arguments.ratio or slowest > arguments.noise)


def prose(size: int) -> str:
    """The bodies of the sample stories one after another, ``size`` characters in all."""
    pages = sorted((ROOT / "claims" / "samples").glob("*/*.html"))
    bodies = [_TAG.sub(" ", page.read_text("utf-8").partition("<body")[2]) for page in pages]
    return filled("\n\n".join(bodies), size)


def noise(show: int) -> float:
    """Read every shuffled mixture beside prose; how many times as long as prose the slowest took."""
    ordinary = measured(prose(100 * KB))
    print(f"shuffled, no loop, 100 kB each; prose takes {ordinary * 1000:.0f} ms:")
    taken = sorted(((measured(shuffled(p, 100 * KB)) / ordinary, p) for p in SHUFFLED), reverse=True)
    for times, pieces in taken[:show]:
        shown = f"{len(pieces)} fragments" if len(pieces) > 6 else " | ".join(map(repr, pieces))
        print(f"{times * ordinary * 1000:6.0f}ms {times:5.1f} times prose  {shown}")
    return taken[0][0]


if __name__ == "__main__":
    main()
