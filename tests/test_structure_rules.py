"""The rules on how a library and its briefings are put together: what each finds, at which place, and what it lets be.

`found` gives the place, and the words there: of the one seed file, or of the brief if its place says so. Here only
`lords` and the words are kept where the line says nothing more.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from despatch.checking import elsewhere, everything
from tests.helpers import workspace
from tests.test_rules import findings, found

COMMON = """
topics:
  - {id: children, label: Children’s services}
  - {id: homes, label: Homes, under: children}
  - {id: fostering, label: Foster care, under: homes}
  - {id: leavers, label: Care leavers, also: [leaving care]}
  - {id: health, label: Health and mental health, also: [NHS, talking therapies]}
  - {id: workforce, label: Workforce}
sources:
  - {id: report, kind: report, title: A report, published: 2022}
  - {id: placements-bill, kind: bill, title: A Bill about homes, published: 2022-11}
"""
HEAD = "title: Children’s social care\nhouse: lords\nproceeding: take-note-debate\ndate: 2022-12-08\n"


def brief(*sections: str, more: str = "") -> str:
    """A brief for the Lords with these sections."""
    return HEAD + more + "sections:\n" + "".join(f"  - {each}\n" for each in sections)


def blocks(kind: str, *entries: str) -> str:
    """A list of blocks, each given by its fields."""
    return f"{kind}:\n" + "".join(f"  - {{{each}}}\n" for each in entries)


def position(name: str, view: str = "stance: support, text: We support it.", more: str = "", **proposal: str) -> str:
    """The fields of a position."""
    fields = {"from": "report", "text": f"The report asks for {name}.", **proposal}
    said = ", ".join(f"{key}: {value}" for key, value in fields.items() if value)
    return f"id: {name}, heading: Some {name}, proposal: {{{said}}}, view: {{{view}}}{more}"


def words(folder: Path, rule: str, seeds: str, *sections: str, more: str = "") -> list[str]:
    """The words at which a rule finds something, `lords` before those of the brief."""
    places = found(folder, rule, seeds + COMMON, brief(*sections, more=more) if sections else None)
    return [re.sub(r"\d+:\d+ ", "", each) for each in places]


def messages(folder: Path, rule: str, seeds: str, *sections: str, more: str = "") -> list[tuple[str, str]]:
    """What a rule says, and its advice."""
    said = findings(folder, rule, seeds + COMMON, brief(*sections, more=more))
    return [(each.message, each.help) for each in said]


def briefs(folder: Path, rule: str, seeds: str, **days: str) -> list[tuple[str, str]]:
    """The briefs and the words at which a rule finds something, each brief given by its day and its positions."""
    files = workspace(folder, seeds + COMMON)
    for name, line in days.items():
        day, _, names = line.partition(" ")
        text = brief(f"positions: {names}").replace("2022-12-08", day)
        (folder / "briefs" / f"{name}.yaml").write_text(text, encoding="utf-8")
    spans = [each.span for each in everything(files, []) if each.rule == rule]
    return [(each.path.stem, each.path.read_text(encoding="utf-8")[each.start : each.end]) for each in spans]


# Points without an answer.

TWO = "points: [{id: one, text: More homes.}, {id: two, text: More staff.}]"


def homes(points: str, view: str) -> str:
    return blocks(
        "positions",
        f"id: homes, heading: Homes, proposal: {{from: report, {points}}}, view: {{stance: support, {view}}}",
    )


@pytest.mark.parametrize(
    ("points", "view", "expected"),
    [
        (TWO, "points: [{answers: [one], text: We agree.}]", ["two"]),
        (TWO, "points: [{answers: [one], text: We agree.}, {answers: [two], text: We agree.}]", []),
        (TWO, "points: [{answers: [one, two], text: We agree.}]", []),
        (TWO, "text: We agree.", []),
        (TWO, "points: [We agree., We also agree.]", []),
        (TWO, "lead: 'We agree:', points: [{answers: [one], text: We agree.}]", ["two"]),
        (TWO, "lead: We agree., points: [{answers: [one], text: We agree.}]", ["two"]),
        (
            TWO,
            "points: [{answers: [one], text: We agree., points: [{answers: [two], text: We agree.}]}]",
            [],
        ),
        (
            TWO,
            "points: [{answers: [one], text: We agree.}], variants: {short: {points: [{answers: [two], text: Yes.}]}}",
            [],
        ),
        (
            "points: [{id: one, text: Homes., points: [{id: two, text: Staff.}]}]",
            "points: [{answers: [one], text: Yes.}]",
            [],
        ),
        (
            "points: [{id: one, text: Homes., points: [{id: two, text: Staff.}, {id: three, text: Pay.}]}]",
            "points: [{answers: [two], text: Yes.}]",
            ["three"],
        ),
        ("points: [{id: one, text: Homes.}, Staff.]", "points: [{answers: [one], text: We agree.}]", ["Staff."]),
    ],
)
def test_a_point_that_no_view_answers_is_found(points: str, view: str, expected: list[str], tmp_path: Path) -> None:
    assert words(tmp_path, "unanswered-point", homes(points, view)) == expected


@pytest.mark.parametrize(
    "view",
    [
        "points: [{answers: [one], text: Yes.}, It is time to act.]",
        "lead: We agree with all of it., points: [{answers: [one], text: Yes.}]",
        "points: [{answers: [one], text: Yes.}], closing: We agree with the rest.",
    ],
)
def test_a_view_that_also_speaks_of_the_whole_answers_what_has_no_id(view: str, tmp_path: Path) -> None:
    """As where two bullets on the workforce at large stand before those that answer a recommendation each."""
    assert words(tmp_path, "unanswered-point", homes("points: [{id: one, text: Homes.}, Staff.]", view)) == []


def test_a_misspelt_answer_is_one_fault_and_not_two(tmp_path: Path) -> None:
    view = "points: [{answers: [one, tow], text: Yes.}]"
    told = everything(workspace(tmp_path, homes(TWO, view) + COMMON), [])
    assert [each.rule for each in told if each.rule.endswith("-point")] == ["unknown-point"]


# Half of a position.


@pytest.mark.parametrize(
    ("fields", "more", "expected"),
    [
        ("priority: detail", "length: standard\n", "our answer to it (`reply`)"),
        ("topics: [health]", "topics: {exclude: [health]}\n", "our answer to it (`reply`)"),
        ("priority: detail", "length: full\n", ""),
    ],
)
def test_a_point_that_prints_without_its_answer_is_found(fields: str, more: str, expected: str, tmp_path: Path) -> None:
    view = f"points: [{{answers: [one], text: Yes.}}, {{id: reply, answers: [two], text: Yes., {fields}}}]"
    said = messages(tmp_path, "half-position", homes(TWO, view), "positions: [homes]", more=more)
    assert [message.partition("point `two`, but not ")[2].rstrip(".") for message, _ in said] == [expected] * bool(
        expected
    )


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("detail", "standard", "prints our view, but not the proposal that it is about"),
        ("standard", "detail", "prints what is proposed, but not our view of it"),
        ("standard", "standard", ""),
        ("detail", "detail", ""),
    ],
)
def test_a_position_of_which_one_half_prints_is_found(one: str, two: str, expected: str, tmp_path: Path) -> None:
    seeds = homes(f"points: [{{text: Homes., priority: {one}}}]", f"points: [{{text: Yes., priority: {two}}}]")
    seeds += blocks("passages", "id: other, text: Words.")
    said = messages(
        tmp_path, "half-position", seeds, "positions: [homes]", "passages: [other]", more="length: standard\n"
    )
    assert [expected in message for message, _ in said] == [True] * bool(expected)


def test_an_amendment_is_a_proposal_without_further_words(tmp_path: Path) -> None:
    seeds = blocks(
        "positions",
        "id: homes, heading: Homes, proposal: {from: placements-bill, amendment: {number: 31, text: Leave out clause 5}}, "
        "view: {stance: support, text: We support it.}",
    )
    assert words(tmp_path, "half-position", seeds, "positions: [homes]") == []


def test_an_answer_without_what_it_answers_is_found_where_the_brief_names_the_block(tmp_path: Path) -> None:
    view = "points: [{answers: [one], text: Yes.}, {id: reply, answers: [two], text: Yes.}]"
    use = "positions: [{use: homes, omit: [two]}]"
    assert words(tmp_path, "half-position", homes(TWO, view), use) == ["lords homes"]
    ((message, _),) = messages(tmp_path, "half-position", homes(TWO, view), use)
    assert message == "Of `homes`, `lords` prints our answer (`reply`), but not the point that it answers (`two`)."


def test_a_shorter_wording_of_the_view_answers_the_whole(tmp_path: Path) -> None:
    """A variant says in one bullet what the view says in five, and names none of them."""
    view = "points: [{answers: [one], text: Yes.}, {answers: [two], text: Yes.}], variants: {short: {points: [Yes to all.]}}"
    seeds = homes(TWO, view).replace("id: homes,", "id: homes, priority: essential,")
    assert words(tmp_path, "half-position", seeds, "positions: [homes]", more="length: short\n") == []


# Stances and words.


def viewed(marked: str, text: str) -> str:
    view = f'stance: {marked}, text: "{text}"'
    return blocks("positions", position("homes", view))


@pytest.mark.parametrize(
    ("marked", "text", "expected"),
    [
        ("support", "We are not convinced by it.", ["We are not convinced"]),
        ("support", "We cannot support the clause.", ["We cannot support"]),
        ("support", "We don’t support it.", ["We don’t support"]),
        ("support", "We have serious concerns about cost.", ["We have serious concerns"]),
        ("support", "Homes closed. Our members strongly oppose it.", ["Our members strongly oppose"]),
        ("support", "We no longer agree.", []),  # “agree” is praise as well: too near to call
        ("oppose", "We strongly support the clause.", ["We strongly support"]),
        ("concern", "We warmly welcome this.", ["We warmly welcome"]),
        ("concern", "We have no doubts. We are pleased.", []),
        ("oppose", "We welcome the aim, but the clause goes too far.", []),
        ("support", "We oppose delay, and it is positive that Ministers agree.", []),
        ("support", "We are concerned about delay. We support the clause.", []),
        ("support", "We share the aim, but oppose a fixed period.", ["We share the aim, but oppose"]),
        (
            "support",
            "We support the aim of this amendment but cannot support it.",
            ["We support the aim of this amendment but cannot support"],
        ),
        ("support", "We share the aim, but do not oppose delay.", []),
        ("support", "We share the aim, but oppose delay. We support the clause.", []),
        ("support", "We share the aim of the Bill, but oppose the power that this would take out.", []),
        ("oppose", "We share the aim, but oppose a fixed period.", []),
        ("mixed", "We oppose it.", []),
        ("neutral", "We oppose it.", []),
    ],
)
def test_words_against_the_stance_are_found(marked: str, text: str, expected: list[str], tmp_path: Path) -> None:
    assert words(tmp_path, "unspoken-stance", viewed(marked, text)) == expected


@pytest.mark.parametrize("marked", ["support", "mixed", "concern", "oppose", "probing"])
def test_a_view_without_a_stance_in_its_words_is_found(marked: str, tmp_path: Path) -> None:
    assert words(tmp_path, "unspoken-stance", viewed(marked, "Grants fell. Homes closed in June.")) == [marked]


def test_a_neutral_view_need_say_nothing(tmp_path: Path) -> None:
    assert words(tmp_path, "unspoken-stance", viewed("neutral", "Grants fell.")) == []


@pytest.mark.parametrize(
    "text",
    [
        "The Government should act.",
        "It is very welcome.",
        "Family care must come first.",
        "What will Ministers do?",
        "We seek clarity on the duty.",
        "Reform will fail without money.",
    ],
)
def test_a_stance_is_spoken_in_many_ways(text: str, tmp_path: Path) -> None:
    assert words(tmp_path, "unspoken-stance", viewed("support", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The report reflects our own significant concerns. We look to the authority to act.",
        "Councils know which families oppose them. The plan is right.",
        "The regulator says “we oppose any change”. We want it soon.",
        "We have heard that some in the sector oppose it. It should go ahead.",
    ],
)
def test_what_somebody_else_thinks_is_not_our_stance(text: str, tmp_path: Path) -> None:
    text = text.replace("“", "\u201c")
    assert words(tmp_path, "unspoken-stance", viewed("support", text)) == []


def test_a_long_hostile_view_is_read_in_no_time(tmp_path: Path) -> None:
    assert words(tmp_path, "unspoken-stance", viewed("mixed", "we have not " * 20_000 + "we" + " " * 20_000)) == []


# Promises and mentions.

SECTION = blocks("positions", position("homes", more=", topics: [homes]"))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("topics: [homes, leavers], text: More homes and help for those leaving care.", ["lords first"]),
        ("topics: [homes, leavers], text: More homes for care leavers.", ["lords first"]),
        ("topics: [fostering], text: Better foster care.", []),
        ("topics: [children], text: Children’s services need money.", []),
        ("lead: 'At once:', points: [{topics: [leavers], text: help for care leavers}]", ["lords first"]),
        ("topics: [homes, leavers], text: More homes for young people.", []),
        ("topics: [homes], text: More homes for care leavers.", []),
    ],
)
def test_a_topic_that_a_key_message_promises_is_found(message: str, expected: list[str], tmp_path: Path) -> None:
    seeds = SECTION + blocks("key_messages", f"id: first, {message}")
    assert words(tmp_path, "unkept-promise", seeds, "key_messages: [first]", "positions: [homes]") == expected


def test_a_partner_named_in_passing_is_no_promise(tmp_path: Path) -> None:
    """A message on strategy that is listed under health too, and only says that the NHS has a part in it."""
    seeds = SECTION + blocks(
        "key_messages", "id: first, topics: [homes, health], text: Homes need councils and the NHS."
    )
    assert words(tmp_path, "unkept-promise", seeds, "key_messages: [first]", "positions: [homes]") == []
    seeds = seeds.replace("the NHS", "talking therapies")
    assert words(tmp_path, "unkept-promise", seeds, "key_messages: [first]", "positions: [homes]") == ["lords first"]


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ("text: We support it.", ["lords first"]),
        ("points: [{topics: [leavers], text: We support it.}]", []),
        ("points: [{text: We support it., points: [{topics: [leavers], text: Help.}]}]", ["lords first"]),
    ],
)
def test_a_bullet_keeps_a_promise_and_what_is_under_it_does_not(kept: str, expected: list[str], tmp_path: Path) -> None:
    seeds = blocks("positions", position("homes", f"stance: support, {kept}", ", topics: [homes]"))
    seeds += blocks("key_messages", "id: first, topics: [leavers], text: Help for care leavers.")
    assert words(tmp_path, "unkept-promise", seeds, "key_messages: [first]", "positions: [homes]") == expected


def test_a_standfirst_promises_too_and_is_found_at_its_name(tmp_path: Path) -> None:
    seeds = SECTION + blocks("passages", "id: first-words, topics: [leavers], text: Help for care leavers.")
    seeds += blocks("key_messages", "id: other, topics: [leavers], text: More for care leavers.")
    sections = ("key_messages: [other]", "positions: [homes]")
    assert words(tmp_path, "unkept-promise", seeds, *sections, more="standfirst: first-words\n") == [
        "lords first-words"
    ]


def test_a_briefing_of_key_messages_alone_promises_no_sections(tmp_path: Path) -> None:
    seeds = blocks("key_messages", "id: first, topics: [leavers], text: Help for care leavers.")
    assert words(tmp_path, "unkept-promise", seeds, "key_messages: [first]") == []


@pytest.mark.parametrize(
    ("include", "expected"), [("[homes]", []), ("[children]", []), ("[homes, health]", ["lords health"])]
)
def test_an_included_topic_without_a_section_is_found(include: str, expected: list[str], tmp_path: Path) -> None:
    seeds = SECTION + blocks("key_messages", "id: first, topics: [health], text: Children wait.")
    sections = ("key_messages: [first]", "positions: [homes]")
    more = f"topics: {{include: {include}}}\n"
    assert words(tmp_path, "unkept-promise", seeds, *sections, more=more) == expected


def test_key_messages_alone_keep_an_included_topic(tmp_path: Path) -> None:
    seeds = blocks("key_messages", "id: first, topics: [health], text: Children wait.")
    more = "topics: {include: [health]}\n"
    assert words(tmp_path, "unkept-promise", seeds, "key_messages: [first]", more=more) == []


LAST_MONTH = """\
Debate on homes, House of Lords, 8 December 2022

Key messages

  • We have long asked for more homes, and for help for those leaving care.
  • Foster care matters.

Homes for children: What the Review recommends

The Review asks for:

  • A fund for homes, which breaks down to:
  • £1 million for new buildings
{bullets}

LGA view

  • We support more homes and foster carers.
"""


@pytest.mark.parametrize(
    ("bullets", "expected"),
    [
        ("  • A plan for homes.", ["leaving care"]),
        ("  • £2 million for care leavers", ["leaving care"]),
        ("  • A plan for care leavers.", []),
        ("  • A fund for care leavers, made up of:", []),
    ],
)
def test_a_file_from_elsewhere_keeps_its_promises_or_is_found(
    bullets: str, expected: list[str], tmp_path: Path
) -> None:
    """What stands under a bullet, its level lost, is named in passing; a bullet of its own is a section's."""
    files = workspace(tmp_path, COMMON)
    path = tmp_path / "last-month.txt"
    path.write_text(LAST_MONTH.format(bullets=bullets), encoding="utf-8")
    spans = [each.span for each in elsewhere(path, files, "lga").faults if each.rule == "unkept-promise"]
    assert [path.read_text(encoding="utf-8")[each.start : each.end] for each in spans] == expected


def test_a_file_that_answers_no_proposals_promises_no_sections(tmp_path: Path) -> None:
    """An article opens with what it asks for, and then tells a story."""
    path = tmp_path / "article.txt"
    told = LAST_MONTH.format(bullets="  • A plan for homes.").replace(": What the Review recommends", " near schools")
    path.write_text(told, encoding="utf-8")
    faults = elsewhere(path, workspace(tmp_path, COMMON), "lga").faults
    assert [each for each in faults if each.rule == "unkept-promise"] == []


@pytest.mark.parametrize(
    ("message", "section", "expected"),
    [
        ("[health]", "[homes]", ["lords homes"]),
        ("[homes]", "[homes]", []),
        ("[children]", "[fostering]", []),
        ("[fostering]", "[children]", []),
        ("[health]", "[homes, health]", []),
        ("[health]", "[]", []),
        ("[]", "[homes]", []),
    ],
)
def test_a_section_that_no_key_message_mentions_is_found(
    message: str, section: str, expected: list[str], tmp_path: Path
) -> None:
    seeds = blocks("positions", position("homes", more=f", topics: {section}"))
    seeds += blocks("key_messages", f"id: first, topics: {message}, text: Children wait.")
    assert words(tmp_path, "unmentioned-section", seeds, "key_messages: [first]", "positions: [homes]") == expected


def test_a_bullet_of_a_key_message_mentions_a_section(tmp_path: Path) -> None:
    seeds = SECTION + blocks("key_messages", "id: first, lead: 'Now:', points: [{topics: [homes], text: Act.}]")
    assert words(tmp_path, "unmentioned-section", seeds, "key_messages: [first]", "positions: [homes]") == []


@pytest.mark.parametrize("channel", ["submission", "article"])
def test_only_a_briefing_for_parliament_has_its_sections_mentioned_first(channel: str, tmp_path: Path) -> None:
    """A response to a consultation answers question by question, whatever its opening dwells on."""
    seeds = SECTION + blocks("key_messages", "id: first, topics: [health], text: Children wait.")
    sections = ("key_messages: [first]", "positions: [homes]")
    assert words(tmp_path, "unmentioned-section", seeds, *sections, more=f"channel: {channel}\n") == []


# Blocks that nothing uses, and blocks that do not print.


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", ["spare"]),
        ("status: draft", []),
        ("status: withdrawn", []),
        ("superseded_by: used", []),
        ("valid: {until: 2020-01-01}", ["spare"]),
        ("ignore: {unused-block: Kept for the next debate.}", []),
    ],
)
def test_a_block_that_no_brief_uses_is_found(more: str, expected: list[str], tmp_path: Path) -> None:
    seeds = blocks("passages", "id: used, text: Words.", f"id: spare, text: Words., {more}")
    assert words(tmp_path, "unused-block", seeds, "passages: [used]") == expected


def test_a_block_that_is_kept_for_a_reason_excuses_no_other(tmp_path: Path) -> None:
    kept = "id: kept, text: Words., ignore: {unused-block: It is for the next debate.}"
    seeds = blocks("passages", "id: used, text: Words.", kept, "id: spare, text: Words.")
    assert words(tmp_path, "unused-block", seeds, "passages: [used]") == ["spare"]


def test_a_library_in_store_is_no_fault(tmp_path: Path) -> None:
    """An office that brought in the blocks of ten years, and has written one brief so far, is only told."""
    seeds = blocks("passages", "id: used, text: Words.", *(f"id: old-{number}, text: Words." for number in range(3)))
    said = findings(tmp_path, "unused-block", seeds + COMMON, brief("passages: [used]"))
    assert [(each.severity, each.message) for each in said] == [
        ("advice", "No brief uses `old-0`, nor 2 more of this file, so nobody reads what it says.")
    ]


def test_a_block_that_takes_the_place_of_one_that_is_used_is_used(tmp_path: Path) -> None:
    later = "id: later, valid: {from: 2023-01-01}, text: Words."
    seeds = blocks("passages", "id: used, superseded_by: later, text: Words.", later)
    assert words(tmp_path, "unused-block", seeds, "passages: [used]") == []


@pytest.mark.parametrize(
    ("sections", "more"),
    [
        (["passages: [other]", "blocks: [spare]"], ""),
        (["passages: [other]"], "standfirst: spare\n"),
        (["passages: auto"], "topics: {include: [homes]}\n"),
    ],
)
def test_a_block_is_used_wherever_a_brief_takes_it(sections: list[str], more: str, tmp_path: Path) -> None:
    seeds = blocks(
        "passages", "id: other, topics: [homes], text: Words.", "id: spare, topics: [fostering], text: Words."
    )
    assert words(tmp_path, "unused-block", seeds, *sections, more=more) == []


def test_an_address_book_may_hold_more_than_the_briefs_name(tmp_path: Path) -> None:
    seeds = blocks("passages", "id: used, text: Words.") + blocks("contacts", "id: desk, name: The desk")
    assert words(tmp_path, "unused-block", seeds, "passages: [used]") == []


def test_no_block_is_called_unused_where_no_brief_or_not_every_brief_is_read(tmp_path: Path) -> None:
    seeds = blocks("passages", "id: used, text: Words.", "id: spare, text: Words.") + COMMON
    assert found(tmp_path, "unused-block", seeds) == []
    assert found(tmp_path, "unused-block", seeds, brief("passages: [used]"), "lords") == []


def test_a_block_of_a_brief_s_own_that_it_does_not_use_is_found(tmp_path: Path) -> None:
    seeds = blocks("passages", "id: used, text: Words.")
    local = "local:\n  passages:\n    - {id: spare, text: Words.}\n"
    assert words(tmp_path, "unused-block", seeds, "passages: [used]", more=local) == ["lords spare"]


@pytest.mark.parametrize(
    ("more", "why", "advice"),
    [
        ("status: withdrawn", "it is withdrawn", "Take it out."),
        ("status: draft", "it is a draft, which prints only with --draft", "Have it approved, or take it out."),
        ("valid: {until: 2022-11-30}", "it does not hold on 8 December 2022 (until 30 November 2022)",
         "Name another block in its place, or take it out."),
        ("superseded_by: elsewhere", "`elsewhere` has taken its place", "Name `elsewhere` in its place."),
        ("superseded_by: other", "`other` has taken its place", "Take it out: `other` is named as well."),
        ("only: {house: commons}", "it is only for house commons, and this brief’s is lords",
         "Name another block in its place, or take it out."),
    ],
)  # fmt: skip
def test_a_block_that_is_named_and_does_not_print_is_found(more: str, why: str, advice: str, tmp_path: Path) -> None:
    seeds = blocks(
        "passages", "id: other, text: Words.", f"id: named, text: Words., {more}", "id: later, text: Words."
    ) + blocks("key_messages", "id: elsewhere, text: Words.")
    sections = ("passages: [other, named]",)
    assert words(tmp_path, "unprinted-block", seeds, *sections) == ["lords named"]
    assert messages(tmp_path, "unprinted-block", seeds, *sections) == [
        (f"`lords` names `named` and does not print it: {why}.", advice)
    ]


def test_a_draft_beside_the_block_whose_place_it_is_to_take_waits(tmp_path: Path) -> None:
    drafted = "id: next, status: draft, text: Words."
    seeds = blocks("passages", "id: other, text: Words.", "id: now, superseded_by: next, text: Words.", drafted)
    advice = [help for _, help in messages(tmp_path, "unprinted-block", seeds, "passages: [other, next]")]
    assert advice == ["Have it approved; until then name `now`, or take it out."]
    advice = [help for _, help in messages(tmp_path, "unprinted-block", seeds, "passages: [now, next]")]
    assert advice == ["Have it approved, or take it out."]


GAP = (
    "`lords` names `old` and does not print it: it does not hold on 8 December 2022 (until 7 December 2022), and `new`, which takes \
its place, holds only from 9 December 2022."
)
EARLY = "`lords` names `new` and does not print it: it does not hold on 8 December 2022 (from 9 December 2022)."


@pytest.mark.parametrize(
    ("last_day", "names", "said"),
    [
        (7, "old", [(GAP, "Change the dates of one of them, name another block in its place, or take it out.")]),
        (8, "old", []),
        (7, "new", [(EARLY, "Name another block in its place, or take it out.")]),
        (8, "new", [(EARLY, "Name `old`: `new` prints in its place from its first day.")]),
        (8, "old, new", [(EARLY, "Keep only `old`: `new` prints in its place from its first day.")]),
    ],
)
def test_what_stands_before_a_successor_begins_is_told(
    tmp_path: Path, last_day: int, names: str, said: list[tuple[str, str]]
) -> None:
    old = f"id: old, valid: {{until: 2022-12-0{last_day}}}, superseded_by: new, text: Words."
    seeds = blocks("passages", "id: other, text: Words.", old, "id: new, valid: {from: 2022-12-09}, text: Words.")
    assert messages(tmp_path, "unprinted-block", seeds, f"passages: [other, {names}]") == said


@pytest.mark.parametrize("line", ["standfirst: named-block\n", "contact: named-desk\n"])
def test_a_standfirst_and_a_contact_that_do_not_print_are_found(line: str, tmp_path: Path) -> None:
    seeds = blocks("passages", "id: other, text: Words.", "id: named-block, status: withdrawn, text: Words.")
    seeds += blocks("contacts", "id: named-desk, status: withdrawn, name: The desk")
    name = line.split()[1]
    assert words(tmp_path, "unprinted-block", seeds, "passages: [other]", more=line) == [f"lords {name}"]


@pytest.mark.parametrize(
    ("fields", "sections", "more"),
    [
        ("priority: detail", "passages: [other, named]", "length: short\n"),
        ("topics: [homes]", "passages: [other, named]", "topics: {exclude: [homes]}\n"),
        ("topics: [homes], status: withdrawn", "passages: auto", "topics: {include: [homes]}\n"),
    ],
)
def test_what_choices_and_auto_leave_out_is_meant_to_be_left_out(
    fields: str, sections: str, more: str, tmp_path: Path
) -> None:
    topic = "homes" if "auto" in sections else "workforce"
    other = f"id: other, priority: essential, topics: [{topic}], text: Words."
    seeds = blocks("passages", other, f"id: named, text: Words., {fields}")
    assert words(tmp_path, "unprinted-block", seeds, sections, more=more) == []


# Blocks printed twice, and blocks changed.


@pytest.mark.parametrize(
    ("sections", "more", "expected"),
    [
        (["passages: [one, other, one]"], "", ["lords one"]),
        (["passages: [one]", "blocks: [other, one]"], "", ["lords one"]),
        (["passages: [one, other]"], "", []),
        (["passages: [one]"], "standfirst: one\n", ["lords one"]),
        (["passages: auto", "blocks: [one]"], "topics: {include: [homes]}\n", ["lords one"]),
        (["passages: [one, one, one]"], "", ["lords one", "lords one"]),
    ],
)
def test_a_block_that_prints_twice_is_found(
    sections: list[str], more: str, expected: list[str], tmp_path: Path
) -> None:
    seeds = blocks("passages", "id: one, topics: [homes], text: Words.", "id: other, text: More.")
    assert words(tmp_path, "repeated-block", seeds, *sections, more=more) == expected


def test_the_first_place_of_a_repeated_block_is_shown(tmp_path: Path) -> None:
    seeds = blocks("passages", "id: one, text: Words.") + COMMON
    (said,) = findings(tmp_path, "repeated-block", seeds, brief("passages: [one]", "blocks: [one]"))
    assert [(said.span.line, said.span.column)] == [(7, 14)]
    assert [(span.line, span.column) for _, span in said.related] == [(6, 16)]


def test_a_block_cut_in_two_is_not_repeated(tmp_path: Path) -> None:
    """What cannot wait stands first in one section, and the rest of the same block follows in another."""
    points = "points: [{id: now, text: Act now.}, {id: then, text: Act then.}]"
    seeds = blocks("passages", f"id: one, lead: 'We ask:', {points}")
    halves = ("passages: [{use: one, omit: [then]}]", "blocks: [{use: one, omit: [now]}]")
    assert words(tmp_path, "repeated-block", seeds, *halves) == []
    assert words(tmp_path, "repeated-block", seeds, halves[0], "blocks: [one]") == ["lords one"]


CHANGED = blocks(
    "positions",
    position("homes", more="").replace(
        "text: The report", "lead: 'It asks:', points: [{id: pay, text: Pay them more each year.}], closing: The report"
    ),
)


@pytest.mark.parametrize(
    ("change", "at", "expected"),
    [
        ("heading: Other homes", "Other homes", "rewords the heading: “Some” → “Other”"),
        ("omit: [pay]", "pay", "leaves out `pay`: “Pay them more each year.”"),
        ("replace: {pay: Pay them more.}", "pay", "rewords `pay`: “more each year.” → “more.”"),
        ("replace: {pay: Pay all of them more each year.}", "", "rewords `pay`: adds “all of”"),
        ("replace: {pay: Pay them more each year.}", "", "repeats `pay` as the library has it"),
    ],
)
def test_a_change_that_a_brief_makes_is_shown(change: str, at: str, expected: str, tmp_path: Path) -> None:
    use = f"positions: [{{use: homes, {change}}}]"
    said = findings(tmp_path, "local-changes", CHANGED + COMMON, brief(use))
    assert [(each.message, each.severity) for each in said] == [(f"Of `homes`, `lords` {expected}.", "advice")]
    if at:
        assert words(tmp_path, "local-changes", CHANGED, use) == [f"lords {at}"]


def test_a_use_without_changes_is_none_and_a_reason_excuses_those_there_are(tmp_path: Path) -> None:
    assert words(tmp_path, "local-changes", CHANGED, "positions: [homes]") == []
    excused = "positions: [{use: homes, omit: [pay], ignore: {local-changes: The House voted on pay.}}]"
    assert words(tmp_path, "local-changes", CHANGED, excused) == []


def test_a_long_change_is_cut_short(tmp_path: Path) -> None:
    long = " ".join(f"word{number}" for number in range(5_000))
    ((message, _),) = messages(
        tmp_path, "local-changes", CHANGED, f"positions: [{{use: homes, replace: {{pay: {long}}}}}]"
    )
    assert len(message) < 250
    assert "“Pay them more each year.” → “word0 " in message


# Stances against each other.

SUPPORT, OPPOSE = "stance: support, text: We support it.", "stance: oppose, text: We oppose it."
AMENDMENT = "{number: 31, list: Committee, text: Leave out clause 5}"


@pytest.mark.parametrize(
    ("one", "other", "is_found"),
    [
        ({"clause": "Clause 5"}, {"clause": "clause  5"}, True),
        ({"clause": "Clause 5"}, {"clause": "Clause 6"}, False),
        ({"clause": "Clause 5"}, {"clause": "Clause 5", "from": "placements-bill"}, False),
        ({"amendment": AMENDMENT}, {"amendment": AMENDMENT}, True),
        ({"amendment": AMENDMENT}, {"amendment": AMENDMENT.replace("Committee", "Report")}, False),
        ({"text": "A tax on profit."}, {"text": "A  tax on profit."}, True),
        ({"text": "A tax on profit."}, {"text": "A tax on homes."}, False),
    ],
)
def test_two_stances_on_one_proposal_are_found(
    one: dict[str, str], other: dict[str, str], is_found: bool, tmp_path: Path
) -> None:
    seeds = blocks("positions", position("a", SUPPORT, **one), position("b", OPPOSE, **other))
    assert words(tmp_path, "clashing-stances", seeds) == (["oppose"] if is_found else [])


def test_both_places_of_a_clash_are_shown_once(tmp_path: Path) -> None:
    same = {"clause": "Clause 5", "text": "Homes."}
    seeds = blocks(
        "positions", *(position(name, view, **same) for name, view in (("a", SUPPORT), ("b", OPPOSE), ("c", OPPOSE)))
    )
    said = findings(tmp_path, "clashing-stances", seeds + COMMON)
    assert [(each.span.line, *(span.line for _, span in each.related)) for each in said] == [(3, 2), (4, 2)]
    assert said[0].message == "`b` says `oppose` and `a` says `support`, on the same proposal."


@pytest.mark.parametrize(
    ("one", "other", "is_found"),
    [
        ("", "", True),
        ("valid: {until: 2022-05-22}", "valid: {from: 2022-05-23}", False),
        ("valid: {until: 2022-05-23}", "valid: {from: 2022-05-23}", True),
        ("superseded_by: b", "", False),
        ("superseded_by: c", "", True),
        ("status: withdrawn", "", False),
        ("only: {proceeding: committee-stage}", "only: {proceeding: report-stage}", False),
        ("only: {house: lords}", "only: {house: commons}", True),
    ],
)
def test_stances_clash_only_where_both_may_be_printed(one: str, other: str, is_found: bool, tmp_path: Path) -> None:
    """An amendment is probed in Committee and pressed on Report."""
    clause = {"clause": "Clause 5"}
    seeds = blocks(
        "positions",
        position("a", SUPPORT, f", {one}" if one else "", **clause),
        position("b", OPPOSE, f", {other}" if other else "", **clause),
        position("c", SUPPORT, clause="Clause 6"),
    )
    assert words(tmp_path, "clashing-stances", seeds) == (["oppose"] if is_found else [])


@pytest.mark.parametrize(("heading", "is_found"), [("Some a", True), ("Some b", False)])
def test_one_chapter_proposes_many_things(heading: str, is_found: bool, tmp_path: Path) -> None:
    """National pay and rules for agencies stand in one chapter, and an office may well like only one of them."""
    chapter = {"part": "Chapter 7"}
    second = position("b", OPPOSE, **chapter).replace("Some b", heading)
    assert words(tmp_path, "clashing-stances", blocks("positions", position("a", SUPPORT, **chapter), second)) == (
        ["oppose"] if is_found else []
    )


CLAUSE = {"clause": "Clause 5"}
TURN = blocks(
    "positions",
    position("a", SUPPORT, ", valid: {until: 2022-11-30}", **CLAUSE),
    position("b", OPPOSE, ", valid: {from: 2022-12-01}", **CLAUSE),
)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({"commons": "2022-11-24 [a]", "lords": "2022-12-08 [b]"}, [("lords", "b")]),
        ({"zebra": "2022-11-24 [a]", "alpha": "2022-12-08 [b]"}, [("alpha", "b")]),
        ({"commons": "2022-11-24 [a]", "lords": "2022-12-08 [b]", "third": "2022-12-14 [b]"}, [("lords", "b")]),
        ({"commons": "2022-11-23 [a]", "lords": "2022-11-24 [a]"}, []),
        ({"lords": "2022-12-08 [b]"}, []),
    ],
)
def test_a_stance_that_is_not_that_of_the_last_briefing_is_found(
    days: dict[str, str], expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    assert briefs(tmp_path, "changed-stance", TURN, **days) == expected


def test_two_briefings_of_one_day_have_no_order(tmp_path: Path) -> None:
    seeds = blocks("positions", position("a", SUPPORT, **CLAUSE), position("b", OPPOSE, **CLAUSE))
    days = {"commons": "2022-12-08 [a]", "lords": "2022-12-08 [b]"}
    assert briefs(tmp_path, "changed-stance", seeds, **days) == []


def test_a_block_that_took_another_s_place_is_on_the_same_proposal(tmp_path: Path) -> None:
    later = ", valid: {from: 2022-12-01}"
    seeds = blocks("positions", position("a", SUPPORT, ", superseded_by: b"), position("b", OPPOSE, later))
    days = {"commons": "2022-11-24 [a]", "lords": "2022-12-08 [b]"}
    assert briefs(tmp_path, "changed-stance", seeds, **days) == [("lords", "b")]
    assert briefs(tmp_path, "changed-stance", seeds.replace(", superseded_by: b", ""), **days) == []


def test_a_number_without_its_list_is_another_amendment_s_next_month(tmp_path: Path) -> None:
    """Amendments are numbered anew for every list."""
    numbered = AMENDMENT.replace("list: Committee, ", "")
    amended = [{"from": "placements-bill", "text": "", "amendment": each} for each in (numbered, AMENDMENT)]
    days = {"commons": "2022-11-24 [a]", "lords": "2022-12-08 [b]"}
    for fields, expected in zip(amended, ([], [("lords", "b")]), strict=True):
        seeds = blocks("positions", position("a", SUPPORT, ", valid: {until: 2022-11-30}", **fields),
                       position("b", OPPOSE, ", valid: {from: 2022-12-01}", **fields))  # fmt: skip
        assert briefs(tmp_path, "changed-stance", seeds, **days) == expected
