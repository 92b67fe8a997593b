"""The datasets as the pages take them."""

import pandas as pd
import streamlit as st

from threats.app.markdown import escape_markdown, internal_link, part_heading, show_table
from threats.app.url_state import requested_values
from threats.dataset.model import Dataset, DatasetError
from threats.dataset.store import (
    FolderState,
    current_datasets,
    current_error,
    folder_states,
    open_dataset,
)
from threats.format import ordinal
from threats.text.quantities import quantity

MAX_SHOWN_PROBLEMS = 200


def chosen_dataset() -> Dataset:
    """Return the dataset that the reader chose, by the switch or by the address; on a broken folder
    show what is wrong with it and stop."""
    state, known = st.session_state, current_datasets()
    if state["fresh"]:
        state["filter_dataset"] = next(iter(requested_values("dataset", known.__contains__)), None)
    try:
        chosen = known.get(state.get("filter_dataset")) or open_dataset()
    except DatasetError as error:
        state.pop("address")  # it is still to be read, once the data are mended
        dataset_problems_page(error)
        st.stop()
    state["filter_dataset"] = chosen.id
    return chosen


def dataset_problems_page(error: DatasetError) -> None:
    """Show the problems of a dataset folder, as ``threats check`` prints them."""
    st.title("The data need mending")
    st.write(
        f"{quantity(len(error.problems), 'problem')} in the dataset folder. Mend the "
        "files and reload this page. The command `threats check` prints the same list."
    )
    others = [
        internal_link(d.descriptor["title"], "", d.params) for d in current_datasets().values()
    ]
    if others:
        st.write(f"Other data here can be shown: {', '.join(others)}.")
    _render_problems(error)


def dataset_status(data: Dataset) -> None:
    """Say where the folder has changed into something wrong, and that this is the last good
    dataset; of several datasets show all, each with its state."""
    error = current_error(data)
    if error:
        st.warning(
            f"The files of the dataset have changed and have "
            f"{quantity(len(error.problems), 'problem')}. Until they are mended, the dashboard goes "
            f"on with the last good data, version {escape_markdown(data.version)}.",
            icon=":material/warning:",
        )
        _render_problems(error)
    found = folder_states()
    if len(found) > 1:
        part_heading("The datasets of this dashboard", anchor="datasets")
        rows = [_status_row(place, state) for place, state in enumerate(found, start=1)]
        show_table(pd.DataFrame(rows), data)


def _status_row(place: int, state: FolderState) -> dict[str, str]:
    problems = quantity(len(state.error.problems), "problem") if state.error else ""
    if state.good is None:
        told = f"not shown: {problems}, first: {state.error.problems[0]}"
        return {"Dataset": f"in the {ordinal(place)} folder", "State": told}
    return {
        "Dataset": state.good.descriptor["title"],
        "Version": state.good.version,
        "Licence": state.good.licence,
        "State": f"the last good data; the folder has {problems}" if problems else "good",
    }


def _render_problems(error: DatasetError) -> None:
    lines = [str(problem) for problem in error.problems[:MAX_SHOWN_PROBLEMS]]
    if len(error.problems) > MAX_SHOWN_PROBLEMS:
        lines.append(f"… and {len(error.problems) - MAX_SHOWN_PROBLEMS:,} more")
    st.code("\n".join(lines), language=None, wrap_lines=True)
