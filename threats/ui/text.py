"""Text that stays text, and tables that a screen reader can read."""

from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import streamlit as st

from threats.views.base import doubt_notes

MOST_ROWS = 100
# Columns that hold addresses, with what stands for one.
LINKS = {"View": "view", "Source": "source", "Now at": "new address", "Archived copy": "copy"}
_ESCAPED = str.maketrans({c: f"\\{c}" for c in r"\`*_{}[]()<>#+-.!|$~:^="})


def plain(text: str) -> str:
    """Return text that Streamlit's Markdown shows as it is, markup and all."""
    return text.translate(_ESCAPED)


def folder(label: str, key: str, icon: str):
    """Return a part folded up; who fills it does so only where it is ``open``, as what nobody sees
    would be made and sent in every run."""
    # Its state goes by key and label; without this a label that tells of other rows would close it.
    st.session_state[key] = st.session_state.get(key, False)
    return st.expander(label, icon=icon, key=key, on_change="rerun")


class Ready(NamedTuple):
    """A table ready to be shown: how many rows it has, the cells of the first of them as Arrow, and
    the note on unreliable codes if it names one."""

    rows: int
    cells: pa.Table
    notes: tuple[str, ...]


def ready(table: pd.DataFrame) -> Ready:
    """Return a table ready to be shown, its columns of ``LINKS`` as links."""
    cells = pa.Table.from_pandas(_linked(table.head(MOST_ROWS)), preserve_index=False)
    return Ready(len(table), cells, doubt_notes(table))


def show(table: Ready) -> None:
    """Show a table so that a screen reader can read it."""
    if table.rows:
        st.table(table.cells, border="horizontal", hide_index=True)
    if table.rows > MOST_ROWS:
        st.caption(
            f"The first {MOST_ROWS} of {table.rows} rows are shown; choose a year to see others."
        )


def show_table(table: pd.DataFrame) -> None:
    """Show a table, its columns of ``LINKS`` as links."""
    show(ready(table))


def _cell(text: str) -> str:
    if text.startswith("https://"):
        return f"[{plain(text.split('/')[2])}](<{text}>)"
    return plain(text)


def _linked(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with text as mere text, sources, views and files as links and meetings as
    links to their records."""
    cells = {name: [_cell(str(cell)) for cell in table[name].tolist()] for name in table}
    shown = pd.DataFrame(cells, index=table.index, columns=table.columns)
    for name in LINKS.keys() & set(table.columns):
        shown[name] = [f"[{LINKS[name]}](<{url}>)" if url else "" for url in table[name]]
    if "File" in table:
        shown["File"] = [f"[{plain(name)}](<files/{name}>)" for name in table["File"]]
    if "meeting_id" in table:
        pairs = zip(shown["Meeting"], table["meeting_id"], strict=True)
        shown["Meeting"] = [f"[{title}](meetings?meeting={key})" for title, key in pairs]
        shown = shown.drop(columns="meeting_id")
    return shown
