"""How long `despatch uses` takes where many briefs share a large library.

python -m tests.bench.uses [BRIEFS] [BLOCKS], in the example workspace: 500 briefs of 20 blocks each over 10,000
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path

from tests.bench.library import BRIEF, RECORDS, Entry, entries, grown, repeated
from tests.bench.timing import Command, measured

ROOT = Path(__file__).parents[2]
IN_A_BRIEF = 20
ASKED = (
    ("a block of one brief", ("uses", "{block}")),
    ("a fact", ("uses", "children-in-care")),
    ("a source that most briefs cite", ("uses", "social-care-review")),
    ("a term", ("uses", "SGO")),
    ("a topic", ("uses", "homes")),
    ("a fact that has changed", ("uses", "--impact")),
)
"""What is timed, beside `despatch list topics`, which only reads the library."""


def offices(workspace: Path, briefs: int, blocks: int) -> str:
    """Fill a new workspace with so many blocks and briefs; the id of a block that one brief uses."""
    grown(ROOT, workspace, blocks)
    found = [each for each in entries(ROOT / "seeds") if each.list not in RECORDS]
    usable = cycle(each for each in repeated(found, blocks) if each.list != "contacts")
    for number in range(briefs):
        chosen = list(islice(usable, IN_A_BRIEF))
        text = BRIEF + "".join(f"  - {each.list}: [{each.id}]\n" for each in chosen)
        (workspace / "briefs" / f"debate-{number:04}.yaml").write_text(text, encoding="utf-8")
    return _last(chosen)


def _last(chosen: list[Entry]) -> str:
    return chosen[-1].id


def change(workspace: Path) -> None:
    """Keep the workspace in git, and then change a fact."""
    git = ("git", "-C", str(workspace), "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "gc.auto=0")
    for step in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "Before")):
        subprocess.run((*git, *step), check=True)
    path = next(each for each in (workspace / "seeds").glob("records.yaml"))
    path.write_text(path.read_text(encoding="utf-8").replace("value: 82,170", "value: 83,840"), encoding="utf-8")


def main() -> None:
    """Print a table of medians of three cold runs."""
    briefs, blocks = (int(each) for each in (*sys.argv[1:], *("500", "10000")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        block = offices(workspace, briefs, blocks)
        change(workspace)
        asked = [("the library, only read", ("list", "topics")), *ASKED]
        despatch = (sys.executable, "-m", "despatch")
        commands = [
            Command((*despatch, *(each.format(block=block) for each in words)), workspace) for _, words in asked
        ]
        print(f"| {briefs:,} briefs over {blocks:,} blocks | s | peak MiB |\n|---|--:|--:|")
        for (name, _), cost in zip(asked, measured(commands, 3), strict=True):
            print(f"| {name} | {cost.seconds:.2f} | {cost.memory:.0f} |")


if __name__ == "__main__":
    main()
