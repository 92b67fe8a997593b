"""The charts of a page under Streamlit's AppTest: the cards that its components fetch."""

import functools
import json
import re
from urllib.parse import parse_qsl, urlencode

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from threats.server.routes import ROUTES

CLIENT = TestClient(Starlette(routes=ROUTES), base_url="http://here")
TEXTS = ("title", "subtitle", "caption", "source", "empty")


def sent(app):
    """Return what the page sends to the component of each chart, in their order; not the findings,
    which are no chart."""
    found = [json.loads(one.proto.json) for one in app.get("bidi_component")]
    return [one for one in found if "address" in one]


def cards(app):
    """Return the card of each chart of a page, in their order."""
    return [_fetched(one["address"], one["version"]) for one in sent(app)]


def drawn(app):
    """Return the cards of a page that have a figure."""
    return [card for card in cards(app) if "figure" in card]


def texts_of_cards(app):
    """Return all texts of the cards: those in view and the folded notes."""
    return " ".join(
        text
        for card in cards(app)
        for text in (*(card.get(part, "") for part in TEXTS), *card.get("notes", []))
    )


def table_of(app, name):
    """Return the figures of a chart of a page as the card shows them."""
    (one,) = [one for one in sent(app) if re.match(rf"cards/{name}\.json", one["address"])]
    return _fetched(one["address"].replace(".json", "/table.json", 1), one["version"])


def meetings_of(app):
    """Return the meetings behind the mark of a page, which one card lists, as card.js asks."""
    (one,) = [one for one in sent(app) if one["mark"]]
    path, _, query = one["address"].partition("?")
    params = [pair for pair in parse_qsl(query) if pair[0] not in ("theme", "narrow")]
    params += [("mark", part) for part in one["mark"].split(" ")]
    path = path.replace(".json", "/meetings.json")
    return _fetched(f"{path}?{urlencode(params)}", one["version"])


def column(table, heading):
    """Return the cells of a column of a table of a card."""
    place = table["columns"].index(heading)
    return [row[place] for row in table["rows"]]


def click(app, name, mark):
    """Run a page again as a click on a mark of a chart does, and return it."""
    (card,) = [one for one in app.get("bidi_component") if one.key == f"chart_{name}"]
    states = app._tree.get_widget_states()
    states.widgets.add(id=card.proto.id, json_value=json.dumps({"mark": mark}))
    return app._run(states)


def shows(shown, table):
    """Check that a table of a card shows the first thousand rows of a table, decimals rounded."""
    assert len(shown["columns"]) == len(shown["numeric"]) == len(table.columns)
    rows = table.head(1000).itertuples(index=False)
    for cells, row in zip(shown["rows"], rows, strict=True):
        for text, value in zip(cells, row, strict=True):
            if value is None or pd.isna(value):
                assert text == "–"
            elif isinstance(value, float):
                assert float(text) == pytest.approx(value, abs=0.00005001)
            else:
                assert text == str(value)


@functools.lru_cache(512)
def _fetched(address, version):
    """Return what an address answers; ``version`` tells apart the datasets of different tests."""
    answer = CLIENT.get(f"/{address}")
    assert answer.status_code == 200, (address, answer.text)
    return answer.json()
