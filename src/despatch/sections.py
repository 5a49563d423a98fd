"""A proof cut into its sections and lists: what stands under which heading, and whose words it is said to be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from despatch import labels
from despatch.labels import OURS, PROPOSAL, Said
from despatch.proof import Proof, Row

APART = ("proposal", "view", "key-messages", "front", "about", "contact", "quotation", "figure")
"""Groups that end where another begins, with or without a heading."""


class Section(Struct, frozen=True, eq=False):
    """A heading or a label, and the lines under it up to the next one."""

    head: Row | None
    rows: list[Row]
    said: Said
    """Whether they are somebody's proposal or our view of it, by the label or the group."""

    @property
    def source(self) -> str:
        """Whose proposal it is, as its label has it and without `the`: `review`."""
        found = PROPOSAL.search(label(self.head)) if self.said == "proposal" and self.head else None
        return labels.source(found) if found else ""


@lru_cache(maxsize=32)
def sections(proof: Proof) -> list[Section]:
    """The sections of a proof, in order; the first may have no head. Several rules ask for the same."""
    made: list[Section] = []
    for row in proof.rows:
        is_head = row.part in ("heading", "label")
        if is_head or not made or _parts(made[-1], row):
            made.append(Section(row if is_head else None, [], said(row)))
        if not is_head:
            made[-1].rows.append(row)
    return made


def lists(proof: Proof) -> Iterator[list[Row]]:
    """The bullets of each list of a proof, whatever their depth."""
    bullets: list[Row] = []
    for row in proof.rows:
        if row.part == "bullet":
            bullets.append(row)
        elif not row.level or row.part == "heading":
            yield bullets
            bullets = []
    yield bullets


def _parts(section: Section, row: Row) -> bool:
    """Whether a line stands outside the group that the section's lines so far stand in."""
    last = section.rows[-1] if section.rows else section.head
    return last is not None and last.group != row.group and bool({last.group, row.group} & {*APART})


def said(row: Row) -> Said:
    """Whether what follows a heading or a label is said to be a proposal, or a view of ours."""
    if row.group in ("proposal", "view") and not OURS.search(row.text):
        return "proposal" if row.group == "proposal" else "view"
    return labels.said(label(row)) if row.part in ("heading", "label") else ""


def label(row: Row) -> str:
    """The words of a heading or a label without the mark of a source."""
    return labels.unmarked(row.text)


def folded(text: str) -> str:
    """A heading or a label as it is compared: small letters, single spaces, no colon or full stop at its end."""
    return " ".join(text.casefold().split()).rstrip(" :.")
