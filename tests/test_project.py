"""What documentation, configuration and code say of each other."""

import dataclasses
import re
import tomllib
from pathlib import Path

import click
import pytest

from threats.cli.main import main
from threats.content.options import OPTIONS
from threats.content.pages import HOME_PAGE, PAGES
from threats.exports.deposit import deposit_files
from threats.server.routes import ROUTES
from threats.server.routes.api import API_FIGURES
from threats.stats.filters import Selection

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
DOCS = sorted((ROOT / "docs").glob("*.md"))
# What the README leads its readers to: each thing is documented somewhere in it.
MANUAL = "\n".join(path.read_text(encoding="utf-8") for path in (README, *DOCS))
MAX_README_LINES = 150


def markdown_files():
    """Return every Markdown file of the repository, without those of tools and libraries."""
    folders = [path for path in ROOT.iterdir() if path.is_dir()]
    ours = [path for path in folders if path.name[0] != "." or path.name == ".github"]
    return [*ROOT.glob("*.md"), *(file for folder in ours for file in folder.rglob("*.md"))]


def without_blocks(text):
    """Return Markdown without its blocks of code."""
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def links(text):
    """Return the targets of the links and pictures in Markdown."""
    return re.findall(r"\]\(<?([^)>\s]+)>?\)", re.sub(r"`[^`]*`", "", without_blocks(text)))


def anchors(text):
    """Return the anchors of the headings in Markdown, as GitHub names them."""
    titles = re.findall(r"^#+ (.+)$", without_blocks(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_page_is_documented_by_address_and_title():
    for name, page in PAGES.items():
        assert f"`/{'' if name == HOME_PAGE else name}`" in MANUAL
        assert page.title in MANUAL


def test_every_address_parameter_is_documented():
    filters = {field.name for field in dataclasses.fields(Selection)}
    for name in {*OPTIONS, *filters, "dataset", "mark", "meeting", "q", "version"}:
        assert f"`{name}`" in MANUAL


def test_every_route_is_documented():
    for route in ROUTES:
        start = re.split(r"\{|\d", route.path)[0]  # without a name or a version
        assert f"`{start}" in MANUAL
    for name in API_FIGURES:
        for suffix in ("csv", "json"):
            assert f"`/api/{name}.{suffix}`" in MANUAL


@pytest.mark.parametrize("command", sorted(main.list_commands(click.Context(main))))
def test_every_command_is_documented(command):
    assert f"`threats {command}`" in MANUAL


def test_every_environment_variable_is_documented():
    text = (ROOT / "threats" / "config.py").read_text(encoding="utf-8")
    names = re.findall(r'_VARIABLE = "([A-Z_]+)"', text)
    assert len(names) >= 3
    for name in names:
        assert f"`{name}`" in MANUAL, name


def test_the_readme_is_short_and_leads_to_every_document():
    text = README.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_README_LINES
    for path in DOCS:
        assert path.relative_to(ROOT).as_posix() in links(text)


def test_links_in_markdown_lead_to_files_and_headings_that_exist():
    wrong = []
    for path in markdown_files():
        for link in links(path.read_text(encoding="utf-8")):
            if re.match(r"[a-z]+:", link):
                continue
            name, _, anchor = link.partition("#")
            target = (path.parent / name).resolve() if name else path
            if not target.exists() or (
                anchor and anchor not in anchors(target.read_text(encoding="utf-8"))
            ):
                wrong.append(f"{path.relative_to(ROOT)}: {link}")
    assert not wrong


# Until the package has the folders that the documentation describes.
TEXT_SUFFIXES = {".py", ".css", ".js", ".html", ".toml", ".yml", ".service", ".conf"}


@pytest.mark.parametrize("path", [*DOCS, ROOT / "SECURITY.md"], ids=lambda path: path.name)
def test_files_that_documents_name_exist(path):
    named = re.findall(
        r"`((?:threats|tests|deploy|data|\.ci)/[\w./@-]*\w)`", path.read_text("utf-8")
    )
    assert not [name for name in named if not (ROOT / name).exists()]


def test_the_tree_in_the_documentation_is_the_package():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    tree = re.search(r"^```\n(threats/.*?)^```", text, re.DOTALL | re.MULTILINE)[1]
    place, listed = [], set()
    for line in tree.splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        place[depth:] = [line.split()[0]]
        listed.add("".join(place))
    assert not [name for name in listed if not (ROOT / name).exists()]
    # Of a folder that the tree opens, every module is there.
    opened = {Path(name).parent for name in listed}
    modules = [path.relative_to(ROOT) for path in (ROOT / "threats").rglob("*.py")]
    assert not [
        str(path)
        for path in modules
        if path.parent in opened and path.name != "__init__.py" and path.as_posix() not in listed
    ]


def test_files_that_code_and_settings_name_exist():
    paths = [ROOT / "Makefile", ROOT / "app.py"]
    for folder in ("threats", "tests", "deploy", ".ci", ".streamlit"):
        paths += [path for path in (ROOT / folder).rglob("*") if path.suffix in TEXT_SUFFIXES]
    # Files for the reader of texts, in many encodings.
    paths = [path for path in paths if path.parent != ROOT / "tests" / "field"]
    wrong = []
    for path in paths:
        named = re.findall(
            r"(?<![\w./-])((?:threats|tests|deploy|docs|\.ci|\.streamlit)/[\w./-]+"
            r"\.(?:css|js|html|md|py|service|toml|txt|yml))\b",
            path.read_text(encoding="utf-8"),
        )
        wrong += [
            f"{path.relative_to(ROOT)}: {name}" for name in named if not (ROOT / name).exists()
        ]
    assert not wrong


def test_the_dashboard_sends_no_statistics_to_streamlit():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False


def test_every_dependency_has_an_exact_version_in_the_constraints():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.split("==")[0].lower() for line in lines if "==" in line}
    assert not [line for line in lines if line and not line.startswith("#") and "==" not in line]
    extras = project["optional-dependencies"]
    for wanted in [*project["dependencies"], *extras["test"], *extras["clients"]]:
        assert re.match(r"[a-z0-9-]+", wanted.lower())[0] in pinned
    for path in (ROOT / "tests" / "clients").glob("*.py"):
        for package in re.findall(r'^PACKAGE = "(.+)"', path.read_text("utf-8"), re.MULTILINE):
            assert re.fullmatch(r"[a-z-]+@\d+\.\d+\.\d+", package)


def test_versions_agree():
    from threats import __version__

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    descriptor = (ROOT / "data" / "datapackage.json").read_text(encoding="utf-8")
    data_version = re.search(r'"version": "([^"]+)"', descriptor)[1]
    assert f'version: "{data_version}+' in citation


def test_the_metadata_of_the_project_are_those_of_its_data(data):
    for name, content in deposit_files(data).items():
        written = (ROOT / name).read_bytes()
        assert written == content, f"{name}: write it again with threats deposit ."


def test_numbers_of_rows_in_the_change_list_are_true(data):
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for name in ("meetings", "threat_mentions", "response_mentions", "participation"):
        assert f"{len(data[name]):,}" in text


def test_the_commonest_changes_touch_few_files_that_exist():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| ([^|]+) \| (.+) \|$", text.split("## The ten commonest")[1], re.MULTILINE
    )
    changes = {name: re.findall(r"`([\w./-]+\.\w+)`", files) for name, files in rows[2:]}
    assert len(changes) == 10
    for name, files in changes.items():
        code = [file for file in files if file.endswith(".py") and "tests/" not in file]
        assert len(code) <= 3, name
        assert not [file for file in files if "LANGUAGE" not in file and not (ROOT / file).exists()]
