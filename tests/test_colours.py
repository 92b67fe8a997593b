"""What is drawn can be told apart by readers who see colours otherwise, in both themes."""

from itertools import combinations, pairwise

import pytest
from coloraide import Color

from threats.charts.theme import (
    AREA_PATTERNS,
    DARK,
    DIVERGING_COLOURS,
    LIGHT,
    MAX_COLOURS,
    contrast_colour,
)
from threats.content.builder import build_chart, parse_page_options
from threats.content.registry import CHART_SPECS
from threats.dataset.store import open_dataset
from threats.stats.selection import Selection, select_cached

THEMES = {"light": LIGHT, "dark": DARK}
# Protanopia and deuteranopia by Machado and others (2009), tritanopia, which theirs does not fit
# well, by Brettel and others (1997).
SEEN_BY = {"protan": "machado", "deutan": "machado", "tritan": "brettel"}
APART = 8  # CIEDE2000; beside one another differences of 2 to 3 can be seen
TEXT, LINE = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11

themes = pytest.mark.parametrize("theme", THEMES)


def contrast(one, other):
    return Color(one).contrast(other, method="wcag21")


def seen(colours, eyes):
    return [Color(colour).filter(eyes, method=SEEN_BY[eyes]) for colour in colours]


def difference(one, other):
    return one.delta_e(other, method="2000")


@themes
def test_text_stands_out_from_the_page(theme):
    tone = THEMES[theme]
    for name in ("text", "soft", "band"):
        assert contrast(tone[name], tone["page"]) >= TEXT, name


@themes
def test_lines_and_marks_stand_out_from_the_page(theme):
    tone = THEMES[theme]
    for colour in (*tone["colours"], *tone["shades"][2:], tone["soft"]):
        assert contrast(colour, tone["page"]) >= LINE, colour


@themes
def test_text_stands_out_from_every_area(theme):
    tone = THEMES[theme]
    areas = [tone["page"], tone["zero"], *tone["shades"], *tone["colours"]]
    for colour in (*areas, *DIVERGING_COLOURS[theme]):
        assert contrast(contrast_colour(colour), colour) >= TEXT, colour


@themes
@pytest.mark.parametrize("eyes", SEEN_BY)
def test_steps_of_a_scale_are_told_apart_by_colour_blind_readers(theme, eyes):
    tone = THEMES[theme]
    for one, other in pairwise(seen([tone["zero"], *tone["shades"]], eyes)):
        assert difference(one, other) >= APART
    for one, other in combinations(seen(DIVERGING_COLOURS[theme], eyes), 2):
        assert difference(one, other) >= APART


@themes
@pytest.mark.parametrize("eyes", SEEN_BY)
def test_kinds_are_told_apart_by_colour_or_pattern(theme, eyes):
    colours = seen(THEMES[theme]["colours"], eyes)
    alike = [
        (a, b)
        for (a, one), (b, other) in combinations(enumerate(colours), 2)
        if difference(one, other) < APART
    ]
    for a, b in alike:
        assert AREA_PATTERNS[a] != AREA_PATTERNS[b]
    assert len(set(AREA_PATTERNS)) == MAX_COLOURS


def marks(trace):
    """Return what tells a trace from others of its figure beside its colour."""
    drawn = trace.to_plotly_json()
    marker = drawn.get("marker", {})
    return (
        drawn["type"],
        marker.get("pattern", {}).get("shape") or "",
        marker.get("symbol") or "",
        drawn.get("mode") or "",
    )


def lighter(one, other):
    """Return whether one colour is so much lighter than another that no hue is needed to tell."""
    colours = one.marker.color, other.marker.color
    return all(isinstance(c, str) for c in colours) and contrast(*colours) >= 1.5


@pytest.mark.parametrize("name", CHART_SPECS)
def test_no_two_kinds_of_a_chart_differ_by_colour_alone(name):
    selected = select_cached(open_dataset(), Selection())
    values, _ = parse_page_options(CHART_SPECS[name].page, {}, selected)
    figure = build_chart(name, selected, values).draw(False)
    # Shades of a scale go from light to dark, which needs no eye for colours.
    scale = {*LIGHT["shades"], LIGHT["zero"], LIGHT["page"]}
    kinds = {}
    for trace in figure.data:
        colour = trace.marker.color
        if trace.showlegend and not (isinstance(colour, str) and colour in scale):
            kinds.setdefault(trace.name, trace)
    for one, other in combinations(kinds.values(), 2):
        assert marks(one) != marks(other) or lighter(one, other), (one.name, other.name)
