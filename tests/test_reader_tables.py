"""Tables for readers have headings and cells in words: no name of a column, no missing value."""

import re

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.snapshots import OPTIONS, filters
from threats.content.builder import build_chart, build_table, parse_page_options
from threats.content.meetings import record_tables, similar_meetings_table
from threats.content.pages import SUBJECT_PAGES
from threats.content.reader_tables import cut_kind, format_known, hidden_columns, reader_table
from threats.content.registry import CHART_SPECS, TABLE_SPECS
from threats.server.routes import ROUTES
from threats.stats.selection import select
from threats.text.columns import FIGURE_COLUMN_LABELS

FILTERS = ("no filter", "region south_caucasus", "nothing read", "one late year", "everything")


def faults(table):
    """Return the headings and cells of a reader's table that are no words."""
    shown = table.drop(columns=hidden_columns(table.columns))
    first = {name: name.lstrip("“")[:1] for name in shown}
    headings = [
        name for name in shown if "_" in name or (not first[name].isupper() and name != "n")
    ]
    cells = [cell for name in shown for cell in shown[name].tolist()]
    return headings + [cell for cell in cells if pd.isna(cell) or str(cell) in ("None", "nan")]


@pytest.mark.parametrize("name", FILTERS)
def test_no_table_shows_a_name_of_a_column_or_a_missing_value(data, name):
    selected = select(data, filters(data)[name])
    for table_name, spec in TABLE_SPECS.items():
        values, _ = parse_page_options(spec.page, {}, selected)
        table = build_table(table_name, selected, values)
        if table_name == "meetings":  # a list with a placeholder for what is not known
            table = table.drop(columns="Threats")
        assert not faults(table), table_name


@pytest.mark.parametrize("page", ["overview", "covid", "regions", "indicators", "data"])
def test_no_page_in_print_shows_a_name_of_a_column(page):
    text = TestClient(Starlette(routes=ROUTES)).get(f"/print/{page}").text
    headings = re.findall(r'<th scope="col">(.*?)</th>', text)
    assert headings
    assert not [heading for heading in headings if "_" in heading]
    assert not re.search(r">\s*(None|nan|&lt;NA&gt;)\s*<", text)


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_every_figure_has_a_heading(data, options):
    selected = select(data, filters(data)["no filter"])
    for name, spec in CHART_SPECS.items():
        params = {option: [value] for option, value in options.items()}
        values, _ = parse_page_options(spec.page, params, selected)
        chart = build_chart(name, selected, values)
        # A page on one country or series has no chart without one.
        assert chart or spec.page in SUBJECT_PAGES, name
        assert not chart or set(chart.table) <= set(FIGURE_COLUMN_LABELS), name


@pytest.mark.slow
def test_no_record_shows_a_name_of_a_column_or_a_missing_value(data):
    for meeting in data["meetings"]["meeting_id"][::7]:
        for table in record_tables(data, meeting).values():
            assert not faults(table), meeting
        assert not faults(similar_meetings_table(data, meeting)), meeting


def test_a_readers_table_has_its_columns_in_order_under_their_headings():
    table = pd.DataFrame({"b": [1], "a": [2], "c": [3]}, index=[7])
    shown = reader_table(table, {"a": "First", "b": "Second"})
    assert shown.to_dict("records") == [{"First": 2, "Second": 1}]
    assert shown.index.tolist() == [0]
    assert format_known([0.5, float("nan")], "{:.0%}".format) == ["50%", ""]


@pytest.mark.parametrize(
    ("counts", "kind"), [([3, 2], "all"), ([3, 2, 1], "most"), ([3, 1, 1], "some")]
)
def test_a_list_cut_between_ties_is_not_the_most_frequent(counts, kind):
    assert cut_kind(pd.DataFrame({"n": counts}), 2) == kind
