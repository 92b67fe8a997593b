"""Sign-in behind nginx as ``deploy/`` ships it, of people in many groups and from long links."""

import contextlib
import json
import re
import ssl
import subprocess
import sys
import time
import uuid

import httpx
import proxy
import pytest
import websockets
from conftest import launched

LONG_LINK = "/trends?" + "&".join(f"threat=trafficking_in_persons{n}" for n in range(29))
STREAM = "/_stcore/stream"


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    """Return the address of an identity provider."""
    [port] = proxy.free_ports(1)
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    with (tmp_path_factory.mktemp("provider") / "log.txt").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
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
def logs(tmp_path_factory):
    """Return the folder with the logs of nginx and the dashboard."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def site(need, provider, logs):
    """Return the address of a closed dashboard behind nginx."""
    need(proxy.NGINX, "nginx")
    need(proxy.OPENSSL, "openssl")
    port, secure = proxy.free_ports(2)
    secrets = logs / "secrets.toml"
    secrets.write_text(
        f"""[auth]
redirect_uri = "https://localhost:{secure}/oauth2callback"
cookie_secret = "a secret of these tests alone, long enough"
client_id = "threats"
client_secret = "of-the-client"
server_metadata_url = "{provider}/.well-known/openid-configuration"
""",
        encoding="utf-8",
    )
    with (logs / "dashboard.txt").open("w", encoding="utf-8") as log:
        process = launched(port, log, {"STREAMLIT_SECRETS_FILES": str(secrets)})
        try:
            with proxy.nginx(logs, [port], secure=secure) as address:
                yield address
                stop_and_ask(process, address)
        finally:
            process.kill()
            process.wait(timeout=30)
    told = (logs / "dashboard.txt").read_text(encoding="utf-8")
    assert_nothing_personal([*told.splitlines(), *(logs / "error.log").read_text().splitlines()])


def stop_and_ask(process, address):
    """Have nginx complain of a process that is gone."""
    process.terminate()
    process.wait(timeout=30)
    for path in ("/trends?region=central_asia&threat=terrorism", "/oauth2callback?code=SECRETCODE"):
        assert httpx.get(address + path, timeout=60).status_code == 502


def assert_nothing_personal(lines):
    lines = [line for line in lines if not line.startswith("Open http")]
    for personal in ("127.0.0.1", "central_asia", "terrorism", "SECRETCODE", "\x1b", "Ann"):
        assert [line for line in lines if personal in line] == []


@pytest.fixture
def client(site):
    with httpx.Client(base_url=site, timeout=60, follow_redirects=True) as client:
        yield client


def sign_in(client, provider, groups, to="/healthz"):
    """Sign in as a person in so many groups; return where that leads."""
    claims = {"name": "Ann Example", "groups": [str(uuid.uuid4()) for _ in range(groups)]}
    httpx.put(f"{provider}/users/ann", json=claims, timeout=60).raise_for_status()
    form = client.get("/sign-in", params={"to": to})
    return client.post(str(form.url), data={"sub": "ann"}, headers={"Accept": "text/html"})


@pytest.mark.parametrize("groups", [0, 40, 100, 400])
def test_people_in_many_groups_sign_in_open_a_page_and_sign_out(
    site, client, provider, groups, run
):
    done = sign_in(client, provider, groups, LONG_LINK)
    assert done.status_code == 200
    assert str(done.url) == site + LONG_LINK
    assert client.get("/api/attention.csv").status_code == 200
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies.jar)

    async def opened():
        address = site.replace("https", "wss", 1) + STREAM
        headers = {"Cookie": cookies, "Origin": site}
        context = ssl.create_default_context()
        async with websockets.connect(address, ssl=context, additional_headers=headers):
            return True

    assert run(opened())
    client.get("/auth/logout", follow_redirects=False)
    assert not [cookie for cookie in client.cookies if cookie.startswith("_streamlit_user")]
    assert client.get("/api/attention.csv").status_code == 401


def test_a_refusal_reaches_the_reader_and_leads_back(site, client):
    client.get("/sign-in", params={"to": "/trends?region=central_asia"}, follow_redirects=False)
    page = client.get("/oauth2callback?error=access_denied")
    assert page.status_code == 400
    assert "denied access" in page.text
    assert "central_asia" in re.search(r'href="([^"]+)"', page.text)[1]


def test_the_log_is_json_without_codes_and_control_characters(client, provider, logs):
    sign_in(client, provider, 0, "/trends?region=central_asia")
    client.cookies.clear()
    assert client.get("/oauth2callback?code=SECRETCODE&state=other").status_code == 400
    assert client.get("/oauth2callback?error=e%1b%5b31mRED").status_code == 400
    lines = (logs / "dashboard.txt").read_text(encoding="utf-8").splitlines()
    assert_nothing_personal(lines)
    events = [json.loads(line)["event"] for line in lines if not line.startswith("Open http")]
    assert "sign-in failed" in events
