"""Views of the page Data and method on how far to trust codes and findings."""

import pandas as pd

from threats import reliability, sensitivity, words
from threats.charts import coverage as charts
from threats.dataset import Dataset
from threats.measures import FEWEST, ROLES
from threats.selection import WHOLE, Selected, in_words
from threats.views import caption_counts
from threats.views.base import Chart

KIND_NAMES = {"threat": "threat", "focus": "threat as main subject", "response": "response"}
HOW_READ = (
    "Two automated readers coded the same pages by the same written codebook, each on its own. "
    "They are alike and can share an error, and titles gave some threats away, so these figures "
    "are rather too high; they show how repeatable the coding is, not that it is right.",
    "They were taken before the codes found weak here were recoded by sharper rules (data 1.0.0, "
    "rules in the codebook), and not taken again since. The first of the two was put back from "
    "rows merged since; what of it is known only in sum stands in the data dictionary, and no "
    "figure here depends on it.",
)


def _codes(dataset: Dataset) -> dict[str, list[str]]:
    tables = {"threat": "threat_categories", "response": "responses"}
    return {kind: list(dataset.names(table)) for kind, table in tables.items()}


def _agreement(dataset: Dataset) -> pd.DataFrame:
    names = dataset.names("threat_categories", "label") | dataset.names("responses", "label")
    table = reliability.agreement(dataset["double_readings"], _codes(dataset))
    return table.assign(
        code=table["code_id"].map(names),
        words=[
            f"alpha {row.alpha:.2f}, kappa {row.kappa:.2f}: {reliability.BANDS[row.band]}\n"
            f"coded by both {row.both}, by the first alone {row.first_only}, "
            f"by the second alone {row.second_only}, by neither {row.neither}"
            for row in table.itertuples()
        ],
    )


def _read(dataset: Dataset) -> str:
    readings = dataset["double_readings"]
    pages, meetings = readings["sampled_as"].nunique(), readings["meeting_id"].nunique()
    told = words.counted(pages, "reading").replace("readings", "pairs of readings")
    return f"{told} of {words.counted(meetings, 'meeting')}, drawn at random"


def dots(selected: Selected) -> Chart | None:
    """Agreement of two readings on each code that enough meetings had; None if there is none."""
    table = _agreement(selected.dataset)
    table = table[table["kind"] != "focus"]
    judged = table[table["band"] != "too_few"]
    if judged.empty:
        return None
    judged = judged.sort_values(["kind", "alpha"], ascending=[False, False], kind="stable")
    judged = judged.assign(
        heading=judged["kind"].map({"threat": "Threats", "response": "Responses"}),
        row=judged["code"],
        mark=judged["kind"] + ":" + judged["code_id"],
    ).reset_index(drop=True)
    few = table[table["band"] == "too_few"]
    kept = ["kind", "code_id", "code", "pages", "both", "first_only", "second_only", "neither"]
    return Chart(
        name="agreement",
        title="Agreement of two readings, code by code",
        subtitle="alpha: 1 full agreement, 0 as by chance · "
        f"{_read(selected.dataset)} · the filter is set aside",
        alt=caption_counts.agreement(judged),
        draw=lambda dark: charts.agreement_dots(judged, dark),
        table=judged[[*kept, "agreement", "kappa", "alpha", "band"]],
        cautions=(),
        notes=(
            *HOW_READ,
            f"Bands after Krippendorff (2004): {reliability.RELIABLE:.2f} and more reliable, from "
            f"{reliability.TENTATIVE:.3f} tentative, below unreliable; judged where at least "
            f"{reliability.FEWEST_CODED} pages had the code. Of {len(few)} codes too few pages "
            "had it to judge.",
        ),
    )


def agreement_table(selected: Selected) -> pd.DataFrame:
    """Return the agreement on each code as a reader's table: ``Code``, ``Counted as``, ``n``, who
    gave the code, ``Agreement``, ``Kappa``, ``Alpha`` and ``Judgement``; the codes that neither
    reader gave last."""
    table = _agreement(selected.dataset)
    order = ["kind", "alpha"]
    table = table.sort_values(order, ascending=[False, False], na_position="last", kind="stable")
    return pd.DataFrame({"Code": table["code"].tolist()}).join(_coefficients(table, "pages"))


def pooled(selected: Selected) -> pd.DataFrame:
    """Return the agreement over all codes together as a reader's table, one row per kind."""
    dataset = selected.dataset
    table = reliability.pooled(reliability.agreement(dataset["double_readings"], _codes(dataset)))
    return _coefficients(table, "cases").drop(columns="Judgement")


def _coefficients(table: pd.DataFrame, cases: str) -> pd.DataFrame:
    def told(value: float, form: str) -> str:
        return "" if pd.isna(value) else format(value, form)

    return pd.DataFrame(
        {
            "Counted as": table["kind"].map(KIND_NAMES).tolist(),
            "n": table[cases].tolist(),
            "Both": table["both"].tolist(),
            "First only": table["first_only"].tolist(),
            "Second only": table["second_only"].tolist(),
            "Neither": table["neither"].tolist(),
            "Agreement": [told(value, ".0%") for value in table["agreement"]],
            "Kappa": [told(value, ".2f") for value in table["kappa"]],
            "Alpha": [told(value, ".2f") for value in table["alpha"]],
            "Judgement": table["band"].map(reliability.BANDS).tolist(),
        }
    )


def findings_hold(selected: Selected, role: str = "agenda") -> pd.DataFrame:
    """Return whether the headline findings hold as counted otherwise, as a reader's table:
    ``Finding`` and a column for each variant, and for the reader's own choice where it is another
    one."""
    asked = sensitivity.variants(selected.selection)
    own = sensitivity.Variant("As chosen now", selected.selection, role)
    known = [(variant.selection, variant.role) for variant in asked]
    if (own.selection, own.role) not in known:
        asked.append(own)
    rows = sensitivity.hold(selected.dataset, selected.selection, asked)
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


def findings_by_series(selected: Selected) -> pd.DataFrame:
    """Return whether the headline findings hold within each series, as a reader's table:
    ``Finding``, ``Series``, ``Answer`` and ``Figure``."""
    asked = sensitivity.series_variants(selected.dataset, selected.selection)
    rows = sensitivity.hold(selected.dataset, selected.selection, asked)
    order = {name: place for place, name in enumerate(dict.fromkeys(rows["finding"]))}
    rows = rows.sort_values("finding", key=lambda names: names.map(order), kind="stable")
    names = {"finding": "Finding", "variant": "Series", "answer": "Answer", "figure": "Figure"}
    return rows.rename(columns=names).reset_index(drop=True)


def how_held(selected: Selected, role: str = "agenda") -> list[str]:
    """Return how to read the table of findings, and what is counted now."""
    whole = int((selected.dataset["meetings"]["reading"] == WHOLE).sum())
    few = ", so nothing can be told without partial readings" if whole < FEWEST else ""
    return [
        f"Now counted: {in_words(selected)}; threats by {ROLES[role]}.",
        f"Known to be read whole: {words.counted(whole, 'page')}{few}.",
        "A finding holds where the same threats, and no others, are first or last, or where those "
        "that were never there are not there either; for the pandemic where the other interval "
        "takes its share in; for a change where it holds there too, in the same direction. It does "
        "not hold where the other interval leaves the first change out; between the two the "
        "figures cannot tell. That threats were never there cannot be tested where only a part of "
        "the same meetings or codes is counted, as nothing new could come up in it; nor what is "
        "most often there where one threat alone is chosen.",
    ]
