"""Pages for a site and for an e-mail: every program that publishes Markdown reads ours alike, and nothing in it runs."""

from __future__ import annotations

import re
from collections import deque
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from lxml.html import document_fromstring

from despatch.diagnostics import Span
from despatch.document import (
    Document,
    Emphasis,
    Footnote,
    Group,
    Heading,
    Inline,
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
    lines,
    walk,
)
from despatch.style import Style, load_style
from despatch.writers import html, markdown
from despatch.writers import text as email
from tests import markdown_readers
from tests.helpers import ROOT, run
from tests.test_golden import BRIEFS, built
from tests.test_markdown_escaping import FRAGMENTS

ORIGIN = Origin("x")
ADDRESS = "https://e.org/a_(b)?c=1&copy;=[2]*'x'_y_"
HOSTILE = [
    "{% raw %} x {% endraw %}", "{{ site.time }}", "{{< figure src=x >}}", "{{% note %}} x {{% /note %}}", "{:.red}", "{:toc}",
    "x{: #id .class}", "{::comment} x {:/}", "{#id .class}", "{-}", "{=html}", "$x$ and $5 to $10, $$x^2$$", "H~2~O ~~gone~~ ~",
    "x^2^ and ^[note] ^", "^", ":smile: :tada:", "@mention and @someone", "#123 and GH-12", "<script>alert(1)</script>",
    "<!-- comment -->", "<!--more-->", "<b>bold</b> <3 < 4 a<b", "---", "- - -", "***", "___", "===", "+++", "a | b", "|a|b|",
    "| --- |", "https://example.org/a and www.example.org", "http://e.org", "press@example.org", "    code", "```code```", "`code`",
    "# x", "#x", "x #", "## x ##", "> x", ">x", "1. x", "1) x", "(1) x", "a. x", "a) x", "(a) x", "(iv) x", "iv. x", "A. x", "#. x",
    "(@) x", "@. x", ": x", ":x", "~ x", "Table: x", "table: x", ": Table: x", "*[HTML]: x", "[x]: http://y.org", "[^1]: x", "[^x]",
    "[x]", "[x](y)", "![x](y)", "[x]{.y}", "- [ ] x", "[x] y", "\"a\" and 'b' it's", "a -- b --- c", "...", "x....", "<< x >>", ">>x",
    "&copy; &amp; &#35; &x", "a\\", "\\begin{x}", "\\newpage", "\\(x\\)", "\\[x\\]", "snake_case _x_ __x__", "*x* **x**", "==x== ++x++",
    "$", "%x%", "C:\\temp", "a/b //c", "::: note", ":::", "T: x", "<https://e.org>", "<a@e.org>", "x  ", "!", "!x", "+ x", "* x", "- x",
    "-", "+", "1.", "(a)", "{", "}", "{{{x}}}", "[@smith]", "[-@smith]", "@smith [p. 3]", "x\u00a0y", "100%", "\u200bx", "é😀中", "=x",
]  # fmt: skip


def paragraph(*words: Inline) -> Paragraph:
    return Paragraph(words, ORIGIN)


def entry(*words: Inline) -> Item:
    return Item((paragraph(*words),))


def sentences() -> list[str]:
    """Hostile text alone, and among words, and joined as it never was on purpose."""
    chance = Random(5)
    joined = ["".join(chance.choices(FRAGMENTS, k=4)) for _ in range(150)]
    return [text for text in (*HOSTILE, *(f"See {text} for more" for text in HOSTILE), *joined) if text.strip()]


def hostile() -> Document:
    """Every hostile text as a paragraph, strong, in emphasis, a link, a heading, an entry, a cell and a tabled line."""
    texts = [Text(text) for text in sentences()]
    some = [Text(text) for text in HOSTILE]
    content: list[Node] = [paragraph(text) for text in texts]
    for text in some:
        content += [
            Heading(1, (text,), ORIGIN),
            paragraph(Strong((text,)), Text(" and "), Emphasis((text,)), Text(".")),
        ]
        content += [paragraph(Text("See "), Link((text,), ADDRESS), Text(": "), text)]
        content += [paragraph(text, Footnote(1), text), Paragraph((text,), ORIGIN, "literal"), paragraph(Text("Then:"))]
    entries = tuple(
        entry(text) for text in some if text.text != "[x] y"
    )  # pandoc draws a box there, however it is written
    content += [Listing(entries), Listing((entry(Text("next")),)), Listing((entry(Text("one")),), ordered=True)]
    content += [Listing((entry(Text("two")),), ordered=True), paragraph(Text("Table: x"))]
    content += [Table(((Text("what"),), (Text("value"),)), tuple(((text,), (text,)) for text in some), ORIGIN, (1,))]
    content += [
        paragraph(Text(": x")),
        Listing((Item((paragraph(Text("a")), Listing((entry(Text("b")),)), paragraph(Text("c")))),)),
    ]
    notes = Listing((entry(Text("A note: "), Link((Text("there"),), "https://e.org/"), Text(".")),), ordered=True)
    content += [Group("notes", (Heading(1, (Text("Notes"),), ORIGIN), notes))]
    title = "Title: {{ x }} {% raw %} \"q\" 'a' # & \\ %"
    properties = Properties(
        title, "Office", "2022-12-08", "8 December 2022", draft="DRAFT: {{ x }}", keywords=("a, b", "{{ c }}")
    )
    return Document(properties, (Paragraph((Text(title),), ORIGIN, "title"), *content))


def plain_style() -> Style:
    style, faults = load_style("plain", ROOT / "templates", Span(ROOT))
    assert style is not None, faults
    return style


@cache
def pages() -> dict[str, tuple[Document, str]]:
    document = hostile()
    made = {"hostile": (document, markdown.write(document, plain_style()).decode())}
    return made | {brief: (built(brief)[0], built(brief)[1]["md"].decode()) for brief in BRIEFS}


@pytest.fixture(scope="module", params=markdown_readers.READERS)
def readings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What one reader makes of every page."""
    if reason := markdown_readers.missing(request.param):
        pytest.skip(reason)
    texts = {name: text for name, (_, text) in pages().items()}
    return markdown_readers.read(request.param, texts, tmp_path_factory.mktemp("site"))


@pytest.mark.parametrize("name", ["hostile", *BRIEFS])
def test_every_reader_finds_what_the_tree_says(name: str, readings: dict[str, str]) -> None:
    """The same words, headings, lists, tables, quotations, emphasis, links and notes, and nothing more."""
    wanted, reading = markdown_readers.said(pages()[name][0]), markdown_readers.found(readings[name])
    first = next((n for n, (one, other) in enumerate(zip(wanted, reading, strict=False)) if one != other), None)
    assert first is None, f"{_near(wanted, first)} ≠ {_near(reading, first)}"
    assert len(reading) == len(wanted)


def _near(reading: markdown_readers.Reading, place: int) -> str:
    return "".join(each[0] for each in reading[max(0, place - 30) : place + 30]) + f" {reading[place]}"


@pytest.mark.parametrize("reader", ["hugo", "jekyll"])
def test_a_draft_is_left_out_of_a_site(reader: str, tmp_path: Path) -> None:
    if reason := markdown_readers.missing(reader):
        pytest.skip(reason)
    made = markdown_readers.built({"draft": pages()["hostile"][1], "final": pages()[BRIEFS[0]][1]}, reader, tmp_path)
    assert {name: path.exists() for name, path in made.items()} == {"draft": False, "final": True}


@pytest.mark.parametrize("name", ["hostile", *BRIEFS])
def test_front_matter_has_the_types_that_sites_expect(name: str) -> None:
    document, page = pages()[name]
    front = yaml.safe_load(page.split("\n---\n")[0].removeprefix("---\n"))
    assert front["title"] == document.properties.title
    assert front["date"].isoformat() == document.properties.date
    assert front.get("draft", False) is bool(document.properties.draft)
    assert front.get("notice", "") == document.properties.draft
    assert front["keywords"] == list(document.properties.keywords)
    assert "{{" not in page
    assert "{%" not in page


# The page for the web


def parsed(page: bytes) -> Any:
    return document_fromstring(page)


def meta(page: bytes) -> dict[str, str]:
    found = parsed(page).xpath("//meta[@content]")
    return {each.get("property") or each.get("name") or each.get("http-equiv"): each.get("content") for each in found}


@pytest.mark.parametrize("brief", BRIEFS)
def test_page_says_what_those_who_share_it_show(brief: str) -> None:
    document, made = built(brief)
    said, properties = meta(made["html"]), document.properties
    assert said["og:title"] == properties.title
    assert said["og:type"] == "article"
    assert said["og:site_name"] == properties.organisation
    assert said["og:locale"] == "en_GB"
    assert said["article:published_time"] == properties.date
    assert said["twitter:card"] == "summary"
    assert said["og:description"] == said["description"] != ""
    assert said["description"] in lines(document) or said["description"] == properties.occasion
    assert "robots" not in said
    assert "script-src" not in said["Content-Security-Policy"]
    assert said["Content-Security-Policy"].startswith("default-src 'none'")


def test_page_of_a_draft_asks_not_to_be_found() -> None:
    assert meta(html.write(hostile(), plain_style()))["robots"] == "noindex"


@pytest.mark.parametrize("brief", BRIEFS)
def test_each_heading_has_an_address_to_copy(brief: str) -> None:
    """A heading is a link to itself, so a screen reader hears the heading's words and no others."""
    document, made = built(brief)
    page = parsed(made["html"])
    headings = page.xpath("//h2 | //h3 | //h4")
    assert len(headings) == sum(isinstance(node, Heading) for node in walk(document.content))
    for each in headings:
        (link,) = each.xpath("a")
        assert link.get("href") == f"#{each.get('id')}"
        assert link.text_content() == each.text_content()
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each.get("id"))


def test_headings_of_the_same_words_have_addresses_of_their_own() -> None:
    headings = tuple(Heading(1, (Text("Homes for children in care"),), Origin("x", str(n))) for n in range(3))
    page = html.write(Document(hostile().properties, headings), plain_style()).decode()
    name = "homes-for-children-in-care"
    assert re.findall(r'<h2 id="([^"]+)"', page) == [name, f"{name}-2", f"{name}-3"]


def test_no_link_stands_in_a_heading_s_link() -> None:
    page = parsed(
        html.write(
            Document(hostile().properties, (Heading(1, (Link((Text("x"),), "https://e.org"), Footnote(1)), ORIGIN),)),
            plain_style(),
        )
    )
    assert [each.get("href") for each in page.xpath("//h2//a")] == ["https://e.org"]


# The text for an e-mail


@pytest.mark.parametrize("name", ["hostile", *BRIEFS])
def test_text_has_the_trees_words_in_order_and_no_others(name: str) -> None:
    document = pages()[name][0]
    wanted = deque("".join("".join(lines(document)).split()))
    made = email.write(document, plain_style()).decode().replace(f" ({ADDRESS})", "")
    for character in "".join(re.sub(r" \(https?://[^ )]+\)", "", made).split()):
        if wanted and character == wanted[0]:
            wanted.popleft()
        else:
            assert character in "=–-•[].:;0123456789", "".join(wanted)[:50]
    assert not wanted


def test_text_reads_well_in_an_e_mail() -> None:
    document = Document(
        hostile().properties,
        (
            Paragraph((Text("Homes for children"),), ORIGIN, "title"),
            Heading(1, (Text("Key messages"),), ORIGIN),
            paragraph(
                Strong((Text("Councils"),)),
                Text(" say "),
                Link((Text("so"),), "https://e.org/a"),
                Footnote(2),
                Text("."),
            ),
            Listing(
                (
                    Item(
                        (paragraph(Text("Homes:")), Listing((entry(Text("near;")), entry(Text("safe."))))),
                    ),
                    entry(Text("Help")),
                )
            ),
            Group(
                "view",
                (Paragraph((Text("LGA view"),), ORIGIN, "label"), Listing((entry(Text("We agree.")),), ordered=True)),
            ),
            Table(
                ((Text("What"),), (Text("Value"),), (Text("Date"),)),
                (((Text("Spending"),), (Text("£1m"),), (Text("2021"),)),),
                ORIGIN,
            ),
            paragraph(
                Link((Text("press@e.org"),), "mailto:press@e.org"), Text(", "), Link((Text("us"),), "mailto:us@e.org")
            ),
            Paragraph((Text("(1) Leave out"),), ORIGIN, "literal"),
            Paragraph((Text("(2) Put in"),), ORIGIN, "literal"),
            Group(
                "notes",
                (
                    Heading(1, (Text("Sources"),), ORIGIN),
                    Listing((entry(Text("One.")), entry(Text("Two."))), ordered=True),
                ),
            ),
        ),
    )
    assert email.write(document, plain_style()).decode() == EMAIL


def test_text_is_built_only_when_asked_for(tmp_path: Path) -> None:
    done = run("build", BRIEFS[0], "--to", "txt", "--out", str(tmp_path), cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [f"{BRIEFS[0]}.txt"]
    made = (tmp_path / f"{BRIEFS[0]}.txt").read_bytes()
    assert b"\r" not in made
    assert b"\n\n\n" not in made
    assert made.endswith(b"\n")


EMAIL = """\
Homes for children
==================

Key messages
============

Councils say so (https://e.org/a)[2].

  • Homes:
    – near;
    – safe.
  • Help

LGA view
--------

  1. We agree.

What: Value; Date
Spending: £1m; 2021

press@e.org, us (us@e.org)

    (1) Leave out
    (2) Put in

Sources
=======

[1] One.
[2] Two.
"""
