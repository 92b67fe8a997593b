"""Content of the page Responses."""

import pandas as pd
import plotly.graph_objects as go

from threats.charts.dot_plot import draw_ranked_pairs
from threats.charts.heatmap import draw_attention_heatmap
from threats.charts.matrix import draw_cooccurrence_matrix
from threats.charts.theme import Theme
from threats.content.attention_tables import add_fixed_mix, add_labels
from threats.content.count_captions import cooccurrence_caption
from threats.content.model import Chart
from threats.content.notes import (
    chart_cautions,
    chart_subtitle,
    pandemic_search_notes,
    trend_notes,
    yearly_cautions,
)
from threats.content.reader_tables import cut_kind, reader_table, rows_of
from threats.content.share_captions import heatmap_caption, trends_sentence
from threats.content.time_breaks import add_time_breaks
from threats.dataset.model import PANDEMIC
from threats.stats.attention import attention, meetings_by_year
from threats.stats.cooccurrence import (
    MIN_COOCCURRENCES,
    TEST_COLUMNS,
    cooccurring_threats,
    organizations_with_threats,
    responses_with_threats,
)
from threats.stats.drilldown import click_data
from threats.stats.selection import Selected
from threats.stats.trends import cochran_armitage
from threats.text import attention as attention_text
from threats.text import responses as responses_text
from threats.text.labels import ROLE_LABELS
from threats.text.translate import _

MAX_MATRIX_ORGANIZATIONS, MAX_RANKED_PAIRS = 20, 15


def _cooccurrence_chart(
    selected: Selected, pairs: pd.DataFrame, kind: str, name: str, title: str
) -> Chart | None:
    """Return a chart of pairs of a ``kind`` of things with threats, the most frequent first; None
    if there is no pair."""
    if pairs.empty:
        return None
    table = _labelled_pairs(selected, pairs, kind)
    kept = ["left", "row", "right", "column", "together", "expected", "lift"]
    figures = table[[*kept, "left_meetings", "right_meetings", "meetings", *TEST_COLUMNS]]

    def draw(theme: Theme) -> go.Figure:
        # With threats on both sides half of a matrix would repeat the other half.
        ranked = kind == "threat"
        return (
            draw_ranked_pairs(_ranked_pairs(table), theme)
            if ranked
            else draw_cooccurrence_matrix(table, theme)
        )

    return Chart(
        name=name,
        title=title,
        subtitle=chart_subtitle(
            selected, responses_text.common_meetings_measure(_(ROLE_LABELS[selected.role]))
        ),
        alt=cooccurrence_caption(table, kind),
        draw=draw,
        table=figures.rename(columns={"row": "left_name", "column": "right_name"}).reset_index(
            drop=True
        ),
        notes=(
            _(responses_text.PAIR_TEST_NOTE),
            *(() if kind == "threat" else (responses_text.cooccurrence_note(MIN_COOCCURRENCES),)),
            *(pandemic_search_notes(selected) if PANDEMIC in set(table["right"]) else ()),
        ),
        cautions=chart_cautions(selected),
    )


def _labelled_pairs(selected: Selected, pairs: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return pairs with labels, click data and places on both axes, the most frequent first."""
    dataset = selected.dataset
    threats = dataset.names("threat_categories", "label")
    names = {
        "threat": threats,
        "response": dataset.names("responses", "label"),
        "organization": dataset.names("organizations"),
    }
    first, second = (
        pairs[side].map(list(_rank_by_frequency(pairs, side).index).index)
        for side in ("left", "right")
    )
    column_kind = "other" if kind == "threat" else "threat"
    return pairs.assign(
        row=pairs["left"].map(names[kind]),
        column=pairs["right"].map(threats),
        few=pairs[["together", "expected"]].max(axis=1) < MIN_COOCCURRENCES,
        first=first,
        second=second,
        mark=click_data(**{kind: pairs["left"], column_kind: pairs["right"]}),
        words=[
            responses_text.tested_pair_label(
                responses_text.common_meetings_label(
                    row.together, row.expected, row.left_meetings, row.right_meetings, row.meetings
                ),
                *(row.odds_ratio, row.low, row.high),
                bool(row.holds),
            )
            for row in rows_of(pairs)
        ],
    ).sort_values(["first", "second"])


def _rank_by_frequency(pairs: pd.DataFrame, side: str) -> pd.Series:
    """Return the number of meetings of each item on one side, the most frequent first: the maximum
    of its pairs, because fewer meetings count for a pair with the pandemic."""
    counts = pairs.groupby(side)[f"{side}_meetings"].max()
    return counts.sort_values(ascending=False, kind="stable")


def responses_by_threat_chart(selected: Selected) -> Chart | None:
    """Return which responses are discussed with which threats; None if none is."""
    pairs, title = responses_with_threats(selected), responses_text.RESPONSES_BY_THREAT_TITLE
    return _cooccurrence_chart(selected, pairs, "response", "responses-by-threat", _(title))


def threat_cooccurrence_chart(selected: Selected) -> Chart | None:
    """Return which threats are discussed together, the strongest pairs first; None if none are."""
    pairs, title = cooccurring_threats(selected), responses_text.THREATS_TOGETHER_TITLE
    return _cooccurrence_chart(selected, pairs, "threat", "threats-together", _(title))


def _ranked_pairs(table: pd.DataFrame) -> pd.DataFrame:
    """Return each frequent pair once, significant ones first and then by lift."""
    pairs = table[~table["few"] & (table["lift"] > 1)]
    pairs = pairs[~pairs[["left", "right"]].apply(frozenset, axis=1).duplicated()]
    names = [responses_text.pair_label(row.row, row.column) for row in rows_of(pairs)]
    pairs = pairs.assign(pair=names)
    pairs = pairs.sort_values(["holds", "lift"], ascending=False, kind="stable")
    return pairs.head(MAX_RANKED_PAIRS).reset_index(drop=True)


def organizations_by_threat_chart(selected: Selected) -> Chart | None:
    """Return which organizations took part in meetings on which threats: the most frequent ones."""
    pairs = organizations_with_threats(selected)
    shown, title = most_frequent_organizations(_rank_by_frequency(pairs, "left"))
    pairs = pairs[pairs["left"].isin(shown)]
    return _cooccurrence_chart(selected, pairs, "organization", "organizations-by-threat", title)


def most_frequent_organizations(counts: pd.Series) -> tuple[list[str], str]:
    """Return the ids of at most ``MAX_MATRIX_ORGANIZATIONS`` organizations from their number of
    meetings in falling order, and the title of their chart."""
    shown = counts.index[:MAX_MATRIX_ORGANIZATIONS].tolist()
    cut = cut_kind(counts.to_frame(), MAX_MATRIX_ORGANIZATIONS)
    return shown, responses_text.organizations_title(len(shown), cut)


def responses_by_year_chart(selected: Selected, measure: str = "mix") -> Chart:
    """Return how often each response was discussed by year."""
    names = selected.dataset.names("responses", "label")
    table = add_fixed_mix(selected, attention(selected, "year", "responses"), "responses")
    shown = add_labels(selected, table.rename(columns={"response_id": "threat_id"}))
    shown = shown.assign(
        threat=shown["threat_id"].map(names),
        mark=click_data(response=shown["threat_id"], year=shown["year"]),
        whole=shown.groupby("threat_id")["on_agenda"].transform("sum"),
    ).sort_values(["whole", "threat_id", "year"], ascending=[False, True, True])
    totals = meetings_by_year(selected)
    trends = trends_sentence(cochran_armitage(shown, "threat"), selected.years)
    chart = Chart(
        name="responses-by-year",
        title=_(responses_text.RESPONSES_BY_YEAR_TITLE),
        subtitle=chart_subtitle(selected, responses_text.responses_measure(measure)),
        alt=heatmap_caption(shown, totals, _(responses_text.DISCUSSED_PHRASE), trends),
        draw=lambda theme: draw_attention_heatmap(
            shown, totals, measure, selected.emergency, None, theme, "response"
        ),
        table=table.assign(response=table["response_id"].map(names)),
        notes=(*trend_notes(measure, _(responses_text.ALL_RESPONSES_PHRASE)),),
        cautions=yearly_cautions(selected, totals),
    )
    return add_time_breaks(chart, selected)


def first_and_last_seen_table(selected: Selected) -> pd.DataFrame:
    """Return the first and last year of each response as a reader's table, the most frequent
    first."""
    table = attention(selected, "year", "responses")
    names = selected.dataset.names("responses", "label")
    discussed = table[table["on_agenda"] > 0].groupby("response_id")
    seen = discussed.agg(first=("year", "min"), last=("year", "max"), meetings=("on_agenda", "sum"))
    seen = seen.reindex(list(names))
    seen = seen.assign(response=seen.index.map(names), meetings=seen["meetings"].fillna(0))
    seen = seen.astype({"first": "Int64", "last": "Int64", "meetings": int}).sort_values(
        "meetings", ascending=False, kind="stable"
    )
    counted = (table["status"] == "counted").any()
    missing = attention_text.NEVER_LABEL if counted else attention_text.NOT_KNOWN_LABEL
    seen = seen.astype(object).where(seen.notna(), _(missing))
    return reader_table(seen, responses_text.RESPONSE_COLUMNS)
