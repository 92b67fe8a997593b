"""Content of the page Data and method on the robustness checks of the findings."""

import pandas as pd

from threats.content.reader_tables import reader_table
from threats.content.robustness import Variant, check_findings, counting_variants, series_variants
from threats.stats.selection import Selected
from threats.text import method as method_text
from threats.text.translate import _


def robustness_table(selected: Selected) -> pd.DataFrame:
    """Return whether each headline finding is robust as a reader's table: a column for each
    variant, and for the reader's settings if they are another one."""
    variants = counting_variants(selected.selection)
    own = Variant(_(method_text.OWN_VARIANT_NAME), selected.selection, selected.role)
    if (own.selection, own.role) not in [(one.selection, one.role) for one in variants]:
        variants.append(own)
    rows = check_findings(selected.dataset, selected.selection, variants)
    if rows.empty:
        return pd.DataFrame()
    answers = rows["answer"] + ": " + rows["figure"]
    rows["cell"] = answers.where(rows["variant"] != variants[0].name, rows["figure"])
    wide = rows.pivot(index="finding", columns="variant", values="cell").reindex(
        index=rows["finding"].unique(), columns=[variant.name for variant in variants]
    )
    return wide.rename_axis(index=method_text.FINDING_HEADING, columns=None).reset_index()


def robustness_by_series_table(selected: Selected) -> pd.DataFrame:
    """Return whether each headline finding is robust within each series, as a reader's table."""
    variants = series_variants(selected.dataset, selected.selection)
    rows = check_findings(selected.dataset, selected.selection, variants)
    order = list(rows["finding"].unique())
    rows = rows.sort_values("finding", key=lambda names: names.map(order.index), kind="stable")
    return reader_table(rows, method_text.FINDING_COLUMNS)


def robustness_summary(selected: Selected) -> list[str]:
    """Return how to read the table of findings."""
    return [_(method_text.ROBUSTNESS_RULE)]
