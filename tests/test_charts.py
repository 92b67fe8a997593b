"""Charts: what is drawn, in which order and colours, from tables written here."""

import datetime as dt
import json
import math
import re
from pathlib import Path

import pandas as pd
import pytest
from chart_examples import example_chart
from drawn import drawn_cells
from hostile import hostile

import threats
from threats.charts.dot_plot import draw_attention_ranking
from threats.charts.heatmap import draw_attention_heatmap
from threats.charts.matrix import draw_region_matrix
from threats.charts.mobile import for_mobile
from threats.charts.small_multiples import draw_attention_lines
from threats.charts.stacked_bars import draw_meetings_by_series
from threats.charts.theme import DARK, LIGHT, MAX_COLOURS
from threats.content.builder import build_chart, parse_page_options
from threats.content.registry import CHART_SPECS
from threats.stats.filters import Selection
from threats.stats.selection import select

EMERGENCY = (dt.date(2020, 1, 30), dt.date(2023, 5, 5))


def attention(rows):
    """Return a table for the heatmap from (threat, year, on_agenda, meetings, status)."""
    table = pd.DataFrame(rows, columns=["threat", "year", "on_agenda", "meetings", "status"])
    table["share"] = table["on_agenda"] / table["meetings"].where(table["meetings"] > 0)
    table["low"], table["high"] = table["share"] * 0.5, (table["share"] * 1.5).clip(upper=1)
    table["threat_id"] = table["threat"].str.lower()
    table["mark"] = "threat:" + table["threat_id"] + " year:" + table["year"].astype("str")
    return table.assign(words="words")


TABLE = attention(
    [
        ("Drugs", 2019, 3, 4, "counted"),
        ("Drugs", 2020, 0, 4, "counted"),
        ("Drugs", 2021, 0, 0, "not_read"),
        ("Drugs", 2022, 0, 0, "no_meeting"),
        ("Arms", 2019, 1, 4, "counted"),
        ("Arms", 2020, 1, 20, "counted"),
        ("Arms", 2021, 0, 0, "not_read"),
        ("Arms", 2022, 0, 0, "no_meeting"),
    ]
)
TOTALS = pd.DataFrame(
    {"year": [2019, 2020, 2021, 2022], "meetings": [4, 4, 2, 0], "known": [4, 4, 0, 0]}
)


def cells(figure):
    """Return {(row, column): name of the class} of heatmaps and of the hatched cells of a figure,
    by the colours of the legend."""
    return {place: cell["class"] for place, cell in drawn_cells(figure).items()}


def test_heatmap_puts_each_share_in_its_class_and_tells_three_kinds_of_nothing_apart():
    figure = draw_attention_heatmap(TABLE, TOTALS, "share", EMERGENCY)
    assert cells(figure) == {
        ("Drugs", 2019): "too few meetings",
        ("Drugs", 2020): "not on the agenda",
        ("Drugs", 2021): "agenda not read",
        ("Arms", 2019): "too few meetings",
        ("Arms", 2020): "up to 10%",
        ("Arms", 2021): "agenda not read",
    }
    hatched = [t for t in figure.data if t.type == "bar" and t.marker.pattern.shape]
    assert {y for trace in hatched if trace.orientation == "h" for y in trace.y} == {
        "Drugs",
        "Arms",
    }


def test_heatmap_of_counts_has_classes_of_counts():
    figure = draw_attention_heatmap(TABLE, TOTALS, "count", EMERGENCY)
    assert cells(figure)["Drugs", 2019] == "3–4"
    assert cells(figure)["Arms", 2019] == "1"


def test_heatmap_keeps_the_order_of_the_table_from_the_top():
    figure = draw_attention_heatmap(TABLE, TOTALS, "share", EMERGENCY)
    assert list(figure.layout.yaxis.categoryarray) == ["Drugs", "Arms"]
    assert figure.layout.yaxis.autorange == "reversed"


def test_a_strip_under_the_charts_shows_meetings_known_and_unread():
    for draw in (draw_attention_heatmap, draw_attention_lines):
        figure = draw(TABLE, TOTALS, "share", EMERGENCY)
        known = next(t for t in figure.data if t.name == "agenda known")
        unread = next(
            t for t in figure.data if t.name == "agenda not read" and t.orientation != "h"
        )
        # The last year has no meeting at all, so no bar.
        assert list(known.y)[:3] == [4, 4, 0]
        assert math.isnan(known.y[3])
        assert list(unread.y) == [0, 0, 2, 0]


def test_lines_break_where_no_agenda_is_known_and_carry_intervals():
    figure = draw_attention_lines(TABLE, TOTALS, "share", EMERGENCY)
    line = next(t for t in figure.data if t.name == "Drugs")
    assert list(line.y)[:2] == [75, 0]
    assert pd.isna(line.y[2])
    assert line.connectgaps is False
    assert any(t.name == "95% interval" for t in figure.data)
    counts = draw_attention_lines(TABLE, TOTALS, "count", EMERGENCY)
    assert not any(t.name == "95% interval" for t in counts.data)


def test_the_emergency_is_a_labelled_band_at_its_dates():
    for draw in (draw_attention_heatmap, draw_attention_lines):
        figure = draw(TABLE, TOTALS, "share", EMERGENCY)
        band = figure.layout.shapes[0]
        assert band.x0 == pytest.approx(2019.58, abs=0.01)
        assert band.x1 == pytest.approx(2022.55)  # the axis ends before the emergency does
        assert "WHO emergency (COVID-19)" in [a.text for a in figure.layout.annotations]


def test_a_span_without_the_emergency_has_no_band():
    figure = draw_attention_lines(
        TABLE[TABLE["year"] == 2019],
        TOTALS[TOTALS["year"] == 2019],
        "share",
        (dt.date(2030, 1, 1), dt.date(2031, 1, 1)),
    )
    assert not figure.layout.shapes


@pytest.mark.parametrize(
    ("role", "absent"),
    [
        ("agenda", "not on the agenda"),
        ("focus", "not a main subject"),
        ("any", "not mentioned"),
    ],
)
def test_what_a_threat_was_not_follows_the_role(data, role, absent):
    selected = select(data, Selection(region=("central_asia",)))
    values, problems = parse_page_options(
        "trends", {"role": [role], "measure": ["share"]}, selected
    )
    assert not problems
    heatmap = build_chart("attention-by-year", selected, values).draw(LIGHT)
    names = {t.name for t in heatmap.data}
    assert absent in names
    assert not names & ({"not on the agenda", "not a main subject", "not mentioned"} - {absent})


def texts_of(value):
    """Yield every text in a figure, or in a part of it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in ("template", "font", "bdata"):
                yield from texts_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_of(part)


def drawn_texts(dataset):
    """Return the texts of every chart of a dataset by the names of the charts."""
    selected = select(dataset, Selection())
    texts = {}
    for name in CHART_SPECS:
        figure = json.loads(example_chart(name, selected).draw(LIGHT).to_json())
        texts[name] = list(texts_of(figure))
    return texts


@pytest.mark.slow
def test_no_text_is_escaped_twice(data):
    for name, texts in drawn_texts(data).items():
        wrong = [text for text in texts if re.search("&lt;(?:b|/b|br)|&amp;(?:lt|gt|amp|#)", text)]
        assert not wrong, name


@pytest.mark.slow
def test_text_of_the_data_is_never_markup(tmp_path):
    bad = threats.load(hostile(Path(__file__).parent.parent / "data", tmp_path / "data"))
    shown = 0
    for name, texts in drawn_texts(bad).items():
        for text in texts:
            own = re.sub(r"</?b>|<br>|<extra></extra>", "", text)
            assert not re.search("[<>]", own), (name, text)
            # Placeholders are those of hover and cell texts, which have no text of the data.
            placeholders = set(re.findall("%{(.*?)[:}]", text))
            assert placeholders <= {
                "x",
                "y",
                "text",
                "fullData.name",
                *(f"customdata[{n}]" for n in (1, 2)),
            }
            alone = text == "%{text}" or not placeholders
            assert text.endswith("<extra></extra>") or alone, (name, text)
            shown += "&lt;" in text
    assert shown > 100


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_chart_has_our_template_and_at_most_six_colours(theme):
    stacked = pd.DataFrame(
        {"label": list("abcdef"), "year": 2020, "meetings": 1, "mark": "", "words": ""}
    )
    figures = [
        draw_attention_heatmap(TABLE, TOTALS, "share", EMERGENCY, theme=theme),
        draw_attention_lines(TABLE, TOTALS, "share", EMERGENCY, theme=theme),
        draw_attention_ranking(TABLE[TABLE["year"] == 2019], theme),
        draw_meetings_by_series(stacked, EMERGENCY, theme),
    ]
    for figure in figures:
        assert figure.layout.template.layout.paper_bgcolor == theme.page
        marked = [trace.marker.color for trace in figure.data if trace.type != "heatmap"]
        colours = {colour for colour in marked if isinstance(colour, str)} - {theme.page}
        strip = {theme.muted}
        assert len(colours - strip) <= MAX_COLOURS


def test_seven_series_are_refused():
    table = pd.DataFrame(
        {"label": list("abcdefg"), "year": 2020, "meetings": 1, "mark": "", "words": ""}
    )
    with pytest.raises(ValueError, match="7 labels"):
        draw_meetings_by_series(table, EMERGENCY)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    parts = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_and_texts_stand_out_from_the_page(theme):
    """WCAG 2.2: 3:1 for marks, 4.5:1 for text."""
    assert min(contrast(colour, theme.page) for colour in theme.colours) >= 3
    assert min(contrast(colour, theme.page) for colour in (theme.text, theme.muted)) >= 4.5
    assert contrast(theme.band, theme.page) >= 4.5
    steps = [luminance(colour) for colour in (theme.zero, *theme.shades)]
    assert steps == sorted(steps, reverse=theme is LIGHT)


def test_numbers_stand_in_their_cells_in_ink_that_stands_out():
    figure = draw_attention_heatmap(TABLE, TOTALS, "share", EMERGENCY)
    drawn = drawn_cells(figure)
    assert {place: cell["text"] for place, cell in drawn.items() if cell["text"]} == {
        ("Drugs", 2019): "3",
        ("Drugs", 2020): "·",  # looked and not there
        ("Arms", 2019): "1",
        ("Arms", 2020): "1",
    }
    for cell in drawn.values():
        assert not cell["text"] or contrast(cell["ink"], cell["fill"]) >= 4.5


def test_each_cell_has_the_mark_and_the_words_of_its_row():
    table = TABLE.assign(words=TABLE["threat"] + TABLE["year"].astype(str))
    drawn = drawn_cells(draw_attention_heatmap(table, TOTALS, "share", EMERGENCY))
    assert drawn["Arms", 2020]["data"] == ["threat:arms year:2020", 2020, "Arms2020"]
    # A hatched cell has them too.
    assert drawn["Drugs", 2021]["data"] == ["threat:drugs year:2021", 2021, "Drugs2021"]
    assert ("Drugs", 2022) not in drawn


def test_a_chosen_cell_has_an_outline_around_it():
    figure = draw_attention_heatmap(TABLE, TOTALS, "share", EMERGENCY, ("arms", 2020))
    outline = figure.layout.shapes[-1]
    assert outline.x0 < 2020 < outline.x1
    assert outline.y0 < list(figure.layout.yaxis.categoryarray).index("Arms") < outline.y1


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_matrix_has_each_share_in_the_colour_of_its_difference(theme):
    rows = [
        ("Drugs", "Asia", -0.2, 0.05, "9 points"),
        ("Drugs", "Europe", 0.2, 0.4, ""),
        ("Arms", "Asia", 0.0, 0.1, ""),
        ("Arms", "Europe", -0.05, 0.04, ""),
    ]
    table = pd.DataFrame(rows, columns=["row", "column", "difference", "share", "words"])
    table = table.assign(few=False, mark=table["row"] + table["column"])
    table.loc[2, "few"] = True
    figure = draw_region_matrix(table, theme)
    columns = list(figure.layout.xaxis.ticktext)
    drawn = {(y, columns[x]): cell for (y, x), cell in drawn_cells(figure).items()}
    assert {place: (cell["class"], cell["text"]) for place, cell in drawn.items()} == {
        # Below all regions has an arrow, so that colour is not the only difference.
        ("Drugs", "Asia"): ("10 or more points below", "5↓"),
        ("Drugs", "Europe"): ("over 10 points above", "40"),
        ("Arms", "Asia"): ("too few meetings", "10"),
        ("Arms", "Europe"): ("3–10 points below", "4↓"),
    }
    assert drawn["Drugs", "Asia"]["fill"] == theme.diverging[0]
    assert drawn["Arms", "Asia"]["fill"] == theme.page
    assert drawn["Drugs", "Europe"]["data"][0] == "DrugsEurope"
    assert all(contrast(cell["ink"], cell["fill"]) >= 4.5 for cell in drawn.values())
    assert not any(trace.type == "bar" for trace in figure.data)


def test_narrow_screens_have_no_numbers_in_cells_of_years():
    figure = draw_attention_heatmap(TABLE, TOTALS, "share", EMERGENCY)
    narrow = for_mobile(figure)
    assert {t.texttemplate for t in narrow.select_traces(selector={"type": "heatmap"})} == {None}
    assert cells(narrow) == cells(figure)
