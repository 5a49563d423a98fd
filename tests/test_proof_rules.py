"""The rules on structure that read a finished document: a briefing as it would print, or a file from elsewhere.

`read` gives the places and words that a rule finds in a text file, `found` those in a workspace. For each rule there is what it
finds, what it lets be, and a false alarm that it learnt from.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from despatch.content import Library
from despatch.office import Finding, Office
from despatch.proof import Proof
from despatch.readers import finished
from despatch.rules import rule
from despatch.sections import sections
from tests.test_rules import BRIEF, DAY, found, prose

BRIEF_OF_TWO = BRIEF.replace("[homes]", "[homes, carers]")
RULES = [
    "broken-cross-reference",
    "caption-as-heading",
    "dangling-lead",
    "empty-heading",
    "lost-bullet",
    "lost-label",
    "missing-heading",
    "missing-lead-in",
    "repeated-heading",
    "skipped-heading-level",
    "unattributed-view",
    "undated-title",
    "uneven-chapters",
    "uneven-labels",
    "unfinished-sentence",
    "unpaired-quotation",
]


def proof(folder: Path, text: str, name: str = "june.txt") -> Proof:
    """A file from elsewhere as an editor reads it."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    read, _, faults = finished(path)
    assert read is not None, faults
    return read


def findings(folder: Path, name: str, text: str, file: str = "june.txt") -> list[Finding]:
    """What a rule finds in a file from elsewhere."""
    return list(rule(name).check(Office(Library(), (), (proof(folder, text, file),), is_whole=False)))


def read(folder: Path, name: str, text: str, file: str = "june.txt") -> list[str]:
    """The lines and the words at which a rule finds something in a file from elsewhere."""
    places = [each.span for each in findings(folder, name, text, file)]
    return [f"{span.line} {text[span.start : span.end]}" for span in places]


def document(*paragraphs: str) -> str:
    """A text file of paragraphs under a title; the first of them stands in line 3."""
    return "\n\n".join(["Homes for children, 8 December 2022", *paragraphs]) + "\n"


PROPOSAL = "What the Review recommends"
POINTS = "  • New bodies would find homes.\n  • A campaign would find carers."


# A colon with nothing after it.


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["Homes are few for two reasons:"], ["3 Homes are few for two reasons:"]),
        (
            ["Homes", "They wait. There are many reasons for it:", "Carers", "They wait too."],
            ["5 There are many reasons for it:"],
        ),
        (["All of the grants to councils have fallen. These include:", "The grant for hubs."], ["3 These include:"]),
        (["  • It costs money. It breaks down to:\n  • homes\n  • carers"], ["3 It breaks down to:"]),
        (["  • It costs money. It breaks down to:\n    • homes\n    • carers"], []),
        (["The Review proposes:", POINTS], []),
    ],
)
def test_a_lead_must_introduce_something(paragraphs: list[str], expected: list[str], tmp_path: Path) -> None:
    assert read(tmp_path, "dangling-lead", document(*paragraphs)) == expected


def test_bullets_beside_a_lead_are_told_from_a_list_that_is_missing(tmp_path: Path) -> None:
    beside, missing = "  • It breaks down to:\n  • homes", "It breaks down to:"
    said = [findings(tmp_path, "dangling-lead", document(each))[0].message for each in (beside, missing)]
    assert "stand beside it, not under it" in said[0]
    assert said[1].endswith("introduces nothing.")


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["The president of the association said: “It is late.", "“We must act.”"],
        ["A spokesman said:", "“We welcome the Review.”"],
        ["LGA View:", "We welcome the Review."],
        ["Note:", "These figures are for England."],
        ["For more, write to:", "press@example.org"],
        ["Three things would help:", "1. more homes.", "2. more carers."],
        ["The motion in the name of the Lord Speaker reads:", "That this House takes note of homes for children."],
    ],
)
def test_a_lead_may_introduce_words_or_an_address(paragraphs: list[str], tmp_path: Path) -> None:
    assert read(tmp_path, "dangling-lead", document(*paragraphs)) == []


def test_a_lead_in_a_briefing_is_found_at_its_sentence(tmp_path: Path) -> None:
    seeds = prose("Homes are few.\nThere are reasons:")
    assert found(tmp_path, "dangling-lead", seeds, BRIEF.format(dates=DAY)) == ["5:7 There are reasons:"]


def test_a_lead_before_a_table_or_a_quotation_is_let_be(tmp_path: Path) -> None:
    said = "quotations:\n  - {id: carers, speaker: Jo Bloggs, text: Homes are few., source: report}\n"
    brief = BRIEF.format(dates=DAY) + "  - quotations: [carers]\n"
    assert found(tmp_path, "dangling-lead", prose("One carer puts it so:") + said, brief) == []


# Headings.


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["Homes for carers", "Homes for carers", "Carers need homes."], ["5 Homes for carers"]),
        (["Homes, 8 December 2022", "One.", "Homes, 8 December 2022", "Two."], ["7 Homes, 8 December 2022"]),
        (["LGA View", "We agree.", "Carers", "They wait.", "LGA View", "We agree again."], []),
        (["Impact", "Much.", "Carers", "Many.", "Impact", "Some.", "Homes", "Few.", "Impact", "None."], []),
    ],
)
def test_a_heading_is_not_repeated(paragraphs: list[str], expected: list[str], tmp_path: Path) -> None:
    assert read(tmp_path, "repeated-heading", document(*paragraphs)) == expected


def test_the_title_is_not_repeated_as_a_heading(tmp_path: Path) -> None:
    assert read(tmp_path, "repeated-heading", "Homes\n\nHomes\n\nChildren need homes.\n") == ["3 Homes"]


def test_the_same_heading_may_stand_under_others(tmp_path: Path) -> None:
    text = "# Homes\n\n## Carers\n\n### The Bill\n\nOne.\n\n## Schools\n\n### The Bill\n\nTwo.\n"
    assert read(tmp_path, "repeated-heading", text, "june.md") == []
    assert read(tmp_path, "repeated-heading", text.replace("## Schools\n\n", ""), "june.md") == ["9 The Bill"]


@pytest.mark.parametrize("label", ["LGA view", "Our view of it", PROPOSAL])
def test_a_label_may_be_marked_as_a_heading_of_each_section(label: str, tmp_path: Path) -> None:
    text = f"# Homes\n\n## {label}\n\nOne.\n\n## Carers\n\nMany.\n\n## {label}\n\nTwo.\n"
    assert read(tmp_path, "repeated-heading", text, "june.md") == []
    assert read(tmp_path, "repeated-heading", text.replace(label, "Schools"), "june.md") == ["11 Schools"]


def test_a_block_that_is_used_twice_has_one_heading(tmp_path: Path) -> None:
    seeds = prose("Homes are few.").replace("    text:", "    heading: Homes\n    text:")
    brief = BRIEF.format(dates=DAY).replace("[homes]", "[homes, homes]")
    assert found(tmp_path, "repeated-heading", seeds, brief) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Homes\n\n## Carers\n\n## Schools\n\nOne.\n", ["3 Carers"]),
        ("# Homes\n\n## Carers\n\n### Pay\n\nOne.\n", []),
        ("# Homes\n\n## Carers\n\n### Pay\n\n## Schools\n\nOne.\n", ["5 Pay"]),
        ("# Homes\n\nOne.\n\n## Carers\n", ["5 Carers"]),
        ("# Homes\n\n## Carers\n\n## Carers\n\nOne.\n", []),
    ],
)
def test_something_stands_under_a_heading(text: str, expected: list[str], tmp_path: Path) -> None:
    assert read(tmp_path, "empty-heading", text, "june.md") == expected


def test_a_view_that_says_nothing_is_found_where_headings_have_one_level(tmp_path: Path) -> None:
    text = document(PROPOSAL, POINTS, "LGA View", "Homes for children", "Children need homes.")
    assert read(tmp_path, "empty-heading", text) == ["8 LGA View"]


def test_plain_text_cannot_tell_a_heading_from_one_under_it(tmp_path: Path) -> None:
    """A digest’s `Key findings` stands over headings, each with its own bullets."""
    for heading in ("Key findings of the report", f"Help: {PROPOSAL}"):
        text = document(heading, "Families need more help", "  • Help comes late.")
        assert read(tmp_path, "empty-heading", text) == []


@pytest.mark.parametrize(
    ("levels", "expected"),
    [("1 2 4", ["Heading 2"]), ("1 2 3", []), ("1 2 3 2 4", ["Heading 4"]), ("1 2 3 1 2", []), ("2 3 3 2", [])],
)
def test_no_level_is_skipped_downwards(levels: str, expected: list[str], tmp_path: Path) -> None:
    headings = [f"{'#' * int(level)} Heading {at}\n\nSome words.\n" for at, level in enumerate(levels.split())]
    found = read(tmp_path, "skipped-heading-level", "Homes are few.\n\n" + "\n".join(headings), "june.md")
    assert [each.split(" ", 1)[1] for each in found] == expected


@pytest.mark.parametrize(
    ("heading", "after", "is_found"),
    [
        ("Jo Bloggs, review chair", "The charity’s director, Sam Smith, said: “We must act.”", True),
        ("Jo Bloggs", "Charity Director Jo Bloggs said: “We must act.”", True),
        ("Jo Bloggs", "Children move too often.", False),
        ("Charity Action", "A statement from Charity Action said: “We must act.”", False),
        ("National Carers’ Bureau", "The National Carers’ Bureau said: “We must act.”", False),
        ("Homes and carers", "The director, Sam Smith, said: “We must act.”", False),
    ],
)
def test_a_caption_is_told_from_a_heading(heading: str, after: str, is_found: bool, tmp_path: Path) -> None:
    places = read(tmp_path, "caption-as-heading", document("The round-up is here.", heading, after))
    assert places == ([f"5 {heading}"] if is_found else [])


# Whose words they are.


@pytest.mark.parametrize(
    "ours",
    [
        "We welcome the campaign.",
        "It is welcome that the Review has listened.",
        "Homes are few, and we have long been calling for more.",
        "Children wait. We are not convinced that this will help.",
        "It is disappointing that homes are left out.",
        "Our members need more homes.",
        "We strongly support the campaign.",
    ],
)
def test_our_words_under_their_label_are_found(ours: str, tmp_path: Path) -> None:
    text = document(f"Homes: {PROPOSAL}", POINTS + f"\n  • {ours}")
    places = read(tmp_path, "unattributed-view", text)
    assert len(places) == 1
    assert places[0].startswith("7 ")


def test_our_words_are_found_once_and_the_label_is_shown(tmp_path: Path) -> None:
    text = document(PROPOSAL, POINTS + "\n  • We welcome it.\n  • We support it.\n  • We agree.")
    (one,) = findings(tmp_path, "unattributed-view", text)
    assert (one.span.line, one.related[0][1].line) == (7, 3)


@pytest.mark.parametrize(
    "theirs",
    [
        "Councils would have to say “we welcome children” on every door.",
        "We need to do more to help families.",
        "We should find homes for children where they cannot stay.",
        "The Review was welcomed by councils, and supported by charities.",
        "How our children grow up would be for the new bodies to say.",
    ],
)
def test_a_proposal_may_quote_and_may_speak_of_us_all(theirs: str, tmp_path: Path) -> None:
    assert read(tmp_path, "unattributed-view", document(PROPOSAL, POINTS + f"\n  • {theirs}")) == []


def test_our_words_under_our_label_are_let_be(tmp_path: Path) -> None:
    text = document(PROPOSAL, POINTS, "LGA View:", "  • We welcome it.", "Key recommendations", "  • We support it.")
    assert read(tmp_path, "unattributed-view", text) == []


def test_a_proposal_without_any_view_is_found_where_most_have_one(tmp_path: Path) -> None:
    pair = [f"Carers: {PROPOSAL}", POINTS, "LGA View", "  • We welcome it."]
    bare = [f"Homes: {PROPOSAL}", POINTS]
    text = document(*pair, *bare, *(each.replace("Carers", "Pay") for each in pair))
    assert read(tmp_path, "unattributed-view", text) == [f"12 Homes: {PROPOSAL}"]
    assert read(tmp_path, "unattributed-view", document(*bare, *bare)) == []


def test_our_words_in_a_positions_proposal_are_found(tmp_path: Path) -> None:
    seeds = """\
positions:
  - id: homes
    heading: Homes
    proposal:
      from: report
      points:
        - New bodies would find homes.
        - We welcome the campaign.
    view: {stance: support, text: We support this.}
"""
    brief = BRIEF.format(dates=DAY).replace("passages", "positions")
    assert found(tmp_path, "unattributed-view", seeds, brief) == ["8:11 We welcome"]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["LGA View:", "LGA View", "LGA View"], ["3 LGA View:"]),
        (["The LGA’s view", "LGA view", "LGA view"], ["3 The LGA’s view"]),
        (["Homes: Review recommendations", f"Carers: {PROPOSAL}", PROPOSAL], ["3 Review recommendations"]),
        ([f"Homes: {PROPOSAL[0].lower()}{PROPOSAL[1:]}", PROPOSAL], []),
        ([f"{PROPOSAL} (Chapter 5) [1]", f"{PROPOSAL} (Chapter 2) [1]", PROPOSAL], []),
        (["What the Review recommends", "What clause 5 provides"], []),
    ],
)
def test_a_label_has_one_form(labels: list[str], expected: list[str], tmp_path: Path) -> None:
    text = document(*(each for at, label in enumerate(labels) for each in (label, f"Homes are few in place {at}.")))
    assert read(tmp_path, "uneven-labels", text) == expected


def chapters(*leads: str) -> str:
    """Proposals of the Review, each with a lead."""
    return document(*(each for lead in leads for each in (f"Homes: {PROPOSAL}", lead, POINTS)))


@pytest.mark.parametrize(
    ("leads", "expected"),
    [
        (["Chapter 5 of the Review proposes:", "It proposes:", "It asks for:"], ["5 Chapter 5"]),
        (["It says, in Chapter 5:", "Chapter 2 proposes:", "It asks for:"], [f"17 Homes: {PROPOSAL}"]),
        (["Chapter 5 proposes:", "Chapter 2 proposes:", "Chapter 7 proposes:"], []),
        (["It proposes:", "It asks for:", "It says:"], []),
        (["Chapter 5 proposes:", "It proposes:"], []),
    ],
)
def test_chapters_are_named_for_all_or_none(leads: list[str], expected: list[str], tmp_path: Path) -> None:
    assert read(tmp_path, "uneven-chapters", chapters(*leads)) == expected


def test_a_chapter_that_a_bullet_speaks_of_is_not_where_the_proposal_is_from(tmp_path: Path) -> None:
    text = chapters("It proposes:", "It asks for:", "It says:").replace("New bodies", "Part 2 and new bodies", 1)
    assert read(tmp_path, "uneven-chapters", text) == []


def test_proposals_from_another_document_need_no_chapter(tmp_path: Path) -> None:
    """A briefing may answer a Review by chapters, and quote another report beside it."""
    other = chapters("It finds:").partition("\n\n")[2].replace("the Review recommends", "the Case for Change says")
    text = chapters("Chapter 5 says:", "Chapter 2 says:", "Chapter 7 says:") + "\n" + other
    assert read(tmp_path, "uneven-chapters", text) == []


# Bullets.


VIEWS = [each for _ in range(2) for each in ("LGA View", "  • We welcome it.\n  • We support it.", "Homes", "Few.")]


def test_a_paragraph_after_the_bullets_of_a_view_is_found(tmp_path: Path) -> None:
    text = document(*VIEWS, "LGA View", "  • We welcome it.", "Councils must have a seat on the board.")
    assert read(tmp_path, "lost-bullet", text) == ["25 Councils must have a seat on the board."]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["LGA View", "  • We welcome it.", "One.", "Two."],
        ["LGA View", "  • We welcome it.", "It is late.", "Carers", "Few.", "LGA View", "  • We agree.", "It is late."],
        ["LGA View", "  • We welcome it.\n\n    It would help.", "Schools", "Many."],
        ["Key findings", "  • Homes are few.", "Councils must have a seat on the board."],
        ["LGA View", "We welcome it."],
    ],
)
def test_what_is_plainly_no_bullet_is_let_be(paragraphs: list[str], tmp_path: Path) -> None:
    assert read(tmp_path, "lost-bullet", document(*VIEWS, *paragraphs)) == []


def test_one_view_like_it_shows_no_habit(tmp_path: Path) -> None:
    text = document(*VIEWS[:4], "LGA View", "  • We welcome it.", "Councils must have a seat on the board.")
    assert read(tmp_path, "lost-bullet", text) == []


def test_a_views_closing_stands_outside_the_bullets(tmp_path: Path) -> None:
    entry = """\
  - id: {id}
    heading: The {id}
    proposal: {{from: report, text: More {id} would be found.}}
    view:
      stance: support
      points: [We welcome this., We support this.]
"""
    seeds = "positions:\n" + "".join(entry.format(id=each) for each in ("carers", "schools", "homes"))
    brief = BRIEF.format(dates=DAY).replace("passages: [homes]", "positions: [carers, schools, homes]")
    assert found(tmp_path, "lost-bullet", seeds + "      closing: It must come soon.\n", brief) == []
    text = "      text: |\n        - We welcome this.\n        - We support this.\n\n        It must come soon.\n"
    worded = seeds.rpartition("      points")[0] + text
    assert found(tmp_path, "lost-bullet", worded, brief) == ["23:9 It must come soon."]


LABELLED = ["Standards: Each home meets them.", "Oversight: New bodies plan.", "Carers: A campaign finds them."]


@pytest.mark.parametrize(
    ("bullets", "expected"),
    [
        ([*LABELLED[:2], "Inspectors read the accounts.", LABELLED[2]], ["5 Inspectors read the accounts."]),
        (LABELLED, []),
        ([*LABELLED, "It is welcome."], []),
        ([*LABELLED, "It is welcome.", "We need more."], []),
        ([LABELLED[0], "Inspectors read.", "Councils plan.", *LABELLED[1:]], []),
        ([LABELLED[0], "Inspectors read the accounts.", LABELLED[1]], []),
        (["Homes are few, and at 9:30 none is left.", "They wait.", *LABELLED], []),
    ],
)
def test_a_bullet_among_labelled_ones_has_a_label(bullets: list[str], expected: list[str], tmp_path: Path) -> None:
    assert read(tmp_path, "lost-label", document("\n".join(f"  • {each}" for each in bullets))) == expected


def test_labels_of_a_briefing_count_as_they_print(tmp_path: Path) -> None:
    points = "".join(f"      - {{label: {each.split(': ')[0]}, text: {each.split(': ')[1]}}}\n" for each in LABELLED)
    points = points.replace("      - {label: Oversight, text: New", "      - {text: Few")
    seeds = "passages:\n  - id: homes\n    points:\n" + points + "      - {label: Pay, text: It rises.}\n"
    assert found(tmp_path, "lost-label", seeds, BRIEF.format(dates=DAY)) == ["5:16 Few bodies plan."]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (["Ministers asked for a review.", "It was led by a chair."], ["6 Ministers asked for a review."]),
        (["Ministers asked for homes. " * 15], ["6 " + ("Ministers asked for homes. " * 15).strip()]),
        (["Read on for our view of each proposal."], []),
        (["Background", "Ministers asked for a review.", "It was led by a chair."], []),
    ],
)
def test_text_after_the_key_messages_has_a_heading(after: list[str], expected: list[str], tmp_path: Path) -> None:
    text = document("Key messages", "  • Homes are few.", *after, "Homes", "They are few.").replace("\n\n  •", "\n  •")
    assert read(tmp_path, "missing-heading", text) == expected


LED = [each for _ in range(2) for each in (f"Homes: {PROPOSAL}", "The Review proposes:", POINTS)]


def test_bullets_without_a_lead_are_found_where_others_have_one(tmp_path: Path) -> None:
    places = read(tmp_path, "missing-lead-in", document(*LED, f"Pay: {PROPOSAL}", POINTS))
    assert places == ["19 New bodies would find homes."]


def test_views_without_a_lead_are_found_where_others_have_one(tmp_path: Path) -> None:
    led = ["LGA View", "We support this:", POINTS, "Homes", "Few."]
    assert read(tmp_path, "missing-lead-in", document(*led, *led, "LGA View", POINTS)) == [
        "27 New bodies would find homes."
    ]


@pytest.mark.parametrize(
    "paragraphs",
    [
        [*LED, *VIEWS],
        [*LED, f"Pay: {PROPOSAL}", POINTS, f"Schools: {PROPOSAL}", POINTS],
        [*LED[:3], f"Pay: {PROPOSAL}", POINTS],
        [*LED, f"Pay: {PROPOSAL}", f"Pay: {PROPOSAL}", "The Review proposes:", POINTS],
    ],
)
def test_views_of_bullets_alone_are_let_be(paragraphs: list[str], tmp_path: Path) -> None:
    assert read(tmp_path, "missing-lead-in", document(*paragraphs)) == []


# Dates, references, stops and marks.


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Debate on homes, House of Lords, 8 December", ["1 8 December"]),
        ("Debate on homes, December 8th", ["1 December 8th"]),
        ("Debate on homes, 8 December 2022", []),
        ("Debate on homes, Thursday 8 December, 2022", []),
        ("The 2022 debates on homes: 8 December", []),
        ("Homes for 8 children", []),
    ],
)
def test_a_title_says_which_year(title: str, expected: list[str], tmp_path: Path) -> None:
    assert read(tmp_path, "undated-title", f"{title}\n\nHomes are few in every county.\n") == expected


@pytest.mark.parametrize(
    ("line", "expected"), [("Debate in the House of Lords, 8 December", ["3 8 December"]), ("8 December 2022", [])]
)
def test_a_line_on_the_debate_says_which_year(line: str, expected: list[str], tmp_path: Path) -> None:
    text = f"# Homes for children\n\n{line}\n\nHomes are few in every county.\n"
    assert read(tmp_path, "undated-title", text, "june.md") == expected


def test_a_briefs_title_is_told_the_year_of_its_sitting(tmp_path: Path) -> None:
    brief = BRIEF.format(dates=DAY).replace("Homes for children", "Homes, 8 December")
    assert found(tmp_path, "undated-title", prose("Homes are few."), brief) == ["lords 1:15 8 December"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Schools include few. (discussed further at 6.5)", "discussed further at 6.5"),
        ("The costs follow (see Annex A).", "see Annex A"),
        ("For carers, see section 4 below.", "see section 4 below"),
        ("This is set out in Table 3.", "set out in Table 3"),
        ("Homes are few (see paragraph 12).", "see paragraph 12"),
        ("As set out in paragraph 12 above, homes are few.", "set out in paragraph 12 above"),
    ],
)
def test_a_reference_that_leads_nowhere_is_found(text: str, words: str, tmp_path: Path) -> None:
    assert read(tmp_path, "broken-cross-reference", document(text)) == [f"3 {words}"]


@pytest.mark.parametrize(
    "text",
    [
        "See section 20 of the Children Act 1989.",
        "The number of Section 47 inquiries has doubled.",
        "Chapter 5 of the Review outlines the costs.",
        "Costs are described in section 4 of the report.",
        "They are set out in section 17(1) of the Act.",
        "Clause 7 is discussed below.",
        "As discussed at 6.5 per cent growth, it would fail.",
        "See paragraph 12 of the judgment.",
        "Councils see 12 children a day.",
        "We see A and B alike.",
        "It was described in part 2 as a failure.",
        "Children see a social worker 6.5 times a year.",
    ],
)
def test_a_reference_to_another_document_is_let_be(text: str, tmp_path: Path) -> None:
    assert read(tmp_path, "broken-cross-reference", document(text)) == []


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Schools include few (discussed further at 6.5).", "6.5 Schools should include every child in their area."),
        ("The costs follow (see Annex A).", "Annex A: what it costs"),
        ("For carers, see section 4 below.", "4. Carers"),
        ("This is set out in Table 3.", "Table 3: what it costs"),
    ],
)
def test_a_reference_that_leads_somewhere_is_let_be(text: str, target: str, tmp_path: Path) -> None:
    assert read(tmp_path, "broken-cross-reference", document(text, target, "It costs a great deal of money.")) == []


ENDED = [
    "Children should live near their schools and their friends.",
    "Carers need support from the day on which a child arrives.",
    "Social workers know the families who could look after a child.",
]
CUT = "We have asked Ministers to set out plans for homes every year"


def test_a_paragraph_without_a_stop_is_found(tmp_path: Path) -> None:
    assert read(tmp_path, "unfinished-sentence", document(*ENDED, CUT)) == ["9 homes every year"]


def test_a_bullet_without_a_stop_is_found_among_those_with(tmp_path: Path) -> None:
    bullets = "\n".join(f"  • {each}" for each in [*ENDED, CUT])
    assert read(tmp_path, "unfinished-sentence", document(bullets)) == ["6 homes every year"]


@pytest.mark.parametrize(
    "last",
    [
        "Homes and Carers - Second Report of the Committee on Children",
        "Figures for the last year showed a rise in every region. (See the report for the rest of them)",
        "They asked, in the words of the report that followed, “How do children grow up?”",
        "The whole report can be read by anyone at https://example.org/report",
        "They have long waited for these things, and we say so here:",
        "The costs are those that the report itself sets out.[3]",
        "A line without a stop",
    ],
)
def test_what_need_not_end_in_a_stop_is_let_be(last: str, tmp_path: Path) -> None:
    assert read(tmp_path, "unfinished-sentence", document(*ENDED, last)) == []


def test_bullets_without_stops_are_a_style(tmp_path: Path) -> None:
    """A breakdown of costs had four bullets without a stop among sentences that had one."""
    bullets = [*ENDED[:1], *(f"about £{each} million a year to be spent on homes for children" for each in range(4))]
    assert read(tmp_path, "unfinished-sentence", document("\n".join(f"  • {each}" for each in bullets))) == []


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["One department cannot help them alone”"], ["3 cannot help them alone”"]),
        (["It says that “children move too often. We agree."], ["3 “children move too often. We"]),
        (
            ["He said: “We must act.", "“It is late.", "It is strong, and we hope for more."],
            ["7 It is strong, and we hope for more."],
        ),
        (['It says that "children move. We agree.'], ['3 "children move. We']),
    ],
)
def test_marks_that_do_not_pair_are_found(paragraphs: list[str], expected: list[str], tmp_path: Path) -> None:
    places = read(tmp_path, "unpaired-quotation", document("Homes are few in every county.", *paragraphs))
    assert places == [f"{int(each.split()[0]) + 2} {each.split(' ', 1)[1]}" for each in expected]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["He said: “We must act.", "“It is late.", "“It is too late for every one of them.”", "Homes are few."],
        ["It is the councils’ own ‘market’, and that’s the carers’ view."],
        ['It says "children move", and "carers wait".'],
        ["It says “a ‘market’ that fails” and “a pushy parent”."],
        ["Each bed is 3' 6\" wide."],
        [
            "At end insert “Duty to find homes.",
            "(1) Councils must find “homes”.",
            "(2) They must do so soon.”",
            "So it is.",
        ],
        ["He said: “We must act.", '“It is "late".”'],
    ],
)
def test_a_quotation_may_run_over_paragraphs(paragraphs: list[str], tmp_path: Path) -> None:
    assert read(tmp_path, "unpaired-quotation", document("Homes are few in every county.", *paragraphs)) == []


# All of them.


HOSTILE = [
    "“" * 50_000,
    "see " * 50_000 + "6.5",
    "A " * 100_000 + ":",
    ": What " * 20_000,
    "a: b " * 40_000,
    "6." * 100_000,
]


@pytest.mark.parametrize("name", RULES)
def test_no_line_is_too_long_or_too_strange(name: str, tmp_path: Path) -> None:
    text = document(*HOSTILE, *(f"  • {each}" for each in HOSTILE), "What " + "x " * 90 + "recommends", "Jo " * 9_000)
    given = Office(Library(), (), (proof(tmp_path, text),), is_whole=False)
    list(rule(name).check(given))


def test_sections_are_cut_at_headings_and_labels(tmp_path: Path) -> None:
    cut = sections(proof(tmp_path, document(f"Homes: {PROPOSAL}", POINTS, "LGA View:", "We agree.")))
    assert [(each.said, each.source, len(each.rows)) for each in cut if each.head] == [
        ("proposal", "review", 2),
        ("view", "", 1),
    ]


# What ordinary files from elsewhere taught.


def test_whom_to_write_to_may_stand_on_plain_lines(tmp_path: Path) -> None:
    """A circular ended in a name, a post, a number and an address, each on its own line; none of them is a heading."""
    first, lead = "Homes are few in every county.", "For more on this, please contact:"
    text = document(first, lead, "Jo Bloggs\nAdviser\nTel: 020 7946 0123")
    for name in ("dangling-lead", "empty-heading"):
        assert read(tmp_path, name, text) == []
    lost = document(first, lead, "Homes for children", "They are few.")
    assert read(tmp_path, "dangling-lead", lost) == ["5 For more on this, please contact:"]


def test_a_lead_to_an_address_promises_no_list(tmp_path: Path) -> None:
    address = "The Chief Adviser, 1 Long Road."
    assert read(tmp_path, "dangling-lead", document("To join in, please write to:", address)) == []
    assert len(read(tmp_path, "dangling-lead", document("To help them, ministers have to:", address))) == 1


def test_a_missing_list_may_be_added_or_its_lead_deleted(tmp_path: Path) -> None:
    (fault,) = findings(
        tmp_path, "dangling-lead", document("The help that they need includes:", "Homes are few in every county.")
    )
    assert fault.help == "Make what it introduces bullets, end it with a full stop, or delete it."


def test_the_last_line_of_a_timeline_is_no_empty_heading(tmp_path: Path) -> None:
    """A note on a law gave a year and an event to a line, and its list of sources came next."""
    years, sources = (
        ["2017 – limit brought in", "2019 – court upholds it", "2024 – limit ended"],
        "Sources\n\n1. A review.",
    )
    assert read(tmp_path, "empty-heading", document("Homes are few.", *years, sources)) == []
    assert read(tmp_path, "empty-heading", document("Homes are few.", years[-1], sources)) == ["5 2024 – limit ended"]


def test_a_lost_address_is_no_lost_stop_as_well(tmp_path: Path) -> None:
    """`missing-link` says what is wrong with it."""
    lost = "For more about our work on homes for children, please visit"
    assert read(tmp_path, "missing-link", document(*ENDED, lost)) == ["9 please visit"]
    assert read(tmp_path, "unfinished-sentence", document(*ENDED, lost)) == []


@pytest.mark.parametrize("file", ["june.md", "june.html"])
def test_a_proposals_label_with_the_mark_of_a_source_is_one_in_every_format(file: str, tmp_path: Path) -> None:
    """In our own pages the uneven chapters were found in Word and Markdown, and not in HTML."""
    labels = ["(Chapter 5) [1]", "(Chapter 2) [1]", "[1]"]
    opened, closed = ("**", "**") if file == "june.md" else ("<p>", "</p>")
    parts = [f"{opened}What the Review recommends {each}{closed}\n\n- More homes.\n" for each in labels]
    text = (
        "\n".join(parts) if file == "june.md" else "".join(parts).replace("- More homes.", "<ul><li>More homes.</ul>")
    )
    assert [row.group for row in proof(tmp_path, text, file).rows] == ["proposal"] * 6
    assert len(findings(tmp_path, "uneven-chapters", text, file)) == 1
