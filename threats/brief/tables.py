"""The tables of a brief by subject: each cell as a reader sees it, and its sources."""

import pandas as pd

from threats import measures, reality
from threats import words as said
from threats.brief import figures
from threats.brief.parts import Numbers, Table, cite, cited, number
from threats.precedents import WEIGHTS
from threats.selection import Selected, of_all_threats
from threats.views import measured
from threats.views.precedents import MOST_PRECEDENTS, nearest, points_of

MOST_ORGANIZATIONS = 30
MOST_COLUMNS = 5


def theme_table(selected: Selected, numbers: Numbers) -> Table:
    """Return every theme with its figures here and over all regions."""
    names, rows = figures.labels(selected), []
    recent = figures.recent_in_words(selected)
    for row in figures.of_themes(selected).itertuples():
        rows.append(
            {
                "Theme": names[row.threat_id],
                "Here": _share(row.on_agenda, row.meetings, row.low, row.high),
                "All regions": _share(
                    row.whole_on, row.whole_meetings, row.whole_low, row.whole_high
                ),
                "First": _year(row.first),
                "Last": _year(row.last),
                recent: _of(row.recent_on, row.recent_meetings),
                "Before": _of(row.earlier_on, row.earlier_meetings),
                "Sources": cited(cite(numbers, figures.behind(selected, row.threat_id))),
            }
        )
    return Table("Meetings with each theme on the agenda", pd.DataFrame(rows))


def year_tables(selected: Selected) -> tuple[Table, ...]:
    """Return in how many meetings of each year each theme was on the agenda, for few themes."""
    names, chosen = figures.labels(selected), selected.threats["threat_id"]
    if len(chosen) > MOST_COLUMNS or selected.meetings.empty:
        return ()
    table = measures.attention(selected, "year")
    table = table.assign(told=[_cell(*row) for row in _rows(table)])
    wide = table.pivot(index="year", columns="threat_id", values="told")[chosen.tolist()]
    frame = wide.rename(columns=names).reset_index(names="Year").rename_axis(columns=None)
    title = "Meetings with the theme on the agenda, of those with a known agenda, by year"
    return (Table(title, frame),)


def _rows(table: pd.DataFrame) -> zip:
    return zip(*(table[name].tolist() for name in ("on_agenda", "meetings", "status")), strict=True)


def _cell(on: int, total: int, status: str) -> str:
    nothing = {"not_read": "agenda not known", "no_meeting": "no meeting known"}
    return nothing.get(status, f"{on} of {total}")


def _share(on: int, total: int, low: float, high: float) -> str:
    return said.share(on, total, low, high) if total else "no agenda known"


def _of(on: int, total: int) -> str:
    return f"{on} of {total}" if total else "no meeting"


def _year(year) -> str:
    return "never" if pd.isna(year) else str(year)


def precedent_table(
    selected: Selected, numbers: Numbers, most: int = MOST_PRECEDENTS, evidence: bool = True
) -> Table:
    """Return the nearest precedents with their points, and what the source says of each theme."""
    table = nearest(selected, most)
    rows = figures.precedent_rows(selected)
    own = [rows[rows["meeting_id"] == meeting] for meeting in table["meeting_id"]]
    shown = table[["Points", "Date", "Meeting", "Place", "Themes"]]
    if evidence:
        shown = shown.assign(Evidence=["; ".join(dict.fromkeys(r["evidence"])) for r in own])
    shown = shown.assign(Sources=[cited(cite(numbers, mentions)) for mentions in own])
    return Table("The nearest precedents, the nearest first", shown)


def point_table(selected: Selected) -> Table:
    """Return for what each of the nearest precedents got its points."""
    table = nearest(selected)
    parts = [points_of(name) for name in WEIGHTS]
    shown = table[["Date", "Meeting", *parts, "Points"]]
    return Table("For what each of them got its points", shown)


def missing_table(selected: Selected, numbers: Numbers) -> Table:
    """Return every threat that is missing here, with the meetings elsewhere that had it."""
    here = of_all_threats(selected)
    everywhere, names, rows = figures.everywhere(here), figures.labels(selected), []
    for row in figures.missing(selected).itertuples():
        behind = figures.since(everywhere, row.threat_id, row.last)
        rows.append(
            {
                "Threat": names[row.threat_id] + (" (chosen)" if row.chosen else ""),
                "Last here": _year(row.last),
                "Meetings elsewhere since": row.elsewhere,
                "Last elsewhere": str(row.last_elsewhere),
                "Sources": cited(cite(numbers, behind)),
            }
        )
    return Table("On agendas elsewhere, and not here", pd.DataFrame(rows))


def response_table(selected: Selected, numbers: Numbers) -> Table:
    """Return every response that came with the themes anywhere."""
    names = selected.dataset.names("responses", "label")
    own = figures.response_mentions(selected)
    whole = figures.response_mentions(figures.everywhere(selected))
    table, rows = figures.responses(selected), []
    for row in table[table["whole"] > 0].itertuples():
        behind = own[own["response_id"] == row.response_id]
        if behind.empty:
            behind = whole[whole["response_id"] == row.response_id]
        rows.append(
            {
                "Response": names[row.response_id],
                "Here": _of(row.here, row.here_meetings),
                "All regions": _of(row.whole, row.whole_meetings),
                "Last here": _year(row.last),
                "Sources": cited(cite(numbers, behind)),
            }
        )
    return Table("Meetings with these themes that dealt with each response", pd.DataFrame(rows))


def organization_table(selected: Selected, numbers: Numbers) -> Table:
    """Return the organizations that took part most, those here first."""
    names = selected.dataset.names("organizations")
    table = figures.organizations(selected)
    own = figures.taking_part(selected)
    whole = figures.taking_part(figures.everywhere(selected))
    rows = []
    for row in table.head(MOST_ORGANIZATIONS).itertuples():
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
                "Sources": cited(cite(numbers, behind)),
            }
        )
    left = len(table) - len(rows)
    first = f", the first {len(rows)} of {len(table)}" if left > 0 else ""
    return Table(f"Who took part in meetings with these themes{first}", pd.DataFrame(rows))


def measured_table(selected: Selected, numbers: Numbers) -> Table:
    """Return the measured figure beside each theme with what it counts and its terms."""
    names, rows = figures.labels(selected), []
    for threat in figures.of_themes(selected)["threat_id"]:
        key = figures.indicator_of(selected, threat)
        if not key:
            continue
        row, values = measured.row_of(selected, key), reality.rows_of(selected, key)
        last = values.iloc[-1]
        rows.append(
            {
                "Theme": names[threat],
                "Figure": f"{row['name']} ({row['unit']})",
                "Latest": f"{measured.number(last['value'])} ({last['period']})",
                "Periods": f"{values.iloc[0]['period']}–{last['period']}",
                "Mind": row["caveats"],
                "Terms": row["licence"],
                "Sources": cited(number(numbers, [(key, row["source_url"])])),
            }
        )
    return Table("Measured figures", pd.DataFrame(rows))
