"""The page that codes a text: the text marked, rows to correct, and a file of rows to take away.

Nothing here is cached or written: what a reader pastes or uploads stays in that reader's session.
"""

import hashlib
from pathlib import Path

import pandas as pd
import streamlit as st

from threats import coding
from threats.charts.look import DARK, LIGHT
from threats.coding import highlight, rows
from threats.coding.files import MOST_BYTES, MOST_CHARACTERS, SUFFIXES, FileError, text_of
from threats.dataset import Dataset
from threats.export import zipped
from threats.ui.card import is_dark
from threats.ui.text import part_title, show_table, strange
from threats.words import counted

EXAMPLE = Path(coding.__file__).parent / "example.txt"
# The columns of a meeting that follow from others, or are the same for all that is coded here.
_KEPT = ("basis", "found_by")
TITLES = {
    "threats": "Threats",
    "responses": "Responses",
    "organizations": "Organizations",
    "sessions": "Sessions on a region",
}
# The table of the dataset that each becomes.
TABLES = dict(
    zip(
        TITLES,
        ("threat_mentions", "response_mentions", "participation", "regional_sessions"),
        strict=True,
    )
)


def text_to_code() -> str:
    """Draw the ways to give a text; return it, empty if there is none."""
    state = st.session_state
    state.setdefault("code_text", "")
    upload, example = st.columns([3, 1], vertical_alignment="bottom")
    upload.file_uploader(
        f"Upload a press release (TXT, PDF, DOCX or HTML, up to {MOST_BYTES // 10**6} MB)",
        type=list(SUFFIXES),
        max_upload_size=MOST_BYTES // 10**6,
        key="code_upload",
        on_change=_take_upload,
    )
    example.button(
        "Try the example", icon=":material/lightbulb:", on_click=_take_example, width="stretch"
    )
    if state.get("code_problem"):
        st.error(strange(state["code_problem"]), icon=":material/error:")
    return st.text_area(
        "or paste its text here",
        key="code_text",
        height=220,
        max_chars=MOST_CHARACTERS,
        on_change=_forget_problem,
        help="The text stays in your session: it is not stored, logged or shown to anybody else.",
    )


def _take_upload() -> None:
    state = st.session_state
    uploaded = state["code_upload"]
    state["code_problem"] = ""
    if uploaded is None:
        return
    try:
        state["code_text"] = text_of(uploaded.name, uploaded.getvalue())
    except FileError as error:
        state["code_text"], state["code_problem"] = "", f"{uploaded.name}: {error}"


def _take_example() -> None:
    st.session_state["code_text"] = EXAMPLE.read_text(encoding="utf-8")
    _forget_problem()


def _forget_problem() -> None:
    st.session_state["code_problem"] = ""


def coded_text(text: str, data: Dataset) -> None:
    """Show what the rules find in a text, the rows it proposes, and what is wrong with these."""
    coded = coding.code(text, data)
    names = {
        "threat": data.names("threat_categories"),
        "response": data.names("responses"),
        "region": data.names("regions"),
        "organization": data.names("organizations"),
    }
    part_title("What the rules found", anchor="found")
    st.caption("Point at a mark, or move to it by the Tab key, for the reason.")
    tone = DARK if is_dark() else LIGHT
    look = highlight.style(tone, tone["shades"][0], tone["colours"][1])
    marked = highlight.as_html(coded.document.text, highlight.marks_of(coded, names))
    with st.container(border=True):
        st.html(f'{look}<div class="coded">{highlight.legend()}</div>')
        st.html(f'<div class="coded">{marked}</div>')
    with st.expander("Every code with its rule", icon=":material/rule:"):
        show_table(_reasons(coded, names), data)
    draft = _edited(rows.proposed(coded, data), names, _key(text))
    _take_rows(rows.completed(draft), data)


def _key(text: str) -> str:
    """Return what tells this text from others, so that edits belong to it alone."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]


def _reasons(coded: coding.Coded, names: dict) -> pd.DataFrame:
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


def _edited(draft: rows.Draft, names: dict, key: str) -> rows.Draft:
    """Draw the proposed rows to correct; return them as corrected."""
    part_title("Rows to check", anchor="rows")
    st.markdown(
        "Correct what is wrong: change a cell, add a row at the end, or mark a row and delete it. "
        "Give the title and evidence in your own words, and the address of the page as "
        "`source_url`."
    )
    meeting, tables = _meeting(draft.meeting, key), {}
    for name, title in TITLES.items():
        st.markdown(f"**{title}**")
        tables[name] = st.data_editor(
            getattr(draft, name),
            column_config=_columns(name, names),
            num_rows="dynamic",
            hide_index=True,
            key=f"code_{name}_{key}",
            alt=f"{title}: proposed rows",
        )
    return rows.Draft(draft.meeting | meeting, **tables)


def _meeting(proposed: dict[str, str], key: str) -> dict[str, str]:
    """Draw a field for each column of the meeting; return what is in them."""
    allowed, told = rows.choices("meetings"), {}
    st.markdown("**Meeting**")
    columns = st.columns(3)
    names = [name for name in proposed if name not in _KEPT]
    for number, name in enumerate(names):
        field = {"label": name, "key": f"code_{name}_{key}", "help": rows.meaning(name)}
        with columns[number * 3 // len(names)]:
            if name in allowed:
                every = ["", *allowed[name]]
                place = every.index(proposed[name]) if proposed[name] in every else 0
                told[name] = st.selectbox(options=every, index=place, **field)
            else:
                told[name] = st.text_input(value=proposed[name], **field)
    return told


def _columns(name: str, names: dict) -> dict:
    """Return for the columns that hold an id or one of a few words a choice of these."""
    allowed = {f"{kind}_id": list(ids) for kind, ids in names.items()}
    allowed |= {"region": list(names["region"])} | rows.choices(TABLES[name])
    return {
        column: st.column_config.SelectboxColumn(column, options=allowed[column])
        if column in allowed
        else st.column_config.TextColumn(column)
        for column in rows.COLUMNS[name]
    }


def _take_rows(made: dict[str, list[dict[str, str]]], data: Dataset) -> None:
    """Say what is wrong with the rows, and offer them as files."""
    problems = rows.problems(made, data)
    if problems:
        st.warning(
            f"**{counted(len(problems), 'thing')} to mend before these rows can go into the "
            "dataset**\n" + "".join(f"\n- {strange(str(problem))}" for problem in problems),
            icon=":material/warning:",
        )
    else:
        st.success("These rows follow every rule of the dataset.", icon=":material/check_circle:")
    meeting = made["meetings"][0]["meeting_id"] or "meeting"
    st.download_button(
        "Rows as ZIP",
        # Ready before the click: what is made on it can be lost. Its text is the reader's alone.
        zipped(rows.as_csv(made)),
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
