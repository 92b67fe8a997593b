"""What is published: the selections that are prepared, and the pages with their charts."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from threats.content.registry import CHART_SPECS, charts_on
from threats.dataset.model import Dataset
from threats.stats.filters import Selection, filter_choices, to_params, year_bounds

FILTERED_PAGES = ("overview", "trends", "covid", "regions", "responses", "indicators")
WHOLE_PAGES = ("data",)
THREAT_CHARTS = ("attention-by-year", "then-and-now", "regions-by-threat", "responses-by-threat")
REGION_CHARTS = ("attention-ranked", "attention-by-year", "then-and-now", "responses-by-threat")
_PERIOD_YEARS = 5


class Prepared(NamedTuple):
    """A selection whose charts are published; ``query`` is its form in an address."""

    selection: Selection
    query: str
    charts: tuple[str, ...]

    @property
    def folder(self) -> str:
        """The folder of its files, as the script of the pages names it."""
        return folder_of(self.query)


def folder_of(query: str) -> str:
    """Return the name of the folder of a selection."""
    return query.replace("&", "-").replace("=", "-") or "all"


def prepared_selections(dataset: Dataset) -> Iterator[Prepared]:
    """Yield every selection that is published: all, each region, family, period and threat."""
    filtered = tuple(spec.name for page in FILTERED_PAGES for spec in charts_on(page))
    whole = tuple(name for name in CHART_SPECS if CHART_SPECS[name].page in WHOLE_PAGES)
    yield _prepared(Selection(), (*filtered, *whole))
    for name in ("region", "family"):
        for key in filter_choices(dataset)[name]:
            chosen: dict[str, Any] = {name: (key,)}
            yield _prepared(Selection(**chosen), filtered)
    for period in periods(dataset):
        yield _prepared(Selection(years=period), filtered)
    for key in dataset.names("threat_categories"):
        yield _prepared(Selection(threat=(key,)), THREAT_CHARTS)


def periods(dataset: Dataset) -> list[tuple[int, int]]:
    """Return the spans of five years that are offered, the last of them the longest."""
    first, last = year_bounds(dataset)
    starts = list(range(first, max(first, last - _PERIOD_YEARS) + 1, _PERIOD_YEARS))
    return list(zip(starts, [*(start - 1 for start in starts[1:]), last], strict=True))


def _prepared(selection: Selection, charts: tuple[str, ...]) -> Prepared:
    return Prepared(selection, urlencode(to_params(selection), doseq=True), charts)
