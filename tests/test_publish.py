"""Plain files: the figures of the dashboard, the same bytes again, and nothing that needs a
server."""

import base64
import gzip
import html
import json
import posixpath
import re
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.testclient import TestClient

import threats
from threats.brief.writers import dated_brief
from threats.cli.main import main
from threats.content.builder import build_item, build_table
from threats.content.registry import SENTENCE_SPECS
from threats.exports.citation import fixed_day
from threats.exports.urls import View
from threats.language import ReaderLanguage, speaking
from threats.publish.addresses import Site, language_folder
from threats.publish.briefs import region_brief
from threats.publish.cards import card_files
from threats.publish.lists import subject_lists
from threats.publish.meetings import meetings_page
from threats.publish.pages import page_files
from threats.publish.plan import Prepared, folder_of, periods, prepared_selections
from threats.publish.site import card_bundle
from threats.publish.subjects import record_page
from threats.server.routes import ROUTES
from threats.stats.filters import Selection
from threats.stats.selection import select

CLIENT = TestClient(Starlette(routes=ROUTES), base_url="http://here")
DAY = "2026-11-30"


def unpacked(prepared, data):
    """Return what the script of a selection hands over."""
    with fixed_day(DAY):
        files = dict(card_files(prepared, data, Site()))
    content = files[f"data/{prepared.folder}.js"].decode()
    name, packed = re.fullmatch(r'threatThemes\("([^"]+)","([\w+/=]+)"\);\n', content).groups()
    assert name == prepared.folder
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def check_numbers(prepared, data):
    """Check that the published figures are those of the addresses of the cards."""
    pack = unpacked(prepared, data)
    for name in prepared.charts:
        query = f"?{prepared.query}" if prepared.query else ""
        card = CLIENT.get(f"/cards/{name}.json{query}").json()
        published = pack["cards"][name]
        if "figure" in card:
            assert pack["labels"] == card.pop("labels")
            assert pack["template"] == card["figure"]["layout"].pop("template")
            table = CLIENT.get(f"/cards/{name}/table.json{query}").json()
            assert pack["tables"][name] == table
        for part in card.keys() - {"share", "source"}:
            assert published[part] == card[part], (name, part)


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
    assert once.keys() == {
        "data/years-2016-2020.js", "files/years-2016-2020/attention-ranked.xlsx",
    }  # fmt: skip


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


SITE = Site("https://files.example", "https://live.example", ("en", "ru"))


@pytest.fixture(scope="module")
def rows(small):
    """Return a dataset of a few rows."""
    return threats.load(small)


@pytest.fixture(scope="module")
def pages(rows):
    """Return the pages of a few rows in two languages, by their paths."""
    found = {}
    for language in SITE.languages:
        with speaking(ReaderLanguage(language)), fixed_day(DAY):
            found |= {language_folder() + name: text for name, text in page_files(rows, SITE)}
    return {path: content.decode() for path, content in found.items()}


@pytest.mark.slow
def test_every_page_links_only_pages_that_there_are(pages):
    assert {"index.html", "trends.html", "threat-terrorism.html", "meetings.html"} <= pages.keys()
    for path, content in pages.items():
        links = _Links()
        links.feed(content)
        assert not links.inline
        folder = posixpath.dirname(path)
        local = {posixpath.normpath(posixpath.join(folder, one)) for one in links.local if one}
        assert {one for one in local if one.endswith(".html")} <= pages.keys()
        assert {one.split("/")[0] for one in local if "." in one} <= {
            "assets", "files", "feed.atom", "ru", *pages,
        }  # fmt: skip
    assert "https://live.example/trends" in pages["trends.html"]
    assert "https://live.example/trends?lang=ru" in pages["ru/trends.html"]


@pytest.mark.slow
def test_every_page_is_there_in_each_language_and_leads_to_the_others(rows, pages):
    english = {path for path in pages if not path.startswith("ru/")}
    assert {path.removeprefix("ru/") for path in pages.keys() - english} == english
    for path in english:
        assert '<html lang="en">' in pages[path]
        assert f'<a href="ru/{path}" hreflang="ru" lang="ru">Русский</a>' in pages[path]
        assert '<html lang="ru">' in pages[f"ru/{path}"]
        assert f'<a href="../{path}" hreflang="en" lang="en">English</a>' in pages[f"ru/{path}"]
    alternate = '<link rel="alternate" hreflang="{}" href="https://files.example/{}">'
    for path in ("trends.html", "ru/trends.html"):
        assert alternate.format("en", "trends.html") in pages[path]
        assert alternate.format("ru", "ru/trends.html") in pages[path]
    assert "Терроризм" in pages["ru/threat-terrorism.html"]
    named = {path[8:11] for path in english if path.startswith("country-")}
    assert "SWE" in named
    assert named < set(rows.names("countries"))


def page_of(make, language, *arguments):
    """Return a page in a language."""
    with speaking(ReaderLanguage(language)), fixed_day(DAY):
        _name, content = make(*arguments)
        return html.unescape(content.decode())


@pytest.mark.parametrize(
    ("kind", "key", "table"),
    [("country", "AUT", "hosted"), ("country", "DEU", "took-part"),
     ("series", "bsmnfp", "series-meetings")],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_page_says_what_the_live_page_says(data, kind, key, table, language):
    page = page_of(record_page, language, kind, key, data, SITE)
    selected = select(data, Selection(series=(key,)) if kind == "series" else Selection())
    with speaking(ReaderLanguage(language)):
        sentences = build_item(SENTENCE_SPECS[kind], selected, {"country": key})
        rows = build_table(table, selected, {"country": key})
    assert sentences
    assert all(sentence in page for sentence in sentences)
    assert len(rows)
    assert all(title in page for title in rows["Meeting"])
    assert all(f'href="meetings.html#{one}"' in page for one in rows["meeting_id"])
    assert f'hreflang="{language}"' in page


def test_the_meetings_lead_to_countries_and_series(data):
    page = page_of(meetings_page, "en", data, Site())
    hosts = set(select(data, Selection()).meetings["country"]) - {""}
    assert all(f'<a href="country-{host}.html">' in page for host in hosts)
    assert all(f'<a href="series-{one}.html">' in page for one in data.names("series"))
    assert "hreflang" not in page


def test_names_are_found_by_their_synonyms(data):
    for language, word in (("en", "THB"), ("ru", "торговля людьми")):
        with speaking(ReaderLanguage(language)):
            entries = [entry for _heading, listed in subject_lists(data) for entry in listed]
        found = {one.address for one in entries if word.casefold() in one.words.casefold()}
        assert "threat-trafficking_in_persons.html" in found
        assert len(found) < 10


def test_the_brief_of_a_region_is_that_of_the_dashboard(rows):
    chosen = select(rows, Selection(region=("central_asia",)))
    with fixed_day(DAY):
        brief = dated_brief(View("brief", chosen, {}, ""))
    page = page_of(region_brief, "en", "central_asia", "Central Asia", rows, SITE)
    told = [one.text for section in brief.front for one in section.statements]
    assert told
    assert all(sentence in page for sentence in (brief.title, brief.dated, brief.summary, *told))
    assert "30 November 2026" in brief.dated


def test_other_languages_have_cards_in_their_words_and_few_files(rows):
    name = "attention-ranked"
    whole = Prepared(Selection(), "", (name,))
    region = Prepared(Selection(region=("osce_area",)), "region=osce_area", (name,))
    kinds = {}
    for language in SITE.languages:
        for prepared in (whole, region):
            with speaking(ReaderLanguage(language)), fixed_day(DAY):
                paths = [path for path, _content in card_files(prepared, rows, SITE)]
            kinds[language, prepared.folder] = {path.rsplit(".", 1)[1] for path in paths}
    assert {"csv", "xlsx"} <= kinds["en", "all"]
    assert kinds["en", "region-osce_area"] == {"xlsx", "js"}
    assert kinds["ru", "all"] == {"xlsx", "js"}
    assert kinds["ru", "region-osce_area"] == {"js"}
    with speaking(ReaderLanguage("ru")):
        pack = unpacked(region, rows)
    card = pack["cards"][name]
    assert all(re.search("[а-я]", one) for one in (card["title"], pack["labels"]["share"]))
    assert card["share"]["files"] == []


def test_the_command_refuses_a_language_without_a_translation(tmp_path):
    run = CliRunner().invoke(main, ["publish", str(tmp_path), "--language", "pt"])
    assert run.exit_code == 2
    assert "'ru'" in run.output
    assert not list(tmp_path.iterdir())
