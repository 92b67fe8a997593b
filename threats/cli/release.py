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
def release_command(folder: Path) -> None:
    """Release a new edition."""
    try:
        check_editable(folder)
        release = release_edition(folder)
    except DatasetError as error:
        raise dataset_exception(error) from error
    except (NotEditableError, OSError) as error:
        raise click.ClickException(str(error)) from error
    if release.changes:
        click.echo(text.changes_sentences(release.changes))
    message = text.ARCHIVED_MESSAGE if release.is_new else text.UNCHANGED_MESSAGE
    click.echo(_(message, version=release.version, file=release.archive))
