"""`despatch why`: why each block of a briefing is in or out."""

from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from despatch.cli._shared import (
    Audience,
    Draft,
    Exact,
    Length,
    MaxWords,
    OneBrief,
    Pages,
    Topics,
    Without,
    commands,
    each_prepared,
    misuse,
    open_library,
    paint,
    stop_on_errors,
    tailored,
)

if TYPE_CHECKING:
    from despatch.build import Prepared
    from despatch.diagnostics import Diagnostics


app = commands()


@app.command()
def why(
    brief: OneBrief,
    id: Annotated[str | None, typer.Argument(help="A block, or a point of one, by its id.")] = None,
    topic: Topics = None,
    without: Without = None,
    length: Length = None,
    max_words: MaxWords = None,
    pages: Pages = None,
    exact: Exact = False,
    audience: Audience = None,
    draft: Draft = False,
) -> None:
    """Say why each block and point of a briefing is in or out.

    \b
    despatch why lords-2022-12-08-childrens-social-care homes
    despatch why lords-2022-12-08-childrens-social-care --topic workforce
    """
    workspace, library = open_library()
    notes: Diagnostics = []
    tailoring = tailored(topic, without, length, audience, None, draft, room=(max_words, pages, exact))
    prepared = [each for _, each in each_prepared(workspace, library, [brief], tailoring, notes)]
    stop_on_errors(notes, workspace)
    decisions = [each for each in prepared[0].selection.decisions if id is None or id in (each.block, each.point)]
    if not decisions:
        _no_decision(id or "", prepared[0])
    for each in decisions:
        mark = paint("in ", "green") if each.included else paint("out", "red")
        name = f"  {each.point}" if each.point else paint(each.block, "bold")
        typer.echo(f"{mark} {name}: {each.why}{f'; it prints {each.wording}' if each.wording else ''}.")


def _no_decision(id: str, prepared: "Prepared") -> NoReturn:
    """Explain that a brief decides nothing about an id."""
    from despatch.diagnostics import did_you_mean

    known = {name for each in prepared.selection.decisions for name in (each.block, each.point) if name}
    if id in prepared.selection.library.blocks:
        typer.echo(f"out {id}: no section of {prepared.brief.name} names it.")
        raise typer.Exit(0)
    misuse(f"Nothing in {prepared.brief.name} is called `{id}`. {did_you_mean(id, known)}")
