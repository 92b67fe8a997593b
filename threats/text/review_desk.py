"""Words of the review desk on the page Analyse a text."""

from threats.text.translate import N_, _, ngettext

VIEW_LABEL = N_("What do you want to do?")
ANALYSE_LABEL, REVIEW_LABEL = N_("Analyse"), N_("Review")
PROPOSE_LABEL = N_("Review these rows")
PROPOSE_HELP = N_(
    "Opens the rows in the review, where you can accept them into the dataset. The text is kept in "
    "the private cache of this machine."
)
NOTHING_NEW_MESSAGE = N_("The dataset has all of these rows already.")
EMPTY_QUEUE_MESSAGE = N_("No proposal is waiting.")
BACK_LABEL, NEXT_LABEL = N_("Back"), N_("Next")
POSITION_LABEL = N_("Proposal {position} of {number}: {kind}")
KIND_LABELS_OF_REVIEW = {
    "new": N_("new meeting"),
    "further": N_("further page on “{title}”"),
    "reread": N_("page on “{title}”, now read in full"),
}
TEXT_TITLE, PROPOSED_TITLE = N_("Text"), N_("Proposed rows")
SKIP_TEXT_LABEL = N_("Skip the text")
SOURCE_PAGE_LABEL = N_("Source page")
NO_TEXT_NOTE = N_("The text is not on this machine. Open the source page to read it.")
DUPLICATES_MESSAGE = N_("The dataset may have this meeting already:")
DUPLICATE_ITEM = N_("{title}, {date}, {place}: {reason} ({source})")
PLACE_UNKNOWN = N_("place unknown")
MORE_FACTS_LABEL = N_("More facts of the meeting")
ROW_LABELS = {
    "threat_mentions": N_("Threat: {name}"),
    "response_mentions": N_("Response: {name}"),
    "participation": N_("Organization: {name}"),
    "regional_sessions": N_("Session on a region: {name}"),
    "meetings": N_("Meeting"),
}
DROPPED_LABEL = N_("Remove {row}")
CHANGED_LABEL = N_("Change {row}: {facts}")
CHANGED_FACT = N_("{label} (now: {before})")
NO_VALUE_LABEL = N_("nothing")
CELL_LABEL = N_("{label} of {name}")
ADD_LABELS = {
    "threat_mentions": N_("Further threats"),
    "response_mentions": N_("Further responses"),
    "participation": N_("Further organizations"),
}
ADD_PLACEHOLDER = N_("None")
ADDED_EVIDENCE = N_("Added at the review")
ADDED_REASON = N_("A person found it in the text.")
BY_LABEL = N_("Your name or initials, for the list of changes")
REASON_LABEL = N_("Reason to reject")
ACCEPT_LABEL, REJECT_LABEL = N_("Accept"), N_("Reject")
ACCEPT_HELP = N_("Writes all chosen rows into the dataset. Enter in a field does the same.")
REJECT_HELP = N_("Leaves the dataset unchanged, and removes the proposal from the queue.")
NO_NAME_MESSAGE = N_("Give your name or initials.")
NO_REASON_MESSAGE = N_("Give a reason to reject.")
NOTHING_CHOSEN_HINT = N_("No row is chosen. Choose one, or reject the proposal.")
DECIDED_ELSEWHERE_MESSAGE = N_("This proposal was decided meanwhile. Nothing was written.")
NOT_WRITTEN_TITLE = N_("Nothing was written:")
NO_RIGHT_MESSAGE = N_("You may not change this dataset.")
PROBLEM_ITEM = N_("{label}: {problem}. Expected: {expected}")
UNDO_TITLE = N_("Last decisions")
UNDO_CHOICE_LABEL = N_("Decision")
UNDO_REASON_LABEL = N_("Reason to undo")
UNDO_LABEL = N_("Undo")
UNDO_REASON_DEFAULT = N_("Undone at the review.")
DECISION_LABELS = {
    "accept": N_("Accepted: {title} ({by}, {at})"),
    "reject": N_("Rejected: {title} ({by}, {at})"),
}
DECISION_MESSAGES = {
    "accept": N_("Accepted: {title}. The charts count it now."),
    "reject": N_("Rejected: {title}."),
    "undo": N_("Undone: {title}. The proposal is open again."),
}


def waiting_label(proposals: int) -> str:
    """Return the label of the review with the number of proposals that wait."""
    return _("{label} ({number})", label=_(REVIEW_LABEL), number=proposals)


def problems_title(problems: int) -> str:
    """Return how many problems the rows have that a person is about to accept."""
    return ngettext(
        "{number} problem to correct first", "{number} problems to correct first", problems
    )
