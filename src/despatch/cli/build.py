"""`despatch build`: briefings as files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from despatch.cli._shared import (
    Audience,
    Briefs,
    Draft,
    Exact,
    Length,
    MaxWords,
    Pages,
    StyleName,
    Topics,
    Without,
    commands,
    each_prepared,
    misuse,
    open_library,
    output_path,
    shown,
    stop_on_errors,
    stop_without_office,
    tailored,
    write,
)

if TYPE_CHECKING:
    from despatch.build import Prepared
    from despatch.diagnostics import Diagnostics


FORMATS = "docx,md,html"
"""The formats that are written unless --to says otherwise."""


app = commands()


@app.command()
def build(
    briefs: Briefs,
    topic: Topics = None,
    without: Without = None,
    length: Length = None,
    max_words: MaxWords = None,
    pages: Pages = None,
    exact: Exact = False,
    audience: Audience = None,
    to: Annotated[str, typer.Option(help="The formats to write; pdf too, and txt for an e-mail.")] = FORMATS,
    out: Annotated[Path | None, typer.Option(help="A folder, or one file's name.  [default: out]")] = None,
    style: StyleName = None,
    draft: Draft = False,
    strict: Annotated[bool, typer.Option("--strict", help="Write nothing if a figure is in doubt.")] = False,
    review: Annotated[bool, typer.Option("--review", help="A Word file for colleagues, with comments.")] = False,
    manifest: Annotated[bool, typer.Option("--manifest", help="Write beside it what it is built from.")] = False,
) -> None:
    """Build briefings as Word, Markdown and HTML, as PDF, or as text to paste into an e-mail.

    \b
    despatch build lords-2022-12-08-childrens-social-care
    despatch build lords-2022-12-08-childrens-social-care --topic workforce --to docx
    despatch build lords-2022-12-08-childrens-social-care --topic homes --without asylum --length short
    """
    from despatch.printing import made

    workspace, library = open_library()
    tailoring = tailored(topic, without, length, audience, style, draft, review, (max_words, pages, exact))
    formats = _formats(_reviewed(to) if review else to, manifest=manifest)
    files: dict[Path, bytes] = {}
    notes: Diagnostics = []
    for path, prepared in each_prepared(workspace, library, briefs, tailoring, notes):
        _say_what_is_cut(prepared)
        found, faults = made(path, prepared, tailoring, formats, strict=strict)
        notes += faults
        for suffix, data in found.items():
            target = output_path(workspace, out, path.stem, tailoring.flags, suffix, len(briefs) * len(formats))
            _add(files, target, data)
    stop_on_errors(notes, workspace, strict=strict)
    write(files)


def _say_what_is_cut(prepared: "Prepared") -> None:
    """Say what was left out of a briefing for want of room, a line each."""
    if prepared.brief.max_words is None and prepared.brief.pages is None:
        return
    from despatch.budget import left_out

    for each in left_out(prepared.selection):
        name = ".".join(filter(None, (each.block, each.point)))
        typer.echo(f"{prepared.brief.name} leaves out {name}: {each.why}.", err=True)


def _add(files: dict[Path, bytes], target: Path, data: bytes) -> None:
    """Add a file to those that are to be written; two of one name are misuse."""
    if target in files:
        misuse(f"Two of these briefs would both be written to {shown(target)}.")
    files[target] = data


def _reviewed(to: str) -> str:
    """The format of a review copy, which is Word's."""
    if to not in (FORMATS, "docx"):
        misuse("A review copy is a Word file, since only that has comments: leave --to out with --review.")
    return "docx"


def _formats(to: str, *, manifest: bool) -> list[str]:
    from despatch.build import MANIFEST, WRITERS
    from despatch.diagnostics import did_you_mean

    known = f"The formats are {', '.join(WRITERS)}."
    formats = list(dict.fromkeys(each.strip().lower().lstrip(".") for each in to.split(",") if each.strip()))
    for each in formats:
        if each not in WRITERS:
            misuse(f"There is no format `{each}`. {did_you_mean(each, WRITERS) or known}")
    if "pdf" in formats:
        stop_without_office()
    return [*(formats or misuse(f"--to names no format. {known}")), *([MANIFEST] if manifest else [])]
