"""Two processes behind nginx as ``deploy/`` ships it: readers stay with the process that holds
their page, and come back to their view when it is gone."""

import asyncio
import re
import socket
import ssl
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import httpx
import proxy
import pytest
import websockets
from conftest import fetched, include_courses, launched, watch_runs
from playwright.sync_api import expect
from soak import Visitor

VIEW = "region=central_asia"
READERS = 8


class Site(NamedTuple):
    """The address of nginx, encrypted and plain, the processes behind it by their ports, and how
    one is started again."""

    address: str
    plain: str
    processes: dict
    start: Callable


@pytest.fixture(scope="module")
def site(need, tmp_path_factory):
    """Return two processes with nginx in front."""
    need(proxy.NGINX, "nginx")
    need(proxy.OPENSSL, "openssl")
    folder = tmp_path_factory.mktemp("site")
    plain, *ports = proxy.free_ports(3)
    processes = {}
    with (folder / "log.txt").open("w+", encoding="utf-8") as log:

        def start(port):
            # As the unit starts it, with few requests but enough pages for the readers here.
            settings = {"STREAMLIT_SERVER_ENABLE_WEBSOCKET_COMPRESSION": "true"}
            processes[port] = launched(port, log, settings | {"THREATS_REQUESTS_A_MINUTE": "240"})

        try:
            for port in ports:
                start(str(port))
            with proxy.nginx(folder, ports, plain) as address:
                yield Site(address, f"http://localhost:{plain}", processes, start)
        finally:
            for process in processes.values():
                process.terminate()
                process.wait(timeout=30)
        log.seek(0)
        assert "Traceback" not in log.read()


def get(address, **headers):
    return httpx.get(address, headers=headers, timeout=120)


class Guest(Visitor):
    """A reader with the cookies that a browser would have."""

    def __init__(self, address, process=None):
        super().__init__(address, "trends")
        self.query = VIEW
        self.client = httpx.AsyncClient(base_url=address, timeout=120)
        if process:
            self.process = process

    @property
    def process(self):
        return self.client.cookies["process"]

    @process.setter
    def process(self, port):
        # Where httpx keeps what localhost sets.
        self.client.cookies.set("process", port, domain="localhost.local")

    def _take(self, message):
        if message.WhichOneof("type") == "new_session":
            self.session = message.new_session.initialize.session_id
        return super()._take(message)

    async def come(self):
        """Load the page and connect."""
        for path in (f"/trends?{VIEW}", "/_stcore/health"):
            (await self.client.get(path)).raise_for_status()
        return await self.connect()

    async def connect(self):
        """Connect, and keep the cookie that the answer sets."""
        self.headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.client.cookies.items())}
        async with asyncio.timeout(120):
            await self.open()
        assert self.query == VIEW
        assert self.charts or self.kept
        for cookie in self.socket.response.headers.get_all("Set-Cookie"):
            named = re.match(r"process=(\d+);", cookie)
            if named:
                self.process = named[1]
        return self

    async def take_and_give(self):
        """Download what the page links to; upload what only the process of this session takes, and
        return its answer to that."""
        await self.open_share(-1)
        answer = await self.client.get(self.files["CSV"])
        assert answer.headers["content-disposition"].startswith("attachment")
        assert len(answer.raise_for_status().content) > 500
        return await self.give()

    async def give(self):
        token = self.client.cookies["_streamlit_xsrf"]
        answer = await self.client.put(
            f"/_stcore/upload_file/{self.session}/{uuid.uuid4()}",
            files={"file": ("release.txt", b"A text.")},
            headers={"X-Xsrftoken": token},
        )
        return answer.status_code


@pytest.fixture
def page(browser, site):
    """Return a fresh page of a browser, whose console tells of nothing that was refused."""
    context = browser.new_context(
        viewport={"width": 1400, "height": 1000}, base_url=site.address, ignore_https_errors=True
    )
    page, refused = context.new_page(), []
    page.set_default_timeout(60_000)
    context.on(
        "console",
        lambda told: refused.append(told.text) if "Content Security Policy" in told.text else None,
    )
    yield page
    context.close()
    assert not refused


def process_of(page):
    [cookie] = [one for one in page.context.cookies() if one["name"] == "process"]
    assert cookie["secure"]
    assert cookie["httpOnly"]
    return cookie["value"]


def settled(page):
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def take_csv(page):
    settled(page)
    share = page.locator(".card:not(.finding)").first.locator("details").first
    if share.get_attribute("open") is None:
        share.locator("summary", has_text="Share / Download").click()
    taken = fetched(page, share.get_by_role("link", name="CSV", exact=True))
    assert Path(taken.path()).stat().st_size > 500


def test_what_is_plain_leads_to_what_is_encrypted_and_no_other_name_is_known(site):
    answer = get(f"{site.plain}/trends?{VIEW}")
    assert answer.status_code == 301
    assert answer.headers["location"] == f"https://localhost/trends?{VIEW}"
    assert get(site.address, Host="elsewhere.example").status_code == 421
    host, port = site.address.removeprefix("https://").split(":")
    context = ssl.create_default_context()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection((host, int(port)), timeout=60) as plain,
        context.wrap_socket(plain, server_hostname=host) as encrypted,
    ):
        assert encrypted.selected_alpn_protocol() == "h2"
        assert encrypted.version() in ("TLSv1.2", "TLSv1.3")
    # One name in the first line, which nginx goes by, and another in the header.
    with (
        socket.create_connection((host, int(port)), timeout=60) as connection,
        ssl.create_default_context().wrap_socket(connection, server_hostname=host) as encrypted,
    ):
        first = f"GET {site.address}/api/attention.json HTTP/1.1"
        encrypted.sendall(f"{first}\r\nHost: elsewhere.example\r\n\r\n".encode())
        assert encrypted.recv(12) == b"HTTP/1.1 421"


@pytest.mark.parametrize(
    "path",
    ["/", f"/trends?{VIEW}", "/api/attention.csv", "/print/covid", "/embed/attention-by-year"],
)
def test_headers_come_once_and_links_lead_to_where_the_reader_came_from(site, path):
    direct = get(f"http://localhost:{next(iter(site.processes))}{path}")
    answer = get(site.address + path)
    assert answer.status_code == 200
    assert answer.headers["server"] == "nginx"
    told = dict(answer.headers) | {"set-cookie": None}
    ours = {"server", "date", "connection", "strict-transport-security"}
    asked_for = {"set-cookie", "content-length", "etag", "content-disposition", "transfer-encoding"}
    for name in set(told) - ours - asked_for:
        assert answer.headers.get_list(name) == direct.headers.get_list(name), name
    assert answer.headers.get_list("content-encoding") == ["gzip"]
    assert answer.headers.get_list("strict-transport-security") == ["max-age=31536000"]
    set_by_pages = path == "/" or path.startswith("/trends")
    assert len(answer.headers.get_list("set-cookie")) == set_by_pages
    assert "http://localhost" not in answer.text
    if path.startswith(("/api", "/print")):
        assert site.address in answer.text


def test_files_that_never_change_are_kept_by_nginx_as_the_process_sent_them(site):
    html = get(site.address).text
    script = re.search(r'src="\.?/?(static/js/index\.[^"]+\.js)"', html)[1]
    first, second = (get(f"{site.address}/{script}") for _ in range(2))
    for answer in (first, second):
        assert answer.headers.get_list("content-encoding") == ["gzip"]
        assert answer.headers.get_list("vary") == ["Accept-Encoding"]
        assert answer.headers.get_list("cache-control") == ["public, immutable, max-age=31536000"]
        assert answer.headers.get_list("x-content-type-options") == ["nosniff"]
        assert "set-cookie" not in answer.headers
    for encoding in ("identity", "br"):
        bare = get(f"{site.address}/{script}", **{"Accept-Encoding": encoding})
        assert "content-encoding" not in bare.headers
        assert bare.content == first.content


def test_what_is_too_large_is_refused_before_it_comes_to_a_process(site):
    def put(path, size):
        return httpx.put(site.address + path, content=b"x" * size, timeout=120)

    for refused in (put("/_stcore/upload_file/a/b", 7_000_000), put("/trends", 20_000)):
        assert refused.status_code == 413
        assert "nginx" in refused.text
        assert not re.search(r"nginx/\d", refused.text)
    assert put("/_stcore/upload_file/a/b", 5_000_000).status_code == 403  # no token
    assert get(f"{site.address}/?q={'x' * 7_900}").status_code == 200
    assert get(f"{site.address}/?q={'x' * 9_000}").status_code == 414


def test_readers_stay_with_the_process_that_knows_their_session(site, run):
    async def all_at_once():
        guests = [Guest(site.address) for _ in range(READERS)]
        await asyncio.gather(*(guest.come() for guest in guests))
        assert {guest.process for guest in guests} == set(site.processes)
        before = [guest.process for guest in guests]
        answers = await asyncio.gather(*(guest.take_and_give() for guest in guests))
        assert answers == [204] * READERS
        assert [guest.process for guest in guests] == before
        # At the other process the same would fail.
        stray = guests[0]
        [stray.process] = set(site.processes) - {stray.process}
        assert await stray.give() == 400
        for guest in guests:
            await guest.close()
            await guest.client.aclose()

    run(all_at_once())


def test_what_a_page_receives_is_compressed(site, run):
    async def extensions():
        address = site.address.replace("https", "wss")
        async with websockets.connect(
            f"{address}/_stcore/stream", subprotocols=["streamlit"], compression="deflate"
        ) as line:
            return line.response.headers["Sec-WebSocket-Extensions"]

    assert "permessage-deflate" in run(extensions())


def test_a_browser_uploads_and_downloads(page, site):
    page.goto("/code")
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(
        {"name": "release.txt", "mimeType": "text/plain", "buffer": b"Terrorism was discussed."}
    )
    expect(page.locator("mark.threat", has_text="Terrorism")).to_be_visible()
    page.goto(f"/trends?{VIEW}")
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    take_csv(page)
    assert process_of(page) in site.processes
    assert all(cookie["secure"] for cookie in page.context.cookies())


def test_many_pages_of_one_address_leave_the_others_theirs(site, run):
    async def opened(count, own):
        """Return the lines that one address gets when it opens so many pages at once."""
        address = site.address.replace("https", "wss")
        lines = await asyncio.gather(
            *(
                websockets.connect(
                    f"{address}/_stcore/stream",
                    subprotocols=["streamlit"],
                    host="127.0.0.1",
                    local_addr=(own, 0),
                    open_timeout=120,
                )
                for _ in range(count)
            ),
            return_exceptions=True,
        )
        return [line for line in lines if not isinstance(line, Exception)]

    async def ask():
        greedy = await opened(430, "127.0.0.2")
        other = await opened(1, "127.0.0.3")
        for line in (*greedy, *other):
            await line.close()
        return len(greedy), len(other)

    greedy, other = run(ask())
    assert 0 < greedy <= 100
    assert other == 1


def stop(site, port, how="terminate"):
    getattr(site.processes[port], how)()
    site.processes[port].wait(timeout=60)


def test_a_process_that_stops_and_starts_again_loses_nobodys_view(page, site, run):
    stopped, other = site.processes
    page.context.add_cookies([{"name": "process", "value": stopped, "url": site.address}])
    page.goto(f"/trends?{VIEW}&years=2018-2023")
    selected = page.get_by_test_id("stSidebar").get_by_text("Selected: Central Asia")
    expect(selected).to_contain_text("2018–2023")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    # A page that lacks a part of its scripts yet has to be loaded again.
    page.wait_for_load_state("networkidle")
    watch_runs(page)

    async def first_half():
        stays, moves = Guest(site.address, other), Guest(site.address, stopped)
        await asyncio.gather(stays.come(), moves.come())
        assert (stays.process, moves.process) == (other, stopped)
        stop(site, stopped)
        # Whoever is new is served meanwhile, also with the cookie of the process that is gone.
        for process in (None, stopped, None):
            new = Guest(site.address, process)
            await new.come()
            assert new.process == other
            assert await new.take_and_give() == 204
            await new.close()
        await moves.connect()
        assert moves.process == other
        site.start(stopped)
        # The process is there again, and does not draw away who has a page open at the other.
        for guest in (stays, moves):
            assert guest.process == other
            assert await guest.take_and_give() == 204
            await guest.close()

    run(first_half())
    include_courses(page, f"{site.address}/trends?{VIEW}&years=2018-2023&courses=yes")
    assert process_of(page) == other
    take_csv(page)
    expect(selected).to_contain_text("2018–2023")

    async def until_it_takes_readers_again():
        async with asyncio.timeout(120), httpx.AsyncClient(timeout=60) as client:
            while (await client.get(site.address)).cookies.get("process") != stopped:
                client.cookies.clear()
                await asyncio.sleep(0.5)

    run(until_it_takes_readers_again())
    # The other way round, and killed, so that it cannot even say so.
    watch_runs(page)
    stop(site, other, "kill")
    include_courses(page, f"{site.address}/trends?{VIEW}&years=2018-2023")
    assert process_of(page) == stopped
    take_csv(page)
    site.start(other)


def test_askers_are_told_apart_by_their_address_and_not_by_what_they_claim(site, run):
    async def claim():
        cookies = {"process": next(iter(site.processes))}
        async with httpx.AsyncClient(cookies=cookies, timeout=120) as client:
            for number in range(300):
                claimed = {"X-Forwarded-For": f"192.0.2.{number % 250}"}
                answer = await client.get(f"{site.address}/files/README.md", headers=claimed)
                if answer.status_code == 429:
                    return number
        return None

    assert run(claim()) is not None
