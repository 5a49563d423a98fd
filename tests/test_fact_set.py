"""A figure changed everywhere at once: what is written to its file, and when nothing is."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from despatch.load import load_library
from despatch.revise import Change, Plan, Refusal, difference, planned, remarks, revised, write
from despatch.workspace import Workspace
from tests.helpers import run, workspace

SOURCES = """
sources:
  - {id: statistics, kind: dataset, title: Statistics}
  - {id: statistics-2023, kind: dataset, title: Statistics of 2023}
"""
FACTS = """# Figures

facts:
  - id: in-care
    value: 82,170  # provisional
    what: children in care, England
    as_of: 2022-03-31
    source: statistics
    next: 2023-11

  # The next one
  - id: waiting
    value: 'more than 50'
    what: children waiting
    source: statistics
"""
KEY_MESSAGES = """
key_messages:
  - id: record
    text: |
      Homes come first. {{in-care}} children were in care on {{in-care.as_of}}. More will be.
"""
BRIEF = """title: Homes
house: lords
proceeding: take-note-debate
date: 2023-12-08
sections:
  - key_messages: [record]
"""


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    return workspace(tmp_path, FACTS + KEY_MESSAGES + SOURCES, BRIEF)


def seed(office: Workspace) -> Path:
    return office.seeds / "homes.yaml"


def plan(office: Workspace, name: str, change: Change, *, force: bool = False) -> Plan | Refusal:
    library, faults = load_library(office.seeds)
    assert not faults
    return planned(name, change, office, library, force=force)


def changed(folder: Path, facts: str, change: Change) -> str:
    """The facts of a file after the fact `a` has been set; the file's other lists are not shown."""
    files = workspace(folder, "")
    seed(files).write_bytes(facts.encode())
    (files.seeds / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    made = plan(files, "a", change)
    assert isinstance(made, Plan), made
    assert write(made) == ""
    return seed(files).read_bytes().decode()


NEW = Change("83,840", "2023-03-31")
CASES = """== block
facts:
  - id: a
    value: 82,170
    what: children
    as_of: 2022-03-31
    source: statistics
    next: 2023-11
    note: |
      The count on one day.
-- becomes
facts:
  - id: a
    value: 83,840
    what: children
    as_of: 2023-03-31
    source: statistics
    was:
      - value: 82,170
        as_of: 2022-03-31
        source: statistics
    note: |
      The count on one day.
== comments, quotation marks, a field that is not first
# top
facts:

    -   value: "82,170"  # provisional
        id: a  # the id
        # of whom
        what: 'children'

        source: statistics
        next: 2023-11  # in the autumn
    # end
-- becomes
# top
facts:

    -   value: 83,840  # provisional
        id: a  # the id
        # of whom
        what: 'children'
        as_of: 2023-03-31

        source: statistics
        was:
          - value: 82,170
            source: statistics
        # in the autumn
    # end
== flow
facts:
  - {id: a, value: 75, what: children, source: statistics, next: 2024}  # c
-- becomes
facts:
  - {id: a, value: "83,840", what: children, as_of: 2023-03-31, source: statistics, was: [{value: 75, source: statistics}]}  # c
== flow over lines
facts: [{next: 2024, id: a,  # c
  value: 7, as_of: 2022, what: x,
  source: statistics}]
-- becomes
facts: [{id: a,  # c
  value: "83,840", as_of: 2023-03-31, what: x,
  source: statistics, was: [{value: 7, as_of: 2022, source: statistics}]}]
== older values
facts:
- id: a
  was:
  # older
  - value: 7
    as_of: 2021
  value: 8
  as_of: 2022
  what: x
  source: statistics
-- becomes
facts:
- id: a
  was:
  # older
  - value: 8
    as_of: 2022
    source: statistics
  - value: 7
    as_of: 2021
  value: 83,840
  as_of: 2023-03-31
  what: x
  source: statistics
== older values in brackets
facts:
  - id: a
    value: 8
    what: x
    was: [{value: 7}]
    source: statistics
-- becomes
facts:
  - id: a
    value: 83,840
    what: x
    as_of: 2023-03-31
    was: [{value: 8, source: statistics}, {value: 7}]
    source: statistics
== fields with nothing after them
facts:
  - id: a
    value: 8
    what: x
    as_of:
    next:
    was:  # none yet
    source: statistics
-- becomes
facts:
  - id: a
    value: 83,840
    what: x
    as_of: 2023-03-31
    next:
    was:  # none yet
      - value: 8
        source: statistics
    source: statistics
== next at the end of a file without a last line end
facts:
  - id: a
    value: 8
    what: x
    source: statistics
    next: 2024
-- becomes
facts:
  - id: a
    value: 83,840
    what: x
    as_of: 2023-03-31
    source: statistics
    was:
      - value: 8
        source: statistics
== next after the dash
facts:
  - next: 2024
    id: a
    value: 8
    what: x
    source: statistics
-- becomes
facts:
  - id: a
    value: 83,840
    what: x
    as_of: 2023-03-31
    source: statistics
    was:
      - value: 8
        source: statistics
== value under a line
facts:
  - id: a
    value: >-
      more
      than 8
    what: x
    source: statistics
-- becomes
facts:
  - id: a
    value: 83,840
    what: x
    as_of: 2023-03-31
    source: statistics
    was:
      - value: more than 8
        source: statistics
"""
WAYS = dict(case.split("\n", 1) for case in CASES.split("== ")[1:])
LAST = "next at the end of a file without a last line end"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_only_the_entry_changes_however_it_is_written(tmp_path: Path, way: str, newline: str, mark: str) -> None:
    ends = "\n" if way == LAST else ""
    before, after = (
        (mark + text.removesuffix(ends)).replace("\n", newline) for text in WAYS[way].split("-- becomes\n")
    )
    assert changed(tmp_path, before, NEW) == after


def test_source_and_next_are_written_where_they_are_given(tmp_path: Path) -> None:
    change = Change("up to 20", "2022/23", "statistics-2023", "2024-11")
    after = changed(tmp_path, WAYS["block"].split("-- becomes\n")[0], change)
    assert "    value: up to 20\n" in after
    assert "    as_of: 2022/23\n    source: statistics-2023\n    next: 2024-11\n    was:\n" in after


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("£1.6 billion", "£1.6 billion"),
        ("nearly 25 per cent", "nearly 25 per cent"),
        ("25%", "25%"),
        ("-3", "-3"),
        ("9,000 carers #1", '"9,000 carers #1"'),
        ("100 carers: all of them", '"100 carers: all of them"'),
        ('100 "kin" carers: all', "'100 \"kin\" carers: all'"),
    ],
)
def test_value_is_plain_where_yaml_reads_it_back(tmp_path: Path, value: str, written: str) -> None:
    files = workspace(tmp_path, FACTS + KEY_MESSAGES + SOURCES)
    text = revised(load_library(files.seeds)[0].facts["waiting"], Change(value, "2023"))
    assert text is not None
    assert f"    value: {written}\n    what: children waiting\n    as_of: 2023\n" in text


# The command.


def test_command_shows_and_writes_the_change(office: Workspace) -> None:
    done = run("fact", "set", "in-care", "83,840", "--as-of", "2023-03-31", cwd=office.root)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        """--- seeds/homes.yaml
+++ seeds/homes.yaml
@@ -2,11 +2,14 @@
~
 facts:
   - id: in-care
-    value: 82,170  # provisional
+    value: 83,840  # provisional
     what: children in care, England
-    as_of: 2022-03-31
+    as_of: 2023-03-31
     source: statistics
-    next: 2023-11
+    was:
+      - value: 82,170
+        as_of: 2022-03-31
+        source: statistics
~
   # The next one
   - id: waiting

lords prints differently:
  Key messages
    - 82,170 children were in care on 31 March 2022 [1].
    + 83,840 children were in care on 31 March 2023 [1].

`next: November 2023` is taken away, as this is the newer figure. Say with --next when another is due.
Its source is still `statistics`. Name another with --source.
Set in-care in seeds/homes.yaml:4
""").replace("~", " ").replace(" [1]", "\u00a0[1]")  # fmt: skip
    assert load_library(office.seeds)[0].facts["in-care"].value == "83,840"
    assert run("build", "lords", "--to", "md", cwd=office.root).returncode == 0
    assert "83,840" in (office.root / "out" / "lords.md").read_text(encoding="utf-8")


def test_dry_run_shows_the_same_and_writes_nothing(office: Workspace) -> None:
    arguments = ("fact", "set", "in-care", "83,840", "--as-of", "2023-03-31")
    before = seed(office).read_bytes()
    dry = run(*arguments, "--dry-run", cwd=office.root)
    assert dry.returncode == 0
    assert seed(office).read_bytes() == before
    wet = run(*arguments, cwd=office.root)
    assert dry.stdout.splitlines()[:-1] == wet.stdout.splitlines()[:-1]
    assert dry.stdout.splitlines()[-1] == "Nothing is written to seeds/homes.yaml:4."


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("in-crae", NEW, "There is no fact called `in-crae`. Did you mean `in-care`?"),
        ("in-care", Change("lots and lots", "2023"), "lots"),
        ("in-care", Change("", "2023"), "no value"),
        ("in-care", Change("83,840\n8", "2023"), "one line"),
        ("in-care", Change("83,840\u0007", "2023"), "one line"),
        ("in-care", Change("83,840", "last year"), "--as-of: `last year` is not a date. Write 2022-03-31"),
        ("in-care", Change("83,840", "2023-03-31", next="soon"), "--next: `soon` is not a date."),
        ("in-care", Change("83,840", "2023-03-31", next="2023-01"), "cannot be due in January 2023,"),
        ("in-care", Change("83,840", "2023-03-31", next="2023-03-31"), "cannot be due on 31 March 2023,"),
        ("in-care", Change("82,170", "2022-03-31", "statistics", "2023-11"), "There is nothing to change"),
        ("in-care", Change("83,840", "2023", "statistic-2023"), "Did you mean `statistics-2023`"),
        ("in-care", Change("82,170", "2022-03-31"), "There is nothing to change"),
        ("in-care", Change("80,850", "2021-03-31"), "31 March 2021 is earlier"),
    ],
)
def test_doubt_is_said_and_nothing_is_made(office: Workspace, name: str, change: Change, said: str) -> None:
    for force in (False, True):
        refusal = plan(office, name, change, force=force)
        assert isinstance(refusal, Refusal)
        assert said in refusal.message
        assert refusal.is_mistyped


def test_refusal_is_a_sentence_and_nothing_is_written(office: Workspace) -> None:
    before = seed(office).read_bytes()
    done = run("fact", "set", "in-care", "80,850", "--as-of", "2021-03-31", cwd=office.root)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("despatch: `in-care` is dated 31 March 2022")
    assert seed(office).read_bytes() == before


def test_wrong_figure_is_put_right_on_its_own_date(office: Workspace) -> None:
    """A mistyped figure was never true: it is neither kept nor charted, and the next release is due as before."""
    before = seed(office).read_text(encoding="utf-8")
    done = run("fact", "set", "in-care", "82,180", "--as-of", "2022-03-31", cwd=office.root)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-2:] == [
        "The date is the same, so this corrects the figure; the old one is not kept under `was`.",
        "Set in-care in seeds/homes.yaml:4",
    ]
    assert seed(office).read_text(encoding="utf-8") == before.replace("82,170", "82,180")


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (("--source", "statistics-2023"), "    source: statistics\n    next", "    source: statistics-2023\n    next"),
        (("--next", "2024-11"), "next: 2023-11", "next: 2024-11"),
    ],
)
def test_source_or_next_alone_can_be_changed(office: Workspace, change: tuple[str, str], old: str, new: str) -> None:
    before = seed(office).read_text(encoding="utf-8").replace("82,170", "'82,170'")
    seed(office).write_text(before, encoding="utf-8")
    done = run("fact", "set", "in-care", "82,170", "--as-of", "2022-03-31", *change, cwd=office.root)
    assert (done.returncode, done.stderr) == (0, "")
    assert "corrects" not in done.stdout
    assert seed(office).read_text(encoding="utf-8") == before.replace(old, new)


def test_figure_that_is_printed_and_looks_the_same(office: Workspace) -> None:
    text = seed(office).read_text(encoding="utf-8").replace(" on {{in-care.as_of}}", "")
    seed(office).write_text(text, encoding="utf-8")
    done = run("fact", "set", "in-care", "82,170", "--as-of", "2023-03-31", cwd=office.root)
    assert done.returncode == 0
    assert "\nNothing prints differently.\n" in done.stdout


def test_same_figure_a_year_later_is_a_change(office: Workspace) -> None:
    made = plan(office, "in-care", Change("82,170", "2023-03-31"))
    assert isinstance(made, Plan)
    assert "    was:\n      - value: 82,170\n        as_of: 2022-03-31\n" in made.text


def test_entry_that_cannot_be_changed_safely_is_left_alone(office: Workspace) -> None:
    text = FACTS.replace("value: 82,170  # provisional", "value: |  # provisional\n      82,170")
    seed(office).write_text(text + KEY_MESSAGES + SOURCES, encoding="utf-8")
    refusal = plan(office, "in-care", NEW)
    assert refusal == Refusal(
        "seeds/homes.yaml:4: this entry is written in a way that cannot be changed safely. Change it by hand."
    )


def test_library_with_errors_is_said_first(office: Workspace) -> None:
    with seed(office).open("a", encoding="utf-8") as file:
        file.write("topics:\n  - {id: homes, label: Homes, under: hoems}\n")
    before = seed(office).read_bytes()
    done = run("fact", "set", "in-care", "83,840", "--as-of", "2023", cwd=office.root)
    assert done.returncode == 1
    assert "[unknown-topic]" in done.stderr
    assert seed(office).read_bytes() == before


def test_brief_with_faults_of_its_own_is_named_as_not_compared(office: Workspace) -> None:
    (office.root / "briefs" / "other.yaml").write_text(BRIEF.replace("[record]", "[recrod]"), encoding="utf-8")
    done = run("fact", "set", "in-care", "83,840", "--as-of", "2023", cwd=office.root)
    assert done.returncode == 0
    assert "other is not compared: it has faults of its own. See `despatch check other`.\n" in done.stdout
    assert "lords prints differently:" in done.stdout


def test_figure_that_no_briefing_prints(office: Workspace) -> None:
    done = run("fact", "set", "waiting", "more than 60", "--as-of", "2023", cwd=office.root)
    assert done.returncode == 0
    assert "\nNo briefing prints it.\n" in done.stdout


def test_date_left_behind_in_words_is_pointed_out(office: Workspace) -> None:
    text = seed(office).read_text(encoding="utf-8").replace("on {{in-care.as_of}}", "on 31 March 2022")
    seed(office).write_text(text.replace("care, England", "care on 31 March 2022"), encoding="utf-8")
    done = run("fact", "set", "in-care", "83,840", "--as-of", "2023-03-31", cwd=office.root)
    assert "children were in care on 31 March 2022\u00a0[1].\n      still says 31 March 2022\n" in done.stdout
    assert "Its `what` still says 31 March 2022: look whether it holds.\n" in done.stdout


@pytest.mark.parametrize(
    ("value", "said"), [("£83,840", "are not measured alike"), ("838,400", "count its noughts"), ("8,384", "noughts")]
)
def test_figure_that_looks_mistyped_is_pointed_out(office: Workspace, value: str, said: str) -> None:
    done = run("fact", "set", "in-care", value, "--as-of", "2023", "--dry-run", cwd=office.root)
    assert done.returncode == 0
    assert said in done.stdout


def test_difference_shows_only_lines_that_changed_in_a_long_file(office: Workspace) -> None:
    """Taken from a library in which every fact has the same source: the source's own line is no difference."""
    more = "".join(f"  - id: fact-{n}\n    value: 1\n    what: x\n    source: statistics\n" for n in range(100))
    text = FACTS.replace("facts:\n", f"facts:\n{more}") + more.replace("fact-", "more-") + KEY_MESSAGES + SOURCES
    seed(office).write_text(text, encoding="utf-8")
    made = plan(office, "in-care", Change("83,840", "2023", next="2024"))
    assert isinstance(made, Plan)
    *heads, place = difference(made, "homes.yaml")[:3]
    lines = difference(made, "homes.yaml")[3:]
    assert heads == ["--- homes.yaml", "+++ homes.yaml"]
    removed = [line for line in lines if line.startswith("-")]
    assert removed == ["-    value: 82,170  # provisional", "-    as_of: 2022-03-31", "-    next: 2023-11"]
    first = made.file.text.splitlines().index("  - id: in-care") - 1
    old, new = ([line[1:] for line in lines if line[0] != sign] for sign in "+-")
    assert place == f"@@ -{first},{len(old)} +{first},{len(new)} @@"
    assert made.file.text.splitlines()[first - 1 :][: len(old)] == old
    assert made.text.splitlines()[first - 1 :][: len(new)] == new


def test_figure_that_would_be_a_fault_is_refused(office: Workspace) -> None:
    """A chart compares figures of one unit."""
    figures = "figures:\n  - {id: chart, heading: Chart, show: chart, facts: [in-care, waiting]}\n"
    seed(office).write_text(FACTS + KEY_MESSAGES + SOURCES + figures, encoding="utf-8")
    before = seed(office).read_bytes()
    done = run("fact", "set", "in-care", "£83,840", "--as-of", "2023", cwd=office.root)
    assert (done.returncode, done.stdout) == (1, "")
    assert "seeds/homes.yaml:26:63 error [unfit-chart]" in done.stderr
    assert done.stderr.endswith("despatch: With this figure there would be faults, so nothing is written.\n")
    assert seed(office).read_bytes() == before


# Sums.

SUMS = """
facts:
  - {id: total, value: £1.6 billion, what: all, source: statistics, equals: "{{part}} + {{rest}}", as_of: 2021}
  - {id: part, value: £1 billion, what: part, source: statistics, as_of: 2021}
  - {id: rest, value: £0.6 billion, what: rest, source: statistics, as_of: 2021}
"""


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("part", "£1.3 billion", "`total`, £1.6 billion, would no longer come out: £1.3 billion + £0.6 billion makes £1.9"),
        ("total", "£1.7 billion", "`total`, £1.7 billion, would no longer come out: £1 billion + £0.6 billion makes £1.6"),
        ("rest", "6 hours", "£ and hours cannot be added."),
        ("part", "£1.04 billion", ""),
        ("total", "at least £1.6 billion", ""),
    ],
)  # fmt: skip
def test_sum_that_would_no_longer_come_out_is_a_doubt(tmp_path: Path, name: str, value: str, said: str) -> None:
    files = workspace(tmp_path, SUMS + SOURCES)
    made = plan(files, name, Change(value, "2022"))
    assert said in made.message if isinstance(made, Refusal) else not said
    forced = plan(files, name, Change(value, "2022"), force=True)
    assert isinstance(forced, Plan)
    assert [said in each for each in remarks(forced) if each.startswith("The sum for")] == [True] * bool(said)


def test_sum_that_did_not_come_out_before_is_no_doubt(tmp_path: Path) -> None:
    files = workspace(tmp_path, SUMS.replace("£1.6", "£1.9") + SOURCES)
    assert isinstance(plan(files, "part", Change("£1.1 billion", "2022")), Plan)


def test_sum_of_a_brief_is_held_too(tmp_path: Path) -> None:
    local = (
        "local:\n  facts:\n    - {id: more, value: £2 billion, what: x, source: statistics, equals: '{{part}} * 2'}\n"
    )
    files = workspace(tmp_path, SUMS.replace("{{part}} + {{rest}}", "{{rest}} + 1000000000") + SOURCES, BRIEF + local)
    made = plan(files, "part", Change("£3 billion", "2022"))
    assert isinstance(made, Refusal)
    assert not made.is_mistyped
    assert "`more`, £2 billion" in made.message


# Facts of a brief's own.

LOCAL = """local:
  facts:
    - {id: today, value: 7, what: things, source: statistics, as_of: 2022}
  key_messages:
    - id: things
      text: |
        Today there are {{today}}.
"""


def test_a_fact_of_a_brief_is_set_in_the_brief(office: Workspace) -> None:
    path = office.root / "briefs" / "lords.yaml"
    path.write_text(BRIEF.replace("[record]", "[things]") + LOCAL, encoding="utf-8")
    done = run("fact", "set", "today", "8", "--as-of", "2023", cwd=office.root)
    assert (done.returncode, done.stderr) == (0, "")
    assert "    - Today there are 7" in done.stdout
    assert "    + Today there are 8" in done.stdout
    assert done.stdout.endswith("Set today in briefs/lords.yaml:9\n")
    assert "value: 8, what: things, source: statistics, as_of: 2023, was: [{value: 7, as_of: 2022," in path.read_text(
        encoding="utf-8"
    )


def test_a_fact_of_two_briefs_is_a_doubt(office: Workspace) -> None:
    for name in ("commons", "lords"):
        (office.root / "briefs" / f"{name}.yaml").write_text(BRIEF + LOCAL, encoding="utf-8")
    refusal = plan(office, "today", Change("8", "2023"))
    assert isinstance(refusal, Refusal)
    assert not refusal.is_mistyped
    assert "more than one fact called `today`: in commons.yaml and lords.yaml" in refusal.message


# The file.


def test_file_changed_meanwhile_is_left_as_it_is(office: Workspace) -> None:
    made = plan(office, "in-care", NEW)
    assert isinstance(made, Plan)
    edited = seed(office).read_bytes().replace(b"# Figures", b"# My figures")
    seed(office).write_bytes(edited)
    assert "changed since it was read" in write(made)
    assert seed(office).read_bytes() == edited


def test_of_two_changes_made_at_once_the_second_is_refused(office: Workspace) -> None:
    first, second = (plan(office, "in-care", Change(value, "2023")) for value in ("83,840", "83,841"))
    assert isinstance(first, Plan)
    assert isinstance(second, Plan)
    assert write(first) == ""
    assert write(second)
    assert load_library(office.seeds)[0].facts["in-care"].value == "83,840"


@pytest.mark.skipif(sys.platform == "win32", reason="needs links and modes")
def test_link_and_permissions_stay(office: Workspace, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere.txt"
    seed(office).rename(real)
    real.chmod(0o640)
    seed(office).symlink_to(real)
    made = plan(office, "in-care", NEW)
    assert isinstance(made, Plan)
    assert write(made) == ""
    assert seed(office).is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert "83,840" in real.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["briefs", "elsewhere.txt", "seeds"]


def test_protected_file_is_left_as_it_is(office: Workspace) -> None:
    made = plan(office, "in-care", NEW)
    assert isinstance(made, Plan)
    seed(office).chmod(0o444)
    before = seed(office).read_bytes()
    assert "protected" in write(made)
    assert seed(office).read_bytes() == before


def test_help_teaches_with_examples() -> None:
    done = run("fact", "set", "--help", cwd=Path.cwd())
    examples = re.findall(r"^  despatch fact set (\S+) .*--as-of", done.stdout, re.MULTILINE)
    assert len(examples) == 2
    assert set(examples) <= load_library(Workspace(Path(__file__).parents[1]).seeds)[0].facts.keys()
