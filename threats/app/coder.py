"""The page that codes a text: the text marked, rows to correct, and a file of rows to take away.

Nothing here is cached or written: what a reader pastes or uploads stays in that reader's session.
"""

import hashlib
from pathlib import Path

import pandas as pd
import streamlit as st

from threats.app.cards import current_theme
from threats.app.markdown import part_heading, show_table, untrusted
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
from threats.coding.extraction import FILE_SUFFIXES, MAX_FILE_BYTES, extract_text
from threats.coding.extraction_worker import MAX_TEXT_CHARACTERS, FileError
from threats.coding.highlight import (
    collect_highlights,
    render_highlight_css,
    render_highlight_legend,
    render_highlights,
)
from threats.coding.model import CodedText
from threats.dataset.model import Dataset
from threats.exports.archive import zip_bytes
from threats.text.quantities import quantity

EXAMPLE_FILE = Path(coder.__file__).parent / "example.txt"
# The columns of a meeting that follow from others, or are the same for all that is coded here.
_FIXED_COLUMNS = ("basis", "found_by")
DRAFT_TITLES = {
    "threats": "Threats",
    "responses": "Responses",
    "organizations": "Organizations",
    "sessions": "Sessions on a region",
}
# The table of the dataset that each becomes.
DATASET_TABLE_OF_DRAFT = dict(
    zip(
        DRAFT_TITLES,
        ("threat_mentions", "response_mentions", "participation", "regional_sessions"),
        strict=True,
    )
)


def coder_input() -> str:
    """Draw the ways to give a text; return it, empty if there is none."""
    state = st.session_state
    state.setdefault("code_text", "")
    upload, example = st.columns([3, 1], vertical_alignment="bottom")
    upload.file_uploader(
        f"Upload a press release (TXT, PDF, DOCX or HTML, up to {MAX_FILE_BYTES // 10**6} MB)",
        type=list(FILE_SUFFIXES),
        max_upload_size=MAX_FILE_BYTES // 10**6,
        key="code_upload",
        on_change=_load_upload,
    )
    example.button(
        "Try the example", icon=":material/lightbulb:", on_click=_load_example, width="stretch"
    )
    if state.get("code_problem"):
        st.error(untrusted(state["code_problem"]), icon=":material/error:")
    return st.text_area(
        "or paste its text here",
        key="code_text",
        height=220,
        max_chars=MAX_TEXT_CHARACTERS,
        on_change=_clear_problem,
        help="The text stays in your session: it is not stored, logged or shown to anybody else.",
    )


def _load_upload() -> None:
    state = st.session_state
    uploaded = state["code_upload"]
    state["code_problem"] = ""
    if uploaded is None:
        return
    try:
        state["code_text"] = extract_text(uploaded.name, uploaded.getvalue())
    except FileError as error:
        state["code_text"], state["code_problem"] = "", f"{uploaded.name}: {error}"


def _load_example() -> None:
    st.session_state["code_text"] = EXAMPLE_FILE.read_text(encoding="utf-8")
    _clear_problem()


def _clear_problem() -> None:
    st.session_state["code_problem"] = ""


def coder_result(text: str, data: Dataset) -> None:
    """Show what the rules find in a text, the rows it proposes, and what is wrong with these."""
    coded = code(text, data)
    names = {
        "threat": data.names("threat_categories"),
        "response": data.names("responses"),
        "region": data.names("regions"),
        "organization": data.names("organizations"),
    }
    part_heading("What the rules found", anchor="found")
    st.caption("Point at a mark, or move to it by the Tab key, for the reason.")
    theme = current_theme()
    tone = {"text": theme.text, "soft": theme.muted, "page": theme.page}
    look = render_highlight_css(tone, theme.shades[0], theme.colours[1])
    marked = render_highlights(coded.document.text, collect_highlights(coded, names))
    with st.container(border=True):
        st.html(f'{look}<div class="coded">{render_highlight_legend()}</div>')
        st.html(f'<div class="coded">{marked}</div>')
    with st.expander("Every code with its rule", icon=":material/rule:"):
        show_table(_code_reasons(coded, names), data)
    draft = _edit_draft(propose_draft(coded, data), names, _text_key(text))
    _render_rows(to_dataset_rows(draft), data)


def _text_key(text: str) -> str:
    """Return what tells this text from others, so that edits belong to it alone."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]


def _code_reasons(coded: CodedText, names: dict) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "Kind": kind,
                "Code": names[kind].get(found.id, found.id),
                "Role": found.role,
                "Pandemic": found.pandemic_link,
                "Places": ", ".join(
                    dict.fromkeys(coded.document.text[slice(*span)] for span in found.spans)
                ),
                "Reason": "; ".join(filter(None, (found.role_reason, found.link_reason))),
                "Rule": "; ".join(found.rules),
            }
            for kind in names
            for found in getattr(coded, f"{kind}s")
        ]
    )


def _edit_draft(draft: Draft, names: dict, key: str) -> Draft:
    """Draw the proposed rows to correct; return them as corrected."""
    part_heading("Rows to check", anchor="rows")
    st.markdown(
        "Correct what is wrong: change a cell, add a row at the end, or mark a row and delete it. "
        "Give the title and evidence in your own words, and the address of the page as "
        "`source_url`."
    )
    meeting, tables = _edit_meeting(draft.meeting, key), {}
    for name, title in DRAFT_TITLES.items():
        st.markdown(f"**{title}**")
        tables[name] = st.data_editor(
            getattr(draft, name),
            column_config=_column_config(name, names),
            num_rows="dynamic",
            hide_index=True,
            key=f"code_{name}_{key}",
            alt=f"{title}: proposed rows",
        )
    return Draft(draft.meeting | meeting, **tables)


def _edit_meeting(values: dict[str, str], key: str) -> dict[str, str]:
    """Draw a field for each column of the meeting; return what is in them."""
    allowed, told = allowed_values("meetings"), {}
    st.markdown("**Meeting**")
    columns = st.columns(3)
    names = [name for name in values if name not in _FIXED_COLUMNS]
    for number, name in enumerate(names):
        field = {"label": name, "key": f"code_{name}_{key}", "help": column_description(name)}
        with columns[number * 3 // len(names)]:
            if name in allowed:
                every = ["", *allowed[name]]
                place = every.index(values[name]) if values[name] in every else 0
                told[name] = st.selectbox(options=every, index=place, **field)
            else:
                told[name] = st.text_input(value=values[name], **field)
    return told


def _column_config(name: str, names: dict) -> dict:
    """Return for the columns that hold an id or one of a few words a choice of these."""
    allowed = {f"{kind}_id": list(ids) for kind, ids in names.items()}
    allowed |= {"region": list(names["region"])} | allowed_values(DATASET_TABLE_OF_DRAFT[name])
    return {
        column: st.column_config.SelectboxColumn(column, options=allowed[column])
        if column in allowed
        else st.column_config.TextColumn(column)
        for column in DRAFT_COLUMNS[name]
    }


def _render_rows(tables: dict[str, list[dict[str, str]]], data: Dataset) -> None:
    """Say what is wrong with the rows, and offer them as files."""
    problems = validate_rows(tables, data)
    if problems:
        st.warning(
            f"**{quantity(len(problems), 'thing')} to mend before these rows can go into the "
            "dataset**\n" + "".join(f"\n- {untrusted(str(problem))}" for problem in problems),
            icon=":material/warning:",
        )
    else:
        st.success("These rows follow every rule of the dataset.", icon=":material/check_circle:")
    meeting = tables["meetings"][0]["meeting_id"] or "meeting"
    st.download_button(
        "Rows as ZIP",
        # Ready before the click: what is made on it can be lost. Its text is the reader's alone.
        zip_bytes(rows_to_csv(tables)),
        file_name=f"{meeting}.zip",
        mime="application/zip",
        icon=":material/download:",
        on_click="ignore",
        help="A CSV file for each table, with the columns and the order of the dataset",
    )
    st.caption(
        "Put each row at its place in the order of ids of the file of the same name in `data/`, or "
        "let `threats code FILE --add FOLDER` do all of it; then run `threats check`."
    )
