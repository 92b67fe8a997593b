"""The tables of a brief by subject: each cell as a reader sees it, and the sources of each row."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from threats.brief.figures import (
    attention_mentions,
    best_indicator,
    mentions_since,
    missing_threats,
    organization_counts,
    participation,
    precedent_mentions,
    recent_period_label,
    response_counts,
    response_mentions,
    threat_figures,
    threat_labels,
)
from threats.brief.model import LINK_COLUMN, BriefTable, SourceRef, row_refs
from threats.content.brief_charts import MAX_PRECEDENTS, score_label, top_precedents_table
from threats.content.indicator_sentences import format_indicator_value, indicator_row
from threats.stats.attention import attention
from threats.stats.indicators import observations
from threats.stats.precedents import PRECEDENT_WEIGHTS, rank_precedents
from threats.stats.selection import Selected
from threats.stats.trends import MIN_MEETINGS
from threats.text import brief_titles as titles
from threats.text.brief import join_limited
from threats.text.quantities import count_of, share_with_interval
from threats.text.translate import _

BRIEF_MAX_ORGANIZATIONS = 30
BRIEF_MAX_THREAT_COLUMNS = 5


def _build_table(
    title: str, rows: Iterable[tuple[dict[str, Any], Iterable[SourceRef]]]
) -> BriefTable:
    """Return a table from the cells and the sources of its rows; headers are messages."""
    cells, refs = [], []
    for row, row_sources in rows:
        cells.append(row)
        refs.append(tuple(row_sources))
    return BriefTable(title, pd.DataFrame(cells), tuple(refs))


def brief_front_table(selected: Selected, limit: int) -> BriefTable:
    """Return the most frequent threats here and over all regions, in short, for the two pages."""
    names, recent = threat_labels(selected), recent_period_label(selected)
    regions = bool(selected.selection.region)
    here = titles.HERE_HEADER if regions else titles.MEETINGS_HEADER
    columns = {
        titles.THREAT_HEADER: lambda row: names[row.threat_id],
        here: lambda row: _format_count(row.on_agenda, row.meetings),
        titles.ALL_REGIONS_HEADER: lambda row: _format_count(row.whole_on, row.whole_meetings),
        recent: lambda row: titles.count_cell(row.recent_on, row.recent_meetings),
        titles.EARLIER_HEADER: lambda row: titles.count_cell(row.earlier_on, row.earlier_meetings),
        titles.LAST_HEADER: lambda row: _format_year(row.last),
    }
    if not regions:
        del columns[titles.ALL_REGIONS_HEADER]
    rows = list(threat_figures(selected).head(limit).itertuples())
    cells = {header: [cell(row) for row in rows] for header, cell in columns.items()}
    return BriefTable(_(titles.THREAT_TABLE_TITLE), pd.DataFrame(cells))


def _format_count(count: int, total: int) -> str:
    """Return a count with its share, unless there are too few meetings for one."""
    enough = total >= MIN_MEETINGS and count
    return count_of(count, total) if enough else titles.count_cell(count, total)


def brief_threat_table(selected: Selected) -> BriefTable:
    """Return every threat with its figures here and over all regions."""
    names, recent = threat_labels(selected), recent_period_label(selected)
    rows = (
        (
            {
                titles.THREAT_HEADER: names[row.threat_id],
                titles.HERE_HEADER: _format_share(row.on_agenda, row.meetings, row.low, row.high),
                titles.ALL_REGIONS_HEADER: _format_share(
                    row.whole_on, row.whole_meetings, row.whole_low, row.whole_high
                ),
                titles.FIRST_HEADER: _format_year(row.first),
                titles.LAST_HEADER: _format_year(row.last),
                recent: titles.count_cell(row.recent_on, row.recent_meetings),
                titles.EARLIER_HEADER: titles.count_cell(row.earlier_on, row.earlier_meetings),
            },
            row_refs(attention_mentions(selected, row.threat_id)),
        )
        for row in threat_figures(selected).itertuples()
    )
    return _build_table(_(titles.THREAT_TABLE_TITLE), rows)


def brief_year_tables(selected: Selected) -> tuple[BriefTable, ...]:
    """Return in how many meetings of each year each threat was on the agenda, for few threats."""
    names, chosen = threat_labels(selected), selected.threats["threat_id"].tolist()
    if len(chosen) > BRIEF_MAX_THREAT_COLUMNS or selected.meetings.empty:
        return ()
    table = attention(selected, "year")
    columns = (table[name].tolist() for name in ("on_agenda", "meetings", "status"))
    table = table.assign(cell=list(map(titles.year_cell, *columns)))
    wide = table.pivot(index="year", columns="threat_id", values="cell")[chosen]
    frame = wide.rename(columns=names).reset_index(names=titles.YEAR_HEADER)
    return (BriefTable(_(titles.YEAR_TABLE_TITLE), frame.rename_axis(columns=None)),)


def _format_share(count: int, total: int, low: float, high: float) -> str:
    return share_with_interval(count, total, low, high) if total else _(titles.NO_AGENDA_CELL)


def _format_year(year: Any, missing: str = titles.NEVER_CELL) -> str:
    return _(missing) if pd.isna(year) else str(year)


def brief_precedent_table(
    selected: Selected, limit: int = MAX_PRECEDENTS, evidence: bool = True
) -> BriefTable:
    """Return the most similar meetings, and with ``evidence`` their points and what the source says
    of each threat."""
    table, mentions = top_precedents_table(selected, limit), precedent_mentions(selected)
    own = [mentions[mentions["meeting_id"] == meeting] for meeting in table["meeting_id"]]
    refs = tuple(map(row_refs, own))
    links = tuple(pages[0][1] for pages in refs)
    title = _(titles.PRECEDENT_TABLE_TITLE)
    if not evidence:
        labels, ranked = threat_labels(selected), rank_precedents(selected)
        shared = [join_limited([labels[t] for t in ids], 3) for ids in ranked["shared"][:limit]]
        shown = table[["Date", LINK_COLUMN, "Place"]].assign(Threats=shared)
        return BriefTable(title, shown, links=links)
    texts = ["; ".join(dict.fromkeys(rows["evidence"])) for rows in own]
    shown = table[["Points", "Date", LINK_COLUMN, "Place", "Threats"]]
    return BriefTable(title, shown.assign(**{titles.EVIDENCE_HEADER: texts}), refs, links)


def brief_score_table(selected: Selected) -> BriefTable:
    """Return for what each of the most similar meetings got its points."""
    parts = [score_label(name) for name in PRECEDENT_WEIGHTS]
    shown = top_precedents_table(selected)[["Date", "Meeting", *parts, "Points"]]
    return BriefTable(_(titles.SCORE_TABLE_TITLE), shown)


def brief_missing_table(selected: Selected) -> BriefTable:
    """Return every threat that is missing here, those chosen first, with the meetings elsewhere
    that had it."""
    everywhere, names = selected.all_threats.without_regions(), threat_labels(selected)
    missing = missing_threats(selected).sort_values("chosen", ascending=False, kind="stable")
    rows = (
        (
            {
                titles.THREAT_HEADER: titles.chosen_threat_cell(names[row.threat_id])
                if row.chosen
                else names[row.threat_id],
                titles.LAST_HERE_HEADER: _format_year(row.last),
                titles.ELSEWHERE_SINCE_HEADER: row.elsewhere,
                titles.LAST_ELSEWHERE_HEADER: str(row.last_elsewhere),
            },
            row_refs(mentions_since(everywhere, row.threat_id, row.last)),
        )
        for row in missing.itertuples()
    )
    return _build_table(_(titles.MISSING_TABLE_TITLE), rows)


def brief_response_table(selected: Selected) -> BriefTable:
    """Return every response that was discussed with the threats in any region."""
    names, table = selected.dataset.names("responses", "label"), response_counts(selected)
    here = response_mentions(selected)
    everywhere = response_mentions(selected.without_regions())
    rows = (
        (
            {
                titles.RESPONSE_HEADER: names[row.response_id],
                titles.HERE_HEADER: titles.count_cell(row.here, row.here_meetings),
                titles.ALL_REGIONS_HEADER: titles.count_cell(row.whole, row.whole_meetings),
                titles.LAST_HERE_HEADER: _format_year(row.last),
            },
            _matching_refs("response_id", row.response_id, here, everywhere),
        )
        for row in table[table["whole"] > 0].itertuples()
    )
    return _build_table(_(titles.RESPONSE_TABLE_TITLE), rows)


def brief_organization_table(selected: Selected) -> BriefTable:
    """Return the organizations that took part most, those here first."""
    names, table = selected.dataset.names("organizations"), organization_counts(selected)
    here, everywhere = participation(selected), participation(selected.without_regions())
    shown = table.head(BRIEF_MAX_ORGANIZATIONS)
    rows = (
        (
            {
                titles.ORGANIZATION_HEADER: names[row.organization_id],
                titles.MEETINGS_HERE_HEADER: row.here,
                titles.MEETINGS_ALL_HEADER: row.whole,
                titles.ROLE_HEADER: row.role,
                titles.LAST_HEADER: _format_year(row.last, titles.NO_DATE_CELL),
            },
            _matching_refs("organization_id", row.organization_id, here, everywhere),
        )
        for row in shown.itertuples()
    )
    return _build_table(titles.organization_table_title(len(shown), len(table)), rows)


def _matching_refs(
    column: str, key: str, here: pd.DataFrame, everywhere: pd.DataFrame
) -> tuple[SourceRef, ...]:
    """Return the sources of the rows with a key: those here, else those of all regions."""
    rows = here[here[column] == key]
    return row_refs(rows if len(rows) else everywhere[everywhere[column] == key])


def brief_indicator_table(selected: Selected) -> BriefTable:
    """Return the statistic related to each threat with what it counts and its licence."""
    names = threat_labels(selected)
    threats = threat_figures(selected)["threat_id"].tolist()
    found = [(threat, key) for threat in threats if (key := best_indicator(selected, threat))]
    return _build_table(
        _(titles.STATISTICS_TABLE_TITLE),
        (_indicator_cells(selected, names[threat], key) for threat, key in found),
    )


def _indicator_cells(
    selected: Selected, threat: str, key: str
) -> tuple[dict[str, str], list[SourceRef]]:
    row, values = indicator_row(selected, key), observations(selected, key)
    first, last = values.iloc[0], values.iloc[-1]
    cells = {
        titles.THREAT_HEADER: threat,
        titles.STATISTIC_HEADER: f"{row['name']} ({row['unit']})",
        titles.LATEST_HEADER: f"{format_indicator_value(last['value'])} ({last['period']})",
        titles.PERIODS_HEADER: f"{first['period']}–{last['period']}",
        titles.CAVEATS_HEADER: row["caveats"],
        titles.LICENCE_HEADER: row["licence"],
    }
    return cells, [(key, row["source_url"])]
