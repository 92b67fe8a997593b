"""The page Analyse a press release by Streamlit's AppTest."""

import io
import zipfile
from pathlib import Path

import pytest
from test_coding_files import BAD, MENU, html, pdf
from test_pages import opened, texts

from threats.app.coder import EXAMPLE_FILE
from threats.coding.coder import code
from threats.coding.draft import propose_draft, to_dataset_rows, validate_rows
from threats.coding.draft_writer import rows_to_csv
from threats.coding.extraction import extract_text
from threats.dataset.editions import zip_bytes

RELEASE = Path(__file__).parent / "releases" / "focal-points-2021.txt"


def pasted(text):
    app = opened("code.py")
    app.text_area(key="code_text").set_value(text).run()
    assert not app.exception
    return app


def marked(app):
    return " ".join(str(element.proto.body) for element in app.get("html"))


def test_the_page_opens_with_ways_to_give_a_text_and_no_result():
    app = opened("code.py")
    assert len(app.title) == 1
    assert not app.get("html")
    assert [button.label for button in app.button if "example" in button.label]


def test_a_pasted_text_is_marked_with_its_reasons():
    told = marked(pasted(RELEASE.read_text(encoding="utf-8")))
    assert "Cross-border crime (unspecified) (discussed; named 2 times in the body; driven" in told
    assert ">cross-border crimes</mark>" in told
    assert "edition: 15" in told


def test_what_is_wrong_with_the_rows_is_told_at_once():
    told = texts(pasted(RELEASE.read_text(encoding="utf-8")))
    assert '"bsmnfp-2021" is already in the dataset' in told
    assert "meetings.csv:2 source_url: the cell is empty" in told


def test_the_example_is_one_click_away_and_lacks_only_its_source():
    app = opened("code.py")
    next(button for button in app.button if button.label == "Try the example").click().run()
    assert not app.exception
    assert "forged documents" in marked(app)
    assert "1 problem to fix" in texts(app)


def test_rows_can_be_taken_away():
    app = pasted(RELEASE.read_text(encoding="utf-8"))
    button = next(b for b in app.get("download_button") if b.proto.label == "Download rows (ZIP)")
    assert button.proto.id


@pytest.mark.parametrize("make", [pdf, html], ids=["pdf", "html"])
def test_an_uploaded_file_is_coded(make):
    text = RELEASE.read_text(encoding="utf-8")
    app = opened("code.py")
    name = {pdf: "release.pdf", html: "release.html"}[make]
    app.file_uploader(key="code_upload").upload(name, make(text), "application/octet-stream").run()
    assert not app.exception
    assert ">cross-border crimes</mark>" in marked(app)
    if make is html:
        assert f">{MENU[1]}</mark>" in marked(app)
        assert "ignored: like a menu" in marked(app)


@pytest.mark.parametrize("kind", ["an encrypted PDF", "a scan without text", "a zip bomb"])
def test_a_file_that_cannot_be_coded_is_refused_in_plain_words(kind):
    name, content, told = BAD[kind]
    app = opened("code.py")
    app.file_uploader(key="code_upload").upload(name, content, "application/octet-stream").run()
    assert not app.exception
    assert told in " ".join(error.value.replace("\\", "") for error in app.error)
    assert not app.get("html")


def test_markup_in_a_text_stays_text():
    app = pasted("<img src=x onerror=alert(1)> **terrorism** :red[drugs] $x$ was discussed.")
    assert "<img" not in marked(app)
    assert "&lt;img src=x" in marked(app)


def test_the_example_is_our_own_and_complete(data):

    draft = propose_draft(code(extract_text("a.txt", EXAMPLE_FILE.read_bytes()), data), data)
    made = to_dataset_rows(
        draft._replace(meeting=draft.meeting | {"source_url": "https://www.osce.org/x"})
    )
    assert validate_rows(made, data) == []
    assert made["meetings"][0]["start_date"] == "2024-03-13"


def test_the_zip_of_rows_holds_the_files(data):

    made = to_dataset_rows(propose_draft(code(RELEASE.read_text(encoding="utf-8"), data), data))
    with zipfile.ZipFile(io.BytesIO(zip_bytes(rows_to_csv(made)))) as archive:
        assert "threat_mentions.csv" in archive.namelist()
