"""Change at a fixed mix on the pages: its counts again in plain Python from the CSV files, and what
published statements and presets say of it."""

import csv
import datetime as dt

import pytest

from threats.content.builder import build_chart, parse_page_options
from threats.content.options import preset_dates
from threats.content.pooled_change import default_years, era_periods
from threats.content.published import preset_changes_table, published_verdicts
from threats.stats.filters import Selection, from_params
from threats.stats.pooled import pooled_contrast
from threats.stats.selection import assign_eras, select

FILTERS = {
    "none": {},
    "border": {"family": ["border"]},
    "everything": {"reach": ["all"], "courses": ["yes"]},
    "workshops": {"kind": ["workshop"]},
    "sure": {"certainty": ["sure"]},
}


def rows_of(data, name):
    with (data.folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def counted(data, params, threat, first, last):
    """Return how many known agendas between two days have a threat, and how many there are."""
    families = {row["series_id"]: row["family"] for row in rows_of(data, "series.csv")}
    meetings = []
    for row in rows_of(data, "meetings.csv"):
        # A date of a month or a year counts if all its days are inside.
        start = row["start_date"]
        if row["reading"] == "none" or not start:
            continue
        low = (start + "-01-01")[:10]
        high = start if len(start) == 10 else f"{start}-28" if len(start) == 7 else f"{start}-12-31"
        if not (first.isoformat() <= low and high <= last.isoformat()):
            continue
        if params.get("reach") != ["all"] and row["reach"] == "national":
            continue
        if params.get("kind"):
            if row["kind"] not in params["kind"]:
                continue
        elif params.get("courses") != ["yes"] and row["kind"] == "course":
            continue
        if params.get("family") and families[row["series"]] not in params["family"]:
            continue
        if threat == "pandemic" and row["found_by"] == "pandemic_search":
            continue
        meetings.append(row["meeting_id"])
    certain = params.get("certainty", ["sure", "inferred", "conflict"])
    having = {
        row["meeting_id"]
        for row in rows_of(data, "threat_mentions.csv")
        if row["threat_id"] == threat
        and row["role"] in ("focus", "discussed")
        and row["certainty"] in certain
    }
    return sum(meeting in having for meeting in meetings), len(meetings)


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("threat", ["drug_trafficking", "terrorism", "pandemic"])
def test_counts_of_then_and_now_are_those_of_the_files(data, name, threat):
    params = FILTERS[name]
    selected = select(data, from_params(params, data)[0])
    values, _ = parse_page_options("trends", {}, selected)
    table = build_chart("then-and-now", selected, values).table.set_index("threat_id")
    row = table.loc[threat]
    for span, column in (("then", "earlier"), ("now", "later")):
        low, high = default_years(selected, span)
        expected = counted(data, params, threat, dt.date(low, 1, 1), dt.date(high, 12, 31))
        assert (row[f"{column}_on"], row[f"{column}_meetings"]) == expected


def test_years_chosen_change_the_figure_and_stand_in_its_title(data):
    selected = select(data, Selection())
    values, problems = parse_page_options(
        "trends", {"then": ["2006-2010"], "now": ["2018-2019"]}, selected
    )
    assert problems == []
    chart = build_chart("then-and-now", selected, values)
    assert chart.title == "More or less than before: 2018–2019 against 2006–2010"
    expected = counted(data, {}, "terrorism", dt.date(2018, 1, 1), dt.date(2019, 12, 31))
    row = chart.table.set_index("threat_id").loc["terrorism"]
    assert (row["later_on"], row["later_meetings"]) == expected
    for wrong in ("2010-2006", "1999-2004", "x", "2010-"):
        assert parse_page_options("trends", {"then": [wrong]}, selected)[1]


def test_one_threat_gets_one_sentence_with_n_band_and_the_smallest_visible_change(data):
    selected = select(data, Selection(region=("central_asia",), threat=("drug_trafficking",)))
    values, _ = parse_page_options("trends", {}, selected)
    text = build_chart("then-and-now", selected, values).alt
    assert text.startswith("Drug trafficking: ")
    for part in ("90% band", "Plain counts: ", "could not be seen here"):
        assert part in text


def test_verdicts_follow_direction_and_counts(data):
    selected = assign_eras(select(data, Selection()), *preset_dates(data)["invasion"])
    table = published_verdicts(selected)
    contrast = pooled_contrast(
        selected, *era_periods(selected, "during", selected.emergency)
    ).set_index("threat_id")
    assert set(table["period"].str[:4]) <= {"2020", "2021", "2022"}
    for row in table.itertuples():
        ours = contrast.loc[row.threat_id]
        few = ours["direction"] == "too_few" or ours["earlier_on"] + ours["later_on"] < 5
        if row.direction == "mixed":
            expected = {"mixed"}
        elif few:
            expected = {"too_few"}
        elif row.direction == "flat":
            expected = {"agrees", "too_few"} if ours["direction"] == "unclear" else {"silent"}
        elif ours["direction"] == row.direction:
            expected = {"agrees"}
        else:
            expected = {"silent"} if ours["direction"] == "unclear" else {"opposite"}
        assert row.verdict in expected, row.statement_id


def test_other_periods_give_other_verdicts_and_ticks(data):
    selected = select(data, Selection())
    counts = [
        published_verdicts(assign_eras(selected, *dates))["verdict"].value_counts().to_dict()
        for dates in preset_dates(data).values()
    ]
    assert counts[0] != counts[1]
    ticks = preset_changes_table(selected)
    assert len(ticks.columns) == 1 + len(preset_dates(data))
    assert ticks.iloc[:, 1:].isin(["✓ up", "✓ down", "–"]).all(axis=None)
