"""Robustness checks of the findings, for the page Data and method."""

import pandas as pd

from threats.content.robustness import Variant, check_findings, counting_variants, series_variants
from threats.content.selection_text import describe
from threats.stats.selection import READ_IN_FULL, Selected
from threats.stats.trends import MIN_MEETINGS
from threats.text.labels import ROLE_LABELS
from threats.text.quantities import quantity


def robustness_table(selected: Selected, role: str = "agenda") -> pd.DataFrame:
    """Return whether the headline findings hold as counted otherwise, as a reader's table:
    ``Finding`` and a column for each variant, and for the reader's own choice where it is another
    one."""
    asked = counting_variants(selected.selection)
    own = Variant("As chosen now", selected.selection, role)
    known = [(variant.selection, variant.role) for variant in asked]
    if (own.selection, own.role) not in known:
        asked.append(own)
    rows = check_findings(selected.dataset, selected.selection, asked)
    if rows.empty:
        return pd.DataFrame()
    rows["told"] = rows["answer"] + ": " + rows["figure"]
    first = asked[0].name
    rows["told"] = rows["told"].where(rows["variant"] != first, rows["figure"])
    wide = rows.pivot(index="finding", columns="variant", values="told")
    wide = wide.reindex(
        index=list(dict.fromkeys(rows["finding"])), columns=[variant.name for variant in asked]
    )
    return wide.rename_axis(index="Finding", columns=None).reset_index()


def robustness_by_series_table(selected: Selected) -> pd.DataFrame:
    """Return whether the headline findings hold within each series, as a reader's table:
    ``Finding``, ``Series``, ``Answer`` and ``Figure``."""
    asked = series_variants(selected.dataset, selected.selection)
    rows = check_findings(selected.dataset, selected.selection, asked)
    order = {name: place for place, name in enumerate(dict.fromkeys(rows["finding"]))}
    rows = rows.sort_values("finding", key=lambda names: names.map(order), kind="stable")
    names = {"finding": "Finding", "variant": "Series", "answer": "Answer", "figure": "Figure"}
    return rows.rename(columns=names).reset_index(drop=True)


def robustness_summary(selected: Selected, role: str = "agenda") -> list[str]:
    """Return how to read the table of findings, and what is counted now."""
    whole = int((selected.dataset["meetings"]["reading"] == READ_IN_FULL).sum())
    few = ", so nothing can be told without partial readings" if whole < MIN_MEETINGS else ""
    return [
        f"Now counted: {describe(selected)}; threats by {ROLE_LABELS[role]}.",
        f"Known to be read whole: {quantity(whole, 'page')}{few}.",
        "A finding holds where the same threats, and no others, are first or last, or where those "
        "that were never there are not there either; for the pandemic where the other interval "
        "takes its share in; for a change where it holds there too, in the same direction. It does "
        "not hold where the other interval leaves the first change out; between the two the "
        "figures cannot tell. That threats were never there cannot be tested where only a part of "
        "the same meetings or codes is counted, as nothing new could come up in it; nor what is "
        "most often there where one threat alone is chosen.",
    ]
