"""Content of the page on one series; each part is empty if the filter has none or several.

The selection has every meeting of the series, whatever the rest of the filter.
"""

from dataclasses import replace

import pandas as pd

from threats.content.meetings import meeting_list_table, sort_newest_first
from threats.content.method_coverage import edition_ranges
from threats.content.model import Chart
from threats.content.share_captions import most_frequent_summary
from threats.content.subjects import single_filter
from threats.content.trends import attention_heatmap_chart
from threats.dataset.categories import is_in
from threats.format import format_range, join, number_runs, ordinal
from threats.stats.attention import attention
from threats.stats.coverage import coverage_by_series, expected_meetings
from threats.stats.selection import Selected
from threats.text import subjects as words
from threats.text.labels import ROLE_PHRASES
from threats.text.translate import _

MAX_OF_SERIES = 12


def series_summary(selected: Selected) -> list[str]:
    """Return which threats lead in a series, how many of its meetings were found, which editions
    are known, and which are expected and were not found."""
    series = single_filter(selected, "series")
    if not series:
        return []
    whole = selected.all_threats
    years = whole.meetings["year"].dropna()
    span = format_range(int(years.min()), int(years.max())) if len(years) else ""
    names = selected.dataset.names("threat_categories", "label")
    table = attention(whole)
    lead = most_frequent_summary(
        table.assign(threat=table["threat_id"].map(names)), _(ROLE_PHRASES["agenda"])
    )
    found = [
        lead,
        words.found_sentence(len(whole.meetings), span, whole.known) if len(whole.meetings) else "",
        _editions(whole),
        _expected(selected, series),
    ]
    return [text for text in found if text]


def _editions(whole: Selected) -> str:
    numbers = whole.meetings["edition"].dropna().astype(int)
    if numbers.empty or numbers.duplicated().any():
        return ""
    known = join([format_range(*run) for run in number_runs(numbers)])
    unseen = coverage_by_series(whole)["unseen"].iloc[0]
    return words.editions_sentence(known, edition_ranges(unseen))


def _expected(selected: Selected, series: str) -> str:
    rhythm = selected.dataset.names("series", "rhythm")[series]
    table = expected_meetings(selected)
    if not rhythm or table.empty:
        return ""
    missing = table.loc[table["status"] == "missing", "year"]
    return words.expected_sentence(rhythm, [int(year) for year in missing])


def series_agenda_chart(selected: Selected) -> Chart | None:
    """Return in how many meetings of a series each threat was on the agenda, by year, for the
    threats that ever were; None if there is none."""
    if not single_filter(selected, "series"):
        return None
    whole = selected.all_threats
    table = attention(whole)
    seen = table.loc[table["on_agenda"] > 0, "threat_id"]
    if seen.empty:
        return None
    threats = whole.threats[is_in(whole.threats["threat_id"], seen)].reset_index(drop=True)
    shown = replace(whole, threats=threats, whole=whole)
    return replace(
        attention_heatmap_chart(shown, "count"),
        name="series-agenda",
        title=_(words.SERIES_AGENDA_TITLE),
    )


def series_meetings_table(selected: Selected) -> pd.DataFrame:
    """Return the latest meetings of a series as a reader's table, with their editions."""
    if not single_filter(selected, "series"):
        return pd.DataFrame()
    latest = sort_newest_first(selected.meetings).head(MAX_OF_SERIES)
    if latest.empty:
        return pd.DataFrame()
    table = meeting_list_table(selected, latest)
    editions = ["" if pd.isna(number) else ordinal(int(number)) for number in latest["edition"]]
    if any(editions):
        table.insert(0, words.EDITION_COLUMN, editions)
    return table
