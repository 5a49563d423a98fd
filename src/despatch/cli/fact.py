"""`despatch fact set`: a fact’s new figure, and each sentence that prints differently."""

from typing import TYPE_CHECKING, Annotated

import typer

from despatch.cli._shared import commands, library_here, open_library, paint, refuse, show_faults, shown

if TYPE_CHECKING:
    from despatch.content import Library
    from despatch.impact import Difference, Impact
    from despatch.revise import Plan
    from despatch.workspace import Workspace


app = commands(help="Change a fact, and with it every briefing that prints it.", no_args_is_help=True)


def _complete_fact(incomplete: str) -> list[str]:
    return [name for name in library_here().facts if name.startswith(incomplete)]


@app.callback()
def _fact() -> None:
    """Keeps `set` a word of its own: Typer would take a group’s only command for the group."""


@app.command("set")
def fact_set(
    id: Annotated[str, typer.Argument(help="The fact, by its id.", autocompletion=_complete_fact)],
    value: Annotated[str, typer.Argument(help="The phrase as it is to be printed, such as 83,840.")],
    as_of: Annotated[
        str, typer.Option("--as-of", help="The date it is true on: 2023-03-31, 2023-03, 2023 or 2022/23.")
    ],
    source: Annotated[str | None, typer.Option(help="Where it comes from, if no longer from the same source.")] = None,
    next: Annotated[str | None, typer.Option(help="When a newer figure is due, such as 2024-11.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write even if a sum of figures no longer comes out.")] = False,
) -> None:
    """Give a fact its new figure and show every sentence that prints differently. The old figure stays under `was`.

    \b
    despatch fact set children-in-care 83,840 --as-of 2023-03-31 --next 2024-11 --dry-run
    despatch fact set secure-waiting "around 60" --as-of 2023
    """
    from despatch.impact import impact
    from despatch.revise import Change, Refusal, planned, write

    workspace, library = open_library()
    change = Change(value.strip(), as_of.strip(), (source or "").strip(), (next or "").strip())
    plan = planned(id, change, workspace, library, force=force)
    if isinstance(plan, Refusal):
        refuse(plan.message, code=2 if plan.is_mistyped else 1)
    found = impact(workspace, library, plan.file, plan.text)
    if found.faults:
        show_faults(found.faults, workspace)
        refuse("With this figure there would be faults, so nothing is written.")
    _show_change(plan, found)
    if not found.differences:
        typer.echo(f"{_no_difference(id, workspace, library)}\n")
    _show_remarks(plan, found)
    if not dry_run and (said := write(plan)):
        refuse(said)
    place = f"{shown(plan.file.path)}:{plan.fact.id.span.line}"
    typer.echo(f"Nothing is written to {place}." if dry_run else f"{paint('Set', 'green')} {id} in {place}")


def _show_change(plan: "Plan", found: "Impact") -> None:
    """What changes in the file and on each page."""
    from itertools import groupby

    from despatch.revise import difference

    colours = {"+": "green", "-": "red", "@": "blue"}
    for line in difference(plan, shown(plan.file.path)):
        typer.echo(paint(line, colours[line[0]]) if line[0] in colours else line)
    for brief, differences in found.differences.items():
        typer.echo(f"\n{paint(brief, 'bold')} prints differently:")
        for place, pairs in groupby(differences, key=lambda each: each.place):
            typer.echo(f"  {place}")
            for each in pairs:
                _show_difference(plan, each)
    typer.echo()


def _no_difference(id: str, workspace: "Workspace", library: "Library") -> str:
    """What to say where every page stays as it is: it may print the fact and look the same."""
    from despatch.uses import Thing, in_briefs

    printed = any(each.printed for each in in_briefs(Thing("fact", id), workspace, library))
    return "Nothing prints differently." if printed else "No briefing prints it."


def _show_remarks(plan: "Plan", found: "Impact") -> None:
    """What an officer should look at."""
    from despatch.revise import remarks

    for brief in found.unsound:
        typer.echo(f"{brief} is not compared: it has faults of its own. See `despatch check {brief}`.")
    for remark in remarks(plan):
        typer.echo(remark)


def _show_difference(plan: "Plan", difference: "Difference") -> None:
    """The words before and after, and whether these still have the figure's old date in them."""
    from despatch.revise import past_date

    if difference.before:
        typer.echo(paint(f"    - {difference.before}", "red"))
    if difference.after:
        typer.echo(paint(f"    + {difference.after}", "green"))
    if date := past_date(plan, difference.after):
        typer.echo(paint(f"      still says {date}", "yellow"))
