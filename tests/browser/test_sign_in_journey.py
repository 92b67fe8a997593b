"""Sign-in at a running dashboard, with an identity provider that runs too."""

import contextlib
import json
import re
import subprocess
import sys
import time

import httpx
import pytest
from conftest import ROOT, dashboard, free_port
from playwright.sync_api import expect
from test_access import violations

from threats.server.middleware.security_headers import BLOCKED_PATHS

OPEN = {"/sign-in", "/healthz", "/_stcore/health", "/auth/login", "/auth/logout", "/oauth2callback"}
# What stands for the parts of an address that differ; a new name is to be added.
VALUES = {
    "file": "attention-by-year.csv",
    "name": "attention",
    "suffix": "csv",
    "page": "trends",
    "chart": "attention-by-year",
    "path": "some/where",
    "file_id": "file",
    "session_id": "session",
}
ASKED = ["/trends", "/api/attention.csv", "/files/meetings.csv", "/files/threat-themes.zip"]
ASKED += ["/print/brief", "/print/meetings?meeting=bsmnfp-2021", "/embed/tile-map"]
_ROUTES = """
import json, app
from starlette.routing import Mount
def walk(routes, above=""):
    for route in routes:
        if isinstance(route, Mount):
            yield above + route.path + "/"
        yield from walk(route.routes or (), above + route.path) if isinstance(route, Mount) else [
            above + route.path
        ]
print(json.dumps(sorted(set(walk(app.app._build_starlette_app().routes)))))
"""


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    """Return the address of an identity provider that knows Ann."""
    port, ann = free_port(), {"sub": "ann", "name": "Ann Example", "email": "ann@example.org"}
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    with (tmp_path_factory.mktemp("provider") / "log.txt").open("w") as log:
        process = subprocess.Popen(
            [*command, "--user-claims", json.dumps(ann)], stdout=log, stderr=subprocess.STDOUT
        )
        address = f"http://127.0.0.1:{port}"
        for _ in range(150):
            with contextlib.suppress(httpx.TransportError):
                httpx.get(f"{address}/.well-known/openid-configuration", timeout=2)
                break
            assert process.poll() is None
            time.sleep(0.2)
        yield address
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="module")
def closed(provider, tmp_path_factory):
    """Return the address of a dashboard that asks for sign-in."""
    folder = tmp_path_factory.mktemp("closed")
    (folder / "secrets.toml").write_text(
        f"""[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "a secret of these tests alone, long enough"
client_id = "threats"
client_secret = "of-the-client"
server_metadata_url = "{provider}/.well-known/openid-configuration"
""",
        encoding="utf-8",
    )
    files = str(folder / "secrets.toml")
    more = {"STREAMLIT_SECRETS_FILES": files, "THREATS_REQUESTS_A_MINUTE": "0"}
    with dashboard(folder / "log.txt", **more) as address:
        yield address


def signed_in(closed):
    """Return a client that has signed in as Ann without a browser, and where that has led it."""
    client = httpx.Client(base_url=closed, timeout=60, follow_redirects=True)
    form = client.get("/sign-in", params={"to": "/healthz"})
    done = client.post(str(form.url), data={"sub": "ann"}, headers={"Accept": "text/html"})
    return client, done


def routes():
    command = [sys.executable, "-c", _ROUTES]
    told = subprocess.check_output(command, cwd=ROOT, text=True, timeout=120)
    return json.loads(told.splitlines()[-1])


def test_every_route_of_the_app_is_closed_but_those_named(closed):
    every = routes()
    assert {"/api/{name}.{suffix}", "/_stcore/stream", "/"} <= set(every)
    with httpx.Client(base_url=closed, timeout=60) as client:
        for template in every:
            path = re.sub(r"\{(\w+)(:\w+)?\}", lambda found: VALUES[found[1]], template)
            # Below it are files of the program, as the library that draws: no data.
            if path in OPEN or path.startswith("/reader/"):
                continue
            for method in ("GET", "HEAD", "POST", "PUT", "OPTIONS", "DELETE"):
                answer = client.request(method, path)
                shut = 404 if path.removeprefix("/").startswith(BLOCKED_PATHS) else 401
                assert answer.status_code == shut, (method, path)


def test_what_stays_open_tells_nothing_of_the_data(closed):
    with httpx.Client(base_url=closed, timeout=60) as client:
        assert client.get("/healthz").json().keys() == {"status"}
        for path in [*OPEN, "/reader/access.js", "/static/nothing", "/reader/", *ASKED]:
            told = client.get(path, headers={"Accept": "text/html"}).text
            told = re.sub(r'href="/sign-in[^"]*"', "", told)  # it repeats what was asked for
            assert not re.search(r"threat-themes|bsmnfp|data_version|Central Asia", told), path


def test_the_socket_of_the_pages_is_closed(closed):
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    assert httpx.get(f"{closed}/_stcore/stream", headers=upgrade).status_code == 403


def test_who_is_signed_in_gets_every_route_and_no_cache_keeps_it_for_others(closed):
    client, done = signed_in(closed)
    with contextlib.closing(client):
        assert done.json()["data_version"]
        for path in ASKED:
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert "public" not in answer.headers.get("cache-control", ""), path
        kept = dict(client.cookies)
        client.get("/auth/logout")
    assert "_streamlit_user" in kept
    forged = kept["_streamlit_user"][:-2] + "AA"
    for cookie in (forged, kept["_streamlit_user_tokens"]):
        asking = {"Cookie": f"_streamlit_user={cookie}"}
        assert httpx.get(f"{closed}/api/attention.csv", headers=asking).status_code == 401


def test_a_way_back_from_no_provider_signs_nobody_in(closed):
    with httpx.Client(base_url=closed, timeout=60) as client:
        for query in ("", "?code=x&state=y", "?error=access_denied&error_description=no"):
            answer = client.get(f"/oauth2callback{query}")
            assert answer.status_code == (400 if query else 302)
            assert "_streamlit_user" not in client.cookies
        assert client.get("/trends").status_code == 401


def test_a_reader_signs_in_comes_back_to_the_view_and_signs_out(closed, provider, browser):
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, base_url=closed)
    page, refused = context.new_page(), []
    page.set_default_timeout(30_000)
    page.on(
        "console",
        lambda told: (
            refused.append(told.text)
            if "Content Security Policy" in told.text and page.url.startswith(closed)
            else None
        ),
    )
    view = f"{closed}/trends?region=central_asia&measure=count"
    page.goto(view)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
    page.get_by_role("link", name="Sign in").click()
    page.wait_for_url(f"{provider}/**", wait_until="commit")
    page.get_by_role("button", name="ann", exact=True).click()
    page.wait_for_url(view)
    expect(
        page.get_by_role("heading", name="Which threats gained or lost attention?")
    ).to_be_visible()
    expect(page.get_by_text("Central Asia, 2006–").first).to_be_visible()
    expect(page.get_by_text("Signed in as Ann Example.")).to_be_attached()
    assert page.url == view
    record = context.new_page()
    record.goto("/print/meetings?meeting=bsmnfp-2021")
    expect(record.get_by_role("heading", level=1)).to_be_visible()
    record.close()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{provider}/oauth2/end_session**", wait_until="commit")
    page.get_by_role("button", name="End session").click()
    page.wait_for_url(f"{closed}/")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    assert "_streamlit_user" not in {cookie["name"] for cookie in context.cookies()}
    page.goto(view)
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    context.close()
    assert not refused
