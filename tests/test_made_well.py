"""Well-made Word files: what belongs together stays together, every page says what it is, and contents name the right pages.

LibreOffice prints the pages.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator

from despatch.build import printed
from despatch.document import (
    Document,
    Group,
    Heading,
    Inline,
    Item,
    Listing,
    Node,
    Origin,
    Paragraph,
    Strong,
    Table,
    Text,
    plain,
    walk,
)
from despatch.pdf import converted
from despatch.style import Style
from despatch.writers import _reference, word
from tests.helpers import ROOT, run
from tests.literate import fault, said
from tests.test_golden import BRIEFS, W, parts
from tests.test_layouts import CASES, SIDE, STYLES, made, worn
from tests.test_word_notes import PROPERTIES

LORDS = "lords-2022-12-08-childrens-social-care"
DRAFT, EMBARGO = "Draft: not for circulation", "Embargoed until 00.01 on Thursday 8 December 2022"
BINDING = ("label", "lead")
needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice Writer and poppler-utils are not installed",
)


def as_pages(pdf: bytes, *how: str) -> list[list[str]]:
    """The lines of each page of a PDF."""
    command = ["pdftotext", *how, "-", "-"]
    text = subprocess.run(command, input=pdf, check=True, capture_output=True).stdout.decode()
    return [[line.strip() for line in page.splitlines() if line.strip()] for page in text.split("\f")[:-1]]


@cache
def laid_out(brief: str, style: str, layout: str) -> list[list[str]]:
    return as_pages(converted(made(brief, style, layout).files["docx"]), "-raw")


def letters(text: str) -> str:
    """The letters alone: marks of notes, bullets and line breaks aside."""
    return "".join(re.findall(r"[^\W\d_]+", text.casefold()))


def ends(text: str, lines: list[tuple[int, str]], start: int) -> int:
    """Where among some lines a heading or a paragraph ends that begins at one of them or later."""
    for first in range(start, len(lines)):
        left = letters(text)
        for last in range(first, len(lines)):
            found = letters(lines[last][1])
            if left == found:
                return last
            if not (found and left.startswith(found)):
                break
            left = left.removeprefix(found)
    pytest.fail(f"no page has “{text}” after line {start}")


# What belongs together.


def printed_in_word(document: Document) -> tuple[Node, ...]:
    """The content without its notes, which stand at the feet of pages and have no heading there."""
    return tuple(node for node in document.content if not (isinstance(node, Group) and node.role == "notes"))


def binding(document: Document, layout: str) -> Iterator[str]:
    """The headings, labels and leads of a document. Where a view stands beside its proposal, its label is not in order."""
    for node in walk(printed_in_word(document)):
        match node:
            case Heading(words=words):
                yield plain(words)
            case Paragraph(words=words, role=role) if role in BINDING and layout != SIDE:
                yield plain(words)


@needs_office
@pytest.mark.parametrize(("brief", "style", "layout"), CASES)
def test_no_heading_label_or_lead_ends_a_page(brief: str, style: str, layout: str) -> None:
    case = made(brief, style, layout)
    lines = [(page, line) for page, found in enumerate(laid_out(brief, style, layout)) for line in found]
    at, stranded = 0, []
    for text in binding(case.document, layout):
        at = ends(text, lines, at) + 1
        (page, _), (following, line) = lines[at - 1 : at + 1]
        if page != following or re.fullmatch(r"\d+|.*Page \d+ of \d+", line):  # a footnote's number, or the footer
            stranded.append(f"page {page + 1}: {text}")
    assert stranded == []
    assert at > 0


def inherited(reference: _reference.Reference, style: str, name: str) -> str | None:
    """What a paragraph style says of a property, itself or by one that it is based on: `1`, `0` or nothing."""
    seen: list[str] = []
    while style in reference.by_id and style not in seen:
        seen.append(style)
        found = reference.by_id[style].find(f"{W}pPr/{W}{name}")
        if found is not None:
            return "0" if found.get(f"{W}val") in ("0", "false", "off") else "1"
        based_on = reference.by_id[style].find(f"{W}basedOn")
        style = "" if based_on is None else based_on.get(f"{W}val", "")
    return None


@pytest.mark.parametrize("style", STYLES)
def test_no_style_leaves_one_line_of_a_paragraph_on_a_page(style: str) -> None:
    reference = _reference.read(worn(style, "stacked"))
    assert reference.styles.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr/{W}widowControl") is not None
    assert [each for each in reference.by_id if inherited(reference, each, "widowControl") == "0"] == []


@pytest.mark.parametrize("style", STYLES)
def test_styles_keep_what_introduces_with_what_follows(style: str) -> None:
    worn_style = worn(style, "stacked")
    reference = _reference.read(worn_style)
    introduces = [
        name
        for part, name in worn_style.word.items()
        if not part.startswith("pair-")  # or a row that may break over pages would be kept with the next row
        and re.search(r"(^|\.)(heading|label|lead|chart|draft|embargo|organisation|title|occasion)(-|$)", part)
    ]
    assert len(introduces) > 15
    loose = [
        name for name in introduces if inherited(reference, reference.style_id("paragraph", name), "keepNext") != "1"
    ]
    assert loose == []


SHORT = "Homes near by."
LONG = "Councils have said for years that the supply of homes falls short of what children need. " * 2


def entry(text: str, *under: str) -> Item:
    paragraph = Paragraph((Text(text),), Origin("b", text[:20]))
    return Item((paragraph, Listing(tuple(map(entry, under)))) if under else (paragraph,))


def kept(*items: Item) -> list[bool]:
    """Whether each entry of a list, as Word has it, keeps with the next."""
    document = Document(PROPERTIES, (Group("front", ()), Listing(items)))
    body: Any = etree.fromstring(parts(word.write(document, worn("lga", "stacked")))["word/document.xml"])
    return [each.find(f"{W}pPr/{W}keepNext") is not None for each in body.iter(f"{W}p")]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([SHORT] * 5, [True, False, False, True, False]),
        ([SHORT] * 2, [True, False]),
        ([SHORT], [False]),
        ([LONG] * 5, [False] * 5),
        ([SHORT, *[LONG] * 4], [True, *[False] * 4]),
        ([*[LONG] * 4, SHORT], [False, False, False, True, False]),
    ],
)
def test_a_line_of_a_list_never_stands_alone(texts: list[str], expected: list[bool]) -> None:
    assert kept(*map(entry, texts)) == expected


def test_an_entry_keeps_with_the_list_that_it_introduces() -> None:
    assert kept(entry(LONG), entry("It would pay for:", LONG, LONG), entry(LONG)) == [False, True, False, False, False]


def nested(is_numbered: bool, levels: int) -> Listing:
    """A list in a list, so many levels deep, with a second paragraph under each entry."""
    under = (nested(is_numbered, levels - 1),) if levels > 1 else ()
    return Listing((Item((*entry(SHORT).content, *entry(LONG).content, *under)),), is_numbered)


@pytest.mark.parametrize("style", STYLES)
def test_a_list_stays_in_the_panel_of_key_messages_at_every_level(style: str) -> None:
    """Each line has the panel’s ground, from the panel’s left edge to its right."""
    panel = Group("key-messages", (Paragraph((Text(SHORT),), Origin("b", "text")), nested(False, 3), nested(True, 3)))
    found = parts(word.write(Document(PROPERTIES, (Group("front", ()), panel)), worn(style, "stacked")))
    body: Any = etree.fromstring(found["word/document.xml"])
    reference = _reference.read(worn(style, "stacked"))
    used = [each.get(f"{W}val", "") for each in body.iter(f"{W}pStyle")]
    assert len(set(used)) == 1 + 3 * 3
    grounds, edges = set(), set()
    for name in used:
        properties: Any = reference.by_id[name].find(f"{W}pPr")
        indent = {key.removeprefix(W): int(value) for key, value in properties.find(f"{W}ind").attrib.items()}
        grounds.add(properties.find(f"{W}shd").get(f"{W}fill"))
        edges.add((indent["left"] - indent.get("hanging", 0), indent["right"]))
    assert [len(grounds), len(edges)] == [1, 1]


def tabled(level: int, *words: Inline) -> Paragraph:
    return Paragraph(words, Origin("b", str(words)), "literal", level)


def test_an_amendment_is_set_in_and_keeps_together() -> None:
    """In Word's own terms: a style a level, a tab after a number, and what introduces kept with what comes next."""
    lines = (
        tabled(
            0,
            Text(
                "After Clause 7, insert the following new Clause, which will come into force on the day on which it is passed—"
            ),
        ),
        tabled(1, Strong((Text("“Views of the child"),))),
        tabled(1, Text(f"(1) {LONG}")),
        tabled(2, Text(f"(a) {LONG}")),
        tabled(2, Text("(b) more.”")),
    )
    document = Document(PROPERTIES, (Group("front", ()), Group("proposal", lines)))
    body: Any = etree.fromstring(parts(word.write(document, worn("lga", "stacked")))["word/document.xml"])
    made = list(body.iter(f"{W}p"))
    styles = ["AmendmentText", "AmendmentText1", "AmendmentNumber1", "AmendmentNumber2", "AmendmentNumber2"]
    assert [each.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for each in made] == styles
    assert [each.find(f"{W}r/{W}tab") is not None for each in made] == [False, False, True, True, True]
    assert [each.find(f"{W}pPr/{W}keepNext") is not None for each in made] == [True, True, False, True, False]


@pytest.mark.parametrize(("last", "is_kept"), [("We ask peers to vote content.", True), (LONG, False)])
@pytest.mark.parametrize("before", [Paragraph((Text(LONG),), Origin("b", "text")), Listing((entry(LONG),))])
def test_a_vote_never_opens_a_page(before: Paragraph | Listing, last: str, is_kept: bool) -> None:
    view = Group("view", (before, Paragraph((Text(last),), Origin("b", "vote"))))
    document = Document(PROPERTIES, (Group("front", ()), view))
    body: Any = etree.fromstring(parts(word.write(document, worn("lga", "stacked")))["word/document.xml"])
    assert [each.find(f"{W}pPr/{W}keepNext") is not None for each in body.iter(f"{W}p")] == [is_kept, False]


@needs_office
def test_the_last_line_of_a_list_is_not_alone_on_its_page() -> None:
    """A list one line longer than a page, whatever the page holds."""
    items = tuple(entry(f"Number {number}.") for number in range(1, 200))
    document = Document(PROPERTIES, (Group("front", ()), Listing(items)))
    count = len(
        [
            line
            for line in as_pages(converted(word.write(document, worn("lga", "stacked"))), "-raw")[0]
            if "Number" in line
        ]
    )
    document = Document(PROPERTIES, (Group("front", ()), Listing(items[: count + 1])))
    last = as_pages(converted(word.write(document, worn("lga", "stacked"))), "-raw")[-1]
    assert [line[-4:] for line in last if "Number" in line] == [f" {count}."[-4:], f" {count + 1}."[-4:]]


@pytest.mark.parametrize("style", STYLES)
def test_no_row_of_a_table_is_split(style: str) -> None:
    body: Any = etree.fromstring(parts(made(LORDS, style, "stacked").files["docx"])["word/document.xml"])
    rows = list(body.iter(f"{W}tr"))
    assert len(rows) > 10
    assert [row for row in rows if row.find(f"{W}trPr/{W}cantSplit") is None] == []


@pytest.mark.parametrize(("size", "loose"), [(12, []), (40, [*range(3, 39)])])
@pytest.mark.parametrize("style", STYLES)
def test_a_long_table_may_break_but_not_at_its_ends(style: str, size: int, loose: list[int]) -> None:
    rows = tuple(((Text("Councils"),), (Text("17"),), (Text("الأسرة"),)) for _ in range(size))
    header = ((Text("Figure"),), (Text("Value"),), (Text("Of"),))
    document = Document(PROPERTIES, (Group("front", ()), Table(header, rows, Origin("b", "table"), (1,))))
    body: Any = etree.fromstring(parts(word.write(document, worn(style, "stacked")))["word/document.xml"])
    marks = [[each.get(f"{W}val") for each in row.iter(f"{W}keepNext")] for row in body.iter(f"{W}tr")]
    assert marks == [["0"] * 3 if number in loose else [] for number in range(size + 1)]


@needs_office
def test_a_long_table_begins_under_its_heading() -> None:
    rows = tuple(((Text(f"Number {number}"),), (Text("17"),)) for number in range(60))
    table = Table(((Text("Figure"),), (Text("Value"),)), rows, Origin("b", "table"), (1,))
    heading = Heading(1, (Text("Every council"),), Origin("b", "heading"))
    before = (Paragraph((Text(LONG * 8),), Origin("b", "text")),)
    document = Document(PROPERTIES, (Group("front", ()), *before, heading, table))
    pages = as_pages(converted(word.write(document, worn("lga", "stacked"))), "-raw")
    (page,) = (each for each in pages if "Every council" in each)
    assert [line for line in page if line.startswith("Number")][:1] == ["Number 0 17"]


# What every page says.


@needs_office
@pytest.mark.parametrize(("brief", "style", "layout"), CASES)
def test_every_page_is_numbered_and_has_the_title_from_the_second_on(brief: str, style: str, layout: str) -> None:
    pages, properties = laid_out(brief, style, layout), made(brief, style, layout).document.properties
    running = f"{properties.organisation} {properties.title}"
    assert [" ".join(page).startswith(running) for page in pages] == [False, *[True] * (len(pages) - 1)]
    for number, page in enumerate(pages, 1):
        assert [line for line in page if re.search(r"Page \d+ of \d+$", line)] == [
            line for line in page if line.endswith(f"Page {number} of {len(pages)}")
        ]
        assert any(line.endswith(f"Page {number} of {len(pages)}") for line in page)


@pytest.fixture(params=STYLES)
def embargoed(request: pytest.FixtureRequest, tmp_path: Path) -> bytes:
    """The Lords briefing as a draft under embargo."""
    for name in ("seeds", "briefs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    path = tmp_path / "briefs" / f"{LORDS}.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text.rstrip()}\nembargo: {EMBARGO.removeprefix('Embargoed until ')}\n", encoding="utf-8")
    built = run("build", LORDS, "--draft", "--to", "docx", "--style", request.param, "--out", "b.docx", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    return (tmp_path / "b.docx").read_bytes()


@needs_office
def test_a_draft_under_embargo_says_so_on_every_page(embargoed: bytes) -> None:
    pages = as_pages(converted(embargoed), "-raw")
    assert len(pages) > 5
    for page in pages:
        assert DRAFT in page
        assert EMBARGO in page


@needs_office
@pytest.mark.parametrize("style", STYLES)
def test_a_final_briefing_has_no_mark(style: str) -> None:
    for page in laid_out(LORDS, style, "stacked"):
        assert [line for line in page if re.search("draft|embargo", line, re.IGNORECASE)] == []


def test_marks_stand_out_at_the_head_of_a_page(embargoed: bytes) -> None:
    """They are light letters on a dark ground, so that a print in black and white shows them too."""
    found = parts(embargoed)
    header: Any = next(
        etree.fromstring(data) for name, data in found.items() if "header" in name and EMBARGO.encode() in data
    )
    styles: Any = etree.fromstring(found["word/styles.xml"])
    for paragraph in header.iter(f"{W}p"):
        text = "".join(each.text or "" for each in paragraph.iter(f"{W}t"))
        if text in (DRAFT, EMBARGO):
            name = paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
            (style,) = (each for each in styles.iter(f"{W}style") if each.get(f"{W}styleId") == name)
            ground = style.find(f"{W}pPr/{W}shd").get(f"{W}fill")
            assert max(int(ground[place : place + 2], 16) for place in (0, 2, 4)) < 0x80
            assert style.find(f"{W}rPr/{W}color").get(f"{W}val") == "FFFFFF"


# The table of contents.


def again(node: Node) -> Node:
    """A node whose headings are other ones."""
    if isinstance(node, Heading):
        return replace(node, words=(Text("Again: "), *node.words))
    return replace(node, content=tuple(map(again, node.content))) if isinstance(node, Group) else node


@cache
def long(style: str) -> tuple[Document, Style]:
    """A briefing of about eighteen pages."""
    case = made(LORDS, style, "stacked")
    front, *rest = case.document.content
    last = [each for each in rest if isinstance(each, Group) and each.role in ("notes", "sources")]
    body = [each for each in rest if each not in last]
    return replace(case.document, content=(front, *body, *map(again, body), *last)), case.style


@cache
def contents(style: str) -> bytes:
    files, faults = printed(*long(style), ["docx"])
    assert faults == []
    return files["docx"]


def entries(file: bytes) -> list[tuple[str, str, str]]:
    """The entries of the contents: which level, what they say and the page they name."""
    body: Any = etree.fromstring(parts(file)["word/document.xml"])
    found = []
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and re.fullmatch(r"TOC\d", style.get(f"{W}val")):
            text, *number = ("".join(each.text or "\t" for each in paragraph.iter(f"{W}t", f"{W}tab"))).split("\t")
            found.append((style.get(f"{W}val")[-1], text, *(number or [""])))
    return found


@needs_office
@pytest.mark.parametrize("style", STYLES)
def test_contents_name_the_page_of_each_heading(style: str) -> None:
    listed = entries(contents(style))
    content = printed_in_word(long(style)[0])
    headings = [node for node in walk(content) if isinstance(node, Heading) and node.level < 3]
    assert [text for _, text, _ in listed] == [plain(each.words) for each in headings]
    lines = [
        (page, line)
        for page, found in enumerate(as_pages(converted(contents(style)), "-raw"), 1)
        for line in found
        if "...." not in line
    ]
    at = 0
    for _, text, number in listed:
        at = ends(text, lines, at)
        assert (text, number) == (text, str(lines[at][0]))
    assert len({number for *_, number in listed}) > 8


@needs_office
@pytest.mark.parametrize("style", STYLES)
def test_contents_are_a_filled_field_of_links_that_word_does_not_ask_to_update(style: str, tmp_path: Path) -> None:
    found = parts(contents(style))
    body = found["word/document.xml"].decode()
    assert body.count(' TOC \\o "1-2" \\h \\z \\u ') == 1
    assert all(
        body.count(f'w:fldCharType="{kind}"') == body.count('w:fldCharType="begin"') for kind in ("separate", "end")
    )
    bookmarks = set(re.findall(r'<w:bookmarkStart[^>]*w:name="([^"]+)"', body))
    targets = re.findall(r" PAGEREF (\S+) \\h ", body)
    assert len(targets) == len(set(targets)) == len(entries(contents(style)))
    assert {*targets} <= bookmarks & {*re.findall(r'<w:hyperlink w:anchor="([^"]+)"', body)}
    assert b"updateFields" not in found["word/settings.xml"]
    assert "w:dirty" not in body
    assert body.count("<w:hyperlink ") == body.count(' w:history="1">')
    (tmp_path / "long.docx").write_bytes(contents(style))
    result = OpenXmlValidator().validate(tmp_path / "long.docx")
    assert result.is_valid, result.errors


@needs_office
def test_contents_are_tagged_as_such_in_a_pdf(tmp_path: Path) -> None:
    (tmp_path / "long.pdf").write_bytes(converted(contents("lga")))
    tags = subprocess.run(
        ["pdfinfo", "-struct", str(tmp_path / "long.pdf")], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    assert len(re.findall(r"^\s+TOCI$", tags, re.MULTILINE)) == len(entries(contents("lga")))


@needs_office
def test_equal_input_gives_equal_contents() -> None:
    assert printed(*long("plain"), ["docx"])[0]["docx"] == contents("plain")


@pytest.mark.parametrize("brief", BRIEFS)
def test_a_short_briefing_has_no_contents(brief: str) -> None:
    assert entries(made(brief, "lga", "stacked").files["docx"]) == []


def with_contents(folder: Path) -> Path:
    """The example workspace in a style that wants contents from eight pages."""
    for name in ("seeds", "briefs", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    path = folder / "templates" / "lga" / "style.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("contents_from: 12\n", "contents_from: 8\n"), encoding="utf-8")
    return folder


def test_contents_without_libreoffice_have_no_numbers_and_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = with_contents(tmp_path)
    monkeypatch.chdir(root)
    monkeypatch.setenv("PATH", "")
    fault("unnumbered-contents").expect(said(root, "build", LORDS, "--to", "docx", "--strict"), accept=False)
    listed = entries((root / "out" / f"{LORDS}.docx").read_bytes())
    assert len(listed) > 10
    assert {number for *_, number in listed} == {""}


def test_a_style_that_wants_contents_names_their_word_styles(tmp_path: Path) -> None:
    path = with_contents(tmp_path) / "templates" / "lga" / "style.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("  contents-2: TOC 2\n", ""), encoding="utf-8")
    refused = run("build", LORDS, cwd=tmp_path)
    assert refused.returncode == 1
    assert "`word` names no Word style for `contents-2`" in refused.stderr


@needs_office
def test_numbers_are_left_out_where_a_designers_page_has_headings_of_its_own(tmp_path: Path) -> None:
    """Which page is whose cannot be told then, and no number is better than a wrong one."""
    folder = with_contents(tmp_path) / "templates" / "lga"
    with zipfile.ZipFile(folder / "reference.docx") as package:
        found = {name: package.read(name) for name in package.namelist()}
    cover = b'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Briefings</w:t></w:r></w:p><w:p>'
    found["word/document.xml"] = found["word/document.xml"].replace(b"<w:p>", cover, 1)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in found.items():
            package.writestr(name, data)
    (folder / "reference.docx").write_bytes(buffer.getvalue())
    built = run("build", LORDS, "--to", "docx", cwd=tmp_path)
    assert "unnumbered-contents" in built.stderr
    assert {number for *_, number in entries((tmp_path / "out" / f"{LORDS}.docx").read_bytes())} == {""}
