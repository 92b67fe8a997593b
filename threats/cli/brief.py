"""The command ``threats brief``."""

import sys
from pathlib import Path

import click

from threats.brief.writers import BRIEF_FORMATS, write_brief
from threats.cli.filters import (
    address_option,
    filter_options,
    filter_params,
    parse_selection,
    require_dataset,
)
from threats.exports.chrome import browser_available, stop_browser
from threats.exports.urls import View
from threats.stats.selection import select


@click.command(name="brief")
@filter_options
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help=f"File to write; its ending says which kind: {', '.join(BRIEF_FORMATS)}.",
)
@address_option
def brief_command(out: Path, address: str, **given) -> None:
    """Write the brief for a meeting to come: what was discussed before, what is missing, whom to
    invite.

    Ids are those of the dashboard's addresses; see the README. Pictures and PDF need Chrome or
    Chromium.
    """
    form = out.suffix.removeprefix(".").lower()
    if form not in BRIEF_FORMATS:
        raise click.UsageError(f"--out ends in none of: {', '.join(BRIEF_FORMATS)}.")
    if BRIEF_FORMATS[form].browser and not browser_available():
        raise click.UsageError(
            "This machine has no Chrome or Chromium, which makes the PDF; docx, html and md work "
            "without."
        )
    data = require_dataset(given["dataset"])
    wanted, problems = parse_selection(filter_params(given), data)
    if problems:
        raise click.UsageError("Not known: " + ", ".join(problems))
    selected = select(data, wanted)
    view = View("brief", selected, selected.params, address.rstrip("/"))
    with click.progressbar(length=100, label="Making", file=sys.stderr) as bar:
        content = write_brief(form, view, lambda share, _: bar.update(round(share * 100) - bar.pos))
        bar.update(100 - bar.pos)
    stop_browser()
    try:
        out.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{out}: {error.strerror}") from error
    click.echo(f"Written to {out}")
