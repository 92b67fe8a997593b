"""The command ``threats``."""

import click

from threats import __version__
from threats.cli.brief import brief_command
from threats.cli.check import check_command, dictionary_command, sources_command
from threats.cli.code import code_command
from threats.cli.export import export_command
from threats.cli.serve import serve_command


@click.group()
@click.version_option(__version__)
def main() -> None:
    """Work with a dataset of threats on the agenda of meetings."""


for command in (
    serve_command,
    check_command,
    sources_command,
    dictionary_command,
    export_command,
    code_command,
    brief_command,
):
    main.add_command(command)
