"""What a reader takes from a chart for other programs and sites: code, embedded charts."""

import io
import re
import subprocess
import sys
import threading
import time

import pandas as pd
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient

from threats.charts.theme import LIGHT
from threats.content.builder import build_chart
from threats.dataset.store import open_dataset
from threats.exports.embed import EMBED_WIDTHS, embed_height
from threats.server.routes import ROUTES
from threats.stats.filters import Selection
from threats.stats.selection import select

ADDRESS = "attention-by-year.csv?region=central_asia&role=focus"
CLIENT = TestClient(Starlette(routes=ROUTES), base_url="http://here")


@pytest.fixture(scope="module")
def share():
    found = CLIENT.get("/cards/attention-by-year.json?region=central_asia&role=focus")
    return found.json()["share"]


@pytest.fixture
def server():
    """The address of a server of the routes on a free port."""
    one = uvicorn.Server(uvicorn.Config(Starlette(routes=ROUTES), port=0, log_level="error"))
    running = threading.Thread(target=one.run, daemon=True)
    running.start()
    while not one.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{one.servers[0].sockets[0].getsockname()[1]}"
    one.should_exit = True
    running.join(30)


def code(share, language):
    return next(one["text"] for one in share["code"] if language in one["label"])


def test_there_are_lines_for_three_programs(share):
    assert [one["label"].split()[2] for one in share["code"]] == ["Excel", "Python", "R"]
    for one in share["code"]:
        assert f'"http://here/download/{ADDRESS}"' in one["text"]


def test_the_lines_for_python_run_and_give_the_digits_of_the_chart(share, server, tmp_path):
    lines = code(share, "Python").replace("http://here", server)
    out = "\nfigures.to_pickle(__import__('sys').argv[1])"
    chosen = select(open_dataset(), Selection(region=("central_asia",)))
    chart = build_chart("attention-by-year", chosen, {"role": "focus", "measure": "mix"})
    name = tmp_path / "figures.pickle"
    subprocess.run([sys.executable, "-c", lines + out, str(name)], check=True, timeout=200)
    figures = pd.read_pickle(name)
    assert list(figures.columns) == list(chart.table.columns)
    for column in chart.table.select_dtypes("number"):
        wanted = chart.table[column].astype(float)
        pd.testing.assert_series_equal(figures[column].astype(float), wanted, check_exact=True)


def test_the_lines_for_r_and_excel_read_the_same_address_in_full(share):
    lines = code(share, "R").splitlines()
    assert lines == [
        f'figures <- read.csv("http://here/download/{ADDRESS}", na.strings = "", '
        'encoding = "UTF-8")',
        "print(figures, digits = 15)",
    ]
    query = code(share, "Excel")
    assert query.count("(") == query.count(")")
    assert query.count("{") == query.count("}")
    file = pd.read_csv(io.StringIO(CLIENT.get(f"/download/{ADDRESS}").text))
    numbers = re.search(r"List.Transform\(\{(.*?)\}, each", query)[1]
    assert re.findall(r"\w+", numbers) == list(file.select_dtypes("number"))
    assert '"en-US"' in query


def test_the_lines_to_embed_name_the_chart_and_its_heights_by_width(share):
    lines = share["embed_html"]
    assert '<script src="http://here/reader/embed.js" async></script>' in lines
    source = "http://here/embed/attention-by-year?region=central_asia&amp;role=focus"
    assert f'src="{source}"' in lines
    heights = [int(one) for one in re.findall(r"height:(\d+)px", lines)]
    assert len(heights) == len(EMBED_WIDTHS)


def test_a_narrow_place_needs_more_lines_and_a_lower_drawing():
    chart = build_chart("attention-by-year", select(open_dataset(), Selection()), {})
    drawing = chart.draw(LIGHT)
    for width in EMBED_WIDTHS:
        drawn = (drawing.layout.height or 450) * (width - 32) / 1000
        assert drawn < embed_height(chart, width) < drawn + 1200
