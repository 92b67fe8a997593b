"""Content of the page Data and method on how well two readings agree."""

from typing import Any

import pandas as pd

from threats.charts.dot_plot import draw_agreement_dot_plot
from threats.content.count_captions import agreement_caption
from threats.content.model import Chart
from threats.content.reader_tables import format_known, reader_table, rows_of, translated
from threats.dataset.coder_agreement import (
    MIN_CODED,
    RELIABLE_ALPHA,
    TENTATIVE_ALPHA,
    agreement_by_code,
    overall_agreement,
)
from threats.dataset.model import Dataset
from threats.format import decimals, whole_percent
from threats.stats.drilldown import Drilldown
from threats.stats.selection import Selected
from threats.text import method as method_text
from threats.text.labels import RELIABILITY_BANDS
from threats.text.translate import _

_COUNTS = ["both", "first_only", "second_only", "neither"]


def _agreement(dataset: Dataset) -> pd.DataFrame:
    tables = {"threat": "threat_categories", "response": "responses"}
    ids = {kind: list(dataset.names(table)) for kind, table in tables.items()}
    return agreement_by_code(dataset["double_readings"], ids)


def _labelled_agreement(dataset: Dataset) -> pd.DataFrame:
    names = dataset.names("threat_categories", "label") | dataset.names("responses", "label")
    table = _agreement(dataset)
    return table.assign(code=table["code_id"].map(names))


def _agreement_label(row: Any) -> str:
    counts = {name: getattr(row, name) for name in _COUNTS}
    return method_text.agreement_label(row.alpha, row.kappa, RELIABILITY_BANDS[row.band], counts)


def agreement_dot_plot_chart(selected: Selected) -> Chart | None:
    """Return the agreement of two readings on each code that enough meetings had; None if no code
    can be judged."""
    readings = selected.dataset["double_readings"]
    table = _labelled_agreement(selected.dataset)
    table = table[table["kind"] != "focus"]
    judged = table[table["band"] != "too_few"]
    if judged.empty:
        return None
    judged = judged.sort_values(["kind", "alpha"], ascending=[False, False], kind="stable")
    judged = judged.assign(
        heading=judged["kind"].map(translated(method_text.CODE_KIND_HEADINGS)),
        row=judged["code"],
        mark=[
            Drilldown(**{kind: key}).encode()
            for kind, key in zip(judged["kind"], judged["code_id"], strict=True)
        ],
        words=[_agreement_label(row) for row in rows_of(judged)],
    ).reset_index(drop=True)
    return Chart(
        name="agreement",
        title=_(method_text.AGREEMENT_TITLE),
        subtitle=method_text.agreement_measure(
            readings["sampled_as"].nunique(), readings["meeting_id"].nunique()
        ),
        alt=agreement_caption(judged),
        draw=lambda theme: draw_agreement_dot_plot(judged, theme),
        table=judged[
            ["kind", "code_id", "code", "pages", *_COUNTS, "agreement", "kappa", "alpha", "band"]
        ],
        cautions=(),
        notes=(
            _(method_text.READERS_NOTE),
            _(method_text.RECODED_NOTE),
            method_text.bands_note(
                RELIABLE_ALPHA, TENTATIVE_ALPHA, MIN_CODED, len(table) - len(judged)
            ),
        ),
    )


def agreement_by_code_table(selected: Selected) -> pd.DataFrame:
    """Return the agreement on each code as a reader's table; the codes that neither reader gave
    come last."""
    table = _labelled_agreement(selected.dataset).sort_values(
        ["kind", "alpha"], ascending=[False, False], na_position="last", kind="stable"
    )
    return _agreement_table(table.rename(columns={"pages": "n"}), method_text.AGREEMENT_COLUMNS)


def agreement_overall_table(selected: Selected) -> pd.DataFrame:
    """Return the agreement over all codes as a reader's table, one row per kind of code."""
    table = overall_agreement(_agreement(selected.dataset)).rename(columns={"cases": "n"})
    headings = method_text.AGREEMENT_COLUMNS
    return _agreement_table(
        table, {key: headings[key] for key in headings if key not in ("code", "band")}
    )


def _agreement_table(table: pd.DataFrame, headings: dict[str, str]) -> pd.DataFrame:
    table = table.assign(
        counted_as=table["kind"].map(translated(method_text.CODE_KIND_LABELS)),
        agreement=format_known(table["agreement"], whole_percent),
        kappa=format_known(table["kappa"], decimals),
        alpha=format_known(table["alpha"], decimals),
        band=table["band"].map(translated(RELIABILITY_BANDS)) if "band" in table else "",
    )
    return reader_table(table, headings)
