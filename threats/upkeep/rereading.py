"""Read again the pages of meetings of which only a part could be read."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from threats.coding.coder import code
from threats.dataset.model import Dataset
from threats.dataset.row_changes import RowChange, file_rows
from threats.text import upkeep as text
from threats.text.translate import _
from threats.upkeep.collecting import fetch_once
from threats.upkeep.differences import differences
from threats.upkeep.links import agenda_links
from threats.upkeep.page_text import PageText, read_page_text
from threats.upkeep.polite_client import PoliteClient
from threats.upkeep.proposals import Proposal, is_about_meeting, make_proposal, proposed_rows

MAX_AGENDAS = 3  # of one meeting


class UnreadMeeting(NamedTuple):
    """A meeting whose page could not be read, and why, by a key of ``PAGE_PROBLEMS``."""

    meeting_id: str
    url: str
    problem: str


def partly_read(dataset: Dataset) -> list[dict[str, str]]:
    """Return the rows of the meetings whose page was read in part."""
    rows = file_rows(dataset.files["meetings.csv"])
    return [row for row in rows if row["reading"] == "part"]


def reread(
    meetings: list[dict[str, str]],
    client: PoliteClient,
    dataset: Dataset,
    on_meeting: Callable[[], None] = lambda: None,
) -> Iterator[Proposal | UnreadMeeting]:
    """Yield for each meeting what its whole page proposes, or why it could not be read."""
    for meeting in meetings:
        yield _reread_meeting(meeting, client, dataset)
        on_meeting()


def _reread_meeting(
    meeting: dict[str, str], client: PoliteClient, dataset: Dataset
) -> Proposal | UnreadMeeting:
    meeting_id, url = meeting["meeting_id"], meeting["source_url"]
    page = fetch_once(client, url)
    read = read_page_text(page)
    if read is None:
        return UnreadMeeting(meeting_id, url, page.problem or "no_text")
    # The address of the row is kept, whatever its page is now called.
    whole = read._replace(url=url)
    links = agenda_links(page)[:MAX_AGENDAS]
    agendas = [_agenda_text(link, client, meeting, dataset) for link in links]
    whole = whole._replace(text="\n\n".join([whole.text, *filter(None, agendas)]))
    coded = code(whole.text, dataset)
    if not is_about_meeting(coded):
        # A page that now says something else, or only shows its menu.
        return UnreadMeeting(meeting_id, url, "other_text")
    changes = differences(proposed_rows(coded, whole, dataset), meeting_id, dataset)
    reason = _(text.READ_WHOLE_REASON)
    reading = RowChange(
        "change", "meetings", meeting_id, {"reading": "whole"}, {"reading": "part"}, reason
    )
    return make_proposal("reread", meeting_id, whole, "", [reading, *changes])


def _agenda_text(url: str, client: PoliteClient, meeting: dict[str, str], dataset: Dataset) -> str:
    """Return the text of an agenda to which a release leads; empty if it names another year."""
    read: PageText | None = read_page_text(fetch_once(client, url))
    if read is None:
        return ""
    start = code(read.text, dataset).meeting.get("start_date")
    shared = min(len(str(start.value)), len(meeting["start_date"]), 7) if start else 0
    same = not start or str(start.value)[:shared] == meeting["start_date"][:shared]
    return read.text if same else ""
