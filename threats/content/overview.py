"""Content of the page Key findings."""

import pandas as pd

from threats.charts.dot_plot import draw_attention_ranking
from threats.charts.stacked_bars import draw_meetings_by_series
from threats.content.attention_tables import label_largest, ranked_attention, select_export_columns
from threats.content.count_captions import stacked_bars_caption
from threats.content.meetings import meeting_list_table, sort_newest_first
from threats.content.model import Chart
from threats.content.notes import chart_subtitle, measure_phrase, selection_cautions, standard_notes
from threats.content.share_captions import ranking_caption
from threats.content.time_breaks import add_time_breaks
from threats.stats.attention import meetings_by_year, ties_for_max
from threats.stats.drilldown import Drilldown
from threats.stats.selection import Selected
from threats.stats.trends import MIN_MEETINGS
from threats.text import attention as attention_text
from threats.text import coverage as coverage_text
from threats.text.quantities import format_meetings
from threats.text.translate import _

MAX_NEWEST_MEETINGS = 8


def newest_meetings_table(selected: Selected) -> pd.DataFrame:
    """Return the newest meetings of a selection as a reader's table."""
    newest = sort_newest_first(selected.meetings).head(MAX_NEWEST_MEETINGS)
    return meeting_list_table(selected, newest)


def attention_ranking_chart(selected: Selected) -> Chart:
    """Return the threats from most to least on the agenda over the whole selection."""
    table = ranked_attention(selected)
    return Chart(
        name="attention-ranked",
        title=_ranking_title(selected, table),
        subtitle=chart_subtitle(selected, measure_phrase("share", selected.role)),
        alt=ranking_caption(table, selected.role),
        draw=lambda theme: draw_attention_ranking(table, theme),
        table=select_export_columns(table),
        notes=standard_notes(selected, table),
        cautions=selection_cautions(selected),
    )


def _ranking_title(selected: Selected, table: pd.DataFrame) -> str:
    """Return the threat that leads, if there are enough meetings and no tie."""
    enough = table[table["meetings"] >= MIN_MEETINGS]
    best = ties_for_max(enough, enough["share"])
    if len(best) != 1 or len(enough) < 2 or selected.role != "agenda":
        return _(attention_text.RANKING_TITLE)
    return attention_text.ranking_title(best["threat"].iloc[0], best["share"].iloc[0])


def meetings_by_year_chart(selected: Selected) -> Chart:
    """Return how many meetings were found of each year, by series: the largest and the rest."""
    table = meetings_by_year(selected, "series")
    names = selected.dataset.names("series", "short_name")
    rest = _(attention_text.OTHER_SERIES_LABEL)
    label = label_largest(table["series"], table["meetings"], names, rest)
    drawn = table.assign(label=label).groupby(["label", "year"], observed=True, as_index=False)
    drawn = drawn[["meetings", "known"]].sum()
    series = table.groupby(label, observed=True)["series"].agg(lambda ids: tuple(sorted(set(ids))))
    drawn["mark"] = [
        Drilldown(year=year, series=series[label]).encode()
        for label, year in zip(drawn["label"], drawn["year"], strict=True)
    ]
    drawn["words"] = [format_meetings(n) for n in drawn["meetings"]]
    undated = int(selected.meetings["year"].isna().sum())
    parts = drawn.groupby("label", observed=True)["meetings"].sum()
    notes = [_(coverage_text.EMPTY_YEAR_NOTE)]
    if undated:
        notes.append(coverage_text.undated_note(undated))
    chart = Chart(
        name="meetings-by-year",
        title=_(attention_text.MEETINGS_BY_YEAR_TITLE),
        subtitle=chart_subtitle(selected, _(coverage_text.READING_MEASURE)),
        alt=stacked_bars_caption(meetings_by_year(selected), parts.items()),
        draw=lambda theme: draw_meetings_by_series(drawn, selected.emergency, theme),
        table=drawn.rename(columns={"label": "series"})[["series", "year", "meetings", "known"]],
        notes=tuple(notes),
        cautions=selection_cautions(selected, about_agendas=False),
    )
    return add_time_breaks(chart, selected)
