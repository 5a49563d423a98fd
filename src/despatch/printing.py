"""One briefing as files: its formats, or its review copy, its manifest, and a last look before any of them is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from despatch.build import MANIFEST, Prepared, Tailoring, laid_out, manifest_file, printed
from despatch.diagnostics import Diagnostics
from despatch.document import Document

# What only some builds need is imported where it is needed.


def made(
    path: Path, prepared: Prepared, tailoring: Tailoring, formats: Sequence[str], *, strict: bool
) -> tuple[dict[str, bytes], Diagnostics]:
    """The bytes of each file by the end of its name, and what is amiss; `strict` has every figure doubted that is printed."""
    document, faults = laid_out(prepared, tailoring, path)
    if document is None:
        return {}, faults
    faults += _doubts(path, prepared, document, faults) if strict else []
    if tailoring.review:
        files, more = _for_review(path, prepared, document, faults, tailoring)
    else:
        files, more = printed(document, prepared.style, [each for each in formats if each != MANIFEST])
        more += _leaks(prepared, files)
    beside = {MANIFEST: manifest_file(document, tailoring)} if MANIFEST in formats else {}
    return files | beside, faults + more


def _doubts(path: Path, prepared: Prepared, document: Document, said: Diagnostics) -> Diagnostics:
    """What `check` has to say of the figures that a briefing prints, besides what is said already."""
    from despatch.checking import doubts
    from despatch.office import Briefing

    return [each for each in doubts(Briefing(path, prepared.selection, document, prepared.style)) if each not in said]


def _for_review(
    path: Path, prepared: Prepared, document: Document, said: Diagnostics, tailoring: Tailoring
) -> tuple[dict[str, bytes], Diagnostics]:
    """The Word file for colleagues, which holds notes and owners on purpose."""
    from despatch.office import Briefing
    from despatch.remarks import review_copy

    briefing = Briefing(path, prepared.selection, document, prepared.style)
    copy, remarks = review_copy(briefing, said, drafts=tailoring.draft)
    return printed(copy, prepared.style, ["docx"], remarks)


def _leaks(prepared: Prepared, files: dict[str, bytes]) -> Diagnostics:
    """What the files would hold that this selection leaves out. Only a file that looks as though it did is looked into."""
    from despatch.withheld import suspected

    if not (doubtful := suspected(prepared.selection, files)):
        return []
    from despatch.leaks import leaked

    faults: Diagnostics = []
    for suffix, wanted in doubtful.items():
        name = f"{prepared.brief.name}.{suffix}"
        faults += leaked(prepared.selection, prepared.style, name, files[suffix], wanted)
    return faults
