"""Figures and charts as records: the same on a page, in a file and in an answer of the API."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from threats.caching import cached
from threats.charts.margins import reserve_margins
from threats.charts.mobile import for_mobile
from threats.charts.theme import LIGHT, Theme
from threats.content.notes import reliability_notes
from threats.format import local_number
from threats.language import DEFAULT_LANGUAGE, language_id


@dataclass(frozen=True, eq=False, kw_only=True)
class FigureTable:
    """A table of figures with its texts; ``name`` appears in addresses and file names."""

    name: str
    title: str
    subtitle: str
    table: pd.DataFrame
    cautions: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def all_notes(self) -> tuple[str, ...]:
        """Cautions and notes."""
        return (*self.cautions, *self.notes)


@dataclass(frozen=True, eq=False, kw_only=True)
class Chart(FigureTable):
    """A chart: ``table`` holds exactly the plotted figures.

    ``draw`` returns the figure in a theme; ``alt`` is the caption, which also replaces the figure
    for readers who cannot see it. The note on less reliable codes is added if a text or the table
    names one.
    """

    alt: str
    draw: Callable[[Theme], go.Figure]

    def __post_init__(self) -> None:
        notes = reliability_notes([self.title, self.subtitle, self.alt])
        notes = notes or reliability_notes(self.table)
        kept = [note for note in self.notes if note not in notes]
        object.__setattr__(self, "notes", (*kept, *notes))


@cached(512)
def cached_figure(chart: Chart, theme: Theme = LIGHT, narrow: bool = False) -> go.Figure:
    """Return the figure of a chart in a theme, for a wide or a ``narrow`` screen. Readers share it,
    so nobody changes it."""
    if narrow:
        return for_mobile(cached_figure(chart, theme))
    figure = reserve_margins(chart.draw(theme))
    if language_id() != DEFAULT_LANGUAGE:
        figure.update_layout(separators=local_number(".,"))
    return figure
