"""Files from elsewhere: what is read as a title, heading, bullet or label, what is left out, and what cannot be read."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from despatch.document import Document, Group, Heading, Item, Listing, Node, Origin, Paragraph, Text, lines, walk
from despatch.proof import Proof
from despatch.readers import READERS, finished
from despatch.writers import markdown
from tests.test_golden import BRIEFS, built
from tests.test_word_notes import PROPERTIES, said, shipped_style


def read(tmp_path: Path, text: str | bytes, name: str = "sent.txt") -> Proof:
    """What is read of a file with a text."""
    proof, _, faults = finished(_saved(tmp_path, text, name))
    assert proof is not None, faults
    return proof


def left(tmp_path: Path, text: str, name: str = "sent.txt") -> list[str]:
    """What is left out of a file."""
    return finished(_saved(tmp_path, text, name))[1]


def fault(tmp_path: Path, data: bytes, name: str) -> str:
    """What is said of a file that cannot be read."""
    proof, _, faults = finished(_saved(tmp_path, data, name))
    assert proof is None
    assert [each.rule for each in faults] == ["unreadable-file"]
    return faults[0].message


def _saved(tmp_path: Path, text: str | bytes, name: str) -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def shape(proof: Proof) -> list[str]:
    """Its lines: `heading 1: Homes`."""
    return [f"{row.part}{f' {row.level}' if row.level else ''}: {row.text}" for row in proof.rows]


SENTENCE = "Every child needs a home that lasts."

# Plain text.

BRIEFING = """\
A debate about homes, 8 December 2022

Councils want every child to be safe.

View allHousing articles

Key messages

  • Homes are scarce.
  • Money is short. It:
    o goes on agencies;
    o comes late.
  • Last.

Homes: What the Review recommends

The Review proposes:

1. More homes.
2. More carers.

LGA View:

- We agree.
"""


def test_a_text_is_read_as_a_tree(tmp_path: Path) -> None:
    assert shape(read(tmp_path, BRIEFING)) == [
        "title: A debate about homes, 8 December 2022",
        "standfirst: Councils want every child to be safe.",
        "heading 1: Key messages",
        "bullet 1: Homes are scarce.",
        "bullet 1: Money is short. It:",
        "bullet 2: goes on agencies;",
        "bullet 2: comes late.",
        "bullet 1: Last.",
        "heading 1: Homes: What the Review recommends",
        "lead: The Review proposes:",
        "bullet 1: More homes.",
        "bullet 1: More carers.",
        "label: LGA View:",
        "bullet 1: We agree.",
    ]


def test_labels_open_groups_and_the_title_names_the_day(tmp_path: Path) -> None:
    proof = read(tmp_path, BRIEFING)
    assert [row.group for row in proof.rows] == ["front"] * 2 + ["key-messages"] * 6 + ["proposal"] * 4 + ["view"] * 2
    assert str(proof.day) == "2022-12-08"
    assert [node.ordered for node in _listings(proof.document)] == [False, False, True, False]


def test_every_line_leads_to_its_place(tmp_path: Path) -> None:
    for row in read(tmp_path, BRIEFING).rows:
        span = row.span(row.text)
        line = BRIEFING.splitlines()[span.line - 1]
        assert line[span.column - 1 :] == row.text
        assert row.written is not None


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    assert left(tmp_path, BRIEFING) == ["“View allHousing articles” (navigation)"]


WRAPPED = (
    "Homes\n\nChildren should be able to stay near their school and friends, and\n"
    "near those who know them best, whatever has happened at home\nand since.\n\n"
    "* A bullet that runs on over the end of its line, as they do in a\n  letter – and\n  – between dashes – beyond.\n* Short.\n"
)


def test_wrapped_lines_are_one_paragraph_and_keep_their_places(tmp_path: Path) -> None:
    rows = read(tmp_path, WRAPPED).rows
    assert [row.part for row in rows] == ["title", "body", "bullet", "bullet"]
    assert rows[1].text.endswith("and near those who know them best, whatever has happened at home and since.")
    span = rows[1].span("whatever has happened")
    assert (span.line, span.column) == (4, 32)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"1. Homes\n\n{SENTENCE}\n", "heading 1: 1. Homes"),
        (f"Where next?\n\n{SENTENCE}\n", "heading 1: Where next?"),
        (f"Our view\n\n{SENTENCE}\n", "label: Our view"),
        (f"We would like to hear from you, so please get in touch\n\n{SENTENCE}\n", "body"),
        (f"Tel: 020 7946 0123\n\n{SENTENCE}\n", "body"),
        (f"No department can do this alone”\n\n{SENTENCE}\n", "body"),
        (f"A strategy is needed, and soon;\n\n{SENTENCE}\n", "body"),
        ("The Government’s response\n\nIt came late.\n", "heading 1: The Government’s response"),
    ],
)
def test_what_is_a_heading(tmp_path: Path, text: str, expected: str) -> None:
    line = shape(read(tmp_path, f"Title\n\nA first line.\n\n{SENTENCE}\n\n{text}"))[3]
    assert line.startswith(expected)


@pytest.mark.parametrize("gap", ["\r\n", "\r", "\n", " \n\t"])
@pytest.mark.parametrize("alphabet", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_line_ends_and_alphabets(tmp_path: Path, gap: str, alphabet: str) -> None:
    text = gap.join(["Homes", "", "They cost £5\u00a0million – at least.", "", "• One"])
    assert shape(read(tmp_path, text.encode(alphabet))) == [
        "title: Homes",
        "body: They cost £5\u00a0million – at least.",
        "bullet 1: One",
    ]


def test_a_form_feed_ends_a_paragraph_and_other_control_characters_are_spaces(tmp_path: Path) -> None:
    assert shape(read(tmp_path, "Homes\n\nOne.\x0cTwo\x07three.\n")) == [
        "title: Homes",
        "body: One.",
        "body: Two three.",
    ]


COOKIES = """Homes

Children need homes.

Cookies on this site

We use optional cookies to see how people read our pages.

Essential cookies

Essential cookies keep the site safe.
"""


@pytest.mark.parametrize(
    ("end", "reasons"),
    [
        ("\n\n\nWalking to school\n\n£9 million for buses\n", ["links to other articles"] * 2),
        (
            "\n\nHelping everyone\n1 Long Road, Anytown\nTel 01632 960000Contact Us\n\nMade by A | web design by B\n",
            ["footer"] * 4,
        ),
        ("\n\nShare this page\n\nBack to top\n", ["sharing", "navigation"]),
        ("\n\nHome > News > Homes\n", ["navigation"]),
        ("\n\nContact\n\nPublic Affairs, 020 7946 0123\n", []),
        ("\n\n\nContact\n\nJo Bloggs\n", []),
        ("\n\n\nHomes for all\n\nThey must come first.\n", []),
        ("\n\nParents should be told when a site sets cookies.\n", []),
        ("\n\nWe hold that sharing this page of evidence would help.\n", []),
    ],
)
def test_page_furniture(tmp_path: Path, end: str, reasons: list[str]) -> None:
    found = left(tmp_path, f"Homes\n\n{SENTENCE}{end}")
    assert [each.rpartition("(")[2].rstrip(")") for each in found] == reasons


def test_a_cookie_notice_is_left_out_whole(tmp_path: Path) -> None:
    assert len(left(tmp_path, COOKIES)) == 4
    assert shape(read(tmp_path, COOKIES)) == ["title: Homes", "body: Children need homes."]


# Markdown.


def test_markdown_is_read_as_a_tree(tmp_path: Path) -> None:
    text = (
        "---\ntitle: X\n---\n\n# Homes\n\nThursday 8 December 2022\n\n## Key messages\n\n- One **two**\n  - Deep\n\n"
        "  And on.[^a]\n\n### Costs\n\n> Said so.\n\n| A | B |\n|---|---|\n| `1` | 2 |\n\n**Our hopes**\n\nBe [brave](https://a.example).\n"
        "\n[^a]: Where it is from.\n"
    )
    proof = read(tmp_path, text, "sent.md")
    assert shape(proof) == [
        "title: Homes", "date: Thursday 8 December 2022", "heading 1: Key messages", "bullet 1: One two", "bullet 2: Deep",
        "body 1: And on.", "heading 2: Costs", "body: Said so.", "cell: A", "cell: B", "cell: 1", "cell: 2",
        "heading 3: Our hopes", "body: Be brave.",
    ]  # fmt: skip
    assert [*lines(proof.document)][-1] == "Where it is from."
    place = proof.rows[3].span("two")
    assert (place.line, place.column) == (11, 9)
    assert [each.kind for each in proof.passages if each.text == "Said so."] == ["quotations"]
    assert str(proof.day) == "2022-12-08"


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    assert shape(read(tmp_path, "---\n\nFirst.\n\n---\n\nSecond.\n", "sent.md")) == ["body: First.", "body: Second."]


HIDDEN = """# Homes

First<br>line, <b>bold</b> and `code ` here.

<script>
alert("code")
</script>

Some <style>p {colour: code}</style> words.

<div>
<!-- a code
code -->
Kept.
</div>

    indented code

```
fenced code
```
"""


def test_code_and_html_in_markdown_are_no_prose_and_every_word_keeps_its_place(tmp_path: Path) -> None:
    proof = read(tmp_path, HIDDEN, "sent.md")
    assert shape(proof) == [
        "title: Homes", "body: First line, bold and code  here.", "body: Some words.", "body: Kept.",
        "literal: indented code", "literal: fenced code",
    ]  # fmt: skip
    assert [found for each in proof.passages for found in re.findall("[A-Za-z]+", each.words)] == [
        "Homes", "First", "line", "bold", "and", "here", "Some", "words", "Kept",
    ]  # fmt: skip
    for word in ("line", "bold", "here", "words", "Kept"):
        passage = next(each for each in proof.passages if word in each.words)
        span = passage.span(passage.words.index(word), passage.words.index(word) + len(word))
        assert HIDDEN[span.start : span.end] == word


def test_a_tag_that_is_named_in_code_hides_nothing(tmp_path: Path) -> None:
    assert shape(read(tmp_path, "A `<script>` tag is text.\n", "sent.md")) == ["body: A <script> tag is text."]


# HTML.

PAGE = """<!doctype html><html><head><title>Homes | A site</title><style>p {color: red}</style></head><body class="social-care">
<div id="cookie-banner"><p>We set cookies.</p></div><header><nav><a href="/">Home</a></nav></header>
<main><h1>Homes</h1><p>One&nbsp;&amp; <b>two</b><script>alert(1)</script>.</p><div class="social-care-news"><h2>Costs</h2>
<ul><li>One<ul><li>Deep</li></ul>and on</li><li><p>Two</p></li></ul><p>First<br>line<br><br>Second line</p></div>
<blockquote><p>Said so.</p></blockquote><table><tr><th>A<th>B<tr><td>1<td>2</table>
<dl><dt>Word</dt><dd>Meaning</dd></dl><div class="social-share">Tweet it</div></main>
<footer>A footer</footer></body></html>"""


def test_html_is_read_as_a_tree(tmp_path: Path) -> None:
    assert shape(read(tmp_path, PAGE, "sent.html")) == [
        "title: Homes", "standfirst: One\u00a0& two.", "heading 1: Costs", "bullet 1: One", "bullet 2: Deep", "body 1: and on",
        "bullet 1: Two", "body: First line", "body: Second line", "body: Said so.", "cell: A", "cell: B", "cell: 1", "cell: 2",
        "body: Word", "body: Meaning",
    ]  # fmt: skip


def test_what_a_site_puts_round_a_page_is_left_out_and_said(tmp_path: Path) -> None:
    assert left(tmp_path, PAGE, "sent.html") == [
        "“We set cookies.” (cookie notice)",
        "“Home” (header)",
        "“Tweet it” (sharing)",
        "“A footer” (footer)",
    ]


def test_a_class_about_social_care_is_no_furniture(tmp_path: Path) -> None:
    page = '<div class="social-care related-reviews"><p>Children need homes.</p></div>'
    assert left(tmp_path, page, "sent.html") == []


# Word.


def word(tmp_path: Path, *, change: str = "") -> Path:
    """A Word file as another program makes it, and some XML put into its last paragraph."""
    made = docx.Document()
    made.add_heading("Homes", 0)
    made.add_heading("Costs", 1)
    made.add_paragraph("One", "List Bullet")
    made.add_paragraph("Deep", "List Bullet 2")
    made.add_paragraph("First", "List Number")
    made.add_paragraph().add_run("Our hopes").bold = True
    made.add_paragraph("A quotation", "Quote")
    table = made.add_table(2, 2)
    for number, cell in enumerate(each for row in table.rows for each in row.cells):
        cell.text = f"Cell {number}"
    last = made.add_paragraph("Kept")
    if change:
        last._p.append(parse_xml(change))
    made.sections[0].header.paragraphs[0].text = "An office"
    path = tmp_path / "sent.docx"
    made.save(str(path))
    return path


def last(tmp_path: Path, change: str) -> str:
    """The last line of a Word file with some XML in it."""
    proof, _, faults = finished(word(tmp_path, change=change))
    assert proof is not None, faults
    return proof.rows[-1].text


def test_word_is_read_as_a_tree(tmp_path: Path) -> None:
    proof, left_out, _ = finished(word(tmp_path))
    assert proof is not None
    assert shape(proof) == [
        "title: Homes", "heading 1: Costs", "bullet 1: One", "bullet 2: Deep", "bullet 1: First", "heading 2: Our hopes",
        "body: A quotation", "cell: Cell 0", "cell: Cell 1", "cell: Cell 2", "cell: Cell 3", "body: Kept",
    ]  # fmt: skip
    assert left_out == ["“An office” (running header)"]
    assert (proof.rows[3].place.line, proof.rows[3].place.text) == (4, "Deep")
    assert [row.group for row in proof.rows if row.text == "A quotation"] == ["quotation"]


W = nsdecls("w")
T = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (f"<w:ins {W} w:id='1' w:author='A'>{T.format(' added')}</w:ins>", "Kept added"),
        (f"<w:del {W} w:id='1' w:author='A'><w:r><w:delText> gone</w:delText></w:r></w:del>", "Kept"),
        (f"<w:moveFrom {W} w:id='1' w:author='A'>{T.format(' gone')}</w:moveFrom>", "Kept"),
        (f"<w:sdt {W}><w:sdtContent>{T.format(' held')}</w:sdtContent></w:sdt>", "Kept held"),
        (f"<w:hyperlink {W} w:anchor='x'>{T.format(' linked')}</w:hyperlink>", "Kept linked"),
        (f"<w:fldSimple {W} w:instr='DATE'>{T.format(' today')}</w:fldSimple>", "Kept today"),
        (f"<w:r {W}><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r>", "Kept"),
        (f"<w:r {W}><w:fldChar w:fldCharType='begin'/></w:r>", "Kept"),
        (f"<w:r {W}><w:tab/><w:t>apart</w:t><w:br/><w:t>below</w:t></w:r>", "Kept apart below"),
    ],
)
def test_changes_and_wrappings_in_word(tmp_path: Path, change: str, expected: str) -> None:
    assert last(tmp_path, change) == expected


# The mirror of the writers.


def _listings(document: Document) -> list[Listing]:
    def inside(node: Node | Item) -> list[Listing]:
        match node:
            case Group(content=content) | Item(content=content):
                return [found for each in content for found in inside(each)]
            case Listing(items=items):
                return [node, *(found for each in items for found in inside(each))]
        return []

    return [found for node in document.content for found in inside(node)]


def structure(document: Document) -> list[tuple[str, int, str]]:
    """The lines with the levels of headings and the depths of bullets. Further paragraphs of a bullet have its depth."""
    proof = Proof("", Path(), document, [], lambda _: (None, None))
    return [("heading" if row.part == "heading" else "", row.level, row.text) for row in proof.rows]


def _has_amendments(brief: str) -> bool:
    """Their numbers stand alone in bold, as headings do in files from elsewhere, and are read as such."""
    return any(isinstance(each, Paragraph) and each.role == "literal" for each in walk(built(brief)[0].content))


@pytest.mark.parametrize("brief", [brief for brief in BRIEFS if not _has_amendments(brief)])
@pytest.mark.parametrize("kind", ["md", "html", "docx"])
def test_what_is_written_is_read_again(brief: str, kind: str, tmp_path: Path) -> None:
    document, made = built(brief)
    proof, _, faults = finished(_saved(tmp_path, made[kind], f"briefing.{kind}"))
    assert proof is not None, faults
    assert structure(proof.document) == structure(document)
    written = [line for line in lines(document) if line != "Sources"]  # over footnotes Markdown and Word print none
    assert [line for line in lines(proof.document) if line != "Sources"] == written
    assert str(proof.day) == document.properties.date


words = st.text(st.sampled_from("abc [](){}*_#-+.>1\\`|“”é"), min_size=1, max_size=12).map(lambda text: f"a{text}a")
trees = st.recursive(
    words.map(lambda text: Item((said_text(text),))),
    lambda inner: st.tuples(words, st.lists(inner, min_size=1, max_size=3), st.booleans()).map(
        lambda each: Item((said_text(each[0]), Listing(tuple(each[1]), each[2])))
    ),
    max_leaves=6,
)


def said_text(text: str) -> Any:
    return said(Text(text))


@given(st.lists(st.tuples(words, st.lists(trees, min_size=1, max_size=3)), min_size=1, max_size=3))
def test_any_tree_is_read_again(tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[str, list[Item]]]) -> None:
    content: list[Node] = [Group("front", (Paragraph((Text("Title"),), Origin(""), "title"),))]
    for heading, items in parts:
        content += [Heading(1, (Text(heading),), Origin("")), Listing(tuple(items))]
    document = Document(PROPERTIES, tuple(content))
    made = markdown.write(document, shipped_style("lga"))
    proof = read(tmp_path_factory.mktemp("md"), made, "sent.md")
    squeezed = [(part, level, " ".join(text.split())) for part, level, text in structure(document)]
    assert structure(proof.document) == squeezed


# What cannot be read.


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(f"word/{name}.xml", data)
    return made.getvalue()


BOMB = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in b"bcdefgh"
)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("sent.docx", b"not a package", "damaged"),
        ("sent.docx", b"", "damaged"),
        ("sent.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
        ("sent.docx", zipped(other=b"<a/>"), "damaged"),
        ("sent.docx", zipped(document=b"<broken"), "damaged"),
        ("sent.docx", zipped(document=b"<a/>"), "damaged"),
        ("sent.docx", zipped(document=BOMB + b"]><a>&h;</a>"), "damaged"),
        ("sent.docx", zipped(document=b'<!DOCTYPE a [<!ENTITY b SYSTEM "/etc/hostname">]><a>&b;</a>'), "not read"),
        ("sent.docx", zipped(document=b" " * 61_000_000), "unpacks"),
        ("sent.txt", b"", "no words"),
        ("sent.txt", b"\x00\x01\x02", "not text"),
        ("sent.txt", b"a\n" * 101_000, "too long"),
        ("sent.md", b"\n\n", "no words"),
        ("sent.html", b"<nav>Home</nav>", "no words"),
        ("sent.html", b"", "no words"),
        ("sent.pdf", b"%PDF", "can be read"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    assert message in fault(tmp_path, data, name)


def test_a_file_that_is_too_long_is_to_be_cut(tmp_path: Path) -> None:
    """To save it again, as one does with a damaged file, would be of no use."""
    long = zipped(document=f"<w:document {W}><w:body>{f'<w:p>{T}</w:p>' * 50_001}</w:body></w:document>".encode())
    for data, name in ((b"a\n" * 101_000, "sent.txt"), (long, "sent.docx")):
        (fault,) = finished(_saved(tmp_path, data, name))[2]
        assert (fault.message[:21], fault.help) == ("This file is too long", "Cut it into several files.")


def test_many_short_lines_are_read_in_seconds(tmp_path: Path) -> None:
    path = _saved(tmp_path, "a\nb\n" * 25_000, "sent.txt")
    finished(path)


def test_a_huge_file_a_folder_and_a_missing_file_are_said(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(100_000_000)
    (tmp_path / "folder.md").mkdir()
    for name in ("huge.txt", "folder.md", "none.docx"):
        proof, left_out, faults = finished(tmp_path / name)
        assert (proof, left_out, [each.rule for each in faults]) == (None, [], ["unreadable-file"])


@pytest.mark.parametrize("name", ["sent.txt", "sent.md", "sent.html"])
@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "*a ",
        "`",
        "<a",
        "- ",
        "view all ",
        "“",
        "a\t",
        "![[",
        "_a__",
        "&",
        "cookies we use ",
        "<script ",
        "<!--",
        "`a` ",
    ],
)
def test_a_hostile_line_does_not_hang(tmp_path: Path, name: str, piece: str) -> None:
    finished(_saved(tmp_path, piece * (200_000 // len(piece)), name))


@given(data=st.binary(max_size=300), suffix=st.sampled_from(sorted(READERS)))
def test_whatever_is_in_a_file_there_is_an_answer(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    proof, _, faults = finished(_saved(tmp_path_factory.mktemp("any"), data, f"sent{suffix}"))
    assert (proof is None) == bool(faults)
