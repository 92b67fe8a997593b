"""Every chart and sentence over filters of every kind: no error, no "nan", no warning."""

import warnings

import pytest

import threats
from threats.content.builder import build_item, parse_page_options
from threats.content.registry import CHART_SPECS, SENTENCE_SPECS
from threats.stats.selection import Selection, filter_choices, select

DATA = threats.load()
IDS = {name: list(labels) for name, labels in filter_choices(DATA).items()}
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


OPTIONS = (
    {},
    {
        "measure": "count",
        "role": "any",
        "colour": "count",
        "later": "during",
        "make_up": "scope",
        "pandemic_search": "yes",
    },
)


@pytest.mark.parametrize("name", FILTERS)
def test_every_chart_draws_and_every_sentence_is_plain(name):
    selected = select(DATA, FILTERS[name])
    if selected.meetings.empty:
        pytest.skip("nothing is left, which the pages say")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        charts, sentences = [], []
        for options in OPTIONS:
            for part in (*CHART_SPECS.values(), *SENTENCE_SPECS.values()):
                params = {key: [text] for key, text in options.items()}
                values, _ = parse_page_options(part.page, params, selected)
                made = build_item(part, selected, values)
                if isinstance(made, list):
                    sentences += made
                else:
                    charts.append(made)
        for chart in filter(None, charts):
            figure = chart.draw(name == "everything")
            assert figure.layout.template.layout.font.family
            sentences += [chart.title, chart.subtitle, chart.alt, *chart.notes]
    for sentence in sentences:
        assert " nan" not in sentence.lower()
        assert "None" not in sentence.replace("None of these", "").replace("None of them", "")
