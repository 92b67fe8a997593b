"""Archived editions: what was cited can be opened, and says the same."""

import csv
import hashlib
import html
import io
import json
import os
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.testclient import TestClient

import threats
from threats.cli.main import main
from threats.content.editions import figure_changes
from threats.dataset.editions import MAX_TABLES_BYTES, archived_editions, open_edition
from threats.server.routes import ROUTES
from threats.stats.attention import attention
from threats.stats.filters import Selection
from threats.stats.selection import select

# The counts of Central Asia that the program of edition 1.2.0 computed.
PUBLISHED = Path(__file__).parent / "edition_1_2_0.csv"
# The data version that it put into citations.
CITED = "1.2.0+6a2a419fc2a3"


DROPPED = "bsmnfp-2021-s3.organized_crime"


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=ROUTES), base_url="http://here")


def test_an_archived_edition_counts_what_was_published(data):
    edition = open_edition(data, "1.2.0")
    assert edition.version == CITED
    found = attention(select(edition, Selection(region=("central_asia",))), "year")
    found = found.set_index(["threat_id", "year"])[["meetings", "on_agenda"]].astype(int)
    published = pd.read_csv(PUBLISHED).set_index(["threat_id", "year"])
    assert found[found["on_agenda"] > 0].sort_index().equals(published.sort_index())


def test_every_earlier_version_is_archived_small_and_as_in_its_checksum(data):
    released = [change["version"] for change in data.descriptor["changes"]]
    editions = archived_editions(data)
    assert [*editions] == [number for number in released if number in editions]
    assert set(released) - set(editions) <= {data.descriptor["version"]}
    for number, edition in editions.items():
        archive = edition.path.read_bytes()
        assert len(archive) < 1_000_000
        assert hashlib.sha256(archive).hexdigest() == edition.checksum
        opened = zipfile.ZipFile(io.BytesIO(archive))
        assert json.loads(opened.read("datapackage.json"))["version"] == number


def test_an_edition_keeps_its_files_as_they_were(data, client):
    archive = zipfile.ZipFile(archived_editions(data)["1.0.0"].path)
    for name in archive.namelist():
        answer = client.get(f"/files/{name}?version=1.0.0")
        assert answer.content == archive.read(name), name
    assert client.get("/files/families.csv?version=1.0.0").status_code == 404


@pytest.mark.parametrize("query", ["version=7.0.0", "version=1.2.0%2Bffffffffffff"])
@pytest.mark.parametrize(
    "path", ["api/attention.json", "cards/tile-map.json", "files/meetings.csv", "compare/trends"]
)
def test_an_edition_that_is_not_archived_is_not_found(client, path, query):
    answer = client.get(f"/{path}?{query}")
    assert answer.status_code == 404
    assert "Editions: 1.0.0, 1.1.0, 1.2.0 and 2.0.0." in answer.text


def test_a_changed_archive_is_no_edition(folder):
    path = folder / "editions" / "1.2.0.zip"
    path.write_bytes((folder / "editions" / "1.1.0.zip").read_bytes())
    assert [*archived_editions(threats.load(folder))] == ["1.0.0", "1.1.0"]


def _put(folder, name, content):
    """Put an archive into a dataset folder, with its checksum."""
    (folder / "editions" / name).write_bytes(content)
    with (folder / "editions" / "SHA256SUMS").open("a", encoding="utf-8") as sums:
        sums.write(f"{hashlib.sha256(content).hexdigest()}  {name}\n")


def _zipped(files, method=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def _out_of_folder(folder, name):
    outside = folder.parent / "outside.zip"
    (folder / "editions" / "1.2.0.zip").rename(outside)
    _put(folder, name, outside.read_bytes())
    (folder / "editions" / name).unlink()
    (folder / "editions" / name).symlink_to(outside)


BAD = {
    "a link out of the folder": _out_of_folder,
    "a link to a device": lambda f, n: (f / "editions" / n).symlink_to("/dev/zero"),
    "a link to nothing": lambda f, n: (f / "editions" / n).symlink_to(f / "none"),
    "a pipe": lambda f, n: os.mkfifo(f / "editions" / n),
    "a folder": lambda f, n: (f / "editions" / n).mkdir(),
    "no ZIP file": lambda f, n: _put(f, n, b"PK"),
    "a broken ZIP file": lambda f, n: _put(
        f, n, (f / "editions" / "1.2.0.zip").read_bytes().replace(b"\x00\x00", b"\x00\x01", 9)
    ),
    "no descriptor": lambda f, n: _put(f, n, _zipped({"x.csv": "a"})),
    "a descriptor of another kind": lambda f, n: _put(f, n, _zipped({"datapackage.json": "[1]"})),
    "too much in it": lambda f, n: _put(
        f, n, _zipped({"datapackage.json": "{}", "x": bytes(MAX_TABLES_BYTES)})
    ),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_archive_is_left_out_and_harms_nothing(folder, bad):
    if os.name == "nt":
        pytest.skip("Windows has other links and no pipes")
    BAD[bad](folder, "1.9.0.zip")
    data = threats.load(folder)
    assert "1.9.0" not in archived_editions(data)
    assert "1.1.0" in archived_editions(data)
    with pytest.raises(KeyError):
        open_edition(data, "1.9.0")


def test_an_archive_whose_tables_cannot_be_read_is_no_edition(folder):
    archive = zipfile.ZipFile(folder / "editions" / "1.1.0.zip")
    files = {name: archive.read(name) for name in archive.namelist()}
    _put(folder, "1.9.0.zip", _zipped(files | {"meetings.csv": b"\xff\xfe"}))
    with pytest.raises(KeyError):
        open_edition(threats.load(folder), "1.9.0")


def test_a_cited_view_says_the_same_after_a_release(small, tmp_path, monkeypatch, client):
    folder = tmp_path / "data"
    folder.mkdir()
    for path in small.glob("*.*"):
        (folder / path.name).write_bytes(path.read_bytes())
    monkeypatch.setenv("THREATS_DATA", str(folder))
    version = client.get("/healthz").json()["data_version"]
    address = "/api/attention.json?threat=organized_crime"
    cited = client.get(address).json()
    assert CliRunner().invoke(main, ["archive", str(folder)]).exit_code == 0
    _release_next_version(folder)
    assert client.get(address).json()["rows"] != cited["rows"]
    again = client.get(f"{address}&version={version.replace('+', '%2B')}").json()
    assert again["rows"] == cited["rows"]
    assert again["data_version"] == version
    page = html.unescape(client.get("/print/trends?version=2.0.0").text)
    assert "This is edition 2.0.0 of 2026-11-30. Today's edition is 2.1.0." in page
    changed = client.get("/compare/overview.csv?version=2.0.0&rows=yes").text.splitlines()
    assert changed[1:] == [f"threat_mentions,{DROPPED},dropped,bsmnfp-2021,organized_crime,2021"]


def _release_next_version(folder):
    """Drop a mention and raise the version."""
    path = folder / "threat_mentions.csv"
    rows = list(csv.reader(path.open(encoding="utf-8")))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(row for row in rows if row[0] != DROPPED)
    path.write_text(text.getvalue(), encoding="utf-8")
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["version"] = "2.1.0"
    change = {"version": "2.1.0", "date": "2026-12-01", "description": "One mention less."}
    descriptor["changes"].append(change)
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")


def test_archiving_twice_is_harmless_but_other_tables_need_another_version(folder):
    for _ in range(2):
        assert CliRunner().invoke(main, ["archive", str(folder)]).exit_code == 0
    path = folder / "codebook.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    refused = CliRunner().invoke(main, ["archive", str(folder)])
    assert refused.exit_code == 1
    assert "new version" in refused.output


def test_only_changed_figures_are_listed():
    before = pd.DataFrame(
        {"threat_id": ["a", "b"], "year": [2020, 2020], "meetings": [3, 4], "share": [0.5, None]}
    )
    after = pd.DataFrame(
        {"threat_id": ["a", "c"], "year": [2020, 2020], "meetings": [3, 1], "share": [0.25, None]}
    )
    found = figure_changes(before, after).fillna(-1)
    assert [*found.itertuples(index=False, name=None)] == [
        ("a", "2020", "share", 0.5, 0.25),
        ("b", "2020", "meetings", 4, -1),
        ("c", "2020", "meetings", -1, 1),
    ]


def test_a_comparison_names_the_rows_behind_a_changed_figure(client, data):
    every = "version=1.1.0&with=1.2.0&courses=yes&reach=all"
    page = client.get(f"/compare/overview?{every}")
    assert "between edition 1.1.0 and edition 1.2.0" in page.text
    rows = pd.read_csv(io.StringIO(client.get(f"/compare/overview.csv?{every}&rows=yes").text))
    ids = [_mentions(data, number) for number in ("1.1.0", "1.2.0")]
    mentions = rows[rows["table"] == "threat_mentions"].groupby("change")["row"].agg(set)
    assert mentions["dropped"] == ids[0] - ids[1]
    assert mentions["added"] == ids[1] - ids[0]


def _mentions(data, number):
    archive = zipfile.ZipFile(archived_editions(data)[number].path)
    text = archive.read("threat_mentions.csv").decode("utf-8")
    return {row["mention_id"] for row in csv.DictReader(io.StringIO(text))}
