"""What an office does not want to hear: how grave a rule is in a style or a brief, and what is excused beside the text."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from despatch.checking import everything
from despatch.diagnostics import Diagnostic
from despatch.faults import editorial
from despatch.rules import rule
from despatch.workspace import Workspace
from tests.helpers import ROOT, run, workspace

RULE = "unregistered-number"
"""A rule on the library's own words, which no document can weigh."""
PRINTED = "relative-date"
"""A rule on what a document prints."""
FAULT = "There are 82,170 children in care."
MOVING = "Ministers promised it last year."
HEAD = "title: Homes for children\nhouse: lords\nproceeding: take-note-debate\ndate: 2022-12-08\n"
BRIEF = HEAD + "sections:\n  - passages: [homes]\n"
SOURCES = "sources:\n  - {id: report, kind: report, title: A report, published: 2022}\n"


def prose(text: str, more: str = "") -> str:
    return f"passages:\n  - id: homes\n{more}    text: |\n      {text}\n"


def excused(name: str, indent: int) -> str:
    """An excuse for a rule, as a line of an entry at some depth."""
    return f"{' ' * indent}ignore: {{{name}: For a good reason.}}\n"


def told(files: Workspace, name: str, *briefs: str) -> list[Diagnostic]:
    """What one rule is reported to find."""
    return [each for each in everything(files, list(briefs)) if each.rule == name]


def styled(root: Path, name: str, rules: str = "") -> str:
    """A style of the workspace, which is the plain one with these rules."""
    folder = root / "templates" / name
    shutil.copytree(ROOT / "templates" / "plain", folder)
    text = (folder / "style.yaml").read_text(encoding="utf-8")
    assert "\nrules:" not in text
    (folder / "style.yaml").write_text(text + (f"rules: {{{rules}}}\n" if rules else ""), encoding="utf-8")
    return f"style: {name}\n"


def severities(files: Workspace, name: str) -> list[str]:
    return [each.severity for each in told(files, name)]


# How grave a rule is.


def test_without_a_word_from_anybody_a_rule_says_how_grave_it_is(tmp_path: Path) -> None:
    assert severities(workspace(tmp_path, prose(MOVING), BRIEF), PRINTED) == ["warning"]


@pytest.mark.parametrize("name", editorial())
def test_every_rule_has_a_gravity_that_there_is(name: str) -> None:
    assert getattr(rule(name), "GRAVITY", "warning") in ("error", "warning", "advice", "off")


@pytest.mark.parametrize("gravity", ["error", "warning", "advice"])
@pytest.mark.parametrize("name", [RULE, PRINTED])
def test_a_style_says_how_grave_a_rule_is(tmp_path: Path, name: str, gravity: str) -> None:
    style = styled(tmp_path, "own", f"{name}: {gravity}")
    assert severities(workspace(tmp_path, prose(f"{FAULT} {MOVING}"), style + BRIEF), name) == [gravity]


@pytest.mark.parametrize("name", [RULE, PRINTED])
def test_a_rule_that_a_style_turns_off_is_not_heard(tmp_path: Path, name: str) -> None:
    style = styled(tmp_path, "own", f"{name}: 'off'")
    files = workspace(tmp_path, prose(f"{FAULT} {MOVING}"), style + BRIEF)
    assert severities(files, name) == []
    assert told(files, PRINTED if name == RULE else RULE) != []


def test_yaml_takes_off_for_a_word(tmp_path: Path) -> None:
    files = workspace(tmp_path, prose(MOVING), BRIEF + f"rules: {{{PRINTED}: off}}\n")
    assert severities(files, PRINTED) == []


@pytest.mark.parametrize("gravity", ["error", "warning", "advice", "off"])
@pytest.mark.parametrize("styles", ["error", "advice", "off"])
def test_a_brief_has_the_last_word_on_what_it_prints(tmp_path: Path, gravity: str, styles: str) -> None:
    style = styled(tmp_path, "own", f"{PRINTED}: {styles}")
    files = workspace(tmp_path, prose(MOVING), f"{style}{BRIEF}rules: {{{PRINTED}: {gravity}}}\n")
    assert severities(files, PRINTED) == ([] if gravity == "off" else [gravity])


def test_a_brief_decides_on_the_words_of_the_library_that_it_alone_prints(tmp_path: Path) -> None:
    files = workspace(tmp_path, prose(FAULT), f"{BRIEF}rules: {{{RULE}: off}}\n")
    assert severities(files, RULE) == []
    (tmp_path / "briefs" / "other.yaml").write_text(BRIEF, encoding="utf-8")
    assert severities(files, RULE) == ["warning"]


def test_a_brief_has_no_word_on_what_it_does_not_print(tmp_path: Path) -> None:
    other = prose(FAULT) + "  - {id: other, text: A home for each child.}\n"
    brief = BRIEF.replace("homes]", "other]")
    assert severities(workspace(tmp_path, other, f"{brief}rules: {{{RULE}: advice}}\n"), RULE) == ["advice"]
    (tmp_path / "briefs" / "second.yaml").write_text(BRIEF, encoding="utf-8")
    assert severities(workspace(tmp_path, other, f"{brief}rules: {{{RULE}: advice}}\n"), RULE) == ["warning"]


def test_a_brief_has_no_word_on_what_another_prints(tmp_path: Path) -> None:
    files = workspace(tmp_path, prose(MOVING), f"{BRIEF}rules: {{{PRINTED}: off}}\n")
    (tmp_path / "briefs" / "other.yaml").write_text(BRIEF, encoding="utf-8")
    (left,) = told(files, PRINTED)
    assert "`other`" in left.message


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("error", "advice", ["error"]),
        ("advice", "error", ["error"]),
        ("off", "advice", ["advice"]),
        ("off", "off", []),
        ("advice", "", ["warning"]),
        ("off", "", ["warning"]),
    ],
)
def test_the_library_is_weighed_by_the_gravest_word_of_its_styles(
    tmp_path: Path, one: str, other: str, expected: list[str]
) -> None:
    first = styled(tmp_path, "one", f"{RULE}: {one}")
    second = styled(tmp_path, "other", f"{RULE}: {other}" if other else "")
    files = workspace(tmp_path, prose(FAULT), first + BRIEF)
    (tmp_path / "briefs" / "other.yaml").write_text(second + BRIEF, encoding="utf-8")
    assert severities(files, RULE) == expected


def test_each_document_is_weighed_by_its_own_style(tmp_path: Path) -> None:
    first, second = styled(tmp_path, "one", f"{PRINTED}: error"), styled(tmp_path, "other", f"{PRINTED}: advice")
    files = workspace(tmp_path, prose(MOVING), first + BRIEF)
    (tmp_path / "briefs" / "other.yaml").write_text(second + BRIEF, encoding="utf-8")
    said = {each.severity: each.message for each in told(files, PRINTED)}
    assert ("`lords`" in said["error"], "`other`" in said["advice"]) == (True, True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("relative-dates: off", "There is no rule called `relative-dates`."),
        ("unknown-topic: off", "There is no rule called `unknown-topic`."),
        ("relative-date: loud", "`loud` cannot stand here."),
    ],
)
@pytest.mark.parametrize("where", ["style", "brief"])
def test_a_rule_or_a_gravity_that_there_is_not_is_an_error(tmp_path: Path, where: str, text: str, message: str) -> None:
    style = styled(tmp_path, "own", text if where == "style" else "")
    more = f"rules: {{{text}}}\n" if where == "brief" else ""
    found = everything(workspace(tmp_path, prose("Homes come first."), style + BRIEF + more), [])
    assert [each.severity for each in found if message in each.message] == ["error"]


# What the command returns, and what a build does.


@pytest.mark.parametrize(("gravity", "code"), [("error", 1), ("warning", 1), ("advice", 0), ("off", 0)])
def test_only_advice_leaves_the_exit_code_alone(tmp_path: Path, gravity: str, code: int) -> None:
    files = workspace(tmp_path, prose(MOVING), f"{BRIEF}rules: {{{PRINTED}: {gravity}, undated-title: off}}\n")
    done = run("check", cwd=files.root)
    assert done.returncode == code
    assert (f"{gravity} [{PRINTED}]" in done.stdout) == (gravity != "off")


def test_a_rule_raised_to_an_error_does_not_stop_a_build(tmp_path: Path) -> None:
    files = workspace(tmp_path, prose(MOVING), f"{BRIEF}rules: {{{PRINTED}: error}}\n")
    done = run("build", "lords", "--to", "md", cwd=files.root)
    assert (done.returncode, done.stderr) == (0, "")
    assert (files.root / "out" / "lords.md").exists()


STALE = "facts:\n  - {id: care, value: '82,170', what: children in care, as_of: 2022, next: 2022-11, source: report"


@pytest.mark.parametrize(
    ("fact", "brief", "heard"),
    [
        ("", "", True),
        (", ignore: {stale-fact: The newer one is not out.}", "", False),
        (", ignore: {undated-fact: Of another rule.}", "", True),
        ("", "rules: {stale-fact: off}\n", False),
        ("", "style: own\n", False),
    ],
)
def test_a_build_too_is_silent_about_a_stale_figure_that_is_excused(
    tmp_path: Path, fact: str, brief: str, heard: bool
) -> None:
    styled(tmp_path, "own", "stale-fact: off")
    files = workspace(tmp_path, f"{prose('{{care}} children.')}{STALE}{fact}}}\n{SOURCES}", BRIEF + brief)
    done = run("build", "lords", "--to", "md", cwd=files.root)
    assert done.returncode == 0
    assert ("[stale-fact]" in done.stderr) == heard == bool(told(files, "stale-fact"))


# What is excused beside the text.

POSITION = """\
positions:
  - id: homes
    heading: Homes for children
{block}    proposal:
      from: report
{proposal}      lead: |
        The report proposes more homes:
      points:
        - id: more
{point}          text: |
            {in_proposal}
    view:
      stance: mixed
{view}      points:
        - answers: [more]
{answer}          text: |
            {in_view}
"""


def position(entry: str = "", name: str = RULE, **texts: str) -> str:
    """A position with an excuse in one of its entries, and these words."""
    indents = {"block": 4, "proposal": 6, "point": 10, "view": 6, "answer": 10}
    excuses = {each: excused(name, indent) if each == entry else "" for each, indent in indents.items()}
    words = {"in_proposal": "Councils share homes.", "in_view": "This is welcome.", **texts}
    return POSITION.format(**excuses, **words) + SOURCES


POSITIONS = HEAD + "sections:\n  - positions: [homes]\n"


@pytest.mark.parametrize("text", ["in_proposal", "in_view"])
@pytest.mark.parametrize("entry", ["", "block", "proposal", "point", "view", "answer"])
def test_an_excuse_holds_in_its_entry_and_in_no_other(tmp_path: Path, entry: str, text: str) -> None:
    within = {"in_proposal": ("block", "proposal", "point"), "in_view": ("block", "view", "answer")}[text]
    files = workspace(tmp_path, position(entry, **{text: FAULT}), POSITIONS)
    assert (told(files, RULE) == []) == (entry in within)
    assert (told(files, "unneeded-ignore") == []) == (entry in ("", *within))


@pytest.mark.parametrize(
    ("name", "seeds", "brief"),
    [
        (RULE, prose(FAULT, "    {}\n"), BRIEF),
        (RULE, prose("Homes come first."), "{}\n" + BRIEF.replace("for children", "for 82,170 children")),
        (RULE, prose("Homes come first."), BRIEF.replace("  - passages:", "  - heading: For 82,170 children\n    {}\n    passages:")),
        (
            RULE,
            position(),
            HEAD + f"sections:\n  - positions:\n      - use: homes\n        {{}}\n        replace:\n          more: |\n            {FAULT}\n",
        ),
        (RULE, SOURCES, HEAD + f"sections:\n  - passages: [homes]\nlocal:\n  {prose(FAULT, '    {}' + chr(10)).replace(chr(10), chr(10) + '  ')}"),
        ("undated-fact", "facts:\n  - id: care\n    {}\n    value: 82,170\n    what: children in care\n    source: report\n" + prose("{{{{care}}}}.") + SOURCES, BRIEF),
        ("unfindable-source", "facts:\n  - {{id: care, value: '82,170', what: children in care, as_of: 2022, source: tables}}\n" + prose("{{{{care}}}}.") + "sources:\n  - id: tables\n    {}\n    kind: dataset\n    title: Tables\n", BRIEF),
    ],
    ids=["block", "brief", "section", "use", "local", "fact", "source"],
)  # fmt: skip
def test_every_entry_can_have_an_excuse(tmp_path: Path, name: str, seeds: str, brief: str) -> None:
    excuse = f"ignore: {{{name}: For a good reason.}}"
    loud = workspace(tmp_path / "loud", _filled(seeds, ""), _filled(brief, ""))
    assert len(told(loud, name)) == 1
    quiet = workspace(tmp_path / "quiet", _filled(seeds, excuse), _filled(brief, excuse))
    assert [each for each in everything(quiet, []) if each.rule in (name, "unneeded-ignore")] == []
    assert not any(each.severity == "error" for each in everything(quiet, []))


def _filled(text: str, excuse: str) -> str:
    """The text with its excuse, or without the line for it."""
    lines = (line for line in text.split("\n") if excuse or line.strip() != "{}")
    return "\n".join(lines).replace("{{{{", "<<").replace("}}}}", ">>").replace("{{", "{").replace("}}", "}").replace(
        "{}", excuse
    ).replace("<<", "{{").replace(">>", "}}")  # fmt: skip


@pytest.mark.parametrize(
    ("excuse", "message"),
    [
        ("ignore: {relative-date: }", "There is nothing after `relative-date:`."),
        ("ignore: {relative-date: ''}", "There is nothing after `relative-date:`."),
        ("ignore: {relative-dates: A reason.}", "There is no rule called `relative-dates`."),
        ("ignore: {unknown-topic: A reason.}", "There is no rule called `unknown-topic`."),
        ("ignore: relative-date", "Here there are words, where fields should stand."),
        ("ignore: [relative-date]", "Here there is a list, where fields should stand."),
    ],
)
def test_an_excuse_needs_a_rule_and_a_reason(tmp_path: Path, excuse: str, message: str) -> None:
    found = everything(workspace(tmp_path, prose(MOVING, f"    {excuse}\n"), BRIEF), [])
    assert [(each.message, each.span.line) for each in found if each.severity == "error"] == [(message, 3)]


def test_an_excuse_that_nothing_needs_is_reported_at_its_rule(tmp_path: Path) -> None:
    (left,) = told(workspace(tmp_path, prose("Homes come first.", excused(RULE, 4)), BRIEF), "unneeded-ignore")
    assert (left.span.line, left.span.column, left.severity) == (3, 14, "warning")


def test_of_two_excuses_in_one_entry_the_unneeded_one_is_reported(tmp_path: Path) -> None:
    more = f"    ignore:\n      {RULE}: One.\n      {PRINTED}: Other.\n"
    (left,) = told(workspace(tmp_path, prose(FAULT, more), BRIEF), "unneeded-ignore")
    assert (left.span.line, PRINTED in left.message) == (5, True)


@pytest.mark.parametrize("cause", ["named", "broken"])
def test_nothing_is_called_unneeded_while_not_everything_is_read(tmp_path: Path, cause: str) -> None:
    files = workspace(tmp_path, prose("Homes come first.", excused(RULE, 4)), BRIEF)
    if cause == "broken":
        (tmp_path / "seeds" / "broken.yaml").write_text("topics:\n  - {id: care, lable: Care}\n", encoding="utf-8")
    assert told(files, "unneeded-ignore", *(["lords"] if cause == "named" else [])) == []


def test_a_rule_that_is_off_still_needs_its_excuse(tmp_path: Path) -> None:
    """Else every office would be told to delete what another style of its own needs."""
    style = styled(tmp_path, "own", f"{RULE}: off")
    files = workspace(tmp_path, prose(FAULT, excused(RULE, 4)), style + BRIEF)
    assert told(files, "unneeded-ignore") == []


def test_no_reason_is_printed_in_any_output(tmp_path: Path) -> None:
    reason = "Zwetschgenkuchen"
    seeds = position("point", in_proposal=FAULT, in_view=MOVING).replace("For a good reason.", reason)
    seeds = seeds.replace("    heading:", f"    ignore: {{{PRINTED}: {reason}}}\n    heading:", 1)
    seeds = seeds.replace("{id: report,", f"{{id: report, ignore: {{unfindable-source: {reason}}},")
    brief = f"{POSITIONS}ignore: {{unused-fact: {reason}}}\n".replace(
        "[homes]", f"[{{use: homes, ignore: {{local-changes: {reason}}}}}]\n    ignore: {{repeated-heading: {reason}}}"
    )
    files = workspace(tmp_path, seeds, brief)
    assert (seeds + brief).count(reason) == 6
    done = run("build", "lords", cwd=files.root)
    assert done.returncode == 0
    made = sorted((files.root / "out").iterdir())
    assert [each.suffix for each in made] == [".docx", ".html", ".md"]
    printed = b"".join(part for path in made for part in _parts(path))
    assert b"82,170" in printed
    assert reason.encode() not in printed
    assert reason not in done.stdout + done.stderr


def _parts(path: Path) -> Iterator[bytes]:
    """The bytes of a file, unpacked."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            yield from (package.read(name) for name in package.namelist())
    else:
        yield path.read_bytes()


# Whatever is written where.


@dataclass
class Entry:
    """A bullet with words that may have faults and an excuse, and bullets under it."""

    has_number: bool
    has_date: bool
    is_excused: bool
    under: list[Entry] = field(default_factory=list)

    def lines(self, name: str, indent: int) -> Iterator[str]:
        start = " " * indent
        yield f"{start}- id: {name}"
        yield from [f"{start}  ignore: {{{RULE}: A reason.}}"] if self.is_excused else []
        yield f"{start}  text: |"
        yield f"{start}    At {name} homes come first.{f' {FAULT}' * self.has_number}{f' {MOVING}' * self.has_date}"
        yield from [f"{start}  points:"] if self.under else []
        for number, each in enumerate(self.under):
            yield from each.lines(f"{name}-{'abc'[number]}", indent + 4)

    def left(self, *, excused: bool = False) -> Iterator[Entry]:
        """The entries whose number is still to be reported."""
        excused |= self.is_excused
        yield from [self] if self.has_number and not excused else []
        for each in self.under:
            yield from each.left(excused=excused)

    def all(self) -> Iterator[Entry]:
        yield self
        for each in self.under:
            yield from each.all()


LEAVES = st.builds(Entry, st.booleans(), st.booleans(), st.booleans())
ENTRIES = st.recursive(
    LEAVES,
    lambda under: st.builds(Entry, st.booleans(), st.booleans(), st.booleans(), st.lists(under, max_size=3)),
    max_leaves=6,
)


@settings(max_examples=40)
@given(st.lists(ENTRIES, min_size=1, max_size=3))
def test_an_excuse_silences_what_its_rule_finds_in_its_entry_and_nothing_else(entries: list[Entry]) -> None:
    text = "\n".join(line for number, each in enumerate(entries) for line in each.lines("abc"[number], 6))
    with tempfile.TemporaryDirectory() as folder:
        files = workspace(Path(folder), f"passages:\n  - id: homes\n    points:\n{text}\n", BRIEF)
        found = everything(files, [])
    every = [inner for each in entries for inner in each.all()]
    idle = [each for each in every if each.is_excused and not any(inner.has_number for inner in each.all())]
    reported = {name: [each for each in found if each.rule == name] for name in (RULE, PRINTED, "unneeded-ignore")}
    assert not any(each.severity == "error" for each in found)
    assert len(reported[RULE]) == sum(1 for each in entries for _ in each.left())
    assert len(reported[PRINTED]) == sum(each.has_date for each in every)
    assert len(reported["unneeded-ignore"]) == len(idle)


def test_an_excuse_in_a_block_that_waits_for_its_debate_is_let_be(tmp_path: Path) -> None:
    """Nobody can say what a rule on briefings would find in a block that none prints."""
    waits = "  - id: waits\n    ignore: {repeated-sentence: Said on purpose.}\n    text: A home for each child.\n"
    files = workspace(tmp_path, prose("Homes are few.") + waits, BRIEF)
    assert severities(files, "unneeded-ignore") == []
    (tmp_path / "briefs" / "lords.yaml").write_text(BRIEF.replace("homes]", "waits]"), encoding="utf-8")
    assert severities(files, "unneeded-ignore") == ["warning"]
