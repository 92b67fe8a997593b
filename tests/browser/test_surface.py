"""What a running dashboard lets strangers ask."""

import asyncio
import http.client
from urllib.parse import urlparse

import httpx
import pytest
import websockets

from threats.content.pages import PAGES
from threats.server.application import MAX_PAGE_MESSAGE_BYTES

ROOT_SIGNS = ("root:", "[project]", "def ", "[theme]", "import ")
CLIMBING = [
    "/files/../../../../etc/passwd",
    "/files/..%2f..%2f..%2fetc%2fpasswd",
    "/files/%2e%2e/%2e%2e/pyproject.toml",
    "/files/....//....//etc/passwd",
    "/files/..%5c..%5cpyproject.toml",
    "/files/%252e%252e%252fpyproject.toml",
    "/files//etc/passwd",
    "/files/meetings.csv%00.md",
    "/files/.hidden",
    "/static/../../../../../etc/passwd",
    "/static/..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/app/static/app.py",
    "/media/..%2f..%2fapp.py",
    "/component/../../app.py",
    "/component/x/..%2f..%2fapp.py",
    "/print/..%2f..%2fapp.py",
    "/embed/..%2f..%2fetc%2fpasswd",
    "/take/..%2f..%2fapp.py",
    "/take/../../app.py",
    "/take/%2e%2e%2f%2e%2e%2fpyproject.toml",
    "/take/pyproject.toml",
    "/download/pyproject.toml",
    "/download/..%2f..%2fapp.py",
    "/take/meetings.csv%00.toml",
    "/.streamlit/config.toml",
    "/.git/config",
    "/data/meetings.csv/../../app.py",
    "//etc/passwd",
    "/%2fetc/passwd",
]


def raw(server, path, method="GET", **headers):
    """Ask for a path as it stands, which clients would tidy up."""
    connection = http.client.HTTPConnection(urlparse(server).netloc, timeout=20)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


@pytest.mark.parametrize("path", CLIMBING)
def test_no_path_leads_to_another_file(server, path):
    answer, body = raw(server, path)
    text = body.decode("utf-8", "replace")
    # What is no route is the page itself, which says that it is not there.
    page = "<title>Streamlit</title>" in text
    assert answer.status in (301, 400, 404) or (answer.status == 200 and page)
    assert page or not any(sign in text for sign in ROOT_SIGNS)


@pytest.mark.parametrize(
    "path", ["/files/", "/files", "/api/", "/static/", "/media/", "/embed/", "/take/", "/download/"]
)
def test_no_route_lists_files(server, path):
    text = raw(server, path)[1].decode("utf-8", "replace")
    assert "meetings.csv" not in text
    assert "Index of" not in text


def test_headers_stand_on_pages_files_and_refusals(server):
    paths = [f"/{page}" for page in PAGES] + ["/files/meetings.csv", "/files/no", "/_stcore/health"]
    for path in ["/", *paths, "/api/openapi.json", "/print/trends", "/embed/tile-map", "/healthz"]:
        headers = httpx.get(server + path, timeout=60).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert "content-security-policy" in headers, path
        assert not any(c.isdigit() for c in headers.get("server", "")), path


def test_counts_and_the_way_for_programs_are_closed(server):
    for path in ("/_stcore/metrics", "/_stcore/agent/openapi.json", "/trends/_stcore/agent/mcp"):
        assert raw(server, path)[0].status == 404
    assert raw(server, "/_stcore/agent/interact", "POST")[0].status == 404


def test_an_upload_without_the_token_or_a_session_is_refused(server):
    path = "/_stcore/upload_file/no-session/no-file"
    assert raw(server, path, "PUT")[0].status == 403
    with httpx.Client(base_url=server) as client:
        token = client.get("/_stcore/health").cookies["_streamlit_xsrf"]
        headers = {"X-Xsrftoken": token, "Cookie": f"_streamlit_xsrf={token}"}
        answer = client.put(path, headers=headers, content=b"x")
    assert answer.status_code == 400


def test_another_origin_may_read_the_figures_and_not_the_session(server):
    origin = {"Origin": "https://elsewhere.example"}
    assert httpx.get(f"{server}/files/meetings.csv", headers=origin).headers[
        "access-control-allow-origin"
    ]
    for path in ("/_stcore/health", "/_stcore/host-config", "/trends"):
        answer = httpx.get(server + path, headers=origin)
        assert "access-control-allow-origin" not in answer.headers


def test_a_socket_of_another_origin_is_refused(server):
    answer, _ = raw(
        server,
        "/_stcore/stream",
        Origin="https://elsewhere.example",
        Connection="Upgrade",
        Upgrade="websocket",
        **{"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="},
    )
    assert answer.status == 403


def test_a_message_that_does_not_end_is_not_held(server, run):
    async def parts():
        for _ in range(2 * MAX_PAGE_MESSAGE_BYTES // 100_000):
            yield bytes(100_000)
        await asyncio.sleep(60)

    async def closed(compression):
        address = server.replace("http", "ws", 1) + "/_stcore/stream"
        options = {"subprotocols": ["streamlit"], "compression": compression}
        async with websockets.connect(address, **options) as line:
            with pytest.raises(websockets.ConnectionClosedError):
                await line.send(parts())
            return line.close_code

    assert run(closed(None)) == 1009
    assert run(closed("deflate")) == 1009
    assert httpx.get(f"{server}/healthz").status_code == 200


def test_an_embedded_chart_stands_in_a_page_of_another_host(browser, server, tmp_path):
    outside = tmp_path / "page.html"
    frames = [f"{server}/embed/attention-by-year", f"{server}/print/trends", f"{server}/trends"]
    outside.write_text("".join(f'<iframe src="{one}"></iframe>' for one in frames), "utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(outside.as_uri(), wait_until="load")
    page.frame_locator("iframe").first.locator("h1").wait_for(state="attached")
    # The browser shows an error of its own in place of what may not be framed.
    shown = [frame.url for frame in page.frames[1:]]
    context.close()
    assert shown == [frames[0], *["chrome-error://chromewebdata/"] * 2]
