"""The command ``threats export``."""

import sys
from pathlib import Path
from typing import Any

import click

from threats.cli.filters import (
    address_option,
    filter_options,
    filter_params,
    parse_selection,
    require_dataset,
    unknown_values_error,
)
from threats.content.builder import build_chart, parse_page_options, view_params
from threats.content.pages import PAGES
from threats.content.registry import CHART_SPECS, options_on
from threats.content.selection_text import empty_reason
from threats.exports.chrome import browser_available, stop_browser
from threats.exports.formats import CHART_FORMATS, IMAGE_FORMATS
from threats.exports.urls import View, file_name
from threats.stats.selection import Selected, select
from threats.text import commands as text
from threats.text.translate import _


@click.command(name="export", help=_(text.EXPORT_HELP))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@filter_options
@click.option("--option", "options", multiple=True, help=_(text.EXPORT_OPTION_HELP))
@click.option(
    "--format",
    "formats",
    type=click.Choice(list(CHART_FORMATS)),
    multiple=True,
    default=("png", "csv"),
    show_default=True,
)
@click.option(
    "--page",
    "pages",
    type=click.Choice(list(PAGES)),
    multiple=True,
    help=_(text.EXPORT_PAGE_HELP),
)
@address_option
def export_command(
    folder: Path,
    options: tuple[str, ...],
    formats: tuple[str, ...],
    pages: tuple[str, ...],
    address: str,
    **filters: Any,
) -> None:
    """Write every chart of a selection into a folder."""
    if not browser_available() and set(formats) & set(IMAGE_FORMATS):
        raise click.UsageError(_(text.EXPORT_NEEDS_BROWSER))
    params = filter_params(filters)
    for option in options:
        name, _separator, value = option.partition("=")
        params.setdefault(name, []).append(value)
    data = require_dataset(filters["dataset"])
    selection, problems = parse_selection(params, data)
    selected = select(data, selection)
    charts = [name for name, spec in CHART_SPECS.items() if not pages or spec.page in pages]
    names = {name for chart in charts for name in options_on(CHART_SPECS[chart].page)}
    problems += [name for name in params if name not in {*filters, *names}]
    views = {}
    for page in dict.fromkeys(CHART_SPECS[name].page for name in charts):
        values, wrong = parse_page_options(page, params, selected)
        problems += wrong
        shown = view_params(page, values, selected)
        views[page] = values, View(page, selected, shown, address.rstrip("/"))
    if problems:
        raise unknown_values_error(problems)
    if selected.empty:
        raise click.ClickException(empty_reason(selected))
    _write_charts(folder, [(name, kind) for name in charts for kind in formats], views, selected)


def _write_charts(
    folder: Path,
    jobs: list[tuple[str, str]],
    views: dict[str, tuple[dict[str, Any], View]],
    selected: Selected,
) -> None:
    """Write each chart in each format, and report charts without data."""
    folder.mkdir(parents=True, exist_ok=True)
    omitted = []
    with click.progressbar(
        jobs,
        label=_(text.EXPORT_PROGRESS),
        item_show_func=lambda job: ", ".join(job or ()),
        file=sys.stderr,
    ) as bar:
        for name, kind in bar:
            values, view = views[CHART_SPECS[name].page]
            chart = build_chart(name, selected, values)
            if chart is None:
                omitted.append(name)
                continue
            file = file_name(name, view, CHART_FORMATS[kind].suffix)
            (folder / file).write_bytes(CHART_FORMATS[kind].build(chart, view))
    stop_browser()
    for name in dict.fromkeys(omitted):
        message = _(text.CHART_OMITTED_MESSAGE, chart=name, reason=CHART_SPECS[name].instead)
        click.echo(message, err=True)
    click.echo(text.files_written_message(len(jobs) - len(omitted), folder))
