"""The commands ``threats check``, ``threats sources`` and ``threats dictionary``."""

import sys
from pathlib import Path

import click

from threats.cli.filters import announce_default_folder
from threats.content.method_sources import source_check_sentence
from threats.dataset.dictionary import dictionary_markdown
from threats.dataset.link_check import (
    ARCHIVE_URL,
    NoNetworkError,
    add_archive_urls,
    check_links,
    write_link_checks,
)
from threats.dataset.model import DatasetError, data_folder, load
from threats.dataset.schema import shipped_descriptor
from threats.dataset.validation import validate_folder


@click.command(name="check")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def check_command(folder: Path | None) -> None:
    """Print every problem of the dataset in FOLDER, or one line a file if it is good.

    Without FOLDER it is the first one named by THREATS_DATA, else the one that comes with the
    package.
    A problem reads: file:line column: what is wrong; expected what. The exit code is 1 then.
    """
    announce_default_folder(folder)
    path = data_folder(folder)
    problems = validate_folder(path)
    if problems:
        for problem in problems:
            click.echo(str(problem))
        sys.exit(1)
    data = load(path)
    for resource in shipped_descriptor()["resources"]:
        rows = len(data[resource["name"]])
        click.echo(f"{resource['path']}: good, {rows:,} {'row' if rows == 1 else 'rows'}")


@click.command(name="sources")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "--archive",
    default=ARCHIVE_URL,
    show_default=True,
    help="Where to ask for archived copies.",
)
def sources_command(folder: Path | None, archive: str) -> None:
    """Check each source address of the dataset in FOLDER, and look for an archived copy.

    Writes source_checks.csv into the folder, which is chosen as by threats check. Needs a network:
    without one nothing is written and the exit code is 1.
    """
    announce_default_folder(folder)
    try:
        data = load(folder)
    except DatasetError as error:
        raise click.ClickException(f"{error}\nThe dataset has these problems.") from error
    pages = data.sources()
    with click.progressbar(length=2 * len(pages), label="Checking", file=sys.stderr) as bar:
        try:
            found = check_links(pages, lambda: bar.update(1))
        except NoNetworkError as error:
            told = "No host answered, so there seems to be no network. Nothing was written."
            raise click.ClickException(told) from error
        found = add_archive_urls(found, archive, lambda: bar.update(1))
    try:
        path = write_link_checks(data.folder, found)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    click.echo(source_check_sentence(load(data.folder)))
    click.echo(f"Written to {path}")


@click.command(name="dictionary")
def dictionary_command() -> None:
    """Print the data dictionary as Markdown, as it stands in data/README.md."""
    click.echo(dictionary_markdown(shipped_descriptor()), nl=False)
