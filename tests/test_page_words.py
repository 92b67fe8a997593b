"""Running text and notes on each page stay short."""

import json
import re
from pathlib import Path

import pytest
from page_cards import cards
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parent.parent
# Words on each page in November 2026, before notes that hold for the whole site were said once.
WORDS_BEFORE = {
    "overview": 540,
    "trends": 1228,
    "covid": 1345,
    "regions": 732,
    "responses": 723,
    "indicators": 987,
    "data": 1451,
}
MAX_SHARE = 0.4
# The brief is a document, the pages on one thing are new, the others had fewer than 40 words.
NOT_MEASURED = {"brief", "code", "meetings", "threat", "country", "series"}


def words(text):
    """Return the number of words: what has a letter or digit in it."""
    return sum(any(sign.isalnum() for sign in part) for part in text.split())


def running_text(app):
    """Return what a reader sees of a page but headings, labels, tables and charts: its paragraphs,
    help of the title, captions and notes, folded or not."""
    for kind in (app.main.markdown, app.main.caption, app.main.info, app.main.warning):
        yield from (re.sub(r"\]\(<[^>]*>\)", "]", element.value) for element in kind)
    yield from (one.proto.help for one in app.main.title)
    for card in cards(app):
        yield from (card.get("caption", ""), card.get("empty", ""), *card.get("notes", ()))
    for part in app.get("bidi_component"):
        data = json.loads(part.proto.json)
        if "findings" in data:
            yield data["help"]
            yield from (f"{one['strength']} {one['basis']}" for one in data["findings"])


@pytest.mark.parametrize("page", WORDS_BEFORE)
def test_a_page_has_at_most_two_fifths_of_its_earlier_words(page):
    app = AppTest.from_file(str(ROOT / "threats" / "dashboard.py"), default_timeout=120)
    app.run()
    app.switch_page(f"app/pages/{page}.py").run()
    assert not app.exception
    texts = list(running_text(app))
    number = sum(map(words, texts))
    longest = sorted(texts, key=words)[-3:]
    assert 0 < number <= MAX_SHARE * WORDS_BEFORE[page], f"{number} words, longest: {longest}"


def test_every_page_is_measured():
    pages = {path.stem for path in (ROOT / "threats" / "app" / "pages").glob("*.py")}
    assert pages == WORDS_BEFORE.keys() | NOT_MEASURED
