"""Content on attention and meetings before, during and after the emergency: the page COVID-19, and
what Data and method has on it."""

import pandas as pd

from threats.charts.dot_plot import draw_attention_by_era
from threats.charts.stacked_bars import draw_era_composition
from threats.content.attention_tables import (
    add_labels,
    label_largest,
    labelled_era_changes,
    labelled_within_series,
    select_export_columns,
)
from threats.content.comparison_captions import era_changes_caption
from threats.content.count_captions import composition_caption
from threats.content.model import Chart
from threats.content.notes import (
    ambiguous_dates_notes,
    chart_cautions,
    chart_subtitle,
    measure_phrase,
    standard_notes,
)
from threats.content.reader_tables import reader_table, translated
from threats.content.selection_text import threat_scope
from threats.dataset.dates import ERAS, format_date_range
from threats.dataset.model import PANDEMIC
from threats.stats.count_rule import CountRule
from threats.stats.drilldown import Drilldown
from threats.stats.eras import attention_by_era, composition, meetings_by_era
from threats.stats.filters import filter_choices
from threats.stats.selection import Selected, apply_count_rule
from threats.stats.trends import MIN_MEETINGS
from threats.text import covid as covid_text
from threats.text.labels import ERA_LABELS, ERA_PHRASES
from threats.text.translate import _

_CHANGE_COLUMNS = ["difference", "difference_low", "difference_high", "p_adjusted", "holds"]


def attention_by_era_chart(selected: Selected, later: str = "after") -> Chart:
    """Return attention to each threat before, during and after the emergency."""
    changes, counts = labelled_era_changes(selected), meetings_by_era(selected)
    table = _attention_with_changes(selected, changes, later)
    total = sum(counts[era] for era in ERAS)
    few = [
        covid_text.few_in_period_caution(counts[era], era)
        for era in ERAS
        if counts[era] < MIN_MEETINGS <= total
    ]
    return Chart(
        name="shift-by-era",
        title=_(covid_text.ERA_ATTENTION_TITLE),
        subtitle=_emergency_subtitle(selected, measure_phrase("share", selected.role)),
        alt=era_changes_caption(
            {_(ERA_PHRASES[era]): counts[era] for era in ERAS},
            changes[changes["holds"]],
            threat_scope(selected),
        ),
        draw=lambda theme: draw_attention_by_era(table, theme),
        table=select_export_columns(table, "era").join(table[_CHANGE_COLUMNS]),
        notes=(
            _(covid_text.ERA_METHOD_NOTE),
            *standard_notes(selected, table),
            *ambiguous_dates_notes(counts[""]),
        ),
        cautions=(*chart_cautions(selected), *few),
    )


def _attention_with_changes(selected: Selected, changes: pd.DataFrame, later: str) -> pd.DataFrame:
    """Return attention by period with its change from before, the largest rise in the period
    ``later`` first."""
    table = add_labels(selected, attention_by_era(selected))
    keyed = changes.set_index(["threat_id", "era"])
    keys = pd.MultiIndex.from_frame(table[["threat_id", "era"]])
    for name in _CHANGE_COLUMNS:
        table[name] = keyed[name].reindex(keys).to_numpy()
    enough = table["meetings"] >= MIN_MEETINGS
    table["filled"] = enough & ((table["era"] == "before") | table["holds"].eq(True))
    change = keyed.xs(later, level="era")["difference"]
    order = change.sort_values(ascending=False, na_position="last", kind="stable").index
    table["rank"] = table["threat_id"].map({threat: rank for rank, threat in enumerate(order)})
    return table.sort_values(["rank", "era"], key=_era_positions).reset_index(drop=True)


def _era_positions(column: pd.Series) -> pd.Series:
    return column.map({era: n for n, era in enumerate(ERAS)}) if column.name == "era" else column


def _emergency_subtitle(selected: Selected, measure: str) -> str:
    dates = format_date_range(*(day.isoformat() for day in selected.emergency))
    return chart_subtitle(selected, covid_text.emergency_measure(measure, dates))


def within_series_table(selected: Selected) -> pd.DataFrame:
    """Return the change within series of meetings, from before to each later period, as a reader's
    table, the largest rise first."""
    table = labelled_within_series(selected)
    table = table[table["odds_ratio"].notna()]
    table = table.sort_values(["era", "odds_ratio"], ascending=False, kind="stable")
    periods = table["era"].map(translated(ERA_LABELS))
    return reader_table(table.assign(period=periods), covid_text.WITHIN_SERIES_COLUMNS)


def era_composition_chart(selected: Selected, by: str = "series") -> Chart:
    """Return which meetings each period consists of, by series or by region (``scope``)."""
    table = composition(selected, by)
    names = filter_choices(selected.dataset)["series" if by == "series" else "region"]
    names = names | {"several": _(covid_text.SEVERAL_REGIONS_LABEL)}
    rest = _(covid_text.OTHER_GROUPS_LABEL)
    table = table.assign(label=label_largest(table[by], table["meetings"], names, rest))
    ids = table.groupby("label", observed=True)[by].agg(lambda ids: tuple(sorted(set(ids))))
    drawn = table.groupby(["label", "era"], observed=True, as_index=False).agg(
        meetings=("meetings", "sum"), whole=("whole", "first")
    )
    drawn["share"] = drawn["meetings"] / drawn["whole"].where(drawn["whole"] > 0)
    drawn["words"] = [
        covid_text.part_of_period_label(n, whole)
        for n, whole in zip(drawn["meetings"], drawn["whole"], strict=True)
    ]
    drawn["mark"] = [
        Drilldown(era=era, series=ids[label] if by == "series" else ()).encode()
        for era, label in zip(drawn["era"], drawn["label"], strict=True)
    ]
    return Chart(
        name="make-up-of-eras",
        title=_(covid_text.COMPOSITION_TITLES[by]),
        subtitle=_emergency_subtitle(selected, _(covid_text.COMPOSITION_MEASURE)),
        alt=composition_caption(drawn, ERA_PHRASES),
        draw=lambda theme: draw_era_composition(drawn, theme),
        table=drawn[["era", "label", "meetings", "whole", "share"]].rename(columns={"label": by}),
        notes=ambiguous_dates_notes(meetings_by_era(selected)[""]),
        cautions=chart_cautions(selected),
    )


def pandemic_search_effect_table(selected: Selected) -> pd.DataFrame:
    """Return attention to the pandemic by period, without and with the meetings that only the
    search for pandemic words found, as a reader's table; no rows if the pandemic is not chosen."""
    if PANDEMIC not in set(selected.threats["threat_id"]):
        return pd.DataFrame()
    table = pd.DataFrame({"era": [_(ERA_LABELS[era]) for era in ERAS]})
    for name, included in (("excluded", False), ("included", True)):
        counted = apply_count_rule(selected, CountRule(selected.role, included))
        rows = add_labels(selected, attention_by_era(counted))
        words = rows[rows["threat_id"] == PANDEMIC].set_index("era")["words"]
        table[name] = words.reindex(ERAS, fill_value="").tolist()
    return reader_table(table, covid_text.SEARCH_EFFECT_COLUMNS)
