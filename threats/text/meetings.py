"""Words of the table of meetings and of the record of one."""

from threats.format import format_number
from threats.text.labels import PANDEMIC_LINK_LABELS
from threats.text.translate import N_, _

READING_NOTES = {
    "none": N_(
        "This meeting is inferred from counted editions or a title alone. Its agenda was not read, "
        "and it is excluded from all other figures."
    ),
    "part": N_("Only a part of the page was read, so late agenda items may be missing."),
}
NOT_READ_ROWS_NOTE = N_(
    "Meetings with reading none were not read and are excluded from all other figures."
)
MEETINGS_TITLE = N_("Meetings")
MEETINGS_MEASURE = N_("all meetings found")
NOT_KNOWN = N_("not known")
NO_NOTE = N_("none")
ONLINE = N_("online")
UNKNOWN_START = N_("unknown")
MEETING_KIND_LABELS = {
    "conference": N_("conference"),
    "course": N_("course"),
    "meeting": N_("meeting"),
    "other": N_("other"),
    "visit": N_("visit"),
    "webinar": N_("webinar"),
    "workshop": N_("workshop"),
}
FOUND_BY_LABELS = {
    "series_search": N_("search for its series or region"),
    "pandemic_search": N_("search for pandemic words"),
}
PARTICIPANTS_PHRASES = {
    "about": N_("about {number}"),
    "nearly": N_("nearly {number}"),
    "over": N_("over {number}"),
}
# Values of the record's tables, by column.
CELL_LABELS = {
    "role": {
        "focus": N_("main subject"),
        "discussed": N_("discussed"),
        "mentioned": N_("mentioned"),
        "organizer": N_("organizer"),
        "speaker": N_("speaker"),
        "participant": N_("participant"),
    },
    "certainty": {
        "sure": N_("stated"),
        "inferred": N_("inferred"),
        "conflict": N_("conflicting"),
    },
    "pandemic_link": PANDEMIC_LINK_LABELS,
}

MEETING_COLUMNS = {
    "date": N_("Date"),
    "title": N_("Meeting"),
    "place": N_("Place"),
    "source_url": N_("Source"),
    "meeting_id": "meeting_id",
}
ALL_MEETINGS_COLUMNS = {
    "start": N_("Start"),
    "title": N_("Meeting"),
    "series": N_("Series"),
    "place": N_("Place"),
    "kind": N_("Kind"),
    "threats": N_("Threats"),
    "agenda": N_("Agenda"),
    "meeting_id": "meeting_id",
}
SIMILAR_MEETING_COLUMNS = {
    "title": N_("Meeting"),
    "date": N_("Date"),
    "shared": N_("Threats in common"),
    "meeting_id": "meeting_id",
}
REACH_LABEL_OF = {
    "osce_wide": N_("OSCE-wide"),
    "regional": N_("several States"),
    "national": N_("one State"),
}
SOURCE_IS_LABELS = {
    "before": N_("announces the meeting"),
    "after": N_("reports the meeting"),
}
FACT_LABELS = {
    "official_name": N_("Official name"),
    "series": N_("Series"),
    "edition": N_("Edition"),
    "date": N_("Date"),
    "place": N_("Place"),
    "format": N_("Format"),
    "kind": N_("Kind"),
    "chair": N_("OSCE chair"),
    "organizers": N_("Organizers"),
    "participants": N_("Participants"),
    "scope": N_("Held for"),
    "reach": N_("Who was invited"),
    "border_link": N_("Link to borders"),
    "source_is": N_("The source"),
    "found_by": N_("Found by"),
    "note": N_("Note"),
}
# Facts that a record leaves out if they are empty.
OPTIONAL_FACTS = ("official_name", "border_link", "source_is")
# The tables of a record by the table of the dataset: heading and columns.
RECORD_TABLES = {
    "regional_sessions": (
        N_("Sessions"),
        {"topic": N_("Topic"), "region": N_("Region"), "source_url": N_("Source")},
    ),
    "threat_mentions": (
        N_("Threats"),
        {
            "threat_id": N_("Threat"),
            "role": N_("Role"),
            "session_id": N_("Session"),
            "evidence": N_("Evidence"),
            "pandemic_link": N_("Pandemic"),
            "certainty": N_("Certainty"),
            "source_url": N_("Source"),
        },
    ),
    "response_mentions": (
        N_("Responses"),
        {
            "response_id": N_("Response"),
            "threat_id": N_("For"),
            "evidence": N_("Evidence"),
            "certainty": N_("Certainty"),
            "source_url": N_("Source"),
        },
    ),
    "participation": (
        N_("Organizations"),
        {
            "organization_id": N_("Organization"),
            "role": N_("Part"),
            "source_url": N_("Source"),
        },
    ),
}


def participants_phrase(number: int, qualifier: str) -> str:
    """Return a number of participants, such as "120" or "about 120"."""
    return _(PARTICIPANTS_PHRASES.get(qualifier, "{number}"), number=format_number(number))


def shared_threats_label(shared: int, total: int) -> str:
    """Return how many of the threats of two meetings both had on the agenda."""
    return _("{shared} of {total}", shared=shared, total=total)
