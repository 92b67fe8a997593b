"""Views of the page Data and method on the keyword coder: how well it does on texts that its rules
were not made from."""

import pandas as pd

from threats.stats.selection import Selected

TEST_SET_LABELS = {
    "held_out": "official wording",
    "indirect": "indirect wording",
    "tuning": "the rules were made from these",
}
CODE_KIND_HEADINGS = {"threat": "Threats", "response": "Responses"}
CODER_OUTCOMES = ["right", "false", "missed"]


def _add_scores(table: pd.DataFrame) -> pd.DataFrame:
    """Return counts with precision, recall and F1; empty where there is nothing to divide by."""
    right, false, missed = (table[name].astype(float) for name in CODER_OUTCOMES)
    return table.assign(
        precision=right / (right + false).where(right + false > 0),
        recall=right / (right + missed).where(right + missed > 0),
        f1=2 * right / (2 * right + false + missed).where(2 * right + false + missed > 0),
    )


def _code_scores(selected: Selected) -> pd.DataFrame:
    scores = selected.dataset["coder_scores"]
    return scores[scores["kind"].isin(CODE_KIND_HEADINGS)]


def coder_overall_table(selected: Selected) -> pd.DataFrame:
    """Return the coder's scores over all codes as a reader's table, micro-averaged: ``Codes``,
    ``Passages``, ``n`` (codes by hand), ``Right``, ``False``, ``Missed``, ``Precision``,
    ``Recall``, ``F1``."""
    scores = _code_scores(selected)
    table = _add_scores(
        scores.groupby(["kind", "part"], sort=False)[CODER_OUTCOMES].sum().reset_index()
    )
    place = {part: number for number, part in enumerate(TEST_SET_LABELS)}
    table = table.sort_values("part", key=lambda part: part.map(place), kind="stable")
    return _score_table(
        table,
        {
            "Codes": table["kind"].map(CODE_KIND_HEADINGS),
            "Passages": table["part"].map(TEST_SET_LABELS),
        },
    )


def coder_by_code_table(selected: Selected) -> pd.DataFrame:
    """Return the coder's scores on each code over the passages of official wording that its rules
    were not made from, as a reader's table with the columns of ``pooled``."""
    scores = _code_scores(selected)
    table = _add_scores(scores[scores["part"] == "held_out"])
    names = selected.dataset.names("threat_categories", "label")
    names |= selected.dataset.names("responses", "label")
    return _score_table(
        table, {"Codes": table["kind"].map(CODE_KIND_HEADINGS), "Code": table["code_id"].map(names)}
    )


def _score_table(table: pd.DataFrame, leading_columns: dict[str, pd.Series]) -> pd.DataFrame:
    figures = {
        name.capitalize(): ["" if pd.isna(x) else f"{x:.2f}" for x in table[name]]
        for name in ("precision", "recall", "f1")
    }
    counts = {name.capitalize(): table[name].tolist() for name in CODER_OUTCOMES}
    told = {name: column.tolist() for name, column in leading_columns.items()}
    n = (table["right"] + table["missed"]).tolist()
    return pd.DataFrame({**told, "n": n, **counts, **figures})


def coder_summary(selected: Selected) -> list[str]:
    """Return in sentences how well the coder does and what that is worth."""
    scores = selected.dataset["coder_scores"]
    table = _add_scores(scores.groupby(["part", "kind"])[CODER_OUTCOMES].sum())
    lines = [
        "The keyword coder of the page Code a text was scored on passages made up in the manner of "
        "press releases. Each was coded by hand from codebook and definitions, by a reader who did "
        "not know the rules, but by one reader alone."
    ]
    for part, what in (
        ("held_out", "On official wording that the rules were not made from"),
        ("indirect", "Where the subject is told in other than the customary words"),
    ):
        if (part, "threat") in table.index and (part, "response") in table.index:
            one, other = table.loc[(part, "threat")], table.loc[(part, "response")]
            lines.append(
                f"{what}, F1 is {one['f1']:.2f} for threats "
                f"(n = {one['right'] + one['missed']:.0f}) and {other['f1']:.2f} for responses "
                f"(n = {other['right'] + other['missed']:.0f})."
            )
    nothing = scores[(scores["kind"] == "nothing") & (scores["part"] == "held_out")]
    if len(nothing):
        right, false = int(nothing["right"].iloc[0]), int(nothing["false"].iloc[0])
        lines.append(
            f"Of {right + false} texts on other things, written to tempt it and kept apart from "
            f"the rules, {false} got at least one code."
        )
    lines.append(
        "Single codes stand in few passages, so read the figures over all codes. What the coder "
        "proposes is for a person to check; no row of these data was taken from it unread."
    )
    return lines
