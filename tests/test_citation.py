"""References and links: every form holds the version, the day and an address that works."""

import datetime as dt
import hashlib
import json
import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from threats.exports.citation import (
    CITATION_FORMATS,
    cite_meeting,
    cite_view,
    to_bibtex,
    to_cff,
    to_citation_text,
    to_ris,
)
from threats.exports.deposit import deposit_files
from threats.exports.urls import base_url_from_page, build_url, changes_since

HOSTILE = r"50 % of {drugs} & arms_trade #1 \ ~ ^ $"


@pytest.fixture
def reference(data):
    address = build_url("http://here", "trends", {"region": ["central_asia"]}, version=data.version)
    return cite_view(data, "attention-by-year", "Attention", address)


def test_every_form_tells_title_version_day_and_address(reference, data):
    for _, form in CITATION_FORMATS.values():
        told = form(reference)
        assert "Threat Themes: Attention" in told
        assert data.version in told
        assert data.checksum in told
        assert f"{dt.datetime.now(dt.UTC):%Y}" in told
        assert reference.address in told


def test_the_checksum_is_that_of_the_files(data):
    tables = [one for one in data.descriptor["resources"] if one.get("versioned", True)]
    files = [(data.folder / one["path"]).read_bytes() for one in tables]
    assert hashlib.sha256(b"".join(files)).hexdigest() == data.checksum


def test_a_doi_of_the_data_is_in_every_form(data):
    descriptor = {**data.descriptor, "id": "https://doi.org/10.5281/zenodo.1234567"}
    deposited = replace(data, descriptor=descriptor)
    reference = cite_view(deposited, "attention-by-year", "Attention", "http://here/")
    for _, form in CITATION_FORMATS.values():
        assert "10.5281/zenodo.1234567" in form(reference)
    assert replace(data, descriptor={**descriptor, "id": "https://doi.org/x"}).doi == ""
    assert json.loads(deposit_files(deposited)["datacite.json"])["doi"] == "10.5281/zenodo.1234567"


def test_cff_is_yaml_with_what_its_schema_requires(reference, data):
    told = yaml.safe_load(to_cff(replace(reference, title="a: 'b' \"c\" # d", note="1\n2")))
    assert told["cff-version"] == "1.2.0"
    assert told["title"] == "a: 'b' \"c\" # d"
    assert {"message", "authors"} <= told.keys()
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", told["date-released"])
    assert told["identifiers"][0]["value"] == f"sha256:{data.checksum}"


def test_a_versioned_link_carries_the_version(reference, data):
    assert parse_qs(urlsplit(reference.address).query)["version"] == [data.version]


def test_bibtex_is_balanced_and_escaped(reference):
    entry = to_bibtex(replace(reference, title=HOSTILE, note=HOSTILE))
    assert re.match(r"@dataset\{[A-Za-z0-9:-]+,\n", entry)
    bare = re.sub(r"\\[{}]", "", entry)
    assert bare.count("{") == bare.count("}")
    assert r"50 \% of \{drugs\} \& arms\_trade \#1 \textbackslash{}" in entry


def test_ris_has_a_tag_on_every_line_and_ends(reference):
    lines = to_ris(replace(reference, title="two\nlines")).split("\r\n")
    assert lines[0] == "TY  - DATA"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert "TI  - two lines" in lines


def test_the_record_of_a_meeting_is_cited_with_its_source(data):
    told = to_citation_text(cite_meeting(data, "bsmnfp-2021", "http://here/x"))
    row = data["meetings"].set_index("meeting_id").loc["bsmnfp-2021"]
    assert row["title"] in told
    assert row["source_url"] in told
    with pytest.raises(KeyError):
        cite_meeting(data, "dragons", "http://here/x")


@pytest.mark.parametrize(
    ("url", "page", "base"),
    [
        ("http://here/trends", "trends", "http://here"),
        ("http://here/", "overview", "http://here"),
        ("http://here/sub/trends", "trends", "http://here/sub"),
        ("https://trends/", "overview", "https://trends"),
    ],
)
def test_the_base_of_an_address(url, page, base):
    assert base_url_from_page(url, page) == base


def test_a_link_to_the_first_page_has_no_name_in_it():
    assert build_url("http://here", "overview", {}) == "http://here/"
    assert (
        build_url("http://here", "trends", {"years": ["2020"]}, "x")
        == "http://here/trends?years=2020#x"
    )


def test_a_link_with_another_version_is_told_what_has_changed(data):
    changes = [
        {"version": "0.9.0", "date": "2026-01-01", "description": "First."},
        {"version": "0.9.5", "date": "2026-02-01", "description": "Second."},
        {"version": "1.0.0", "date": "2026-03-01", "description": "Third."},
    ]
    newer = replace(data, descriptor={**data.descriptor, "version": "1.0.0", "changes": changes})
    assert changes_since(newer, newer.version) == []
    assert changes_since(newer, "0.9.0+abc") == [
        "0.9.5 (2026-02-01): Second.",
        "1.0.0 (2026-03-01): Third.",
    ]
    assert "edited since" in changes_since(newer, "1.0.0+other")[0]
    assert "not in the list" in changes_since(newer, "nonsense")[0]


def test_the_list_of_changes_ends_with_the_version_of_the_data(data):
    assert data.descriptor["changes"][-1]["version"] == data.descriptor["version"]
