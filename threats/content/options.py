"""The options of the pages, parsed from address texts and serialized to them.

Pages, links, routes and commands share them.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from threats.caching import cached
from threats.content.trends import MAX_COMPARED_THREATS
from threats.dataset.dates import ERA_MILESTONES
from threats.dataset.model import Dataset
from threats.stats.filters import filter_choices, year_bounds
from threats.stats.indicators import indicator_region, rank_indicators
from threats.stats.selection import Selected
from threats.text.options import OPTION_HELP, OPTION_LABELS, OPTION_VALUES
from threats.text.translate import _


@dataclass(frozen=True)
class Option:
    """A choice on a page: one of its labels, a threat, several threats, an indicator, a switch or
    a day.

    The default is the first label, the first threat of the filter, or the first indicator of the
    threat chosen as ``theme`` (``rank_indicators``).
    """

    name: str
    kind: Literal["choice", "threat", "threats", "indicator", "flag", "day"] = "choice"
    argument: str = ""

    @property
    def parameter(self) -> str:
        """The parameter that takes the value in functions which build items."""
        return self.argument or self.name

    @property
    def label(self) -> str:
        """The label of the widget."""
        return _(OPTION_LABELS[self.name])

    @property
    def help(self) -> str | None:
        """The help of the widget, if it has one."""
        return _(OPTION_HELP[self.name]) if self.name in OPTION_HELP else None


OPTIONS = {
    option.name: option
    for option in (
        Option("measure"),
        Option("role"),
        Option("compare", "threats"),
        Option("colour"),
        Option("theme", "threat", "threat"),
        Option("indicator", "indicator"),
        Option("era_start", "day"),
        Option("era_end", "day"),
        Option("later"),
        Option("make_up", argument="by"),
        Option("no_pandemic", "flag"),
        Option("pandemic_search", "flag"),
    )
}


def option_labels(
    option: Option, selected: Selected, values: Mapping[str, Any] = MappingProxyType({})
) -> Mapping[str, str]:
    """Return the labels of the values that an option may take, given those of other options."""
    if option.kind == "indicator":
        threat = values.get("theme") or default_value(OPTIONS["theme"], selected)
        ids = rank_indicators(selected.dataset, indicator_region(selected)).get(threat, ())
        names = selected.dataset.names("indicators")
        return {key: names[key] for key in ids}
    if option.kind in ("threat", "threats"):
        names = filter_choices(selected.dataset)["threat"]
        return {threat: names[threat] for threat in selected.threats["threat_id"]}
    return {value: _(label) for value, label in OPTION_VALUES.get(option.name, {}).items()}


def date_limits(selected: Selected) -> tuple[dt.date, dt.date]:
    """Return the first and last day that an option may take: those of the data and of the
    emergency, which is the default."""
    first, last = year_bounds(selected.dataset)
    start, end = selected.dataset.era_bounds()
    return min(dt.date(first, 1, 1), start), max(dt.date(last, 12, 31), end)


def default_value(
    option: Option, selected: Selected, values: Mapping[str, Any] = MappingProxyType({})
) -> Any:
    """Return the value of an option without a choice; empty if there is nothing to choose."""
    if option.kind == "day":
        return selected.dataset.era_bounds()[option.name == "era_end"]
    if option.kind in ("threats", "flag"):
        return () if option.kind == "threats" else False
    return next(iter(option_labels(option, selected, values)), "")


def parse_option(
    option: Option,
    texts: Iterable[str],
    selected: Selected,
    values: Mapping[str, Any] = MappingProxyType({}),
) -> tuple[Any, list[str]]:
    """Return the value that address texts give to an option, and the texts that are unknown."""
    texts = list(texts)
    known: dict[str, Any]
    if option.kind == "day":
        known = {text: day for text in texts if (day := _parse_day(text, selected))}
    elif option.kind == "flag":
        known = {text: text == "yes" for text in texts if text in ("yes", "no")}
    else:
        known = {text: text for text in texts if text in option_labels(option, selected, values)}
    wrong = [text for text in texts if text not in known]
    if option.kind == "threats":
        return tuple(known)[:MAX_COMPARED_THREATS], wrong + list(known)[MAX_COMPARED_THREATS:]
    return next(iter(known.values()), default_value(option, selected, values)), wrong


def _parse_day(text: str, selected: Selected) -> dt.date | None:
    first, last = date_limits(selected)
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if first <= day <= last and text == day.isoformat() else None


def serialize_option(
    option: Option,
    value: Any,
    selected: Selected,
    values: Mapping[str, Any] = MappingProxyType({}),
) -> list[str]:
    """Return a value as address texts; none for the default."""
    if value == default_value(option, selected, values):
        return []
    if option.kind == "threats":
        return list(value)
    return ["yes"] if option.kind == "flag" else [str(value)]


def emergency_dates(values: Mapping[str, Any], selected: Selected) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the emergency: the reader's, or WHO's if the reader's ends
    before it starts."""
    bounds = selected.dataset.era_bounds()
    start, end = values.get("era_start", bounds[0]), values.get("era_end", bounds[1])
    return (start, end) if start <= end else bounds


def emergency_sources(selected: Selected) -> list[tuple[str, str, str]]:
    """Return name, date and address of the milestones that bound the emergency."""
    return _cached_emergency_sources(selected.dataset)


@cached(8)
def _cached_emergency_sources(dataset: Dataset) -> list[tuple[str, str, str]]:
    milestones = dataset["milestones"].set_index("milestone_id")
    rows = milestones.loc[list(ERA_MILESTONES), ["name", "date", "source_url"]]
    return list(rows.itertuples(index=False, name=None))
