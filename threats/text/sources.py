"""Words on the source pages and the files of the dataset."""

from threats.format import format_number
from threats.text.translate import N_, _, ngettext

SOURCES_NOT_CHECKED_NOTE = N_("No source has been checked yet.")
# In the order of a reader's table: first what needs attention.
SOURCE_STATUS_LABELS = {
    "gone": N_("gone"),
    "unreachable": N_("no answer"),
    "refused": N_("refused"),
    "moved": N_("moved"),
    "reachable": N_("reachable"),
}
NEW_ADDRESS_LABEL = N_("new address")
ARCHIVED_COPY_LABEL = N_("archived copy")
SOURCE_CHECK_COLUMNS = {
    "address": N_("Address"),
    "status": N_("Status"),
    "checked_on": N_("Checked"),
    "source_url": N_("Source"),
    "moved_to": N_("Now at"),
    "archived_url": N_("Archived copy"),
}


def source_status_label(status: str, http_code: str) -> str:
    """Return the result of a check; the code of a refusal tells what the server answered."""
    label = _(SOURCE_STATUS_LABELS[status])
    if status == "refused":
        return _("{status} (HTTP {code})", status=label, code=http_code)
    return label


def source_checked_sentence(date: str, status: str) -> str:
    """Return when a source was checked, and with which result."""
    return _("Source checked on {date}: {status}.", date=date, status=status)


def sources_checked_sentence(
    n_checked: int, n_sources: int, date: str, results: str, n_copies: int
) -> str:
    """Return how many source pages were checked, with which results."""
    return _(
        "{checked} {copies}",
        checked=ngettext(
            "{checked} of {number} source page checked, last on {date}: {results}.",
            "{checked} of {number} source pages checked, last on {date}: {results}.",
            n_sources,
            checked=format_number(n_checked),
            date=date,
            results=results,
        ),
        copies=ngettext(
            "{number} has an archived copy.", "{number} have an archived copy.", n_copies
        ),
    )


DATASET_FILE_COLUMNS = [N_("File"), N_("Content"), N_("Rows")]
DATA_CHANGE_COLUMNS = [N_("Version"), N_("Date"), N_("What changed"), N_("View")]
DOCUMENTATION_FILES = {
    "codebook.md": N_("The rules by which pages were coded"),
    "README.md": N_("The data dictionary: every table, column by column"),
    "datapackage.json": N_("The same for programs (Data Package), with types, limits and keys"),
    "LICENSE.txt": N_("The licence"),
    "CITATION.cff": N_("How to cite this edition, with its checksum (CFF)"),
    "datacite.json": N_("The metadata of a deposit in a research archive (DataCite)"),
    "codemeta.json": N_("The metadata of the program (CodeMeta)"),
}
DATASET_ARCHIVE_LABEL = N_("All of these in one file")
REPORT_ERROR_SENTENCE = N_(
    "Found an error? Tell the operator of this dashboard, or its repository, the record's id and "
    "what the source says."
)


def data_version_sentence(version: str, n_tables: int) -> str:
    """Return the version of the data and what it consists of."""
    return ngettext(
        "Cite data version {version} ({number} table).",
        "Cite data version {version} ({number} tables).",
        n_tables,
        version=version,
    )


def data_checksum_sentence(checksum: str) -> str:
    """Return the checksum of the tables."""
    return _("SHA-256 of all tables, in this order: {checksum}.", checksum=checksum)


def data_licence_sentence(licence: str) -> str:
    """Return the licence of the data, and which terms apply to indicators."""
    return _(
        "Licence: {licence}. For values of indicators their publishers' terms prevail.",
        licence=licence,
    )
