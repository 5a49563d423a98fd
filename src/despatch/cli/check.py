"""`despatch check`: every fault, in the library, the briefs and files from elsewhere."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from despatch.cli._shared import (
    commands,
    complete_brief,
    here,
    misuse,
    open_workspace,
    paint,
    reported,
    show_table,
    shown,
    stop_on_errors,
    stop_on_unknown_format,
)

if TYPE_CHECKING:
    from despatch.workspace import Workspace


app = commands()


@app.command()
def check(
    briefs: Annotated[
        list[str] | None,
        typer.Argument(
            help="Briefs to check, or files from elsewhere; all briefs, if nothing is named.",
            autocompletion=complete_brief,
        ),
    ] = None,
    format: Annotated[str, typer.Option(help="text, json, sarif or github.")] = "text",
    style: Annotated[
        str | None, typer.Option(help="For a file from elsewhere: the style to hold it to.  [default: plain]")
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what is certain, and show each change.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Check again whenever a file is saved.")] = False,
    lengths: Annotated[bool, typer.Option("--lengths", help="Show the words and pages of each section.")] = False,
) -> None:
    """Check the library, the briefs and the styles, or a file from elsewhere, and report every fault at once.

    \b
    despatch check
    despatch check --fix
    despatch check lords-2022-12-08-childrens-social-care --lengths
    despatch check last-month.docx --style lga
    despatch check --format sarif > despatch.sarif
    """
    files, names = _from_elsewhere(briefs or [])
    if files and (fix or lengths):
        misuse("--fix and --lengths are for briefs and the library; a file from elsewhere is only read.")
    if style and not files:
        misuse("--style is for a file from elsewhere: each brief names its own.")
    stop_on_unknown_format(format)
    if lengths and format != "text":
        misuse("--lengths is a table for people: leave --format out.")
    if fix:
        _mend(open_workspace(), names)
    if lengths:
        _show_lengths(open_workspace(), names)
    if watch:
        _watch(files, names, format, style or "plain")
    raise typer.Exit(_checked(files, names, format, style or "plain"))


def _from_elsewhere(named: list[str]) -> tuple[list[Path], list[str]]:
    """The files that Despatch did not make, and what else is named."""
    if not named:
        return [], []
    from despatch.readers import READERS  # imported here: most checks are of an office's own files

    files = [Path(each) for each in named if Path(each).suffix.lower() in READERS]
    for each in named:
        if Path(each) in files and not Path(each).exists():
            misuse(f"There is no file {each}.")
        if Path(each) not in files and Path(each).is_file() and Path(each).suffix != ".yaml":
            misuse(f"{each} cannot be read. Save it as one of {', '.join(READERS)}, and check that.")
    names = [each for each in named if Path(each) not in files]
    if files and names:
        misuse("Check briefs and files from elsewhere one after the other.")
    return files, names


def _checked(files: list[Path], names: list[str], format: str, style: str) -> int:
    """Report what there is to report; the exit code."""
    from despatch.checking import elsewhere, everything

    workspace = here() if files else open_workspace()
    diagnostics = [] if files or workspace is None else everything(workspace, names)
    for file in files:
        faults, left_out = elsewhere(file, workspace, style)
        diagnostics += faults
        for each in left_out:
            typer.echo(f"{shown(file)}: left out {each}.", err=True)
    return reported(diagnostics, workspace.root if workspace and not files else Path.cwd(), format)


ROUNDS = 5
"""How often `--fix` looks again: a mended word can bring to light what stood behind it."""


def _mend(workspace: "Workspace", names: list[str]) -> None:
    """Make every change that is certain, and show each."""
    from despatch.checking import everything
    from despatch.fixing import applied, changes
    from despatch.output import write_files

    for _ in range(ROUNDS):
        made = changes(everything(workspace, names))
        texts, refused = applied(made)
        for path, reason in refused.items():
            typer.echo(f"{shown(path)} is left as it is: {reason}", err=True)
        done = [each for each in made if each.path in texts]
        if not done:
            return
        write_files({path: text.encode() for path, text in texts.items()})
        for each in done:
            typer.echo(each.line(workspace.root))


def _show_lengths(workspace: "Workspace", names: list[str]) -> None:
    """The words and pages of each section of the briefs named, or of all."""
    from despatch.checking import opened
    from despatch.lengths import table

    office, faults = opened(workspace, names)
    stop_on_errors([each for each in faults if each.severity == "error"], workspace)
    for briefing in office.briefings:
        typer.echo(paint(briefing.name, "bold"))
        show_table(table(briefing))
        typer.echo()


def _watch(files: list[Path], names: list[str], format: str, style: str) -> NoReturn:
    """Check, and check again whenever a file is saved, until somebody stops it."""
    from despatch.watching import saves

    folders = [] if files else [open_workspace().root / name for name in ("seeds", "briefs", "templates")]
    code = 0
    try:
        for changed in saves(folders, files):
            if changed:
                typer.echo(f"\n{paint('Saved. Checking again.', 'dim')}", err=True)
            code = _checked(files, names, format, style)
    except KeyboardInterrupt:
        pass  # it ends as quietly in the middle of a check as between two
    raise typer.Exit(code)
