"""Views of the page Responses."""

import pandas as pd

from threats.charts.heatmap import draw_attention_heatmap
from threats.charts.matrix import draw_cooccurrence_matrix
from threats.content.attention_tables import add_labels
from threats.content.count_captions import cooccurrence_caption
from threats.content.model import Chart
from threats.content.notes import chart_subtitle, pandemic_search_notes, trend_note, yearly_cautions
from threats.content.share_captions import heatmap_caption, trends_sentence
from threats.content.time_breaks import add_time_breaks
from threats.dataset.model import PANDEMIC
from threats.stats.attention import meetings_by_year
from threats.stats.cooccurrence import (
    MIN_COOCCURRENCES,
    cooccurring_threats,
    organizations_with_threats,
    responses_by_year,
    responses_with_threats,
)
from threats.stats.drilldown import click_data
from threats.stats.selection import Selected
from threats.stats.trends import cochran_armitage
from threats.text.labels import ROLE_LABELS
from threats.text.quantities import quantity

COOCCURRENCE_NOTE = (
    "Colour tells how much more often the two come together than by chance if they had nothing "
    f"to do with each other; fewer than {MIN_COOCCURRENCES} common meetings, seen and "
    "expected, are left white, as too few to tell. The number counts common meetings."
)
MAX_MATRIX_ORGANIZATIONS = 20


def _cooccurrence_chart(
    selected: Selected,
    pairs_table: pd.DataFrame,
    row_labels: dict,
    column_labels: dict,
    chart_name: str,
    title: str,
    row_kind: str,
) -> Chart:
    """Return a chart of pairs, what is most frequent first."""
    column_kind = "other" if row_kind == "threat" else "threat"
    order = [
        {key: n for n, key in enumerate(_rank_by_frequency(pairs_table, side).index)}
        for side in ("left", "right")
    ]
    searched = PANDEMIC in order[1]
    pairs_table = pairs_table.assign(
        row=pairs_table["left"].map(row_labels),
        column=pairs_table["right"].map(column_labels),
        few=pairs_table[["together", "expected"]].max(axis=1) < MIN_COOCCURRENCES,
        first=pairs_table["left"].map(order[0]),
        second=pairs_table["right"].map(order[1]),
        mark=click_data(**{row_kind: pairs_table["left"], column_kind: pairs_table["right"]}),
        words=[
            f"together in {quantity(row.together, 'meeting')}, "
            f"{row.expected:.1f} by chance\n"
            f"of {row.left_meetings} and {row.right_meetings} in {row.meetings} meetings"
            for row in pairs_table.itertuples()
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
    taken = pairs_table[kept].rename(columns={"row": "left_name", "column": "right_name"})
    return Chart(
        name=chart_name,
        title=title,
        subtitle=chart_subtitle(selected, f"meetings with both ({ROLE_LABELS[selected.role]})"),
        alt=cooccurrence_caption(pairs_table, row_kind, "threat"),
        draw=lambda theme: draw_cooccurrence_matrix(pairs_table, theme),
        table=taken.reset_index(drop=True),
        notes=(COOCCURRENCE_NOTE, *(pandemic_search_notes(selected) if searched else ())),
    )


def _rank_by_frequency(table: pd.DataFrame, side: str) -> pd.Series:
    """Return in how many meetings each of one side of pairs came, the most frequent first. Beside
    the pandemic fewer can tell, so it is the most that any of its pairs has."""
    counts = table.groupby(side)[f"{side}_meetings"].max()
    return counts.sort_values(ascending=False, kind="stable")


def responses_by_threat_chart(selected: Selected) -> Chart | None:
    """Which responses are discussed with which threats; None if none is."""
    table = responses_with_threats(selected)
    if table.empty:
        return None
    names = selected.dataset.names("threat_categories", "label")
    return _cooccurrence_chart(
        selected,
        table,
        selected.dataset.names("responses", "label"),
        names,
        "responses-by-threat",
        "Which responses are discussed with which threats",
        "response",
    )


def threat_cooccurrence_chart(selected: Selected) -> Chart | None:
    """Which threats are discussed together; None if none are."""
    table = cooccurring_threats(selected)
    if table.empty:
        return None
    names = selected.dataset.names("threat_categories", "label")
    return _cooccurrence_chart(
        selected,
        table,
        names,
        names,
        "threats-together",
        "Which threats are discussed together",
        "threat",
    )


def organizations_by_threat_chart(selected: Selected) -> Chart | None:
    """Which organizations took part in meetings on which threats: the most frequent ones."""
    table = organizations_with_threats(selected)
    if table.empty:
        return None
    shown, which = most_frequent_organizations(_rank_by_frequency(table, "left"))
    table = table[table["left"].isin(shown)]
    names = selected.dataset.names("threat_categories", "label")
    return _cooccurrence_chart(
        selected,
        table,
        selected.dataset.names("organizations"),
        names,
        "organizations-by-threat",
        f"Who takes part on what: {which}",
        "organization",
    )


def most_frequent_organizations(counts: pd.Series) -> tuple[list[str], str]:
    """Return the ids of at most ``MOST_ORGANIZATIONS`` organizations, the most frequent, from their
    number of meetings in falling order, and what they are called together."""
    shown, left = counts[:MAX_MATRIX_ORGANIZATIONS], counts[MAX_MATRIX_ORGANIZATIONS:]
    which = f"the {len(shown)} most frequent organizations"
    if left.empty:
        which = quantity(len(shown), "organization")
    elif left.iloc[0] == shown.iloc[-1]:  # then the cut is by their ids alone
        which = f"{len(shown)} of the most frequent organizations"
    return shown.index.tolist(), which


def responses_by_year_chart(selected: Selected, measure: str = "share") -> Chart:
    """Responses over the years."""
    names = selected.dataset.names("responses", "label")
    table = responses_by_year(selected)
    shown = add_labels(selected, table.rename(columns={"response_id": "threat_id"}))
    shown = shown.assign(
        threat=shown["threat_id"].map(names),
        mark=click_data(response=shown["threat_id"], year=shown["year"]),
        whole=shown.groupby("threat_id")["on_agenda"].transform("sum"),
    ).sort_values(["whole", "threat_id", "year"], ascending=[False, True, True])
    totals = meetings_by_year(selected)
    moved = trends_sentence(cochran_armitage(shown, "threat"), selected.years)
    unit = "share of meetings" if measure == "share" else "number of meetings"
    chart = Chart(
        name="responses-by-year",
        title="Responses over the years",
        subtitle=chart_subtitle(selected, f"{unit} that dealt with it"),
        alt=heatmap_caption(shown, totals, "response", "dealt with", moved),
        draw=lambda theme: draw_attention_heatmap(
            shown, totals, measure, selected.emergency, None, theme
        ),
        table=table.assign(response=table["response_id"].map(names)),
        notes=(trend_note("all responses"),),
        cautions=yearly_cautions(selected, totals),
    )
    return add_time_breaks(chart, selected)


def first_and_last_seen_table(selected: Selected) -> pd.DataFrame:
    """Return since when each response is discussed, as a reader's table: ``Response``, ``First``,
    ``Last`` and ``Meetings``; the most frequent first."""
    table = responses_by_year(selected)
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
