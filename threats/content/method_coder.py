"""Content of the page Data and method on the keyword coder: its scores on hand-coded texts."""

import pandas as pd

from threats.content.reader_tables import format_known, reader_table, translated
from threats.format import decimals
from threats.stats.attention import wilson_interval
from threats.stats.selection import Selected
from threats.text import method as method_text
from threats.text.translate import _

CODER_OUTCOMES = ["right", "false", "missed"]
CODER_SCORES = ["precision", "recall", "f1"]
REAL_PART, INVENTED_PART = "real_held_out", "held_out"


def _add_scores(table: pd.DataFrame) -> pd.DataFrame:
    """Return counts with precision, recall and F1, empty if there is nothing to divide by, with
    ``n``, the codes given by hand, and the ends of the 95 % interval of F1.

    F1 is 2p / (1 + p), where p is the proportion of right codes among all that are given by hand or
    by the coder. Its interval is that of Wilson for p, as if codes were independent."""
    right, false, missed = (table[name].astype(float) for name in CODER_OUTCOMES)
    whole = (right + false + missed).where(right + false + missed > 0)
    ends = wilson_interval(right, whole)
    low, high = (2 * end / (1 + end) for end in ends)
    return table.assign(
        f1_low=low,
        f1_high=high,
        n=table["right"] + table["missed"],
        precision=right / (right + false).where(right + false > 0),
        recall=right / (right + missed).where(right + missed > 0),
        f1=2 * right / (2 * right + false + missed).where(2 * right + false + missed > 0),
    )


def _code_scores(selected: Selected) -> pd.DataFrame:
    scores = selected.dataset["coder_scores"]
    return scores[scores["kind"].isin(list(method_text.CODE_KIND_HEADINGS))]


def coder_overall_table(selected: Selected) -> pd.DataFrame:
    """Return the coder's micro-averaged scores over all codes as a reader's table."""
    labels = translated(method_text.PASSAGE_KIND_LABELS)
    counts = _code_scores(selected).groupby(["kind", "part"], sort=False)[CODER_OUTCOMES].sum()
    table = counts.reset_index().sort_values(
        "part", key=lambda part: part.map(list(labels).index), kind="stable"
    )
    return _score_table(table.assign(passages=table["part"].map(labels)), "codes", "passages")


def coder_by_code_table(selected: Selected) -> pd.DataFrame:
    """Return the coder's scores on each code over held-out texts, real ones and made-up passages in
    official wording, as a reader's table."""
    scores = _code_scores(selected)
    names = selected.dataset.names("threat_categories", "label")
    names |= selected.dataset.names("responses", "label")
    labels = translated(method_text.PASSAGE_KIND_LABELS)
    table = pd.concat([scores[scores["part"] == part] for part in (REAL_PART, INVENTED_PART)])
    table = table.assign(code=table["code_id"].map(names), passages=table["part"].map(labels))
    return _score_table(table, "passages", "codes", "code")


def _score_table(table: pd.DataFrame, *leading_columns: str) -> pd.DataFrame:
    table = _add_scores(
        table.assign(codes=table["kind"].map(translated(method_text.CODE_KIND_HEADINGS)))
    )
    table = table.assign(
        f1_range=_range_labels(table),
        **{name: format_known(table[name], decimals) for name in CODER_SCORES},
    )
    columns = [*leading_columns, "n", *CODER_OUTCOMES, *CODER_SCORES, "f1_range"]
    return reader_table(table, {name: method_text.CODER_SCORE_COLUMNS[name] for name in columns})


def _range_labels(table: pd.DataFrame) -> list[str]:
    return [
        "" if pd.isna(low) else method_text.f1_range_label(low, high)
        for low, high in zip(table["f1_low"], table["f1_high"], strict=True)
    ]


def coder_summary(selected: Selected) -> list[str]:
    """Return how well the coder does, and the limits of this test."""
    scores = selected.dataset["coder_scores"]
    table = _add_scores(scores.groupby(["part", "kind"])[CODER_OUTCOMES].sum())
    table = table.assign(f1_range=_range_labels(table))
    lines: list[str] = []
    for part in (REAL_PART,):
        if (part, "threat") in table.index and (part, "response") in table.index:
            rows = table.loc[part]
            figures = (dict(rows[name]) for name in ("f1", "n", "f1_range"))
            lines.append(method_text.coder_scores_sentence(part, *figures))
    nothing = scores[(scores["kind"] == "nothing") & (scores["part"] == REAL_PART)]
    if len(nothing):
        right, false = int(nothing["right"].iloc[0]), int(nothing["false"].iloc[0])
        lines.append(method_text.decoy_texts_sentence(right + false, false))
    return [*lines, _(method_text.CODER_LIMITS_SENTENCE)]
