"""Content on what other bodies published of the pandemic years, next to what agendas did; and under
which presets of the pandemic period a change is clear."""

from typing import Any

import pandas as pd

from threats.content.options import preset_dates
from threats.content.pooled_change import era_periods
from threats.content.reader_tables import reader_table, rows_of
from threats.stats.eras import COMPARISON_ERAS
from threats.stats.filters import filter_choices
from threats.stats.pooled import pooled_contrast
from threats.stats.selection import Selected
from threats.stats.trends import MIN_MEETINGS
from threats.text import published as words
from threats.text.options import OPTION_VALUES
from threats.text.translate import _

# A change that could only be seen if it were larger than this says nothing about a flat figure.
MAX_VISIBLE_CHANGE = 0.2
_OPPOSITE = {"up": "down", "down": "up"}


def published_verdicts(selected: Selected) -> pd.DataFrame:
    """Return each published statement on a selected threat, whose period begins in a year of the
    pandemic period, with the change of our attention from
    before to in the pandemic period, and ``verdict``.

    ``verdict`` is ``agrees``, ``opposite``, ``silent`` (attention had no clear change though the
    figure moved), ``too_few`` or ``mixed`` (the statement has no one direction). Columns: those of
    ``published``, and of ``pooled_contrast`` with ``moved`` for its ``direction``.
    """
    statements = selected.dataset["published"]
    statements = statements[statements["threat_id"].isin(selected.threats["threat_id"])]
    start, end = selected.emergency
    years = statements["period"].str[:4].astype(int)
    statements = statements[years.between(start.year, end.year)]
    contrast = pooled_contrast(selected, *era_periods(selected, "during", selected.emergency))
    contrast = contrast.rename(columns={"direction": "moved"})
    table = statements.merge(contrast, on="threat_id", how="left")
    return table.assign(verdict=[_verdict(row) for row in rows_of(table)])


def _verdict(row: Any) -> str:
    if row.direction == "mixed":
        return "mixed"
    if row.moved == "too_few" or row.earlier_on + row.later_on < MIN_MEETINGS:
        return "too_few"
    if row.direction == "flat":
        seen = row.smallest_visible <= MAX_VISIBLE_CHANGE
        return "silent" if row.moved != "unclear" else "agrees" if seen else "too_few"
    if row.moved == row.direction:
        return "agrees"
    return "opposite" if row.moved == _OPPOSITE[row.direction] else "silent"


def published_table(selected: Selected) -> pd.DataFrame:
    """Return the statements with their verdicts as a reader's table, by threat."""
    table = published_verdicts(selected)
    if table.empty:
        return pd.DataFrame()
    names = filter_choices(selected.dataset)["threat"]
    order = list(names)
    table = table.sort_values("threat_id", key=lambda ids: ids.map(order.index), kind="stable")
    shown = table.assign(
        threat=table["threat_id"].map(names),
        publisher=[
            words.published_date_label(row.publisher, row.published_on) for row in rows_of(table)
        ],
        statement=[words.statement_label(row) for row in rows_of(table)],
        attention=[words.attention_change_label(row) for row in rows_of(table)],
        verdict_label=[_(words.VERDICTS[verdict]) for verdict in table["verdict"]],
        why=[words.verdict_reason(row) for row in rows_of(table)],
    )
    return reader_table(shown, words.PUBLISHED_COLUMNS)


def preset_changes_table(selected: Selected) -> pd.DataFrame:
    """Return, for each threat with a clear change under any preset of the pandemic period, under
    which presets it is clear, as a reader's table."""
    presets = preset_dates(selected.dataset)
    found: dict[tuple[str, str], dict[str, str]] = {}
    for name, dates in presets.items():
        for era in COMPARISON_ERAS:
            contrast = pooled_contrast(selected, *era_periods(selected, era, dates))
            moved = contrast[contrast["direction"].isin(["up", "down"])]
            for row in rows_of(moved):
                found.setdefault((row.threat_id, era), {})[name] = row.direction
    names = filter_choices(selected.dataset)["threat"]
    labels = {name: _(OPTION_VALUES["eras"][name]) for name in presets}
    rows = [
        {
            _(words.PRESET_CHANGE_COLUMN): words.preset_change_label(names[threat], era),
            **{label: _(words.TICKS[ticks.get(name, "")]) for name, label in labels.items()},
        }
        for (threat, era), ticks in found.items()
    ]
    return pd.DataFrame(rows)
