"""What the commands share: options, the workspace, faults, tables, files, and the exit codes."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from despatch.build import Prepared, Tailoring
    from despatch.content import Library
    from despatch.diagnostics import Diagnostic, Diagnostics
    from despatch.workspace import Workspace


MOST = 20
"""How many matches or names are shown."""


def commands(**said: Any) -> typer.Typer:
    """What a file puts its commands into: completion is the program's own, and help is plain text."""
    return typer.Typer(add_completion=False, rich_markup_mode=None, **said)


# What is typed.


def complete_brief(incomplete: str) -> list[str]:
    """The briefs whose names begin like this."""
    workspace = here()
    return [path.stem for path in workspace.briefs()[0] if path.stem.startswith(incomplete)] if workspace else []


def complete_topic(incomplete: str) -> list[str]:
    """The topics whose names begin like this."""
    return [name for name in library_here().topics if name.startswith(incomplete)]


def library_here() -> "Library":
    """What can be read of the library, to complete a name from it; nothing outside a workspace."""
    from despatch.content import Library
    from despatch.load import load_library

    workspace = here()
    return load_library(workspace.seeds)[0] if workspace else Library()


def count(text: str) -> int:
    """A number of words or pages, one or more."""
    if text.isascii() and text.isdigit() and int(text):
        return int(text)
    raise typer.BadParameter(f"`{text}` is not a number to keep to. Write 1, 2, 3 or another whole number.")


Briefs = Annotated[
    list[str], typer.Argument(help="Briefs, each by its file's name or path.", autocompletion=complete_brief)
]
OneBrief = Annotated[str, typer.Argument(help="A brief, by its file's name or path.", autocompletion=complete_brief)]
Topics = Annotated[
    list[str] | None,
    typer.Option(
        "--topic", help="Take only this topic, and what has none. May be repeated.", autocompletion=complete_topic
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option("--without", help="Leave this topic out. May be repeated.", autocompletion=complete_topic),
]
Length = Annotated[str | None, typer.Option(help="full, standard or short.")]
Audience = Annotated[str | None, typer.Option(help="Who reads it, such as peers or mps.")]
StyleName = Annotated[str | None, typer.Option("--style", help="A folder of templates/, such as lga or plain.")]
MaxWords = Annotated[
    int | None, typer.Option(parser=count, metavar="NUMBER", help="Keep to so many words: essential first.")
]
Pages = Annotated[int | None, typer.Option(parser=count, metavar="NUMBER", help="Keep to so many pages.")]
Exact = Annotated[bool, typer.Option("--exact", help="Let LibreOffice count the pages.")]
Draft = Annotated[bool, typer.Option("--draft", help="Print draft blocks too, and mark every page.")]


# The workspace and its briefs.


def here() -> "Workspace | None":
    """The workspace that this folder is in, if any."""
    from despatch.workspace import find_workspace

    return find_workspace(Path.cwd())


def open_workspace() -> "Workspace":
    """The workspace that this folder is in, which there must be."""
    return here() or misuse(
        "This is not a Despatch workspace: neither this folder nor one above it has `seeds` and `briefs`."
    )


def open_library() -> "tuple[Workspace, Library]":
    """The workspace and its library, or every fault that stops a command that needs them sound."""
    from despatch.load import load_library

    workspace = open_workspace()
    library, faults = load_library(workspace.seeds)
    stop_on_errors(faults, workspace)
    return workspace, library


def tailored(
    topic: Iterable[str] | None,
    without: Iterable[str] | None,
    length: str | None,
    audience: str | None,
    style: str | None,
    draft: bool,
    review: bool = False,
    room: tuple[int | None, int | None, bool] = (None, None, False),
) -> "Tailoring":
    """What the flags ask of a briefing; misuse if it cannot be."""
    from despatch.build import Tailoring
    from despatch.select import KEPT

    if length is not None and length not in KEPT:
        misuse(f"There is no length `{length}`. The lengths are {', '.join(KEPT)}.")
    if room[2]:
        stop_without_office()
    return Tailoring(split(topic), split(without), length, audience, style, draft, review, *room)


def known_topics(topic: Iterable[str] | None, library: "Library", workspace: "Workspace") -> tuple[str, ...]:
    """The topics that are asked for; stops where the library has no such topic."""
    topics = split(topic)
    if topics:
        from despatch.build import Tailoring

        stop_on_errors(Tailoring(topics).faults(library), workspace)
    return topics


def split(values: Iterable[str] | None) -> tuple[str, ...]:
    """Values given by repeating a flag, or with commas between."""
    return tuple(part.strip() for value in values or () for part in value.split(",") if part.strip())


def stop_without_office() -> None:
    """Stop where something is not installed that a PDF wants, or a count of its pages."""
    from despatch.pdf import missing

    if said := missing():
        misuse(said)


def each_prepared(
    workspace: "Workspace", library: "Library", briefs: Sequence[str], tailoring: "Tailoring", notes: "Diagnostics"
) -> "Iterable[tuple[Path, Prepared]]":
    """Each brief, selected; what is wrong with any of them is added to the notes."""
    from despatch.build import prepare

    for name in briefs:
        path, faults = workspace.brief(name)
        notes += faults
        if path is not None:
            prepared, faults = prepare(workspace, path, library, tailoring)
            notes += faults
            if prepared is not None:
                yield path, prepared


# Files.


def output_path(workspace: "Workspace", out: Path | None, stem: str, flags: str, suffix: str, number: int) -> Path:
    """Where an output goes: `out/<brief>[--<flags>].<format>`, unless --out says otherwise."""
    if out is not None and out.suffix == f".{suffix}" and not out.is_dir():
        if number > 1:
            misuse(
                f"--out names one file ({out}), but {number} are to be written. Name a folder, or one format with --to."
            )
        return out
    return (out or workspace.root / "out") / f"{stem}{f'--{flags}' if flags else ''}.{suffix}"


def write(files: dict[Path, bytes]) -> None:
    """Write the files, all or none, and name each."""
    from despatch.output import write_files

    write_files(files)
    for path in files:
        typer.echo(f"{paint('Built', 'green')} {shown(path)}")


# What is said.


def stop_on_unknown_format(format: str) -> None:
    """Stop unless faults can be reported in this format."""
    from despatch import report

    if format not in report.FORMATS:
        misuse(f"There is no format `{format}`. The formats are {', '.join(report.FORMATS)}.")


def reported(diagnostics: "Diagnostics", root: Path, format: str) -> int:
    """Print what was found; the exit code."""
    from despatch import report

    if format != "text":
        typer.echo(report.FORMATS[format](diagnostics, root))
    elif diagnostics:
        typer.echo(report.text(diagnostics, root, paint))
    _sum_up(diagnostics)
    return 2 if _is_mistyped(diagnostics) else 1 if any(each.severity != "advice" for each in diagnostics) else 0


def _sum_up(diagnostics: "Sequence[Diagnostic]") -> None:
    """Say aside how many faults there are, how many of them `--fix` would mend, and what was not looked at."""
    from despatch.spelling import missing

    faults = sum(each.severity != "advice" for each in diagnostics)
    fixes = sum(bool(each.fixes) for each in diagnostics)
    said = f"{faults or 'No'} fault{'' if faults == 1 else 's'} found."
    if faults < len(diagnostics):
        said += f" Advice: {len(diagnostics) - faults}."
    if fixes:
        said += f" `despatch check --fix` would mend {fixes}."
    typer.echo(said if faults else paint(said, "green"), err=True)
    if said := missing():
        typer.echo(said, err=True)


def stop_on_errors(diagnostics: "Diagnostics", workspace: "Workspace", *, strict: bool = False) -> None:
    """Print what there is to say, and stop if any of it is an error: nothing has been written then.

    A fault in what was typed is misuse; `strict` takes a warning for an error.
    """
    from despatch.diagnostics import has_errors

    show_faults(diagnostics, workspace)
    if has_errors(diagnostics):
        raise typer.Exit(2 if _is_mistyped(diagnostics) else 1)
    if strict and any(each.severity == "warning" for each in diagnostics):
        refuse("nothing was written: --strict refuses a briefing with a warning.")


def _is_mistyped(diagnostics: "Diagnostics") -> bool:
    """Whether a fault is in what was typed on the command line, such as a misspelt topic."""
    return any(each.rule == "unknown-brief" or str(each.span.path).startswith("--") for each in diagnostics)


def show_faults(diagnostics: "Diagnostics", workspace: "Workspace") -> None:
    """Print the faults aside, in order of place."""
    ordered = sorted(diagnostics, key=lambda each: each.order)
    if ordered:
        from despatch import report

        typer.echo(report.text(ordered, workspace.root, paint), err=True)


def show_table(rows: Sequence[tuple[str, ...]]) -> None:
    """Rows in columns on a terminal, with tabs between in a pipe. The first row is the heads."""
    import sys

    if not sys.stdout.isatty():
        for row in rows:
            typer.echo("\t".join(row))
        return
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for number, row in enumerate(rows):
        line = "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
        typer.echo(paint(line, "bold") if number == 0 else line)


def paint(text: str, look: str) -> str:
    """The text in colour; `echo` takes the colour away again where the output is not a terminal."""
    looks: dict[str, Any] = {"bold": {"bold": True}, "dim": {"dim": True}}
    return typer.style(text, **looks.get(look, {"fg": look}))


def shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    folder = Path.cwd()
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()


def unknown(what: str, name: str, known: Iterable[str]) -> NoReturn:
    """Stop, because nothing has this name."""
    from despatch.diagnostics import did_you_mean

    advice = did_you_mean(name, known) or f"`despatch list {what}s` shows all."
    misuse(f"There is no {what} called `{name}`. {advice}")


def refuse(message: str, code: int = 1) -> NoReturn:
    """Stop, and say why."""
    typer.echo(f"despatch: {message}", err=True)
    raise typer.Exit(code)


def misuse(message: str) -> NoReturn:
    """Stop, and say what is wrong with the command itself."""
    refuse(message.strip(), code=2)
