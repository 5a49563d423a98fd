"""The command line: load, call, report, exit code. 0 clean, 1 findings, 2 misuse. Each command has its own file."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

# A command's file is read when the command is asked for, and what it needs is imported inside it, so that
# `despatch --help` feels instant; and annotations are evaluated there, which is quicker than leaving it to Typer.

COMMANDS = {
    "build": "Build briefings as Word, Markdown and HTML, as PDF, or as text to paste into an e-mail.",
    "why": "Say why each block and point of a briefing is in or out.",
    "list": "List what there is.",
    "find": "Find blocks, facts, sources and terms by their words, best match first, and show how to use each.",
    "uses": "Show where something is used: in seeds, and each place where a briefing prints it or might have.",
    "check": "Check the library, the briefs and the styles, or a file from elsewhere, and report every fault at once.",
    "coverage": "Show which items of a document we answer, with what stance, in which briefings, and what is unanswered.",
    "verify": "Look into every part of finished files for what must not leave the building.",
    "explain": "Explain a rule: what it finds, why it matters, and what to write instead.",
    "schema": "Print the JSON Schema of seeds, briefs or styles, by which editors complete and underline.",
    "start": "Make a workspace with a small library, for an office that has none yet.",
    "new": "Begin a brief for a proceeding with the library's best matches; on a terminal, asks for what you do not say.",
    "style": "Check a house style, or begin one from another or from a Word file.",
    "fact": "Change a fact, and with it every briefing that prints it.",
}
"""Each command, and the sentence that its own help begins with. Its file has its name."""


class Commands(TyperGroup):
    """The commands as `--help` lists them; the one that is asked for is read from its file."""

    def __init__(self, **given: Any) -> None:
        given["commands"] = {name: TyperCommand(name, help=said) for name, said in COMMANDS.items()}
        super().__init__(**given)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The name of the command that is asked for, the command, and the arguments that are left for it."""
        name, _, left = super().resolve_command(ctx, args)
        return name, name and typer.main.get_command(import_module(f"{__name__}.{name}").app), left


app = typer.Typer(
    cls=Commands,
    help="Assemble briefings for parliamentary debates from reusable blocks.",
    epilog="Start with: despatch build lords-2022-12-08-childrens-social-care",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.callback()(lambda: None)  # else Typer, which is told of no command, refuses to begin
