"""Captions of charts of shares, computed from their figures; the words are in ``text.captions``.

A caption begins with the finding, says nothing that the figures do not show, and names years
without data. It is also the alternative text of the chart.
"""

from collections.abc import Sequence

import pandas as pd

from threats.format import capital_first, lower_name, percent, year_ranges
from threats.stats.attention import add_wilson, ties_for_max
from threats.stats.trends import MIN_MEETINGS
from threats.text import captions, findings
from threats.text.labels import ROLE_PHRASES
from threats.text.phrases import join_names, join_parts, join_sentences
from threats.text.quantities import count_of_meetings, format_meetings
from threats.text.translate import _

MAX_PEAKS = 3  # more of them are a list of numbers


def missing_years_sentence(totals: pd.DataFrame) -> str:
    """Return the years without a meeting, and those without a known agenda, from ``year``,
    ``meetings`` and ``known``; empty if there is none."""
    none = totals.loc[totals["meetings"] == 0, "year"]
    unread = totals.loc[(totals["meetings"] > 0) & (totals["known"] == 0), "year"]
    return join_sentences(
        _(captions.NO_MEETING_IN_YEARS, years=year_ranges(none)) if len(none) else "",
        _(captions.UNREAD_YEARS, years=year_ranges(unread)) if len(unread) else "",
    )


def most_frequent_summary(table: pd.DataFrame, predicate: str) -> str:
    """Return which threats have the largest share, with the figure and those that come second.

    ``table`` has one row per threat with ``threat``, ``on_agenda``, ``meetings``, ``share``,
    ``low`` and ``high``. Threats with too few meetings are not ranked if others have enough: fewer
    meetings count for the pandemic than for the rest.
    """
    enough = table[table["meetings"] >= MIN_MEETINGS]
    ranked = table if enough.empty else enough
    best = ties_for_max(ranked, ranked["share"])
    names = best["threat"].map(lower_name).tolist()
    if best.empty:
        threats = table["threat"].map(lower_name).tolist()
        return _(
            findings.NONE_FOUND if len(table) > 1 else findings.NEVER,
            predicate=predicate,
            threats=join_names(threats),
        )
    top = best.iloc[0]
    figure = findings.share_finding(int(top["on_agenda"]), int(top["meetings"]), len(enough) > 0)
    if len(table) == 1:
        return findings.threat_share_sentence(names[0], predicate, figure)
    if best["meetings"].nunique() > 1:
        figure = _(findings.SAME_SHARE, share=percent(top["share"]))
    rest = ranked.drop(best.index)
    second = ties_for_max(rest, rest["share"])
    share = second["share"].max() if len(second) else 0
    others = second["threat"].map(lower_name).tolist()
    return findings.most_frequent_sentence(names, predicate, figure, others, share)


def ranking_caption(table: pd.DataFrame, role: str) -> str:
    """Return the caption of attention over a whole selection, from the columns of
    ``most_frequent_summary`` and ``status``."""
    counted, predicate = table[table["status"] == "counted"], _(ROLE_PHRASES[role])
    if counted.empty:
        return _(captions.NO_KNOWN_AGENDA)
    never = counted.loc[counted["on_agenda"] == 0, "threat"].map(lower_name)
    some = 0 < len(never) < len(counted)
    return join_sentences(
        most_frequent_summary(counted, predicate),
        _(findings.NEVER, predicate=predicate, threats=join_names(never)) if some else "",
    )


def peak_phrase(rows: pd.DataFrame, measure: str = "share") -> str:
    """Return the year or years with the highest share, or number of meetings, with the figure.

    ``rows`` has ``year``, ``on_agenda``, ``meetings`` and ``share``; shares are compared among
    years with enough meetings. The result is empty with fewer than two such years, or if all are
    zero."""
    rows = rows[rows["meetings"] >= (MIN_MEETINGS if measure == "share" else 1)]
    best = ties_for_max(rows, rows["share" if measure == "share" else "on_agenda"])
    if len(rows) < 2 or best.empty:
        return ""
    row = best.iloc[0]
    figure = percent(row["share"]) if measure == "share" else format_meetings(int(row["on_agenda"]))
    if len(best) == 1:
        figure = count_of_meetings(row["on_agenda"], row["meetings"])
    return _(captions.YEAR_FIGURE, years=year_ranges(best["year"]), figure=figure)


def _peaks_sentence(peaks: Sequence[str], measure: str = "share") -> str:
    rule = captions.HIGHEST_SHARE if measure == "share" else captions.HIGHEST_COUNT
    return _(rule, peaks="; ".join(peaks), minimum=MIN_MEETINGS) if any(peaks) else ""


def trends_sentence(
    trend_table: pd.DataFrame, years: tuple[int, int], limit: int = 1, scope: str = ""
) -> str:
    """Return the most significant rises and falls between the years, at most ``limit`` of each, or
    that there is none.

    ``trend_table`` is a result of ``cochran_armitage`` with ``threat``, the name of each; ``scope``
    says of which threats, if not of all.
    """
    if years[0] == years[1]:
        return ""
    sentences = []
    for direction, sentence in captions.SIGNIFICANT_TREND.items():
        rows = trend_table[trend_table["moved"] == direction]
        rows = rows.sort_values("p_adjusted", kind="stable")
        changes = [_trend_change_phrase(row, years[1]) for row in rows.head(limit).itertuples()]
        text, rest = "; ".join(changes), rows["threat"].tolist()[limit:]
        if rest:
            text = _(captions.ALSO, changes=text, names=join_names(rest))
        if changes:
            sentences.append(_(sentence, changes=text))
    if (trend_table["moved"] == "few").all():
        return _(captions.TOO_FEW_FOR_TREND)
    none = captions.NO_TREND_OF if scope else captions.NO_TREND
    return join_sentences(*sentences) or _(none, scope=scope)


def _trend_change_phrase(row, last_year: int) -> str:
    return _(
        captions.TREND_CHANGE,
        name=row.threat,
        early=count_of_meetings(row.early_on, row.early),
        late=count_of_meetings(row.late_on, row.late),
        split=row.split,
        last=last_year,
    )


def heatmap_caption(
    table: pd.DataFrame, totals: pd.DataFrame, predicate: str, trend_text: str
) -> str:
    """Return the caption of shares by year of several things, such as threats: the most frequent,
    the trends, and years without data.

    ``table`` has ``threat`` (its name), ``year``, ``on_agenda``, ``meetings`` and ``share``;
    ``totals`` has ``year``, ``meetings`` and ``known``; ``trend_text`` is a ``trends_sentence``.
    """
    if table["threat"].nunique() == 1:
        return single_series_caption(table, totals, predicate, trend_text)
    if not totals["known"].any():
        return missing_years_sentence(totals)
    sums = table.groupby("threat", sort=False)[["on_agenda", "meetings"]].sum().reset_index()
    return join_sentences(
        most_frequent_summary(add_wilson(sums), predicate),
        trend_text if sums["on_agenda"].any() else "",
        missing_years_sentence(totals),
    )


def single_series_caption(
    table: pd.DataFrame, totals: pd.DataFrame, predicate: str, trend_text: str
) -> str:
    """Return the caption of the share of one thing by year; columns as in ``heatmap_caption``."""
    count, total = int(table["on_agenda"].sum()), int(table["meetings"].sum())
    name = capital_first(lower_name(table["threat"].iloc[0]))
    if not total:
        return missing_years_sentence(totals) or _(captions.NO_KNOWN_AGENDA)
    if not count:
        never = captions.never_in_meetings_sentence(name, predicate, total)
        return join_sentences(never, missing_years_sentence(totals))
    figure, years = count_of_meetings(count, total), year_ranges(table["year"])
    return join_sentences(
        findings.threat_share_sentence(name, predicate, f"{figure}, {years}"),
        _peaks_sentence([peak_phrase(table)]),
        trend_text,
        missing_years_sentence(totals),
    )


def lines_caption(
    table: pd.DataFrame, totals: pd.DataFrame, predicate: str, measure: str, trend_text: str
) -> str:
    """Return the caption of a few things followed over the years, with the peak of each and the
    trends; columns as in ``heatmap_caption``."""
    if table["threat"].nunique() == 1:
        return single_series_caption(table, totals, predicate, trend_text)
    if table["year"].nunique() == 1:
        return join_sentences(_one_year_text(table, predicate), missing_years_sentence(totals))
    peaks: list[str] = []
    few: list[str] = []
    never: list[str] = []
    for name, rows in table.groupby("threat", sort=False):
        peak = peak_phrase(rows, measure)
        if peak:
            peaks.append(_(captions.NAME_IN_YEARS, name=name, peak=peak))
        else:
            (few if rows["on_agenda"].any() else never).append(str(name))
    several = len(peaks) > MAX_PEAKS
    return join_sentences(
        "" if several else _peaks_sentence(peaks, measure),
        _(captions.NO_PEAK, names=join_names(few)) if few and not several else "",
        _(findings.NEVER, predicate=predicate, threats=join_names(never)) if never else "",
        trend_text if peaks or few else "",
        missing_years_sentence(totals),
    )


def _one_year_text(table: pd.DataFrame, predicate: str) -> str:
    figures = [
        _(
            captions.NAME_WITH_FEW if row.meetings < MIN_MEETINGS else captions.NAME_WITH_FIGURE,
            name=row.threat,
            figure=count_of_meetings(row.on_agenda, row.meetings),
        )
        for row in table[table["on_agenda"] > 0].itertuples()
    ]
    if figures:
        values = dict(predicate=capital_first(predicate), figures=join_parts(figures))
        return _(captions.IN_ONE_YEAR, **values)
    return _(findings.NONE_FOUND, predicate=predicate) if table["meetings"].any() else ""


def newest_summary(presence: pd.DataFrame, predicate: str) -> str:
    """Return which threats came up last for the first time, from ``threat`` and ``first``; empty
    if all came up in the same year."""
    if presence["first"].nunique() < 2:
        return ""
    year = int(presence["first"].max())
    names = presence.loc[presence["first"] == year, "threat"].map(lower_name).tolist()
    return findings.newest_sentence(names, year, predicate)


def absence_summary(presence: pd.DataFrame, predicate: str) -> str:
    """Return which threats have been off the agenda for longest, from ``threat`` and ``last``."""
    year = int(presence["last"].min())
    names = presence.loc[presence["last"] == year, "threat"].map(lower_name)
    return _(findings.LONGEST_ABSENCE, threats=join_names(names), year=year, predicate=predicate)
