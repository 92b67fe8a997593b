"""The shipped data themselves: every row sourced, the dictionary true, known facts in place."""

import json
import re

import pytest
from click.testing import CliRunner

from threats.checks import shipped_descriptor, shipped_folder
from threats.cli import main
from threats.dictionary import markdown

RESOURCES = {resource["name"]: resource for resource in shipped_descriptor()["resources"]}
SOURCED = [
    name
    for name, resource in RESOURCES.items()
    if "source_url" in {field["name"] for field in resource["schema"]["fields"]}
]


@pytest.mark.parametrize("name", RESOURCES)
def test_a_file_is_plain_and_above_its_floor(data, name):
    raw = (shipped_folder() / RESOURCES[name]["path"]).read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert len(data[name]) >= RESOURCES[name]["minRows"]


@pytest.mark.parametrize("name", SOURCED)
def test_every_fact_row_names_its_public_source(data, name):
    sources = data[name]["source_url"]
    assert sources.str.match(r"https?://[^/\s]+\.[a-z]+").all()
    assert not sources.str.contains("example|localhost", regex=True).any()


def test_the_readable_dictionary_is_made_from_the_descriptor():
    text = (shipped_folder() / "README.md").read_text(encoding="utf-8")
    assert text == markdown(shipped_descriptor())
    assert CliRunner().invoke(main, ["dictionary"]).output == text
    for resource in RESOURCES.values():
        assert f"## {resource['path']}" in text
        for field in resource["schema"]["fields"]:
            assert f"| `{field['name']}` |" in text


def test_the_descriptor_says_licence_version_and_sources():
    descriptor = json.loads((shipped_folder() / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["licenses"][0]["name"] == "CC-BY-4.0"
    assert re.fullmatch(r"\d+\.\d+\.\d+", descriptor["version"])
    assert descriptor["sources"]


def test_doubt_says_of_what_kind_it_is(data):
    counts = data["threat_mentions"]["certainty"].value_counts()
    assert (counts["inferred"], counts["conflict"]) == (22, 14)
    rows = data["threat_mentions"].set_index("mention_id")["certainty"]
    assert rows["tnt-2019-asset-belgrade.illicit_finance"] == "inferred"
    assert rows["tnt-2017-heads-law-enforcement.cybercrime"] == "conflict"
    assert (data["response_mentions"]["certainty"] == "conflict").sum() == 31


def test_inferred_meetings_are_in_no_figure(data):
    unread = set(data["meetings"].query("basis == 'inferred'")["meeting_id"])
    assert len(unread) == 11
    for name in ("threat_mentions", "response_mentions"):
        assert not unread & set(data[name]["meeting_id"])


def test_meetings_lie_between_2006_and_today(data):
    years = data["meetings"]["year"].dropna()
    assert years.between(2006, 2026).all()


def test_the_57_participating_states_and_11_partners_have_a_tile_each(data):
    countries = data["countries"]
    assert (countries["osce_status"] == "participating_state").sum() == 57
    assert (countries["osce_status"] != "participating_state").sum() == 11
    assert not countries.duplicated(["tile_row", "tile_column"]).any()


def test_regions_and_countries_agree(data):
    members = data["countries"].groupby("region")["iso3"].agg(lambda c: set(c))
    for row in data["regions"].itertuples():
        if row.members_iso3:
            assert set(row.members_iso3.split(";")) == members[row.region_id]


def test_keyword_rules_compile_in_the_subset_that_engines_share(data):
    for table in ("threat_categories", "responses"):
        for column in ("keywords", "exclude"):
            for cell in data[table][column]:
                for pattern in filter(None, cell.split(";")):
                    re.compile(pattern)
                    assert not re.search(r"\(\?[=!<]|\\[1-9]", pattern), pattern


def test_no_meeting_has_more_than_three_subjects(data):
    rows = data["threat_mentions"].query("role == 'focus' and session_id == ''")
    assert rows["meeting_id"].value_counts().max() <= 3


def test_the_focal_points_meeting_of_2021_is_as_its_press_release_says(data):
    meeting = data["meetings"].set_index("meeting_id").loc["bsmnfp-2021"]
    assert meeting["edition"] == 15
    assert (meeting["start_date"], meeting["end_date"]) == ("2021-09-21", "2021-09-22")
    assert (meeting["format"], meeting["chair"]) == ("hybrid", "SWE")
    assert (meeting["participants_qualifier"], meeting["participants"]) == ("over", 100)

    def of(table, column):
        rows = data[table]
        return set(rows.loc[rows["meeting_id"] == "bsmnfp-2021", column])

    wanted = {"pandemic", "cross_border_crime", "terrorism", "organized_crime"}
    assert of("threat_mentions", "threat_id") == wanted
    assert {"self_assessment_tool", "biometrics", "information_exchange"} <= of(
        "response_mentions", "response_id"
    )
    assert {"interpol", "unoct"} <= of("participation", "organization_id")
    assert "central_asia" in of("regional_sessions", "region")


def test_no_working_remark_is_left_in_a_note(data):
    notes = data["meetings"]["note"]
    assert not notes.str.contains(r"MERGE|[Mm]erged with|INFERRED|\bstore\b|decisions/").any()
