"""Data flows one way, and few modules know Streamlit or Plotly."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Every module may import those before it in this order, and none after it.
ORDER = [
    "later",
    "pages",
    "words",
    "terms",
    "log",
    "regex",
    "once",
    "ids",
    "cells",
    "descriptor",
    "tables",
    "checks",
    "reliability",
    "dataset",
    "fresh",
    "sources",
    "dictionary",
    "selection",
    "asked",
    "measures",
    "shifts",
    "together",
    "precedents",
    "reality",
    "gaps",
    "coverage",
    "sensitivity",
    "search",
    "coding",
    "charts",
    "views",
    "findings",
    "cache",
    "options",
    "catalogue",
    "links",
    "citation",
    "images",
    "hatching",
    "export",
    "brief",
    "taken",
    "cli",
    "compressed",
    "headers",
    "refusals",
    "limits",
    "sign_in",
    "uploads",
    "routes",
    "warm",
    "first_html",
    "ui",
    "dashboard",
    "app_pages",
]
MODULES = sorted([ROOT / "app.py", *(ROOT / "threats").rglob("*.py")])
STREAMLIT = {"app", "dashboard", "headers", "sign_in", "ui", "uploads", "app_pages"}
STARLETTE = {
    "app",
    "compressed",
    "first_html",
    "headers",
    "limits",
    "refusals",
    "routes",
    "sign_in",
    "uploads",
}
PLOTLY = {"charts", "views"}
# The tables of the dataset, and the files of a corpus to code.
CSV_READERS = {"dataset", "coding"}


def name_of(path):
    """Return the module's place in the order: its folder in the package, else its own name."""
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


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_what_comes_before_it(path):
    if path.stem in ("__init__", "app"):
        return
    place = ORDER.index(name_of(path))
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "threats" and parts[1] in ORDER and parts[1] != name_of(path):
            assert ORDER.index(parts[1]) < place, f"{path.name} imports {name}"


@pytest.mark.parametrize(
    ("library", "allowed"),
    [
        ("streamlit", STREAMLIT),
        ("plotly", PLOTLY),
        ("starlette", STARLETTE),
        ("kaleido", {"images"}),
        ("narwhals", {"coding"}),
        ("httpx", {"sources"}),
        ("docx", {"brief", "coding"}),
    ],
)
def test_only_the_edge_knows(library, allowed):
    users = {name_of(p) for p in MODULES if any(n.split(".")[0] == library for n in imported(p))}
    assert users <= allowed


def test_only_the_command_asks_other_hosts():
    users = {name_of(p) for p in MODULES if any(n == "threats.sources" for n in imported(p))}
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
    "path", sorted((ROOT / "threats" / "app_pages").glob("*.py")), ids=lambda p: p.stem
)
def test_a_page_is_short_and_computes_nothing(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    assert "groupby" not in text
    assert "import pandas" not in text


def test_every_chart_takes_text_as_text():
    """No text of the data becomes markup of Plotly's (threats/charts/text.py)."""
    bare = []
    for path in sorted((ROOT / "threats" / "charts").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            takes = {argument.arg for argument in node.args.args}
            kept = {ast.unparse(decorator) for decorator in node.decorator_list}
            if {"table", "dark"} <= takes and "text_stays_text" not in kept:
                bare.append(f"{path.name}: {node.name}")
    assert bare == []
