"""The command ``threats tidy``."""

import sys
from pathlib import Path

import click

from threats.dataset.csv_files import ReadError, read_dataset_files
from threats.dataset.folder_writer import Files, edit_folder
from threats.dataset.schema import shipped_descriptor
from threats.dataset.tidy import Tidied, tidy_files
from threats.text import commands
from threats.text import tidy as text
from threats.text.translate import _


@click.command(name="tidy", help=_(text.TIDY_HELP))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--write", is_flag=True, help=_(text.TIDY_WRITE_HELP))
def tidy_command(folder: Path, write: bool) -> None:
    """Correct what a spreadsheet did to the files of a dataset folder."""
    tidied = Tidied({}, [], [])

    def edit(files: Files) -> Files:
        nonlocal tidied
        tidied = tidy_files(files, shipped_descriptor())
        return tidied.files

    try:
        if write:
            edit_folder(folder, edit, with_problems=True)
        else:
            read = read_dataset_files(folder)
            edit({name: raw for name, raw in read.items() if not isinstance(raw, ReadError)})
    except OSError as error:
        values = {"file": error.filename or folder, "reason": error.strerror or error}
        raise click.ClickException(_(commands.FILE_ERROR_MESSAGE, **values)) from error
    _report(tidied, write)
    if tidied.doubts:
        sys.exit(1)


def _report(tidied: Tidied, written: bool) -> None:
    for change in tidied.changes:
        click.echo(str(change))
    if tidied.doubts:
        click.echo(_(text.TIDY_LEFT_MESSAGE))
    for doubt in tidied.doubts:
        click.echo(str(doubt))
    if not tidied.changes:
        click.echo(_(text.TIDY_NOTHING_MESSAGE))
    elif written:
        click.echo(text.tidied_message(len(tidied.files)))
    else:
        click.echo(_(text.TIDY_DRY_MESSAGE))
