"""Views of the page COVID-19; each takes a selection whose eras are set (``shifts.with_eras``)."""

import datetime as dt
from math import isnan

import pandas as pd

from threats import measures, shifts, words
from threats.charts import covid as charts
from threats.charts.look import MOST_COLOURS
from threats.dataset import ERAS, date_in_words
from threats.selection import Selected, chosen_in_words, options
from threats.views import caption, caption_counts
from threats.views.base import (
    Chart,
    cautions,
    figures,
    labelled,
    measure_in_words,
    notes_on,
    subtitle,
    unread_notes,
)
from threats.views.behind import Mark, meeting_table
from threats.views.breaks import on_time_axis

Emergency = tuple[dt.date, dt.date]
METHOD = (
    "A later point is filled where its change from before holds: Fisher's exact test, adjusted "
    "over all threats, whichever are chosen, and both later eras after Benjamini and Hochberg "
    "(1995), under 5 %. "
    "Intervals of shares after Wilson (1927), of differences after Newcombe (1998)."
)
WITHIN_METHOD = (
    "Pooled over series after Mantel and Haenszel (1959), tested after Cochran (1954), adjusted "
    "over all threats, whichever are chosen, and both later eras after Benjamini and Hochberg "
    "(1995). Series with meetings in one of the two eras alone say nothing here."
)


def shift(
    selected: Selected,
    emergency: Emergency,
    later: str = "after",
    role: str = "agenda",
    pandemic_search: bool = False,
) -> Chart:
    """Attention to each threat before, during and after the emergency."""
    changes = shift_table(selected, role, pandemic_search)
    table = labelled(selected, shifts.attention_by_era(selected, role, pandemic_search))
    own = changes.set_index(["threat_id", "era"])
    keys = pd.MultiIndex.from_frame(table[["threat_id", "era"]])
    for name in ("difference", "difference_low", "difference_high", "p_adjusted", "holds"):
        table[name] = own[name].reindex(keys).to_numpy()
    table["filled"] = (table["era"] == "before") | (table["holds"] == True)  # noqa: E712
    change = own.xs(later, level="era")["difference"]
    order = change.sort_values(ascending=False, na_position="last", kind="stable").index.tolist()
    table["rank"] = table["threat_id"].map({threat: n for n, threat in enumerate(order)})
    table = table.sort_values(["rank", "era"], key=_era_order).reset_index(drop=True)
    held = [_change_in_words(row) for row in changes[changes["holds"]].itertuples()]
    counts = shifts.era_counts(selected)
    notes = [METHOD, *notes_on(selected, table, pandemic_search)]
    if counts[""]:
        notes.append(straddling(counts[""]))
    few = [
        f"{words.counted(counts[era], 'meeting').capitalize()} {era} the emergency"
        + (": too few to tell" if counts[era] else "")
        for era in ERAS
        if counts[era] < measures.FEWEST <= sum(counts[era] for era in ERAS)
    ]
    extra = ["difference", "difference_low", "difference_high", "p_adjusted", "holds"]
    return Chart(
        name="shift-by-era",
        title="Attention before, during and after the emergency",
        subtitle=_subtitle(selected, measure_in_words("share", role), emergency),
        alt=caption.changes(_named_eras(counts), held, len(order), chosen_in_words(selected)),
        draw=lambda dark: charts.shift_chart(table, dark),
        table=figures(table, "era").join(table[extra]),
        notes=tuple(notes),
        cautions=(*cautions(selected), *few),
    )


def _subtitle(selected: Selected, what: str, emergency: Emergency) -> str:
    days = date_in_words(*(day.isoformat() for day in emergency))
    return subtitle(selected, f"{what}, emergency {days}")


def _named_eras(counts: dict[str, int]) -> dict[str, int]:
    return {shifts.ERA_NAMES[era]: counts[era] for era in ERAS}


def _era_order(column: pd.Series) -> pd.Series:
    return column.map({era: n for n, era in enumerate(ERAS)}) if column.name == "era" else column


def shift_table(selected: Selected, role: str, pandemic_search: bool) -> pd.DataFrame:
    """Return ``shifts.shifts`` with names, the difference's interval as ``difference_low`` and
    ``difference_high``."""
    names = selected.dataset.names("threat_categories", "label")
    table = shifts.shifts(selected, role, pandemic_search)
    table = table.rename(columns={"low": "difference_low", "high": "difference_high"})
    return table.assign(threat=table["threat_id"].map(names))


def _change_in_words(row) -> str:
    change = f"{words.points(row.difference)} {row.era} the emergency"
    return f"{row.threat} {change}"


def straddling(number: int) -> str:
    """Return the note on meetings whose date could be in two eras."""
    verb = "belongs" if number == 1 else "belong"
    return (
        f"{words.counted(number, 'meeting').capitalize()} known only by year or month, across a "
        f"boundary, {verb} to no era."
    )


def within(
    selected: Selected,
    emergency: Emergency,
    later: str = "after",
    role: str = "agenda",
    pandemic_search: bool = False,
) -> Chart:
    """The change within series of meetings, like with like."""
    table = within_table(selected, role, pandemic_search)
    table = table[table["era"] == later]
    missing = table.loc[table["odds_ratio"].isna(), "threat"].tolist()
    shown = table[table["odds_ratio"].notna()].sort_values("odds_ratio", ascending=False)
    shown = shown.reset_index(drop=True)
    # A ratio of 0 or without end has no place on a logarithmic axis; it stays in the table.
    drawn = shown[(shown["odds_ratio"] > 0) & shown["high"].notna()]
    edge = shown.loc[~shown.index.isin(drawn.index), "threat"].tolist()
    notes = [WITHIN_METHOD]
    if edge:
        notes.append(
            f"On the agenda in one of the two eras alone, so not drawn: {words.listed(edge)}."
        )
    if missing:
        notes.append(f"Nothing to compare within series: {words.listed(missing)}.")
    return Chart(
        name="shift-within-series",
        title=f"Like with like: the change within series, {later} the emergency against before",
        subtitle=_subtitle(selected, f"odds ratio ({measures.ROLES[role]})", emergency),
        alt=caption.within(shown, later, chosen_in_words(selected)),
        draw=lambda dark: charts.within_chart(drawn.reset_index(drop=True), dark),
        table=shown.drop(columns=["mark", "words"]),
        notes=tuple(notes),
    )


def within_table(selected: Selected, role: str, pandemic_search: bool) -> pd.DataFrame:
    """Return ``shifts.within_series`` with names, words and marks."""
    names = selected.dataset.names("threat_categories", "label")
    table = shifts.within_series(selected, role, pandemic_search)
    text = [
        f"odds {row.odds_ratio:.2g} times those before, "
        f"95 % interval {row.low:.2g}–{row.high:.2g}, "
        f"in {words.counted(row.series, 'series').removesuffix('s')}; "
        + ("too few to tell" if isnan(row.p) else "holds" if row.holds else "does not hold")
        for row in table.itertuples()
    ]
    return table.assign(
        threat=table["threat_id"].map(names),
        words=text,
        mark="threat:" + table["threat_id"] + " era:" + table["era"],
    )


def make_up(selected: Selected, emergency: Emergency, by: str = "series") -> Chart:
    """What meetings each era is made of, by series or by region."""
    table = shifts.make_up(selected, by)
    names = options(selected.dataset)["series" if by == "series" else "region"]
    names = names | {"several": "Several regions"}
    largest = table.groupby(by)["meetings"].sum().nlargest(MOST_COLOURS).index.tolist()
    if table[by].nunique() > MOST_COLOURS:
        largest = largest[:-1]
    label = table[by].where(table[by].isin(largest)).map(names).fillna("All others")
    order = [*(names[key] for key in largest), "All others"]
    drawn = table.assign(label=pd.Categorical(label, order))
    inside = drawn.groupby("label", observed=True)[by].agg(lambda ids: " ".join(sorted(set(ids))))
    drawn = drawn.groupby(["label", "era"], observed=True, as_index=False).agg(
        meetings=("meetings", "sum"), whole=("whole", "first")
    )
    drawn["share"] = drawn["meetings"] / drawn["whole"].where(drawn["whole"] > 0)
    drawn["words"] = [
        f"{n} of {words.counted(whole, 'meeting')}"
        for n, whole in zip(drawn["meetings"], drawn["whole"], strict=True)
    ]
    marks = inside.map(lambda ids: " ".join(f"series:{key}" for key in ids.split()))
    drawn["mark"] = "era:" + drawn["era"]
    if by == "series":
        drawn["mark"] += " " + drawn["label"].astype("str").map(marks)
    counts = shifts.era_counts(selected)
    return Chart(
        name="make-up-of-eras",
        title=f"What meetings each era is made of, by {'series' if by == 'series' else 'region'}",
        subtitle=_subtitle(selected, "share of the era's meetings with a known agenda", emergency),
        alt=caption_counts.make_up(drawn, shifts.ERA_NAMES),
        draw=lambda dark: charts.make_up_chart(drawn, dark),
        table=drawn[["era", "label", "meetings", "whole", "share"]].rename(columns={"label": by}),
        notes=(straddling(counts[""]),) if counts[""] else (),
    )


def links(selected: Selected) -> Chart | None:
    """The crimes and threats that sources tied to the pandemic, by year; None if there are none."""
    names = selected.dataset.names("threat_categories", "label")
    table = shifts.links_by_year(shifts.linked(selected))
    if table.empty:
        return None
    whole = table.groupby("threat_id")["meetings"].transform("sum")
    table = table.assign(
        threat=table["threat_id"].map(names),
        mark="threat:" + table["threat_id"] + " year:" + table["year"].astype("str") + "",
        words=[
            f"{words.counted(n, 'meeting')}: {charts.LINK_NAMES[link]}"
            for n, link in zip(table["meetings"], table["pandemic_link"], strict=True)
        ],
        whole=whole,
    ).sort_values(["whole", "threat_id", "year"], ascending=[False, True, True], ignore_index=True)
    return Chart(
        name="tied-to-the-pandemic",
        title="Threats that sources tied to the pandemic",
        subtitle=subtitle(selected, "number of meetings, any mention"),
        alt=caption_counts.ties(table, charts.LINK_NAMES),
        draw=lambda dark: charts.links_chart(table, dark),
        table=table[["threat_id", "threat", "year", "pandemic_link", "meetings"]],
        notes=(
            "A tie is coded where the page itself makes it, in passing mentions too; meetings "
            "found by pandemic words are in here, as this tells what was said and not how often.",
        ),
    )


def formats(selected: Selected, emergency: Emergency) -> Chart | None:
    """How meetings were held, by year; None if no meeting with a year was read."""
    table, read = shifts.formats(selected), measures.read(selected)
    if table.empty:
        return None
    year = table["year"].astype("str")
    table = table.assign(
        words=[words.counted(n, "meeting") for n in table["meetings"]], mark="year:" + year
    )
    chart = Chart(
        name="form-of-meeting",
        title="In person, online or both",
        subtitle=subtitle(read, "number of meetings"),
        alt=caption_counts.forms(table),
        draw=lambda dark: charts.formats_chart(table, emergency, dark),
        table=table[["year", "format", "meetings"]],
        notes=(
            "From 2022 on the form is often taken from a named place, as pages tell it less.",
            *unread_notes(selected),
        ),
        cautions=cautions(read, agendas=False),
    )
    return on_time_axis(chart, selected)


def participants(selected: Selected, emergency: Emergency) -> Chart | None:
    """How many people took part, where it is known; None if it is known of no meeting."""
    table = shifts.participants(selected)
    if table.empty:
        return None
    table = table.assign(
        median=table.groupby("year")["participants"].transform("median").astype(float),
        mark="year:" + table["year"].astype("str"),
        words=[
            f"{row.date}: {row.participants_qualifier} {row.participants}"
            for row in table.itertuples()
        ],
    )
    read = measures.read(selected)
    of = words.counted(len(read.meetings), "meeting")
    chart = Chart(
        name="participants-by-year",
        title="Participants, where known",
        subtitle=subtitle(read, "people, as the source gives them"),
        alt=caption_counts.points(table["participants"], len(read.meetings), "participants"),
        draw=lambda dark: charts.participants_chart(table, emergency, selected.years, dark),
        table=table.drop(columns=["mark", "words"]),
        notes=("Online meetings count those who joined.", *unread_notes(selected)),
        cautions=(
            f"Known of {len(table)} of {of}"
            + (": too few to tell" if len(table) < measures.FEWEST else ""),
        ),
    )
    return on_time_axis(chart, selected)


def search_effect(selected: Selected, role: str = "agenda") -> pd.DataFrame:
    """Return attention to the pandemic by era without and with the meetings found only by
    pandemic words, as a reader's table: ``Era``, ``Left out``, ``Put back``; without rows where the
    pandemic is not among the threats chosen."""
    if measures.PANDEMIC not in set(selected.threats["threat_id"]):
        return pd.DataFrame()
    columns = {}
    for name, put_back in (("Left out", False), ("Put back", True)):
        table = labelled(selected, shifts.attention_by_era(selected, role, put_back))
        table = table[table["threat_id"] == measures.PANDEMIC].set_index("era")
        columns[name] = [table.loc[era, "words"] if era in table.index else "" for era in ERAS]
    return pd.DataFrame({"Era": [shifts.ERA_NAMES[era] for era in ERAS], **columns})


def tied(selected: Selected, mark: Mark | None = None) -> pd.DataFrame:
    """Return the mentions tied to the pandemic, of the threat and year of the mark if it has them,
    as a reader's table: ``Threat``, ``Date``, ``Meeting``, ``Tie``, ``Evidence`` and ``Source``."""
    rows = shifts.linked(selected)
    mark = mark or Mark()
    if mark.threat:
        rows = rows[rows["threat_id"] == mark.threat]
    if mark.year:
        rows = rows[rows["year"] == mark.year]
    table = meeting_table(selected, rows).drop(columns="Place")
    names = selected.dataset.names("threat_categories", "label")
    table.insert(0, "Threat", rows["threat_id"].map(names).tolist())
    table.insert(3, "Tie", rows["pandemic_link"].map(charts.LINK_NAMES).tolist())
    table.insert(4, "Evidence", rows["evidence"].tolist())
    return table


def reported(selected: Selected) -> pd.DataFrame:
    """Return what other bodies reported of each threat tied to the pandemic, as a reader's table:
    ``Threat``, ``Reported during the pandemic`` and ``Source``."""
    tied = shifts.linked(selected)["threat_id"]
    threats = selected.threats[selected.threats["threat_id"].isin(tied)]
    threats = threats[threats["covid_relevance"] != ""]
    return pd.DataFrame(
        {
            "Threat": threats["label"].tolist(),
            "Reported during the pandemic": threats["covid_relevance"].tolist(),
            "Source": threats["covid_source_url"].tolist(),
        }
    )
