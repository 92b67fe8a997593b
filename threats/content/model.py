"""Figures and charts as records: the same on a page, in a file and in an answer of the API."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from threats.caching import cached
from threats.charts.margins import reserve_margins
from threats.charts.mobile import for_mobile
from threats.charts.theme import LIGHT, Theme


@dataclass(frozen=True, eq=False, kw_only=True)
class FigureTable:
    """A table of figures with all that it carries wherever it goes; ``name`` stands in addresses
    and names of files, ``cautions`` are what ``cautions`` returns, None until that is known."""

    name: str
    title: str
    subtitle: str
    table: pd.DataFrame
    notes: tuple[str, ...] = ()
    cautions: tuple[str, ...] | None = None

    @property
    def all_notes(self) -> tuple[str, ...]:
        """All that a reader has to know, cautions first."""
        return (*(self.cautions or ()), *self.notes)


@dataclass(frozen=True, eq=False, kw_only=True)
class Chart(FigureTable):
    """A chart: ``table`` holds exactly the plotted figures.

    ``draw`` returns the figure in a theme; ``alt`` tells in words what it shows and its main
    finding, made by ``threats.views.caption``: its caption, and what stands for it where it is not
    seen.
    """

    alt: str
    draw: Callable[[Theme], go.Figure]


@cached(512)
def cached_figure(chart: Chart, theme: Theme = LIGHT, narrow: bool = False) -> go.Figure:
    """Return the drawn chart, in this theme, for a wide or a ``narrow`` screen, for all readers to
    look at and none to change."""
    drawn = (
        for_mobile(cached_figure(chart, theme)) if narrow else reserve_margins(chart.draw(theme))
    )
    whole = drawn.to_dict()
    # Streamlit asks for it in every run of a page, and Plotly would copy and encode it anew.
    drawn.to_dict = lambda: whole
    return drawn
