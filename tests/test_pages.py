"""Every page by Streamlit's AppTest: it opens, its filter filters, and no link breaks it."""

import json
import re
from collections import Counter
from pathlib import Path

import pandas as pd
import plain
import pytest
from page_cards import (
    cards,
    click,
    column,
    drawn,
    meetings_of,
    sent,
    shows,
    table_of,
    texts_of_cards,
)
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from threats.app.markdown import escape_markdown, to_rendered_table
from threats.content.builder import build_chart, parse_page_options
from threats.content.meeting_search import search_meetings
from threats.content.meetings import record_facts, record_tables, similar_meetings_table
from threats.content.pages import SUBJECT_PAGES
from threats.content.registry import CHART_SPECS, TABLE_SPECS, items_on, options_on
from threats.dataset.store import open_dataset
from threats.server.routes import ROUTES
from threats.stats.filters import Selection
from threats.stats.selection import select

ROOT = Path(__file__).parent.parent
# Those on one threat, country or series are in test_subjects.py.
PAGES = sorted(
    path.name
    for path in (ROOT / "threats" / "app" / "pages").glob("*.py")
    if path.stem not in SUBJECT_PAGES
)


CHARTED = [page for page in PAGES if page not in ("code.py", "meetings.py")]
FILTERED = [page for page in PAGES if page not in ("brief.py", "code.py")]


def opened(page, **params):
    """Return the app at a page, opened by an address with these parameters."""
    app = AppTest.from_file(str(ROOT / "threats" / "dashboard.py"), default_timeout=60)
    app.run()
    for name, value in params.items():
        app.query_params[name] = value
    app.switch_page(f"app/pages/{page}").run()
    assert not app.exception
    return app


def unfolded(app):
    """Return the app with every table that stands folded up opened."""
    for name in TABLE_SPECS:
        app.session_state[f"{name}_rows"] = True
    for name in ("codebook", "dictionary"):
        app.session_state[name] = True
    return app.run()


def texts(app):
    kinds = (app.markdown, app.caption, app.title, app.subheader, app.info, app.warning)
    page = " ".join(str(element.value) for kind in kinds for element in kind)
    return f"{page.replace(chr(92), '')} {texts_of_cards(app)}"


@pytest.mark.parametrize("page", CHARTED)
def test_a_page_opens_with_nothing_selected(page):
    app = opened(page)
    assert len(app.title) == 1
    assert drawn(app)
    assert "All regions, 2006–" in texts(app)


@pytest.mark.parametrize("page", CHARTED)
def test_a_page_follows_a_region(page):
    app = opened(page, region="central_asia")
    everything = opened(page)
    assert app.sidebar.multiselect(key="filter_region").value == ["central_asia"]
    assert "Central Asia, 2006–" in texts(app)
    assert [card["figure"] for card in drawn(app)] != [card["figure"] for card in drawn(everything)]


@pytest.mark.parametrize("page", FILTERED)
def test_a_filter_that_leaves_nothing_says_so_and_offers_the_way_back(page):
    app = opened(page, region="north_america")
    assert "No meeting matches this filter" in texts(app)
    assert not cards(app)
    back = next(button for button in app.button if button.label == "Show all meetings")
    back.click().run()
    assert "No meeting matches this filter" not in texts(app)
    assert not app.query_params


@pytest.mark.parametrize("page", [*FILTERED, "brief.py"])
def test_a_group_and_a_threat_outside_it_leave_nothing_and_say_so(page):
    app = opened(page, group="illicit_goods", threat="pandemic")
    assert "No threat matches this filter" in texts(app)
    assert not app.exception
    assert not cards(app)
    assert len(app.get("page_link")) > 5


@pytest.mark.parametrize("page", PAGES)
def test_unknown_values_in_a_link_are_named_and_left_aside(page):
    app = opened(
        page,
        region=["atlantis", "central_asia"],
        years="1800",
        meeting="dragons",
        tint="<b>red</b>",
    )
    said = texts(app)
    for part in ("region=atlantis", "years=1800", "meeting", "tint"):
        assert part in said
    assert app.query_params == {"region": "central_asia"}


def test_every_filter_changes_what_is_shown():
    seen = {texts(opened("trends.py"))}
    for params in (
        {"region": "south_eastern_europe"},
        {"years": "2020-2022"},
        {"series": "thb_alliance"},
        {"group": "illicit_goods"},
        {"threat": "corruption"},
        {"certainty": "sure"},
        {"courses": "yes"},
    ):
        said = texts(opened("trends.py", **params))
        assert said not in seen
        seen.add(said)


def test_choices_go_into_the_address_and_reset_takes_them_out():
    app = opened("trends.py")
    app.sidebar.multiselect(key="filter_region").select("south_caucasus").run()
    app.sidebar.slider(key="filter_years").set_range(2010, 2020).run()
    app.sidebar.checkbox(key="filter_courses").check().run()
    app.selectbox(key="option_measure").set_value("count").run()
    assert app.query_params == {
        "region": "south_caucasus",
        "years": "2010-2020",
        "courses": "yes",
        "measure": "count",
    }
    next(b for b in app.sidebar.button if b.label == "Reset filter").click().run()
    assert app.query_params == {"measure": "count"}


@pytest.mark.parametrize("page", PAGES)
def test_links_to_the_pages_take_the_filter_along(page):
    app = opened(page, region="central_asia", years="2018-2023")
    links = app.get("page_link")
    if page not in ("brief.py", "code.py"):
        border, *links = links
        assert border.proto.label == "Only border meetings"
        query = "region=central_asia&years=2018-2023&family=border"
        assert sorted(border.proto.query_string.split("&")) == sorted(query.split("&"))
    assert [link.proto.label for link in links] == [
        "Start",
        "Threats",
        "Regions",
        "COVID-19",
        "Meetings",
        "Brief",
        "Responses",
        "Agenda vs. data",
        "Analyse a text",
        "Data & method",
    ]
    assert {link.proto.query_string for link in links} == {"region=central_asia&years=2018-2023"}


def test_trends_draws_three_charts_for_central_asia():
    assert len(drawn(opened("trends.py", region="central_asia"))) >= 3


def test_a_click_that_overtakes_the_address_counts_and_back_still_goes_back():
    app = opened("trends.py")
    region = "filter_region"
    app.sidebar.multiselect(key=region).set_value(["central_asia"]).run()
    assert app.query_params == {"region": "central_asia"}
    # The next click leaves with the address from before that run.
    app.query_params.clear()
    app.sidebar.multiselect(key=region).set_value(["south_caucasus"]).run()
    assert app.sidebar.multiselect(key=region).value == ["south_caucasus"]
    assert app.query_params == {"region": "south_caucasus"}
    # Back brings an address from before, and no click.
    app.query_params["region"] = "central_asia"
    app.run()
    assert app.sidebar.multiselect(key=region).value == ["central_asia"]
    assert app.query_params == {"region": "central_asia"}


def test_the_role_goes_along_to_the_pages_that_have_that_choice():
    links = opened("data.py", role="focus", region="central_asia").get("page_link")
    asked = {link.proto.label: link.proto.query_string for link in links}
    for name in ("Threats", "COVID-19", "Regions", "Responses", "Data & method"):
        assert asked[name] == "region=central_asia&role=focus"
    assert asked["Start"] == asked["Meetings"] == "region=central_asia"


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


def test_the_switch_recomputes_figures_and_stands_in_the_address():
    app = opened("data.py", region="central_asia")
    press(app, "Main subject only")
    assert app.query_params == {"region": "central_asia", "role": "focus"}
    press(app, "Training courses included")
    assert app.query_params == {"region": "central_asia", "courses": "yes"}
    press(app, "Fully read pages only")
    assert app.query_params == {"region": "central_asia", "reading": "whole"}
    assert "only fully read pages" in texts(app)
    assert app.sidebar.checkbox(key="filter_reading").value
    press(app, "Default")
    assert app.query_params == {"region": "central_asia"}
    app.selectbox(key="count_series").set_value("thb_alliance").run()
    assert app.query_params == {"region": "central_asia", "series": "thb_alliance"}
    press(app, "Reset filter")
    assert not app.query_params


def test_data_and_method_tells_what_to_trust():
    app = unfolded(opened("data.py"))
    said = texts(app)
    reading = Counter(row["reading"] for row in plain.rows("meetings"))
    part, whole = reading["part"], reading["whole"]
    for told in (
        f"Of the pages read ({part + whole}), {part} were read only in part",
        "repeatable, not proven right",
        "before the less reliable codes were recoded",
        "Sharper rules",
        "## meetings.csv: meetings",
        "the operator of this dashboard",
        "files/threat-themes.zip",
    ):
        assert told in said
    files = next(table.value for table in app.table if "File" in table.value)
    assert any("files/double_readings.csv" in cell for cell in files["File"])
    assert any("files/codebook.md" in cell for cell in files["File"])


def test_a_mark_in_the_address_lists_the_mentions_behind_it_with_their_sources(data):
    table = meetings_of(opened("trends.py", mark=["drug_trafficking", "2019"]))
    meetings, agenda = data["meetings"], data["agenda"]
    courses = set(meetings.loc[meetings["kind"] == "course", "meeting_id"])
    rows = agenda.query("threat_id == 'drug_trafficking' and year == 2019 and role != 'mentioned'")
    rows = rows[[key not in courses for key in rows["meeting_id"]]]
    assert len(table["rows"]) == len(rows) > 0
    assert {address for _, address in column(table, "Source")} == set(rows["source_url"])


def test_a_mark_that_is_chosen_stands_in_the_address_and_is_listed_by_its_own_card():
    app = click(opened("overview.py"), "attention-ranked", "threat:corruption")
    assert app.query_params["mark"] == "corruption"
    assert meetings_of(app)["rows"]
    app = click(opened("data.py"), "meetings-by-year", "year:2019")
    assert app.query_params["mark"] == "2019"
    assert [one["mark"] for one in sent(app)][:3] == ["", "year:2019", ""]
    days = column(meetings_of(app), "Date")
    assert all("2019" in day for day in days)
    assert len(days) == len({day["meeting_id"] for day in plain.meetings() if in_2019(day)})
    app = click(app, "meetings-by-year", "")
    assert not app.query_params
    assert not any(one["mark"] for one in sent(app))


def in_2019(row):
    return row["start_date"].startswith("2019") and row["reading"] != "none"


def test_a_mark_of_a_region_sets_the_filter():
    app = click(opened("regions.py"), "tile-map", "region:central_asia")
    assert app.query_params == {"region": "central_asia"}
    assert app.sidebar.multiselect(key="filter_region").value == ["central_asia"]


def test_up_to_six_threats_are_compared_as_asked():
    app = opened("trends.py", compare=["corruption", "pandemic"])
    assert app.multiselect(key="option_compare").value == ["corruption", "pandemic"]
    names = json.dumps(cards(app)[2]["figure"])
    assert '"Corruption"' in names
    assert '"Terrorism"' not in names


def test_a_broken_folder_is_shown_as_a_list_of_problems_not_a_traceback(folder, monkeypatch):
    file = folder / "threat_mentions.csv"
    file.write_text(
        file.read_text(encoding="utf-8").replace(",focus,", ",loud,", 1), encoding="utf-8"
    )
    monkeypatch.setenv("THREATS_DATA", str(folder))
    app = opened("overview.py")
    assert "The dataset contains errors" in texts(app)
    assert "threat_mentions.csv:" in app.code[0].value
    assert 'role: "loud" is not known' in app.code[0].value
    assert not cards(app)


def test_another_folder_of_the_same_shape_is_shown_instead(folder, monkeypatch):
    file = folder / "datapackage.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"version": "', '"version": "9.', 1), encoding="utf-8")
    monkeypatch.setenv("THREATS_DATA", str(folder))
    assert "data version 9." in texts(opened("overview.py"))


def test_the_texts_on_a_page_keep_markup_out():

    assert escape_markdown("**a** :smile: [b](c) $x$ <i>") == (
        r"\*\*a\*\* \:smile\: \[b\]\(c\) \$x\$ \<i\>"
    )


@pytest.mark.parametrize("page", CHARTED)
def test_every_chart_goes_through_the_card(page):
    """A title, a subtitle, an alternative text, a way to take it along, a table and a source."""
    app = unfolded(opened(page))
    assert not app.get("plotly_chart")
    for card in drawn(app):
        assert all(card[part] for part in ("title", "subtitle", "caption", "source"))
        assert {file["address"].split("?")[0] for file in card["share"]["files"]} >= {
            f"download/{card['name']}.{suffix}" for suffix in ("csv", "xlsx", "html", "zip")
        }
        assert table_of(app, card["name"])["rows"]
        assert card["source"].startswith("Source")
    assert len(app.get("popover")) == 1  # of the page
    links = [button.proto.url for button in app.get("link_button")]
    assert not [url for url in links if "/download/" in url]  # files are offered once asked for


@pytest.mark.parametrize("page", CHARTED)
def test_a_page_shows_the_charts_and_tables_of_the_catalogue(page, data):
    """With options away from their defaults, so that the page hands each of them on."""

    params = {
        "measure": "count",
        "role": "any",
        "later": "during",
        "make_up": "scope",
        "colour": "count",
        "theme": "corruption",
        "indicator": "unodc_corruption_rate",
        "compare": "pandemic",
        "era_start": "2020-03-11",
        "no_pandemic": "yes",
        "pandemic_search": "yes",
    }
    name = page.removesuffix(".py")
    params = {key: params[key] for key in options_on(name) if key in params}
    app = unfolded(opened(page, region="central_asia", **params))
    assert app.query_params == {"region": "central_asia", **params}
    selected = select(open_dataset(), Selection(region=("central_asia",)))
    values, problems = parse_page_options(
        name, {key: [text] for key, text in params.items()}, selected
    )
    assert not problems
    if name == "brief":  # which counts training courses in any case
        selected = selected.with_filter(courses=True)
    charts = [part.name for part in items_on(name) if part.name in CHART_SPECS]
    assert [card["name"] for card in cards(app)] == charts
    for card in cards(app):
        chart = build_chart(card["name"], selected, values)
        assert ("figure" in card) == bool(chart)
        if chart:
            assert (card["title"], card["caption"]) == (chart.title, chart.alt)
            shows(table_of(app, chart.name), chart.table)


def test_the_covid_page_answers_in_sentences_that_follow_the_filter():
    def answer(**params):
        told = opened("covid.py", **params).markdown
        return next(str(m.value) for m in told if str(m.value).startswith("- ")).split("\n")

    assert 3 <= len(answer()) <= 5
    assert all(sentence.startswith("- ") for sentence in answer())
    assert answer() != answer(region="central_asia")


def test_a_page_sends_addresses_and_neither_figures_nor_tables():
    app = opened("trends.py")
    assert not app.dataframe
    assert all(len(json.dumps(one)) < 1_000 for one in sent(app))
    before = table_of(app, "attention-by-year")
    app.sidebar.multiselect(key="filter_region").set_value(["central_asia"]).run()
    assert table_of(app, "attention-by-year")["rows"] != before["rows"]


def test_the_reader_moves_the_eras_and_the_address_keeps_them():
    app = opened("covid.py", era_start="2021-01-01", era_end="2021-12-31")
    assert "1 January – 31 December 2021" in texts(app)
    assert app.query_params == {"era_start": "2021-01-01", "era_end": "2021-12-31"}
    app = opened("covid.py", era_start="2021-12-31", era_end="2021-01-01")
    assert "ends before it starts" in texts(app)
    assert "30 January 2020 – 5 May 2023" in texts(app)
    assert "era_start=soon" in texts(opened("covid.py", era_start="soon"))


def test_the_pandemic_can_be_left_out_as_a_theme_and_its_search_put_back():
    with_theme, without = opened("covid.py"), opened("covid.py", no_pandemic="yes")
    names = [json.dumps(cards(app)[1]["figure"]) for app in (with_theme, without)]
    assert '"Pandemic"' in names[0]
    assert '"Pandemic"' not in names[1]
    put_back = opened("covid.py", pandemic_search="yes")
    # The invasion of Ukraine ends the period.
    days = "2020-01-30", "2022-02-24"
    period = {
        row["meeting_id"]: row["found_by"] == "pandemic_search"
        for row in plain.meetings()
        if row["reading"] != "none" and days[0] <= row["start_date"] < days[1]
    }
    on = plain.on_agenda()["pandemic"]
    for app, ids in (
        (with_theme, {key for key, searched in period.items() if not searched}),
        (put_back, set(period)),
    ):
        rows = table_of(app, "shift-by-era")["rows"]
        counts = {str(len(on & ids)), str(len(ids))}
        assert any({"pandemic", "Pandemic"} & set(row) and counts <= set(row) for row in rows)


def test_a_mark_of_an_era_lists_its_meetings():
    app = opened("covid.py", mark=["armed_conflict_spillover", "during"])
    dates = column(meetings_of(app), "Date")
    assert dates
    assert all(re.search("202[0123]", date) for date in dates)


def test_the_record_of_a_meeting_shows_what_its_press_release_says():
    app = opened("meetings.py", meeting="bsmnfp-2021")
    facts = app.table[0].value.to_string()
    for fact in ("15th", "21–22 September 2021", "hybrid", "Sweden", "over 100"):
        assert fact in facts.replace("\\", "")
    tables = " ".join(table.value.to_string() for table in app.table).replace("\\", "")
    for fact in (
        "Central Asia",
        "Pandemic",
        "Cross-border crime",
        "Terrorism",
        "Organized crime",
        "Self-assessment tool",
        "Biometrics",
        "Information exchange",
        "INTERPOL",
        "Counter-Terrorism",
    ):
        assert fact.lower() in tables.lower()
    links = [link.proto.label for link in app.get("page_link")]
    assert any("Previous in the series" in label for label in links)
    assert "?meeting=bsmnfp-2021" in app.code[0].value
    assert "Record bsmnfp-2021" in app.code[1].value


def test_a_record_says_whether_its_source_was_still_there(folder, monkeypatch):
    assert "Source checked" not in texts(opened("meetings.py", meeting="bsmnfp-2021"))
    meetings = (folder / "meetings.csv").read_text(encoding="utf-8").splitlines()
    (row,) = [line for line in meetings if line.startswith("bsmnfp-2021,")]
    url = next(cell for cell in row.split(",") if cell.startswith("http"))
    with open(folder / "source_checks.csv", "a", encoding="utf-8") as file:
        file.write(f"{url},gone,404,,http://web.archive.org/web/2021/{url},2026-11-25\n")
    monkeypatch.setenv("THREATS_DATA", str(folder))
    said = texts(opened("meetings.py", meeting="bsmnfp-2021"))
    assert "Source checked on 25 November 2026: gone." in said
    assert f"[archived copy](<http://web.archive.org/web/2021/{url}>)" in said
    printed = TestClient(Starlette(routes=ROUTES)).get("/print/meetings?meeting=bsmnfp-2021").text
    assert "Source checked on 25 November 2026: gone." in printed
    assert f'<a href="http://web.archive.org/web/2021/{url}">archived copy</a>' in printed


def test_an_inferred_meeting_is_shown_as_such():
    assert "agenda was not read" in texts(opened("meetings.py", meeting="bsmnfp-2013"))


def test_a_record_opens_whatever_the_filter():
    app = opened("meetings.py", meeting="bsmnfp-2021", region="north_america")
    assert "Fifteenth annual meeting" in app.title[0].value


@pytest.mark.slow
def test_every_record_opens(data):

    for meeting in data["meetings"]["meeting_id"]:
        assert record_facts(data, meeting)["Date"]
        assert set(record_tables(data, meeting)) == {
            "Sessions",
            "Threats",
            "Responses",
            "Organizations",
        }
        similar_meetings_table(data, meeting)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("SELF-ASSESSMENT tool", "bsmnfp-2021"),
        ("turkiye", None),
        ("Ülaanbaatar", "border-regional-2015-ulaanbaatar"),
        ("dushanbe 2019", "tnt-2019-dushanbe"),
        ("interpol biometrics", "bsmnfp-2021"),
    ],
)
def test_search_finds_meetings_without_regard_to_case_and_accents(query, found, data):
    ids = search_meetings(data, query)
    assert 0 < len(ids) < len(data["meetings"])
    assert found is None or found in ids
    app = opened("meetings.py", q=query)
    assert len(app.dataframe[0].value) <= len(ids)


def test_a_search_that_finds_nothing_says_so():
    assert "No meeting matches all these words" in texts(opened("meetings.py", q="xyzzy"))


def test_the_tile_map_has_a_tile_for_every_country_and_a_list_to_read(data):
    app = unfolded(opened("regions.py"))
    figure = cards(app)[0]["figure"]
    tiles = [text for trace in figure["data"] for text in trace.get("text", [])]
    assert sorted(tiles) == sorted(data["countries"]["iso3"])
    assert set(data["countries"]["name"]) == {
        cell.replace("\\", "") for cell in app.table[0].value["Country"]
    }


@pytest.mark.parametrize("page", PAGES)
def test_only_the_page_without_a_filter_says_that_it_does_not_act(page):
    told = "The filter does not apply to this page" in texts(opened(page))
    assert told == (page == "code.py")


def test_a_cited_edition_opens_with_a_banner_and_leads_on_in_it(data):
    app = opened("trends.py", version="1.2.0+6a2a419fc2a3", region="central_asia")
    told = " ".join(info.value for info in app.info).replace("\\", "")
    assert "This is edition 1.2.0 of 2026-11-26. Today's edition is 2.0.0." in told
    assert "Changes since" not in told
    assert app.query_params["version"] == "1.2.0"
    (card,) = [one for one in sent(app) if "attention-by-year" in one["address"]]
    assert "version=1.2.0" in card["address"]
    assert card["version"] == "1.2.0+6a2a419fc2a3"
    assert all("version=1.2.0" in str(link.proto) for link in app.sidebar.get("page_link"))


def test_an_unknown_edition_shows_today_and_says_so(data):
    app = opened("trends.py", version="9.9.9")
    assert "not in the list of changes" in " ".join(info.value for info in app.info)
    assert "version" not in app.query_params


def test_the_name_of_a_source_is_text_and_its_address_a_link(data):
    name, address = "UNODC, GLOTIP data file, 14 April 2025", "https://example.org/a"
    views = ["", "trends?region=central_asia"]
    table = pd.DataFrame({"Source": [name, address], "View": views})
    cells = to_rendered_table(table, data).cells.to_pydict()
    assert cells["Source"] == [escape_markdown(name), f"[source](<{address}>)"]
    assert cells["View"] == ["", f"[view](<{views[1]}>)"]
