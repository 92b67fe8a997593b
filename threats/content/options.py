"""The options of the pages, parsed from address texts and serialized to them.

Pages, links, routes and commands share them.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from threats.caching import cached
from threats.content.pooled_change import default_years
from threats.content.trends import MAX_COMPARED_THREATS
from threats.dataset.addresses import mend_value, plain_dashes, trim
from threats.dataset.dates import ERA_MILESTONES
from threats.dataset.model import Dataset
from threats.stats.comparison import MAX_COMPARED_VALUES, comparison_labels, parse_compared
from threats.stats.filters import current_ids, filter_choices, parse_year_range, year_bounds
from threats.stats.indicators import indicator_region, rank_indicators
from threats.stats.selection import Selected
from threats.text.options import OPTION_HELP, OPTION_LABELS, OPTION_VALUES, period_label
from threats.text.translate import _
from threats.text.vocabulary import translate_label


@dataclass(frozen=True)
class Option:
    """A choice on a page: one of its labels, a threat, several threats, several values of what
    ``compare_by`` names, an indicator, a switch, a day or a country.

    The default is the first label, the first threat of the filter, the first indicator of the
    threat chosen as ``theme`` (``rank_indicators``), or no country.
    """

    name: str
    kind: Literal[
        "choice", "threat", "threats", "values", "indicator", "flag", "day", "years", "country"
    ] = "choice"
    argument: str = ""

    @property
    def parameter(self) -> str:
        """The parameter that takes the value in functions which build items."""
        return self.argument or self.name

    @property
    def repeatable(self) -> bool:
        """Whether it takes several values."""
        return self.kind in ("threats", "values")

    @property
    def label(self) -> str:
        """The label of the widget."""
        return _(OPTION_LABELS[self.name])

    @property
    def help(self) -> str | None:
        """The help of the widget, if it has one."""
        return _(OPTION_HELP[self.name]) if self.name in OPTION_HELP else None


OWN_DATES = "own"
# The milestones that bound the presets of the pandemic period.
_BOUNDS = {
    "start": ERA_MILESTONES[0],
    "end": ERA_MILESTONES[1],
    "called": "who_pandemic",
    "invasion": "ukraine_invasion",
}
OPTIONS = {
    option.name: option
    for option in (
        Option("all", "flag", "every"),
        Option("measure"),
        Option("role"),
        Option("compare", "threats"),
        Option("colour"),
        Option("theme", "threat", "threat"),
        Option("compare_by"),
        Option("values", "values"),
        Option("indicator", "indicator"),
        Option("era_start", "day"),
        Option("era_end", "day"),
        Option("eras"),
        Option("then", "years"),
        Option("now", "years"),
        Option("later"),
        Option("make_up", argument="by"),
        Option("no_pandemic", "flag"),
        Option("same_series", "flag"),
        Option("pandemic_search", "flag"),
        Option("country", "country"),
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
    if option.kind == "country":
        return selected.dataset.names("countries")
    if option.kind == "values":
        return comparison_labels(selected.dataset, _compared_by(selected, values))
    labels = {value: _(label) for value, label in OPTION_VALUES.get(option.name, {}).items()}
    if option.name == "eras":
        dates = preset_dates(selected.dataset)
        return {
            value: period_label(label, *map(dt.date.isoformat, dates[value]))
            if value in dates
            else label
            for value, label in labels.items()
            if value in dates or value == OWN_DATES
        }
    return labels


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
    if option.kind == "years":
        return default_years(selected, option.name)
    if option.repeatable or option.kind == "flag":
        return () if option.repeatable else False
    if option.kind == "country":
        return ""
    if option.name == "eras" and _has_own_dates(values, selected):
        return OWN_DATES
    return next(iter(option_labels(option, selected, values)), "")


def _has_own_dates(values: Mapping[str, Any], selected: Selected) -> bool:
    """Return whether a link made before there were presets asks for dates of the reader's own."""
    return any(
        values.get(name, day) != day
        for name, day in zip(("era_start", "era_end"), selected.dataset.era_bounds(), strict=True)
    )


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
    elif option.kind == "years":
        known = {text: span for text in texts if (span := _parse_span(text, selected))}
    elif option.kind == "flag":
        answers = ((text, mend_value(text, ("yes", "no"))) for text in texts)
        known = {text: answer == "yes" for text, answer in answers if answer in ("yes", "no")}
    elif option.kind == "values":
        return _parse_values(texts, selected, _compared_by(selected, values))
    else:
        labels = option_labels(option, selected, values)
        mended = {text: mend_value(text, labels) for text in texts}
        current = (
            (text, current_ids(selected.dataset, option.kind, one)) for text, one in mended.items()
        )
        known = {text: ids[0] for text, ids in current if ids and ids[0] in labels}
    wrong = [text for text in texts if text not in known]
    if option.kind == "threats":
        return tuple(known)[:MAX_COMPARED_THREATS], wrong + list(known)[MAX_COMPARED_THREATS:]
    return next(iter(known.values()), default_value(option, selected, values)), wrong


def _compared_by(selected: Selected, values: Mapping[str, Any]) -> str:
    """Return what the option ``values`` has values of."""
    return values.get("compare_by") or default_value(OPTIONS["compare_by"], selected)


def _parse_values(texts: list[str], selected: Selected, by: str) -> tuple[Any, list[str]]:
    known = {text: parse_compared(selected.dataset, by, text) for text in texts}
    values = list(dict.fromkeys(value for found in known.values() for value in found))
    most = MAX_COMPARED_VALUES[by]
    return tuple(values[:most]), [text for text in texts if not known[text]] + values[most:]


def max_values(option: Option, selected: Selected, values: Mapping[str, Any]) -> int:
    """Return how many values an option takes at most."""
    if option.kind == "values":
        return MAX_COMPARED_VALUES[_compared_by(selected, values)]
    return MAX_COMPARED_THREATS


def _parse_day(text: str, selected: Selected) -> dt.date | None:
    first, last = date_limits(selected)
    text = plain_dashes(trim(text))
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if first <= day <= last and text == day.isoformat() else None


def _parse_span(text: str, selected: Selected) -> tuple[int, int] | None:
    """Return the first and last year of a text such as "2011-2015"; None if it is none of data."""
    first, last = year_bounds(selected.dataset)
    low, high = parse_year_range(text)
    return (low, high) if first <= low <= high <= last else None


def serialize_option(
    option: Option,
    value: Any,
    selected: Selected,
    values: Mapping[str, Any] = MappingProxyType({}),
) -> list[str]:
    """Return a value as address texts; none for the default."""
    if value == default_value(option, selected, values):
        return []
    if option.repeatable:
        return list(value)
    if option.kind == "years":
        return ["-".join(map(str, dict.fromkeys(value)))]
    return ["yes"] if option.kind == "flag" else [str(value)]


def emergency_dates(values: Mapping[str, Any], selected: Selected) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the pandemic period: those of the preset, or the reader's,
    or WHO's if the reader's ends before it starts."""
    preset = values.get("eras") or default_value(OPTIONS["eras"], selected, values)
    if preset != OWN_DATES:
        return preset_dates(selected.dataset)[preset]
    bounds = selected.dataset.era_bounds()
    start, end = values.get("era_start", bounds[0]), values.get("era_end", bounds[1])
    return (start, end) if start <= end else bounds


@cached(8)
def preset_dates(dataset: Dataset) -> dict[str, tuple[dt.date, dt.date]]:
    """Return the first and last day of the pandemic period of each preset that the milestones of a
    dataset bound.

    ``invasion`` and ``called`` end on the day before Russia's invasion of Ukraine, as the reference
    and COVID periods of ParlaMint do (Lang. Resour. Eval. 57 (2023) 415).
    """
    days = dict(
        zip(dataset["milestones"]["milestone_id"], dataset["milestones"]["date"], strict=True)
    )
    found = {name: dt.date.fromisoformat(days[key]) for name, key in _BOUNDS.items() if key in days}
    invasion = found.get("invasion", found["end"]) - dt.timedelta(days="invasion" in found)
    presets = {"invasion": (found["start"], invasion), "who": (found["start"], found["end"])}
    if "called" in found:
        presets["called"] = found["called"], invasion
    return presets


def emergency_sources(selected: Selected) -> list[tuple[str, str, str]]:
    """Return name, date and address of the milestones that bound the emergency."""
    return _cached_emergency_sources(selected.dataset)


@cached(8, words=True)
def _cached_emergency_sources(dataset: Dataset) -> list[tuple[str, str, str]]:
    milestones = dataset["milestones"].set_index("milestone_id")
    rows = milestones.loc[list(ERA_MILESTONES), ["name", "date", "source_url"]]
    return [(translate_label(name), *others) for name, *others in rows.itertuples(index=False)]
