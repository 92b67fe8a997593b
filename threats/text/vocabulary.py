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

from babel.core import get_global

from threats.language import DEFAULT_LANGUAGE, language_id, locale
from threats.text.translate import DATA_CONTEXT, pgettext

# The columns with labels, by the name of the table. Countries are named by Babel.
LABEL_COLUMNS = {
    "threat_categories": ("name", "short_name", "group_name", "definition", "synonyms"),
    "responses": ("name",),
    "regions": ("name",),
    "families": ("name", "short_name"),
    "series": ("name", "short_name", "description"),
    "milestones": ("name",),
    "indicators": ("name", "unit"),
    "organizations": ("name",),
}


def translate_label(label: str) -> str:
    """Return a label of the data in the reader's language; unchanged without a translation."""
    return pgettext(DATA_CONTEXT, label)


def translate_words(words: str) -> list[str]:
    """Return words separated by semicolons in the reader's language, such as the synonyms of a
    threat; a language may have more of them, or fewer."""
    return [word for word in translate_label(words).split(";") if word]


def country_name(iso3: str, name: str) -> str:
    """Return the name of a country in the reader's language; ``name`` is the English one."""
    if language_id() == DEFAULT_LANGUAGE:
        return name
    iso2 = get_global("territory_aliases").get(iso3, [""])[0]
    return locale().territories.get(iso2, name)


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
                yield line, "pgettext", (DATA_CONTEXT, row[column]), []
