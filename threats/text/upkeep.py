"""Words of what keeps a dataset current: commands that collect and read again, and reasons."""

from threats.text.translate import N_, _, ngettext

COLLECT_HELP = N_(
    "Collect pages about meetings from the sources of the dataset in FOLDER, and propose rows.\n\n"
    "The sources are in sources.csv. The command follows robots.txt, waits between two requests to "
    "a host and requests a page only once. Run it again to resume. It needs a network and "
    "pip install threats[collect]. Proposals go to a folder for threats review. Pages stay in a "
    "private cache, outside FOLDER."
)
REREAD_HELP = N_(
    "Read the pages of partly read meetings of the dataset in FOLDER in full, and propose changes."
    "\n\nThe command proposes what the whole text adds, what it contradicts and a new reading. It "
    "adds the agenda to which a page leads. It needs a network and pip install threats[collect]."
)
PROPOSALS_HELP = N_("Folder of the proposals.")
CACHE_HELP = N_("Folder of the private cache of pages.")
DELAY_HELP = N_("Seconds between two requests to a host.")
LIMIT_HELP = N_("Most requests to one host in this run.")
SOURCE_HELP = N_("Only this source, by its id; repeatable.")
MEETING_HELP = N_("Only this meeting, by its id; repeatable.")
COLLECT_PROGRESS = N_("Requesting pages")
REREAD_PROGRESS = N_("Reading pages")
MISSING_LIBRARY_MESSAGE = N_(
    "{library} is missing. Install what this command needs: pip install threats[collect]"
)
INSIDE_DATASET_MESSAGE = N_(
    "{folder} is inside the dataset folder. Pages and proposals are not published: choose a folder "
    "outside."
)
UNKNOWN_SOURCES_MESSAGE = N_("Unknown source: {ids}")
NO_SOURCES_MESSAGE = N_("sources.csv has no row.")
NO_PARTS_MESSAGE = N_("No meeting to read again.")
UNREAD_MEETING_MESSAGE = N_("{meeting}: {reason} ({url})")
NO_PAGE_MESSAGE = N_("No page could be read. Check the network.")

PAGE_PROBLEMS = {
    "gone": N_("the page no longer exists"),
    "server": N_("the server has an error or is busy"),
    "refused": N_("the server refuses the request"),
    "redirect": N_("too many redirects"),
    "robots": N_("robots.txt excludes the page"),
    "media_type": N_("not a page, feed or PDF"),
    "too_large": N_("the file is too large"),
    "timeout": N_("no answer in time"),
    "unreachable": N_("the server cannot be reached"),
    "limit": N_("the limit of requests is reached"),
    "unchanged": N_("the server says that nothing has changed"),
    "no_text": N_("no text can be read"),
    "other_text": N_("the page is not about a meeting of the field now"),
}

# Why a change is proposed.
NEW_MEETING_REASON = N_("The page is about a meeting that the dataset lacks.")
NEW_FACT_REASON = N_("The text gives it, the dataset does not.")
OTHER_FACT_REASON = N_("The text gives another value.")
FOUND_IN_TEXT_REASON = N_("The whole text names it.")
STRONGER_ROLE_REASON = N_("The whole text gives it a stronger role.")
NOT_IN_TEXT_REASON = N_("The keyword rules do not find it in the whole text.")
READ_WHOLE_REASON = N_("The whole page was read.")
MONTH_OF_PAGE_NOTE = N_("Month inferred from the date of the page.")
NEAR_DATE_REASON = N_("nearly the same days in the same country")
NEAR_TITLE_REASON = N_("nearly the same title in the same year")


def collected_message(pages: int, new: int, further: int, known: int) -> str:
    """Return what became of the collected pages."""
    parts = [
        ngettext("{number} page read", "{number} pages read", pages),
        ngettext("{number} new meeting", "{number} new meetings", new),
        ngettext(
            "{number} further page on a known meeting",
            "{number} further pages on known meetings",
            further,
        ),
        ngettext("{number} page already coded", "{number} pages already coded", known),
    ]
    return _("{parts}.", parts=", ".join(parts))


def problem_count_message(problem: str, pages: int) -> str:
    """Return how many pages had a problem."""
    reason = _(PAGE_PROBLEMS[problem])
    return ngettext(
        "{number} page not read: {reason}",
        "{number} pages not read: {reason}",
        pages,
        reason=reason,
    )


def proposals_written_message(proposals: int, folder: object) -> str:
    """Return how many proposals were added to a folder."""
    return ngettext(
        "{number} proposal added to {folder}",
        "{number} proposals added to {folder}",
        proposals,
        folder=folder,
    )


def reread_message(proposals: int, unread: int) -> str:
    """Return how many meetings were read again."""
    parts = [
        ngettext("{number} meeting read again", "{number} meetings read again", proposals),
        ngettext("{number} page not read", "{number} pages not read", unread),
    ]
    return _("{parts}.", parts=", ".join(parts))
