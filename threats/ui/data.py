"""The dataset as the pages take it."""

import streamlit as st

from threats import cache, fresh
from threats.dataset import Dataset, DatasetError
from threats.ui.text import plain
from threats.words import counted

MOST_PROBLEMS = 200


def dataset() -> Dataset:
    """Return the dataset; on a broken folder show what is wrong with it and stop."""
    try:
        return cache.dataset()
    except DatasetError as error:
        problems_page(error)
        st.stop()


def problems_page(error: DatasetError) -> None:
    """Show the problems of a dataset folder, as ``threats check`` prints them."""
    st.title("The data need mending")
    st.write(
        f"{counted(len(error.problems), 'problem')} in the dataset folder. Mend the "
        "files and reload this page. The command `threats check` prints the same list."
    )
    _problems(error)


def say_trouble(data: Dataset) -> None:
    """Say where the folder has changed into something wrong, and that this is the last good
    dataset."""
    error = fresh.trouble()
    if error:
        st.warning(
            f"The files of the dataset have changed and have "
            f"{counted(len(error.problems), 'problem')}. Until they are mended, the dashboard goes "
            f"on with the last good data, version {plain(data.version)}.",
            icon=":material/warning:",
        )
        _problems(error)


def _problems(error: DatasetError) -> None:
    lines = [str(problem) for problem in error.problems[:MOST_PROBLEMS]]
    if len(error.problems) > MOST_PROBLEMS:
        lines.append(f"… and {len(error.problems) - MOST_PROBLEMS:,} more")
    st.code("\n".join(lines), language=None, wrap_lines=True)
