"""`despatch uses`: where something is used, and what a change does to each briefing."""

from typing import TYPE_CHECKING, Annotated

import typer

from despatch.cli._shared import commands, misuse, open_library, paint, refuse, shown

if TYPE_CHECKING:
    from despatch.content import Library
    from despatch.uses import Thing
    from despatch.workspace import Workspace


app = commands()


@app.command()
def uses(
    id: Annotated[
        str | None, typer.Argument(help="A block, point, fact, source, topic or term; a point also as block.point.")
    ] = None,
    impact: Annotated[
        bool, typer.Option("--impact", help="What changes since a revision do to each briefing.")
    ] = False,
    since: Annotated[
        str | None, typer.Option(help="For --impact: a revision that git knows, HEAD if none is named.")
    ] = None,
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
) -> None:
    """Show where something is used: in seeds, and each place where a briefing prints it or might have.

    \b
    despatch uses children-in-care
    despatch uses homes --format json
    despatch uses --impact
    despatch uses --impact children-in-care --since HEAD~3
    """
    from despatch.usage import as_json, as_text, usage

    if format not in ("text", "json"):
        misuse(f"There is no format `{format}`. The formats are text and json.")
    if id is None and not impact:
        misuse("Name a block, point, fact, source, topic or term; or write --impact.")
    if since is not None and not impact:
        misuse(f"--since is for --impact: despatch uses --impact {id} --since {since}")
    workspace, library = open_library()
    things = _things(id, library) if id else []
    if impact:
        _show_impact(workspace, library, things, "HEAD" if since is None else since, format)
        return
    found = usage(things, workspace, library)
    typer.echo(as_json(found, workspace.root) if format == "json" else as_text(found, shown, paint))


def _show_impact(workspace: "Workspace", library: "Library", things: "list[Thing]", revision: str, format: str) -> None:
    """What has changed since a revision, and what each briefing prints differently."""
    from despatch.history import HistoryError
    from despatch.since import since
    from despatch.usage import impact_as_json, impact_as_text

    try:
        found = [since(revision, workspace, library, each) for each in things]
        found = found or [since(revision, workspace, library)]
    except HistoryError as error:
        refuse(f"{error}")
    typer.echo(impact_as_json(found) if format == "json" else impact_as_text(found, paint))


def _things(id: str, library: "Library") -> "list[Thing]":
    """What an id names, or a word on why it names nothing or too much."""
    from despatch.diagnostics import did_you_mean
    from despatch.uses import called

    known = [*library.blocks, *library.facts, *library.sources, *library.topics, *library.terms]
    things = called(id, library) or misuse(f"Nothing in the library is called `{id}`. {did_you_mean(id, known)}")
    if things[0].kind == "point" and len(things) > 1:
        misuse(f"Several blocks have a point called `{id}`. Write {' or '.join(each.id for each in things)}.")
    return things
