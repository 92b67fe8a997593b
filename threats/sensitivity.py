"""Whether the headline findings hold where something else is counted."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from threats import measures, shifts, words
from threats.dataset import Dataset
from threats.measures import FEWEST
from threats.once import once
from threats.selection import WHOLE, Selection, select, year_bounds

HOLDS, FAILS, TOO_FEW = "holds", "does not hold", "too few to tell"
CANNOT_FAIL = "cannot be tested"
Answer = tuple[str, str]


@dataclass(frozen=True)
class Variant:
    """Another way to count: a selection and a role of ``measures.ROLES``."""

    name: str
    selection: Selection
    role: str = "agenda"


class Counted(NamedTuple):
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
    ask: Callable[[Counted], Answer]


def variants(selection: Selection) -> list[Variant]:
    """Return the ways to count of the page's switch, each of a filter without its own choice of
    courses, reading and series; the first is as it stands."""
    base = replace(selection, courses=False, reading="", series=())
    return [
        Variant("As it stands", base),
        Variant("Main subject only", base, "focus"),
        Variant("Training courses included", replace(base, courses=True)),
        Variant("Without partial readings", replace(base, reading=WHOLE)),
    ]


def series_variants(dataset: Dataset, selection: Selection) -> list[Variant]:
    """Return one way to count for each series of meetings alone."""
    base = variants(selection)[0].selection
    names = dataset.names("series", "short_name")
    return [Variant(name, replace(base, series=(key,))) for key, name in names.items()]


def hold(dataset: Dataset, selection: Selection, asked: list[Variant]) -> pd.DataFrame:
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
    base = _counted(dataset, variants(selection)[0])
    found = _findings(base, dataset.names("threat_categories", "label"))
    rows = []
    for variant in asked:
        other = _counted(dataset, variant)
        rows += [(finding.claim, variant.name, *finding.ask(other)) for finding in found]
    return pd.DataFrame(rows, columns=["finding", "variant", "answer", "figure"])


@once(64)
def _counted(dataset: Dataset, variant: Variant) -> Counted:
    selected, role = select(dataset, variant.selection), variant.role
    counts = shifts.era_counts(selected)
    enough = min(counts["before"], max(counts[era] for era in shifts.LATER)) >= FEWEST
    return Counted(
        part=not variant.selection.courses and role in ("agenda", "focus"),
        from_start=selected.years[0] <= year_bounds(dataset)[0],
        known=selected.known,
        attention=measures.attention(selected, None, role).set_index("threat_id"),
        first=measures.presence(selected, role).set_index("threat_id")["first"],
        eras=measures.attention(selected, "era", role).set_index(["era", "threat_id"]),
        in_eras=counts,
        shifts=shifts.shifts(selected, role).set_index(["threat_id", "era"]) if enough else None,
    )


def _findings(base: Counted, names: dict[str, str]) -> list[Finding]:
    """Return the headline findings that the figures as they stand hold."""
    inside = {key: words.inside(name) for key, name in names.items()}
    found = []
    if base.known >= FEWEST:
        top = set(_top(base).index)
        first = base.first.dropna()
        latest = set(first[first == first.max()].index) if len(first) else set()
        never = set(base.first.index[base.first.isna()])
        if top:
            found.append(_most(top, inside))
        if base.from_start and latest and first.nunique() > 1:
            found.append(_newest(latest, int(first.max()), inside))
        if never and len(never) < len(base.first):
            found.append(_absent(never, inside))
    key = ("during", measures.PANDEMIC)
    if key in base.eras.index and base.eras.loc[key, "meetings"] >= FEWEST:
        found.append(_pandemic(float(base.eras.loc[key, "share"])))
    if base.shifts is None:
        return found
    held = base.shifts[base.shifts["holds"]]
    return found + [_shift(*key, float(row["difference"]), inside) for key, row in held.iterrows()]


def _named(threats: set[str], inside: dict[str, str]) -> str:
    return words.listed([name for key, name in inside.items() if key in threats])


def _few(figures: Counted) -> Answer:
    return TOO_FEW, f"{words.counted(figures.known, 'meeting')} with a known agenda"


def _top(figures: Counted) -> pd.DataFrame:
    """Return the threats with the largest share, as the charts rank: of the pandemic fewer meetings
    can tell than of the rest."""
    enough = figures.attention[figures.attention["meetings"] >= FEWEST]
    return measures.largest(enough, enough["share"])


def _most(top: set[str], inside: dict[str, str]) -> Finding:
    def ask(other: Counted) -> Answer:
        best = _top(other)
        if best.empty:
            return _few(other)
        row = best.iloc[0]
        figure = words.of(int(row["on_agenda"]), int(row["meetings"]))
        if best["meetings"].nunique() > 1:
            figure = words.percent(row["share"])
        figure = f"{_named(set(best.index), inside)}: {figure}"
        if len(other.attention) == 1:
            return CANNOT_FAIL, figure
        return (HOLDS if top == set(best.index) else FAILS), figure

    return Finding(f"Most often on the agenda: {_named(top, inside)}", ask)


def _newest(latest: set[str], year: int, inside: dict[str, str]) -> Finding:
    def ask(other: Counted) -> Answer:
        first = other.first.dropna()
        if other.known < FEWEST or first.nunique() < 2:
            return _few(other)
        last = set(first[first == first.max()].index)
        return (HOLDS if latest == last else FAILS), f"{_named(last, inside)}: {first.max()}"

    return Finding(f"Latest to come up for the first time: {_named(latest, inside)} ({year})", ask)


def _absent(never: set[str], inside: dict[str, str]) -> Finding:
    def ask(other: Counted) -> Answer:
        if other.known < FEWEST:
            return _few(other)
        gone = set(other.first.index[other.first.isna()])
        figure = f"{len(gone)} of {words.counted(len(other.first), 'threat')} never"
        if other.part:
            return CANNOT_FAIL, figure
        back = never - gone
        if back:
            figure += f", but {_named(back, inside)}"
        return (FAILS if back else HOLDS), figure

    return Finding(f"Never on the agenda: {_named(never, inside)}", ask)


def _pandemic(share: float) -> Finding:
    def ask(other: Counted) -> Answer:
        key = ("during", measures.PANDEMIC)
        row = other.eras.loc[key] if key in other.eras.index else None
        if row is None or row["meetings"] < FEWEST:
            count = 0 if row is None else int(row["meetings"])
            return TOO_FEW, f"{words.counted(count, 'meeting')} during the emergency"
        figure = words.share(int(row["on_agenda"]), int(row["meetings"]), row["low"], row["high"])
        return (HOLDS if row["low"] <= share <= row["high"] else FAILS), figure

    return Finding(f"The pandemic on the agenda during the emergency: {words.percent(share)}", ask)


def _shift(threat: str, era: str, difference: float, inside: dict[str, str]) -> Finding:
    def ask(other: Counted) -> Answer:
        counts = other.in_eras["before"], other.in_eras[era]
        if other.shifts is None or min(counts) < FEWEST:
            return TOO_FEW, f"{words.counted(counts[0], 'meeting')} before, {counts[1]} {era}"
        row = other.shifts.loc[(threat, era)]
        figure = (
            f"{words.points(row['difference'])}, 95 % interval "
            f"{words.points_range(row['low'], row['high'])}"
        )
        same = bool(np.sign(row["difference"]) == np.sign(difference))
        if row["holds"] and same:
            return HOLDS, figure
        told_apart = not row["low"] <= difference <= row["high"]
        return (FAILS if told_apart else TOO_FEW), figure

    way = "More" if difference > 0 else "Less"
    when = {"during": "during the emergency", "after": "after it"}[era]
    claim = f"{way} on {inside[threat]} {when} than before: {words.points(difference)}"
    return Finding(claim, ask)
