"""Workspaces of any size: the example library's own blocks, again and again under new ids.

python -m tests.bench.library WORKSPACE NUMBER IN_A_FILE, in the example workspace
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from itertools import count, cycle, islice
from pathlib import Path
from typing import NamedTuple

RECORDS = {"facts", "sources", "topics", "terms"}
"""The lists that are not repeated: a library says each of these once."""
BILL = "childrens-placements-bill"
"""The example that is left out: its lists number amendments by the ids of their blocks, which change here."""
LEFT_OUT = (f"*{BILL}*", "*secure-homes*")
"""Its briefs, and one that has a block of theirs."""
BRIEF = """\
title: Independent Review of Children’s Social Care
house: lords
proceeding: take-note-debate
date: 2022-12-08
style: lga
audience: peers
sections:
"""


POSITION = """\
  - id: position-{0}
    heading: Recommendation {0}
    topics: [reform]
    proposal:
      from: social-care-review
      lead: |
        The Review recommends:
      points:
{1}\
    view:
      stance: support
      points:
{2}\
"""
POINT = """\
        - |
          **Point {2}.** {3} The [{1} of recommendation {0}](https://www.example.org/{0}/{1}/{2}) says more, and councils,
          carers and the young people they look after have each said what it would mean for them in practice.
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
    for path in sorted(each for each in seeds.rglob("*.yaml") if BILL not in each.parts):
        _, *lists = re.split(r"^(\w+):\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for name, text in zip(lists[::2], lists[1::2], strict=True):
            for entry in re.findall(r"^  - \w+: .*\n(?:(?!  - ).*\n)*", text, re.MULTILINE):
                yield Entry(name, entry.split()[2], entry)


def repeated(blocks: list[Entry], number: int) -> list[Entry]:
    """So many blocks: these, then these under new ids, and so on."""
    return list(islice((block.again(time) if time else block for time in count() for block in blocks), number))


def grown(example: Path, workspace: Path, number: int, in_a_file: int = 20) -> None:
    """Fill a new workspace with the example's briefs, styles and records, and so many blocks."""
    shutil.copytree(example / "templates", workspace / "templates")
    shutil.copytree(example / "briefs", workspace / "briefs", ignore=shutil.ignore_patterns(*LEFT_OUT))
    known = list(entries(example / "seeds"))
    found = [each for each in known if each.list not in RECORDS]
    blocks = repeated(found, number)
    _write(workspace / "seeds" / "records.yaml", [each for each in known if each.list in RECORDS])
    for start in range(0, number, in_a_file):
        _write(workspace / "seeds" / f"blocks-{start:05}.yaml", blocks[start : start + in_a_file])


def _write(path: Path, these: list[Entry]) -> None:
    path.parent.mkdir(exist_ok=True)
    lists = {each.list: "" for each in these}
    for each in these:
        lists[each.list] += each.text
    path.write_text("".join(f"{name}:\n{text}" for name, text in lists.items()), encoding="utf-8")


def long_brief(example: Path, workspace: Path, number: int) -> str:
    """The name of a brief that prints so many positions: four bullets on each side, each with a bold phrase and a link."""
    grown(example, workspace, 0)
    words = cycle(" ".join(each.text.split()) for each in entries(example / "seeds") if each.list == "questions")
    (workspace / "seeds" / "positions.yaml").write_text(
        "positions:\n" + "".join(_position(each, words) for each in range(number)), encoding="utf-8"
    )
    style = workspace / "templates" / "lga" / "style.yaml"  # the peer makes no contents either
    style.write_text(
        style.read_text(encoding="utf-8").replace("contents_from: 12", "contents_from: 0"), encoding="utf-8"
    )
    names = "".join(f"      - position-{each}\n" for each in range(number))
    (workspace / "briefs" / "long.yaml").write_text(f"{BRIEF}  - positions:\n{names}", encoding="utf-8")
    return "long"


def many_briefs(example: Path, workspace: Path, number: int) -> list[str]:
    """The names of so many briefs of the example's library, each the Lords briefing under a title of its own."""
    shutil.copytree(example / "seeds", workspace / "seeds")
    shutil.copytree(example / "templates", workspace / "templates")
    (workspace / "briefs").mkdir()
    text = (example / "briefs" / "lords-2022-12-08-childrens-social-care.yaml").read_text(encoding="utf-8")
    names = [f"lords-{each:03}" for each in range(1, number + 1)]
    for name in names:
        titled = re.sub(r"^title: .*$", rf"\g<0>, for {name}", text, count=1, flags=re.MULTILINE)
        (workspace / "briefs" / f"{name}.yaml").write_text(titled, encoding="utf-8")
    return names


def _position(number: int, words: Iterator[str]) -> str:
    sides = [_points(number, side, words) for side in ("proposal", "view")]
    return POSITION.format(number, *sides)


def _points(number: int, side: str, words: Iterator[str]) -> str:
    return "".join(POINT.format(number, side, each, next(words).partition("text: | ")[2]) for each in range(4))


if __name__ == "__main__":
    grown(Path.cwd(), Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
