"""Labels and messages of the pages around their charts: filter, cards, downloads, meetings."""

from threats.text.translate import N_, ngettext

LANGUAGE_LABEL = N_("Language")
# What Streamlit, and the script of its pages, call their own controls for screen readers.
CONTROL_LABELS = (
    N_("Clear all"),
    N_("Clear value"),
    N_("Help for {name}"),
    N_("Link to heading"),
    N_("Main menu"),
    N_("Open"),
    N_("Pages"),
    N_("Remove {name}"),
    N_("Selected values"),
    N_("Sidebar"),
    N_("Table, scrolls sideways"),
)
FILTER_TITLE = N_("Filter")
FILTER_LABELS = {
    "dataset": N_("Dataset"),
    "region": N_("Region"),
    "years": N_("Years"),
    "family": N_("Subject of the meeting"),
    "series": N_("Series of meetings"),
    "kind": N_("Kind of meeting"),
    "reach": N_("Who was invited"),
    "group": N_("Threat group"),
    "threat": N_("Threat"),
    "certainty": N_("How sure is the source?"),
    "courses": N_("Include training courses"),
    "reading": N_("Only fully read pages (very few)"),
}
YEAR_LABELS = {"year_first": N_("First year"), "year_last": N_("Last year")}
CHIPS_LABEL = N_("Parts of the filter; a click removes one")
FILTER_HELP = {
    "region": N_(
        "Shows meetings for this region, plus sessions about it in other meetings. OSCE-wide: not "
        "about one region."
    ),
    "family": N_("Meetings on one family of subjects, such as borders or terrorism."),
    "kind": N_("Only meetings of this kind. Choosing training courses includes them."),
    "reach": N_(
        "By default meetings of more than one State. National events are for officials of one "
        "State."
    ),
    "series": N_("Recurring meeting series, e.g. an annual conference."),
    "certainty": N_(
        "Sure: the page says it. Inferred: the page does not say it outright. In conflict: two "
        "readings differ."
    ),
    "courses": N_("Training courses are excluded because they repeat a standard list of threats."),
    "reading": N_("Most pages could be read only in part."),
}
ALL_PLACEHOLDER = N_("All")
BORDER_LENS_LABEL = N_("Only border meetings")
ALL_FAMILIES_LABEL = N_("All subjects of meetings")
RESET_FILTER_LABEL = N_("Reset filter")
SELECTION_SUMMARY = N_("Selected: {filters}. **{meetings}.**")
EMPTY_FILTER_MESSAGE = N_("{reason} Remove a part of the filter in the sidebar, or reset it.")
SHOW_ALL_LABEL = N_("Show all meetings")

RESTRICTED_CHOICE_MESSAGE = N_(
    "These data do not contain parts of your earlier choice, now ignored: {parameters}"
)

TOP_PLACEHOLDER = N_("Top {number}")
DATED_SOURCE_LABEL = N_("{source}, {date}")
DEFAULT_DATES_NOTE = N_("By default: {sources}.")
REVERSED_DATES_MESSAGE = N_("The pandemic period ends before it starts, so WHO's dates are used.")
CHANGE_PERIODS_LABEL = N_("Change dates and counting")

SHARE_LABEL = N_("Share / Download")
PRINT_LABEL = N_("Print")
PRINT_HELP = N_("The page with images, tables and sources, also without JavaScript")
LINK_TITLE = N_("Link to this view")
CITE_TITLE = N_("Cite")
CITATION_FILE_HELP = N_("For a reference manager")
# What a table shows instead of an address, by the column.
LINK_LABELS = {
    "View": N_("view"),
    "Source": N_("source"),
    "Now at": N_("new address"),
    "Archived copy": N_("copy"),
}

BRIEF_HELP = N_("Choose region and threats in the filter; its other settings apply as well.")
GENERATE_LABEL = N_("Generate {file}")
GENERATING_LABEL = N_("Generating the brief")
DOWNLOAD_LABEL = N_("Download {file}")
CANCEL_LABEL = N_("Cancel")
CANCELLED_MESSAGE = N_("Cancelled.")
ANNEXES_TITLE = N_("Annexes")

SEARCH_LABEL = N_("Search meetings")
SEARCH_PLACEHOLDER = N_("Search title, place, organization…")
SEARCH_HELP = N_("Every word must occur, in any order. Quotes keep words together as a phrase.")
NO_MATCH_MESSAGE = N_("No meeting matches all these words. Try fewer words or reset the filter.")
MEETINGS_ALT = N_("Meetings, newest first")
RECORD_SOURCE_LABEL = N_("Source of this record")
NOTHING_CODED_NOTE = N_("None coded.")
SIMILAR_TITLE = N_("Similar meetings")
NO_SIMILAR_NOTE = N_("No other meeting has a threat in common with this one.")
PREVIOUS_LABEL = N_("Previous in the series: {title}")
NEXT_LABEL = N_("Next in the series: {title}")
CITE_RECORD_TITLE = N_("Cite this record")

COVERAGE_TITLE = N_("Coverage")
RELIABILITY_TITLE = N_("Reliability of the codes")
ROBUSTNESS_TITLE = N_("Robustness checks")
DATA_TITLE = N_("The data")
RECOMPUTE_TITLE = N_("Recompute every figure")
RECOMPUTE_HELP = N_("Applies to every page. Default resets it.")
SINGLE_SERIES_LABEL = N_("Only one series")
SINGLE_SERIES_PLACEHOLDER = N_("All series, or those of the filter")
DATASET_ZIP_LABEL = N_("The whole dataset as ZIP")
DESCRIPTOR_LABEL = N_("Data Package descriptor")
SINGLE_FILES_NOTE = N_("single files: see the list of files")
CODEBOOK_TITLE = N_("Codebook: the rules of coding")
DICTIONARY_TITLE = N_("Data dictionary: every table and column")


def table_label(title: str, rows: int) -> str:
    """Return the title of a table with its number of rows."""
    return ngettext("{title} ({number} row)", "{title} ({number} rows)", rows, title=title)


def table_limit_note(limit: int, rows: int) -> str:
    """Return that a table shows only its first rows."""
    return ngettext(
        "The first {limit} of {number} row are shown. Choose a year to see others.",
        "The first {limit} of {number} rows are shown. Choose a year to see others.",
        rows,
        limit=limit,
    )
