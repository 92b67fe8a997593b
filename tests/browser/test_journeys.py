"""Journeys of a reader in a real browser."""

import re

import pytest
from playwright.sync_api import expect

# Every page with charts, and how many it draws for Central Asia.
PAGES = {
    "/": 1,
    "/trends": 3,
    "/covid": 3,
    "/regions": 4,
    "/responses": 4,
    "/indicators": 2,
    "/data": 7,
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
    """Wait until no run is under way and each card is drawn, which is fetched when a reader comes
    near it; stay where the page is."""
    idle(page)
    main, cards = page.get_by_test_id("stMain"), page.locator(".card:not(.finding)")
    place = main.evaluate("element => element.scrollTop")
    cards.first.scroll_into_view_if_needed()
    expect(cards.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    for number in range(cards.count()):
        cards.nth(number).scroll_into_view_if_needed()
        expect(cards.nth(number)).to_have_attribute("aria-busy", "false")
    main.evaluate("(element, place) => element.scrollTo(0, place)", place)


def card(page, name):
    """Return the card of a chart."""
    return page.locator(".card").filter(has=page.locator(f"#{name}"))


def sidebar(page):
    return page.get_by_test_id("stSidebar")


def option(page, name):
    """Return the box of an option of the page."""
    return page.get_by_test_id("stMain").get_by_role("combobox", name=name, exact=True)


def choose_region(page, name):
    box = sidebar(page).get_by_role("combobox", name="Region")
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(100)  # what scrolls closes an open list
    box.click()
    page.get_by_role("option", name=name).click()
    page.keyboard.press("Escape")


def fold(card, name):
    """Open a folded part of a card, such as "Share / Download", and return it."""
    card.locator("summary", has_text=name).click()
    return card.locator("details[open]").filter(has_text=name).locator(".card-fold")


# The highest cell of a heatmap among those with the most meetings: its data, and where it is
# in pixels of the chart.
CELL = """plot => {
    const {xaxis, yaxis} = plot._fullLayout;
    let found = null;
    for (const trace of plot._fullData.filter(one => one.type === "heatmap"))
        trace.text?.forEach((row, y) => row.forEach((text, x) => {
            if (!(+text > (found?.number ?? 0))) return;
            found = {
                number: +text,
                mark: trace.customdata[y][x][0],
                x: xaxis._offset + xaxis.d2p(trace.x[x]),
                y: yaxis._offset + yaxis.d2p(trace.y[y]),
            };
        }));
    return found;
}"""


def click_cell(page):
    """Click the cell with the most meetings in the first heatmap; return that number."""
    plot = page.locator(".js-plotly-plot").first
    cell = plot.evaluate(CELL)
    plot.click(position={"x": cell["x"], "y": cell["y"]})
    return cell["number"]


def meetings_behind(page):
    """Return the list of meetings in the one card that has it open."""
    behind = page.locator(".card-behind:visible")
    expect(behind).to_have_count(1)
    expect(behind.locator("tbody tr").first).to_be_visible()
    return behind


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
    sidebar(page).get_by_role("link", name="Start").click()
    expect(page).to_have_url(re.compile(r"/\?region=central_asia$"))
    expect(page.locator("h1")).to_contain_text("What border and security meetings")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/trends\?region=central_asia&measure=count$"))
    expect(page.locator("h1")).to_contain_text("gained or lost attention")
    expect(option(page, "Show")).to_have_value("Number of meetings")


def test_back_takes_a_filter_away_again(page):
    visit(page, "/trends")
    choose_region(page, "Central Asia")
    expect(page).to_have_url(re.compile(r"/trends\?region=central_asia$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/trends$"))
    expect(sidebar(page)).to_contain_text("Selected: All regions")


def test_a_click_on_a_mark_lists_its_meetings_with_their_sources_in_the_card(page):
    visit(page, "/trends?years=2018-2023")
    number = click_cell(page)
    expect(page).to_have_url(re.compile("mark="))
    behind = meetings_behind(page)
    expect(behind.get_by_role("heading")).to_contain_text(f": {number} meetings")
    link = behind.get_by_role("link", name="source").first
    assert link.get_attribute("href").startswith("http")
    expect(card(page, "attention-by-year").locator(".card-ring")).to_be_visible()
    told = behind.inner_text()
    visit(page, page.url)
    assert meetings_behind(page).inner_text() == told


def test_by_keyboard_alone_a_mark_is_found_told_and_opened_and_closed(page):
    visit(page, "/trends?years=2018-2023")
    chart = card(page, "attention-by-year")
    frame, told = chart.locator(".card-frame"), chart.get_by_role("status")
    frame.focus()
    page.keyboard.press("ArrowRight")
    expect(told).not_to_be_empty()
    first = told.inner_text()
    page.keyboard.press("ArrowRight")
    expect(told).not_to_have_text(first)
    expect(chart.locator(".card-ring")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("mark="))
    behind = meetings_behind(page)
    # The focus goes to the list, and back to the chart when it is closed.
    expect(behind).to_be_focused()
    expect(told).to_have_text(behind.get_by_role("heading").inner_text())
    page.keyboard.press("Tab")
    expect(behind.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(behind).to_be_hidden()
    expect(frame).to_be_focused()
    expect(page).to_have_url(re.compile(r"/trends\?years=2018-2023$"))


def test_back_closes_the_meetings_of_a_mark_and_forward_opens_them(page):
    visit(page, "/trends?years=2018-2023")
    click_cell(page)
    expect(page).to_have_url(re.compile("mark="))
    told = meetings_behind(page).inner_text()
    idle(page)
    page.go_back()
    expect(page).to_have_url(re.compile(r"/trends\?years=2018-2023$"))
    expect(page.locator(".card-behind:visible")).to_have_count(0)
    expect(page.locator(".card-ring:visible")).to_have_count(0)
    idle(page)
    page.go_forward()
    expect(page).to_have_url(re.compile("mark="))
    assert meetings_behind(page).inner_text() == told


@pytest.mark.parametrize("seconds", [0.3, 1, 2.5])
def test_a_click_soon_after_a_link_opened_keeps_filter_and_sidebar(page, seconds):
    page.goto("/trends?region=central_asia&years=2018-2023", wait_until="commit")
    # The first card may be drawn before the run of the page has ended.
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    page.wait_for_timeout(seconds * 1000)
    click_cell(page)
    meetings_behind(page)
    expect(page).to_have_url(
        re.compile(r"/trends\?region=central_asia&years=2018-2023&mark=\w+&mark=\d{4}$")
    )
    idle(page)
    page.wait_for_timeout(1000)
    expect(sidebar(page)).to_have_attribute("data-collapsed", "false")
    expect(sidebar(page)).to_contain_text("Selected: Central Asia, 2018–2023")
    meetings_behind(page)
    assert "region=central_asia&years=2018-2023" in page.url


def test_a_network_without_websockets_leads_to_the_plain_page_of_the_view(page):
    page.route_web_socket(re.compile("/_stcore/stream"), lambda socket: socket.close())
    page.goto("/trends?region=central_asia&years=2018-2023")
    page.wait_for_timeout(5_000)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("alert").get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/print/trends\?region=central_asia&years=2018-2023$"))
    expect(page.get_by_role("main")).to_contain_text("Central Asia, 2018–2023")


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
    link = meetings_behind(page).get_by_role("link").first
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
    expect(meetings_behind(page)).to_contain_text(name)


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
