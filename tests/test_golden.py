"""The six briefings of the example workspace, held against accepted copies: `pytest --accept` rewrites them."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

from despatch.build import Tailoring, laid_out, prepare, printed
from despatch.document import Document, Group, Heading, lines
from despatch.load import load_library
from despatch.workspace import Workspace
from tests.helpers import ROOT

GOLDEN = Path(__file__).parent / "golden"
BRIEFS = sorted(path.stem for path in (ROOT / "briefs").glob("*.yaml"))
WORKSPACE = Workspace(ROOT)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def built(brief: str) -> tuple[Document, dict[str, bytes]]:
    library, faults = load_library(WORKSPACE.seeds)
    path = ROOT / "briefs" / f"{brief}.yaml"
    prepared, more = prepare(WORKSPACE, path, library, Tailoring())
    assert prepared is not None, faults + more
    document, _ = laid_out(prepared, Tailoring(), path)
    assert document is not None
    return document, printed(document, prepared.style, ["docx", "md", "html"])[0]


def parts(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


def hold(golden: Path, made: str, *, accept: bool) -> None:
    if accept:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(made, encoding="utf-8", newline="\n")
    assert golden.read_text(encoding="utf-8") == made


@pytest.mark.parametrize("brief", BRIEFS)
@pytest.mark.parametrize("suffix", ["md", "html"])
def test_page_is_as_accepted(brief: str, suffix: str, accept: bool) -> None:
    hold(GOLDEN / brief / f"briefing.{suffix}", built(brief)[1][suffix].decode(), accept=accept)


@pytest.mark.parametrize("brief", BRIEFS)
def test_word_parts_are_as_accepted(brief: str, accept: bool) -> None:
    """The list of parts, and each part that a build writes; the rest is the designer's."""
    made = parts(built(brief)[1]["docx"])
    names = "\n".join(made) + "\n"
    hold(GOLDEN / brief / "parts.txt", names, accept=accept)
    for name in written(made):
        text = made[name].decode().replace("<w:p>", "\n<w:p>").replace("<w:tr>", "\n<w:tr>")
        hold(GOLDEN / brief / Path(name).name, text + "\n", accept=accept)


def written(made: dict[str, bytes]) -> list[str]:
    """The parts of a Word file that hold what a build writes."""
    own = ("word/document.xml", "word/footnotes.xml", "word/charts/", "docProps/core.xml", "docProps/custom.xml")
    return [name for name in made if name.startswith(own) and name.endswith(".xml")]


def printed_lines(document: Document) -> list[str]:
    """The tree's lines as Word and Markdown print them: the heading over footnotes is the reader's program's own."""
    notes = [node for node in document.content if isinstance(node, Group) and node.role == "notes"]
    shown = tuple(node for node in document.content if node not in notes)
    entries = tuple(node for group in notes for node in group.content if not isinstance(node, Heading))
    return [line for line in lines(replace(document, content=shown + entries)) if line]


def paragraphs(docx: bytes) -> list[str]:
    """The paragraphs of a Word file's text, with the numbers of the footnotes that are marked again."""
    from lxml import etree

    body = etree.fromstring(parts(docx)["word/document.xml"])
    texts = ("".join(text.text or "" for text in each.iter(f"{W}t")) for each in body.iter(f"{W}p"))
    return [text for text in texts if text]


def word_lines(docx: bytes) -> list[str]:
    """The paragraphs of a Word file's text and then of its footnotes, without the footnotes' marks; a tab is a space."""
    from lxml import etree

    made = parts(docx)
    found = []
    for name in ("word/document.xml", "word/footnotes.xml"):
        body: Any = etree.fromstring(made.get(name, b"<w/>"))
        for run in body.xpath("//w:r[w:rPr/w:rStyle[@w:val='FootnoteReference']]", namespaces={"w": W[1:-1]}):
            run.getparent().remove(run)
        texts = ("".join(text.text or " " for text in each.iter(f"{W}t", f"{W}tab")) for each in body.iter(f"{W}p"))
        found += [text.strip() if "footnotes" in name else text for text in texts if text]
    return found


@pytest.mark.parametrize("brief", BRIEFS)
def test_word_has_the_trees_words(brief: str) -> None:
    document, made = built(brief)
    assert word_lines(made["docx"]) == printed_lines(document)


def markdown_text(markdown: str) -> str:
    """The words that a CommonMark parser reads from a page, front matter aside."""
    body = re.sub(r"^\[\^\d+\]: |\[\^\d+\]", "", markdown.split("\n---\n", 1)[1], flags=re.MULTILINE)
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    texts = ["".join(child.content for child in token.children or []) for token in tokens if token.type == "inline"]
    return "\n".join(texts)


@pytest.mark.parametrize("brief", BRIEFS)
def test_markdown_has_the_trees_words(brief: str) -> None:
    document, made = built(brief)
    assert markdown_text(made["md"].decode()).split() == " ".join(printed_lines(document)).split()


@pytest.mark.parametrize("brief", BRIEFS)
def test_html_has_the_trees_words(brief: str) -> None:
    from lxml import html

    document, made = built(brief)
    page = html.document_fromstring(made["html"])
    body: Any = page.find("body")
    for each in body.xpath("//sup[@class='note'] | //a[@class='back'] | //*[local-name()='svg'] | //summary"):
        each.drop_tree()  # marks, ways back to them and drawings, which are not the tree's words
    words = "".join("".join(str(text) for text in body.itertext()).split())
    at = 0
    for line in lines(document):
        sought = "".join(line.split())
        at = words.find(sought, at)
        assert at >= 0, line
        at += len(sought)


def test_at_least_twelve_blocks_are_shared() -> None:
    uses: dict[str, set[str]] = {}
    for brief in BRIEFS:
        for line in built(brief)[0].properties.manifest.split('"blocks":{')[1].split("}")[0].split(","):
            uses.setdefault(line.split(":")[0], set()).add(brief)
    assert sum(len(briefs) > 1 for briefs in uses.values()) >= 12
