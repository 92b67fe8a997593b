"""Why the coder proposes a code, a role, a link to the pandemic or a fact."""

from threats.text.translate import N_, _, ngettext

BOILERPLATE_REASON = N_("standing text about an organization, or links")
MENU_REASON = N_("like a menu")
FIELDS_OF_WORK_REASON = N_("a list of fields of work")
ORGANIZER_REASON = N_("named after a word for organizing")
PARTICIPANT_REASON = N_("named")
PASSING_REASON = N_("named once, in passing")
IN_TITLE_REASON = N_("in the title")
IN_LEAD_REASON = N_("in the lead")
AIM_REASON = N_("in a sentence on the aim")
AGENDA_ITEM_REASON = N_("on an item of an agenda")
ASIDE_REASON = N_("an example, background, or what one person said")
QUOTED_REASON = N_("in a quotation alone")
PANDEMIC_SENTENCE_REASON = N_("in one sentence with the pandemic")
NO_LINK_REASON = N_("named without a link")
SERIES_NAME_REASON = N_("its name is in the title or lead")
BORDER_REASON = N_("about borders, no series named")
NO_SERIES_REASON = N_("no series is named; chosen by the main subject")
SCOPE_REASON = N_("in the title or lead, or where participants came from")
REGIONS_NAMED_REASON = N_("the regions named")
NO_REGION_REASON = N_("no region is named")
DATE_SPAN_REASON = N_("the dates given")
MONTH_REASON = N_("the month given")
DAY_REASON = N_("the day given")
FIRST_DAY_REASON = N_("the day it began")
LAST_DAY_REASON = N_("the day it ended")
ONLY_LAST_DAY_REASON = N_("only the last day is given")
PLACE_NAMED_REASON = N_("a place is named, no other format")
EDITION_REASON = N_("a number before the kind of meeting")
PEOPLE_REASON = N_("a number before people")
EXACT_NUMBER_REASON = N_("no word qualifies it")
KIND_REASON = N_("the first such word in the title or lead")
OTHER_KIND_REASON = N_("no other kind is named")
HELD_PLACE_REASON = N_("the place where it was held")
DATELINE_REASON = N_("the place in the dateline")
LEAD_PLACE_REASON = N_("the place named in the lead")
CHAIR_NAMED_REASON = N_("named as the OSCE Chair")
MAIN_SUBJECT_EVIDENCE = N_("Main subject: {terms}")
DISCUSSED_EVIDENCE = N_("On the agenda: {terms}")
PASSING_EVIDENCE = N_("In passing: {terms}")
NAMED_EVIDENCE = N_("Named in text: {terms}")
SEE_TEXT_EVIDENCE = N_("see the text")
SESSION_TOPIC = N_("Session on {region}")
KNOWN_MEETING_PROBLEM = N_('"{meeting}" is already in the dataset'), N_("a new id")
SAME_MEETING_PROBLEM = (
    N_("{columns} are those of {meeting}"),
    N_("a meeting that is not in the dataset"),
)
HIGHLIGHT_LABELS = {
    "threat": N_("threat"),
    "response": N_("response"),
    "region": N_("region"),
    "organization": N_("organization"),
    "fact": N_("fact of the meeting"),
    "left-out": N_("ignored"),
}


def cue_reason(word: str) -> str:
    """Return the reason of a code that a word of its sentence supports."""
    return _("near “{word}”", word=word)


def sentence_cue_reason(word: str) -> str:
    """Return the reason of a link that a word of the sentence supports."""
    return _("in one sentence with “{word}”", word=word)


def pandemic_cue_reason(word: str) -> str:
    """Return the reason of a link that a word next to the pandemic supports."""
    return _("in one sentence with the pandemic and “{word}”", word=word)


def linked_threats_reason(threats: list[str]) -> str:
    """Return the reason that the pandemic itself drives crime: the threats tied to it."""
    return _("the text links threats to it: {threats}", threats=", ".join(threats))


def repeated_reason(number: int) -> str:
    """Return the reason of a code that is named several times."""
    return ngettext("named {number} time in the body", "named {number} times in the body", number)


def later_focus_reason(limit: int) -> str:
    """Return why a threat of the lead is no main subject."""
    return ngettext(
        "in the lead, after {number} other", "in the lead, after {number} others", limit
    )


def duration_until_reason(days: int) -> str:
    """Return the reason of a start that is counted back from the end."""
    return ngettext(
        "it lasted {number} day until its end", "it lasted {number} days until its end", days
    )


def duration_from_reason(days: int) -> str:
    """Return the reason of an end that is counted from the start."""
    return ngettext(
        "it lasted {number} day from its start", "it lasted {number} days from its start", days
    )


def format_reason(words: str) -> str:
    """Return the words that give the format of a meeting."""
    return _("the text says {words}", words=words)


def chair_of_year_reason(year: str) -> str:
    """Return the reason of a Chair that follows from the year."""
    return _("Chair of {year} in the dataset", year=year)
