"""The command ``threats archive``."""

from pathlib import Path

import click

from threats.cli.check import folder_argument
from threats.cli.filters import load_folder
from threats.dataset.editions import keep_edition
from threats.exports.archive import zip_bytes
from threats.text import commands as text
from threats.text.translate import _


@click.command(name="archive", help=_(text.ARCHIVE_HELP_TEXT))
@folder_argument
def archive_command(folder: Path | None) -> None:
    """Keep the edition of a dataset folder as a ZIP file in it."""
    data = load_folder(folder)
    try:
        path = keep_edition(data.folder, data.descriptor["version"], zip_bytes(data.files))
    except FileExistsError as error:
        message = _(text.EDITION_EXISTS_MESSAGE, file=error.args[0])
        raise click.ClickException(message) from error
    click.echo(_(text.WRITTEN_MESSAGE, file=path))
