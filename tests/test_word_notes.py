"""Footnotes in Word: real ones, counted as they are read, one for each source however often it is marked."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator

from despatch.diagnostics import Span
from despatch.document import (
    Citation,
    Document,
    Footnote,
    Group,
    Heading,
    Item,
    Link,
    Listing,
    Node,
    Origin,
    Paragraph,
    Properties,
    Strong,
    Table,
    Text,
    Words,
    plain,
)
from despatch.style import Style, load_style, shipped
from despatch.writers import word
from tests.test_golden import parts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PROPERTIES = Properties(title="A debate", organisation="An office", date="2022-12-08", date_in_full="8 December 2022")
STYLES = ["lga", "plain"]


def shipped_style(name: str) -> Style:
    style, faults = load_style(name, Path("none"), Span(Path("none")))
    assert style is not None, faults
    return style


def said(*words: Text | Footnote | Strong | Link | Citation) -> Paragraph:
    return Paragraph(words, Origin("block", plain(words)))


def claim(text: str, *numbers: int) -> Paragraph:
    return said(Text(text), *map(Footnote, numbers))


def note(number: int) -> Item:
    words: Words = (Link((Text(f"Source {number}"),), f"https://example.org/{number}"), Text(", 23 May 2022."))
    return Item((Paragraph(words, Origin(f"source-{number}", "source")),))


def notes(count: int) -> Group:
    heading = Heading(1, (Text("Notes and sources"),), Origin("", "notes"))
    return Group("notes", (heading, Listing(tuple(map(note, range(1, count + 1))), ordered=True)))


def written(*content: Node, style: Style | None = None) -> bytes:
    return word.write(Document(PROPERTIES, content), style or shipped_style("lga"))


class Read:
    """What a Word file says of its footnotes."""

    def __init__(self, file: bytes) -> None:
        self.parts = parts(file)
        self.body = etree.fromstring(self.parts["word/document.xml"])
        part = self.parts.get("word/footnotes.xml")
        self.footnotes = etree.fromstring(part) if part else None

    @property
    def marks(self) -> list[str]:
        """The text of the footnote that each of Word's own marks leads to, in reading order."""
        assert self.footnotes is not None
        text = {each.get(f"{W}id"): "".join(map(str, each.itertext())).strip() for each in self.footnotes}
        return [text[each.get(f"{W}id")] for each in self.body.iter(f"{W}footnoteReference")]

    @property
    def repeats(self) -> list[tuple[str, str]]:
        """Each mark that repeats another: the footnote of the mark it repeats, and the number it shows."""
        xml = self.parts["word/document.xml"].decode()
        marked = dict(re.findall(r'w:name="(\w+)"/><w:r>(?:(?!</w:r>).)*<w:footnoteReference w:id="(\d+)"', xml))
        ids = [each.get(f"{W}id") for each in self.body.iter(f"{W}footnoteReference")]
        found = re.findall(r"> NOTEREF (\w+) \\f \\h <.*?separate.*?<w:t [^>]*>(\d+)</w:t>", xml)
        return [(self.marks[ids.index(marked[bookmark])], shown) for bookmark, shown in found]

    @property
    def text(self) -> list[str]:
        """The paragraphs of the body that have words."""
        texts = ("".join(each.text or "" for each in p.iter(f"{W}t")) for p in self.body.iter(f"{W}p"))
        return [text for text in texts if text]


def source(number: int) -> str:
    return f"Source {number}, 23 May 2022."


def test_a_source_that_is_marked_again_keeps_its_number_and_its_note() -> None:
    read = Read(written(claim("One", 1), claim("Two", 2), claim("One again", 1), notes(2)))
    assert read.marks == [source(1), source(2)]
    assert read.repeats == [(source(1), "1")]
    assert read.text == ["One", "Two", "One again1"]


def test_notes_count_as_they_are_read_even_from_inside_a_table() -> None:
    table = Table((said(Text("Figure")).words,), ((claim("In a cell", 3).words,),), Origin("t", "facts"))
    read = Read(written(table, claim("After it", 1), claim("And last", 3, 2), notes(3)))
    assert read.marks == [source(3), source(1), source(2)]
    assert read.repeats == [(source(3), "1")]


def test_marks_inside_links_and_strong_words_are_real_ones() -> None:
    linked = said(Link((Text("A report"), Footnote(1)), "https://example.org"), Strong((Text("Bold"), Footnote(2))))
    read = Read(written(linked, notes(2)))
    assert read.marks == [source(1), source(2)]


def test_the_group_of_notes_is_not_printed_where_it_stands() -> None:
    assert Read(written(claim("One", 1), notes(1))).text == ["One"]


def test_a_note_without_a_mark_is_printed_under_the_heading() -> None:
    read = Read(written(claim("One", 2), notes(3)))
    assert read.marks == [source(2)]
    assert read.text == ["One", "Notes and sources", source(1), source(3)]


def test_a_mark_without_a_note_still_shows_its_number() -> None:
    file = written(claim("One", 7))
    assert Read(file).text == ["One7"]
    assert "word/footnotes.xml" not in parts(file)


def test_a_note_may_have_several_paragraphs_a_list_and_a_mark_of_its_own() -> None:
    listing = Listing((Item((said(Text("a point")),)),))
    long = Item((said(Text("First. "), Footnote(2)), listing, said(Text("Last."))))
    group = Group("notes", (Listing((long, *notes(2).content[1].items[1:]), ordered=True),))  # type: ignore[union-attr]
    read = Read(written(claim("One", 1), claim("Two", 2), group))
    assert read.footnotes is not None
    first = next(each for each in read.footnotes if each.get(f"{W}id") == "1")
    assert ["".join(t.text or "" for t in p.iter(f"{W}t")).strip() for p in first] == ["First. 2", "a point", "Last."]
    assert read.marks[1] == source(2)


@given(st.lists(st.integers(1, 6), max_size=12))
def test_every_note_is_read_once_and_every_mark_leads_to_its_own(marks: list[int]) -> None:
    read = Read(written(*(claim(f"Claim {place}", number) for place, number in enumerate(marks)), notes(6)))
    order = list(dict.fromkeys(marks))
    left = [source(number) for number in range(1, 7) if number not in order]
    assert (read.marks if order else []) == [source(number) for number in order]
    assert read.text[len(marks) :] == (["Notes and sources", *left] if left else [])
    again = [number for place, number in enumerate(marks) if number in marks[:place]]
    assert (read.repeats if order else []) == [(source(each), str(order.index(each) + 1)) for each in again]


@pytest.mark.parametrize("style", STYLES)
def test_notes_have_the_styles_of_the_reference_document(style: str) -> None:
    read = Read(written(claim("One", 1), claim("Again", 1), notes(1), style=shipped_style(style)))
    assert read.footnotes is not None
    (paragraph,) = [p for each in read.footnotes if each.get(f"{W}id") == "1" for p in each]
    assert paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "FootnoteText"  # type: ignore[union-attr]
    runs = list(paragraph.iter(f"{W}r"))
    assert runs[0].find(f"{W}footnoteRef") is not None
    assert runs[1].findtext(f"{W}t") == " "
    for run in (runs[0], *(each.getparent() for each in read.body.iter(f"{W}footnoteReference", f"{W}instrText"))):
        assert run is not None
        assert run.find(f"{W}rPr/{W}rStyle").get(f"{W}val") == "FootnoteReference"  # type: ignore[union-attr]


def test_a_link_in_a_note_belongs_to_the_notes_part() -> None:
    made = parts(written(said(Text("One"), Footnote(1)), notes(1)))
    assert b"https://example.org/1" in made["word/_rels/footnotes.xml.rels"]
    assert b"https://example.org/1" not in made["word/_rels/document.xml.rels"]


def test_a_note_keeps_the_bookmark_of_its_source() -> None:
    made = parts(written(said(Text("One"), Footnote(1)), notes(1)))
    assert Origin("source-1", "source").anchor.encode() in made["word/footnotes.xml"]


@pytest.mark.parametrize("style", STYLES)
def test_word_accepts_the_file_and_python_docx_reads_it(style: str, tmp_path: Path) -> None:
    table = Table((claim("Figure", 1).words,), ((claim("46", 3, 1).words,),), Origin("t", "facts"))
    path = tmp_path / "notes.docx"
    path.write_bytes(written(claim("One", 1, 2), table, notes(4), style=shipped_style(style)))
    result = OpenXmlValidator().validate(path)
    assert result.is_valid, result.errors
    settings = etree.fromstring(parts(path.read_bytes())["word/settings.xml"])
    assert [each.get(f"{W}id") for each in settings.iterfind(f"{W}footnotePr/{W}footnote")] == ["-1", "0"]
    assert docx.Document(io.BytesIO(path.read_bytes())).paragraphs[0].text == "One, "  # between the marks 1 and 2


def test_equal_documents_give_equal_bytes() -> None:
    content = (claim("One", 1), claim("Two", 2, 1), notes(3))
    assert written(*content) == written(*content)


# Footnotes that a designer has in the reference document.


def designed(folder: Path, *, before: bool, after: bool) -> Style:
    """The lga style, whose designer has a separator and footnotes of their own round the text."""
    shutil.copytree(shipped() / "lga", folder)
    made = parts((folder / "reference.docx").read_bytes())
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:t>Ours</w:t></w:r><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    texts = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        for number, text in ((1, "Designer before"), (2, "Designer after"))
    )
    made["word/footnotes.xml"] = f'<w:footnotes xmlns:w="{W[1:-1]}">{lines}{texts}</w:footnotes>'.encode()
    _insert(made, "[Content_Types].xml", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>')
    relationship = f'<Relationship Id="rId77" Type="{office}" Target="footnotes.xml"/></Relationships>'
    _insert(made, "word/_rels/document.xml.rels", relationship)
    head, text, section = re.split("(?=<w:p>)|(?=<w:sectPr>)", made["word/document.xml"].decode())
    mark = '<w:p><w:r><w:t>{}</w:t></w:r><w:r><w:footnoteReference w:id="{}"/></w:r></w:p>'
    around = (mark.format("Cover", 1) if before else "", mark.format("Back", 2) if after else "")
    made["word/document.xml"] = f"{head}{around[0]}{text}{around[1]}{section}".encode()
    with zipfile.ZipFile(folder / "reference.docx", "w") as package:
        for name, data in made.items():
            package.writestr(name, data)
    return replace(shipped_style("lga"), folder=folder)


def _insert(made: dict[str, bytes], name: str, last: str) -> None:
    """Put something before the end tag with which it is given."""
    end = last[last.rindex("</") :]
    made[name] = made[name].decode().replace(end, last).encode()


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("after", [True, False])
def test_a_designers_own_footnotes_are_kept_and_counted(before: bool, after: bool, tmp_path: Path) -> None:
    style = designed(tmp_path / "designed", before=before, after=after)
    read = Read(written(claim("One", 2), claim("Two", 1, 2), notes(2), style=style))
    ours = [source(2), source(1)]
    assert read.marks == ["Designer before"] * before + ours + ["Designer after"] * after
    assert read.repeats == [(source(2), str(1 + before))]
    assert read.footnotes is not None
    assert [each.get(f"{W}type") for each in read.footnotes][:2] == ["separator", "continuationSeparator"]
    assert "Ours" in "".join(str(text) for text in read.footnotes[0].itertext())
    assert sum("footnotes" in name for name in read.parts) == 2  # the part, and its relationships
    ids = [each.get(f"{W}id") for each in read.footnotes]
    assert len(ids) == len(set(ids))


def test_a_designers_footnotes_stay_as_they_are_without_notes(tmp_path: Path) -> None:
    style = designed(tmp_path / "designed", before=True, after=True)
    read = Read(written(said(Text("One")), style=style))
    assert read.marks == ["Designer before", "Designer after"]
    assert (
        read.parts["word/footnotes.xml"] == parts((style.folder / "reference.docx").read_bytes())["word/footnotes.xml"]
    )


def test_a_reference_document_may_call_words_namespace_something_else(tmp_path: Path) -> None:
    """Other programs that save Word files do."""
    folder = tmp_path / "designed"
    shutil.copytree(shipped() / "lga", folder)
    made = parts((folder / "reference.docx").read_bytes())
    text = re.sub(r"(?<=[</ ])w:", "z:", made["word/document.xml"].decode())
    made["word/document.xml"] = text.replace("xmlns:w=", "xmlns:z=").encode()
    with zipfile.ZipFile(folder / "reference.docx", "w") as package:
        for name, data in made.items():
            package.writestr(name, data)
    content = (claim("One", 1), notes(1))
    other, usual = (
        Read(written(*content, style=each)) for each in (replace(shipped_style("lga"), folder=folder), None)
    )
    assert other.text == usual.text
    assert other.marks == [source(1)]
