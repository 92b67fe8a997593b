"""The command ``threats``."""

import click

from threats import __version__
from threats.cli.brief import brief_command
from threats.cli.check import check_command, dictionary_command, sources_command
from threats.cli.code import code_command
from threats.cli.export import export_command
from threats.cli.serve import serve_command
from threats.text.commands import MAIN_HELP
from threats.text.translate import _

_COMMANDS = [
    serve_command,
    check_command,
    sources_command,
    dictionary_command,
    export_command,
    code_command,
    brief_command,
]


@click.group(help=_(MAIN_HELP), commands=_COMMANDS)
@click.version_option(__version__)
def main() -> None:
    """Run a command for the shell."""
