"""The scores of the coder on the page Data and method are those that its rules have now."""

import csv
import json
import runpy
from pathlib import Path

import pandas as pd
import pytest

import threats
from threats.content import method_coder
from threats.content.method_coder import coder_by_code_table, coder_overall_table, coder_summary
from threats.stats.filters import Selection
from threats.stats.selection import select

HERE = Path(__file__).parent / "benchmarks"
BENCHMARK = runpy.run_path(str(HERE / "coding.py"))
PASSAGES = [passage for part in BENCHMARK["PARTS"] for passage in BENCHMARK["passages"](part)]


def test_the_scores_in_the_data_are_those_of_the_rules(data):
    with (data.folder / "coder_scores.csv").open(encoding="utf-8") as file:
        kept = list(csv.DictReader(file))
    measured = [
        {name: str(cell) for name, cell in row.items()} for row in BENCHMARK["scores"](data)
    ]
    assert kept == measured, "run python tests/benchmarks/coding.py --write"


def test_the_aims_are_met_on_passages_kept_apart(data):
    pooled = coder_overall_table(select(data, Selection())).set_index(["Codes", "Passages"])
    assert float(pooled.loc[("Threats", "official wording"), "F1"]) >= 0.90
    assert float(pooled.loc[("Responses", "official wording"), "F1"]) >= 0.85


def test_the_passages_cover_every_code_and_are_told_apart(data):
    assert len({passage["id"] for passage in PASSAGES}) == len(PASSAGES)
    assert len({passage["text"] for passage in PASSAGES}) == len(PASSAGES)
    about_nothing = [p for p in PASSAGES if not p["threats"] and not p["responses"]]
    assert len(about_nothing) >= 15
    for part in ("tuning", "held_out"):
        these = BENCHMARK["passages"](part)
        assert set().union(*(p["threats"] for p in these)) == set(
            data["threat_categories"]["threat_id"]
        )
        assert set().union(*(p["responses"] for p in these)) == set(
            data["responses"]["response_id"]
        )
    for passage in PASSAGES:
        assert set(passage["threats"].values()) <= {"focus", "discussed", "mentioned"}
        assert json.dumps(passage)


@pytest.mark.parametrize(
    ("right", "false", "missed", "told"),
    [(3, 1, 1, ["0.75", "0.75", "0.75"]), (0, 0, 2, ["", "0.00", "0.00"]), (0, 0, 0, ["", "", ""])],
    ids=["some", "none found", "none there"],
)
def test_precision_recall_and_f1(right, false, missed, told):
    counts = pd.DataFrame([{"right": right, "false": false, "missed": missed}])
    row = method_coder._add_scores(counts).iloc[0]
    assert [
        "" if pd.isna(row[name]) else f"{row[name]:.2f}" for name in ("precision", "recall", "f1")
    ] == told


def test_a_changed_row_changes_the_page(folder):
    path = folder / "coder_scores.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(i for i, line in enumerate(lines) if line.startswith("threat,terrorism,held_out"))
    before = select(threats.load(folder), Selection())
    lines[place] = "threat,terrorism,held_out,0,50,0\n"
    path.write_text("".join(lines), encoding="utf-8")
    after = select(threats.load(folder), Selection())
    assert coder_summary(before)[1] != coder_summary(after)[1]
    row = coder_by_code_table(after).set_index("Code").loc["Terrorism"]
    assert (row["n"], row["False"], row["Precision"]) == (0, 50, "0.00")
