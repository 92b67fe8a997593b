"""The command ``threats publish``."""

import sys
from pathlib import Path

import click

from threats.cli.filters import require_dataset
from threats.publish.cards import Site
from threats.publish.site import number_of_selections, publish
from threats.text import publish as text
from threats.text.translate import _


@click.command(name="publish", help=_(text.PUBLISH_HELP))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--dashboard", default="", help=_(text.DASHBOARD_HELP))
@click.option("--address", default="", help=_(text.SITE_HELP))
def publish_command(folder: Path, dashboard: str, address: str) -> None:
    """Write the dashboard as plain files into a folder."""
    data = require_dataset()
    site = Site(address.rstrip("/"), dashboard.rstrip("/"))
    label = _(text.PUBLISH_PROGRESS)
    with click.progressbar(length=number_of_selections(data), label=label, file=sys.stderr) as bar:
        done = publish(data, folder, site, lambda: bar.update(1))
    click.echo(text.published_message(done.files, done.written, done.size / 1e6))
