"""The cookie of who is signed in, who is refused, and a configuration that cannot work."""

import json
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDisconnect
from streamlit import config
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from threats.server.middleware.sign_in import SignIn, SignInError, is_sign_in_configured
from threats.server.middleware.sign_in_answers import RETURN_COOKIE
from threats.server.middleware.sign_in_cookies import (
    KEPT_CLAIMS,
    MAX_CLAIM_LENGTH,
    signed_in_user,
)

ROOT = Path(__file__).parent.parent
NAME = "_streamlit_user"
SECRET = "a secret of these tests alone, long enough"
HERE = "https://threats.example"
SECTION = f"""[auth]
redirect_uri = "{HERE}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "threats"
client_secret = "of-the-client"
server_metadata_url = "https://id.example/.well-known/openid-configuration"
"""
ANN = {"sub": "ann", "is_logged_in": True, "origin": HERE, "provider": "default"}


@pytest.fixture
def secrets(tmp_path):
    """Return a file of Streamlit's secrets that is in force while a test runs."""
    path, before = tmp_path / "secrets.toml", config.get_option("secrets.files")
    config.set_option("secrets.files", [str(path)])
    secrets_singleton._reset()
    yield path
    config.set_option("secrets.files", before)
    secrets_singleton._reset()


def answer(_):
    return PlainTextResponse("the data", headers={"Cache-Control": "public, no-cache"})


def file_of_a_page(_):
    return PlainTextResponse("the data")


def plain_page(_):
    return PlainTextResponse("the data", headers={"Cache-Control": "no-cache"})


def way_back(request):
    """Answer as Streamlit does, which signs in who comes with a code, with these groups."""
    back = PlainTextResponse("", 302, headers={"Location": "/"})
    if request.query_params.get("code"):
        groups = [Random(n).randbytes(16).hex() for n in range(int(request.query_params["code"]))]
        claims = {**ANN, "name": "Ann Example " * 40, "groups": groups}
        tokens = {"id_token": "x" * 1_200 + "".join(groups), "access_token": "y" * 1_500}
        for cookie, value in ((NAME, claims), (f"{NAME}_tokens", tokens)):
            set_cookie_with_chunks(
                lambda name, text: back.set_cookie(name, signature(name, text)),
                lambda name, text: signature(name, text).encode(),
                cookie,
                value,
                cookie_attr_size=60,
            )
    return back


def signature(name, text):
    return create_signed_value(SECRET, name, text).decode()


def unreachable(_):
    return PlainTextResponse("Authentication error", 400)


async def socket(websocket):
    await websocket.accept()
    await websocket.close()


@pytest.fixture
def client(secrets):
    """Return a client of an app behind sign-in."""
    secrets.write_text(SECTION, encoding="utf-8")
    paths = ("/", "/trends", "/new", "/api/x.json", "/static/x.js", "/healthz")
    routes = [Route(path, answer, methods=["GET", "POST", "OPTIONS"]) for path in paths]
    routes += [Route("/media/x", file_of_a_page), Route("/print/x", plain_page)]
    routes += [Route("/oauth2callback", way_back), WebSocketRoute("/_stcore/stream", socket)]
    routes += [Route("/auth/login", unreachable), Route("/auth/logout", unreachable)]
    app = Starlette(routes=routes, middleware=[Middleware(SignIn)])
    return TestClient(app, base_url=HERE, follow_redirects=False)


def signed(user, secret=SECRET, name=NAME):
    return {NAME: create_signed_value(secret, name, json.dumps(user)).decode()}


def asking(cookies, **more):
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), **more}


class LongAgo(TimestampSigner):
    """A signer of 32 days ago."""

    def get_timestamp(self):
        return int(time.time()) - 32 * 86_400


def test_a_signed_cookie_opens_and_answers_stay_out_of_shared_caches(client):
    found = client.get("/api/x.json", headers=asking(signed(ANN)))
    assert (found.status_code, found.text) == (200, "the data")
    for path in ("/api/x.json", "/media/x", "/print/x"):
        answered = client.get(path, headers=asking(signed(ANN)))
        assert answered.headers["cache-control"] == "private, no-cache"
    with client.websocket_connect("/_stcore/stream", headers=asking(signed(ANN))):
        pass


def test_a_user_of_whom_much_is_known_has_several_cookies(client):
    cookies = {}
    set_cookie_with_chunks(
        lambda name, value: cookies.update(
            {name: create_signed_value(SECRET, name, value).decode()}
        ),
        lambda name, value: create_signed_value(SECRET, name, value),
        NAME,
        ANN | {"groups": Random(5).randbytes(6_000).hex()},
        cookie_attr_size=60,
    )
    assert len(cookies) > 2
    assert client.get("/trends", headers=asking(cookies)).status_code == 200
    del cookies[f"{NAME}_2"]
    assert client.get("/trends", headers=asking(cookies)).status_code == 401


OLD = URLSafeTimedSerializer(SECRET, salt=NAME, signer=LongAgo).dumps(json.dumps(ANN))
REFUSED = {
    "none": {},
    "empty": {NAME: ""},
    "nonsense": {NAME: "x.y.z"},
    "not of ASCII": {NAME: "\u00e4\u00f6"},
    "not signed": {NAME: json.dumps(ANN).replace('"', "'")},
    "signed with another secret": signed(ANN, "another secret, as long as it may be"),
    "signed as another cookie": signed(ANN, name="_streamlit_user_tokens"),
    "changed since": {NAME: "A" + signed(ANN)[NAME][1:]},
    "made for another address": signed(ANN | {"origin": "https://other.example"}),
    "made for no address": signed({"sub": "ann", "is_logged_in": True}),
    "not signed in": signed(ANN | {"is_logged_in": False}),
    "too old": {NAME: OLD},
}


@pytest.mark.parametrize("cookies", REFUSED.values(), ids=REFUSED)
def test_no_other_cookie_opens(client, cookies):
    headers = {name.encode(): value.encode("latin-1") for name, value in asking(cookies).items()}
    for path in ("/", "/trends", "/new", "/api/x.json", "/nothing"):
        found = client.get(path, headers=headers)
        assert found.status_code == 401
        assert "the data" not in found.text
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/stream", headers=asking({})),
    ):
        pass


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "OPTIONS", "DELETE"])
def test_no_method_is_a_way_around(client, method):
    assert client.request(method, "/api/x.json").status_code == 401


@pytest.mark.parametrize(
    "path", ["/static", "/staticx", "/healthz/", "/auth/loginx", "/x/static/y", "//static/x.js"]
)
def test_what_only_looks_open_is_closed(client, path):
    assert client.get(HERE + path).status_code == 401


def test_a_page_offers_to_sign_in_and_a_program_is_told(client):
    page = client.get("/trends?region=a&q=%22x%22", headers={"Accept": "text/html,*/*"})
    assert 'href="/sign-in?to=%2Ftrends%3Fregion%3Da%26q%3D%2522x%2522"' in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "/sign-in" in client.get("/api/x.json").json()["error"]
    assert client.get("/static/x.js").status_code == 200
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/trends?region=a&q=%22x%22", "/trends?region=a&q=%22x%22"),
        ("/print/covid", "/print/covid"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("/\r\nSet-Cookie: a=b", "/"),
        ("/\t/evil.example", "/"),
        ("trends", "/"),
        ("", "/"),
        ("/" + "x" * 4_000, "/"),
    ],
)
def test_sign_in_leads_back_and_to_no_other_host(client, asked, led):
    begun = client.get("/sign-in", params={"to": asked})
    assert begun.status_code == 302
    assert begun.headers["location"].startswith("/auth/login?provider=")
    back = client.get(
        "/oauth2callback", headers=asking({RETURN_COOKIE: begun.cookies[RETURN_COOKIE]})
    )
    assert back.headers["location"] == led
    assert f'{RETURN_COOKIE}=""' in back.headers["set-cookie"]
    # Who sets the cookie by other means gets no further.
    assert (
        client.get(
            "/oauth2callback", headers=asking({RETURN_COOKIE: "%2F%2Fevil.example"})
        ).headers["location"]
        == "/"
    )


def test_a_running_dashboard_stays_closed_whatever_becomes_of_the_file(client, secrets):
    assert client.get("/trends").status_code == 401
    secrets.unlink()
    secrets_singleton._reset()
    for cookies in ({}, signed(ANN), signed(ANN, "")):
        assert client.get("/trends", headers=asking(cookies)).status_code == 401


def test_several_providers_are_offered_by_name(client, secrets):
    lines = SECTION.splitlines()
    named = "\n".join([*lines[:3], "[auth.okta]", *lines[3:], "[auth.office]", *lines[3:]])
    secrets.write_text(named, encoding="utf-8")
    secrets_singleton._reset()
    assert is_sign_in_configured()
    page = client.get("/", headers={"Accept": "text/html"}).text
    assert "Sign in with okta" in page
    assert 'href="/sign-in?to=%2F&amp;provider=office"' in page


def test_nothing_is_asked_without_the_section(secrets):
    assert not is_sign_in_configured()
    secrets.write_text('other = "x"\n', encoding="utf-8")
    assert not is_sign_in_configured()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (SECTION, "[auth", "cannot be read"),
        (SECTION, "[auth]\n", "redirect_uri"),
        (f'cookie_secret = "{SECRET}"\n', "", "cookie_secret"),
        (SECRET, "x" * 31, "32 characters"),
        ('client_secret = "of-the-client"\n', "", "client_secret"),
        ("/oauth2callback", "/back", "oauth2callback"),
    ],
)
def test_a_configuration_that_cannot_work_is_said(secrets, old, new, said):
    assert old in SECTION
    secrets.write_text(SECTION.replace(old, new), encoding="utf-8")
    with pytest.raises(SignInError, match=said):
        is_sign_in_configured()


def test_without_its_library_sign_in_is_no_dashboard_without(secrets):
    secrets.write_text(SECTION, encoding="utf-8")
    program = (
        "import sys; sys.modules['authlib'] = None\n"
        "from streamlit import config\n"
        f"config.set_option('secrets.files', [{str(secrets)!r}])\n"
        "import app\n"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert "cannot start" in done.stderr
    assert ".[auth]" in done.stderr


def test_the_user_is_what_the_provider_said(client):
    assert signed_in_user(signed(ANN))["sub"] == "ann"


@pytest.mark.parametrize("groups", [1, 40, 100, 400])
def test_of_many_groups_and_long_tokens_only_what_the_pages_use_is_kept(client, groups):
    long = "/trends?" + "threat=trafficking_in_persons&" * 90
    headers = asking({RETURN_COOKIE: quote(long, safe=""), f"{NAME}_7": "old"})
    back = client.get(f"/oauth2callback?code={groups}", headers=headers)
    assert back.headers["location"] == long
    # As a proxy and a server of websockets take it, with the other cookies and headers.
    assert sum(len(value) for value in back.headers.get_list("set-cookie")) < 5_000
    assert f'{NAME}_7=""' in back.headers["set-cookie"]
    kept = {name: value for name, value in client.cookies.items() if name.startswith(NAME)}
    user = signed_in_user(kept)
    assert set(user) == set(KEPT_CLAIMS) - {"email", "email_verified"}
    assert len(user["name"]) == MAX_CLAIM_LENGTH
    assert (f"{NAME}_tokens" in kept) == (groups < 40)
    assert client.get("/api/x.json").status_code == 200
    with client.websocket_connect("/_stcore/stream", headers=asking(kept)):
        pass


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("error=access_denied&state=x", "denied access"),
        ("error=invalid_request&error_description=no", "(invalid_request)"),
        ("error=temporarily_unavailable", "did not answer"),
        ("error=%1b%5b31m%3Cb%3E", "(-)"),
        ("code=0", "could not be completed"),
    ],
)
def test_who_is_not_signed_in_reads_why_and_can_try_again(client, query, said, caplog, monkeypatch):
    if "code" in query:
        monkeypatch.setattr("test_sign_in.set_cookie_with_chunks", lambda *_, **more: None)
    headers = asking({RETURN_COOKIE: "%2Ftrends%3Fregion%3Da"})
    page = client.get(f"/oauth2callback?{query}", headers=headers)
    assert page.status_code == 400
    assert page.headers["content-type"].startswith("text/html")
    assert said in page.text
    assert "<b>" not in page.text
    assert 'href="/sign-in?to=%2Ftrends%3Fregion%3Da"' in page.text
    assert '_streamlit_session=""' in page.headers["set-cookie"]
    assert "\x1b" not in caplog.text
    assert client.get("/trends").status_code == 401


def test_who_is_signed_in_already_is_not_told_of_a_stale_answer(client):
    back = client.get("/oauth2callback?error=access_denied", headers=asking(signed(ANN)))
    assert (back.status_code, back.headers["location"]) == (302, "/")


def test_a_provider_that_does_not_answer_is_named(client):
    page = client.get("/auth/login?provider=x")
    assert page.status_code == 400
    assert "did not answer" in page.text
    assert 'href="/sign-in' in page.text


def test_sign_out_signs_out_whatever_becomes_of_it(client):
    cookies = signed(ANN) | {f"{NAME}_1": "x", f"{NAME}_tokens": "y", "other": "z"}
    out = client.get("/auth/logout", headers=asking(cookies))
    assert (out.status_code, out.headers["location"]) == (302, "/")
    deleted = {header.split("=")[0] for header in out.headers.get_list("set-cookie")}
    assert deleted == {*cookies} - {"other"}
