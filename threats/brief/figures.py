"""The figures of a brief: those of the regions and threats chosen, and those of all regions.

They are the same as on the pages, side by side.
"""

from typing import Any

import pandas as pd

from threats.caching import cached
from threats.dataset.categories import as_text, is_in
from threats.format import year_ranges
from threats.stats.attention import attention, first_and_last_year, last_known_year
from threats.stats.cooccurrence import threats_on_agenda
from threats.stats.count_rule import CountRule
from threats.stats.indicators import indicator_region, observations, rank_indicators
from threats.stats.mentions import filter_role, mentions_of, response_rows
from threats.stats.precedents import rank_precedents
from threats.stats.selection import Selected, apply_count_rule
from threats.stats.trends import incomplete_year
from threats.text.brief import incomplete_period_label

HOST_KIND = "osce"  # of organizations; the OSCE holds the meetings
RECENT_YEARS = 5  # also the number of years after which an absent threat is missing


def threat_labels(selected: Selected) -> dict[str, str]:
    """Return the labels of threats by id."""
    return selected.dataset.names("threat_categories", "label")


def recent_period(selected: Selected) -> tuple[int, int]:
    """Return the first and last of the ``RECENT_YEARS`` up to the last year with a known agenda,
    within the years of the filter."""
    last = last_known_year(selected)
    return max(last - RECENT_YEARS + 1, selected.years[0]), last


def recent_period_label(selected: Selected) -> str:
    """Return the years of ``recent_period``, such as "2021–2025", and whether the last one is
    incomplete."""
    first, last = recent_period(selected)
    years = year_ranges(range(first, last + 1))
    return incomplete_period_label(years, last) if incomplete_year(selected) == last else years


@cached(64)
def threat_figures(selected: Selected) -> pd.DataFrame:
    """Return attention to each threat chosen, the most frequent first.

    Columns: those of ``attention``; ``first`` and ``last`` year (empty if never); ``whole_on`` of
    ``whole_meetings``, ``whole_low`` and ``whole_high`` in all regions; ``recent_on`` of
    ``recent_meetings`` in ``recent_period``, ``earlier_on`` of ``earlier_meetings`` before it;
    ``undated``, the number of its meetings without a year.
    """
    table = attention(selected)
    whole = attention(selected.without_regions()).set_index("threat_id")
    seen = first_and_last_year(selected).set_index("threat_id")
    years = attention(selected, "year")
    late = years["year"] >= recent_period(selected)[0]
    for name, rows in (("recent", years[late]), ("earlier", years[~late])):
        sums = rows.groupby("threat_id")[["on_agenda", "meetings"]].sum()
        sums = sums.reindex(table["threat_id"]).fillna(0).astype(int)
        table[f"{name}_on"], table[f"{name}_meetings"] = sums.to_numpy().T
    keys = table["threat_id"]
    for name, column in (("on", "on_agenda"), *((n, n) for n in ("meetings", "low", "high"))):
        table[f"whole_{name}"] = whole[column].reindex(keys).to_numpy()
    for name in ("first", "last"):
        table[name] = seen[name].reindex(keys).array
    table["undated"] = table["on_agenda"] - table["recent_on"] - table["earlier_on"]
    order = ["on_agenda", "whole_on"]
    return table.sort_values(order, ascending=False, kind="stable", ignore_index=True)


@cached(64)
def missing_threats(selected: Selected) -> pd.DataFrame:
    """Return the threats of the vocabulary that were not on an agenda here for ``RECENT_YEARS`` or
    longer, or never, but elsewhere since; the most frequent elsewhere first.

    Columns: ``threat_id``, ``chosen``, ``last`` year here (empty if never), ``elsewhere`` (meetings
    since that year that do not count here) and ``last_elsewhere`` (year). The table is empty
    without chosen regions. It excludes meetings elsewhere without a year, and threats of a meeting
    here that has no year, as it may be a recent one, or that only the search for COVID-19 found.
    """
    columns = ["threat_id", "chosen", "last", "elsewhere", "last_elsewhere"]
    if not selected.selection.region:
        return pd.DataFrame(columns=columns)
    here = selected.all_threats
    own = attention(here, "year").set_index(["threat_id", "year"])["on_agenda"]
    whole = attention(here.without_regions(), "year")
    whole = whole.set_index(["threat_id", "year"])["on_agenda"]
    last = first_and_last_year(here).set_index("threat_id")["last"]
    table = (whole - own).rename("elsewhere").reset_index()
    table["last"] = table["threat_id"].map(last).array
    found = apply_count_rule(here, CountRule(pandemic_search=True))
    every = attention(found).set_index("threat_id")["on_agenda"]
    uncounted = every - own.groupby(level="threat_id").sum()
    table = table[table["threat_id"].map(uncounted) == 0]
    silent = table["last"].isna() | (table["last"] < recent_period(here)[0])
    since = table["last"].isna() | (table["year"] > table["last"])
    table = table[(silent & since).fillna(False).astype(bool) & (table["elsewhere"] > 0)]
    found = table.groupby("threat_id", sort=False).agg(
        last=("last", "first"), elsewhere=("elsewhere", "sum"), last_elsewhere=("year", "max")
    )
    found = found.reset_index().assign(
        chosen=lambda t: t["threat_id"].isin(selected.threats["threat_id"])
    )
    return found.sort_values("elsewhere", ascending=False, kind="stable", ignore_index=True)[
        columns
    ]


@cached(64)
def meeting_ids_on_threats(selected: Selected) -> pd.Index:
    """Return the ids of the meetings with one of the threats on a known agenda, newest first."""
    meetings = selected.meetings[selected.meetings["known"]]
    on = is_in(meetings["meeting_id"], threats_on_agenda(selected)["meeting_id"])
    meetings = meetings.loc[on, ["meeting_id", "start_date"]]
    order = meetings.sort_values(["start_date", "meeting_id"], ascending=[False, True])
    return pd.Index(order["meeting_id"])


@cached(64)
def response_mentions(selected: Selected) -> pd.DataFrame:
    """Return the mentions of responses in ``meeting_ids_on_threats``, newest first."""
    return _in_meeting_order(response_rows(selected), selected)


@cached(64)
def response_counts(selected: Selected) -> pd.DataFrame:
    """Return how many of ``meeting_ids_on_threats`` discussed each response, to any threat.

    Columns: ``response_id``, ``here`` of ``here_meetings``, ``whole`` of ``whole_meetings`` (all
    regions) and ``last`` year here (empty if never); sorted by ``here``, then by ``whole``.
    """
    far = selected.without_regions()
    own, whole = response_mentions(selected), response_mentions(far)
    names = list(selected.dataset.names("responses"))
    table = pd.DataFrame({"response_id": names}).set_index("response_id")
    table = table.assign(
        here=own.groupby("response_id")["meeting_id"].nunique(),
        here_meetings=len(meeting_ids_on_threats(selected)),
        whole=whole.groupby("response_id")["meeting_id"].nunique(),
        whole_meetings=len(meeting_ids_on_threats(far)),
    )
    table = table.fillna(0).astype(int)
    table["last"] = own.groupby("response_id")["year"].max().reindex(table.index).array
    return table.reset_index().sort_values(
        ["here", "whole"], ascending=False, kind="stable", ignore_index=True
    )


@cached(64)
def participation(selected: Selected) -> pd.DataFrame:
    """Return the participation in ``meeting_ids_on_threats`` with the ``year``, newest first."""
    years = selected.meetings[["meeting_id", "year", "start_date"]]
    rows = selected.dataset["participation"].merge(years, on="meeting_id", validate="m:1")
    return _in_meeting_order(rows, selected)


@cached(64)
def organization_counts(selected: Selected) -> pd.DataFrame:
    """Return the organizations that took part in meetings on one of the threats.

    Columns: ``organization_id``, number of meetings ``here`` and in all regions (``whole``),
    strongest ``role`` and ``last`` year (empty if unknown); sorted by ``here``, then by ``whole``.
    """
    own, whole = participation(selected), participation(selected.without_regions())
    roles = ["organizer", "speaker", "participant"]
    whole = whole.assign(rank=whole["role"].map(roles.index))
    table = whole.groupby("organization_id").agg(
        whole=("meeting_id", "nunique"), rank=("rank", "min"), last=("year", "max")
    )
    here = own.groupby("organization_id")["meeting_id"].nunique()
    table = table.assign(
        here=here.reindex(table.index).fillna(0).astype(int),
        role=table["rank"].map(dict(enumerate(roles))),
    )
    table = table.sort_values(["here", "whole"], ascending=False, kind="stable").reset_index()
    return table[["organization_id", "here", "whole", "role", "last"]]


def guest_counts(selected: Selected) -> pd.DataFrame:
    """Return ``organization_counts`` without the bodies of the OSCE that organized a meeting on the
    threats in any region, as they are hosts and not guests."""
    kinds = selected.dataset.names("organizations", "kind")
    rows = participation(selected.without_regions())
    organizers = set(rows.loc[rows["role"] == "organizer", "organization_id"])
    hosts = [one for one in organizers if kinds[one] == HOST_KIND]
    table = organization_counts(selected)
    return table[~table["organization_id"].isin(hosts)].reset_index(drop=True)


def _in_meeting_order(rows: pd.DataFrame, selected: Selected) -> pd.DataFrame:
    place = pd.Series({key: n for n, key in enumerate(meeting_ids_on_threats(selected))}, dtype=int)
    rows = as_text(rows[is_in(rows["meeting_id"], place.index)])
    return rows.assign(place=rows["meeting_id"].map(place)).sort_values("place", kind="stable")


@cached(512)
def attention_mentions(selected: Selected, threat: str) -> pd.DataFrame:
    """Return the mentions behind the attention to a threat, newest first."""
    known = selected.meetings.loc[selected.meetings["known"], "meeting_id"]
    rows = mentions_of(selected, threat)
    return as_text(rows[is_in(rows["meeting_id"], known)])


def mentions_since(selected: Selected, threat: str, last_year: Any) -> pd.DataFrame:
    """Return the mentions of a threat after a year, or of all years if it is empty."""
    rows = attention_mentions(selected, threat).dropna(subset="year")
    return rows if pd.isna(last_year) else rows[rows["year"] > last_year]


def precedent_mentions(selected: Selected) -> pd.DataFrame:
    """Return the mentions of the threats in the precedents, in the order of ``rank_precedents``."""
    everywhere = selected.with_filter(region=(), series=())
    rows = filter_role(everywhere.agenda)
    rows = as_text(rows[is_in(rows["threat_id"], selected.threats["threat_id"])])
    place = {meeting: n for n, meeting in enumerate(rank_precedents(selected)["meeting_id"])}
    rows = rows.assign(place=rows["meeting_id"].map(place)).dropna(subset="place")
    return rows.sort_values("place", kind="stable")


def best_indicator(selected: Selected, threat: str) -> str:
    """Return the best indicator for a threat that has a value for the region and years, or ""."""
    ranked = rank_indicators(selected.dataset, indicator_region(selected)).get(threat, [])
    return next((key for key in ranked if len(observations(selected, key))), "")
