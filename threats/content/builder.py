"""Dataset, selections and what is made of them, computed once for all readers."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

import pandas as pd

from threats.caching import cached
from threats.content.model import Chart, FigureTable
from threats.content.options import OPTIONS, emergency_dates, parse_option, serialize_option
from threats.content.registry import CHART_SPECS, TABLE_SPECS, ItemSpec, options_on
from threats.content.selection_text import describe
from threats.dataset.model import Dataset
from threats.stats.count_rule import CountRule
from threats.stats.selection import (
    Selected,
    Selection,
    apply_count_rule,
    assign_eras,
    select,
    without_pandemic,
)
from threats.text.selection import empty_subtitle


def parse_page_options(
    page: str, params: Mapping[str, list[str]], selected: Selected
) -> tuple[dict[str, Any], list[str]]:
    """Return the values of a page's options that an address asks for, and what of it means
    nothing here, as ``name=text``."""
    values, problems = {}, []
    for name in options_on(page):
        values[name], wrong = parse_option(OPTIONS[name], params.get(name, ()), selected, values)
        problems += [f"{name}={text[:40]}" for text in wrong]
    return values, problems


def view_params(
    page: str, values: Mapping[str, Any], selected: Selected, **extra_params: list[str]
) -> dict[str, list[str]]:
    """Return the address parameters of a view: the filter and the page's options, without what is
    the default."""
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
    subtitle = empty_subtitle(describe(selected), len(selected.meetings), selected.known)
    return FigureTable(
        name=name, title=like.title, subtitle=subtitle, table=like.table.iloc[:0], cautions=()
    )


COUNT_OPTIONS = [field.name for field in fields(CountRule)]


def to_count_rule(values: Mapping[str, Any]) -> CountRule:
    """Return the count rule that values of options ask for."""
    return CountRule(**{name: values[name] for name in COUNT_OPTIONS if name in values})


def build_item(
    spec: ItemSpec,
    selected: Selected,
    values: Mapping[str, Any],
    postprocess: Callable[[Any, Dataset], Any] | None = None,
    **extra_arguments,
) -> Any:
    """Return what a part makes of a selection with these values of options, or what ``postprocess``
    makes of that and the dataset, computed once as well; ``extra_arguments`` are further arguments for the part."""
    if spec.eras:
        selected = assign_eras(selected, *emergency_dates(values, selected))
        if values.get("no_pandemic"):
            selected = without_pandemic(selected)
    arguments = {
        argument: values[name] for argument, name in spec.options.items() if name in values
    }
    selected = apply_count_rule(selected, to_count_rule(arguments))
    arguments = {name: value for name, value in arguments.items() if name not in COUNT_OPTIONS}
    return _build_with_notes(
        selected,
        builder=spec.make,
        postprocess=postprocess,
        **arguments,
        **extra_arguments,
    )


@cached(512)
def _build_with_notes(
    selected: Selected, builder: Callable[..., Any], postprocess: Callable | None, **arguments
) -> Any:
    """Return what a part makes; a chart with what has to be said of its figures."""
    built = builder(selected, **arguments)
    return postprocess(built, selected.dataset) if postprocess else built


def build_chart(
    name: str, selected: Selected, values: Mapping[str, Any], **extra_arguments
) -> Chart | None:
    """Return a chart by its name; None where the selection has nothing to draw."""
    return build_item(CHART_SPECS[name], selected, values, **extra_arguments)


def build_table(
    name: str, selected: Selected, values: Mapping[str, Any], **extra_arguments
) -> pd.DataFrame:
    """Return a reader's table by its name."""
    return build_item(TABLE_SPECS[name], selected, values, **extra_arguments)
