"""Whether the headline findings hold where something else is counted."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from threats.caching import cached
from threats.dataset.model import PANDEMIC, Dataset
from threats.format import join, lower_name, percent
from threats.stats.attention import attention, first_and_last_year, ties_for_max
from threats.stats.count_rule import CountRule
from threats.stats.eras import COMPARISON_ERAS, era_differences, meetings_by_era
from threats.stats.selection import READ_IN_FULL, Selection, apply_count_rule, select, year_bounds
from threats.stats.trends import MIN_MEETINGS
from threats.text.quantities import (
    count_of,
    percentage_points,
    percentage_points_range,
    quantity,
    share_with_interval,
)

HOLDS, FAILS, INCONCLUSIVE = "holds", "does not hold", "too few to tell"
NOT_TESTABLE = "cannot be tested"
Verdict = tuple[str, str]


@dataclass(frozen=True)
class Variant:
    """Another way to count: a selection and the role of its ``CountRule``."""

    name: str
    selection: Selection
    role: str = "agenda"


class VariantFigures(NamedTuple):
    """The figures of one variant that findings ask for, each by its ids; ``part`` is true where it
    counts nothing that the figures as they stand do not, ``from_start`` where no earlier years are
    left out."""

    part: bool
    from_start: bool
    known: int
    attention: pd.DataFrame
    first: pd.Series
    eras: pd.DataFrame
    in_eras: dict[str, int]
    shifts: pd.DataFrame | None


@dataclass(frozen=True)
class Finding:
    """A claim in words, and how to ask other figures whether it holds: its answer and figure."""

    claim: str
    ask: Callable[[VariantFigures], Verdict]


def counting_variants(selection: Selection) -> list[Variant]:
    """Return the ways to count of the page's switch, each of a filter without its own choice of
    courses, reading and series; the first is as it stands."""
    base = replace(selection, courses=False, reading="", series=())
    return [
        Variant("As it stands", base),
        Variant("Main subject only", base, "focus"),
        Variant("Training courses included", replace(base, courses=True)),
        Variant("Without partial readings", replace(base, reading=READ_IN_FULL)),
    ]


def series_variants(dataset: Dataset, selection: Selection) -> list[Variant]:
    """Return one way to count for each series of meetings alone."""
    base = counting_variants(selection)[0].selection
    names = dataset.names("series", "short_name")
    return [Variant(name, replace(base, series=(key,))) for key, name in names.items()]


def check_findings(
    dataset: Dataset, selection: Selection, alternatives: list[Variant]
) -> pd.DataFrame:
    """Return whether each headline finding, as it stands, holds under each variant: ``finding``,
    ``variant``, ``answer`` and ``figure`` in words. Too few to tell is told apart from a no, and
    what cannot be tested from a yes.

    What is most on the agenda, the latest newcomer and what never was hold where the same threats
    are so; that some never were cannot be tested where only a part is counted, as nothing new could
    come up in it, nor what is most of one threat alone. The share of the pandemic holds where the
    interval of the other share takes it in. A shift holds where it has the same sign and holds
    there too, and does not where the interval of the other difference leaves it out; between the
    two the figures cannot tell.
    """
    base = _variant_figures(dataset, counting_variants(selection)[0])
    found = _headline_findings(base, dataset.names("threat_categories", "label"))
    rows = []
    for variant in alternatives:
        other = _variant_figures(dataset, variant)
        rows += [(finding.claim, variant.name, *finding.ask(other)) for finding in found]
    return pd.DataFrame(rows, columns=["finding", "variant", "answer", "figure"])


@cached(64)
def _variant_figures(dataset: Dataset, variant: Variant) -> VariantFigures:
    selected = apply_count_rule(select(dataset, variant.selection), CountRule(variant.role))
    counts = meetings_by_era(selected)
    enough = min(counts["before"], max(counts[era] for era in COMPARISON_ERAS)) >= MIN_MEETINGS
    return VariantFigures(
        part=not variant.selection.courses and variant.role in ("agenda", "focus"),
        from_start=selected.years[0] <= year_bounds(dataset)[0],
        known=selected.known,
        attention=attention(selected).set_index("threat_id"),
        first=first_and_last_year(selected).set_index("threat_id")["first"],
        eras=attention(selected, "era").set_index(["era", "threat_id"]),
        in_eras=counts,
        shifts=era_differences(selected).set_index(["threat_id", "era"]) if enough else None,
    )


def _headline_findings(base: VariantFigures, names: dict[str, str]) -> list[Finding]:
    """Return the headline findings that the figures as they stand hold."""
    inside = {key: lower_name(name) for key, name in names.items()}
    found = []
    if base.known >= MIN_MEETINGS:
        top = set(_top_threats(base).index)
        first = base.first.dropna()
        latest = set(first[first == first.max()].index) if len(first) else set()
        never = set(base.first.index[base.first.isna()])
        if top:
            found.append(_top_finding(top, inside))
        if base.from_start and latest and first.nunique() > 1:
            found.append(_newcomer_finding(latest, int(first.max()), inside))
        if never and len(never) < len(base.first):
            found.append(_never_on_agenda_finding(never, inside))
    key = ("during", PANDEMIC)
    if key in base.eras.index and base.eras.loc[key, "meetings"] >= MIN_MEETINGS:
        found.append(_pandemic_finding(float(base.eras.loc[key, "share"])))
    if base.shifts is None:
        return found
    held = base.shifts[base.shifts["holds"]]
    return found + [
        _era_change_finding(*key, float(row["difference"]), inside) for key, row in held.iterrows()
    ]


def _join_threats(threats: set[str], lower_names: dict[str, str]) -> str:
    return join([name for key, name in lower_names.items() if key in threats])


def _too_few_meetings(figures: VariantFigures) -> Verdict:
    return INCONCLUSIVE, f"{quantity(figures.known, 'meeting')} with a known agenda"


def _top_threats(figures: VariantFigures) -> pd.DataFrame:
    """Return the threats with the largest share, as the charts rank: of the pandemic fewer meetings
    can tell than of the rest."""
    enough = figures.attention[figures.attention["meetings"] >= MIN_MEETINGS]
    return ties_for_max(enough, enough["share"])


def _top_finding(top: set[str], lower_names: dict[str, str]) -> Finding:
    def ask(other: VariantFigures) -> Verdict:
        best = _top_threats(other)
        if best.empty:
            return _too_few_meetings(other)
        row = best.iloc[0]
        figure = count_of(int(row["on_agenda"]), int(row["meetings"]))
        if best["meetings"].nunique() > 1:
            figure = percent(row["share"])
        figure = f"{_join_threats(set(best.index), lower_names)}: {figure}"
        if len(other.attention) == 1:
            return NOT_TESTABLE, figure
        return (HOLDS if top == set(best.index) else FAILS), figure

    return Finding(f"Most often on the agenda: {_join_threats(top, lower_names)}", ask)


def _newcomer_finding(latest: set[str], year: int, lower_names: dict[str, str]) -> Finding:
    def ask(other: VariantFigures) -> Verdict:
        first = other.first.dropna()
        if other.known < MIN_MEETINGS or first.nunique() < 2:
            return _too_few_meetings(other)
        last = set(first[first == first.max()].index)
        return (
            HOLDS if latest == last else FAILS
        ), f"{_join_threats(last, lower_names)}: {first.max()}"

    return Finding(
        f"Latest to come up for the first time: {_join_threats(latest, lower_names)} ({year})", ask
    )


def _never_on_agenda_finding(never: set[str], lower_names: dict[str, str]) -> Finding:
    def ask(other: VariantFigures) -> Verdict:
        if other.known < MIN_MEETINGS:
            return _too_few_meetings(other)
        gone = set(other.first.index[other.first.isna()])
        figure = f"{len(gone)} of {quantity(len(other.first), 'threat')} never"
        if other.part:
            return NOT_TESTABLE, figure
        back = never - gone
        if back:
            figure += f", but {_join_threats(back, lower_names)}"
        return (FAILS if back else HOLDS), figure

    return Finding(f"Never on the agenda: {_join_threats(never, lower_names)}", ask)


def _pandemic_finding(share: float) -> Finding:
    def ask(other: VariantFigures) -> Verdict:
        key = ("during", PANDEMIC)
        row = other.eras.loc[key] if key in other.eras.index else None
        if row is None or row["meetings"] < MIN_MEETINGS:
            count = 0 if row is None else int(row["meetings"])
            return INCONCLUSIVE, f"{quantity(count, 'meeting')} during the emergency"
        figure = share_with_interval(
            int(row["on_agenda"]), int(row["meetings"]), row["low"], row["high"]
        )
        return (HOLDS if row["low"] <= share <= row["high"] else FAILS), figure

    return Finding(f"The pandemic on the agenda during the emergency: {percent(share)}", ask)


def _era_change_finding(
    threat: str, era: str, difference: float, lower_names: dict[str, str]
) -> Finding:
    def ask(other: VariantFigures) -> Verdict:
        counts = other.in_eras["before"], other.in_eras[era]
        if other.shifts is None or min(counts) < MIN_MEETINGS:
            return INCONCLUSIVE, f"{quantity(counts[0], 'meeting')} before, {counts[1]} {era}"
        row = other.shifts.loc[(threat, era)]
        figure = (
            f"{percentage_points(row['difference'])}, 95% interval "
            f"{percentage_points_range(row['low'], row['high'])}"
        )
        same = bool(np.sign(row["difference"]) == np.sign(difference))
        if row["holds"] and same:
            return HOLDS, figure
        told_apart = not row["low"] <= difference <= row["high"]
        return (FAILS if told_apart else INCONCLUSIVE), figure

    way = "More" if difference > 0 else "Less"
    when = {"during": "during the emergency", "after": "after it"}[era]
    claim = f"{way} on {lower_names[threat]} {when} than before: {percentage_points(difference)}"
    return Finding(claim, ask)
