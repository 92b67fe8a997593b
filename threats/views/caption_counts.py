"""Captions of charts of counts, as ``threats.views.caption`` makes those of shares."""

from collections.abc import Iterable, Mapping

import pandas as pd

from threats import measures, words
from threats.dataset import date_in_words
from threats.views.caption import some, text


def stacked(
    totals: pd.DataFrame, noun: str, parts: Iterable[tuple[str, int]], read: bool = False
) -> str:
    """Return the caption of stacked bars of meetings by year: how many there are of each part, the
    year with most, and the years without one. ``totals`` has ``year`` and ``meetings``;
    ``read`` where the meetings not read are left out."""
    were, was = ("were read", "was read") if read else ("are known", "is known")
    whole, parts = int(totals["meetings"].sum()), [part for part in parts if part[1]]
    first, last = int(totals["year"].min()), int(totals["year"].max())
    what = (
        f"Stacked bars of {words.counted(whole, 'meeting')}, {words.years(range(first, last + 1))}"
    )
    what += f", by {noun}: " + words.listed([f"{name} {number}" for name, number in parts]) + "."
    most = measures.largest(totals, totals["meetings"])
    none = totals.loc[totals["meetings"] == 0, "year"]
    return text(
        what,
        f"Most {were} of {words.years(most['year'])}: {most['meetings'].iloc[0]}."
        if 0 < len(most) < len(totals) and most["meetings"].iloc[0] > 1
        else "",
        f"No meeting {was} of {words.years(none)}." if len(none) else "",
    )


def together(table: pd.DataFrame, rows: str, columns: str) -> str:
    """Return the caption of a grid of what comes with what, from ``row``, ``column``,
    ``together``, ``expected``, ``lift`` and ``few``."""
    what = f"Grid of {words.counted(table['row'].nunique(), rows)}"
    across = f"by {words.counted(table['column'].nunique(), columns)}"
    what += ", each with each." if rows == columns else f" {across}."
    told = table[~table["few"]]
    if told.empty:
        return text(what, "No pair comes often enough to tell.")
    if rows == columns:  # each pair stands there in both directions
        told = told[~told[["row", "column"]].apply(frozenset, axis=1).duplicated()]
    often = measures.largest(told, told["together"])
    above = measures.largest(told, told["lift"])

    def named(pairs: pd.DataFrame) -> str:
        names = [f"{row.row} with {words.inside(row.column)}" for row in pairs.itertuples()]
        return f"{some(names)}, {'each ' if len(names) > 1 else ''}in"

    common = [words.counted(n, "meeting") for n in above["together"].unique()]
    return text(
        what,
        f"Most often: {named(often)} {words.counted(often['together'].iloc[0], 'meeting')}."
        if len(often)
        else "",
        f"Most above chance: {named(above)} {' or '.join(common)}, "
        f"{above['lift'].iloc[0]:.1f} times as often."
        if (above["lift"] > 1).any()
        else "No pair comes more often than by chance.",
    )


def points(numbers: pd.Series, of: int, noun: str) -> str:
    """Return the caption of single meetings as points: how many are known of all, the median, the
    smallest and the largest."""
    known = (
        f"Numbers of {noun} of {len(numbers)} of {words.counted(of, 'meeting')} as points, with "
    )
    known += "the median of each year."
    if len(numbers) < measures.FEWEST:
        return text(known, "Too few to tell more.")
    return text(
        known,
        f"Half of them had {numbers.median():.0f} {noun} or more; the smallest {numbers.min()}, "
        f"the largest {numbers.max()}.",
    )


def make_up(table: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Return the caption of what eras are made of, from ``era``, ``label``, ``meetings`` and
    ``whole``; ``names`` of the eras in their order."""
    told = []
    for era, name in names.items():
        rows = table[(table["era"] == era) & (table["whole"] > 0)]
        if rows.empty:
            told.append(f"no meetings {name}")
            continue
        top = measures.largest(rows, rows["meetings"])
        share = f"{top['meetings'].iloc[0]}, {words.percent(top['share'].iloc[0])}"
        each, only = "each " if len(top) > 1 else "", f"all of {top['label'].iloc[0]}"
        whole = words.counted(int(top["whole"].iloc[0]), "meeting")
        part = f"the largest part {some(top['label'])} ({each}{share})"
        told.append(f"{whole} {name}, {part if len(rows[rows['meetings'] > 0]) > 1 else only}")
    return f"Stacked bars: {'; '.join(told)}."


def ties(table: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Return the caption of ties to the pandemic, from ``threat``, ``year``, ``pandemic_link`` and
    ``meetings``; ``names`` of the kinds of tie."""
    sums, years, kinds = (
        table.groupby(by, sort=False)["meetings"].sum()
        for by in ("threat", "year", "pandemic_link")
    )
    what = f"Bars by year for {words.counted(len(sums), 'threat')}, "
    what += f"{words.years(table['year'].unique())}."
    top = measures.largest(sums, sums).index
    often = [f"“{names[kind]}”" for kind in measures.largest(kinds, kinds).index]
    return text(
        what,
        f"Most often tied to the pandemic: {some(top)}, {'each ' if len(top) > 1 else ''}"
        f"{words.times(int(sums.max()))}."
        if len(sums) > 1
        else f"{top[0]} was tied to the pandemic {words.times(int(sums.max()))}.",
        f"The most are of {words.years(measures.largest(years, years).index)}: {years.max()}."
        if years.nunique() > 1
        else "",
        f"The most of one kind are {words.listed(often)}: {kinds.max()}."
        if kinds.nunique() > 1
        else "",
    )


def forms(table: pd.DataFrame) -> str:
    """Return the caption of how meetings were held, from ``year``, ``format`` and ``meetings``."""
    totals = table.groupby("year", as_index=False)["meetings"].sum()
    sums = table.groupby("format")["meetings"].sum()
    names = {
        "in_person": "in person",
        "hybrid": "hybrid",
        "online": "online",
        "unknown": "not told",
    }
    parts = [(name, int(sums.get(form, 0))) for form, name in names.items()]
    remote = table[table["format"].isin(["online", "hybrid"])].groupby("year")["meetings"].sum()
    most = measures.largest(remote, remote)
    whole = totals.set_index("year")["meetings"]
    told = [f"{year} with {words.of(n, whole[year], 'meeting')}" for year, n in most.items()]
    return text(
        stacked(totals, "form", parts, read=True),
        f"Most online or hybrid in {some(told)}." if told and len(totals) > 1 else "",
    )


def sessions(regions: pd.Series, years: pd.Series) -> str:
    """Return the caption of sessions on a region in time, from the region and year of each."""
    sums = regions.value_counts()
    top = measures.largest(sums, sums).index
    what = f"Points in time for {words.counted(len(regions), 'session')} on "
    what += f"{words.counted(len(sums), 'region')}, {int(years.min())} to {int(years.max())}."
    each = "each " if len(top) > 1 else ""
    most = f"Most on {some(top)}: {each}{words.counted(int(sums.max()), 'session')}."
    return text(what, most if len(sums) > 1 else f"All on {top[0]}.")


def hosted(counts: pd.Series) -> str:
    """Return the finding on meetings hosted, from their number by the name of each country."""
    most, whole = measures.largest(counts, counts), words.counted(int(counts.sum()), "meeting")
    if most.empty:
        return "No meeting is known to have been held in one of them."
    countries = int((counts > 0).sum())
    if countries == 1:
        return f"{whole}, all in {most.index[0]}."
    each = "each " if len(most) > 1 else ""
    return f"{whole} in {countries} countries, most in {some(most.index)}: {each}{most.iloc[0]}."


def by_month(table: pd.DataFrame, dated: int) -> str:
    """Return the caption of travel rules beside meetings by month, from ``period``, ``value``,
    ``words`` and ``on_agenda``, and the number of meetings dated to a month."""
    known = table.dropna(subset="value")
    highest, lowest = known["value"].max(), known["value"].min()
    strict, least = (
        some(date_in_words(period) for period in known.loc[known["value"] == value, "period"])
        for value in (highest, lowest)
    )
    first, last = date_in_words(table["period"].iloc[0]), date_in_words(table["period"].iloc[-1])
    pandemic = int(table["on_agenda"].sum())
    return text(
        f"Three panels by month, {first} to {last}.",
        f"Travel rules were strictest in {strict} (level {highest:.1f} of 4) and least strict in "
        f"{least} (level {lowest:.1f})."
        if highest > lowest
        else f"The level of travel rules was {highest:.1f} of 4.",
        f"{words.counted(dated, 'meeting').capitalize()} dated to a month, "
        f"{pandemic or 'none'} with the pandemic as an item.",
    )


def known(table: pd.DataFrame) -> str:
    """Return the caption of what is known of series, from ``label``, ``whole``, ``part``, ``none``
    and ``missing``."""
    sums = table[["whole", "part", "none", "missing"]].sum()
    missing = table[table["missing"] > 0].sort_values("missing", ascending=False, kind="stable")
    found = [f"{row.label} {row.missing}" for row in missing.itertuples()]
    return text(
        f"Stacked bars for {len(table)} series: {words.counted(int(sums['whole']), 'meeting')} "
        f"read whole, {sums['part']:,} in part, {sums['none']:,} not read.",
        f"Known to be missing: {some(found)}." if found else "No edition is known to be missing.",
    )


def region_years(table: pd.DataFrame) -> str:
    """Return the caption of meetings known of by region and year, from ``label``, ``year`` and
    ``meetings``."""
    sums = table.groupby("label", sort=False)["meetings"].sum()
    empty = table[table["meetings"] == 0].groupby("label", sort=False).size()
    none, most = measures.largest(empty, empty), measures.largest(sums, sums)
    what = f"Grid of {words.counted(len(sums), 'region')} by year, {words.years(table['year'])}."

    def named(top: pd.Series) -> str:
        return f"{some(top.index)}: {'each ' if len(top) > 1 else ''}{top.iloc[0]}"

    return text(
        what,
        f"Most meetings are known of {named(most)}." if len(most) else "",
        f"Most years without one are of {named(none)}." if len(none) else "",
    )


def agreement(table: pd.DataFrame) -> str:
    """Return the caption of the agreement of two readings, from ``row``, ``alpha`` and ``band``,
    one row a code that could be judged."""
    bands = table["band"].value_counts()
    weak = table.loc[table["band"] == "unreliable", "row"]
    return text(
        f"Dots for {words.counted(len(table), 'code')}: {bands.get('reliable', 0)} reliable, "
        f"{bands.get('tentative', 0)} tentative, {bands.get('unreliable', 0)} unreliable; half "
        f"have an alpha of {table['alpha'].median():.2f} or more.",
        f"Unreliable: {some(weak)}." if len(weak) else "",
    )
