"""How fast Despatch is, beside docxtpl printing the same words: `make bench` prints the README's tables.

Bars are ratios to what is timed beside us on the same machine, so they hold on any; nothing here fails on time.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from tests.bench.library import long_brief, many_briefs
from tests.bench.timing import Command, measured

ROOT = Path(__file__).parents[2]
PYTHON = Path(sys.executable)
DESPATCH = PYTHON.with_name("despatch")
LORDS = "lords-2022-12-08-childrens-social-care"
SIZES = (1_000, 2_500, 5_000, 10_000)
IN_ONE = 5_000
MANY = 95
LEVEL = 1.2
"""The bar for time that should grow with the number of blocks alone: what it may grow by besides."""


class Comparison(NamedTuple):
    """Our command, the peer's for the same work, and the bars: a ratio of times, and our peak memory in MiB."""

    name: str
    ours: Command
    peer: Command
    ratio: float
    memory: float | None = None

    def row(self, runs: int) -> str:
        """A row of the table."""
        ours, peer = measured((self.ours, self.peer), runs)
        ratio = ours.seconds / peer.seconds
        met = ratio <= self.ratio and ours.memory <= (self.memory or ours.memory)
        bar = f"{self.ratio:.2f}" + (f", {self.memory:.0f} MiB" if self.memory else "")
        cells = (f"{ours.seconds:.3f}", f"{peer.seconds:.3f}", f"{ratio:.2f}", f"{ours.memory:.0f}", bar)
        return f"| {self.name} | {' | '.join(cells)} | {'yes' if met else 'no'} |"


def beside_docxtpl(work: Path, ours: Command) -> Command:
    """docxtpl's command for the documents that ours prints in `work/ours`, once both print the same words."""
    for folder in ("ours", "peer", "out"):
        (work / folder).mkdir(parents=True)
    peer = (PYTHON, Path(__file__).with_name("peer.py"))
    render = Command((*peer, "render", work / "peer", work / "out"), ours.folder)
    compare = (*peer, "compare", work / "ours", work / "out")
    for step in (ours, Command((*peer, "prepare", work / "ours", work / "peer"), work), render, Command(compare, work)):
        subprocess.run(step.arguments, cwd=step.folder, stdout=subprocess.DEVNULL, check=True)
    return render


def comparisons(work: Path) -> Iterator[Comparison]:
    """What is timed beside a peer."""
    one = Command((DESPATCH, "build", LORDS, "--to", "docx", "--out", work / "one" / "ours"), ROOT)
    yield Comparison("the Lords briefing to Word", one, beside_docxtpl(work / "one", one), 1, 45)
    (work / "long").mkdir()
    name = long_brief(ROOT, work / "long", 500)
    long = Command((DESPATCH, "build", name, "--to", "docx", "--out", work / "500" / "ours"), work / "long")
    yield Comparison("a briefing of 500 positions to Word", long, beside_docxtpl(work / "500", long), 0.25)
    (work / "many").mkdir()
    names = many_briefs(ROOT, work / "many", MANY)
    many = Command((DESPATCH, "build", *names, "--to", "docx", "--out", work / "95" / "ours"), work / "many")
    yield Comparison(f"{MANY} such briefings in one process", many, beside_docxtpl(work / "95", many), 0.2)
    whole = Command((DESPATCH, "build", LORDS, "--out", work / "one" / "all"), ROOT)
    check = Command((DESPATCH, "check"), ROOT)
    yield Comparison("`despatch check` of all that is here, beside building the Lords briefing", check, whole, 2)
    bare = Command((PYTHON, "-c", "import docx"), work)
    yield Comparison("`despatch --help`, beside `import docx`", Command((DESPATCH, "--help"), work), bare, 1)


def checks(work: Path, runs: int) -> Iterator[str]:
    """The table of `despatch check` on ever larger libraries, and on one that is a single file."""
    folders = [work / f"check-{size}" for size in (*SIZES, "file")]
    for folder, size in zip(folders, (*SIZES, IN_ONE), strict=True):
        folder.mkdir()
        in_a_file = size if folder is folders[-1] else 20
        making = (PYTHON, "-m", "tests.bench.library", folder, str(size), str(in_a_file))
        subprocess.run(making, cwd=ROOT, check=True)  # apart, so that this process stays small: see `timing`
    *costs, single = measured([Command((DESPATCH, "check"), folder) for folder in folders], runs)
    shares = [cost.seconds / size * 1000 for cost, size in zip(costs, SIZES, strict=True)]
    yield "| blocks | `despatch check`, s | s per 1,000 blocks | peak MiB |\n|--:|--:|--:|--:|"
    for size, cost, share in zip(SIZES, costs, shares, strict=True):
        yield f"| {size:,} | {cost.seconds:.2f} | {share:.3f} | {cost.memory:.0f} |"
    yield f"\nA block among {SIZES[-1]:,} takes {_level(shares[-1] / shares[0])} what one among {SIZES[0]:,} takes."
    many = costs[SIZES.index(IN_ONE)].seconds
    yield f"{IN_ONE:,} blocks in one file take {_level(single.seconds / many)} what they take in files of twenty."


def _level(ratio: float) -> str:
    return f"{ratio:.2f} times (bar {LEVEL}: {'met' if ratio <= LEVEL else 'not met'})"


def main() -> None:
    """Print the tables, each row as it is ready."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="three runs of each in place of eleven")
    runs = 3 if parser.parse_args().quick else 11
    print(f"Medians of {runs} cold runs in turn: Python {platform.python_version()}, {platform.system()}, ", end="")
    print(
        f"{platform.machine()}. The peer is docxtpl {version('docxtpl')}: it reads the same seeds, gets the words already"
    )
    print("resolved, and has our own Word file as its template. Both print the same words in the same order.\n")
    print("| command | Despatch, s | peer, s | ratio | peak MiB | bar | met |\n|---|--:|--:|--:|--:|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for comparison in comparisons(Path(folder)):
            print(comparison.row(runs), flush=True)
        print()
        for line in checks(Path(folder), runs):
            print(line, flush=True)


if __name__ == "__main__":
    main()
