"""What a reader can look at: each function takes a narrowed dataset and returns a ``Chart``.

A chart is the same on a page, in a file and in an answer of the API.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from threats import charts, measures, words
from threats.selection import Selected, in_words, meetings_in_words

ATTENTION_NOTE = (
    "Attention is not threat: it shows what meetings dealt with, not how much of it there was. "
    "Most pages could be read only in part, so late agenda items are undercounted."
)
MOST_LINES = 6


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart with all that it carries wherever it goes.

    ``name`` is its part of a file name; ``draw`` returns the figure, light or dark; ``table`` holds
    exactly the plotted figures; ``alt`` tells what it shows to who cannot see it.
    """

    name: str
    title: str
    subtitle: str
    alt: str
    draw: Callable[[bool], go.Figure]
    table: pd.DataFrame
    notes: tuple[str, ...] = ()


def labelled(selected: Selected, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of attention with ``threat`` (its name), ``words`` (the figure in words) and
    ``mark`` (what a click on it asks for)."""
    names = selected.dataset.names("threat_categories", "short_name")
    figures = zip(
        table["on_agenda"],
        table["meetings"],
        table["low"],
        table["high"],
        table["doubtful"],
        table["status"],
        strict=True,
    )
    mark = "threat:" + table["threat_id"]
    if "year" in table:
        mark += " year:" + table["year"].astype("str")
    return table.assign(
        threat=table["threat_id"].map(names),
        mark=mark,
        words=[_figure_in_words(*row) for row in figures],
    )


def _figure_in_words(
    on: int, total: int, low: float, high: float, doubtful: int, status: str
) -> str:
    if status == "not_read":
        return "meetings known, none of their agendas read"
    if status == "no_meeting":
        return "no meeting known"
    text = words.share(on, total, low, high)
    return f"{text}; {doubtful} by a doubtful code" if doubtful else text


def _ranked(selected: Selected, role: str) -> pd.DataFrame:
    """Return attention over the whole selection, most first."""
    table = labelled(selected, measures.attention(selected, None, role))
    return table.sort_values("on_agenda", ascending=False, kind="stable").reset_index(drop=True)


def _by_year(selected: Selected, role: str) -> pd.DataFrame:
    """Return attention by year, the threats most on the agenda first."""
    order = _ranked(selected, role)["threat_id"].tolist()
    table = labelled(selected, measures.attention(selected, "year", role))
    rank = table["threat_id"].map({threat: place for place, threat in enumerate(order)})
    return (
        table.assign(rank=rank)
        .sort_values(["rank", "year"])
        .drop(columns="rank")
        .reset_index(drop=True)
    )


def _subtitle(selected: Selected, what: str) -> str:
    return f"{what} · {in_words(selected)} · {meetings_in_words(selected)}"


def _measure(measure: str, role: str) -> str:
    unit = "share of meetings" if measure == "share" else "number of meetings"
    return f"{unit} ({measures.ROLES[role]})"


def _notes(selected: Selected, table: pd.DataFrame) -> tuple[str, ...]:
    """Return what a reader has to know about these figures."""
    notes = [ATTENTION_NOTE]
    if measures.PANDEMIC in set(table["threat_id"]):
        found = (selected.meetings["found_by"] == "pandemic_search").sum()
        if found:
            notes.append(
                f"Figures of the pandemic leave out {words.counted(found, 'meeting')} found "
                "only by looking for pandemic words."
            )
    doubtful = table.loc[table["doubtful"] > 0, "threat"].unique().tolist()
    if doubtful:
        notes.append(
            f"Some codes are doubtful ({words.listed(doubtful)}); see the column doubtful."
        )
    return tuple(notes)


def _figures(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return the columns of a table that a reader takes away."""
    kept = [
        "threat_id",
        "threat",
        *columns,
        "on_agenda",
        "meetings",
        "share",
        "low",
        "high",
        "doubtful",
        "status",
    ]
    return table[kept].reset_index(drop=True)


def heatmap(
    selected: Selected,
    measure: str = "share",
    role: str = "agenda",
    mark: tuple[str, int] | None = None,
) -> Chart:
    """Attention to each threat in each year."""
    table = _by_year(selected, role)
    totals = measures.meetings_by_year(selected)
    top = _ranked(selected, role).iloc[0]
    first, last = selected.years
    return Chart(
        name="attention-by-year",
        title="Attention to each threat, year by year",
        subtitle=_subtitle(selected, _measure(measure, role)),
        alt=f"Heatmap of {len(selected.threats)} threats by year, {first} to {last}. "
        f"Most on the agenda: {top['threat']}, {top['words']}.",
        draw=lambda dark: charts.attention_heatmap(
            table, totals, measure, selected.dataset.era_bounds(), mark, dark
        ),
        table=_figures(table, "year"),
        notes=_notes(selected, table),
    )


def lines(
    selected: Selected, compare: tuple[str, ...] = (), measure: str = "share", role: str = "agenda"
) -> Chart:
    """Attention to up to six threats over the years; the most on the agenda if none is chosen."""
    table = _by_year(selected, role)
    chosen = [t for t in dict.fromkeys(table["threat_id"]) if not compare or t in compare][
        :MOST_LINES
    ]
    table = table[table["threat_id"].isin(chosen)].reset_index(drop=True)
    totals = measures.meetings_by_year(selected)
    peaks = []
    for threat, rows in table[table["status"] == "counted"].groupby("threat", sort=False):
        peak = rows.loc[rows["on_agenda" if measure == "count" else "share"].idxmax()]
        if peak["on_agenda"]:
            peaks.append(f"{threat} peaks in {peak['year']} with {peak['words']}")
    return Chart(
        name="attention-compared",
        title="How attention to chosen threats moved",
        subtitle=_subtitle(selected, _measure(measure, role)),
        alt=f"Lines by year for {words.listed(list(dict.fromkeys(table['threat'])))}. "
        + (". ".join(peaks) + "." if peaks else "None of them was on the agenda."),
        draw=lambda dark: charts.attention_lines(
            table, totals, measure, selected.dataset.era_bounds(), dark
        ),
        table=_figures(table, "year"),
        notes=_notes(selected, table),
    )


def presence(selected: Selected, role: str = "agenda") -> Chart:
    """Since when each threat has been on the agenda, and until when."""
    years = _by_year(selected, role)
    table = labelled_presence(selected, role)
    ever = table.dropna(subset="first")
    never = table.loc[table["first"].isna(), "threat"].tolist()
    alt = f"Timeline of {len(table)} threats. "
    if len(ever):
        newest = ever.loc[ever["first"].idxmax()]
        alt += f"The last to come up is {newest['threat']}, in {newest['first']}. "
    alt += (
        f"Never on the agenda: {words.listed(never)}." if never else "All have been on the agenda."
    )
    return Chart(
        name="on-agenda-since",
        title="Since when each threat has been on the agenda",
        subtitle=_subtitle(selected, f"first and last year ({measures.ROLES[role]})"),
        alt=alt,
        draw=lambda dark: charts.presence_timeline(table, years, selected.years, dark),
        table=table,
        notes=(
            "The first year is the first in these data; earlier meetings may not have been found.",
            *_notes(selected, years),
        ),
    )


def labelled_presence(selected: Selected, role: str) -> pd.DataFrame:
    """Return ``measures.presence`` with names, the earliest first and what never came up last."""
    names = selected.dataset.names("threat_categories", "short_name")
    table = measures.presence(selected, role)
    table.insert(1, "threat", table["threat_id"].map(names))
    return table.sort_values(
        ["first", "meetings"], ascending=[True, False], na_position="last", kind="stable"
    ).reset_index(drop=True)


def ranking(selected: Selected, role: str = "agenda") -> Chart:
    """The threats from most to least on the agenda over the whole selection."""
    table = _ranked(selected, role)
    top, rest = table.iloc[0], table[table["on_agenda"] == 0]["threat"].tolist()
    return Chart(
        name="attention-ranked",
        title="The threats most and least on the agenda",
        subtitle=_subtitle(selected, _measure("share", role)),
        alt=f"Points with intervals for {len(table)} threats. "
        f"First is {top['threat']}: {top['words']}. "
        + (f"Never on the agenda: {words.listed(rest)}." if rest else ""),
        draw=lambda dark: charts.attention_ranking(table, dark),
        table=_figures(table),
        notes=_notes(selected, table),
    )


def meetings(selected: Selected) -> Chart:
    """How many meetings are known of each year, by series: the five largest and the rest."""
    table = measures.meetings_by_year(selected, "series")
    names = selected.dataset.names("series", "short_name")
    largest = table.groupby("series")["meetings"].sum().nlargest(charts.MOST_COLOURS - 1).index
    keep = largest if table["series"].nunique() > charts.MOST_COLOURS else table["series"].unique()
    label = table["series"].where(table["series"].isin(keep)).map(names).fillna("All other series")
    order = [*[names[series] for series in largest if series in set(keep)], "All other series"]
    order += [names[series] for series in keep if names[series] not in order]
    drawn = table.assign(label=pd.Categorical(label, list(dict.fromkeys(order))))
    drawn = drawn.groupby(["label", "year"], observed=True, as_index=False)[
        ["meetings", "known"]
    ].sum()
    inside = (
        table.assign(label=label)
        .groupby("label")["series"]
        .agg(lambda s: " ".join(sorted({f"series:{x}" for x in s})))
    )
    drawn["mark"] = (
        drawn["label"].astype("str").map(inside) + " year:" + drawn["year"].astype("str")
    )
    drawn["words"] = [words.counted(n, "meeting") for n in drawn["meetings"]]
    undated = int(selected.meetings["year"].isna().sum())
    totals = measures.meetings_by_year(selected)
    peak = totals.loc[totals["meetings"].idxmax()]
    notes = [
        "An empty year means that no meeting was found, not that none was held. Pages from after "
        "2021 are archived less often, so the fall since then may be one of sources."
    ]
    if undated:
        notes.append(f"{words.counted(undated, 'meeting').capitalize()} of unknown year left out.")
    return Chart(
        name="meetings-by-year",
        title="Meetings a year, by series",
        subtitle=_subtitle(selected, "number of meetings known of"),
        alt="Stacked bars of meetings by year. "
        f"Most are known of {peak['year']}: {peak['meetings']}.",
        draw=lambda dark: charts.meetings_by_series(drawn, selected.dataset.era_bounds(), dark),
        table=drawn.rename(columns={"label": "series"})[["series", "year", "meetings", "known"]],
        notes=tuple(notes),
    )


def behind(
    selected: Selected,
    threat_id: str | None = None,
    year: int | None = None,
    series: tuple[str, ...] = (),
    role: str = "agenda",
) -> pd.DataFrame:
    """Return what is behind a mark as a reader's table, newest first.

    For a threat one row per mention: ``Date``, ``Meeting``, ``Place``, ``Role``, ``Evidence``,
    ``Certainty`` and ``Source``; for series one row per meeting, without the middle three.
    """
    if threat_id:
        rows = measures.behind(selected, threat_id, year, role)
    else:
        rows = selected.meetings[selected.meetings["series"].isin(series)]
        rows = newest_first(rows[rows["year"] == year] if year else rows)
    table = meeting_table(selected, rows)
    if threat_id:
        for place, name in enumerate(("role", "evidence", "certainty"), start=3):
            table.insert(place, name.capitalize(), rows[name].tolist())
    return table


def newest_first(meetings: pd.DataFrame) -> pd.DataFrame:
    """Return meetings from the newest to the oldest."""
    return meetings.sort_values(["start_date", "meeting_id"], ascending=[False, True])


def meeting_table(selected: Selected, rows: pd.DataFrame) -> pd.DataFrame:
    """Return ``Date``, ``Meeting``, ``Place`` and ``Source`` of rows with a meeting's columns."""
    countries = selected.dataset.names("countries")
    cities = zip(rows["city"], rows["country"], rows["format"], strict=True)
    return pd.DataFrame(
        {
            "Date": rows["date"].tolist(),
            "Meeting": rows["title"].tolist(),
            "Place": [
                _place(city, countries.get(country, ""), form) for city, country, form in cities
            ],
            "Source": rows["source_url"].tolist(),
        }
    )


def _place(city: str, country: str, form: str) -> str:
    return ", ".join(filter(None, [city, country])) or (
        "online" if form == "online" else "not known"
    )
