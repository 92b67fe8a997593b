"""Do the findings hold? By hand-made changes of the data, and by what the filter's parts leave."""

from collections import Counter

import pandas as pd
import plain
import pytest

import threats
from threats.content import robustness
from threats.content.builder import build_item, build_table
from threats.content.findings import Finding, HeadlineFigures, headline_findings
from threats.content.registry import SENTENCE_SPECS
from threats.content.selection_text import describe
from threats.format import lower_name
from threats.stats.filters import Selection, from_params, to_params
from threats.stats.selection import select


def test_reading_whole_stands_in_the_address_and_in_words(data):
    selection, problems = from_params({"reading": ["whole"]}, data)
    assert selection == Selection(reading="whole")
    assert not problems
    assert to_params(selection) == {"reading": ["whole"]}
    selected = select(data, selection)
    whole = [row["meeting_id"] for row in plain.meetings() if row["reading"] == "whole"]
    assert selected.meetings["meeting_id"].tolist() == whole
    assert "bsmnfp-2021" in whole
    assert "only fully read pages" in describe(selected)
    assert from_params({"reading": ["part"]}, data) == (Selection(), ["reading=part"])


def told(data, selection=None, role="agenda"):
    selected = select(data, selection or Selection())
    return build_table("findings-hold", selected, {"role": role}).set_index("Finding")


def test_each_finding_is_asked_under_each_way_to_count(data):
    table = told(data)
    assert list(table.columns) == [
        "Default",
        "Main subject only",
        "Training courses included",
        "National events included",
        "Fully read pages only",
    ]
    on, names = plain.on_agenda(), data.names("threat_categories", "label")
    named = {key: lower_name(name) for key, name in names.items()}

    def never_on(**more):
        ids = {row["meeting_id"] for row in plain.meetings(**more)}
        return {threat for threat in names if not on[threat] & ids}

    default, courses, national = never_on(), never_on(courses=True), never_on(national=True)
    never = table[table.index.str.startswith("Never")].iloc[0]
    assert never["Default"] == f"{len(default)} of 29 threats never"
    for column, left in (
        ("Training courses included", courses),
        ("National events included", national),
    ):
        found = [named[key] for key in names if key in default - left]
        answer = "not robust" if found else "robust"
        assert never[column].startswith(f"{answer}: {len(left)} of 29 threats never")
        assert all(name in never[column] for name in found)
    assert default - courses  # some were on the agenda of courses alone
    # What is a main subject is on the agenda too, so that nothing new can come up.
    assert never["Main subject only"].startswith("not testable: ")
    assert never["Fully read pages only"].startswith("not testable: ")
    known = {row["meeting_id"] for row in plain.meetings() if row["reading"] != "none"}
    shares = {key: len(on[key] & known) for key in names if key != "pandemic"}
    most = max(shares, key=shares.get)
    top = table[table.index.str.startswith("Most often")].iloc[0]
    assert top["Default"].startswith(f"{named[most]}: {shares[most]} of {len(known)} (")
    focus = plain.on_agenda(roles=("focus",))
    first = max(names, key=lambda key: len(focus[key] & known))
    answer = "robust" if first == most else "not robust"
    assert top["Main subject only"].startswith(f"{answer}: {named[first]}: ")


def test_a_finding_that_could_not_fail_does_not_hold(data):
    """A series alone is a part of all meetings."""
    table = build_table("findings-by-series", select(data, Selection()), {})
    never = table[table["Finding"].str.startswith("Never")]
    assert set(never["Answer"]) == {"not testable", "too few meetings"}
    any_mention = told(data, role="any")["Your settings"]
    never = any_mention[any_mention.index.str.startswith("Never")].iloc[0]
    assert never.startswith(("robust: ", "not robust: "))


def test_one_threat_alone_is_not_the_most_frequent_by_any_count(data):
    table = told(data, Selection(threat=("drug_trafficking",)))
    top = table[table.index.str.startswith("Drug trafficking: on the agenda")].iloc[0]
    assert top["Main subject only"].startswith("not testable: drug trafficking: ")
    assert not top.str.startswith("robust").any()


def test_one_of_several_that_are_first_or_last_is_not_so_alone():
    names = {"a": "arms", "b": "bribes", "c": "crime"}

    def other(on, first):
        attention = pd.DataFrame(
            {"on_agenda": on, "meetings": 9, "first": first}, index=list(names)
        )
        attention = attention.assign(share=attention["on_agenda"] / 9, threat=names)
        return HeadlineFigures(9, attention, frozenset(), None, True, 2009, "agenda", False)

    alone, tied = other([4, 2, 1], [2009, 2006, 2007]), other([4, 4, 1], [2009, 2009, 2007])
    for finding, figure in (
        (Finding("", "most_frequent", frozenset("a")), "arms and bribes: 4 of 9 (44%)"),
        (Finding("", "newest", frozenset("a")), "arms and bribes: 2009"),
    ):
        check = robustness.HEADLINE_CHECKS[finding.kind]
        assert check(finding, alone)[0] == "robust"
        assert check(finding, tied) == ("not robust", figure)


def test_what_is_asked_is_what_the_overview_says(data):
    selection = Selection(years=(2020, 2020))
    table = told(data, selection)
    [first, *_] = headline_findings(select(data, selection))
    # By share: of the pandemic fewer meetings can tell than of the rest.
    assert first.startswith("Most often on the agenda: the pandemic, in ")
    assert table.index[0] == first
    # That it came up for the first time would need the years before.
    assert not table.index.str.startswith("Newest").any()
    assert told(data).index.str.startswith("Newest").any()


def test_the_readers_own_choice_stands_beside(data):
    own = told(data, Selection(series=("ct_conference",)), "focus")["Your settings"]
    assert own.index[0].startswith("Most often on the agenda: human trafficking, ")
    assert own.iloc[0].startswith("not robust: ")
    assert "terrorism" in own.iloc[0]
    assert "human trafficking" not in own.iloc[0]
    assert "Your settings" not in told(data, Selection(courses=True))


def test_within_a_series_of_few_meetings_it_is_too_few_to_tell(data):
    table = build_table("findings-by-series", select(data, Selection()), {})
    few = table[table["Series"] == "Staff College conferences"]
    assert (few["Answer"] == "too few meetings").all()
    assert len(table) == len(plain.rows("series")) * table["Finding"].nunique()


@pytest.mark.parametrize(
    ("difference", "low", "high", "holds", "verdict"),
    [
        (0.15, 0.05, 0.25, True, "robust"),
        (0.10, -0.05, 0.25, False, "too few meetings"),
        (0.02, -0.05, 0.09, False, "not robust"),
        (-0.2, -0.3, -0.1, True, "not robust"),
    ],
)
def test_a_change_is_robust_or_not_or_inconclusive(difference, low, high, holds, verdict):
    other = pd.Series(
        dict(difference=difference, difference_low=low, difference_high=high, holds=holds)
    )
    assert robustness.compare_changes(0.2, other)[0] == verdict


def test_a_change_with_few_meetings_is_inconclusive(data):
    selected = select(data, Selection(series=("cyber_conference",)))
    rise = Finding("", "era_change", frozenset(["terrorism"]), 0.2, "after")
    series = [
        row["start_date"]
        for row in plain.meetings()
        if row["series"] == "cyber_conference" and row["reading"] != "none"
    ]
    before, after = (
        sum(keep(day) for day in series)
        for keep in (
            lambda day: "" < day < "2020-01-30" and day not in ("2020", "2020-01"),
            lambda day: day > "2023-05-05",
        )
    )
    assert 0 < after < 5 <= before
    assert robustness.check_era_change(rise, selected) == (
        "too few meetings",
        f"{before} meetings before, {after} after the pandemic period",
    )


def test_a_changed_row_changes_the_number_on_the_page(data, folder):
    file = folder / "meetings.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith("thb-2019,"))
    assert ",read,part," in lines[at]
    lines[at] = lines[at].replace(",read,part,", ",read,whole,")
    file.write_text("".join(lines), encoding="utf-8")
    before, after = (
        build_item(SENTENCE_SPECS["data"], select(d, Selection()), {})
        for d in (data, threats.load(folder))
    )
    reading = Counter(row["reading"] for row in plain.rows("meetings"))
    for lines, changed in ((before, 0), (after, 1)):
        part, whole = reading["part"] - changed, reading["whole"] + changed
        assert any(
            f"{part} were read only in part" in line and f"{whole} in full" in line
            for line in lines
        )


def test_a_changed_reading_changes_agreement_and_mark(folder):
    file = folder / "double_readings.csv"
    text = file.read_text(encoding="utf-8")
    kept = [
        line
        for line in text.splitlines(keepends=True)
        if ",cybercrime," not in line or "socta" in line
    ]
    file.write_text("".join(kept), encoding="utf-8")
    data = threats.load(folder)
    assert data.names("threat_categories", "label")["cybercrime"] == "Cybercrime"
