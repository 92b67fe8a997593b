"""A running dashboard and a real browser; a skip where there is no browser, a failure in CI."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from choreographer.browsers.chromium import Chromium

ROOT = Path(__file__).parent.parent.parent


def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def launched(port, log, environment, within=()):
    """Return the process of a dashboard on a port, once it answers; ``within`` is a program, with
    its arguments, that becomes the dashboard."""
    program = "from threats.cli.main import main; main()"
    command = [sys.executable, "-c", program, "serve", "--address", "127.0.0.1"]
    process = subprocess.Popen(
        [*within, *command, "--port", str(port)],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2)
            return process
        except OSError:
            assert process.poll() is None, "the dashboard stopped while starting"
            time.sleep(0.2)
    process.kill()
    pytest.fail("the dashboard does not answer")


def fetched(page, link):
    """Return the download that a link leads to, however long a loaded machine takes to make it."""
    with page.expect_download(timeout=240_000) as arriving:
        link.click(no_wait_after=True)
    return arriving.value


@contextlib.contextmanager
def dashboard(log_file, **environment):
    """Start a dashboard, give its address, stop it, and fail if it logged a traceback."""
    port = free_port()
    with log_file.open("w+", encoding="utf-8") as log:
        process = launched(port, log, environment)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:  # also when a test that started it fails
            process.terminate()
            try:
                process.wait(timeout=20)
            finally:  # whatever happens, none may outlive the tests
                process.kill()
        log.seek(0)
        told = log.read()
    assert "Traceback" not in told, told[-6000:]


def watch_runs(page):
    """Have a page note when it has run, for ``include_courses`` after its server has stopped."""
    page.evaluate("""() => {
        const app = document.querySelector("[data-testid=stApp]");
        window.began = window.ran = false;
        new MutationObserver(() => {
            const state = app.dataset.testScriptState;
            window.began ||= state === "running";
            window.ran ||= window.began && state === "notRunning";
        }).observe(app, { attributes: true });
    }""")


def include_courses(page, address):
    """Turn the training courses in or out by one click, once the page has found the server again
    and has run, both by itself."""
    from playwright.sync_api import expect

    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=60_000)
    # Asked again and again from here, as the page lets nobody wait by a script of their own.
    until = time.monotonic() + 120
    while not page.evaluate("window.ran"):
        assert time.monotonic() < until, "the page has not run by itself"
        page.wait_for_timeout(100)
    page.get_by_text("Include training courses", exact=True).click()
    expect(page).to_have_url(address, timeout=60_000)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Return the address of a dashboard started for these tests."""
    with dashboard(tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


@pytest.fixture
def server_without_browser(tmp_path):
    """Return the address of a dashboard on a machine that has no browser to draw with."""
    with dashboard(tmp_path / "log.txt", BROWSER_PATH=str(tmp_path / "none")) as address:
        yield address


@pytest.fixture(scope="session")
def browser(chromium):
    """Return a browser."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)  # a loaded machine is slow, not wrong
    path = Chromium.find_browser(skip_local=False)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield running
        running.close()


@contextlib.contextmanager
def recorded(browser, server, **options):
    """Give a fresh page whose addresses count from the dashboard's, and fail if it asked another
    host or did what its own policy refuses."""
    context = browser.new_context(base_url=server, **options)
    page = context.new_page()
    page.set_default_timeout(30_000)
    requested, refused = [], []
    context.on("request", lambda request: requested.append(request.url))
    context.on(
        "console",
        lambda told: refused.append(told.text) if "Content Security Policy" in told.text else None,
    )
    yield page
    strangers = {url for url in requested if not url.startswith((server, "data:", "blob:"))}
    context.close()
    assert requested
    assert not strangers, "the page asked another host"
    assert not refused, "the page does what its own policy refuses"


@pytest.fixture
def page(browser, server):
    """Return a fresh page of a usual screen."""
    with recorded(browser, server, viewport={"width": 1400, "height": 1000}) as page:
        yield page
