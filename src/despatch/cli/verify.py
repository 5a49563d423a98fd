"""`despatch verify`: what must not leave the building, in finished files."""

from pathlib import Path
from typing import Annotated

import typer

from despatch.cli._shared import commands, complete_brief, misuse, open_library, paint, stop_on_errors

app = commands()


@app.command()
def verify(
    files: Annotated[list[Path] | None, typer.Argument(help="Finished briefings, or folders of them.")] = None,
    leaks: Annotated[bool, typer.Option("--leaks", help="Look for what must not leave the building.")] = False,
    brief: Annotated[
        str,
        typer.Option(help="What a file was built as, if its name no longer says so.", autocompletion=complete_brief),
    ] = "",
) -> None:
    """Look into every part of finished files for what must not leave the building.

    With --leaks: words that were left out or withdrawn, notes for colleagues, comments and tracked changes, names of
    people and places on their computers, seen or unseen.

    \b
    despatch verify --leaks out
    despatch verify --leaks out/lords-2022-12-08-childrens-social-care.docx
    despatch verify --leaks sent.docx --brief lords-2022-12-08-childrens-social-care--short
    """
    from despatch.leaks import verify as look

    if not leaks or not files:
        misuse("Say what to look for, and where: despatch verify --leaks out. `despatch verify --help` tells more.")
    workspace, library = open_library()
    number, found = look(files, workspace, library, brief)
    stop_on_errors(found, workspace)
    typer.echo(paint(f"Nothing left out was found in {number} file{'' if number == 1 else 's'}.", "green"))
