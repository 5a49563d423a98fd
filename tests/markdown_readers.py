"""Markdown as the programs that publish it read it: GitHub's own parser, pandoc, and whole sites by Hugo and Jekyll."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote

from lxml import html

from despatch.document import (
    Chart,
    Citation,
    Document,
    Emphasis,
    Footnote,
    Group,
    Heading,
    InLanguage,
    Item,
    Link,
    Listing,
    Node,
    Pair,
    Paragraph,
    Strong,
    Table,
    Text,
    Words,
    plain,
)
from despatch.writers import _page

Reading: TypeAlias = list[tuple[str, ...]]
"""Each character, spaces aside, with what it is part of: a heading, a list in a list, a link. A mark counts as one."""

PLAIN = {"p", "div", "section", "article", "table", "thead", "tbody", "tr", "colgroup", "col", "body", "html", "span", "figure"}  # fmt: skip
"""Elements that say nothing about their words, unless they have a class."""

READERS: dict[str, str] = {"pandoc gfm": "pandoc", "pandoc commonmark_x": "pandoc", "pandoc markdown": "pandoc",
                           "github": "", "hugo": "hugo", "jekyll": "jekyll"}  # fmt: skip
"""Each reader, and the program that it needs."""


def missing(reader: str) -> str:
    """Why a reader cannot run here, if it cannot."""
    program = READERS[reader]
    return f"{program} is not installed" if program and not shutil.which(program) else ""


def read(reader: str, pages: Mapping[str, str], folder: Path) -> dict[str, str]:
    """What a reader makes of some pages: the HTML of each."""
    program, _, dialect = reader.partition(" ")
    ways: dict[str, Callable[[], dict[str, str]]] = {
        "pandoc": lambda: {name: _pandoc(text, dialect) for name, text in pages.items()},
        "github": lambda: {name: _github(text) for name, text in pages.items()},
        "hugo": lambda: _texts(_hugo(pages, folder, "--buildDrafts")),
        "jekyll": lambda: _texts(_jekyll(pages, folder, "--unpublished")),
    }
    return ways[program]()


def built(pages: Mapping[str, str], program: str, folder: Path) -> dict[str, Path]:
    """The files that Hugo or Jekyll make of some pages, or would make, when nothing is said of drafts."""
    return {"hugo": _hugo, "jekyll": _jekyll}[program](pages, folder)


def _texts(files: Mapping[str, Path]) -> dict[str, str]:
    return {name: path.read_text("utf-8") for name, path in files.items()}


def _run(*command: str, cwd: Path | None = None, text: str = "") -> str:
    done = subprocess.run(command, cwd=cwd, input=text, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def _pandoc(text: str, dialect: str) -> str:
    return _run("pandoc", "-f", f"{dialect}+yaml_metadata_block", "-t", "html", "--wrap=none", text=text)


def _github(text: str) -> str:
    import cmarkgfm
    from cmarkgfm.cmark import Options

    body = text.split("\n---\n", 1)[1]  # GitHub shows the front matter as a table of its own
    return str(cmarkgfm.github_flavored_markdown_to_html(body, options=Options.CMARK_OPT_FOOTNOTES))


def _hugo(pages: Mapping[str, str], folder: Path, *flags: str) -> dict[str, Path]:
    files = {"config.toml": 'title = "x"\ndisableKinds = ["home", "RSS", "sitemap", "taxonomy", "term", "section"]\n',
             "layouts/_default/single.html": "{{ .Content }}\n"}  # fmt: skip
    _save(folder, files | {f"content/{name}.md": text for name, text in pages.items()})
    _run("hugo", "--quiet", "--destination", "made", *flags, cwd=folder)
    return {name: folder / "made" / name / "index.html" for name in pages}


def _jekyll(pages: Mapping[str, str], folder: Path, *flags: str) -> dict[str, Path]:
    _save(folder, {f"{name}.md": text for name, text in pages.items()})
    _run("jekyll", "build", "--quiet", "--disable-disk-cache", *flags, cwd=folder)
    return {name: folder / "_site" / f"{name}.html" for name in pages}


def _save(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


# What a reader found


def found(page: str) -> Reading:
    """What a page's HTML says. A note's mark is the words of its note, because pandoc counts notes by their marks."""
    root: Any = html.document_fromstring(f"<html><body>{page}</body></html>").find("body")
    notes = root.xpath("//*[contains(@class, 'footnotes')]")
    entries = [_entry(each) for each in notes[0].xpath("ol/li")] if notes else []
    for each in notes:
        each.drop_tree()
    return list(_characters(root, (), entries))


def _entry(note: Any) -> str:
    for each in note.xpath(".//a[starts-with(@href, '#fnref')]"):
        each.drop_tree()  # a way back to the mark
    return "".join(str(note.text_content()).split())


def _characters(element: Any, parts: tuple[str, ...], notes: list[str]) -> Iterator[tuple[str, ...]]:
    if number := _note(element):
        yield (f"[{notes[int(number) - 1]}]", *_blocks(parts))
        return
    inner = parts + _part(element)
    if element.tag in ("img", "hr", "input", "script"):
        yield (f"<{element.tag}>", *sorted(inner))
    yield from _marked(element.text, inner)
    for child in element:
        if isinstance(child.tag, str):  # a comment has none
            yield from _characters(child, inner, notes)
        yield from _marked(child.tail, inner)


def _marked(text: str | None, parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield from ((character, *sorted(parts)) for character in text or "" if not character.isspace())


def _note(element: Any) -> str:
    """The number of the note that an element marks."""
    link = next(
        iter(element.xpath("descendant-or-self::a[contains(@class, 'footnote') or contains(../@class, 'footnote')]")),
        None,
    )
    return str(link.text_content()) if element.tag in ("a", "sup") and link is not None else ""


def _part(element: Any) -> tuple[str, ...]:
    """What an element says of its words."""
    if element.tag == "a":
        return _leading(unquote(element.get("href", "")), element.text_content())
    if element.tag in PLAIN:
        return (element.get("class"),) if element.tag == "span" and element.get("class") else ()
    return (element.tag,)


def _leading(address: str, words: str) -> tuple[str, ...]:
    """Where words lead. An address for e-mail says it itself, and some readers make a link of it whatever one writes."""
    return (address,) if address not in ("", f"mailto:{words}") else ()


# What the tree says


def said(document: Document) -> Reading:
    """What every reader should find."""
    notes = [node for node in document.content if isinstance(node, Group) and node.role == "notes"]
    items = [item for group in notes for node in group.content if isinstance(node, Listing) for item in node.items]
    entries = ["".join(each[0] for part in item.content for each in _said(part, (), [])) for item in items]
    return [each for node in document.content if node not in notes for each in _said(node, (), entries)]


def _said(node: Node | Item, parts: tuple[str, ...], notes: list[str]) -> Iterator[tuple[str, ...]]:
    match node:
        case Heading(level=level, words=words):
            yield from _words(words, (*parts, f"h{level + 1}"), notes)
        case Paragraph(role="title", words=words):
            yield from _words(words, (*parts, "h1"), notes)
        case Paragraph(role="draft" | "embargo" | "label", words=words):
            yield from _words((Strong(words),), parts, notes)
        case Paragraph(role=role, words=words):
            yield from _words(words, (*parts, "blockquote") if role == "literal" else parts, notes)
        case Listing(items=items, ordered=ordered):
            inner = (*parts, "ol" if ordered else "ul", "li")
            yield from (each for item in items for part in item.content for each in _said(part, inner, notes))
        case (Table() as table) | Chart(table=table):
            for row, tag in ((table.header, "th"), *((row, "td") for row in table.rows)):
                yield from (each for cell in row for each in _words(cell, (*parts, tag), notes))
        case Group(role=role, content=content):
            inner = (*parts, "blockquote") if role == "quotation" else parts
            yield from (each for child in content for each in _said(child, inner, notes))
        case Pair(content=content):
            yield from (each for child in content for each in _said(child, parts, notes))


def _words(words: Words, parts: tuple[str, ...], notes: list[str]) -> Iterator[tuple[str, ...]]:
    for inline in words:
        match inline:
            case Text(text):
                yield from _marked(_page.clean(text), parts)
            case InLanguage(inner):
                yield from _words(inner, parts, notes)
            case Citation():
                yield from _marked(inline.mark, parts)
            case Footnote(number):
                yield (f"[{notes[number - 1]}]", *_blocks(parts))
            case Strong(inner):
                yield from _words(inner, _once(parts, "strong"), notes)
            case Emphasis(inner):
                yield from _words(inner, _once(parts, "em"), notes)
            case Link(inner, url):
                yield from _words(inner, parts + _leading(_page.address(url), plain(inner)), notes)


def _once(parts: tuple[str, ...], part: str) -> tuple[str, ...]:
    return parts if part in parts else (*parts, part)


def _blocks(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The blocks that a note's mark stands in. It is never strong or stressed, whatever stands round it."""
    return tuple(sorted(part for part in parts if part not in ("strong", "em", "sup")))
