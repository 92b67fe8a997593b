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
        kept = [row for row in csv.DictReader(file) if row["part"] in BENCHMARK["PARTS"]]
    measured = [
        {name: str(cell) for name, cell in row.items()} for row in BENCHMARK["scores"](data)
    ]
    assert kept == measured, "run python tests/benchmarks/coding.py --write"


def test_the_aims_are_met_on_passages_kept_apart(data):
    pooled = coder_overall_table(select(data, Selection())).set_index(["Codes", "Texts"])
    assert float(pooled.loc[("Threats", "invented, official wording"), "F1"]) >= 0.90
    assert float(pooled.loc[("Responses", "invented, official wording"), "F1"]) >= 0.85


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


def test_real_pages_have_addresses_and_codes_but_no_texts(data):
    pages = BENCHMARK["read_lines"]("real")
    known = set(data["threat_categories"]["threat_id"]), set(data["responses"]["response_id"])
    assert len({page["id"] for page in pages}) == len(pages)
    for page in pages:
        assert set(page) == {"id", "part", "address", "threats", "responses"}
        assert page["part"] in BENCHMARK["REAL_PARTS"]
        assert page["address"].startswith("http")
        assert set(page["threats"]) <= known[0]
        assert set(page["responses"]) <= known[1]
    held_out = sum(page["part"] == "real_held_out" for page in pages)
    assert len(pages) >= 160
    assert 3 * held_out >= len(pages) - 20
    assert sum(not page["threats"] and not page["responses"] for page in pages) >= 40
    scored = data["coder_scores"].query("part == 'real_held_out' and kind == 'threat'")
    by_hand = sum(len(page["threats"]) for page in pages if page["part"] == "real_held_out")
    assert (scored["right"] + scored["missed"]).sum() == by_hand


def test_real_texts_are_read_from_a_folder(tmp_path):
    page = next(p for p in BENCHMARK["read_lines"]("real") if p["part"] == "real_tuning")
    for each in BENCHMARK["read_lines"]("real"):
        text = f"{each['address']}\nA text [cut]\n"
        (tmp_path / f"{each['id']}.txt").write_text(text, encoding="utf-8")
    read = BENCHMARK["passages"]("real_tuning", tmp_path)
    assert read[0]["id"] == page["id"]
    assert {one["text"] for one in read} == {"A text"}


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
    before = select(threats.load(folder), Selection())
    for part in ("held_out", "real_held_out"):
        start = f"threat,terrorism,{part},"
        place = next(i for i, line in enumerate(lines) if line.startswith(start))
        lines[place] = f"{start}0,50,0\n"
    path.write_text("".join(lines), encoding="utf-8")
    after = select(threats.load(folder), Selection())
    assert coder_summary(before) != coder_summary(after)
    table = coder_by_code_table(after).set_index(["Texts", "Code"])
    row = table.loc["invented, official wording", "Terrorism"]
    assert (row["n"], row["False"], row["Precision"]) == (0, 50, "0.00")
