"""Words of the texts that a reader counts in one session."""

from threats.text.translate import N_, ngettext

COUNT_LABEL = N_("Count it in my session")
COUNT_HELP = N_(
    "Charts, tables and sentences of your session then include this meeting. Nobody else sees it, "
    "and it is gone when the session ends."
)
OWN_MEETINGS_NOTE = N_(
    "Includes texts of your own, which only your session counts. The files, link and citation of "
    "this chart do not include them."
)
SESSION_ENDED_MESSAGE = N_("This session has ended. Reload the page.")


def own_meetings_notice(meetings: int) -> str:
    """Return the line above a page that counts a reader's own texts."""
    return ngettext(
        "Your session counts {number} text of your own, on all pages. Files, prints, links and "
        "citations do not include it.",
        "Your session counts {number} texts of your own, on all pages. Files, prints, links and "
        "citations do not include them.",
        meetings,
    )


def remove_label(meetings: int) -> str:
    """Return the label of the button that removes a reader's own texts."""
    return ngettext("Remove it", "Remove them", meetings)
