"""Data flows one way, and few modules know Streamlit or Plotly."""

import ast
import re
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
MODULES = sorted([ROOT / "app.py", *(ROOT / "threats").rglob("*.py")])
# The tables of the dataset, and the files of a corpus to code.
CSV_READERS = {"dataset", "coding"}


def name_of(path):
    """Return the layer of a module: its folder in the package, else its own name."""
    if path.parent == ROOT:
        return path.stem
    return path.relative_to(ROOT / "threats").parts[0].removesuffix(".py")


def imported(path):
    """Return the full names of what a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_layers_import_only_from_those_below():
    """``.importlinter`` names the layers and what each may import."""
    assert lint_imports() == 0, "run lint-imports for the chains of imports"


@pytest.mark.parametrize(
    ("library", "allowed"),
    [
        ("streamlit", {"app", "dashboard", "server"}),
        ("plotly", {"charts", "content"}),
        ("starlette", {"app", "server"}),
        ("kaleido", {"exports"}),
        ("httpx", {"dataset"}),
        ("docx", {"brief", "coding"}),
    ],
)
def test_only_the_edge_knows(library, allowed):
    users = {name_of(p) for p in MODULES if any(n.split(".")[0] == library for n in imported(p))}
    assert users <= allowed


def test_only_the_command_asks_other_hosts():
    users = {
        name_of(p)
        for p in MODULES
        if any(n.startswith("threats.dataset.link_check.") for n in imported(p))
    }
    assert users == {"cli"}


def test_csv_files_are_read_in_two_modules():
    readers = {name_of(p) for p in MODULES if "read_csv" in p.read_text(encoding="utf-8")}
    assert readers == CSV_READERS


def test_no_module_makes_slow_or_unsafe_calls():
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert "plotly.express" not in text
        assert "unsafe_allow_html" not in text


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_public_functions_say_what_they_return(path):
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path.name}: {node.name}"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "threats" / "app" / "pages").glob("*.py")), ids=lambda p: p.stem
)
def test_a_page_is_short_and_computes_nothing(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    assert "groupby" not in text
    assert "import pandas" not in text


def test_text_enters_charts_by_the_trace_helpers_alone():
    """They escape it, so that no text of the data becomes markup of Plotly's."""
    for path in sorted((ROOT / "threats" / "charts").glob("*.py")):
        if path.name != "traces.py":
            made = re.findall(r"go\.(?:Bar|Scatter|Heatmap)\(", path.read_text(encoding="utf-8"))
            assert not made, path.name
