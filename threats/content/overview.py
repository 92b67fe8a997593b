"""Views of the page Overview."""

import pandas as pd

from threats.charts.dot_plot import draw_attention_ranking
from threats.charts.stacked_bars import draw_meetings_by_series
from threats.charts.theme import MAX_COLOURS
from threats.content.attention_tables import ranked_attention, select_export_columns
from threats.content.count_captions import stacked_bars_caption
from threats.content.meetings import meeting_list_table, sort_newest_first
from threats.content.model import Chart
from threats.content.notes import chart_subtitle, measure_phrase, selection_cautions, standard_notes
from threats.content.share_captions import ranking_caption
from threats.content.time_breaks import add_time_breaks
from threats.stats.attention import meetings_by_year
from threats.stats.drilldown import Drilldown
from threats.stats.selection import Selected
from threats.text.quantities import quantity

MAX_NEWEST_MEETINGS = 8


def newest_meetings_table(selected: Selected) -> pd.DataFrame:
    """Return the newest meetings of a selection as a reader's table."""
    return meeting_list_table(
        selected, sort_newest_first(selected.meetings).head(MAX_NEWEST_MEETINGS)
    )


def attention_ranking_chart(selected: Selected) -> Chart:
    """The threats from most to least on the agenda over the whole selection."""
    table = ranked_attention(selected)
    return Chart(
        name="attention-ranked",
        title="The threats most and least on the agenda",
        subtitle=chart_subtitle(selected, measure_phrase("share", selected.role)),
        alt=ranking_caption(table, selected.role),
        draw=lambda theme: draw_attention_ranking(table, theme),
        table=select_export_columns(table),
        notes=standard_notes(selected, table),
        cautions=selection_cautions(selected),
    )


def meetings_by_year_chart(selected: Selected) -> Chart:
    """How many meetings are known of each year, by series: the five largest and the rest."""
    table = meetings_by_year(selected, "series")
    names = selected.dataset.names("series", "short_name")
    largest = table.groupby("series")["meetings"].sum().nlargest(MAX_COLOURS - 1).index
    keep = largest if table["series"].nunique() > MAX_COLOURS else table["series"].unique()
    label = table["series"].where(table["series"].isin(keep)).map(names).fillna("All other series")
    order = [*[names[series] for series in largest if series in set(keep)], "All other series"]
    order += [names[series] for series in keep if names[series] not in order]
    drawn = table.assign(label=pd.Categorical(label, list(dict.fromkeys(order))))
    drawn = drawn.groupby(["label", "year"], observed=True, as_index=False)[
        ["meetings", "known"]
    ].sum()
    inside = table.groupby(label)["series"].agg(lambda ids: tuple(sorted(set(ids))))
    drawn["mark"] = [
        Drilldown(year=year, series=inside[label]).encode()
        for label, year in zip(drawn["label"], drawn["year"], strict=True)
    ]
    drawn["words"] = [quantity(n, "meeting") for n in drawn["meetings"]]
    undated = int(selected.meetings["year"].isna().sum())
    parts = drawn.groupby("label", observed=True)["meetings"].sum()
    notes = ["An empty year means that no meeting was found, not that none was held."]
    if undated:
        notes.append(f"{quantity(undated, 'meeting').capitalize()} of unknown year left out.")
    chart = Chart(
        name="meetings-by-year",
        title="Meetings a year, by series",
        subtitle=chart_subtitle(selected, "number of meetings known of"),
        alt=stacked_bars_caption(meetings_by_year(selected), parts.items()),
        draw=lambda theme: draw_meetings_by_series(drawn, selected.emergency, theme),
        table=drawn.rename(columns={"label": "series"})[["series", "year", "meetings", "known"]],
        notes=tuple(notes),
        cautions=selection_cautions(selected, about_agendas=False),
    )
    return add_time_breaks(chart, selected)
