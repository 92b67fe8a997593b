"""What is drawn can be told apart by readers who see colours otherwise, in both themes."""

import re
import tomllib
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from chart_examples import example_chart
from coloraide import Color

from threats.brief.docx_elements import DOCX_FONT, DOCX_MUTED_COLOUR, DOCX_TEXT_COLOUR
from threats.charts.theme import (
    AREA_PATTERNS,
    DARK,
    FONT_FAMILY,
    LIGHT,
    MAX_COLOURS,
    PAGE_FONT_SIZE,
    contrast_colour,
)
from threats.content.registry import CHART_SPECS
from threats.dataset.store import open_dataset
from threats.stats.filters import Selection
from threats.stats.selection import select

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


ROOT = Path(__file__).parent.parent


def tokens_of(theme):
    """Return the colours of a theme by the names of their tokens."""
    named = {}
    for name, value in vars(theme).items():
        if isinstance(value, tuple):
            named |= {f"{name}{place}": colour for place, colour in enumerate(value)}
        elif name != "name":
            named[name] = value
    return named


def test_streamlit_has_the_colours_of_the_charts():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for name, theme in THEMES.items():
        link = {"linkColor": theme.colours[0]} if theme.button != theme.colours[0] else {}
        assert settings["theme"][name] == {
            "primaryColor": theme.button,
            "backgroundColor": theme.page,
            "secondaryBackgroundColor": theme.surface,
            "textColor": theme.text,
            **link,
        }
    assert settings["theme"]["baseFontSize"] == PAGE_FONT_SIZE


STYLED = [
    path
    for path in sorted((ROOT / "threats").rglob("*"))
    if path.suffix in (".css", ".html", ".py") and path.name != "theme.py"
]


def test_colours_and_fonts_of_pages_and_files_are_tokens():
    """A colour is a token, and both of ``light-dark()`` are the same token of the two themes."""
    light, dark = tokens_of(LIGHT), tokens_of(DARK)
    pairs = {(light[name], dark[name]) for name in light}
    for path in STYLED:
        text = path.read_text(encoding="utf-8")
        used = set(re.findall(r"#[0-9A-Fa-f]{6}\b", text))
        assert used <= {*light.values(), *dark.values()}, path
        assert set(re.findall(r"light-dark\((.+?), (.+?)\)", text)) <= pairs, path
        fonts = re.findall(r'("[^";{}]+", [^;{}]*sans-serif)', text)
        assert path.suffix == ".py" or all(map(FONT_FAMILY.endswith, fonts)), path
        assert not re.search(r"\brgba?\(\d|RGBColor\(", text), path


def test_word_files_have_the_text_colours_of_the_light_theme():
    assert str(DOCX_TEXT_COLOUR) == LIGHT.text[1:]
    assert str(DOCX_MUTED_COLOUR) == LIGHT.muted[1:]
    assert DOCX_FONT in FONT_FAMILY


@themes
def test_text_stands_out_from_the_page(theme):
    tokens = THEMES[theme]
    for name in ("text", "muted", "band"):
        assert contrast(getattr(tokens, name), tokens.page) >= TEXT, name


@themes
def test_lines_and_marks_stand_out_from_the_page(theme):
    tokens = THEMES[theme]
    for colour in (*tokens.colours, *tokens.shades[2:], tokens.muted):
        assert contrast(colour, tokens.page) >= LINE, colour


@themes
def test_text_stands_out_from_every_area(theme):
    tokens = THEMES[theme]
    areas = [tokens.page, tokens.zero, *tokens.shades, *tokens.colours]
    for colour in (*areas, *THEMES[theme].diverging):
        assert contrast(contrast_colour(colour), colour) >= TEXT, colour


@themes
@pytest.mark.parametrize("eyes", SEEN_BY)
def test_steps_of_a_scale_are_told_apart_by_colour_blind_readers(theme, eyes):
    tokens = THEMES[theme]
    for one, other in pairwise(seen([tokens.zero, *tokens.shades], eyes)):
        assert difference(one, other) >= APART
    for one, other in combinations(seen(THEMES[theme].diverging, eyes), 2):
        assert difference(one, other) >= APART


@themes
@pytest.mark.parametrize("eyes", SEEN_BY)
def test_kinds_are_told_apart_by_colour_or_pattern(theme, eyes):
    colours = seen(THEMES[theme].colours, eyes)
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
    selected = select(open_dataset(), Selection())
    figure = example_chart(name, selected).draw(LIGHT)
    # Shades of a scale go from light to dark, which needs no eye for colours.
    scale = {*LIGHT.shades, LIGHT.zero, LIGHT.page}
    kinds = {}
    # Traces of the legend name the classes of a heatmap.
    for trace in [trace for trace in figure.data if trace.type != "heatmap"]:
        colour = trace.marker.color
        if trace.showlegend and not (isinstance(colour, str) and colour in scale):
            kinds.setdefault(trace.name, trace)
    for one, other in combinations(kinds.values(), 2):
        assert marks(one) != marks(other) or lighter(one, other), (one.name, other.name)
