"""Words on editions of the dataset and what changed between two of them."""

from threats.text.translate import N_, _, ngettext

EDITIONS_COMPARED_TITLE = N_("Editions compared")
CHANGED_FIGURES_TITLE = N_("Changed figures")
CHANGED_ROWS_TITLE = N_("Changed rows")
FIGURE_COLUMN = N_("Figures of")
BECAUSE_COLUMN = N_("Changed rows behind them")
TABLE_COLUMN, ROW_COLUMN, CHANGE_COLUMN = N_("Table"), N_("Row"), N_("Change")
ADDED, DROPPED = N_("added"), N_("dropped")
NO_CHANGED_ROW = N_("none here: another base, or another model")
CSV_LABEL = N_("All changed figures (CSV)")
EXCEL_FIGURES_LABEL = N_("All changed figures (CSV for Excel)")
EXCEL_ROWS_LABEL = N_("All changed rows (CSV for Excel)")
ROWS_CSV_LABEL = N_("All changed rows (CSV)")
NOT_ARCHIVED_NOTE = N_(
    "Both editions are counted by today's program, so a difference comes from the data alone."
)


def comparison_question(before: str, after: str) -> str:
    """Return what the comparison of two editions shows."""
    return _(
        "Which figures of this view differ between edition {before} and edition {after}, and by "
        "which rows of the tables?",
        before=before,
        after=after,
    )


def edition_column(number: str) -> str:
    """Return the heading of the figures of an edition."""
    return _("Edition {number}", number=number)


def columns_changed(columns: str) -> str:
    """Return which columns of a row changed."""
    return _("changed: {columns}", columns=columns)


def changed_figures_phrase(changed: int, all_of_them: int) -> str:
    """Return how many of the figures of a chart changed."""
    return ngettext(
        "{changed} of {number} figure differs.",
        "{changed} of {number} figures differ.",
        all_of_them,
        changed=changed,
    )


def changed_rows_phrase(table: str, added: int, dropped: int, changed: int) -> str:
    """Return how many rows of a table changed."""
    return _(
        "{table}: {added} added, {dropped} dropped, {changed} changed",
        table=table,
        added=added,
        dropped=dropped,
        changed=changed,
    )


def shown_of_all(shown: int, all_of_them: int) -> str:
    """Return that only the first of many rows are shown."""
    return _("The first {shown} of {number}.", shown=shown, number=all_of_them)
