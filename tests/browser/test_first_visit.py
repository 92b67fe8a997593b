"""Three questions of somebody who comes for the first time, answered from the first page within
six clicks; what is typed into a field that a click has opened is no click."""

import re

import pytest
from conftest import fetched
from playwright.sync_api import expect
from test_access import at_rest, quiet
from test_journeys import card, option, sidebar

MOST = 6


@pytest.fixture
def visitor(page):
    """Return a page on which clicks are counted, in ``page.clicks``."""
    page.clicks = 0

    def click(place):
        page.clicks += 1
        place.click()
        quiet(page)

    page.counted = click
    at_rest(page, "/")
    yield page
    assert 0 < page.clicks <= MOST


def choose(visitor, field, text):
    """Choose in the filter by a click and the first letters."""
    visitor.counted(sidebar(visitor).get_by_role("combobox", name=field, exact=True))
    visitor.keyboard.type(text)
    visitor.keyboard.press("Enter")
    visitor.keyboard.press("Escape")
    quiet(visitor)


def test_when_was_human_trafficking_last_a_focus_in_the_south_caucasus(visitor):
    visitor.counted(sidebar(visitor).get_by_role("link", name="Threats"))
    visitor.counted(option(visitor, "Count a threat if it was"))
    visitor.keyboard.type("The main")
    visitor.keyboard.press("Enter")
    quiet(visitor)
    choose(visitor, "Region", "South Cauc")
    choose(visitor, "Threat", "Human traff")
    expect(visitor).to_have_url(re.compile("region=south_caucasus.*threat=trafficking_in_persons"))
    # Never, in these data: what the page says where there is nothing is an answer too.
    caption = "Human trafficking: never the main subject in 12 meetings."
    expect(card(visitor, "attention-by-year").get_by_text(caption).first).to_be_visible()
    assert visitor.clicks == 4


def test_a_slide_of_firearms_in_south_eastern_europe(visitor):
    visitor.counted(sidebar(visitor).get_by_role("link", name="Threats"))
    choose(visitor, "Region", "South-East")
    choose(visitor, "Threat", "Weapons")
    visitor.counted(
        card(visitor, "attention-by-year").locator("summary", has_text="Share / Download")
    )
    visitor.clicks += 1
    name = fetched(
        visitor, visitor.get_by_role("link", name="Image for a slide (16:9)")
    ).suggested_filename
    assert name.startswith("attention-by-year_south-eastern-europe")
    assert name.endswith(".png")
    assert visitor.clicks == 5


def test_what_did_the_pandemic_change(visitor):
    visitor.counted(sidebar(visitor).get_by_role("link", name="COVID-19"))
    answer = visitor.locator(".card-finding", has_text="In the pandemic period (")
    visitor.locator(".card").nth(1).scroll_into_view_if_needed()
    expect(answer.first).to_be_visible()
    assert visitor.clicks == 1
