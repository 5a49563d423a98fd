"""The page numbers in the contents of a long Word file, from a real layout of its pages."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from despatch.document import Heading, walk
from despatch.lengths import lengths
from despatch.pdf import heading_pages
from despatch.writers import word
from despatch.writers._contents import DEEPEST

if TYPE_CHECKING:
    from despatch.document import Document
    from despatch.style import Style

_LAYOUTS = 3  # tries at numbers that stay right once they are printed


def pages(document: Document, style: Style) -> tuple[int, ...] | None:
    """The page of each heading as the Word file with its contents is laid out; () where that cannot be known.

    None for a document without headings, and for one that fills fewer pages than its style wants contents from.
    """
    has_headings = any(isinstance(each, Heading) and each.level <= DEEPEST for each in walk(document.content))
    if not has_headings or lengths(document, style)[-1].pages < style.contents_from:
        return None
    known: tuple[int, ...] = ()
    for _ in range(_LAYOUTS):
        made = word.write(document, style, pages=known)
        found = heading_pages(made) or ()
        if found == known:
            return known if _is_numbered(made) else ()
        known = found
    return ()


def _is_numbered(made: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        return any(b" PAGEREF " in package.read(name) for name in package.namelist() if name.endswith("document.xml"))
