"""Journeys of a reader in a real browser."""

import re

from playwright.sync_api import expect

# Every page with charts, and how many it draws for Central Asia.
PAGES = {
    "/": 2,
    "/trends": 4,
    "/covid": 6,
    "/regions": 5,
    "/responses": 4,
    "/indicators": 2,
    "/data": 5,
}


def visit(page, address):
    """Open a page and wait until its last chart is drawn."""
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    settled(page)


def idle(page):
    """Wait until no run is under way."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)


def settled(page):
    idle(page)
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    # Each chart waits for plotly.js by itself, so that the second may be there before the first.
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def sidebar(page):
    return page.get_by_test_id("stSidebar")


def choose_region(page, name):
    sidebar(page).get_by_role("combobox", name="Region").click()
    page.get_by_role("option", name=name).click()
    page.keyboard.press("Escape")


def click_cell(page):
    """Click a filled cell of the heatmap."""
    traces = page.locator(".js-plotly-plot").first.locator(".subplot.xy .barlayer .trace")
    # The first trace holds the pale cells. Plotly's own layer lies over them and takes the click.
    traces.nth(2).locator("path").first.click(force=True)


def test_the_filter_changes_address_and_chart_and_a_reload_keeps_it(page):
    visit(page, "/trends")
    before = page.locator(".js-plotly-plot").first.inner_text()
    choose_region(page, "Central Asia")
    expect(page).to_have_url(re.compile(r"/trends\?region=central_asia$"))
    settled(page)
    expect(sidebar(page)).to_contain_text("Selected: Central Asia")
    after = page.locator(".js-plotly-plot").first.inner_text()
    assert after != before
    page.reload()
    settled(page)
    expect(sidebar(page)).to_contain_text("Selected: Central Asia")
    expect(page.locator(".js-plotly-plot").first).to_have_text(
        after.replace("\n", ""), timeout=10_000
    )


def test_the_filter_goes_along_to_another_page_and_back_returns_to_the_view(page):
    visit(page, "/trends?region=central_asia&measure=count")
    sidebar(page).get_by_role("link", name="Key findings").click()
    expect(page).to_have_url(re.compile(r"/\?region=central_asia$"))
    expect(page.locator("h1")).to_contain_text("Which threats")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/trends\?region=central_asia&measure=count$"))
    expect(page.locator("h1")).to_contain_text("gained or lost attention")
    expect(page.get_by_role("radio", name="Number of meetings")).to_be_checked()


def test_back_takes_a_filter_away_again(page):
    visit(page, "/trends")
    choose_region(page, "Central Asia")
    expect(page).to_have_url(re.compile(r"/trends\?region=central_asia$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/trends$"))
    expect(sidebar(page)).to_contain_text("Selected: All regions")


def test_a_click_on_a_mark_leads_to_the_meetings_and_their_sources(page):
    visit(page, "/trends?years=2018-2023")
    click_cell(page)
    expect(page).to_have_url(re.compile("mark="))
    table = page.get_by_test_id("stTable").first
    expect(table).to_be_visible()
    link = table.get_by_role("link", name="source").first
    assert link.get_attribute("href").startswith("http")
    address = page.url
    visit(page, address)
    expect(page.get_by_test_id("stTable").first).to_contain_text("source")


def test_a_filter_that_leaves_nothing_offers_the_way_back(page):
    page.goto("/trends?region=north_america")
    expect(page.get_by_text("No meeting matches this filter")).to_be_visible()
    page.get_by_role("button", name="Show all meetings").click()
    expect(page).to_have_url(re.compile(r"/trends$"))
    settled(page)


def test_from_a_mark_to_the_meeting_to_its_source_and_back_to_the_same_view(page):
    visit(page, "/trends?region=central_asia&years=2018-2023")
    click_cell(page)
    expect(page).to_have_url(re.compile("mark="))
    view = page.url
    link = page.get_by_test_id("stTable").first.get_by_role("link").first
    name = link.inner_text()
    with page.expect_popup() if link.get_attribute("target") == "_blank" else same(page) as record:
        link.click()
    record = record.value
    expect(record.locator("h1")).to_have_text(name)
    source = record.get_by_role("link", name="Source of this record")
    assert source.get_attribute("href").startswith("http")
    if record is page:
        page.go_back()
    assert page.url == view
    expect(page.get_by_test_id("stTable").first).to_contain_text(name)


class same:
    """A stand-in for a new tab where a link opens in this one."""

    def __init__(self, page):
        self.value = page

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


def test_a_tile_chooses_its_region_in_the_filter(page):
    visit(page, "/regions")
    tile = page.locator(".js-plotly-plot").first.locator(".point", has_text="KAZ").locator("path")
    tile.first.click(force=True)
    expect(page).to_have_url(re.compile("region=central_asia"))
    expect(sidebar(page)).to_contain_text("Selected: Central Asia")


def test_a_row_of_the_table_opens_its_record_and_back_returns_to_the_search(page):
    page.goto("/meetings?q=self-assessment")
    expect(page.get_by_text("meetings", exact=False).first).to_be_visible()
    table = page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible()
    box = table.bounding_box()
    page.mouse.click(box["x"] + 14, box["y"] + 55)
    expect(page).to_have_url(re.compile("meeting="))
    expect(page.get_by_text("Cite this record")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile(r"/meetings\?q=self-assessment$"))
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
