"""The filter as options of commands: the same ids as in an address."""

import difflib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from threats.config import configured_folders
from threats.dataset.model import Dataset, DatasetError, load
from threats.dataset.store import current_datasets, open_dataset
from threats.stats.filters import REACHES, READ_IN_FULL, Selection, filter_choices, from_params
from threats.text import commands as text
from threats.text.translate import _

MAX_SUGGESTIONS = 3
# How the options that are not lists of ids are read.
_OPTION_KINDS: dict[str, dict[str, Any]] = {
    "dataset": {"default": ""},
    "years": {},
    "courses": {"is_flag": True},
    "reach": {"type": click.Choice(REACHES)},
    "reading": {"type": click.Choice([READ_IN_FULL])},
}
address_option = click.option(
    "--address",
    default="http://localhost:8501",
    show_default=True,
    help=_(text.LINK_ADDRESS_HELP),
)


def filter_options(command: Callable) -> Callable:
    """Add an option for each part of the filter to a command."""
    for name, option_help in reversed(text.FILTER_OPTION_HELP.items()):
        kind = _OPTION_KINDS.get(name, {"multiple": True})
        command = click.option(f"--{name}", help=_(option_help), **kind)(command)
    return command


def require_dataset(dataset_id: str = "") -> Dataset:
    """Return the dataset with this id, by default the first.

    Raises
    ------
    ClickException
        if the dataset contains errors.
    UsageError
        if no dataset has this id.
    """
    try:
        return open_dataset(dataset_id)
    except DatasetError as error:
        raise dataset_exception(error) from error
    except KeyError as error:
        ids = ", ".join(current_datasets())
        message = _(text.UNKNOWN_DATASET_MESSAGE, dataset_id=dataset_id, ids=ids)
        raise click.UsageError(message) from error


def load_folder(folder: Path | None) -> Dataset:
    """Load the dataset in a folder; raise ClickException if it contains errors.

    Without a folder load the first one configured, and say so if there are several.
    """
    announce_default_folder(folder)
    try:
        return load(folder)
    except DatasetError as error:
        raise dataset_exception(error) from error


def dataset_exception(error: DatasetError) -> click.ClickException:
    """Return the exception that ends a command because of a dataset with errors."""
    return click.ClickException(_(text.DATASET_ERRORS_MESSAGE, problems=error))


def announce_default_folder(folder: Path | None) -> None:
    """Print to standard error that a command uses the first of several configured folders."""
    folders = configured_folders()
    if not folder and len(folders) > 1:
        message = _(text.DEFAULT_FOLDER_MESSAGE, number=len(folders), folder=folders[0])
        click.echo(message, err=True)


def filter_params(values: dict[str, Any]) -> dict[str, list[str]]:
    """Return the values of ``filter_options`` as address parameters."""
    params = {name: list(value) for name, value in values.items() if isinstance(value, tuple)}
    params["years"] = [values["years"]] if values["years"] else []
    params["courses"] = ["yes"] if values["courses"] else []
    params["reach"] = [values["reach"]] if values["reach"] else []
    params["reading"] = [values["reading"]] if values["reading"] else []
    return params


def parse_selection(params: dict[str, list[str]], data: Dataset) -> tuple[Selection, list[str]]:
    """Return the selection of address parameters, and the unknown values with similar ids."""
    selection, problems = from_params(params, data)
    return selection, [_add_suggestions(problem, data) for problem in problems]


def unknown_values_error(problems: list[str]) -> click.UsageError:
    """Return the exception that names unknown values of options."""
    values = ", ".join(dict.fromkeys(problems))
    return click.UsageError(_(text.UNKNOWN_VALUES_MESSAGE, values=values))


def _add_suggestions(problem: str, data: Dataset) -> str:
    name, _separator, value = problem.partition("=")
    ids = list(filter_choices(data).get(name, ()))
    near = difflib.get_close_matches(value, ids, MAX_SUGGESTIONS)
    near += [key for key in ids if value and value in key and key not in near]
    if not near:
        return problem
    return _(text.SUGGESTION_MESSAGE, value=problem, ids=", ".join(near[:MAX_SUGGESTIONS]))
