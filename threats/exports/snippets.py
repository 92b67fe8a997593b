"""Lines of code that read the figures of a chart from its address."""

import json

import pandas as pd

from threats.content.model import FigureTable
from threats.text import exports as words
from threats.text.translate import _


def code_snippets(figures: FigureTable, address: str) -> list[tuple[str, str]]:
    """Return pairs of a label and lines that run as they are: for Excel (Power Query M), Python
    (pandas) and R. Each reads the CSV file at ``address`` with all its digits."""
    text = json.dumps(address)
    return [
        (_(words.EXCEL_CODE_LABEL), _power_query(figures, text)),
        (
            _(words.PYTHON_CODE_LABEL),
            "import pandas as pd\n\n"
            f'figures = pd.read_csv({text}, float_precision="round_trip")\n'
            "print(figures)",
        ),
        (
            _(words.R_CODE_LABEL),
            f'figures <- read.csv({text}, na.strings = "", encoding = "UTF-8")\n'
            "print(figures, digits = 15)",
        ),
    ]


def _power_query(figures: FigureTable, address: str) -> str:
    """Return a query that names the columns of numbers, as Excel would read them by the language
    of the machine."""
    numbers = [
        name
        for name in figures.table
        if pd.api.types.is_numeric_dtype(figures.table[name])
        and not pd.api.types.is_bool_dtype(figures.table[name])
    ]
    types = ", ".join(f"{{{json.dumps(name)}, type number}}" for name in numbers)
    return (
        "let\n"
        f"  file = Csv.Document(Web.Contents({address}), [Encoding = 65001]),\n"
        "  table = Table.PromoteHeaders(file),\n"
        f'  figures = Table.TransformColumnTypes(table, {{{types}}}, "en-US")\n'
        "in\n"
        "  figures"
    )
