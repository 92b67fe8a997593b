"""What the dashboard says and counts stays as it was reviewed (``tests/snapshots.py``).

Where a difference is meant, write the files anew and review their diff: the numbers of the figures
stand in ``digests.json`` apart from their wording.
"""

import json
import re
import warnings

import pytest
import snapshots

import threats

DATA = threats.load()
FILTERS = snapshots.filters(DATA)
DIGESTS = json.loads((snapshots.FOLDER / "digests.json").read_text(encoding="utf-8"))
# The other filters are a sweep: these show most of what can go wrong.
QUICK = ("no filter", "region central_asia", "nothing read")
ANEW = "write the snapshots anew by: python tests/snapshots.py"


def test_every_filter_has_a_snapshot():
    assert set(DIGESTS) == set(FILTERS), ANEW


@pytest.mark.parametrize(
    "name",
    [n if n in QUICK else pytest.param(n, marks=pytest.mark.sweep) for n in FILTERS],
)
def test_texts_and_figures_of_a_filter_are_as_reviewed(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        text, numbers = snapshots.snapshot(DATA, name, FILTERS[name])
    assert numbers == DIGESTS[name]["numbers"], ANEW
    path = snapshots.FOLDER / f"{name.replace(' ', '-')}.txt"
    if name in snapshots.SHOWN:
        assert text.splitlines() == path.read_text(encoding="utf-8").splitlines(), ANEW
    assert snapshots.digest(text) == DIGESTS[name]["text"], ANEW
    for line in text.splitlines():
        if not line.startswith("| "):
            assert " nan" not in line.lower()
            assert not re.search(r"\bNone\b(?! of (these|them)\b)", line)


@pytest.mark.parametrize("name", snapshots.BRIEFS)
def test_texts_of_a_brief_are_as_reviewed(name):
    reviewed = snapshots.brief_path(name).read_text(encoding="utf-8")
    assert snapshots.brief_text(DATA, snapshots.BRIEFS[name]).splitlines() == reviewed.splitlines()
