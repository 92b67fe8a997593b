"""Words of the review of proposals in a terminal."""

from threats.text.translate import N_, _, ngettext

REVIEW_HELP = N_(
    "Decide on the proposals for the dataset in FOLDER: accept, correct, reject, undo.\n\n"
    "FOLDER must be open for changes: THREATS_EDIT=FOLDER. Accepted changes are checked and "
    "then written all or nothing, with your name and the reason in changes.csv. With --blind you "
    "code the texts yourself, without seeing the proposed codes. --agreement compares "
    "two people who did."
)
BY_HELP = N_("Your name or initials, for the list of changes.")
BY_PROMPT = N_("Your name or initials")
BLIND_HELP = N_("Code the texts yourself.")
AGREEMENT_HELP = N_("Show the agreement of two people who coded the same texts.")
SHIPPED_MESSAGE = N_(
    "The dataset that comes with the package is never changed here. Copy its folder, and open the "
    "copy: THREATS_EDIT=COPY."
)
NOT_OPENED_MESSAGE = N_("{folder} is not open for changes. To open it, set THREATS_EDIT={folder}.")
NO_PROPOSALS_MESSAGE = N_("No open proposal in {folder}.")
KEYS_HINT = N_(
    "a accept  x choose changes  c correct  r reject  u undo  t text  n next  b back  q quit"
)
POSITION_LINE = N_("{position} of {number}: {kind}")
KINDS = {
    "new": N_("new meeting"),
    "further": N_("further page on {meeting}"),
    "reread": N_("page of {meeting} read again"),
}
CHANGE_LINE = N_("{mark} {number:>3} {action} {row}: {cells}")
REASON_LINE = N_("          {reason}")
CELL = N_("{column}={value}")
CHANGED_CELL = N_("{column}={value} (was {before})")
EMPTY_CELL_LABEL = N_("empty")
CHOSEN_MARK, NOT_CHOSEN_MARK = "[x]", "[ ]"
DUPLICATE_LINE = N_("May be {meeting}: {reason}. {title}, {date}, {place}. {url}")
SAME_MEETING_REASON = N_("same series, first day and place")
PROBLEM_LINE_OF_REVIEW = N_("Problem: {problem}")
CHOOSE_PROMPT = N_("Numbers of the changes to switch, separated by blanks")
CORRECT_PROMPT = N_("NUMBER COLUMN=VALUE (without a number: the meeting)")
REASON_PROMPT = N_("Reason")
THREATS_PROMPT = N_(
    "Threats with roles, such as terrorism:focus cybercrime:mentioned; - for none, q to quit"
)
RESPONSES_PROMPT = N_("Responses, separated by blanks; - for none, q to quit")
DECIDED_MESSAGES = {
    "accept": N_("Accepted: {title}"),
    "reject": N_("Rejected: {title}"),
    "undo": N_("Undone: {title}"),
}
NOT_WRITTEN_MESSAGE = N_("{reason}\nNothing was written.")
NOTHING_CHOSEN_MESSAGE = N_("No change is chosen. Choose with x, or reject with r.")
NOTHING_TO_UNDO_MESSAGE = N_("There is no decision to undo.")
WRONG_CORRECTION_MESSAGE = N_("Not understood. Give a column of the row and its new value.")
UNKNOWN_CODES_MESSAGE = N_("Unknown: {codes}. Known: {known}")
NO_TEXT_MESSAGE = N_("The text is not in the cache: {url}")
TOO_FEW_CODERS_MESSAGE = N_("Fewer than two people coded the same texts.")
CODERS_LINE = N_("{first} and {second}")
AGREEMENT_LINE = N_(
    "{kind:20} {cases:>6} cases, agreement {agreement}, kappa {kappa}, alpha {alpha}"
)
CODE_LINE = N_("  {code:30} both {both}, {first} only {first_only}, {second} only {second_only}")
AGREEMENT_KIND_LABELS = {
    "threat": N_("threat"),
    "focus": N_("main subject"),
    "response": N_("response"),
}


def coded_message(texts: int) -> str:
    """Return how many texts were coded."""
    return ngettext("{number} text coded.", "{number} texts coded.", texts)


def kind_label(kind: str, meeting: str) -> str:
    """Return what a proposal is about."""
    return _(KINDS[kind], meeting=meeting)
