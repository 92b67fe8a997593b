"""Files of a chart: they hold its figures and say where they come from."""

import csv
import io

import pandas as pd

from threats import export
from threats.selection import Selection, select
from threats.views import overview, trends
from threats.views.base import Chart


def test_a_csv_reads_back_as_the_plotted_figures(data):
    chart = trends.heatmap(select(data, Selection(region=("central_asia",))))
    table = pd.read_csv(io.BytesIO(export.to_csv(chart, data)))
    pd.testing.assert_frame_equal(
        table[chart.table.columns], chart.table, check_dtype=False, check_index_type=False
    )
    assert table["filter"].str.contains("Central Asia").all()
    assert table["source"].str.contains(data.version, regex=False).all()


def test_texts_that_a_spreadsheet_would_run_leave_harmless(data):
    table = pd.DataFrame(
        {"threat": ["=1+1", "+x", "-x", "@x", "safe", "\tx"], "n": [-1, 2, 3, 4, 5, 6]}
    )
    chart = Chart("x", "title", "subtitle", "alt", lambda dark: None, table)
    rows = list(csv.DictReader(io.StringIO(export.to_csv(chart, data).decode())))
    assert [row["threat"] for row in rows] == ["'=1+1", "'+x", "'-x", "'@x", "safe", "'\tx"]
    assert rows[0]["n"] == "-1"


def test_an_html_page_stands_alone_and_escapes_what_is_in_it(data):
    chart = overview.ranking(select(data, Selection()))
    hostile = Chart(
        chart.name,
        "<script>alert(1)</script>",
        chart.subtitle,
        'a "quote"',
        chart.draw,
        chart.table,
    )
    page = export.to_html(hostile, data, "http://here/?region=x").decode()
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;" in page
    assert 'aria-label="a &#34;quote&#34;"' in page
    assert 'href="http://here/?region=x"' in page
    assert 'src="http' not in page
    assert data.version in page


def test_file_names_tell_chart_and_filter(data):
    chart = overview.ranking(select(data, Selection()))
    selection = Selection(region=("central_asia",), years=(2018, 2023))
    assert (
        export.file_name(chart, selection, "csv") == "attention-ranked_central-asia_2018-2023.csv"
    )
