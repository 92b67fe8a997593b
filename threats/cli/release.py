"""The command ``threats release``."""

from pathlib import Path

import click

from threats.cli.filters import dataset_exception
from threats.dataset.model import DatasetError
from threats.text import release as text
from threats.text.translate import _
from threats.upkeep.edition import release_edition
from threats.upkeep.review import NotEditableError, check_editable


@click.command(name="release", help=_(text.RELEASE_HELP))
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--archive",
    "archives",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("editions"),
    show_default=True,
    help=_(text.ARCHIVES_HELP),
)
def release_command(folder: Path, archives: Path) -> None:
    """Release a new edition."""
    try:
        check_editable(folder)
        edition = release_edition(folder, archives)
    except DatasetError as error:
        raise dataset_exception(error) from error
    except (NotEditableError, OSError) as error:
        raise click.ClickException(str(error)) from error
    if edition.changes:
        click.echo(text.changes_sentences(edition.changes))
    message = text.ARCHIVED_MESSAGE if edition.is_new else text.UNCHANGED_MESSAGE
    click.echo(_(message, version=edition.version, file=edition.archive))
