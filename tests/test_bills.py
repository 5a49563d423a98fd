"""Bills and amendments: titles, numbers that change from list to list, stances, votes, and the worked example."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from despatch.checking import everything
from despatch.load import load_brief, load_library
from despatch.workspace import Workspace
from tests.helpers import ROOT, run, workspace

EXAMPLE = ("commons-2023-03-14", "lords-2023-06-13", "lords-2023-07-04", "commons-2023-07-17")

BILL = """
positions:
  - id: childs-say
    heading: Children to have a say
    proposal:
      from: committee-list
      amendment:
        operation: new clause
        place: After Clause 7
        movers: [Baroness Ashcombe]
        sponsors: [Lord Penhallow, Lord Marlingford]
        text: |
          After Clause 7, insert the following new Clause—
          “Views of the child *as given*”
        explanatory: |
          This new Clause would have a child heard.
    view:
      stance: support
      vote: content
      text: |
        We support this new clause.
  - id: stand-part
    heading: Whether Clause 3 should stay
    proposal:
      from: committee-list
      amendment: {operation: stand part, place: Clause 3}
    view:
      stance: oppose
      text: |
        We oppose leaving out the clause.
  - id: clause-5
    heading: Oversight
    proposal: {from: placements-bill, clause: Clause 5, text: Ofsted would look at accounts.}
    view: {stance: concern, text: We are not convinced.}
  - id: chapter-5
    heading: Homes
    proposal: {from: the-review, part: Chapter 5, text: The Review wants more homes.}
    view: {stance: support, text: We support this.}
sources:
  - {id: placements-bill, kind: bill, title: Placements Bill, short: the Bill, by: A department, published: 2023-03-01}
  - {id: the-review, kind: review, title: A review of care, short: the Review, by: A reviewer, published: 2022-05-23}
  - id: report-list
    kind: amendment-list
    title: Amendments on Report
    by: House of Lords
    published: 2023-07-01
  - id: committee-list
    kind: amendment-list
    title: Amendments in Committee
    by: House of Lords
    published: 2023-06
    printings:
      - {name: Marshalled List, date: 2023-06-09, numbers: {childs-say: 31}}
"""
SECOND_LIST = "      - {name: second Marshalled List, date: 2023-06-12, numbers: {childs-say: 34}}\n"
BRIEF = """
title: Placements Bill [HL]
house: lords
proceeding: committee-stage
dates: [2023-06-13, 2023-06-15]
day_numbers: [1, 2]
bill: HL Bill 98
amendment_list: committee-list
style: lga
sections:
  - heading: Amendments to Clause 5
    positions: [childs-say, stand-part, clause-5, chapter-5]
"""


def page(folder: Path, seeds: str = BILL, brief: str = BRIEF) -> str:
    """The Markdown of the small workspace's briefing."""
    made = workspace(folder, seeds, brief)
    result = run("build", "lords", "--to", "md", "--out", "out", cwd=made.root)
    assert result.returncode == 0, result.stderr
    return (folder / "out" / "lords.md").read_text(encoding="utf-8")


def findings(folder: Path, seeds: str = BILL, brief: str = BRIEF) -> dict[str, list[str]]:
    """What `check` says of the small workspace, by rule."""
    found: dict[str, list[str]] = {}
    for each in everything(workspace(folder, seeds, brief), []):
        found.setdefault(each.rule, []).append(each.message)
    return found


def test_the_title_in_one_line_says_what_which_stage_where_and_when(tmp_path: Path) -> None:
    line = "Placements Bill [HL]: Committee stage, days 1 and 2, House of Lords, Tuesday 13 and Thursday 15 June 2023"
    made = page(tmp_path)
    assert f'title: "{line}"' in made
    assert (
        "# Placements Bill \\[HL\\]\n\nCommittee stage, days 1 and 2, House of Lords\n\nTuesday 13 and Thursday 15 June 2023"
        in made
    )


@pytest.mark.parametrize(("numbers", "printed"), [("[3]", "day 3"), ("[1, 2, 4]", "days 1, 2 and 4")])
def test_days_of_a_stage_are_numbered(tmp_path: Path, numbers: str, printed: str) -> None:
    days = ", ".join(["2023-06-13", "2023-06-15", "2023-06-20"][: len(numbers.split())])
    brief = BRIEF.replace("[2023-06-13, 2023-06-15]", f"[{days}]").replace("[1, 2]", numbers)
    assert f"Committee stage, {printed}, House of Lords" in page(tmp_path, brief=brief)


@pytest.mark.parametrize(
    ("was", "now", "line", "message"),
    [
        ("[2023-06-13, 2023-06-15]", "[2023-06-15, 2023-06-13, 2023-06-13]", 5,
         "2023-06-13 is a sitting day of this brief already."),
        ("[1, 2]", "[1]", 6, "There are 2 sitting days, and here is one number."),
        ("[1, 2]", "[1, 2, 3]", 6, "There are 2 sitting days, and here are 3 numbers."),
        ("[1, 2]", "[2, 1]", 6, "The numbers of the days do not rise from one day to the next."),
        ("dates: [2023-06-13, 2023-06-15]", "date: 2023-06-13", 6, "There is one sitting day, and here are 2 numbers."),
        ("house: lords", "house: lords\ndate: 2023-06-13", 6, "Write `date` or `dates`, not both."),
    ],
)  # fmt: skip
def test_days_that_would_print_wrongly_are_errors_where_they_stand(
    was: str, now: str, line: int, message: str, tmp_path: Path
) -> None:
    found = everything(workspace(tmp_path, BILL, BRIEF.replace(was, now)), [])
    assert (line, message) in [(each.span.line, each.message) for each in found if each.severity == "error"]


def test_two_lists_of_one_day_are_an_error_that_shows_both(tmp_path: Path) -> None:
    copied = BILL + SECOND_LIST.replace("06-12", "06-09")
    [fault] = [each for each in everything(workspace(tmp_path, copied, BRIEF), []) if each.severity == "error"]
    lines = [str(number) for number, text in enumerate(copied.splitlines(), 1) if "date: 2023-06-09" in text]
    assert [str(each.line) for each in (fault.related[0][1], fault.span)] == lines
    assert (
        fault.message
        == "Another printing of `committee-list` has the day 2023-06-09 as well, so nobody can tell which is newer."
    )


@pytest.mark.parametrize(
    ("by", "house", "proceeding", "is_wrong"),
    [
        ("House of Lords", "commons", "committee-stage", True),
        ("House of Commons", "lords", "report-stage", True),
        ("House of Commons", "commons", "report-stage", False),
        ("House of Lords", "commons", "lords-amendments", False),
        ("House of Lords Library", "commons", "committee-stage", False),
    ],
)
def test_a_list_of_the_other_house_is_an_error(
    by: str, house: str, proceeding: str, is_wrong: bool, tmp_path: Path
) -> None:
    brief = BRIEF.replace("house: lords", f"house: {house}").replace("committee-stage", proceeding)
    made = workspace(tmp_path, BILL.replace("by: House of Lords", f"by: {by}"), brief)
    errors = [each for each in everything(made, []) if each.severity == "error"]
    other, ours = ("Commons", "Lords") if house == "lords" else ("Lords", "Commons")
    said = f"`committee-list` is a list of the House of {other}; this brief is for the House of {ours}."
    assert [each.message for each in errors] == ([said] if is_wrong else [])
    assert [each.span.text for each in errors] == (["amendment_list: committee-list"] if is_wrong else [])


def test_the_brief_may_write_its_own_title_line(tmp_path: Path) -> None:
    own = "Placements Bill: what the Lords can still mend, June 2023"
    made = page(tmp_path, brief=BRIEF + f'title_line: "{own}"\n')
    assert f'title: "{own}"' in made
    assert f"# {own}\n" in made
    assert "days 1 and 2, House of Lords\n" not in made.split("\n---\n", 1)[1]


def test_each_house_calls_it_by_its_own_name(tmp_path: Path) -> None:
    instrument = BRIEF.replace("committee-stage", "statutory-instrument").replace("day_numbers: [1, 2]\n", "")
    assert "\n\nDebate on a statutory instrument, House of Lords\n" in page(tmp_path / "lords", brief=instrument)
    commons = instrument.replace("house: lords", "house: commons").replace("amendment_list: committee-list\n", "")
    assert "\n\nDelegated Legislation Committee, House of Commons\n" in page(tmp_path / "commons", brief=commons)


def test_an_amendment_is_set_out_as_on_the_list(tmp_path: Path) -> None:
    made = page(tmp_path)
    parts = ["**Amendment 31**", "Tabled by Baroness Ashcombe", "Supported by Lord Penhallow and Lord Marlingford",
             "_After Clause 7_", "> After Clause 7, insert the following new Clause—", "\\*as given\\*",
             "_Member’s explanatory statement_", "\nThis new Clause would have a child heard."]  # fmt: skip
    places = [made.index(part) for part in parts]
    assert places == sorted(places)
    assert "Amendments are numbered as in the Marshalled List, 9 June 2023" in made


@pytest.mark.parametrize(
    ("operation", "lines"),
    [
        ("insert", [(0, "Page 2, line 14, at end insert—"), (1, "“(2A) The Minister must consult—"), (2, "(a) councils,"),
                    (3, "(i) in England, and"), (3, "(ii) in Wales, and"), (2, "(b) children,"), (2, "before a direction.”"),
                    (0, "Page 3, line 1, leave out “may” and insert “must”")]),
        ("insert", [(0, "At end insert—"), (1, "“( ) A council must—"), (2, "(h) look,"), (2, "(i) listen, and"), (2, "(j) tell.”")]),
        ("insert", [(0, "At end insert—"), (1, "“But not in August.”")]),
        ("leave out", [(0, "Page 4, line 9, leave out “soon”")]),
        ("new clause", [(0, "After Clause 7, insert the following new Clause—"), (1, "**“Views of the child**"), (1, "(1) Ask."),
                        (1, "(2) Listen.”")]),
        ("new clause", [(1, "**“Views of the child**"), (1, "A council must ask.”")]),
        ("new schedule", [(0, "Insert—"), (1, "“A council must ask."), (1, "It must listen.”")]),
    ],
)  # fmt: skip
def test_tabled_lines_are_set_in_as_in_a_bill(operation: str, lines: list[tuple[int, str]], tmp_path: Path) -> None:
    text = "".join(f"          {line.strip('*')}\n" for _, line in lines)
    seeds = re.sub(r"(?<=text: \|\n)          After Clause 7.*\n.*\n", text, BILL).replace(
        "new clause\n", f"{operation}\n"
    )
    shown = [line[2:] for line in page(tmp_path, seeds).splitlines() if line.startswith("> ")]
    assert [line.replace("\\", "") for line in shown] == [4 * level * "\u00a0" + line for level, line in lines]


def test_a_new_list_renumbers_every_later_briefing_and_no_earlier_one(tmp_path: Path) -> None:
    renumbered = page(tmp_path / "later", BILL + SECOND_LIST)
    assert "**Amendment 34**" in renumbered
    assert "second Marshalled List, 12 June 2023" in renumbered
    earlier = BRIEF.replace("dates: [2023-06-13, 2023-06-15]\nday_numbers: [1, 2]", "date: 2023-06-10")
    assert "**Amendment 31**" in page(tmp_path / "earlier", BILL + SECOND_LIST, earlier)


@pytest.mark.parametrize(
    ("was", "now", "line"),
    [
        ("2023-06-13, 2023-06-15", "2023-06-07, 2023-06-08", ""),  # before any printing
        ("amendment_list: committee-list", "amendment_list: report-list", ""),  # published after the sitting
        ("amendment_list: committee-list", "amendment_list: told", "Amendments are numbered as in the Marshalled List of 3 March"),
    ],
)  # fmt: skip
def test_only_a_list_that_is_out_is_named_and_with_one_article(was: str, now: str, line: str, tmp_path: Path) -> None:
    told = "  - {id: told, kind: amendment-list, title: the Marshalled List of 3 March}\n"
    made = page(tmp_path, BILL + told, BRIEF.replace(was, now))
    assert [each for each in made.splitlines() if "numbered as in" in each] == ([line] if line else [])


def test_what_a_position_says_of_its_number_stands(tmp_path: Path) -> None:
    typed = BILL.replace("operation: new clause\n", "operation: new clause\n        number: New Clause 3\n")
    assert "**New Clause 3**" in page(tmp_path, typed)


def test_an_amendment_without_a_number_says_so(tmp_path: Path) -> None:
    unnumbered = BILL.replace("{childs-say: 31}", "{stand-part: 8}")
    assert "**Amendment not yet numbered**" in page(tmp_path / "page", unnumbered)
    [message] = findings(tmp_path / "check", unnumbered)["wrong-amendment-number"]
    assert message == "`childs-say` has no number on the Marshalled List of 9 June 2023, so `lords` prints none."


def test_opposing_a_clause_needs_neither_number_nor_text(tmp_path: Path) -> None:
    made = page(tmp_path)
    assert "_Notice of an intention to oppose the Question that Clause 3 stand part of the Bill_" in made
    assert "LGA view: we oppose leaving out this clause" in made
    assert "stand-part" not in str(findings(tmp_path / "check"))


@pytest.mark.parametrize(
    ("movers", "said"),
    [("Lord Penhallow", "Lord Penhallow gives"), ("Lord Penhallow, Lady Ash", "Lord Penhallow and Lady Ash give")],
)
def test_a_notice_to_oppose_a_clause_names_who_gives_it(movers: str, said: str, tmp_path: Path) -> None:
    seeds = BILL.replace(
        "{operation: stand part,", f"{{operation: stand part, movers: [{movers}], sponsors: [Lady Oak],"
    )
    made = page(tmp_path, seeds.replace("stance: oppose", "stance: probing"))
    notice = f"_{said} notice of an intention to oppose the Question that Clause 3 stand part of the Bill_"
    assert f"{notice}\n\nSupported by Lady Oak\n" in made
    assert f"Tabled by {movers.partition(',')[0]}" not in made
    assert "**LGA view: we seek to probe whether this clause should stand part**" in made


def test_a_clause_is_written_with_its_name(tmp_path: Path) -> None:
    assert findings(tmp_path, BILL.replace("clause: Clause 5", "clause: 5"))["fields-do-not-fit"] == [
        "The label prints `clause` as it stands: write `clause: Clause 5`."
    ]


def test_a_notice_to_oppose_says_which_clause(tmp_path: Path) -> None:
    assert findings(tmp_path, BILL.replace(", place: Clause 3", ""))["fields-do-not-fit"] == [
        "Nothing says which clause is opposed: write `place: Clause 3`, or whichever it is."
    ]


@pytest.mark.parametrize(
    ("operation", "number", "printed"),
    [
        ("in lieu", "Lords Amendment 7", "**Amendment in lieu of Lords Amendment 7**\n\n_Government motion_"),
        ("in lieu", "7A", "**Amendment 7A**\n\n_Government motion_"),
        ("agree", "Lords Amendment 7", "**Lords Amendment 7**\n\n_Government motion to agree_"),
        ("disagree", "Lords Amendment 7", "**Lords Amendment 7**\n\n_Government motion to disagree_"),
    ],
)
def test_between_the_houses(operation: str, number: str, printed: str, tmp_path: Path) -> None:
    fields = f"{{operation: {operation}, place: Government motion, number: {number}, text: Leave it out}}"
    assert printed in page(tmp_path, BILL.replace("{operation: stand part, place: Clause 3}", fields))


def test_stances_are_in_the_styles_words_on_a_bill_alone(tmp_path: Path) -> None:
    made = page(tmp_path)
    assert re.findall(r"\*\*(LGA view[^*]*)\*\*", made) == [
        "LGA view: we support this new clause",
        "LGA view: we oppose leaving out this clause",
        "LGA view: we are not convinced by this clause",
        "LGA view",  # of the Review
    ]


@pytest.mark.parametrize(
    ("opposed", "label"),
    [
        ("oppose", "we oppose leaving out this Schedule"),
        ("probing", "we seek to probe whether this Schedule should stand part"),
    ],
)
def test_a_schedule_is_called_a_schedule(opposed: str, label: str, tmp_path: Path) -> None:
    seeds = BILL.replace("place: Clause 3", "place: Schedule 2").replace("clause: Clause 5", "clause: Schedule 4")
    made = page(tmp_path, seeds.replace("stance: oppose", f"stance: {opposed}"))
    assert re.findall(r"\*\*LGA view: ([^*]*)\*\*", made)[1:] == [label, "we are not convinced by this Schedule"]


def test_the_vote_is_asked_for_after_our_view(tmp_path: Path) -> None:
    made = page(tmp_path)
    assert "We support this new clause.\n\n**We ask peers to vote content.**\n" in made


@pytest.mark.parametrize(
    ("operation", "marked", "vote", "wanted"),
    [
        ("insert", "support", "not content", "content"),
        ("leave out", "oppose", "content", "not content"),
        ("disagree", "support", "not content", "content"),
        ("stand part", "support", "content", "not content"),
        ("stand part", "oppose", "not content", "content"),
        ("insert", "support", "content", ""),
        ("stand part", "support", "not content", ""),
        ("disagree", "oppose", "not content", ""),
        ("insert", "probing", "not content", ""),
        ("insert", "concern", "content", ""),
    ],
)
def test_a_vote_against_our_own_stance_is_found(
    operation: str, marked: str, vote: str, wanted: str, tmp_path: Path
) -> None:
    seeds = (
        BILL.replace("new clause\n", f"{operation}\n")
        .replace("stance: support", f"stance: {marked}", 1)
        .replace("vote: content", f"vote: {vote}")
    )
    messages = findings(tmp_path, seeds).get("wrong-vote", [])
    assert [each.partition("is to vote ")[2] for each in messages] == ([f"`{wanted}`, not `{vote}`."] if wanted else [])


def test_the_question_on_the_other_houses_amendment_may_be_to_disagree(tmp_path: Path) -> None:
    brief = BRIEF.replace("committee-stage", "commons-amendments")
    assert "wrong-vote" not in findings(tmp_path, BILL.replace("vote: content", "vote: not content"), brief)


@pytest.mark.parametrize("operation", ["agree", "disagree"])
def test_a_motion_does_not_lose_its_number_in_silence(operation: str, tmp_path: Path) -> None:
    seeds = BILL.replace("new clause\n", f"{operation}\n").replace("{childs-say: 31}", "{stand-part: 8}")
    assert "**Amendment not yet numbered**" in page(tmp_path / "page", seeds)
    [message] = findings(tmp_path / "check", seeds)["wrong-amendment-number"]
    assert message.startswith("`childs-say` has no number")


def test_amendments_of_a_group_stand_under_its_heading(tmp_path: Path) -> None:
    assert "## Amendments to Clause 5\n\n### Children to have a say\n" in page(tmp_path)


def test_an_amendment_without_its_words_is_a_fault(tmp_path: Path) -> None:
    wordless = re.sub(r"        text: \|\n(          .*\n)+", "", BILL, count=1)
    assert findings(tmp_path, wordless)["fields-do-not-fit"] == [
        "The amendment’s own words are missing: write them under `text: |`."
    ]


def test_a_number_for_a_position_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert "unknown-block" in findings(tmp_path, BILL.replace("{childs-say: 31}", "{child-say: 31}"))


def test_a_typed_number_that_the_list_does_not_have_is_found(tmp_path: Path) -> None:
    typed = BILL.replace("operation: new clause\n", "operation: new clause\n        number: 30\n")
    [message] = findings(tmp_path, typed)["wrong-amendment-number"]
    assert message == "`childs-say` is amendment 31 on the Marshalled List of 9 June 2023, not 30."


def test_an_amendment_from_another_list_than_the_briefs_is_found(tmp_path: Path) -> None:
    report = BRIEF.replace("committee-stage", "report-stage").replace("committee-list", "report-list")
    messages = findings(tmp_path, brief=report)["wrong-amendment-number"]
    assert "`childs-say` is on the list `committee-list`; `lords` is about `report-list`." in messages


def test_a_list_that_is_not_out_yet_gives_no_number(tmp_path: Path) -> None:
    early = BRIEF.replace("dates: [2023-06-13, 2023-06-15]\nday_numbers: [1, 2]", "date: 2023-06-01")
    [message] = findings(tmp_path, brief=early)["wrong-amendment-number"]
    assert message == "`childs-say` has no number on any list before 1 June 2023, so `lords` prints none."


@pytest.mark.parametrize(
    "old",
    ["Amendment 31", "amendments 31 and 40", "amendments 8, 12 and 31", "amendments 5, 27 & 31", "amendments 5, 27, and 31",
     "amendments 27–31", "amendments 5, 27-31 and 40", "amendment no. 31", "Amendments Nos 8 to 31", "Amdt 31"],
)  # fmt: skip
def test_an_old_number_in_prose_is_found(tmp_path: Path, old: str) -> None:
    said = BILL.replace("We support this new clause.", f"We support {old}.") + SECOND_LIST
    found = findings(tmp_path, said)
    [message] = found["wrong-amendment-number"]
    assert message == "31 was the number of `childs-say` on the Marshalled List of 9 June 2023; it is 34 now."
    assert "unregistered-number" not in found


@pytest.mark.parametrize(
    ("number", "said"),
    [("New Clause 3", "New Clause 3"), ("New Clause 3", "new clauses 2 and 3"), ("New Clause 3", "NC3"), ("NC3", "New Clause 3"),
     ("Lords Amendment 3", "Lords amendment 3"), ("New Schedule 3", "New Schedules 1, 3 and 8"), ("Motion A1", "Motion A1")],
)  # fmt: skip
def test_an_old_number_that_says_what_it_is_of_is_found(tmp_path: Path, number: str, said: str) -> None:
    seeds = BILL.replace("We support this new clause.", f"We support {said}.") + SECOND_LIST
    [message] = findings(tmp_path, seeds.replace("childs-say: 31", f"childs-say: {number}"))["wrong-amendment-number"]
    assert message == f"{number} was the number of `childs-say` on the Marshalled List of 9 June 2023; it is 34 now."


def test_an_old_number_is_found_where_the_briefing_has_no_position_on_the_amendment(tmp_path: Path) -> None:
    brief = BRIEF.replace("Amendments to Clause 5", "Amendments 31 to 33").replace("[childs-say, ", "[")
    [message] = findings(tmp_path, BILL + SECOND_LIST, brief)["wrong-amendment-number"]
    assert message == "31 was the number of `childs-say` on the Marshalled List of 9 June 2023; it is 34 now."


def test_a_number_that_a_later_list_will_give_is_not_old(tmp_path: Path) -> None:
    early = BRIEF.replace("dates: [2023-06-13, 2023-06-15]\nday_numbers: [1, 2]", "date: 2023-06-10")
    said = BILL.replace("We support this new clause.", "We support amendment 34.") + SECOND_LIST
    assert "wrong-amendment-number" not in findings(tmp_path, said, early)


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ("", 1),
        ("operation: in lieu", 0),  # has the number of the amendment that it is in lieu of
        ("superseded_by: chapter-5", 0),
    ],
)
def test_one_number_for_two_amendments_is_found_with_both_places(change: str, count: int, tmp_path: Path) -> None:
    other = "operation: leave out, place: Clause 9, text: Leave out Clause 9"
    seeds = BILL.replace("operation: stand part, place: Clause 3", other)
    seeds = seeds.replace("{childs-say: 31}", "{childs-say: 31, stand-part: 31}")
    if change.startswith("operation"):
        seeds = seeds.replace("operation: leave out", change)
    elif change:
        seeds = seeds.replace("- id: stand-part\n", f"- id: stand-part\n    {change}\n")
    found = [
        each for each in everything(workspace(tmp_path, seeds, BRIEF), []) if each.rule == "wrong-amendment-number"
    ]
    assert [each.message for each in found] == count * [
        "31 is the number of `childs-say` as well on the Marshalled List of 9 June 2023."
    ]
    assert all(each.related[0][1].column < each.span.column for each in found)


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("amendment 31A and, with clause 31, amendment 31", "31"),
        ("amendments 30–32", "30–32"),
        ("amendments\n        30 to 32, and not amendments 31A to 33", "30 to 32"),
    ],
)
def test_an_old_number_is_pointed_at_where_it_is_meant(tmp_path: Path, said: str, at: str) -> None:
    seeds = BILL.replace("We support this new clause.", f"We support {said}.") + SECOND_LIST
    folder = workspace(tmp_path, seeds, BRIEF)
    [found] = [each for each in everything(folder, []) if each.rule == "wrong-amendment-number"]
    assert (found.span.start, found.span.end - found.span.start) == (
        seeds.rindex(at, 0, seeds.index("- id: stand")),
        len(at),
    )


@pytest.mark.parametrize("few", ["amendments 30 to 40", "amendments 1–90", "clauses 30–32", "amendments 30 and 32"])
def test_several_that_have_the_new_number_too_or_are_far_apart_are_not_taken_for_an_old_one(
    tmp_path: Path, few: str
) -> None:
    said = BILL.replace("We support this new clause.", f"We support {few}.") + SECOND_LIST
    assert "wrong-amendment-number" not in findings(tmp_path, said)


@pytest.mark.parametrize(
    "right",
    ["amendment 34", "amendment 310", "amendment 31A", "clause 31", "Lords amendment 31", "New Clause 31", "NC31"],
)
def test_other_numbers_in_prose_are_not_taken_for_old_ones(tmp_path: Path, right: str) -> None:
    said = BILL.replace("We support this new clause.", f"We support {right}.") + SECOND_LIST
    assert "wrong-amendment-number" not in findings(tmp_path, said)


def test_what_a_proceeding_asks_for_is_asked_for(tmp_path: Path) -> None:
    bare = BRIEF.replace("bill: HL Bill 98\n", "").replace("amendment_list: committee-list\n", "")
    assert findings(tmp_path, brief=bare)["missing-particulars"] == [
        "A briefing for “Committee stage” names the Bill and its print; `lords` does not.",
        "A briefing for “Committee stage” names the list that the amendments are on; `lords` does not.",
    ]


@pytest.mark.parametrize(
    ("house", "bill", "other"),
    [
        ("commons", "HL Bill 98", "HL Bill 98"),
        ("lords", "Placements Bill, Bill 61", "Bill 61"),
        ("commons", "Bill 61", ""),
        ("lords", "HL Bill 98", ""),
        ("lords", "HL Bill 98, formerly Bill 61", ""),
        ("lords", "Placements Bill 2023", ""),
    ],
)
def test_the_other_houses_print_is_found(house: str, bill: str, other: str, tmp_path: Path) -> None:
    brief = BRIEF.replace("house: lords", f"house: {house}").replace("bill: HL Bill 98", f"bill: {bill}")
    seeds = BILL.replace("by: House of Lords", "by: The House")
    messages = findings(tmp_path, seeds, brief).get("missing-particulars", [])
    assert [each.partition(" is a print")[0] for each in messages] == ([f"`{other}`"] if other else [])


def test_the_worked_example_carries_its_messages_from_stage_to_stage() -> None:
    library, faults = load_library(Workspace(ROOT).seeds)
    assert not faults
    messages = []
    for name in EXAMPLE:
        brief, _, found = load_brief(ROOT / "briefs" / f"{name}-childrens-placements-bill.yaml", library)
        assert brief is not None, found
        messages.append({str(use.use) for section in brief.sections for use in section.uses})
    second_reading, *later = messages
    assert "placements-welcome" in second_reading
    assert all("placements-welcomed" in each for each in later)
    assert library.blocks["placements-welcome"].superseded_by == "placements-welcomed"
    assert second_reading & later[0] & later[1] == {"placements-directions", "placements-cost"}
