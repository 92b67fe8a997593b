"""Words of the search over everything."""

from threats.text.translate import N_, _, ngettext

SITE_SEARCH_LABEL = N_("Search")
SITE_SEARCH_PLACEHOLDER = N_("Threat, country, meeting…")
SITE_SEARCH_HELP = N_(
    "Finds threats, countries, organizations, meetings and pages, also by other names such as THB."
)
NO_RESULT_MESSAGE = N_("Nothing found. Try fewer or other words.")
DID_YOU_MEAN_LABEL = N_("Did you mean: {query}?")
RESULT_KIND_LABELS = {
    "threat": N_("Threats"),
    "threat_region": N_("Threats by region"),
    "region": N_("Regions"),
    "country": N_("Countries"),
    "response": N_("Responses"),
    "page": N_("Pages"),
    "series": N_("Series of meetings"),
    "organization": N_("Organizations"),
    "meeting": N_("Meetings"),
}


def meeting_label(title: str, date: str) -> str:
    """Return the label of a meeting among the results; the date is empty if it is not known."""
    return _("{title}, {date}", title=title, date=date) if date else title


def results_sentence(results: int, corrected: str) -> str:
    """Return how many results are shown, and for which words if those are not the reader's."""
    if corrected:
        return ngettext(
            "{number} result for “{query}”",
            "{number} results for “{query}”",
            results,
            query=corrected,
        )
    return ngettext("{number} result", "{number} results", results)
