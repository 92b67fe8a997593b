"""Views of the page Overview."""

import pandas as pd

from threats import measures, words
from threats.charts import overview as charts
from threats.charts.look import MOST_COLOURS
from threats.selection import Selected
from threats.views import caption, caption_counts
from threats.views.base import (
    Chart,
    cautions,
    figures,
    measure_in_words,
    notes_on,
    ranked,
    subtitle,
)
from threats.views.breaks import on_time_axis


def ranking(selected: Selected, role: str = "agenda") -> Chart:
    """The threats from most to least on the agenda over the whole selection."""
    table = ranked(selected, role)
    return Chart(
        name="attention-ranked",
        title="The threats most and least on the agenda",
        subtitle=subtitle(selected, measure_in_words("share", role)),
        alt=caption.ranking(table, role),
        draw=lambda dark: charts.attention_ranking(table, dark),
        table=figures(table),
        notes=notes_on(selected, table),
    )


def meetings(selected: Selected) -> Chart:
    """How many meetings are known of each year, by series: the five largest and the rest."""
    table = measures.meetings_by_year(selected, "series")
    names = selected.dataset.names("series", "short_name")
    largest = table.groupby("series")["meetings"].sum().nlargest(MOST_COLOURS - 1).index
    keep = largest if table["series"].nunique() > MOST_COLOURS else table["series"].unique()
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
    parts = drawn.groupby("label", observed=True)["meetings"].sum()
    notes = ["An empty year means that no meeting was found, not that none was held."]
    if undated:
        notes.append(f"{words.counted(undated, 'meeting').capitalize()} of unknown year left out.")
    chart = Chart(
        name="meetings-by-year",
        title="Meetings a year, by series",
        subtitle=subtitle(selected, "number of meetings known of"),
        alt=caption_counts.stacked(measures.meetings_by_year(selected), "series", parts.items()),
        draw=lambda dark: charts.meetings_by_series(drawn, selected.dataset.era_bounds(), dark),
        table=drawn.rename(columns={"label": "series"})[["series", "year", "meetings", "known"]],
        notes=tuple(notes),
        cautions=cautions(selected, agendas=False),
    )
    return on_time_axis(chart, selected)
