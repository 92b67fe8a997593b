"""Where text for readers stands in the code: string literals with words, outside ``threats/text/``.

``python tests/reader_text.py`` lists them. Not counted: docstrings, regular expressions, SQL, CSS,
names of loggers' events, positions and fonts of Plotly's, and literals in calls of ``logs``.
"""

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
_WORDS = re.compile(r"[A-Za-z’']{2,},? [a-z’']{2,}|^[A-Z][a-z]+[a-z ]*[.?!…:]$|^[A-Z][a-z]{3,}$")
_CODE = re.compile(
    r"\(\?|\\[bdsw]|^[\w.\-]+$(?<![A-Z])|[{}]\s*[a-z-]+\s*:|^\s*(SELECT|COPY|SET|; SET|file string)\b|</?\w+|^--|://"
    r"|^\s*(FROM|CREATE TABLE|INSERT OR)\b"
    r"|'(none|self|unsafe-inline)'|^(img|font)-src |no-cache"
    r"|^(top|middle|bottom) (left|center|right)$|, sans-serif$|\w\|\w"
)
# Calls whose literals no reader sees, and methods that only look at text.
_NO_READER = (
    "logs.",
    "re.",
    "re2.",
    "compile_words",
    "warnings.",
    "_WORD.",
    "builder.",
    "SparkSession.",
)
_METHODS = ("split", "endswith", "startswith")


def literals(path):
    """Yield the line and text of each literal for readers in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            # Docstrings, also below a constant.
            skipped |= {
                id(one.value)
                for one in body
                if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
            }
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith(_NO_READER):
            skipped |= {id(one) for one in ast.walk(node)}
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in _METHODS:
            skipped |= {id(one) for part in (node.func.value, *node.args) for one in ast.walk(part)}
        # Errors of programming, which no reader causes.
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("AttributeError", "TypeError"):
            skipped |= {id(one) for one in ast.walk(node)}
        if isinstance(node, ast.Subscript):
            skipped |= {id(one) for one in ast.walk(node.slice)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in skipped
        ):
            text = node.value.strip()
            if _WORDS.search(text) and not _CODE.search(text):
                yield node.lineno, text


def outside():
    """Return each literal for readers outside ``threats/text/`` as "file:line text"."""
    package = ROOT / "threats"
    return [
        f"{path.relative_to(ROOT)}:{line} {text[:70]!r}"
        for path in sorted(package.rglob("*.py"))
        if package / "text" not in path.parents
        for line, text in literals(path)
    ]


if __name__ == "__main__":
    wanted = sys.argv[1:]
    for line in outside():
        if not wanted or any(line.startswith(prefix) for prefix in wanted):
            print(line)
