"""The page Analyse a press release in a real browser: upload, marks, edits, rows."""

import io
import re
import zipfile

import httpx
import pandas as pd
from playwright.sync_api import expect
from test_coding_files import BAD, RELEASE, TEXT, pdf

from threats.server.middleware.upload_limits import MAX_FILES_PER_PAGE

PASTE = "or paste its text here"
ROW = 35  # pixels of a row of the editor


def opened(page):
    page.goto("/code")
    expect(page.locator("h1")).to_have_text("Analyse a press release")


def upload(page, name, content):
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def fill_cell(page, editor, row, column, value):
    """Write into a cell of an editor, which is drawn on a canvas."""
    frame = page.get_by_role("region", name=editor)
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    frame.dblclick(position={"x": box["width"] * column, "y": ROW * (row + 1.5)})
    page.locator(".gdg-input").fill(value)
    page.keyboard.press("Enter")
    expect(page.locator(".gdg-input")).to_have_count(0)
    page.wait_for_timeout(700)  # the editor gathers edits for a moment before it sends them
    settled(page)


def settled(page):
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def test_a_press_release_becomes_rows_in_order(page):
    opened(page)
    upload(page, "release.pdf", pdf(TEXT))
    crime = page.locator("mark.threat", has_text="cross-border crimes")
    expect(crime).to_be_visible()
    crime.focus()
    told = crime.evaluate("element => getComputedStyle(element, '::after').content")
    assert "Cross-border crime (unspecified) (discussed" in told
    settled(page)
    warning = page.get_by_test_id("stAlert").last
    expect(warning).to_contain_text("is already in the dataset")
    for name, value in {
        "Id of the meeting": "bsmnfp-2031",
        "First day": "2031-09-21",
        "Last day": "2031-09-22",
        "Source (address)": "https://www.osce.org/secretariat/999999",
    }.items():
        page.get_by_role("textbox", name=name, exact=True).fill(value)
        page.keyboard.press("Enter")
        settled(page)
    fill_cell(page, "Threats: proposed rows", 0, 0.75, "Main challenge of the year")
    expect(page.get_by_text("These rows follow every rule of the dataset")).to_be_visible()
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Download rows (ZIP)").click()
    assert arriving.value.suggested_filename == "bsmnfp-2031.zip"
    with zipfile.ZipFile(arriving.value.path()) as archive:
        mentions = pd.read_csv(io.BytesIO(archive.read("threat_mentions.csv")))
        meetings = pd.read_csv(io.BytesIO(archive.read("meetings.csv")))
    assert set(mentions["threat_id"]) == {
        "pandemic",
        "cross_border_crime",
        "terrorism",
        "organized_crime",
    }
    assert "Main challenge of the year" in set(mentions["evidence"])
    assert meetings["start_date"].tolist() == ["2031-09-21"]


def test_a_file_that_cannot_be_read_says_why(page):
    opened(page)
    for name, content, told in (BAD["an encrypted PDF"], BAD["a picture called a PDF"]):
        upload(page, name, content)
        expect(page.get_by_test_id("stAlert").filter(has_text=told)).to_be_visible()


def test_another_reader_sees_nothing_of_a_text(page, browser, server):
    opened(page)
    page.get_by_role("textbox", name=PASTE).fill(RELEASE.read_text(encoding="utf-8"))
    page.keyboard.press("ControlOrMeta+Enter")
    expect(page.locator("mark.threat").first).to_be_visible()
    context = browser.new_context(base_url=server)
    other = context.new_page()
    opened(other)
    expect(other.get_by_role("textbox", name=PASTE)).to_have_value("")
    assert other.locator("mark").count() == 0
    context.close()


def test_a_page_holds_so_many_files_and_one_that_is_replaced_is_let_go(page):
    opened(page)
    sent = []
    page.on("request", lambda asked: asked.method == "PUT" and sent.append(asked))
    for number in range(MAX_FILES_PER_PAGE + 2):
        with page.expect_response(lambda answer: answer.request.method == "PUT") as put:
            upload(page, f"release{number}.txt", f"{RELEASE} {number}".encode())
        assert put.value.status == 204
        expect(page.get_by_role("textbox", name=PASTE)).to_have_value(
            re.compile(rf"\b{number}\s*$")
        )
        settled(page)
    address, token = sent[-1].url, sent[-1].headers["x-xsrftoken"]
    headers = {"X-Xsrftoken": token, "Cookie": f"_streamlit_xsrf={token}"}

    def put_beside(number):
        files = {"file": ("x.txt", b"x" * 1000)}
        return httpx.put(f"{address}{number}", headers=headers, files=files, timeout=60).status_code

    states = [put_beside(number) for number in range(MAX_FILES_PER_PAGE + 2)]
    assert states[0] == 204
    assert states[-1] == 429
    assert states.count(204) < MAX_FILES_PER_PAGE
