"""Text that stays text, and tables that a screen reader can read."""

import functools
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import streamlit as st

from threats.content.glossary import terms_in
from threats.content.notes import reliability_notes
from threats.dataset.model import Dataset
from threats.exports.urls import build_url

MAX_TABLE_ROWS = 100
# Columns that hold addresses, with what stands for one.
LINK_COLUMNS = {
    "View": "view",
    "Source": "source",
    "Now at": "new address",
    "Archived copy": "copy",
}
_MARKDOWN_ESCAPES = str.maketrans({c: f"\\{c}" for c in r"\`*_{}[]()<>#+-.!|$~:^=&"})
_URL_ESCAPES = str.maketrans({c: f"%{ord(c):02X}" for c in ' <>"\\^`{|}'})


def escape_markdown(text: str) -> str:
    """Return text that Streamlit's Markdown shows as it is, markup and all, on one line."""
    return " ".join(text.splitlines()).translate(_MARKDOWN_ESCAPES)


def untrusted(text: str) -> str:
    """Return text of a reader or a link as ``plain`` does, so that no address in it becomes a link
    either, as Markdown would have it; a sign without width parts it."""
    for sign, parted in (("://", ":\u2060//"), ("www.", "www\u2060."), ("@", "\u2060@")):
        text = text.replace(sign, parted)
    return escape_markdown(text)


def web_link(label: str, address: str) -> str:
    """Return a link in Streamlit's Markdown, its label as mere text; the address alone as text if
    it is of the web by neither http nor https."""
    address = "".join(address.split()).translate(_URL_ESCAPES)
    if not address.startswith(("https://", "http://")):
        return escape_markdown(address)
    return f"[{escape_markdown(label)}](<{address}>)"


def page_section(title: str, anchor: str) -> None:
    """Draw the heading of a section of the page; what follows on the page belongs to it."""
    st.session_state["in_section"] = True
    st.header(escape_markdown(title), anchor=anchor)


def part_heading(text: str, anchor: str, help_text: str = "") -> None:
    """Draw the heading of a part of the page, one level below the page or its section, so that no
    level is left out; ``explained`` is told on hover and focus."""
    draw = st.subheader if st.session_state.get("in_section") else st.header
    draw(escape_markdown(text), anchor=anchor, help=help_text or None)


@functools.lru_cache(maxsize=1024)
def explain_terms(*texts: str) -> str:
    """Return the explanations of the terms in texts, to be told on hover and focus; empty where
    there is none to explain."""
    return "\n\n".join(
        f"**{escape_markdown(term)}:** {escape_markdown(told)}" for term, told in terms_in(*texts)
    )


def lazy_expander(label: str, key: str, icon: str):
    """Return a part folded up; who fills it does so only where it is ``open``, as what nobody sees
    would be made and sent in every run."""
    # Its state goes by key and label; without this a label that tells of other rows would close it.
    st.session_state[key] = st.session_state.get(key, False)
    return st.expander(label, icon=icon, key=key, on_change="rerun")


class RenderedTable(NamedTuple):
    """A table ready to be shown: how many rows it has, the cells of the first of them as Arrow, and
    the note on unreliable codes if it names one."""

    rows: int
    cells: pa.Table
    notes: tuple[str, ...]


def to_rendered_table(table: pd.DataFrame, data: Dataset) -> RenderedTable:
    """Return a table of a dataset ready to be shown, its columns of ``LINKS`` as links."""
    cells = pa.Table.from_pandas(
        _with_links(table.head(MAX_TABLE_ROWS), data), preserve_index=False
    )
    return RenderedTable(len(table), cells, reliability_notes(table))


def show_rendered_table(table: RenderedTable) -> None:
    """Show a table so that a screen reader can read it."""
    if table.rows:
        st.table(table.cells, border="horizontal", hide_index=True)
    if table.rows > MAX_TABLE_ROWS:
        st.caption(
            f"The first {MAX_TABLE_ROWS} of {table.rows} rows are shown; choose a year to see others."
        )


def show_table(table: pd.DataFrame, data: Dataset) -> None:
    """Show a table of a dataset, its columns of ``LINKS`` as links."""
    show_rendered_table(to_rendered_table(table, data))


def _cell_markdown(text: str) -> str:
    if text.startswith("https://"):
        return web_link(text.split("/")[2] or text, text)
    return escape_markdown(text)


def _address_link(label: str, address: str) -> str:
    """Return a link to another page, or to one of our own, whose address has no host."""
    if not address or "://" in address:
        return web_link(label, address) if address else ""
    return f"[{label}](<{address.translate(_URL_ESCAPES)}>)"


def internal_link(label: str, path: str, params: dict[str, list[str]]) -> str:
    """Return a link to an address of the dashboard's own in Streamlit's Markdown."""
    return f"[{escape_markdown(label)}](<{build_url('', path, params).removeprefix('/')}>)"


def _with_links(table: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    """Return the table with text as mere text, sources, views and files as links and meetings as
    links to their records."""
    cells = {name: [_cell_markdown(str(cell)) for cell in table[name].tolist()] for name in table}
    shown = pd.DataFrame(cells, index=table.index, columns=table.columns)
    for name in LINK_COLUMNS.keys() & set(table.columns):
        shown[name] = [_address_link(LINK_COLUMNS[name], url) for url in table[name]]
    if "File" in table:
        shown["File"] = [
            internal_link(name, f"files/{name}", data.params) for name in table["File"]
        ]
    if "meeting_id" in table:
        pairs = zip(table["Meeting"], table["meeting_id"], strict=True)
        shown["Meeting"] = [
            internal_link(title, "meetings", data.params | {"meeting": [key]})
            for title, key in pairs
        ]
        shown = shown.drop(columns="meeting_id")
    return shown
