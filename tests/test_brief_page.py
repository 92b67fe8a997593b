"""The page that prepares a meeting, by Streamlit's AppTest."""

import io

import pytest
from docx import Document
from page_cards import drawn
from starlette.applications import Starlette
from starlette.testclient import TestClient
from test_pages import opened, texts

from threats.brief.outline import build_brief
from threats.dataset.store import open_dataset
from threats.server.routes import ROUTES
from threats.stats.filters import Selection
from threats.stats.selection import select

CHOICE = {"region": "central_asia", "threat": ["trafficking_in_persons", "drug_trafficking"]}


@pytest.fixture(autouse=True)
def no_browser(monkeypatch, tmp_path):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))


def made():
    chosen = Selection(region=("central_asia",), threat=tuple(CHOICE["threat"]))
    return build_brief(select(open_dataset(), chosen))


def press(app, label):
    return next(button for button in app.button if button.label == label).click().run()


def linked(app):
    """Return the addresses of the documents that the page links to."""
    urls = [button.proto.url for button in app.get("link_button")]
    return [url for url in urls if "/download/brief." in url]


def fetched(app):
    """Return the document that the page links to."""
    (address,) = linked(app)
    client = TestClient(Starlette(routes=ROUTES), base_url="http://here")
    answer = client.get(address[address.index("/download/") :])
    assert answer.status_code == 200
    return answer.content


def test_the_page_says_what_the_brief_says():
    app = opened("brief.py", **CHOICE)
    shown = texts(app)
    for part in made().front:
        assert part.title in shown
        for statement in part.statements:
            assert statement.text in shown
    assert [title.value for title in app.title] == ["Meeting brief"]


def test_annexes_are_made_when_they_are_opened():
    app = opened("brief.py", **CHOICE)
    charts = len(drawn(app))
    for part in made().annexes:
        app.session_state[f"{part.name}_open"] = True
    app.session_state["sources_open"] = True
    app.run()
    assert not app.exception
    shown = texts(app)
    for part in made().annexes:
        for statement in part.statements:
            assert statement.text in shown
    assert len(drawn(app)) == charts + 3
    assert made().sources[-1].address in shown


@pytest.mark.parametrize("label", ["Word (DOCX)", "HTML", "Markdown"])
def test_a_file_is_made_and_holds_what_the_page_says(label):
    app = press(opened("brief.py", **CHOICE), f"Generate {label}")
    assert not app.exception
    content = fetched(app)
    if label == "Word (DOCX)":
        doc = Document(io.BytesIO(content))
        said = " ".join(paragraph.text for paragraph in doc.paragraphs)
    else:
        said = content.decode("utf-8").replace("\\", "")
    for part in made().front:
        for statement in part.statements:
            assert statement.text in said.replace("&#39;", "'")


def test_another_choice_or_page_drops_the_file():
    app = press(opened("brief.py", **CHOICE), "Generate Markdown")
    app.sidebar.multiselect(key="filter_region").select("south_caucasus").run()
    assert not linked(app)
    app = press(opened("brief.py", **CHOICE), "Generate Markdown")
    assert linked(app)
    app.switch_page("app/pages/trends.py").run()
    app.switch_page("app/pages/brief.py").run()
    assert not linked(app)


def test_without_a_browser_the_page_says_what_it_cannot_make():
    app = opened("brief.py", **CHOICE)
    assert "no PDF" in texts(app)
    assert next(b for b in app.button if b.label == "Generate PDF").disabled


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"region": "north_america"}, "so gaps cannot be identified"),
        ({"series": "bsmnfp", "years": "2017"}, "its agenda is not known"),
    ],
)
def test_a_choice_without_a_meeting_or_an_agenda_says_what_is_missing(params, said):
    app = opened("brief.py", threat="corruption", **params)
    assert said in texts(app)
    app = press(app, "Generate Markdown")
    assert not app.exception
    assert said in fetched(app).decode("utf-8")
    app.session_state["page_taken"] = True
    assert not app.run().exception


def test_the_choice_stands_in_the_address_and_every_page_links_here_with_it():
    app = opened("trends.py", **CHOICE)
    link = next(link for link in app.get("page_link") if link.proto.label == "Brief")
    assert "region=central_asia" in link.proto.query_string
    assert "threat=drug_trafficking" in link.proto.query_string
