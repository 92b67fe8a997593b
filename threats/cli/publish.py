"""The command ``threats publish``."""

import sys
from pathlib import Path

import click

from threats.cli.filters import require_dataset
from threats.language import DEFAULT_LANGUAGE, LANGUAGES
from threats.publish.addresses import Site
from threats.publish.site import number_of_parts, publish
from threats.text import publish as text
from threats.text.translate import _, is_complete, translated_languages


@click.command(name="publish", help=_(text.PUBLISH_HELP))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--dashboard", default="", help=_(text.DASHBOARD_HELP))
@click.option("--address", default="", help=_(text.SITE_HELP))
@click.option(
    "--language",
    "languages",
    multiple=True,
    type=click.Choice(translated_languages()),
    help=_(text.LANGUAGE_HELP),
)
def publish_command(folder: Path, dashboard: str, address: str, languages: tuple[str, ...]) -> None:
    """Write the dashboard as plain files into a folder."""
    data = require_dataset()
    chosen = languages or [one for one in translated_languages() if is_complete(one)]
    # English is always at the root.
    ids = tuple(one for one in LANGUAGES if one == DEFAULT_LANGUAGE or one in chosen)
    site = Site(address.rstrip("/"), dashboard.rstrip("/"), ids)
    label = _(text.PUBLISH_PROGRESS)
    parts = number_of_parts(data, site)
    with click.progressbar(length=parts, label=label, file=sys.stderr) as bar:
        done = publish(data, folder, site, lambda: bar.update(1))
    click.echo(text.published_message(done.files, done.written, done.size / 1e6))
