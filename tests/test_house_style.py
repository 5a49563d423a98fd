"""House style, punctuation and small words, each by what an officer would meet: what is found, and what is let be."""

from __future__ import annotations

from pathlib import Path

import pytest

from despatch.checking import everything
from despatch.content import Library
from despatch.diagnostics import Diagnostic, Span
from despatch.office import Finding, Office
from despatch.readers import finished
from despatch.rules import rule
from despatch.style import load_style
from tests.helpers import ROOT, workspace
from tests.test_rules import BRIEF, DAY, SOURCES, facts, found, prose

STYLED = BRIEF.format(dates=f"{DAY}\nstyle: lga")
PLAIN = BRIEF.format(dates=f"{DAY}\nstyle: plain")


def told(folder: Path, name: str, text: str, brief: str = STYLED) -> list[str]:
    """The words at which a rule finds something in a passage that the style of `brief` prints."""
    return [place.split(" ", 1)[1] for place in found(folder, name, prose(text), brief)]


def elsewhere(folder: Path, name: str, text: str, style: str = "lga") -> list[Finding]:
    """What a rule finds in a plain-text file from elsewhere."""
    path = folder / "briefing.txt"
    path.write_text(text, encoding="utf-8")
    worn, _ = load_style(style, ROOT / "templates", Span(path))
    proof, _, faults = finished(path, worn)
    assert proof is not None
    assert faults == []
    return list(rule(name).check(Office(Library(), (), outside=(proof,), is_whole=False)))


# Forms.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rose by 25 percent.", ["percent"]),
        ("It rose by 25% in all.", ["25%"]),
        ("Percent is a word.", ["Percent"]),
        ("It costs £1.6bn.", ["£1.6bn"]),
        ("It costs £5 m a year.", ["£5 m"]),
        ("The government should act.", ["The government"]),
        ("We ask the\ngovernment to act.", ["the government"]),
        ("A cross Whitehall plan.", ["cross Whitehall"]),
        ("A white paper and a White paper.", ["white paper"]),
        ("Better Foster Care.", ["Foster Care"]),
        ("The debate on December 8, 2022.", ["December 8, 2022"]),
        ("The debate on 8th December 2022.", ["8th December 2022"]),
        ("The Department of Education.", ["Department of Education"]),
        ("Money for 3 years.", ["3"]),
        ("Money—and time.", ["y—a"]),
        # What the house writes, and what only looks like something else.
        ("It rose by 25 per cent.", []),
        ("A percentage of it.", []),
        ("The Government and local government.", []),
        ("Nobody knows the government of Wales better.", []),
        ("We work with government departments.", []),
        ("The White Paper.", []),
        ("Foster care is good care.", []),
        ("Foster Care Fortnight begins.", []),
        ("It is read at [a page](https://example.org/percent).", []),
        ("She wrote “percent” and ‘the government’.", []),
        ("Chapter 5 years ago.", ["5"]),
        ("Children aged 5 years and under 3 years.", []),
        ("From 3 to 5 years.", []),
        ("A child is 3 years old.", []),
        ("For 12 years.", []),
    ],
)
def test_forms_of_the_style(text: str, expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, "house-form", text) == expected


def test_another_style_may_think_otherwise(tmp_path: Path) -> None:
    assert told(tmp_path, "house-form", "A white paper.", PLAIN) == []


def test_a_figures_value_is_held_to_the_style_that_prints_it(tmp_path: Path) -> None:
    seeds = prose("It rose by {{rise}}.") + facts("id: rise, value: 25%")
    assert found(tmp_path, "house-form", seeds, STYLED) == ["6:23 25%"]


def test_what_no_briefing_prints_has_no_style(tmp_path: Path) -> None:
    assert found(tmp_path, "house-form", prose("A white paper.")) == []


def test_the_place_in_the_style_is_named(tmp_path: Path) -> None:
    (each,) = house_forms(tmp_path, "A white paper.")
    assert each.message == "The `lga` style writes “White Paper”, not “white paper”."
    note, span = each.related[0]
    assert (note, span.path.name, span.text.strip()) == ("the style says so here", "style.yaml", "- write: White Paper")


def house_forms(folder: Path, text: str) -> list[Diagnostic]:
    """What `house-form` says of a passage in the style of the association."""
    found = everything(workspace(folder, prose(text) + SOURCES, STYLED), [])
    return [each for each in found if each.rule == "house-form"]


def styled(folder: Path, name: str, house: str) -> None:
    """A style of the workspace's own, which has these forms and is like `plain` otherwise."""
    text = (ROOT / "templates" / "plain" / "style.yaml").read_text(encoding="utf-8")
    head, _, rest = text.partition("house_style:\n")
    (folder / "templates" / name).mkdir(parents=True)
    path = folder / "templates" / name / "style.yaml"
    path.write_text(f"{head}house_style:\n{house}labels:\n{rest.partition('labels:')[2]}", encoding="utf-8")
    (path.parent / "reference.docx").write_bytes((ROOT / "templates/plain/reference.docx").read_bytes())
    for page in ("page.css", "page.html.j2", "page.md.j2"):
        (path.parent / page).write_bytes((ROOT / "templates/plain" / page).read_bytes())


def test_styles_that_disagree_are_told_of_and_nothing_is_changed(tmp_path: Path) -> None:
    styled(tmp_path, "percent", '  forms:\n    - {write: "{number}%", not: ["{number} per cent"]}\n')
    files = workspace(tmp_path, prose("It rose by 25%.") + SOURCES, STYLED)
    other = BRIEF.format(dates=f"{DAY}\nstyle: percent").replace("lords", "commons").replace("take-note", "general")
    (tmp_path / "briefs" / "commons.yaml").write_text(other, encoding="utf-8")
    (each,) = (each for each in everything(files, []) if each.rule == "house-form")
    assert (each.help, each.fixes) == ("Another style that prints these words wants them as they are: reword them.", ())


@pytest.mark.parametrize(
    ("rule", "text", "house"),
    [
        ("house-form", "Councils need money—and time.", "  dash: unspaced-em\n"),
        ("quotation-marks", "Mend the ‘market’ in care.", "  quotation_marks: single\n"),
    ],
)
def test_styles_that_disagree_about_a_mark_are_told_of(rule: str, text: str, house: str, tmp_path: Path) -> None:
    styled(tmp_path, "other", house)
    files = workspace(tmp_path, prose(text) + SOURCES, STYLED)
    other = BRIEF.format(dates=f"{DAY}\nstyle: other").replace("lords", "commons").replace("take-note", "general")
    (tmp_path / "briefs" / "commons.yaml").write_text(other, encoding="utf-8")
    (each,) = (each for each in everything(files, []) if each.rule == rule)
    assert (each.help, each.fixes) == ("Another style that prints these words wants them as they are: reword them.", ())


@pytest.mark.parametrize(
    ("rule", "text", "line"),
    [
        ("house-form", "Councils need money—and time.", "dash: spaced-en"),
        ("house-form", "It took 3 years.", "numbers_in_words_below: 4"),
        ("quotation-marks", "Mend the ‘market’ in care.", "quotation_marks: double"),
    ],
)
def test_a_mark_or_a_number_is_shown_where_the_style_says_so(rule: str, text: str, line: str, tmp_path: Path) -> None:
    styled(tmp_path, "ours", f"  {line}\n")
    brief = BRIEF.format(dates=f"{DAY}\nstyle: ours")
    (each,) = (each for each in everything(workspace(tmp_path, prose(text) + SOURCES, brief), []) if each.rule == rule)
    ((note, span), *_) = each.related
    assert (note, span.path.name, span.text.strip()) == ("the style says so here", "style.yaml", line)
    assert line.endswith(span.path.read_text(encoding="utf-8")[span.start : span.end])


@pytest.mark.parametrize(
    ("house", "said"),
    [
        ('  forms:\n    - {write: "{many} per cent", not: ["{many}%"]}\n', "`{many}` stands for nothing in a form."),
        ('  forms:\n    - {write: per cent, not: ["{number}%"]}\n', "`{number}%` and `per cent` have other words in braces."),
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_filled_is_a_fault_of_the_style(house: str, said: str, tmp_path: Path) -> None:
    styled(tmp_path, "mine", house)
    faults = everything(workspace(tmp_path, prose("Homes.") + SOURCES), [])
    assert [each.message for each in faults if each.rule == "fields-do-not-fit"][:1] == [said]


# Two ways in one document.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A White Paper, that White Paper, and a white paper.", ["white paper"]),
        ("For three years, then five years, then 3 years.", ["3 years"]),
        ("In 2018/19, in 2019/20 and in 2015-16.", ["2015-16"]),
        ("We recognise it, organise it and realize it.", ["realize"]),
        ("They coordinate, coordinate again and co-ordinate.", ["co-ordinate"]),
        ("It cost £5 million, £6 million and £7m.", ["£7m"]),
        ("The Government, the Government and the government.", ["the government"]),
        ("The Review says so. The Review means it. The review is right.", ["The review"]),
        # One way, or two things.
        ("The Government and local government across government.", []),
        ("The Government met the government department.", []),
        ("The Review and the review of education.", []),
        ("It is the size of a prize, and we organise it.", []),
        ("On 2022-12-08 and in 2022/23.", []),
        ("A White Paper. “A white paper”, she said.", []),
        ("For three years, aged 3 years.", []),
    ],
)
def test_two_ways_in_one_document(text: str, expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, "mixed-forms", text, PLAIN) == expected


def test_what_the_style_settles_is_not_told_twice(tmp_path: Path) -> None:
    text = "A White Paper, that White Paper, and a white paper."
    assert told(tmp_path, "mixed-forms", text) == []


def test_a_document_is_told_once_with_the_number_of_each(tmp_path: Path) -> None:
    text = "Homes\n\nA White Paper and a White Paper.\n\nA white paper, that white paper, a White Paper.\n"
    (each,) = elsewhere(tmp_path, "mixed-forms", text, "plain")
    assert each.message == "This document writes one thing in two ways: “White Paper” 3 times, “white paper” twice."
    assert (each.span.line, each.related[0][1].line) == (5, 3)


# Marks.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mend the ‘market’ in care.", ["‘market’"]),
        ('Mend the "market" in care.', ['"']),
        ("Mend the 'market' in care.", ["'"]),
        ("Mend the “market” in care.", []),
        ("She said: “Mend the ‘market’ now.”", []),
        ("The councils’ homes and children’s homes.", []),
        ("A 5' 4\" door.", []),
    ],
)
def test_quotation_marks(text: str, expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, "quotation-marks", text) == expected


def test_single_marks_alone_are_another_houses_habit(tmp_path: Path) -> None:
    text = "Homes\n\nMend the ‘market’ in care, and not the ‘system’ alone.\n"
    assert elsewhere(tmp_path, "quotation-marks", text) == []


def test_a_speech_over_several_paragraphs_keeps_its_marks(tmp_path: Path) -> None:
    text = "Homes\n\nShe said: “Mend the ‘market’ now.\n\n“Then mend the ‘system’ too.”\n"
    assert elsewhere(tmp_path, "quotation-marks", text) == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("straight-apostrophe", "The children's homes and the council's.", ["'"]),
        ("straight-apostrophe", "The councils' homes.", ["'"]),
        ("straight-apostrophe", "The children’s homes at [a page](https://example.org/it's).", []),
        ("straight-apostrophe", "“It's ours,” she said.", []),
        ("spaced-hyphen", "Money - and time -- and will.", ["y -"]),
        ("spaced-hyphen", "A well-known plan – a good one.", []),
        ("spaced-hyphen", "These count:\n- money\n- time", []),
        ("doubled-space", "Two  homes.", ["o h"]),
        ("doubled-space", "These count:\n\n- money\n    and more\n- time", []),
        ("space-before-punctuation", "Homes , now !", ["s ,"]),
        ("space-before-punctuation", "Homes … now. And .NET.", []),
        (
            "stray-punctuation",
            "Few homes.They cost more,and soon.. Few,too. Now,, too.",
            ["homes.They", "more,and", "soon..", "Few,too", "Now,,"],
        ),
        (
            "stray-punctuation",
            "No homes... or GOV.UK, Ltd., i.e.Homes, 1,000 or a.b@Council.Gov.uk and Dr A.N.Other.",
            [],
        ),
    ],
)
def test_marks_and_spaces(name: str, text: str, expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, name, text) == expected


@pytest.mark.parametrize("stop", ",;:.?!")
def test_no_stop_has_a_space_before_it(stop: str, tmp_path: Path) -> None:
    assert told(tmp_path, "space-before-punctuation", f"There are homes {stop} not enough of them") == [f"s {stop}"]


def test_a_file_from_elsewhere_is_told_of_a_habit_once(tmp_path: Path) -> None:
    text = "Homes\n\nThe child's home.\n\nThe council's child's home.\n"
    (each,) = elsewhere(tmp_path, "straight-apostrophe", text)
    assert each.message == "This apostrophe is straight, and 2 more like it."
    assert (each.span.line, [span.line for _, span in each.related], each.fixes) == (3, [5, 5], ())


# Words.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We build the the homes.", ["the the"]),
        ("We build the\nthe homes.", ["the the"]),
        ("The the homes.", ["The the"]),
        ("What they had had before, and that that was so.", []),
        ("The Review would set up up to 20 homes.", []),
        ("We have been calling for for some time.", []),
        ("The Baden Baden plan for Duran Duran.", []),
        ("Councils want more.\n\nMore homes.", []),
        ("A one-to-one to one meeting.", []),
        ("What it is is a question of money. She gave her her due.", []),
        ("It is is a question of money.", ["is is"]),
    ],
)
def test_a_word_twice(text: str, expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, "doubled-word", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The plan is has a wide reach.", ["is has"]),
        ("The market is s broken one.", ["is s"]),
        ("The market is no working – far from it.", ["is no working"]),
        ("We have the chance for adapt these to local needs.", ["for adapt these"]),
        ("We are glad to respond to submit this reply.", ["to respond to submit"]),
        ("They came back to work in for councils.", ["work in for"]),
        ("That is something they have been calling for many years.",
         ["something they have been calling for many years"]),
        ("It pays in order ensure good care.", ["in order ensure"]),
        ("The councils should of been asked.", ["should of"]),
        ("The majority or our councils say so.", ["majority or our councils"]),
        ("Each council has it’s own plan.", ["it’s own"]),
        ("Their are many. We know that their is hope.", ["Their are", "that their is"]),
        ("Councils can not cope.", ["can not"]),
        ("The councils has too little. Children is waiting. We know that local councils was asked.",
         ["The councils has", "Children is", "local councils was"]),
        ("Less children come home. There are less councils that have less\nplaces.", ["Less children", "less councils", "less places"]),
        # What is right, though it looks like one of these.
        ("It can not only help. Their will is strong, and it’s own goals that lose. If their has-beens go, so be it.", []),
        ("The number of councils has grown. Fostering children is hard. Support for parents and children is late.", []),
        ("How many children is that? Three children is too many. The Government have agreed; the Government has paid.", []),
        ("The council that places has a duty. One of the councils has paid. Action for Children is a charity, and the children’s is a voice.", []),
        ("The less councils spend, the more it costs. Parents cannot, much less councils. It needs less people time.", []),
        ("The work is more or less children’s work, in fewer places and less than 20 councils.", []),
        ("What the plan is is clear.", []),
        ("How good they are is plain, and all that it has is time.", []),
        ("There is no working group.", []),
        ("The need for support these families have is great.", []),
        ("It is what we have been calling for for several years.", []),
        ("We have been calling for several years of stable funding.", []),
        ("They are able to respond to need.", []),
        ("The in-house team and the for-profit homes.", []),
        ("Councils would of course help.", []),
        ("She had to step in for him.", []),
        ("They may go in any number or families may be split, whatever the range or lack.", []),
        ("Whether in health or services for young people, costs rise.", []),
    ],
)  # fmt: skip
def test_a_word_missing_or_left_over(text: str, expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, "missing-word", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A organisation’s aim is a honest\nview, or a\nunusual one.", ["A organisation", "a honest", "a unusual"]),
        ("An plan of an user in an European city.", ["An plan", "an user", "an European"]),
        ("A unit, a one-off, a unanimous vote, a usual use, a eulogy and a utility.", []),
        (
            "An heir, an MP, an NHS trust, an SEND case, an historic hotel, an x-ray, an 11-year-old, an unimportant urn.",
            [],
        ),
        ("Options a and b. Plan A is off. Lord A asked. Part (a) applies, and “a old one” is theirs.", []),
    ],
)
def test_an_article_goes_with_its_word(text: str, expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, "wrong-article", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It saves £40 million pounds.", ["£40 million pounds"]),
        ("It saves £40m million.", ["£40m million"]),
        ("It rose by 25% per cent.", ["25% per cent"]),
        ("It saves £40 million. Pounds matter.", []),
        ("It saves millions of pounds.", []),
    ],
)
def test_a_unit_twice(text: str, expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, "double-unit", text) == expected


@pytest.mark.parametrize(("value", "is_found"), [("£40 million", True), ("40", False)])
def test_a_unit_after_a_fact_that_has_one(value: str, is_found: bool, tmp_path: Path) -> None:
    seeds = prose("It saves {{saving}} pounds.") + facts(f"id: saving, value: {value}")
    assert found(tmp_path, "double-unit", seeds) == (["4:16 {{saving}} pounds"] if is_found else [])


# Links.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See the costs [here](https://example.org).", ["here"]),
        ("[Read more](https://example.org) on costs.", ["Read more"]),
        ("The costs: [https://example.org](https://example.org).", ["https://example.org"]),
        ("See [what homes cost](https://example.org).", []),
        ("[More children in care](https://example.org) than before.", []),
    ],
)
def test_a_links_words(text: str, expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, "vague-link", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The costs can be read on our website.", ["can be read on our website"]),
        ("For more on this, please visit", ["please visit"]),
        ("LGA analysis shows that costs rise.", ["LGA analysis shows"]),
        ("It is outlined in our submission to Ministers.", ["outlined in our submission"]),
        ("The costs [can be read](https://example.org) on our website.", []),
        ("LGA analysis shows that costs rise [@report].", []),
        ("Families can visit the homes, and inspectors visit here in spring.", ["visit here"]),
        ("In our submission we said more.", []),
        ("The costs can be read on our website, www.homes.gov.uk.", []),
        ("Please visit homes.gov.uk/costs.", []),
        ("Costs are set out in our report to the 2021 Review, and our survey shows more.", ["set out in our report"]),
        ("One in eight, our research found, has no home near.", []),
        ("It is in the guidance, ‘Keeping Families’ Homes’.", ["guidance, ‘Keeping Families’ Homes’"]),
        ("It is in the guidance on ‘Keeping Families Together’.", []),
        (
            "It is in the guidance, ‘Keeping Families Together at Home’.",
            ["guidance, ‘Keeping Families Together at Home’"],
        ),
        ("It is in the [guidance, ‘Keeping Families Together at Home’](https://example.org).", []),
        ("The plan “is too late and too little”.", []),
        ("In the plan “Keeping Families Together” [@report]. The plan “Keeping Families Together” helps.", []),
    ],
)
def test_a_promise_of_a_link(text: str, expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, "missing-link", text) == expected


@pytest.mark.parametrize(("citations", "expected"), [("none", []), ("list", ["LGA analysis shows"])])
def test_a_style_without_sources_need_not_lead_to_them(citations: str, expected: list[str], tmp_path: Path) -> None:
    styled(tmp_path, "bare", "  most_words: 45\n")
    path = tmp_path / "templates" / "bare" / "style.yaml"
    text = path.read_text(encoding="utf-8").replace("citations: list", f"citations: {citations}")
    path.write_text(text, encoding="utf-8")
    brief = BRIEF.format(dates=f"{DAY}\nstyle: bare")
    assert told(tmp_path, "missing-link", "LGA analysis shows that costs rise.", brief) == expected


def test_a_line_with_several_promises_is_told_of_once_and_names_them(tmp_path: Path) -> None:
    text = "LGA analysis shows that costs rise. More is set out in our submission to Ministers."
    (each,) = elsewhere(tmp_path, "missing-link", f"Homes\n\n{text}\n")
    assert "“LGA analysis shows” promises more to read, and so does “set out in our submission”" in each.message


def test_a_title_that_another_paragraph_leads_to_is_let_be(tmp_path: Path) -> None:
    title = "the guidance, ‘Keeping Families Together’"
    leads = f"Read {title}, at https://www.example.org/guidance today."
    assert len(elsewhere(tmp_path, "missing-link", f"Homes\n\nMinisters amend {title}.\n")) == 1
    assert elsewhere(tmp_path, "missing-link", f"Homes\n\nMinisters amend {title}.\n\n{leads}\n") == []


# Sentences.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The report notes the gap in care, it would help to close it.", [", it"]),
        ("A share of the money is welcome, we believe it can work.", [", we"]),
        ("Although the report notes the gap, it would help to close it.", []),
        ("The day after the plan was published, we welcomed it.", []),
        ("The more that is spent early, we believe, the better.", []),
        ("The plan is, we believe, a good one.", []),
        ("Councils say that if homes are near, they are better.", []),
        ("In 2021 the plan was good, bold and cheap, it is said.", []),
        ("Where care is good, it is near.", []),
    ],
)
def test_a_comma_between_two_sentences(text: str, expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, "comma-splice", text) == expected


@pytest.mark.parametrize(("words", "is_found"), [(46, True), (45, False)])
def test_a_long_sentence_has_more_words_than_the_style_wants(words: int, is_found: bool, tmp_path: Path) -> None:
    text = f"Homes{' and homes' * (words // 2)}{' now' if words % 2 == 0 else ''}."
    text = text if len(text.split()) == words else " ".join(text.split()[: words - 1]) + " homes."
    assert bool(told(tmp_path, "long-sentence", f"{text} It is so.")) == is_found


def test_a_style_says_how_long_a_sentence_may_be(tmp_path: Path) -> None:
    styled(tmp_path, "short", "  most_words: 5\n")
    brief = BRIEF.format(dates=f"{DAY}\nstyle: short")
    assert told(tmp_path, "long-sentence", "There are few homes here. It is so for them all.", brief) == [
        "It is so for them all."
    ]


def test_a_style_says_how_old_its_readers_are(tmp_path: Path) -> None:
    styled(tmp_path, "young", "  reading_age: 5\n")
    text = "Homes for families are best when they are near to their schools. " * 8
    assert told(tmp_path, "reading-age", text) == []
    assert told(tmp_path, "reading-age", text, BRIEF.format(dates=f"{DAY}\nstyle: young")) != []


def test_bullets_are_sentences_of_their_own(tmp_path: Path) -> None:
    assert told(tmp_path, "long-sentence", "\n".join(["- homes and more homes"] * 20)) == []


HARD = "Transformational intergovernmental accountability necessitates organisational reconsideration. "
EASY = "Homes are good when they are near. Children want to see their friends. "


@pytest.mark.parametrize(("text", "is_found"), [(HARD * 15, True), (EASY * 10, False), (HARD * 5, False)])
def test_reading_age(text: str, is_found: bool, tmp_path: Path) -> None:
    assert bool(elsewhere(tmp_path, "reading-age", f"Homes\n\n{text}\n")) == is_found


# Anything at all.

RULES = ["comma-splice", "double-unit", "doubled-space", "doubled-word", "house-form", "long-sentence", "missing-link",
         "missing-word", "mixed-forms", "quotation-marks", "reading-age", "space-before-punctuation", "spaced-hyphen",
         "straight-apostrophe", "stray-punctuation", "vague-link", "wrong-article"]  # fmt: skip


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "a ",
        "'",
        '"',
        "‘a’",
        "“",
        "1",
        "1,",
        "£1",
        " ,",
        " -",
        "ab.",
        "ab,",
        "it’s own ",
        "an a",
        "is ",
        "the the ",
        "’",
        "2018/",
    ],
)
def test_a_long_hostile_line_is_read_in_time(piece: str, tmp_path: Path) -> None:
    text = piece * (50_000 // len(piece))
    for name in RULES:
        elsewhere(tmp_path, name, f"Homes\n\nIt is {text}.\n")
