"""Captions of charts of counts, computed from their figures; the words are in
``text.count_captions``."""

from collections.abc import Iterable, Mapping

import pandas as pd

from threats.dataset.dates import format_date_range
from threats.format import capital_first, decimals, format_range, join, lower_name, year_ranges
from threats.stats.attention import ties_for_max
from threats.text import count_captions as words
from threats.text import coverage
from threats.text.captions import NO_MEETING_IN_YEARS, YEAR_FIGURE
from threats.text.labels import MEETING_FORMAT_LABELS
from threats.text.phrases import join_names, join_sentences
from threats.text.quantities import count_of_meetings
from threats.text.translate import _

MAX_NAMED_PARTS = 4


def stacked_bars_caption(
    totals: pd.DataFrame, parts: Iterable[tuple[str, int]], exclude_unread: bool = False
) -> str:
    """Return the caption of meetings by year: the year with most, how many there are of each part,
    and the years without one. ``totals`` has ``year`` and ``meetings``; ``exclude_unread`` if these
    are only meetings that were read."""
    years = int(totals["year"].min()), int(totals["year"].max())
    top, empty = ties_for_max(totals, totals["meetings"]), totals[totals["meetings"] == 0]
    most = int(totals["meetings"].max())
    none = words.NO_MEETING_READ if exclude_unread else NO_MEETING_IN_YEARS
    peak = _(words.MOST_MEETINGS_IN, years=year_ranges(top["year"]), number=most)
    counts = {str(name): int(number) for name, number in parts if number}
    return join_sentences(
        peak if 0 < len(top) < len(totals) and most > 1 else "",
        words.meetings_by_part_sentence(int(totals["meetings"].sum()), years, counts)
        if len(counts) <= MAX_NAMED_PARTS
        else "",
        _(none, years=year_ranges(empty["year"])) if len(empty) else "",
    )


def cooccurrence_caption(table: pd.DataFrame, row_kind: str) -> str:
    """Return the caption of pairs of ``row_kind`` and threats, from ``row``, ``column``,
    ``together``, ``expected``, ``lift``, ``few`` and ``holds``: whether it is significant."""
    pairs = table[~table["few"]]
    if pairs.empty:
        return _(words.NO_FREQUENT_PAIR)
    if row_kind == "threat":  # each pair is in the table in both directions
        pairs = pairs[~pairs[["row", "column"]].apply(frozenset, axis=1).duplicated()]
    often, above = ties_for_max(pairs, pairs["together"]), pairs[pairs["holds"]]
    above = ties_for_max(above, above["lift"])
    strongest = _(words.NO_PAIR_ABOVE_EXPECTED)
    if (above["lift"] > 1).any():
        meetings = above["together"].unique().tolist()
        strongest = words.strongest_pair_sentence(
            _pair_names(above), meetings, above["lift"].iloc[0]
        )
    frequent = ""
    if len(often):
        number = int(often["together"].iloc[0])
        frequent = words.most_frequent_pair_sentence(_pair_names(often), number)
    return join_sentences(strongest, frequent)


def _pair_names(pairs: pd.DataFrame) -> list[str]:
    return [_(words.PAIR, row=row.row, column=lower_name(row.column)) for row in pairs.itertuples()]


def composition_caption(table: pd.DataFrame, era_names: Mapping[str, str]) -> str:
    """Return the caption of which meetings each era contains, from ``era``, ``label``, ``meetings``
    and ``whole``; ``era_names`` are in the order of the eras."""
    phrases = []
    for era, message in era_names.items():
        name = _(message)
        rows = table[(table["era"] == era) & (table["meetings"] > 0)]
        if rows.empty:
            phrases.append(_(words.NO_MEETINGS_IN_ERA, era=name))
            continue
        top = ties_for_max(rows, rows["meetings"])
        whole, number = int(top["whole"].iloc[0]), int(top["meetings"].iloc[0])
        labels = top["label"].tolist()
        phrases.append(words.era_part_phrase(name, whole, labels, number, len(rows) == 1))
    return capital_first("; ".join(phrases)) + "."


def pandemic_links_caption(table: pd.DataFrame, link_names: Mapping[str, str]) -> str:
    """Return the caption of links to the pandemic, from ``threat``, ``year``, ``pandemic_link`` and
    ``meetings``; ``link_names`` are labels of ``pandemic_link``."""
    sums, years, kinds = (
        table.groupby(by, sort=False)["meetings"].sum()
        for by in ("threat", "year", "pandemic_link")
    )
    top = ties_for_max(sums, sums).index.map(lower_name).tolist()
    peak = year_ranges(ties_for_max(years, years).index)
    links = join([f"“{_(link_names[kind])}”" for kind in ties_for_max(kinds, kinds).index])
    return join_sentences(
        words.most_linked_sentence(top, int(sums.max()), len(sums) == 1),
        _(words.PEAK_OF_LINKS, years=peak, number=years.max()) if years.nunique() > 1 else "",
        _(words.MOST_FREQUENT_LINK, kinds=links, number=kinds.max()) if kinds.nunique() > 1 else "",
        words.linked_threats_sentence(len(sums), year_ranges(table["year"].unique())),
    )


def formats_caption(table: pd.DataFrame) -> str:
    """Return the caption of formats of meetings, from ``year``, ``format`` and ``meetings``."""
    totals = table.groupby("year", as_index=False)["meetings"].sum()
    whole = totals.set_index("year")["meetings"]
    sums = table.groupby("format")["meetings"].sum()
    parts = [(_(label), int(sums.get(key, 0))) for key, label in MEETING_FORMAT_LABELS.items()]
    remote = table[table["format"].isin(["online", "hybrid"])].groupby("year")["meetings"].sum()
    peaks = [
        _(YEAR_FIGURE, years=year, figure=count_of_meetings(number, whole[year]))
        for year, number in ties_for_max(remote, remote).items()
    ]
    return join_sentences(
        _(words.MOST_REMOTE, years=join_names(peaks)) if peaks and len(totals) > 1 else "",
        stacked_bars_caption(totals, parts, exclude_unread=True),
    )


def hosting_sentence(counts: pd.Series) -> str:
    """Return the finding on hosts of meetings, from the number of meetings by name of country."""
    top = ties_for_max(counts, counts)
    if top.empty:
        return _(words.NO_MEETING_HOSTED)
    total, countries = int(counts.sum()), int((counts > 0).sum())
    return words.hosted_sentence(total, countries, top.index.tolist(), int(top.iloc[0]))


def travel_rules_caption(table: pd.DataFrame, n_dated: int) -> str:
    """Return the caption of travel rules and meetings by month, from ``period``, ``value``,
    ``words`` and ``on_agenda``, and the number of meetings dated to a month."""
    known = table.dropna(subset="value")
    high, low = known["value"].max(), known["value"].min()
    strict, least = (
        join_names(map(format_date_range, known.loc[known["value"] == value, "period"]))
        for value in (high, low)
    )
    first, last = (format_date_range(table["period"].iloc[place]) for place in (0, -1))
    level = decimals(high, 1)
    months = format_range(f"{first} ", f" {last}") if first != last else first
    text = words.LEVEL_EXTREMES if high > low else words.LEVEL_CONSTANT
    return join_sentences(
        _(
            text,
            strict=strict,
            least=least,
            high=level,
            level=level,
            low=decimals(low, 1),
            months=months,
        ),
        words.dated_meetings_sentence(n_dated, int(table["on_agenda"].sum())),
    )


def series_coverage_caption(table: pd.DataFrame) -> str:
    """Return the caption of how much of each series was read, from ``label``, ``whole``, ``part``,
    ``none`` and ``missing``."""
    sums = table[["whole", "part", "none"]].sum().astype(int)
    missing = table[table["missing"] > 0].sort_values("missing", ascending=False, kind="stable")
    series = join_names(f"{row.label} {row.missing}" for row in missing.itertuples())
    return join_sentences(
        _(words.MISSING_EDITIONS, series=series) if series else _(words.NO_EDITION_MISSING),
        words.read_by_series_sentence(len(table), *sums),
    )


def region_years_caption(table: pd.DataFrame) -> str:
    """Return the caption of meetings found by region and year, from ``label``, ``year`` and
    ``meetings``."""
    sums = table.groupby("label", sort=False)["meetings"].sum()
    empty = table[table["meetings"] == 0].groupby("label", sort=False).size()
    sentences = [
        _(text, regions=words.names_with_number(top.index.tolist(), int(top.iloc[0])))
        for text, counts in ((words.MOST_MEETINGS_FOR, sums), (words.MOST_EMPTY_YEARS, empty))
        if len(top := ties_for_max(counts, counts))
    ]
    return join_sentences(*sentences, words.regions_sentence(len(sums), year_ranges(table["year"])))


def expected_meetings_caption(table: pd.DataFrame) -> str:
    """Return the caption of yearly series, from ``series``, ``year`` and ``status``."""
    n_series, missing = table["series"].nunique(), int((table["status"] == "missing").sum())
    if not missing:
        return coverage.no_missing_meeting_sentence(n_series)
    return words.missing_meetings_sentence(missing, n_series, year_ranges(table["year"]))


def agreement_caption(table: pd.DataFrame) -> str:
    """Return the caption of inter-coder agreement, from ``row``, ``alpha`` and ``band``, one row
    per code that could be judged."""
    bands = table["band"].value_counts().to_dict()
    weak = table.loc[table["band"] == "unreliable", "row"]
    return join_sentences(
        words.agreement_sentence(len(table), bands, table["alpha"].median()),
        _(words.UNRELIABLE_CODES, codes=join_names(weak)) if len(weak) else "",
    )
