"""What a reader must know of a text that was read: what is doubtful, and what is left out."""

from collections.abc import Callable
from typing import Any

from threats.text.translate import _, ngettext


def unread_signs_notice(number: int) -> str:
    """Return how many signs of a text no rule can read."""
    return ngettext(
        "{number} sign is no known letter. A word with it is not found.",
        "{number} signs are no known letters. Words with them are not found.",
        number,
    )


def left_out_notice(lines: int, reasons: str) -> str:
    """Return how many lines of a text are not coded, and why."""
    return ngettext(
        "{number} line is not coded ({reasons}).",
        "{number} lines are not coded ({reasons}).",
        lines,
        reasons=reasons,
    )


def crossed_columns_notice(lines: int) -> str:
    """Return how many lines may run across columns."""
    return ngettext(
        "{number} line may run across columns. Check the order of the text.",
        "{number} lines may run across columns. Check the order of the text.",
        lines,
    )


def open_changes_notice(inserted: int, deleted: int) -> str:
    """Return how the changes of a file were read that nobody has accepted."""
    return _(
        "The file has open changes. Insertions are read ({inserted}), deletions are not "
        "({deleted}).",
        inserted=inserted,
        deleted=deleted,
    )


def hidden_text_notice(number: int) -> str:
    """Return how many passages are hidden."""
    return ngettext(
        "{number} hidden passage is not read.", "{number} hidden passages are not read.", number
    )


def embedded_documents_notice(number: int) -> str:
    """Return how many documents within a file are not read."""
    return ngettext(
        "{number} embedded document is not read.",
        "{number} embedded documents are not read.",
        number,
    )


def margins_left_out_notice(lines: int) -> str:
    """Return how many lines a file has in its margins."""
    return ngettext(
        "{number} line of headers, footers, footnotes or comments is not read.",
        "{number} lines of headers, footers, footnotes or comments are not read.",
        lines,
    )


def empty_pages_notice(pages: int, total: int) -> str:
    """Return how many pages of a file are pictures."""
    return ngettext(
        "{number} of {total} pages is a picture without text. Run text recognition first.",
        "{number} of {total} pages are pictures without text. Run text recognition first.",
        pages,
        total=total,
    )


def guessed_encoding_notice(encoding: str) -> str:
    """Return the encoding by which a file was read that names none."""
    return _("The file names no encoding. It is read as {encoding}, a guess.", encoding=encoding)


NOTICES: dict[str, Callable[..., str]] = {
    "unread_signs": unread_signs_notice,
    "left_out": left_out_notice,
    "crossed_columns": crossed_columns_notice,
    "open_changes": open_changes_notice,
    "hidden_text": hidden_text_notice,
    "embedded_documents": embedded_documents_notice,
    "margins_left_out": margins_left_out_notice,
    "empty_pages": empty_pages_notice,
    "guessed_encoding": guessed_encoding_notice,
}


def notice_message(code: str, values: dict[str, Any]) -> str:
    """Return the message of a notice, by a key of ``NOTICES``."""
    return NOTICES[code](**values)
