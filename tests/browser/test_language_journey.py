"""The languages of the dashboard in a real browser."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import expect
from test_journeys import idle, settled, sidebar, visit

from threats.content.pages import PAGES

LOCALE = Path(__file__).parents[2] / "threats" / "text" / "locale"
PARAMS = {
    "threat": "threat=firearms_trafficking",
    "country": "country=KGZ",
    "series": "series=bsmnfp",
}
# Every text that a reader sees or hears, without what is marked as English.
TEXTS = """() => {
  const found = new Set();
  const hidden = "script, style, [lang=en], code, textarea, [data-testid=stIconMaterial]";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.closest(hidden)) found.add(node.data.trim());
  }
  for (const name of ["aria-label", "placeholder", "title", "alt"])
    for (const one of document.body.querySelectorAll(`[${name}]`))
      if (!one.closest("[lang=en]")) found.add(one.getAttribute(name).trim());
  return [...found];
}"""


def english_patterns(language):
    """Return a pattern for each English message of three or more words that has another form in a
    language; its placeholders stand for anything."""
    with (LOCALE / language / "LC_MESSAGES" / "threats.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    patterns = []
    for message in catalogue:
        forms = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        for form in forms:
            words = re.sub(r"\{[^}]*\}", " ", form)
            if form in texts or not any(texts) or len(re.findall(r"[A-Za-z]{2,}", words)) < 3:
                continue
            pieces = [re.escape(piece) for piece in re.split(r"\{[^}]*\}", form)]
            patterns.append(re.compile(".+".join(pieces), re.DOTALL))
    return patterns


def test_the_switch_changes_every_word_and_stays_in_links_and_on_reload(page):
    visit(page, "/trends?region=central_asia")
    sidebar(page).get_by_role("combobox", name="Language").click()
    page.get_by_role("option", name="Русский").click()
    expect(page).to_have_url(re.compile(r"/trends\?.*lang=ru"))
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    settled(page)
    expect(sidebar(page)).to_contain_text("Центральная Азия")
    expect(page.locator(".card h2").first).to_have_text(re.compile("[а-я]"))
    expect(sidebar(page).get_by_role("button", name="Открыть").first).to_be_visible()
    link = sidebar(page).get_by_role("link", name="COVID-19", exact=True)
    expect(link).to_have_attribute("href", re.compile("lang=ru"))
    link.click()
    expect(page).to_have_url(re.compile(r"/covid\?.*lang=ru"))
    settled(page)
    page.reload()
    settled(page)
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    sidebar(page).get_by_role("combobox").first.click()
    page.get_by_role("option", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", name="Filter")).to_be_visible()
    expect(sidebar(page).get_by_role("button", name="Open").first).to_be_visible()


def test_a_browser_that_asks_for_a_language_gets_it_without_an_address(browser, server):
    context = browser.new_context(base_url=server, locale="de-AT")
    page = context.new_page()
    visit(page, "/regions")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(sidebar(page)).to_contain_text("Bedrohungen")
    context.close()


@pytest.mark.parametrize("language", ["ru"])
def test_no_page_shows_an_english_message(page, language):
    patterns = english_patterns(language)
    assert len(patterns) > 800
    page.set_viewport_size({"width": 1400, "height": 900})
    escaped = {}
    for name in PAGES:
        path = "" if name == "overview" else name
        page.goto(f"/{path}?lang={language}&{PARAMS.get(name, '')}")
        expect(page.locator("h1")).to_be_visible()
        idle(page)
        if page.locator(".card:not(.finding)").count():
            settled(page)
        page.wait_for_timeout(600)  # controls are named a quarter of a second after they come
        texts = page.evaluate(TEXTS)
        escaped |= {
            (name, text[:120]): None
            for text in texts
            if any(pattern.fullmatch(text) for pattern in patterns)
        }
    assert list(escaped) == []
