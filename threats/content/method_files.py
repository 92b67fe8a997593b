"""Content of the page Data and method on the dataset as files: content, changes, use."""

from urllib.parse import urlencode

import pandas as pd

from threats.content.reader_tables import translated
from threats.dataset.editions import archived_editions
from threats.format import format_number
from threats.stats.selection import Selected
from threats.text import sources as sources_text
from threats.text.translate import _, is_machine_made

DATASET_ARCHIVE_NAME = "threat-themes.zip"


def dataset_files_table(selected: Selected) -> pd.DataFrame:
    """Return the files under ``/files/`` as a reader's table."""
    data = selected.dataset
    rows = [
        (table["path"], table["title"], format_number(len(data[table["name"]])))
        for table in data.descriptor["resources"]
    ]
    documents = sources_text.DOCUMENTATION_FILES | {
        DATASET_ARCHIVE_NAME: sources_text.DATASET_ARCHIVE_LABEL
    }
    rows += [(name, title, "") for name, title in translated(documents).items()]
    return pd.DataFrame(rows, columns=list(sources_text.DATASET_FILE_COLUMNS))


def data_changes_table(selected: Selected) -> pd.DataFrame:
    """Return what changed in the data as a reader's table, the newest first, with the address of
    this page in each archived edition: it links the tables of this edition."""
    data = selected.dataset
    archived = archived_editions(data)
    rows = [
        (
            change["version"],
            change["date"],
            change["description"],
            f"data?{urlencode(data.params | {'version': change['version']}, doseq=True)}"
            if change["version"] in archived
            else "",
        )
        for change in reversed(data.descriptor.get("changes", []))
    ]
    return pd.DataFrame(rows, columns=list(sources_text.DATA_CHANGE_COLUMNS))


def how_to_cite_summary(selected: Selected) -> list[str]:
    """Return version, licence, how to cite and how to report an error."""
    data = selected.dataset
    return [
        sources_text.data_version_sentence(data.version, len(data.descriptor["resources"])),
        sources_text.data_checksum_sentence(data.checksum),
        sources_text.data_licence_sentence(data.licence),
        _(sources_text.REPORT_ERROR_SENTENCE),
        *([_(sources_text.MACHINE_MADE_SENTENCE)] if is_machine_made() else []),
    ]
