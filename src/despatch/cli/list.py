"""`despatch list`: what there is."""

from typing import TYPE_CHECKING, Annotated

import typer

from despatch.cli._shared import (
    Topics,
    commands,
    known_topics,
    misuse,
    open_library,
    show_table,
    stop_on_errors,
    unknown,
)

if TYPE_CHECKING:
    from datetime import date

    from despatch.content import Library
    from despatch.workspace import Workspace


app = commands()


@app.command()
def list_(
    what: Annotated[
        str, typer.Argument(help="blocks, a kind such as positions, facts, sources, topics, terms, briefs or styles.")
    ] = "blocks",
    topic: Topics = None,
    stale: Annotated[bool, typer.Option("--stale", help="Facts that are out of date; say when, with --on.")] = False,
    on: Annotated[str | None, typer.Option("--on", help="A day, as 2022-12-08, “8 December 2022” or today.")] = None,
    undated: Annotated[bool, typer.Option("--undated", help="Facts without a date.")] = False,
    unused: Annotated[bool, typer.Option("--unused", help="Facts that nothing prints.")] = False,
    source: Annotated[str | None, typer.Option(help="Facts from this source.")] = None,
    variants: Annotated[
        bool, typer.Option("--variants", help="Blocks with several wordings, and which each briefing prints.")
    ] = False,
) -> None:
    """List what there is.

    \b
    despatch list
    despatch list positions --topic homes
    despatch list facts --stale --on 2023-12-01
    """
    from despatch.listing import Wanted, rows

    workspace, library = open_library()
    if variants:
        if what != "blocks" or topic or stale or on or undated or unused or source is not None:
            misuse("--variants stands by itself, for it lists the wordings of every block: despatch list --variants")
        _list_variants(workspace, library)
        return
    topics = known_topics(topic, library, workspace)
    if stale != bool(on):
        misuse("Write --stale and --on together, such as --stale --on 2022-12-08.")
    wanted = Wanted(_day(on) if on else None, undated, unused, _source(source, library))
    if what != "facts" and wanted != Wanted():
        misuse("--stale, --undated, --unused and --source are for facts: despatch list facts …")
    found = rows(what, library, workspace, topics, wanted)
    show_table(misuse(found) if isinstance(found, str) else found)


def _source(source: str | None, library: "Library") -> str | None:
    """The source that is asked for; stops where the library has no such source."""
    return source if source is None or source in library.sources else unknown("source", source, library.sources)


def _list_variants(workspace: "Workspace", library: "Library") -> None:
    """Show which wordings there are, and which of them print."""
    from despatch.checking import opened
    from despatch.variants import rows

    office, faults = opened(workspace, [])
    show_table(rows(library, office.briefings))
    stop_on_errors([each for each in faults if each.severity == "error"], workspace)


def _day(text: str) -> "date":
    """A day as officers write it, or today."""
    from datetime import date

    from despatch.dates import day_said, not_a_day

    today = date.today()  # noqa: DTZ011 - the day on the officer's own calendar
    return day_said(text, today) or misuse(not_a_day(text))
