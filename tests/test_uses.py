"""Where a block, fact, source, topic or term is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from despatch.content import Library
from despatch.load import load_brief, load_library
from despatch.uses import in_brief, in_library
from despatch.workspace import Workspace
from tests.helpers import workspace

SEEDS = """
passages:
  - id: homes-wait
    topics: [secure]
    lead: |
      There are {{waiting}} children waiting on {{waiting.as_of}}.
    points:
      - topics: [homes]
        text: "{{SGOs}} help."
    variants:
      short: |
        An {{SGO}} helps [@the-bill].
  - {id: older, superseded_by: homes-wait, text: Older.}
  - {id: unused, text: Nobody uses this.}
figures:
  - {id: in-figures, heading: Figures, facts: [total]}
facts:
  - {id: waiting, value: 60, what: waiting, source: the-data, as_of: 2022}
  - {id: total, value: 120, what: all, source: the-data, equals: "{{waiting}} + {{others}}"}
  - {id: others, value: 60, what: others, source: the-data}
sources:
  - {id: the-bill, kind: bill, title: The Bill}
  - {id: the-data, kind: dataset, title: The data}
topics:
  - {id: homes, label: Homes}
  - {id: secure, label: Secure homes, under: homes}
terms:
  - {short: SGO, long: special guardianship order}
"""
BRIEF = """
title: Homes
house: lords
proceeding: take-note-debate
date: 2022-12-08
topics: {include: [secure]}
sections:
  - passages: [homes-wait]
  - figures: [in-figures]
  - passages: [today]
local:
  passages:
    - id: today
      text: |
        Today {{waiting}} wait.
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return workspace(tmp_path_factory.mktemp("uses"), SEEDS, BRIEF)


@pytest.fixture(scope="module")
def library(files: Workspace) -> Library:
    library, faults = load_library(files.seeds)
    assert not faults
    return library


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("waiting", [("homes-wait", "waiting"), ("homes-wait", "waiting.as_of"), ("total", "waiting")]),
        ("total", [("in-figures", "total")]),
        ("the-data", [("waiting", "the-data"), ("total", "the-data"), ("others", "the-data")]),
        ("the-bill", [("homes-wait", "the-bill")]),
        ("SGO", [("homes-wait", "SGOs"), ("homes-wait", "SGO")]),
        ("secure", [("homes-wait", "secure")]),
        ("homes", [("homes-wait", "homes"), ("", "homes")]),
        ("homes-wait", [("older", "homes-wait")]),
        ("unused", []),
    ],
)  # fmt: skip
def test_every_place_in_the_seeds_is_found(library: Library, name: str, expected: list[tuple[str, str]]) -> None:
    found = in_library(name, library)
    assert sorted((use.holder, _written(use.span.text, use.span.column)) for use in found) == sorted(expected)
    assert all(name in use.span.text for use in found)


def _written(line: str, column: int) -> str:
    """The name that is written at this place: for `{{SGOs}}`, what stands in the braces."""
    rest = line[column - 1 :].lstrip("{[@")
    return rest[: next((n for n, letter in enumerate(rest) if letter in "}], \n"), len(rest))]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("homes-wait", [("  - passages: [homes-wait]", "")]),
        ("the-bill", [("  - passages: [homes-wait]", "homes-wait")]),
        ("SGO", [("  - passages: [homes-wait]", "homes-wait")]),
        ("total", [("  - figures: [in-figures]", "in-figures")]),
        ("unused", []),
    ],
)
def test_a_brief_uses_a_thing_by_name_or_through_a_block(
    files: Workspace, library: Library, name: str, expected: list[tuple[str, str]]
) -> None:
    assert _in_the_brief(files, library, name) == expected


def test_a_brief_uses_a_fact_through_a_sum_and_in_a_local_block(files: Workspace, library: Library) -> None:
    found = _in_the_brief(files, library, "waiting")
    assert ("  - passages: [homes-wait]", "homes-wait") in found
    assert ("  - figures: [in-figures]", "in-figures") in found
    assert ("        Today {{waiting}} wait.", "") in found


def test_a_brief_that_includes_a_topic_uses_it(files: Workspace, library: Library) -> None:
    assert ("topics: {include: [secure]}", "") in _in_the_brief(files, library, "secure")


def _in_the_brief(files: Workspace, library: Library, name: str) -> list[tuple[str, str]]:
    path = files.root / "briefs" / "lords.yaml"
    _, joined, faults = load_brief(path, library)
    assert not faults
    return [(use.span.text, use.through) for use in in_brief(name, path, joined)]


def test_every_fact_that_the_example_prints_is_traced_to_its_briefs(example: Path) -> None:
    library, _ = load_library(example / "seeds")
    path = example / "briefs" / "lords-2022-12-08-childrens-social-care.yaml"
    _, joined, _ = load_brief(path, library)
    assert any(use.through for use in in_brief("children-in-care", path, joined))


@pytest.mark.parametrize("total", ["{{first}} + {{first}}", "{{first}} + {{second}}", "{{second}} + {{first}}"])
def test_a_sum_that_comes_to_a_fact_in_two_ways_is_no_circle(tmp_path: Path, total: str) -> None:
    facts = {"total": total, "first": "{{third}} + {{second}}", "second": "{{third}}", "third": ""}
    entries = [
        f"  - {{id: {name}, value: 1, what: x, source: a-page, equals: '{sum_}'}}" for name, sum_ in facts.items()
    ]
    seeds = "\n".join(["facts:", *entries, "sources:", "  - {id: a-page, kind: page, title: A page}"])
    assert load_library(workspace(tmp_path, seeds).seeds)[1] == []
