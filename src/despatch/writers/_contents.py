"""The table of contents of a Word file: a filled field whose entries lead to the headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from despatch.document import language, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from despatch.document import Heading
    from despatch.writers.word import Story

DEEPEST = 2
"""How many levels of headings are listed."""
_CODE = f'TOC \\o "1-{DEEPEST}" \\h \\z \\u'


def table(story: Story, pages: tuple[int, ...]) -> Iterator[str]:
    """The paragraphs of the contents: a heading, and an entry for each heading of the text.

    Numbers are printed only if there is one for each heading: a designer's cover may have headings of its own.
    """
    numbers = pages if len(pages) == len(story.headings) else (0,) * len(story.headings)
    named = zip(story.headings, numbers, strict=True)
    listed = [(heading, name, number) for (heading, name), number in named if heading.level <= DEEPEST]
    if not listed:
        return
    entries = [_entry(story, *each) for each in listed]
    before, after = story.around(_CODE, "")
    entries[0] = before + entries[0]
    entries[-1] += after
    yield story.styled("contents-heading", "", story.run(story.style.labels.contents, ""))
    for (heading, *_), entry in zip(listed, entries, strict=True):
        yield story.styled(f"contents-{heading.level}", "", entry)


def _entry(story: Story, heading: Heading, name: str, number: int) -> str:
    """A link to a heading: its words, and the number of its page after a tab."""
    words = replace(story, spoken=language(heading.words)).run(plain(heading.words), "")
    page = story.styled_run("", "<w:tab/>") + story.field(f"PAGEREF {name} \\h", str(number), "") if number else ""
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{words}{page}</w:hyperlink>'
