"""Views of the page Data and method on the dataset as files: what it holds, changes, use."""

import pandas as pd

from threats.stats.selection import Selected
from threats.text.quantities import quantity

DATASET_ARCHIVE_NAME = "threat-themes.zip"
DOCUMENTATION_FILES = {
    "codebook.md": "The rules by which pages were coded",
    "README.md": "The data dictionary: every table, column by column",
    "datapackage.json": "The same for programs (Data Package), with types, limits and keys",
    "LICENSE.txt": "The licence",
    DATASET_ARCHIVE_NAME: "All of these in one file",
}


def dataset_files_table(selected: Selected) -> pd.DataFrame:
    """Return the files under ``/files/`` as a reader's table: ``File``, ``What it holds`` and
    ``Rows``."""
    data = selected.dataset
    rows = [
        (table["path"], table["title"], f"{len(data[table['name']]):,}")
        for table in data.descriptor["resources"]
    ]
    rows += [(name, told, "") for name, told in DOCUMENTATION_FILES.items()]
    return pd.DataFrame(rows, columns=["File", "What it holds", "Rows"])


def data_changes_table(selected: Selected) -> pd.DataFrame:
    """Return what changed in the data, the newest first, as a reader's table: ``Version``,
    ``Date`` and ``What changed``."""
    listed = reversed(selected.dataset.descriptor.get("changes", []))
    rows = [(change["version"], change["date"], change["description"]) for change in listed]
    return pd.DataFrame(rows, columns=["Version", "Date", "What changed"])


def how_to_cite_summary(selected: Selected) -> list[str]:
    """Return version, licence, how to cite and how to report an error."""
    data = selected.dataset
    counts = quantity(len(data.descriptor["resources"]), "table")
    return [
        f"These are the data in version {data.version}: the number of the version and a digest of "
        f"all {counts}, which changes with a single cell.",
        f"Licence: {data.licence}. Values of indicators stand under the terms of their publishers, "
        "named in indicators.csv.",
        "Please cite with the data version. A reference to this page, and to each chart and "
        "record, stands under the button that takes it along.",
        "Found an error? Send the record's id (such as bsmnfp-2021, or a mention_id), the column, "
        "what the source says there, and its address, to whoever runs this dashboard or in the "
        "project's repository. What is wrong is put right in the next version and listed among "
        "the changes.",
    ]
