"""Notes, cautions and subtitles that several charts share."""

from collections.abc import Iterable

import pandas as pd

from threats.content.selection_text import describe
from threats.dataset.coder_agreement import TENTATIVE_ALPHA, UNRELIABLE_MARK
from threats.dataset.model import PANDEMIC
from threats.format import format_partial_date, join
from threats.stats.selection import Selected
from threats.stats.trends import MIN_MEETINGS, incomplete_year
from threats.text import notes as notes_text
from threats.text.labels import ROLE_LABELS
from threats.text.selection import selection_subtitle


def reliability_notes(table_or_texts: pd.DataFrame | Iterable[str]) -> tuple[str, ...]:
    """Return the note on less reliable codes if a table or texts name one."""
    if isinstance(table_or_texts, pd.DataFrame):
        columns = table_or_texts.select_dtypes(include=["str", "object", "category"])
        table_or_texts = (str(cell) for name in columns for cell in columns[name].tolist())
    return (reliability_note(),) if any(UNRELIABLE_MARK in text for text in table_or_texts) else ()


def reliability_note() -> str:
    """Return the note on less reliable codes."""
    return notes_text.unreliable_code_note(UNRELIABLE_MARK.strip(), TENTATIVE_ALPHA)


def selection_cautions(selected: Selected, about_agendas: bool = True) -> tuple[str, ...]:
    """Return why a reader should be careful: few meetings, or, if the figures are about agendas,
    meetings that were not read or only in part."""
    meetings = selected.meetings
    total, known = len(meetings), selected.known
    n_counted = known if about_agendas else total
    if not total:
        return ()
    if not n_counted:
        return (notes_text.all_unread_caution(total),)
    found = [notes_text.few_meetings_caution(n_counted)] if n_counted < MIN_MEETINGS else []
    if about_agendas and known < total:
        found.append(notes_text.unread_caution(total - known, total))
    part = int((meetings["reading"] == "part").sum())
    if about_agendas and part:
        found.append(notes_text.partial_agendas_caution(part, known))
    return tuple(found)


def chart_cautions(selected: Selected, about_agendas: bool = True) -> tuple[str, ...]:
    """Return why a reader should be careful with a chart of this selection: too few meetings. What
    holds for the whole site is said once, on the start page and on Data and method."""
    total, known = len(selected.meetings), selected.known
    n_counted = known if about_agendas else total
    if not total:
        return ()
    if not n_counted:
        return (notes_text.all_unread_caution(total),)
    return (notes_text.few_meetings_caution(n_counted),) if n_counted < MIN_MEETINGS else ()


def yearly_cautions(selected: Selected, totals: pd.DataFrame) -> tuple[str, ...]:
    """Return the cautions of figures by year: also if no year has enough meetings, or the last
    one is incomplete."""
    few = totals["known"].max() < MIN_MEETINGS <= totals["known"].sum()
    caution = notes_text.few_meetings_each_year_caution(MIN_MEETINGS)
    year, made = incomplete_year(selected), selected.dataset.descriptor["created"][:10]
    open_year = (
        (notes_text.incomplete_year_caution(year, format_partial_date(made)),) if year else ()
    )
    return (*((caution,) if few else ()), *open_year, *chart_cautions(selected))


def chart_subtitle(selected: Selected, measure: str) -> str:
    """Return measure, filter and n of a chart."""
    return selection_subtitle(measure, describe(selected), len(selected.meetings))


def measure_phrase(measure: str, role: str) -> str:
    """Return what is counted, such as "share of meetings (on the agenda)"."""
    return notes_text.measure_label(measure, ROLE_LABELS[role])


def standard_notes(selected: Selected, table: pd.DataFrame) -> tuple[str, ...]:
    """Return the notes on figures of threats that the reader chose; none on all threats."""
    if selected.has_all_threats:
        return ()
    notes: list[str] = []
    if PANDEMIC in set(table["threat_id"]) and not selected.count_rule.pandemic_search:
        notes += pandemic_search_notes(selected)
    doubtful = table.loc[table["doubtful"] > 0, "threat"].unique().tolist()
    if doubtful:
        notes.append(notes_text.uncertain_codes_note(join(doubtful)))
    return tuple(notes)


def pandemic_search_notes(selected: Selected) -> tuple[str, ...]:
    """Return the note on the meetings that figures of the pandemic exclude, if there are any."""
    found = int((selected.meetings["found_by"] == "pandemic_search").sum())
    return (notes_text.pandemic_search_note(found),) if found else ()


def unread_notes(selected: Selected) -> tuple[str, ...]:
    """Return the note on the meetings that ``only_read`` excludes, if there are any."""
    unread = int((~selected.meetings["known"]).sum())
    return (notes_text.unread_meetings_note(unread),) if unread else ()


def trend_notes(measure: str, adjusted_over: str = "") -> tuple[str, ...]:
    """Return the note on the test for trend, corrected over all threats if not over something else;
    none at a fixed mix, which has bands."""
    return () if measure == "mix" else (notes_text.trend_test_note(adjusted_over),)


def ambiguous_dates_notes(n_meetings: int) -> tuple[str, ...]:
    """Return the note on meetings whose date could be in two periods, if there are any."""
    return (notes_text.imprecise_dates_note(n_meetings),) if n_meetings else ()
