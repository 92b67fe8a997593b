"""Lines of code that read the figures of a chart from its address."""

import json
from pathlib import Path
from string import Template

import pandas as pd

from threats.content.model import FigureTable
from threats.text.exports import CODE_LABELS
from threats.text.translate import _

_TEMPLATES = Path(__file__).parent / "templates" / "code"


def code_snippets(figures: FigureTable, address: str) -> list[tuple[str, str]]:
    """Return pairs of a label and lines that run as they are: for Excel (Power Query M), Python
    (pandas) and R. Each reads the CSV file at ``address`` with all its digits."""
    # Excel would read numbers by the language of the machine, so their columns are named.
    numbers = ", ".join(map(json.dumps, _number_columns(figures)))
    values = {"address": json.dumps(address), "numbers": numbers}
    return [
        (_(label), Template(_template(name)).substitute(values).rstrip())
        for name, label in CODE_LABELS.items()
    ]


def _template(name: str) -> str:
    return (_TEMPLATES / f"{name}.txt").read_text(encoding="utf-8")


def _number_columns(figures: FigureTable) -> list[str]:
    types = pd.api.types
    return [
        name
        for name, column in figures.table.items()
        if types.is_numeric_dtype(column) and not types.is_bool_dtype(column)
    ]
