"""The command line: load, call, report, exit code. 0 clean, 1 findings, 2 misuse. Each command has its own file."""

import typer

from despatch.cli.build import build
from despatch.cli.check import check
from despatch.cli.coverage import coverage
from despatch.cli.explain import explain
from despatch.cli.fact import fact_commands
from despatch.cli.find import find
from despatch.cli.list import list_
from despatch.cli.new import new
from despatch.cli.schema import schema
from despatch.cli.start import start
from despatch.cli.style import style_commands
from despatch.cli.uses import uses
from despatch.cli.verify import verify
from despatch.cli.why import why

# What a command needs is imported inside it, so that `despatch --help` feels instant; and annotations are evaluated
# in its file, which is quicker than leaving it to Typer.

app = typer.Typer(
    help="Assemble briefings for parliamentary debates from reusable blocks.",
    epilog="Start with: despatch build lords-2022-12-08-childrens-social-care",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

for command in (build, why, list_, find, uses, check, coverage, verify, explain, schema, start, new):
    app.command(command.__name__.rstrip("_"))(command)
app.add_typer(style_commands, name="style")
app.add_typer(fact_commands, name="fact")
