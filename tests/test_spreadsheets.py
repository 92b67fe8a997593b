"""Figures opened in a spreadsheet: separators and decimal signs of the region, and real dates."""

import csv
import datetime as dt
import io
import re

import openpyxl
import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from threats.content.meetings import meetings_figure_table
from threats.content.model import FigureTable
from threats.exports.tables import to_csv, to_excel_csv, to_xlsx
from threats.exports.urls import View
from threats.language import ReaderLanguage, speaking
from threats.server.middleware.kept_answers import KeptAnswers
from threats.server.middleware.language import Language
from threats.server.routes import ROUTES
from threats.stats.filters import Selection
from threats.stats.selection import select

FILE = "/download/attention-by-year.csv?region=central_asia"
HOSTILE = pd.DataFrame(
    {
        "threat": ["=1+1", "+x", "-x", "@x", "safe", "\tx", "a;=1;b", "a, -1|@b", 'a\t"=1"'],
        "share": [-1.5, 2, 3, 4, 5, 6, 7, 8, 9.25],
    }
)


@pytest.fixture
def view(data):
    return View("trends", select(data, Selection()), {}, "http://here")


@pytest.fixture(scope="module")
def client():
    layers = [Middleware(Language), Middleware(KeptAnswers)]
    return TestClient(Starlette(routes=ROUTES, middleware=layers), base_url="http://here")


def exported(name, table):
    return FigureTable(name=name, title=name, subtitle="", table=table, cautions=(), notes=())


def excel_csv(table, comma, view):
    with speaking(ReaderLanguage(), comma):
        return to_excel_csv(exported("x", table), view)


@pytest.mark.parametrize(
    ("comma", "row"), [(True, "Türkiye;12,5;3;0,25\n"), (False, "Türkiye,12.5,3,0.25\n")]
)
def test_a_csv_for_excel_follows_the_region_and_the_plain_one_does_not(comma, row, view):
    table = pd.DataFrame({"place": ["Türkiye", "a;b,c"], "share": [12.5, -1.5], "n": [3, 4]})
    table["mixed"] = pd.Series([0.25, "none"], dtype=object)
    raw = excel_csv(table, comma, view)
    assert raw.startswith(b"\xef\xbb\xbfplace")
    assert raw.decode("utf-8-sig").splitlines(keepends=True)[1] == row
    sep, decimal = (";", ",") if comma else (",", ".")
    read = pd.read_csv(io.BytesIO(raw), sep=sep, decimal=decimal, encoding="utf-8-sig")
    assert read["share"].tolist() == [12.5, -1.5]
    assert read["place"].tolist() == ["Türkiye", "a;b,c"]
    with speaking(ReaderLanguage("de"), comma):
        plain = to_csv(exported("x", table), view)
    assert plain == 'place,share,n,mixed\nTürkiye,12.5,3,0.25\n"a;b,c",-1.5,4,none\n'.encode()


@pytest.mark.parametrize("comma", [True, False])
def test_no_cell_of_a_csv_for_excel_is_a_formula(comma, view):
    text = excel_csv(HOSTILE, comma, view).decode("utf-8-sig")
    # Excel may take another separator than that of the file.
    for separator in ";,\t":
        cells = [cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]
        harmful = [cell for cell in cells if re.match(r"\s*\"?[=+\-@]", cell)]
        assert all(re.match(r"-1[.,]5\b", cell) or cell == "-1" for cell in harmful), harmful


def test_whole_dates_are_days_in_a_workbook_and_partial_ones_stay_text(view):
    dates = ["2008-10-30", "2008-10", "2008", "", "2024-02-29", "2023-02-29"]
    table = pd.DataFrame({"start_date": dates, "n": [1, 2, 3, 4, 5, 6]})
    table["when"] = table["start_date"].astype("category")
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(exported("x", table), view)))["Figures"]
    for column in (1, 3):
        cells = [sheet.cell(row, column) for row in range(2, 8)]
        assert [cell.is_date for cell in cells] == [True, False, False, False, True, False]
        assert cells[0].value.date() == dt.date(2008, 10, 30)
        assert cells[0].number_format == "yyyy-mm-dd"
        assert [cell.value for cell in cells[1:4]] == ["2008-10", "2008", None]
        assert cells[5].value == "2023-02-29"
    assert [sheet.cell(row, 2).data_type for row in range(2, 8)] == ["n"] * 6


def test_the_meetings_of_a_workbook_have_real_dates(view):
    figures = meetings_figure_table(view.selected)
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(figures, view)))["Figures"]
    column = [cell.value for cell in sheet[1]].index("start_date") + 1
    cells = [sheet.cell(row, column) for row in range(2, sheet.max_row + 1)]
    told = figures.table["start_date"].tolist()
    assert [cell.is_date for cell in cells] == [len(text) == 10 for text in told]
    assert any(cell.is_date for cell in cells)
    shown = [f"{cell.value:%Y-%m-%d}" if cell.is_date else cell.value or "" for cell in cells]
    assert shown == told


@pytest.mark.parametrize(
    ("asked", "accepted", "separator"),
    [
        ("", "", ","),
        ("", "en-GB,en;q=0.9", ","),
        ("", "de-DE,en;q=0.9", ";"),
        ("", "de-CH,de;q=0.9", ","),  # Switzerland writes 0.5
        ("", "pl-PL,en;q=0.8", ";"),  # a language that the dashboard does not speak
        ("", "en-ZA", ";"),
        ("", "de-XX", ";"),
        ("", "xx-YY, uk", ";"),
        ("&lang=ru", "", ";"),
        ("&lang=de", "en-US", ";"),
        ("&lang=de", "en-US,de-CH;q=0.5", ","),
        ("&lang=en", "de-DE", ","),
        ("&lang=es", "es-MX", ","),
    ],
)
def test_the_region_of_a_request_decides_the_separator(client, asked, accepted, separator):
    headers = {"Accept-Language": accepted}
    answer = client.get(f"{FILE}{asked}&for=excel", headers=headers)
    first = answer.content.split(b"\n")[0]
    assert first.startswith(b"\xef\xbb\xbf")
    assert first.decode("utf-8-sig").split(separator)[:2] == ["threat_id", "threat"]
    assert "Accept-Language" in answer.headers["vary"]
    assert answer.headers["content-disposition"].endswith('.excel.csv"')
    plain = client.get(f"{FILE}{asked}", headers=headers).content
    comma = separator == ";"
    read = pd.read_csv(
        io.BytesIO(answer.content),
        sep=separator,
        decimal="," if comma else ".",
        encoding="utf-8-sig",
    )
    pd.testing.assert_frame_equal(read, pd.read_csv(io.BytesIO(plain)))


def test_the_plain_file_has_the_same_bytes_for_every_region(client):
    regions = ("", "de-DE", "de-CH", "en-US")
    made = {
        client.get(f"{FILE}&lang=de", headers={"Accept-Language": one}).content for one in regions
    }
    assert len(made) == 1
    assert made.pop().startswith(b"threat_id,threat,")


@pytest.mark.parametrize(
    "address",
    ["/download/attention-by-year.csv?for=word", "/download/attention-by-year.xlsx?for=excel"],
)
def test_what_has_no_form_for_a_program_is_refused_by_name(client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert f"for={address.rpartition('=')[2]}" in answer.text
    assert client.get("/download/attention-by-year.excel.csv").status_code == 404


@pytest.mark.parametrize("rows", ["", "&rows=yes"])
def test_a_comparison_of_editions_has_a_file_for_excel_too(client, rows):
    address = f"/compare/trends.csv?version=1.2.0{rows}"
    plain = client.get(address).content
    made = client.get(f"{address}&for=excel", headers={"Accept-Language": "fr-FR"}).content
    assert made.startswith(b"\xef\xbb\xbf")
    header = plain.decode().splitlines()[0]
    assert made.decode("utf-8-sig").splitlines()[0] == header.replace(",", ";")


def test_a_card_and_a_plain_page_offer_the_workbook_first_and_a_csv_for_excel(client):
    files = client.get("/cards/attention-by-year.json").json()["share"]["files"]
    tables = [one["label"] for one in files if "CSV" in one["label"] or one["label"] == "XLSX"]
    assert tables == ["XLSX", "CSV for Excel", "CSV", "About the CSV (JSON)"]
    (excel,) = [one["address"] for one in files if one["label"] == "CSV for Excel"]
    assert excel == "download/attention-by-year.csv?for=excel"
    page = client.get("/print/meetings?region=central_asia").text
    places = [
        page.index(f'href="http://here/download/meetings.{file}"')
        for file in (
            "xlsx?region=central_asia",
            "csv?region=central_asia&amp;for=excel",
            "csv?region=central_asia",
        )
    ]
    assert places == sorted(places)
