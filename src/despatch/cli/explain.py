"""`despatch explain`: what a rule finds, and why it matters."""

from typing import Annotated

import typer

from despatch.cli._shared import commands, misuse, show_table

app = commands()


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
        show_table(
            [("rule", "what it finds"), *((name, explanation(name).split("\n")[0].lstrip("# ")) for name in rules())]
        )
    elif rule in rules():
        typer.echo(explanation(rule), nl=False)
    else:
        misuse(f"There is no rule called `{rule}`. {did_you_mean(rule, rules()) or 'See `despatch explain` for all.'}")
