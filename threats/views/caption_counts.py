"""Captions of charts of counts, as ``threats.views.caption`` makes those of shares."""

from collections.abc import Iterable, Mapping

import pandas as pd

from threats import measures, words
from threats.dataset import date_in_words
from threats.views.caption import some, text


def stacked(totals: pd.DataFrame, noun: str, parts: Iterable[tuple[str, int]]) -> str:
    """Return the caption of stacked bars of meetings by year: how many there are of each part, the
    year with most, and the years without one. ``totals`` has ``year`` and ``meetings``."""
    whole, parts = int(totals["meetings"].sum()), [part for part in parts if part[1]]
    first, last = int(totals["year"].min()), int(totals["year"].max())
    what = (
        f"Stacked bars of {words.counted(whole, 'meeting')}, {words.years(range(first, last + 1))}"
    )
    what += f", by {noun}: " + words.listed([f"{name} {number}" for name, number in parts]) + "."
    most = totals[totals["meetings"] == totals["meetings"].max()]
    none = totals.loc[totals["meetings"] == 0, "year"]
    return text(
        what,
        f"Most are known of {words.years(most['year'])}: {most['meetings'].iloc[0]}."
        if len(most) < len(totals) and most["meetings"].iloc[0] > 1
        else "",
        f"No meeting is known of {words.years(none)}." if len(none) else "",
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
    often = told.loc[told["together"].idxmax()]
    above = told.loc[told["lift"].idxmax()]
    return text(
        what,
        f"Most often: {often['row']} with {words.inside(often['column'])}, in "
        f"{words.counted(often['together'], 'meeting')}.",
        f"Most above chance: {above['row']} with {words.inside(above['column'])}, in "
        f"{words.counted(above['together'], 'meeting')}, {above['lift']:.1f} times as often."
        if above["lift"] > 1
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
        top = rows.loc[rows["meetings"].idxmax()]
        share = f"{top['meetings']}, {words.percent(top['share'])}"
        whole = words.counted(int(top["whole"]), "meeting")
        told.append(f"{whole} {name}, most of {top['label']} ({share})")
    return f"Stacked bars: {'; '.join(told)}."


def ties(table: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Return the caption of ties to the pandemic, from ``threat``, ``year``, ``pandemic_link`` and
    ``meetings``; ``names`` of the kinds of tie."""
    sums = table.groupby("threat", sort=False)["meetings"].sum()
    years = table.groupby("year")["meetings"].sum()
    kinds = table.groupby("pandemic_link")["meetings"].sum()
    what = f"Bars by year for {words.counted(len(sums), 'threat')}, "
    what += f"{words.years(table['year'].unique())}."
    top = sums[sums == sums.max()].index
    return text(
        what,
        f"Most often tied to the pandemic: {some(top)}, {'each ' if len(top) > 1 else ''}"
        f"{words.times(int(sums.max()))}.",
        f"Most ties are of {years.idxmax()}, and most of the kind “{names[kinds.idxmax()]}”."
        if table["meetings"].sum() > 1
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
    most = ""
    if remote.any():
        year = remote.idxmax()
        whole = int(totals.loc[totals["year"] == year, "meetings"].iloc[0])
        most = f"Most online or hybrid in {year}: {words.of(int(remote.max()), whole, 'meeting')}."
    return text(stacked(totals, "form", parts), most)


def sessions(regions: pd.Series, years: pd.Series) -> str:
    """Return the caption of sessions on a region in time, from the region and year of each."""
    sums = regions.value_counts()
    top = sums[sums == sums.max()].index
    what = f"Points in time for {words.counted(len(regions), 'session')} on "
    what += f"{words.counted(len(sums), 'region')}, {int(years.min())} to {int(years.max())}."
    each = "each " if len(top) > 1 else ""
    return text(what, f"Most on {some(top)}: {each}{words.counted(int(sums.max()), 'session')}.")


def by_month(table: pd.DataFrame, dated: int) -> str:
    """Return the caption of travel rules beside meetings by month, from ``period``, ``value``,
    ``words`` and ``on_agenda``, and the number of meetings dated to a month."""
    known = table.dropna(subset="value")
    high, low = known.loc[known["value"].idxmax()], known.loc[known["value"].idxmin()]
    first, last = date_in_words(table["period"].iloc[0]), date_in_words(table["period"].iloc[-1])
    pandemic = int(table["on_agenda"].sum())
    return text(
        f"Three panels by month, {first} to {last}.",
        f"Travel rules were strictest in {date_in_words(high['period'])} (level "
        f"{high['value']:.1f} of 4) and least strict in {date_in_words(low['period'])} (level "
        f"{low['value']:.1f}).",
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
    none = empty[empty == empty.max()]
    what = f"Grid of {words.counted(len(sums), 'region')} by year, {words.years(table['year'])}."
    each = "each " if len(none) > 1 else ""
    return text(
        what,
        f"Most meetings are known of {sums.idxmax()}: {sums.max()}." if sums.any() else "",
        f"Most years without one: {some(none.index)}, {each}{none.iloc[0]}." if len(none) else "",
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
