"""Count in how many articles words stand: ``python training/train_idf.py ECB.jsonl FAKES.jsonl TREES ...``.

ECB.jsonl and FAKES.jsonl hold one article a line with its "text" (what ships: ECB+ and FA-KES); TREES are
Universal Dependencies files (.conllu or .conllu.xz) whose documents begin with "# newdoc" (UD English EWT
and the freely licensed genres of GUM, training parts). A word's weight is the natural logarithm of one over
the share of articles it stands in; the share is the mean of those in the three sources, or a war that fills
one of them would make its words common.

Words in fewer than RARE articles are left out, and so are words that only one source uses, unless OFTEN of
its articles do: they are the names and things of its stories, as rare anywhere else as those of any other
story. Counted, they would make the stories of these sources less alike than others are. Deterministic;
seconds.
"""

from __future__ import annotations

import argparse
import gzip
import json
import lzma
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.engine.stories import UNKNOWN, terms_of

#: Words that stand in fewer articles are left out: they weigh what an unknown word does.
RARE = 3
#: The share of one source's articles that makes a word common there.
OFTEN = 0.12


def articles(path: Path) -> Iterator[str]:
    """The texts of a JSON-lines file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                row = json.loads(line)
                yield f"{row.get('title', '')}\n{row['text']}"


def documents(paths: Iterable[Path]) -> Iterator[str]:
    """The texts of the documents of CoNLL-U files."""
    for path in paths:
        packed = path.read_bytes()
        told: list[str] = []
        for line in (
            (lzma.decompress(packed) if path.suffix == ".xz" else packed).decode("utf-8").splitlines()
        ):
            if line.startswith("# newdoc id"):
                if told:
                    yield " ".join(told)
                told = []
            elif line.startswith("# text = "):
                told.append(line.removeprefix("# text = "))
        if told:
            yield " ".join(told)


def table(sources: Iterable[Iterable[str]]) -> str:
    """The text of a weights file: a stem and its weight a line. ValueError if a source is empty."""
    counted = []
    for source in sources:
        texts = [*source]
        if not texts:
            raise ValueError("a source without articles")
        counted.append((Counter(term for text in texts for term in terms_of(text)), len(texts)))
    lines = []
    for term in sorted(set().union(*(counts for counts, _ in counted))):
        shares = [counts[term] / size for counts, size in counted]
        told = sum(counts[term] for counts, _ in counted)
        if told >= RARE and (sum(share > 0 for share in shares) > 1 or max(shares) >= OFTEN):
            lines.append(f"{term}\t{min(math.log(len(shares) / sum(shares)), UNKNOWN):.2f}\n")
    return "".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ecb", type=Path)
    parser.add_argument("fakes", type=Path)
    parser.add_argument("trees", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("claims/engine/weights/idf.txt.gz"))
    options = parser.parse_args()
    text = table((articles(options.ecb), articles(options.fakes), documents(options.trees)))
    options.out.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{text.count(chr(10))} words, {options.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
