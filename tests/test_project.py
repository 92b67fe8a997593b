"""What README, configuration and code say of each other."""

import dataclasses
import re
import tomllib
from pathlib import Path

import pytest

from threats import __version__
from threats.charts.theme import DARK, LIGHT
from threats.cli.main import main
from threats.content.options import OPTIONS
from threats.server.routes import ROUTES
from threats.server.routes.api import API_FIGURES
from threats.stats.selection import Selection

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_page_stands_in_the_readme():
    pages = {path.stem for path in (ROOT / "threats" / "app" / "pages").glob("*.py")}
    for page in pages - {"overview"}:
        assert f"`/{page}`" in README


def test_every_address_parameter_stands_in_the_readme():
    filters = {field.name for field in dataclasses.fields(Selection)}
    for name in {*OPTIONS, *filters, "mark", "meeting", "q", "version"}:
        assert f"`{name}`" in README


def test_every_route_stands_in_the_readme():
    for route in ROUTES:
        assert f"`{route.path.split('{')[0]}" in README
    for name in API_FIGURES:
        assert f"`/api/{name}" in README


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_told_of(command):
    told = README + (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert f"threats {command}" in told


def test_links_and_pictures_of_the_readme_exist():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).exists(), target


def test_the_pages_theme_agrees_with_the_charts():
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for name, tone in (("light", LIGHT), ("dark", DARK)):
        chosen = theme["theme"][name]
        assert chosen["backgroundColor"] == tone["page"]
        assert chosen["textColor"] == tone["text"]
        assert chosen.get("linkColor", chosen["primaryColor"]) == tone["colours"][0]
    assert theme["browser"]["gatherUsageStats"] is False


def test_every_dependency_has_an_exact_version_in_the_constraints():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.split("==")[0].lower() for line in lines if "==" in line}
    assert not [line for line in lines if line and not line.startswith("#") and "==" not in line]
    for wanted in [*project["dependencies"], *project["optional-dependencies"]["test"]]:
        assert re.match(r"[a-z0-9-]+", wanted.lower())[0] in pinned


def test_versions_agree():

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    descriptor = (ROOT / "data" / "datapackage.json").read_text(encoding="utf-8")
    data_version = re.search(r'"version": "([^"]+)"', descriptor)[1]
    assert f"version: {data_version}" in citation


def test_numbers_of_rows_in_the_change_list_are_true(data):
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for name in ("meetings", "threat_mentions", "response_mentions", "participation"):
        assert f"{len(data[name]):,}" in text
