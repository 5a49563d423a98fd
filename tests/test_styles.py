"""A designer owns the look: what `style check` finds in a style, and styles begun from Word files that offices have."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.shared import Inches, Twips
from openxml_audit import OpenXmlValidator
from typer.testing import CliRunner

from despatch.cli import app
from despatch.looks import contrast, readable
from despatch.style import shipped
from despatch.styling import PAPER
from despatch.writers import _package
from tests.helpers import ROOT, run
from tests.literate import fault

BRIEF = "lords-2022-12-08-childrens-social-care"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c494441"
    "54789c637050680000018400e11576f9a30000000049454e44ae426082"
)


# What `style check` finds.


def office(root: Path) -> Path:
    """A workspace with one style, `office`, the same as `plain`: its folder."""
    for name in ("seeds", "briefs"):
        (root / name).mkdir(parents=True, exist_ok=True)
    return Path(shutil.copytree(ROOT / "templates" / "plain", root / "templates" / "office"))


def reworded(path: Path, *changes: tuple[str, str]) -> None:
    """A text file with other words in it."""
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def rewritten(path: Path, part: str, *changes: tuple[str, str]) -> None:
    """A Word file with other words in one of its parts."""
    parts = _package.unpack(path)
    text = parts[part].decode()
    for old, new in changes:
        assert re.search(old, text), old
        text = re.sub(old, new, text)
    path.write_bytes(_package.pack({**parts, part: text.encode()}))


def restyled(root: Path, old: str, new: str, part: str = "word/styles.xml") -> None:
    """The style `office` with a change in its Word file."""
    rewritten(office(root) / "reference.docx", part, (old, new))


def respelt(root: Path, old: str, new: str, name: str = "style.yaml") -> None:
    """The style `office` with a change in one of its text files."""
    reworded(office(root) / name, (old, new))


def without_rule(root: Path) -> None:
    """The style `office` with nothing about charts in its CSS."""
    path = office(root) / "page.css"
    path.write_text(re.sub(r"\.chart\b", ".diagram", path.read_text(encoding="utf-8")), encoding="utf-8")


Make = Callable[[Path], object]
EXPLAINED: dict[str, Make] = {
    "hard-to-read": lambda root: restyled(root, 'w:ascii="Cambria"', 'w:ascii="Anytown Sans"'),
    "missing-placeholder": lambda root: restyled(root, r"\{\{draft\}\}", "", "word/header1.xml"),
    "personal-details": lambda root: restyled(
        root,
        r"<w:zoom[^>]*/>",
        r'\g<0><w:docVars><w:docVar w:name="Case" w:val="17"/></w:docVars>',
        "word/settings.xml",
    ),
    "unfit-page": lambda root: restyled(
        root, 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"', "word/document.xml"
    ),
    "unfit-word-style": lambda root: restyled(
        root, '<w:name w:val="Lead"/><w:basedOn w:val="BodyText"/>', '<w:name w:val="Lead"/><w:basedOn w:val="Gone"/>'
    ),
    "unknown-part": lambda root: respelt(
        root, "  view.label: View Label\n", "  view.label: View Label\n  vew.body: View Text\n"
    ),
    "unstyled-class": without_rule,
    "unused-word-style": lambda root: restyled(
        root,
        "</w:styles>",
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Old"><w:name w:val="Old Heading"/></w:style></w:styles>',
    ),
}
"""How to make what `despatch style check office` finds, as its explanations tell."""


def found(root: Path) -> str:
    """What `despatch style check office` prints, after making sure that it ended as it should."""
    done = run("style", "check", "office", cwd=root)
    assert "Traceback" not in done.stderr
    assert done.returncode == int(bool(re.search(r"^\S+ (?:error|warning) ", done.stdout, re.MULTILINE)))
    return done.stdout.strip("\n")


@pytest.mark.parametrize("rule", EXPLAINED)
def test_finding_prints_what_its_explanation_says(rule: str, tmp_path: Path, accept: bool) -> None:
    EXPLAINED[rule](tmp_path)
    fault(rule).expect(found(tmp_path), accept=accept)


FOUND: dict[str, tuple[Make, str]] = {
    "a character style where a paragraph's is wanted": (
        lambda root: respelt(root, "title: Title", "title: Strong"),
        "error [missing-word-style] In the Word file `Strong` is a character style",
    ),
    "a table style that is not there": (
        lambda root: respelt(root, "table: Despatch Table", "table: Grand Table"),
        "error [missing-word-style] The Word file has no style called `Grand Table`",
    ),
    "two placeholders that nothing fills": (
        lambda root: restyled(root, r"\{\{title\}\}", "{{titel}} {{day}}", "word/header1.xml"),
        "; it asks for `{{day}}`",
    ),
    "a list style without a list": (
        lambda root: restyled(root, r'(<w:name w:val="List Bullet"/>.*?)<w:numPr>.*?</w:numPr>', r"\1"),
        "error [unreadable-template] `reference.docx` has a list style `List Bullet` which is not linked to a list",
    ),
    "a heading that is none": (
        lambda root: restyled(root, '<w:outlineLvl w:val="1"/>', ""),
        "warning [unfit-word-style] `Heading 2` prints headings, but has no outline level",
    ),
    "bullets that are hidden": (
        lambda root: restyled(root, r'(<w:name w:val="View Bullet"/>.*?)(</w:style>)', r"\1<w:rPr><w:vanish/></w:rPr>\2"),
        "error [unfit-word-style] `View Bullet` is hidden text: what is printed in it cannot be seen.",
    ),
    "no place for the text": (
        lambda root: restyled(root, r"\{\{content\}\}", "", "word/document.xml"),
        "warning [missing-placeholder] No paragraph says `{{content}}`",
    ),
    "a cover without the mark of a draft": (
        lambda root: restyled(
            root, "<w:body>", "<w:body><w:p><w:r><w:t>Anytown</w:t></w:r></w:p>", "word/document.xml"
        ),
        "warning [missing-placeholder] Neither header nor footer of the first page says `{{draft}}`",
    ),
    "even pages without the mark of a draft": (
        lambda root: restyled(root, r"<w:zoom[^>]*/>", r"\g<0><w:evenAndOddHeaders/>", "word/settings.xml"),
        "warning [missing-placeholder] Neither header nor footer of even pages says `{{draft}}`",
    ),
    "a name that no page template has": (
        lambda root: respelt(root, "{% if header %}", "{% if header %}{{ properties.titel }}", "page.html.j2"),
        "error [unreadable-template] No page has a `titel`.",
    ),
    "a language of its own": (
        lambda root: restyled(root, r'(<w:name w:val="Lead"/>.*?)(</w:style>)', r'\1<w:rPr><w:lang w:val="en-US"/></w:rPr>\2'),
        "warning [unfit-page] `Lead` has a language of its own, `en-US`",
    ),
    "tiny footnotes": (
        lambda root: restyled(root, r'(<w:name w:val="footnote text"/>.*?<w:sz w:val=)"\d+"', r'\1"15"'),
        "advice [hard-to-read] `Footnote Text` is printed in 7.5 points.",
    ),
    "a faint title": (
        lambda root: restyled(
            root, r'(<w:name w:val="Title"/>.*?<w:rPr>.*?)(</w:rPr>)', r'\1<w:color w:val="B3B3B3"/>\2'
        ),
        "warning [hard-to-read] `Title` is printed in B3B3B3 on FFFFFF, a contrast of 2.1 to 1.",
    ),
    "white letters whose ground is gone": (
        lambda root: restyled(root, '(<w:name w:val="View Label"/>.*?)<w:shd[^>]*/>', r'\1<w:shd w:val="clear" w:color="auto" w:fill="DDDDDD"/>'),
        "warning [hard-to-read] `View Label` is printed in FFFFFF on DDDDDD",
    ),
    "an author": (
        lambda root: restyled(root, "(<cp:coreProperties[^>]*>)", r"\1<dc:creator>P. Officer</dc:creator>", "docProps/core.xml"),
        "advice [personal-details] The Word file still holds the name of an author, P. Officer.",
    ),
    "a kind that labels no proposal": (
        lambda root: respelt(root, "    motion: What the motion says\n", "    motion: What the motion says\n    moton: What it says\n"),
        "warning [unknown-part] Nothing uses `moton` under `labels: proposal`.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_what_a_designer_gets_wrong_is_found_before_anything_is_built(name: str, tmp_path: Path) -> None:
    make, said = FOUND[name]
    make(tmp_path)
    printed = found(tmp_path)
    assert said in printed
    assert len(re.findall(r"^\S+ (?:error|warning|advice) \[", printed, re.MULTILINE)) <= 2


def test_the_shipped_styles_have_no_faults() -> None:
    done = CliRunner().invoke(app, ["style", "check", "lga", "plain"])
    assert (done.stdout, done.exit_code) == ("", 0)
    assert done.stderr == "No faults found.\n"


def test_a_style_that_does_not_exist_is_misuse(tmp_path: Path) -> None:
    office(tmp_path)
    done = run("style", "check", "ofice", cwd=tmp_path)
    assert done.returncode == 2
    assert "Did you mean `office`?" in done.stdout


@pytest.mark.parametrize(("colour", "ground"), [("4F81BD", "FFFFFF"), ("BBBBBB", "262626"), ("FFFFFF", "DDDDDD")])
def test_a_faint_colour_is_changed_no_more_than_it_must_be(colour: str, ground: str) -> None:
    better = readable(colour, ground, 4.5)
    assert contrast(better, ground) >= 4.5
    assert contrast(better, ground) < 5.5 or better == colour


# Styles begun from a Word file.


def library(root: Path) -> Path:
    """A workspace with the example's library and briefs, and no styles of its own."""
    for name in ("seeds", "briefs"):
        shutil.copytree(ROOT / name, root / name)
    return root


def from_python_docx(folder: Path) -> Path:
    path = folder / "office.docx"
    docx.Document().save(str(path))
    return path


def from_libreoffice(folder: Path) -> Path:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    page = folder / "office.html"
    page.write_text("<h1>Note</h1><p>Words.</p><ul><li>One<ul><li>Two</li></ul></li></ul><ol><li>Three</li></ol>")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder),
        str(page),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / "office.docx"


def from_pandoc(folder: Path) -> Path:
    if not shutil.which("pandoc"):
        pytest.skip("pandoc is not installed")
    command = ["pandoc", "--print-default-data-file", "reference.docx"]
    (folder / "office.docx").write_bytes(subprocess.run(command, check=True, capture_output=True).stdout)
    return folder / "office.docx"


def from_last_month(folder: Path) -> Path:
    path = folder / "office.docx"
    assert run("build", BRIEF, "--style", "lga", "--to", "docx", "--out", str(path), cwd=ROOT).returncode == 0
    return path


SOURCES = {
    "python-docx": (from_python_docx, set()),
    "libreoffice": (from_libreoffice, {
        f"/word/document.xml: A required relationship type '{OFFICE}/relationships/theme' is missing.",
    }),
    "pandoc": (from_pandoc, {
        "/word/settings.xml: Unexpected element 'doNotTrackMoves' found",
        *(f"/word/styles.xml: Unexpected element '{name}' found" for name in ("tcBorders", "qFormat", "bCs")),
    }),
    "last month's briefing": (from_last_month, set()),
}  # fmt: skip
"""Word files that offices have, and the errors that they bring with them."""


def errors(path: Path) -> set[str]:
    """What the Open XML SDK's rules find in a file."""
    result = OpenXmlValidator().validate(str(path))
    return {f"{each.part_uri}: {each.description}" for each in result.errors}


def ids(path: Path) -> list[str]:
    """What the program's own writer names in a Word file, as python-docx reads it."""
    return [each.style.name for each in docx.Document(str(path)).paragraphs if each.style is not None]


@pytest.mark.parametrize("name", SOURCES)
def test_a_style_begun_from_an_office_file_is_sound_and_builds_at_once(name: str, tmp_path: Path) -> None:
    make, known = SOURCES[name]
    source, root = make(tmp_path), library(tmp_path / "work")
    done = run("style", "new", "office", "--from", str(source), "--organisation", "Anytown Council", cwd=root)
    assert (done.returncode, done.stderr) == (0, "No faults found.\n")
    assert run("style", "check", "office", cwd=root).returncode == 0
    assert run("build", BRIEF, "--style", "office", "--draft", cwd=root).returncode == 0
    built = next((root / "out").glob("*.docx"))
    assert errors(built) - known == set()
    assert known <= errors(source)
    assert {"Title", "Body Text", "View Label", "Proposal Label"} <= set(ids(built))
    made = docx.Document(str(built))
    section = made.sections[0]
    assert (section.page_width, section.page_height) == (Twips(PAPER[0]), Twips(PAPER[1]))
    for shown in (section.header.paragraphs, [*section.first_page_header.paragraphs, *made.paragraphs]):
        assert "Draft: not for circulation" in [each.text for each in shown]
    assert "Anytown Council" in built.with_suffix(".html").read_text(encoding="utf-8")


def test_last_months_title_does_not_stay_in_the_header(tmp_path: Path) -> None:
    source, root = from_last_month(tmp_path), library(tmp_path / "work")
    run("style", "new", "office", "--from", str(source), cwd=root)
    parts = _package.unpack(root / "templates" / "office" / "reference.docx")
    headers = b"".join(data for name, data in parts.items() if name.startswith(("word/header", "word/footer")))
    assert b"Independent Review" not in headers
    assert b"{{title}}" in headers
    assert b"{{contact}}" in headers


def test_the_table_says_how_each_part_was_found(tmp_path: Path) -> None:
    root = library(tmp_path / "work")
    done = run("style", "new", "office", "--from", str(from_python_docx(tmp_path)), cwd=root)
    rows = dict(line.split("\t")[::2] for line in done.stdout.splitlines() if line.count("\t") == 2)
    assert rows["heading-1"] == "as named"
    assert rows["table"] == "nearest to “Despatch Table”"
    assert rows["view.label"] == "added from plain"
    assert "say whose style it is under `organisation:`" in done.stdout


def test_text_is_never_set_as_an_entry_of_a_list(tmp_path: Path) -> None:
    path, root = tmp_path / "report.docx", library(tmp_path / "work")
    report = docx.Document()
    for name in ("Body Text", "Body Text 2", "Body Text 3"):
        report.styles[name].delete()  # Word saves only the styles that somebody used
    report.save(str(path))
    done = run("style", "new", "office", "--from", str(path), cwd=root)
    rows = dict(line.split("\t")[:2] for line in done.stdout.splitlines() if line.count("\t") == 2)
    assert (rows["body"], rows["view.body"]) == ("Body Text", "View Text")


# What must not come along.

SECRETS = (
    "SECRETBODY",
    "SECRETAUTHOR",
    "SECRETDELETED",
    "SECRETCOMMENT",
    "SECRETPATH",
    "SECRETVAR",
    "SECRETXML",
    "SECRETRSID",
)


def letterhead(folder: Path) -> Path:
    """An office's file with a header and a logo, and with all that must stay behind."""
    path, logo = folder / "letterhead.docx", folder / "logo.png"
    logo.write_bytes(PIXEL)
    document = docx.Document()
    document.core_properties.author = "SECRETAUTHOR"
    document.add_paragraph("SECRETBODY")
    header = document.sections[0].header.paragraphs[0]
    header.add_run("Anytown Council")
    header.add_run().add_picture(str(logo), width=Inches(1))
    document.sections[0].footer.paragraphs[0].add_run("Town Hall, Anytown")
    document.save(str(path))
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> FILENAME \\\\p </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>SECRETPATH</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
    )
    parts = _package.unpack(path)
    footer = next(name for name in parts if name.startswith("word/footer"))
    rewritten(path, footer, ("</w:ftr>", field))
    gone = '<w:del w:id="1" w:author="SECRETAUTHOR"><w:r><w:delText>SECRETDELETED</w:delText></w:r></w:del>'
    rewritten(path, next(name for name in parts if name.startswith("word/header")), ("</w:p>", f"{gone}</w:p>"))
    variables = '<w:docVars><w:docVar w:name="a" w:val="SECRETVAR"/></w:docVars><w:attachedTemplate r:id="rId1"/>'
    rewritten(path, "word/settings.xml", ("<w:defaultTabStop", f"{variables}<w:defaultTabStop"))
    parts = _package.unpack(path)
    parts["word/_rels/settings.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/relationships/attachedTemplate" Target="file:///SECRETPATH" TargetMode="External"/></Relationships>'
    ).encode()
    parts["customXml/item1.xml"] = b"<a>SECRETXML</a>"
    parts["word/comments.xml"] = b"<c>SECRETCOMMENT</c>"
    path.write_bytes(_package.pack(parts))
    return path


def test_nothing_of_the_text_or_of_a_person_comes_along(tmp_path: Path) -> None:
    root = library(tmp_path / "work")
    source = letterhead(tmp_path)
    before = source.read_bytes()
    done = run("style", "new", "office", "--from", str(source), cwd=root)
    assert done.returncode == 0
    assert source.read_bytes() == before
    parts = _package.unpack(root / "templates" / "office" / "reference.docx")
    held = b"".join(parts.values()) + "".join(parts).encode()
    assert [secret for secret in SECRETS if secret.encode() in held] == []
    assert b"python-docx" not in held


def test_the_offices_header_and_logo_stay(tmp_path: Path) -> None:
    root = library(tmp_path / "work")
    done = run(
        "style", "new", "office", "--from", str(letterhead(tmp_path)), "--organisation", "Anytown Council", cwd=root
    )
    reference = root / "templates" / "office" / "reference.docx"
    section = docx.Document(str(reference)).sections[0]
    assert [each.text for each in section.header.paragraphs] == ["Anytown Council", "{{draft}}"]
    assert PIXEL in _package.unpack(reference).values()
    assert b'descr="Anytown Council"' in b"".join(_package.unpack(reference).values())
    assert "Its headers and footers still say: “Anytown Council”, “Town Hall, Anytown”." in done.stdout
    assert "For a running title, type {{title}} in the header." in done.stdout
    assert "For page numbers" in done.stdout


@pytest.mark.parametrize("suffix", ["dotx", "docm"])
def test_templates_are_taken_and_macros_are_left_behind(suffix: str, tmp_path: Path) -> None:
    root = library(tmp_path / "work")
    path = tmp_path / f"office.{suffix}"
    kinds = {"dotx": "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
             "docm": "application/vnd.ms-word.document.macroEnabled.main+xml"}  # fmt: skip
    parts = _package.unpack(from_python_docx(tmp_path))
    _package.declare(parts, "word/document.xml", kinds[suffix])
    path.write_bytes(_package.pack({**parts, **({"word/vbaProject.bin": b"macro"} if suffix == "docm" else {})}))
    done = run("style", "new", "office", "--from", str(path), cwd=root)
    assert done.returncode == 0
    made = _package.unpack(root / "templates" / "office" / "reference.docx")
    assert "word/vbaProject.bin" not in made
    assert kinds[suffix].encode() not in made[_package.CONTENT_TYPES]
    assert ("Its macros are left out." in done.stdout) == (suffix == "docm")


def bomb(path: Path) -> None:
    """A small file that grows to seventy megabytes when it is unpacked."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (70 * 2**20))


def spoilt(part: str, old: str, new: str) -> Callable[[Path], None]:
    """A Word file with one part made unfit."""

    def make(path: Path) -> None:
        docx.Document().save(str(path))
        rewritten(path, part, (old, new))

    return make


def without_styles(path: Path) -> None:
    docx.Document().save(str(path))
    parts = _package.unpack(path)
    del parts["word/styles.xml"]
    path.write_bytes(_package.pack(parts))


STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "no zip": (lambda path: path.write_bytes(b"Dear colleague"), "is not a Word document, or is damaged"),
    "an empty file": (lambda path: path.write_bytes(b""), "is not a Word document, or is damaged"),
    "a bomb": (bomb, "is far too large"),
    "entities": (spoilt("word/styles.xml", "<w:styles ", '<!DOCTYPE a [<!ENTITY b "c">]><w:styles '), "document type declaration"),
    "broken XML": (spoilt("word/styles.xml", "</w:styles>", ""), "holds XML that cannot be read"),
    "strict": (spoilt("word/document.xml", TRANSITIONAL, STRICT), "not as Strict"),
    "no styles": (without_styles, "has no part for `styles`"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_use_is_one_clear_message_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    make, said = HOSTILE[name]
    root = library(tmp_path / "work")
    path = tmp_path / "office.docx"
    make(path)
    done = run("style", "new", "office", "--from", str(path), cwd=root)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "error [unreadable-file]" in done.stderr
    assert said in done.stderr
    assert not (root / "templates").exists()


# Styles begun from another.


def test_a_style_begun_from_another_looks_the_same_and_says_who_it_is(tmp_path: Path) -> None:
    root = library(tmp_path)
    done = run("style", "new", "ours", "--from", "lga", "--organisation", "Anytown: the Council", cwd=root)
    assert (done.returncode, done.stderr) == (0, "No faults found.\n")
    folder = root / "templates" / "ours"
    for path in (shipped() / "lga").iterdir():
        assert (folder / path.name).is_file()
    assert (folder / "reference.docx").read_bytes() == (shipped() / "lga" / "reference.docx").read_bytes()
    text = (folder / "style.yaml").read_text(encoding="utf-8")
    assert 'organisation: "Anytown: the Council"' in text
    assert "# The words of the ours style." in text
    assert run("build", BRIEF, "--style", "ours", cwd=root).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("office", "--from", "lgb"), "Did you mean `lga`?"),
        (("../office",), "cannot be a style’s name"),
        (("Office",), "cannot be a style’s name"),
        (("office", "--from", "gone.docx"), "There is no file gone.docx."),
        (("here",), "is there already"),
    ],
)
def test_misuse_of_style_new_writes_nothing(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    office(tmp_path).rename(tmp_path / "templates" / "here")
    before = sorted(tmp_path.rglob("*"))
    done = run("style", "new", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert sorted(tmp_path.rglob("*")) == before
