"""Views of the page Responses."""

import pandas as pd

from threats import measures, together, words
from threats.charts import grid, trends
from threats.selection import Selected
from threats.views import caption, caption_counts
from threats.views.base import Chart, cautions_by_year, labelled, search_notes, subtitle
from threats.views.breaks import on_time_axis

PAIR_NOTE = (
    "Colour tells how much more often the two come together than by chance if they had nothing "
    f"to do with each other; fewer than {together.FEW_TOGETHER} common meetings, seen and "
    "expected, are left white, as too few to tell. The number counts common meetings."
)
MOST_ORGANIZATIONS = 20


def _pair_chart(
    selected: Selected,
    table: pd.DataFrame,
    left: dict,
    right: dict,
    name: str,
    title: str,
    role: str,
    mark: str,
) -> Chart:
    """Return a chart of pairs, what is most frequent first."""
    order = [
        {key: n for n, key in enumerate(_by_frequency(table, side).index)}
        for side in ("left", "right")
    ]
    searched = measures.PANDEMIC in order[1]
    table = table.assign(
        row=table["left"].map(left),
        column=table["right"].map(right),
        few=table[["together", "expected"]].max(axis=1) < together.FEW_TOGETHER,
        first=table["left"].map(order[0]),
        second=table["right"].map(order[1]),
        mark=f"{mark}:" + table["left"] + " threat:" + table["right"],
        words=[
            f"together in {words.counted(row.together, 'meeting')}, "
            f"{row.expected:.1f} by chance\n"
            f"of {row.left_meetings} and {row.right_meetings} in {row.meetings} meetings"
            for row in table.itertuples()
        ],
    ).sort_values(["first", "second"])
    kept = [
        "left",
        "row",
        "right",
        "column",
        "together",
        "expected",
        "lift",
        "left_meetings",
        "right_meetings",
        "meetings",
    ]
    taken = table[kept].rename(columns={"row": "left_name", "column": "right_name"})
    return Chart(
        name=name,
        title=title,
        subtitle=subtitle(selected, f"meetings with both ({measures.ROLES[role]})"),
        alt=caption_counts.together(table, "threat" if mark == "with" else mark, "threat"),
        draw=lambda dark: grid.pair_grid(table, dark),
        table=taken.reset_index(drop=True),
        notes=(PAIR_NOTE, *(search_notes(selected) if searched else ())),
    )


def _by_frequency(table: pd.DataFrame, side: str) -> pd.Series:
    """Return in how many meetings each of one side of pairs came, the most frequent first. Beside
    the pandemic fewer can tell, so it is the most that any of its pairs has."""
    counts = table.groupby(side)[f"{side}_meetings"].max()
    return counts.sort_values(ascending=False, kind="stable")


def with_threats(selected: Selected, role: str = "agenda") -> Chart | None:
    """Which responses are discussed with which threats; None if none is."""
    table = together.responses_with_threats(selected, role)
    if table.empty:
        return None
    names = selected.dataset.names("threat_categories", "label")
    return _pair_chart(
        selected,
        table,
        selected.dataset.names("responses", "label"),
        names,
        "responses-by-threat",
        "Which responses are discussed with which threats",
        role,
        "response",
    )


def threats_together(selected: Selected, role: str = "agenda") -> Chart | None:
    """Which threats are discussed together; None if none are."""
    table = together.threats_together(selected, role)
    if table.empty:
        return None
    names = selected.dataset.names("threat_categories", "label")
    return _pair_chart(
        selected,
        table,
        names,
        names,
        "threats-together",
        "Which threats are discussed together",
        role,
        "with",
    )


def organizations(selected: Selected, role: str = "agenda") -> Chart | None:
    """Which organizations took part in meetings on which threats: the most frequent ones."""
    table = together.organizations_with_threats(selected, role)
    if table.empty:
        return None
    shown, which = most_frequent(_by_frequency(table, "left"))
    table = table[table["left"].isin(shown)]
    names = selected.dataset.names("threat_categories", "label")
    return _pair_chart(
        selected,
        table,
        selected.dataset.names("organizations"),
        names,
        "organizations-by-threat",
        f"Who takes part on what: {which}",
        role,
        "organization",
    )


def most_frequent(counts: pd.Series) -> tuple[list[str], str]:
    """Return the ids of at most ``MOST_ORGANIZATIONS`` organizations, the most frequent, from their
    number of meetings in falling order, and what they are called together."""
    shown, left = counts[:MOST_ORGANIZATIONS], counts[MOST_ORGANIZATIONS:]
    which = f"the {len(shown)} most frequent organizations"
    if left.empty:
        which = words.counted(len(shown), "organization")
    elif left.iloc[0] == shown.iloc[-1]:  # then the cut is by their ids alone
        which = f"{len(shown)} of the most frequent organizations"
    return shown.index.tolist(), which


def over_years(selected: Selected, measure: str = "share") -> Chart:
    """Responses over the years."""
    names = selected.dataset.names("responses", "label")
    table = together.responses_by_year(selected)
    shown = labelled(selected, table.rename(columns={"response_id": "threat_id"}))
    shown = shown.assign(
        threat=shown["threat_id"].map(names),
        mark="response:" + shown["threat_id"] + " year:" + shown["year"].astype("str"),
        whole=shown.groupby("threat_id")["on_agenda"].transform("sum"),
    ).sort_values(["whole", "threat_id", "year"], ascending=[False, True, True])
    totals = measures.meetings_by_year(selected)
    moved = caption.trends(measures.trend(shown, "threat"), selected.years)
    unit = "share of meetings" if measure == "share" else "number of meetings"
    chart = Chart(
        name="responses-by-year",
        title="Responses over the years",
        subtitle=subtitle(selected, f"{unit} that dealt with it"),
        alt=caption.by_year(shown, totals, "response", "dealt with", moved),
        draw=lambda dark: trends.attention_heatmap(
            shown, totals, measure, selected.dataset.era_bounds(), None, dark
        ),
        table=table.assign(response=table["response_id"].map(names)),
        notes=(caption.trend_note("all responses"),),
        cautions=cautions_by_year(selected, totals),
    )
    return on_time_axis(chart, selected)


def seen(selected: Selected) -> pd.DataFrame:
    """Return since when each response is discussed, as a reader's table: ``Response``, ``First``,
    ``Last`` and ``Meetings``; the most frequent first."""
    table = together.responses_by_year(selected)
    on = table[table["on_agenda"] > 0].groupby("response_id")
    names = selected.dataset.names("responses", "label")
    result = pd.DataFrame(
        {"First": on["year"].min(), "Last": on["year"].max(), "Meetings": on["on_agenda"].sum()}
    ).reindex(list(names))
    result["Meetings"] = result["Meetings"].fillna(0).astype(int)
    result = result.astype({"First": "Int64", "Last": "Int64"})
    result.insert(0, "Response", [names[key] for key in result.index])
    result = result.sort_values("Meetings", ascending=False, kind="stable").reset_index(drop=True)
    nothing = "never" if (table["status"] == "counted").any() else "not known"
    return result.astype(object).where(result.notna(), nothing)
