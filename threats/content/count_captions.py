"""Captions of charts of counts, as ``threats.views.caption`` makes those of shares."""

from collections.abc import Iterable, Mapping

import pandas as pd

from threats.content.phrases import join_names, join_sentences
from threats.dataset.dates import format_date_range
from threats.format import join, lower_name, percent, year_ranges
from threats.stats.attention import ties_for_max
from threats.stats.trends import MIN_MEETINGS
from threats.text.quantities import count_of_meetings, frequency, quantity


def stacked_bars_caption(
    totals: pd.DataFrame, noun: str, parts: Iterable[tuple[str, int]], exclude_unread: bool = False
) -> str:
    """Return the caption of stacked bars of meetings by year: how many there are of each part, the
    year with most, and the years without one. ``totals`` has ``year`` and ``meetings``;
    ``read`` where the meetings not read are left out."""
    were, was = ("were read", "was read") if exclude_unread else ("are known", "is known")
    whole, parts = int(totals["meetings"].sum()), [part for part in parts if part[1]]
    first, last = int(totals["year"].min()), int(totals["year"].max())
    what = f"Stacked bars of {quantity(whole, 'meeting')}, {year_ranges(range(first, last + 1))}"
    what += f", by {noun}: " + join([f"{name} {number}" for name, number in parts]) + "."
    most = ties_for_max(totals, totals["meetings"])
    none = totals.loc[totals["meetings"] == 0, "year"]
    return join_sentences(
        what,
        f"Most {were} of {year_ranges(most['year'])}: {most['meetings'].iloc[0]}."
        if 0 < len(most) < len(totals) and most["meetings"].iloc[0] > 1
        else "",
        f"No meeting {was} of {year_ranges(none)}." if len(none) else "",
    )


def cooccurrence_caption(table: pd.DataFrame, row_noun: str, column_noun: str) -> str:
    """Return the caption of a grid of what comes with what, from ``row``, ``column``,
    ``together``, ``expected``, ``lift`` and ``few``."""
    what = f"Grid of {quantity(table['row'].nunique(), row_noun)}"
    across = f"by {quantity(table['column'].nunique(), column_noun)}"
    what += ", each with each." if row_noun == column_noun else f" {across}."
    told = table[~table["few"]]
    if told.empty:
        return join_sentences(what, "No pair comes often enough to tell.")
    if row_noun == column_noun:  # each pair stands there in both directions
        told = told[~told[["row", "column"]].apply(frozenset, axis=1).duplicated()]
    often = ties_for_max(told, told["together"])
    above = ties_for_max(told, told["lift"])

    def named(pairs: pd.DataFrame) -> str:
        names = [f"{row.row} with {lower_name(row.column)}" for row in pairs.itertuples()]
        return f"{join_names(names)}, {'each ' if len(names) > 1 else ''}in"

    common = [quantity(n, "meeting") for n in above["together"].unique()]
    return join_sentences(
        what,
        f"Most often: {named(often)} {quantity(often['together'].iloc[0], 'meeting')}."
        if len(often)
        else "",
        f"Most above chance: {named(above)} {' or '.join(common)}, "
        f"{above['lift'].iloc[0]:.1f} times as often."
        if (above["lift"] > 1).any()
        else "No pair comes more often than by chance.",
    )


def participants_caption(numbers: pd.Series, n_meetings: int, noun: str) -> str:
    """Return the caption of single meetings as points: how many are known of all, the median, the
    smallest and the largest."""
    known = (
        f"Numbers of {noun} of {len(numbers)} of {quantity(n_meetings, 'meeting')} as points, with "
    )
    known += "the median of each year."
    if len(numbers) < MIN_MEETINGS:
        return join_sentences(known, "Too few to tell more.")
    return join_sentences(
        known,
        f"Half of them had {numbers.median():.0f} {noun} or more; the smallest {numbers.min()}, "
        f"the largest {numbers.max()}.",
    )


def composition_caption(table: pd.DataFrame, era_names: Mapping[str, str]) -> str:
    """Return the caption of what eras are made of, from ``era``, ``label``, ``meetings`` and
    ``whole``; ``names`` of the eras in their order."""
    told = []
    for era, name in era_names.items():
        rows = table[(table["era"] == era) & (table["whole"] > 0)]
        if rows.empty:
            told.append(f"no meetings {name}")
            continue
        top = ties_for_max(rows, rows["meetings"])
        share = f"{top['meetings'].iloc[0]}, {percent(top['share'].iloc[0])}"
        each, only = "each " if len(top) > 1 else "", f"all of {top['label'].iloc[0]}"
        whole = quantity(int(top["whole"].iloc[0]), "meeting")
        part = f"the largest part {join_names(top['label'])} ({each}{share})"
        told.append(f"{whole} {name}, {part if len(rows[rows['meetings'] > 0]) > 1 else only}")
    return f"Stacked bars: {'; '.join(told)}."


def pandemic_links_caption(table: pd.DataFrame, link_names: Mapping[str, str]) -> str:
    """Return the caption of ties to the pandemic, from ``threat``, ``year``, ``pandemic_link`` and
    ``meetings``; ``names`` of the kinds of tie."""
    sums, years, kinds = (
        table.groupby(by, sort=False)["meetings"].sum()
        for by in ("threat", "year", "pandemic_link")
    )
    what = f"Bars by year for {quantity(len(sums), 'threat')}, "
    what += f"{year_ranges(table['year'].unique())}."
    top = ties_for_max(sums, sums).index
    often = [f"“{link_names[kind]}”" for kind in ties_for_max(kinds, kinds).index]
    return join_sentences(
        what,
        f"Most often tied to the pandemic: {join_names(top)}, {'each ' if len(top) > 1 else ''}"
        f"{frequency(int(sums.max()))}."
        if len(sums) > 1
        else f"{top[0]} was tied to the pandemic {frequency(int(sums.max()))}.",
        f"The most are of {year_ranges(ties_for_max(years, years).index)}: {years.max()}."
        if years.nunique() > 1
        else "",
        f"The most of one kind are {join(often)}: {kinds.max()}." if kinds.nunique() > 1 else "",
    )


def formats_caption(table: pd.DataFrame) -> str:
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
    most = ties_for_max(remote, remote)
    whole = totals.set_index("year")["meetings"]
    told = [f"{year} with {count_of_meetings(n, whole[year])}" for year, n in most.items()]
    return join_sentences(
        stacked_bars_caption(totals, "form", parts, exclude_unread=True),
        f"Most online or hybrid in {join_names(told)}." if told and len(totals) > 1 else "",
    )


def sessions_caption(regions: pd.Series, years: pd.Series) -> str:
    """Return the caption of sessions on a region in time, from the region and year of each."""
    sums = regions.value_counts()
    top = ties_for_max(sums, sums).index
    what = f"Points in time for {quantity(len(regions), 'session')} on "
    what += f"{quantity(len(sums), 'region')}, {int(years.min())} to {int(years.max())}."
    each = "each " if len(top) > 1 else ""
    most = f"Most on {join_names(top)}: {each}{quantity(int(sums.max()), 'session')}."
    return join_sentences(what, most if len(sums) > 1 else f"All on {top[0]}.")


def hosting_sentence(counts: pd.Series) -> str:
    """Return the finding on meetings hosted, from their number by the name of each country."""
    most, whole = ties_for_max(counts, counts), quantity(int(counts.sum()), "meeting")
    if most.empty:
        return "No meeting is known to have been held in one of them."
    countries = int((counts > 0).sum())
    if countries == 1:
        return f"{whole}, all in {most.index[0]}."
    each = "each " if len(most) > 1 else ""
    return (
        f"{whole} in {countries} countries, most in {join_names(most.index)}: {each}{most.iloc[0]}."
    )


def travel_rules_caption(table: pd.DataFrame, n_dated: int) -> str:
    """Return the caption of travel rules beside meetings by month, from ``period``, ``value``,
    ``words`` and ``on_agenda``, and the number of meetings dated to a month."""
    known = table.dropna(subset="value")
    highest, lowest = known["value"].max(), known["value"].min()
    strict, least = (
        join_names(
            format_date_range(period) for period in known.loc[known["value"] == value, "period"]
        )
        for value in (highest, lowest)
    )
    first, last = (
        format_date_range(table["period"].iloc[0]),
        format_date_range(table["period"].iloc[-1]),
    )
    pandemic = int(table["on_agenda"].sum())
    return join_sentences(
        f"Three panels by month, {first} to {last}.",
        f"Travel rules were strictest in {strict} (level {highest:.1f} of 4) and least strict in "
        f"{least} (level {lowest:.1f})."
        if highest > lowest
        else f"The level of travel rules was {highest:.1f} of 4.",
        f"{quantity(n_dated, 'meeting').capitalize()} dated to a month, "
        f"{pandemic or 'none'} with the pandemic as an item.",
    )


def series_coverage_caption(table: pd.DataFrame) -> str:
    """Return the caption of what is known of series, from ``label``, ``whole``, ``part``, ``none``
    and ``missing``."""
    sums = table[["whole", "part", "none", "missing"]].sum()
    missing = table[table["missing"] > 0].sort_values("missing", ascending=False, kind="stable")
    found = [f"{row.label} {row.missing}" for row in missing.itertuples()]
    return join_sentences(
        f"Stacked bars for {len(table)} series: {quantity(int(sums['whole']), 'meeting')} "
        f"read whole, {sums['part']:,} in part, {sums['none']:,} not read.",
        f"Known to be missing: {join_names(found)}."
        if found
        else "No edition is known to be missing.",
    )


def region_years_caption(table: pd.DataFrame) -> str:
    """Return the caption of meetings known of by region and year, from ``label``, ``year`` and
    ``meetings``."""
    sums = table.groupby("label", sort=False)["meetings"].sum()
    empty = table[table["meetings"] == 0].groupby("label", sort=False).size()
    none, most = ties_for_max(empty, empty), ties_for_max(sums, sums)
    what = f"Grid of {quantity(len(sums), 'region')} by year, {year_ranges(table['year'])}."

    def named(top: pd.Series) -> str:
        return f"{join_names(top.index)}: {'each ' if len(top) > 1 else ''}{top.iloc[0]}"

    return join_sentences(
        what,
        f"Most meetings are known of {named(most)}." if len(most) else "",
        f"Most years without one are of {named(none)}." if len(none) else "",
    )


def agreement_caption(table: pd.DataFrame) -> str:
    """Return the caption of the agreement of two readings, from ``row``, ``alpha`` and ``band``,
    one row a code that could be judged."""
    bands = table["band"].value_counts()
    weak = table.loc[table["band"] == "unreliable", "row"]
    return join_sentences(
        f"Dots for {quantity(len(table), 'code')}: {bands.get('reliable', 0)} reliable, "
        f"{bands.get('tentative', 0)} tentative, {bands.get('unreliable', 0)} unreliable; half "
        f"have an alpha of {table['alpha'].median():.2f} or more.",
        f"Unreliable: {join_names(weak)}." if len(weak) else "",
    )
