"""Views of the page Data and method on how far to trust codes and findings."""

import pandas as pd

from threats.charts.dot_plot import draw_agreement_dot_plot
from threats.content.count_captions import agreement_caption
from threats.content.model import Chart
from threats.dataset.coder_agreement import (
    MIN_CODED,
    RELIABLE_ALPHA,
    TENTATIVE_ALPHA,
    agreement_by_code,
    overall_agreement,
)
from threats.dataset.model import Dataset
from threats.stats.drilldown import Drilldown
from threats.stats.selection import Selected
from threats.text.labels import RELIABILITY_BANDS
from threats.text.quantities import quantity

CODE_KIND_NAMES = {"threat": "threat", "focus": "threat as main subject", "response": "response"}
DOUBLE_READING_NOTES = (
    "Two automated readers coded the same pages by the same written codebook, each on its own. "
    "They are alike and can share an error, and titles gave some threats away, so these figures "
    "are rather too high; they show how repeatable the coding is, not that it is right.",
    "They were taken before the codes found weak here were recoded by sharper rules (data 1.0.0, "
    "rules in the codebook), and not taken again since. The first of the two was put back from "
    "rows merged since; what of it is known only in sum stands in the data dictionary, and no "
    "figure here depends on it.",
)


def _code_ids(dataset: Dataset) -> dict[str, list[str]]:
    tables = {"threat": "threat_categories", "response": "responses"}
    return {kind: list(dataset.names(table)) for kind, table in tables.items()}


def _labelled_agreement(dataset: Dataset) -> pd.DataFrame:
    names = dataset.names("threat_categories", "label") | dataset.names("responses", "label")
    table = agreement_by_code(dataset["double_readings"], _code_ids(dataset))
    return table.assign(
        code=table["code_id"].map(names),
        words=[
            f"alpha {row.alpha:.2f}, kappa {row.kappa:.2f}: {RELIABILITY_BANDS[row.band]}\n"
            f"coded by both {row.both}, by the first alone {row.first_only}, "
            f"by the second alone {row.second_only}, by neither {row.neither}"
            for row in table.itertuples()
        ],
    )


def _double_readings_phrase(dataset: Dataset) -> str:
    readings = dataset["double_readings"]
    pages, meetings = readings["sampled_as"].nunique(), readings["meeting_id"].nunique()
    told = quantity(pages, "reading").replace("readings", "pairs of readings")
    return f"{told} of {quantity(meetings, 'meeting')}, drawn at random"


def agreement_dot_plot_chart(selected: Selected) -> Chart | None:
    """Agreement of two readings on each code that enough meetings had; None if there is none."""
    table = _labelled_agreement(selected.dataset)
    table = table[table["kind"] != "focus"]
    judged = table[table["band"] != "too_few"]
    if judged.empty:
        return None
    judged = judged.sort_values(["kind", "alpha"], ascending=[False, False], kind="stable")
    judged = judged.assign(
        heading=judged["kind"].map({"threat": "Threats", "response": "Responses"}),
        row=judged["code"],
        mark=[
            Drilldown(**{kind: key}).encode()
            for kind, key in zip(judged["kind"], judged["code_id"], strict=True)
        ],
    ).reset_index(drop=True)
    few = table[table["band"] == "too_few"]
    kept = ["kind", "code_id", "code", "pages", "both", "first_only", "second_only", "neither"]
    return Chart(
        name="agreement",
        title="Agreement of two readings, code by code",
        subtitle="alpha: 1 full agreement, 0 as by chance · "
        f"{_double_readings_phrase(selected.dataset)} · the filter is set aside",
        alt=agreement_caption(judged),
        draw=lambda dark: draw_agreement_dot_plot(judged, dark),
        table=judged[[*kept, "agreement", "kappa", "alpha", "band"]],
        cautions=(),
        notes=(
            *DOUBLE_READING_NOTES,
            f"Bands after Krippendorff (2004): {RELIABLE_ALPHA:.2f} and more reliable, from "
            f"{TENTATIVE_ALPHA:.3f} tentative, below unreliable; judged where at least "
            f"{MIN_CODED} pages had the code. Of {len(few)} codes too few pages "
            "had it to judge.",
        ),
    )


def agreement_by_code_table(selected: Selected) -> pd.DataFrame:
    """Return the agreement on each code as a reader's table: ``Code``, ``Counted as``, ``n``, who
    gave the code, ``Agreement``, ``Kappa``, ``Alpha`` and ``Judgement``; the codes that neither
    reader gave last."""
    table = _labelled_agreement(selected.dataset)
    order = ["kind", "alpha"]
    table = table.sort_values(order, ascending=[False, False], na_position="last", kind="stable")
    return pd.DataFrame({"Code": table["code"].tolist()}).join(_coefficient_columns(table, "pages"))


def agreement_overall_table(selected: Selected) -> pd.DataFrame:
    """Return the agreement over all codes together as a reader's table, one row per kind."""
    dataset = selected.dataset
    table = overall_agreement(agreement_by_code(dataset["double_readings"], _code_ids(dataset)))
    return _coefficient_columns(table, "cases").drop(columns="Judgement")


def _coefficient_columns(table: pd.DataFrame, count_column: str) -> pd.DataFrame:
    def told(value: float, form: str) -> str:
        return "" if pd.isna(value) else format(value, form)

    return pd.DataFrame(
        {
            "Counted as": table["kind"].map(CODE_KIND_NAMES).tolist(),
            "n": table[count_column].tolist(),
            "Both": table["both"].tolist(),
            "First only": table["first_only"].tolist(),
            "Second only": table["second_only"].tolist(),
            "Neither": table["neither"].tolist(),
            "Agreement": [told(value, ".0%") for value in table["agreement"]],
            "Kappa": [told(value, ".2f") for value in table["kappa"]],
            "Alpha": [told(value, ".2f") for value in table["alpha"]],
            "Judgement": table["band"].map(RELIABILITY_BANDS).tolist(),
        }
    )
