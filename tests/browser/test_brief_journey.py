"""The page that prepares a meeting in a real browser: choose, make, cancel, download."""

import re
import tempfile
from pathlib import Path

from conftest import dashboard, fetched
from docx import Document
from playwright.sync_api import expect
from test_journeys import choose_region, settled, sidebar, visit

TITLE = "Human trafficking: a brief for Central Asia"


def choose_threat(page, name):
    sidebar(page).get_by_role("combobox", name="Threat", exact=True).click()
    page.keyboard.type(name)
    page.get_by_role("option", name=name).first.click()
    page.keyboard.press("Escape")


def make(page, label):
    page.get_by_role("button", name=f"Generate {label}", exact=True).click()


def shown(page):
    """Return the sentences on the page, without their sources."""
    told = page.get_by_test_id("stMain").locator("li").all_inner_texts()
    return [re.sub(r" \[[^\]]*\]$", "", text) for text in told]


def test_from_a_page_to_a_word_file_with_the_numbers_on_screen(page):
    visit(page, "/trends")
    choose_region(page, "Central Asia")
    expect(page).to_have_url(re.compile("region=central_asia"))
    settled(page)
    choose_threat(page, "Human trafficking")
    expect(page).to_have_url(re.compile("threat=trafficking_in_persons"))
    settled(page)
    sidebar(page).get_by_role("link", name="Brief", exact=True).click()
    expect(page).to_have_url(
        re.compile(r"/brief\?region=central_asia&threat=trafficking_in_persons$")
    )
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    settled(page)
    make(page, "Word (DOCX)")
    arrived = fetched(page, page.get_by_role("link", name="Download Word (DOCX)"))
    assert arrived.suggested_filename == "brief_central-asia_trafficking-in-persons.docx"
    doc = Document(arrived.path())
    assert doc.paragraphs[0].text == TITLE
    assert len(doc.inline_shapes) >= 1
    text = " ".join(paragraph.text for paragraph in doc.paragraphs)
    sentences = shown(page)
    assert len([s for s in sentences if re.search(r"\d", s)]) > 8
    for sentence in sentences:
        assert sentence in text


def test_cancel_ends_the_work_and_leaves_nothing_on_disk(browser, tmp_path):
    # A browser cannot start in a folder whose path is long.
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as hold,
        dashboard(tmp_path / "log.txt", TMPDIR=hold) as address,
    ):
        context = browser.new_context(base_url=address)
        page = context.new_page()
        page.set_default_timeout(60_000)
        visit(page, "/brief?region=central_asia&threat=trafficking_in_persons")
        # The first picture waits for a browser to start, so there is time to cancel.
        make(page, "Word (DOCX)")
        page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_text("Cancelled.")).to_be_visible(timeout=60_000)
        settled(page)
        assert page.get_by_role("link", name="Download Word").count() == 0
        assert page.get_by_test_id("stProgress").count() == 0
        make(page, "PDF")
        arrived = fetched(page, page.get_by_role("link", name="Download PDF"))
        assert Path(arrived.path()).read_bytes().startswith(b"%PDF-")
        held = [path for path in Path(hold).rglob("*") if path.is_file()]
        assert not [path for path in held if TITLE.encode() in path.read_bytes()]
        context.close()
