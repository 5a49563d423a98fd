"""The table of contents of a Word file: a filled field whose entries lead to the headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from despatch.document import language, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from despatch.document import Heading
    from despatch.writers._galley import Galley

DEEPEST = 2
"""How many levels of headings are listed."""
_CODE = f'TOC \\o "1-{DEEPEST}" \\h \\z \\u'


def table(galley: Galley, headings: Sequence[tuple[Heading, str]], pages: tuple[int, ...]) -> Iterator[str]:
    """The paragraphs of the contents: a heading, and an entry for each heading of the text, given with its bookmark.

    Numbers are printed only if there is one for each heading: a designer's cover may have headings of its own.
    """
    numbers = pages if len(pages) == len(headings) else (0,) * len(headings)
    named = zip(headings, numbers, strict=True)
    listed = [(heading, name, number) for (heading, name), number in named if heading.level <= DEEPEST]
    if not listed:
        return
    entries = [_entry(galley, *each) for each in listed]
    before, after = galley.around(_CODE, "")
    entries[0] = before + entries[0]
    entries[-1] += after
    yield galley.styled("contents-heading", "", galley.run(galley.setting.style.labels.contents, ""))
    for (heading, *_), entry in zip(listed, entries, strict=True):
        yield galley.styled(f"contents-{heading.level}", "", entry)


def _entry(galley: Galley, heading: Heading, name: str, number: int) -> str:
    """A link to a heading: its words, and the number of its page after a tab."""
    words = replace(galley, spoken=language(heading.words)).run(plain(heading.words), "")
    page = galley.styled_run("", "<w:tab/>") + galley.field(f"PAGEREF {name} \\h", str(number), "") if number else ""
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{words}{page}</w:hyperlink>'
