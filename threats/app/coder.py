"""The page that codes a text: the text highlighted, rows to correct, and a file of these rows.

Nothing here is cached or stored on disk: a pasted or uploaded text stays in the reader's session
and tab.
"""

import functools
import hashlib
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from threats.app.coded_text import code_names, show_coded_text, value_label
from threats.app.kept_draft import restored_draft
from threats.app.language import speak_reader_language
from threats.app.markdown import part_heading, show_table, untrusted
from threats.app.own_meetings import count_button, public_dataset
from threats.app.review_decisions import propose_button
from threats.app.state import CODE_TEXT_KEY, CODE_UPLOAD_KEY, PageState, reader_state
from threats.coding import coder
from threats.coding.coder import code
from threats.coding.draft import (
    DRAFT_COLUMNS,
    Draft,
    allowed_values,
    column_description,
    propose_draft,
    to_dataset_rows,
    validate_rows,
)
from threats.coding.draft_writer import rows_to_csv
from threats.coding.extraction import FILE_SUFFIXES, MAX_FILE_BYTES, FileError, extract_file
from threats.coding.file_text import MAX_TEXT_CHARACTERS
from threats.coding.model import CodedText
from threats.coding.notices import text_notices
from threats.dataset.editions import zip_bytes
from threats.text import coder_page as text
from threats.text.file_notices import notice_message
from threats.text.translate import _

EXAMPLE_FILE = Path(coder.__file__).parent / "example.txt"
# Columns of a meeting that follow from others, or are the same for all texts coded here.
_FIXED_COLUMNS = ("basis", "found_by")
# The table of the dataset to which each table of the draft belongs.
DATASET_TABLE_OF_DRAFT = {
    "threats": "threat_mentions",
    "responses": "response_mentions",
    "organizations": "participation",
    "sessions": "regional_sessions",
}
Names = dict[str, dict[str, str]]


def coder_input(page: PageState) -> str:
    """Draw the ways to enter a text and return it."""
    st.session_state.setdefault(CODE_TEXT_KEY, "")
    upload, example = st.columns([3, 1], vertical_alignment="bottom")
    megabytes = MAX_FILE_BYTES // 10**6
    upload.file_uploader(
        _(text.UPLOAD_LABEL, megabytes=megabytes),
        type=list(FILE_SUFFIXES),
        max_upload_size=megabytes,
        key=CODE_UPLOAD_KEY,
        on_change=_load_upload,
    )
    icon = ":material/lightbulb:"
    example.button(_(text.EXAMPLE_LABEL), icon=icon, on_click=_load_example, width="stretch")
    if page.reader.upload_problem:
        st.error(untrusted(page.reader.upload_problem), icon=":material/error:")
    _show_upload_notices(page)
    return st.text_area(
        _(text.PASTE_LABEL),
        key=CODE_TEXT_KEY,
        height=220,
        max_chars=MAX_TEXT_CHARACTERS,
        on_change=_clear_problem,
        help=_(text.PASTE_HELP),
    )


def _load_upload() -> None:
    speak_reader_language()  # a callback comes before the page
    uploaded = st.session_state[CODE_UPLOAD_KEY]
    _clear_problem()
    if uploaded is None:
        return
    try:
        read = extract_file(uploaded.name, uploaded.getvalue())
        st.session_state[CODE_TEXT_KEY] = read.text
        reader = reader_state()
        reader.upload_notices = tuple(notice_message(*found) for found in read.notices)
        reader.upload_margins = read.margins
    except FileError as error:
        st.session_state[CODE_TEXT_KEY] = ""
        message = _(text.UPLOAD_PROBLEM_MESSAGE, file=uploaded.name, problem=error)
        reader_state().upload_problem = message


def _show_upload_notices(page: PageState) -> None:
    """Show what of the uploaded file is doubtful or left out, and offer its margins."""
    for message in page.reader.upload_notices:
        st.info(untrusted(message), icon=":material/info:")
    if page.reader.upload_margins:
        st.button(_(text.ADD_MARGINS_LABEL), icon=":material/add:", on_click=_add_margins)


def _add_margins() -> None:
    reader = reader_state()
    st.session_state[CODE_TEXT_KEY] += f"\n\n{reader.upload_margins}"
    _clear_problem()


def _load_example() -> None:
    st.session_state[CODE_TEXT_KEY] = EXAMPLE_FILE.read_text(encoding="utf-8")
    _clear_problem()


def _clear_problem() -> None:
    reader = reader_state()
    reader.upload_problem, reader.upload_notices, reader.upload_margins = "", (), ""


def coder_result(release: str, page: PageState) -> Draft:
    """Show what the rules find in a text, the proposed rows, and the problems of these rows;
    return the rows as corrected."""
    data = public_dataset(page)
    coded = code(release, data)
    if coded.outside_field and st.toggle(
        _(text.ANY_FIELD_LABEL), help=_(text.OUTSIDE_FIELD_NOTE), key="code_any_field"
    ):
        coded = code(release, data, any_field=True)
    elif coded.outside_field:
        st.info(_(text.OUTSIDE_FIELD_NOTE), icon=":material/info:")
    names = code_names(data)
    for found in text_notices(coded.document):
        st.info(untrusted(notice_message(*found)), icon=":material/info:")
    part_heading(_(text.FOUND_TITLE), anchor="found")
    st.caption(_(text.FOUND_HELP))
    show_coded_text(coded, names)
    with st.expander(_(text.RULES_TITLE), icon=":material/rule:"):
        show_table(_code_reasons(coded, names), data)
    # Edits belong to one text alone.
    key = hashlib.sha256(release.encode("utf-8")).hexdigest()[:12]
    proposed = propose_draft(coded, data)
    if kept := restored_draft(release, proposed):
        proposed, key = kept, f"{key}_{page.reader.restored_drafts}"
    draft = _edit_draft(proposed, names, key)
    _show_rows(to_dataset_rows(draft), release, page)
    return draft


def _code_reasons(coded: CodedText, names: Names) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                _(text.KIND_COLUMN): _(text.KIND_LABELS[kind]),
                _(text.CODE_COLUMN): names[kind].get(found.id, found.id),
                _(text.ROLE_COLUMN): value_label(found.role),
                _(text.LINK_COLUMN): value_label(found.pandemic_link),
                _(text.PLACES_COLUMN): ", ".join(
                    dict.fromkeys(coded.document.text[slice(*span)] for span in found.spans)
                ),
                _(text.REASON_COLUMN): "; ".join(
                    filter(None, (found.role_reason, found.link_reason))
                ),
                _(text.RULE_COLUMN): "; ".join(found.rules),
            }
            for kind in names
            for found in getattr(coded, f"{kind}s")
        ]
    )


def _choice_label(labels: dict[str, str], value: Any) -> str:
    return labels.get(value, str(value))


def _edit_draft(draft: Draft, names: Names, key: str) -> Draft:
    """Draw the proposed rows for correction and return them as corrected."""
    part_heading(_(text.ROWS_TITLE), anchor="rows")
    st.markdown(_(text.ROWS_HELP))
    meeting, tables = _edit_meeting(draft.meeting, key), {}
    for name, title in text.DRAFT_TITLES.items():
        st.markdown(f"**{_(title)}**")
        tables[name] = st.data_editor(
            getattr(draft, name),
            column_config=_column_config(name, names),
            num_rows="dynamic",
            hide_index=True,
            key=f"code_{name}_{key}",
            alt=_(text.ROWS_ALT, title=_(title)),
        )
    return Draft(draft.meeting | meeting, **tables)


def _edit_meeting(values: dict[str, str], key: str) -> dict[str, str]:
    """Draw a field for each column of the meeting and return the values."""
    st.markdown(f"**{_(text.MEETING_TITLE)}**")
    allowed, edited, columns = allowed_values("meetings"), {}, st.columns(3)
    names = [name for name in values if name not in _FIXED_COLUMNS]
    for number, name in enumerate(names):
        field: dict[str, Any] = {
            "label": _(text.COLUMN_LABELS[name]),
            "key": f"code_{name}_{key}",
            "help": column_description(name),
        }
        with columns[number * 3 // len(names)]:
            if name in allowed:
                options = ["", *allowed[name]]
                index = options.index(values[name]) if values[name] in options else 0
                edited[name] = st.selectbox(
                    options=options, index=index, format_func=value_label, **field
                )
            else:
                edited[name] = st.text_input(value=values[name], **field)
    return edited


def _column_config(name: str, names: Names) -> dict[str, Any]:
    """Return the columns of a table of the draft, with choices for ids and fixed values."""
    choices = {f"{kind}_id": labels for kind, labels in names.items()} | {"region": names["region"]}
    for column, values in allowed_values(DATASET_TABLE_OF_DRAFT[name]).items():
        choices[column] = {value: value_label(value) for value in values}
    return {
        column: st.column_config.SelectboxColumn(
            _(text.COLUMN_LABELS[column]),
            options=list(choices[column]),
            format_func=functools.partial(_choice_label, choices[column]),
        )
        if column in choices
        else st.column_config.TextColumn(_(text.COLUMN_LABELS[column]))
        for column in DRAFT_COLUMNS[name]
    }


def _show_rows(tables: dict[str, list[dict[str, str]]], release: str, page: PageState) -> None:
    """Show the problems of the rows, and offer them for review, for this session and as files."""
    data = public_dataset(page)
    problems = validate_rows(tables, data)
    if problems:
        lines = "".join(f"\n- {untrusted(str(problem))}" for problem in problems)
        message = text.problems_message(len(problems))
        st.warning(f"{message}\n{lines}", icon=":material/warning:")
    else:
        st.success(_(text.VALID_ROWS_MESSAGE), icon=":material/check_circle:")
    propose_button(tables, release, data)
    count_button(tables, page)
    meeting = tables["meetings"][0]["meeting_id"] or "meeting"
    st.download_button(
        _(text.ROWS_ZIP_LABEL),
        # Generated before the click, because a file generated on click can be lost.
        zip_bytes(rows_to_csv(tables)),
        file_name=f"{meeting}.zip",
        mime="application/zip",
        icon=":material/download:",
        on_click="ignore",
        help=_(text.ROWS_ZIP_HELP),
    )
    st.caption(_(text.NEXT_STEPS_NOTE))
