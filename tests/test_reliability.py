"""Agreement of two readings: against other libraries, against the counts published, and marks."""

import csv
import json
from collections import defaultdict

import krippendorff
import numpy as np
import pandas as pd
import pytest
from chart_examples import example_chart
from statsmodels.stats.inter_rater import cohens_kappa

import threats
from tests.conftest import DATA
from threats.content.builder import build_chart, build_table
from threats.content.registry import CHART_SPECS
from threats.dataset.coder_agreement import agreement_by_code
from threats.stats.filters import Selection
from threats.stats.selection import select


def codes_of(data):
    return {
        "threat": list(data.names("threat_categories")),
        "response": list(data.names("responses")),
    }


def raw_readings():
    """Return for each kind, code and reader the pages that had it, read without our own code."""
    pages, given = set(), defaultdict(set)
    with (DATA / "double_readings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            pages.add(row["sampled_as"])
            if row["kind"]:
                given[row["kind"], row["code_id"], row["reader"]].add(row["sampled_as"])
            if row["role"] == "focus":
                given["focus", row["code_id"], row["reader"]].add(row["sampled_as"])
    return sorted(pages), given


def test_kappa_and_alpha_are_those_of_other_libraries(data):
    table = agreement_by_code(data["double_readings"], codes_of(data))
    pages, given = raw_readings()
    compared, codes = 0, codes_of(data)
    kinds = {"threat": codes["threat"], "focus": codes["threat"], "response": codes["response"]}
    used = {(kind, code) for kind, code, _ in given if code in kinds[kind]}
    assert len(pages) > 50
    for row in table.itertuples():
        coded = [
            [int(page in given[row.kind, row.code_id, reader]) for page in pages]
            for reader in ("first", "second")
        ]
        assert row.pages == len(pages)
        assert row.agreement == pytest.approx(np.mean(np.equal(*coded)))
        if not np.any(coded):
            assert np.isnan(row.alpha)
            assert np.isnan(row.kappa)
            continue
        alpha = krippendorff.alpha(coded, level_of_measurement="nominal")
        assert row.alpha == pytest.approx(alpha)
        square = np.zeros((2, 2))
        for first, second in zip(*coded, strict=True):
            square[first, second] += 1
        assert row.kappa == pytest.approx(cohens_kappa(square, return_results=False))
        compared += 1
    assert compared == len(used)  # the codes that either reader gave


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("threat", "terrorism"),
        ("threat", "irregular_migration"),
        ("threat", "cybercrime"),
        ("threat", "armed_conflict_spillover"),
        ("focus", "mass_displacement"),
        ("focus", "drug_trafficking"),
        ("response", "training_and_education"),
        ("response", "human_rights_safeguards"),
        ("response", "information_exchange"),
    ],
)
def test_the_counts_are_those_of_the_readings(data, kind, code):
    table = agreement_by_code(data["double_readings"], codes_of(data))
    row = table.set_index(["kind", "code_id"]).loc[(kind, code)]
    _, given = raw_readings()
    first, second = (given[kind, code, reader] for reader in ("first", "second"))
    counts = len(first & second), len(first - second), len(second - first)
    assert (row["both"], row["first_only"], row["second_only"]) == counts
    assert sum(counts) > 0


def readings(**given):
    """Return readings of ten pages; for each code the pages of the first and second reader."""
    rows = [(f"p{n}", f"p{n}", "first", "", "", "") for n in range(10)]
    for code, (first, second) in given.items():
        for reader, pages in (("first", first), ("second", second)):
            rows += [(f"p{n}", f"p{n}", reader, "threat", code, "discussed") for n in pages]
    columns = ["meeting_id", "sampled_as", "reader", "kind", "code_id", "role"]
    return pd.DataFrame(rows, columns=columns)


def test_agreement_by_hand_and_its_bands():
    table = agreement_by_code(
        readings(
            same=(range(5), range(5)),
            half=(range(6), range(3, 9)),
            rare=(range(2), range(2)),
            x_new=((), (1,)),
        ),
        {"threat": ["same", "half", "rare", "never", "new"], "response": []},
    )
    table = table[table["kind"] == "threat"].set_index("code_id")
    # half: 3 both, 3 and 3 alone, 1 neither; 12 of 20 values are ones, 6 pages are split.
    assert table.loc["half", "alpha"] == pytest.approx(1 - 6 * 19 / (12 * 8))
    assert table.loc["half", "kappa"] == pytest.approx((0.4 - 0.52) / 0.48)
    assert table["band"].to_dict() == {
        "same": "reliable",
        "half": "unreliable",
        "rare": "too_few",
        "never": "too_few",
    }


def test_unreliable_codes_carry_a_mark_and_ids_do_not(data):
    threats_named = data.names("threat_categories", "label")
    answers = data.names("responses", "label")
    marked = {key for key, name in (threats_named | answers).items() if name.endswith(" †")}
    # Krippendorff: nothing under 0.667; of a code given to fewer than five pages nothing is said.
    pages, given = raw_readings()
    weak = set()
    for kind, codes in codes_of(data).items():
        for code in codes:
            both = [given[kind, code, reader] for reader in ("first", "second")]
            coded = [[int(page in own) for page in pages] for own in both]
            if len(both[0] | both[1]) >= 5:
                alpha = krippendorff.alpha(coded, level_of_measurement="nominal")
                weak |= {code} if alpha < 0.667 else set()
    assert marked == weak
    assert weak
    assert "†" not in "".join(data.names("threat_categories", "short_name").values())


@pytest.mark.parametrize("name", CHART_SPECS)
def test_a_chart_that_names_an_unreliable_code_says_what_the_mark_means(data, name):
    selected = select(data, Selection())
    chart = example_chart(name, selected)
    named = "†" in chart.title + chart.alt + chart.table.to_csv()
    assert named == ("Less reliable category" in " ".join(chart.notes))
    names = (data.names("threat_categories", "label") | data.names("responses", "label")).values()
    marked = {name.removesuffix(" †") for name in names if name.endswith(" †")}
    assert marked
    for column in chart.table.columns[chart.table.dtypes.map(pd.api.types.is_string_dtype)]:
        assert not marked & set(chart.table[column]), column


def test_a_dataset_without_double_readings_marks_nothing(folder):
    file = folder / "double_readings.csv"
    file.write_text(file.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    (resource,) = (r for r in descriptor["resources"] if r["name"] == "double_readings")
    resource["minRows"] = 0
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    data = threats.load(folder)
    assert not any("†" in name for name in data.names("responses", "label").values())
    selected = select(data, Selection())
    assert build_chart("agreement", selected, {}) is None
    assert not build_table("agreement-pooled", selected, {})["Alpha"].any()
