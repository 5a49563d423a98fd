"""The editorial rules, each by what an officer would meet: what is found, at which place, and what is let be.

`found` gives line, column and the words themselves: of the one seed file, or of the brief if its place says so.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from despatch.checking import elsewhere, everything
from despatch.diagnostics import Diagnostic, has_errors
from tests.helpers import run, workspace

SOURCES = """\
sources:
  - {id: report, kind: report, title: A report, published: 2022}
"""
PROSE = "passages:\n  - id: homes\n    text: |\n"
BRIEF = """\
title: Homes for children
house: lords
proceeding: take-note-debate
{dates}
sections:
  - passages: [homes]
"""
DAY = "date: 2022-12-08"


def findings(folder: Path, rule: str, seeds: str, brief: str | None = None, *named: str) -> list[Diagnostic]:
    """What one rule finds in a workspace without errors."""
    found = everything(workspace(folder, seeds if "sources:" in seeds else seeds + SOURCES, brief), list(named))
    assert not has_errors(found)
    return [each for each in found if each.rule == rule]


def found(folder: Path, rule: str, seeds: str, brief: str | None = None, *named: str) -> list[str]:
    """The places and the words at which a rule finds something."""
    return [_place(each) for each in findings(folder, rule, seeds, brief, *named)]


def said(folder: Path, rule: str, text: str, facts: str = "") -> list[str]:
    """What a rule finds in some prose: the words alone. The prose is printed by a brief of 8 December 2022."""
    places = found(folder, rule, prose(text) + facts, BRIEF.format(dates=DAY))
    return [place.split(" ", 1)[1] for place in places]


def prose(text: str) -> str:
    """A passage called `homes`; its first character is at 4:7."""
    return PROSE + "".join(f"      {line}\n" if line else "\n" for line in text.split("\n"))


def facts(*entries: str) -> str:
    """Facts, each given by its fields; what is left out is filled in."""
    return "facts:\n" + "".join(f"  - {{{_filled(each)}}}\n" for each in entries)


def _filled(entry: str) -> str:
    name = entry.partition(",")[0].removeprefix("id: ")
    needed = {"what": f"the number of {name}", "as_of": "2022", "source": "report"}
    return entry + "".join(f", {name}: {value}" for name, value in needed.items() if f"{name}: " not in entry)


def _place(each: Diagnostic) -> str:
    span = each.span
    words = " ".join(span.path.read_text(encoding="utf-8")[span.start : span.end].split())
    return f"{'' if span.path.stem == 'homes' else span.path.stem + ' '}{span.line}:{span.column} {words}"


# Numbers in prose.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There are 82,170 children in care.", ["82,170"]),
        ("The gap is £1.6bn.", ["£1.6bn"]),
        ("The gap is £1.6 billion a year.", ["£1.6 billion"]),
        ("Between £14m and £19m.", ["Between £14m and £19m"]),
        ("It costs £14-19 million.", ["£14-19 million"]),
        ("Spending rose by 25 per cent.", ["25 per cent"]),
        ("Spending rose by 25%.", ["25%"]),
        ("Spending rose by ten per cent.", ["ten per cent"]),
        ("A campaign within six months.", ["six months"]),
        ("A campaign within 6 months.", ["6 months"]),
        ("A three-year settlement.", ["three-year"]),
        ("Social workers need 100 hours a year for families.", ["100 hours"]),
        ("It was published on 26 May 2022.", ["26 May 2022"]),
        ("It was published in May 2022.", ["May 2022"]),
        ("On 26 May 2022 Ministers published it.", ["26 May 2022"]),
        ("Ministers wrote to Ofsted on 26 May 2022.", ["26 May 2022"]),
        ("In 2021 Ministers promised more.", ["2021"]),
        ("By 2018/19 it had risen.", ["2018/19"]),
        ("Between 2015-16 and 2018-19.", ["Between 2015-16 and 2018-19"]),
        ("Nearly two thirds of enquiries.", ["two thirds"]),
        ("For two-thirds of them.", ["two-thirds"]),
        ("Half of all grants.", ["Half"]),
        ("From £8.5bn to £10.5bn.", ["£8.5bn", "£10.5bn"]),
        ("It costs £14m to £19m.", ["£14m to £19m"]),
        ("It costs £3-4m.", ["£3-4m"]),
        ("From 17 to 19 June 2022.", ["17", "19 June 2022"]),
        ("On 17 to 19 June 2022.", ["17 to 19 June 2022"]),
        ("For twenty-five years.", ["twenty-five years"]),
        ("For two or three years.", ["two or three years"]),
        ("Within six\nmonths.", ["six months"]),
        ("Two-thirds wait.", ["Two-thirds"]),
        ("Three quarters wait.", ["Three quarters"]),
        ("A third cut in grants.", ["A third"]),
        ("Grants fell by a third.", ["a third"]),
        ("Half a million children.", ["Half a million"]),
        ("A tenfold rise, or 12-fold.", ["tenfold", "12-fold"]),
        ("A threefold increase.", ["threefold"]),
        ("It cost millions of pounds.", ["millions of pounds"]),
        ("There are under 16 homes.", ["16"]),
        ("More than 24 hours.", ["24 hours"]),
        ("Last year 12 homes closed.", ["12"]),
        ("There are 5,000 aged 16 to 18.", ["5,000"]),
        ("About 1 in 5 children wait.", ["1 in 5"]),
        ("One in five children waits.", ["One in five"]),
        ("Demand has doubled.", ["doubled"]),
        ("Places have halved.", ["halved"]),
        ("Care numbers are at a record high.", ["record high"]),
        ("Record numbers of children are in care.", ["Record numbers"]),
        ("Under section 47 there were 201,000 enquiries.", ["201,000"]),
        ("As Part 3 says, 25 per cent wait.", ["25 per cent"]),
        ("In Chapter 5, 9,000 carers are promised.", ["9,000"]),
        ("Clause 5 or 6 months.", ["6 months"]),
        ("Last year, 20 may have left.", ["20"]),
        ("**82,170** children, and *75* areas.", ["82,170", "75"]),
        ("See [the 12 homes](https://example.org/homes).", ["12"]),
        ("It rose (by 40).", ["40"]),
    ],
)
def test_a_number_in_prose_is_found(text: str, expected: list[str], tmp_path: Path) -> None:
    assert said(tmp_path, "unregistered-number", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Enquiries under section 47.",
        "Section 47 enquiries rose.",
        "Sections 17, 20 and 47 of the Children Act 1989.",
        "Section 47(1)(b) says so.",
        "Regulation 5(1) says so.",
        "Chapter 5 of the Review.",
        "Chapters 2, 5, 7 and 9.",
        "We would leave out clause 12.",
        "Clauses 12 to 15.",
        "Clause 5, page 3, line 12.",
        "Amendment 31 in the name of Baroness A.",
        "Part 3 and Schedule 2.",
        "HL Bill 133.",
        "Cm 9999 and CP 123.",
        "Article 39 asked for it.",
        "As paragraph 4.12 says.",
        "As para 4.12 says.",
        "See pages 12 to 14.",
        "See p. 12.",
        "Recommendation 7.",
        "Question 12.",
        "Key Stage 2.",
        "The 2021 Spending Review.",
        "Global Childhood Report 2021.",
        "The Children and Families Act 2014.",
        "Global Childhood Report (2021).",
        "Since Covid-19.",
        "In the 21st century.",
        "At 3rd Reading, and on the 2nd day.",
        "In the 1990s.",
        "The #1 way to keep a child with family.",
        "A4 paper.",
        "1. A home.\n2. A school.\n10. A friend.",
        "See [the report](https://example.org/2021/report-5.pdf).",
        "See https://example.org/2021/12.",
        "{{in-care}} children on {{in-care.as_of}} [@report].",
        "A one-off payment.",
        "One year on, nothing has changed.",
        "First, second and third.",
        "The second half was worse.",
        "Call 020 7946 0123, 0800 123 4567, 01632 960123 or +44 20 7946 0123.",
        "At 3.30pm, 11:30, 10am or 10 am.",
        "Children aged 16 and 17.",
        "Children aged 16 or over.",
        "Homes for 16- and 17-year-olds, or for a 16-year-old.",
        "Children under 16 are at school.",
        "No home is for those under 16.",
        "The under 18s and the over 25s.",
        "In Year 11 and Years 12 to 13.",
        "A grade 4 in English.",
        "HL Paper 12.",
        "HC Deb, vol 724, c 501.",
        "As [2020] UKSC 12 says, and UKSC 12.",
        "In a judgment of [2020].",
        "Open 24/7, with 24-hour care.",
        "A 50:50 share.",
        "A four-day week.",
        "18 Smith Square.",
        "We are 100% behind it.",
        "Pages 7 to 9.",
        "A third party, a third reading.",
        "Our aim is threefold.",
        "By half-term.",
    ],
)
def test_a_number_that_counts_nothing_is_let_be(text: str, tmp_path: Path) -> None:
    assert said(tmp_path, "unregistered-number", text, facts('id: in-care, value: "82,170"')) == []


def test_a_numbers_place_is_that_of_its_characters(tmp_path: Path) -> None:
    text = "In {{in-care.as_of}} there were 75 hubs.\n\n- Homes for 40 children\n- Homes for\n  £1.6bn"
    assert found(tmp_path, "unregistered-number", prose(text) + facts('id: in-care, value: "82,170"')) == [
        "4:39 75",
        "6:19 40",
        "8:9 £1.6bn",
    ]


EVERYWHERE = """\
positions:
  - id: homes-pair
    heading: The 11 homes
    proposal:
      from: report
      lead: "It proposes 12 homes:"
      points:
        - label: For 13 children
          text: In 14 towns.
    view:
      stance: support
      text: We want 15.
      variants: {short: We want 16.}
figures:
  - {id: table, heading: The 17 homes, facts: [in-care], caption: Of 18 homes.}
"""


def test_numbers_are_found_wherever_an_officer_writes_to_be_printed(tmp_path: Path) -> None:
    said = found(tmp_path, "unregistered-number", EVERYWHERE + facts('id: in-care, value: "82,170"'))
    assert [place.split()[1] for place in said] == ["11", "12", "13", "14", "15", "16", "17", "18"]


UNREAD = """\
quotations:
  - {id: chair, speaker: A Member, source: report, text: "It was 82,170 in 2022."}
contacts:
  - {id: office, name: Public affairs, role: Team of 12 officers, phone: 020 7664 3000}
positions:
  - id: amendment
    heading: A say
    proposal: {from: report, amendment: {number: 31, list: Second list, place: "Clause 5, page 3", text: "(1) In 30 days."}}
    view: {stance: support, text: We agree.}
passages:
  - {id: homes, note: All 12 of them., text: Homes., valid: {from: 2022-05-23}}
"""


def test_numbers_are_let_be_where_the_words_are_not_ours_or_are_not_printed(tmp_path: Path) -> None:
    assert found(tmp_path, "unregistered-number", UNREAD) == []


def test_a_file_from_elsewhere_has_no_facts_to_name(tmp_path: Path) -> None:
    files = workspace(tmp_path, prose("There are 12 homes.") + SOURCES)
    (tmp_path / "sent.txt").write_text("Homes\n\nThere are 12 homes in every county.\n", encoding="utf-8")
    assert "unregistered-number" in {each.rule for each in everything(files, [])}
    assert elsewhere(tmp_path / "sent.txt", files, "plain").faults == []


def test_numbers_are_found_in_a_briefs_own_words(tmp_path: Path) -> None:
    brief = """\
title: A debate on 12 homes
house: lords
proceeding: take-note-debate
date: 2022-12-08
standfirst: |
  Some 13 homes.
sections:
  - heading: The 14 homes
    passages:
      - use: homes
        replace:
          first: |
            In 15 homes.
local:
  passages:
    - {id: today, text: Today 16 homes.}
"""
    seeds = "passages:\n  - id: homes\n    points:\n      - {id: first, text: Homes.}\n"
    assert found(tmp_path, "unregistered-number", seeds, brief) == [
        "lords 1:20 12",
        "lords 6:8 13",
        "lords 8:18 14",
        "lords 13:16 15",
        "lords 16:31 16",
    ]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("82,170", "82,170"),
        ("£1.6bn", "£1.6 billion"),
        ("25%", "nearly 25 per cent"),
        ("6 months", "six months"),
        ("26 May 2022", "26 May 2022"),
        ("£14m to £19m", "£14m to £19m"),
        ("£3-4m", "£3m to £4m"),
        ("between £14m and £19m", "£14-19 million"),
        ("between 2015-16 and 2018-19", "between 2015-16 and 2018-19"),
        ("twenty-five years", "25 years"),
        ("half a million", "500,000"),
        ("two-thirds of", "two thirds"),
        ("doubled", "doubled"),
    ],
)
def test_a_fact_that_has_the_value_is_suggested(typed: str, value: str, tmp_path: Path) -> None:
    known = facts(f'id: the-one, value: "{value}", what: what it counts', 'id: another, value: "7,777"')
    (finding,) = findings(tmp_path, "unregistered-number", prose(f"It is {typed} it all.") + known)
    assert finding.help == "Write `{{the-one}}` (what it counts), if that is what it counts."


def test_every_fact_that_has_the_value_is_suggested(tmp_path: Path) -> None:
    known = facts('id: one, value: "9,000"', 'id: other, value: "9,000"')
    (finding,) = findings(tmp_path, "unregistered-number", prose("For 9,000 carers.") + known)
    assert "`{{one}}`" in finding.help
    assert "`{{other}}`" in finding.help


def test_a_number_that_no_fact_has_is_to_be_made_one(tmp_path: Path) -> None:
    known = facts("id: share, value: 12 per cent", "id: money, value: £12")
    (finding,) = findings(tmp_path, "unregistered-number", prose("For 12 homes.") + known)
    assert finding.help.startswith("Add it to `facts`")


# Dates that move.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Numbers rose last year.", ["last year"]),
        ("Last year’s figures.", ["Last year"]),
        ("Over the past year.", ["past year"]),
        ("This month, next week.", ["This month", "next week"]),
        ("By the end of the year.", ["By the end of the year"]),
        ("At the end of this month.", ["At the end of this month"]),
        ("It was published in June.", ["in June"]),
        ("It began last March.", ["last March"]),
        ("It ends next May.", ["next May"]),
        ("It is due in\nthe coming year.", ["coming year"]),
        ("It was published in June 2022.", []),
        ("This may change.", []),
        ("The last years of school.", []),
        ("The end of the Parliament, or of the year 2022.", []),
        ("By the end of the year 2022.", []),
        ("Last financial year.", ["Last financial year"]),
        ("Every year and month.", []),
    ],
)
def test_a_date_that_moves_is_found(text: str, expected: list[str], tmp_path: Path) -> None:
    assert said(tmp_path, "relative-date", text) == expected


def test_a_date_that_moves_is_found_once_for_each_briefing_that_prints_it(tmp_path: Path) -> None:
    seeds = prose("First.\n\nHere, last year.")
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs" / "again.yaml").write_text(BRIEF.format(dates="date: 2023-01-19"), encoding="utf-8")
    told = findings(tmp_path, "relative-date", seeds, BRIEF.format(dates="dates: [2022-12-08, 2022-12-12]"))
    assert [_place(each) for each in told] == ["6:13 last year"] * 2
    assert sorted(each.message.partition(" once ")[2] for each in told) == [
        "`again` is read on another day than 19 January 2023.",
        "`lords` is read on another day than 12 December 2022.",
    ]


def test_a_date_that_moves_is_let_be_where_no_briefing_prints_it(tmp_path: Path) -> None:
    seeds = prose("Homes.") + "key_messages:\n  - {id: not-used, text: Last year.}\n"
    assert found(tmp_path, "relative-date", seeds, BRIEF.format(dates=DAY)) == []


def test_a_quotation_keeps_its_own_last_year(tmp_path: Path) -> None:
    seeds = prose("Homes.") + "quotations:\n  - {id: chair, text: It was worse last year., source: report}\n"
    brief = BRIEF.format(dates=DAY) + "  - quotations: [chair]\n"
    assert found(tmp_path, "relative-date", seeds, brief) == []


@pytest.mark.parametrize(
    ("words", "as_of", "dates", "is_contradicted"),
    [
        ("Last year", "2020/21", "date: 2022-12-08", True),
        ("Last year", "2021/22", "date: 2022-12-08", False),
        ("Last year", "2020/21", "date: 2022-03-31", False),
        ("Last year", "2020/21", "date: 2022-04-01", True),
        ("Last year", "2020/21", "dates: [2022-03-30, 2022-04-02]", True),
        ("This year", "2022/23", "date: 2023-03-31", False),
        ("This year", "2022/23", "date: 2023-04-01", True),
        ("Last year", "2021", "date: 2022-12-08", False),
        ("Last year", "2022", "date: 2022-12-08", True),
        ("Last year", "2021-12-31", "date: 2022-01-01", False),
        ("Last year", "2020-12-31", "date: 2022-01-01", True),
        ("Last year", "2021", "dates: [2023-01-10, 2022-12-19]", True),
        ("This year", "2022-06", "date: 2022-12-08", False),
        ("Next year", "2022", "date: 2022-12-08", True),
        ("Last month", "2022-11", "date: 2022-12-08", False),
        ("Last month", "2022-12", "date: 2023-01-08", False),
        ("Last month", "2022-11-30", "date: 2023-01-08", True),
        ("This month", "2022-12", "date: 2022-12-31", False),
        ("This month", "2022-12", "dates: [2022-12-31, 2023-01-01]", True),
        ("Last month", "2022", "date: 2022-12-08", False),
        ("Last week", "2020", "date: 2022-12-08", False),
    ],
)
def test_a_relative_date_is_held_against_the_figure_beside_it(
    words: str, as_of: str, dates: str, is_contradicted: bool, tmp_path: Path
) -> None:
    seeds = prose(f"{words} it was {{{{spend}}}}.") + facts(f"id: spend, value: £10.5 billion, as_of: {as_of}")
    brief = BRIEF.format(dates=dates)
    expected = [f"4:7 {words}"]
    assert found(tmp_path, "contradicted-date", seeds, brief) == (expected if is_contradicted else [])
    assert found(tmp_path, "relative-date", seeds, brief) == ([] if is_contradicted else expected)


@pytest.mark.parametrize(
    "text",
    [
        "Last year was hard. Councils spent {{spend}}.",
        "- Last year was hard\n- Councils spent {{spend}}",
        "Last year was hard.\n\nCouncils spent {{spend}}.",
    ],
)
def test_a_figure_in_another_sentence_contradicts_nothing(text: str, tmp_path: Path) -> None:
    spend = facts("id: spend, value: £10.5 billion, as_of: 2020/21")
    assert said(tmp_path, "contradicted-date", text, spend) == []


def test_a_figure_without_a_date_contradicts_nothing(tmp_path: Path) -> None:
    seeds = prose("Last year it was {{spend}}.")
    spend = "facts:\n  - {id: spend, value: £10.5 billion, what: spending, source: report}\n"
    assert found(tmp_path, "contradicted-date", seeds + spend, BRIEF.format(dates=DAY)) == []


# Figures that are out of date, or from a day to come.


@pytest.mark.parametrize(
    ("next", "dates", "is_stale"),
    [
        ("2023-11-16", "date: 2023-11-15", False),
        ("2023-11-16", "date: 2023-11-16", False),
        ("2023-11-16", "date: 2023-11-17", True),
        ("2023-11", "date: 2023-11-30", False),
        ("2023-11", "date: 2023-12-01", True),
        ("2023", "date: 2023-12-31", False),
        ("2023", "date: 2024-01-01", True),
        ("2022/23", "date: 2023-03-31", False),
        ("2022/23", "date: 2023-04-01", True),
        ("2023-11", "dates: [2023-11-28, 2023-11-30]", False),
        ("2023-11", "dates: [2023-11-28, 2023-12-04]", True),
        ("2023-11", "dates: [2023-12-04, 2023-11-28]", True),
    ],
)
def test_a_figure_is_stale_once_the_next_was_due(next: str, dates: str, is_stale: bool, tmp_path: Path) -> None:
    seeds = prose("{{in-care}} children.") + facts(f'id: in-care, value: "82,170", next: {next}')
    expected = [f"6:42 {next}"] if is_stale else []
    assert found(tmp_path, "stale-fact", seeds, BRIEF.format(dates=dates)) == expected


STALE = facts('id: in-care, value: "82,170", as_of: 2022-03-31, next: 2022-11')


@pytest.mark.parametrize(
    ("text", "is_stale"),
    [("{{in-care}} children.", True), ("Children.", False)],
)
def test_only_a_figure_that_the_briefing_prints_is_stale_in_it(text: str, is_stale: bool, tmp_path: Path) -> None:
    seeds = prose(text) + "key_messages:\n  - {id: not-used, text: '{{in-care}}'}\n" + STALE
    assert bool(found(tmp_path, "stale-fact", seeds, BRIEF.format(dates=DAY))) == is_stale


def test_a_stale_figure_in_a_table_is_found(tmp_path: Path) -> None:
    seeds = "figures:\n  - {id: homes, heading: Homes, facts: [in-care]}\n" + STALE
    brief = BRIEF.format(dates=DAY).replace("passages", "figures")
    (finding,) = findings(tmp_path, "stale-fact", seeds, brief)
    assert finding.message == (
        "`in-care`, 82,170 (31 March 2022), is out of date in `lords`: a newer figure was due in November 2022, before the "
        "sitting day, 8 December 2022."
    )
    assert "despatch fact set in-care " in finding.help


def test_a_build_warns_of_a_stale_figure_and_writes(tmp_path: Path) -> None:
    files = workspace(tmp_path, prose("{{in-care}} children.") + STALE + SOURCES, BRIEF.format(dates=DAY))
    built = run("build", "lords", "--to", "md", cwd=files.root)
    assert built.returncode == 0
    assert "warning [stale-fact]" in built.stderr
    assert "82,170" in (files.root / "out" / "lords.md").read_text(encoding="utf-8")


def test_a_strict_build_refuses_a_stale_figure_and_writes_nothing(tmp_path: Path) -> None:
    files = workspace(tmp_path, prose("{{in-care}} children.") + STALE + SOURCES, BRIEF.format(dates=DAY))
    (files.root / "briefs" / "earlier.yaml").write_text(BRIEF.format(dates="date: 2022-11-30"), encoding="utf-8")
    built = run("build", "earlier", "lords", "--strict", cwd=files.root)
    assert (built.returncode, (files.root / "out").exists()) == (1, False)
    assert "warning [stale-fact]" in built.stderr
    assert "--strict" in built.stderr
    assert run("build", "earlier", "--strict", cwd=files.root).returncode == 0


@pytest.mark.parametrize(
    ("as_of", "dates", "is_found"),
    [
        ("2022-12-08", "date: 2022-12-08", False),
        ("2022-12-09", "date: 2022-12-08", True),
        ("2022-12-09", "dates: [2022-12-08, 2022-12-12]", False),
        ("2022-12", "date: 2022-12-08", False),
        ("2023-01", "date: 2022-12-31", True),
        ("2022", "date: 2022-01-01", False),
        ("2022/23", "date: 2022-03-31", True),
        ("2022/23", "date: 2022-04-01", False),
    ],
)
def test_a_figure_from_after_the_sitting_day_is_found(as_of: str, dates: str, is_found: bool, tmp_path: Path) -> None:
    seeds = prose("{{in-care}} children.") + facts(f"id: in-care, value: 83, as_of: {as_of}")
    expected = [f"6:37 {as_of}"] if is_found else []
    assert found(tmp_path, "future-fact", seeds, BRIEF.format(dates=dates)) == expected


# Figures that have no date, no source that can be found, or no reader.


@pytest.mark.parametrize(
    ("fields", "expected"),
    [("", ["6:26 82,170"]), (", as_of: 2022", []), (", as_of: 2020/21", []), (", next: 2023-11", ["6:26 82,170"])],
)
def test_a_figure_without_a_date_is_found(fields: str, expected: list[str], tmp_path: Path) -> None:
    fact = f'facts:\n  - {{id: in-care, value: "82,170", what: children in care, source: report{fields}}}\n'
    seeds = prose("{{in-care}} children.") + fact
    assert [place.replace('"', "") for place in found(tmp_path, "undated-fact", seeds)] == expected


def test_a_local_figure_without_a_date_is_found(tmp_path: Path) -> None:
    brief = BRIEF.format(dates=DAY) + "local:\n  facts:\n    - {id: votes, value: 312, what: votes, source: report}\n"
    assert found(tmp_path, "undated-fact", prose("Homes."), brief) == ["lords 9:26 312"]


def test_printing_a_date_that_is_not_there_is_one_mistake(tmp_path: Path) -> None:
    fact = "facts:\n  - {id: in-care, value: 75, what: children, source: report}\n"
    told = everything(workspace(tmp_path, prose("On {{in-care.as_of}}, {{in-care}}.") + fact + SOURCES), [])
    assert [each.rule for each in told] == ["no-date-to-print"]


@pytest.mark.parametrize(
    ("fields", "is_found"),
    [
        ("", True),
        (", by: The Department", True),
        (", published: 2022", False),
        (", url: 'https://example.org'", False),
        (", accessed: 2022-12-01", False),
    ],
)
def test_a_figures_source_can_be_found(fields: str, is_found: bool, tmp_path: Path) -> None:
    sources = f"sources:\n  - {{id: page, kind: page, title: A page{fields}}}\n"
    seeds = sources + facts("id: homes, value: 75, source: page", "id: hubs, value: 76, source: page")
    assert found(tmp_path, "unfindable-source", seeds) == (["2:35 A page"] if is_found else [])


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ("quotations:\n  - {id: chair, text: Homes., source: page}\n", ["2:35 A page"]),
        ("passages:\n  - {id: homes, text: 'Homes [@page].'}\n", []),
        ("", []),
    ],
)
def test_a_source_of_a_quotation_can_be_found_and_others_need_not(
    user: str, expected: list[str], tmp_path: Path
) -> None:
    assert (
        found(tmp_path, "unfindable-source", "sources:\n  - {id: page, kind: page, title: A page}\n" + user) == expected
    )


def test_a_source_of_a_briefs_own_can_be_found_too(tmp_path: Path) -> None:
    fact = "    - {id: votes, value: 312, what: votes, as_of: 2022, source: page}\n"
    local = f"local:\n  sources:\n    - {{id: page, kind: page, title: A page}}\n  facts:\n{fact}"
    brief = BRIEF.format(dates=DAY) + local
    assert found(tmp_path, "unfindable-source", prose("Homes."), brief) == ["lords 9:37 A page"]


ONE = facts('id: in-care, value: "82,170"')


@pytest.mark.parametrize(
    "user",
    [
        prose("{{in-care}} children."),
        prose("On {{in-care.as_of}}."),
        "passages:\n  - {id: homes, text: '{{in-care}}', status: withdrawn}\n",
        "figures:\n  - {id: table, heading: Homes, facts: [in-care]}\n",
        "figures:\n  - {id: table, heading: Homes, facts: [other], caption: 'Of {{in-care}}.'}\n",
    ],
)
def test_a_figure_is_used_wherever_it_is_named(user: str, tmp_path: Path) -> None:
    more = "  - {id: other, value: 75, what: homes, as_of: 2022, source: report}\n" if "other" in user else ""
    assert found(tmp_path, "unused-fact", user + ONE + more) == []


def test_a_figure_that_only_a_sum_rests_on_is_used(tmp_path: Path) -> None:
    known = facts("id: part, value: £1 billion", "id: total, value: £2 billion, equals: '{{part}} * 2'")
    assert found(tmp_path, "unused-fact", prose("{{total}}.") + known) == []


def test_a_figure_that_a_brief_alone_uses_is_used(tmp_path: Path) -> None:
    brief = BRIEF.format(dates=DAY).replace("Homes for", "The {{in-care}}")
    assert found(tmp_path, "unused-fact", prose("Homes.") + ONE, brief) == []


def test_a_figure_that_nothing_names_is_found(tmp_path: Path) -> None:
    brief = BRIEF.format(dates=DAY) + "local:\n  facts:\n    - {id: votes, value: 312, what: votes, source: report}\n"
    assert found(tmp_path, "unused-fact", prose("A {{term}}.").replace("{{term}}", "home") + ONE, brief) == [
        "lords 9:12 votes",
        "6:10 in-care",
    ]


def test_a_figure_is_not_called_unused_where_only_some_briefs_are_read(tmp_path: Path) -> None:
    assert found(tmp_path, "unused-fact", prose("Homes.") + ONE, BRIEF.format(dates=DAY), "lords") == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("seeds/broken.yaml", "passages:\n  - id: [\n"),
        ("seeds/broken.yaml", "passages:\n  - id: more\n    txet: '{{in-care}}'\n"),
        ("seeds/broken.yaml", "passages:\n  - id: more\n    text: 'There are {{in-crae}} children.'\n"),
        ("briefs/broken.yaml", "title: The {{in-care}} children\n"),
    ],
)
def test_a_figure_is_not_called_unused_where_its_user_could_not_be_read(path: str, text: str, tmp_path: Path) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text, encoding="utf-8")
    told = everything(workspace(tmp_path, prose("Homes.") + ONE + SOURCES), [])
    assert told
    assert "unused-fact" not in {each.rule for each in told}


# Figures that may be taken for each other.

PAIR = "{{one}} and {{other}}."


def same(folder: Path, one: str, other: str, text: str = PAIR) -> list[str]:
    """What `same-value` says of two values that one briefing prints."""
    known = facts(f'id: one, value: "{one}"', f'id: other, value: "{other}"')
    return found(folder, "same-value", prose(text) + known, BRIEF.format(dates=DAY))


@pytest.mark.parametrize(
    ("one", "other", "is_found"),
    [
        ("9,000", "9,000", True),
        ("£1.6 billion", "£1.6bn", True),
        ("£82 million", "£76 million", False),
        ("£5", "£5", True),
        ("100", "100", True),
        ("20", "20", False),
        ("25 per cent", "25 per cent", False),
        ("three years", "three years", False),
        ("2022", "2022", False),
        ("doubled", "doubled", False),
        ("200", "£200", False),
    ],
)
def test_two_figures_with_one_value_are_found(one: str, other: str, is_found: bool, tmp_path: Path) -> None:
    assert same(tmp_path, one, other) == ([f'7:24 "{other}"'] if is_found else [])


def test_one_value_in_two_briefings_is_let_be(tmp_path: Path) -> None:
    assert same(tmp_path, "9,000", "9,000", "{{one}}.") == []


def test_two_facts_of_one_thing_may_have_one_value(tmp_path: Path) -> None:
    known = facts("id: one, value: £5, what: the fee", "id: other, value: £5, what: the fee")
    assert found(tmp_path, "same-value", prose(PAIR) + known, BRIEF.format(dates=DAY)) == []


@pytest.mark.parametrize(("one", "other"), [("", ", equals: '{{one}} * 1'"), (", equals: '{{other}} * 1'", "")])
def test_a_figure_that_follows_from_another_may_have_its_value(one: str, other: str, tmp_path: Path) -> None:
    known = facts(f"id: one, value: £5{one}", f"id: other, value: £5{other}")
    assert found(tmp_path, "same-value", prose(PAIR) + known, BRIEF.format(dates=DAY)) == []


def test_two_figures_with_one_value_are_reported_once_and_with_both_places(tmp_path: Path) -> None:
    known = facts("id: one, value: £5", "id: other, value: £5")
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs" / "other.yaml").write_text(BRIEF.format(dates=DAY), encoding="utf-8")
    (told,) = findings(tmp_path, "same-value", prose(PAIR) + known, BRIEF.format(dates=DAY))
    assert (told.span.line, [span.line for _, span in told.related]) == (7, [6])


@pytest.mark.parametrize(
    ("one", "other", "is_found"),
    [
        ("value: 23 May 2022", "value: 26 May 2022", True),
        ("value: more than 70", "value: over 80", True),
        ("value: 50", "value: more than 50", True),
        ("value: over 50", "value: more than 50", False),
        ("value: £1.6bn", "value: £1.6 billion", False),
        ("value: 75, as_of: 2021", "value: 80, as_of: 2022", False),
        ("value: 75, as_of: 2022-05-23", "value: 80, as_of: 2022", True),
        ("value: 75, as_of: 2020/21", "value: 80, as_of: 2021-04-01", False),
        ("value: 75, as_of: 2020/21", "value: 80, as_of: 2021-03-31", True),
        ("value: 75, what: homes for the children of England", "value: 80, what: homes for England’s children", True),
        ("value: 75, what: homes in England", "value: 80, what: homes in Wales", False),
        ("value: 75, what: homes", "value: 80, what: new homes", False),
        ("value: 75, what: Homes", "value: 80, what: 'the homes,'", True),
    ],
)
def test_two_values_for_one_thing_are_found(one: str, other: str, is_found: bool, tmp_path: Path) -> None:
    what = "" if "what" in one else ", what: homes"
    known = facts(f"id: one, {one}{what}", f"id: two, {other}{what}")
    told = findings(tmp_path, "conflicting-values", known)
    assert [(each.span.line, each.related[0][1].line) for each in told] == ([(3, 2)] if is_found else [])


def test_an_undated_value_clashes_with_any_other(tmp_path: Path) -> None:
    undated = "  - {id: two, value: 80, what: homes, source: report}\n"
    known = facts("id: one, value: 75, what: homes, as_of: 2019") + undated
    assert found(tmp_path, "conflicting-values", known) == ["3:22 80"]


def test_a_local_value_clashes_with_the_librarys(tmp_path: Path) -> None:
    local = "local:\n  facts:\n    - {id: today, value: 80, what: homes, as_of: 2022, source: report}\n"
    known = facts("id: one, value: 75, what: homes")
    assert found(tmp_path, "conflicting-values", prose("Homes.") + known, BRIEF.format(dates=DAY) + local) == [
        "lords 9:26 80"
    ]


# How a figure is led up to, and what is said after it.


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("Up to {{it}} homes.", "up to 20", ["Up to {{it}}"]),
        ("There are over {{it}}.", "up to 20", ["over {{it}}"]),
        ("There are nearly\n{{it}}.", "more than 50", ["nearly {{it}}"]),
        ("No more than {{it}}.", "at most 50", ["No more than {{it}}"]),
        ("At least {{it}}.", "£3m or more", ["At least {{it}}"]),
        ("Up to {{it}} homes.", "20", []),
        ("Some want up to a fifth more than the {{it}} homes.", "up to 20", []),
        ("All of {{it}} homes.", "up to 20", []),
        ("There is more to {{it}} homes.", "up to 20", []),
        ("Homes are over. Up north {{it}}.", "up to 20", []),
        ("By over {{it.as_of}}.", "up to 20", []),
        ("There are about {{it}}.", "more than 50", ["about {{it}}"]),
        ("In England about {{it}} wait.", "more than 50", ["about {{it}}"]),
        ("A debate about {{it}} homes.", "more than 50", []),
        ("The Committee heard about {{it}} homes.", "more than 50", []),
        ("We asked Ministers about {{it}} homes.", "more than 50", []),
        ("Ministers were told over {{it}} times.", "more than 50", ["over {{it}}"]),
        ("They think there are about {{it}}.", "more than 50", ["about {{it}}"]),
    ],
)
def test_a_qualifier_said_twice_is_found(text: str, value: str, expected: list[str], tmp_path: Path) -> None:
    assert said(tmp_path, "doubled-qualifier", text, facts(f'id: it, value: "{value}"')) == expected


def test_a_qualifier_said_twice_is_shown_as_it_would_print(tmp_path: Path) -> None:
    (told,) = findings(tmp_path, "doubled-qualifier", prose("Homes: up to {{it}}.") + facts("id: it, value: up to 20"))
    assert (told.span.column, told.help) == (14, "Delete “up to”.")
    assert "“up to up to 20”" in told.message


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("The gap is {{gap}}.", True),
        ("The gap is {{gap}} a year.", False),
        ("Each year the gap is {{gap}}.", False),
        ("The annual gap is {{gap}}.", False),
        ("The gap is {{gap}} per year.", False),
        ("Every year is hard. The gap is {{gap}}.", True),
        ("- Every year is hard\n- A gap of {{gap}}", True),
        ("The gap, e.g. {{gap}}, grows each year.", False),
        ("The gap opens within a year: {{gap}}.", True),
        ("It was counted in {{gap.as_of}}.", False),
    ],
)
def test_a_yearly_amount_that_loses_its_year_is_found(text: str, is_found: bool, tmp_path: Path) -> None:
    gap = facts("id: gap, value: £1.6 billion, what: gap in funding each year")
    assert said(tmp_path, "dropped-period", text, gap) == (["{{gap}}"] if is_found else [])


@pytest.mark.parametrize(
    ("fact", "is_found"),
    [
        ("value: £1 million, what: yearly cost of a placement", True),
        ("value: £1 million, what: annual cost of a placement", True),
        ("value: £1 million a year, what: yearly cost of a placement", False),
        ("value: £1 million, what: cost of a placement", False),
        ("value: £1 million, what: cost of a placement that ends within a year", False),
        ("value: 900, what: placements each year", True),
        ("value: six months, what: time lost every year", True),
        ("value: 17 June 2021, what: day of the annual report", False),
        ("value: 25 per cent, what: share of the annual budget", False),
    ],
)
def test_only_a_figure_for_each_year_needs_its_year(fact: str, is_found: bool, tmp_path: Path) -> None:
    seeds = prose("Some cost {{cost}}.") + facts(f"id: cost, {fact}")
    assert found(tmp_path, "dropped-period", seeds) == (["4:17 {{cost}}"] if is_found else [])


# Sums.

PARTS = ("id: now, value: £1 billion", "id: growth, value: £0.6 billion", "id: share, value: 25 per cent")


@pytest.mark.parametrize(
    ("value", "equals", "expected"),
    [
        ("£1.6 billion", "{{now}} + {{growth}}", []),
        ("£1.7 billion", "{{now}} + {{growth}}", ["5:46 '{{now}} + {{growth}}'"]),
        ("more than £1.5 billion", "{{now}} + {{growth}}", []),
        ("up to £1.5 billion", "{{now}} + {{growth}}", ["5:52 '{{now}} + {{growth}}'"]),
        ("£250 million", "{{now}} * {{share}}", []),
        ("£1.6 billion", "{{now}} plus {{growth}}", ["5:55 plus"]),
        ("£1.6 billion", "{{now}} + {{share}}", ["5:47 {{now}} + {{share}}"]),
        ("£1.6 billion", "({{now}} + {{growth}}", ["5:47 ("]),
    ],
)
def test_a_sum_that_does_not_come_out_is_found(value: str, equals: str, expected: list[str], tmp_path: Path) -> None:
    known = facts(*PARTS, f"id: total, value: {value}, equals: '{equals}'")
    assert found(tmp_path, "broken-sum", known) == expected


def test_a_sum_of_another_unit_is_told_from_one_that_is_wrong(tmp_path: Path) -> None:
    known = facts(*PARTS, "id: total, value: 25 per cent, equals: '{{now}} + {{growth}}'")
    (told,) = findings(tmp_path, "broken-sum", known)
    assert "and 25 per cent is " in told.message


def test_a_sum_over_a_value_that_cannot_be_read_is_no_second_fault(tmp_path: Path) -> None:
    known = facts("id: part, value: many", "id: total, value: £2 billion, equals: '{{part}} * 2'")
    told = everything(workspace(tmp_path, prose("{{total}}.") + known + SOURCES), [])
    assert [(each.rule, each.span.line) for each in told] == [("unreadable-value", 6)]
