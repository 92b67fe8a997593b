"""Specifications of charts, tables and sentences: what builds them, from which options."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

import pandas as pd

from threats.caching import cached
from threats.content.model import Chart
from threats.content.options import OPTIONS, emergency_dates
from threats.stats.count_rule import CountRule
from threats.stats.coverage import with_whole_series
from threats.stats.selection import (
    Selected,
    apply_count_rule,
    assign_eras,
    with_series_of_all_eras,
    without_pandemic,
)
from threats.text.headings import EMPTY_CHART_TEXTS, SENTENCES_TITLES, TABLE_TITLES
from threats.text.translate import _

Item = TypeVar("Item", covariant=True)
Arguments = tuple[tuple[str, Any], ...]
COUNT_OPTIONS = tuple(field.name for field in fields(CountRule))
ERA_OPTIONS = ("era_start", "era_end", "eras", "no_pandemic", "same_series")
# The cell that the reader points at is no option.
CELL_PARAMETER = "mark"


def to_count_rule(values: Mapping[str, Any]) -> CountRule:
    """Return the count rule that values of options ask for."""
    return CountRule(**{name: values[name] for name in COUNT_OPTIONS if name in values})


@dataclass(frozen=True)
class ItemSpec(Generic[Item]):
    """An item of a page: ``builder`` takes a selection and the values of the options as arguments.

    The options of the count rule and the periods change the selection; each other option must be
    a parameter of the builder. With ``whole_series`` it shows every meeting of the series of the
    filter. Raises ValueError if options and parameters differ.
    """

    name: str
    page: str
    builder: Callable[..., Item]
    option_names: tuple[str, ...] = ()
    whole_series: bool = False

    def __post_init__(self) -> None:
        unknown = [name for name in self.option_names if name not in OPTIONS]
        parameters = set(inspect.signature(self.builder).parameters) - {"selected", CELL_PARAMETER}
        differing = unknown or parameters ^ self.options.keys()
        if differing:
            raise TypeError(f"{self.name}: options {', '.join(sorted(differing))} do not match")

    @property
    def title(self) -> str:
        """The heading, if it has one."""
        return ""

    @property
    def instead(self) -> str:
        """What replaces it if there is nothing to draw."""
        return ""

    @property
    def options(self) -> dict[str, str]:
        """The options by the parameters of the builder that take them."""
        of_selection = (*COUNT_OPTIONS, *ERA_OPTIONS)
        names = (name for name in self.option_names if name not in of_selection)
        return {OPTIONS[name].parameter: name for name in names if name in OPTIONS}

    @property
    def marked(self) -> bool:
        """Whether the builder takes the cell that the reader points at."""
        return CELL_PARAMETER in inspect.signature(self.builder).parameters

    def resolve(
        self, selected: Selected, values: Mapping[str, Any], **extra: Any
    ) -> tuple[Selected, Arguments]:
        """Return the selection and the arguments that the builder takes for values of options."""
        own = {name: values[name] for name in self.option_names if name in values}
        selected = with_whole_series(selected) if self.whole_series else selected
        if "era_start" in self.option_names:
            selected = assign_eras(selected, *emergency_dates(values, selected))
            selected = without_pandemic(selected) if own.get("no_pandemic") else selected
            selected = with_series_of_all_eras(selected) if own.get("same_series") else selected
        selected = apply_count_rule(selected, to_count_rule(own))
        arguments = {key: own[name] for key, name in self.options.items() if name in own}
        return selected, tuple(sorted({**arguments, **extra}.items()))

    def build(self, selected: Selected, values: Mapping[str, Any], **extra: Any) -> Item:
        """Return the item of a selection and values of options, computed once for all readers;
        ``extra`` are further arguments of the builder."""
        return _build(self, *self.resolve(selected, values, **extra))


@cached(512, words=True)
def _build(spec: ItemSpec[Item], selected: Selected, arguments: Arguments) -> Item:
    return spec.builder(selected, **dict(arguments))


@dataclass(frozen=True)
class ChartSpec(ItemSpec[Chart | None]):
    """A chart; it is None if the selection has nothing to draw."""

    @property
    def instead(self) -> str:
        """What replaces the chart if there is nothing to draw."""
        return _(EMPTY_CHART_TEXTS[self.name]) if self.name in EMPTY_CHART_TEXTS else ""


@dataclass(frozen=True)
class TableSpec(ItemSpec[pd.DataFrame]):
    """A reader's table under a title."""

    @property
    def title(self) -> str:
        """The heading of the table."""
        return _(TABLE_TITLES[self.name])


@dataclass(frozen=True)
class SentenceSpec(ItemSpec[list[str]]):
    """Sentences under a title."""

    @property
    def title(self) -> str:
        """The heading of the sentences."""
        return _(SENTENCES_TITLES[self.name])
