"""Review copies: what stands in the margin, at which words, and that the clean copy has none of it."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pytest
from lxml import etree
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator

from despatch.build import Tailoring, laid_out, prepare, printed
from despatch.dates import Period, in_full, parse_period
from despatch.document import Document, Heading, Link, Origin, Paragraph, Strong, Table, Text
from despatch.load import load_library
from despatch.office import Briefing
from despatch.remarks import age, review_copy
from despatch.spelling import missing
from despatch.style import Style
from despatch.workspace import Workspace
from despatch.writers import word
from despatch.writers._comments import Remark
from tests.helpers import ROOT, run, with_layout, workspace
from tests.literate import fault
from tests.test_golden import BRIEFS, parts
from tests.test_layouts import CASES
from tests.test_real_word import convert, needs_office
from tests.test_word_notes import PROPERTIES, STYLES, W, shipped_style

LORDS = "lords-2022-12-08-childrens-social-care"
LABEL = "Review copy: not for circulation"
ADDRESS = "https://example.org/homes"
HEAD = """\
title: Homes for children
house: lords
proceeding: take-note-debate
date: 2022-12-08
"""
LIBRARY = """\
key_messages:
  - id: homes-wait
    topics: [homes]
    owner: Zebedee Quux
    approved: 2022-10-03
    valid: {from: 2022-09-01, until: 2023-01-31}
    note: |
      Never say fostering here.
    lead: |
      Some problems cannot wait:
    points:
      - id: near
        text: |
          homes near to school;
      - id: asylum-homes
        topics: [asylum]
        text: |
          homes for children who seek asylum.
  - id: always
    text: |
      In March, {{children-in-care}} children were in care. That is {{children-in-care}} too many.
positions:
  - id: workforce
    heading: The workforce
    topics: [workforce]
    status: draft
    proposal:
      from: review
      lead: |
        The Review proposes:
      points:
        - id: pay
          text: |
            more pay, and soon.
    view:
      stance: support
      points:
        - answers: [pay]
          text: |
            We support fair pay.
figures:
  - id: care
    heading: Care in figures
    facts: [children-in-care, spending]
facts:
  - id: children-in-care
    value: 82,170
    what: children looked after in England
    as_of: 2022-03-31
    next: 2023-11
    source: statistics
    note: |
      Count again on the day.
  - {id: spending, value: £10.5 billion, what: spending on care, as_of: 2020/21, source: statistics}
sources:
  - {id: statistics, kind: dataset, title: Official statistics, by: The Department, published: 2022-11-17}
  - {id: review, kind: review, title: The Review of care, short: the Review, published: 2022-05-23}
topics:
  - {id: homes, label: Homes}
  - {id: asylum, label: Asylum, under: homes}
  - {id: workforce, label: Workforce}
"""
BRIEF = f"""\
{HEAD}note: |
  Ask the Minister’s office first.
sections:
  - key_messages: [homes-wait, always]
  - positions: [workforce]
  - figures: [care]
"""


class Comment(NamedTuple):
    """A comment as another program reads it: the words it is about, and what it says."""

    words: str
    said: str


def comments(file: bytes) -> list[Comment]:
    """The comments of a Word file in the order of their numbers, as python-docx lists them."""
    body: Any = etree.fromstring(parts(file)["word/document.xml"])
    within: dict[str, str] = {}
    open_: set[str] = set()
    for each in body.iter():
        number = each.get(f"{W}id", "")
        if each.tag == f"{W}commentRangeStart":
            open_.add(number)
            within[number] = ""
        elif each.tag == f"{W}commentRangeEnd":
            open_.remove(number)
        elif each.tag == f"{W}t":
            within.update({number: within[number] + (each.text or "") for number in open_})
    assert not open_
    assert {each.get(f"{W}id") for each in body.iter(f"{W}commentReference")} == within.keys()
    return [Comment(within[str(each.comment_id)], each.text) for each in docx.Document(io.BytesIO(file)).comments]


def about(found: list[Comment], words: str) -> str:
    """What is said at some words."""
    said = "\n".join(each.said for each in found if each.words == words)
    assert said, [each.words for each in found]
    return said


def reviewed(
    place: Workspace, tailoring: Tailoring | None = None, brief: str = "lords", style: Style | None = None
) -> bytes:
    """The review copy of a brief."""
    tailoring = tailoring or Tailoring()
    library, faults = load_library(place.seeds)
    path = place.root / "briefs" / f"{brief}.yaml"
    prepared, more = prepare(place, path, library, tailoring)
    assert prepared is not None, faults + more
    prepared = replace(prepared, style=style or prepared.style)
    document, faults = laid_out(prepared, tailoring, path)
    assert document is not None, faults
    briefing = Briefing(path, prepared.selection, document, prepared.style)
    document, remarks = review_copy(briefing, faults, drafts=tailoring.draft)
    made, faults = printed(document, prepared.style, ["docx"], remarks)
    assert not faults
    return made["docx"]


# What is said.


def test_a_block_says_whose_it_is_since_when_and_for_which_topics(tmp_path: Path) -> None:
    found = comments(reviewed(workspace(tmp_path, LIBRARY, BRIEF)))
    said = about(found, "Some problems cannot wait:")
    for part in (
        "Block `homes-wait` (key messages).",
        "Owner: Zebedee Quux.",
        "Approved on 3 October 2022.",
        "Valid from 1 September 2022 until 31 January 2023.",
        "Note: Never say fostering here.",
        "Printed whole only for the topic “Homes”. For the topic “Asylum” only some points of it are left.",
    ):
        assert part in said
    said = about(found, "In March, 82,170 children")
    assert "Owner" not in said
    assert "Approved" not in said
    assert "name no owner and" in next(each.said for each in found if each.said.startswith("Review copy"))
    assert "Printed" not in said  # no choice of topics leaves it out


def test_where_nobody_answers_for_any_block_it_is_said_in_a_sentence(tmp_path: Path) -> None:
    bare = LIBRARY.replace("    owner: Zebedee Quux\n    approved: 2022-10-03\n", "")
    [said] = [each.said for each in comments(reviewed(workspace(tmp_path, bare, BRIEF))) if "Review copy" in each.said]
    assert "None of its 3 blocks names an owner or gives a date of approval." in said


def test_the_first_page_is_marked_once(tmp_path: Path) -> None:
    made = docx.Document(io.BytesIO(reviewed(workspace(tmp_path, LIBRARY, BRIEF))))
    [section] = made.sections
    shown = [*section.first_page_header.paragraphs, *made.paragraphs]
    assert [each.text for each in shown if LABEL in each.text] == [LABEL]
    assert LABEL in [each.text for each in section.header.paragraphs]


def test_a_point_says_which_topics_keep_it_where_its_block_does_not(tmp_path: Path) -> None:
    found = comments(reviewed(workspace(tmp_path, LIBRARY, BRIEF)))
    said = about(found, "homes for children who seek asylum.")
    assert said == "Printed only for the topic “Asylum” or “Homes”: a choice of other topics leaves this out."
    assert "homes near to school;" not in [each.words for each in found]


@pytest.mark.parametrize("topic", ["homes", "asylum", "workforce"])
def test_what_is_said_of_topics_is_what_a_build_does(topic: str, tmp_path: Path) -> None:
    place = workspace(tmp_path, LIBRARY, BRIEF)
    narrow = "\n".join(docx.Document(io.BytesIO(reviewed(place, Tailoring((topic,), draft=True)))).element.itertext())
    for words, said in comments(reviewed(place, Tailoring(draft=True))):
        if match := re.search(r"^Printed only for the topic (.*?):", said, re.MULTILINE):
            assert (words in narrow) == (f"“{topic.title()}”" in match[1]), words


def test_a_draft_says_that_it_is_one(tmp_path: Path) -> None:
    made = reviewed(workspace(tmp_path, LIBRARY, BRIEF), Tailoring(draft=True))
    assert "Status: draft." in about(comments(made), "The workforce")
    assert f"Draft: not for circulation. {LABEL}" in docx.Document(io.BytesIO(made)).paragraphs[0].text


def test_a_figure_says_what_it_is_how_old_and_where_from_once_in_a_paragraph(tmp_path: Path) -> None:
    found = comments(reviewed(workspace(tmp_path, LIBRARY, BRIEF)))
    assert about(found, "£10.5 billion") == (
        "`spending`: spending on care. As of 2020/21, 20 months old on 8 December 2022. "
        "Source: Official statistics, The Department."
    )
    at_figure = [each.said for each in found if each.words == "82,170"]
    said = (
        "`children-in-care`: children looked after in England. As of 31 March 2022, 8 months old on 8 December 2022. "
        "Source: Official statistics, The Department. The next figure is due: November 2023.\n"
        "Note: Count again on the day."
    )
    assert at_figure == [said, said]  # in the sentence, which has it twice, and in the table


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2022-12-07", "1 day old"),
        ("2022-11-09", "29 days old"),
        ("2022-11-08", "1 month old"),
        ("2022-03", "8 months old"),
        ("2020-12-09", "23 months old"),
        ("2020-12-08", "2 years old"),
        ("2012", "9 years old"),
        ("2022", "which has not ended"),
        ("2022-12-08", "which is not before"),
        ("2023", "which is not before"),
    ],
)
def test_an_age_is_said_in_words(period: str, words: str) -> None:
    known = parse_period(period)
    assert isinstance(known, Period)
    said = age(known, date(2022, 12, 8))
    assert said in (f"{words} on {in_full(date(2022, 12, 8))}", f"{words} {in_full(date(2022, 12, 8))}")


def test_the_title_says_what_the_copy_is_and_has_the_briefs_note(tmp_path: Path) -> None:
    said = about(comments(reviewed(workspace(tmp_path, LIBRARY, BRIEF))), "Homes for children")
    assert said.startswith("Review copy of the brief `lords`. `despatch check` finds in what it prints: warning 2.")
    assert "Warning, unprinted-block: `lords` names `workforce` and does not print it" in said
    assert "Note: Ask the Minister’s office first." in said
    if missing():
        assert missing() in said


# Where findings stand.

FINDINGS = {
    "a word": ("Councils get 5 percent more.", "house-form", "percent"),
    "the second of two": ("It is 5 per cent here and 5 percent there, 6 per cent here.", "house-form", "percent"),
    "two words over a line's end": (
        "Ministers promised money\n      last\n      year for it.",
        "relative-date",
        "last year",
    ),
    "half a word": ("Each child's home matters.", "straight-apostrophe", "child's"),
    "a space": ("Councils want  homes.", "doubled-space", "want homes."),
    "words beside a figure": ("Of {{in-care}} children, 5 percent moved.", "house-form", "percent"),
    "a figure's own words": ("They spend {{money}} pounds on it.", "double-unit", "£40 million pounds"),
    "in a link": (f"See [5 percent more]({ADDRESS}) now.", "house-form", "percent"),
    "in bold": ("They get **some 5 percent more** now.", "house-form", "percent"),
    "a second paragraph": ("First of all.\n\n      Then 5 percent.", "house-form", "percent"),
    "a list in the text": ("Three things:\n\n      - homes\n      - 5 percent\n      - money", "house-form", "percent"),
    "beside mark-up characters": ("Say “a < b & c > d” of 5 percent.", "house-form", "percent"),
    "after emoji and Arabic": ("👩‍👧 and أطفال get 5 percent.", "house-form", "percent"),
}
UNFINDABLE = """\
passages:
  - id: money
    text: |
      In care are {{in-care}}.
facts:
  - {id: in-care, value: "82,170", what: children, as_of: 2022-03-31, source: statistics}
sources:
  - {id: statistics, kind: dataset, title: Statistics}
"""
FACTS = """\
facts:
  - {id: in-care, value: "82,170", what: children in care, as_of: 2022-03-31, source: statistics}
  - {id: money, value: £40 million, what: money, as_of: 2022-03-31, source: statistics}
sources:
  - {id: statistics, kind: dataset, title: Statistics, published: 2022-11-17}
"""


@pytest.mark.parametrize("case", FINDINGS)
def test_a_finding_stands_at_its_words(case: str, tmp_path: Path) -> None:
    text, rule, words = FINDINGS[case]
    seeds = f"passages:\n  - id: money\n    text: |\n      {text}\n{FACTS}"
    made = reviewed(workspace(tmp_path, seeds, f"{HEAD}style: lga\nsections:\n  - passages: [money]\n"))
    found = [each for each in comments(made) if f", {rule}: " in each.said]
    assert [each.words for each in found] == [words]
    path = tmp_path / "made.docx"
    path.write_bytes(made)
    assert OpenXmlValidator().validate(path).is_valid


def test_a_finding_says_its_rule_its_gravity_and_what_to_do(tmp_path: Path) -> None:
    seeds = "passages:\n  - id: money\n    text: |\n      Councils get 5 percent more.\n"
    found = comments(reviewed(workspace(tmp_path, seeds, f"{HEAD}style: lga\nsections:\n  - passages: [money]\n")))
    printed_by_check = run("check", "lords", "--format", "json", cwd=tmp_path)
    diagnostics = json.loads(printed_by_check.stdout)["diagnostics"]
    (diagnostic,) = [each for each in diagnostics if each["rule"] == "house-form"]
    said = "\n".join(filter(None, (f"Warning, house-form: {diagnostic['message']}", diagnostic["help"])))
    assert said in [each.said for each in found]
    assert f"finds in what it prints: warning {len(diagnostics)}." in about(found, "Homes for children")


PLACES = {
    "stale-fact": "82,170",
    "unfindable-source": "In care are 82,170.",
    "repeated-block": "Children cannot wait for",
    "missing-heading": "Ministers asked for a review of social care in England.",
    "half-position": "Homes for children",
    "local-changes": "finding homes for children whose needs are complex;",
    "unprinted-block": "Children’s social care",
    "uneven-chapters": "Social workers",
}


@pytest.mark.parametrize("rule", PLACES)
def test_a_finding_that_is_about_no_words_stands_at_what_it_is_about(
    rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    fault(rule).example.play(tmp_path)
    if rule == "unfindable-source":
        workspace(tmp_path, UNFINDABLE, f"{HEAD}style: lga\nsections:\n  - passages: [money]\n")
    found = [each.words for each in comments(reviewed(Workspace(tmp_path))) if f", {rule}: " in each.said]
    assert found == [PLACES[rule]]


def test_a_briefing_that_is_too_long_hears_of_it_at_its_title(tmp_path: Path) -> None:
    place = workspace(tmp_path, LIBRARY, BRIEF.replace("sections:", "max_words: 5\nsections:"))
    assert "Warning, over-length: " in about(comments(reviewed(place)), "Homes for children")


def test_what_is_left_out_is_not_spoken_of(tmp_path: Path) -> None:
    left = "A secrett promise of 5 percent."
    seeds = LIBRARY.replace("homes for children who seek asylum.", left).replace(
        "figures:\n", f"passages:\n  - id: hidden\n    note: Unheard-of.\n    text: |\n      {left}\nfigures:\n"
    )
    brief = BRIEF.replace("  - figures:", "  - passages: [hidden]\n  - figures:") + (
        f"local:\n  passages:\n    - id: unused\n      text: |\n        {left}\n"
    )
    place = workspace(tmp_path, seeds.replace("- id: hidden\n", "- id: hidden\n    topics: [asylum]\n"), brief)
    full, narrow = (reviewed(place, Tailoring(without=out)) for out in ((), ("asylum",)))
    assert b"secrett" in full
    assert "Note: Unheard-of." in str(comments(full))
    whole = b"".join(parts(narrow).values())
    for withheld in (b"secrett", b"5 percent", b"Unheard-of"):
        assert withheld not in whole


# The file.


def sheet(*remarks: tuple[str, int, int, int], organisation: str = PROPERTIES.organisation) -> bytes:
    """A file with a heading, a line with a link, and a table, and some remarks."""
    line = Paragraph(
        (Text("One "), Strong((Text("two"),)), Link((Text(" three four"),), ADDRESS), Text(" five")),
        Origin("b", "text"),
    )
    cells = tuple((Text(each),) for each in ("What", "Value", "Homes", "46"))
    table = Table(cells[:2], (cells[2:],), Origin("b", "facts"), (1,))
    content = (Heading(1, (Text("Head"),), Origin("b", "heading")), line, table, replace(line, words=(Text("Again"),)))
    names = {"head": content[0].origin.anchor, "line": line.origin.anchor, "again": f"{line.origin.anchor}_2"}
    placed = [
        Remark(names[name], cell, start, end, (f"No {n}.",)) for n, (name, cell, start, end) in enumerate(remarks)
    ]
    return word.write(
        Document(replace(PROPERTIES, organisation=organisation), content), shipped_style("lga"), remarks=placed
    )


OVERLAPPING = [
    ("head", 0, 0, 4),
    ("line", 0, 0, 23),
    ("line", 0, 0, 23),
    ("line", 0, 2, 9),
    ("line", 0, 9, 14),
    ("line", 0, 5, 5 + 13),
    ("line", 4, 0, 2),
    ("again", 0, 1, 3),
]
WORDS = ["Head", "One two three four five", "One two three four five", "e two t", "hree ", "wo three four", "46", "ga"]


def test_comments_may_overlap_and_stand_in_links_and_cells(tmp_path: Path) -> None:
    made = sheet(*OVERLAPPING)
    assert [each.words for each in comments(made)] == WORDS
    path = tmp_path / "made.docx"
    path.write_bytes(made)
    assert OpenXmlValidator().validate(path).is_valid
    text = [each.text for each in docx.Document(str(path)).paragraphs]
    assert text[:2] == ["Head", "One two three four five"]  # no word is lost or doubled where a run is cut


@needs_office
def test_libreoffice_keeps_overlapping_comments(tmp_path: Path) -> None:
    path = tmp_path / "made.docx"
    path.write_bytes(sheet(*OVERLAPPING))
    resaved = saved_again([path], tmp_path)[0]
    kept = {each.said: each.words for each in comments(resaved)}
    assert kept == {f"No {number}.": words for number, words in enumerate(WORDS)}


def test_a_comment_is_the_offices_and_of_the_sitting_day(monkeypatch: pytest.MonkeyPatch) -> None:
    made = sheet(("head", 0, 0, 4), organisation="Local Government Association")
    (comment,) = docx.Document(io.BytesIO(made)).comments
    assert (comment.author, comment.initials) == ("Local Government Association", "LGA")
    assert comment.timestamp is not None
    assert comment.timestamp.date() == date(2022, 12, 8)
    (nobodys,) = docx.Document(io.BytesIO(sheet(("head", 0, 0, 4), organisation=""))).comments
    assert (nobodys.author, nobodys.initials) == ("Despatch", "D")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    (dated,) = docx.Document(io.BytesIO(sheet(("head", 0, 0, 4)))).comments
    assert isinstance(dated.timestamp, datetime)
    assert dated.timestamp.date() == date(2001, 9, 9)


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    place = workspace(tmp_path, LIBRARY, BRIEF)
    assert reviewed(place) == reviewed(place)


# The example briefings.


def copy(case: tuple[str, str, str], folder: Path) -> Path:
    """The review copy of an example briefing in a style and a layout."""
    brief, name, layout = case
    path = folder / f"{'--'.join(case)}.docx"
    path.write_bytes(reviewed(Workspace(ROOT), brief=brief, style=with_layout(name, layout, folder / layout)))
    return path


def saved_again(files: list[Path], folder: Path) -> list[bytes]:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    to = ["--convert-to", "docx:Office Open XML Text", "--outdir", str(folder / "made")]
    command = ["soffice", profile, "--headless", *to, *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return [(folder / "made" / file.name).read_bytes() for file in files]


@pytest.mark.parametrize("case", CASES, ids="--".join)
def test_examples_are_valid_and_every_block_and_figure_has_its_comment(
    case: tuple[str, str, str], tmp_path: Path
) -> None:
    path = copy(case, tmp_path)
    result = OpenXmlValidator().validate(path)
    assert result.is_valid, result.errors
    found = comments(path.read_bytes())
    manifest = json.loads(custom(path.read_bytes()))
    said = "\n".join(each.said for each in found)
    for block in manifest["blocks"]:
        assert f"Block `{block}`" in said
    for fact in manifest["facts"]:
        assert f"`{fact}`: " in said
    assert all(each.words for each in found if "Block" not in each.said)
    assert manifest["review"] is True


def custom(file: bytes) -> str:
    """What the file says that it was built from."""
    root: Any = etree.fromstring(parts(file)["docProps/custom.xml"])
    return str(next(each for each in root if each.get("name") == "despatch")[0].text)


@needs_office
@pytest.mark.parametrize("style", STYLES)
def test_libreoffice_keeps_every_comment_at_its_words(style: str, tmp_path: Path) -> None:
    files = [copy(case, tmp_path) for case in CASES if case[1] == style]
    for file, again in zip(files, saved_again(files, tmp_path), strict=True):
        assert sorted(comments(again)) == sorted(comments(file.read_bytes())), file.stem


@needs_office
@pytest.mark.parametrize("style", STYLES)
def test_every_page_and_the_properties_say_that_it_is_a_review_copy(style: str, tmp_path: Path) -> None:
    path = copy((LORDS, style, "stacked"), tmp_path)
    pages = pages_of(path, tmp_path)
    assert len(pages) > 3
    assert [page for page in pages if LABEL not in page] == []
    properties = docx.Document(str(path)).core_properties
    assert properties.content_status == LABEL
    assert LABEL in properties.keywords


def pages_of(path: Path, folder: Path) -> list[str]:
    text = subprocess.run(
        ["pdftotext", convert(path, "pdf", folder), "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    return text.split("\f")[:-1]


@pytest.mark.parametrize("brief", BRIEFS)
def test_a_clean_copy_has_nothing_of_it(brief: str, tmp_path: Path) -> None:
    """Over the example library with something for colleagues in every block and fact."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(ROOT / "briefs", tmp_path / "briefs")
    for path in (tmp_path / "seeds").rglob("*.yaml"):
        path.write_text(annotated(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert "Zebedee" in str(comments(reviewed(Workspace(tmp_path), brief=brief)))
    built = run("build", brief, "--out", str(tmp_path / "out"), cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    made = list((tmp_path / "out").iterdir())
    assert len(made) == 3
    for each in made:
        file = each.read_bytes()
        files = parts(file) if each.suffix == ".docx" else {each.name: file}
        assert [name for name in files if "comment" in name or "people" in name] == []
        whole = b"".join(files.values())
        for secret in (b"Zebedee", b"1 April 2019", b"2019-04-01", b"Review copy", b'"review"'):
            assert secret not in whole, (each.name, secret)


def annotated(seeds: str) -> str:
    """A seed file in which every block has an owner, a day of approval and a note."""
    without = re.sub(r"(?m)^    owner: .*\n", "", seeds)
    lists = re.split(r"(?m)^(?=\w+:)", without)
    kept = ("facts:", "sources:", "topics:", "terms:", "words:")
    entry = "    owner: Zebedee Quux\n    approved: 2019-04-01\n"
    return "".join(
        each if each.startswith(kept) else re.sub(r"(?m)^(  - id: .*\n)", rf"\g<1>{entry}", each) for each in lists
    )


# The command.


def test_review_writes_one_word_file_beside_the_clean_one(tmp_path: Path) -> None:
    workspace(tmp_path, LIBRARY, BRIEF)
    built = run("build", "lords", "--review", "--topic", "homes", cwd=tmp_path)
    assert (built.stdout, built.returncode) == ("Built out/lords--homes--review.docx\n", 0)
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["lords--homes--review.docx"]


@pytest.mark.parametrize("to", ["md", "docx,md", "html"])
def test_a_review_copy_in_another_format_is_misuse(to: str, tmp_path: Path) -> None:
    workspace(tmp_path, LIBRARY, BRIEF)
    refused = run("build", "lords", "--review", "--to", to, cwd=tmp_path)
    assert refused.returncode == 2
    assert "A review copy is a Word file" in refused.stderr
    assert not (tmp_path / "out").exists()


def test_a_style_says_what_a_review_copy_is_called(tmp_path: Path) -> None:
    place = workspace(tmp_path, LIBRARY, BRIEF)
    style = with_layout("lga", "stacked", tmp_path / "templates")
    path = style.folder / "style.yaml"
    labels = path.read_text(encoding="utf-8").replace("labels:\n", "labels:\n  review: Only for the office\n", 1)
    path.write_text(labels, encoding="utf-8")
    made = reviewed(place, Tailoring(style="lga"))
    assert docx.Document(io.BytesIO(made)).paragraphs[0].text == "Only for the office"


def test_a_plain_build_loads_nothing_of_it(tmp_path: Path) -> None:
    workspace(tmp_path, LIBRARY, BRIEF)
    program = (
        "import sys\nfrom despatch.cli import app\n"
        "try:\n    app(['build', 'lords', '--to', 'docx'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'despatch.remarks', 'despatch.writers._comments', 'despatch.proof'} & sys.modules.keys()))"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, check=True, capture_output=True, encoding="utf-8"
    )
    assert said.stdout.endswith("lords.docx\n[]\n")


@pytest.mark.parametrize(("way", "words"), [("beside", "£10.5 billion"), ("behind", "")])
def test_a_figure_in_a_chart_has_its_comment_in_the_table_or_at_the_chart(way: str, words: str, tmp_path: Path) -> None:
    style = with_layout("lga", "stacked", tmp_path / "templates")
    path = style.folder / "style.yaml"
    changed = re.sub(r"(?m)^chart_tables: .*$", f"chart_tables: {way}", path.read_text(encoding="utf-8"))
    path.write_text(changed, encoding="utf-8")
    earlier = (
        "  - {id: earlier, value: £9 billion, what: spending before, as_of: 2019/20, source: statistics}\nsources:"
    )
    seeds = LIBRARY.replace("facts: [children-in-care, spending]", "show: chart\n    facts: [earlier, spending]")
    place = workspace(tmp_path, seeds.replace("sources:", earlier), BRIEF)
    made = reviewed(place, Tailoring(style="lga"))
    assert [each.words for each in comments(made) if each.said.startswith("`spending`: ")] == [words]
    (tmp_path / "made.docx").write_bytes(made)
    assert OpenXmlValidator().validate(tmp_path / "made.docx").is_valid
