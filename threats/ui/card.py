"""The chart card: a chart with its title, figures, downloads and source."""

import functools

import pandas as pd
import streamlit as st

from threats import export
from threats.selection import Selected
from threats.ui.address import view_address
from threats.ui.data import figure
from threats.ui.marks import click
from threats.ui.text import plain, show_table
from threats.views.base import Chart


def is_dark() -> bool:
    """Return whether the reader looks at the dark theme."""
    return st.context.theme.type == "dark"


LONG = 12


def table_card(title: str, table: pd.DataFrame) -> None:
    """Show a table under a title, folded up if it is long; nothing if it has no rows."""
    if len(table) > LONG:
        with st.expander(f"{title} ({len(table)} rows)", icon=":material/table_rows:"):
            show_table(table)
    elif len(table):
        with st.container(border=True):
            st.subheader(title)
            show_table(table)


def chart_card(chart: Chart | None, selected: Selected, instead: str = "") -> None:
    """Show a chart with its title, figures as a table, downloads and source; where there is no
    chart, say ``instead``.

    A click on a mark asks for the meetings behind it, which ``behind`` shows.
    """
    if chart is None:
        st.info(instead)
        return
    data, key = selected.dataset, f"chart_{chart.name}"
    with st.container(border=True):
        st.subheader(chart.title, anchor=chart.name)
        st.caption(plain(chart.subtitle))
        kind = st.session_state.get(f"{key}_image", "png")
        st.plotly_chart(
            figure(chart, is_dark()),
            key=key,
            theme=None,
            alt=chart.alt,
            on_select=functools.partial(click, key),
            selection_mode="points",
            config={
                "displaylogo": False,
                "modeBarButtons": [["toImage"]],
                "toImageButtonOptions": {
                    "format": kind,
                    "scale": 2,
                    "filename": export.file_name(chart, selected.selection, kind)[: -len(kind) - 1],
                },
            },
        )
        st.caption(plain(" ".join(chart.notes)))
        with st.container(horizontal=True):
            _downloads(chart, selected, key)
        with st.expander("Figures as a table", icon=":material/table:"):
            st.dataframe(chart.table, hide_index=True, alt=f"Figures of: {chart.title}")
        st.caption(plain(export.source_line(data)))


def _downloads(chart: Chart, selected: Selected, key: str) -> None:
    data, dark, address = selected.dataset, is_dark(), view_address(selected)
    files = {
        "csv": (
            lambda: export.to_csv(chart, data),
            "The plotted figures, with filter, n and source",
        ),
        "html": (
            lambda: export.to_html(chart, data, address(), dark),
            "One page that works without a network",
        ),
    }
    for suffix, (build, told) in files.items():
        st.download_button(
            suffix.upper(),
            build,
            icon=":material/download:",
            file_name=export.file_name(chart, selected.selection, suffix),
            mime=f"text/{suffix}",
            key=f"{key}_{suffix}",
            on_click="ignore",
            help=told,
        )
    st.segmented_control(
        "Image from the chart's toolbar",
        ["png", "svg"],
        default="png",
        format_func=str.upper,
        key=f"{key}_image",
        required=True,
        label_visibility="collapsed",
        help="What the camera in the chart's corner saves",
    )
