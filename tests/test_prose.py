"""The small Markdown of prose, and the three things in it that are ours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from despatch import prose
from despatch.content import Library
from despatch.diagnostics import Span
from despatch.document import (
    Citation,
    Document,
    Emphasis,
    Item,
    Link,
    Listing,
    Origin,
    Paragraph,
    Properties,
    Strong,
    Text,
    Words,
    lines,
)
from despatch.load import load_library
from despatch.page import Page
from despatch.style import load_style
from tests.helpers import workspace

SEEDS = """
facts:
  - {id: rcc-count, value: up to 20, what: cooperatives, source: the-review, as_of: 2022-05}
  - {id: children-in-care, value: "82,170", what: children in care, source: statistics, as_of: 2022-03-31}
  - {id: gap, value: £1.6 billion, what: the gap, source: statistics}
sources:
  - {id: the-review, kind: review, title: The Review}
  - {id: statistics, kind: dataset, title: Statistics}
  - {id: other, kind: page, title: Another page}
terms:
  - {short: SGO, long: special guardianship order}
  - {short: CAO, long: child arrangements order, plural: child arrangements orders}
"""
HERE = Origin("homes")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library, faults = load_library(workspace(tmp_path_factory.mktemp("prose"), SEEDS).seeds)
    assert not faults
    return library


def page_with(library: Library, **settings: Any) -> Page:
    """A page whose style has these settings."""
    style, _ = load_style("plain", Path("none"), Span(Path("none")))
    assert style is not None
    return Page(library, replace(style, **settings))


@pytest.fixture
def page(library: Library) -> Page:
    """A page without citations, so that figures stand alone."""
    return page_with(library, citations="none")


def _nodes(text: str) -> tuple[Paragraph | Listing, ...]:
    """The nodes of prose that names nothing."""
    return prose.nodes(text, HERE, lambda token, first: (Text(token.name),))


def _printed(nodes: tuple[Paragraph | Listing, ...]) -> list[str]:
    return list(lines(Document(Properties("", "", "", ""), nodes)))


def _lines(text: str) -> list[str]:
    return _printed(_nodes(text))


def _words(text: str) -> Words:
    """The words of prose that is one paragraph."""
    (paragraph,) = _nodes(text)
    assert isinstance(paragraph, Paragraph)
    return paragraph.words


# Markdown.


def test_a_blank_line_parts_paragraphs_and_a_single_line_end_does_not() -> None:
    assert _lines("One\nline.\n\nTwo.\n  \nThree.\n") == ["One line.", "Two.", "Three."]


def test_strong_emphasis_and_links() -> None:
    assert _words("a **b *c* d** [e **f**](https://a.example/?x=1&y=2) _g_") == (
        Text("a "),
        Strong((Text("b "), Emphasis((Text("c"),)), Text(" d"))),
        Text(" "),
        Link((Text("e "), Strong((Text("f"),))), "https://a.example/?x=1&y=2"),
        Text(" "),
        Emphasis((Text("g"),)),
    )


@pytest.mark.parametrize("text", ["Some **strong\nwords** here", "Some **strong words**\nhere"])
def test_a_line_end_in_marked_text_is_a_space(text: str) -> None:
    assert _words(text) == (Text("Some "), Strong((Text("strong words"),)), Text(" here"))


def test_lists_and_lists_under_them() -> None:
    (listing,) = _nodes("- one\n- two\n  - under *two*\n    1. first\n    2. second\n- three\n")
    assert isinstance(listing, Listing)
    assert not listing.ordered
    two = listing.items[1].content[1]
    assert isinstance(two, Listing)
    deepest = two.items[0].content[1]
    assert isinstance(deepest, Listing)
    assert deepest.ordered
    assert _printed((listing,)) == ["one", "two", "under two", "first", "second", "three"]


@pytest.mark.parametrize("mark", ["-", "*", "+"])
def test_a_list_may_follow_words_at_once(mark: str) -> None:
    kinds = [type(node) for node in _nodes(f"Some problems:\n{mark} one\n{mark} two\n\nAfter.")]
    assert kinds == [Paragraph, Listing, Paragraph]


def test_an_item_may_have_two_paragraphs() -> None:
    (listing,) = _nodes("- one\n\n  more of one\n- two")
    assert isinstance(listing, Listing)
    assert [len(item.content) for item in listing.items] == [2, 1]
    assert isinstance(listing.items[0], Item)


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 * 4",
        "snake_case and other_words_too",
        "<b>bold</b>",
        "&amp; &#38; &nbsp;",
        "{% if x %}{{% endif %}",
        "a {b} {{{c",
        "[an aside] and (another)",
        "a [b](c d)",
        "[x][y]",
        "[x]: https://a.example",
        "`code`",
        "# Not a heading",
        "> not a quotation",
        "Not a heading\n===",
        "~~struck~~",
        "https://a.example/a_b_c",
        "<https://a.example>",
        "a\\b C:\\homes",
        "5* and **6",
        "1.5 million",
        "2022.",
        "-5 degrees",
        "+44 20 7946",
        "–",
        "Footnote*",
        "a | b",
    ],
)
def test_text_that_only_looks_like_markup_is_printed_as_it_stands(text: str) -> None:
    for around in ("{}", "*x*\n\n{}"):
        assert _lines(around.format(text))[-1] == text.replace("\n", " ")
    assert all(not isinstance(each, Strong | Emphasis | Link) for each in _words(text))


@pytest.mark.parametrize("text", ["2022. A year to forget.", "3. The third point.", "20) more homes"])
def test_a_number_that_begins_a_line_is_never_lost(text: str) -> None:
    """A list is numbered from 1, so a line that begins with another number is words."""
    assert _lines(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\*not stressed\*", "*not stressed*"),
        (r"\[not a link\](https://a.example)", "[not a link](https://a.example)"),
        (r"\- no list", "- no list"),
        (r"1\. no list", "1. no list"),
        (r"a \\ b", "a \\ b"),
        (r"a \z b", r"a \z b"),
        (r"\{{rcc-count}}", "{{rcc-count}}"),
        (r"\[@other]", "[@other]"),
        ("ends in \\", "ends in \\"),
    ],
)
def test_a_backslash_before_a_mark_leaves_it_as_text(text: str, expected: str) -> None:
    assert _words(text) == (Text(expected),)


def test_a_backslash_at_the_end_of_a_line_does_not_join_its_words() -> None:
    assert _lines("one\\\ntwo")[0].replace("\\", "").split() == ["one", "two"]


def test_lists_in_lists_in_lists_lose_no_words() -> None:
    for depth in (3, 12, 30):
        assert "words" in " ".join(_lines("- " * depth + "words"))


def test_a_space_that_does_not_break_is_kept() -> None:
    for text in ("£5\u00a0million", "£5\u00a0million *more*", "**£5\u00a0million**"):
        assert "£5\u00a0million" in _lines(text)[0]


def test_markup_elsewhere_changes_nothing_about_plain_words() -> None:
    text = "Homes  for children,\nin\u00a0care.\n\nMore   words."
    assert _lines(f"{text}\n\n*x*")[:-1] == _lines(text)


# Tokens.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{rcc-count}} cooperatives", "Up to 20 cooperatives"),
        ("There are {{rcc-count}}.", "There are up to 20."),
        ("There are more. {{rcc-count}} of them.", "There are more. Up to 20 of them."),
        ("There are more.\n{{rcc-count}} of them.", "There are more. Up to 20 of them."),
        ("Really? {{rcc-count}} of them.", "Really? Up to 20 of them."),
        ("More! {{rcc-count}} of them.", "More! Up to 20 of them."),
        ("“{{rcc-count}} of them.”", "“Up to 20 of them.”"),
        ("“More.” {{rcc-count}} of them.", "“More.” Up to 20 of them."),
        ("He said, “{{rcc-count}} of them.”", "He said, “up to 20 of them.”"),
        ("(More.) {{rcc-count}} of them.", "(More.) Up to 20 of them."),
        ("Many ({{rcc-count}}) of them.", "Many (up to 20) of them."),
        ("Many, e.g. {{rcc-count}} of them.", "Many, e.g. up to 20 of them."),
        ("Many, i.e. {{rcc-count}} of them.", "Many, i.e. up to 20 of them."),
        ("In para. {{rcc-count}} of it.", "In para. up to 20 of it."),
        ("Many: {{rcc-count}} of them.", "Many: up to 20 of them."),
        ("Many; {{rcc-count}} of them.", "Many; up to 20 of them."),
        ("**{{rcc-count}}** of them.", "Up to 20 of them."),
        ("More. **{{rcc-count}} of** them.", "More. Up to 20 of them."),
        ("More. *{{rcc-count}}*", "More. Up to 20"),
        ("[{{rcc-count}} of them](https://a.example)", "Up to 20 of them"),
        ("See [the {{rcc-count}}](https://a.example).", "See the up to 20."),
        ("{{ rcc-count }} of them", "Up to 20 of them"),
        ("{{children-in-care}} children", "82,170 children"),
        ("{{gap}} a year", "£1.6 billion a year"),
        ("About {{gap}}{{rcc-count}}", "About £1.6 billionup to 20"),
        ("On {{children-in-care.as_of}}.", "On 31 March 2022."),
        ("In {{rcc-count.as_of}}.", "In May 2022."),
    ],
)
def test_a_fact_prints_its_value_with_a_capital_only_where_a_sentence_begins(
    page: Page, text: str, expected: str
) -> None:
    assert _printed(page.prose(text, HERE)) == [expected]


@pytest.mark.parametrize("mark", ["- ", "* ", "+ ", "1. ", "1) "])
def test_a_bullet_begins_a_sentence(page: Page, mark: str) -> None:
    for before in ("", "Some words:\n\n", "Some words:\n"):
        assert _printed(page.prose(f"{before}{mark}{{{{rcc-count}}}} of them", HERE))[-1] == "Up to 20 of them"


def test_every_bullet_begins_a_sentence(page: Page) -> None:
    text = "- {{rcc-count}}\n- {{rcc-count}}\n  - {{rcc-count}}\n\n{{rcc-count}}"
    assert _printed(page.prose(text, HERE)) == ["Up to 20"] * 4


def test_tokens_stand_where_they_were_written(library: Library) -> None:
    page = page_with(library, citations="list")
    (paragraph,) = page.prose("A **{{children-in-care}} x** [y {{gap}} [@other]](https://a.example)[@the-review]", HERE)
    assert isinstance(paragraph, Paragraph)
    assert paragraph.words == (
        Text("A "),
        Strong((Text("82,170 x"),)),
        Text(" "),
        Link((Text("y £1.6 billion "), Citation(1)), "https://a.example"),
        Citation(2),
        Text("\u00a0"),
        Citation(3),
    )


def test_a_term_is_spelt_out_once_in_a_briefing(page: Page) -> None:
    assert _printed(page.prose("An early {{SGO}} helps. {{SGO}} and {{SGOs}}.", HERE)) == [
        "An early special guardianship order (SGO) helps. SGO and SGOs."
    ]
    assert _printed(page.prose("Still {{SGO}}.", HERE)) == ["Still SGO."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{SGO}}", "Special guardianship order (SGO)"),
        ("Many {{SGOs}}, one {{SGO}}", "Many special guardianship orders (SGOs), one SGO"),
        ("Many {{CAOs}}", "Many child arrangements orders (CAOs)"),
        ("First. {{CAOs}} next", "First. Child arrangements orders (CAOs) next"),
        ("The {{CAO}}’s terms", "The child arrangements order (CAO)’s terms"),
    ],
)
def test_a_terms_first_use(page: Page, text: str, expected: str) -> None:
    assert _printed(page.prose(text, HERE)) == [expected]


def test_a_heading_prints_tokens_and_reads_no_markup(library: Library) -> None:
    page = page_with(library, citations="list")
    assert page.line("{{rcc-count}} *homes* [@other]") == (Text("Up to 20 *homes* "), Citation(1))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{{a}} [@b] {{ c }}", ["a", "b", "c"]),
        ("{{a-b.as_of}}", ["a-b.as_of"]),
        (r"\{{a}} \[@b] {{c}}", ["c"]),
        ("{a} {{}} [@]", ["", ""]),
        ("{{{{a}}}}", ["a"]),
        ("{{a}}{{b}}", ["a", "b"]),
        ("{{a", []),
    ],
)
def test_names_are_found_in_order(text: str, names: list[str]) -> None:
    found = list(prose.tokens(text))
    assert [token.name for token in found] == names
    assert all(text[token.start : token.end][0] in "{[" and text[token.end - 1] in "}]" for token in found)


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("[a](https://a.example)", []),
        ("[a](mailto:a@a.example) [b](tel:+442079460123)", []),
        ("[a](HTTP://a.example)", []),
        ("[a](www.a.example)", ["www.a.example"]),
        ("[a](javascript:x)", ["javascript:x"]),
        ("[a]()", [""]),
        ("[a](https://a.example/{{gap}})", ["https://a.example/{{gap}}"]),
        ("[a](/page) [b](#top)", ["/page", "#top"]),
    ],
)
def test_an_address_that_cannot_be_followed_is_found(text: str, bad: list[str]) -> None:
    assert [address for _, _, address in prose.bad_links(text)] == bad


# Properties.

PLAIN = st.text(
    alphabet=st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_characters="*_[]\\{}", exclude_categories=["C"]),
    max_size=40,
)  # fmt: skip
MARKED = st.text(alphabet="ab1. -*_[]()\\{}@!<>&`#\n\u00a0é“", max_size=40)


@given(PLAIN.filter(lambda text: not re.match(r"\s*(?:[-+]|\d{1,9}[.)])\s", text)))
def test_no_character_of_plain_text_is_lost_or_changed(text: str) -> None:
    assert [each for line in _lines(text) if (each := _spaced(line))] == [each for each in [_spaced(text)] if each]


def _spaced(text: str) -> str:
    """The text with one space wherever there are spaces or line ends; any other kind of space stays."""
    return re.sub(r"[ \u2028\u2029]+", " ", text).strip()


@given(MARKED)
def test_any_text_is_read_and_no_letter_is_lost(text: str) -> None:
    """Only a link's address is not printed; all letters of other text are, in order."""
    printed = "".join(_lines(text))
    if "](" not in text:
        assert re.sub(r"[^abé“]", "", printed) == re.sub(r"[^abé“]", "", text)


@given(MARKED)
def test_prose_is_never_printed_with_the_marks_that_stand_for_names(text: str) -> None:
    assert not set("".join(_lines(text))) & set("\x00\x01\x02")


@given(st.lists(st.sampled_from(["Homes", "{{gap}}", "**strong**", "*words*", "a.", "[@other]", "(b)"]), min_size=1))
def test_each_name_prints_just_once(pieces: list[str]) -> None:
    printed = _lines(" ".join(pieces))
    expected = " ".join(re.sub(r"[*{}\[\]@]", "", piece) for piece in pieces)
    assert printed == [expected]


SIMPLE_PIECES = st.sampled_from(
    [
        "**",
        "*",
        "[",
        "](https://a.example/b?c=d&e=f%20)",
        "]",
        " ",
        "a",
        "Ab",
        "é",
        ".",
        "“",
        "\n",
        "_",
        "!",
        "\\",
        "<",
        "1",
        "{{gap}}",
    ]
)


@given(st.lists(SIMPLE_PIECES, max_size=14).map("".join))
def test_simple_markup_is_read_as_commonmark_reads_it(text: str) -> None:
    """Prose with simple markup is read without CommonMark's parser; what comes out is the same."""

    def named(token: prose.Token, first: bool) -> Words:
        return (Text(f"{token.name}{first}"),)

    quick = prose.nodes(text, HERE, named)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "SIMPLE", re.compile(r"(?!)"))
        patch.setattr(prose, "MARKUP", re.compile(""))
        patch.setattr(prose, "_paragraphs", prose._paragraphs.__wrapped__)  # which keeps what it read
        assert prose.nodes(text, HERE, named) == quick


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Write \{{word}} or \[@report].", []),
        (r"Write \{{word}} and {{rcc-count}}.", []),
        (r"Write \{{word}} and {{rcc-count}.", ["{{rcc-count}"]),
        ("Write rcc-count}}.", ["rcc-count}}"]),
        ("Write {rcc-count}.", ["{rcc-count}"]),
    ],
)
def test_a_name_is_unfinished_unless_a_backslash_keeps_it_as_it_stands(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in prose.unfinished(text)] == expected
