"""Pages for every reader in a real browser: rules of WCAG, keyboard, small screens, little motion.

Rules are those of axe-core (https://github.com/dequelabs/axe-core, MPL-2.0), all of them: WCAG 2.2
up to AA and what its makers call best practice.
"""

import itertools
import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from conftest import recorded
from playwright.sync_api import expect
from test_journeys import PAGES as CHARTS_ON
from test_journeys import (
    card,
    choose_region,
    fold,
    idle,
    meetings_behind,
    settled,
    sidebar,
    visit,
)

from threats.content.pages import PAGES

RECORD = "/meetings?meeting=bsmnfp-2021"
NOTHING = "/trends?region=north_america"
ADDRESSES = ["/", *(f"/{name}" for name in PAGES if name != "overview"), RECORD, NOTHING]
PLAIN = ["/print/trends", "/print/meetings?meeting=bsmnfp-2021", "/embed/attention-by-year"]
# What axe finds in Streamlit's own elements and no page can mend, by rule and place, and where it
# comes from. Tests fail where one of these is gone, so that the list does not outlive its reason.
STREAMLIT = {
    ("presentation-role-conflict", "stFileUploaderDropzone"): "The frame of the uploader has a "
    "role, a name and tabindex -1; its button is what a keyboard reaches "
    "(https://github.com/streamlit/streamlit/pull/15928).",
    ("region", 'role="listbox"'): "An open list hangs at the end of the page, outside every "
    "landmark; the focus stays in its field, which tells what is in it. axe leaves dialogs out of "
    "this rule for that reason (https://github.com/dequelabs/axe-core/issues/991).",
}


def at_rest(page, address):
    """Open a page and wait until it is complete, whether it has charts or not."""
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    quiet(page)


def quiet(page):
    idle(page)
    # The last of all that a page draws.
    expect(page.locator(".st-key-pages")).to_contain_text(PAGES["data"].title)
    page.wait_for_timeout(400)  # for what access.js does, and for elements that fade in


def violations(page, *rules):
    """Return what axe finds by all its rules, or by these alone, as (rule, element)."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [(one["id"], node["html"][:300]) for one in found for node in one["nodes"]]


def ours(found):
    return [
        (rule, html)
        for rule, html in found
        if not any(rule == known and place in html for known, place in STREAMLIT)
    ]


@pytest.fixture(scope="module")
def shared(browser, server):
    """Return a page that the tests of this module open one address after the other in."""
    with recorded(browser, server, viewport={"width": 1400, "height": 900}) as page:
        yield page


@pytest.fixture(scope="module")
def phone(browser, server):
    """Return a page of a phone, to open one address after the other in."""
    with recorded(browser, server, viewport={"width": 390, "height": 844}, has_touch=True) as page:
        yield page


def opened(page, address):
    """Open an address and wait until all of it is there, with its charts."""
    at_rest(page, address)
    if address in CHARTS_ON:
        settled(page)


def in_both_themes(page):
    """Return what axe finds in the light theme and then in the dark one, of one loaded page: the
    themes differ in their colours alone."""
    found = {}
    for scheme, rules in (("light", ()), ("dark", ("color-contrast", "link-in-text-block"))):
        page.emulate_media(color_scheme=scheme)
        expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", scheme)
        quiet(page)
        found[scheme] = violations(page, *rules)
    page.emulate_media(color_scheme="light")
    return found


# What has the focus: its name, whether something can be seen to have it, and where it stands.
FOCUS = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const shown = element.matches('[type=radio], [type=checkbox]')
    ? element.closest('label') : element;
  const style = getComputedStyle(shown);
  const box = shown.getBoundingClientRect();
  return {
    name: element.getAttribute('aria-label') || element.innerText || element.id,
    // A grid draws its own ring.
    ring: Boolean(element.closest('[data-testid=stDataFrame]'))
      || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    place: element.closest('[data-testid=stSidebar]') ? 'sidebar'
      : element.closest('[data-testid=stMain]') ? 'main' : 'frame',
  };
}"""


def walk(page, most=120):
    """Press Tab until the focus has gone round; return each stop."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None or (stops and stop["name"] == stops[0]["name"]):
            return stops
        stops.append(stop)
    return stops


def test_a_keyboard_alone_filters_reads_figures_and_finds_the_meetings_behind(page):
    at_rest(page, "/trends")
    sidebar(page).get_by_role("combobox", name="Region").focus()
    page.keyboard.type("Central As")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("region=central_asia"))
    page.keyboard.press("Escape")
    quiet(page)
    chart = card(page, "attention-by-year")
    expect(chart).to_have_attribute("aria-busy", "false")
    chart.locator("summary", has_text="Show the data").focus()
    page.keyboard.press("Enter")
    expect(chart.locator(".card-fold td").first).to_be_visible()
    chart.locator(".card-frame").focus()
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile(r"mark=terrorism&mark=\d{4}"))
    meetings_behind(page)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_breaks_no_rule_and_works_by_keyboard(shared, address):
    opened(shared, address)
    if address in ("/", "/trends", "/covid", "/regions"):
        labels_have_room_and_no_chart_is_drawn_twice(shared)
    expect(shared.locator("h1")).to_have_count(1)
    for landmark in ("main", "navigation", "banner"):
        expect(shared.get_by_role(landmark)).to_have_count(1)
    levels = shared.evaluate(
        "[...document.querySelectorAll('main :is(h1,h2,h3,h4)')].map(h => +h.tagName[1])"
    )
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert shared.evaluate("document.documentElement.lang") == "en"
    page = PAGES[re.sub(r"\?.*", "", address).strip("/") or "overview"]
    assert shared.title() == f"{page.title} · Threat Themes"
    stops = walk(shared)
    assert [stop["name"] for stop in stops if not stop["ring"]] == []
    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    assert "Skip to main content" in stops[0]["name"]
    places = [stop["place"] for stop in stops if stop["place"] != "frame"]
    assert places == sorted(places, reverse=True), "the sidebar comes before the page"
    names = [stop["name"] for stop in stops]
    for wanted in ("Threats", "Region", "Reset filter"):
        assert any(wanted in name for name in names), wanted
    both = in_both_themes(shared)
    for scheme, found in both.items():
        assert ours(found) == [], scheme
    known = {"presentation-role-conflict"} if address == "/code" else set()
    assert {rule for rule, _ in both["light"]} == known
    assert not scrolls_sideways_at_twice_its_size(shared)
    if address in CHARTS_ON:
        every_table_and_another_region_come(shared)


def labels_have_room_and_no_chart_is_drawn_twice(page):
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    # plotly.js tells by this whether it had to widen a margin of its own accord.
    wider = page.evaluate(
        """() => [...document.querySelectorAll(".js-plotly-plot")]
        .filter(chart => ["l", "t", "b"].some(side =>
            Math.round(chart._fullLayout._size[side] - chart._fullLayout.margin[side]) > 0))
        .map(chart => chart._fullLayout.yaxis?.title?.text)"""
    )
    assert wider == []
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".js-plotly-plot")].flatMap(chart => {
            const box = chart.getBoundingClientRect();
            return [...chart.querySelectorAll(".xtick text, .ytick text, .legendtext")]
                .filter(text => {
                    const own = text.getBoundingClientRect();
                    return own.left < box.left - 1 || own.top < box.top - 1
                        || own.right > box.right + 1 || own.bottom > box.bottom + 1;
                })
                .map(text => text.textContent);
        })"""
    )
    assert cut == []


def every_table_and_another_region_come(page):
    """What a page loads for them is recorded, as all that it asks for."""
    tables = page.locator("summary", has_text="Show the data")
    tables.evaluate_all("all => all.forEach(one => one.click())")
    for number in range(tables.count()):
        shown = page.locator("details[data-part=data]").nth(number).locator("td")
        expect(shown.first).to_be_attached()
    choose_region(page, "South-Eastern Europe")
    expect(page).to_have_url(re.compile("region=south_eastern_europe"))
    settled(page)


def scrolls_sideways_at_twice_its_size(page):
    """Return whether a page scrolls sideways where a reader has doubled its size."""
    size = page.viewport_size
    page.set_viewport_size({"width": 640, "height": 512})
    quiet(page)
    widths = page.evaluate(
        "[document.documentElement.scrollWidth,"
        " document.querySelector('[data-testid=stMain]').scrollWidth, innerWidth]"
    )
    page.set_viewport_size(size)
    quiet(page)
    return max(widths[:2]) > widths[2]


def test_no_rule_is_broken_with_the_filter_open_menus_open_or_a_part_unfolded(shared):
    at_rest(shared, "/trends?years=2018-2023&region=central_asia&mark=terrorism")
    assert [ours(found) for found in in_both_themes(shared).values()] == [[], []]
    shared.emulate_media(color_scheme="dark")
    sidebar(shared).get_by_role("combobox", name="Region").click()
    expect(shared.get_by_role("option").first).to_be_visible()
    opened = violations(shared)
    assert {rule for rule, _ in opened} == {"region"}
    assert ours(opened) == []
    shared.keyboard.press("Escape")
    chart = card(shared, "attention-by-year")
    expect(fold(chart, "Show the data").locator("td").first).to_be_visible()
    expect(fold(chart, "Share / Download").get_by_text("Cite", exact=True)).to_be_visible()
    expect(fold(chart, "Notes").locator("p").first).to_be_visible()
    meetings_behind(shared)
    quiet(shared)
    assert ours(violations(shared)) == []
    shared.get_by_role("button", name="Share / Download").click()
    expect(shared.get_by_test_id("stPopoverBody").get_by_text("Cite")).to_be_visible()
    quiet(shared)
    assert ours(violations(shared)) == []
    shared.emulate_media(color_scheme="light")


def test_terms_are_explained_on_focus(page):
    at_rest(page, "/covid")
    page.get_by_test_id("stMain").get_by_role("button", name="Help").first.focus()
    expect(page.get_by_role("tooltip")).to_contain_text("the source itself connects the threat")


def test_a_chart_is_described_and_the_description_stands_under_it(page):
    visit(page, "/trends?region=central_asia")
    chart = card(page, "attention-by-year")
    told = chart.locator(".card-frame").get_attribute("aria-label")
    assert told.startswith("Most often on the agenda: terrorism")
    finding, rest = (chart.locator(f".card-{part}") for part in ("finding", "caption"))
    assert f"{finding.inner_text()} {rest.inner_text()}" == told
    chart = chart.locator(".card-frame").bounding_box()
    assert finding.bounding_box()["y"] < chart["y"] < rest.bounding_box()["y"]


TARGETS = """() => [...document.querySelectorAll(
    'a[href], button, [role=combobox], [role=slider], summary')]
  .map(element => [element.getAttribute('aria-label') || element.innerText,
    element.getBoundingClientRect(), element])
  .filter(([, box, element]) => box.width && box.right > 0
    && getComputedStyle(element).display !== 'inline')
  .filter(([, box]) => box.width < 23.5 || box.height < 23.5)
  .map(([name, box]) => `${name}: ${box.width} x ${box.height}`)"""


@pytest.mark.parametrize("address", [*CHARTS_ON, RECORD])
def test_a_page_fits_a_phone(phone, address):
    opened(phone, address)
    widths = phone.evaluate(
        "[document.documentElement.scrollWidth,"
        " document.querySelector('[data-testid=stMain]').scrollWidth, window.innerWidth]"
    )
    assert max(widths[:2]) <= widths[2]
    if address in ("/trends", "/responses", "/data", RECORD):
        assert ours(violations(phone)) == []
    if address in ("/trends", "/responses", "/data"):
        assert phone.evaluate(TARGETS) == []
    if address == "/responses":
        what_is_wide_scrolls_in_itself(phone)


def what_is_wide_scrolls_in_itself(page):
    wide = page.locator(".card-frame.wide").first
    widths = wide.evaluate("element => [element.scrollWidth, element.clientWidth, innerWidth]")
    assert widths[0] > widths[1]
    assert widths[1] <= widths[2]
    wide.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    expect(wide).not_to_have_js_property("scrollLeft", 0)
    ticks = page.locator(".js-plotly-plot").nth(1).locator(".ytick text")
    sizes = [
        float(size[:-2])
        for size in ticks.evaluate_all("all => all.map(one => getComputedStyle(one).fontSize)")
    ]
    assert min(sizes) >= 10
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(sidebar(page).get_by_role("combobox", name="Region")).to_be_visible()


@pytest.mark.parametrize("address", PLAIN)
def test_a_plain_page_breaks_no_rule(phone, address):
    phone.goto(address)
    assert violations(phone) == []


@pytest.mark.parametrize("address", ["/code", "/trends"])
def test_motion_is_reduced_where_asked_for(browser, server, address):
    context = browser.new_context(reduced_motion="reduce", base_url=server)
    page = context.new_page()
    opened(page, address)
    longest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('*')].flatMap(element => {"
        " const style = getComputedStyle(element);"
        " return [style.transitionDuration, style.animationDuration].flatMap("
        "  text => text.split(',').map(parseFloat)); }))"
    )
    assert longest <= 0.002
    context.close()


# The contrast of two colours, as WCAG defines it.
CONTRAST = """([first, second]) => {
    const light = colour => {
        const parts = colour.match(/[\\d.]+/g).slice(0, 3).map(one => one / 255)
            .map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    };
    const both = [light(first), light(second)].sort((a, b) => b - a);
    return (both[0] + 0.05) / (both[1] + 0.05);
}"""


def style(place, name):
    return place.evaluate("(element, name) => getComputedStyle(element)[name]", name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_card_is_read_and_used_in_forced_colours(browser, server, scheme):
    context = browser.new_context(forced_colors="active", color_scheme=scheme, base_url=server)
    page = context.new_page()
    page.set_default_timeout(30_000)
    visit(page, "/trends?region=central_asia")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    chart = card(page, "attention-by-year")
    plot = chart.locator(".card-plot")
    # The colours of the marks mean something, so they stay, and the words have a ground of theirs.
    ground = style(plot, "backgroundColor")
    words = plot.locator(":is(.xtick, .x2tick, .ytick, .y2tick) text").first
    assert page.evaluate(CONTRAST, [style(words, "fill"), ground]) >= 4.5
    # All else has the colours of the reader.
    parts = [".card-finding", "summary >> nth=0", ".card-soft >> nth=0"]
    canvas = style(page.locator("body"), "backgroundColor")
    for part in parts:
        assert page.evaluate(CONTRAST, [style(chart.locator(part), "color"), canvas]) >= 4.5, part
    frame, ring = chart.locator(".card-frame"), chart.locator(".card-ring")
    frame.focus()
    page.keyboard.press("ArrowRight")
    expect(ring).to_be_visible()
    assert style(frame, "outlineStyle") == "solid"
    assert page.evaluate(CONTRAST, [style(ring, "borderTopColor"), ground]) >= 3
    context.close()
