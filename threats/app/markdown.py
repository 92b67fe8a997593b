"""Text shown as it is in Streamlit's Markdown, headings, and tables for screen readers."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from threats.app.state import current_page
from threats.caching import cached
from threats.content.notes import reliability_notes
from threats.content.pages import subject_address
from threats.content.reader_tables import SUBJECT_COLUMNS, hidden_columns
from threats.dataset.model import Dataset
from threats.exports.urls import build_url
from threats.text import app as text
from threats.text.columns import column_label
from threats.text.glossary import terms_in
from threats.text.translate import _

MAX_TABLE_ROWS = 100
_MARKDOWN_ESCAPES = str.maketrans({c: f"\\{c}" for c in r"\`*_{}[]()<>#+-.!|$~:^=&"})
_URL_ESCAPES = str.maketrans({c: f"%{ord(c):02X}" for c in ' <>"\\^`{|}'})


def escape_markdown(content: str) -> str:
    """Return text that Streamlit's Markdown shows as it is, on one line."""
    return " ".join(content.splitlines()).translate(_MARKDOWN_ESCAPES)


def untrusted(content: str) -> str:
    """Return text of a reader or a link, escaped, without addresses that become links.

    A zero-width character splits each address.
    """
    for sign, split in (("://", ":\u2060//"), ("www.", "www\u2060."), ("@", "\u2060@")):
        content = content.replace(sign, split)
    return escape_markdown(content)


def web_link(label: str, address: str) -> str:
    """Return a link in Markdown; only the address as text if it is neither http nor https."""
    address = "".join(address.split()).translate(_URL_ESCAPES)
    if not address.startswith(("https://", "http://")):
        return escape_markdown(address)
    return f"[{escape_markdown(label)}](<{address}>)"


def page_section(title: str, anchor: str) -> None:
    """Draw the heading of a section of the page; later parts belong to it."""
    current_page().in_section = True
    st.header(escape_markdown(title), anchor=anchor)


def part_heading(title: str, anchor: str, help_text: str = "") -> None:
    """Draw the heading of a part of the page, one level below the page or its section.

    ``help_text`` appears on hover and focus.
    """
    draw = st.subheader if current_page().in_section else st.header
    draw(escape_markdown(title), anchor=anchor, help=help_text or None)


@cached(1024, words=True)
def explain_terms(*texts: str) -> str:
    """Return the explanations of the terms in texts, for hover and focus."""
    return "\n\n".join(
        f"**{escape_markdown(term)}:** {escape_markdown(explanation)}"
        for term, explanation in terms_in(*texts)
    )


def lazy_expander(label: str, key: str, icon: str) -> ExpanderContainer:
    """Return a folded part. Fill it only if it is ``open``: else each run would send it unseen."""
    # Its state depends on key and label; without this a new label, such as other counts, closes it.
    st.session_state[key] = st.session_state.get(key, False)
    return st.expander(label, icon=icon, key=key, on_change="rerun")


class RenderedTable(NamedTuple):
    """A table ready to be shown: its number of rows, the cells of the first rows, and notes."""

    rows: int
    cells: pa.Table
    notes: tuple[str, ...]


def to_rendered_table(table: pd.DataFrame, data: Dataset) -> RenderedTable:
    """Return a table of a dataset ready to be shown, with addresses as links."""
    cells = pa.Table.from_pandas(
        _with_links(table.head(MAX_TABLE_ROWS), data), preserve_index=False
    )
    return RenderedTable(len(table), cells, reliability_notes(table))


def show_rendered_table(table: RenderedTable) -> None:
    """Show a table with its notes so that a screen reader can read it."""
    if table.rows:
        st.table(table.cells, border="horizontal", hide_index=True)
    if table.rows > MAX_TABLE_ROWS:
        st.caption(text.table_limit_note(MAX_TABLE_ROWS, table.rows))
    show_notes(table.notes)


def show_notes(notes: Iterable[str]) -> None:
    """Show notes as captions."""
    for note in notes:
        st.caption(escape_markdown(note))


def show_table(table: pd.DataFrame, data: Dataset) -> None:
    """Show a table of a dataset, with addresses as links."""
    show_rendered_table(to_rendered_table(table, data))


def _cell_markdown(content: str) -> str:
    if content.startswith("https://"):
        return web_link(content.split("/")[2] or content, content)
    return escape_markdown(content)


def _address_link(column: str, address: str) -> str:
    """Return a link to another site or, in a column of views, to a page of the dashboard, whose
    address has no host; anything else, such as the name of a source, as text."""
    label = _(text.LINK_LABELS[column])
    if address and "://" in address:
        return web_link(label, address)
    if address and column == "View":
        return f"[{label}](<{address.translate(_URL_ESCAPES)}>)"
    return escape_markdown(address or "")


def internal_link(label: str, path: str, params: Mapping[str, list[str]]) -> str:
    """Return a link to an address of the dashboard in Markdown."""
    return f"[{escape_markdown(label)}](<{build_url('', path, params).removeprefix('/')}>)"


def subject_link(label: str, kind: str, subject_id: str, params: Mapping[str, list[str]]) -> str:
    """Return a link to the page of a threat, country or series in Markdown."""
    return relative_link(label, subject_address(kind, subject_id, params))


def relative_link(label: str, address: str) -> str:
    """Return a link to an address relative to the dashboard's in Markdown; only the label without
    an address."""
    return f"[{escape_markdown(label)}](<{address}>)" if address else escape_markdown(label)


def _with_links(table: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    """Return the table with escaped text, and with links for addresses, files and meetings."""
    cells = {name: [_cell_markdown(str(cell)) for cell in table[name].tolist()] for name in table}
    shown = pd.DataFrame(cells, index=table.index, columns=table.columns)
    for name in text.LINK_LABELS.keys() & set(table.columns):
        shown[name] = [_address_link(name, address) for address in table[name]]
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
    for heading, (kind, ids) in SUBJECT_COLUMNS.items():
        if {heading, ids} <= set(table.columns):
            pairs = zip(table[heading], table[ids], strict=True)
            shown[heading] = [subject_link(name, kind, key, data.params) for name, key in pairs]
    return shown.drop(columns=hidden_columns(table.columns)).rename(columns=column_label)
