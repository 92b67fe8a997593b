"""Options and charts of the pages by their names."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from threats.caching import cached
from threats.content.model import Chart, FigureTable
from threats.content.options import OPTIONS, parse_option, serialize_option
from threats.content.registry import CHART_SPECS, TABLE_SPECS, options_on
from threats.content.selection_text import describe
from threats.content.specs import Arguments, Item, ItemSpec, TableSpec
from threats.content.specs import to_count_rule as to_count_rule
from threats.dataset.model import Dataset
from threats.stats.filters import Selection
from threats.stats.selection import Selected, select
from threats.text.selection import empty_subtitle


def parse_page_options(
    page: str, params: Mapping[str, list[str]], selected: Selected
) -> tuple[dict[str, Any], list[str]]:
    """Return the values of a page's options from address parameters, and the unknown ones as
    ``name=text``."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    for name in options_on(page):
        values[name], wrong = parse_option(OPTIONS[name], params.get(name, ()), selected, values)
        problems += [f"{name}={text[:40]}" for text in wrong]
    return values, problems


def view_params(
    page: str, values: Mapping[str, Any], selected: Selected, **extra_params: list[str]
) -> dict[str, list[str]]:
    """Return the address parameters of a view: the filter and the page's options, without
    defaults."""
    written = {
        name: serialize_option(OPTIONS[name], values[name], selected, values)
        for name in options_on(page)
        if name in values
    }
    params = selected.params | written | extra_params
    return {name: texts for name, texts in params.items() if texts}


def empty_figures(name: str, selected: Selected) -> FigureTable:
    """Return a chart's figures without a row, for a selection that has nothing to draw."""
    whole = select(selected.dataset, Selection())
    values, _ = parse_page_options(CHART_SPECS[name].page, {}, whole)
    like = build_chart(name, whole, values)
    if like is None:
        raise ValueError(name)
    subtitle = empty_subtitle(describe(selected), len(selected.meetings), selected.known)
    return FigureTable(
        name=name, title=like.title, subtitle=subtitle, table=like.table.iloc[:0], cautions=()
    )


def build_chart(
    name: str, selected: Selected, values: Mapping[str, Any], **extra: Any
) -> Chart | None:
    """Return a chart by its name; None if the selection has nothing to draw."""
    return CHART_SPECS[name].build(selected, values, **extra)


def build_item(spec: ItemSpec[Item], selected: Selected, values: Mapping[str, Any]) -> Item:
    """Return an item."""
    return spec.build(selected, values)


def build_table(
    name: str,
    selected: Selected,
    values: Mapping[str, Any],
    postprocess: Callable[[pd.DataFrame, Dataset], Any] | None = None,
    **extra: Any,
) -> Any:
    """Return a table, or what ``postprocess`` returns for it and the dataset."""
    spec = TABLE_SPECS[name]
    if not postprocess:
        return spec.build(selected, values, **extra)
    return _processed(spec, *spec.resolve(selected, values, **extra), postprocess)


@cached(512, words=True)
def _processed(
    spec: TableSpec, selected: Selected, arguments: Arguments, postprocess: Callable[..., Any]
) -> Any:
    return postprocess(spec.builder(selected, **dict(arguments)), selected.dataset)
