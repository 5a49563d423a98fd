"""No text turns into markup: a parser reads the Markdown page's words back with exactly their emphasis and links."""

from __future__ import annotations

from typing import TypeAlias
from urllib.parse import unquote

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from despatch.document import Citation, Emphasis, Footnote, Inline, Link, Origin, Paragraph, Strong, Text, Words
from despatch.writers import markdown

Characters: TypeAlias = list[tuple[str, ...]]
"""Each character, spaces aside, with the marks that apply to it; a footnote's mark counts as one."""

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
FRAGMENTS = [*"*_`~|\\[]()<>!&#;{}%+-=.:/@'\"^$ aZé9’“—£\u0301\u200b\u00a0😀中",
             "1. ", "12) ", "- ", "---", "===", "# ", "> ", "~~~", "```", "<b>", "<!--", "&amp;", "&#35;", "    ",
             "{{ x }}", "{% raw %}", "[y](z)", "[a]: /u", "[x] ", "![i](j)", "\\\n", "snake_case_x", "|---|"]  # fmt: skip
ADDRESSES = ['https://e.org/a_(b)?c=1&copy;<>"\\`*[]{}|', "mailto:a_b@e.org", "javascript:alert(1)"]


def marked(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    words = st.lists(inner, max_size=3).map(tuple)
    return st.builds(Strong, words) | st.builds(Emphasis, words) | st.builds(Link, words, st.sampled_from(ADDRESSES))


texts = st.lists(st.sampled_from(FRAGMENTS), max_size=7).map("".join).map(Text)
numbers = st.integers(1, 20)
inlines = st.recursive(texts | numbers.map(Citation) | numbers.map(Footnote), marked, max_leaves=5)


def page(words: Words) -> str:
    return "\n\n".join(markdown._blocks([Paragraph(words, Origin("x"))]))


def characters(text: str, marks: tuple[str, ...]) -> Characters:
    return [(character, *sorted(set(marks))) for character in text if not character.isspace()]


def said(words: Words, marks: tuple[str, ...] = ()) -> Characters:
    """What the tree says."""
    found: Characters = []
    for inline in words:
        match inline:
            case Text(text):
                found += characters(text, marks)
            case Citation():
                found += characters(inline.mark, marks)
            case Footnote(number):
                found.append((f"[^{number}]",))
            case Strong(inner):
                found += said(inner, (*marks, "strong"))
            case Emphasis(inner):
                found += said(inner, (*marks, "em"))
            case Link(inner, url):
                plain = url.startswith("javascript:") or any(":" in mark for mark in marks)
                inside = said(inner, marks if plain else (*marks, url))
                found += sorted(inside, key=is_footnote)  # a link holds no other, so they come after it
    return found


def is_footnote(character: tuple[str, ...]) -> bool:
    return character[0].startswith("[^")


def spelt(found: Characters) -> Characters:
    """The characters with those of footnotes' marks, which CommonMark itself reads as text without marks."""
    return [each for one in found for each in (characters(one[0], ()) if is_footnote(one) else [one])]


def read(text: str) -> Characters:
    """What a CommonMark parser reads; any element but these shows as itself."""
    found: Characters = []
    for block in PARSER.parse(text):
        marks: list[str] = []
        found += [] if block.tag in ("", "p") else [(block.type,)]
        for token in block.children or []:
            if token.type == "text":
                found += characters(token.content, tuple(marks))
            elif token.type in ("strong_open", "em_open", "link_open"):
                marks.append(unquote(str(token.attrGet("href") or token.tag)))
            elif token.type in ("strong_close", "em_close", "link_close"):
                marks.pop()
            else:
                found.append((token.type,))
    return found


@given(st.lists(inlines, max_size=4).map(tuple))
@example((Strong((Text("“Yes,”"),)), Text("and"), Emphasis((Text("so"),)), Text("on")))
@example((Text("Act!"), Link((Text("now"),), ADDRESSES[0])))
@example((Link((Footnote(1), Text("now"), Footnote(2)), ADDRESSES[0]), Footnote(3), Text("(y): [z]")))
def test_text_never_becomes_markup(words: Words) -> None:
    text = page(words)
    assert read(text) == spelt(said(words))
    assert "{{" not in text
    assert "{%" not in text


def test_ordinary_text_is_not_escaped() -> None:
    text = "5 (1) < 7 & R&D, “AT&T” + half-term: snake_case, #1, £5 – 3.5% (a/b); e.g. 10:30!"
    assert page((Text(text),)) == text
