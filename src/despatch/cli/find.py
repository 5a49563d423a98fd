"""`despatch find`: what the library says with these words."""

from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from despatch.cli._shared import (
    MOST,
    Topics,
    commands,
    known_topics,
    misuse,
    open_workspace,
    paint,
    shown,
    stop_on_errors,
)

if TYPE_CHECKING:
    from despatch.find import Catalogue, Hit


app = commands()


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
    from despatch.index import last_uses, opened

    workspace = open_workspace()
    index, catalogue, faults = opened(workspace)
    stop_on_errors(faults, workspace)
    kind, topics = _kind(kind), known_topics(topic, catalogue.library, workspace)
    query = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    used = last_uses(workspace, index, catalogue.library)
    hits = search(query, catalogue, kind=kind, topics=topics, used=used)
    for hit in hits[:MOST]:
        _show_hit(hit, query)
    if len(hits) > MOST:
        typer.echo(f"… and {len(hits) - MOST} more; add a word to narrow the search.")
    if not hits:
        _nothing_found(query, catalogue)


def _kind(named: str) -> str:
    """The kind of entry that is asked for, as it is written in seeds; misuse if there is none."""
    from despatch.diagnostics import did_you_mean
    from despatch.kinds import all_kinds

    known = [*all_kinds(), "facts", "sources", "terms"]
    kind = named.replace("-", "_").lower()
    if kind and kind not in known:
        misuse(
            f"There is no kind called `{named}`. {did_you_mean(kind, known) or 'There are ' + ', '.join(known) + '.'}"
        )
    return kind


def _show_hit(hit: "Hit", query: str) -> None:
    """An entry that was found: what and where it is, its words, when it was last used, and what to write to use it."""
    from textwrap import wrap

    from despatch.dates import in_full
    from despatch.find import marked

    place = paint(f"{shown(hit.span.path)}:{hit.span.line}", "dim")
    typer.echo("  ".join(filter(None, (paint(hit.id, "bold"), hit.card.kind, hit.card.remark, place))))
    for line in wrap(hit.excerpt, 96, break_long_words=False, break_on_hyphens=False):
        typer.echo(
            "    " + "".join(paint(words, "yellow") if is_asked else words for words, is_asked in marked(line, query))
        )
    if hit.last:
        typer.echo(f"    Last used on {in_full(hit.last.day)}, in {hit.last.brief}")
    if hit.card.paste:
        typer.echo(f"    {paint(hit.card.paste, 'green')}")


def _nothing_found(query: str, catalogue: "Catalogue") -> NoReturn:
    """Say so, with the nearest words that the library has."""
    from despatch.find import near_words

    near = " or ".join(f"“{word}”" for word in near_words(query, catalogue))
    said = "Nothing in the library has these words."
    if near:
        said += f" Did you mean {near}?"
    elif '"' in query:
        said = (
            "Nothing in the library has these words as they stand. Leave out the quotation marks to find any of them."
        )
    typer.echo(said, err=True)
    raise typer.Exit(1)
