"""The review desk in a real browser: from a pasted release to a chart, and out again."""

import contextlib
import re
import shutil
from pathlib import Path

import pytest
from conftest import dashboard, recorded
from playwright.sync_api import expect
from test_review_desk import RELEASE

MAX_CLICKS = 6  # from the start page to a chart that counts an own release


@pytest.fixture
def desk(small, tmp_path, browser):
    """Return the page of a dashboard whose data are open for changes."""
    with served(small, tmp_path, browser, "data") as page:
        yield page


@pytest.fixture
def closed(small, tmp_path, browser):
    """Return the page of a dashboard whose data nobody may change."""
    with served(small, tmp_path, browser, "") as page:
        yield page


@contextlib.contextmanager
def served(small, tmp_path, browser, edited):
    """Give the page of a dashboard with a few data, of which a folder is open for changes."""
    folder = Path(shutil.copytree(small, tmp_path / "data"))
    settings = {
        "THREATS_DATA": str(folder),
        "THREATS_EDIT": str(tmp_path / edited) if edited else "",
        "THREATS_PROPOSALS": str(tmp_path / "proposals"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    with (
        dashboard(tmp_path / "log.txt", **settings) as address,
        recorded(browser, address, viewport={"width": 1400, "height": 1000}) as page,
    ):
        yield page


def settled(page):
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def threats_chart(page):
    """Open the page Threats by its link, and return the figures of its first chart as texts."""
    with page.expect_response(re.compile(r"/cards/attention-by-year\.json")) as answered:
        page.get_by_role("link", name="Threats", exact=True).click()
    expect(page.locator("article.card").first).to_contain_text("Show the data")
    address = answered.value.url.replace(".json", "/table.json")
    return page.request.get(address).json()["rows"]


def own_rows(rows):
    """Return the figures of the year of the release that count a meeting with a threat."""
    return [row for row in rows if row[2] == "2025" and row[3] != "0"]


def pasted(page):
    """Paste a release into the page Analyse a text."""
    page.get_by_role("textbox", name="or paste its text here").click()
    page.get_by_role("textbox", name="or paste its text here").fill(RELEASE)
    page.keyboard.press("ControlOrMeta+Enter")


def proposed(page):
    """Paste a release, and open its rows in the review."""
    pasted(page)
    page.get_by_role("button", name="Review these rows").click()
    expect(page.get_by_role("button", name="Accept")).to_be_in_viewport()
    # The fields of the analysis have some of the same names.
    expect(page.get_by_role("textbox", name="Source (address)")).to_have_count(1)
    settled(page)


def count_clicks(page):
    page.evaluate("""() => {
        window.clicks = 0;
        addEventListener("click", (event) => { window.clicks += event.isTrusted; }, true);
    }""")


def test_a_release_is_pasted_corrected_accepted_counted_and_undone(desk):
    page = desk
    page.goto("/")
    count_clicks(page)
    page.get_by_role("link", name="Analyse a text").click()
    proposed(page)
    page.get_by_role("textbox", name="Title").fill("Forged documents in Bishkek")
    source = page.get_by_role("textbox", name="Source (address)")
    source.press("Enter")  # accepts, but there is no source yet
    expect(page.get_by_text("Nothing was written:")).to_be_in_viewport()
    source.fill("https://www.osce.org/secretariat/700777")
    source.press("Enter")
    expect(page.get_by_text("Accepted: Forged documents in Bishkek")).to_be_in_viewport()
    assert own_rows(threats_chart(page))
    assert 0 < page.evaluate("window.clicks") <= MAX_CLICKS

    page.get_by_role("link", name="Analyse a text").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: Workshop")).to_be_visible()
    assert not own_rows(threats_chart(page))


def test_all_of_the_desk_is_reached_by_keyboard(desk):
    page = desk
    page.goto("/code")
    proposed(page)
    page.get_by_role("link", name="Skip the text").focus()
    page.keyboard.press("Enter")
    reached = []
    while len(reached) < 80 and "Reject" not in (reached or [""])[-1]:
        page.keyboard.press("Tab")
        assert not page.locator("mark:focus").count()
        reached.append(
            page.evaluate(
                "document.activeElement.getAttribute('aria-label')"
                " || document.activeElement.closest('label')?.textContent"
                " || document.activeElement.textContent"
            )
        )
    said = " | ".join(reached)
    for label in ("Accept", "Title", "Series", "Threat: Drug trafficking", "Reason to reject"):
        assert label in said, said


def test_a_reader_counts_a_release_in_the_session_alone(closed, browser):
    page = closed
    page.goto("/")
    count_clicks(page)
    page.get_by_role("link", name="Analyse a text").click()
    pasted(page)
    page.get_by_role("button", name="Count it in my session").click()
    line = page.get_by_text("Your session counts 1 text of your own")
    expect(line).to_be_visible()
    expect(page.get_by_role("button", name="Review these rows")).to_have_count(0)
    assert own_rows(threats_chart(page))
    assert 0 < page.evaluate("window.clicks") <= MAX_CLICKS
    expect(line).to_be_visible()
    assert "session" not in page.url
    shown = page.content()
    assert "session=" not in shown

    other = browser.new_context(base_url=page.url.rpartition("/")[0]).new_page()
    other.goto("/")
    assert not own_rows(threats_chart(other))
    other.context.close()

    page.get_by_role("button", name="Remove it").click()
    expect(line).to_have_count(0)
    page.get_by_role("link", name="Start", exact=True).click()
    assert not own_rows(threats_chart(page))
