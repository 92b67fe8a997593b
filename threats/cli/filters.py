"""The filter as options of commands: the same ids as in an address."""

import difflib
from collections.abc import Callable
from pathlib import Path

import click

from threats.config import configured_folders
from threats.dataset.model import Dataset, DatasetError
from threats.dataset.store import current_dataset, current_datasets
from threats.stats.selection import READ_IN_FULL, Selection, filter_choices, from_params

MAX_SUGGESTIONS = 3
_FILTER_OPTIONS = (
    click.option("--dataset", default="", help="Id of one of several datasets of THREATS_DATA."),
    click.option("--region", multiple=True, help="Id of a region; may be repeated."),
    click.option("--years", help="First and last year, such as 2018-2023."),
    click.option("--series", multiple=True, help="Id of a series of meetings; may be repeated."),
    click.option("--group", multiple=True, help="Id of a group of threats; may be repeated."),
    click.option("--threat", multiple=True, help="Id of a threat; may be repeated."),
    click.option("--certainty", multiple=True, help="sure, inferred or conflict; may be repeated."),
    click.option("--courses", is_flag=True, help="Include training courses."),
    click.option("--reading", type=click.Choice([READ_IN_FULL]), help="Only pages read whole."),
)
address_option = click.option(
    "--address",
    default="http://localhost:8501",
    show_default=True,
    help="Where the dashboard is, for the links in the files.",
)


def filter_options(command: Callable) -> Callable:
    """Return a command with an option for each part of the filter."""
    for option in reversed(_FILTER_OPTIONS):
        command = option(command)
    return command


def require_dataset(dataset_id: str = "") -> Dataset:
    """Return the dataset of this id, the first without one; raise ClickException with its problems
    if it is broken, UsageError if there is none of this id."""
    try:
        return current_dataset(dataset_id)
    except DatasetError as error:
        raise click.ClickException(f"{error}\nThe dataset has these problems.") from error
    except KeyError as error:
        known = ", ".join(current_datasets())
        raise click.UsageError(f"Not known: dataset={dataset_id} (known: {known})") from error


def announce_default_folder(folder: Path | None) -> None:
    """Say on standard error that a command which was given no folder takes the first of several."""
    several = configured_folders()
    if not folder and len(several) > 1:
        told = f"THREATS_DATA names {len(several)} folders; this is of the first, {several[0]}."
        click.echo(told, err=True)


def filter_params(values: dict) -> dict[str, list[str]]:
    """Return the values of ``filter_options`` as address parameters."""
    params = {name: list(value) for name, value in values.items() if isinstance(value, tuple)}
    params["years"] = [values["years"]] if values["years"] else []
    params["courses"] = ["yes"] if values["courses"] else []
    params["reading"] = [values["reading"]] if values["reading"] else []
    return params


def parse_selection(params: dict[str, list[str]], data: Dataset) -> tuple[Selection, list[str]]:
    """Return the selection that address parameters ask for, and what of them is not known, each
    with the ids that are near."""
    wanted, problems = from_params(params, data)
    return wanted, [_add_suggestions(problem, data) for problem in problems]


def _add_suggestions(problem: str, data: Dataset) -> str:
    name, _, text = problem.partition("=")
    ids = list(filter_choices(data).get(name, ()))
    near = difflib.get_close_matches(text, ids, MAX_SUGGESTIONS)
    near += [key for key in ids if text and text in key and key not in near]
    return f"{problem} (near: {', '.join(near[:MAX_SUGGESTIONS])})" if near else problem
