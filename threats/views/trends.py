"""Views of the page Trends."""

import pandas as pd

from threats import measures
from threats.charts import trends as charts
from threats.selection import Selected, chosen_in_words
from threats.views import caption
from threats.views.base import (
    Chart,
    by_year,
    cautions_by_year,
    figures,
    measure_in_words,
    notes_on,
    subtitle,
    trends,
)
from threats.views.breaks import on_time_axis

MOST_LINES = 6
STRIP_NOTE = (
    "The strip counts the meetings of each year; a hollow bar is a year with fewer than "
    f"{measures.FEWEST}, too few for a share to tell."
)


def heatmap(
    selected: Selected,
    measure: str = "share",
    role: str = "agenda",
    mark: tuple[str, int] | None = None,
) -> Chart:
    """Attention to each threat in each year."""
    table = by_year(selected, role)
    totals = measures.meetings_by_year(selected)
    moved = caption.trends(trends(selected, role), selected.years, of=chosen_in_words(selected))
    chart = Chart(
        name="attention-by-year",
        title="Attention to each threat, year by year",
        subtitle=subtitle(selected, measure_in_words(measure, role)),
        alt=caption.by_year(table, totals, "threat", caption.ON[role], moved),
        draw=lambda dark: charts.attention_heatmap(
            table, totals, measure, selected.dataset.era_bounds(), mark, dark
        ),
        table=figures(table, "year"),
        notes=(STRIP_NOTE, caption.trend_note(), *notes_on(selected, table)),
        cautions=cautions_by_year(selected, totals),
    )
    return on_time_axis(chart, selected)


def lines(
    selected: Selected, compare: tuple[str, ...] = (), measure: str = "share", role: str = "agenda"
) -> Chart:
    """Attention to up to six threats over the years; the most on the agenda if none is chosen."""
    table, found = by_year(selected, role), trends(selected, role)
    shown = [t for t in dict.fromkeys(table["threat_id"]) if not compare or t in compare][
        :MOST_LINES
    ]
    table = table[table["threat_id"].isin(shown)].reset_index(drop=True)
    found = found.set_index("threat_id").loc[shown]
    totals = measures.meetings_by_year(selected)
    of = "these threats" if len(shown) > 1 else chosen_in_words(selected)
    moved = caption.trends(found, selected.years, MOST_LINES, of)
    chart = Chart(
        name="attention-compared",
        title="How attention to chosen threats moved",
        subtitle=subtitle(selected, measure_in_words(measure, role)),
        alt=caption.lines(table, totals, caption.ON[role], measure, moved),
        draw=lambda dark: charts.attention_lines(
            table, totals, measure, selected.dataset.era_bounds(), dark
        ),
        table=figures(table, "year"),
        notes=(STRIP_NOTE, caption.trend_note(), *notes_on(selected, table)),
        cautions=cautions_by_year(selected, totals),
    )
    return on_time_axis(chart, selected)


def presence(selected: Selected, role: str = "agenda") -> Chart:
    """Since when each threat has been on the agenda, and until when."""
    years = by_year(selected, role)
    table = labelled_presence(selected, role)
    looked = set(years.loc[years["status"] == "counted", "threat"])
    chart = Chart(
        name="on-agenda-since",
        title="Since when each threat has been on the agenda",
        subtitle=subtitle(selected, f"first and last year ({measures.ROLES[role]})"),
        alt=caption.presence(table, looked, role),
        draw=lambda dark: charts.presence_timeline(table, years, selected.years, dark),
        table=table,
        notes=(
            "The first year is the first among these meetings; earlier ones may not have been "
            "found, or not chosen here. A year without a dot is one of which no agenda is known.",
            *notes_on(selected, years),
        ),
    )
    return on_time_axis(chart, selected)


def labelled_presence(selected: Selected, role: str) -> pd.DataFrame:
    """Return ``measures.presence`` with names, the earliest first and what never came up last."""
    names = selected.dataset.names("threat_categories", "label")
    table = measures.presence(selected, role)
    table.insert(1, "threat", table["threat_id"].map(names))
    return table.sort_values(
        ["first", "meetings"], ascending=[True, False], na_position="last", kind="stable"
    ).reset_index(drop=True)
