"""The charts of Trends and Responses in Dash: the same figures by the same functions, from the same
caches, without the tables, notes and downloads of the dashboard.

    python tests/benchmarks/dash_app.py PORT
"""

import sys

from dash import ALL, Dash, Input, Output, State, dcc, html

from threats.content.builder import build_chart, parse_page_options
from threats.content.model import cached_figure
from threats.content.registry import items_on
from threats.dataset.store import open_dataset
from threats.stats.filters import Selection, filter_choices
from threats.stats.selection import select

PAGES = ("trends", "responses")


def figures(page: str, regions: tuple[str, ...]) -> dict:
    """Return the figures of a page for a choice of regions, by the names of their charts."""
    selected = select(open_dataset(), Selection(region=regions))
    values, _ = parse_page_options(page, {}, selected)
    drawn = {}
    for part in items_on(page):
        chart = build_chart(part.name, selected, values) if not part.title else None
        if chart:
            drawn[part.name] = cached_figure(chart)
    return drawn


def names(page: str) -> list[str]:
    """Return the names of the charts of a page."""
    return [part.name for part in items_on(page) if not part.title]


def app() -> Dash:
    """Return the app."""
    dash = Dash(__name__, suppress_callback_exceptions=True)
    labels = filter_choices(open_dataset())["region"]
    dash.layout = html.Div(
        [
            dcc.Location(id="address"),
            dcc.Dropdown(labels, id="region", multi=True),
            html.Div(id="page"),
        ]
    )

    @dash.callback(Output("page", "children"), Input("address", "pathname"))
    def page_of(path):
        page = path.strip("/") or PAGES[0]
        return [
            html.Div(dcc.Graph(id={"chart": name, "page": page}), id=f"at-{name}")
            for name in names(page)
        ]

    @dash.callback(
        Output({"chart": ALL, "page": ALL}, "figure"),
        Input("region", "value"),
        State({"chart": ALL, "page": ALL}, "id"),
        Input("page", "children"),
    )
    def draw(regions, charts, _):
        if not charts:
            return []
        drawn = figures(charts[0]["page"], tuple(key for key in labels if key in (regions or ())))
        return [drawn.get(chart["chart"], {}) for chart in charts]

    return dash


if __name__ == "__main__":
    app().run(port=int(sys.argv[1]), debug=False)
