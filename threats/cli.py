"""The command ``threats``."""

import sys
from pathlib import Path

import click

from threats import __version__
from threats.checks import check as find_problems
from threats.checks import shipped_descriptor
from threats.dataset import data_folder, load
from threats.dictionary import markdown


@click.group()
@click.version_option(__version__)
def main() -> None:
    """Work with a dataset of threats on the agenda of meetings."""


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def check(folder: Path | None) -> None:
    """Print every problem of the dataset in FOLDER, or one line a file if it is good.

    Without FOLDER it is the one named by THREATS_DATA, else the one that comes with the package.
    A problem reads: file:line column: what is wrong; expected what. The exit code is 1 then.
    """
    path = data_folder(folder)
    problems = find_problems(path)
    if problems:
        for problem in problems:
            click.echo(str(problem))
        sys.exit(1)
    data = load(path)
    for resource in shipped_descriptor()["resources"]:
        rows = len(data[resource["name"]])
        click.echo(f"{resource['path']}: good, {rows:,} {'row' if rows == 1 else 'rows'}")


@main.command()
def dictionary() -> None:
    """Print the data dictionary as Markdown, as it stands in data/README.md."""
    click.echo(markdown(shipped_descriptor()), nl=False)
