"""The command ``threats``."""

import click

from threats import __version__
from threats.lazy_imports import load_module
from threats.text.commands import MAIN_HELP
from threats.text.translate import _

# The module of each command, imported when it is run: the server starts without the others.
_COMMANDS = {
    "serve": "serve",
    "check": "check",
    "tidy": "tidy",
    "sources": "check",
    "dictionary": "check",
    "archive": "archive",
    "deposit": "archive",
    "export": "export",
    "code": "code",
    "brief": "brief",
    "publish": "publish",
    "collect": "collect",
    "reread": "collect",
    "review": "review",
    "release": "release",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*_COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        return getattr(load_module(f"threats.cli.{_COMMANDS[cmd_name]}"), f"{cmd_name}_command")


@click.group(cls=_Commands, help=_(MAIN_HELP))
@click.version_option(__version__)
def main() -> None:
    """Run a command for the shell."""
