"""What a chart shows, in words: true of the figures, silent or plain where they are too few."""

import re

import pandas as pd
import pytest
from chart_examples import example_chart

from threats.content.builder import build_chart, parse_page_options
from threats.content.comparison_captions import era_changes_caption
from threats.content.count_captions import cooccurrence_caption, stacked_bars_caption
from threats.content.registry import CHART_SPECS
from threats.content.share_captions import (
    heatmap_caption,
    peak_phrase,
    ranking_caption,
    trends_sentence,
)
from threats.dataset.store import open_dataset
from threats.format import year_ranges
from threats.stats.attention import add_wilson
from threats.stats.filters import Selection
from threats.stats.selection import select
from threats.stats.trends import attention_trends, cochran_armitage
from threats.text.phrases import join_names
from threats.text.quantities import frequency, share_in_words


def by_year(rows):
    """Return a table from (threat, year, on_agenda, meetings)."""
    table = pd.DataFrame(rows, columns=["threat", "year", "on_agenda", "meetings"])
    return table.assign(share=table["on_agenda"] / table["meetings"].where(table["meetings"] > 0))


def totals(rows):
    return pd.DataFrame(rows, columns=["year", "meetings", "known"])


# 2 of 10, 5 of 10 and 8 of 10: a sum of 6 over a spread of 5, so z = 6 / 5 ** 0.5 = 2.683.
RISING = by_year([("Drugs", 2018, 2, 10), ("Drugs", 2019, 5, 10), ("Drugs", 2020, 8, 10)])
FULL = totals([(2018, 10, 10), (2019, 10, 10), (2020, 10, 10)])


def test_a_trend_is_that_of_cochran_and_armitage():
    (row,) = cochran_armitage(RISING, "threat").itertuples()
    assert row.p == pytest.approx(0.00729, abs=1e-5)
    assert (row.moved, row.split) == ("up", 2019)
    assert row.early_on + row.late_on == 15
    assert row.early + row.late == 30


def test_a_trend_turned_round_falls():
    turned = RISING.assign(on_agenda=[8, 5, 2])
    (row,) = cochran_armitage(turned, "threat").itertuples()
    assert (row.moved, row.p) == ("down", pytest.approx(0.00729, abs=1e-5))


def test_few_meetings_or_years_have_no_trend():
    few = by_year([("Arms", year, on, 10) for year, on in ((2018, 0), (2019, 1), (2020, 3))])
    two = by_year([("Arms", 2018, 1, 20), ("Arms", 2020, 19, 20)])
    always = by_year([("Arms", year, 10, 10) for year in (2018, 2019, 2020)])
    for table in (few, two, always):
        (row,) = cochran_armitage(table, "threat").itertuples()
        assert row.moved == "few"
        assert pd.isna(row.p)


def moved(table, **more):
    years = int(table["year"].min()), int(table["year"].max())
    return trends_sentence(cochran_armitage(table, "threat"), years, **more)


def test_trends_are_adjusted_for_all_that_is_tested():
    flat = [(f"Flat {n}", year, 5, 10) for n in range(19) for year in (2018, 2019, 2020)]
    many = cochran_armitage(pd.concat([RISING, by_year(flat)]), "threat").set_index("threat")
    assert many.loc["Drugs", "p_adjusted"] == pytest.approx(20 * 0.00729, abs=1e-3)
    assert many.loc["Drugs", "moved"] == "none"


def test_one_threat_by_year_tells_peak_trend_n_and_gaps():
    rows = pd.concat([RISING, by_year([("Drugs", 2021, 0, 0), ("Drugs", 2022, 0, 0)])])
    known = pd.concat([FULL, totals([(2021, 3, 0), (2022, 0, 0)])])
    assert heatmap_caption(rows, known, "on the agenda", moved(rows)) == (
        "Drugs: on the agenda in 15 of 30 meetings (50%), 2018–2022. Highest among years with 5 or "
        "more meetings: 2020 with 8 of 10 meetings (80%). Significant rise: Drugs, from 2 of 10 "
        "meetings (20%) before 2019 to 13 of 20 meetings (65%) from 2019 to 2022. No meeting was "
        "found for 2022. No agenda of 2021 is known."
    )


def test_several_threats_by_year_tell_the_most_frequent():
    other = by_year([("Arms", year, 1, 10) for year in (2018, 2019, 2020)])
    rows = pd.concat([RISING, other])
    told = heatmap_caption(rows, FULL, "mentioned", moved(rows))
    assert told.startswith(
        "Most often mentioned: drugs, in 15 of 30 meetings (50%), about half, ahead of arms (10%). "
        "Significant rise: Drugs, "
    )


def test_nothing_on_the_agenda_is_said_and_not_read_is_not_never():
    none = by_year([("Arms", 2018, 0, 4), ("Drugs", 2018, 0, 4)])
    known = totals([(2018, 4, 4)])
    assert "None of these threats was on the agenda." in heatmap_caption(
        none, known, "on the agenda", moved(none)
    )
    unread = by_year([("Arms", 2018, 0, 0), ("Drugs", 2018, 0, 0)])
    told = heatmap_caption(unread, totals([(2018, 4, 0)]), "on the agenda", moved(unread))
    assert "None of these" not in told
    assert told.endswith("No agenda of 2018 is known.")


def test_that_nothing_moved_says_of_what_where_that_is_not_all():
    flat = by_year([("Arms", year, 5, 10) for year in (2018, 2019, 2020)])
    assert moved(flat) == "No rise or fall is significant."
    assert moved(flat, scope="the threats chosen") == (
        "No rise or fall of the threats chosen is significant."
    )


def test_a_trend_holds_for_a_choice_of_threats_as_it_does_among_all(data):
    whole = attention_trends(select(data, Selection())).set_index("threat_id")
    by_themselves = whole.index[whole["p"] < 0.05]
    assert (whole.loc[by_themselves, "moved"] == "none").any()
    for threat in by_themselves:
        selected = select(data, Selection(threat=(threat,)))
        (row,) = attention_trends(selected).itertuples()
        assert (row.p_adjusted, row.moved) == tuple(whole.loc[threat, ["p_adjusted", "moved"]])
        for name in ("attention-by-year", "attention-compared", "attention-beside-measured"):
            page = CHART_SPECS[name].page
            shares = {"measure": ["share"]} if page == "trends" else {}
            values, problems = parse_page_options(page, shares, selected)
            assert not problems
            chart = build_chart(name, selected, values)
            if chart:
                assert ("No rise or fall" in chart.alt) == (row.moved == "none")
                assert any("all threats, whatever the filter" in note for note in chart.notes)


def test_a_peak_of_a_share_needs_enough_meetings_and_names_all_its_years():
    rows = by_year([("Arms", 2018, 1, 1), ("Arms", 2019, 2, 8), ("Arms", 2020, 3, 12)])
    assert peak_phrase(rows) == "2019–2020 with 25%"
    assert peak_phrase(rows, "count") == "2020 with 3 of 12 meetings (25%)"
    assert peak_phrase(rows.head(1)) == ""


def ranked(rows):
    table = pd.DataFrame(rows, columns=["threat", "on_agenda", "meetings"])
    table = add_wilson(table)
    return table.assign(status="counted")


def test_a_ranking_names_all_that_are_first_and_says_a_share_in_words():
    told = ranking_caption(ranked([("Arms", 5, 20), ("Drugs", 5, 20), ("Goods", 0, 20)]), "agenda")
    assert told == (
        "Most often on the agenda: arms and drugs, each in 5 of 20 meetings (25%), about one "
        "in four. Never on the agenda: goods."
    )
    assert "too few meetings to compare" in ranking_caption(
        ranked([("Arms", 1, 2), ("Drugs", 0, 2)]), "focus"
    )
    assert ranking_caption(ranked([("Arms", 0, 9)]), "focus") == "Never the main subject: arms."


def test_long_lists_are_cut_and_counted():
    assert join_names("abcdefgh") == "a, b, c, d, e, f, g and h"
    assert join_names("abcdefghij") == "a, b, c, d, e, f, g and 3 others"


NO_CHANGES = pd.DataFrame(columns=["threat", "era", "difference"])


def test_changes_of_eras_need_meetings():
    counts = {"before": 160, "during it": 58, "after it": 0}
    assert era_changes_caption(counts, NO_CHANGES) == (
        "No change is significant. Meetings: 160 before, 58 during it and 0 after it."
    )
    few = {"before": 4, "during it": 58, "after it": 9}
    assert era_changes_caption(few, NO_CHANGES).startswith("Too few meetings to test for a change.")


def test_stacked_bars_tell_parts_the_most_and_the_gaps():
    counts = totals([(2018, 3, 3), (2019, 0, 0), (2020, 3, 3), (2021, 1, 1)])
    told = stacked_bars_caption(counts, [("online", 5), ("in person", 2), ("hybrid", 0)])
    assert told == (
        "Most meetings: 3 in 2018 and 2020. 7 meetings, 2018–2021: online 5 and in person 2. "
        "No meeting was found for 2019."
    )
    # Five parts are in the legend, and as a sentence a list of numbers.
    many = stacked_bars_caption(counts, [(f"part {n}", n) for n in range(1, 6)])
    assert many == "Most meetings: 3 in 2018 and 2020. No meeting was found for 2019."


def test_pairs_that_come_too_rarely_tell_nothing():
    table = pd.DataFrame(
        {
            "row": ["A", "A"],
            "column": ["B", "C"],
            "together": [6, 1],
            "expected": [2.0, 0.5],
            "lift": [3.0, 2.0],
            "few": [False, True],
            "holds": [True, False],
        }
    )
    assert cooccurrence_caption(table, "response") == (
        "Strongest pair: A with b, 6 meetings, 3.0 times the expected number. "
        "Most frequent pair: A with b, 6 meetings."
    )
    # A pair that is not significant is not the strongest, however far above what is expected.
    assert cooccurrence_caption(table.assign(holds=False), "response").startswith(
        "No pair is significantly more frequent than expected within series. Most frequent pair: "
    )
    few = table.assign(few=True)
    assert cooccurrence_caption(few, "threat").startswith("No pair occurs often enough to compare.")


def test_years_and_shares_in_words():
    assert year_ranges([2008, 2006, 2007, 2011, 2011]) == "2006–2008 and 2011"
    assert year_ranges([]) == ""
    said = {0: "none of them", 0.27: "about one in four", 0.5: "about half", 1: "all of them"}
    said |= {49 / 328: "about one in seven", 2 / 12: "about one in six", 0.1: "about one in ten"}
    assert {share: share_in_words(share) for share in said} == said
    assert share_in_words(0.001) == "few of them"
    assert share_in_words(0.999) == "nearly all of them"
    assert [frequency(n) for n in (1, 2, 7)] == ["once", "twice", "7 times"]


CHART_TYPE = re.compile(
    r"(An? |The |\d+ )?(heatmap|points?|(stacked )?bars?|lines?|timeline|grid|matrix|(tile )?map"
    r"|dots?|"
    r"(small |three )?panels?|odds ratios|chart|plot|numbers of)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("selection", [Selection(), Selection(region=("central_asia",))])
@pytest.mark.parametrize("name", CHART_SPECS)
def test_a_caption_begins_with_the_finding_and_not_with_the_type_of_chart(name, selection):
    selected = select(open_dataset(), selection)
    chart = example_chart(name, selected)
    assert chart is None or not CHART_TYPE.match(chart.alt)


@pytest.mark.parametrize("name", CHART_SPECS)
def test_a_caption_is_a_few_sentences_that_end(name):
    selected = select(open_dataset(), Selection())
    told = example_chart(name, selected).alt
    assert told[0].isupper() or told[0].isdigit()
    assert told.endswith(".")
    assert 30 < len(told) < 700
    assert ".." not in told
    assert "  " not in told
