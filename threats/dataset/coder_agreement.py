"""How far two independent readings of the same pages agree, code by code."""

import numpy as np
import pandas as pd

# Krippendorff, Content Analysis (2004), 241: rely on 0.800 and more, conclude tentatively from
# 0.667 on, and on nothing less.
RELIABLE_ALPHA, TENTATIVE_ALPHA = 0.800, 0.667
# Under this many meetings coded by either reader a single difference turns the figure.
MIN_CODED = 5
# What is compared: a threat in any role, a threat as main subject, a response.
AGREEMENT_KINDS = ("threat", "focus", "response")
UNRELIABLE_MARK = " †"
# Before the id of a code that a reader proposed, as the categories had none for it then.
PROPOSED_PREFIX = "x_"


def agreement_by_code(readings: pd.DataFrame, codes: dict[str, list[str]]) -> pd.DataFrame:
    """Return the agreement of the two readers of ``double_readings``, one row per kind of
    ``AGREEMENT_KINDS`` and code.

    ``codes`` has the ids of ``threat`` and ``response``. A code that a reader proposed is excluded,
    as the other could not give it.

    Columns: ``kind``, ``code_id``, ``pages`` (read by both), ``both``, ``first_only``,
    ``second_only`` and ``neither`` (pages by who gave the code), ``agreement`` (share of pages of
    one), ``kappa`` (Cohen, Educ. Psychol. Meas. 20 (1960) 37), ``alpha`` (Krippendorff, Content
    Analysis (2004), 221: two readers, nominal, nothing missing) and ``band`` of
    ``RELIABILITY_BANDS``. Kappa and alpha are empty if neither reader ever gave the code.
    """
    pages = readings["sampled_as"].nunique()
    ids = set(readings["code_id"])
    rows = []
    for kind in AGREEMENT_KINDS:
        given = readings[readings["kind"] == ("response" if kind == "response" else "threat")]
        if kind == "focus":
            given = given[given["role"] == "focus"]
        by = given.groupby(["code_id", "reader"])["sampled_as"].agg(set)
        for code in codes["response" if kind == "response" else "threat"]:
            if PROPOSED_PREFIX + code in ids:
                continue
            first, second = (by.get((code, reader), set()) for reader in ("first", "second"))
            counts = len(first & second), len(first - second), len(second - first)
            rows.append((kind, code, pages, *counts, pages - len(first | second)))
    columns = ["kind", "code_id", "pages", "both", "first_only", "second_only", "neither"]
    return _add_coefficients(pd.DataFrame(rows, columns=columns))


def overall_agreement(table: pd.DataFrame) -> pd.DataFrame:
    """Return the agreement over all codes of each kind together, each page and code a case."""
    counts = ["pages", "both", "first_only", "second_only", "neither"]
    whole = table.groupby("kind", sort=False)[counts].sum().reset_index()
    return _add_coefficients(whole.rename(columns={"pages": "cases"}), "cases")


def _add_coefficients(table: pd.DataFrame, cases_column: str = "pages") -> pd.DataFrame:
    n = table[cases_column].where(table[cases_column] > 0).astype(float)
    first, second = (table["both"] + table[name] for name in ("first_only", "second_only"))
    agreed = (table["both"] + table["neither"]) / n
    by_chance = (first * second + (n - first) * (n - second)) / n**2
    given = first + second
    split = table["first_only"] + table["second_only"]
    with np.errstate(divide="ignore", invalid="ignore"):
        kappa = (agreed - by_chance) / (1 - by_chance)
        alpha = 1 - split * (2 * n - 1) / (given * (2 * n - given))
    varied = (given > 0) & (given < 2 * n)
    table = table.assign(agreement=agreed, kappa=kappa.where(varied), alpha=alpha.where(varied))
    coded = table["both"] + split
    return table.assign(
        band=[_reliability_band(a, c) for a, c in zip(table["alpha"], coded, strict=True)]
    )


def _reliability_band(alpha: float, coded: int) -> str:
    if coded < MIN_CODED or np.isnan(alpha):
        return "too_few"
    if alpha >= RELIABLE_ALPHA:
        return "reliable"
    return "tentative" if alpha >= TENTATIVE_ALPHA else "unreliable"


def unreliable_codes(readings: pd.DataFrame, codes: dict[str, list[str]]) -> set[str]:
    """Return the ids of the threats and responses on which the two readings agreed too little."""
    table = agreement_by_code(readings, codes)
    return set(table.loc[(table["band"] == "unreliable") & (table["kind"] != "focus"), "code_id"])
