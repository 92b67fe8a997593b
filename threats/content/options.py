"""The options of the pages: what stands for them in an address, and what it means.

An option is read from the texts given to its name and written back to them, the same on a page, in
a link, in a route and in the command.
"""

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from threats.content.trends import MAX_COMPARED_THREATS
from threats.dataset.dates import ERA_MILESTONES
from threats.dataset.model import Dataset
from threats.stats.indicators import indicator_region, rank_indicators
from threats.stats.selection import Selected, filter_choices, year_bounds


@dataclass(frozen=True)
class Option:
    """A choice on a page: one of ``labels``, a threat, several threats, an indicator, a switch or
    a day.

    The first of the labels is the default; a threat's is the first chosen in the filter, an
    indicator's the fittest of the threat chosen as ``theme`` (``reality.fittest_first``).
    """

    name: str
    label: str
    kind: Literal["choice", "threat", "threats", "indicator", "flag", "day"] = "choice"
    labels: Mapping[str, str] = field(default_factory=dict)
    help: str | None = None


OPTIONS = {
    option.name: option
    for option in (
        Option(
            "measure",
            "Show",
            labels={"share": "Share of meetings", "count": "Number of meetings"},
            help="The share is fairer between years, as some years have more meetings known of.",
        ),
        Option(
            "role",
            "Count a threat when it was",
            labels={
                "agenda": "On the agenda",
                "focus": "The main subject",
                "any": "Mentioned at all",
            },
            help="On the agenda: the main subject, or one of the things dealt with. The main "
            "subject: in the title or stated aim. Mentioned at all: named, if only in passing.",
        ),
        Option(
            "compare",
            "Threats to compare, up to six",
            "threats",
            help="Until some are chosen, six of those most on the agenda.",
        ),
        Option(
            "colour",
            "Colour the map by",
            labels={"share": "Attention to a threat", "count": "Meetings hosted"},
            help="Attention: the share of the meetings of a region that had the threat on their "
            "agenda. Hosted: how many meetings were held in the country.",
        ),
        Option("theme", "Threat to look at", "threat"),
        Option(
            "indicator",
            "Measured figure beside it",
            "indicator",
            help="Figures of other publishers on this threat, the fittest to follow over the years "
            "first.",
        ),
        Option("era_start", "Emergency from", "day"),
        Option("era_end", "to", "day"),
        Option(
            "later",
            "Compare before with",
            labels={"after": "After", "during": "During"},
            help="The era that is set against the time before the emergency.",
        ),
        Option("make_up", "Make-up of the eras by", labels={"series": "Series", "scope": "Region"}),
        Option(
            "no_pandemic",
            "Leave out the pandemic itself as a theme",
            "flag",
            help="That the pandemic came onto agendas is no surprise; this shows the rest.",
        ),
        Option(
            "pandemic_search",
            "Put back meetings found only by pandemic words",
            "flag",
            help="They were looked for because of the pandemic, so they would make it look more "
            "frequent than it was.",
        ),
    )
}


def option_labels(
    option: Option, selected: Selected, values: Mapping[str, Any] = MappingProxyType({})
) -> Mapping[str, str]:
    """Return the values that an option may take beside those of other options, with what each is
    called."""
    if option.kind == "indicator":
        threat = values.get("theme") or default_value(OPTIONS["theme"], selected)
        ids = rank_indicators(selected.dataset, indicator_region(selected)).get(threat, ())
        names = selected.dataset.names("indicators")
        return {key: names[key] for key in ids}
    if option.kind in ("threat", "threats"):
        names = filter_choices(selected.dataset)["threat"]
        return {threat: names[threat] for threat in selected.threats["threat_id"]}
    return {"yes": "yes", "no": "no"} if option.kind == "flag" else option.labels


def date_limits(selected: Selected) -> tuple[dt.date, dt.date]:
    """Return the first and last day that an option may take: of the years of the data, and of the
    emergency, which stands where nobody chose another day."""
    first, last = year_bounds(selected.dataset)
    start, end = selected.dataset.era_bounds()
    return min(dt.date(first, 1, 1), start), max(dt.date(last, 12, 31), end)


def default_value(
    option: Option, selected: Selected, values: Mapping[str, Any] = MappingProxyType({})
) -> Any:
    """Return the value of an option that nobody chose; empty where there is nothing to choose."""
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
    """Return the value that an address asks for beside those of other options, and the texts in it
    that mean nothing here."""
    texts = list(texts)
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
    """Return the texts that stand for a value in an address; none for the default."""
    if value == default_value(option, selected, values):
        return []
    if option.kind == "threats":
        return list(value)
    return ["yes"] if option.kind == "flag" else [str(value)]


def emergency_dates(values: Mapping[str, Any], selected: Selected) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the emergency: the reader's, or WHO's where the reader's
    ends before it starts."""
    bounds = selected.dataset.era_bounds()
    start, end = values.get("era_start", bounds[0]), values.get("era_end", bounds[1])
    return (start, end) if start <= end else bounds


def emergency_sources(selected: Selected) -> list[tuple[str, str, str]]:
    """Return name, date and address of the milestones that bound the emergency by default."""
    return _cached_emergency_sources(selected.dataset)


@functools.lru_cache(maxsize=8)
def _cached_emergency_sources(dataset: Dataset) -> list[tuple[str, str, str]]:
    milestones = dataset["milestones"].set_index("milestone_id")
    rows = milestones.loc[list(ERA_MILESTONES), ["name", "date", "source_url"]]
    return list(rows.itertuples(index=False, name=None))
