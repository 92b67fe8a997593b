"""What a chart shows and its main finding, in a sentence or two, made from its figures.

This is the caption under a chart, its alternative text for who cannot see it, and the first line
under its title where it is printed. Nothing here is stronger than the figures: what rests on too
few meetings says so, and a year of which nothing is known is named as a gap.
"""

from collections.abc import Iterable

import pandas as pd

from threats import measures, words

ON = {"agenda": "on the agenda", "focus": "the main subject", "any": "mentioned"}
MOST_NAMES = 8


def trend_note(over: str = "all threats, whichever are chosen,") -> str:
    """Return the note on how a rise or fall is told, from what it is adjusted over."""
    return (
        "A rise or fall is told where the trend over the years holds: Cochran's and Armitage's "
        f"test, adjusted over {over} after Benjamini and Hochberg (1995), under 5 %."
    )


def text(*sentences: str) -> str:
    """Return sentences as one text, without those that are empty."""
    return " ".join(filter(None, sentences))


def some(names: Iterable[str]) -> str:
    """Return names as a list in a sentence, the first eight and how many more there are."""
    return words.listed(_shortened(names))


def series(parts: Iterable[str]) -> str:
    """Return parts of a sentence in a row, the first eight and how many more there are."""
    return "; ".join(_shortened(parts))


def _shortened(parts: Iterable[str]) -> list[str]:
    parts = list(parts)
    if len(parts) <= MOST_NAMES:
        return parts
    rest = parts[MOST_NAMES - 1 :]
    return [*parts[: MOST_NAMES - 1], f"{len(rest)} others"]


def gaps(totals: pd.DataFrame) -> str:
    """Return the years of which no meeting, or no agenda, is known, from ``year``, ``meetings`` and
    ``known``; empty where there is none."""
    none = totals.loc[totals["meetings"] == 0, "year"]
    unread = totals.loc[(totals["meetings"] > 0) & (totals["known"] == 0), "year"]
    return text(
        f"No meeting is known of {words.years(none)}." if len(none) else "",
        f"No agenda is known of {words.years(unread)}." if len(unread) else "",
    )


def _enough(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with enough meetings to rank their shares; all rows where none has."""
    enough = table[table["meetings"] >= measures.FEWEST]
    return table if enough.empty else enough


def ranking(table: pd.DataFrame, role: str) -> str:
    """Return the caption of attention over a whole selection, from ``threat``, ``on_agenda``,
    ``meetings``, ``share``, ``low``, ``high`` and ``status``, most first."""
    counted = table[table["status"] == "counted"]
    what = f"Points with 95 % intervals for {words.counted(len(table), 'threat')}."
    if counted.empty:
        return text(what, "No agenda of these meetings is known.")
    # By share, as the chart ranks: of the pandemic fewer meetings can tell than of the rest.
    counted = _enough(counted)
    top = measures.largest(counted, counted["share"])
    if top.empty:
        none = "It was never" if len(table) == 1 else "None of them was"
        return text(what, f"{none} {ON[role]}.")
    row = top.iloc[0]
    figure = words.share(row["on_agenda"], row["meetings"], row["low"], row["high"])
    if top["meetings"].nunique() > 1:
        figure = words.percent(row["share"])
    said = words.about(row["share"])
    end = "; too few to tell" if row["meetings"] < measures.FEWEST else f", {said}"
    if len(table) == 1:
        return text(what, f"{row['threat']} was {ON[role]} in {figure}{end}.")
    each = "each " if len(top) > 1 else ""
    never = counted.loc[counted["on_agenda"] == 0, "threat"]
    return text(
        what,
        f"Most often {ON[role]}: {some(top['threat'])}, {each}{figure}{end}.",
        f"Never {ON[role]}: {some(never)}." if len(never) else "",
    )


def peak(rows: pd.DataFrame, measure: str = "share") -> str:
    """Return the year or years in which one thing had most, with the figure, from ``year``,
    ``on_agenda``, ``meetings`` and ``share``: of the years with enough meetings for a share, where
    the measure is one; empty where there are not two such years, or it never was."""
    rows = rows[rows["meetings"] >= (measures.FEWEST if measure == "share" else 1)]
    best = measures.largest(rows, rows["share" if measure == "share" else "on_agenda"])
    if len(rows) < 2 or best.empty:
        return ""
    row = best.iloc[0]
    if len(best) == 1:
        return f"{row['year']} with {words.of(row['on_agenda'], row['meetings'], 'meeting')}"
    same = words.percent(row["share"])
    if measure == "count":
        same = words.counted(int(row["on_agenda"]), "meeting")
    return f"{words.years(best['year'])} with {same}"


def moved(row, last: int) -> str:
    """Return how something rose or fell, from a row of ``measures.trend`` whose years end with
    ``last``."""
    return (
        f"from {words.of(row.early_on, row.early, 'meeting')} before {row.split} to "
        f"{words.of(row.late_on, row.late, 'meeting')} from {row.split} to {last}"
    )


def trends(found: pd.DataFrame, years: tuple[int, int], most: int = 1, of: str = "") -> str:
    """Return the clearest rises and falls over the first to the last of these years, at most so
    many of each, those that hold by the test; else that none does or that there is too little to
    tell. ``found`` is what ``measures.trend`` gives, with ``threat``, the name of each; ``of``
    tells what it is of where that is not all."""
    first, last = years
    if first == last:
        return ""
    told = []
    for way, word in (("up", "rise"), ("down", "fall")):
        rows = found[found["moved"] == way].sort_values("p_adjusted", kind="stable")
        changes = [f"{row.threat}, {moved(row, last)}" for row in rows.head(most).itertuples()]
        if changes:
            rest = rows["threat"].tolist()[most:]
            also = f"; also {some(rest)}" if rest else ""
            told.append(f"Clear {word}: {'; '.join(changes)}{also}.")
    few = (found["moved"] == "few").all()
    if few or not told:
        none = f"No clear rise or fall{f' of {of}' if of else ''}."
        return "Too few meetings to tell a trend." if few else none
    return text(*told)


def by_year(table: pd.DataFrame, totals: pd.DataFrame, noun: str, had: str, moved: str) -> str:
    """Return the caption of shares by year of several things, such as threats: what was most
    frequent, the clearest rise and fall, and the gaps. ``table`` has ``threat`` (its name),
    ``year``, ``on_agenda``, ``meetings`` and ``share``; ``totals`` has ``year``, ``meetings`` and
    ``known``; ``had`` tells how a meeting had one, such as "on the agenda", and ``moved`` what
    ``trends`` gives."""
    if table["threat"].nunique() == 1:
        return alone(table, totals, had, "Heatmap", moved)
    known = int(totals["known"].sum())
    sums = table.groupby("threat", sort=False)[["on_agenda", "meetings"]].sum()
    what = f"Heatmap of {words.counted(len(sums), noun)} by year, {words.years(table['year'])}, "
    what += f"from {words.counted(known, 'meeting')} with a known agenda."
    if not known or not sums["on_agenda"].any():
        return text(what, f"None of them was {had}." if known else "", gaps(totals))
    sums = _enough(sums[sums["meetings"] > 0])
    top = measures.largest(sums, sums["on_agenda"] / sums["meetings"])
    row, each = top.iloc[0], "each in" if len(top) > 1 else "in"
    figure = words.of(row["on_agenda"], row["meetings"], "meeting")
    if top["meetings"].nunique() > 1:
        figure = f"{words.percent(row['on_agenda'] / row['meetings'])} of the meetings"
    most = f"Most often {had}: {some(top.index)}, {each} {figure}."
    return text(what, most, moved, gaps(totals))


def alone(table: pd.DataFrame, totals: pd.DataFrame, had: str, form: str, moved: str) -> str:
    """Return the caption of the share of one thing by year, columns as in ``by_year``; ``form``
    tells how it is drawn."""
    on, meetings = int(table["on_agenda"].sum()), int(table["meetings"].sum())
    name = words.inside(table["threat"].iloc[0])
    what = f"{form} of {name} by year, {words.years(table['year'])}."
    if not meetings:
        return text(what, gaps(totals))
    if not on:
        never = f"It was never {had}, in {words.counted(meetings, 'meeting')}."
        return text(what, never, gaps(totals))
    highest = peak(table)
    told = f"It was {had} in {words.of(on, meetings, 'meeting')}"
    told += f", most in {highest}." if highest else "."
    return text(what, told, moved, gaps(totals))


def lines(table: pd.DataFrame, totals: pd.DataFrame, had: str, measure: str, moved: str) -> str:
    """Return the caption of a few things followed over the years, with the peak of each and the
    trends; columns as in ``by_year``."""
    if table["threat"].nunique() == 1:
        return alone(table, totals, had, "Line", moved)
    what = f"Lines by year, {words.years(table['year'])}."
    if table["year"].nunique() == 1:
        told = [
            f"{row.threat} in {words.of(row.on_agenda, row.meetings, 'meeting')}"
            + (", too few to tell" if row.meetings < measures.FEWEST else "")
            for row in table[table["on_agenda"] > 0].itertuples()
        ]
        known = table["meetings"].any()
        return text(
            what,
            f"{had[:1].upper()}{had[1:]}: {series(told)}." if told else "",
            f"None of them was {had}." if known and not told else "",
            gaps(totals),
        )
    most, few, never = [], [], []
    for name, rows in table.groupby("threat", sort=False):
        highest = peak(rows, measure)
        if highest:
            most.append(f"{name} in {highest}")
        else:
            (few if rows["on_agenda"].any() else never).append(name)
    return text(
        what,
        f"Most: {'; '.join(most)}." if most else "",
        f"Too few years with enough meetings to tell a peak: {some(few)}." if few else "",
        f"Never {had}: {some(never)}." if never else "",
        moved if most or few else "",
        gaps(totals),
    )


def presence(table: pd.DataFrame, looked: set[str], role: str) -> str:
    """Return the caption of since when each threat has been there, from ``threat``, ``first``,
    ``last`` and ``meetings``; ``looked`` are the threats of which any year is known."""
    what = f"Timeline of {words.counted(len(table), 'threat')}."
    ever = table.dropna(subset="first")
    never = table.loc[table["first"].isna() & table["threat"].isin(looked), "threat"]
    if not looked:
        return text(what, "No agenda of these years is known.")
    told = []
    if len(ever) <= 3:
        for row in ever.itertuples():
            span = f"first in {row.first}, last in {row.last}"
            when = f"in {row.first}" if row.first == row.last else span
            often = words.counted(row.meetings, "meeting")
            told.append(f"{row.threat} was {ON[role]} in {often}, {when}.")
    else:
        newest = ever[ever["first"] == ever["first"].max()]
        oldest = ever[ever["last"] == ever["last"].min()]
        if ever["first"].nunique() > 1:
            year = newest["first"].iloc[0]
            told.append(f"The last to come up here: {some(newest['threat'])}, in {year}.")
        if ever["last"].nunique() > 1:
            year = oldest["last"].iloc[0]
            told.append(f"Longest away: {some(oldest['threat'])}, last in {year}.")
    if len(never):
        told.append(f"Never {ON[role]}: {some(never)}.")
    elif len(table) > 3:
        told.append(f"All have been {ON[role]}.")
    return text(what, *told)


def changes(counts: dict[str, int], held: Iterable[str], threats: int, of: str = "") -> str:
    """Return the caption of a comparison of eras, from the number of meetings of each and the
    changes that hold, in words; ``of`` as in ``trends``."""
    meetings = [f"{n or 'none'} {name}" for name, n in counts.items()]
    what = f"Points with 95 % intervals for {words.counted(threats, 'threat')}. Meetings: "
    what += f"{words.listed(meetings)}."
    held, (before, *later) = list(held), counts.values()
    none = f"No change{f' of {of}' if of else ''} holds."
    if min(before, max(later)) < measures.FEWEST:
        none = "Too few meetings to tell a change."
    return text(what, f"Changes that hold: {'; '.join(held)}." if held else none)


def within(table: pd.DataFrame, later: str, of: str = "") -> str:
    """Return the caption of changes within series, from ``threat``, ``odds_ratio``, ``p`` and
    ``holds``; ``of`` as in ``trends``."""
    if table.empty:
        return "No series has meetings in both eras to compare."
    what = f"Odds ratios within series for {words.counted(len(table), 'threat')}, {later} the "
    what += "emergency against before."
    held = table[table["holds"]]
    told = [
        f"{word}: {some(rows['threat'])}"
        for word, rows in (
            ("more often", held[held["odds_ratio"] > 1]),
            ("less often", held[held["odds_ratio"] < 1]),
        )
        if len(rows)
    ]
    if told:
        return text(what, f"Changes that hold, {'; '.join(told)}.")
    if table["p"].isna().all():
        return text(what, "Too few meetings to tell a change.")
    return text(what, f"No change{f' of {of}' if of else ''} holds within series.")


def extremes(regions: pd.DataFrame) -> str:
    """Return where attention was highest and where lowest, all names of each, from ``share`` and
    ``words`` of the regions with enough meetings, by their names; where there is nothing to
    compare, that."""
    if regions.empty:
        return "No region has enough meetings with a known agenda to tell."
    told = regions.index + ": " + regions["words"]
    if len(regions) == 1:
        return f"Enough meetings to tell only in {told.iloc[0]}."
    if regions["share"].nunique() == 1:
        return f"The same in all that have enough meetings to tell: {series(told)}."
    return text(
        *(
            f"{word} in {series(measures.largest(told, shares))}."
            for word, shares in (("Highest", regions["share"]), ("Lowest", 1 - regions["share"]))
        )
    )


def against_whole(table: pd.DataFrame) -> str:
    """Return the caption of regions against the whole area, from ``region`` (its name), ``threat``,
    ``on_agenda``, ``meetings``, ``difference`` and ``few``."""
    what = f"Grid of {words.counted(table['region'].nunique(), 'region')} by "
    what += f"{words.counted(table['threat'].nunique(), 'threat')}."
    known = table.groupby("region", sort=False)["meetings"].max()
    few = known[known < measures.FEWEST]
    told = table[~table["few"]].dropna(subset="difference")
    parts = []
    for word, rows in (
        ("above", measures.largest(told, told["difference"])),
        ("below", measures.largest(told, -told["difference"])),
    ):
        named = [
            f"{row.threat} in {row.region}, "
            f"{words.of(row.on_agenda, row.meetings, 'meeting')}, {words.points(row.difference)}"
            for row in rows.itertuples()
        ]
        parts += [f"Farthest {word} the whole: {series(named)}."] if named else []
    return text(what, *parts, f"Too few meetings to tell: {some(few.index)}." if len(few) else "")


def beside(
    attention: pd.DataFrame,
    totals: pd.DataFrame,
    measured: pd.DataFrame,
    name: str,
    had: str,
    moved: str,
) -> str:
    """Return the caption of attention to one threat beside a measured figure, from tables as in
    ``by_year`` and ``period``, ``value`` and ``words``."""
    known = measured.dropna(subset="value")
    top, least = known["value"].max(), known["value"].min()
    high, low = known[known["value"] == top], known[known["value"] == least]
    periods = list(dict.fromkeys([known["period"].iloc[0], known["period"].iloc[-1]]))
    span = f"Under it {name}, {' to '.join(periods)}: "
    figure = f"highest in {some(high['period'])} with {high['words'].iloc[0]}, "
    figure += f"lowest in {some(low['period'])} with {low['words'].iloc[0]}."
    if top == least:
        always = "always the same, " if len(known) > 1 else ""
        figure = f"{always}{high['words'].iloc[0]}."
    empty = int(measured["value"].isna().sum())
    gap = f"No figure for {words.counted(empty, 'period')} in between." if empty else ""
    return text(alone(attention, totals, had, "Line", moved), span + figure, gap)
