"""The dataset as the pages take it."""

import streamlit as st

from threats import cache
from threats.dataset import Dataset, DatasetError


def dataset() -> Dataset:
    """Return the dataset; on a broken folder show what is wrong with it and stop."""
    try:
        return cache.dataset()
    except DatasetError as error:
        problems_page(error)
        st.stop()


def problems_page(error: DatasetError) -> None:
    """Show every problem of a dataset folder, as ``threats check`` prints it."""
    st.title("The data need mending")
    count = len(error.problems)
    st.write(
        f"{count} {'problem' if count == 1 else 'problems'} in the dataset folder. Mend the "
        "files and reload this page. The command `threats check` prints the same list."
    )
    st.code("\n".join(map(str, error.problems)), language=None, wrap_lines=True)
