"""The choice of the dataset, and the state of the dataset folders."""

import contextlib

import pandas as pd
import streamlit as st

from threats.app.markdown import escape_markdown, internal_link, part_heading, show_table
from threats.app.state import PageState, filter_key
from threats.app.url_state import requested_values
from threats.dataset.addresses import mend_value
from threats.dataset.editions import open_edition
from threats.dataset.model import Dataset, DatasetError
from threats.dataset.store import (
    FolderState,
    current_datasets,
    current_error,
    folder_states,
    open_dataset,
)
from threats.text import dataset_status as text
from threats.text.translate import _

MAX_SHOWN_PROBLEMS = 200


def chosen_dataset(page: PageState) -> Dataset:
    """Return the dataset chosen in the filter or by the address, in the edition of the address.

    Show the problems and stop the run if there is no valid dataset.
    """
    datasets, key = current_datasets(), filter_key("dataset")
    if page.is_new_link:
        asked = requested_values(page, "dataset", lambda one: mend_value(one, datasets) in datasets)
        st.session_state[key] = next((mend_value(one, datasets) for one in asked), None)
    try:
        chosen = datasets.get(st.session_state.get(key) or "") or open_dataset()
    except DatasetError as error:
        page.reader.address = None  # to be read once the dataset is valid
        _dataset_error_page(error)
        st.stop()
    changed = st.session_state.get(key) not in (None, page.reader.dataset)
    st.session_state[key] = page.reader.dataset = chosen.id
    if page.is_new_link:
        page.reader.edition = next(iter(page.reader.requested.get("version", ())), "")
    elif changed:
        page.reader.edition = ""
    with contextlib.suppress(KeyError):  # an unknown version, which the page names
        return open_edition(chosen, page.reader.edition)
    return chosen


def _dataset_error_page(error: DatasetError) -> None:
    """Show the problems of a dataset folder, as ``threats check`` prints them."""
    st.title(_(text.ERROR_TITLE))
    st.write(text.error_message(len(error.problems)))
    others = [
        internal_link(data.descriptor["title"], "", data.params)
        for data in current_datasets().values()
    ]
    if others:
        st.write(_(text.OTHER_DATASETS_MESSAGE, links=", ".join(others)))
    _show_problems(error)


def dataset_status(data: Dataset) -> None:
    """Warn if the dataset folder now contains errors; list several datasets with their state."""
    error = current_error(data)
    if error:
        version = escape_markdown(data.version)
        message = text.last_good_version_message(len(error.problems), version)
        st.warning(message, icon=":material/warning:")
        _show_problems(error)
    states = folder_states()
    if len(states) > 1:
        part_heading(_(text.DATASETS_TITLE), anchor="datasets")
        rows = [_status_row(position, state) for position, state in enumerate(states, start=1)]
        show_table(pd.DataFrame(rows), data)


def _status_row(position: int, state: FolderState) -> dict[str, str]:
    problems = state.error.problems if state.error else ()
    if state.good is None:
        status = text.not_shown_label(len(problems), str(problems[0]))
        return {
            _(text.DATASET_COLUMN): _(text.FOLDER_LABEL, position=position),
            _(text.STATE_COLUMN): status,
        }
    return {
        _(text.DATASET_COLUMN): state.good.descriptor["title"],
        _(text.VERSION_COLUMN): state.good.version,
        _(text.LICENCE_COLUMN): state.good.licence,
        _(text.STATE_COLUMN): text.folder_status_label(len(problems)),
    }


def _show_problems(error: DatasetError) -> None:
    lines = [str(problem) for problem in error.problems[:MAX_SHOWN_PROBLEMS]]
    if len(error.problems) > MAX_SHOWN_PROBLEMS:
        lines.append(text.more_problems_label(len(error.problems) - MAX_SHOWN_PROBLEMS))
    st.code("\n".join(lines), language=None, wrap_lines=True)
