"""Workspaces of any size: the example library's own blocks, again and again under new ids.

python -m tests.bench.library WORKSPACE NUMBER IN_A_FILE, in the example workspace
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from itertools import count, groupby, islice
from pathlib import Path
from typing import NamedTuple

RECORDS = {"facts", "sources", "topics", "terms"}
"""The lists that are not repeated: a library says each of these once."""
BRIEF = """\
title: Independent Review of Children’s Social Care
house: lords
proceeding: take-note-debate
date: 2022-12-08
style: lga
audience: peers
contact: public-affairs
sections:
"""


class Entry(NamedTuple):
    """One entry of a list, as it is written."""

    list: str
    id: str
    text: str

    def again(self, number: int) -> Entry:
        """The same words under another id."""
        id = f"{self.id}-{number}"
        return Entry(self.list, id, self.text.replace(f"id: {self.id}", f"id: {id}", 1))


def entries(seeds: Path) -> Iterator[Entry]:
    """Every entry in every seed file."""
    for path in sorted(seeds.rglob("*.yaml")):
        _, *lists = re.split(r"^(\w+):\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for name, text in zip(lists[::2], lists[1::2], strict=True):
            for entry in re.findall(r"^  - \w+: .*\n(?:(?!  - ).*\n)*", text, re.MULTILINE):
                yield Entry(name, entry.split()[2], entry)


def repeated(blocks: list[Entry], number: int) -> list[Entry]:
    """So many blocks: these, then these under new ids, and so on."""
    return list(islice((block.again(time) if time else block for time in count() for block in blocks), number))


def grown(example: Path, workspace: Path, number: int, *, lasting: bool = False, in_a_file: int = 20) -> list[Entry]:
    """The blocks of a new workspace: the example's briefs, styles and records, and so many blocks.

    `lasting` leaves out the blocks that hold only on some days, so that any brief prints all the others.
    """
    shutil.copytree(example / "templates", workspace / "templates")
    shutil.copytree(example / "briefs", workspace / "briefs")
    known = list(entries(example / "seeds"))
    found = [each for each in known if each.list not in RECORDS and not (lasting and "\n    valid:" in each.text)]
    blocks = repeated(found, number)
    _write(workspace / "seeds" / "records.yaml", [each for each in known if each.list in RECORDS])
    for start in range(0, number, in_a_file):
        _write(workspace / "seeds" / f"blocks-{start:05}.yaml", blocks[start : start + in_a_file])
    return blocks


def _write(path: Path, these: list[Entry]) -> None:
    path.parent.mkdir(exist_ok=True)
    lists = {each.list: "" for each in these}
    for each in these:
        lists[each.list] += each.text
    path.write_text("".join(f"{name}:\n{text}" for name, text in lists.items()), encoding="utf-8")


def long_brief(example: Path, workspace: Path, number: int) -> str:
    """The name of a brief that prints every block of a new workspace, in sections as they come."""
    blocks = grown(example, workspace, number, lasting=True)
    sections = [(name, ", ".join(each.id for each in some)) for name, some in groupby(blocks, lambda each: each.list)]
    brief = BRIEF + "".join(f"  - {name}: [{ids}]\n" for name, ids in sections)
    (workspace / "briefs" / "long.yaml").write_text(brief, encoding="utf-8")
    return "long"


if __name__ == "__main__":
    grown(Path.cwd(), Path(sys.argv[1]), int(sys.argv[2]), in_a_file=int(sys.argv[3]))
