"""What a change of a fact makes every briefing print differently: every place that differs, and no other."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from despatch.assemble import assemble
from despatch.build import Tailoring, prepare
from despatch.content import Plain
from despatch.dates import parse_period
from despatch.document import Document, Link, Origin, Paragraph, Properties, Text, lines
from despatch.impact import Difference, Impact, compared, content_in, impact, prepared_in
from despatch.load import load_library, parts
from despatch.revise import Change, Plan, planned
from despatch.since import Since, since
from despatch.source import Scalar
from despatch.uses import Thing
from despatch.workspace import Workspace
from tests.helpers import ROOT, run, workspace

SEEDS = """
key_messages:
  - id: record
    text: |
      Homes come first. “Is it {{in-care}}?” There were {{in-care}} children in care on {{in-care.as_of}}. No. 10 knows.

      There are {{waiting}} waiting, and no more.
  - id: elsewhere
    text: |
      Nothing of the kind.
    variants:
      short: |
        Only {{in-care}}.
passages:
  - id: background
    heading: Children
    lead: |
      We say:
    points:
      - |
        No figure.
      - |
        {{in-care}} in care [@report].
      - text: Also
        points:
          - |
            Deeper: {{in-care}}.
figures:
  - id: table
    heading: In figures
    facts: [waiting, in-care]
    caption: The number {{in-care}} is for England.
  - id: history
    heading: Year by year
    facts: [in-care]
    show: chart
facts:
  - id: in-care
    value: 82,170
    what: children in care
    as_of: 2022-03-31
    source: statistics
    was:
      - {value: "80,850", as_of: 2021-03-31, source: statistics}
  - {id: waiting, value: 60, what: children waiting, as_of: 2022, source: report}
sources:
  - {id: statistics, kind: dataset, title: Statistics of 2022, by: The Department}
  - {id: newer, kind: dataset, title: Statistics of 2023, by: The Department, accessed: 2023-11-30}
  - {id: report, kind: report, title: The report}
"""
BRIEF = """
title: Homes
house: lords
proceeding: take-note-debate
date: 2023-12-08
standfirst: |
  All {{in-care}} children matter.
sections:
"""
NEW = Change("83,840", "2023-03-31")


def office(folder: Path, *sections: str, style: str = "plain", seeds: str = SEEDS) -> Workspace:
    listed = "".join(f"  - {each}\n" for each in sections)
    return workspace(folder, seeds, f"style: {style}{BRIEF}{listed}")


def change(files: Workspace, change: Change = NEW, name: str = "in-care") -> Impact:
    library, faults = load_library(files.seeds)
    assert not faults
    plan = planned(name, change, files, library)
    assert isinstance(plan, Plan), plan
    return impact(files, library, plan.file, plan.text)


def differences(files: Workspace, new: Change = NEW, name: str = "in-care") -> list[tuple[str, str, str]]:
    found = change(files, new, name)
    assert found.unsound == []
    assert found.faults == []
    assert found.differences.keys() <= {"lords"}
    # Which mark a style prints is its own affair, and tested below.
    return [
        (each.place, each.before.replace("\u00a0[1]", ""), each.after.replace("\u00a0[1]", ""))
        for each in found.differences.get("lords", [])
    ]


STANDFIRST = ("standfirst", "All 82,170 children matter.", "All 83,840 children matter.")


def test_only_the_sentences_that_differ_are_shown(tmp_path: Path) -> None:
    assert differences(office(tmp_path, "key_messages: [record, elsewhere]")) == [
        STANDFIRST,
        ("Key messages", "“Is it 82,170?”", "“Is it 83,840?”"),
        (
            "Key messages",
            "There were 82,170 children in care on 31 March 2022.",
            "There were 83,840 children in care on 31 March 2023.",
        ),
    ]


def test_lists_lead_to_their_heading(tmp_path: Path) -> None:
    found = differences(office(tmp_path, "{heading: Context, passages: [background]}"))
    assert [(place, before.replace("\u00a0[2]", "").replace(" [2]", "")) for place, before, _ in found] == [
        ("standfirst", "All 82,170 children matter."),
        ("Context › Children", "82,170 in care."),
        ("Context › Children", "Deeper: 82,170."),
    ]


def test_table_rows_and_captions(tmp_path: Path) -> None:
    found = differences(office(tmp_path, "figures: [table]"))[1:]
    assert found == [
        (
            "In figures (table)",
            "Children in care | 82,170 | 31 March 2022",
            "Children in care | 83,840 | 31 March 2023",
        ),
        ("In figures (caption)", "The number 82,170 is for England.", "The number 83,840 is for England."),
    ]


def test_chart_of_a_history_grows(tmp_path: Path) -> None:
    found = differences(office(tmp_path, "figures: [history]"))[1:]
    assert found == [
        ("Year by year (chart)", "", "31 March 2023: 83,840"),
        ("Year by year (table)", "", "31 March 2023 | 83,840"),
    ]


def test_figure_that_is_not_printed_makes_no_difference(tmp_path: Path) -> None:
    """The short variant is not what this brief prints."""
    files = office(tmp_path, "key_messages: [elsewhere]")
    path = files.root / "briefs" / "lords.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("{{in-care}} ", ""), encoding="utf-8")
    assert differences(files) == []
    path.write_text(path.read_text(encoding="utf-8") + "length: short\n", encoding="utf-8")
    (files.seeds / "homes.yaml").write_text(
        SEEDS.replace("- id: elsewhere", "- id: elsewhere\n    priority: essential"), encoding="utf-8"
    )
    assert differences(files) == [("Key messages", "Only 82,170.", "Only 83,840.")]


@pytest.mark.parametrize("style", ["plain", "lga"])
def test_another_source_changes_the_list_of_sources(tmp_path: Path, style: str) -> None:
    files = office(tmp_path, "passages: [background]", style=style)
    found = change(files, Change("83,840", "2023-03-31", "newer")).differences["lords"]
    sources = [(each.before, each.after) for each in found if "Statistics" in each.before + each.after]
    assert sources == [
        ("[1] Statistics of 2022, The Department.", ""),
        ("", "[1] Statistics of 2023, The Department. Accessed 30 November 2023."),
    ]


def _one_paragraph(*texts: str) -> Document:
    """A document of paragraphs, each with an origin of its own."""
    nodes = tuple(Paragraph((Text(text),), Origin(text[:5])) for text in texts)
    return Document(Properties("", "", "", ""), nodes)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("There is 1. More wait.", "There are 2. More wait.", [("There is 1.", "There are 2.")]),
        ("There is 1. More wait.", "There is 1. 2 came. More wait.", [("", "2 came.")]),
        ("There is 1 here. More.", "There is 1. Or 2. More.", [("There is 1 here.", "There is 1. Or 2.")]),
        ("“There” [1] is 1.[2] £2m is lost.", "“There” [1] is 3.[2] £2m is lost.", [("“There” [1] is 1.[2]", "“There” [1] is 3.[2]")]),
        ("There is 1.5m, e.g. here.", "There is 1.6m, e.g. here.", [("There is 1.5m, e.g. here.", "There is 1.6m, e.g. here.")]),
        ("There is 1.", "There is 1.", []),
    ],
)  # fmt: skip
def test_sentences_are_set_side_by_side(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    found = compared(_one_paragraph(before).content, _one_paragraph(after).content)
    assert [(each.before, each.after) for each in found] == expected


def test_another_address_of_the_same_words_is_a_difference() -> None:
    before, after = (
        Document(
            Properties("", "", "", ""), (Paragraph((Link((Text("Data"),), f"https://{year}.example"),), Origin("")),)
        )
        for year in (2022, 2023)
    )
    found = [(each.before, each.after) for each in compared(before.content, after.content)]
    assert found == [("Data <https://2022.example>", "Data <https://2023.example>")]


def test_what_is_new_and_what_is_gone_stand_in_their_order() -> None:
    before = _one_paragraph("First.", "Going.", "Third.", "Last, gone.")
    after = _one_paragraph("First.", "New.", "Third.")
    found = [(each.before, each.after) for each in compared(before.content, after.content)]
    assert found == [("Going.", ""), ("", "New."), ("Last, gone.", "")]


def test_brief_that_fails_is_named_and_the_rest_compared(tmp_path: Path) -> None:
    files = office(tmp_path, "key_messages: [record]")
    (files.root / "briefs" / "faulty.yaml").write_text("title: [", encoding="utf-8")
    (files.root / "briefs" / "empty.yaml").write_text(
        f"topics: {{include: [homes]}}{BRIEF}  - key_messages: [record]\n", encoding="utf-8"
    )
    found = change(files)
    assert found.unsound == ["empty", "faulty"]
    assert list(found.differences) == ["lords"]


def test_nothing_is_left_behind_and_nothing_is_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = office(tmp_path / "office", "key_messages: [record]")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    before = {path: path.read_bytes() for path in files.root.rglob("*.yaml")}
    assert change(files).differences
    assert {path: path.read_bytes() for path in files.root.rglob("*") if path.is_file()} == before
    assert list(scratch.iterdir()) == []


MARKS = re.compile(r"\s?\[\d+\]")


def _texts(document: Document) -> list[str]:
    return [MARKS.sub("", line) for line in lines(document)]


@pytest.mark.parametrize("brief", ["lords-2022-12-08-childrens-social-care", "case-for-change-response"])
def test_every_line_that_differs_is_shown_and_no_other(example: Path, brief: str) -> None:
    """Each second fact of the example library, changed in turn."""
    files, path = Workspace(example), example / "briefs" / f"{brief}.yaml"
    prepared, _ = prepare(files, path, load_library(files.seeds)[0], Tailoring())
    assert prepared is not None
    before = assemble(prepared.selection, prepared.style)
    library, shown = prepared.selection.library, 0
    for name, fact in list(library.facts.items())[::2]:
        changed = replace(fact, value=Plain(Scalar(f"{fact.value} more")), as_of=parse_period("1999-01-31"))
        selection = replace(prepared.selection, library=replace(library, facts={**library.facts, name: changed}))
        after = assemble(selection, prepared.style)
        differing = [new for old, new in zip(_texts(before), _texts(after), strict=True) if old != new]
        found = [_cells(each) for each in compared(before.content, after.content) if not each.place.endswith("(chart)")]
        assert [line for line in differing if not any(cell in line for cells in found for cell in cells)] == []
        assert [cells for cells in found if not any(cell in line for line in differing for cell in cells)] == []
        shown += len(found)
    assert shown > 5


def _cells(difference: Difference) -> list[str]:
    """The words after a change: a table's row has several cells, and bars are no lines of a document."""
    return MARKS.sub("", difference.after).split(" | ")


# Since a revision.


def git(files: Workspace, *arguments: str) -> None:
    named = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    subprocess.run(["git", "-C", str(files.root), *named, *arguments], check=True, capture_output=True)


@pytest.fixture
def kept(tmp_path: Path) -> Workspace:
    """An office whose files git keeps: one brief that prints the figure, and one that does not."""
    files = office(tmp_path, "key_messages: [record]")
    other = f"style: plain{BRIEF}  - key_messages: [elsewhere]\n"
    (files.root / "briefs" / "other.yaml").write_text(other.replace("{{in-care}}", "82"), encoding="utf-8")
    git(files, "init", "-q")
    git(files, "add", "-A")
    git(files, "commit", "-qm", "Before")
    return files


def edit(files: Workspace, name: str, old: str, new: str) -> None:
    path = files.root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def at(files: Workspace, revision: str = "HEAD", thing: Thing | None = None) -> Since:
    library, faults = load_library(files.seeds)
    assert not faults
    return since(revision, files, library, thing)


def shown(found: Since) -> dict[str, list[tuple[str, str]]]:
    return {name: [(each.before, each.after) for each in these] for name, these in found.differences.items()}


def test_nothing_has_changed(kept: Workspace) -> None:
    path = kept.seeds / "homes.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert at(kept) == Since("HEAD", [], [])
    assert run("uses", "--impact", cwd=kept.root).stdout == "Nothing has changed since HEAD.\n"


def test_old_sentence_and_new_one(kept: Workspace) -> None:
    edit(kept, "seeds/homes.yaml", "value: 60", "value: 70")
    found = at(kept)
    assert (found.files, found.things) == (["seeds/homes.yaml"], [("fact", "waiting")])
    assert list(found.differences) == ["lords"]
    ((before, after),) = shown(found)["lords"]
    assert before.startswith("There are 60")
    assert after.startswith("There are 70")


def test_only_briefings_that_a_change_leads_to_are_laid_out(kept: Workspace) -> None:
    """One that could not be laid out would be named."""
    edit(kept, "briefs/other.yaml", "[elsewhere]", "[elsewere]")
    git(kept, "commit", "-qam", "A fault")
    edit(kept, "seeds/homes.yaml", "value: 60", "value: 70")
    found = at(kept)
    assert (list(found.differences), found.unsound) == (["lords"], [])
    edit(kept, "seeds/homes.yaml", "Nothing of", "Something of")
    edit(kept, "briefs/other.yaml", "title: Homes", "title: Houses")
    assert at(kept).unsound == ["other"]


@pytest.mark.parametrize(
    ("file", "old", "new", "fewest"),
    [
        ("facts", "value: 82,170", "value: 83,840", 3),
        ("terms", "Department for Education", "Department of Education", 2),
    ],
)
def test_a_change_is_shown_as_every_briefing_laid_out_anew_would_show_it(
    tmp_path: Path, example: Path, file: str, old: str, new: str, fewest: int
) -> None:
    """For the sake of a value no briefing is prepared twice, unless it has words of its own."""
    then, now = (Workspace(tmp_path / name) for name in ("then", "now"))
    for folder in ("seeds", "briefs"):
        shutil.copytree(example / folder, then.root / folder)
    shutil.copytree(then.root, now.root)
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "Before")):
        git(now, *command)
    edit(now, f"seeds/childrens-social-care/{file}.yaml", old, new)
    libraries = [load_library(each.seeds)[0] for each in (then, now)]
    expected = {}
    for path in now.briefs()[0]:
        before, after = (content_in(prepared_in(now, path, each)) for each in libraries)
        assert before is not None
        assert after is not None
        if differences := list(compared(before, after)):
            expected[path.stem] = differences
    assert at(now).differences == expected
    assert len(expected) >= fewest


def test_change_in_a_brief_and_in_a_style(kept: Workspace) -> None:
    edit(kept, "briefs/other.yaml", "title: Homes", "title: Homes for all")
    assert shown(at(kept)) == {"other": [("Homes", "Homes for all")]}
    shutil.copytree(ROOT / "templates" / "plain", kept.templates / "plain")
    git(kept, "add", "-A")
    git(kept, "commit", "-qm", "Style")
    path = kept.templates / "plain" / "style.yaml"
    path.write_text(re.sub(r"(?m)^( +key_messages:).*$", r"\1 What we say", path.read_text("utf-8")), encoding="utf-8")
    found = shown(at(kept))
    assert found.keys() == {"lords", "other"}
    assert found["other"][0][1] == "What we say"
    assert shown(at(kept, "HEAD~1"))["other"][0] == ("Homes", "Homes for all")


def test_a_section_that_moves_up_is_no_difference(kept: Workspace) -> None:
    gone, rest = "  - key_messages: [elsewhere]\n", "  - questions: [why]\n"
    asked = "questions:\n  - {id: why, text: Why is that?}\npassages:"
    edit(kept, "seeds/homes.yaml", "passages:", asked)
    edit(kept, "briefs/other.yaml", gone, gone + rest)
    git(kept, "commit", "-qam", "Questions")
    edit(kept, "briefs/other.yaml", gone, "")
    assert shown(at(kept)) == {"other": [("Key messages", ""), ("Nothing of the kind.", "")]}


def test_new_and_gone_briefs_and_one_with_faults(kept: Workspace) -> None:
    briefs = kept.root / "briefs"
    (briefs / "third.yaml").write_bytes((briefs / "lords.yaml").read_bytes())
    (briefs / "other.yaml").unlink()
    edit(kept, "briefs/lords.yaml", "[record]", "[recrod]")
    found = at(kept)
    assert (found.new, found.gone, found.unsound) == (["third"], ["other"], ["lords"])
    said = run("uses", "--impact", cwd=kept.root).stdout
    assert "lords could be built then, and cannot now. See `despatch check lords`." in said
    git(kept, "commit", "-qam", "A fault")
    edit(kept, "briefs/lords.yaml", "[recrod]", "[record]")
    assert "lords is not compared: it could not be built then." in run("uses", "--impact", cwd=kept.root).stdout


def test_change_of_one_thing_with_all_else_as_it_is(kept: Workspace) -> None:
    edit(kept, "seeds/homes.yaml", "value: 60", "value: 70")
    edit(kept, "seeds/homes.yaml", "Homes come first", "Children come first")
    found = shown(at(kept, thing=Thing("block", "record")))
    assert found == {"lords": [("Homes come first.", "Children come first.")]}
    assert at(kept, thing=Thing("fact", "in-care")).things == []
    assert "fact in-care is as it was at HEAD." in run("uses", "--impact", "in-care", cwd=kept.root).stdout


def test_a_block_that_is_as_it_was_may_print_something_else(kept: Workspace) -> None:
    """The fact that it names has changed. The briefing prints it elsewhere too, but those are not its words."""
    edit(kept, "seeds/homes.yaml", "value: 82,170", "value: 83,840")
    found = at(kept, thing=Thing("block", "record"))
    assert (found.things, found.is_as_it_was) == ([("fact", "in-care")], True)
    ((brief, printed),) = shown(found).items()
    assert brief == "lords"
    assert [after for _, after in printed] == [
        "“Is it 83,840\u00a0[1]?”",
        "There were 83,840 children in care on 31 March 2022.",
    ]
    said = run("uses", "--impact", "record", cwd=kept.root).stdout
    assert "  fact in-care\nblock record has the words that it had, but what it prints has changed" in said
    assert "block elsewhere is as it was at HEAD." in run("uses", "--impact", "elsewhere", cwd=kept.root).stdout


def test_impact_as_json(kept: Workspace) -> None:
    edit(kept, "seeds/homes.yaml", "Homes come first", "Children come first")
    (found,) = json.loads(run("uses", "--impact", "--format", "json", cwd=kept.root).stdout)["impact"]
    assert found["things"] == [{"kind": "block", "id": "record"}]
    difference = {"place": "Key messages", "before": "Homes come first.", "after": "Children come first."}
    assert found["briefs"] == [{"brief": "lords", "differences": [difference]}]


@pytest.mark.parametrize(
    ("revision", "said"),
    [("nothing", "Git knows no revision `nothing`"), ("--output=x", "is no revision"), ("", "is no revision"), ("HEAD:seeds", "Git knows no revision")],
)  # fmt: skip
def test_revision_that_is_none(kept: Workspace, revision: str, said: str) -> None:
    done = run("uses", "--impact", f"--since={revision}", cwd=kept.root)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert not (kept.root / "x").exists()


def test_outside_git_and_without_it(tmp_path: Path) -> None:
    files = office(tmp_path, "key_messages: [record]")
    done = run("uses", "--impact", cwd=files.root)
    assert done.returncode == 1
    assert "There is no earlier version to compare with" in done.stderr
    assert "git is not installed" in run("uses", "--impact", cwd=files.root, PATH=str(tmp_path)).stderr


def test_library_that_had_errors_then(kept: Workspace) -> None:
    edit(kept, "seeds/homes.yaml", "{{waiting}}", "{{wating}}")
    git(kept, "commit", "-qam", "Broken")
    edit(kept, "seeds/homes.yaml", "{{wating}}", "{{waiting}}")
    done = run("uses", "--impact", cwd=kept.root)
    assert done.returncode == 1
    assert "At HEAD the library had errors" in done.stderr
    assert "seeds/homes.yaml:7: There is no fact or term called `wating`" in done.stderr


def test_error_then_in_a_file_that_is_the_same_now(kept: Workspace) -> None:
    """The file is not read again, and what is wrong in it at that time is found all the same."""
    (kept.seeds / "more.yaml").write_text("passages:\n  - id: more\n    text: Of {{extra}} homes.\n", encoding="utf-8")
    git(kept, "add", "-A")
    git(kept, "commit", "-qm", "Broken")
    edit(kept, "seeds/homes.yaml", "facts:\n", "facts:\n  - {id: extra, value: 5, what: homes, source: report}\n")
    done = run("uses", "--impact", cwd=kept.root)
    assert done.returncode == 1
    assert "At HEAD the library had errors" in done.stderr
    assert "seeds/more.yaml:3: There is no fact or term called `extra`" in done.stderr


def test_change_that_reaches_a_briefing_through_a_file_that_is_the_same(kept: Workspace) -> None:
    (kept.seeds / "more.yaml").write_text("passages:\n  - id: more\n    text: Of {{waiting}}.\n", encoding="utf-8")
    edit(kept, "briefs/other.yaml", "  - key_messages: [elsewhere]", "  - passages: [more]")
    git(kept, "add", "-A")
    git(kept, "commit", "-qm", "More")
    edit(kept, "seeds/homes.yaml", "value: 60", "value: 70")
    assert shown(at(kept))["other"] == [("Of 60\u00a0[1].", "Of 70\u00a0[1].")]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_what_is_known_of_some_files_makes_the_library_that_reading_them_makes(example: Path, at: int) -> None:
    library, _ = load_library(example / "seeds")
    known = dict(list(parts(library).items())[at::3])
    again, faults = load_library(example / "seeds", known)
    assert len(known) > 3
    assert not faults
    for name in ("blocks", "facts", "sources", "topics", "terms", "words"):
        ours, theirs = getattr(library, name), getattr(again, name)
        assert list(ours) == list(theirs)
        assert {id for id in ours if ours[id] is theirs[id]} == {id for id in ours if id.source.path in known}
    assert [(each.kind, each.name, each.span) for each in again.mentions] == [
        (each.kind, each.name, each.span) for each in library.mentions
    ]


def test_nothing_that_a_repository_names_is_run(kept: Workspace) -> None:
    """Its settings and hooks may come from anywhere; looking at it must be harmless, and leave it as it is."""
    trap = kept.root / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {kept.root}/sprung\nexec cat\n", encoding="utf-8")
    trap.chmod(0o755)
    for name in ("core.fsmonitor", "core.pager", "diff.external", "core.sshCommand", "filter.bad.smudge", "filter.bad.clean",
                 "diff.bad.textconv", "core.editor", "alias.ls-tree", "alias.cat-file"):  # fmt: skip
        git(kept, "config", name, str(trap))
    (kept.root / ".gitattributes").write_text("* filter=bad diff=bad\n", encoding="utf-8")
    for hook in ("post-index-change", "reference-transaction", "post-checkout"):
        (kept.root / ".git" / "hooks" / hook).write_bytes(trap.read_bytes())
        (kept.root / ".git" / "hooks" / hook).chmod(0o755)
    edit(kept, "seeds/homes.yaml", "value: 60", "value: 70")
    before = {path: path.read_bytes() for path in kept.root.rglob("*") if path.is_file()}
    assert list(at(kept).differences) == ["lords"]
    assert {path: path.read_bytes() for path in kept.root.rglob("*") if path.is_file()} == before


def test_links_are_left_out(kept: Workspace, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a link leads to has a history elsewhere, so it counts as unchanged."""
    elsewhere = tmp_path_factory.mktemp("shared")
    (elsewhere / "more.yaml").write_text("topics:\n  - {id: shared, label: Shared}\n", encoding="utf-8")
    (kept.seeds / "shared").symlink_to(elsewhere)
    assert at(kept) == Since("HEAD", [], [])
