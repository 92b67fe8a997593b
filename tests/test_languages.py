"""The language of a reader: in the address, from the browser, and through caches and threads."""

import json
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from threats.caching import cached
from threats.content.builder import build_chart
from threats.dataset.dates import format_date_range
from threats.format import decimals, format_number, join, lower_name, ordinal, percent
from threats.language import LANGUAGES, ReaderLanguage, choose_language, language_id, speaking
from threats.server.middleware.kept_answers import KeptAnswers
from threats.server.middleware.language import Language
from threats.server.routes import ROUTES
from threats.stats.filters import Selection, filter_choices
from threats.stats.selection import select
from threats.text.phrases import first_sentence
from threats.text.translate import _

ROOT = Path(__file__).parent.parent
GERMAN = ReaderLanguage("de")
CARD = "/cards/attention-by-year.json"


@pytest.fixture(scope="module")
def client():
    layers = [Middleware(Language), Middleware(KeptAnswers)]
    return TestClient(Starlette(routes=ROUTES, middleware=layers), base_url="http://here")


def accept(*languages):
    return lambda language: language in languages


@pytest.mark.parametrize(
    ("asked", "accepted", "chosen"),
    [
        ("", "", ("en", False)),
        ("de", "fr", ("de", True)),
        ("en", "de", ("en", True)),
        ("xx", "de-AT,de;q=0.9,en;q=0.8", ("de", False)),
        ("", "it, fr;q=0.9", ("fr", False)),  # Italian has too few messages
        ("", "en-GB, de;q=0.9", ("en", False)),
        ("", "en;q=0.5, de;q=0.9", ("de", False)),
        ("", "de;q=0, en", ("en", False)),
        ("", "pt-BR", ("en", False)),
        ("", "*;;;q=x,,", ("en", False)),
    ],
)
def test_the_address_comes_before_the_browser(asked, accepted, chosen):
    assert choose_language(asked, accepted, accept("de", "fr")) == chosen


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1,204", "0.67", "22%", "a, b and c", "21–22 September 2021", "15th"]),
        ("de", ["1.204", "0,67", "22\xa0%", "a, b und c", "21.–22. September 2021", "15."]),
        ("fr", ["1\u202f204", "0,67", "22\xa0%", "a, b et c", "21–22 septembre 2021", "15e"]),
        ("it", ["1.204", "0,67", "22%", "a, b e c", "21–22 settembre 2021", "15ª"]),
        ("ru", ["1\xa0204", "0,67", "22\xa0%", "a, b и c", "21–22 сентября 2021\u202fг.", "15-я"]),
        ("es", ["1.204", "0,67", "22\xa0%", "a, b y c", "21–22 de septiembre de 2021", "15.ª"]),
    ],
)
def test_numbers_lists_and_dates_are_written_as_in_the_language(language, said):
    with speaking(ReaderLanguage(language)):
        assert [
            format_number(1204), decimals(0.67), percent(0.22), join(["a", "b", "c"]),
            format_date_range("2021-09-21", "2021-09-22"), ordinal(15),
        ] == said  # fmt: skip


def test_a_span_of_two_months_has_both_dates():
    days = "2021-09-30", "2021-10-02"
    with speaking(ReaderLanguage("es")):
        assert format_date_range(*days) == "30 de septiembre – 2 de octubre de 2021"
    with speaking(GERMAN):
        assert format_date_range(*days) == "30. September – 2. Oktober 2021"


def test_german_nouns_keep_their_capital_within_a_sentence():
    with speaking(GERMAN):
        assert lower_name("Korruption") == "Korruption"
        assert lower_name("Waffen und Munition") == "Waffen und Munition"
        assert lower_name("Organisierte Kriminalität") == "organisierte Kriminalität"
        assert lower_name("Ausländische terroristische Kämpfer").startswith("ausländische")
        assert lower_name("MVW und Dual-Use-Güter") == "MVW und Dual-Use-Güter"
    with speaking(ReaderLanguage("ru")):
        assert lower_name("Коррупция") == "коррупция"


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("en", "On 12. It ends. No.", "On 12."),
        ("de", "Am 21. September 2021. Danach.", "Am 21. September 2021."),
        ("ru", "В 2021 г. Армения. Затем.", "В 2021 г. Армения."),
        ("fr", "Un. Élu.", "Un."),
        ("es", "Uno. ¿Dos?", "Uno."),
    ],
)
def test_a_first_sentence_ends_where_it_ends_in_the_language(language, text, first):
    with speaking(ReaderLanguage(language)):
        assert first_sentence(text) == first


def test_names_of_threats_and_countries_are_in_the_language(data):
    with speaking(GERMAN):
        assert data.names("threat_categories")["corruption"] == "Korruption"
        assert data.names("countries")["UZB"] == "Usbekistan"
        assert filter_choices(data)["region"]["central_asia"] == "Zentralasien"
    assert data.names("threat_categories")["corruption"] == "Corruption"
    assert filter_choices(data)["region"]["central_asia"] == "Central Asia"


def test_cached_words_are_kept_for_each_language():
    made = []

    @cached(8, words=True)
    def label(message):
        made.append(message)
        return _(message)

    with speaking(GERMAN):
        assert [label("Regions"), label("Regions")] == ["Regionen", "Regionen"]
    assert [label("Regions"), label("Regions")] == ["Regions", "Regions"]
    assert len(made) == 2


def test_a_chart_in_another_language_is_another_chart_with_the_same_figures(data):
    selected = select(data, Selection(region=("central_asia",)))
    values = {"measure": "share", "role": "agenda", "every": False}
    english = build_chart("attention-by-year", selected, values)
    with speaking(GERMAN):
        german = build_chart("attention-by-year", selected, values)
    assert german.title == "Aufmerksamkeit für jede Bedrohung, Jahr für Jahr"
    assert build_chart("attention-by-year", selected, values) is english
    assert list(german.table) == list(english.table)
    assert german.table["share"].equals(english.table["share"])
    assert german.table["threat_id"].equals(english.table["threat_id"])


def test_a_route_answers_in_the_language_of_the_address(client):
    english, german = (client.get(f"{CARD}{query}") for query in ("", "?lang=de"))
    assert english.json()["labels"]["close"] == "Close"
    assert german.json()["labels"]["close"] == "Schließen"
    assert "lang=de" in german.json()["share"]["link"]
    assert "lang=" not in english.json()["share"]["link"]
    assert client.get(CARD).json() == english.json()
    assert "Accept-Language" in english.headers["vary"]
    assert "Accept-Language" not in german.headers.get("vary", "")


def test_kept_answers_of_two_browsers_do_not_mix(client, monkeypatch):
    monkeypatch.setattr("threats.text.translate.COMPLETE_SHARE", 0.0)
    from threats.text import translate

    translate._speech.cache_clear()
    german = client.get(CARD, headers={"Accept-Language": "de"}).json()
    english = client.get(CARD, headers={"Accept-Language": "en"}).json()
    assert (german["labels"]["close"], english["labels"]["close"]) == ("Schließen", "Close")
    translate._speech.cache_clear()


def test_a_language_with_few_messages_is_no_default_but_can_be_asked_for():
    accepted = "es, fr;q=0.5"
    assert choose_language("", accepted, lambda language: language != "es").id == "fr"
    assert choose_language("", accepted, lambda _language: False).id == "en"
    assert choose_language("es", accepted, lambda _language: False).id == "es"


def test_a_printed_page_has_its_language_and_links_to_the_others(client):
    page = client.get("/print/country?country=UZB&lang=de").text
    assert '<html lang="de"' in page
    assert 'hreflang="en"' in page
    assert "country=UZB" in page.split('hreflang="en"')[0].rsplit("<a", 1)[1]
    assert "lang=en" in page.split('hreflang="en"')[0].rsplit("<a", 1)[1]


def test_an_unknown_language_is_named(client):
    assert client.get("/api/meetings.json?lang=xx").json()["problems"] == ["lang=xx"]
    assert "lang=xx" in client.get("/print/meetings?lang=xx").text
    assert client.get("/api/search.json?q=Uzbekistan&lang=de").status_code == 200


def test_ids_and_columns_of_files_stay_the_same(client):
    english, german = (
        client.get(f"/api/attention.csv?region=central_asia{lang}").text.splitlines()
        for lang in ("", "&lang=de")
    )
    assert english[0] == german[0]
    place = english[0].split(",").index("threat_id")
    assert [row.split(",")[place] for row in english] == [row.split(",")[place] for row in german]


def opened(**params):
    app = AppTest.from_file(str(ROOT / "threats" / "dashboard.py"), default_timeout=120)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def test_a_page_speaks_the_language_of_its_address_and_keeps_it():
    app = opened(lang="de", region="central_asia")
    assert any(box.label == "Jahre" for box in app.slider)
    sent = [json.loads(one.proto.json) for one in app.get("bidi_component")]
    assert all("lang=de" in one["address"] for one in sent if "address" in one)
    assert str(app.query_params["lang"]) == "de"
    assert language_id() == "en"  # of this thread


def test_the_switch_changes_language_and_keeps_the_filter():
    app = opened(region="central_asia")
    assert app.selectbox(key="language").value == "en"
    app.selectbox(key="language").select("de").run()
    assert not app.exception
    assert str(app.query_params["lang"]) == "de"
    assert str(app.query_params["region"]) == "central_asia"
    assert app.multiselect(key="filter_region").value == ["central_asia"]
    assert app.multiselect(key="filter_region").label == "Region"
    assert any(box.label == "Jahre" for box in app.slider)


def test_a_page_names_an_unknown_language():
    app = opened(lang="xx")
    assert any("xx" in one.value for one in app.warning)
    assert "lang" not in app.query_params


def test_the_page_on_method_says_that_a_machine_translated(data):
    from threats.content.method_files import how_to_cite_summary

    selected = select(data, Selection())
    assert not any("machine" in one for one in how_to_cite_summary(selected))
    with speaking(GERMAN):
        assert len(how_to_cite_summary(selected)) == 5


def test_the_switch_offers_english_first():
    assert next(iter(LANGUAGES)) == "en"
