"""Measured figures in words and tables: how they go with attention, gaps, what each figure is."""

import math
from urllib.parse import urlencode

import pandas as pd

from threats import measures, reality, words
from threats.gaps import gaps
from threats.selection import OSCE_WIDE, Selected, options

GAP_RULE = (
    "How gaps are found: the mean of the earliest third of a figure's years (five or more, from a "
    "steady number of countries) against that of the latest third, and attention in the same "
    "years. A rise is a tenth or more. The width of a gap is the relative change of the figure "
    "less that of attention, each as the difference over the sum of both, so 2 is the most. No "
    "test was made of so many pairs: they are questions to ask, not findings."
)


def place_in_words(selected: Selected) -> str:
    """Return the region of the measured figures."""
    region = reality.region_of(selected)
    return (
        "the 57 participating States together"
        if region == OSCE_WIDE
        else options(selected.dataset)["region"][region]
    )


def row_of(selected: Selected, indicator: str) -> pd.Series:
    """Return the row of an indicator."""
    return selected.dataset["indicators"].set_index("indicator_id").loc[indicator]


def number(value: float) -> str:
    """Return a measured figure as a reader would say it: to three figures, or whole."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def region_in_words(selected: Selected, region: str) -> str:
    """Return the region of a gap; all meetings stand beside the 57 participating States."""
    if region == OSCE_WIDE and not selected.selection.region:
        return "whole area"
    return options(selected.dataset)["region"][region]


def countries_in_words(low: int, high: int | None = None) -> str:
    """Return how many countries stand behind a figure, or from fewest to most."""
    if high not in (None, low):
        return f"{low} to {high} countries"
    return "1 country" if low == 1 else f"{low} countries"


def told(selected: Selected, threat: str, indicator: str = "", role: str = "agenda") -> list[str]:
    """Return in sentences how attention and the measured figure rank the same years, and where
    figures rose while attention did not."""
    return [agreement(selected, threat, indicator, role), _gaps(selected, role), GAP_RULE]


def agreement(selected: Selected, threat: str, indicator: str, role: str = "agenda") -> str:
    """Return in a sentence how attention and the measured figure rank the same years."""
    name = words.inside(selected.dataset.names("threat_categories", "label")[threat])
    if not indicator:
        return f"No openly licensed figure in these data stands beside {name}."
    row = row_of(selected, indicator)
    both = f"attention to {name} and “{row['name']}” ({place_in_words(selected)})"
    table = reality.agreements(selected, role)
    found = pair(table, threat, indicator)
    years = words.counted(found.n, "year")
    if found.n < reality.FEWEST_YEARS:
        return (
            f"Too few years to tell whether {both} go together: {years} with a figure and at "
            f"least {measures.FEWEST} meetings, where {reality.FEWEST_YEARS} are needed."
        )
    over = f"Over the {years} with both ({found.first}–{found.last})"
    if math.isnan(found.tau):
        return f"{over}, one of the two never changed: {both}. So their ranks tell nothing."
    if math.isnan(found.low):
        doubt = "no interval where the ranks agree wholly or not at all"
    else:
        doubt = f"95 % interval {_signed(found.low)} to {_signed(found.high)}"
    tested = words.counted(int(table["p"].notna().sum()), "pair")
    doubt += f"; p {words.p_value(found.p)}, and {words.p_value(found.p_adjusted)} adjusted over "
    doubt += f"the {tested} of threat and figure that can be tested here"
    way = "higher" if found.tau > 0 else "lower"
    told = (
        f"years with more attention tended to be years with a {way} figure"
        if found.p_adjusted < measures.LEVEL
        else "no agreement in rank can be told from chance"
    )
    worse = " Here a lower figure is the worse one." if row["more_threat"] == "lower" else ""
    return (
        f"{over}, Kendall's tau-b between {both} is {_signed(found.tau)} ({doubt}): {told}.{worse} "
        "This does not say what led to what, and years that follow each other are not independent."
    )


def pair(agreements: pd.DataFrame, threat: str, indicator: str):
    """Return the row of ``reality.agreements`` for a threat and a measured figure."""
    own = agreements[agreements["threat_id"] == threat].set_index("indicator_id", drop=False)
    return next(own.loc[[indicator]].itertuples())


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def _gaps(selected: Selected, role: str) -> str:
    table = gaps(selected, role)
    few = int((table["status"] == "few").sum())
    more = words.counted(few, "more pair")
    verb = "has" if few == 1 else "have"
    rest = f" {more} {verb} fewer than {measures.FEWEST} meetings at one end." if few else ""
    compared = len(table) - few
    found = table[table["status"] == "gap"]
    if not compared:
        whole = words.counted(few, "pair")
        return (
            f"Nothing can be compared: {whole} of threat and region {verb} a figure over enough "
            f"years, but fewer than {measures.FEWEST} meetings at one end."
            if few
            else "No threat and region here has a figure over enough years to compare its ends."
        )
    of = f"{words.counted(compared, 'pair')} of threat and region"
    if found.empty:
        return (
            f"Of {of} that can be compared, in none did the measured figure rise while attention "
            f"fell or never came.{rest}"
        )
    sure = int((found["high"] < 0).sum())
    top, wide = found.iloc[0], int((found["size"] == found["size"].max()).sum())
    which = "The gap" if len(found) == 1 else "The widest gap"
    if wide > 1:
        which = f"One of the {wide} widest gaps"
    row = row_of(selected, top["indicator_id"])
    threats = selected.dataset.names("threat_categories", "label")
    return (
        f"Of {of} that can be compared, in {len(found)} the measured figure rose while attention "
        f"fell or never came; the 95 % interval of the fall leaves out no change in {sure} of "
        f"these. {which}: {words.inside(threats[top['threat_id']])}, "
        f"{region_in_words(selected, top['region'])}, where “{row['name']}” went from "
        f"{number(top['early_value'])} ({top['early_years']}) to {number(top['late_value'])} "
        f"({top['late_years']}) {row['unit']} and attention from "
        f"{words.of(top['early_on'], top['early_meetings'])} to "
        f"{words.of(top['late_on'], top['late_meetings'])} meetings.{rest}"
    )


def gap_table(selected: Selected, role: str = "agenda") -> pd.DataFrame:
    """Return where a measured figure rose and attention fell or never came, the widest gap first,
    as a reader's table: ``Threat``, ``Region``, ``Measured`` figure, ``Early and late`` mean of it,
    ``Attention`` in the same years, width of the ``Gap``, and ``View``, the address of the page
    that shows both series."""
    found = gaps(selected, role)
    found = found[found["status"] == "gap"]
    threats = selected.dataset.names("threat_categories", "label")
    shown = [
        {
            "Threat": threats[row.threat_id],
            "Region": region_in_words(selected, row.region),
            "Measured": "{name} ({unit}); ".format(**row_of(selected, row.indicator_id))
            + countries_in_words(row.countries_low, row.countries_high),
            "Early and late": f"{number(row.early_value)} ({row.early_years}), then "
            f"{number(row.late_value)} ({row.late_years})",
            "Attention": f"{words.of(row.early_on, row.early_meetings)}, then "
            f"{words.of(row.late_on, row.late_meetings)}: {words.points(row.difference)}, "
            f"95 % interval {words.points_range(row.low, row.high)}",
            "Gap": f"{row.size:.2f}",
            "View": _view(selected, row),
        }
        for row in found.itertuples()
    ]
    return pd.DataFrame(shown)


def _view(selected: Selected, row) -> str:
    """Return the address, from this page, of the view that shows both series of a gap."""
    params = selected.params
    if row.region != OSCE_WIDE:
        params["region"] = [row.region]
    params |= {"theme": [row.threat_id], "indicator": [row.indicator_id]}
    return f"indicators?{urlencode(params, doseq=True)}"


def about(selected: Selected, indicator: str = "") -> pd.DataFrame:
    """Return what is known of an indicator, as a reader's table of ``Fact`` and ``Text``."""
    if not indicator:
        return pd.DataFrame()
    row = row_of(selected, indicator)
    facts = {
        "Figure": row["name"],
        "Unit": row["unit"],
        "What it counts": row["definition"],
        "Reads as more of the threat": f"a {row['more_threat']} value",
        "Countries put together": row["aggregation"],
        "Years": row["coverage_years"],
        "Publisher": row["publisher"],
        "Terms as they were read": f"{row['licence']}; the publisher's own terms hold",
        "Mind": row["caveats"],
        "Read from": row["source_url"],
    }
    return pd.DataFrame({"Fact": facts.keys(), "Text": facts.values()})


def all_indicators(selected: Selected) -> pd.DataFrame:
    """Return every indicator as a reader's table: ``Threat``, ``Figure``, ``Unit``, ``Every``,
    ``Years``, ``Publisher``, ``Terms as they were read``, ``Mind`` and ``Source``."""
    table = selected.dataset["indicators"]
    threats = selected.dataset.names("threat_categories", "label")
    columns = {
        "threat": "Threat",
        "name": "Figure",
        "unit": "Unit",
        "frequency": "Every",
        "coverage_years": "Years",
        "publisher": "Publisher",
        "licence": "Terms as they were read",
        "caveats": "Mind",
        "source_url": "Source",
    }
    table = table.assign(
        threat=table["threat_id"].map(threats),
        frequency=table["frequency"].replace({"yearly": "year", "monthly": "month"}),
    )
    return table.sort_values("threat", kind="stable")[list(columns)].rename(columns=columns)
