"""The datasets as the pages take them."""

import pandas as pd
import streamlit as st

from threats import cache, fresh
from threats.dataset import Dataset, DatasetError
from threats.ui.address import asked
from threats.ui.text import own_link, part_title, plain, show_table
from threats.words import counted, ordinal

MOST_PROBLEMS = 200


def dataset() -> Dataset:
    """Return the dataset that the reader chose, by the switch or by the address; on a broken folder
    show what is wrong with it and stop."""
    state, known = st.session_state, fresh.datasets()
    if state["fresh"]:
        state["filter_dataset"] = next(iter(asked("dataset", known.__contains__)), None)
    try:
        chosen = known.get(state.get("filter_dataset")) or cache.dataset()
    except DatasetError as error:
        state.pop("address")  # it is still to be read, once the data are mended
        problems_page(error)
        st.stop()
    state["filter_dataset"] = chosen.id
    return chosen


def problems_page(error: DatasetError) -> None:
    """Show the problems of a dataset folder, as ``threats check`` prints them."""
    st.title("The data need mending")
    st.write(
        f"{counted(len(error.problems), 'problem')} in the dataset folder. Mend the "
        "files and reload this page. The command `threats check` prints the same list."
    )
    others = [own_link(d.descriptor["title"], "", d.params) for d in fresh.datasets().values()]
    if others:
        st.write(f"Other data here can be shown: {', '.join(others)}.")
    _problems(error)


def say_trouble(data: Dataset) -> None:
    """Say where the folder has changed into something wrong, and that this is the last good
    dataset; of several datasets show all, each with its state."""
    error = fresh.trouble(data)
    if error:
        st.warning(
            f"The files of the dataset have changed and have "
            f"{counted(len(error.problems), 'problem')}. Until they are mended, the dashboard goes "
            f"on with the last good data, version {plain(data.version)}.",
            icon=":material/warning:",
        )
        _problems(error)
    found = fresh.states()
    if len(found) > 1:
        part_title("The datasets of this dashboard", anchor="datasets")
        rows = [_state(place, state) for place, state in enumerate(found, start=1)]
        show_table(pd.DataFrame(rows), data)


def _state(place: int, state: fresh.State) -> dict[str, str]:
    problems = counted(len(state.error.problems), "problem") if state.error else ""
    if state.good is None:
        told = f"not shown: {problems}, first: {state.error.problems[0]}"
        return {"Dataset": f"in the {ordinal(place)} folder", "State": told}
    return {
        "Dataset": state.good.descriptor["title"],
        "Version": state.good.version,
        "Licence": state.good.licence,
        "State": f"the last good data; the folder has {problems}" if problems else "good",
    }


def _problems(error: DatasetError) -> None:
    lines = [str(problem) for problem in error.problems[:MOST_PROBLEMS]]
    if len(error.problems) > MOST_PROBLEMS:
        lines.append(f"… and {len(error.problems) - MOST_PROBLEMS:,} more")
    st.code("\n".join(lines), language=None, wrap_lines=True)
