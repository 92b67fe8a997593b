"""The day of citations, proposals and checks: in UTC, wherever the server stands."""

import ast
import datetime as dt
import time
from pathlib import Path

import pytest

from threats.dataset.store import open_dataset
from threats.exports.citation import access_day, brief_date_line, cite_view
from threats.exports.urls import View
from threats.format import utc_today
from threats.server.middleware.kept_answers import _answer_key
from threats.stats.filters import Selection
from threats.stats.selection import select
from threats.upkeep.page_text import PageText
from threats.upkeep.proposals import make_proposal

PACKAGE = Path(__file__).parent.parent / "threats"
# At any moment it is another day than in UTC in one of the two, and for most of it in both.
ZONES = ["Pacific/Kiritimati", "Pacific/Honolulu", "UTC"]


@pytest.fixture(params=ZONES)
def zone(request, monkeypatch):
    """Have this process stand in a time zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_one_moment_has_one_day_in_all_zones(zone):
    # The clock itself, without any zone.
    expected = dt.date(1970, 1, 1) + dt.timedelta(days=int(time.time() // 86_400))
    assert utc_today() == access_day() == expected
    page = PageText("https://a.example", "A title", "A text.", "")
    assert make_proposal("new", "m", page, "s", []).made_on == expected.isoformat()
    dataset = open_dataset()
    cited = cite_view(dataset, "attention-by-year", "Attention", "http://here/")
    assert cited.day == expected
    line = brief_date_line(View("brief", select(dataset, Selection()), {}, "http://here"))
    assert str(expected.year) in line
    assert f"{expected.day} " in line
    scope = {"path": "/", "query_string": b"", "scheme": "http", "headers": []}
    assert expected in _answer_key(scope, [], False)


def test_no_module_asks_for_the_day_of_its_machine():
    """Return no call of ``today()`` or of ``now()`` without a zone in the package."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                local = node.func.attr == "today" or (
                    node.func.attr in ("now", "fromtimestamp") and len(node.args) < 1
                )
                found += [f"{path.name}:{node.lineno}"] if local else []
    assert not found
