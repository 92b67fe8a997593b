"""Every chart and sentence over filters of every kind: no error, no "nan", no warning."""

import warnings

import pytest

import threats
from threats import findings, shifts
from threats.selection import Selection, options, select
from threats.views import covid, overview, regions, responses, trends

DATA = threats.load()
IDS = {name: list(labels) for name, labels in options(DATA).items()}
FILTERS = {
    **{f"region {key}": Selection(region=(key,)) for key in IDS["region"]},
    **{f"series {key}": Selection(series=(key,)) for key in IDS["series"]},
    **{f"threat {key}": Selection(threat=(key,)) for key in IDS["threat"][::4]},
    **{f"group {key}": Selection(group=(key,), region=("south_caucasus",)) for key in IDS["group"]},
    "one early year": Selection(years=(2007, 2007)),
    "one late year": Selection(years=(2026, 2026), courses=True),
    "nothing read": Selection(series=("bsmnfp",), years=(2017, 2017)),
    "the emergency alone": Selection(years=(2021, 2022)),
    "everything": Selection(courses=True),
}


@pytest.mark.parametrize("name", FILTERS)
def test_every_chart_draws_and_every_sentence_is_plain(name):
    selected = select(DATA, FILTERS[name])
    if selected.meetings.empty:
        pytest.skip("nothing is left, which the pages say")
    days = DATA.era_bounds()
    eras, threat = shifts.with_eras(selected, *days), selected.threats["threat_id"].iloc[0]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        charts = [
            trends.heatmap(selected),
            trends.heatmap(selected, "count", "any"),
            trends.lines(selected),
            trends.lines(selected, (threat,), "count"),
            trends.presence(selected),
            overview.ranking(selected),
            overview.meetings(selected),
            covid.shift(eras, days),
            covid.shift(eras, days, "during", "any", pandemic_search=True),
            covid.within(eras, days),
            covid.make_up(eras, days),
            covid.make_up(eras, days, "scope"),
            covid.links(eras),
            covid.formats(eras, days),
            covid.participants(eras, days),
            regions.tile_map(selected, "share", threat),
            regions.tile_map(selected, "count", threat),
            regions.region_grid(selected),
            regions.by_region(selected, threat),
            regions.session_timeline(selected),
            responses.with_threats(selected),
            responses.over_years(selected),
            responses.threats_together(selected),
            responses.organizations(selected),
        ]
        sentences = findings.headline(selected) + findings.covid(eras)
        for chart in filter(None, charts):
            figure = chart.draw(name == "everything")
            assert figure.layout.template.layout.font.family
            sentences += [chart.title, chart.subtitle, chart.alt, *chart.notes]
    for sentence in sentences:
        assert " nan" not in sentence.lower()
        assert "None" not in sentence.replace("None of these", "").replace("None of them", "")
