"""`despatch coverage`: which items of a document we answer."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from despatch.cli._shared import (
    commands,
    library_here,
    misuse,
    open_library,
    output_path,
    refuse,
    show_table,
    shown,
    split,
    unknown,
    write,
)

if TYPE_CHECKING:
    from despatch.content import Library, Reference
    from despatch.select import Selection
    from despatch.workspace import Workspace


def _complete_source(incomplete: str) -> list[str]:
    return [name for name, each in library_here().sources.items() if each.items and name.startswith(incomplete)]


app = commands()


@app.command()
def coverage(
    source: Annotated[str, typer.Argument(help="A source that lists its items.", autocompletion=_complete_source)],
    to: Annotated[str | None, typer.Option(help="Write it as csv, html or both, in place of showing it.")] = None,
    out: Annotated[Path | None, typer.Option(help="A folder, or one file's name.  [default: out]")] = None,
    unanswered: Annotated[bool, typer.Option("--unanswered", help="Only what we have no position on.")] = False,
) -> None:
    """Show which items of a document we answer, with what stance, in which briefings, and what is unanswered.

    \b
    despatch coverage social-care-review
    despatch coverage social-care-review --unanswered
    despatch coverage social-care-review --to csv,html
    """
    from datetime import date

    from despatch.coverage import HEADS, as_csv, as_html, rows, summary
    from despatch.coverage import coverage as covered_by

    formats = _table_formats(to) if to is not None else []
    workspace, library = open_library()
    document = _with_items(source, library)
    today = date.today()  # noqa: DTZ011 - the day on the officer's own calendar
    covered = covered_by(document, library, _selections(workspace, library), today)
    said = summary(covered)
    wanted = [each for each in covered if not (unanswered and each.is_answered)]
    if formats:
        made = {"csv": lambda: as_csv(wanted), "html": lambda: as_html(document, wanted, said)}
        write(
            {
                output_path(workspace, out, f"coverage-{source}", "", each, len(formats)): made[each]()
                for each in formats
            }
        )
    else:
        show_table([HEADS, *rows(wanted)])
    typer.echo(said, err=True)


def _table_formats(to: str) -> list[str]:
    """The formats of a table to write."""
    formats = list(dict.fromkeys(split([to])))
    if not formats or {*formats} - {"csv", "html"}:
        misuse(f"There is no format `{to}`. Write csv, html, or both with a comma between.")
    return formats


def _with_items(name: str, library: "Library") -> "Reference":
    """The source of this name, which lists its items."""
    if name not in library.sources:
        unknown("source", name, library.sources)
    source = library.sources[name]
    if not source.items:
        place = f"{shown(source.id.span.path)}:{source.id.span.line}"
        refuse(f"`{name}` lists no items. Write them under `items:` at {place}.")
    return source


def _selections(workspace: "Workspace", library: "Library") -> "list[Selection]":
    """What each sound brief prints; the others are named aside."""
    from despatch.build import Tailoring, prepare
    from despatch.diagnostics import has_errors

    found = []
    for path in workspace.briefs()[0]:
        prepared, faults = prepare(workspace, path, library, Tailoring())
        if prepared is None or has_errors(faults):
            typer.echo(f"{shown(path)} is not looked at: it has faults of its own. See `despatch check`.", err=True)
        else:
            found.append(prepared.selection)
    return found
