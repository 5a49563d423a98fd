"""What is in a briefing, and why: the rules of selection, each as a small workspace in its test's docstring.

A docstring holds seeds and, under a line of dashes, a brief; `common` below stands beside every one of them.
"""

from __future__ import annotations

import re
from inspect import cleandoc
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from despatch.build import Prepared, Tailoring, laid_out, prepare
from despatch.diagnostics import Diagnostics
from despatch.document import Document, lines
from despatch.load import load_library
from despatch.select import Decision, select
from despatch.workspace import Workspace
from tests.helpers import workspace

COMMON = """
topics:
  - {id: children, label: Children}
  - {id: homes, label: Homes, under: children}
  - {id: fostering, label: Fostering, under: homes}
  - {id: asylum, label: Asylum}
sources:
  - {id: the-review, kind: review, title: The Review of Care, short: the Review}
"""
HEAD = {"title": "Homes", "house": "lords", "proceeding": "take-note-debate", "date": "2022-12-08"}


class Case:
    """A workspace, and what a brief in it prints."""

    def __init__(self, folder: Path, text: str) -> None:
        seeds, _, brief = cleandoc(text).partition("\n---\n")
        missing = [f"{name}: {value}\n" for name, value in HEAD.items() if not re.search(f"(?m)^{name}s?: ", brief)]
        self.files: Workspace = workspace(folder, seeds, "".join(missing) + brief)
        (folder / "seeds" / "common.yaml").write_text(COMMON, encoding="utf-8")

    def prepared(self, **flags: Any) -> tuple[Prepared | None, Diagnostics]:
        library, faults = load_library(self.files.seeds)
        prepared, more = prepare(self.files, self.files.root / "briefs" / "lords.yaml", library, Tailoring(**flags))
        return prepared, faults + more

    def sound(self, **flags: Any) -> Prepared:
        prepared, faults = self.prepared(**flags)
        assert not faults
        assert prepared is not None
        return prepared

    def document(self, **flags: Any) -> Document | None:
        """What is printed, without marks for the sources."""
        prepared = self.sound(**flags)
        unmarked = replace(prepared, style=replace(prepared.style, citations="none"))
        return laid_out(unmarked, Tailoring(**flags), Path("lords.yaml"))[0]

    def printed(self, **flags: Any) -> list[str]:
        """The lines under the title block; none, where nothing is left to print."""
        document = self.document(**flags)
        return [] if document is None else list(lines(replace(document, content=document.content[1:])))

    def front(self, **flags: Any) -> list[str]:
        """The lines of the title block."""
        document = self.document(**flags)
        assert document is not None
        return list(lines(replace(document, content=document.content[:1])))

    def decision(self, block: str, point: str = "", **flags: Any) -> Decision:
        """The one decision on a block or point."""
        found = [each for each in self.sound(**flags).selection.decisions if (each.block, each.point) == (block, point)]
        assert len(found) == 1
        return found[0]

    def rule(self, block: str, point: str = "", **flags: Any) -> str:
        return self.decision(block, point, **flags).rule


@pytest.fixture
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    """The workspace that the test's docstring describes."""
    return Case(tmp_path, request.function.__doc__)


# Authority: whichever reason ranks highest is the one that `why` gives.

REASONS = {
    "withdrawn": "    status: withdrawn",
    "not-valid": "    valid: {until: 2022-12-07}",
    "superseded": "    superseded_by: newer",
    "only": "    only: {house: commons}",
    "excluded": "    topics: [asylum]",
    "length": "    priority: detail",
}


@pytest.mark.parametrize("place", range(len(REASONS)))
def test_the_highest_reason_decides_on_a_block(tmp_path: Path, place: int) -> None:
    reasons = list(REASONS)[place:]
    block = "\n".join(["passages:", "  - id: older", "    text: Words.", *(REASONS[each] for each in reasons)])
    brief = "topics: {include: [homes], exclude: [asylum]}\nlength: short\nsections:\n  - passages: [older, newer]"
    case = Case(tmp_path, f"{block}\n  - id: newer\n    priority: essential\n    text: Newer.\n---\n{brief}")
    assert case.rule("older") == reasons[0]
    assert case.printed() == ["Newer."]


def test_a_draft_is_out_before_anything_else(case: Case) -> None:
    """
    passages:
      - id: older
        status: draft
        valid: {until: 2022-12-07}
        text: Words.
    ---
    sections:
      - passages: [older]
    """
    assert case.rule("older") == "draft"
    assert case.rule("older", draft=True) == "not-valid"


def test_the_highest_reason_decides_on_a_point(case: Case) -> None:
    """
    passages:
      - id: homes-wait
        topics: [homes]
        priority: essential
        lead: "Homes:"
        points:
          - {id: first, topics: [asylum], priority: detail, text: First.}
          - {id: second, topics: [asylum], priority: detail, text: Second.}
          - {id: third, priority: detail, text: Third.}
          - {id: fourth, text: Fourth.}
    ---
    length: short
    topics: {include: [homes], exclude: [asylum]}
    sections:
      - passages:
          - use: homes-wait
            omit: [first]
    """
    assert [case.rule("homes-wait", each) for each in ("first", "second", "third", "fourth")] == [
        "omitted",
        "excluded",
        "length",
        "named",
    ]
    assert case.printed() == ["Homes:", "Fourth."]


# Validity and supersession.

HOLDING = """
passages:
  - id: homes-wait
    valid: {from: 2022-12-01, until: 2022-12-08}
    text: Homes wait.
---
sections:
  - passages: [homes-wait]
"""


@pytest.mark.parametrize(
    ("dates", "holds"),
    [
        ("date: 2022-11-30", False),
        ("date: 2022-12-01", True),
        ("date: 2022-12-08", True),
        ("date: 2022-12-09", False),
        ("dates: [2022-12-01, 2022-12-08]", True),
        ("dates: [2022-12-09, 2022-12-08]", False),
        ("dates: [2022-12-02, 2022-11-30]", False),
    ],
)
def test_a_block_prints_only_if_it_holds_on_every_sitting_day(tmp_path: Path, dates: str, holds: bool) -> None:
    case = Case(tmp_path, HOLDING + dates)
    assert case.printed() == (["Homes wait."] if holds else [])
    assert case.rule("homes-wait") == ("named" if holds else "not-valid")


def test_why_names_the_day_and_the_dates(case: Case) -> None:
    """
    passages:
      - id: homes-wait
        valid: {until: 2022-12-07}
        text: Homes wait.
    ---
    sections:
      - passages: [homes-wait]
    """
    assert case.decision("homes-wait").why == "it does not hold on 8 December 2022 (until 7 December 2022)"


SUPERSEDED = """
passages:
  - {{id: older, superseded_by: newer, text: Older.}}
  - {{id: newer, text: Newer., {newer}}}
---
sections:
  - passages: [older]
"""


@pytest.mark.parametrize(
    ("newer", "older_prints"),
    [
        ("priority: standard", False),
        ("valid: {from: 2022-12-08}", False),
        ("valid: {from: 2022-12-09}", True),
        ("valid: {until: 2022-12-07}", True),
        ("status: draft", True),
        ("status: withdrawn", True),
    ],
)
def test_a_block_gives_way_once_its_successor_stands(tmp_path: Path, newer: str, older_prints: bool) -> None:
    case = Case(tmp_path, SUPERSEDED.format(newer=newer))
    assert case.printed() == (["Older."] if older_prints else ["Newer."])
    assert case.rule("older") == ("named" if older_prints else "superseded")


def test_a_successor_must_hold_on_every_sitting_day(case: Case) -> None:
    """
    passages:
      - {id: older, superseded_by: newer, text: Older.}
      - {id: newer, valid: {from: 2022-12-09}, text: Newer.}
    ---
    dates: [2022-12-08, 2022-12-09]
    sections:
      - passages: [older, newer]
    """
    assert case.printed() == ["Older."]


def test_a_successor_prints_where_the_old_block_was_named(case: Case) -> None:
    """
    passages:
      - {id: first, text: First.}
      - {id: older, valid: {until: 2022-12-07}, superseded_by: newer, text: Older.}
      - {id: newer, text: Newer.}
      - {id: last, text: Last.}
    ---
    sections:
      - passages: [first, older, last]
    """
    assert case.printed() == ["First.", "Newer.", "Last."]
    assert case.decision("newer").why == "the brief names it, in place of `older`"
    assert case.decision("newer").in_place_of == "older"


def test_a_brief_for_an_earlier_day_prints_what_was_true_then(case: Case) -> None:
    """
    passages:
      - {id: older, superseded_by: newer, text: Older.}
      - {id: newer, valid: {from: 2022-12-09}, text: Newer.}
    ---
    sections:
      - passages: [older]
    """
    assert case.printed() == ["Older."]


@pytest.mark.parametrize("named", ["[older, newer]", "[newer, older]", "[older, old, newer]", "[older, old]"])
def test_a_successor_prints_once(tmp_path: Path, named: str) -> None:
    seeds = cleandoc(
        """
        passages:
          - {id: old, superseded_by: newer, text: Old.}
          - {id: older, superseded_by: newer, text: Older.}
          - {id: newer, text: Newer.}
        """
    )
    assert Case(tmp_path, f"{seeds}\n---\nsections:\n  - passages: {named}").printed() == ["Newer."]


CHAIN = """
passages:
  - {{id: first, superseded_by: second, text: First., {first}}}
  - {{id: second, superseded_by: third, text: Second., {second}}}
  - {{id: third, text: Third., {third}}}
---
sections:
  - passages: [first]
"""


@pytest.mark.parametrize(
    ("first", "second", "third", "printed"),
    [
        ("", "", "", "Third."),
        ("", "", "valid: {from: 2022-12-09}", "Second."),
        ("", "", "status: draft", "Second."),
        ("", "", "status: withdrawn", "Second."),
        ("", "status: withdrawn", "", "Third."),
        ("", "status: draft", "status: draft", "First."),
        ("", "valid: {until: 2022-12-07}", "", "Third."),
        ("status: withdrawn", "", "", "Third."),
        ("status: withdrawn", "status: withdrawn", "status: withdrawn", ""),
        ("status: draft", "", "", ""),
        ("valid: {from: 2022-12-09}", "", "", ""),
        ("valid: {until: 2022-12-07}", "status: withdrawn", "valid: {from: 2022-12-09}", ""),
        ("only: {house: commons}", "", "", ""),
        ("", "", "only: {house: commons}", ""),
        ("", "", "topics: [asylum], priority: detail", "Third."),
    ],
)
def test_the_last_of_a_line_that_stands_is_printed(
    tmp_path: Path, first: str, second: str, third: str, printed: str
) -> None:
    case = Case(tmp_path, CHAIN.format(first=first, second=second, third=third))
    assert case.printed() == ([printed] if printed else [])


@pytest.mark.parametrize(
    ("second", "third", "said"),
    [
        ("valid: {from: 2022-12-09}", "", ""),
        ("valid: {from: 2022-12-09}", "status: withdrawn", ", and `second`, which takes its place, holds only from 9 December 2022"),
        ("status: draft", "valid: {from: 2023-01-01}", ", and `third`, which takes its place, holds only from 1 January 2023"),
        ("valid: {until: 2022-12-07}", "status: draft", ", and `third`, which takes its place, is a draft"),
        ("status: withdrawn", "status: withdrawn", ", and `third`, which takes its place, is withdrawn"),
    ],
)  # fmt: skip
def test_why_names_what_is_to_take_the_place_of_a_block_and_when(
    tmp_path: Path, second: str, third: str, said: str
) -> None:
    for first, why in OVER.items():
        case = Case(tmp_path, CHAIN.format(first=first, second=second, third=third))
        assert (case.decision("first").why, case.printed()) == (why + said, [] if said else ["Third."])


OVER = {
    "valid: {until: 2022-12-07}": "it does not hold on 8 December 2022 (until 7 December 2022)",
    "status: withdrawn": "it is withdrawn",
}


def test_a_successor_is_decided_on_by_itself(case: Case) -> None:
    """
    passages:
      - {id: older, superseded_by: newer, text: Older.}
      - {id: newer, topics: [asylum], text: Newer.}
    ---
    topics: {exclude: [asylum]}
    sections:
      - passages: [older]
    """
    assert case.printed() == []
    assert case.rule("newer") == "excluded"


def test_what_a_brief_omits_and_heads_it_omits_and_heads_in_a_successor(case: Case) -> None:
    """
    passages:
      - id: older
        superseded_by: newer
        heading: Then
        lead: "We said:"
        points: [{id: cost, text: It will cost.}, {id: gain, text: It will gain.}]
      - id: newer
        heading: Now
        lead: "We say:"
        points: [{id: cost, text: It costs.}, {id: gain, text: It gains.}]
    ---
    sections:
      - passages: [{use: older, omit: [cost], heading: Today}]
    """
    assert case.printed() == ["Today", "We say:", "It gains."]


def test_a_successor_takes_the_place_of_a_standfirst_and_of_a_contact(case: Case) -> None:
    """
    passages:
      - {id: old-line, superseded_by: new-line, text: Older.}
      - {id: new-line, text: Newer.}
      - {id: body, text: Body.}
    contacts:
      - {id: old-desk, superseded_by: new-desk, name: The old desk}
      - {id: new-desk, name: The new desk}
    ---
    standfirst: old-line
    contact: old-desk
    sections:
      - passages: [body]
    """
    assert case.front()[-1] == "Newer."
    assert "The new desk" in case.printed()
    assert (case.rule("old-desk"), case.rule("new-desk")) == ("superseded", "named")


def test_a_successor_of_another_kind_prints_only_among_blocks_of_any_kind(case: Case) -> None:
    """
    passages:
      - {id: older, superseded_by: newer, text: Older.}
      - {id: other, text: Other.}
    key_messages:
      - {id: newer, text: Newer.}
    ---
    sections:
      - passages: [older, other]
    """
    assert case.printed() == ["Other."]


# Wordings.


WORDED = """
passages:
  - id: homes-wait
    priority: essential
    text: In full.
    variants: {{{variants}}}
---
length: {length}
channel: {channel}
sections:
  - passages: [homes-wait]
"""


@pytest.mark.parametrize(
    ("variants", "length", "channel", "printed", "said"),
    [
        ("short: In short.", "short", "briefing", "In short.", "the wording for `short`"),
        ("article: Told.", "full", "article", "Told.", "the wording for `article`"),
        (
            "article: Told.",
            "standard",
            "article",
            "Told.",
            "the wording for `article`, since it has none for `standard`",
        ),
        ("article: Told., short: In short.", "short", "article", "In short.", "the wording for `short`"),
        ("short: In short.", "full", "briefing", "In full.", "its own wording"),
        ("short: In short.", "standard", "briefing", "In full.", "its own wording, since it has none for `standard`"),
        ("short: In short.", "full", "digest", "In full.", "its own wording, since it has none for `digest`"),
        ("full: At length.", "full", "briefing", "At length.", "the wording for `full`"),
    ],
)
def test_why_says_which_wording_prints(
    tmp_path: Path, variants: str, length: str, channel: str, printed: str, said: str
) -> None:
    case = Case(tmp_path, WORDED.format(variants=variants, length=length, channel=channel))
    assert case.printed() == [printed]
    assert case.decision("homes-wait").wording == said


def test_of_a_block_with_one_wording_nothing_is_said(case: Case) -> None:
    """
    passages:
      - {id: homes-wait, text: Words.}
    ---
    length: short
    sections:
      - passages: [homes-wait]
    """
    assert case.decision("homes-wait").wording == ""


# Status.


def test_a_draft_prints_only_when_drafts_are_asked_for(case: Case) -> None:
    """
    passages:
      - {id: being-written, status: draft, text: Half a thought.}
      - {id: ready, text: Ready.}
    ---
    sections:
      - passages: [being-written, ready]
    """
    assert case.printed() == ["Ready."]
    assert case.printed(draft=True) == ["Half a thought.", "Ready."]
    assert case.front(draft=True)[0] == "Draft: not for circulation"
    assert "Draft: not for circulation" not in case.front()


def test_a_withdrawn_block_never_prints(case: Case) -> None:
    """
    passages:
      - {id: old-line, status: withdrawn, topics: [homes], text: We used to say this.}
    ---
    sections:
      - passages: [old-line]
    """
    assert case.printed(draft=True, topics=("homes",)) == []


# `only`.

ONLY = """
passages:
  - {{id: some-words, only: {{{only}}}, text: Words.}}
---
audience: peers
sections:
  - passages: [some-words]
"""


@pytest.mark.parametrize(
    ("only", "prints"),
    [
        ("house: lords", True),
        ("house: [commons, lords]", True),
        ("house: commons", False),
        ("audience: Peers", True),
        ("audience: [mps, officials]", False),
        ("proceeding: take-note-debate", True),
        ("proceeding: [second-reading, committee-stage]", False),
        ("house: lords, audience: mps", False),
    ],
)
def test_a_block_prints_only_where_it_may(tmp_path: Path, only: str, prints: bool) -> None:
    case = Case(tmp_path, ONLY.format(only=only))
    assert bool(case.printed()) is prints
    assert case.rule("some-words") == ("named" if prints else "only")


def test_a_block_for_one_audience_needs_a_brief_that_names_it(case: Case) -> None:
    """
    passages:
      - {id: for-peers, only: {audience: peers}, text: My Lords.}
      - {id: for-all, text: All.}
    ---
    sections:
      - passages: [for-peers, for-all]
    """
    assert case.printed() == ["All."]
    assert "this brief has none" in case.decision("for-peers").why
    assert case.printed(audience="peers") == ["My Lords.", "All."]


# Omit and replace.


def test_omit_takes_a_point_and_all_under_it(case: Case) -> None:
    """
    passages:
      - id: homes-wait
        lead: Homes
        points:
          - id: secure
            text: Secure homes.
            points:
              - {id: waiting, priority: essential, topics: [homes], text: Many wait.}
          - Foster homes.
    ---
    topics: {include: [homes]}
    sections:
      - passages:
          - {use: homes-wait, omit: [secure]}
    """
    assert case.printed() == ["Homes", "Foster homes."]
    assert case.rule("homes-wait", "waiting") == "omitted"


def test_omit_may_name_a_point_under_a_point(case: Case) -> None:
    """
    passages:
      - id: homes-wait
        lead: Homes
        points:
          - text: Secure homes.
            points:
              - {id: waiting, text: Many wait.}
              - Few open.
    ---
    sections:
      - passages:
          - {use: homes-wait, omit: [waiting]}
    """
    assert case.printed() == ["Homes", "Secure homes.", "Few open."]


def test_replace_changes_a_points_words_for_this_day_only(case: Case) -> None:
    """
    passages:
      - id: homes-wait
        lead: Homes
        points:
          - id: secure
            label: Secure
            text: Old words.
            points:
              - {id: waiting, text: Old number.}
    ---
    sections:
      - passages:
          - use: homes-wait
            replace:
              secure: New words.
              waiting: New number.
      - passages: [homes-wait]
    """
    assert case.printed() == [
        "Homes",
        "Secure: New words.",
        "New number.",
        "Homes",
        "Secure: Old words.",
        "Old number.",
    ]


def test_replaced_words_are_still_subject_to_topics(case: Case) -> None:
    """
    passages:
      - id: homes-wait
        lead: Homes
        points:
          - {id: asylum-point, topics: [asylum], text: Old.}
          - Other.
    ---
    topics: {exclude: [asylum]}
    sections:
      - passages:
          - {use: homes-wait, replace: {asylum-point: New.}}
    """
    assert case.printed() == ["Homes", "Other."]


def test_omit_and_replace_reach_the_points_of_a_variant(case: Case) -> None:
    """
    passages:
      - id: homes-wait
        priority: essential
        text: At length.
        variants:
          short:
            lead: In short
            points:
              - {id: first, text: First.}
              - {id: second, text: Second.}
    ---
    length: short
    sections:
      - passages:
          - {use: homes-wait, omit: [first], replace: {second: Changed.}}
        heading: Homes
    """
    assert case.printed() == ["Homes", "In short", "Changed."]


def test_a_use_may_change_the_heading(case: Case) -> None:
    """
    passages:
      - {id: homes-wait, heading: Homes, text: Words.}
    ---
    sections:
      - passages:
          - {use: homes-wait, heading: Homes today}
          - homes-wait
    """
    assert case.printed() == ["Homes today", "Words.", "Homes", "Words."]


# Topics.


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ({}, ["Children.", "Homes.", "Fostering.", "Asylum.", "Both.", "Neither."]),
        ({"topics": ("children",)}, ["Children.", "Homes.", "Fostering.", "Both.", "Neither."]),
        ({"topics": ("homes",)}, ["Homes.", "Fostering.", "Both.", "Neither."]),
        ({"topics": ("fostering",)}, ["Fostering.", "Both.", "Neither."]),
        ({"topics": ("asylum", "fostering")}, ["Fostering.", "Asylum.", "Both.", "Neither."]),
        ({"without": ("asylum",)}, ["Children.", "Homes.", "Fostering.", "Neither."]),
        ({"without": ("homes",)}, ["Children.", "Asylum.", "Neither."]),
        ({"without": ("fostering",)}, ["Children.", "Homes.", "Asylum.", "Neither."]),
        ({"topics": ("homes",), "without": ("asylum",)}, ["Homes.", "Fostering.", "Neither."]),
        ({"topics": ("asylum",), "without": ("asylum",)}, ["Neither."]),
    ],
)
def test_a_topic_stands_for_all_under_it_and_exclusion_wins(
    tmp_path: Path, flags: dict[str, tuple[str, ...]], expected: list[str]
) -> None:
    topics = {"children": "children", "homes": "homes", "fostering": "fostering", "asylum": "asylum"}
    blocks = [f"  - {{id: {name}, topics: [{topic}], text: {name.title()}.}}" for name, topic in topics.items()]
    blocks += ["  - {id: both, topics: [fostering, asylum], text: Both.}", "  - {id: neither, text: Neither.}"]
    names = [*topics, "both", "neither"]
    text = "\n".join(["passages:", *blocks, "---", "sections:", f"  - passages: [{', '.join(names)}]"])
    assert Case(tmp_path, text).printed(**flags) == expected


def test_the_topic_flag_replaces_the_files_topics_and_without_adds_to_them(case: Case) -> None:
    """
    passages:
      - {id: homes-wait, topics: [homes], text: Homes.}
      - {id: asylum-waits, topics: [asylum], text: Asylum.}
      - {id: foster-homes, topics: [asylum, fostering], text: Fostering.}
    ---
    topics: {include: [homes], exclude: [fostering]}
    sections:
      - passages: [homes-wait, asylum-waits, foster-homes]
    """
    assert case.printed() == ["Homes."]
    assert case.printed(topics=("asylum",)) == ["Asylum."]
    assert case.printed(topics=("asylum", "homes"), without=("children",)) == ["Asylum."]


POINTS = """
passages:
  - id: homes-wait
    topics: [homes]
    lead: "Homes:"
    points:
      - text: Homes.
        points:
          - {topics: [asylum], text: Asylum under homes.}
      - topics: [fostering]
        text: Fostering.
        points:
          - {topics: [asylum], text: Asylum under fostering.}
          - Fostering still.
---
sections:
  - passages: [homes-wait]
"""
HOMES, FOSTERING = ["Homes.", "Asylum under homes."], ["Fostering.", "Asylum under fostering.", "Fostering still."]


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ({}, [*HOMES, *FOSTERING]),
        ({"topics": ("homes",)}, [*HOMES, *FOSTERING]),
        ({"topics": ("fostering",)}, FOSTERING),
        ({"topics": ("asylum",)}, [*HOMES, *FOSTERING[:2]]),
        ({"without": ("fostering",)}, HOMES),
        ({"without": ("asylum",)}, ["Homes.", "Fostering.", "Fostering still."]),
        ({"topics": ("fostering",), "without": ("asylum",)}, ["Fostering.", "Fostering still."]),
        ({"topics": ("asylum",), "without": ("fostering",)}, HOMES),
        ({"without": ("homes",)}, []),
    ],
)
def test_a_point_has_the_topics_of_all_that_it_stands_in(
    tmp_path: Path, flags: dict[str, tuple[str, ...]], expected: list[str]
) -> None:
    assert Case(tmp_path, POINTS).printed(**flags) == (["Homes:", *expected] if expected else [])


def test_a_point_without_topics_in_a_block_without_topics_is_always_in(case: Case) -> None:
    """
    passages:
      - id: general
        lead: "In general:"
        points:
          - Always.
          - {topics: [asylum], text: Asylum.}
    ---
    topics: {include: [homes]}
    sections:
      - passages: [general]
    """
    assert case.printed() == ["In general:", "Always."]
    assert case.rule("general", "points[2]") == "topic"


def test_exclusion_is_never_undone_beneath(case: Case) -> None:
    """
    passages:
      - id: asylum-waits
        topics: [asylum]
        priority: detail
        lead: "Asylum:"
        points:
          - {id: urgent, topics: [homes], priority: essential, text: Urgent.}
    ---
    length: short
    topics: {include: [homes], exclude: [asylum]}
    sections:
      - passages: [asylum-waits]
    """
    assert case.printed() == []
    assert case.rule("asylum-waits", "urgent") == "excluded"


def test_a_misspelt_topic_is_an_error_with_a_suggestion(case: Case) -> None:
    """
    passages:
      - {id: homes-wait, topics: [homes], text: Homes.}
    ---
    sections:
      - passages: [homes-wait]
    """
    for flags in ({"topics": ("fostring",)}, {"without": ("fostring",)}):
        prepared, faults = case.prepared(**flags)
        assert prepared is None
        assert [(each.rule, each.help) for each in faults] == [("unknown-topic", "Did you mean `fostering`?")]


# Length.

LENGTHS = """
passages:
  - {id: first, priority: essential, text: Essential.}
  - {id: second, text: Standard.}
  - {id: third, priority: detail, text: Detail.}
---
sections:
  - passages: [first, second, third]
"""


@pytest.mark.parametrize(("length", "kept"), [("full", 3), ("standard", 2), ("short", 1)])
def test_a_length_keeps_its_priorities(tmp_path: Path, length: str, kept: int) -> None:
    assert Case(tmp_path, LENGTHS).printed(length=length) == ["Essential.", "Standard.", "Detail."][:kept]


def test_an_essential_point_brings_what_it_stands_in(case: Case) -> None:
    """
    passages:
      - id: homes-wait
        priority: detail
        heading: Homes
        lead: "Homes wait:"
        points:
          - text: Secure homes.
            points:
              - {id: waiting, priority: essential, text: Many wait.}
              - Few open.
          - Foster homes.
        closing: No more waiting.
    ---
    length: short
    sections:
      - passages: [homes-wait]
    """
    assert case.printed() == ["Homes", "Homes wait:", "Secure homes.", "Many wait.", "No more waiting."]
    assert case.rule("homes-wait") == "beneath"
    assert case.rule("homes-wait", "points[1]") == "beneath"


def test_a_point_has_the_priority_of_what_it_stands_in(case: Case) -> None:
    """
    passages:
      - id: homes-wait
        priority: essential
        lead: Homes
        points:
          - text: Essential.
            points: [Essential too.]
          - text: Detail.
            priority: detail
            points: [Detail too.]
    ---
    length: short
    sections:
      - passages: [homes-wait]
    """
    assert case.printed() == ["Homes", "Essential.", "Essential too."]


# What goes with the last point, and what stays.

FRAMES = """
passages:
  - id: homes-wait
    heading: Homes
    {lead}
    points:
      - {{topics: [asylum], text: Asylum.}}
    closing: That is all.
---
sections:
  - passages: [homes-wait]
    heading: Background
"""


@pytest.mark.parametrize(
    ("lead", "left"),
    [
        ('lead: "Homes wait:"', []),
        ("lead: |\n      Homes wait:\n", []),
        ("lead: Homes wait.", ["Background", "Homes", "Homes wait."]),
        ("owner: homes", []),
    ],
)
def test_a_closing_and_a_lead_with_a_colon_go_with_the_last_point(tmp_path: Path, lead: str, left: list[str]) -> None:
    case = Case(tmp_path, FRAMES.format(lead=lead))
    assert case.printed(without=("asylum",)) == left
    assert case.printed()[-2:] == ["Asylum.", "That is all."]


PAIR = """
positions:
  - id: homes-pair
    heading: Homes
    topics: [homes]
    proposal:
      from: the-review
      lead: "{proposal}"
      points:
        - {{topics: [asylum], text: Their point.}}
      closing: Their closing.
    view:
      stance: mixed
      lead: "{view}"
      points:
        - {{topics: [fostering], text: Our point.}}
      closing: Our closing.
---
sections:
  - positions: [homes-pair]
"""
THEIRS, OURS = "What the Review recommends", "Our view"


@pytest.mark.parametrize(
    ("proposal", "view", "flags", "expected"),
    [
        ("They say:", "We say:", {}, [THEIRS, "They say:", "Their point.", "Their closing.", OURS, "We say:",
                                      "Our point.", "Our closing."]),
        ("They say:", "We say:", {"without": ("asylum",)}, [OURS, "We say:", "Our point.", "Our closing."]),
        ("They say:", "We say:", {"without": ("fostering",)}, [THEIRS, "They say:", "Their point.", "Their closing."]),
        ("They say:", "We say:", {"without": ("asylum", "fostering")}, []),
        ("They say.", "We say:", {"without": ("asylum",)}, [THEIRS, "They say.", OURS, "We say:", "Our point.",
                                                            "Our closing."]),
        ("They say:", "We say.", {"without": ("fostering",)}, [THEIRS, "They say:", "Their point.", "Their closing.",
                                                               OURS, "We say."]),
        ("They say.", "We say:", {"topics": ("fostering",)}, [THEIRS, "They say.", OURS, "We say:", "Our point.",
                                                              "Our closing."]),
    ],
)  # fmt: skip
def test_a_proposal_and_a_view_each_stand_under_their_own_label(
    tmp_path: Path, proposal: str, view: str, flags: dict[str, tuple[str, ...]], expected: list[str]
) -> None:
    printed = Case(tmp_path, PAIR.format(proposal=proposal, view=view)).printed(**flags)
    assert printed == (["Homes", *expected] if expected else [])


def test_two_positions_repeat_their_labels(case: Case) -> None:
    """
    positions:
      - id: homes-pair
        heading: Homes
        proposal: {from: the-review, part: Chapter 5, text: They say this.}
        view: {stance: support, text: We agree.}
      - id: other-pair
        heading: Carers
        proposal: {from: the-review, text: They say that.}
        view: {stance: oppose, text: We do not agree.}
    ---
    sections:
      - positions: [homes-pair, other-pair]
    """
    first = ["Homes", f"{THEIRS} (Chapter 5)", "They say this.", OURS, "We agree."]
    assert case.printed() == [*first, "Carers", THEIRS, "They say that.", OURS, "We do not agree."]


def test_an_amendment_stays_over_the_one_point_of_ours_that_is_in(case: Case) -> None:
    """
    positions:
      - id: amendment-one
        heading: Children to have a say
        topics: [homes]
        proposal:
          from: the-review
          amendment: {number: 31, text: Insert the following new Clause}
        view:
          stance: support
          points:
            - {topics: [asylum], text: We support it.}
    ---
    topics: {include: [asylum]}
    sections:
      - positions: [amendment-one]
    """
    assert case.printed() == [
        "Children to have a say",
        "What the amendment would do",
        "Amendment 31",
        "Insert the following new Clause",
        f"{OURS}: we support this amendment",
        "We support it.",
    ]


def test_a_section_heading_goes_with_its_last_block(case: Case) -> None:
    """
    passages:
      - {id: homes-wait, topics: [homes], text: Homes.}
      - {id: asylum-waits, topics: [asylum], text: Asylum.}
    key_messages:
      - {id: message, topics: [asylum], text: Message.}
    ---
    topics: {exclude: [asylum]}
    sections:
      - key_messages: [message]
      - heading: Asylum
        passages: [asylum-waits]
      - heading: Both
        blocks: [asylum-waits, homes-wait]
    """
    assert case.printed() == ["Both", "Homes."]


# Sections, standfirst, local blocks.


def test_sections_and_blocks_keep_the_briefs_order(case: Case) -> None:
    """
    key_messages:
      - {id: a-message, text: A.}
      - {id: b-message, label: Beta, text: B.}
    passages:
      - {id: passage, text: Passage.}
    ---
    sections:
      - key_messages: [b-message, a-message]
      - heading: Context
        blocks: [a-message, passage, b-message]
    """
    assert case.printed() == ["Key messages", "Beta: B.", "A.", "Context", "A.", "Passage.", "Beta: B."]


@pytest.mark.parametrize("include", ["homes", "children"])
def test_auto_takes_what_carries_the_topic_by_priority_then_by_id(tmp_path: Path, include: str) -> None:
    text = """
    passages:
      - {id: d-words, topics: [homes], text: D.}
      - {id: c-words, topics: [fostering], text: C.}
      - {id: b-words, topics: [homes], priority: detail, text: B.}
      - {id: a-words, topics: [homes], priority: essential, text: A.}
      - {id: no-topic, text: No topic.}
      - {id: other, topics: [asylum], text: Other.}
      - {id: both, topics: [homes, asylum], text: Both.}
      - {id: old, topics: [homes], status: withdrawn, text: Old.}
    key_messages:
      - {id: message, topics: [homes], text: Message.}
    ---
    topics: {exclude: [asylum]}
    sections:
      - passages: auto
    """
    case = Case(tmp_path, text)
    assert case.printed(topics=(include,)) == ["A.", "C.", "D.", "B."]


def test_auto_under_blocks_takes_every_kind(case: Case) -> None:
    """
    passages:
      - {id: b-words, topics: [homes], text: B.}
    key_messages:
      - {id: a-words, topics: [homes], text: A.}
    ---
    topics: {include: [homes]}
    sections:
      - blocks: auto
    """
    assert case.printed() == ["A.", "B."]


def test_auto_is_an_error_where_no_topic_is_included(case: Case) -> None:
    """
    passages:
      - {id: homes-wait, topics: [homes], text: Homes.}
    ---
    sections:
      - passages: auto
    """
    _, faults = case.prepared()
    assert [(each.rule, each.severity, each.span.text.strip()) for each in faults] == [
        ("auto-without-topics", "error", "- passages: auto")
    ]
    assert case.printed(topics=("homes",)) == ["Homes."]


@pytest.mark.parametrize("name", ["keep-safe", "safe", '"keep-safe"', "'safe'"])
def test_a_standfirst_may_be_a_block(tmp_path: Path, name: str) -> None:
    text = f"""
    passages:
      - {{id: homes-wait, text: Homes wait.}}
    key_messages:
      - id: {name}
        topics: [asylum]
        text: Keep children safe.
    ---
    standfirst: {name}
    sections:
      - passages: [homes-wait]
    """
    case = Case(tmp_path, text)
    assert case.front()[-1] == "Keep children safe."
    assert case.printed() == ["Homes wait."]
    assert "Keep children safe." not in case.front(without=("asylum",))


def test_a_standfirst_may_be_words(case: Case) -> None:
    """
    passages:
      - {id: homes-wait, text: Homes wait.}
    ---
    standfirst: |
      Keep *every* child safe.
    sections:
      - passages: [homes-wait]
    """
    assert case.front()[-1] == "Keep every child safe."


def test_a_standfirst_brings_only_the_sources_and_terms_of_the_words_it_prints(case: Case) -> None:
    """
    passages:
      - {id: homes-wait, text: "A {{SGO}} helps."}
    key_messages:
      - id: keep-safe
        text: |
          Keep children safe.

          A second paragraph with a {{SGO}} and a source [@the-review].
    terms:
      - {short: SGO, long: special guardianship order}
    ---
    standfirst: keep-safe
    sections:
      - passages: [homes-wait]
    """
    assert case.front()[-1] == "Keep children safe."
    assert case.printed() == ["A special guardianship order (SGO) helps."]


def test_local_blocks_are_used_like_the_librarys(case: Case) -> None:
    """
    passages:
      - {id: homes-wait, text: Homes wait.}
    ---
    local:
      passages:
        - {id: today, text: "Today {{votes}} Members voted."}
      facts:
        - {id: votes, value: 312, what: votes, source: hansard}
      sources:
        - {id: hansard, kind: page, title: Hansard}
    sections:
      - passages: [today, homes-wait]
    """
    assert case.printed() == ["Today 312 Members voted.", "Homes wait."]


def test_a_local_block_is_of_no_use_to_another_brief(case: Case) -> None:
    """
    passages:
      - {id: homes-wait, text: Homes wait.}
    ---
    local:
      passages:
        - {id: today, text: Today.}
    sections:
      - passages: [today]
    """
    first = case.files.root / "briefs" / "lords.yaml"
    other = first.read_text(encoding="utf-8").replace("local:\n  passages:\n    - {id: today, text: Today.}\n", "")
    assert case.printed() == ["Today."]
    first.write_text(other, encoding="utf-8")
    _, faults = case.prepared()
    assert [each.rule for each in faults] == ["unknown-block"]


# Variants.

VARIANTS = """
passages:
  - id: homes-wait
    priority: essential
    text: Own.
    variants:
{variants}
---
channel: {channel}
length: {length}
sections:
  - passages: [homes-wait]
"""


@pytest.mark.parametrize(
    ("variants", "channel", "length", "expected"),
    [
        ("short article", "briefing", "full", "Own."),
        ("short article", "briefing", "short", "Short."),
        ("short article", "article", "full", "Article."),
        ("short article", "article", "short", "Short."),
        ("short article", "digest", "standard", "Own."),
        ("article", "article", "short", "Article."),
        ("full standard", "briefing", "full", "Full."),
        ("full standard", "briefing", "standard", "Standard."),
    ],
)
def test_a_wording_is_chosen_by_length_then_by_channel(
    tmp_path: Path, variants: str, channel: str, length: str, expected: str
) -> None:
    wordings = "\n".join(f"      {name}: {name.title()}." for name in variants.split())
    text = VARIANTS.format(variants=wordings, channel=channel, length=length)
    assert Case(tmp_path, text).printed() == [expected]


def test_a_view_may_have_a_variant_of_its_own(case: Case) -> None:
    """
    positions:
      - id: homes-pair
        heading: Homes
        priority: essential
        proposal: {from: the-review, text: They say this.}
        view:
          stance: support
          text: We agree at length.
          variants: {short: We agree.}
    ---
    sections:
      - positions: [homes-pair]
    """
    assert case.printed()[-1] == "We agree at length."
    assert case.printed(length="short") == ["Homes", THEIRS, "They say this.", OURS, "We agree."]


def test_a_points_topics_decide_in_a_variant_too(case: Case) -> None:
    """
    passages:
      - id: homes-wait
        priority: essential
        text: Own.
        variants:
          short:
            lead: "In short:"
            points:
              - First.
              - {topics: [asylum], text: Asylum.}
    ---
    sections:
      - passages: [homes-wait]
    """
    assert case.printed(length="short", without=("asylum",)) == ["In short:", "First."]


# As a whole.


def test_every_named_block_is_decided_on_each_time_it_is_named(case: Case) -> None:
    """
    passages:
      - {id: homes-wait, text: Homes.}
    ---
    standfirst: homes-wait
    sections:
      - passages: [homes-wait, homes-wait]
    """
    prepared = case.sound()
    assert [each.block for each in prepared.selection.decisions] == ["homes-wait"] * 3
    assert repr(select(prepared.selection.library, prepared.brief)) == repr(prepared.selection)


def test_a_decision_on_a_block_comes_before_those_on_its_points(case: Case) -> None:
    """
    passages:
      - id: homes-wait
        lead: Homes
        points:
          - id: first
            text: First.
            points: [Under first.]
          - Second.
    ---
    sections:
      - passages: [homes-wait]
    """
    decided = [each.point for each in case.sound().selection.decisions]
    assert decided == ["", "first", "points.first.points[1]", "points[2]"]


def test_nothing_left_is_an_error_and_not_an_empty_briefing(case: Case) -> None:
    """
    passages:
      - {id: asylum-waits, topics: [asylum], text: Asylum.}
    ---
    sections:
      - passages: [asylum-waits]
    """
    prepared = case.sound(without=("asylum",))
    document, faults = laid_out(prepared, Tailoring(without=("asylum",)), Path("lords.yaml"))
    assert document is None
    assert [each.rule for each in faults] == ["nothing-left"]


def test_a_note_reaches_no_output(case: Case) -> None:
    """
    passages:
      - {id: homes-wait, note: Hush hush., owner: Secret team, text: Homes.}
    ---
    note: Hush too.
    sections:
      - passages: [homes-wait]
    """
    document = case.document()
    assert "ush" not in repr(document)
    assert "Secret" not in repr(document)


@pytest.mark.parametrize("state", ["status: withdrawn", "status: draft", "valid: {until: 2020-01-01}"])
def test_a_contact_that_does_not_stand_is_not_printed(tmp_path: Path, state: str) -> None:
    text = f"""
    passages:
      - {{id: homes-wait, text: Homes wait.}}
    contacts:
      - id: press-office
        name: Jo Bloggs
        {state}
    ---
    contact: press-office
    sections:
      - passages: [homes-wait]
    """
    case = Case(tmp_path, text)
    assert "Jo Bloggs" not in " ".join(case.printed())
    assert not case.sound().selection.contact
