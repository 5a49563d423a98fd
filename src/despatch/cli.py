"""The command line: load, call, report, exit code. 0 clean, 1 findings, 2 misuse."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from datetime import date

    from despatch.adopting import Begun
    from despatch.build import Prepared, Tailoring
    from despatch.content import Library, Reference
    from despatch.diagnostics import Diagnostic, Diagnostics
    from despatch.find import Hit
    from despatch.impact import Difference, Impact
    from despatch.proposing import Proposal
    from despatch.revise import Plan
    from despatch.select import Selection
    from despatch.uses import Thing
    from despatch.workspace import Workspace

# What a command needs is imported inside it, so that `despatch --help` feels instant; and annotations are evaluated
# here, which is quicker than leaving it to Typer.

app = typer.Typer(
    help="Assemble briefings for parliamentary debates from reusable blocks.",
    epilog="Start with: despatch build lords-2022-12-08-childrens-social-care",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _complete_brief(incomplete: str) -> list[str]:
    workspace = _here()
    return [path.stem for path in workspace.briefs()[0] if path.stem.startswith(incomplete)] if workspace else []


def _complete_topic(incomplete: str) -> list[str]:
    from despatch.load import load_library

    workspace = _here()
    return (
        [name for name in load_library(workspace.seeds)[0].topics if name.startswith(incomplete)] if workspace else []
    )


Briefs = Annotated[
    list[str], typer.Argument(help="Briefs, each by its file's name or path.", autocompletion=_complete_brief)
]
OneBrief = Annotated[str, typer.Argument(help="A brief, by its file's name or path.", autocompletion=_complete_brief)]
Topics = Annotated[
    list[str] | None,
    typer.Option(
        "--topic", help="Take only this topic, and what has none. May be repeated.", autocompletion=_complete_topic
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option("--without", help="Leave this topic out. May be repeated.", autocompletion=_complete_topic),
]
Length = Annotated[str | None, typer.Option(help="full, standard or short.")]
Audience = Annotated[str | None, typer.Option(help="Who reads it, such as peers or mps.")]
StyleName = Annotated[str | None, typer.Option("--style", help="A folder of templates/, such as lga or plain.")]
MaxWords = Annotated[int | None, typer.Option(min=1, help="Keep to so many words: essential first.")]
Pages = Annotated[int | None, typer.Option(min=1, help="Keep to so many pages.")]
Exact = Annotated[bool, typer.Option("--exact", help="Let LibreOffice count the pages.")]
Draft = Annotated[bool, typer.Option("--draft", help="Print draft blocks too, and mark every page.")]
FORMATS = "docx,md,html"
"""The formats that are written unless --to says otherwise."""


@app.command()
def build(
    briefs: Briefs,
    topic: Topics = None,
    without: Without = None,
    length: Length = None,
    max_words: MaxWords = None,
    pages: Pages = None,
    exact: Exact = False,
    audience: Audience = None,
    to: Annotated[str, typer.Option(help="The formats to write; pdf too, and txt for an e-mail.")] = FORMATS,
    out: Annotated[Path | None, typer.Option(help="A folder, or one file's name.  [default: out]")] = None,
    style: StyleName = None,
    draft: Draft = False,
    strict: Annotated[bool, typer.Option("--strict", help="Write nothing if a figure is in doubt.")] = False,
    review: Annotated[bool, typer.Option("--review", help="A Word file for colleagues, with comments.")] = False,
    manifest: Annotated[bool, typer.Option("--manifest", help="Write beside it what it is built from.")] = False,
) -> None:
    """Build briefings as Word, Markdown and HTML, as PDF, or as text to paste into an e-mail.

    \b
    despatch build lords-2022-12-08-childrens-social-care
    despatch build lords-2022-12-08-childrens-social-care --topic workforce --to docx
    despatch build lords-2022-12-08-childrens-social-care --topic homes --without asylum --length short
    """
    from despatch.printing import made

    workspace, library = _open()
    tailoring = _tailoring(topic, without, length, audience, style, draft, review, (max_words, pages, exact))
    formats = _formats(_reviewed(to) if review else to, manifest=manifest)
    files: dict[Path, bytes] = {}
    notes: Diagnostics = []
    for path, prepared in _prepared(workspace, library, briefs, tailoring, notes):
        _say_what_is_cut(prepared)
        found, faults = made(path, prepared, tailoring, formats, strict=strict)
        notes += faults
        for suffix, data in found.items():
            target = _target(workspace, out, path.stem, tailoring.flags, suffix, len(briefs) * len(formats))
            _add(files, target, data)
    _stop_on_errors(notes, workspace, strict=strict)
    _write(files)


def _say_what_is_cut(prepared: "Prepared") -> None:
    """Say what was left out of a briefing for want of room, a line each."""
    if prepared.brief.max_words is None and prepared.brief.pages is None:
        return
    from despatch.budget import left_out

    for each in left_out(prepared.selection):
        name = ".".join(filter(None, (each.block, each.point)))
        typer.echo(f"{prepared.brief.name} leaves out {name}: {each.why}.", err=True)


def _add(files: dict[Path, bytes], target: Path, data: bytes) -> None:
    """Add a file to those that are to be written; two of one name are misuse."""
    if target in files:
        _misuse(f"Two of these briefs would both be written to {_shown(target)}.")
    files[target] = data


def _write(files: dict[Path, bytes]) -> None:
    from despatch.output import write_files

    write_files(files)
    for path in files:
        typer.echo(f"{_style('Built', 'green')} {_shown(path)}")


def _target(workspace: "Workspace", out: Path | None, stem: str, flags: str, suffix: str, number: int) -> Path:
    """Where an output goes: `out/<brief>[--<flags>].<format>`, unless --out says otherwise."""
    if out is not None and out.suffix == f".{suffix}" and not out.is_dir():
        if number > 1:
            _misuse(
                f"--out names one file ({out}), but {number} are to be written. Name a folder, or one format with --to."
            )
        return out
    return (out or workspace.root / "out") / f"{stem}{f'--{flags}' if flags else ''}.{suffix}"


def _reviewed(to: str) -> str:
    """The format of a review copy, which is Word's."""
    if to not in (FORMATS, "docx"):
        _misuse("A review copy is a Word file, since only that has comments: leave --to out with --review.")
    return "docx"


def _formats(to: str, *, manifest: bool) -> list[str]:
    from despatch.build import MANIFEST, WRITERS
    from despatch.diagnostics import did_you_mean

    known = f"The formats are {', '.join(WRITERS)}."
    formats = list(dict.fromkeys(each.strip().lower().lstrip(".") for each in to.split(",") if each.strip()))
    for each in formats:
        if each not in WRITERS:
            _misuse(f"There is no format `{each}`. {did_you_mean(each, WRITERS) or known}")
    if "pdf" in formats:
        _stop_without_office()
    return [*(formats or _misuse(f"--to names no format. {known}")), *([MANIFEST] if manifest else [])]


def _stop_without_office() -> None:
    """Stop where something is not installed that a PDF wants, or a count of its pages."""
    from despatch.pdf import missing

    if said := missing():
        _misuse(said)


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
    workspace, library = _open()
    notes: Diagnostics = []
    tailoring = _tailoring(topic, without, length, audience, None, draft, room=(max_words, pages, exact))
    prepared = [each for _, each in _prepared(workspace, library, [brief], tailoring, notes)]
    _stop_on_errors(notes, workspace)
    decisions = [each for each in prepared[0].selection.decisions if id is None or id in (each.block, each.point)]
    if not decisions:
        _no_decision(id or "", prepared[0])
    for each in decisions:
        mark = _style("in ", "green") if each.included else _style("out", "red")
        name = f"  {each.point}" if each.point else _style(each.block, "bold")
        typer.echo(f"{mark} {name}: {each.why}{f'; it prints {each.wording}' if each.wording else ''}.")


def _no_decision(id: str, prepared: "Prepared") -> NoReturn:
    """Explain that a brief decides nothing about an id."""
    from despatch.diagnostics import did_you_mean

    known = {name for each in prepared.selection.decisions for name in (each.block, each.point) if name}
    if id in prepared.selection.library.blocks:
        typer.echo(f"out {id}: no section of {prepared.brief.name} names it.")
        raise typer.Exit(0)
    _misuse(f"Nothing in {prepared.brief.name} is called `{id}`. {did_you_mean(id, known)}")


@app.command("list")
def list_(
    what: Annotated[
        str, typer.Argument(help="blocks, a kind such as positions, facts, sources, topics, terms, briefs or styles.")
    ] = "blocks",
    topic: Topics = None,
    stale: Annotated[bool, typer.Option("--stale", help="Facts that are out of date; say when, with --on.")] = False,
    on: Annotated[str | None, typer.Option("--on", help="A day, as 2022-12-08, or today.")] = None,
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

    workspace, library = _open()
    if variants:
        _list_variants(workspace, library)
        return
    tailoring = _tailoring(topic, None, None, None, None, False)
    _stop_on_errors(tailoring.faults(library), workspace)
    wanted = Wanted(_day(on) if stale else None, undated, unused, source)
    if what != "facts" and wanted != Wanted():
        _misuse("--stale, --undated, --unused and --source are for facts: despatch list facts …")
    if stale != bool(on):
        _misuse("Write --stale and --on together, such as --stale --on 2022-12-08.")
    if source is not None and source not in library.sources:
        _unknown("source", source, library.sources)
    found = rows(what, library, workspace, tailoring.topics, wanted)
    if isinstance(found, str):
        _misuse(found)
    _table(found)


def _list_variants(workspace: "Workspace", library: "Library") -> None:
    """Show which wordings there are, and which of them print."""
    from despatch.checking import opened
    from despatch.variants import rows

    office, faults = opened(workspace, [])
    _stop_on_errors([each for each in faults if each.severity == "error"], workspace)
    _table(rows(library, office.briefings))


def _day(text: str | None) -> "date":
    """A day as officers write it, or today."""
    from datetime import date

    from despatch.dates import parse_day

    if text is None:
        _misuse("Say for which day: --on 2022-12-08, or --on today.")
    day = date.today() if text == "today" else parse_day(text)  # noqa: DTZ011 - the day on the officer's own calendar
    return day or _misuse(f"`{text}` is not a day. Write year, month and day, such as 2022-12-08.")


def _unknown(what: str, name: str, known: Iterable[str]) -> NoReturn:
    """Stop, because nothing has this name."""
    from despatch.diagnostics import did_you_mean

    advice = did_you_mean(name, known) or f"`despatch list {what}s` shows all."
    _misuse(f"There is no {what} called `{name}`. {advice}")


@app.command()
def find(
    words: Annotated[
        list[str], typer.Argument(help="Words to look for; several between quotation marks, as they stand.")
    ],
    kind: Annotated[str, typer.Option(help="Only these: positions, facts, sources, terms, …")] = "",
    topic: Topics = None,
) -> None:
    """Find blocks, facts, sources and terms by their words, best match first, and show how to use each.

    \b
    despatch find kinship carers
    despatch find agency social workers --kind positions
    despatch find "early help" --topic family-help
    """
    from despatch.find import find as search
    from despatch.find import last_uses

    workspace, library = _open()
    kind = _kind(kind)
    tailoring = _tailoring(topic, None, None, None, None, False)
    _stop_on_errors(tailoring.faults(library), workspace)
    query = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    used = last_uses(workspace.briefs()[0], library)
    hits = search(query, library, kind=kind, topics=tailoring.topics, used=used)
    for hit in hits[:MOST]:
        _show_hit(hit, query)
    if len(hits) > MOST:
        typer.echo(f"… and {len(hits) - MOST} more; add a word to narrow the search.")
    if not hits:
        _nothing_found(query, library)


MOST = 20
"""How many matches `find` shows."""


def _kind(named: str) -> str:
    """The kind of entry that is asked for, as it is written in seeds; misuse if there is none."""
    from despatch.diagnostics import did_you_mean
    from despatch.kinds import all_kinds

    known = [*all_kinds(), "facts", "sources", "terms"]
    kind = named.replace("-", "_").lower()
    if kind and kind not in known:
        _misuse(
            f"There is no kind called `{named}`. {did_you_mean(kind, known) or 'There are ' + ', '.join(known) + '.'}"
        )
    return kind


def _show_hit(hit: "Hit", query: str) -> None:
    """An entry that was found: what and where it is, its words, when it was last used, and what to write to use it."""
    from textwrap import wrap

    from despatch.dates import in_full
    from despatch.find import marked

    place = _style(f"{_shown(hit.span.path)}:{hit.span.line}", "dim")
    typer.echo("  ".join(filter(None, (_style(hit.id, "bold"), hit.kind, hit.remark, place))))
    for line in wrap(hit.excerpt, 96, break_long_words=False, break_on_hyphens=False):
        typer.echo(
            "    " + "".join(_style(words, "yellow") if is_asked else words for words, is_asked in marked(line, query))
        )
    if hit.last:
        typer.echo(f"    Last used on {in_full(hit.last.day)}, in {hit.last.brief}")
    if hit.paste:
        typer.echo(f"    {_style(hit.paste, 'green')}")


def _nothing_found(query: str, library: "Library") -> NoReturn:
    """Say so, with the nearest words that the library has."""
    from despatch.find import near_words

    near = " or ".join(f"“{word}”" for word in near_words(query, library))
    typer.echo(f"Nothing in the library has these words.{f' Did you mean {near}?' if near else ''}", err=True)
    raise typer.Exit(1)


@app.command()
def uses(
    id: Annotated[
        str | None, typer.Argument(help="A block, point, fact, source, topic or term; a point also as block.point.")
    ] = None,
    impact: Annotated[
        bool, typer.Option("--impact", help="What changes since a revision do to each briefing.")
    ] = False,
    since: Annotated[str, typer.Option(help="For --impact: a revision that git knows.")] = "HEAD",
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
        _misuse(f"There is no format `{format}`. The formats are text and json.")
    if id is None and not impact:
        _misuse("Name a block, point, fact, source, topic or term; or write --impact.")
    workspace, library = _open()
    things = _things(id, library) if id else []
    if impact:
        _show_impact(workspace, library, things, since, format)
        return
    found = usage(things, workspace, library)
    typer.echo(as_json(found, workspace.root) if format == "json" else as_text(found, _shown, _style))


def _show_impact(workspace: "Workspace", library: "Library", things: "list[Thing]", revision: str, format: str) -> None:
    """What has changed since a revision, and what each briefing prints differently."""
    from despatch.history import HistoryError
    from despatch.since import since
    from despatch.usage import impact_as_json, impact_as_text

    try:
        found = [since(revision, workspace, library, each) for each in things]
        found = found or [since(revision, workspace, library)]
    except HistoryError as error:
        _refuse(f"{error}")
    typer.echo(impact_as_json(found) if format == "json" else impact_as_text(found, _style))


def _things(id: str, library: "Library") -> "list[Thing]":
    """What an id names, or a word on why it names nothing or too much."""
    from despatch.diagnostics import did_you_mean
    from despatch.uses import called

    known = [*library.blocks, *library.facts, *library.sources, *library.topics, *library.terms]
    things = called(id, library) or _misuse(f"Nothing in the library is called `{id}`. {did_you_mean(id, known)}")
    if things[0].kind == "point" and len(things) > 1:
        _misuse(f"Several blocks have a point called `{id}`. Write {' or '.join(each.id for each in things)}.")
    return things


@app.command()
def check(
    briefs: Annotated[
        list[str] | None,
        typer.Argument(
            help="Briefs to check, or files from elsewhere; all briefs, if nothing is named.",
            autocompletion=_complete_brief,
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
        _misuse("--fix and --lengths are for briefs and the library; a file from elsewhere is only read.")
    if style and not files:
        _misuse("--style is for a file from elsewhere: each brief names its own.")
    _report_as(format, lengths)
    if fix:
        _mend(_workspace(), names)
    if lengths:
        _show_lengths(_workspace(), names)
    if watch:
        _watch(files, names, format, style or "plain")
    raise typer.Exit(_checked(files, names, format, style or "plain"))


def _report_as(format: str, lengths: bool) -> None:
    """Stop unless this can be reported in this format."""
    from despatch import report

    if format not in report.FORMATS:
        _misuse(f"There is no format `{format}`. The formats are {', '.join(report.FORMATS)}.")
    if lengths and format != "text":
        _misuse("--lengths is a table for people: leave --format out.")


def _from_elsewhere(named: list[str]) -> tuple[list[Path], list[str]]:
    """The files that Despatch did not make, and what else is named."""
    if not named:
        return [], []
    from despatch.readers import READERS  # imported here: most checks are of an office's own files

    files = [Path(each) for each in named if Path(each).suffix.lower() in READERS]
    for each in named:
        if Path(each) in files and not Path(each).exists():
            _misuse(f"There is no file {each}.")
        if Path(each) not in files and Path(each).is_file() and Path(each).suffix != ".yaml":
            _misuse(f"{each} cannot be read. Save it as one of {', '.join(READERS)}, and check that.")
    names = [each for each in named if Path(each) not in files]
    if files and names:
        _misuse("Check briefs and files from elsewhere one after the other.")
    return files, names


def _checked(files: list[Path], names: list[str], format: str, style: str) -> int:
    """Report what there is to report; the exit code."""
    from despatch.checking import elsewhere, everything

    workspace = _here() if files else _workspace()
    diagnostics = [] if files or workspace is None else everything(workspace, names)
    for file in files:
        faults, left_out = elsewhere(file, workspace, style)
        diagnostics += faults
        for each in left_out:
            typer.echo(f"{_shown(file)}: left out {each}.", err=True)
    return _reported(diagnostics, workspace.root if workspace and not files else Path.cwd(), format)


def _reported(diagnostics: "Diagnostics", root: Path, format: str) -> int:
    """Print what was found; the exit code."""
    from despatch import report

    if format != "text":
        typer.echo(report.FORMATS[format](diagnostics, root))
    elif diagnostics:
        typer.echo(report.text(diagnostics, root, _style))
    _sum_up(diagnostics)
    is_misuse = any(each.rule == "unknown-brief" or str(each.span.path).startswith("--") for each in diagnostics)
    return 2 if is_misuse else 1 if any(each.severity != "advice" for each in diagnostics) else 0


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
            typer.echo(f"{_shown(path)} is left as it is: {reason}", err=True)
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
    _stop_on_errors([each for each in faults if each.severity == "error"], workspace)
    for briefing in office.briefings:
        typer.echo(_style(briefing.name, "bold"))
        _table(table(briefing))
        typer.echo()


def _watch(files: list[Path], names: list[str], format: str, style: str) -> NoReturn:
    """Check, and check again whenever a file is saved, until somebody stops it."""
    from despatch.watching import saves

    folders = [] if files else [_workspace().root / name for name in ("seeds", "briefs", "templates")]
    code = 0
    try:
        for changed in saves(folders, files):
            if changed:
                typer.echo(f"\n{_style('Saved. Checking again.', 'dim')}", err=True)
            code = _checked(files, names, format, style)
    except KeyboardInterrupt:
        pass  # it ends as quietly in the middle of a check as between two
    raise typer.Exit(code)


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
    typer.echo(said if faults else _style(said, "green"), err=True)
    if said := missing():
        typer.echo(said, err=True)


def _complete_source(incomplete: str) -> list[str]:
    from despatch.load import load_library

    workspace = _here()
    known = load_library(workspace.seeds)[0].sources if workspace else {}
    return [name for name, each in known.items() if each.items and name.startswith(incomplete)]


@app.command()
def coverage(
    source: Annotated[str, typer.Argument(help="A source that lists its items.", autocompletion=_complete_source)],
    to: Annotated[str | None, typer.Option(help="Write it as csv, html or both, in place of showing it.")] = None,
    out: Annotated[Path | None, typer.Option(help="A folder, or one file's name.  [default: out]")] = None,
    unanswered: Annotated[bool, typer.Option("--unanswered", help="Only what we have no position on.")] = False,
) -> None:
    """Show which items of a document we answer, with what stance, in which briefings, and what is unanswered.

    \b
    despatch coverage social-care-review
    despatch coverage social-care-review --unanswered
    despatch coverage social-care-review --to csv,html
    """
    from despatch.coverage import HEADS, as_csv, as_html, rows, summary
    from despatch.coverage import coverage as covered_by

    formats = _table_formats(to) if to is not None else []
    workspace, library = _open()
    document = _with_items(source, library)
    covered = covered_by(document, library, _selections(workspace, library))
    said = summary(covered)
    wanted = [each for each in covered if not (unanswered and each.is_answered)]
    if formats:
        made = {"csv": lambda: as_csv(wanted), "html": lambda: as_html(document, wanted, said)}
        _write(
            {_target(workspace, out, f"coverage-{source}", "", each, len(formats)): made[each]() for each in formats}
        )
    else:
        _table([HEADS, *rows(wanted)])
    typer.echo(said, err=True)


def _table_formats(to: str) -> list[str]:
    """The formats of a table to write."""
    formats = list(dict.fromkeys(_split([to])))
    if not formats or {*formats} - {"csv", "html"}:
        _misuse(f"There is no format `{to}`. Write csv, html, or both with a comma between.")
    return formats


def _with_items(name: str, library: "Library") -> "Reference":
    """The source of this name, which lists its items."""
    if name not in library.sources:
        _unknown("source", name, library.sources)
    source = library.sources[name]
    if not source.items:
        place = f"{_shown(source.id.span.path)}:{source.id.span.line}"
        _refuse(f"`{name}` lists no items. Write them under `items:` at {place}.")
    return source


def _selections(workspace: "Workspace", library: "Library") -> "list[Selection]":
    """What each sound brief prints; the others are named aside."""
    from despatch.diagnostics import has_errors
    from despatch.load import load_brief
    from despatch.select import select

    found = []
    for path in workspace.briefs()[0]:
        brief, joined, faults = load_brief(path, library)
        if brief is None or has_errors(faults):
            typer.echo(f"{_shown(path)} is not looked at: it has faults of its own. See `despatch check`.", err=True)
        else:
            found.append(select(joined, brief))
    return found


@app.command()
def verify(
    files: Annotated[list[Path] | None, typer.Argument(help="Finished briefings, or folders of them.")] = None,
    leaks: Annotated[bool, typer.Option("--leaks", help="Look for what must not leave the building.")] = False,
    brief: Annotated[
        str,
        typer.Option(help="What a file was built as, if its name no longer says so.", autocompletion=_complete_brief),
    ] = "",
) -> None:
    """Look into every part of finished files for what must not leave the building.

    With --leaks: words that were left out or withdrawn, notes for colleagues, comments and tracked changes, names of
    people and places on their computers, seen or unseen.

    \b
    despatch verify --leaks out
    despatch verify --leaks out/lords-2022-12-08-childrens-social-care.docx
    despatch verify --leaks sent.docx --brief lords-2022-12-08-childrens-social-care--short
    """
    from despatch.leaks import verify as look

    if not leaks or not files:
        _misuse("Say what to look for, and where: despatch verify --leaks out. `despatch verify --help` tells more.")
    workspace, library = _open()
    number, found = look(files, workspace, library, brief)
    _stop_on_errors(found, workspace)
    typer.echo(_style(f"Nothing left out was found in {number} file{'' if number == 1 else 's'}.", "green"))


@app.command()
def explain(
    rule: Annotated[str | None, typer.Argument(help="A rule's name, as messages print it in [brackets].")] = None,
) -> None:
    """Explain a rule: what it finds, why it matters, and what to write instead.

    \b
    despatch explain unknown-topic
    """
    from despatch.diagnostics import did_you_mean
    from despatch.faults import explanation, rules

    if rule is None:
        _table(
            [("rule", "what it finds"), *((name, explanation(name).split("\n")[0].lstrip("# ")) for name in rules())]
        )
    elif rule in rules():
        typer.echo(explanation(rule), nl=False)
    else:
        _misuse(f"There is no rule called `{rule}`. {did_you_mean(rule, rules()) or 'See `despatch explain` for all.'}")


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
        _write({out / f"{name}.json": text.encode() for name, text in made.items()})
    elif what in made:
        typer.echo(made[what], nl=False)
    else:
        _misuse(f"Say which schema: {', '.join(made)}; or name a folder with --out.")


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
        _misuse(f"{_shown(folder / there[0])} is there already. Name another folder.")
    _write(beginnings(folder))
    typer.echo("Change seeds/office.yaml to your own office. Then, in that folder, put your name on the page:")
    typer.echo('despatch style new ours --organisation "Your office"')
    typer.echo("and begin a brief: despatch new --style ours")


def _complete_proceeding(incomplete: str) -> list[str]:
    from despatch.parliament import PROCEEDINGS

    return [name for name in PROCEEDINGS if name.startswith(incomplete)]


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
    from despatch.new import skeleton
    from despatch.proposing import habits, proposal

    workspace, library = _open()
    _known_style(style, workspace)
    said = {"title": title, "house": house, "proceeding": proceeding, "date": date, "topics": ",".join(_split(topic))}
    said |= {"bill": bill, "amendment_list": amendment_list, "motion": motion, "department": department}
    wanted = as_wanted(_answers({field: words for field, words in said.items() if words}, library), style)
    path = workspace.root / "briefs" / f"{wanted.name}.yaml"
    if path.exists():
        _misuse(f"{_shown(path)} is there already. Give the brief another title, or edit that file.")
    wanted = habits(wanted, workspace, library)
    proposed = proposal(wanted, workspace, library)
    _write({path: skeleton(wanted, proposed.sections).encode()})
    _show_proposal(proposed)
    typer.echo(f"Cut it and put it in order, then: despatch build {path.stem}")


def _known_style(style: str, workspace: "Workspace") -> None:
    """Stop unless there is such a style, where one is named."""
    from despatch.diagnostics import did_you_mean
    from despatch.style import names

    if style and style not in (known := names(workspace.templates)):
        _misuse(f"There is no style called `{style}`. {did_you_mean(style, known) or 'See `despatch list styles`.'}")


def _answers(said: dict[str, str], library: "Library") -> dict[str, str]:
    """All that a new brief needs to know, asked for on a terminal; in a pipe, misuse if anything is missing."""
    import sys
    from datetime import date
    from functools import partial

    from despatch.asking import ask, known

    today = date.today()  # noqa: DTZ011 - the day on the officer's own calendar
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    try:
        answers, faults = known(
            said, library, today, partial(ask, library=library, today=today) if is_terminal else None
        )
    except (EOFError, KeyboardInterrupt):
        _misuse("Nothing was written.")
    return answers if not faults else _misuse("\n  ".join(faults))


def _show_proposal(proposed: "Proposal") -> None:
    """What a new brief leaves out, each reason once, and the sections for which there is nothing."""
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


# Styles.

style_commands = typer.Typer(
    help="Check a house style, or begin one from another or from a Word file.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(style_commands, name="style")


def _complete_style(incomplete: str) -> list[str]:
    from despatch.style import names

    workspace = _here()
    return [name for name in names(workspace.templates) if name.startswith(incomplete)] if workspace else []


@style_commands.command("check")
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

    _report_as(format, lengths=False)
    workspace = _workspace()
    raise typer.Exit(_reported(checked(workspace, styles or []), workspace.root, format))


@style_commands.command("new")
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

    workspace = _workspace()
    folder = _new_folder(workspace, name)
    begun = _begun(workspace, name, start, organisation.strip())
    _table([("part of the page", "Word style", "how"), *begun.rows])
    if begun.unused:
        typer.echo(f"Its styles that print nothing: {', '.join(begun.unused)}.")
    for each in begun.remarks:
        typer.echo(each)
    _write({folder / file: data for file, data in begun.files.items()})
    _reported([each for each in checked(workspace, [name]) if each.severity != "advice"], workspace.root, "text")
    typer.echo(f"See also: despatch style check {name}. To look at it: despatch build BRIEF --style {name}")


def _new_folder(workspace: "Workspace", name: str) -> Path:
    """Where a new style goes. What is there stays as it is."""
    import re

    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        _misuse(f"`{name}` cannot be a style’s name. Write small letters, figures and hyphens, such as our-style.")
    folder = workspace.templates / name
    if folder.exists() or folder.is_symlink():
        _misuse(f"{_shown(folder)} is there already. Give the style another name.")
    return folder


def _begun(workspace: "Workspace", name: str, start: str, organisation: str) -> "Begun":
    """A new style from what it is to start from, or a word on why there is none."""
    from despatch.adopting import adopted, copied
    from despatch.diagnostics import Diagnostic, Span
    from despatch.style import load_style

    if Path(start).suffix.lower() in (".docx", ".dotx", ".docm", ".dotm"):
        if not Path(start).is_file():
            _misuse(f"There is no file {start}.")
        begun = adopted(Path(start), name, organisation)
        if isinstance(begun, Diagnostic):
            _print([begun], workspace, err=True)
            raise typer.Exit(1)
        return begun
    if Path(start).is_file():
        _misuse(f"{start} is not a Word file. Save it in Word as Word Document (.docx), and begin from that.")
    style, faults = load_style(start, workspace.templates, Span(Path("--from"), 0))
    _stop_on_errors(faults, workspace)
    return copied(style, name, organisation) if style else _misuse(f"There is no style called `{start}`.")


# Facts.

fact_commands = typer.Typer(
    help="Change a fact, and with it every briefing that prints it.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(fact_commands, name="fact")


def _complete_fact(incomplete: str) -> list[str]:
    from despatch.load import load_library

    workspace = _here()
    return [name for name in load_library(workspace.seeds)[0].facts if name.startswith(incomplete)] if workspace else []


@fact_commands.command("set")
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

    workspace, library = _open()
    change = Change(value.strip(), as_of.strip(), (source or "").strip(), (next or "").strip())
    plan = planned(id, change, workspace, library, force=force)
    if isinstance(plan, Refusal):
        _refuse(plan.message, code=2 if plan.is_mistyped else 1)
    found = impact(workspace, library, plan.file, plan.text)
    if found.faults:
        _print(found.faults, workspace, err=True)
        _refuse("With this figure there would be faults, so nothing is written.")
    _show_change(plan, found)
    if not found.differences:
        typer.echo(f"{_no_difference(id, workspace, library)}\n")
    _show_remarks(plan, found)
    if not dry_run and (said := write(plan)):
        _refuse(said)
    place = f"{_shown(plan.file.path)}:{plan.fact.id.span.line}"
    typer.echo(f"Nothing is written to {place}." if dry_run else f"{_style('Set', 'green')} {id} in {place}")


def _show_change(plan: "Plan", found: "Impact") -> None:
    """What changes in the file and on each page."""
    from itertools import groupby

    from despatch.revise import difference

    colours = {"+": "green", "-": "red", "@": "blue"}
    for line in difference(plan, _shown(plan.file.path)):
        typer.echo(_style(line, colours[line[0]]) if line[0] in colours else line)
    for brief, differences in found.differences.items():
        typer.echo(f"\n{_style(brief, 'bold')} prints differently:")
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
        typer.echo(_style(f"    - {difference.before}", "red"))
    if difference.after:
        typer.echo(_style(f"    + {difference.after}", "green"))
    if date := past_date(plan, difference.after):
        typer.echo(_style(f"      still says {date}", "yellow"))


def _refuse(message: str, code: int = 1) -> NoReturn:
    """Say why nothing is written."""
    typer.echo(f"despatch: {message}", err=True)
    raise typer.Exit(code)


# What the commands share.


def _here() -> "Workspace | None":
    from despatch.workspace import find_workspace

    return find_workspace(Path.cwd())


def _workspace() -> "Workspace":
    return _here() or _misuse(
        "This is not a Despatch workspace: neither this folder nor one above it has `seeds` and `briefs`."
    )


def _open() -> "tuple[Workspace, Library]":
    """The workspace and its library, or every fault that stops a command that needs them sound."""
    from despatch.load import load_library

    workspace = _workspace()
    library, faults = load_library(workspace.seeds)
    _stop_on_errors(faults, workspace)
    return workspace, library


def _tailoring(
    topic: Iterable[str] | None,
    without: Iterable[str] | None,
    length: str | None,
    audience: str | None,
    style: str | None,
    draft: bool,
    review: bool = False,
    room: tuple[int | None, int | None, bool] = (None, None, False),
) -> "Tailoring":
    from despatch.build import Tailoring
    from despatch.select import KEPT

    if length is not None and length not in KEPT:
        _misuse(f"There is no length `{length}`. The lengths are {', '.join(KEPT)}.")
    if room[2]:
        _stop_without_office()
    return Tailoring(_split(topic), _split(without), length, audience, style, draft, review, *room)


def _split(values: Iterable[str] | None) -> tuple[str, ...]:
    """Values given by repeating a flag, or with commas between."""
    return tuple(part.strip() for value in values or () for part in value.split(",") if part.strip())


def _prepared(
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


def _stop_on_errors(diagnostics: "Diagnostics", workspace: "Workspace", *, strict: bool = False) -> None:
    """Print what there is to say, and stop if any of it is an error: nothing has been written then.

    A fault in what was typed on the command line, such as a misspelt topic, is misuse; `strict` takes a warning for an error.
    """
    from despatch.diagnostics import has_errors

    _print(diagnostics, workspace, err=True)
    if has_errors(diagnostics):
        typed = any(each.rule == "unknown-brief" or str(each.span.path).startswith("--") for each in diagnostics)
        raise typer.Exit(2 if typed else 1)
    if strict and any(each.severity == "warning" for each in diagnostics):
        _refuse("nothing was written: --strict refuses a briefing with a warning.")


def _print(diagnostics: "Diagnostics", workspace: "Workspace", *, err: bool) -> None:
    from despatch import report

    ordered = sorted(diagnostics, key=lambda each: each.order)
    if ordered:
        typer.echo(report.text(ordered, workspace.root, _style), err=err)


def _table(rows: Sequence[tuple[str, ...]]) -> None:
    """Rows in columns on a terminal, with tabs between in a pipe. The first row is the heads."""
    import sys

    if not sys.stdout.isatty():
        for row in rows:
            typer.echo("\t".join(row))
        return
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for number, row in enumerate(rows):
        line = "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
        typer.echo(_style(line, "bold") if number == 0 else line)


def _style(text: str, look: str) -> str:
    """The text in colour; `echo` takes the colour away again where the output is not a terminal."""
    looks: dict[str, Any] = {"bold": {"bold": True}, "dim": {"dim": True}}
    return typer.style(text, **looks.get(look, {"fg": look}))


def _shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _misuse(message: str) -> NoReturn:
    """Say what is wrong with the command itself."""
    typer.echo(f"despatch: {message.strip()}", err=True)
    raise typer.Exit(2)
