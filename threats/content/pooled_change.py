"""Content on change at a fixed mix of meetings: then and now, and over the pandemic period."""

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from threats.charts.dot_plot import draw_differences
from threats.content.model import Chart
from threats.content.notes import chart_cautions, chart_subtitle, measure_phrase
from threats.content.reader_tables import rows_of
from threats.content.selection_text import threat_scope
from threats.format import format_range, lower_name
from threats.stats.coverage import stopped_series
from threats.stats.drilldown import click_data
from threats.stats.eras import COMPARISON_ERAS, meetings_by_era
from threats.stats.filters import filter_choices, year_bounds
from threats.stats.pooled import pooled_contrast
from threats.stats.pooled_base import Period
from threats.stats.selection import Selected
from threats.stats.trends import MIN_MEETINGS
from threats.text import change as words
from threats.text.coverage import stopped_series_sentence
from threats.text.labels import ERA_LABELS
from threats.text.phrases import join_sentences
from threats.text.translate import _

Years = tuple[int, int]
DEFAULT_SPAN, DEFAULT_DISTANCE = 5, 10  # years


def default_years(selected: Selected, name: str) -> Years:
    """Return the years that ``then`` or ``now`` compares without a choice: the last five, and the
    five that end ten years before."""
    first, last = year_bounds(selected.dataset)
    end = last - DEFAULT_DISTANCE if name == "then" else last
    return max(first, end - DEFAULT_SPAN + 1), max(first, end)


def years_period(name: str, years: Years) -> Period:
    """Return a span of years as a period with its first and last day."""
    return name, dt.date(years[0], 1, 1), dt.date(years[1], 12, 31)


def then_and_now_chart(
    selected: Selected, then: Years | None = None, now: Years | None = None
) -> Chart | None:
    """Return how attention to each threat differs between two spans of years; None if no threat
    has enough meetings."""
    whole = _over_all_years(selected)
    table, labels = _contrast_of_years(whole, then, now)
    if table["difference"].isna().all():
        return None
    return Chart(
        name="then-and-now",
        title=words.then_and_now_title(*labels),
        subtitle=chart_subtitle(whole, measure_phrase("mix", whole.role)),
        alt=change_caption(table, labels, threat_scope(whole)),
        draw=lambda theme: draw_differences(_drawn(table), theme),
        table=table.drop(columns=["mark", "words"]),
        notes=_change_notes(whole),
        cautions=chart_cautions(whole),
    )


def _contrast_of_years(
    selected: Selected, then: Years | None = None, now: Years | None = None
) -> tuple[pd.DataFrame, tuple[str, str]]:
    """Return the labelled contrast of two spans of years, and the spans in words."""
    earlier = then or default_years(selected, "then")
    later = now or default_years(selected, "now")
    contrast = pooled_contrast(selected, years_period("then", earlier), years_period("now", later))
    labels = format_range(*earlier), format_range(*later)
    return _labelled_contrast(selected, contrast, labels), labels


def _over_all_years(selected: Selected) -> Selected:
    return selected.with_filter(years=None) if selected.selection.years else selected


def change_by_period_chart(selected: Selected) -> Chart | None:
    """Return how attention to each threat in and after the pandemic period differs from before;
    None if no threat has enough meetings."""
    table = _period_contrasts(selected)
    if table["difference"].isna().all():
        return None
    return Chart(
        name="change-by-period",
        title=_(words.PERIOD_CHANGE_TITLE),
        subtitle=chart_subtitle(
            selected, words.period_measure(measure_phrase("mix", selected.role), selected.emergency)
        ),
        alt=join_sentences(*period_change_findings(selected)),
        draw=lambda theme: draw_differences(_drawn(table), theme),
        table=table.drop(columns=["mark", "words"]),
        notes=_change_notes(selected),
        cautions=chart_cautions(selected),
    )


def _period_contrasts(selected: Selected) -> pd.DataFrame:
    """Return the labelled contrasts of both later periods with before, with ``era``."""
    tables = []
    for era in COMPARISON_ERAS:
        contrast = pooled_contrast(selected, *era_periods(selected, era, selected.emergency))
        labels = _(ERA_LABELS["before"]), _(ERA_LABELS[era])
        tables.append(_labelled_contrast(selected, contrast, labels).assign(era=era))
    return pd.concat(tables, ignore_index=True)


def period_change_findings(selected: Selected) -> list[str]:
    """Return the clear changes of each later period at a fixed mix, a sentence each."""
    table, counts = _period_contrasts(selected), meetings_by_era(selected)
    return [_era_sentence(table[table["era"] == era], era, counts) for era in COMPARISON_ERAS]


def era_periods(
    selected: Selected, era: str, emergency: tuple[dt.date, dt.date]
) -> tuple[Period, Period]:
    """Return the period before a pandemic period, and the period ``era``, as first and last
    days."""
    start, end = emergency
    first, last = (dt.date(year, 1, 1) for year in year_bounds(selected.dataset))
    day = dt.timedelta(days=1)
    before = "before", min(first, start - day), start - day
    after = "after", end + day, max(last.replace(month=12, day=31), end + day)
    return before, ("during", start, end) if era == "during" else after


def _era_sentence(table: pd.DataFrame, era: str, counts: dict[str, int]) -> str:
    few = {name: counts[name] for name in ("before", era) if counts[name] < MIN_MEETINGS}
    if few:
        return words.too_few_for_period_sentence(era)
    moved = {
        direction: _changes(table[table["direction"] == direction]) for direction in ("up", "down")
    }
    return words.period_change_sentence(era, counts[era], counts["before"], moved)


def _changes(rows: pd.DataFrame) -> list[str]:
    """Return each change in words, the largest first."""
    rows = rows.sort_values("difference", key=abs, ascending=False)
    return [
        words.change_phrase(lower_name(row.threat), row.earlier_share, row.later_share)
        for row in rows_of(rows)
    ]


def _labelled_contrast(
    selected: Selected, contrast: pd.DataFrame, labels: tuple[str, str]
) -> pd.DataFrame:
    """Return a contrast with ``threat``, ``words`` and ``mark``, the largest rise first."""
    names = filter_choices(selected.dataset)["threat"]
    table = contrast.assign(
        threat=contrast["threat_id"].map(names), mark=click_data(threat=contrast["threat_id"])
    )
    table = table.assign(words=[words.contrast_label(row, labels) for row in rows_of(table)])
    return table.sort_values(
        "difference", ascending=False, na_position="last", kind="stable", ignore_index=True
    )


def _drawn(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with a figure; threats in the order of their first change."""
    return table[table["difference"].notna()].reset_index(drop=True)


def change_caption(table: pd.DataFrame, labels: tuple[str, str], scope: str = "") -> str:
    """Return the finding of a contrast of two spans: one sentence for one threat, else the rises
    and the falls."""
    if len(table) == 1:
        return words.one_change_sentence(next(iter(rows_of(table))), labels)
    moved = {d: _changes(table[table["direction"] == d]) for d in ("up", "down")}
    return words.changes_sentence(moved, labels, scope)


def default_change_caption(selected: Selected, threats: Sequence[str] = ()) -> str:
    """Return the finding of ``then_and_now_chart`` for the default years and some threats; empty
    for a filter of years that leaves out one of the spans."""
    first, last = selected.years
    whole = _over_all_years(selected)
    if first > default_years(whole, "then")[1] or last < default_years(whole, "now")[0]:
        return ""
    table, labels = _contrast_of_years(whole)
    if table["difference"].isna().all():
        return ""
    table = table[table["threat_id"].isin(threats)] if threats else table
    return change_caption(table, labels, threat_scope(selected))


def _change_notes(selected: Selected) -> tuple[str, ...]:
    stopped = stopped_series(selected)
    return (
        _(words.BAND_NOTE),
        *stopped_series_notes(selected, stopped),
    )


def stopped_series_notes(
    selected: Selected, stopped: dict[str, int] | None = None
) -> tuple[str, ...]:
    """Return the note on yearly series that stop in the data, if the selection has any."""
    stopped = stopped_series(selected) if stopped is None else stopped
    if not stopped:
        return ()
    names = filter_choices(selected.dataset)["series"]
    return (stopped_series_sentence([names[key] for key in stopped], list(stopped.values())),)
