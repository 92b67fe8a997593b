"""An analysed text and its corrections outlive their session in the tab, in a real browser."""

import pytest
from conftest import free_port, launched
from playwright.sync_api import expect
from test_code import PASTE
from test_coding_files import RELEASE as RELEASE_FILE

RELEASE = RELEASE_FILE.read_text(encoding="utf-8")
NOTICE = "The session of this page was lost."
PLACE = "Id of the meeting"


@pytest.fixture
def restartable(tmp_path):
    """Return the address of a dashboard, and a function that stops it and starts it again."""
    port, path = free_port(), tmp_path / "log.txt"
    with path.open("w", encoding="utf-8") as log:
        processes = [launched(port, log, {})]

        def restart():
            processes[-1].kill()
            processes[-1].wait(timeout=30)
            processes.append(launched(port, log, {}))

        try:
            yield f"http://127.0.0.1:{port}", restart
        finally:
            processes[-1].terminate()
            processes[-1].wait(timeout=30)
    assert "Traceback" not in path.read_text(encoding="utf-8")


def settled(page):
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=90_000)
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=90_000)


def corrected(page, address):
    """Analyse a text and correct a field."""
    page.goto(f"{address}/code")
    page.get_by_role("textbox", name=PASTE, exact=True).fill(RELEASE)
    page.get_by_role("textbox", name=PASTE, exact=True).press("Control+Enter")
    field = page.get_by_role("textbox", name=PLACE, exact=True)
    expect(field).to_be_visible(timeout=90_000)
    settled(page)
    field.fill("my-own-meeting")
    field.press("Enter")
    settled(page)
    expect(page.get_by_test_id("stDownloadButton")).to_be_visible()
    page.wait_for_function(
        "() => sessionStorage.getItem('threat-themes-draft')?.includes('my-own-meeting')"
    )


@pytest.mark.parametrize("reloads", [False, True])
def test_a_text_and_its_corrections_are_there_after_a_restart(browser, restartable, reloads):
    address, restart = restartable
    context = browser.new_context(viewport={"width": 1400, "height": 1400})
    page = context.new_page()
    page.set_default_timeout(60_000)
    corrected(page, address)
    restart()
    if reloads:
        page.reload()
    settled(page)
    offer = page.locator(".kept-draft")
    box = page.get_by_role("textbox", name=PASTE, exact=True)
    # A page that was not loaded again may have restored its fields by itself.
    expect(offer.or_(page.get_by_role("textbox", name=PLACE, exact=True)).first).to_be_visible(
        timeout=90_000
    )
    if offer.count():
        expect(offer).to_contain_text(NOTICE)
        offer.get_by_role("button", name="Put it back").click()
    expect(box).to_have_value(RELEASE, timeout=60_000)
    expect(page.get_by_role("textbox", name=PLACE, exact=True)).to_have_value(
        "my-own-meeting", timeout=60_000
    )
    expect(offer).to_have_count(0)
    context.close()


def test_what_was_only_typed_is_offered_after_a_reload_and_can_be_deleted(browser, server):
    context = browser.new_context(base_url=server)
    page = context.new_page()
    page.set_default_timeout(60_000)
    asked = []
    page.goto("/code")
    box = page.get_by_role("textbox", name=PASTE, exact=True)
    expect(box).to_be_visible()
    settled(page)
    context.on("request", lambda request: asked.append(request.url))
    box.press_sequentially("Officials discussed smuggling")
    assert not [url for url in asked if "smuggling" in url]
    page.reload()
    offer = page.locator(".kept-draft")
    expect(offer).to_contain_text("Officials discussed smuggling")
    offer.get_by_role("button", name="Delete it").click()
    expect(offer).to_have_count(0)
    page.reload()
    settled(page)
    expect(page.locator(".kept-draft")).to_have_count(0)
    # Another tab has its own storage.
    other = context.new_page()
    other.goto("/code")
    settled(other)
    expect(other.locator(".kept-draft")).to_have_count(0)
    context.close()
