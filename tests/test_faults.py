"""Every rule is explained, and every explanation is true: its example prints what it says, and the mended one nothing.

Where an explanation shows no YAML, `test_files.py` makes its files.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import despatch
from despatch.faults import editorial, explanation, rules
from despatch.reading import NAMES
from tests.helpers import run
from tests.literate import COMMAND, fault

COMPUTED = {"unknown-": ["block", "contact", "fact", "proceeding", "rule", "source", "topic"]}
"""Rules whose names are made with an f-string: how they begin, and how they may end."""
NOTED_BY = {"Diagnostic", "fault", "_fault"}
SHOWN = [rule for rule in rules() if re.search("^```(?:yaml|markdown)$", explanation(rule), re.MULTILINE)]


@pytest.mark.parametrize("rule", SHOWN)
def test_example_prints_what_its_explanation_says(
    rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, accept: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = fault(rule)
    shown.expect(shown.example.play(tmp_path), accept=accept)


@pytest.mark.parametrize("rule", SHOWN)
def test_instead_of_the_fault_there_is_none(rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert fault(rule).instead.play(tmp_path) == ""


@pytest.mark.parametrize("rule", rules())
def test_example_shows_this_fault_and_no_other(rule: str) -> None:
    assert set(re.findall(r"^\S+ (?:error|warning|advice) \[([\w-]+)\]", fault(rule).printed, re.MULTILINE)) == {rule}


@pytest.mark.parametrize("rule", rules())
def test_explanation_has_its_form(rule: str) -> None:
    parts = ("# ", "**What it does.** ", "**Why.** ", "## Example", "```text", "## Instead")
    text = explanation(rule)
    starts = [re.search(f"^{re.escape(part)}", text, re.MULTILINE) for part in parts]
    assert [part for part, start in zip(parts, starts, strict=True) if start is None] == []
    places = [start.start() for start in starts if start]
    assert places == sorted(places)
    assert COMMAND.search(text), "say which command prints this"
    assert not text.partition("\n")[0].endswith("."), "the first line is a phrase in a list"


@pytest.mark.parametrize("rule", SHOWN)
def test_instead_mends_the_example_and_no_more(rule: str) -> None:
    """An officer compares the two: what stands in both should be most of it."""
    example, instead = fault(rule).example, fault(rule).instead
    before, after = (
        {line for text in each.files.values() for line in text.splitlines()} for each in (example, instead)
    )
    assert (before, example.command) != (after, instead.command)
    assert before & after


def test_every_rule_is_explained_and_every_explanation_is_of_a_rule() -> None:
    assert set(rules()) == {*_reported(), *editorial()}


def test_computed_names_are_those_of_everything_that_can_be_named() -> None:
    assert set(COMPUTED["unknown-"]) == set(NAMES.values())


def test_explain_prints_the_explanation(tmp_path: Path) -> None:
    printed = run("explain", "unknown-topic", cwd=tmp_path)
    assert (printed.stdout, printed.returncode) == (explanation("unknown-topic"), 0)


def test_explain_lists_every_rule_with_its_first_line(tmp_path: Path) -> None:
    lines = run("explain", cwd=tmp_path).stdout.splitlines()[1:]
    assert [line.split("\t")[0] for line in lines] == rules()
    assert "unknown-topic\tA topic that is not in the list" in lines


def test_explain_suggests_a_rule_with_a_near_name(tmp_path: Path) -> None:
    refused = run("explain", "unknown-topics", cwd=tmp_path)
    assert refused.returncode == 2
    assert "Did you mean `unknown-topic`" in refused.stderr


def _reported() -> Iterator[str]:
    """The name of every rule that the program can report."""
    for path in Path(despatch.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and _called(call) in NOTED_BY and call.args:
                yield from _names(call.args[0], path)


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _names(rule: ast.expr, path: Path) -> Iterator[str]:
    match rule:
        case ast.Constant(value=str(name)):
            yield name
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), ast.FormattedValue()]):
            yield from (start + end for end in COMPUTED[start])
        case ast.Name(id="rule" | "name"):
            pass  # a method that notes a fault passes on the name it was given
        case _:
            pytest.fail(f"{path.name}:{rule.lineno} names a rule in a way that this test cannot read")
