"""Texts come whole out of files as programs really write them; a case is a file and a line."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from threats.cli.main import main
from threats.coding.coder import code, find_mentions
from threats.coding.extraction import extract_file
from threats.coding.notices import text_notices
from threats.coding.rules import compile_rules

FOLDER = Path(__file__).parent / "field"
CASES = {
    case["file"]: case
    for case in csv.DictReader((FOLDER / "cases.csv").read_text(encoding="utf-8").splitlines())
}


def words(cell):
    return set(filter(None, cell.split(";")))


def test_every_file_has_a_line_and_every_line_a_file():
    files = {file.name for file in FOLDER.iterdir() if file.suffix not in (".py", ".csv", ".pyc")}
    assert {name for name in files if "." in name} == set(CASES)
    assert len(CASES) >= 60


@pytest.fixture(scope="module")
def coded_by_command(tmp_path_factory):
    """Return what the command writes as JSON for each file."""
    result = CliRunner().invoke(
        main, ["code", "--format", "json", *(str(FOLDER / name) for name in CASES)]
    )
    assert result.exit_code == 0, result.stderr
    found = map(json.loads, result.stdout.splitlines())
    return {Path(coded["file"]).name: coded for coded in found}


@pytest.mark.parametrize("name", CASES)
def test_a_file_is_read_whole_and_what_is_left_out_is_told(name, coded_by_command):
    case, coded = CASES[name], coded_by_command[name]
    threats = {found["threat_id"] for found in coded["threats"]}
    assert words(case["threats"]) <= threats
    roles = {f"{found['threat_id']}={found['role']}" for found in coded["threats"]}
    assert words(case["roles"]) <= roles
    assert not words(case["never"]) & threats
    assert {found["notice"] for found in coded["notices"]} == words(case["notices"])
    assert all(found["message"].endswith(".") for found in coded["notices"])
    assert case["passage"] in coded["text"]
    if case["scope"]:
        assert coded["meeting"]["scope"] == case["scope"]


@pytest.mark.parametrize("name", ["broken-words.txt", "programme.txt", "ligature-ffi.txt"])
def test_a_corpus_finds_the_same(name, data):
    text = (FOLDER / name).read_text(encoding="utf-8")
    found = {key for kind, key in find_mentions(text, compile_rules(data)) if kind == "threat"}
    assert found == {threat.id for threat in code(text, data).threats}
    assert words(CASES[name]["threats"]) <= found


def test_margins_are_read_on_request():
    content = (FOLDER / "page-header.docx").read_bytes()
    plain, whole = (
        extract_file("a.docx", content),
        extract_file("a.docx", content, with_margins=True),
    )
    assert "firearms" not in plain.text
    assert "firearms trafficking" in whole.text
    assert not whole.notices
    result = CliRunner().invoke(main, ["code", "--margins", str(FOLDER / "footnote.docx")])
    assert "firearms_trafficking" in result.stdout


def test_the_table_and_the_csv_tell_what_is_left_out():
    file = str(FOLDER / "menu.txt")
    assert "notice: 6 lines are not coded" in CliRunner().invoke(main, ["code", file]).stdout
    result = CliRunner().invoke(main, ["code", "--format", "csv", file])
    assert "6 lines are not coded" in result.stderr


def test_evidence_is_shown_as_it_stands(data):
    text = "Title\n\nThey met. They discussed arms tra\ufb03cking and smug-\ngling of migrants."
    read = code(text, data)
    shown = {
        read.document.source[slice(*read.document.source_span(span))]
        for threat in read.threats
        for span in threat.spans
    }
    assert shown == {"arms tra\ufb03cking", "tra\ufb03cking and smug-\ngling of migrants"}


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("cross-\nborder", "cross-border"),
        ("coun-\nter-terrorism", "counter-terrorism"),
        ("counter-\nfeit", "counterfeit"),
        ("law-\nenforcement", "law-enforcement"),
        ("fire-\narms", "firearms"),
        ("smug\u2010\n  gling", "smuggling"),
        ("smug\u00ac\ngling", "smuggling"),
        ("TRAF-\nFICKING", "TRAFFICKING"),
        ("Bosnia-\nHerzegovina", "Bosnia-Herzegovina"),
        ("COVID-\n19", "COVID-19"),
        ("2018\u2013\n2021", "2018\u20132021"),
        ("small-\nand", "small-\nand"),
        ("VIENNA -\nOfficials", "VIENNA -\nOfficials"),
        ("data \u2013\nthe", "data \u2013\nthe"),
        ("self-assess-\nment", "self-assessment"),
        ("the co-operation, co-\noperation", "the co-operation, co-operation"),
    ],
)
def test_a_word_broken_at_the_end_of_a_line_is_whole(broken, whole, data):
    read = code(f"Title\n\nThey spoke of {broken} here.", data).document
    assert whole in read.text
    assert broken in read.source


@pytest.mark.parametrize(
    "lines",
    [
        "09.30 Cybercrime\n10.45 Migrant smuggling\n12.00 Terrorism\n13.00 Lunch",
        "Panel A: Cybercrime\nPanel B: Migrant smuggling\nPanel C: Terrorism\nPanel D: Fraud",
        "Item 1 Cybercrime\nItem 2 Migrant smuggling\nItem 3 Terrorism\nItem 4 Fraud",
        "Day 1\nCybercrime\nMigrant smuggling\nDay 2\nTerrorism",
        "(a) Cybercrime\n(b) Migrant smuggling\n(c) Terrorism\n(d) Any other business",
        "Working group 1 - Cybercrime\nWorking group 2 - Migrant smuggling\nLunch\nTerrorism\nEnd",
        "Opening remarks\nCybercrime\nCoffee break\nMigrant smuggling\nTerrorism\nClosing remarks",
        "Cybercrime (09:00-10:00)\nMigrant smuggling (10:00-11:00)\nTerrorism (11:00-12:00)\nEnd",
        "0900 hrs Cybercrime\n1000 hrs Migrant smuggling\n1100 hrs Terrorism\n1200 hrs Lunch",
        "2.1 Cybercrime\n2.2. Migrant smuggling\n2.3. Terrorism\n2.4. Other",
        "First session: Cybercrime\nSecond session: Migrant smuggling\nLunch\nTerrorism\nEnd",
    ],
)
def test_an_agenda_in_any_style_is_coded(lines, data):
    read = code(f"Annual meeting\n\nIt was held in Vienna.\n\n{lines}\n", data)
    roles = {found.id: found.role for found in read.threats}
    on_agenda = dict.fromkeys(("cybercrime", "migrant_smuggling", "terrorism"), "discussed")
    assert on_agenda.items() <= roles.items()
    assert not read.document.left_out


def roles_of(text, data):
    return {found.id: found.role for found in code(text, data).threats}


@pytest.mark.parametrize(
    "lines",
    [
        "Draft agenda\n\nCybercrime\nTerrorism\nAny other business",
        "PROVISIONAL PROGRAMME:\nFighting cybercrime\nCountering terrorism",
        "10:00 Session 1: Cybercrime in practice\n11:00 Session 2: Terrorism in our region",
        "10:00 Workshop on cybercrime\n11:00 Round table on countering terrorism",
        "1. Growing threats, including cybercrime\n2. New methods of terrorism",
        "9 a.m.\nMs Petrova\nCybercrime\n10 a.m.\nMr Smith\nTerrorism",
    ],
)
@pytest.mark.parametrize("above", ["", "Meeting\n\n", "Officers come together here\n\n"])
def test_items_of_an_agenda_are_discussed_and_neither_title_nor_lead(above, lines, data):
    text = f"{above}{lines}\n\nThe officials came together in Vienna on 28 September 2021."
    roles = roles_of(text, data)
    assert roles["cybercrime"] == roles["terrorism"] == "discussed"


@pytest.mark.parametrize(
    "text",
    [
        "Officers meet\n\n09:00 Opening\n10:00 Mr Smith, Counter-Terrorism Centre\n11:00 Lunch",
        "Officers meet\n\n10:00 Borders\nMs Petrova, Centre against Terrorism\n11:00 Lunch",
        "Officers meet\n\n10:00 Borders (speaker: Head, Centre against Terrorism)\n11:00 Lunch",
        "Officers meet\n\n09:00 Opening\n10:00 Lunch\n\nThey left. Smith said terrorism is bad.",
    ],
)
def test_speakers_and_prose_beside_an_agenda_are_not_its_items(text, data):
    assert "discussed" not in roles_of(text, data).values()


@pytest.mark.parametrize(
    "title", ["Third workshop on cybercrime", "Officials meet in Vienna on cybercrime"]
)
def test_the_name_of_a_meeting_stays_its_title(title, data):
    roles = roles_of(f"{title}\n\n09:00 Registration\n10:00 Item 1: Terrorism\n11:00 Lunch", data)
    assert roles == {"cybercrime": "focus", "terrorism": "discussed"}


@pytest.mark.parametrize(
    "lines",
    [
        "Home\nNews\nCountering terrorism\nCyber security\nContact",
        "Home\nAgenda\nContact\nCountering terrorism\nMigration",
        "Skip to content\nOur work\nCybercrime\nMigrant smuggling\nTerrorism\nSearch",
        "Session documents\nCybercrime\nTerrorism\nPublications\nContact us",
    ],
)
def test_a_menu_without_times_and_numbers_stays_left_out(lines, data):
    read = code(f"{lines}\n\nOfficers meet\n\nOfficers discussed corruption at length.", data)
    assert {found.id for found in read.threats} == {"corruption"}
    assert text_notices(read.document)[0].code == "left_out"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("tra\ue000cking", 1),
        ("\ue001nancing of terror", 1),
        ("tra\x0ecking", 1),
        ("tra\ufffdcking and \U000f0001re", 2),
        ("\uf0b7 Session 1\n\uf0a7Session 2", 0),
        ("word\x0bnext line", 0),
    ],
)
def test_signs_that_are_no_letters_are_counted(text, number, data):
    found = text_notices(code(f"Title\n\nThey spoke of {text}.", data).document)
    assert sum(notice.values["number"] for notice in found) == number
