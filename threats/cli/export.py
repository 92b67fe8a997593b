"""The command ``threats export``."""

import sys
from pathlib import Path

import click

from threats.cli.filters import (
    address_option,
    filter_options,
    filter_params,
    parse_selection,
    require_dataset,
)
from threats.content.builder import build_chart, parse_page_options, view_params
from threats.content.pages import PAGES
from threats.content.registry import CHART_SPECS, options_on
from threats.content.selection_text import empty_reason
from threats.exports.chrome import browser_available, stop_browser
from threats.exports.formats import CHART_FORMATS, IMAGE_FORMATS
from threats.exports.urls import View, file_name
from threats.stats.selection import select


@click.command(name="export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@filter_options
@click.option("--option", "chosen", multiple=True, help="NAME=VALUE as in an address; repeatable.")
@click.option(
    "--format",
    "formats",
    type=click.Choice(list(CHART_FORMATS)),
    multiple=True,
    default=("png", "csv"),
    show_default=True,
)
@click.option("--page", "pages", type=click.Choice(list(PAGES)), multiple=True, help="Only these.")
@address_option
def export_command(folder: Path, chosen, formats, pages, address: str, **selection) -> None:
    """Write every chart of a selection into FOLDER, with the same figures as on screen.

    Ids and options are those of the dashboard's addresses; see the README.
    """
    if not browser_available() and set(formats) & set(IMAGE_FORMATS):
        raise click.UsageError(
            "This machine has no Chrome or Chromium, which draws png, svg and pdf; "
            "html, csv and xlsx work without."
        )
    params = filter_params(selection)
    for text in chosen:
        name, _, value = text.partition("=")
        params.setdefault(name, []).append(value)
    data = require_dataset(selection["dataset"])
    wanted, problems = parse_selection(params, data)
    selected = select(data, wanted)
    charts = [part for part in CHART_SPECS.values() if not pages or part.page in pages]
    options = {name for part in charts for name in options_on(part.page)}
    problems += [name for name in params if name not in {*selection, *options}]
    views = {}
    for page in dict.fromkeys(part.page for part in charts):
        values, wrong = parse_page_options(page, params, selected)
        problems += wrong
        shown = view_params(page, values, selected)
        views[page] = values, View(page, selected, shown, address.rstrip("/"))
    if problems:
        raise click.UsageError("Not known: " + ", ".join(dict.fromkeys(problems)))
    if selected.empty:
        raise click.ClickException(empty_reason(selected))
    folder.mkdir(parents=True, exist_ok=True)
    jobs = [(part, kind) for part in charts for kind in formats]
    left_out = []
    with click.progressbar(
        jobs, label="Writing", item_show_func=_job_label, file=sys.stderr
    ) as bar:
        for part, kind in bar:
            values, view = views[part.page]
            chart = build_chart(part.name, selected, values)
            if chart is None:
                left_out.append(part.name)
                continue
            name = file_name(chart.name, view, CHART_FORMATS[kind].suffix)
            (folder / name).write_bytes(CHART_FORMATS[kind].build(chart, view))
    stop_browser()
    for name in dict.fromkeys(left_out):
        click.echo(f"{name}: left out. {CHART_SPECS[name].instead}", err=True)
    written = len(jobs) - len(left_out)
    click.echo(f"{written} {'file' if written == 1 else 'files'} in {folder}")


def _job_label(item) -> str:
    return f"{item[0].name}, {item[1]}" if item else ""
