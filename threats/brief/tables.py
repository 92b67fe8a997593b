"""The tables of a brief by subject: each cell as a reader sees it, and its sources."""

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
from threats.brief.model import (
    BriefTable,
    SourceNumbers,
    cite_rows,
    format_citations,
    number_sources,
)
from threats.content.brief_charts import MAX_PRECEDENTS, score_label, top_precedents_table
from threats.content.indicator_sentences import format_indicator_value, indicator_row
from threats.stats.attention import attention
from threats.stats.indicators import observations
from threats.stats.precedents import PRECEDENT_WEIGHTS
from threats.stats.selection import Selected
from threats.text.quantities import share_with_interval

BRIEF_MAX_ORGANIZATIONS = 30
BRIEF_MAX_THREAT_COLUMNS = 5


def brief_threat_table(selected: Selected, numbers: SourceNumbers) -> BriefTable:
    """Return every theme with its figures here and over all regions."""
    names, rows = threat_labels(selected), []
    recent = recent_period_label(selected)
    for row in threat_figures(selected).itertuples():
        rows.append(
            {
                "Theme": names[row.threat_id],
                "Here": _format_share(row.on_agenda, row.meetings, row.low, row.high),
                "All regions": _format_share(
                    row.whole_on, row.whole_meetings, row.whole_low, row.whole_high
                ),
                "First": _format_year(row.first),
                "Last": _format_year(row.last),
                recent: _format_count(row.recent_on, row.recent_meetings),
                "Before": _format_count(row.earlier_on, row.earlier_meetings),
                "Sources": format_citations(
                    cite_rows(numbers, attention_mentions(selected, row.threat_id))
                ),
            }
        )
    return BriefTable("Meetings with each theme on the agenda", pd.DataFrame(rows))


def brief_year_tables(selected: Selected) -> tuple[BriefTable, ...]:
    """Return in how many meetings of each year each theme was on the agenda, for few themes."""
    names, chosen = threat_labels(selected), selected.threats["threat_id"]
    if len(chosen) > BRIEF_MAX_THREAT_COLUMNS or selected.meetings.empty:
        return ()
    table = attention(selected, "year")
    table = table.assign(told=[_format_year_cell(*row) for row in _count_rows(table)])
    wide = table.pivot(index="year", columns="threat_id", values="told")[chosen.tolist()]
    frame = wide.rename(columns=names).reset_index(names="Year").rename_axis(columns=None)
    title = "Meetings with the theme on the agenda, of those with a known agenda, by year"
    return (BriefTable(title, frame),)


def _count_rows(table: pd.DataFrame) -> zip:
    return zip(*(table[name].tolist() for name in ("on_agenda", "meetings", "status")), strict=True)


def _format_year_cell(on: int, total: int, status: str) -> str:
    nothing = {"not_read": "agenda not known", "no_meeting": "no meeting known"}
    return nothing.get(status, f"{on} of {total}")


def _format_share(on: int, total: int, low: float, high: float) -> str:
    return share_with_interval(on, total, low, high) if total else "no agenda known"


def _format_count(on: int, total: int) -> str:
    return f"{on} of {total}" if total else "no meeting"


def _format_year(year) -> str:
    return "never" if pd.isna(year) else str(year)


def brief_precedent_table(
    selected: Selected, numbers: SourceNumbers, limit: int = MAX_PRECEDENTS, evidence: bool = True
) -> BriefTable:
    """Return the nearest precedents with their points, and what the source says of each theme."""
    table = top_precedents_table(selected, limit)
    rows = precedent_mentions(selected)
    own = [rows[rows["meeting_id"] == meeting] for meeting in table["meeting_id"]]
    shown = table[["Points", "Date", "Meeting", "Place", "Themes"]]
    if evidence:
        shown = shown.assign(Evidence=["; ".join(dict.fromkeys(r["evidence"])) for r in own])
    shown = shown.assign(
        Sources=[format_citations(cite_rows(numbers, mentions)) for mentions in own]
    )
    return BriefTable("The nearest precedents, the nearest first", shown)


def brief_score_table(selected: Selected) -> BriefTable:
    """Return for what each of the nearest precedents got its points."""
    table = top_precedents_table(selected)
    parts = [score_label(name) for name in PRECEDENT_WEIGHTS]
    shown = table[["Date", "Meeting", *parts, "Points"]]
    return BriefTable("For what each of them got its points", shown)


def brief_missing_table(selected: Selected, numbers: SourceNumbers) -> BriefTable:
    """Return every threat that is missing here, with the meetings elsewhere that had it."""
    here = selected.all_threats
    everywhere, names, rows = here.without_regions(), threat_labels(selected), []
    for row in missing_threats(selected).itertuples():
        behind = mentions_since(everywhere, row.threat_id, row.last)
        rows.append(
            {
                "Threat": names[row.threat_id] + (" (chosen)" if row.chosen else ""),
                "Last here": _format_year(row.last),
                "Meetings elsewhere since": row.elsewhere,
                "Last elsewhere": str(row.last_elsewhere),
                "Sources": format_citations(cite_rows(numbers, behind)),
            }
        )
    return BriefTable("On agendas elsewhere, and not here", pd.DataFrame(rows))


def brief_response_table(selected: Selected, numbers: SourceNumbers) -> BriefTable:
    """Return every response that came with the themes anywhere."""
    names = selected.dataset.names("responses", "label")
    own = response_mentions(selected)
    whole = response_mentions(selected.without_regions())
    table, rows = response_counts(selected), []
    for row in table[table["whole"] > 0].itertuples():
        behind = own[own["response_id"] == row.response_id]
        if behind.empty:
            behind = whole[whole["response_id"] == row.response_id]
        rows.append(
            {
                "Response": names[row.response_id],
                "Here": _format_count(row.here, row.here_meetings),
                "All regions": _format_count(row.whole, row.whole_meetings),
                "Last here": _format_year(row.last),
                "Sources": format_citations(cite_rows(numbers, behind)),
            }
        )
    return BriefTable(
        "Meetings with these themes that dealt with each response", pd.DataFrame(rows)
    )


def brief_organization_table(selected: Selected, numbers: SourceNumbers) -> BriefTable:
    """Return the organizations that took part most, those here first."""
    names = selected.dataset.names("organizations")
    table = organization_counts(selected)
    own = participation(selected)
    whole = participation(selected.without_regions())
    rows = []
    for row in table.head(BRIEF_MAX_ORGANIZATIONS).itertuples():
        behind = (own if row.here else whole)[
            lambda t, key=row.organization_id: t["organization_id"] == key
        ]
        rows.append(
            {
                "Organization": names[row.organization_id],
                "Meetings here": row.here,
                "Meetings, all regions": row.whole,
                "Strongest part": row.role,
                "Last": "not known" if pd.isna(row.last) else str(row.last),
                "Sources": format_citations(cite_rows(numbers, behind)),
            }
        )
    left = len(table) - len(rows)
    first = f", the first {len(rows)} of {len(table)}" if left > 0 else ""
    return BriefTable(f"Who took part in meetings with these themes{first}", pd.DataFrame(rows))


def brief_indicator_table(selected: Selected, numbers: SourceNumbers) -> BriefTable:
    """Return the measured figure beside each theme with what it counts and its terms."""
    names, rows = threat_labels(selected), []
    for threat in threat_figures(selected)["threat_id"]:
        key = best_indicator(selected, threat)
        if not key:
            continue
        row, values = indicator_row(selected, key), observations(selected, key)
        last = values.iloc[-1]
        rows.append(
            {
                "Theme": names[threat],
                "Figure": f"{row['name']} ({row['unit']})",
                "Latest": f"{format_indicator_value(last['value'])} ({last['period']})",
                "Periods": f"{values.iloc[0]['period']}–{last['period']}",
                "Mind": row["caveats"],
                "Terms": row["licence"],
                "Sources": format_citations(number_sources(numbers, [(key, row["source_url"])])),
            }
        )
    return BriefTable("Measured figures", pd.DataFrame(rows))
