"""What goes wrong around a running dashboard: readers keep or get back their view, and the log says
what happened."""

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import websockets
from conftest import fetched, free_port, include_courses, launched, watch_runs
from playwright.sync_api import expect
from reader import Reader
from soak import Visitor
from streamlit.proto.BackMsg_pb2 import BackMsg
from test_journeys import fold

READERS = 50
VIEW = "region=central_asia"
# No file may grow by a byte, wherever it lies. The limit is set in a program of its own, as code
# between fork and exec can hang where there are threads.
FULL = ["/bin/sh", "-c", 'ulimit -f 0 && exec "$@"', "sh"]


def events(log):
    """Return what the lines of JSON in a log tell."""
    lines = [line for line in log.splitlines() if line.startswith("{")]
    return [json.loads(line) for line in lines]


async def opened(address, query=VIEW):
    """Return a reader who has opened a view, and sees it."""
    reader = Reader(address, "trends")
    reader.query = query
    async with asyncio.timeout(60):
        await reader.open()
    assert reader.charts
    return reader


async def all_open(address):
    return await asyncio.gather(*(opened(address) for _ in range(READERS)))


def test_readers_come_back_to_their_view_when_the_server_has_stopped(browser, tmp_path, run):
    port, path = free_port(), tmp_path / "log.txt"
    address = f"http://127.0.0.1:{port}"
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(60_000)
    with path.open("w", encoding="utf-8") as log:
        process = launched(port, log, {})
        try:
            readers = run(all_open(address))
            assert {reader.query for reader in readers} == {VIEW}
            page.goto(f"{address}/trends?{VIEW}&years=2018-2023")
            selected = page.get_by_test_id("stSidebar").get_by_text("Selected: Central Asia")
            expect(selected).to_contain_text("2018–2023")
            # A page that lacks a part of its scripts yet has to be loaded again.
            expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
            expect(page.get_by_text("Include training courses", exact=True)).to_be_visible()
            page.wait_for_load_state("networkidle")
            watch_runs(page)
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)
            process = launched(port, log, {})
            readers = run(all_open(address))
            assert {reader.query for reader in readers} == {VIEW}
            include_courses(page, f"{address}/trends?{VIEW}&years=2018-2023&courses=yes")
            expect(selected).to_contain_text("2018–2023")
            # Killed, it cannot even say so.
            watch_runs(page)
            process.kill()
            process.wait(timeout=30)
            process = launched(port, log, {})
            include_courses(page, f"{address}/trends?{VIEW}&years=2018-2023")
        finally:
            process.terminate()
            process.wait(timeout=30)
            context.close()
    told = path.read_text(encoding="utf-8")
    assert "Traceback" not in told
    assert [one["event"] for one in events(told)].count("started") == 3
    assert [one["event"] for one in events(told)].count("stopped") == 2
    lines = "\n".join(line for line in told.splitlines() if not line.startswith("Open http"))
    for personal in ("127.0.0.1", "central_asia", "Mozilla", "Chrome"):
        assert personal not in lines


async def cut(address, count=20):
    """Ask for a run of the page and cut the line at once."""
    for _ in range(count):
        socket = await websockets.connect(
            address.replace("http", "ws", 1) + "/_stcore/stream", subprotocols=["streamlit"]
        )
        message = BackMsg()
        message.rerun_script.page_name, message.rerun_script.query_string = "trends", VIEW
        await socket.send(message.SerializeToString())
        await asyncio.sleep(0.02)
        socket.transport.abort()


async def taken(address):
    """Return the status of each file of a chart that a reader is offered, by its label, when others
    have opened pages and left in between."""
    visitor = Visitor(address, "trends")
    visitor.query = VIEW
    await visitor.open()
    await visitor.open_menu()
    await visitor.open_share(0)
    for _ in range(2):
        others = await asyncio.gather(*(opened(address) for _ in range(5)))
        await asyncio.gather(*(reader.close() for reader in others))
    async with httpx.AsyncClient(base_url=address, timeout=120) as client:
        found = {label: await client.get(url) for label, url in visitor.files.items()}
    await visitor.close()
    return {label: answer.status_code for label, answer in found.items()}


def test_files_come_whatever_other_readers_do_meanwhile(browser, server, run):
    """What Streamlit keeps for no session goes at the end of any reader's run."""
    statuses = run(taken(server))
    assert {"CSV", "Image for a slide (16:9)", "PDF", "BibTeX"} <= statuses.keys()
    assert set(statuses.values()) == {200}


async def say_nonsense(address):
    """Send what no browser sends."""
    for nonsense in (b"", b"\x00\xff" * 100, b"x" * 100_000):
        async with websockets.connect(
            address.replace("http", "ws", 1) + "/_stcore/stream", subprotocols=["streamlit"]
        ) as socket:
            await socket.send(nonsense)


def test_lines_cut_in_the_middle_of_a_run_harm_nobody(server, run):
    run(cut(server))
    run(opened(server))
    assert httpx.get(f"{server}/healthz", timeout=60).json()["status"] == "ok"


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process by POSIX")
def test_with_a_full_disk_and_nonsense_sent_pages_and_tables_go_on_and_pictures_say_so(
    browser, tmp_path, run
):
    port = free_port()
    process = launched(port, subprocess.DEVNULL, {"TMPDIR": str(tmp_path)}, FULL)
    context = browser.new_context(base_url=f"http://127.0.0.1:{port}")
    page = context.new_page()
    page.set_default_timeout(60_000)
    try:
        run(say_nonsense(f"http://127.0.0.1:{port}"))
        page.goto(f"/trends?{VIEW}")
        expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
        fold(page.locator(".card:not(.finding)").first, "Share / Download")
        for label in ("CSV", "XLSX"):
            arrived = fetched(page, page.get_by_role("link", name=label, exact=True))
            assert Path(arrived.path()).stat().st_size > 1_000
        page.get_by_role("link", name="Image for a slide (16:9)", exact=True).click(
            no_wait_after=True
        )
        failed = page.get_by_text("The image could not be generated")
        expect(failed).to_be_visible(timeout=240_000)
        answer = httpx.get(f"http://127.0.0.1:{port}/print/trends?{VIEW}", timeout=120)
        assert answer.status_code == 200
        assert "The image could not be generated" in answer.text
        assert httpx.get(f"http://127.0.0.1:{port}/healthz").json()["status"] == "ok"
    finally:
        context.close()
        process.terminate()
        process.wait(timeout=30)
