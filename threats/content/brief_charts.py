"""Content of the page Meeting brief: earlier meetings on the chosen threats, here and elsewhere."""

import pandas as pd

from threats.charts.timeline import PRECEDENT_PLACES, draw_precedent_timeline
from threats.content.attention_tables import ranked_attention
from threats.content.meetings import meeting_list_table
from threats.content.model import Chart
from threats.content.notes import chart_cautions, chart_subtitle, standard_notes
from threats.content.reader_tables import cut_kind, rows_of
from threats.content.time_breaks import add_time_breaks
from threats.format import format_range, join
from threats.stats.drilldown import click_data
from threats.stats.filters import filter_choices
from threats.stats.precedents import PRECEDENT_WEIGHTS, precedents_by_year, rank_precedents
from threats.stats.selection import Selected
from threats.text import precedents as precedents_text
from threats.text.labels import ROLE_LABELS
from threats.text.phrases import join_names
from threats.text.quantities import format_meetings
from threats.text.translate import _

MAX_TIMELINE_THREATS = 6
MAX_PRECEDENTS = 20


def precedents_by_year_chart(selected: Selected) -> Chart | None:
    """Return when the chosen threats were on the agenda, here and elsewhere; None if they never
    were."""
    counts = precedents_by_year(selected)
    if counts.empty:
        return None
    totals = counts.groupby("threat_id")[list(PRECEDENT_PLACES)].sum()
    totals = totals.sort_values(list(PRECEDENT_PLACES), ascending=False, kind="stable")
    shown, places = totals.index[:MAX_TIMELINE_THREATS], _place_labels(selected)
    counts = counts[counts["threat_id"].isin(shown)]
    names = selected.dataset.names("threat_categories", "label")
    counts = counts.assign(threat=counts["threat_id"].map(names))
    table = _timeline_rows(counts, list(shown), places)
    top = totals[(totals == totals.iloc[0]).all(axis=1)].index
    title, role = precedents_text.PRECEDENTS_TITLE, _(ROLE_LABELS[selected.role])
    if len(places) > 1:
        title = precedents_text.PRECEDENTS_ELSEWHERE_TITLE
    chart = Chart(
        name="precedents-by-year",
        title=_(title, place=places["here"]),
        subtitle=chart_subtitle(
            selected,
            precedents_text.precedents_measure(role, len(shown), cut_kind(totals, len(shown))),
        ),
        alt=precedents_text.precedents_caption(
            len(shown),
            len(totals),
            format_range(*selected.years),
            {place: int(totals[place].sum()) for place in places},
            join_names(top.map(names)) if len(totals) > 1 else "",
        ),
        draw=lambda theme: draw_precedent_timeline(table, places, selected.years, theme),
        table=counts[["threat_id", "threat", "year", *PRECEDENT_PLACES]].reset_index(drop=True),
        notes=(
            _(precedents_text.PRECEDENTS_NOTE),
            *standard_notes(selected, ranked_attention(selected)),
        ),
        cautions=chart_cautions(selected),
    )
    return add_time_breaks(chart, selected)


def _timeline_rows(
    counts: pd.DataFrame, threat_ids: list[str], places: dict[str, str]
) -> pd.DataFrame:
    """Return one row for each threat, year and place with a meeting, with labels and click data,
    in the order of ``threat_ids``."""
    keys = ["threat_id", "threat", "year"]
    table = counts.melt(keys, list(PRECEDENT_PLACES), var_name="place", value_name="meetings")
    table = table[table["meetings"] > 0]
    table = table.assign(
        rank=table["threat_id"].map(threat_ids.index),
        mark=click_data(threat=table["threat_id"], year=table["year"]).where(
            table["place"] == "here", ""
        ),
        title=[
            _(precedents_text.PRECEDENT_BAR_TITLE, threat=row.threat, year=row.year)
            for row in rows_of(table)
        ],
        words=[
            _(
                precedents_text.PRECEDENT_BAR_LABEL,
                place=places[row.place],
                meetings=format_meetings(row.meetings),
            )
            for row in rows_of(table)
        ],
    )
    return table.sort_values(["rank", "year", "place"], ascending=[True, True, False])


def _place_labels(selected: Selected) -> dict[str, str]:
    """Return the labels of "here" and, if regions are chosen, of "elsewhere"."""
    regions = selected.selection.region
    if not regions:
        return {"here": _(precedents_text.ALL_REGIONS_PLACE)}
    labels = filter_choices(selected.dataset)["region"]
    return {
        "here": join([labels[key] for key in regions]),
        "elsewhere": _(precedents_text.ELSEWHERE_PLACE),
    }


def top_precedents_table(selected: Selected, limit: int = MAX_PRECEDENTS) -> pd.DataFrame:
    """Return the most similar meetings as a reader's table, with the threats in common, the points
    and those for each criterion, such as "Region (of 25)"."""
    table = rank_precedents(selected).head(limit)
    labels = selected.dataset.names("threat_categories", "label")
    meetings = selected.dataset["meetings"].set_index("meeting_id", drop=False)
    shown = meeting_list_table(selected, meetings.loc[table["meeting_id"]])
    shared = [join([labels[threat] for threat in threats]) for threats in table["shared"]]
    shown.insert(0, precedents_text.POINTS_HEADING, table["points"].tolist())
    shown.insert(4, precedents_text.SHARED_THREATS_HEADING, shared)
    for place, name in enumerate(PRECEDENT_WEIGHTS, start=5):
        shown.insert(place, score_label(name), table[name].tolist())
    return shown


def score_label(criterion: str) -> str:
    """Return the heading of the points for a criterion, with their maximum."""
    return precedents_text.criterion_heading(criterion, PRECEDENT_WEIGHTS[criterion])
