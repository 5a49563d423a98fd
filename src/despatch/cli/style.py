"""`despatch style check` and `despatch style new`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from despatch.cli._shared import (
    commands,
    here,
    misuse,
    open_workspace,
    reported,
    show_faults,
    show_table,
    shown,
    stop_on_errors,
    stop_on_unknown_format,
    write,
)

if TYPE_CHECKING:
    from despatch.adopting import Begun
    from despatch.workspace import Workspace


app = commands(help="Check a house style, or begin one from another or from a Word file.", no_args_is_help=True)


def _complete_style(incomplete: str) -> list[str]:
    from despatch.style import names

    workspace = here()
    return [name for name in names(workspace.templates) if name.startswith(incomplete)] if workspace else []


@app.command("check")
def style_check(
    styles: Annotated[
        list[str] | None,
        typer.Argument(help="Styles to check; all, if nothing is named.", autocompletion=_complete_style),
    ] = None,
    format: Annotated[str, typer.Option(help="text, json, sarif or github.")] = "text",
) -> None:
    """Say what a style lacks, what in it is unused, and what is hard to read, before anything is built.

    \b
    despatch style check
    despatch style check lga
    """
    from despatch.styling import checked

    stop_on_unknown_format(format)
    workspace = open_workspace()
    raise typer.Exit(reported(checked(workspace, styles or []), workspace.root, format))


@app.command("new")
def style_new(
    name: Annotated[str, typer.Argument(help="What the style is called: its folder under templates/.")],
    start: Annotated[str, typer.Option("--from", help="Another style, or a Word file of the office.")] = "plain",
    organisation: Annotated[str, typer.Option(help="The body whose name stands on the page.")] = "",
) -> None:
    """Begin a style from another one, or from a Word file of the office: its look is kept, and its text left out.

    \b
    despatch style new office --from letterhead.docx --organisation "Anytown Council"
    despatch style new office --from lga
    """
    from despatch.styling import checked

    workspace = open_workspace()
    folder = _new_folder(workspace, name)
    begun = _begun(workspace, name, start, organisation.strip())
    if begun.rows:
        show_table([("part of the page", "Word style", "how"), *begun.rows])
    if begun.unused:
        typer.echo(f"Its styles that print nothing: {', '.join(begun.unused)}.")
    for each in begun.remarks:
        typer.echo(each)
    write({folder / file: data for file, data in begun.files.items()})
    reported([each for each in checked(workspace, [name]) if each.severity != "advice"], workspace.root, "text")
    typer.echo(f"See also: despatch style check {name}. To look at it: despatch build BRIEF --style {name}")


def _new_folder(workspace: "Workspace", name: str) -> Path:
    """Where a new style goes. What is there stays as it is."""
    from despatch.reading import KEBAB

    if not KEBAB.fullmatch(name):
        misuse(f"`{name}` cannot be a style’s name. Write small letters, figures and hyphens, such as our-style.")
    folder = workspace.templates / name
    if folder.exists() or folder.is_symlink():
        misuse(f"{shown(folder)} is there already. Give the style another name.")
    return folder


def _begun(workspace: "Workspace", name: str, start: str, organisation: str) -> "Begun":
    """A new style from what it is to start from, or a word on why there is none."""
    from despatch.adopting import adopted, copied
    from despatch.diagnostics import Diagnostic, Span
    from despatch.style import load_style

    if Path(start).suffix.lower() in (".docx", ".dotx", ".docm", ".dotm"):
        if not Path(start).is_file():
            misuse(f"There is no file {start}.")
        begun = adopted(Path(start), name, organisation)
        if isinstance(begun, Diagnostic):
            show_faults([begun], workspace)
            raise typer.Exit(1)
        return begun
    if Path(start).is_file():
        misuse(f"{start} is not a Word file. Save it in Word as Word Document (.docx), and begin from that.")
    style, faults = load_style(start, workspace.templates, Span(Path("--from"), 0))
    stop_on_errors(faults, workspace)
    return copied(style, name, organisation) if style else misuse(f"There is no style called `{start}`.")
