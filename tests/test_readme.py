"""The README's tables are made from the declarations and the commands: `pytest --accept` rewrites them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from despatch.content import Block
from despatch.kinds import all_kinds
from despatch.load import RECORDS, load_brief, load_library
from despatch.reading import fields_of
from despatch.schema import field_docs
from despatch.source import Source, parse
from tests import helpers
from tests.helpers import workspace


def rows(cls: type) -> list[str]:
    docs = field_docs(cls)
    return [
        f"| `{key}`{'*' if spec.required else ''} | {docs.get(spec.name, '')} |" for key, spec in fields_of(cls).items()
    ]


def table(title: str, intro: str, cls: type) -> str:
    return "\n".join([f"**`{title}`** {intro}", "", "| field | what it is |", "|-|-|", *rows(cls), ""])


def kinds() -> str:
    parts = [
        "A star marks what must be there. Every block also has:",
        "",
        "| field | what it is |",
        "|-|-|",
        *rows(Block),
        "",
    ]
    for name, kind in all_kinds().items():
        parts.append(table(name, (kind.__doc__ or "").split("\n")[0], kind.Content))
    for name, record in RECORDS.items():
        parts.append(table(name, (record.__doc__ or "").split("\n")[0], record))
    return "\n".join(parts)


def commands() -> str:
    parts = ["| command | what it does |", "|-|-|"]
    for name, command in helpers.commands():
        first, *examples = (command.callback.__doc__ or "").split("\n\n    \b\n")
        shown = "<br>".join(f"`{line.strip()}`" for line in "".join(examples).strip().splitlines())
        said = " ".join(first.split("\n\n")[0].split())
        parts.append(f"| `despatch {name}` | {said}<br>{shown} |")
    return "\n".join(parts) + "\n"


@pytest.mark.parametrize(("name", "make"), [("kinds", kinds), ("commands", commands)])
def test_tables_are_made_from_the_code(example: Path, name: str, make: object, accept: bool) -> None:
    assert callable(make)
    path = example / "README.md"
    readme = path.read_text(encoding="utf-8")
    made = f"<!-- {name} -->\n{make()}<!-- /{name} -->"
    filled = re.sub(rf"<!-- {name} -->\n.*?<!-- /{name} -->", lambda _: made, readme, flags=re.DOTALL)
    if accept:
        path.write_text(filled, encoding="utf-8", newline="\n")
    assert readme == filled or accept


def test_the_walk_through_works(example: Path, tmp_path: Path) -> None:
    """The README's own YAML, put where it says, beside the example library."""
    readme = (example / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", readme, flags=re.DOTALL)
    seeds, brief = "\n".join(blocks[:2]), blocks[2]
    office = workspace(tmp_path, seeds, brief)
    for path in (example / "seeds").rglob("*.yaml"):
        (office.seeds / path.name).write_bytes(path.read_bytes())
    (office.seeds / "mine.yaml").write_text(seeds, encoding="utf-8")
    library, faults = load_library(office.seeds)
    assert not faults
    assert not load_brief(office.root / "briefs" / "lords.yaml", library)[2]
    assert parse(Source(tmp_path, seeds))[1] == []
