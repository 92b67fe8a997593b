"""The review desk of the page that codes a text: proposals next to their texts, for editors."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from threats.app.coded_text import code_names, show_coded_text
from threats.app.editors import editor_name, may_edit
from threats.app.markdown import escape_markdown, internal_link, part_heading, web_link
from threats.app.review_decisions import (
    BY_KEY,
    REASON_KEY,
    UNDO_KEY,
    UNDO_REASON_KEY,
    accept_proposal,
    problem_list,
    reject_proposal,
    undo_decision,
)
from threats.app.review_fields import chosen_changes, draw_rows
from threats.app.state import PageState, reader_state
from threats.coding.coder import code
from threats.coding.draft import NEW_MEETING_TABLES, row_problems
from threats.config import proposals_folder
from threats.dataset.model import Dataset
from threats.dataset.row_changes import RowChange, file_rows
from threats.server.middleware.sign_in import is_sign_in_configured
from threats.text import review_desk as text
from threats.text.translate import _
from threats.text.upkeep import INSIDE_DATASET_MESSAGE
from threats.upkeep.own_texts import proposal_text
from threats.upkeep.page_cache import PageCache, default_cache_folder
from threats.upkeep.proposal_files import read_proposals
from threats.upkeep.proposals import Proposal, possible_duplicates
from threats.upkeep.review import decisions, last_decisions, open_proposals

MAX_UNDOABLE = 20
# Pixels, for a text of so many characters or more.
TEXT_HEIGHT, MIN_SCROLLED_TEXT = 620, 1_500
_VIEW_KEY = "code_view"


def review_chosen(page: PageState) -> bool:
    """Draw the choice between analysis and review for an editor; return whether it is review.

    Other readers see nothing.
    """
    data = page.selected.dataset
    if not may_edit(data):
        return False
    labels = {
        False: _(text.ANALYSE_LABEL),
        True: text.waiting_label(len(open_proposals(data.folder, proposals_folder()))),
    }
    st.session_state[_VIEW_KEY] = page.reader.is_reviewing
    st.segmented_control(
        _(text.VIEW_LABEL),
        list(labels),
        format_func=labels.__getitem__,
        key=_VIEW_KEY,
        on_change=_choose_view,
        label_visibility="collapsed",
    )
    return page.reader.is_reviewing


def _choose_view() -> None:
    reader_state().is_reviewing = bool(st.session_state[_VIEW_KEY])


def review_desk(page: PageState) -> None:
    """Show the proposal in review next to its text, and the last decisions."""
    data, folder = page.selected.dataset, proposals_folder()
    if folder.resolve().is_relative_to(data.folder):
        st.error(_(INSIDE_DATASET_MESSAGE, folder=escape_markdown(str(folder))))
        return
    queue = open_proposals(data.folder, folder)
    # The browser moves to it after each decision, see threats/server/static/access.js.
    with st.container(key=f"desk_top_{page.reader.desk_step}"):
        _show_notice(page)
        proposal = _chosen_proposal(page, queue) if queue else None
        if not proposal:
            st.info(_(text.EMPTY_QUEUE_MESSAGE), icon=":material/inbox:")
    if proposal:
        _show_proposal(proposal, data)
    _undo_form(data, folder)


def _show_notice(page: PageState) -> None:
    """Show the outcome of the last click once."""
    if page.reader.desk_notice:
        kind, notice = page.reader.desk_notice
        show, icon = (st.success, "check_circle") if kind == "success" else (st.error, "error")
        show(notice, icon=f":material/{icon}:")
    page.reader.desk_notice = None


def _chosen_proposal(page: PageState, queue: list[Proposal]) -> Proposal:
    """Draw the position in the queue with buttons to move, and return the proposal there."""
    ids = [one.proposal_id for one in queue]
    chosen = page.reader.proposal_id
    position = ids.index(chosen) if chosen in ids else 0
    proposal = queue[position]
    page.reader.proposal_id = proposal.proposal_id
    names = page.selected.dataset.names("meetings", "title")
    title = names.get(proposal.meeting_id, proposal.title)
    kind = _(text.KIND_LABELS_OF_REVIEW[proposal.kind], title=escape_markdown(title))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            _(text.POSITION_LABEL, position=position + 1, number=len(queue), kind=f"**{kind}**")
        )
        for label, step in ((text.BACK_LABEL, -1), (text.NEXT_LABEL, 1)):
            there = position + step
            inside = 0 <= there < len(queue)
            target = ids[there] if inside else ""
            st.button(_(label), disabled=not inside, on_click=_go_to, args=(target,))
    return proposal


def _go_to(proposal_id: str) -> None:
    reader_state().proposal_id = proposal_id


def _show_proposal(proposal: Proposal, data: Dataset) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        _show_text(proposal, data)
    with right:
        part_heading(_(text.PROPOSED_TITLE), anchor="proposed-rows")
        notes = st.container()
        with st.form(f"desk_{proposal.proposal_id}"):
            _submit_button(text.ACCEPT_LABEL, text.ACCEPT_HELP, accept_proposal, proposal, data)
            draw_rows(proposal, data)
            if not is_sign_in_configured():
                st.session_state.setdefault(BY_KEY, editor_name())
                st.text_input(_(text.BY_LABEL), key=BY_KEY)
        # A separate form: Enter after a reason must not accept.
        with st.form("desk_reject"):
            st.text_input(_(text.REASON_LABEL), key=REASON_KEY)
            _submit_button(text.REJECT_LABEL, text.REJECT_HELP, reject_proposal, proposal, data)
        changes = chosen_changes(proposal, data)
        with notes:
            _show_duplicates(changes, data)
            _show_problems_of_rows(proposal, changes, data)


def _submit_button(
    label: str,
    explanation: str,
    decide: Callable[[Proposal, Dataset], None],
    proposal: Proposal,
    data: Dataset,
) -> None:
    accepts = decide is accept_proposal
    st.form_submit_button(
        _(label),
        help=_(explanation),
        icon=":material/check:" if accepts else ":material/close:",
        type="primary" if accepts else "secondary",
        on_click=decide,
        args=(proposal, data),
    )


def _show_text(proposal: Proposal, data: Dataset) -> None:
    """Show the text of a proposal with its marks, or say that it is not here."""
    part_heading(_(text.TEXT_TITLE), anchor="text")
    if proposal.url:
        st.markdown(web_link(_(text.SOURCE_PAGE_LABEL), proposal.url))
    try:
        found = proposal_text(PageCache(default_cache_folder()), proposal)
    except ImportError:  # the library that reads pages is in an extra
        found = ""
    if not found:
        st.info(_(text.NO_TEXT_NOTE), icon=":material/article:")
        return
    # The text has many marks to move through by keyboard.
    st.markdown(f"[{_(text.SKIP_TEXT_LABEL)}](#proposed-rows)")
    height = TEXT_HEIGHT if len(found) >= MIN_SCROLLED_TEXT else None
    show_coded_text(code(found, data), code_names(data), height)


def _show_duplicates(changes: list[RowChange], data: Dataset) -> None:
    """Show the meetings of the dataset that a new one may repeat."""
    found = possible_duplicates(changes, data)
    if not found:
        return
    rows = {row["meeting_id"]: row for row in file_rows(data.files["meetings.csv"])}
    dates = data.names("meetings", "date")
    lines = [_(text.DUPLICATES_MESSAGE)]
    for one in found:
        row = rows[one.meeting_id]
        country = data.names("countries").get(row["country"], "")
        place = ", ".join(filter(None, (row["city"], country))) or _(text.PLACE_UNKNOWN)
        link = data.params | {"meeting": [one.meeting_id]}
        item = _(
            text.DUPLICATE_ITEM,
            title=internal_link(row["title"], "meetings", link),
            date=escape_markdown(dates[one.meeting_id]),
            place=escape_markdown(place),
            reason=one.reason,
            source=web_link(_(text.SOURCE_PAGE_LABEL), row["source_url"]),
        )
        lines.append(f"- {item}")
    st.warning("\n".join(lines), icon=":material/content_copy:")


def _show_problems_of_rows(proposal: Proposal, changes: list[RowChange], data: Dataset) -> None:
    """Show what is wrong with the rows of a new meeting as they are corrected now."""
    if proposal.kind != "new":
        return
    rows: dict[str, list[dict[str, str]]] = {name: [] for name in NEW_MEETING_TABLES}
    for change in changes:
        rows[change.table].append(change.cells)
    found = row_problems(rows, data)
    if found:
        st.warning(problem_list(text.problems_title(len(found)), found), icon=":material/edit:")


def _undo_form(data: Dataset, folder: Path) -> None:
    """Offer to undo one of the last decisions."""
    made = last_decisions(decisions(data.folder, folder))
    titles = {one.proposal_id: one.title for one in read_proposals(folder)}
    last = [key for key in reversed(made) if key in titles][:MAX_UNDOABLE]
    if not last:
        return
    labels = {
        key: _(
            text.DECISION_LABELS[made[key].action],
            title=titles[key],
            by=made[key].by,
            at=f"{made[key].at:.10}",
        )
        for key in last
    }
    part_heading(_(text.UNDO_TITLE), anchor="decisions")
    with st.form("desk_decisions"):
        st.selectbox(_(text.UNDO_CHOICE_LABEL), last, format_func=labels.__getitem__, key=UNDO_KEY)
        st.text_input(_(text.UNDO_REASON_LABEL), key=UNDO_REASON_KEY)
        st.form_submit_button(
            _(text.UNDO_LABEL), icon=":material/undo:", on_click=undo_decision, args=(data,)
        )
