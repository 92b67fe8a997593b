"""The command ``threats brief``."""

import sys
from pathlib import Path
from typing import Any

import click

from threats.brief.writers import ANNEX_FORMATS, BRIEF_FORMATS, write_brief
from threats.cli.filters import (
    address_option,
    filter_options,
    filter_params,
    parse_selection,
    require_dataset,
    unknown_values_error,
)
from threats.exports.chrome import browser_available, stop_browser
from threats.exports.urls import View
from threats.stats.selection import select
from threats.text import commands as text
from threats.text.translate import _

_SUFFIXES = ", ".join(BRIEF_FORMATS)


@click.command(name="brief", help=_(text.BRIEF_HELP))
@filter_options
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help=_(text.BRIEF_OUT_HELP, suffixes=_SUFFIXES),
)
@click.option("--annexes", is_flag=True, help=_(text.BRIEF_ANNEXES_HELP))
@address_option
def brief_command(out: Path, annexes: bool, address: str, **filters: Any) -> None:
    """Write the brief of a selection, or its annexes, into a file."""
    suffix = out.suffix.removeprefix(".").lower()
    formats = ANNEX_FORMATS if annexes else BRIEF_FORMATS
    if suffix not in formats:
        raise click.UsageError(_(text.BRIEF_SUFFIX_MESSAGE, suffixes=", ".join(formats)))
    if BRIEF_FORMATS[suffix].needs_browser and not browser_available():
        raise click.UsageError(_(text.BRIEF_NEEDS_BROWSER))
    data = require_dataset(filters["dataset"])
    selection, problems = parse_selection(filter_params(filters), data)
    if problems:
        raise unknown_values_error(problems)
    selected = select(data, selection)
    view = View("brief", selected, selected.params, address.rstrip("/"))
    with click.progressbar(length=100, label=_(text.BRIEF_PROGRESS), file=sys.stderr) as bar:
        content = write_brief(
            suffix, view, lambda share, _step: bar.update(round(share * 100) - bar.pos), annexes
        )
        bar.update(100 - bar.pos)
    stop_browser()
    try:
        out.write_bytes(content)
    except OSError as error:
        message = _(text.FILE_ERROR_MESSAGE, file=out, reason=error.strerror)
        raise click.ClickException(message) from error
    click.echo(_(text.WRITTEN_MESSAGE, file=out))
