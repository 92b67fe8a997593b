"""The review desk on the page Analyse a text: who sees it, and what each click writes."""

import csv
import shutil
from pathlib import Path

import pytest
from release_site import release
from test_pages import opened, texts

import threats
from threats.app.editors import is_editor, is_local
from threats.dataset.csv_files import read_dataset_files
from threats.dataset.validation import validate_folder
from threats.upkeep.page_cache import PageCache, StoredPage, default_cache_folder
from threats.upkeep.page_text import read_page_text
from threats.upkeep.proposal_files import add_proposals, read_proposals
from threats.upkeep.proposals import propose
from threats.upkeep.review import decisions

RELEASE = "\n\n".join(
    (
        "Workshop on forged travel documents",
        "BISHKEK, 14 May 2025 – A workshop on forged travel documents took place in Bishkek on "
        "14 May 2025. It brought together some 30 border guards from Central Asia.",
        "The event was organized by the OSCE Transnational Threats Department. Participants "
        "discussed the smuggling of migrants and drug trafficking.",
    )
)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Return the folder of the proposals of a desk."""
    monkeypatch.setenv("THREATS_PROPOSALS", str(tmp_path / "proposals"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "proposals"


@pytest.fixture
def folder(small, tmp_path, monkeypatch, place):
    """Return a small dataset that a server on this machine shows, open for changes."""
    folder = Path(shutil.copytree(small, tmp_path / "data"))
    monkeypatch.setenv("THREATS_DATA", str(folder))
    monkeypatch.setenv("THREATS_EDIT", str(folder))
    return folder


@pytest.fixture
def proposal(folder, place):
    """Return a proposal in the queue."""
    url = "https://www.osce.org/secretariat/700001"
    page = StoredPage(url, url, 200, "", "text/html", content=release(1))
    PageCache(default_cache_folder()).put(page)
    made = propose(read_page_text(page), "list", threats.load(folder))
    add_proposals(place, [made])
    return made


def button(app, label):
    return next((one for one in app.button if one.label == label), None)


def field(app, label):
    kinds = (app.text_input, app.selectbox, app.multiselect, app.checkbox)
    return next(one for kind in kinds for one in kind if one.label.replace("\\", "") == label)


def desk():
    """Return the page with the review chosen."""
    app = opened("code.py")
    app.session_state["reader_state"].is_reviewing = True
    app.run()
    assert not app.exception
    return app


def pressed(app, label):
    button(app, label).click()
    app.run()
    assert not app.exception
    return app


def notices(app):
    said = [str(one.value) for kind in (app.success, app.error) for one in kind]
    return " ".join(said).replace("\\", "")


def rows(folder, name):
    return list(csv.DictReader((folder / f"{name}.csv").open(encoding="utf-8")))


def ids(folder):
    return {row["meeting_id"] for row in rows(folder, "meetings")}


def test_accept_writes_the_corrected_rows_and_the_dashboard_shows_them(folder, place, proposal):
    app = desk()
    assert "Proposal 1 of 1" in texts(app)
    assert "forged travel documents" in " ".join(str(one.proto.body) for one in app.get("html"))
    field(app, "Title").set_value("Forged documents in Bishkek")
    field(app, "First day").set_value("2032-04-05")
    field(app, "Last day").set_value("2032-04-05")
    field(app, "Your name or initials, for the list of changes").set_value("A. Keeper")
    field(app, "Threat: Drug trafficking").uncheck()
    field(app, "Further threats").set_value(["corruption"])
    pressed(app, "Accept")
    assert "Accepted: [Forged documents in Bishkek]" in notices(app)
    assert validate_folder(folder) == []
    (new,) = ids(folder) - {"bsmnfp-2012", "bsmnfp-2020", "bsmnfp-2021"}
    assert "2032" in new  # the id follows the corrected date
    codes = {r["threat_id"] for r in rows(folder, "threat_mentions") if r["meeting_id"] == new}
    assert "corruption" in codes
    assert "drug_trafficking" not in codes
    log = rows(folder, "changes")
    assert {(row["made_by"], row["action"], row["page"]) for row in log} == {
        ("A. Keeper", "add", proposal.url)
    }
    assert all(row["reason"] and row["made_at"] for row in log)
    meetings = opened("meetings.py", meeting=new)
    assert "Forged documents in Bishkek" in texts(meetings)


def test_undo_takes_the_rows_out_and_opens_the_proposal_again(folder, place, proposal):
    before = ids(folder)
    app = pressed(desk(), "Accept")
    assert "No proposal is waiting." in texts(app)
    assert ids(folder) > before
    field(app, "Reason to undo").set_value("Too early")
    pressed(app, "Undo")
    assert "Undone" in notices(app)
    assert ids(folder) == before
    assert {row["reason"] for row in rows(folder, "changes") if row["action"] == "drop"} == {
        "Too early"
    }
    assert "Proposal 1 of 1" in texts(app)


def test_reject_needs_a_reason_and_keeps_the_rows_out(folder, place, proposal):
    before = read_dataset_files(folder)
    app = pressed(desk(), "Reject")
    assert "Give a reason to reject." in notices(app)
    assert decisions(folder, place) == []
    field(app, "Reason to reject").set_value("Not a meeting")
    pressed(app, "Reject")
    assert "Rejected: Workshop" in notices(app)
    assert read_dataset_files(folder) == before
    assert [(one.action, one.reason) for one in decisions(folder, place)] == [
        ("reject", "Not a meeting")
    ]
    assert button(app, "Accept") is None


def test_nothing_is_written_if_a_row_is_wrong_and_the_desk_says_so_in_words(folder, proposal):
    before = read_dataset_files(folder)
    app = desk()
    field(app, "First day").set_value("in spring")
    pressed(app, "Accept")
    assert "Nothing was written:" in notices(app)
    assert "First day:" in notices(app)
    assert "start_date" not in notices(app)
    assert read_dataset_files(folder) == before


def test_an_analysed_text_becomes_a_proposal_with_what_was_corrected(folder, place):
    app = opened("code.py")
    app.text_area(key="code_text").set_value(RELEASE).run()
    pressed(app, "Review these rows")
    (made,) = read_proposals(place)
    assert made.kind == "new"
    assert "1 problem to correct first" in texts(app)  # it has no source yet
    field(app, "Source (address)").set_value("https://www.osce.org/secretariat/700777")
    field(app, "Title").set_value("Forged documents in Bishkek")
    pressed(app, "Accept")
    assert "Accepted: [Forged documents in Bishkek]" in notices(app)
    new = next(row for row in rows(folder, "meetings") if row["start_date"] == "2025-05-14")
    assert new["source_url"] == "https://www.osce.org/secretariat/700777"
    mentions = [r for r in rows(folder, "threat_mentions") if r["meeting_id"] == new["meeting_id"]]
    assert {row["source_url"] for row in mentions} == {new["source_url"]}
    assert {row["page"] for row in rows(folder, "changes")} == {new["source_url"]}


def test_a_meeting_that_may_be_the_same_is_shown_beside(folder, place):
    known = next(row for row in rows(folder, "meetings") if row["meeting_id"] == "bsmnfp-2021")
    app = opened("code.py")
    text = (Path(__file__).parent / "releases" / "focal-points-2021.txt").read_text("utf-8")
    app.text_area(key="code_text").set_value(text).run()
    app.text_input[0].run()
    series = next(one for one in app.text_input if one.label == "Series")
    series.set_value("bmsc").run()
    pressed(app, "Review these rows")
    said = texts(app)
    assert "The dataset may have this meeting already:" in said
    assert known["title"] in said
    assert known["source_url"] in said


def test_rows_are_words_without_ids_or_names_of_columns(folder, proposal):
    app = desk()
    labels = [one.label for kind in (app.text_input, app.selectbox, app.checkbox) for one in kind]
    names = set(proposal.changes[0].cells) - {"city", "format", "country", "title", "kind", "note"}
    assert not [label for label in labels if any(name in label.split() for name in names)]
    assert proposal.meeting_id not in " ".join([texts(app), *labels])
    offered = next(one for one in app.selectbox if one.label == "Series").options
    assert not {row["series_id"] for row in rows(folder, "series")} & set(offered)


@pytest.mark.parametrize("edit", ["", "elsewhere"])
def test_a_reader_without_rights_sees_nothing_of_it(folder, place, proposal, monkeypatch, edit):
    monkeypatch.setenv("THREATS_EDIT", edit)
    app = desk()
    assert not [one for one in app.button if one.label in ("Accept", "Reject", "Undo", "Next")]
    assert not app.get("button_group")
    assert proposal.title not in texts(app)
    app.text_area(key="code_text").set_value(RELEASE).run()
    assert button(app, "Review these rows") is None


@pytest.mark.parametrize("label", ["Accept", "Reject", "Undo", "Review these rows"])
def test_a_click_writes_nothing_once_the_right_is_gone(folder, place, proposal, monkeypatch, label):
    app = desk()
    if label == "Undo":
        pressed(app, "Accept")
    elif label == "Reject":
        field(app, "Reason to reject").set_value("No")
    elif label == "Review these rows":
        app = opened("code.py")
        app.text_area(key="code_text").set_value(RELEASE).run()
    before, made = read_dataset_files(folder), decisions(folder, place)
    monkeypatch.setenv("THREATS_EDIT", "")
    pressed(app, label)
    assert read_dataset_files(folder) == before
    assert decisions(folder, place) == made
    assert len(read_proposals(place)) == 1


def test_proposals_inside_the_dataset_are_not_used(folder, monkeypatch):
    monkeypatch.setenv("THREATS_PROPOSALS", str(folder / "proposals"))
    app = opened("code.py")
    app.text_area(key="code_text").set_value(RELEASE).run()
    pressed(app, "Review these rows")
    assert "inside the dataset folder" in notices(app)
    assert not (folder / "proposals").exists()


@pytest.mark.parametrize(
    ("user", "allowed"),
    [
        ({"is_logged_in": True, "email": "Ann@Example.org"}, True),
        ({"is_logged_in": True, "email": "ann@example.org", "email_verified": True}, True),
        ({"is_logged_in": True, "email": "ann@example.org", "email_verified": False}, False),
        ({"is_logged_in": True, "email": "ann@example.org", "email_verified": "false"}, False),
        ({"is_logged_in": True, "email": "bob@example.org"}, False),
        ({"is_logged_in": True, "email": ""}, False),
        ({"is_logged_in": True}, False),
        ({"is_logged_in": False, "email": "ann@example.org"}, False),
        ({"email": "ann@example.org"}, False),
    ],
)
def test_with_sign_in_only_named_editors_write(monkeypatch, user, allowed):
    monkeypatch.setenv("THREATS_EDITORS", "ann@example.org, Carl@example.org")
    assert is_editor(user) is allowed
    monkeypatch.delenv("THREATS_EDITORS")
    assert not is_editor(user)


@pytest.mark.parametrize(
    ("address", "headers", "allowed"),
    [
        ("localhost", {"Host": "localhost:8501"}, True),
        ("127.0.0.1", {"Host": "127.0.0.1:8501"}, True),
        ("::1", {"Host": "[::1]:8501"}, True),
        ("0.0.0.0", {"Host": "localhost:8501"}, False),
        (None, {"Host": "localhost:8501"}, False),
        ("localhost", {"Host": "threats.example"}, False),
        ("localhost", {"Host": "localhost.example:8501"}, False),
        ("localhost", {"Host": "localhost", "X-Forwarded-For": "203.0.113.5"}, False),
        ("localhost", {"Host": "localhost", "Forwarded": "for=203.0.113.5"}, False),
    ],
)
def test_without_sign_in_only_this_machine_writes(address, headers, allowed):
    assert is_local(address, headers) is allowed
