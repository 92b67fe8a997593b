"""Plain files: the figures of the dashboard, the same bytes again, and nothing that needs a
server."""

import json
import re
from html.parser import HTMLParser

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from threats.exports.citation import fixed_day
from threats.publish.cards import Site, card_files
from threats.publish.pages import page_files
from threats.publish.plan import Prepared, folder_of, periods, prepared_selections
from threats.publish.site import card_bundle
from threats.server.routes import ROUTES
from threats.stats.filters import Selection

CLIENT = TestClient(Starlette(routes=ROUTES), base_url="http://here")
DAY = "2026-11-30"


def scripts(prepared, data):
    """Return what the scripts of a selection hand over, by their names."""
    with fixed_day(DAY):
        files = dict(card_files(prepared, data, Site()))
    found = {}
    for path, content in files.items():
        if path.endswith(".js"):
            name, text = re.fullmatch(
                r'threatThemes\("([^"]+)",(.*)\);\n', content.decode()
            ).groups()
            assert path == f"data/{name}.js"
            found[name] = json.loads(text)
    return found


def check_numbers(prepared, data):
    """Check that the published figures are those of the addresses of the cards."""
    found = scripts(prepared, data)
    for name in prepared.charts:
        query = f"?{prepared.query}" if prepared.query else ""
        card = CLIENT.get(f"/cards/{name}.json{query}").json()
        published = found[f"{prepared.folder}/{name}"]
        for part in card.keys() - {"share", "source"}:
            assert published[part] == card[part], (name, part)
        if "figure" in card:
            table = CLIENT.get(f"/cards/{name}/table.json{query}").json()
            assert found[f"{prepared.folder}/{name}.table"] == table


def test_published_figures_are_those_of_the_dashboard(data):
    selection = Selection(region=("central_asia",))
    charts = ("attention-ranked", "regions-by-threat", "meetings-by-year")
    check_numbers(Prepared(selection, "region=central_asia", charts), data)


@pytest.mark.slow
@pytest.mark.sweep
def test_all_published_figures_are_those_of_the_dashboard(data):
    for prepared in prepared_selections(data):
        check_numbers(prepared, data)


def test_the_same_data_give_the_same_bytes(data):
    prepared = Prepared(Selection(years=(2016, 2020)), "years=2016-2020", ("attention-ranked",))
    with fixed_day(DAY):
        once, again = (dict(card_files(prepared, data, Site())) for _ in range(2))
    assert once == again
    assert len(once) == 3


def test_periods_cover_every_year_once(data):
    spans = periods(data)
    years = [year for first, last in spans for year in range(first, last + 1)]
    assert years == list(range(2006, 2027))
    assert folder_of("years=2006-2010") == "years-2006-2010"
    assert folder_of("") == "all"


def test_the_bundle_is_no_module():
    bundle = card_bundle()
    assert not re.search(r"^\s*(import|export)\b", bundle, re.MULTILINE)
    assert "showCard" in bundle


class _Links(HTMLParser):
    """The links and scripts of a page."""

    def __init__(self):
        super().__init__()
        self.local, self.inline = [], 0

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        for name in ("href", "src"):
            address = named.get(name, "")
            if address and "://" not in address:
                self.local.append(address.split("#")[0].split("?")[0])
        self.inline += tag == "script" and "src" not in named


def test_every_page_links_only_pages_that_there_are(data):
    pages = dict(page_files(data, Site(dashboard="https://live.example")))
    assert {"index.html", "trends.html", "threat-terrorism.html", "meetings.html"} <= pages.keys()
    for content in pages.values():
        links = _Links()
        links.feed(content.decode())
        assert not links.inline
        html = {one for one in links.local if one.endswith(".html")}
        assert html <= pages.keys()
    assert b"https://live.example/trends" in pages["trends.html"]
