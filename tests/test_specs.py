"""Specifications of charts, tables and sentences: options and texts are complete at import."""

import pytest

from threats.content.registry import CHART_SPECS, SENTENCE_SPECS, TABLE_SPECS
from threats.content.specs import ChartSpec
from threats.content.trends import attention_heatmap_chart
from threats.text.headings import EMPTY_CHART_TEXTS, SENTENCES_TITLES, TABLE_TITLES


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("measur",), "measur"),  # no such option
        (("measure", "compare"), "compare"),  # no parameter of the builder
        (("role",), "measure"),  # a parameter that no option gives
    ],
)
def test_options_that_the_builder_does_not_take_fail_at_import(options, named):
    with pytest.raises(TypeError, match=f"attention: options {named} do not match"):
        ChartSpec("attention", "trends", attention_heatmap_chart, options)


def test_every_table_and_list_of_sentences_has_a_title():
    assert TABLE_SPECS.keys() == TABLE_TITLES.keys()
    assert {spec.name for spec in SENTENCE_SPECS.values()} == SENTENCES_TITLES.keys()
    assert EMPTY_CHART_TEXTS.keys() <= CHART_SPECS.keys()
