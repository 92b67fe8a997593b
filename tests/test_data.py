"""The shipped data themselves: every row sourced, the dictionary true, known facts in place."""

import json
import re

import plain
import pytest
from click.testing import CliRunner

from threats.cli.main import main
from threats.dataset.dictionary import dictionary_markdown
from threats.dataset.schema import shipped_descriptor, shipped_folder

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
    assert text == dictionary_markdown(shipped_descriptor())
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


MENTIONS = ("threat_mentions", "response_mentions")
CODEBOOK = (shipped_folder() / "codebook.md").read_text(encoding="utf-8")


def test_doubt_says_of_what_kind_it_is(data):
    for name in MENTIONS:
        counts = data[name]["certainty"].value_counts()
        assert counts.sum() == len(plain.rows(name))
        # Most codes are sure; each kind of doubt is in use, and less often than not.
        assert counts["sure"] > 0.8 * counts.sum()
        assert set(counts.index) == {"sure", "inferred", "conflict"}
    rows = data["threat_mentions"].set_index("mention_id")["certainty"]
    assert rows["tnt-2019-asset-belgrade.illicit_finance"] == "inferred"
    assert rows["tnt-2024-refugee-thb.armed_conflict_spillover"] == "conflict"


@pytest.mark.parametrize(
    ("column", "tables"),
    [("certainty", MENTIONS), ("reading", ("meetings",)), ("basis", ("meetings",))],
)
def test_codebook_and_descriptor_have_the_words_in_use_and_no_others(data, column, tables):
    """What the codebook tells of a column stands behind its name in one item of a list."""
    item = re.search(rf"^- \*\*`{column}`\*\*:(.*?)(?=^- |\n\n)", CODEBOOK, re.M | re.S)[1]
    for name in tables:
        fields = {field["name"]: field for field in RESOURCES[name]["schema"]["fields"]}
        used = set(data[name][column])
        assert used == set(fields[column]["constraints"]["enum"])
        assert used == set(re.findall(r"`(\w+)`", item))


def test_the_id_of_a_mention_names_what_its_row_codes(data):
    """A row recoded and not renamed would be cited by the code that it no longer has."""
    for name, codes in (
        ("threat_mentions", ["threat_id"]),
        ("response_mentions", ["response_id", "threat_id"]),
    ):
        for row in data[name].to_dict("records"):
            parts = [row["session_id"] or row["meeting_id"], *(row[code] for code in codes)]
            assert row["mention_id"] == ".".join(filter(None, parts))


def test_a_response_is_tied_to_a_threat_that_its_meeting_has(data):
    """No exception: a threat that was recoded or dropped takes its responses along."""
    has = data["threat_mentions"].groupby("meeting_id")["threat_id"].agg(set)
    tied = data["response_mentions"].query("threat_id != ''")
    stray = [
        row.mention_id
        for row in tied.itertuples()
        if row.threat_id not in has.get(row.meeting_id, ())
    ]
    assert not stray


def test_no_mention_rests_on_who_took_part_or_on_the_form_alone(data):
    responses = data["response_mentions"]["evidence"]
    who = r"\btakes? part\b|among (?:participants|trainees|those|stakeholders)\b"
    assert not responses[responses.str.contains(who, regex=True)].tolist()
    pandemic = data["threat_mentions"].query("threat_id == 'pandemic' and role == 'mentioned'")
    told = pandemic["evidence"]
    assert not told[told.str.contains(r"\b(?:online|video)\b", regex=True)].tolist()


def test_terrorist_travel_is_not_coded_as_terrorism(data):
    """It has one code, by the definition of foreign terrorist fighters. A row may name it only
    beside terrorism itself."""
    travel = r"terrorist (?:travel|movement)|movement of terrorists|terrorists crossing"
    for row in plain.rows("threat_mentions"):
        rest = re.sub(travel, "", row["evidence"], flags=re.I)
        if row["threat_id"] == "terrorism" and rest != row["evidence"]:
            assert "terrorism" in rest, row["mention_id"]


def test_corrections_that_were_read_on_the_source_pages_stand(data):
    """Each by the page that the row names, read again for data 1.2.0."""
    threats = data["threat_mentions"].set_index("mention_id")
    for course in (
        "bmsc-course-2013-bma-sep",
        "bmsc-course-2013-staff-09",
        "bmsc-course-2014-bma-aug",
        "bmsc-course-2015-bma-nov",
    ):
        assert threats.loc[f"{course}.mass_displacement", "role"] == "discussed"
    assert threats.loc["tnt-2021-mediterranean-s2.organized_crime", "certainty"] == "sure"
    meetings = set(data["threat_mentions"]["meeting_id"])
    assert "pds-2025" not in meetings  # its page names a programme of the United Nations only
    responses = data["response_mentions"].set_index("mention_id")
    assert "pds-2020.public_private_partnership" in responses.index  # how to connect with airlines
    assert "tnt-2023-cultural-pula.financial_investigation.cultural_property_trafficking" in (
        responses.index
    )


def test_inferred_meetings_are_in_no_figure(data):
    unread = set(data["meetings"].query("basis == 'inferred'")["meeting_id"])
    assert unread == set(data["meetings"].query("reading == 'none'")["meeting_id"])
    assert {"bsmnfp-2007", "bsmnfp-2015"} < unread
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
