"""What is said twice: in one document, in two blocks, and in a standfirst; and how likeness is measured."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despatch import likeness as measure
from despatch.content import Library
from despatch.likeness import Alike, Words, alike, figures_agree, likeness, words
from despatch.office import Finding, Office
from despatch.readers import finished
from despatch.rules import rule
from despatch.source import splice
from tests.helpers import run, workspace
from tests.test_rules import BRIEF, DAY, PROSE, SOURCES, facts, findings, found, prose, said

HEAD = "title: Homes for children\nhouse: lords\nproceeding: take-note-debate\ndate: 2022-12-08\n"
FEW = "Few services weigh on council budgets as heavily as those for children in care."
FEWER = "Few services weigh on council budgets as those for children in care."


def twice(one: str, other: str, facts: str = "") -> str:
    """Two key messages, printed one after the other; the second's words begin at 7:7."""
    return f"key_messages:\n  - id: one\n    text: |\n      {one}\n  - id: two\n    text: |\n      {other}\n{facts}"


BOTH = f"{HEAD}sections:\n  - key_messages: [one, two]\n"


def outside(folder: Path, name: str, *lines: str) -> list[Finding]:
    """What a rule finds in a text file from elsewhere."""
    path = folder / "last-month.txt"
    path.write_text("\n\n".join(lines), encoding="utf-8")
    proof, _, faults = finished(path)
    assert proof is not None
    assert faults == []
    return list(rule(name).check(Office(Library(), (), outside=(proof,), is_whole=False)))


# A sentence said twice in one document.


@pytest.mark.parametrize("other", [FEW, FEWER, FEW.replace("Few", "FEW"), FEW.replace("heavily", "**heavily**")])
def test_a_sentence_said_before_is_found_where_it_is_said_again(other: str, tmp_path: Path) -> None:
    assert found(tmp_path, "repeated-sentence", twice(FEW, other), BOTH) == [f"7:7 {other}"]


def test_only_the_sentence_is_marked_and_the_first_is_shown_too(tmp_path: Path) -> None:
    seeds = twice(f"Homes come first. {FEW}", f"Costs rise each year.\n      {FEW} That must change.")
    (fault,) = findings(tmp_path, "repeated-sentence", seeds, BOTH)
    assert (fault.span.line, fault.span.column, fault.span.end - fault.span.start) == (8, 7, len(FEW))
    assert [(note, span.line, span.column) for note, span in fault.related] == [("said first here", 4, 25)]
    assert (
        fault.message == "“Few services weigh on council budgets as heavily …” stands in `lords` twice, word for word."
    )


def test_a_sentence_that_is_broken_over_two_lines_is_found_at_its_own_place(tmp_path: Path) -> None:
    broken = FEW.replace(" as heavily", "\n      as heavily")
    assert found(tmp_path, "repeated-sentence", twice(FEW, f"Homes cost more. {broken}"), BOTH) == [f"7:24 {FEW}"]


def test_a_sentence_that_prints_a_figure_is_found_at_its_own_place(tmp_path: Path) -> None:
    one = "{{children}} children were in care when the year ended, the most on record."
    seeds = twice(one, f"Costs rise. {one}", facts("id: children, value: '82,170'"))
    assert found(tmp_path, "repeated-sentence", seeds, BOTH) == [f"7:19 {one}"]


def test_what_is_nearly_said_before_is_said_to_be_nearly_so(tmp_path: Path) -> None:
    (fault,) = findings(tmp_path, "repeated-sentence", twice(FEW, FEWER), BOTH)
    assert fault.message == (
        "“Few services weigh on council budgets as those …” is nearly what `lords` has said before."
    )


def test_two_paragraphs_are_one_finding_at_the_sentence_that_is_most_alike(tmp_path: Path) -> None:
    other = "Many children wait too long for homes near the school that they go to."
    seeds = twice(f"{FEW} {other}", f"{FEWER} {other}")
    assert found(tmp_path, "repeated-sentence", seeds, BOTH) == [f"7:{7 + len(FEWER) + 1} {other}"]


def test_a_paragraph_that_repeats_itself_is_found(tmp_path: Path) -> None:
    assert said(tmp_path, "repeated-sentence", f"{FEW} Homes come first. {FEW}") == [FEW]


def test_a_third_time_is_told_against_the_first(tmp_path: Path) -> None:
    text = f"{FEW}\n\nHomes come first. {FEW}\n\nCosts rise. {FEW}"
    told = findings(tmp_path, "repeated-sentence", prose(text), BRIEF.format(dates=DAY))
    assert [(each.span.line, each.related[0][1].line) for each in told] == [(6, 4), (8, 4)]


def test_the_brief_decides_how_grave_it_is(tmp_path: Path) -> None:
    brief = f"{BOTH}rules:\n  repeated-sentence: 'off'\n"
    assert found(tmp_path, "repeated-sentence", twice(FEW, FEW), brief) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FEW, "Few homes are close to the school and the friends of a child in care."),
        ("We support this recommendation in full.", "We support this recommendation in full."),
        ("Homes come first.", "Homes come first."),
        # Learnt from the lists of a Review's costs and of its years: alike because they say two things in one way.
        (
            "The Review asks for £46 million in the first year for help to families.",
            "The Review asks for £987 million in the first year for help to families.",
        ),
    ],
)
def test_sentences_that_may_stand_together_are_let_be(one: str, other: str, tmp_path: Path) -> None:
    assert found(tmp_path, "repeated-sentence", twice(one, other), BOTH) == []


def test_leads_headings_and_quotations_may_be_said_again(tmp_path: Path) -> None:
    lead = (
        "lead: |\n      The Government should do this for children in care and those who leave it:\n    points: [{}]\n"
    )
    seeds = (
        "passages:\n"
        f"  - id: a\n    heading: What councils ask for on behalf of children in care\n    {lead.format('One.')}"
        f"  - id: b\n    heading: What councils ask for on behalf of children in care\n    {lead.format('Two.')}"
        f"quotations:\n  - id: c\n    text: |\n      {FEW}\n    speaker: A councillor\n    source: report\n"
        f"key_messages:\n  - id: d\n    text: |\n      {FEW}\n"
    )
    brief = f"{HEAD}sections:\n  - passages: [a, b]\n  - key_messages: [d]\n  - quotations: [c]\n"
    assert found(tmp_path, "repeated-sentence", seeds, brief) == []


def test_a_block_that_is_used_twice_is_no_repeated_sentence(tmp_path: Path) -> None:
    brief = f"{HEAD}sections:\n  - passages: [homes]\n  - heading: Again\n    passages: [homes]\n"
    assert found(tmp_path, "repeated-sentence", prose(FEW), brief) == []


def test_two_briefings_may_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs" / "commons.yaml").write_text(f"{HEAD}sections:\n  - key_messages: [two]\n", encoding="utf-8")
    assert found(tmp_path, "repeated-sentence", twice(FEW, FEW), f"{HEAD}sections:\n  - key_messages: [one]\n") == []


def test_a_file_from_elsewhere_is_read_for_repeated_sentences(tmp_path: Path) -> None:
    lines = ("Homes for children", "Councils look after many.", "Pressures", f"• {FEW}", f"• Costs rise. {FEWER}")
    (fault,) = outside(tmp_path, "repeated-sentence", *lines)
    assert (fault.span.line, fault.span.column, fault.span.text) == (9, 15, f"• Costs rise. {FEWER}")
    assert [span.line for _, span in fault.related] == [7]


@given(st.permutations([FEW, FEWER, "Homes come first.", "Many children wait too long for homes near their schools."]))
def test_the_order_of_sentences_does_not_matter(sentences: list[str]) -> None:
    near = list(alike([words(each) for each in sentences], 0.75))
    assert [{sentences[each.earlier], sentences[each.later]} for each in near] == [{FEW, FEWER}]


# Two blocks that may be one message.

KIN = "Relatives who bring up a child should have the same support as foster carers, wherever they live."
KIN_AGAIN = "Wherever they live, relatives who bring up a child need the same support as foster carers have."
TOPICS = "topics:\n  - {id: kinship, label: Kinship care}\n  - {id: schools, label: Schools}\n"


def blocks(one: str, other: str, more: str = "", also: str = "") -> str:
    """Two key messages on kinship care with these words and these further fields; the second's words begin at 11:7."""
    entry = "  - id: {}\n    topics: [kinship]\n    {}\n    text: |\n      {}\n"
    made = entry.format("one", also or "priority: standard", one) + entry.format(
        "two", more or "priority: standard", other
    )
    return f"key_messages:\n{made}{TOPICS}"


def test_one_message_in_two_wordings_is_found_at_the_later_block(tmp_path: Path) -> None:
    (fault,) = findings(tmp_path, "likely-variant", blocks(KIN, KIN_AGAIN))
    assert (fault.span.line, fault.span.column, fault.severity) == (11, 7, "advice")
    assert fault.message == "`two` seems to say in other words what `one` says."
    assert [span.line for _, span in fault.related] == [6]


def test_copies_are_one_finding(tmp_path: Path) -> None:
    third = f"  - id: three\n    text: |\n      {KIN}\n"
    (fault,) = findings(
        tmp_path, "likely-variant", blocks(KIN, KIN).replace("topics:\n  - {", f"{third}topics:\n  - {{")
    )
    assert fault.message == "`two` and 1 more say word for word what `one` says."


def test_a_wording_for_another_channel_is_compared_too(tmp_path: Path) -> None:
    varied = blocks("Kinship care needs support.", KIN_AGAIN).replace(
        "care needs support.\n", f"care needs support.\n    variants:\n      article: |\n        {KIN}\n", 1
    )
    (fault,) = findings(tmp_path, "likely-variant", varied)
    assert (fault.span.line, [span.line for _, span in fault.related]) == (14, [9])


def test_wordings_of_one_block_are_let_be(tmp_path: Path) -> None:
    seeds = f"{PROSE}      {KIN}\n    variants:\n      article: |\n        {KIN_AGAIN}\n"
    assert found(tmp_path, "likely-variant", seeds) == []


@pytest.mark.parametrize(
    "other",
    [
        "Grandparents and older sisters give up work to care for a child whom they love, and hear nothing from anybody.",
        "Foster carers live in every council’s area, and they bring up many children.",
        "Foster carers need support.",
    ],
)
def test_two_messages_are_let_be(other: str, tmp_path: Path) -> None:
    assert found(tmp_path, "likely-variant", blocks(KIN, other)) == []


def test_a_short_sentence_may_be_that_of_two_messages(tmp_path: Path) -> None:
    short = "Councils must be paid for what they do for children in full."
    assert len(short.split()) == 12
    assert len(found(tmp_path / "long", "likely-variant", blocks(short, short))) == 1
    short = short.replace(" in full", "")
    assert found(tmp_path / "short", "likely-variant", blocks(short, short)) == []


@pytest.mark.parametrize(
    ("more", "also"),
    [
        ("status: withdrawn", ""),
        ("superseded_by: one", ""),
        ("", "superseded_by: two"),
        ("valid: {from: 2023-01-01}", "valid: {until: 2022-12-31}"),
        ("only: {house: lords}", "only: {house: commons}"),
    ],
)
def test_blocks_that_never_meet_are_let_be(more: str, also: str, tmp_path: Path) -> None:
    assert found(tmp_path, "likely-variant", blocks(KIN, KIN_AGAIN, more, also)) == []


@pytest.mark.parametrize("more", ["valid: {from: 2022-12-01}", "only: {house: [lords, commons]}", "status: draft"])
def test_blocks_that_may_meet_are_found(more: str, tmp_path: Path) -> None:
    also = "valid: {until: 2022-12-31}\n    only: {house: commons}"
    assert len(found(tmp_path, "likely-variant", blocks(KIN, KIN_AGAIN, more, also))) == 1


def test_wordings_with_nothing_else_in_common_must_be_copies(tmp_path: Path) -> None:
    elsewhere = blocks(KIN, KIN_AGAIN).replace("topics: [kinship]", "topics: [schools]", 1)
    assert found(tmp_path, "likely-variant", elsewhere) == []
    copied = blocks(KIN, KIN.replace("should", "must")).replace("topics: [kinship]", "topics: [schools]", 1)
    assert len(found(tmp_path, "likely-variant", copied)) == 1


def test_a_figure_in_common_is_enough(tmp_path: Path) -> None:
    one = "Of all relatives who bring up a child, {{share}} have no support of the kind that foster carers have."
    other = "Relatives who bring up a child have no support, {{share}} of them say, of the kind foster carers have."
    seeds = blocks(one, other).replace("topics: [kinship]", "topics: [schools]", 1)
    assert len(found(tmp_path, "likely-variant", seeds + facts("id: share, value: half"))) == 1


def test_sentences_made_alike_for_two_figures_are_let_be(tmp_path: Path) -> None:
    """Learnt from the example library, where a list says what each part of an investment is for."""
    one = "The Review would spend {{early}} over the first two years on help for families and children."
    seeds = blocks(one, one.replace("{{early}}", "{{late}}").replace("first", "last"))
    assert (
        found(tmp_path, "likely-variant", seeds + facts("id: early, value: £1 million", "id: late, value: £2 million"))
        == []
    )


def test_a_proposal_may_be_told_elsewhere(tmp_path: Path) -> None:
    """Learnt from the example library: a digest tells what a report finds, and a response answers the same findings."""
    seeds = (
        f"positions:\n  - id: kin\n    heading: Kinship\n    topics: [kinship]\n    proposal:\n      from: report\n"
        f"      text: |\n        {KIN}\n    view:\n      stance: support\n      text: |\n        We agree.\n"
        f"passages:\n  - id: digest\n    heading: Kinship\n    topics: [kinship]\n    text: |\n      {KIN_AGAIN}\n{TOPICS}"
    )
    assert found(tmp_path, "likely-variant", seeds) == []


def test_reports_that_are_introduced_in_one_way_are_let_be(tmp_path: Path) -> None:
    """Learnt from the example library: “The … says that …” is half of any short finding."""
    one = "The Case for Change says that care must build relationships and not break them."
    other = "The Case for Change says that more must be done to help families, and makes these findings."
    assert found(tmp_path, "likely-variant", blocks(one, other)) == []


# A standfirst typed again.


OPENING = "Councils want every child to grow up safe, loved and able to thrive."
BROKEN = OPENING.replace(" to grow", "\n  to grow")


def standfirst(written: str) -> str:
    """A brief with a standfirst and one section."""
    return f"{HEAD}{written}sections:\n  - passages: [homes]\n"


@pytest.mark.parametrize(
    "written",
    [
        f"standfirst: |\n  {OPENING}\n",
        f"standfirst: |\n  {BROKEN}\n\n# What we say.\n",
        f"standfirst: |-\n  {OPENING}\n\n\n",
        f"standfirst: {OPENING}  # as before\n",
        f'standfirst: "{OPENING}"\n',
        f"standfirst: '{OPENING}'\n",
    ],
)
def test_a_standfirst_in_a_blocks_words_is_mended_with_its_id(written: str, tmp_path: Path) -> None:
    brief = standfirst(written)
    (fault,) = findings(tmp_path, "copied-standfirst", prose(OPENING), brief)
    (fix,) = fault.fixes
    mended = splice(brief, [(fix.span.start, fix.span.end, fix.text)])
    assert mended.replace("standfirst: homes", "") == brief.replace(brief[fix.span.start - 12 : fix.span.end], "")
    assert len(mended.splitlines()) == len(brief.splitlines()) - brief[fix.span.start : fix.span.end].count("\n")
    (tmp_path / "briefs" / "lords.yaml").write_text(mended, encoding="utf-8")
    assert "standfirst: homes\n" in mended or "standfirst: homes  # as before\n" in mended
    assert findings(tmp_path, "copied-standfirst", prose(OPENING), mended) == []
    printed = run("build", "lords", "--to", "md", "--out", "mended.md", cwd=tmp_path)
    assert printed.returncode == 0
    assert OPENING in (tmp_path / "mended.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        (f"{OPENING} Reform should help.", OPENING),
        (OPENING.replace("every", "each"), OPENING),
        (f"{OPENING}\n\nReform should help.", OPENING.replace("every", "each")),
    ],
)
def test_what_would_print_other_words_is_found_and_left_to_the_officer(text: str, typed: str, tmp_path: Path) -> None:
    (fault,) = findings(tmp_path, "copied-standfirst", prose(text), standfirst(f"standfirst: |\n  {typed}\n"))
    assert fault.fixes == ()
    assert fault.help == "Write `standfirst: homes`, which prints that block’s first paragraph."


def test_the_first_paragraph_is_what_a_blocks_id_prints(tmp_path: Path) -> None:
    brief = standfirst(f"standfirst: |\n  {OPENING}\n")
    (fault,) = findings(tmp_path, "copied-standfirst", prose(f"{OPENING}\n\nReform should help."), brief)
    assert [fix.text for fix in fault.fixes] == ["homes"]


def test_a_remark_beside_the_standfirst_is_not_deleted(tmp_path: Path) -> None:
    (fault,) = findings(
        tmp_path, "copied-standfirst", prose(OPENING), standfirst(f"standfirst: |  # agreed\n  {OPENING}\n")
    )
    assert fault.fixes == ()


def test_the_wording_for_the_briefs_length_is_the_one_that_counts(tmp_path: Path) -> None:
    seeds = f"{prose('Homes come first.')}    priority: essential\n    variants:\n      short: |\n        {OPENING}\n"
    written = f"standfirst: |\n  {OPENING}\n"
    (full,) = findings(tmp_path, "copied-standfirst", seeds, standfirst(written))
    (short,) = findings(tmp_path, "copied-standfirst", seeds, standfirst(f"length: short\n{written}"))
    assert (len(full.fixes), len(short.fixes)) == (0, 1)


@pytest.mark.parametrize(
    ("seeds", "typed"),
    [
        (prose(OPENING), "homes"),
        (prose(OPENING), "Every child deserves a home."),
        (prose(OPENING) + "    status: withdrawn\n", OPENING),
        (prose(OPENING) + "    valid: {from: 2023-01-01}\n", OPENING),
        (prose(f"Homes near school and family come first. {OPENING}"), OPENING),
    ],
)
def test_a_standfirst_of_its_own_is_let_be(seeds: str, typed: str, tmp_path: Path) -> None:
    other = "passages:\n  - id: other\n    text: |\n      Homes come first.\n"
    files = workspace(tmp_path, seeds + SOURCES, f"{HEAD}standfirst: {typed}\nsections:\n  - passages: [other]\n")
    (files.seeds / "other.yaml").write_text(other, encoding="utf-8")
    assert '"copied-standfirst"' not in run("check", "--format", "json", cwd=tmp_path).stdout


def test_an_articles_own_opening_is_let_be(tmp_path: Path) -> None:
    """Learnt from the example workspace: a digest's standfirst says in its own way what its first block says."""
    text = "The Review of children’s social care has published its first report. Councils have until August to respond."
    typed = "The Review has published its first report. This digest sets out what it finds and how to respond to it."
    assert found(tmp_path, "copied-standfirst", prose(text), standfirst(f"standfirst: |\n  {typed}\n")) == []


def test_a_standfirst_said_again_in_a_file_from_elsewhere_is_found_once(tmp_path: Path) -> None:
    lines = ("Homes for children", OPENING, "Key messages", f"• {OPENING} Reform should help.", "• Homes come first.")
    (fault,) = outside(tmp_path, "copied-standfirst", *lines)
    assert (fault.span.line, [span.line for _, span in fault.related], fault.fixes) == (3, [7], ())
    assert outside(tmp_path, "repeated-sentence", *lines) == []


# The measure, and what finds those that are alike.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The children’s homes", "the children’s homes"),
        ("The children's homes", "the children’s homes"),
        ("nearly **25** per cent [3], or 10.5 [@report]", "nearly 25 per cent or 10.5"),
        ("{{spend}} more – and £1.6 billion", "{{spend}} more and £1.6 billion"),
    ],
)
def test_words_are_without_marks(text: str, expected: str) -> None:
    assert words(text) == tuple(expected.split())


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("homes near schools", "homes near schools", 1.0),
        ("homes near schools", "schools near homes", 1 / 3),
        ("homes near big schools", "homes near schools", 6 / 7),
        ("the homes of the children", "the schools of the children", 0.5),
        ("homes", "schools", 0.0),
        ("", "homes", 0.0),
        ("what it is", "what it was", 0.0),
    ],
)
def test_likeness_is_of_words_in_order_and_of_telling_words_too(one: str, other: str, expected: float) -> None:
    assert likeness(words(one), words(other)) == pytest.approx(expected)
    assert likeness(words(other), words(one)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("it is £46 million", "it is £987 million", False),
        ("it is {{early}}", "it is {{late}}", False),
        ("it is £46 million", "it is little", True),
        ("it is 82,170 in 2022", "it is 82,170", True),
    ],
)
def test_figures_agree_unless_each_has_one_of_its_own(one: str, other: str, agree: bool) -> None:
    assert figures_agree(words(one), words(other)) is agree


WORDS = st.sampled_from(["homes", "schools", "carers", "kin", "cost", "the", "of"])
TEXTS = st.lists(st.lists(WORDS, max_size=9).map(tuple), min_size=2, max_size=14)
LEAST = st.sampled_from([0.3, 0.5, 0.6, 0.75, 0.9, 1.0])


@given(TEXTS, LEAST)
def test_none_that_comparing_all_pairs_finds_is_missed(texts: list[Words], least: float) -> None:
    texts = list(dict.fromkeys(texts))
    pairs = [(one, other) for other in range(len(texts)) for one in range(other)]
    every = [Alike(*pair, how) for pair in pairs if (how := likeness(*(texts[each] for each in pair))) >= least]
    assert list(alike(texts, least)) == every


@given(TEXTS, LEAST, st.integers(0, 14))
def test_those_after_a_number_are_those_of_all_that_are_later(texts: list[Words], least: float, after: int) -> None:
    assert list(alike(texts, least, after)) == [each for each in alike(texts, least) if each.later >= after]


@given(TEXTS)
def test_the_same_words_are_named_with_the_first_alone(texts: list[Words]) -> None:
    for each in alike(texts, 1.0):
        assert texts[each.earlier] == texts[each.later]
        assert texts.index(texts[each.later]) == each.earlier


def _library(size: int) -> list[Words]:
    """Texts of common and rare words, of which every tenth is the one before it with a word changed."""
    made = [tuple(f"w{at % 7} w{at % 31} w{at % 97} r{at} r{at // 3} r{at // 5} of it".split()) for at in range(size)]
    return [(*made[at - 1][:-1], "again") if at % 10 == 9 else each for at, each in enumerate(made)]


def test_time_grows_with_the_number_of_texts() -> None:
    """Counted in comparisons, which take the time: a clock would tell of the machine."""
    taken = []
    for size in (1_000, 4_000):
        with patch.object(measure, "_may_be", wraps=measure._may_be) as compared:
            found = list(alike(_library(size), 0.75))
        assert sum(each.later % 10 == 9 and each.earlier == each.later - 1 for each in found) == size // 10
        taken.append(compared.call_count)
    assert 0 < taken[1] <= 4.4 * taken[0]


@pytest.mark.parametrize("piece", ["a", "{{", "[@", "a.", "homes and schools ", "'", "[1"])
def test_a_hostile_line_takes_no_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    assert len(words(text)) <= measure.LONGEST
    assert likeness(words(text), words(f"b {text}")) <= 1


def test_a_hostile_document_takes_no_time(tmp_path: Path) -> None:
    long = "homes and schools and carers of kin " * 20_000
    assert len(outside(tmp_path, "repeated-sentence", "Homes", "A start.", f"• {long}.", f"• {long} again.")) == 1


@pytest.mark.parametrize("other", ["vote Not Content", "never vote Content"])
def test_a_sentence_and_its_opposite_are_no_repeats(other: str, tmp_path: Path) -> None:
    """A briefing asked for one vote on one amendment and for the other on the next."""
    asked = "If the matter comes to a division, we ask peers to vote Content."
    lines = ["Homes", "A start.", f"• {asked}", f"• {asked.replace('vote Content', other)}"]
    assert outside(tmp_path, "repeated-sentence", *lines) == []
    assert len(outside(tmp_path, "repeated-sentence", *lines[:3], f"• {asked.replace('matter', 'thing')}")) == 1
