"""What every view is made of: the ``Chart`` record, labelled tables and their words.

A view takes a narrowed dataset and returns a ``Chart``, which is the same on a page, in a file and
in an answer of the API.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from threats import measures, words
from threats.reliability import MARK, TENTATIVE
from threats.selection import Selected, in_words

ATTENTION_NOTE = (
    "Attention is not threat: it shows what meetings dealt with, not how much of it there was."
)
DOUBT_NOTE = (
    f"{MARK.strip()} two readings agreed too little on this code (alpha under {TENTATIVE:.2f}, "
    "before it was recoded); see Data and method."
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Figures:
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
class Chart(Figures):
    """A chart: ``table`` holds exactly the plotted figures.

    ``draw`` returns the figure, light or dark; ``alt`` tells in words what it shows and its main
    finding, made by ``threats.views.caption``: its caption, and what stands for it where it is not
    seen.
    """

    alt: str
    draw: Callable[[bool], go.Figure]


def doubt_notes(shown: pd.DataFrame | Iterable[str]) -> tuple[str, ...]:
    """Return the note on names that carry the mark of an unreliable code, where any in a table or
    in texts does."""
    if isinstance(shown, pd.DataFrame):
        columns = shown.select_dtypes(include=["str", "object", "category"])
        shown = (str(cell) for name in columns for cell in columns[name].tolist())
    return (DOUBT_NOTE,) if any(MARK in text for text in shown) else ()


def with_doubts(chart: Chart) -> Chart:
    """Return a chart with the note on unreliable codes among its notes, if it names one."""
    told = [chart.title, chart.subtitle, chart.alt]
    notes = doubt_notes(told) or doubt_notes(chart.table)
    return replace(chart, notes=(*chart.notes, *notes)) if notes else chart


def labelled(selected: Selected, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of attention with ``threat`` (its name), ``words`` (the figure in words) and
    ``mark`` (what a click on it asks for)."""
    names = selected.dataset.names("threat_categories", "label")
    figures = zip(
        table["on_agenda"],
        table["meetings"],
        table["low"],
        table["high"],
        table["doubtful"],
        table["status"],
        strict=True,
    )
    mark = "threat:" + table["threat_id"]
    for name in ("year", "era"):
        if name in table:
            mark += f" {name}:" + table[name].astype("str")
    return table.assign(
        threat=table["threat_id"].map(names),
        mark=mark,
        words=[_figure_in_words(*row) for row in figures],
    )


def _figure_in_words(
    on: int, total: int, low: float, high: float, doubtful: int, status: str
) -> str:
    if status == "not_read":
        return "meetings known, none of their agendas read"
    if status == "no_meeting":
        return "no meeting known"
    parts = [words.share(on, total, low, high)]
    if total < measures.FEWEST:
        parts.append("too few meetings to tell")
    if doubtful:
        parts.append(f"{doubtful} by a code that is not sure")
    return "; ".join(parts)


def ranked(selected: Selected, role: str) -> pd.DataFrame:
    """Return attention over the whole selection, the largest share first."""
    table = labelled(selected, measures.attention(selected, None, role))
    # By share, not by count: of the pandemic fewer meetings can tell than of the rest.
    return table.sort_values("share", ascending=False, kind="stable").reset_index(drop=True)


def by_year(selected: Selected, role: str) -> pd.DataFrame:
    """Return attention by year, the threats most on the agenda first."""
    order = ranked(selected, role)["threat_id"].tolist()
    table = labelled(selected, measures.attention(selected, "year", role))
    rank = table["threat_id"].map({threat: place for place, threat in enumerate(order)})
    return (
        table.assign(rank=rank)
        .sort_values(["rank", "year"])
        .drop(columns="rank")
        .reset_index(drop=True)
    )


def trends(selected: Selected, role: str) -> pd.DataFrame:
    """Return ``measures.trends`` with ``threat``, the name of each."""
    names = selected.dataset.names("threat_categories", "label")
    table = measures.trends(selected, role)
    return table.assign(threat=table["threat_id"].map(names))


def cautions(selected: Selected, agendas: bool = True) -> tuple[str, ...]:
    """Return why figures of a selection have to be read with care: few meetings, or, where the
    figures are about ``agendas``, meetings of which little or nothing was read; each in a few
    words."""
    meetings = selected.meetings
    total, known = len(meetings), selected.known
    part = int((meetings["reading"] == "part").sum())
    found = []
    if not total:
        return ()
    if not agendas:
        few = total < measures.FEWEST
        return (f"Rests on {words.counted(total, 'meeting')}: too few to tell",) if few else ()
    if not known:
        of = "The one meeting" if total == 1 else f"None of these {total:,} meetings"
        return (f"{of} was {'not ' if total == 1 else ''}read, so nothing is known of an agenda",)
    if known < measures.FEWEST:
        found.append(f"Rests on {words.counted(known, 'meeting')}: too few to tell")
    if known < total:
        unread = total - known
        found.append(
            f"{unread:,} of {total:,} meetings {'was' if unread == 1 else 'were'} not read"
        )
    if part:
        of = (
            ("The agenda was" if known == 1 else f"All {known:,} agendas were")
            if part == known
            else f"{part:,} of {known:,} agendas {'was' if part == 1 else 'were'}"
        )
        found.append(f"{of} read only in part, so late items may be missing")
    return tuple(found)


def cautions_by_year(selected: Selected, totals: pd.DataFrame) -> tuple[str, ...]:
    """Return ``cautions`` of figures by year, and whether no year has enough meetings by
    ``measures.meetings_by_year``."""
    few = totals["known"].max() < measures.FEWEST <= totals["known"].sum()
    by_year = (f"No year has {measures.FEWEST} meetings: too few to tell year by year",)
    return (*(by_year if few else ()), *cautions(selected))


def with_cautions(made: Any, selected: Selected) -> Any:
    """Return figures with the cautions of their selection, where they bring none of their own;
    anything else as it is."""
    if isinstance(made, Figures) and made.cautions is None:
        return replace(made, cautions=cautions(selected))
    return made


def subtitle(selected: Selected, what: str) -> str:
    """Return measure, filter and n of a chart; ``cautions`` say how much of it was read."""
    return f"{what} · {in_words(selected)} · {words.counted(len(selected.meetings), 'meeting')}"


def measure_in_words(measure: str, role: str) -> str:
    """Return what is counted, such as "share of meetings (focus or discussed)"."""
    unit = "share of meetings" if measure == "share" else "number of meetings"
    return f"{unit} ({measures.ROLES[role]})"


def notes_on(
    selected: Selected, table: pd.DataFrame, pandemic_search: bool = False
) -> tuple[str, ...]:
    """Return what a reader has to know about these figures."""
    notes = [ATTENTION_NOTE]
    if measures.PANDEMIC in set(table["threat_id"]) and not pandemic_search:
        notes += search_notes(selected)
    doubtful = table.loc[table["doubtful"] > 0, "threat"].unique().tolist()
    if doubtful:
        notes.append(
            f"Some codes are not sure ({words.listed(doubtful)}); see the column doubtful."
        )
    return tuple(notes)


def search_notes(selected: Selected) -> tuple[str, ...]:
    """Return the note on the meetings that figures of the pandemic leave out, where there are
    any."""
    found = int((selected.meetings["found_by"] == "pandemic_search").sum())
    note = (
        f"Figures of the pandemic leave out {words.counted(found, 'meeting')} found "
        "only by looking for pandemic words."
    )
    return (note,) if found else ()


def unread_notes(selected: Selected) -> tuple[str, ...]:
    """Return the note on the meetings that ``measures.read`` leaves out, where there are any."""
    unread = int((~selected.meetings["known"]).sum())
    note = f"{words.counted(unread, 'meeting').capitalize()} inferred and not read left out."
    return (note,) if unread else ()


def figures(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return the columns of a table that a reader takes away."""
    kept = [
        "threat_id",
        "threat",
        *columns,
        "on_agenda",
        "meetings",
        "share",
        "low",
        "high",
        "doubtful",
        "status",
    ]
    return table[kept].reset_index(drop=True)
