"""Text that stays text in a chart: Plotly would take some of it for markup."""

import functools
from collections.abc import Callable
from typing import Any

import pandas as pd

# Tags and entities by https://plotly.com/javascript/reference/layout/#layout-title-text, and the
# places of a hover text into which Plotly puts figures. A line break is one of our own, as no cell
# of a dataset has any.
_SHOWN = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("%{", "%&#123;"), ("\n", "<br>"))


def as_text(value: Any) -> Any:
    """Return a text, or a table, list or mapping of texts, so that Plotly shows it as it is, and
    line breaks as line breaks; anything else as it is."""
    if isinstance(value, str):
        for sign, shown in _SHOWN:
            value = value.replace(sign, shown)
        return value
    if isinstance(value, pd.DataFrame):
        texts = value.select_dtypes(include=["str", "object", "category"])
        changed = {name: as_text(texts[name]) for name in texts if _needs(texts[name])}
        return value.assign(**changed) if changed else value
    if isinstance(value, pd.Series):
        if isinstance(value.dtype, pd.CategoricalDtype):
            return value.cat.rename_categories(as_text)
        return value.map(as_text, na_action="ignore")
    if type(value) in (list, tuple):
        return type(value)(as_text(one) for one in value)
    if type(value) is dict:
        return {as_text(key): as_text(one) for key, one in value.items()}
    return value


def _needs(column: pd.Series) -> bool:
    whole = " ".join(map(str, column.array))
    return any(sign in whole for sign, _ in _SHOWN)


def text_stays_text(draw: Callable) -> Callable:
    """Return a chart function that takes all text in its arguments by ``as_text``, so that what is
    markup in its figure is its own."""

    @functools.wraps(draw)
    def drawn(*arguments, **named):
        named = {name: as_text(value) for name, value in named.items()}
        return draw(*map(as_text, arguments), **named)

    return drawn
