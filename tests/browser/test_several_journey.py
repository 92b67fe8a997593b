"""The switch between two datasets in a real browser."""

import os
import re

import pytest
from conftest import ROOT, dashboard
from playwright.sync_api import expect
from test_journeys import choose_region, fold, idle, settled, sidebar


@pytest.fixture(scope="module")
def both(own, tmp_path_factory):
    """Return the address of a dashboard of the shipped dataset and of an organization's own."""
    log = tmp_path_factory.mktemp("both") / "log.txt"
    with dashboard(log, THREATS_DATA=os.pathsep.join([str(ROOT / "data"), str(own)])) as address:
        yield address


def switch(page, title):
    sidebar(page).get_by_role("combobox", name="Dataset").click()
    page.get_by_role("option", name=title).click()


def cites(page, dataset):
    """Check which dataset the citation of the first chart names."""
    share = fold(page.locator(".card").first, "Share / Download")
    expect(share.get_by_label("Cite", exact=True)).to_have_value(re.compile(re.escape(dataset)))


def test_the_switch_stands_in_the_address_goes_along_and_back(both, browser):
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, base_url=both)
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto("/trends")
    settled(page)
    choose_region(page, "Central Asia")
    expect(page).to_have_url(f"{both}/trends?region=central_asia")
    settled(page)
    switch(page, "Notes of our own")
    expect(page).to_have_url(f"{both}/trends?dataset=own-notes&region=central_asia")
    settled(page)
    cites(page, ". Notes of our own: ")
    sidebar(page).get_by_role("link", name="Meetings").click()
    expect(page).to_have_url(re.compile("/meetings[?]dataset=own-notes&region=central_asia$"))
    expect(page.get_by_role("heading", name="Meetings", exact=True)).to_be_visible()
    idle(page)
    page.go_back()
    expect(page).to_have_url(f"{both}/trends?dataset=own-notes&region=central_asia")
    settled(page)
    switch(page, "Threat Themes")
    expect(page).to_have_url(f"{both}/trends?region=central_asia")
    settled(page)
    cites(page, ". Threat Themes: ")
    page.reload()
    settled(page)
    expect(sidebar(page).get_by_role("combobox", name="Dataset")).to_have_value("Threat Themes")
    context.close()
