"""Error messages of the server, and the description of the API."""

from threats.format import join
from threats.text.translate import N_, _, ngettext

# Values of ``status`` in /healthz. They are not translated: monitoring relies on them.
OK, LAST_GOOD, IN_ERROR = "ok", "serving the last good data", "data in error"

TRY_AGAIN_TITLE = N_("Please try again")
NOT_FOUND_TITLE = N_("Page not found")
NOT_GENERATED_TITLE = N_("The file could not be generated")
BACK_HINT = N_("Your browser's Back button returns to the previous page.")
ADDRESS_TOO_LONG = N_("The address is too long.")
BODY_NOT_ALLOWED = N_("Requests to this address must not have a body.")
TOO_MANY_REQUESTS = N_("Too many requests.")
SERVER_BUSY = N_("The server is busy. Try again in a moment.")
TOO_MANY_FILES = N_("Too many files are held for you. Reload the page or try again in a minute.")
UPLOADS_FULL = N_("The server holds too many uploaded files. Try again in a minute.")
UPLOAD_STOPPED = N_("The upload stopped before its end.")
NOT_FOUND = N_("Not found")
NOT_FOUND_MESSAGE = N_("Nothing found at this address. /api/openapi.json lists the API.")
PAGE_NOT_FOUND_MESSAGE = N_("There is no page at this address.")
START_LINK = N_("Open the start page")
UNKNOWN_MESSAGE = N_("Unknown: {problems}")
UNKNOWN_PARAMETER = N_("parameter {name}")
GIVEN_TWICE = N_("{name} given twice")
REVERSED_DATES = N_("era_end is before era_start")
BLOCKED_LINK = N_(
    "The page does not connect. Your network may block it. Open this view as a plain page."
)
NO_SCRIPT_LINK = N_("Read this page without JavaScript")
NO_SCRIPT_CODER = N_("This page needs JavaScript; the command “threats code” does the same.")
LICENCE_FILE = N_(
    "{title}, version {version}, by {publisher}.\n"
    "{licence}\n"
    "Values of indicators: under the terms of their publishers, named in indicators.csv.\n"
)

API_SUMMARIES = {
    "attention": N_("Attention to each threat in each year"),
    "change": N_("Change of attention between two spans of years, at a fixed mix"),
    "period-change": N_("Change of attention with the pandemic period, at a fixed mix"),
    "shift": N_("Attention before, during and after the pandemic period"),
    "compare": N_("Attention side by side in regions, families, series, chairs or periods"),
    "meetings": N_("The meetings, with the threats on their agendas"),
    "search": N_("Search in everything: threats, places, organizations, meetings and pages"),
    "openapi": N_("This description"),
}
VALUES_PARAMETER = N_(
    "Ids of what compare_by names: regions, families, series, Chairpersonships such as FIN-2025, "
    "or periods such as 2012-2016"
)
API_TITLE = N_("{dataset}: figures")
API_DESCRIPTION = N_(
    "The figures of the pages, with the same parameters. The data dictionary, /files/README.md, "
    "explains the ids. A change is significant according to p_adjusted, which corrects over all "
    "threats, whatever the filter."
)
PARAMETER_DESCRIPTIONS = {
    "dataset": N_("Dataset, by default the first"),
    "lang": N_("Language of the titles, labels and notes; ids and columns stay the same"),
    "version": N_("Edition of the data such as 1.2.0, by default today's"),
    "region": N_("Region"),
    "family": N_("Family of series by subject"),
    "series": N_("Series of meetings"),
    "kind": N_("Kind of meeting"),
    "group": N_("Threat group"),
    "threat": N_("Threat"),
    "certainty": N_("How certain a code must be to count"),
    "years": N_("First and last year, or one year"),
    "reach": N_(
        "Reach of the meetings, by default more than one State; all includes national events"
    ),
    "courses": N_("Include training courses"),
    "reading": N_("Only meetings whose page was read in full"),
}
ABOUT_PARAMETER = N_(
    "With rows, the columns measure, filter, source and address say the same in every row; with "
    "none they are left out"
)
DATE_PARAMETER = N_("{label}; from {first} to {last}")
REPEATABLE_PARAMETER = N_("{label}; repeat for several")
CSV_ANSWER = N_("The figures; a JSON file in /download has their title, filter and source")
QUERY_PARAMETER = N_("Words to find; only the first {length} characters count")
SEARCH_ANSWER = N_(
    "At most eight results, the best first; query is the one answered, with typos corrected"
)
JSON_ANSWER = N_("The figures with title, filter and source; unknown values are null")
OPENAPI_ANSWER = N_("OpenAPI description")
UNCHANGED_ANSWER = N_("Unchanged since the ETag sent")
UNKNOWN_ANSWER = N_("Unknown parameter or value; the answer names it")
UNKNOWN_EDITION_ANSWER = N_("This edition is not archived; the answer names those that are")
INVALID_DATASET_ANSWER = N_("The dataset contains errors")


def reload_hint(seconds: int) -> str:
    """Return when to try again."""
    return ngettext(
        "Reload this page in {number} second.", "Reload this page in {number} seconds.", seconds
    )


def dataset_errors_hint(problems: int) -> str:
    """Return that a dataset contains errors, and how to list them."""
    return ngettext(
        "The dataset contains {number} error. The command threats check lists it.",
        "The dataset contains {number} errors. The command threats check lists them.",
        problems,
    )


def unknown_edition_message(version: str, known: list[str]) -> str:
    """Return that an edition is not archived, and which ones are."""
    return _(
        "There is no edition {version} of these data. Editions: {known}.",
        version=version,
        known=join(known),
    )


def error_title(status: int, retry_after: int) -> str:
    """Return the title of an error page."""
    if retry_after:
        return _(TRY_AGAIN_TITLE)
    return _(NOT_FOUND_TITLE) if status < 500 else _(NOT_GENERATED_TITLE)
