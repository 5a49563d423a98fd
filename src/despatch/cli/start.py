"""`despatch start`: a workspace for an office that has none."""

from pathlib import Path
from typing import Annotated

import typer

from despatch.cli._shared import commands, misuse, shown, write

app = commands()


@app.command()
def start(
    folder: Annotated[Path, typer.Argument(help="The new workspace. What is in it stays as it is.")] = Path(),
) -> None:
    """Make a workspace with a small library, for an office that has none yet.

    \b
    despatch start briefings
    """
    from despatch.start import beginnings

    if there := [name for name in ("seeds", "briefs") if (folder / name).exists()]:
        misuse(f"{shown(folder / there[0])} is there already. Name another folder.")
    write(beginnings(folder))
    typer.echo("Change seeds/office.yaml to your own office. Then, in that folder, put your name on the page:")
    typer.echo('despatch style new ours --organisation "Your office"')
    typer.echo("and begin a brief: despatch new --style ours")
