"""What an editor decides on the review desk: propose, accept, reject, undo.

Each click asks again whether the reader may write, as this can change after the page was drawn.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from threats.app.editors import editor_name, may_edit
from threats.app.markdown import escape_markdown, internal_link, untrusted
from threats.app.review_fields import chosen_changes, source_of
from threats.app.state import reader_state
from threats.config import proposals_folder
from threats.dataset.csv_files import Problem
from threats.dataset.model import Dataset, DatasetError
from threats.server.middleware.sign_in import is_sign_in_configured
from threats.text import review_desk as text
from threats.text.coder_page import COLUMN_LABELS
from threats.text.translate import _
from threats.upkeep.own_texts import keep_own_text, own_proposal
from threats.upkeep.page_cache import PageCache, default_cache_folder
from threats.upkeep.proposal_files import add_proposals, read_proposals
from threats.upkeep.proposals import Proposal
from threats.upkeep.review import accept, open_proposals, reject, undo

BY_KEY, REASON_KEY = "desk_by", "desk_reason"
UNDO_KEY, UNDO_REASON_KEY = "desk_undo", "desk_undo_reason"
MAX_LISTED_PROBLEMS = 10


def propose_button(rows: dict[str, list[dict[str, str]]], release: str, data: Dataset) -> None:
    """Offer an editor to review the rows of an analysed text; draw nothing for others."""
    if may_edit(data):
        st.button(
            _(text.PROPOSE_LABEL),
            icon=":material/rate_review:",
            type="primary",
            help=_(text.PROPOSE_HELP),
            on_click=_propose,
            args=(rows, release, data),
        )


def problem_list(title: str, problems: Sequence[Problem]) -> str:
    """Return problems of rows as Markdown, with labels instead of the names of columns."""
    lines = [title]
    for one in problems[:MAX_LISTED_PROBLEMS]:
        label = _(COLUMN_LABELS[one.column]) if one.column in COLUMN_LABELS else one.file
        item = _(text.PROBLEM_ITEM, label=label, problem=one.what, expected=one.expected)
        lines.append(f"- {untrusted(item)}")
    return "\n".join(lines)


def accept_proposal(proposal: Proposal, data: Dataset) -> None:
    """Write the chosen rows of a proposal into the dataset, all or none."""
    changes = chosen_changes(proposal, data)
    if not changes:
        _refuse(_(text.NOTHING_CHOSEN_HINT))
    elif _is_ready(proposal, data):
        source = proposal._replace(url=source_of(changes, proposal))
        by = _reviewer()
        meetings = (one.cells["meeting_id"] for one in changes if one.table == "meetings")
        meeting_id = next((one for one in meetings if one), proposal.meeting_id)
        link = data.params | {"meeting": [meeting_id]}
        titles = (one.cells.get("title", "") for one in changes if one.table == "meetings")
        title = next((one for one in titles if one), proposal.title)
        _write(
            lambda: accept(data.folder, proposals_folder(), source, changes, by),
            _(text.DECISION_MESSAGES["accept"], title=internal_link(title, "meetings", link)),
        )


def reject_proposal(proposal: Proposal, data: Dataset) -> None:
    """Remember that a proposal was rejected, and why."""
    by, reason = _reviewer(), _text_of(REASON_KEY)
    if not reason:
        _refuse(_(text.NO_REASON_MESSAGE))
    elif _is_ready(proposal, data):
        _write(
            lambda: reject(data.folder, proposals_folder(), proposal, by, reason),
            _(text.DECISION_MESSAGES["reject"], title=escape_markdown(proposal.title)),
        )


def undo_decision(data: Dataset) -> None:
    """Undo the chosen decision, so that its proposal is open again."""
    chosen, folder = st.session_state.get(UNDO_KEY), proposals_folder()
    proposal = next((one for one in read_proposals(folder) if one.proposal_id == chosen), None)
    if proposal is None or not _is_allowed(data):
        return
    reason = _text_of(UNDO_REASON_KEY) or _(text.UNDO_REASON_DEFAULT)
    by = _reviewer() or editor_name()
    _write(
        lambda: undo(data.folder, folder, proposal, by, reason),
        _(text.DECISION_MESSAGES["undo"], title=escape_markdown(proposal.title)),
    )
    reader_state().proposal_id = proposal.proposal_id


def _propose(rows: dict[str, list[dict[str, str]]], release: str, data: Dataset) -> None:
    """Put an analysed text into the queue, and open it there."""
    if not _is_allowed(data):
        return
    reader, folder = reader_state(), proposals_folder()
    reader.is_reviewing = True
    reader.desk_step += 1
    made = own_proposal(rows, release, data)
    if made is None:
        _refuse(_(text.NOTHING_NEW_MESSAGE))
    elif not folder.resolve().is_relative_to(data.folder):  # the desk says so
        keep_own_text(PageCache(default_cache_folder()), made, release)
        add_proposals(folder, [made])
        reader.proposal_id = made.proposal_id


def _is_allowed(data: Dataset) -> bool:
    if may_edit(data):
        return True
    _refuse(_(text.NO_RIGHT_MESSAGE))
    return False


def _is_ready(proposal: Proposal, data: Dataset) -> bool:
    """Return whether a decision can be made now; else say why not."""
    if not _is_allowed(data):
        return False
    if not _reviewer():
        _refuse(_(text.NO_NAME_MESSAGE))
        return False
    waiting = {one.proposal_id for one in open_proposals(data.folder, proposals_folder())}
    if proposal.proposal_id not in waiting:
        _refuse(_(text.DECIDED_ELSEWHERE_MESSAGE))
        return False
    return True


def _reviewer() -> str:
    return editor_name() if is_sign_in_configured() else _text_of(BY_KEY)


def _text_of(key: str) -> str:
    return str(st.session_state.get(key) or "").strip()


def _refuse(reason: str) -> None:
    _notify("error", reason)


def _notify(kind: str, notice: str) -> None:
    reader = reader_state()
    reader.desk_notice = (kind, notice)
    reader.desk_step += 1


def _write(decide: Callable[[], object], done: str) -> None:
    """Make a decision, and say that it was made or why nothing was written."""
    try:
        decide()
    except DatasetError as error:
        _refuse(problem_list(_(text.NOT_WRITTEN_TITLE), error.problems))
    except (OSError, KeyError) as error:
        _refuse(f"{_(text.NOT_WRITTEN_TITLE)} {untrusted(str(error))}")
    else:
        _notify("success", done)
        for key in (REASON_KEY, UNDO_REASON_KEY):
            st.session_state[key] = ""
