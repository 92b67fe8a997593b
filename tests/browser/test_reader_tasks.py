"""Fifteen tasks of readers, each begun on the start page: the answer is found within six clicks.

A click is a press of the pointer, or Enter in a field.
"""

import re

import pytest
from conftest import fetched
from docx import Document
from playwright.sync_api import expect
from pptx import Presentation
from test_journeys import card, fold, idle, option, settled, sidebar

MAX_CLICKS = 6
# Kept for the tab, as some links load a page anew.
COUNT = """(() => {
  const count = () => sessionStorage.clicks = +(sessionStorage.clicks ?? 0) + 1;
  addEventListener("pointerdown", count, true);
  addEventListener("keydown", event => event.key === "Enter" && count(), true);
})()"""


@pytest.fixture
def start(page):
    """Return the start page, on which clicks are counted; fail if there were too many."""
    page.add_init_script(COUNT)
    page.goto("/")
    expect(page.locator("h1")).to_be_visible()
    idle(page)
    yield page
    assert 0 < int(page.evaluate("sessionStorage.clicks ?? 0")) <= MAX_CLICKS


def follow_first_result(page, query):
    """Search for something and follow the first result: two clicks."""
    box = sidebar(page).get_by_role("searchbox", name="Search", exact=True)
    box.fill(query)
    box.press("Enter")
    heading = page.locator("h1").inner_text()
    page.locator(".st-key-site_results").get_by_role("link").first.click()
    expect(page.locator("h1")).not_to_have_text(heading)
    idle(page)


def follow(page, name):
    """Follow a link of the navigation: one click."""
    sidebar(page).get_by_role("link", name=name, exact=True).click()
    expect(page.locator("h1")).to_be_visible()
    settled(page)


def main(page):
    return page.get_by_test_id("stMain")


def test_when_was_human_trafficking_last_a_main_subject_in_the_south_caucasus(start):
    follow_first_result(start, "human trafficking South Caucasus")
    option(start, "Count a threat if it was").click()
    start.get_by_role("option", name="The main subject").click()
    expect(main(start)).to_contain_text("Never the main subject: human trafficking.")


def test_a_slide_on_weapons_trafficking_in_south_eastern_europe_for_some_years(start):
    follow_first_result(start, "weapons trafficking South-Eastern Europe")
    for name, year in (("First year", "2015"), ("Last year", "2025")):
        box = sidebar(start).get_by_role("spinbutton", name=name)
        box.fill(year)
        box.press("Enter")
        idle(start)
    expect(start).to_have_url(re.compile("years=2015-2025"))
    settled(start)
    chart = card(start, "attention-compared")
    links = fold(chart, "Share / Download")
    arrived = fetched(start, links.get_by_role("link", name="Slides (PPTX)"))
    slide = Presentation(arrived.path()).slides[0]
    title = slide.shapes.title.text_frame.text
    assert title == "Weapons trafficking: on the agenda in 3 of 48 meetings (6%), 2015–2025."
    expect(chart).to_contain_text(title)


def test_one_sentence_on_what_covid_changed(start):
    finding = start.locator(".finding").first
    finding.get_by_role("button", name="Copy sentence").click()
    expect(finding.get_by_role("status")).to_have_text("Copied")


def test_whom_to_invite_on_document_fraud_in_central_asia(start):
    follow_first_result(start, "document fraud Central Asia")
    start.get_by_role("link", name="Meeting brief on this").click()
    expect(start.get_by_role("heading", name="Whom to invite")).to_be_visible()
    idle(start)
    expect(main(start)).to_contain_text("International Organization for Migration")


def test_the_15th_annual_focal_points_meeting_with_its_source(start):
    follow_first_result(start, "15th annual focal points meeting")
    expect(start.locator("h1")).to_contain_text("Fifteenth annual meeting of border focal points")
    source = start.get_by_role("link", name="Source of this record")
    expect(source).to_have_attribute("href", re.compile("^https://www.osce.org/"))


def test_the_figures_of_the_heatmap_for_excel_and_python(start):
    follow(start, "Threats")
    links = fold(card(start, "attention-by-year"), "Share / Download")
    arrived = fetched(start, links.get_by_role("link", name="XLSX"))
    assert arrived.suggested_filename.endswith(".xlsx")
    expect(links.get_by_role("textbox", name="Use in Python")).to_have_value(
        re.compile(r'pd\.read_csv\("http\S+/attention-by-year\.csv"')
    )


def test_a_link_to_exactly_this_view(start, browser):
    follow_first_result(start, "cybercrime Central Asia")
    main(start).get_by_role("button", name="Share / Download").first.click()
    address = start.get_by_role("dialog").locator("code").first.inner_text()
    other = browser.new_page()
    other.goto(address)
    expect(other.locator("h1")).to_have_text(start.locator("h1").inner_text())
    other.close()


def test_a_press_release_of_the_readers_own_counts_in_a_chart(start):
    follow_to_page = sidebar(start).get_by_role("link", name="Analyse a text", exact=True)
    follow_to_page.click()
    expect(start.get_by_role("textbox", name="or paste its text here")).to_be_visible()
    idle(start)
    main(start).get_by_role("button", name="Try the example").click()
    main(start).get_by_role("button", name="Count it in my session").click()
    follow(start, "Threats")
    expect(main(start)).to_contain_text("Your session counts 1 text of your own")
    expect(main(start)).to_contain_text("Counted: 329 meetings with a known agenda.")


def test_drug_trafficking_compared_with_ten_years_ago_and_how_sure(start):
    follow_first_result(start, "drug trafficking")
    expect(main(start)).to_contain_text(
        "Drug trafficking: less attention in 2022–2026 than in 2012–2016, at a fixed mix."
    )
    expect(main(start)).to_contain_text(re.compile("How sure: .*Two coders on 87 pages"))


def test_two_regions_compared_on_terrorism(start):
    follow(start, "Regions")
    box = option(start, "Compared")
    box.scroll_into_view_if_needed()
    start.wait_for_timeout(100)  # what scrolls closes an open list
    box.click()
    start.get_by_role("option", name="Central Asia").click()
    start.get_by_role("option", name="South-Eastern Europe").click()
    start.keyboard.press("Escape")
    settled(start)
    compared = start.locator(".card").filter(has_text="Regions side by side")
    expect(compared).to_contain_text("Central Asia")
    expect(compared.locator(".js-plotly-plot")).to_contain_text("Terrorism")


def test_the_last_three_meetings_on_document_fraud_in_central_asia_in_word(start):
    follow_first_result(start, "document fraud Central Asia")
    start.get_by_role("link", name="Meeting brief on this").click()
    start.get_by_role("button", name="Generate Word (DOCX)", exact=True).click()
    arrived = fetched(start, start.get_by_role("link", name="Download Word (DOCX)"))
    document = Document(arrived.path())
    linked = {one.target_ref for one in document.part.rels.values() if one.is_external}
    assert len([address for address in linked if "osce" in address]) >= 3


def test_whether_a_country_has_hosted_any(start):
    follow_first_result(start, "Kyrgyzstan")
    expect(main(start)).to_contain_text("Hosted: 10 meetings, the latest on 15 October 2024.")


def test_whether_the_rise_of_organized_crime_is_covid(start):
    follow_first_result(start, "organized crime")
    expect(main(start)).to_contain_text(
        "Organized crime: no clear change between 2012–2016 and 2022–2026, at a fixed mix."
    )


def test_lines_that_make_one_chart_again_in_r(start):
    follow(start, "COVID-19")
    links = fold(start.locator(".card:not(.finding)").first, "Share / Download")
    expect(links.get_by_role("textbox", name="Use in R")).to_have_value(re.compile("read"))


def test_what_changed_for_small_arms_at_borders(start):
    follow_first_result(start, "small arms")
    start.get_by_role("link", name="Only border meetings").click()
    expect(main(start)).to_contain_text(
        "Weapons trafficking: on the agenda in 6 of 66 meetings (9%)"
    )
