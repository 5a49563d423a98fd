"""Dates that move: what is found in briefings and in files from elsewhere, what is let be, and what to write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from despatch.content import Library
from despatch.diagnostics import Diagnostic
from despatch.office import Finding, Office
from despatch.readers import finished
from despatch.relative import INSIDE, RELATIVE
from despatch.rules import relative_date
from tests.test_rules import BRIEF, DAY, findings, prose, said


def advice(folder: Path, text: str, dates: str = DAY) -> str:
    """What to write in place of the one date in a text."""
    (finding,) = findings(folder, "relative-date", prose(text), BRIEF.format(dates=dates))
    return finding.help


def elsewhere(folder: Path, *paragraphs: str, day: date | None = None) -> list[Finding]:
    """What is found in a plain-text file."""
    path = folder / "old.txt"
    path.write_text("\n\n".join(["A briefing on homes", *paragraphs]) + "\n", encoding="utf-8")
    proof, _, faults = finished(path, None)
    assert proof is not None, faults
    dated = replace(proof, day=day)
    return list(relative_date.check(Office(Library(), (), outside=(dated,), is_whole=False)))


def test_of_many_dates_in_a_paragraph_a_few_are_shown_and_the_rest_counted(tmp_path: Path) -> None:
    few = elsewhere(tmp_path, "It grew last year. " * 5)
    assert [each.message for each in few] == ["“last year” means something else on another day."] * 5
    many = elsewhere(tmp_path, "It grew last year. " * 12)
    assert [each.span.start for each in many] == [each.span.start for each in few]
    assert many[-1].message == "“last year” means something else on another day, and 7 more like it here."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Recently, homes closed.", ["Recently"]),
        ("Until recently it grew.", ["recently"]),
        ("Services were cut in recent years.", ["in recent years"]),
        ("It came out yesterday.", ["yesterday"]),
        ("Peers debate it tomorrow.", ["tomorrow"]),
        ("Today’s report says so.", ["Today"]),
        ("It began two years ago.", ["two years ago"]),
        ("A year ago, and 18 months ago.", ["A year ago", "18 months ago"]),
        ("It is due this autumn, or next spring.", ["this autumn", "next spring"]),
        ("Answer by 13 August, please.", ["by 13 August"]),
        ("It is open until 13 August.", ["until 13 August"]),
        ("It will be law by March.", ["by March"]),
        ("Waiting lists doubled over the last year.", ["last year"]),
        ("LAST year, next\nweek.", ["LAST year", "next week"]),
    ],
)
def test_a_date_that_moves_is_found(text: str, expected: list[str], tmp_path: Path) -> None:
    assert said(tmp_path, "relative-date", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In the next phase of the Review, and over the last decade.",
        "Within the next five years.",
        "In 2018/19, the last year not affected by closed schools.",
        "In the last year of school, and the next month of the plan.",
        "The last year that is known.",
        "In 2021 it grew by a tenth on the previous year.",
        "It was launched in March and reported in June 2022.",
        "In 2022 the Review reported in May.",
        "On 26 May 2022, and from April 2023.",
        "Services for the children of today; society today.",
        "Services that councils currently run; now is the time.",
        "A report by June Smith, or by Theresa May’s Government.",
        "This may change, and next may come worse.",
        "They said: “It doubled last year.”",
        'They said ‘in June’ and "last week".',
        "She said: “It was published yesterday, and is long.",
        "Long ago, many years ago, some time ago.",
        "Year on year, a month at a time.",
        "They are counted on 31 March each year.",
    ],
)
def test_what_does_not_move_is_let_be(text: str, tmp_path: Path) -> None:
    assert said(tmp_path, "relative-date", text) == []


def test_a_title_without_a_year_is_another_rules(tmp_path: Path) -> None:
    brief = BRIEF.format(dates=DAY).replace("Homes for children", "Debate on 8 December")
    assert findings(tmp_path, "relative-date", prose("Homes."), brief) == []


@pytest.mark.parametrize(
    ("text", "dates", "expected"),
    [
        ("Last year it rose.", DAY, "Write “2021”, or “2021/22” for a financial year."),
        ("Last year it rose.", "date: 2022-03-31", "Write “2021”, or “2020/21” for a financial year."),
        ("Last year it rose.", "dates: [2022-12-19, 2023-01-10]", "Write “2022”, or “2021/22” for a financial year."),
        ("It ends next year.", DAY, "Write “2023”, or “2023/24” for a financial year."),
        ("It ends next year.", "date: 2098-12-08", "Write “2099”, or “2099/00” for a financial year."),
        ("It doubled over the last year.", DAY, "Write from when until when."),
        ("It doubled over the past month.", DAY, "Write from when until when."),
        ("Last month it rose.", "date: 2023-01-10", "Write “December 2022”."),
        ("Next month it ends.", DAY, "Write “January 2023”."),
        ("Last week it rose.", DAY, "Write “the week of 28 November 2022”."),
        ("This week it rose.", "date: 2022-12-05", "Write “the week of 5 December 2022”."),
        ("This autumn it rose.", DAY, "Write which year’s autumn is meant."),
        ("It is due by the end of the year.", DAY,
         "Write “the end of 2022”, or “the end of 2022/23” for the financial year."),
        ("It is due at the end of this month.", DAY, "Write “the end of December 2022”."),
        ("It came out in June.", DAY, "Write its year: “June 2022”, if that is meant."),
        ("It is open until 13 August.", DAY, "Write its year: “13 August 2022”, if that is meant."),
        ("It began last December.", DAY, "Write its year: “December 2021”, if that is meant."),
        ("It began last March.", DAY, "Write its year: “March 2022”, if that is meant."),
        ("It begins next March.", DAY, "Write its year: “March 2023”, if that is meant."),
        ("It began two years ago.", DAY, "Write “2020”, or “2020/21” for a financial year."),
        ("It began 13 months ago.", DAY, "Write “November 2021”."),
        ("It began a week ago.", DAY, "Write “the week of 28 November 2022”."),
        ("It came out yesterday.", "date: 2023-01-01", "Write “31 December 2022”."),
        ("It comes out tomorrow.", DAY, "Write “9 December 2022”."),
        ("Today’s report is long.", DAY, "Write “8 December 2022”."),
        ("Recently it rose.", DAY, "Write when it was."),
        ("It rose in recent years.", DAY, "Write since when."),
    ],
)  # fmt: skip
def test_what_to_write_is_worked_out_from_the_sitting_day(text: str, dates: str, expected: str, tmp_path: Path) -> None:
    assert advice(tmp_path, text, dates) == expected


def test_a_file_from_elsewhere_without_a_day_is_told_less(tmp_path: Path) -> None:
    (finding,) = elsewhere(tmp_path, "Councils spent more on these homes last year than on any other.")
    assert (finding.span.line, finding.span.column) == (3, 36)
    assert finding.message == "“last year” means something else on another day."
    assert finding.help == "Write the year, the month or the day itself."


def test_a_file_from_elsewhere_with_a_day_is_told_the_year(tmp_path: Path) -> None:
    text = "Councils spent more on these homes last year than on any other."
    (finding,) = elsewhere(tmp_path, text, day=date(2022, 12, 8))
    assert "once `old.txt` is read on another day than 8 December 2022" in finding.message
    assert "“2021”" in finding.help


def test_a_quotation_that_runs_on_in_the_next_paragraph_keeps_its_dates(tmp_path: Path) -> None:
    """Speakers are quoted over several paragraphs, each opened and only the last closed."""
    first = "The charity’s chief executive said: “Today’s report gives hope to the many who began last year."
    second = "“It was published last week, and it is a good report for all the families that we help.”"
    assert elsewhere(tmp_path, first, second) == []


def test_a_brief_may_weigh_it(tmp_path: Path) -> None:
    brief = BRIEF.format(dates=DAY) + "rules: {relative-date: advice}\n"
    told: list[Diagnostic] = findings(tmp_path, "relative-date", prose("Last year."), brief)
    assert [each.severity for each in told] == ["advice"]


@pytest.mark.parametrize(
    "words",
    ["Last year", "by the end of the month", "Next week", "Recently", "Tomorrow", "Yesterday", "Today’s report", "in May",
     "Two weeks ago", "This autumn", "coming winter", "last summer", "next spring"],
)  # fmt: skip
def test_the_quick_look_misses_nothing_that_the_long_one_finds(words: str) -> None:
    assert RELATIVE.search(words)
    assert any(each in words for each in INSIDE)


@pytest.mark.parametrize(
    "run", ["last " * 100_000, "the end of " * 50_000, "in " * 100_000, " " * 400_000, "1" * 400_000]
)
def test_no_line_takes_long(run: str) -> None:
    list(RELATIVE.finditer(f"{run}year"))
