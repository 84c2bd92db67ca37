"""How fast the engine reads beside two known readers of numbers: ``python benchmarks/speed.py DATA``.

DATA is a file of sentences in the format of NewsQuant (JSON rows with "text") or a text file, one sentence a
line. quantulum3 and Microsoft Recognizers-Text are installed from the package index into virtual environments
in a temporary folder, each its own, removed at the end; they are no part of this program. Every reader is a
process that reads the same sentences, one at a time; readers take turns, round by round, because a machine is
not equally busy all the time. Shown are the best round's sentences per CPU-second, the ratio to ours and the
most memory used. Exits with 2 where a reader could not be installed (without a network, say), after showing
the others.

``--memory ARTICLES.jsonl`` measures something else: how long a process takes from nothing to its first
claims, what that costs in memory, and the most it uses over all articles of a file (JSON lines with "text").

    engine: quantities   numbers with their units and what they count
    engine: whole        all claims: who does what, credits, times, quotations
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

#: What a reader's process runs after its own opening: it answers every line "go" with seconds and memory.
_LOOP = """
import json, resource, sys, time
sentences = json.load(open(sys.argv[1], encoding="utf-8"))[: int(sys.argv[2])]
for text in sentences[:5]:
    read(text)
print("ready", flush=True)
for line in sys.stdin:
    began = time.process_time()
    for text in sentences:
        read(text)
    spent = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([len(sentences) / spent, memory]), flush=True)
"""

_ENGINE = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
"""

_OPENINGS = {
    "engine: quantities": _ENGINE
    + """
from claims.engine.article import read_article
def read(text):
    return [s.readings for s in read_article(text, None, credited=False).sentences]
""",
    "engine: whole": _ENGINE
    + """
from claims.engine.extract import extract
read = extract
""",
    "quantulum3": """
from quantulum3 import parser
read = parser.parse
""",
    "Recognizers-Text": """
from recognizers_text import Culture
from recognizers_number import recognize_number
from recognizers_number_with_unit import recognize_currency, recognize_dimension
from recognizers_number import recognize_percentage
def read(text):
    for recognise in (recognize_number, recognize_percentage, recognize_currency, recognize_dimension):
        recognise(text, Culture.English)
""",
}
#: What the process that measures memory runs: the start, then every article once, weights all loaded.
_MEMORY = (
    _ENGINE
    + """
import json, resource, sys, time
def used():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
bare, began = used(), time.process_time()
from claims.engine.extract import extract
from claims.engine.sentences import paragraphs, sentences
extract("Norway will buy 12 newly built coastal radars next year, the ministry said.")
started, first = time.process_time() - began, used()
articles = size = claims = read = 0
spent = 0.0
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        text = json.loads(line)["text"]
        began = time.process_time()
        claims += len(extract(text, title=text[:80]))
        spent += time.process_time() - began
        read += sum(len(list(sentences(text, p))) for p in paragraphs(text))
        articles, size = articles + 1, size + len(text)
print(json.dumps([bare, started, first, articles, size, claims, read / spent, used()]))
"""
)

#: What is installed for each. quantulum3 runs without its classifier, whose pickled weights need an old
#: scikit-learn; the suite of Recognizers-Text does not say that it needs an old emoji package.
_PACKAGES = {
    "quantulum3": ["quantulum3", "setuptools<81"],
    "Recognizers-Text": ["recognizers-text-suite", "emoji<2", "setuptools<81"],
}
#: Sentences per round: Recognizers-Text reads some sixteen a second.
_SLOW = 40


def installed(name: str, folder: Path) -> Path | None:
    """A Python with the reader installed, or None where that failed (the reason is printed)."""
    place = folder / name.lower()
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    done = subprocess.run(
        [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *_PACKAGES[name]],
        capture_output=True,
        text=True,
    )
    if done.returncode == 0:
        return python
    last = done.stderr.strip().splitlines()[-1:] or ["no message"]
    print(f"{name} could not be installed (is there a network?): {last[0]}", file=sys.stderr)
    return None


class Reader:
    """A process that reads all sentences each time it is told to."""

    def __init__(self, name: str, python: Path, data: Path, most: int) -> None:
        self.name, self.best, self.memory = name, 0.0, 0.0
        self.process = subprocess.Popen(
            [python, "-W", "ignore", "-c", _OPENINGS[name] + _LOOP, str(data), str(most)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": "0"},
        )

    def answer(self) -> str:
        """Its next line. Exits with its message where it has died."""
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.name} stopped: {self.process.stderr.read().strip()[-800:]}")
        return line

    def round(self) -> None:
        """Read all sentences once."""
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        speed, memory = json.loads(self.answer())
        self.best, self.memory = max(self.best, speed), max(self.memory, memory)

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=30)


def sentences_of(path: Path) -> list[str]:
    """The sentences of a file of either format."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".json":
        return [line.strip() for line in text.splitlines() if line.strip()]
    rows: list[dict[str, Any]] = json.loads(text)
    return [row["text"] for row in rows]


def memory(path: Path, most: float) -> int:
    """Show the start and the memory of a process that reads all articles of a file; 1 if above ``most``."""
    done = subprocess.run([sys.executable, "-c", _MEMORY, str(path)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"the reading process stopped: {done.stderr.strip()[-800:]}")
    bare, started, first, articles, size, claims, speed, peak = json.loads(done.stdout)
    print(f"from nothing to the first claims: {started:.2f} CPU seconds, {first - bare:.0f} MB")
    print(f"{articles} articles, {size / 1e6:.1f} MB of text, {claims} claims")
    print(f"{speed:,.0f} sentences per CPU-second, whole engine")
    print(f"most memory used: {peak:.0f} MB (bar {most:.0f})")
    return int(peak > most)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--memory", type=Path, metavar="ARTICLES.jsonl", help="measure start and memory")
    parser.add_argument("--most", type=float, default=300, help="megabytes the engine may use")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--ours", action="store_true", help="leave the other readers out")
    arguments = parser.parse_args()
    if arguments.memory is not None:
        sys.exit(memory(arguments.memory, arguments.most))
    if arguments.data is None or not arguments.data.is_file():
        sys.exit(f"{arguments.data}: no such file")
    sentences = sentences_of(arguments.data)
    missing = False
    with tempfile.TemporaryDirectory(prefix="speed-") as temporary:
        folder = Path(temporary)
        data = folder / "sentences.json"
        data.write_text(json.dumps(sentences), encoding="utf-8")
        pythons: dict[str, Path | None] = {
            "engine: quantities": Path(sys.executable),
            "engine: whole": Path(sys.executable),
        }
        for name in () if arguments.ours else _PACKAGES:
            pythons[name] = installed(name, folder)
            missing = missing or pythons[name] is None
        readers = []
        for name, python in pythons.items():
            if python is not None:
                readers.append(
                    Reader(name, python, data, _SLOW if name == "Recognizers-Text" else len(sentences))
                )
        for reader in readers:
            reader.answer()
        for _ in range(arguments.rounds):
            for reader in readers:
                reader.round()
        for reader in readers:
            reader.close()
        ours = readers[0].best
        print(f"{len(sentences)} sentences, {arguments.rounds} rounds in turns, best of each")
        print(f"{'':20} {'sentences/CPU-s':>16} {'ours is faster by':>18} {'memory, MB':>11}")
        for reader in readers:
            print(
                f"{reader.name:20} {reader.best:16,.0f} {ours / reader.best:17,.1f}x {reader.memory:11,.0f}"
            )
    sys.exit(2 if missing else 0)


if __name__ == "__main__":
    main()
