"""`despatch new`: a brief to begin with."""

from typing import TYPE_CHECKING, Annotated

import typer

from despatch.cli._shared import MOST, Topics, commands, misuse, open_library, refuse, shown, split, write

if TYPE_CHECKING:
    from pathlib import Path

    from despatch.content import Library
    from despatch.new import Wanted
    from despatch.proposing import Proposal
    from despatch.workspace import Workspace


def _complete_proceeding(incomplete: str) -> list[str]:
    from despatch.parliament import PROCEEDINGS

    return [name for name in PROCEEDINGS if name.startswith(incomplete)]


app = commands()
NOTHING_FITS = """\
nothing was written: no block of the library fits, and a brief has to name one.
  Say what it is about with --topic (`despatch list topics`), or in words that the library has (`despatch find …`);
  if it is new to your office, write a key message on it under seeds first."""


@app.command()
def new(
    title: Annotated[str, typer.Argument(help="What the debate is about.", show_default=False)] = "",
    house: Annotated[str, typer.Option(help="commons or lords.")] = "",
    proceeding: Annotated[
        str, typer.Option(help="Such as take-note-debate, or “Second Reading”.", autocompletion=_complete_proceeding)
    ] = "",
    date: Annotated[str, typer.Option(help="The sitting day, as “8 December 2022”; several with commas.")] = "",
    topic: Topics = None,
    bill: Annotated[str, typer.Option(help="The Bill and its print.")] = "",
    amendment_list: Annotated[str, typer.Option(help="The list that the amendments are on.")] = "",
    motion: Annotated[str, typer.Option(help="The motion before the House.")] = "",
    department: Annotated[str, typer.Option(help="The Minister’s department.")] = "",
    style: Annotated[str, typer.Option(help="A folder of templates/.  [default: that of your newest brief]")] = "",
) -> None:
    """Begin a brief for a proceeding with the library's best matches; on a terminal, asks for what you do not say.

    \b
    despatch new
    despatch new "Kinship care" --proceeding westminster-hall-debate --date "14 March 2023" --topic kinship
    """
    from despatch.asking import as_wanted

    workspace, library = open_library()
    _known_style(style, workspace)
    said = {"title": title, "house": house, "proceeding": proceeding, "date": date, "topics": ",".join(split(topic))}
    said |= {"bill": bill, "amendment_list": amendment_list, "motion": motion, "department": department}
    answers = _answers({field: words for field, words in said.items() if words}, workspace, library)
    _begin(as_wanted(answers, style), workspace, library)


def _begin(wanted: "Wanted", workspace: "Workspace", library: "Library") -> None:
    """Write the brief that is wanted, and say what is in it."""
    from despatch.new import skeleton
    from despatch.proposing import habits, proposal

    if faults := _against(wanted, workspace, library):
        misuse("\n  ".join(["Nothing was written.", *faults]))
    wanted = habits(wanted, workspace, library)
    path = _path(wanted, workspace)
    proposed = proposal(wanted, workspace, library)
    if proposed.is_empty:
        _show_proposal(proposed)
        refuse(NOTHING_FITS)
    write({path: skeleton(wanted, proposed.sections).encode()})
    _show_proposal(proposed)
    if source := library.sources.get(wanted.particulars.get("amendment_list", "")):
        typer.echo(f"Its amendments are those on `{source.id}`: {source.title}.")
    typer.echo(f"Cut it and put it in order, then: despatch build {path.stem}")


def _path(wanted: "Wanted", workspace: "Workspace") -> "Path":
    return workspace.root / "briefs" / f"{wanted.name}.yaml"


def _against(wanted: "Wanted", workspace: "Workspace", library: "Library") -> list[str]:
    """What stands against the officer’s own words: a brief that is there already, or what no brief may hold."""
    from despatch.proposing import amiss

    if (path := _path(wanted, workspace)).exists():
        return [f"{shown(path)} is there already. Give the brief another title, or edit that file."]
    return [f"{each.message} {each.help}" for each in amiss(wanted, library)]


def _known_style(style: str, workspace: "Workspace") -> None:
    """Stop unless there is such a style, where one is named."""
    from despatch.diagnostics import did_you_mean
    from despatch.style import names

    if style and style not in (known := names(workspace.templates)):
        misuse(f"There is no style called `{style}`. {did_you_mean(style, known) or 'See `despatch list styles`.'}")


def _answers(said: dict[str, str], workspace: "Workspace", library: "Library") -> dict[str, str]:
    """All that a new brief needs to know, asked for on a terminal; in a pipe, misuse if anything is missing."""
    import sys
    from datetime import date
    from functools import partial

    from despatch.asking import ask, known

    today = date.today()  # noqa: DTZ011 - the day on the officer's own calendar
    against = partial(_against, workspace=workspace, library=library)
    asking = partial(ask, library=library, today=today, against=against)
    try:
        answers, faults = known(said, library, today, asking if sys.stdin.isatty() and sys.stdout.isatty() else None)
    except (EOFError, KeyboardInterrupt):
        misuse("Nothing was written.")
    return answers if not faults else misuse("\n  ".join(faults))


def _show_proposal(proposed: "Proposal") -> None:
    """What a new brief leaves out, each reason once, the sections for which there is nothing, and faults in its title."""
    if proposed.is_general and not proposed.is_empty:
        typer.echo("The library has nothing on this subject, so the brief has only what fits every debate.")
    reasons: dict[str, list[str]] = {}
    for section in proposed.sections:
        if section.over:
            reasons.setdefault("a briefing of the usual length has no room for it", []).extend(section.over)
        if not section.names:
            typer.echo(f"The library has no {section.kind.replace('_', ' ')} that fit.")
    for name, why in proposed.left_out:
        reasons.setdefault(why.rstrip("."), []).append(name)
    for why, names in reasons.items():
        more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
        typer.echo(f"Left out {', '.join(names[:MOST])}{more}: {why}.")
    for fault in proposed.remarks:
        typer.echo(f"In your own words: {fault.message} {fault.help}")
