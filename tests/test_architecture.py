"""Data flows one way, few modules know Streamlit or Plotly, and everything has one guessable place.

``.importlinter`` names the layers and what each may import.
"""

import ast
from collections import defaultdict
from pathlib import Path

import pytest
import reader_text
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "threats"
PAGES = PACKAGE / "app" / "pages"
TREES = {
    path: ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted([ROOT / "app.py", *PACKAGE.rglob("*.py")])
}
MAX_MODULE_LINES = 300
MAX_FUNCTION_LINES = 40
MAX_PAGE_LINES = 60
MAX_TOP_ENTRIES = 23


def layer_of(path):
    """Return the folder of a module in the package, else its own name."""
    inside = path.relative_to(ROOT).parts
    return inside[1].removesuffix(".py") if inside[0] == "threats" else path.stem


def imported_by(tree):
    """Return the full names of what a module imports."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def functions_of(tree):
    """Return every function and method of a module."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def place(path, node):
    """Return where a definition is, such as ``threats/format.py:12 join``."""
    return f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"


def test_layers_import_only_from_those_below():
    assert lint_imports() == 0, "run lint-imports for the chains of imports"


@pytest.mark.parametrize(
    ("library", "allowed"),
    [
        ("streamlit", {"app", "dashboard", "server"}),
        ("plotly", {"charts", "content"}),
        ("starlette", {"app", "server"}),
        ("kaleido", {"exports"}),
        ("httpx", {"dataset", "upkeep"}),
        ("docx", {"brief", "coding"}),
    ],
)
def test_only_the_edge_knows(library, allowed):
    users = {
        layer_of(path)
        for path, tree in TREES.items()
        if any(name.split(".")[0] == library for name in imported_by(tree))
    }
    assert users <= allowed


def test_only_the_command_asks_other_hosts():
    asking = [f"threats.upkeep.{name}" for name in ("collecting", "polite_client", "rereading")]
    users = {
        layer_of(path)
        for path, tree in TREES.items()
        if any(
            name.startswith(("threats.dataset.link_check", *asking)) for name in imported_by(tree)
        )
    }
    assert users == {"cli", "upkeep"}


def test_no_route_writes_and_of_the_pages_only_the_review_desk_does():
    users = {
        path.relative_to(PACKAGE).with_suffix("").as_posix()
        for path, tree in TREES.items()
        if any(name.startswith("threats.upkeep") for name in imported_by(tree))
        and layer_of(path) not in ("cli", "upkeep")
    }
    assert users == {"app/editors", "app/review_desk", "app/review_decisions", "app/review_fields"}


def test_csv_files_are_read_in_two_packages():
    readers = {layer_of(p) for p in TREES if "read_csv" in p.read_text(encoding="utf-8")}
    assert readers <= {"dataset", "coding"}


def test_no_module_makes_slow_or_unsafe_calls():
    for path in TREES:
        text = path.read_text(encoding="utf-8")
        assert "plotly.express" not in text
        assert "unsafe_allow_html" not in text


def test_public_functions_say_what_they_return():
    silent = [
        place(path, node)
        for path, tree in TREES.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    # The messages of threats/text speak for themselves.
    assert [one for one in silent if not one.startswith("threats/text/")] == []


def test_every_public_name_is_defined_once():
    places = defaultdict(list)
    for path, tree in TREES.items():
        if PAGES in path.parents or path.name in ("__init__.py", "app.py", "dashboard.py"):
            continue
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names = [node.name]
            elif isinstance(node, ast.Assign):
                names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                names = [node.target.id]
            else:
                names = []
            for name in names:
                if not name.startswith("_"):
                    places[name].append(str(path.relative_to(ROOT)))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_modules_and_functions_are_short():
    long = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in TREES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_MODULE_LINES
    ]
    long += [
        f"{place(path, node)}: {lines} lines"
        for path, tree in TREES.items()
        for node in functions_of(tree)
        if (lines := node.end_lineno - node.lineno + 1) > MAX_FUNCTION_LINES
    ]
    assert long == []


def test_the_top_of_the_package_is_short():
    entries = [path for path in PACKAGE.iterdir() if path.name != "__pycache__"]
    assert len(entries) <= MAX_TOP_ENTRIES


def test_all_text_for_readers_is_in_one_package():
    assert reader_text.outside() == []


def test_a_page_is_short_and_computes_nothing():
    pages = sorted(PAGES.glob("*.py"))
    assert pages
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= MAX_PAGE_LINES, path.name
        assert "groupby" not in text, path.name
        assert "import pandas" not in text, path.name
