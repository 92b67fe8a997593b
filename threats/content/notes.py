"""What every view is made of: the ``Chart`` record, labelled tables and their words.

A view takes a narrowed dataset and returns a ``Chart``, which is the same on a page, in a file and
in an answer of the API.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from threats.content.model import Chart, FigureTable
from threats.content.selection_text import describe
from threats.dataset.coder_agreement import TENTATIVE_ALPHA, UNRELIABLE_MARK
from threats.dataset.model import PANDEMIC
from threats.format import join
from threats.stats.selection import Selected
from threats.stats.trends import MIN_MEETINGS
from threats.text.labels import ROLE_LABELS
from threats.text.quantities import quantity

ATTENTION_NOTE = (
    "Attention is not threat: it shows what meetings dealt with, not how much of it there was."
)
RELIABILITY_NOTE = (
    f"{UNRELIABLE_MARK.strip()} two readings agreed too little on this code (alpha under {TENTATIVE_ALPHA:.2f}, "
    "before it was recoded); see Data and method."
)


def reliability_notes(table_or_texts: pd.DataFrame | Iterable[str]) -> tuple[str, ...]:
    """Return the note on names that carry the mark of an unreliable code, where any in a table or
    in texts does."""
    if isinstance(table_or_texts, pd.DataFrame):
        columns = table_or_texts.select_dtypes(include=["str", "object", "category"])
        table_or_texts = (str(cell) for name in columns for cell in columns[name].tolist())
    return (RELIABILITY_NOTE,) if any(UNRELIABLE_MARK in text for text in table_or_texts) else ()


def add_reliability_notes(chart: Chart) -> Chart:
    """Return a chart with the note on unreliable codes among its notes, if it names one."""
    told = [chart.title, chart.subtitle, chart.alt]
    notes = reliability_notes(told) or reliability_notes(chart.table)
    return replace(chart, notes=(*chart.notes, *notes)) if notes else chart


def selection_cautions(selected: Selected, about_agendas: bool = True) -> tuple[str, ...]:
    """Return why figures of a selection have to be read with care: few meetings, or, where the
    figures are about ``agendas``, meetings of which little or nothing was read; each in a few
    words."""
    meetings = selected.meetings
    total, known = len(meetings), selected.known
    part = int((meetings["reading"] == "part").sum())
    found = []
    if not total:
        return ()
    if not about_agendas:
        few = total < MIN_MEETINGS
        return (f"Rests on {quantity(total, 'meeting')}: too few to tell",) if few else ()
    if not known:
        of = "The one meeting" if total == 1 else f"None of these {total:,} meetings"
        return (f"{of} was {'not ' if total == 1 else ''}read, so nothing is known of an agenda",)
    if known < MIN_MEETINGS:
        found.append(f"Rests on {quantity(known, 'meeting')}: too few to tell")
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


def yearly_cautions(selected: Selected, totals: pd.DataFrame) -> tuple[str, ...]:
    """Return ``cautions`` of figures by year, and whether no year has enough meetings by
    ``measures.meetings_by_year``."""
    few = totals["known"].max() < MIN_MEETINGS <= totals["known"].sum()
    by_year = (f"No year has {MIN_MEETINGS} meetings: too few to tell year by year",)
    return (*(by_year if few else ()), *selection_cautions(selected))


def add_cautions(built: Any, selected: Selected) -> Any:
    """Return figures with the cautions of their selection, where they bring none of their own;
    anything else as it is."""
    if isinstance(built, FigureTable) and built.cautions is None:
        return replace(built, cautions=selection_cautions(selected))
    return built


def chart_subtitle(selected: Selected, measure: str) -> str:
    """Return measure, filter and n of a chart; ``cautions`` say how much of it was read."""
    return f"{measure} · {describe(selected)} · {quantity(len(selected.meetings), 'meeting')}"


def measure_phrase(measure: str, role: str) -> str:
    """Return what is counted, such as "share of meetings (focus or discussed)"."""
    unit = "share of meetings" if measure == "share" else "number of meetings"
    return f"{unit} ({ROLE_LABELS[role]})"


def standard_notes(selected: Selected, table: pd.DataFrame) -> tuple[str, ...]:
    """Return what a reader has to know about these figures."""
    notes = [ATTENTION_NOTE]
    if PANDEMIC in set(table["threat_id"]) and not selected.count_rule.pandemic_search:
        notes += pandemic_search_notes(selected)
    doubtful = table.loc[table["doubtful"] > 0, "threat"].unique().tolist()
    if doubtful:
        notes.append(f"Some codes are not sure ({join(doubtful)}); see the column doubtful.")
    return tuple(notes)


def pandemic_search_notes(selected: Selected) -> tuple[str, ...]:
    """Return the note on the meetings that figures of the pandemic leave out, where there are
    any."""
    found = int((selected.meetings["found_by"] == "pandemic_search").sum())
    note = (
        f"Figures of the pandemic leave out {quantity(found, 'meeting')} found "
        "only by looking for pandemic words."
    )
    return (note,) if found else ()


def unread_notes(selected: Selected) -> tuple[str, ...]:
    """Return the note on the meetings that ``measures.read`` leaves out, where there are any."""
    unread = int((~selected.meetings["known"]).sum())
    note = f"{quantity(unread, 'meeting').capitalize()} inferred and not read left out."
    return (note,) if unread else ()


def trend_note(adjusted_over: str = "all threats, whichever are chosen,") -> str:
    """Return the note on how a rise or fall is told, from what it is adjusted over."""
    return (
        "A rise or fall is told where the trend over the years holds: Cochran's and Armitage's "
        f"test, adjusted over {adjusted_over} after Benjamini and Hochberg (1995), under 5%."
    )


def ambiguous_dates_note(n_meetings: int) -> str:
    """Return the note on meetings whose date could be in two eras."""
    verb = "belongs" if n_meetings == 1 else "belong"
    return (
        f"{quantity(n_meetings, 'meeting').capitalize()} known only by year or month, across a "
        f"boundary, {verb} to no era."
    )


MEETING_COUNTS_NOTE = (
    "The strip counts the meetings of each year; a hollow bar is a year with fewer than "
    f"{MIN_MEETINGS}, too few for a share to tell."
)
