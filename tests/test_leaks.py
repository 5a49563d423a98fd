"""What must not leave the building: planted by hand in one place of a finished file at a time, it is found there."""

from __future__ import annotations

import base64
import io
import json
import shutil
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from despatch.build import Tailoring, laid_out, prepare, printed
from despatch.content import Library
from despatch.diagnostics import Diagnostics
from despatch.leaks import _printed_facts, secrets, verify
from despatch.load import load_brief, load_library
from despatch.withheld import Secret
from tests.helpers import ROOT, run, workspace
from tests.test_golden import BRIEFS, WORKSPACE, parts
from tests.test_real_word import LORDS, convert, needs_office

FORMATS = ["docx", "md", "html", "txt"]
HOMELESS = Tailoring(without=("homes",))
Parts = dict[str, bytes]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@cache
def library() -> Library:
    return load_library(WORKSPACE.seeds)[0]


@cache
def made(brief: str = LORDS, tailoring: Tailoring = HOMELESS, to: str = "docx") -> bytes:
    """A finished file of the example workspace; nothing, where nothing is left to print."""
    path = ROOT / "briefs" / f"{brief}.yaml"
    prepared, _ = prepare(WORKSPACE, path, library(), tailoring)
    assert prepared is not None
    document, _ = laid_out(prepared, tailoring, path)
    return printed(document, prepared.style, [to])[0][to] if document else b""


@cache
def withheld(tailoring: Tailoring = HOMELESS) -> list[Secret]:
    """Every text that the Lords briefing withholds."""
    prepared, _ = prepare(WORKSPACE, ROOT / "briefs" / f"{LORDS}.yaml", library(), tailoring)
    assert prepared is not None
    others = [load_brief(ROOT / "briefs" / f"{name}.yaml", library())[0] for name in BRIEFS if name != LORDS]
    return secrets(prepared.selection, [each for each in others if each], prepared.style)


def saved(data: bytes, folder: Path, tailoring: Tailoring = HOMELESS, suffix: str = "docx", brief: str = LORDS) -> Path:
    """A file under the name that its build gives it."""
    path = folder / f"{brief}{f'--{tailoring.flags}' if tailoring.flags else ''}.{suffix}"
    path.write_bytes(data)
    return path


def found(path: Path, name: str = "") -> Diagnostics:
    return verify([path], WORKSPACE, library(), name)[1]


def zipped(made: Parts, comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.comment = comment
        for name, data in made.items():
            package.writestr(name, data)
    return buffer.getvalue()


# Hiding places.

SECRET = next(each.printed for each in withheld() if each.field == "text" and len(each.printed) > 120).strip()
NOTE = next(each.printed for each in withheld() if each.field == "note" and len(each.printed) > 60).strip()
DOCUMENT = "word/document.xml"


def xml(words: str) -> str:
    return " ".join(words.split()).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def before_end(name: str, written: str, tag: str) -> Callable[[Parts, str], None]:
    """Something written just before a part's element ends."""

    def plant(made: Parts, words: str) -> None:
        text, end = made[name].decode(), f"</{tag}>"
        assert end in text, name
        at = text.rindex(end)
        made[name] = (text[:at] + written.replace("WORDS", xml(words)) + text[at:]).encode()

    return plant


def in_body(written: str) -> Callable[[Parts, str], None]:
    """Something at the start of the text."""

    def plant(made: Parts, words: str) -> None:
        text = made[DOCUMENT].decode()
        at = text.index("<w:body>") + len("<w:body>")
        made[DOCUMENT] = (text[:at] + written.replace("WORDS", xml(words)) + text[at:]).encode()

    return plant


def new_part(name: str, written: str) -> Callable[[Parts, str], None]:
    def plant(made: Parts, words: str) -> None:
        made[name] = written.replace("WORDS", xml(words)).encode()

    return plant


def story(tag: str, inner: str) -> str:
    return f'<w:{tag} xmlns:w="{W}">{inner}</w:{tag}>'


def in_runs(words: str, length: int = 3) -> str:
    pieces = [xml(words)[at : at + length] for at in range(0, len(xml(words)), length)]
    return "".join(f'<w:r><w:t xml:space="preserve">{each}</w:t></w:r>' for each in pieces)


def split_over_runs(made: Parts, words: str) -> None:
    in_body(f"<w:p>{in_runs(words.replace('&', 'and'))}</w:p>")(made, "")


def split_over_paragraphs(made: Parts, words: str) -> None:
    paragraphs = "".join(f"<w:p><w:r><w:t>{xml(word)}</w:t></w:r></w:p>" for word in words.split())
    in_body(paragraphs)(made, "")


def in_workbook(made: Parts, words: str) -> None:
    name = next(each for each in made if each.endswith(".xlsx"))
    inner = parts(made[name])
    inner["xl/comments1.xml"] = f"<comments><text>{xml(words)}</text></comments>".encode()
    made[name] = zipped(inner)


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def in_picture(kind: bytes) -> Callable[[Parts, str], None]:
    def plant(made: Parts, words: str) -> None:
        text = b"Comment\0" + (words.encode() if kind == b"tEXt" else b"\0" + zlib.compress(words.encode()))
        made["word/media/image1.png"] = b"\x89PNG\r\n\x1a\n" + chunk(kind, text) + chunk(b"IEND", b"")

    return plant


def in_base64(made: Parts, words: str) -> None:
    coded = base64.b64encode(words.encode()).decode()
    made["customXml/item1.xml"] = f"<data>{coded}</data>".encode()


def in_object(made: Parts, words: str) -> None:
    made["word/embeddings/oleObject1.bin"] = b"\xd0\xcf\x11\xe0" + bytes(509) + words.encode("utf-16-le")


def in_page(made: Parts, words: str) -> None:
    made["word/afchunk.htm"] = f"<html><body>{words.replace(' ', '<b></b> ')}</body></html>".encode()


def in_name(made: Parts, words: str) -> None:
    made[f"customXml/{words.replace(' ', '-')}.bin"] = b"x"


def in_address(made: Parts, words: str) -> None:
    name = "word/_rels/document.xml.rels"
    link = f'<Relationship Id="rId999" Type="x" TargetMode="External" Target="mailto:a@b.example?body={xml(words).replace(" ", "%20")}"/>'
    before_end(name, link, "Relationships")(made, "")


def in_property(made: Parts, words: str) -> None:
    before_end(
        "docProps/custom.xml",
        '<op:property xmlns:op="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" name="Draft line">'
        "<x>WORDS</x></op:property>",
        "op:Properties" if b"</op:Properties>" in made["docProps/custom.xml"] else "Properties",
    )(made, words)


def run_of(properties: str, tag: str = "t") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:{tag}>WORDS</w:{tag}></w:r>"


HIDING: dict[str, tuple[Callable[[Parts, str], None], str]] = {
    "a paragraph": (in_body(f"<w:p>{run_of('')}</w:p>"), "The text holds"),
    "runs that split its words": (split_over_runs, "The text holds"),
    "paragraphs of one word each": (split_over_paragraphs, "The text holds"),
    "hidden text": (in_body(f"<w:p>{run_of('<w:vanish/>')}</w:p>"), "Hidden text holds"),
    "a tracked deletion": (
        in_body(f'<w:p><w:del w:id="901" w:author="Jo">{run_of("", "delText")}</w:del></w:p>'), "Deleted text holds"),
    "a tracked insertion": (in_body(f'<w:p><w:ins w:id="901" w:author="Jo">{run_of("")}</w:ins></w:p>'), "The text holds"),
    "moved text": (in_body(f'<w:p><w:moveFrom w:id="901" w:author="Jo">{run_of("")}</w:moveFrom></w:p>'), "Deleted text holds"),
    "a comment": (
        new_part("word/comments.xml", story("comments", f'<w:comment w:id="1" w:author="Jo"><w:p>{run_of("")}</w:p></w:comment>')),
        "A comment holds"),
    "a bookmark’s name": (in_body('<w:bookmarkStart w:id="900" w:name="WORDS"/><w:bookmarkEnd w:id="900"/>'), "A bookmark’s name"),
    "a field’s code": (
        in_body('<w:p><w:r><w:instrText>SET x "WORDS"</w:instrText></w:r></w:p>'), "A field’s code holds"),
    "a simple field": (in_body('<w:p><w:fldSimple w:instr=" SET x WORDS "/></w:p>'), "A field’s code holds"),
    "a picture’s alternative text": (
        in_body('<w:p><w:r><w:drawing><wp:docPr xmlns:wp="x" id="9" name="P" descr="WORDS"/></w:drawing></w:r></w:p>'),
        "A picture’s alternative text holds"),
    "a table’s alternative text": (
        in_body('<w:tbl><w:tblPr><w:tblDescription w:val="WORDS"/></w:tblPr></w:tbl>'), "A table’s alternative text holds"),
    "a content control": (in_body('<w:sdt><w:sdtPr><w:tag w:val="WORDS"/></w:sdtPr></w:sdt>'), "A content control’s name holds"),
    "a form field": (in_body('<w:ffData><w:helpText w:val="WORDS"/></w:ffData>'), "A form field holds"),
    "a link’s tip": (in_body('<w:p><w:hyperlink w:tooltip="WORDS"/></w:p>'), "The tip over a link holds"),
    "an unknown attribute": (in_body('<w:p w:secret="WORDS"/>'), "The text’s code holds"),
    "a remark in the code": (in_body("<!-- WORDS -->"), "A remark in the file’s code holds"),
    "an instruction in the code": (in_body("<?keep WORDS?>"), "A remark in the file’s code holds"),
    "behind the last element": (
        lambda made, words: made.update({DOCUMENT: made[DOCUMENT] + f"<!-- {words} -->".encode()}),
        "A remark in the file’s code holds"),
    "a header": (before_end("word/header1.xml", f"<w:p>{run_of('')}</w:p>", "w:hdr"), "A header holds"),
    "a footer": (before_end("word/footer1.xml", f"<w:p>{run_of('')}</w:p>", "w:ftr"), "A footer holds"),
    "a footnote": (
        before_end("word/footnotes.xml", f'<w:footnote w:id="99"><w:p>{run_of("")}</w:p></w:footnote>', "w:footnotes"),
        "A footnote holds"),
    "an endnote": (
        new_part("word/endnotes.xml", story("endnotes", f'<w:endnote w:id="1"><w:p>{run_of("")}</w:p></w:endnote>')),
        "An endnote holds"),
    "a stored building block": (
        new_part("word/glossary/document.xml", story("glossaryDocument", f"<w:p>{run_of('')}</w:p>")), "A stored building block holds"),
    "the description in the properties": (
        before_end("docProps/core.xml", "<description>WORDS</description>", "cp:coreProperties"), "The file’s properties: description"),
    "a custom property": (in_property, "The file’s properties: custom property Draft line holds"),
    "the manager in the properties": (
        before_end("docProps/app.xml", "<Manager>WORDS</Manager>", "ep:Properties"), "The file’s properties: manager"),
    "a document variable": (
        before_end("word/settings.xml", '<w:docVars><w:docVar w:name="x" w:val="WORDS"/></w:docVars>', "w:settings"),
        "A document variable holds"),
    "the settings for mail merge": (
        before_end("word/settings.xml", '<w:mailMerge><w:query w:val="WORDS"/></w:mailMerge>', "w:settings"),
        "The settings for mail merge holds"),
    "data kept beside the text": (new_part("customXml/item1.xml", "<a><b>WORDS</b></a>"), "Data kept beside the text holds"),
    "base64 in such data": (in_base64, "Data kept beside the text holds"),
    "a style’s name": (
        before_end("word/styles.xml", '<w:style w:styleId="x"><w:name w:val="WORDS"/></w:style>', "w:styles"), "The list of styles holds"),
    "a chart": (before_end("word/charts/chart1.xml", "<a>WORDS</a>", "c:chartSpace"), "A chart holds"),
    "the workbook behind a chart": (in_workbook, "The workbook behind a chart holds"),
    "an embedded object": (in_object, "An embedded file holds"),
    "an embedded page": (in_page, "The part word/afchunk.htm holds"),
    "a picture’s comment": (in_picture(b"tEXt"), "A picture holds"),
    "a picture’s packed comment": (in_picture(b"zTXt"), "A picture holds"),
    "a link’s address": (in_address, "A link’s address holds"),
    "the name of a part": (in_name, "The name of a part holds"),
    "a part that is no sound XML": (new_part("customXml/item2.xml", "<a><b>WORDS</a>"), "Data kept beside the text holds"),
    "a part with a document type": (
        new_part("customXml/item2.xml", '<!DOCTYPE a [<!ENTITY e "WORDS">]><a>&e;</a>'), "Data kept beside the text holds"),
}  # fmt: skip
"""Each place, how to hide something there, and how what is said of it begins."""


def said_of(path: Path, words: str) -> list[str]:
    """The messages about leaks that quote the beginning of these words."""
    start = " ".join(words.split()[:5])
    return [
        each.message for each in found(path) if each.rule == "leak" and (start in each.message or words in each.message)
    ]


@pytest.mark.parametrize("place", HIDING)
def test_a_withheld_point_is_found_wherever_it_is_hidden(place: str, tmp_path: Path) -> None:
    inside = parts(made())
    plant, begins = HIDING[place]
    plant(inside, SECRET)
    messages = said_of(saved(zipped(inside), tmp_path), SECRET)
    assert [each for each in messages if each.startswith(begins)], messages


@pytest.mark.parametrize("place", ["a paragraph", "a comment", "a custom property", "a header", "a document variable"])
def test_a_note_is_found_as_a_note(place: str, tmp_path: Path) -> None:
    inside = parts(made())
    HIDING[place][0](inside, NOTE)
    messages = said_of(saved(zipped(inside), tmp_path), NOTE)
    assert messages
    assert all("a note of `" in each for each in messages)


def stray_entry(words: str) -> bytes:
    """A part that the package's own list does not name."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packed.compress(words.encode()) + packed.flush()
    return b"PK\x03\x04" + bytes(26) + data


OUTSIDE: dict[str, Callable[[str], bytes]] = {
    "the package’s comment": lambda words: zipped(parts(made()), words.encode()[:65_000]),
    "bytes behind the package": lambda words: made() + b"\n" + words.encode(),
    "bytes before the package": lambda words: words.encode() + made(),
    "a part that is not listed": lambda words: made() + stray_entry(words),
}


@pytest.mark.parametrize("place", OUTSIDE)
def test_a_withheld_point_is_found_outside_the_parts(place: str, tmp_path: Path) -> None:
    messages = said_of(saved(OUTSIDE[place](SECRET), tmp_path), SECRET)
    assert [each for each in messages if each.startswith("Bytes behind the parts of the file holds")], messages


PAGES: dict[str, tuple[str, Callable[[str], str]]] = {
    "html: a remark": ("html", lambda page: page.replace("<body>", "<body><!-- WORDS -->", 1)),
    "html: a meta element": ("html", lambda page: page.replace("</head>", '<meta name="x" content="WORDS"></head>', 1)),
    "html: a data attribute": ("html", lambda page: page.replace("<body>", '<body data-x="WORDS">', 1)),
    "html: a script": ("html", lambda page: page.replace("</head>", "<script>x = 'WORDS'</script></head>", 1)),
    "html: behind the end": ("html", lambda page: page + "WORDS"),
    "html: marked up": ("html", lambda page: page.replace("</main>", "<p><b>WORDS</b></p></main>", 1)),
    "md: front matter": ("md", lambda page: page.replace("---\n", "---\nx: WORDS\n", 1)),
    "md: a remark": ("md", lambda page: page + "\n<!-- WORDS -->\n"),
    "txt: a line": ("txt", lambda page: page + "\nWORDS\n"),
}


@pytest.mark.parametrize("place", PAGES)
def test_a_withheld_point_is_found_in_pages(place: str, tmp_path: Path) -> None:
    suffix, change = PAGES[place]
    page = made(to=suffix).decode()
    changed = change(page)
    assert changed != page
    assert said_of(saved(changed.replace("WORDS", SECRET).encode(), tmp_path, suffix=suffix), SECRET)


# What is clean.


@pytest.mark.parametrize("style", ["lga", "plain"])
@pytest.mark.parametrize("brief", BRIEFS)
def test_nothing_is_found_in_a_clean_build(brief: str, style: str, tmp_path: Path) -> None:
    paths = [
        saved(data, tmp_path, tailoring, suffix, brief)
        for tailoring in (
            Tailoring(style=style),
            Tailoring(style=style, length="short"),
            Tailoring(style=style, draft=True),
        )
        for suffix in FORMATS
        if (data := made(brief, tailoring, suffix))
    ]
    number, faults = verify([tmp_path], WORKSPACE, library())
    assert (number, faults) == (len(paths), [])


@needs_office
@pytest.mark.parametrize("tailoring", [HOMELESS, Tailoring(style="plain", topics=("workforce",))])
def test_nothing_is_found_in_what_libreoffice_saved(tailoring: Tailoring, tmp_path: Path) -> None:
    path = saved(made(tailoring=tailoring), tmp_path, tailoring)
    for to in ("docx:Office Open XML Text", "pdf"):
        assert found(convert(path, to, tmp_path)) == []


@needs_office
def test_a_withheld_point_is_found_in_a_pdf(tmp_path: Path) -> None:
    inside = parts(made())
    HIDING["a paragraph"][0](inside, SECRET)
    messages = said_of(convert(saved(zipped(inside), tmp_path), "pdf", tmp_path), SECRET)
    assert [each for each in messages if each.startswith("The text holds")]


def test_a_pdfs_properties_and_notes_are_looked_at(tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    for number, plant in enumerate(
        (
            lambda writer: writer.add_metadata({"/Subject": SECRET}),
            lambda writer: writer.add_attachment("x.txt", SECRET.encode()),
            lambda writer: writer.add_outline_item(title=SECRET, page_number=0),
        )
    ):
        writer = pypdf.PdfWriter()
        writer.add_blank_page(200, 200)
        plant(writer)  # type: ignore[no-untyped-call]
        buffer = io.BytesIO()
        writer.write(buffer)
        assert said_of(saved(buffer.getvalue(), tmp_path, suffix="pdf"), SECRET), number


TOPICS = sorted(library().topics)


@settings(max_examples=25)
@given(topic=st.sampled_from(TOPICS), which=st.integers(0, 10_000), where=st.integers(0, 10_000))
def test_any_topic_left_out_is_clean_and_any_of_it_is_found(
    topic: str, which: int, where: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    tailoring = Tailoring(without=(topic,))
    clean = made(tailoring=tailoring)
    assume(clean)
    path = saved(clean, tmp_path_factory.mktemp("any"), tailoring)
    assert found(path) == []
    long = [each for each in withheld(tailoring) if len(each.words) > 60]
    secret = long[which % len(long)]
    paragraphs = parts(clean)[DOCUMENT].decode().split("</w:p>")
    at = where % (len(paragraphs) - 1)
    paragraphs[at] += f"</w:p><w:p><w:r><w:t>{xml(secret.printed)}</w:t></w:r>"
    path.write_bytes(zipped({**parts(clean), DOCUMENT: "</w:p>".join(paragraphs).encode()}))
    assert [each for each in found(path) if each.rule == "leak" and each.related] or _is_printed(secret, clean)


@pytest.mark.parametrize("cut", [Tailoring(max_words=900), Tailoring(pages=3), Tailoring(length="short", draft=True)])
def test_what_a_budget_cut_is_found_by_the_file_s_name(cut: Tailoring, tmp_path: Path) -> None:
    clean = made(tailoring=cut)
    path = saved(clean, tmp_path, cut)
    assert found(path) == []
    kept = {each.words for each in withheld(Tailoring(draft=cut.draft))}
    secret = max((each for each in withheld(cut) if each.words not in kept), key=lambda each: len(each.words))
    assert not _is_printed(secret, clean)
    xml_part = parts(clean)[DOCUMENT].decode()
    planted = xml_part.replace("</w:p>", f"<w:r><w:t>{xml(secret.printed)}</w:t></w:r></w:p>", 1)
    path.write_bytes(zipped({**parts(clean), DOCUMENT: planted.encode()}))
    assert {each.rule for each in found(path)} == {"leak"}


def _is_printed(secret: Secret, clean: bytes) -> bool:
    """Whether all of a text is printed anyway, as the sentences of another wording are."""
    from despatch.leaks import _Allowed
    from despatch.withheld import spaced

    return _Allowed(spaced(parts(clean)[DOCUMENT])).news(secret.words) < 16


# Traces of whoever worked on a file.

TRACES: dict[str, tuple[Callable[[Parts, str], None], str]] = {
    "a comment": (
        new_part("word/comments.xml", story("comments", '<w:comment w:id="1" w:author="J Smith"><w:p/></w:comment>')),
        "There is a comment in this file"),
    "its author": (
        new_part("word/comments.xml", story("comments", '<w:comment w:id="1" w:author="J Smith"><w:p/></w:comment>')),
        "The author’s name at a comment is “J Smith”"),
    "a tracked change": (in_body('<w:p><w:ins w:id="9" w:author="J Smith"/></w:p>'), "There is a tracked change in the text"),
    "a format change": (in_body('<w:p><w:pPr><w:pPrChange w:id="9" w:author="J Smith"/></w:pPr></w:p>'), "There is a tracked change"),
    "who saved it": (
        before_end("docProps/core.xml", "<lastModifiedBy>J Smith</lastModifiedBy>", "cp:coreProperties"),
        "The file’s properties: last saved by is “J Smith”"),
    "the company": (before_end("docProps/app.xml", "<Company>Other Ltd</Company>", "ep:Properties"), "The file’s properties: company is"),
    "the people": (
        new_part("word/people.xml", '<p:people xmlns:p="x"><p:person p:author="J Smith"/></p:people>'),
        "The author’s name at the list of people who worked on the file is"),
    "a template’s place": (
        before_end("word/_rels/document.xml.rels", '<Relationship Target="file:///C:\\Users\\jo\\Brief.dotx"/>', "Relationships"),
        "A link’s address names a place on somebody’s computer"),
    "a template on a Mac’s shared drive": (
        before_end("word/_rels/document.xml.rels", '<Relationship Target="/Volumes/Policy/jo/Brief.dotx"/>', "Relationships"),
        "A link’s address names a place on somebody’s computer or drive"),
    "a template in somebody’s OneDrive": (
        before_end(
            "word/_rels/document.xml.rels",
            '<Relationship Target="https://anytown-my.sharepoint.com/personal/jo_smith_anytown_gov_uk/Brief.dotx"/>', "Relationships"),
        "A link’s address names a place on somebody’s computer or drive"),
    "a path in the text": (in_body("<w:p><w:r><w:t>See C:\\Users\\jo\\plan.docx</w:t></w:r></w:p>"), "The text names a place"),
    "a shared folder": (in_body('<w:p><w:fldSimple w:instr="INCLUDETEXT \\\\office\\policy\\x.docx"/></w:p>'), "A field’s code names a place"),
    "a home folder": (new_part("customXml/item1.xml", "<a>/home/jo/briefs</a>"), "Data kept beside the text names a place"),
    "a mounted drive": (new_part("customXml/item1.xml", "<a>/mnt/c/jo/Brief.docx</a>"), "Data kept beside the text names a place"),
    "a path on an old Mac": (in_body('<w:p><w:fldSimple w:instr="INCLUDETEXT Macintosh HD:Users:jo:x.docx"/></w:p>'), "A field’s code"),
    "an e-mail address": (
        before_end("docProps/core.xml", "<description>jo.smith@office.example</description>", "cp:coreProperties"),
        "The file’s properties: description names somebody: “jo.smith@office.example”"),
    "a preview picture": (new_part("docProps/thumbnail.jpeg", "x"), "There is a preview picture in this file"),
}  # fmt: skip


@pytest.mark.parametrize("trace", TRACES)
def test_a_trace_of_whoever_worked_on_it_is_found(trace: str, tmp_path: Path) -> None:
    inside = parts(made())
    plant, begins = TRACES[trace]
    plant(inside, "")
    messages = [each.message for each in found(saved(zipped(inside), tmp_path)) if each.rule == "trace"]
    assert [each for each in messages if each.startswith(begins)], messages


def test_a_page_on_the_web_is_no_place_on_a_drive(tmp_path: Path) -> None:
    inside = parts(made())
    words = "See www.example.org/mnt/c/homes, or Macintosh HD: it is old."
    in_body(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")(inside, "")
    assert not [each for each in found(saved(zipped(inside), tmp_path)) if each.rule == "trace"]


# What a file was built from.


def test_a_renamed_file_says_itself_what_it_is_unless_options_are_forgotten(tmp_path: Path) -> None:
    whole = tmp_path / "LGA briefing.docx"
    whole.write_bytes(made(tailoring=Tailoring()))
    assert found(whole) == []
    narrow = tmp_path / "For Lord A.docx"
    narrow.write_bytes(made())
    (fault,) = found(narrow)
    assert (fault.rule, "with which options" in fault.message) == ("unknown-brief", True)
    assert found(narrow, f"{LORDS}--{HOMELESS.flags}") == []
    with_name_of_another = tmp_path / f"{LORDS}.docx"
    with_name_of_another.write_bytes(made())
    assert [each.rule for each in found(with_name_of_another)] == ["unknown-brief"]


@pytest.mark.parametrize("name", ["june.md", "june.txt", f"{LORDS}--nonsense--more.md"])
def test_a_page_whose_name_says_nothing_is_not_called_clean(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(made(to="md"))
    assert [each.rule for each in found(path)] == ["unknown-brief"]
    assert found(path, f"{LORDS}--{HOMELESS.flags}") == []


def test_the_wider_text_is_a_leak_in_the_narrower_briefing(tmp_path: Path) -> None:
    path = saved(made(tailoring=Tailoring(), to="md"), tmp_path, HOMELESS, "md")
    messages = [each.message for each in found(path)]
    assert [each for each in messages if "is left out: it carries the topic `homes`, which is left out" in each]


SEEDS = """
key_messages:
  - id: kept
    text: |
      Councils must have the long-term funding that they need to keep children safe and well near their homes.
  - id: cut
    status: withdrawn
    note: Ask Jo before this is used again.
    text: |
      Ministers must see that councils must have the long-term funding that they need to keep children safe and well.
    variants:
      short: |
        Councils must have the long-term funding that they need.
  - id: old
    status: withdrawn
    text: |
      Stop the Bill.
  - id: bold
    status: withdrawn
    text: |
      No council ought to close a single nursery before every family nearby has been offered another place.
facts:
  - {id: waiting, value: "61,234", what: children who wait, source: review}
sources:
  - {id: review, kind: review, title: The Review}
"""
BRIEF = """
title: Homes for children
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [kept, cut, old, bold]
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return workspace(tmp_path, SEEDS, BRIEF).root


def test_a_phrase_that_is_printed_as_well_is_no_leak(office: Path) -> None:
    run("build", "lords", cwd=office)
    clean = run("verify", "--leaks", "out", cwd=office)
    assert (clean.returncode, clean.stdout) == (0, "Nothing left out was found in 3 files.\n")


@pytest.mark.parametrize(
    ("words", "entry"),
    [
        ("STOP THE BILL!", "from `old`, which is withdrawn"),
        ("so ministers must see that, councils must have", "from `cut`, which is withdrawn"),
        ("ask  Jo before\nthis is used again", "a note of `cut`"),
        ("ask J\u034fo be\ufe0efore this is us\u180eed again", "a note of `cut`"),
        ("In all 61,234 wait.", "from the fact `waiting`"),
    ],
)
def test_words_are_known_in_capitals_and_over_lines(words: str, entry: str, office: Path) -> None:
    run("build", "lords", "--to", "md", cwd=office)
    path = office / "out" / "lords.md"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{words}\n", encoding="utf-8")
    done = run("verify", "--leaks", "out", cwd=office)
    assert (done.returncode, done.stdout) == (1, "")
    assert "out/lords.md:1:1 error [leak] The text holds “" in done.stderr
    assert entry in done.stderr
    assert "it is written here: seeds/homes.yaml:" in done.stderr


def test_figures_that_only_meet_by_chance_are_no_leak(office: Path) -> None:
    run("build", "lords", "--to", "html", cwd=office)
    path = office / "out" / "lords.html"
    text = path.read_text(encoding="utf-8").replace(
        "</body>", "<p>61 234</p><p>Do not stop.</p><p>The Bill.</p></body>"
    )
    path.write_text(text, encoding="utf-8")
    assert run("verify", "--leaks", "out", cwd=office).returncode == 0


def test_a_review_copy_is_not_for_the_post(office: Path) -> None:
    run("build", "lords", "--to", "docx", cwd=office)
    inside = parts((office / "out" / "lords.docx").read_bytes())
    custom = inside["docProps/custom.xml"].decode()
    inside["docProps/custom.xml"] = (
        custom.replace("{&quot;despatch", '{"despatch').replace('{"despatch"', '{"review":true,"despatch"').encode()
    )
    (office / "out" / "lords--review.docx").write_bytes(zipped(inside))
    done = run("verify", "--leaks", "out/lords--review.docx", cwd=office)
    assert (done.returncode, "This is a review copy: it holds notes for colleagues." in done.stderr) == (1, True)


# Whatever the file is.


def bomb() -> bytes:
    return zipped({"word/document.xml": bytes(80 * 2**20)})


def laughs() -> bytes:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 20}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return zipped({DOCUMENT: f"<!DOCTYPE x [{entities}]><x>&i;</x>".encode()})


HOSTILE: dict[str, tuple[str, bytes]] = {
    "nothing": ("lords.docx", b""),
    "no zip": ("lords.docx", b"Region,Children\n" * 50),
    "cut short": ("lords.docx", made()[:5_000]),
    "a password": ("lords.docx", b"\xd0\xcf\x11\xe0" + bytes(600)),
    "too much": ("lords.docx", bomb()),
    "too much in it": ("lords.docx", zipped({"word/embeddings/x.xlsx": bomb()})),
    "entities": ("lords.docx", laughs()),
    "deep": ("lords.docx", zipped({DOCUMENT: b"<a>" * 100_000})),
    "no PDF": ("lords.pdf", b"%PDF-1.7\n" + b"obj" * 1_000),
    "no page": ("lords.html", b"\x00\xff" * 1_000),
    "no text": ("lords.txt", bytes(range(256)) * 40),
    "base64 for ever": ("lords.txt", b"QUFB" * 200_000),
    "brackets for ever": ("lords.html", b"<" * 200_000),
    "no file of ours": ("lords.odt", b"x"),
    "slashes for ever": ("lords.txt", b"C:\\a " * 40_000 + b"/home/" * 40_000 + b"\\" * 100_000),
    "addresses for ever": ("lords.txt", b"a@b." * 100_000),
    "a damaged part": ("lords.docx", made().replace(b"Children", b"Children", 1)),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_a_diagnostic_and_never_a_traceback(kind: str, office: Path) -> None:
    name, data = HOSTILE[kind]
    (office / name).write_bytes(data)
    done = run("verify", "--leaks", name, cwd=office)
    assert done.returncode in (0, 1, 2)
    assert "Traceback" not in done.stderr
    if name.endswith((".docx", ".pdf", ".odt")) and kind not in ("entities", "deep", "a damaged part"):
        assert done.returncode > 0
        assert " error [" in done.stderr


def test_a_folder_is_not_called_clean_for_what_it_cannot_look_into(office: Path) -> None:
    folder = office / "out"
    folder.mkdir(exist_ok=True)
    (folder / "sent.odt").write_bytes(b"x")
    (folder / "~$lords.docx").write_bytes(b"who has it open")
    done = run("verify", "--leaks", "out", cwd=office)
    assert (done.returncode, "Nothing left out" in done.stdout) == (1, False)
    assert "out/sent.odt:1:1 error [unreadable-file] This is not a file that can be looked into" in done.stderr
    assert "~$" not in done.stderr
    assert "There is no such file or folder." in run("verify", "--leaks", "lost.docx", cwd=office).stderr


def test_without_anything_to_look_for_it_says_what_it_can_do(office: Path) -> None:
    for arguments in (["verify"], ["verify", "--leaks"], ["verify", "out"]):
        done = run(*arguments, cwd=office)
        assert (done.returncode, "despatch verify --leaks out" in done.stderr) == (2, True)
    assert "Nothing left out" not in run("verify", "--leaks", "briefs", cwd=office).stdout


# In every build.


def with_style(office: Path) -> Path:
    """The style `plain`, as the workspace's own."""
    return Path(shutil.copytree(ROOT / "templates" / "plain", office / "templates" / "plain"))


@pytest.mark.parametrize(
    ("words", "entry"),
    [
        ("Ask Jo before this is used again.", "a note of `cut`"),
        (
            "No council ought to close a single nursery before every family nearby has been offered another",
            "`bold`, which is",
        ),
        ("Stop the Bill.", "`old`, which is withdrawn"),
    ],
)
def test_a_build_that_would_leak_writes_nothing(words: str, entry: str, office: Path) -> None:
    folder = with_style(office)
    reference = parts((folder / "reference.docx").read_bytes())
    header = next(name for name in reference if name.startswith("word/header"))
    before_end(header, "<w:p><w:r><w:t>WORDS</w:t></w:r></w:p>", "w:hdr")(reference, words)
    (folder / "reference.docx").write_bytes(zipped(reference))
    done = run("build", "lords", cwd=office)
    assert done.returncode == 1
    assert entry in done.stderr
    assert not (office / "out").exists()


def test_a_build_with_the_designers_name_in_it_writes_nothing(office: Path) -> None:
    folder = with_style(office)
    reference = parts((folder / "reference.docx").read_bytes())
    in_body('<w:p><w:ins w:id="9" w:author="J Smith"><w:r><w:t>Homes</w:t></w:r></w:ins></w:p>')(reference, "")
    (folder / "reference.docx").write_bytes(zipped(reference))
    done = run("build", "lords", "--to", "docx", cwd=office)
    assert (done.returncode, "There is a tracked change" in done.stderr) == (1, True)
    assert not (office / "out").exists()


def test_the_facts_of_a_clean_briefing_are_those_of_its_manifest() -> None:
    """Selection alone says which facts are printed; the page that was laid out says the same."""
    path = ROOT / "briefs" / f"{LORDS}.yaml"
    prepared, _ = prepare(WORKSPACE, path, library(), HOMELESS)
    assert prepared is not None
    document, _ = laid_out(prepared, HOMELESS, path)
    assert document is not None
    assert set(json.loads(document.properties.manifest)["facts"]) <= _printed_facts(prepared.selection)
