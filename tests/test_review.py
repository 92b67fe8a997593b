"""Decisions on proposals, the log of changes, blind coding, and the release of an edition."""

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from release_site import release

import threats
from threats.cli.main import main
from threats.dataset.csv_files import read_dataset_files
from threats.dataset.folder_writer import edit_folder
from threats.dataset.model import DatasetError
from threats.dataset.row_changes import ConflictError, file_rows
from threats.dataset.schema import shipped_folder
from threats.dataset.validation import validate_folder
from threats.upkeep.blind_coding import Coding, add_coding, coding_agreement, read_codings
from threats.upkeep.edition import release_edition
from threats.upkeep.page_cache import PageCache, StoredPage
from threats.upkeep.page_text import read_page_text
from threats.upkeep.proposal_files import add_proposals
from threats.upkeep.proposals import propose
from threats.upkeep.review import (
    NotEditableError,
    accept,
    correct_meeting,
    correct_row,
    decisions,
    last_decisions,
    reject,
    undo,
)


@pytest.fixture
def folder(small, tmp_path, monkeypatch):
    """Return a small dataset that is open for changes."""
    folder = Path(shutil.copytree(small, tmp_path / "data"))
    monkeypatch.setenv("THREATS_EDIT", str(folder))
    return folder


@pytest.fixture
def queue(folder, tmp_path):
    """Return the folder of three proposals, and the proposals."""
    data, proposals, pages = threats.load(folder), [], PageCache(tmp_path / "cache")
    for number in range(3):
        url = f"https://www.osce.org/secretariat/{700_000 + number}"
        page = StoredPage(url, url, 200, "", "text/html", content=release(number))
        pages.put(page)
        proposals.append(propose(read_page_text(page), "list", data))
    add_proposals(tmp_path / "proposals", proposals)
    return tmp_path / "proposals", proposals


def tables(folder):
    """Return the files of a dataset but the log of changes."""
    return {name: raw for name, raw in read_dataset_files(folder).items() if name != "changes.csv"}


def log(folder):
    return list(csv.DictReader((folder / "changes.csv").open(encoding="utf-8")))


def test_an_accepted_proposal_is_in_the_dataset_with_who_when_and_why(folder, queue):
    place, (proposal, *_) = queue
    accept(folder, place, proposal, proposal.changes, "A. Keeper", "Read and agreed")
    assert validate_folder(folder) == []
    data = threats.load(folder)
    assert proposal.meeting_id in set(data["meetings"]["meeting_id"])
    rows = log(folder)
    assert [row["change_id"] for row in rows] == [
        f"c{number:08}" for number in range(1, len(proposal.changes) + 1)
    ]
    assert {(row["made_by"], row["reason"], row["page"], row["action"]) for row in rows} == {
        ("A. Keeper", "Read and agreed", proposal.url, "add")
    }
    assert last_decisions(decisions(folder, place))[proposal.proposal_id].action == "accept"


def test_an_undone_proposal_leaves_the_tables_as_they_were_and_is_open_again(folder, queue):
    place, (proposal, *_) = queue
    before = tables(folder)
    accept(folder, place, proposal, proposal.changes, "A", "yes")
    assert tables(folder) != before
    undo(folder, place, proposal, "B", "too early")
    assert tables(folder) == before
    assert {row["action"] for row in log(folder)} == {"add", "drop"}
    assert last_decisions(decisions(folder, place)) == {}
    accept(folder, place, proposal, proposal.changes, "A", "now")
    assert tables(folder) != before


def test_a_rejected_proposal_changes_nothing(folder, queue):
    place, (proposal, *_) = queue
    before = read_dataset_files(folder)
    reject(folder, place, proposal, "A", "not a meeting")
    assert read_dataset_files(folder) == before
    assert last_decisions(decisions(folder, place))[proposal.proposal_id].reason == "not a meeting"


def test_only_a_folder_that_was_opened_is_changed(folder, queue, monkeypatch):
    place, (proposal, *_) = queue
    before = read_dataset_files(folder)
    for opened in ("", str(folder.parent)):
        monkeypatch.setenv("THREATS_EDIT", opened)
        with pytest.raises(NotEditableError, match="THREATS_EDIT"):
            accept(folder, place, proposal, proposal.changes, "A")
    monkeypatch.setenv("THREATS_EDIT", str(shipped_folder()))
    with pytest.raises(NotEditableError, match="never changed"):
        accept(shipped_folder(), place, proposal, proposal.changes, "A")
    assert read_dataset_files(folder) == before
    assert decisions(folder, place) == []


def test_corrections_reach_the_rows_that_depend_on_them(folder, queue):
    place, (proposal, *_) = queue
    changes = correct_meeting(proposal.changes, "meeting_id", "workshop-vienna-2031")
    changes = correct_meeting(changes, "title", "Forged documents in Vienna")
    number = next(n for n, one in enumerate(changes) if one.table == "threat_mentions")
    changes[number] = correct_row(changes[number], "threat_id", "corruption")
    accept(folder, place, proposal, changes, "A", "corrected")
    data = threats.load(folder)
    meeting = data["meetings"].set_index("meeting_id").loc["workshop-vienna-2031"]
    assert meeting["title"] == "Forged documents in Vienna"
    mentions = data["threat_mentions"]
    assert "workshop-vienna-2031.corruption" in set(mentions["mention_id"])
    assert proposal.meeting_id not in set(data["meetings"]["meeting_id"])


def test_nothing_is_written_if_a_row_is_wrong_or_has_changed_since(folder, queue):
    place, (proposal, *_) = queue
    before = read_dataset_files(folder)
    wrong = correct_meeting(proposal.changes, "series", "dragons")
    with pytest.raises(DatasetError, match="dragons"):
        accept(folder, place, proposal, wrong, "A")
    assert read_dataset_files(folder) == before
    assert decisions(folder, place) == []  # a decision that failed does not count
    accept(folder, place, proposal, proposal.changes, "A")
    with pytest.raises(ConflictError, match="no longer as it was"):
        accept(folder, place, proposal, proposal.changes, "B")


ACCEPT = """
import sys
from pathlib import Path
from threats.upkeep.proposal_files import read_proposals
from threats.upkeep.review import accept
folder, place, number = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
proposal = read_proposals(place)[number]
accept(folder, place, proposal, proposal.changes, f"Writer {number}", "at once")
"""


@pytest.mark.slow
def test_writers_at_the_same_moment_lose_nothing(folder, queue):
    place, proposals = queue
    running = [
        subprocess.Popen([sys.executable, "-c", ACCEPT, str(folder), str(place), str(number)])
        for number in range(3)
    ]
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0]
    assert validate_folder(folder) == []
    known = set(threats.load(folder)["meetings"]["meeting_id"])
    assert {one.meeting_id for one in proposals} <= known
    rows = log(folder)
    assert len(rows) == sum(len(one.changes) for one in proposals)
    assert {row["made_by"] for row in rows} == {"Writer 0", "Writer 1", "Writer 2"}
    assert len(decisions(folder, place)) == 3


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_crash_in_the_middle_of_writing_leaves_the_folder_as_it_was(folder, queue):
    place, (proposal, other, _) = queue
    before, crashes, code = tables(folder), 0, 1
    while code:
        child = os.fork()
        if not child:
            _accept_and_crash(crashes + 1, folder, place, proposal)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in (0, 9)
        if code:
            crashes += 1
            assert tables(folder) == before, crashes
            assert validate_folder(folder) == []
    # The folder of copies, each of the files, and the end of the change.
    assert crashes >= 5
    assert tables(folder) != before
    accept(folder, place, other, other.changes, "A")
    assert {proposal.meeting_id, other.meeting_id} <= set(
        threats.load(folder)["meetings"]["meeting_id"]
    )
    assert not [path for path in folder.iterdir() if path.name[0] == "." and path.is_dir()]


def _accept_and_crash(number, folder, place, proposal):
    """Accept a proposal, but end the process at once instead of the replacement with a number."""
    replace, made = os.replace, 0

    def counted(source, target):
        nonlocal made
        # The file of decisions is outside the dataset.
        if Path(target).is_relative_to(folder):
            made += 1
            if made == number:
                os._exit(9)
        replace(source, target)

    os.replace = counted
    try:
        accept(folder, place, proposal, proposal.changes, "A")
        os._exit(0)
    finally:
        os._exit(8)


def run(*arguments, answers=""):
    return CliRunner().invoke(main, [*map(str, arguments)], input=answers, catch_exceptions=False)


def test_the_terminal_takes_single_keys(folder, queue, tmp_path):
    place, (first, second, third) = queue
    options = ["--proposals", place, "--cache", tmp_path / "cache", "--by", "A. Keeper"]
    answers = "tctitle=Forged documents\nara lecture\nq"
    done = run("review", folder, *options, answers=answers)
    assert done.exit_code == 0, done.output
    assert "1 of 3: new meeting" in done.output
    made = last_decisions(decisions(folder, place))
    assert {key: one.action for key, one in made.items()} == {
        first.proposal_id: "accept",
        second.proposal_id: "reject",
    }
    titles = threats.load(folder)["meetings"].set_index("meeting_id")["title"]
    assert titles[first.meeting_id] == "Forged documents"
    done = run("review", folder, *options, answers="umistake\nnq")
    assert "1 of 1: new meeting" in done.output
    assert set(last_decisions(decisions(folder, place))) == {first.proposal_id}
    assert third.title in done.output


def test_the_terminal_shows_the_meeting_that_may_be_the_same(folder, queue, tmp_path):
    place, (first, *_) = queue
    options = ["--proposals", place, "--cache", tmp_path / "cache", "--by", "A"]
    run("review", folder, *options, answers="aq")
    again = first._replace(proposal_id="0" * 16)
    add_proposals(place, [again])
    done = run("review", folder, *options, answers="nnaq")
    assert f"May be {first.meeting_id}: same series, first day and place" in done.output
    assert "Nothing was written" in done.output


def test_the_command_needs_a_folder_that_is_open(folder, monkeypatch):
    monkeypatch.delenv("THREATS_EDIT")
    for command in ("review", "release"):
        done = run(command, folder)
        assert done.exit_code == 1
        assert "THREATS_EDIT" in done.output


def test_the_agreement_of_two_people_is_computed(folder, queue):
    place, proposals = queue
    ids = [one.proposal_id for one in proposals]
    for by, codes in (
        ("A", [{"terrorism": "focus"}, {"terrorism": "focus"}, {}]),
        ("B", [{"terrorism": "focus"}, {"cybercrime": "mentioned"}, {}]),
    ):
        for proposal_id, threats_of_text in zip(ids, codes, strict=True):
            add_coding(place, Coding(proposal_id, by, threats_of_text, ["risk_analysis"]))
    add_coding(place, Coding(ids[0], "A", {}, []))  # a second coding does not count
    table, overall = coding_agreement(read_codings(place), threats.load(folder))
    row = table[(table["kind"] == "threat") & (table["code_id"] == "terrorism")].iloc[0]
    assert row[["pages", "both", "first_only", "second_only", "neither"]].tolist() == [
        3, 1, 1, 0, 1,
    ]  # fmt: skip
    # Observed 2/3; by chance (2/3)(1/3) + (1/3)(2/3) = 4/9; kappa (2/3 - 4/9) / (5/9) = 0.4.
    assert row["kappa"] == pytest.approx(0.4)
    assert overall["kind"].tolist() == ["threat", "focus", "response"]
    done = run("review", folder, "--proposals", place, "--agreement")
    assert "A and B" in done.output
    assert "terrorism" in done.output


def test_two_people_code_blind(folder, queue, tmp_path):
    place, _proposals = queue
    options = ["--proposals", place, "--cache", tmp_path / "cache", "--blind"]
    answers = "terrorism:focus\n-\nterrorism\nterrorism:focus\nrisk_analysis\nq\n"
    done = run("review", folder, *options, "--by", "A", answers=answers)
    assert "Unknown: terrorism:" in done.output  # without a role
    assert "2 texts coded." in done.output
    assert "[x]" not in done.output
    assert [(one.by, one.threats) for one in read_codings(place)] == [
        ("A", {"terrorism": "focus"})
    ] * 2


def changed_cells(folder, file, old, new):
    def edit(files):
        text = files[file].decode("utf-8")
        assert old in text
        return {file: text.replace(old, new).encode("utf-8")}

    edit_folder(folder, edit)


def test_the_version_rises_by_what_changed(folder, queue):
    place, (proposal, *_) = queue
    first = release_edition(folder)
    assert (first.version, first.changes, first.is_new) == ("2.0.0", [], True)
    assert not release_edition(folder).is_new
    changed_cells(folder, "regions.csv", "Central Asia(n|ns)?", "Central Asia(n|ns)")
    assert release_edition(folder).version == "2.0.1"
    accept(folder, place, proposal, proposal.changes, "A")
    second = release_edition(folder)
    assert second.version == "2.1.0"
    undo(folder, place, proposal, "A", "wrong")
    assert release_edition(folder).version == "3.0.0"  # an id was dropped
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert [one["version"] for one in descriptor["changes"][-3:]] == ["2.0.1", "2.1.0", "3.0.0"]
    added = descriptor["changes"][-2]["description"]
    assert added.startswith("Meetings: 1 row added. ")
    assert proposal.meeting_id in added
    assert validate_folder(folder) == []


def test_an_archive_holds_the_edition_with_a_checksum(folder, tmp_path):
    done = run("release", folder)
    assert done.exit_code == 0, done.output
    path = folder / "editions" / "2.0.0.zip"
    sums = (folder / "editions" / "SHA256SUMS").read_text(encoding="utf-8").split()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert sums[-2:] == [digest, "2.0.0.zip"]
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "unpacked")
    assert validate_folder(tmp_path / "unpacked") == []
    assert read_dataset_files(tmp_path / "unpacked") == read_dataset_files(folder)
    done = run("release", folder)
    assert "Nothing has changed since version 2.0.0" in done.output


def test_an_edition_with_errors_is_not_released(folder, tmp_path):
    path = folder / "meetings.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",read,", ",dreamt,"), "utf-8")
    before = read_dataset_files(folder)
    done = run("release", folder)
    assert done.exit_code == 1
    assert "dreamt" in done.output
    assert read_dataset_files(folder) == before
    assert not (tmp_path / "editions").exists()
    assert file_rows(before["changes.csv"]) == []
