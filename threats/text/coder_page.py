"""Labels and messages of the page that codes a text."""

from threats.text.translate import N_, ngettext

NO_FILTER_NOTE = N_("The filter does not apply to this page.")
UPLOAD_LABEL = N_("Upload a press release (TXT, PDF, DOCX or HTML, up to {megabytes} MB)")
EXAMPLE_LABEL = N_("Try the example")
KEPT_DRAFT_LABELS = {
    "found": N_(
        "The session of this page was lost. This tab still has the text that you analysed, with "
        "your corrections."
    ),
    "restore": N_("Put it back"),
    "drop": N_("Delete it"),
}
PASTE_LABEL = N_("or paste its text here")
PASTE_HELP = N_("The text stays in your session: it is not stored, logged or shown to anyone else.")
UPLOAD_PROBLEM_MESSAGE = N_("{file}: {problem}")
ADD_MARGINS_LABEL = N_("Add headers, footers, footnotes and comments to the text")
FOUND_TITLE = N_("What the rules found")
FOUND_HELP = N_("Point at a highlighted word, or move to it with the Tab key, for the reason.")
OUTSIDE_FIELD_NOTE = N_(
    "The text has no word on borders, crime or security threats. Responses were not looked for."
)
ANY_FIELD_LABEL = N_("Look for responses all the same")
RULES_TITLE = N_("Every code with its rule")
KIND_COLUMN, CODE_COLUMN, ROLE_COLUMN = N_("Kind"), N_("Code"), N_("Role")
LINK_COLUMN, PLACES_COLUMN = N_("Pandemic"), N_("Places")
REASON_COLUMN, RULE_COLUMN = N_("Reason"), N_("Rule")
KIND_LABELS = {
    "threat": N_("threat"),
    "response": N_("response"),
    "region": N_("region"),
    "organization": N_("organization"),
}
ROWS_TITLE = N_("Rows to check")
ROWS_HELP = N_(
    "Correct what is wrong: change a cell, add a row at the end, or select a row and delete it. "
    "Give title and evidence in your own words, and the address of the page as source."
)
MEETING_TITLE = N_("Meeting")
DRAFT_TITLES = {
    "threats": N_("Threats"),
    "responses": N_("Responses"),
    "organizations": N_("Organizations"),
    "sessions": N_("Sessions on a region"),
}
ROWS_ALT = N_("{title}: proposed rows")
# Labels of the columns of the dataset.
COLUMN_LABELS = {
    "meeting_id": N_("Id of the meeting"),
    "series": N_("Series"),
    "edition": N_("Edition"),
    "official_name": N_("Official name"),
    "title": N_("Title"),
    "start_date": N_("First day"),
    "end_date": N_("Last day"),
    "city": N_("City"),
    "country": N_("Country"),
    "format": N_("Format"),
    "chair": N_("Chair"),
    "organizers": N_("Organizers"),
    "participants": N_("Participants"),
    "participants_qualifier": N_("Precision of the number"),
    "scope": N_("Regions covered"),
    "reach": N_("Who was invited"),
    "border_link": N_("Link to borders (national events)"),
    "kind": N_("Kind of meeting"),
    "reading": N_("How much was read"),
    "source_is": N_("The source"),
    "source_url": N_("Source (address)"),
    "note": N_("Note"),
    "threat_id": N_("Threat"),
    "response_id": N_("Response"),
    "organization_id": N_("Organization"),
    "role": N_("Role"),
    "region": N_("Region"),
    "pandemic_link": N_("Link to the pandemic"),
    "evidence": N_("Evidence"),
    "certainty": N_("How sure is the source?"),
    "topic": N_("Topic"),
}
# Labels of the values of columns.
VALUE_LABELS = {
    "focus": N_("main subject"),
    "discussed": N_("on the agenda"),
    "mentioned": N_("mentioned"),
    "driven": N_("caused or worsened by the pandemic"),
    "response": N_("response to the pandemic"),
    "context": N_("only the background"),
    "sure": N_("stated"),
    "inferred": N_("inferred"),
    "conflict": N_("in conflict"),
    "in_person": N_("in person"),
    "online": N_("online"),
    "hybrid": N_("in person and online"),
    "osce_wide": N_("all participating States"),
    "regional": N_("several States"),
    "national": N_("one State"),
    "before": N_("announces the meeting"),
    "after": N_("reports the meeting"),
    "whole": N_("in full"),
    "part": N_("in part"),
    "none": N_("not read"),
}
VALID_ROWS_MESSAGE = N_("These rows follow every rule of the dataset.")
ROWS_ZIP_LABEL = N_("Download rows (ZIP)")
ROWS_ZIP_HELP = N_("A CSV file for each table, with the columns and their order in the dataset")
NEXT_STEPS_NOTE = N_(
    "Insert each row in id order into the file of the same name in `data/`, or let "
    "`threats code FILE --add FOLDER` do it. Then run `threats check`."
)


def problems_message(problems: int) -> str:
    """Return how many problems the proposed rows have."""
    return ngettext(
        "**{number} problem to fix before these rows can be added to the dataset**",
        "**{number} problems to fix before these rows can be added to the dataset**",
        problems,
    )
