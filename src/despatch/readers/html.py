"""HTML: a published page, without what a site puts round it. Nothing in it is run or fetched."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from despatch.document import Words, plain
from despatch.readers._front import in_shape
from despatch.readers._furniture import left_out, sorted_out
from despatch.readers._piece import DEEPEST, HEADINGS, MadeText, Part, Piece, Read, Run, UnreadableError, only, words
from despatch.readers.txt import decoded
from despatch.source import UNPRINTABLE

if TYPE_CHECKING:
    from lxml.html import HtmlElement

UNREAD = {"script", "style", "noscript", "template", "head", "svg", "iframe", "object", "datalist", "canvas",
    "video", "audio"}  # fmt: skip
"""What holds no words of the page."""
TEXTS = f".//text()[not({' or '.join(f'ancestor::{tag}' for tag in sorted(UNREAD))} or ancestor::sup[.//a[starts-with(@href, '#')]])]"
FURNITURE = {"nav": "navigation", "aside": "beside the text", "form": "form", "button": "button", "select": "form",
             "dialog": "notice", "footer": "footer", "header": "header"}  # fmt: skip
ROLES = {"navigation": "navigation", "banner": "header", "contentinfo": "footer", "search": "form",
         "complementary": "beside the text", "dialog": "notice", "alertdialog": "notice"}  # fmt: skip
NAMED = re.compile(
    r"(?<![a-z])(?:(?P<notice>(?:cookies?|consent|gdpr)(?![a-z]))|(?P<navigation>(?:breadcrumbs?|pagination|navbar|skip-?links?)(?![a-z]))"
    r"|(?P<sharing>(?:social|share)-?(?:media|links|share|sharing|icons|buttons|bar|tools)|addtoany|addthis)"
    r"|(?P<links>related-(?:content|articles|links|pages|news|posts|items)|(?:advert|advertisement|newsletter-signup)(?![a-z])))"
)
NAMES = {"notice": "cookie notice", "navigation": "navigation", "sharing": "sharing",
         "links": "links to other articles"}  # fmt: skip
MOST_TAGS = 200_000
CONTAINERS = {"div", "section", "ul", "ol", "p", "span", "dl", "table"}
OURS = {"contact", "sources", "notes"}
"""The sections that our own pages have below the text."""
BLOCKS = {"address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "ul"}  # fmt: skip
SPACES = re.compile(r"[ \t\r\n\f]+")
"""White space as a browser takes it. A hard space is a character like others."""
PARTS: dict[str, Part] = {"figcaption": "caption", "caption": "caption"}


def read(path: Path, data: bytes) -> Read:
    """The lines of an HTML file."""
    root = _parsed(data)
    if root is None:
        return Read([], [])
    main = _main(root)
    reader = _Reader(MadeText(path), main, set() if main is None else {main, *main.iterancestors()})
    reader.walk(root)
    reader.made.finish()
    kept, more = sorted_out(reader.pieces)
    title = root.findtext(".//title") or ""
    return Read(in_shape(kept), [*reader.left_out, *more], " ".join(title.split()))


def _parsed(data: bytes) -> HtmlElement | None:
    from lxml import etree, html  # imported here: most commands read no HTML

    text = UNPRINTABLE.sub(" ", decoded(_as_utf8(data)))
    if not text.strip():
        return None
    if text.count("<") > MOST_TAGS:
        raise UnreadableError("This page is too large to be a briefing.")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableError("This file is not HTML that can be read.") from error


def _as_utf8(data: bytes) -> bytes:
    """The bytes, but those of a page that names another alphabet as UTF-8."""
    named = re.search(rb"charset=[\"']?([A-Za-z0-9_-]{2,30})", data[:4096])
    if named is None or named[1].lower() in (b"utf-8", b"utf8") or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode(named[1].decode(), errors="replace").encode()
        except (LookupError, UnicodeError):
            return data
    return data


def _main(root: HtmlElement) -> HtmlElement | None:
    """The page's one main part, or the one article that has most of its words; none, where neither can be told."""
    for found in (root.xpath("//main | //*[@role='main']"), root.xpath("//article")):
        if len(found) == 1 and (found[0].tag != "article" or 2 * len(_said(found[0])) > len(_said(root))):
            main: HtmlElement = found[0]
            return main if _said(main) else None
    return None


def _said(element: HtmlElement) -> str:
    """The words of an element, without those of scripts and the marks of notes."""
    between = " " if _holds(element, *BLOCKS, "br") else ""
    return SPACES.sub(" ", between.join(element.xpath(TEXTS))).strip(" ")


class _Reader(Struct):
    """Walks through a page and puts its lines together."""

    made: MadeText
    main: HtmlElement | None
    round_main: set[Any]
    """The page's main part and what it stands in."""
    pieces: list[Piece] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    lists: list[Part] = field(default_factory=list)
    items: list[bool] = field(default_factory=list)
    """For each list that is open, whether its present entry has had its first paragraph."""
    heading: int = 0
    part: Part = "body"
    quoted: int = 0
    noted: list[str] = field(default_factory=list)
    strong: int = 0
    stressed: int = 0
    urls: list[str] = field(default_factory=list)

    def walk(self, root: HtmlElement) -> None:
        from lxml import etree

        walker = etree.iterwalk(root, events=("start", "end"))
        skipped = None
        for event, element in walker:
            if event == "start":
                if self.is_skipped(element):
                    walker.skip_subtree()
                    skipped = element
                else:
                    self.opened(element)
                    self.add(element.text)
            else:
                if element is skipped:
                    skipped = None
                else:
                    self.closed(element)
                self.add(element.tail)
        self.flush()

    def add(self, text: str | None) -> None:
        if text:
            url = self.urls[-1] if self.urls else ""
            self.runs.append(Run(text, self.strong > 0, self.stressed > 0, url))

    # What is not read.

    def is_skipped(self, element: HtmlElement) -> bool:
        """Whether an element is left out, or is read as a whole."""
        if element.tag in UNREAD or element.get("hidden") is not None or _is_way_back(element):
            return True
        if element.tag == "table" and not _is_layout(element):
            self.flush()
            self.table(element)
            return True
        if number := _note(element):
            self.runs.append(Run("", note=number))
            return True
        if reason := self.reason(element):
            self.flush()
            if said := _said(element):
                self.left_out.append(left_out(said, reason))
            return True
        return False

    def reason(self, element: HtmlElement) -> str:
        """Why an element is page furniture; empty, if it is none."""
        if element in self.round_main or element.tag in ("html", "body") or _is_ours(element):
            return ""
        by_tag = FURNITURE.get(element.tag) or ROLES.get(element.get("role", ""), "")
        if self.is_outside(element):
            return "" if _holds(element, "h1") else by_tag or _by_name(element) or "outside the main part"
        if by_tag in ("header", "footer") and (_holds(element, "h1") or _is_of_a_part(element)):
            return ""
        return by_tag or _by_name(element)

    def is_outside(self, element: HtmlElement) -> bool:
        """Whether an element stands beside the main part or what that is in."""
        parent = element.getparent()
        return parent is not None and parent is not self.main and parent in self.round_main

    # What is.

    def opened(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self.flush()
        if tag == "br":
            self.broken()
        elif tag in ("ul", "ol"):
            self.lists.append("number" if tag == "ol" else "bullet")
            self.items.append(False)
        elif tag == "li" and self.items:
            self.items[-1] = True
        elif tag == "a":
            url = element.get("href") or ""
            self.urls.append(url if re.match(r"(?i)https?://|mailto:|tel:", url) else "")
        self.heading = HEADINGS.get(tag, self.heading)
        self.part = PARTS.get(tag, self.part)
        self.count(element, 1)

    def closed(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self.flush()
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
            self.items.pop()
            if self.items:
                self.items[-1] = False
        elif tag == "a" and self.urls:
            self.urls.pop()
        self.heading = 0 if tag in HEADINGS else self.heading
        self.part = "body" if tag in PARTS else self.part
        self.count(element, -1)

    def count(self, element: HtmlElement, step: int) -> None:
        self.strong += step * (element.tag in ("strong", "b"))
        self.stressed += step * (element.tag in ("em", "i", "cite"))
        self.quoted += step * (element.tag == "blockquote")
        if role := _notes(element):
            self.noted = [*self.noted, role] if step > 0 else self.noted[:-1]

    def broken(self) -> None:
        """A break in a line; two of them end a paragraph."""
        if self.runs and self.runs[-1].text == "\n":
            self.flush()
        else:
            self.add("\n")

    def flush(self) -> None:
        """Put together what has been read since the last line."""
        said = words(_collapsed(self.runs))
        self.runs.clear()
        if not said:
            return
        part, level = self.part, 0
        if self.heading:
            part, level = "heading", self.heading
        elif self.lists:
            part = self.lists[-1] if self.items[-1] else "continue"
            self.items[-1] = False
            level = min(len(self.lists), DEEPEST)
        self.piece(part, said, level)

    def piece(self, part: Part, said: Words, level: int) -> None:
        group: Any = self.noted[-1] if self.noted else "quotation" if self.quoted else ""
        self.pieces.append(Piece(part, said, self.made.add(plain(said)), level, group))

    def table(self, element: HtmlElement) -> None:
        """A table's cells, row by row. Its caption stands above it."""
        for caption in element.iterchildren("caption"):
            self.piece("caption", only(_said(caption)), 0)
        rows = [[only(_said(cell)) for cell in row.iterchildren("td", "th")] for row in element.iter("tr")]
        rows = [row for row in rows if any(row)]
        if rows:
            self.pieces.append(self.made.table(rows))


def _collapsed(runs: list[Run]) -> list[Run]:
    """Runs with all white space as single spaces, as a browser shows it. A hard space stays."""
    made: list[Run] = []
    after_space = False
    for run in runs:
        text = SPACES.sub(" ", run.text)
        text = text[1:] if after_space and text.startswith(" ") else text
        after_space = text.endswith(" ") if text else after_space and not run.note
        made.append(run._replace(text=text))
    return made


def _is_layout(table: HtmlElement) -> bool:
    """Whether a table only puts things beside each other: it holds another one, headings or lists, or has one column."""
    if table.get("role") in ("presentation", "none") or _holds(table, "table", "ul", "ol", *HEADINGS):
        return True
    return all(len(row) <= 1 for row in table.iter("tr"))


def _holds(element: HtmlElement, *tags: str) -> bool:
    return next(element.iterdescendants(*tags), None) is not None


def _is_of_a_part(element: HtmlElement) -> bool:
    """Whether a header or footer is that of an article, a quotation or a picture, and not the page's."""
    return any(each.tag in ("article", "main", "blockquote", "figure", "section") for each in element.iterancestors())


def _is_ours(element: HtmlElement) -> bool:
    """Whether an element is one that our own pages have below the text, or holds one."""
    if element.tag == "footer":
        return any(each.get("class") in OURS for each in element.iterchildren("section"))
    return element.tag == "section" and element.get("class") in OURS


def _by_name(element: HtmlElement) -> str:
    """Why an element is page furniture, by its id and classes. What holds the title or most words is none."""
    if element.tag not in CONTAINERS:
        return ""
    found = NAMED.search(f"{element.get('id', '')} {element.get('class', '')}".lower())
    return NAMES[found.lastgroup or "notice"] if found and not _holds(element, "h1", "main", "article") else ""


def _note(element: HtmlElement) -> int:
    """The number of the note that an element is the mark of; 0, if it is none."""
    said = (element.text_content() if element.tag in ("sup", "a") and len(element) <= 1 else "").strip("[]() \n")
    leads = [each for each in element.iter("a") if (each.get("href") or "").startswith("#")]
    is_mark = element.tag == "sup" or element.get("role") == "doc-noteref" or "footnote" in element.get("class", "")
    return int(said) if is_mark and leads and said.isdecimal() and len(said) <= 4 else 0


def _is_way_back(element: HtmlElement) -> bool:
    """Whether an element leads from a note to its mark."""
    names = (element.get("role") or "", element.get("class") or "")
    return element.tag == "a" and any(
        each in name for each in ("backlink", "footnote-back", "backref") for name in names
    )


def _notes(element: HtmlElement) -> str:
    """The group that an element holds: sources, or notes; empty, if neither."""
    if element.tag not in ("section", "div", "aside", "ol"):
        return ""
    names = {*(element.get("class") or "").split(), element.get("role") or ""}
    if names & {"notes", "footnotes", "doc-endnotes", "endnotes"}:
        return "notes"
    return "sources" if "sources" in names else ""
