"""The commands ``threats check``, ``threats sources`` and ``threats dictionary``."""

import sys
from pathlib import Path

import click

from threats.cli.filters import announce_default_folder, load_folder
from threats.content.method_sources import source_check_sentence
from threats.dataset.dictionary import dictionary_markdown
from threats.dataset.link_check import (
    ARCHIVE_URL,
    NoNetworkError,
    add_archive_urls,
    check_links,
    write_link_checks,
)
from threats.dataset.model import data_folder, load
from threats.dataset.schema import shipped_descriptor
from threats.dataset.validation import validate_folder
from threats.text import commands as text
from threats.text.translate import _

folder_argument = click.argument("folder", required=False, type=click.Path(path_type=Path))


@click.command(name="check", help=_(text.CHECK_HELP))
@folder_argument
def check_command(folder: Path | None) -> None:
    """Print every problem of a dataset folder."""
    announce_default_folder(folder)
    path = data_folder(folder)
    problems = validate_folder(path)
    if problems:
        for problem in problems:
            click.echo(str(problem))
        sys.exit(1)
    data = load(path)
    for resource in shipped_descriptor()["resources"]:
        click.echo(text.valid_file_message(resource["path"], len(data[resource["name"]])))


@click.command(name="sources", help=_(text.SOURCES_HELP))
@folder_argument
@click.option("--archive", default=ARCHIVE_URL, show_default=True, help=_(text.ARCHIVE_HELP))
def sources_command(folder: Path | None, archive: str) -> None:
    """Check the source addresses of a dataset folder."""
    data = load_folder(folder)
    pages = data.sources()
    label = _(text.CHECK_PROGRESS)
    with click.progressbar(length=2 * len(pages), label=label, file=sys.stderr) as bar:
        try:
            found = check_links(pages, lambda: bar.update(1))
        except NoNetworkError as error:
            raise click.ClickException(_(text.NO_NETWORK_MESSAGE)) from error
        found = add_archive_urls(found, archive, lambda: bar.update(1))
    try:
        path = write_link_checks(data.folder, found)
    except OSError as error:
        message = _(text.FILE_ERROR_MESSAGE, file=error.filename, reason=error.strerror)
        raise click.ClickException(message) from error
    click.echo(source_check_sentence(load(data.folder)))
    click.echo(_(text.WRITTEN_MESSAGE, file=path))


@click.command(name="dictionary", help=_(text.DICTIONARY_HELP))
def dictionary_command() -> None:
    """Print the data dictionary."""
    click.echo(dictionary_markdown(shipped_descriptor()), nl=False)
