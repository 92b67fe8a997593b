"""The command ``threats``."""

import sys
from pathlib import Path

import click

from threats import __version__, catalogue, images
from threats import sources as source_pages
from threats.asked import (
    address_option,
    as_params,
    dataset,
    filter_options,
    say_first_of_several,
)
from threats.asked import selection as read_selection
from threats.brief.command import command as brief_command
from threats.checks import check as find_problems
from threats.checks import shipped_descriptor
from threats.coding.command import command as code_command
from threats.dataset import DatasetError, data_folder, load
from threats.dictionary import markdown
from threats.export import FILES, PICTURES, View, file_name
from threats.pages import PAGES
from threats.selection import nothing_in_words, select
from threats.views.sources import summary


@click.group()
@click.version_option(__version__)
def main() -> None:
    """Work with a dataset of threats on the agenda of meetings."""


main.add_command(code_command)
main.add_command(brief_command)


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def check(folder: Path | None) -> None:
    """Print every problem of the dataset in FOLDER, or one line a file if it is good.

    Without FOLDER it is the first one named by THREATS_DATA, else the one that comes with the
    package.
    A problem reads: file:line column: what is wrong; expected what. The exit code is 1 then.
    """
    say_first_of_several(folder)
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
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "--archive",
    default=source_pages.ARCHIVE,
    show_default=True,
    help="Where to ask for archived copies.",
)
def sources(folder: Path | None, archive: str) -> None:
    """Check each source address of the dataset in FOLDER, and look for an archived copy.

    Writes source_checks.csv into the folder, which is chosen as by threats check. Needs a network:
    without one nothing is written and the exit code is 1.
    """
    say_first_of_several(folder)
    try:
        data = load(folder)
    except DatasetError as error:
        raise click.ClickException(f"{error}\nThe dataset has these problems.") from error
    pages = data.sources()
    with click.progressbar(length=2 * len(pages), label="Checking", file=sys.stderr) as bar:
        try:
            found = source_pages.check_sources(pages, lambda: bar.update(1))
        except source_pages.NoNetworkError as error:
            told = "No host answered, so there seems to be no network. Nothing was written."
            raise click.ClickException(told) from error
        found = source_pages.with_archived(found, archive, lambda: bar.update(1))
    try:
        path = source_pages.write(data.folder, found)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    click.echo(summary(load(data.folder)))
    click.echo(f"Written to {path}")


@main.command()
def dictionary() -> None:
    """Print the data dictionary as Markdown, as it stands in data/README.md."""
    click.echo(markdown(shipped_descriptor()), nl=False)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@filter_options
@click.option("--option", "chosen", multiple=True, help="NAME=VALUE as in an address; repeatable.")
@click.option(
    "--format",
    "formats",
    type=click.Choice(list(FILES)),
    multiple=True,
    default=("png", "csv"),
    show_default=True,
)
@click.option("--page", "pages", type=click.Choice(list(PAGES)), multiple=True, help="Only these.")
@address_option
def export(folder: Path, chosen, formats, pages, address: str, **selection) -> None:
    """Write every chart of a selection into FOLDER, with the same figures as on screen.

    Ids and options are those of the dashboard's addresses; see the README.
    """
    if not images.available() and set(formats) & set(PICTURES):
        raise click.UsageError(
            "This machine has no Chrome or Chromium, which draws png, svg and pdf; "
            "html, csv and xlsx work without."
        )
    params = as_params(selection)
    for text in chosen:
        name, _, value = text.partition("=")
        params.setdefault(name, []).append(value)
    data = dataset(selection["dataset"])
    wanted, problems = read_selection(params, data)
    selected = select(data, wanted)
    charts = [part for part in catalogue.CHARTS.values() if not pages or part.page in pages]
    options = {name for part in charts for name in catalogue.options_of(part.page)}
    problems += [name for name in params if name not in {*selection, *options}]
    views = {}
    for page in dict.fromkeys(part.page for part in charts):
        values, wrong = catalogue.read_options(page, params, selected)
        problems += wrong
        shown = catalogue.view_params(page, values, selected)
        views[page] = values, View(page, selected, shown, address.rstrip("/"))
    if problems:
        raise click.UsageError("Not known: " + ", ".join(dict.fromkeys(problems)))
    if selected.empty:
        raise click.ClickException(nothing_in_words(selected))
    folder.mkdir(parents=True, exist_ok=True)
    jobs = [(part, kind) for part in charts for kind in formats]
    left_out = []
    with click.progressbar(jobs, label="Writing", item_show_func=_told, file=sys.stderr) as bar:
        for part, kind in bar:
            values, view = views[part.page]
            chart = catalogue.chart(part.name, selected, values)
            if chart is None:
                left_out.append(part.name)
                continue
            name = file_name(chart.name, view, FILES[kind].suffix)
            (folder / name).write_bytes(FILES[kind].build(chart, view))
    images.stop()
    for name in dict.fromkeys(left_out):
        click.echo(f"{name}: left out. {catalogue.CHARTS[name].instead}", err=True)
    written = len(jobs) - len(left_out)
    click.echo(f"{written} {'file' if written == 1 else 'files'} in {folder}")


def _told(job) -> str:
    return f"{job[0].name}, {job[1]}" if job else ""
