"""Regions, families, series, Chairpersonships or periods side by side: a chart of Regions."""

import pandas as pd

from threats.charts.comparison import draw_comparison
from threats.content.attention_tables import add_labels
from threats.content.model import Chart
from threats.content.notes import (
    chart_cautions,
    chart_subtitle,
    measure_phrase,
    standard_notes,
)
from threats.content.reader_tables import rows_of
from threats.format import join, lower_name, percent
from threats.stats.attention import ties_for_max
from threats.stats.comparison import (
    compare_attention,
    compared_values,
    comparison_base,
    comparison_label,
    difference_interval,
    known_by_value,
)
from threats.stats.drilldown import click_data
from threats.stats.selection import Selected
from threats.stats.trends import MIN_MEETINGS
from threats.text import captions
from threats.text import comparison as comparison_text
from threats.text.phrases import join_names, join_sentences
from threats.text.quantities import (
    count_of_meetings,
    percentage_points,
    percentage_points_range,
)
from threats.text.translate import _

MAX_SHOWN_THREATS = 12  # if the filter chooses none
_EXPORTED = (
    *("value", "label", "threat_id", "threat"),
    *("on_agenda", "meetings", "share", "low", "high", "doubtful", "status"),
)


def comparison_chart(
    selected: Selected, compare_by: str = "region", values: tuple[str, ...] = ()
) -> Chart | None:
    """Return attention in several regions, families, series, Chairpersonships or periods side by
    side; None if no agenda of them is known."""
    shown = compared_values(selected, compare_by, values)
    known = known_by_value(selected, compare_by, shown)
    if not any(known.values()):
        return None
    table = _ranked(compare_attention(selected, compare_by, shown))
    n_threats = table["threat_id"].nunique()
    if selected.has_all_threats and n_threats > MAX_SHOWN_THREATS:
        table = table[table["rank"] < MAX_SHOWN_THREATS].reset_index(drop=True)
    table = _with_words(selected, compare_by, table, known)
    base = comparison_base(selected, compare_by)
    return Chart(
        name="compare",
        title=_(comparison_text.COMPARISON_TITLES[compare_by]),
        subtitle=chart_subtitle(base, measure_phrase("share", selected.role)),
        alt=comparison_caption(table, known),
        draw=lambda theme: draw_comparison(table, theme),
        table=table[list(_EXPORTED)],
        notes=(
            *((_(comparison_text.SEVERAL_REGIONS_NOTE),) if compare_by == "region" else ()),
            *_cut_notes(n_threats, table["threat_id"].nunique()),
            _(comparison_text.WIDEST_DIFFERENCE_NOTE),
            *standard_notes(base, table),
        ),
        cautions=chart_cautions(base),
    )


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the threats of the highest mean share over the values first, and
    their ``rank``."""
    compared = table[table["status"] == "counted"]
    compared = compared if len(compared) else table
    means = compared.groupby("threat_id", sort=False)["share"].mean()
    order = means.sort_values(ascending=False, kind="stable").index
    rank = table["threat_id"].map({threat: place for place, threat in enumerate(order)})
    return table.assign(rank=rank).sort_values("rank", kind="stable").reset_index(drop=True)


def _cut_notes(n_threats: int, n_shown: int) -> tuple[str, ...]:
    if n_shown == n_threats:
        return ()
    return (comparison_text.most_frequent_note(n_shown, n_threats),)


def _with_words(
    selected: Selected, by: str, table: pd.DataFrame, known: dict[str, int]
) -> pd.DataFrame:
    """Return the table with names, words and click data."""
    labels = {value: comparison_label(selected.dataset, by, value) for value in known}
    columns = {
        value: comparison_text.compared_value_label(
            label, known[value], known[value] < MIN_MEETINGS
        )
        for value, label in labels.items()
    }
    return add_labels(selected, table).assign(
        label=table["value"].map(labels),
        column=table["value"].map(columns),
        filled=table["status"] == "counted",
        mark=_marks(selected, by, table),
    )


def _marks(selected: Selected, by: str, table: pd.DataFrame) -> pd.Series:
    """Return click data where a drilldown lists exactly the meetings counted, else empty."""
    threat, value = table["threat_id"], table["value"].astype("str")
    if by == "region":
        return click_data(threat=threat, region=value)
    if by == "chair":
        return click_data(threat=threat, year=value.str.rpartition("-")[2])
    if by == "series":
        chosen = selected.selection.series
        inside = value.isin(chosen) if chosen else value.notna()
        return click_data(threat=threat, series=value).where(inside, "")
    return pd.Series("", table.index)


def comparison_caption(table: pd.DataFrame, known: dict[str, int]) -> str:
    """Return what differs most between the values with enough meetings.

    ``table`` has the columns of ``draw_comparison`` with ``value``, ``label``, ``on_agenda``,
    ``meetings`` and ``status``; ``known`` is the n of each value.
    """
    few = table.loc[table["value"].map(known) < MIN_MEETINGS, "label"].unique()
    enough = table[table["status"] == "counted"]
    sentences = [_difference_text(enough)]
    if len(few):
        sentences.append(_(captions.TOO_FEW_TO_COMPARE_IN, names=join_names(few)))
    return join_sentences(*sentences)


def _difference_text(table: pd.DataFrame) -> str:
    if table["value"].nunique() < 2:
        return _(comparison_text.NO_SECOND_VALUE)
    shares = table.groupby("threat", sort=False)["share"]
    spans = (shares.max() - shares.min()).round(12)
    widest = ties_for_max(spans, spans)
    if widest.empty:
        return _(comparison_text.ALL_SAME_SHARE)
    parts = [_difference_phrase(table[table["threat"] == threat]) for threat in widest.index]
    return comparison_text.widest_difference_sentence(parts)


def _difference_phrase(rows: pd.DataFrame) -> str:
    """Return the highest and the lowest share of a threat, and their difference if no two values
    tie."""
    ends = [rows[rows["share"] == share] for share in (rows["share"].max(), rows["share"].min())]
    figures = [_end_phrase(end) for end in ends]
    threat = lower_name(rows["threat"].iloc[0])
    if max(map(len, ends)) > 1:
        return comparison_text.tied_difference(threat, join(figures))
    (high,), (low,) = (list(rows_of(end)) for end in ends)
    interval = difference_interval(high.on_agenda, high.meetings, low.on_agenda, low.meetings)
    return comparison_text.difference_with_interval(
        threat,
        join(figures),
        percentage_points(high.share - low.share),
        percentage_points_range(*interval),
    )


def _end_phrase(rows: pd.DataFrame) -> str:
    """Return a share and the values that have it."""
    first = next(rows_of(rows))
    if len(rows) > 1:
        figure, name = percent(first.share), join_names(rows["column"])
    else:
        figure = count_of_meetings(first.on_agenda, first.meetings)
        name = first.label
    return _(comparison_text.COMPARED_FIGURE, name=name, figure=figure)
