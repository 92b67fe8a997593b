"""The command ``threats brief``."""

import sys
from pathlib import Path

import click

from threats import images
from threats.asked import address_option, as_params, dataset, filter_options, selection
from threats.brief.documents import FORMS, build
from threats.cache import narrowed
from threats.export import View


@click.command(name="brief")
@filter_options
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help=f"File to write; its ending says which kind: {', '.join(FORMS)}.",
)
@address_option
def command(out: Path, address: str, **given) -> None:
    """Write the brief for a meeting to come: what was discussed before, what is missing, whom to
    invite.

    Ids are those of the dashboard's addresses; see the README. Pictures and PDF need Chrome or
    Chromium.
    """
    form = out.suffix.removeprefix(".").lower()
    if form not in FORMS:
        raise click.UsageError(f"--out ends in none of: {', '.join(FORMS)}.")
    if FORMS[form].browser and not images.available():
        raise click.UsageError(
            "This machine has no Chrome or Chromium, which makes the PDF; docx, html and md work "
            "without."
        )
    data = dataset(given["dataset"])
    wanted, problems = selection(as_params(given), data)
    if problems:
        raise click.UsageError("Not known: " + ", ".join(problems))
    selected = narrowed(data, wanted)
    view = View("brief", selected, selected.params, address.rstrip("/"))
    with click.progressbar(length=100, label="Making", file=sys.stderr) as bar:
        content = build(form, view, lambda share, _: bar.update(round(share * 100) - bar.pos))
        bar.update(100 - bar.pos)
    images.stop()
    try:
        out.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{out}: {error.strerror}") from error
    click.echo(f"Written to {out}")
