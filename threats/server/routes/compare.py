"""Two editions of the data compared: the figures of a view that differ, and the rows behind."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from threats.content.builder import build_chart
from threats.content.editions import (
    figure_changes,
    figure_changes_table,
    row_changes,
    row_changes_table,
    rows_phrase,
)
from threats.content.pages import PAGES
from threats.content.registry import charts_on
from threats.content.selection_text import describe
from threats.dataset.editions import open_edition
from threats.dataset.harmless_csv import harmless_csv
from threats.dataset.model import Dataset
from threats.exports.citation import source_line
from threats.exports.html import TEMPLATES
from threats.exports.urls import build_url
from threats.server.routes.params import (
    RequestView,
    UnknownEditionError,
    parse_request,
)
from threats.server.routes.responses import etag_response, not_found_response, with_dataset
from threats.text import editions as words
from threats.text.translate import _

MAX_SHOWN_ROWS = 200
_OTHER_EDITION = "with"  # the parameter with the version to compare with, by default today's


class _ChangedChart(NamedTuple):
    """A chart of both editions: its name and title, its number of figures, and those changed."""

    name: str
    title: str
    figures: int
    changes: pd.DataFrame


@with_dataset
def serve_comparison(request: Request, dataset: Dataset) -> Response:
    """Answer with what differs between the edition of a request and another one, as a page; as
    CSV the changed figures, or with ``rows=yes`` the changed rows."""
    name, _dot, suffix = request.path_params["page"].partition(".")
    if suffix not in ("", "csv") or not (name in PAGES and charts_on(name)):
        return not_found_response(request)
    other = _other_edition(request, dataset)
    views = [
        parse_request(request, name, edition, _OTHER_EDITION, "rows")
        for edition in (dataset, other)
    ]
    if suffix == "csv":
        return _answer_csv(request, name, views)
    return HTMLResponse(_render(name, views), headers={"Cache-Control": "no-cache"})


def _other_edition(request: Request, dataset: Dataset) -> Dataset:
    """Return the edition to compare with."""
    today, version = dataset.today or dataset, request.query_params.get(_OTHER_EDITION, "")
    try:
        return open_edition(today, version)
    except KeyError:
        raise UnknownEditionError(version, today) from None


def _changed_charts(name: str, views: list[RequestView]) -> Iterator[_ChangedChart]:
    for spec in charts_on(name):
        built = [
            None
            if one.view.selected.empty
            else build_chart(spec.name, one.view.selected, one.values)
            for one in views
        ]
        before, after = built
        if before and after:
            changes = figure_changes(before.table, after.table)
            yield _ChangedChart(spec.name, after.title, len(after.table), changes)


def _answer_csv(request: Request, name: str, views: list[RequestView]) -> Response:
    selected = [one.view.selected for one in views]
    if request.query_params.get("rows") == "yes":
        table = row_changes(selected[0], selected[1])
    else:
        parts = [one.changes.assign(chart=one.name) for one in _changed_charts(name, views)]
        table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
        first = ["chart"] * ("chart" in table)
        table = table[[*first, *(column for column in table if column != "chart")]]
    return etag_response(request, harmless_csv(table), "text/csv", f"compare-{name}.csv")


def _render(name: str, views: list[RequestView]) -> str:
    view, selected = views[0].view, [one.view.selected for one in views]
    before, after = (one.dataset for one in selected)
    rows = row_changes(selected[0], selected[1])
    charts = [_shown_chart(one, rows, before, after) for one in _changed_charts(name, views)]
    numbers = [data.descriptor["version"] for data in (before, after)]
    params = dict(view.params) | {"version": [numbers[0]], _OTHER_EDITION: [numbers[1]]}
    csv = f"compare/{name}.csv"
    files = [
        (build_url(view.base, csv, params), _(words.CSV_LABEL)),
        (build_url(view.base, csv, params | {"rows": ["yes"]}), _(words.ROWS_CSV_LABEL)),
    ]
    return TEMPLATES.get_template("compare.html").render(
        view=view,
        title=f"{PAGES[name].heading}: {_(words.EDITIONS_COMPARED_TITLE)}",
        question=words.comparison_question(numbers[0], numbers[1]),
        note=_(words.NOT_ARCHIVED_NOTE),
        selection=f"{describe(selected[0])}.",
        problems=views[0].problems,
        files=files,
        figures_title=_(words.CHANGED_FIGURES_TITLE),
        charts=charts,
        rows_title=_(words.CHANGED_ROWS_TITLE),
        row_summary=[rows_phrase(table, own) for table, own in rows.groupby("table", sort=False)],
        rows=row_changes_table(rows.head(MAX_SHOWN_ROWS)),
        rows_limit=_limit(len(rows)),
        source=source_line(view),
    )


def _shown_chart(
    chart: _ChangedChart, rows: pd.DataFrame, before: Dataset, after: Dataset
) -> dict[str, Any]:
    table = figure_changes_table(chart.changes, rows, before, after)
    return {
        "title": chart.title,
        "summary": words.changed_figures_phrase(len(table), chart.figures),
        "table": table.head(MAX_SHOWN_ROWS),
        "limit": _limit(len(table)),
    }


def _limit(number: int) -> str:
    return words.shown_of_all(MAX_SHOWN_ROWS, number) if number > MAX_SHOWN_ROWS else ""
