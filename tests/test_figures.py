"""Numbers on screen equal numbers in the CSV equal numbers counted here from the raw files."""

import csv
import io
import re
from pathlib import Path

import plotly.graph_objects as go
import pytest
from drawn import drawn_cells
from page_cards import cards
from streamlit.testing.v1 import AppTest

from threats.content.trends import attention_heatmap_chart
from threats.exports.tables import to_csv
from threats.exports.urls import View
from threats.stats.filters import Selection
from threats.stats.selection import select

ROOT = Path(__file__).parent.parent
FILTERS = {
    "everything": Selection(),
    "a region and years": Selection(region=("central_asia",), years=(2014, 2023)),
    "a series with courses": Selection(series=("border_regional",), courses=True),
    "all meetings of a family": Selection(family=("border",), courses=True, reach="all"),
    "national events": Selection(kind=("workshop", "course"), reach="national"),
}


def raw(name):
    with open(ROOT / "data" / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def counted_by_hand(selection):
    """Return {(threat, year): (meetings that had it on the agenda, meetings)} by plain counting."""
    scopes, years, kept, pandemic_only = {}, {}, set(), set()
    family = {row["series_id"]: row["family"] for row in raw("series")}
    for row in raw("meetings"):
        scopes[row["meeting_id"]] = row["scope"].split(";")
        years[row["meeting_id"]] = row["start_date"][:4]
        if row["reading"] == "none":
            continue
        if selection.kind and row["kind"] not in selection.kind:
            continue
        if row["kind"] == "course" and not (selection.courses or selection.kind):
            continue
        if not selection.reach and row["reach"] == "national":
            continue
        if selection.reach not in ("", "all", row["reach"]):
            continue
        if selection.family and family[row["series"]] not in selection.family:
            continue
        if selection.series and row["series"] not in selection.series:
            continue
        if selection.years and not (
            row["start_date"]
            and selection.years[0] <= int(row["start_date"][:4]) <= selection.years[1]
        ):
            continue
        kept.add(row["meeting_id"])
        if row["found_by"] == "pandemic_search":
            pandemic_only.add(row["meeting_id"])

    def belongs(row):
        if not selection.region or row["region"] in selection.region:
            return True
        untied = row["region"] in ("", "osce_area")
        return untied and any(r in selection.region for r in scopes[row["meeting_id"]])

    mentions = [row for row in raw("threat_mentions") if row["meeting_id"] in kept and belongs(row)]
    if selection.region:
        inside = {m for m in kept if any(r in selection.region for r in scopes[m])}
        inside |= {row["meeting_id"] for row in mentions}
        inside |= {
            row["meeting_id"]
            for row in raw("regional_sessions")
            if row["region"] in selection.region and row["region"] != "osce_area"
        } & kept
        kept = inside
    figures = {}
    for threat in (row["threat_id"] for row in raw("threat_categories")):
        left_out = pandemic_only if threat == "pandemic" else set()
        for year in {years[m] for m in kept} - {""}:
            whole = {m for m in kept - left_out if years[m] == year}
            on = {
                row["meeting_id"]
                for row in mentions
                if row["threat_id"] == threat and row["role"] != "mentioned"
            }
            figures[threat, int(year)] = (len(on & whole), len(whole))
    return figures


@pytest.mark.parametrize("name", FILTERS)
def test_the_csv_holds_what_counting_the_raw_files_gives(data, name):
    by_hand = counted_by_hand(FILTERS[name])
    selected = select(data, FILTERS[name])
    view = View("trends", selected, {}, "http://here")
    rows = list(
        csv.DictReader(io.StringIO(to_csv(attention_heatmap_chart(selected), view).decode()))
    )
    in_file = {
        (row["threat_id"], int(row["year"])): (int(row["on_agenda"]), int(row["meetings"]))
        for row in rows
        if row["status"] == "counted"
    }
    assert in_file == {key: value for key, value in by_hand.items() if value[1]}
    assert any(on for on, _ in in_file.values())


@pytest.mark.parametrize("name", FILTERS)
def test_the_screen_shows_what_counting_the_raw_files_gives(name):
    by_hand = counted_by_hand(FILTERS[name])
    app = AppTest.from_file(str(ROOT / "threats" / "dashboard.py"), default_timeout=60)
    selection = FILTERS[name]
    for key in ("region", "series", "family", "kind"):
        if getattr(selection, key):
            app.query_params[key] = list(getattr(selection, key))
    if selection.years:
        app.query_params["years"] = "-".join(map(str, selection.years))
    if selection.reach:
        app.query_params["reach"] = selection.reach
    if selection.courses:
        app.query_params["courses"] = "yes"
    app.run().switch_page("app/pages/trends.py").run()
    cells = drawn_cells(go.Figure(cards(app)[0]["figure"]))
    shown = {}
    for cell in cells.values():
        mark = re.fullmatch(r"threat:(\w+) year:(\d{4})", cell["data"][0])
        words = re.match(r"(\d+) of (\d+) meeting", cell["data"][2])
        if words:
            shown[mark[1], int(mark[2])] = (int(words[1]), int(words[2]))
    assert shown == {key: value for key, value in by_hand.items() if value[1]}
