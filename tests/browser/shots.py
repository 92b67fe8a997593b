"""Make pictures of every page in four forms, to be looked at: light, dark, narrow and print.

python tests/browser/shots.py FOLDER [ADDRESS ...]
"""

import sys
import tempfile
from pathlib import Path

from choreographer.browsers.chromium import Chromium
from conftest import dashboard
from playwright.sync_api import expect, sync_playwright

from threats.content.pages import PAGES

ADDRESSES = [
    "/",
    *(f"/{name}" for name in PAGES if name != "overview"),
    "/meetings?meeting=bsmnfp-2021",
]
FORMS = {
    "light": dict(color_scheme="light", viewport={"width": 1400, "height": 1000}),
    "dark": dict(color_scheme="dark", viewport={"width": 1400, "height": 1000}),
    "narrow": dict(viewport={"width": 390, "height": 844}, has_touch=True),
}
HIGHEST = 12_000


def shot(page, address: str, file: Path) -> None:
    """Open an address and make a picture of all of it."""
    page.goto(address)
    expect(page.locator("h1")).to_be_visible(timeout=60_000)
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=60_000)
    page.wait_for_timeout(1000)
    width = page.viewport_size["width"]
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height, HIGHEST)})
    # Cards that were far below are fetched now.
    expect(page.locator(".card[aria-busy=true]")).to_have_count(0, timeout=60_000)
    page.wait_for_timeout(1500)
    page.screenshot(path=file)


def main(folder: Path, addresses: list[str]) -> None:
    """Make the pictures of these addresses in a folder, one file for each form."""
    folder.mkdir(parents=True, exist_ok=True)
    log = Path(tempfile.mkdtemp()) / "log.txt"
    with dashboard(log) as server, sync_playwright() as playwright:
        path = Chromium.find_browser(skip_local=False)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for address in addresses:
            name = address.strip("/").replace("?", "_").replace("=", "-") or "overview"
            for form, options in FORMS.items():
                context = browser.new_context(base_url=server, **options)
                shot(context.new_page(), address, folder / f"{name}_{form}.png")
                context.close()
            page = address.strip("/") or "overview"
            if PAGES[page.split("?")[0]].printable:
                context = browser.new_context(base_url=server, viewport=FORMS["light"]["viewport"])
                sheet = context.new_page()
                sheet.emulate_media(media="print")
                sheet.goto(f"/print/{page}")
                sheet.screenshot(path=folder / f"{name}_print.png", full_page=True)
                context.close()
            print(name, flush=True)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or ADDRESSES)
