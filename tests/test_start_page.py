"""The start page and the navigation: findings with their pictures, aliases, merged charts."""

import dataclasses
import json
import re
from pathlib import Path

import page_cards
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from threats.brief.figures import recent_period_label
from threats.charts.theme import LIGHT
from threats.content.overview import about_sentences, attention_ranking_chart
from threats.content.pages import MINOR_PAGES, PAGE_ALIASES, PAGES, SUBJECT_PAGES
from threats.content.ranked_findings import ranked_findings
from threats.content.registry import CHART_ALIASES, CHART_SPECS
from threats.content.trends import attention_heatmap_chart
from threats.server.routes import ROUTES
from threats.stats.filters import Selection
from threats.stats.selection import select
from threats.stats.trends import incomplete_year
from threats.text.chart_labels import TOO_FEW_LABEL

ROOT = Path(__file__).parent.parent
CLIENT = TestClient(Starlette(routes=ROUTES), base_url="http://here", follow_redirects=False)


def opened(**params):
    app = AppTest.from_file(str(ROOT / "threats" / "dashboard.py"), default_timeout=120)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def findings_of(app):
    sent = [json.loads(one.proto.json) for one in app.get("bidi_component")]
    return next((one["findings"] for one in sent if "findings" in one), [])


def test_the_page_says_who_made_it_from_what_until_when_and_why_to_believe_it(data):
    origin, trust = about_sentences(data)
    assert "Threat Themes contributors" in origin
    assert f"{len(data['meetings'])} OSCE-area meetings" in origin
    assert "30 November 2026" in origin
    assert str(data["double_readings"]["meeting_id"].nunique()) in trust


def test_each_finding_has_a_headline_bars_n_strength_link_and_a_sentence_with_its_source():
    found = findings_of(opened())
    assert 3 <= len(found) <= 6
    for one in found:
        assert 3 < len(one["headline"].split()) <= 16
        assert 2 <= len(one["bars"]) <= 4
        assert all(0 <= share <= 1 for _label, share, _figure in one["bars"])
        assert re.match(r"n = \d", one["basis"])
        assert one["strength"].split()[0] in ("strong", "moderate", "weak")
        assert "Source: Threat Themes, data version 2.0.0+" in one["sentence"]
        assert one["sentence"].endswith(one["address"].removeprefix("."))


def test_the_bars_are_the_numbers_of_the_sentence(data):
    for found in ranked_findings(select(data, Selection())):
        for _label, share, figure in found.bars:
            assert figure.split(" (")[0] in found.sentence or figure.startswith("0 of ")
            counts = re.match(r"(\d+) of (\d+)", figure)
            if counts:
                assert share == pytest.approx(int(counts[1]) / int(counts[2]))


def test_few_findings_leave_room_for_the_headline_figures():
    app = opened(region="south_caucasus")
    assert len(findings_of(app)) < 3
    assert any("Most often on the agenda" in str(one.value) for one in app.markdown)


def test_ten_threats_are_drawn_and_all_on_request(data):
    selected = select(data, Selection())
    for every, number in ((False, 10), (True, len(data["threat_categories"]))):
        chart = attention_ranking_chart(selected, every)
        (points,) = chart.draw(LIGHT).data
        assert len(points.y) == number
        assert len(chart.table) == len(data["threat_categories"])


def test_six_links_come_before_four_smaller_ones():
    linked = [name for name in PAGES if name not in SUBJECT_PAGES]
    assert linked[6:] == list(MINOR_PAGES)
    labels = [link.proto.label for link in opened().sidebar.get("page_link")]
    assert labels == [PAGES[name].title for name in linked]
    assert labels[:6] == ["Start", "Threats", "Regions", "COVID-19", "Meetings", "Brief"]


@pytest.mark.parametrize(("alias", "page"), PAGE_ALIASES.items())
def test_other_words_lead_to_pages_with_their_parameters(alias, page):
    answer = CLIENT.get(f"/{alias}?region=central_asia")
    assert answer.status_code == 308
    path = "./" if page == "overview" else page
    assert answer.headers["location"] == f"{path}?region=central_asia"
    if PAGES[page].printable and page != "data":
        assert CLIENT.get(f"/print/{alias}?region=north_america").status_code == 200


@pytest.mark.parametrize(("old", "new"), CHART_ALIASES.items())
def test_a_merged_chart_answers_with_the_one_that_has_its_figures(old, new):
    assert old not in CHART_SPECS
    card = CLIENT.get(f"/cards/{old}.json?region=central_asia").json()
    assert card["name"] == new
    assert CLIENT.get(f"/download/{old}.csv?region=central_asia").status_code == 200
    assert CLIENT.get(f"/cards/{old}/table.json").json()["rows"]


def test_the_page_scrolls_to_the_chart_that_has_the_figures_of_a_merged_one():
    app = opened()
    app.switch_page("app/pages/trends.py").run()
    (heatmap, *_rest) = page_cards.sent(app)
    assert heatmap["anchors"] == ["attention-by-year", "on-agenda-since"]


def test_a_share_of_few_meetings_has_no_colour_of_a_share(data):
    selected = select(data, Selection(region=("south_caucasus",)))
    table = attention_heatmap_chart(selected, "share").table
    few = table[table["meetings"].between(1, 4) & (table["on_agenda"] > 0)]
    assert len(few)
    names = [trace.name for trace in attention_heatmap_chart(selected, "share").draw(LIGHT).data]
    assert TOO_FEW_LABEL in names


def test_a_year_that_was_not_over_is_no_empty_column(data):
    whole = select(data, Selection())
    assert whole.years == (2006, 2026)
    assert (whole.meetings["year"] == 2026).any()
    region = select(data, Selection(region=("central_asia",)))
    assert region.years[1] == int(region.meetings["year"].max()) == 2025
    # Years that the reader asks for stay.
    assert select(data, Selection(years=(2020, 2026), region=("central_asia",))).years[1] == 2026


@pytest.mark.parametrize(
    ("made", "years", "incomplete"),
    [
        ("2025-06-30", (2018, 2025), 2025),
        ("2025-12-30", (2018, 2025), 2025),
        ("2025-12-31", (2018, 2025), None),
        ("2026-11-30", (), None),
        ("2025-06-30", (2018, 2024), None),
    ],
)
def test_a_last_year_with_half_its_meetings_is_called_incomplete(data, made, years, incomplete):
    descriptor = data.descriptor | {"created": f"{made}T00:00:00Z"}
    selected = select(dataclasses.replace(data, descriptor=descriptor), Selection(years=years))
    assert incomplete_year(selected) == incomplete
    cautions = " ".join(attention_heatmap_chart(selected, "share").cautions)
    assert ("2025 is incomplete" in cautions) == bool(incomplete)
    assert ("(2025 incomplete)" in recent_period_label(selected)) == bool(incomplete)
