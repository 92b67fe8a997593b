"""Words of the dashboard as plain files."""

from threats.format import decimals
from threats.text.translate import N_, _

STATIC_LABELS = {
    "start": N_("Start"),
    "findings": N_("Findings"),
    "filter": N_("Filter"),
    "all": N_("All"),
    "period": N_("Period"),
    "latest": N_("Latest meetings"),
    "search": N_("Search meetings"),
    "lookup": N_("Search threats, regions, countries and series"),
    "results": N_("Results: {number}"),
    "all_meetings": N_("Search meetings for these words"),
    "source": N_("source"),
    "downloads": N_("Downloads"),
    "dataset": N_("All tables of the data (ZIP)"),
    "feed": N_("Feed of new meetings (Atom)"),
    "edition": N_("Archived edition (ZIP)"),
    "live": N_("Open the live dashboard"),
    "more": N_("More in the live dashboard"),
    "no_script": N_("The charts need JavaScript. Their figures are in the files below."),
    "old_browser": N_(
        "This browser is too old to unpack the charts. A current one shows them; the data are in "
        "the files below."
    ),
    "unprepared": N_(
        "This combination of filters is not among these files. Choose one filter, or use the live "
        "dashboard."
    ),
    "behind": N_("The meetings behind a figure are in the live dashboard, not in these files."),
}
PUBLISH_HELP = N_(
    "Write the dashboard as plain files into FOLDER: they open from any web server and, by a "
    "double click on index.html, from any disk.\n\n"
    "A second run writes only what has changed. Files of an earlier run that are no longer needed "
    "are deleted."
)
DASHBOARD_HELP = N_("Address of the live dashboard, for what plain files cannot do.")
SITE_HELP = N_("Address at which the folder will be published, for sitemap, feed and citations.")
LANGUAGE_HELP = N_(
    "A language in addition to English, by its id, such as ru; give the option once for each. "
    "Without it, all languages that are translated are published."
)
PUBLISH_PROGRESS = N_("Publishing")


def limits_note(date: str, version: str) -> str:
    """Return what the plain files are, and where they end."""
    return _(
        "Plain files of edition {version}, {date}. Filters other than those offered, the meetings "
        "behind a figure, other briefs than those of regions and the analysis of texts need the "
        "live dashboard.",
        version=version,
        date=date,
    )


def published_message(files: int, written: int, megabytes: float) -> str:
    """Return how many files there are now, and how large they are together."""
    return _(
        "{files} files, {megabytes} MB; {written} written, the others were up to date.",
        files=files,
        written=written,
        megabytes=decimals(megabytes, 1),
    )
