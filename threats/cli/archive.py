"""The commands ``threats archive`` and ``threats deposit``."""

from pathlib import Path

import click

from threats.cli.check import folder_argument
from threats.cli.filters import load_folder
from threats.dataset.editions import keep_edition, zip_bytes
from threats.exports.deposit import deposit_files
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


@click.command(name="deposit", help=_(text.DEPOSIT_HELP))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def deposit_command(folder: Path) -> None:
    """Write the metadata of the dataset into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in deposit_files(load_folder(None)).items():
        (folder / name).write_bytes(content)
        click.echo(_(text.WRITTEN_MESSAGE, file=folder / name))
