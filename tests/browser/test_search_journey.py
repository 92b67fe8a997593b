"""The search box and the threat filter, used by typing in a real browser."""

import re

from playwright.sync_api import expect
from test_journeys import idle, sidebar

WORDS = {
    "firearm": "firearms_trafficking",
    "SALW": "firearms_trafficking",
    "small arms": "firearms_trafficking",
    "THB": "trafficking_in_persons",
    "trafficking in persons": "trafficking_in_persons",
    "drugs": "drug_trafficking",
    "narcotics": "drug_trafficking",
    "FTF": "foreign_terrorist_fighters",
    "foreign fighters": "foreign_terrorist_fighters",
    "cyber crime": "cybercrime",
    "passport": "document_and_identity_fraud",
    "COVID": "pandemic",
    "money laundering": "illicit_finance",
}


def ready(page, address):
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    idle(page)


def test_typing_in_the_search_box_and_following_the_first_result(page):
    ready(page, "/meetings?region=central_asia")
    box = sidebar(page).get_by_role("searchbox", name="Search", exact=True)
    box.fill("human traficking")
    box.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(
        ["8 results for “human trafficking”", "Selected: Central Asia"]
    )
    first = page.locator(".st-key-site_results").get_by_role("link").first
    expect(first).to_have_text("Human trafficking")
    first.click()
    expect(page).to_have_url(re.compile(r"/threat\?threat=trafficking_in_persons$"))
    expect(sidebar(page)).to_contain_text("Selected: All regions, 2006–2026, Human trafficking")
    # The new page starts with an empty box and without results.
    expect(box).to_have_value("")
    expect(page.locator(".st-key-site_results")).to_have_count(0)


def test_a_meeting_found_opens_its_record_and_keeps_the_filter(page):
    ready(page, "/data?region=central_asia")
    box = sidebar(page).get_by_role("searchbox", name="Search", exact=True)
    box.fill("15th focal points")
    box.press("Enter")
    page.locator(".st-key-site_results").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/meetings\?region=central_asia&meeting=bsmnfp-2021$"))
    expect(page.locator("h1")).to_contain_text("Fifteenth annual meeting")


def test_enter_takes_the_threat_that_a_word_of_the_field_names(page):
    page.set_viewport_size({"width": 1400, "height": 1600})  # a list closes when the page scrolls
    for word, threat in WORDS.items():
        ready(page, "/meetings")
        box = sidebar(page).get_by_role("combobox", name="Threat", exact=True)
        box.click()
        expect(page.get_by_role("option").first).to_be_visible()
        box.press_sequentially(word)
        expect(page.get_by_role("option")).to_have_count(1)
        box.press("Enter")
        expect(page).to_have_url(re.compile(rf"/meetings\?threat={threat}$"))


def test_enter_takes_one_region_of_those_that_have_a_word(page):
    page.set_viewport_size({"width": 1400, "height": 1600})
    ready(page, "/meetings")
    box = sidebar(page).get_by_role("combobox", name="Region", exact=True)
    box.click()
    expect(page.get_by_role("option").first).to_be_visible()
    box.press_sequentially("Central")
    # Central Asia and Western and Central Europe, and no row that chooses both.
    expect(page.get_by_role("option")).to_have_count(2)
    first = page.get_by_role("option").first.inner_text()
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/meetings\?region=[a-z_]+$"))
    expect(sidebar(page)).to_contain_text(f"Selected: {first}")


def test_a_search_without_a_hit_offers_the_word_without_its_typo(page):
    ready(page, "/meetings?q=human+traficking")
    page.get_by_role("button", name="Did you mean: human trafficking?").click()
    expect(page).to_have_url(re.compile(r"/meetings\?q=human\+trafficking$"))
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
