"""Labels of the vocabularies of a dataset, such as names of threats, in the reader's language.

The labels are in the CSV files of the dataset, in English. Their translations are in the same
catalogues as all other messages, with the context ``data``. A label without a translation, such as
one of another dataset, stays as it is.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

# The columns with labels, by the name of the table. Countries are named by Babel.
LABEL_COLUMNS = {
    "threat_categories": ("name", "short_name", "group_name"),
    "responses": ("name",),
    "regions": ("name",),
    "families": ("name", "short_name"),
    "series": ("name", "short_name"),
    "milestones": ("name",),
    "indicators": ("name", "unit"),
    "organizations": ("name",),
}
CONTEXT = "data"


def extract_labels(
    file: IO[bytes], keywords: Iterable[str], comment_tags: Iterable[str], options: dict[str, Any]
) -> Iterator[tuple[int, str, tuple[str, str], list[str]]]:
    """Yield each label of a CSV file of the dataset in the form that ``pybabel extract`` asks for:
    line, function, context with message, and comments."""
    columns = LABEL_COLUMNS[Path(file.name).stem]
    rows = csv.DictReader(io.StringIO(file.read().decode("utf-8")))
    for line, row in enumerate(rows, 2):
        for column in columns:
            if row[column]:
                yield line, "pgettext", (CONTEXT, row[column]), []
