"""The doubtful figures of five published documents on one Review: each, written into a library as the document has it,
is found, by the rule one would expect, at its own words, and nothing else is said. In the library that was made of
these documents all are put right, and nothing is found.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from despatch.checking import everything
from tests.helpers import ROOT, run, workspace

BEGINNING = """\
sources:
  - {id: briefing, kind: report, title: The briefing, published: 2022-12}
  - {id: review, kind: review, title: The Review, published: 2022-05-23}
"""
PARTS = """
facts:
  - {id: year-one, value: £46 million, what: the first year, as_of: 2022, source: review}
  - {id: year-two, value: £987 million, what: the second year, as_of: 2022, source: review}
  - {id: year-three, value: £1.257 billion, what: the third year, as_of: 2022, source: review}
  - {id: year-four, value: £233 million, what: the fourth year, as_of: 2022, source: review}
  - {id: other, value: £50 million, what: everything else, as_of: 2022, source: review}
"""
NAMED = """
facts:
  - {id: family-help, value: £2 billion, what: family help, as_of: 2022, source: review}
  - {id: parity, value: £23 million, what: help for relatives, as_of: 2022, source: review}
  - {id: carers, value: £76 million, what: carers and cooperatives, as_of: 2022, source: review}
  - {id: social-work, value: £253 million, what: social work, as_of: 2022, source: review}
"""
DOUBTFUL: dict[str, tuple[str, str, str]] = {
    "children in care, of no day": (
        """
passages:
  - {id: text, text: "{{in-care}} children are in care."}
facts:
  - {id: in-care, value: "82,170", what: children in care, source: briefing}
""",
        "undated-fact",
        '"82,170"',
    ),
    "children in care, from nowhere": (
        """
passages:
  - {id: text, text: "{{in-care}} children are in care."}
facts:
  - {id: in-care, value: "82,170", what: children in care, as_of: 2022-03-31}
""",
        "missing-field",
        "id",
    ),
    "children in care, in the sentence alone": (
        """
passages:
  - {id: text, text: "82,170 children are in care."}
""",
        "unregistered-number",
        "82,170",
    ),
    "a rise of last year, from the year before last": (
        """
passages:
  - {id: text, text: "Spending rose by {{rise}} last year."}
facts:
  - {id: rise, value: nearly 25 per cent, what: rise in spending, as_of: 2020/21, source: briefing}
""",
        "contradicted-date",
        "last year",
    ),
    "a rise that the two amounts do not make": (
        """
passages:
  - {id: text, text: "From {{before}} to {{after}}, or {{rise}}."}
facts:
  - {id: before, value: £8.5 billion, what: spending, as_of: 2016/17, source: briefing}
  - {id: after, value: over £10.5 billion, what: spending, as_of: 2020/21, source: briefing}
  - {id: rise, value: nearly 25 per cent, what: rise in spending, as_of: 2020/21, source: briefing,
     equals: "({{after}} - {{before}}) / {{before}} * 100"}
""",
        "broken-sum",
        '"({{after}} - {{before}}) / {{before}} * 100"',
    ),
    "a yearly gap that reads as one amount": (
        """
passages:
  - {id: text, text: "Children’s services are {{gap}} short."}
facts:
  - {id: gap, value: £1.6bn, what: gap in funding each year, as_of: 2021, source: briefing}
""",
        "dropped-period",
        "{{gap}}",
    ),
    "a total that is not that of the four years": (
        PARTS
        + """\
  - {id: total, value: £2.6 billion, what: the programme, as_of: 2022, source: review,
     equals: "sum({{year-one}}, {{year-two}}, {{year-three}}, {{year-four}})"}
passages:
  - {id: text, text: "{{total}}, and {{other}} more."}
""",
        "broken-sum",
        '"sum({{year-one}}, {{year-two}}, {{year-three}}, {{year-four}})"',
    ),
    "a total that breaks down to less": (
        NAMED
        + """\
  - {id: total, value: £2.6 billion, what: the programme, as_of: 2022, source: review,
     equals: "{{family-help}} + {{parity}} + {{carers}} + {{social-work}}"}
passages:
  - {id: text, text: "{{total}}, which breaks down to {{family-help}} and the rest."}
""",
        "broken-sum",
        '"{{family-help}} + {{parity}} + {{carers}} + {{social-work}}"',
    ),
    "one number of carers in two costings": (
        """
passages:
  - {id: text, text: "{{with-support}} carers, and {{with-cooperatives}} carers."}
facts:
  - {id: with-support, value: "9,000", what: carers for £82 million over five years, as_of: 2022, source: review}
  - {id: with-cooperatives, value: "9,000", what: carers for £76 million, as_of: 2022, source: review}
""",
        "same-value",
        '"9,000"',
    ),
    "two days of publication": (
        """
passages:
  - {id: text, text: "On {{day}}, or on {{day-told}}."}
facts:
  - {id: day, value: 23 May 2022, what: day of the Review’s publication, as_of: 2022-05-23, source: review}
  - {id: day-told, value: 26 May 2022, what: day of publication of the Review, as_of: 2022-05, source: briefing}
""",
        "conflicting-values",
        "26 May 2022",
    ),
    "two counts of recommendations": (
        """
passages:
  - {id: text, text: "It makes {{count}} recommendations, or {{number}}."}
facts:
  - {id: count, value: more than 70, what: recommendations of the Review, as_of: 2022-05-23, source: review}
  - {id: number, value: over 80, what: the Review’s recommendations, as_of: 2022, source: briefing}
""",
        "conflicting-values",
        "over 80",
    ),
    "a record of no year": (
        """
passages:
  - {id: text, text: The number of children in care is at a record high.}
""",
        "unregistered-number",
        "record high",
    ),
    "a list that has doubled, from what and since when": (
        """
passages:
  - {id: text, text: Waiting lists for secure homes have doubled.}
""",
        "unregistered-number",
        "doubled",
    ),
    "an answer by the end of some year": (
        """
passages:
  - {id: text, text: Ministers will answer by the end of the year.}
""",
        "relative-date",
        "by the end of the year",
    ),
    "an amount from another article’s advertisement": (
        """
passages:
  - {id: text, text: "Read next: what councils do with £338m for walking."}
""",
        "unregistered-number",
        "£338m",
    ),
    "a month of no year": (
        """
passages:
  - {id: text, text: The Case for Change was published in June.}
""",
        "relative-date",
        "in June",
    ),
    "a week that has long passed": (
        """
passages:
  - {id: text, text: The report came out last week.}
""",
        "relative-date",
        "last week",
    ),
    "pounds twice": (
        """
passages:
  - {id: text, text: "Kinship care would save {{saving}}."}
facts:
  - {id: saving, value: £40 million pounds, what: saving from kinship care, as_of: 2022, source: review}
""",
        "unreadable-value",
        "£40 million pounds",
    ),
}
"""The library, the rule, and the words that it points at."""
BRIEF = """\
title: The Review
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - passages: [text]
"""


@pytest.mark.parametrize("what", DOUBTFUL)
def test_a_doubtful_figure_is_found_and_nothing_else(what: str, tmp_path: Path) -> None:
    seeds, rule, words = DOUBTFUL[what]
    found = [
        (each.rule, each.span.path.read_text(encoding="utf-8")[each.span.start : each.span.end])
        for each in everything(workspace(tmp_path, BEGINNING + seeds.lstrip("\n"), BRIEF), [])
    ]
    assert found == [(rule, words)]


SOUND = {
    "the four years and the rest": (
        PARTS,
        "£2.6 billion",
        "{{year-one}} + {{year-two}} + {{year-three}} + {{year-four}} + {{other}}",
    ),
    "the parts that are named": (
        NAMED,
        "£2.352 billion",
        "{{family-help}} + {{parity}} + {{carers}} + {{social-work}}",
    ),
}


@pytest.mark.parametrize("what", SOUND)
def test_a_total_that_its_parts_make_is_let_be(what: str, tmp_path: Path) -> None:
    parts, value, equals = SOUND[what]
    total = f"  - {{id: total, value: {value}, what: total, as_of: 2022, source: review, equals: '{equals}'}}\n"
    seeds = BEGINNING + parts.lstrip("\n") + total + "passages:\n  - {id: text, text: '{{total}}'}\n"
    assert everything(workspace(tmp_path, seeds, BRIEF), []) == []


def test_in_the_library_made_of_these_documents_nothing_is_found() -> None:
    checked = run("check", cwd=ROOT)
    assert (checked.stdout, checked.returncode) == ("", 0)
