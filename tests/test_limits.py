"""Headers of every answer, and how much may be asked."""

import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from threats import limits
from threats.headers import ALWAYS, POLICIES, Headers
from threats.limits import Limits


def answer(_):
    return PlainTextResponse("here")


def asking(host="10.0.0.1"):
    routes = [Route(path, answer) for path in ("/", "/api/x", "/print/x", "/embed/x", "/files/x")]
    app = Starlette(
        routes=[*routes, Route("/_stcore/metrics", answer), Route("/api/post", answer)],
        middleware=[Middleware(Headers), Middleware(Limits)],
    )
    return app, TestClient(app, client=(host, 1))


@pytest.fixture
def client():
    return asking()[1]


def test_every_answer_says_what_to_refuse(client):
    for path in ("/", "/api/x", "/print/x", "/embed/x", "/nothing", "/_stcore/metrics"):
        headers = client.get(path).headers
        for name, value in ALWAYS.items():
            assert headers[name] == value
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "server" not in headers
        assert "x-powered-by" not in headers


def test_no_policy_names_another_host_or_lets_inline_scripts_run():
    for policy in POLICIES.values():
        assert not re.search(r"https?:|wss?:|\*\.", policy)
        scripts = re.search(r"script-src ([^;]*)", policy)
        if scripts:
            assert "unsafe" not in scripts[1]
            assert re.fullmatch(r"'self' 'sha256-[A-Za-z0-9+/=]+'", scripts[1])
        assert "base-uri 'none'" in policy
        assert "form-action 'none'" in policy


def test_only_what_is_made_to_be_embedded_stands_in_frames_of_others(client):
    for path in ("/", "/print/x"):
        assert "frame-ancestors 'self'" in client.get(path).headers["Content-Security-Policy"]
    assert "frame-ancestors" not in client.get("/embed/x").headers["Content-Security-Policy"]


def test_counts_of_sessions_are_nobodys_business(client):
    assert client.get("/_stcore/metrics").status_code == 404


def test_who_asks_too_fast_has_to_wait_and_others_have_not():
    app, client = asking()
    states = [client.get("/api/x").status_code for _ in range(limits.AT_ONCE + 5)]
    assert states[: limits.AT_ONCE] == [200] * limits.AT_ONCE
    assert states[-1] == 429
    refused = client.get("/print/x")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1
    assert refused.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/").status_code == 200
    assert TestClient(app, client=("10.0.0.2", 1)).get("/api/x").status_code == 200


def test_one_network_by_ipv6_is_one_asker_and_ipv4_in_it_is_not():
    one, other = (limits._network(f"2001:db8:1:2::{n}") for n in (1, 2))
    assert one == other
    assert limits._network("2001:db8:1:3::1") != one
    assert limits._network("::ffff:10.0.0.1") == limits._network("10.0.0.1")
    assert limits._network("::ffff:10.0.0.2") != limits._network("10.0.0.1")
    assert limits._network("testclient") == "testclient"


def test_the_rate_can_be_set_and_taken_away(monkeypatch):
    monkeypatch.setenv(limits.SETTING, "0")
    client = asking()[1]
    assert {client.get("/api/x").status_code for _ in range(200)} == {200}


def test_the_memory_of_askers_is_bounded():
    bound = Limits(answer)
    for number in range(limits.MOST_ASKERS + 500):
        bound._wait(f"asker {number}")
    assert len(bound._left) == limits.MOST_ASKERS


def test_an_address_too_long_and_a_body_are_refused(client):
    assert client.get("/api/x?q=" + "x" * 9_000).status_code == 414
    assert client.get("/?q=" + "x" * 9_000).status_code == 414
    assert client.get("/api/x?q=" + "x" * 5_000).status_code == 200
    assert client.request("GET", "/api/x", content=b"body").status_code == 413
    assert client.post("/api/post", content=iter([b"a", b"b"])).status_code == 413
