"""`despatch schema`: what editors complete and underline by."""

from pathlib import Path
from typing import Annotated

import typer

from despatch.cli._shared import commands, misuse, write

app = commands()


@app.command()
def schema(
    what: Annotated[str | None, typer.Argument(help="seeds, brief or style.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write all three to this folder.")] = None,
) -> None:
    """Print the JSON Schema of seeds, briefs or styles, by which editors complete and underline.

    \b
    despatch schema brief
    despatch schema --out .schema
    """
    import json

    from despatch.schema import schemas

    made = {name: json.dumps(each, indent=2, ensure_ascii=False) + "\n" for name, each in schemas().items()}
    if out is not None:
        write({out / f"{name}.json": text.encode() for name, text in made.items()})
    elif what in made:
        typer.echo(made[what], nl=False)
    else:
        misuse(f"Say which schema: {', '.join(made)}; or name a folder with --out.")
