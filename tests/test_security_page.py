"""The table of limits in SECURITY.md says what the program does."""

from pathlib import Path

from threats.coding import extraction, extraction_worker
from threats.coding.file_text import MAX_TEXT_CHARACTERS
from threats.config import REQUESTS_PER_MINUTE
from threats.dataset import own_meetings
from threats.exports import chrome
from threats.server import application
from threats.server.middleware import clients, kept_answers, page_limits, rate_limits, upload_limits
from threats.server.slow_readers import UNREAD_TIMEOUT

ROOT = Path(__file__).parent.parent
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def million(count):
    """Return a number of bytes in MB, as the table has it."""
    assert count % 1_000_000 == 0
    return f"{count // 1_000_000} MB"


def test_the_table_of_limits_has_the_numbers_of_the_program():
    limits = rate_limits
    fast, renders = kept_answers.FAST_PLACES, kept_answers.RENDER_PLACES
    cards, auth = kept_answers.CARD_PLACES, kept_answers.AUTH_PLACES
    queue, card_queue = kept_answers.QUEUE, kept_answers.CARD_QUEUE
    wait = clients.REQUEST_QUEUE_TIMEOUT
    uploads = upload_limits
    said = {
        "address": f"{limits.MAX_ADDRESS_BYTES:,} bytes",
        "requests a minute from one client": f"{REQUESTS_PER_MINUTE}, and {limits.BURST} at once",
        "open answers of one client": f"{limits.MAX_OPEN_ANSWERS}",
        "charts of pages (`/cards`) a minute for one client": (
            f"{REQUESTS_PER_MINUTE}, and {limits.CARD_BURST} at once; more wait"
        ),
        "open charts of one client": f"{limits.MAX_OPEN_CARDS}",
        "charts of pages at work at once": f"{cards[0]}, of one client {cards[1]}",
        "waiting charts of pages": (
            f"at most {card_queue[0]:,}, of one client {card_queue[1]}, up to {wait} seconds each"
        ),
        "requests at work at once": (
            f"{fast[0]}, and {renders[0]} that need images; of one client {fast[1]} and "
            f"{renders[1]}"
        ),
        "waiting requests": (
            f"at most {queue[0]}, of one client {queue[1]}, up to {wait} seconds each"
        ),
        "requests for sign-in at work at once": f"{auth[0]}, of one client {auth[1]}",
        "answers that are kept": (
            f"need no place; at most {million(kept_answers.MAX_KEPT_BYTES)} for all"
        ),
        "answers and messages of pages that the client does not read": (
            f"the connection ends after {UNREAD_TIMEOUT:.0f} seconds without progress"
        ),
        "open pages of one client": f"{page_limits.MAX_PAGES} for each process",
        "clicks of one client": (
            f"{page_limits.CLICK_BURST} at once, then {page_limits.CLICK_RATE} a second; more wait"
        ),
        "message from a page": (
            f"{million(application.MAX_PAGE_MESSAGE_BYTES)}, or "
            f"{dict(application._shipped_settings())['server.maxMessageSize']} MB if "
            "`streamlit run app.py` starts the server"
        ),
        "images": f"one at a time, {chrome.MAX_QUEUED_RENDERS} waiting",
        "one image": (
            f"at most {chrome.RENDER_QUEUE_TIMEOUT} seconds in the queue and, from its turn on, "
            f"{chrome.RENDER_TIMEOUT} seconds at work"
        ),
        "images of one file": (
            f"none starts later than {chrome.TIME_BUDGET_TIMEOUT} seconds after the request"
        ),
        "upload": (
            f"TXT, PDF, DOCX and HTML to {million(extraction.MAX_FILE_BYTES)}, recognized by "
            "content, with a token against forged requests"
        ),
        "uploads held": (
            f"{uploads.MAX_FILES_PER_PAGE} for one page, {million(uploads.CLIENT_STORED_BYTES)} "
            f"for one client, {million(uploads.MAX_STORED_BYTES)} for all pages together"
        ),
        "uploads at once": (
            f"{uploads.MAX_CONCURRENT_UPLOADS}, of one client {uploads.CLIENT_UPLOADS}; one ends "
            f"after {uploads.UPLOAD_PART_TIMEOUT} seconds without data"
        ),
        "extraction of PDF, DOCX and HTML": (
            f"one process for each file; it ends after {extraction.EXTRACTION_CPU_TIMEOUT} seconds "
            f"of processor time or {extraction.EXTRACTION_TIMEOUT} seconds by the clock and has "
            f"{extraction_worker.MAX_WORKER_MEMORY >> 20} MB of memory"
        ),
        "extractions at once": (
            f"{extraction.MAX_EXTRACTIONS}; others wait up to "
            f"{extraction.EXTRACTION_QUEUE_TIMEOUT} seconds"
        ),
        "text to code": (
            f"{MAX_TEXT_CHARACTERS:,} characters; coding time grows no faster than the length"
        ),
    }
    assert kept_answers.CHUNK_TIMEOUT == UNREAD_TIMEOUT
    lines = SECURITY.split("| limit | value |\n| --- | --- |\n")[1].split("\n\n")[0].splitlines()
    first, *table = (line.strip("| ").split(" | ") for line in lines)
    assert dict(table) == said
    for path in (*limits.ANSWER_PATHS, limits.CARD_PATH):
        name = path.strip("/")
        assert f"`/{name}`" in first[0]


def test_the_limits_of_a_session_that_counts_its_own_texts_are_those_of_the_program():
    told = " ".join(SECURITY.split())
    each, all_of_them = own_meetings.MAX_OWN_MEETINGS, own_meetings.MAX_OWN_DATASETS
    assert own_meetings.OWN_DATASET_LIFETIME == 60 * 60
    assert f"{each} texts of one session, {all_of_them} sessions at a time, for an hour" in told


def test_every_test_that_the_page_names_is_there():
    named = [part for part in SECURITY.split("`") if part.startswith("tests/")]
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []
