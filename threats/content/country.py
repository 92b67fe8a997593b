"""Content of the page on one country; each part is empty without a country."""

from dataclasses import replace

import pandas as pd

from threats.content.meetings import meeting_list_table, sort_newest_first
from threats.content.model import Chart
from threats.content.overview import attention_ranking_chart
from threats.content.reader_tables import translated
from threats.dataset.categories import is_in
from threats.stats.filters import filter_choices
from threats.stats.selection import Selected
from threats.text import subjects as words
from threats.text.meetings import CELL_LABELS
from threats.text.translate import _

MAX_OF_COUNTRY = 6
# The organization that stands for the authorities of a country.
_AUTHORITIES = "gov_{}"


def country_summary(selected: Selected, country: str = "") -> list[str]:
    """Return the status of a country, and how many meetings it hosted, chaired and took part in."""
    if not country:
        return []
    row = selected.dataset["countries"].set_index("iso3").loc[country]
    region = filter_choices(selected.dataset)["region"][row["region"]]
    hosted, chaired = _hosted(selected, country), _chaired(selected, country)
    years = sorted(int(year) for year in chaired["year"].dropna().unique())
    return [
        words.host_sentence(len(hosted), max(hosted["start_date"], default="")),
        words.chaired_sentence(years, len(chaired)),
        words.took_part_sentence(_part(selected, country)["meeting_id"].nunique()),
        _(words.STATUS_SENTENCES[row["osce_status"]], year=row["year_joined"], region=region),
    ]


def _hosted(selected: Selected, country: str) -> pd.DataFrame:
    return selected.meetings[selected.meetings["country"] == country]


def _chaired(selected: Selected, country: str) -> pd.DataFrame:
    return selected.meetings[selected.meetings["chair"] == country]


def _part(selected: Selected, country: str) -> pd.DataFrame:
    """Return the rows of participation of the authorities of a country in selected meetings."""
    rows = selected.dataset["participation"]
    rows = rows[rows["organization_id"] == _AUTHORITIES.format(country.lower())]
    return rows[is_in(rows["meeting_id"], selected.meetings["meeting_id"])]


def hosted_table(selected: Selected, country: str = "") -> pd.DataFrame:
    """Return the latest meetings that a country hosted as a reader's table."""
    return _latest(selected, _hosted(selected, country)) if country else pd.DataFrame()


def chaired_table(selected: Selected, country: str = "") -> pd.DataFrame:
    """Return the latest meetings in the years that a country chaired as a reader's table."""
    return _latest(selected, _chaired(selected, country)) if country else pd.DataFrame()


def _latest(selected: Selected, meetings: pd.DataFrame) -> pd.DataFrame:
    if meetings.empty:
        return pd.DataFrame()
    return meeting_list_table(selected, sort_newest_first(meetings).head(MAX_OF_COUNTRY))


def took_part_table(selected: Selected, country: str = "") -> pd.DataFrame:
    """Return the latest meetings for which a source names authorities of a country as a reader's
    table, with their part in it."""
    rows = _part(selected, country) if country else pd.DataFrame()
    if rows.empty:
        return pd.DataFrame()
    roles = translated(CELL_LABELS["role"])
    parts = rows.groupby("meeting_id", observed=True)["role"].first()
    meetings = selected.meetings[is_in(selected.meetings["meeting_id"], rows["meeting_id"])]
    latest = sort_newest_first(meetings).head(MAX_OF_COUNTRY)
    table = meeting_list_table(selected, latest)
    table.insert(3, words.PART_COLUMN, latest["meeting_id"].map(parts).map(roles).tolist())
    return table


def region_agenda_chart(selected: Selected, country: str = "") -> Chart | None:
    """Return the threats from most to least on the agenda in the region of a country; None without
    a country or a meeting there."""
    if not country:
        return None
    region = selected.dataset.names("countries", "region")[country]
    there = selected.with_filter(region=(region,))
    if there.empty:
        return None
    return replace(
        attention_ranking_chart(there),
        name="region-agenda",
        title=words.region_agenda_title(filter_choices(selected.dataset)["region"][region]),
        notes=(_(words.REGION_AGENDA_NOTE), *attention_ranking_chart(there).notes),
    )
