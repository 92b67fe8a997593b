"""What a chart shows and its main finding, in a sentence or two, made from its figures.

This is the caption under a chart, its alternative text for who cannot see it, and the first line
under its title where it is printed. Nothing here is stronger than the figures: what rests on too
few meetings says so, and a year of which nothing is known is named as a gap.
"""

from collections.abc import Iterable

import pandas as pd

from threats.content.phrases import join_names, join_parts, join_sentences
from threats.format import join, lower_name, percent, year_ranges
from threats.stats.attention import ties_for_max
from threats.stats.trends import MIN_MEETINGS
from threats.text.labels import ROLE_PHRASES
from threats.text.quantities import (
    count_of_meetings,
    percentage_points,
    quantity,
    share_in_words,
    share_with_interval,
)


def missing_years_sentence(totals: pd.DataFrame) -> str:
    """Return the years of which no meeting, or no agenda, is known, from ``year``, ``meetings`` and
    ``known``; empty where there is none."""
    none = totals.loc[totals["meetings"] == 0, "year"]
    unread = totals.loc[(totals["meetings"] > 0) & (totals["known"] == 0), "year"]
    return join_sentences(
        f"No meeting is known of {year_ranges(none)}." if len(none) else "",
        f"No agenda is known of {year_ranges(unread)}." if len(unread) else "",
    )


def _with_enough_meetings(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with enough meetings to rank their shares; all rows where none has."""
    enough = table[table["meetings"] >= MIN_MEETINGS]
    return table if enough.empty else enough


def ranking_caption(table: pd.DataFrame, role: str) -> str:
    """Return the caption of attention over a whole selection, from ``threat``, ``on_agenda``,
    ``meetings``, ``share``, ``low``, ``high`` and ``status``, most first."""
    counted = table[table["status"] == "counted"]
    what = f"Points with 95% intervals for {quantity(len(table), 'threat')}."
    if counted.empty:
        return join_sentences(what, "No agenda of these meetings is known.")
    # By share, as the chart ranks: of the pandemic fewer meetings can tell than of the rest.
    counted = _with_enough_meetings(counted)
    top = ties_for_max(counted, counted["share"])
    if top.empty:
        none = "It was never" if len(table) == 1 else "None of them was"
        return join_sentences(what, f"{none} {ROLE_PHRASES[role]}.")
    row = top.iloc[0]
    figure = share_with_interval(row["on_agenda"], row["meetings"], row["low"], row["high"])
    if top["meetings"].nunique() > 1:
        figure = percent(row["share"])
    said = share_in_words(row["share"])
    end = "; too few to tell" if row["meetings"] < MIN_MEETINGS else f", {said}"
    if len(table) == 1:
        return join_sentences(what, f"{row['threat']} was {ROLE_PHRASES[role]} in {figure}{end}.")
    each = "each " if len(top) > 1 else ""
    never = counted.loc[counted["on_agenda"] == 0, "threat"]
    return join_sentences(
        what,
        f"Most often {ROLE_PHRASES[role]}: {join_names(top['threat'])}, {each}{figure}{end}.",
        f"Never {ROLE_PHRASES[role]}: {join_names(never)}." if len(never) else "",
    )


def peak_phrase(rows: pd.DataFrame, measure: str = "share") -> str:
    """Return the year or years in which one thing had most, with the figure, from ``year``,
    ``on_agenda``, ``meetings`` and ``share``: of the years with enough meetings for a share, where
    the measure is one; empty where there are not two such years, or it never was."""
    rows = rows[rows["meetings"] >= (MIN_MEETINGS if measure == "share" else 1)]
    best = ties_for_max(rows, rows["share" if measure == "share" else "on_agenda"])
    if len(rows) < 2 or best.empty:
        return ""
    row = best.iloc[0]
    if len(best) == 1:
        return f"{row['year']} with {count_of_meetings(row['on_agenda'], row['meetings'])}"
    same = percent(row["share"])
    if measure == "count":
        same = quantity(int(row["on_agenda"]), "meeting")
    return f"{year_ranges(best['year'])} with {same}"


def change_phrase(row, last_year: int) -> str:
    """Return how something rose or fell, from a row of ``measures.trend`` whose years end with
    ``last``."""
    return (
        f"from {count_of_meetings(row.early_on, row.early)} before {row.split} to "
        f"{count_of_meetings(row.late_on, row.late)} from {row.split} to {last_year}"
    )


def trends_sentence(
    trend_table: pd.DataFrame, years: tuple[int, int], limit: int = 1, scope: str = ""
) -> str:
    """Return the clearest rises and falls over the first to the last of these years, at most so
    many of each, those that hold by the test; else that none does or that there is too little to
    tell. ``found`` is what ``measures.trend`` gives, with ``threat``, the name of each; ``of``
    tells what it is of where that is not all."""
    first, last = years
    if first == last:
        return ""
    told = []
    for way, word in (("up", "rise"), ("down", "fall")):
        rows = trend_table[trend_table["moved"] == way].sort_values("p_adjusted", kind="stable")
        changes = [
            f"{row.threat}, {change_phrase(row, last)}" for row in rows.head(limit).itertuples()
        ]
        if changes:
            rest = rows["threat"].tolist()[limit:]
            also = f"; also {join_names(rest)}" if rest else ""
            told.append(f"Clear {word}: {'; '.join(changes)}{also}.")
    few = (trend_table["moved"] == "few").all()
    if few or not told:
        none = f"No clear rise or fall{f' of {scope}' if scope else ''}."
        return "Too few meetings to tell a trend." if few else none
    return join_sentences(*told)


def heatmap_caption(
    table: pd.DataFrame, totals: pd.DataFrame, noun: str, predicate: str, trend_text: str
) -> str:
    """Return the caption of shares by year of several things, such as threats: what was most
    frequent, the clearest rise and fall, and the gaps. ``table`` has ``threat`` (its name),
    ``year``, ``on_agenda``, ``meetings`` and ``share``; ``totals`` has ``year``, ``meetings`` and
    ``known``; ``had`` tells how a meeting had one, such as "on the agenda", and ``moved`` what
    ``trends`` gives."""
    if table["threat"].nunique() == 1:
        return single_series_caption(table, totals, predicate, "Heatmap", trend_text)
    known = int(totals["known"].sum())
    sums = table.groupby("threat", sort=False)[["on_agenda", "meetings"]].sum()
    what = f"Heatmap of {quantity(len(sums), noun)} by year, {year_ranges(table['year'])}, "
    what += f"from {quantity(known, 'meeting')} with a known agenda."
    if not known or not sums["on_agenda"].any():
        return join_sentences(
            what, f"None of them was {predicate}." if known else "", missing_years_sentence(totals)
        )
    sums = _with_enough_meetings(sums[sums["meetings"] > 0])
    top = ties_for_max(sums, sums["on_agenda"] / sums["meetings"])
    row, each = top.iloc[0], "each in" if len(top) > 1 else "in"
    figure = count_of_meetings(row["on_agenda"], row["meetings"])
    if top["meetings"].nunique() > 1:
        figure = f"{percent(row['on_agenda'] / row['meetings'])} of the meetings"
    most = f"Most often {predicate}: {join_names(top.index)}, {each} {figure}."
    return join_sentences(what, most, trend_text, missing_years_sentence(totals))


def single_series_caption(
    table: pd.DataFrame, totals: pd.DataFrame, predicate: str, chart_type: str, trend_text: str
) -> str:
    """Return the caption of the share of one thing by year, columns as in ``by_year``; ``form``
    tells how it is drawn."""
    on, meetings = int(table["on_agenda"].sum()), int(table["meetings"].sum())
    name = lower_name(table["threat"].iloc[0])
    what = f"{chart_type} of {name} by year, {year_ranges(table['year'])}."
    if not meetings:
        return join_sentences(what, missing_years_sentence(totals))
    if not on:
        never = f"It was never {predicate}, in {quantity(meetings, 'meeting')}."
        return join_sentences(what, never, missing_years_sentence(totals))
    highest = peak_phrase(table)
    told = f"It was {predicate} in {count_of_meetings(on, meetings)}"
    told += f", most in {highest}." if highest else "."
    return join_sentences(what, told, trend_text, missing_years_sentence(totals))


def lines_caption(
    table: pd.DataFrame, totals: pd.DataFrame, predicate: str, measure: str, trend_text: str
) -> str:
    """Return the caption of a few things followed over the years, with the peak of each and the
    trends; columns as in ``by_year``."""
    if table["threat"].nunique() == 1:
        return single_series_caption(table, totals, predicate, "Line", trend_text)
    what = f"Lines by year, {year_ranges(table['year'])}."
    if table["year"].nunique() == 1:
        told = [
            f"{row.threat} in {count_of_meetings(row.on_agenda, row.meetings)}"
            + (", too few to tell" if row.meetings < MIN_MEETINGS else "")
            for row in table[table["on_agenda"] > 0].itertuples()
        ]
        known = table["meetings"].any()
        return join_sentences(
            what,
            f"{predicate[:1].upper()}{predicate[1:]}: {join_parts(told)}." if told else "",
            f"None of them was {predicate}." if known and not told else "",
            missing_years_sentence(totals),
        )
    most, few, never = [], [], []
    for name, rows in table.groupby("threat", sort=False):
        highest = peak_phrase(rows, measure)
        if highest:
            most.append(f"{name} in {highest}")
        else:
            (few if rows["on_agenda"].any() else never).append(name)
    return join_sentences(
        what,
        f"Most: {'; '.join(most)}." if most else "",
        f"Too few years with enough meetings to tell a peak: {join_names(few)}." if few else "",
        f"Never {predicate}: {join_names(never)}." if never else "",
        trend_text if most or few else "",
        missing_years_sentence(totals),
    )


def presence_caption(table: pd.DataFrame, known_threats: set[str], role: str) -> str:
    """Return the caption of since when each threat has been there, from ``threat``, ``first``,
    ``last`` and ``meetings``; ``looked`` are the threats of which any year is known."""
    what = f"Timeline of {quantity(len(table), 'threat')}."
    ever = table.dropna(subset="first")
    never = table.loc[table["first"].isna() & table["threat"].isin(known_threats), "threat"]
    if not known_threats:
        return join_sentences(what, "No agenda of these years is known.")
    told = []
    if len(ever) <= 3:
        for row in ever.itertuples():
            span = f"first in {row.first}, last in {row.last}"
            when = f"in {row.first}" if row.first == row.last else span
            often = quantity(row.meetings, "meeting")
            told.append(f"{row.threat} was {ROLE_PHRASES[role]} in {often}, {when}.")
    else:
        newest = ever[ever["first"] == ever["first"].max()]
        oldest = ever[ever["last"] == ever["last"].min()]
        if ever["first"].nunique() > 1:
            year = newest["first"].iloc[0]
            told.append(f"The last to come up here: {join_names(newest['threat'])}, in {year}.")
        if ever["last"].nunique() > 1:
            year = oldest["last"].iloc[0]
            told.append(f"Longest away: {join_names(oldest['threat'])}, last in {year}.")
    if len(never):
        told.append(f"Never {ROLE_PHRASES[role]}: {join_names(never)}.")
    elif len(table) > 3:
        told.append(f"All have been {ROLE_PHRASES[role]}.")
    return join_sentences(what, *told)


def era_changes_caption(
    counts: dict[str, int], significant_changes: Iterable[str], n_threats: int, scope: str = ""
) -> str:
    """Return the caption of a comparison of eras, from the number of meetings of each and the
    changes that hold, in words; ``of`` as in ``trends``."""
    meetings = [f"{n or 'none'} {name}" for name, n in counts.items()]
    what = f"Points with 95% intervals for {quantity(n_threats, 'threat')}. Meetings: "
    what += f"{join(meetings)}."
    significant_changes, (before, *later) = list(significant_changes), counts.values()
    none = f"No change{f' of {scope}' if scope else ''} holds."
    if min(before, max(later)) < MIN_MEETINGS:
        none = "Too few meetings to tell a change."
    return join_sentences(
        what,
        f"Changes that hold: {'; '.join(significant_changes)}." if significant_changes else none,
    )


def within_series_caption(table: pd.DataFrame, later: str, scope: str = "") -> str:
    """Return the caption of changes within series, from ``threat``, ``odds_ratio``, ``p`` and
    ``holds``; ``of`` as in ``trends``."""
    if table.empty:
        return "No series has meetings in both eras to compare."
    what = f"Odds ratios within series for {quantity(len(table), 'threat')}, {later} the "
    what += "emergency against before."
    held = table[table["holds"]]
    told = [
        f"{word}: {join_names(rows['threat'])}"
        for word, rows in (
            ("more often", held[held["odds_ratio"] > 1]),
            ("less often", held[held["odds_ratio"] < 1]),
        )
        if len(rows)
    ]
    if told:
        return join_sentences(what, f"Changes that hold, {'; '.join(told)}.")
    if table["p"].isna().all():
        return join_sentences(what, "Too few meetings to tell a change.")
    return join_sentences(what, f"No change{f' of {scope}' if scope else ''} holds within series.")


def extreme_regions_sentence(regions: pd.DataFrame) -> str:
    """Return where attention was highest and where lowest, all names of each, from ``share`` and
    ``words`` of the regions with enough meetings, by their names; where there is nothing to
    compare, that."""
    if regions.empty:
        return "No region has enough meetings with a known agenda to tell."
    told = regions.index + ": " + regions["words"]
    if len(regions) == 1:
        return f"Enough meetings to tell only in {told.iloc[0]}."
    if regions["share"].nunique() == 1:
        return f"The same in all that have enough meetings to tell: {join_parts(told)}."
    return join_sentences(
        *(
            f"{word} in {join_parts(ties_for_max(told, shares))}."
            for word, shares in (("Highest", regions["share"]), ("Lowest", 1 - regions["share"]))
        )
    )


def vs_all_regions_caption(table: pd.DataFrame) -> str:
    """Return the caption of regions against the whole area, from ``region`` (its name), ``threat``,
    ``on_agenda``, ``meetings``, ``difference`` and ``few``."""
    what = f"Grid of {quantity(table['region'].nunique(), 'region')} by "
    what += f"{quantity(table['threat'].nunique(), 'threat')}."
    known = table.groupby("region", sort=False)["meetings"].max()
    few = known[known < MIN_MEETINGS]
    told = table[~table["few"]].dropna(subset="difference")
    parts = []
    for word, rows in (
        ("above", ties_for_max(told, told["difference"])),
        ("below", ties_for_max(told, -told["difference"])),
    ):
        named = [
            f"{row.threat} in {row.region}, "
            f"{count_of_meetings(row.on_agenda, row.meetings)}, {percentage_points(row.difference)}"
            for row in rows.itertuples()
        ]
        parts += [f"Farthest {word} the whole: {join_parts(named)}."] if named else []
    return join_sentences(
        what, *parts, f"Too few meetings to tell: {join_names(few.index)}." if len(few) else ""
    )


def with_indicator_caption(
    attention: pd.DataFrame,
    totals: pd.DataFrame,
    measured: pd.DataFrame,
    indicator_name: str,
    predicate: str,
    trend_text: str,
) -> str:
    """Return the caption of attention to one threat beside a measured figure, from tables as in
    ``by_year`` and ``period``, ``value`` and ``words``."""
    known = measured.dropna(subset="value")
    top, least = known["value"].max(), known["value"].min()
    high, low = known[known["value"] == top], known[known["value"] == least]
    periods = list(dict.fromkeys([known["period"].iloc[0], known["period"].iloc[-1]]))
    span = f"Under it {indicator_name}, {' to '.join(periods)}: "
    figure = f"highest in {join_names(high['period'])} with {high['words'].iloc[0]}, "
    figure += f"lowest in {join_names(low['period'])} with {low['words'].iloc[0]}."
    if top == least:
        always = "always the same, " if len(known) > 1 else ""
        figure = f"{always}{high['words'].iloc[0]}."
    empty = int(measured["value"].isna().sum())
    gap = f"No figure for {quantity(empty, 'period')} in between." if empty else ""
    return join_sentences(
        single_series_caption(attention, totals, predicate, "Line", trend_text), span + figure, gap
    )
