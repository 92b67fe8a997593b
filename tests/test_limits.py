"""Headers of every answer, and how much may be asked."""

import asyncio
import re
import time

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from threats.config import RATE_LIMIT_VARIABLE
from threats.server.errors import error_response
from threats.server.middleware import clients
from threats.server.middleware.clients import MAX_CLIENTS, TokenBuckets, client_key
from threats.server.middleware.kept_answers import CARD_PLACES, QUEUE, RENDER_PLACES, KeptAnswers
from threats.server.middleware.rate_limits import (
    BURST,
    CARD_BURST,
    MAX_OPEN_ANSWERS,
    MAX_OPEN_CARDS,
    RateLimits,
    client_share,
)
from threats.server.middleware.security_headers import (
    COMMON_HEADERS,
    CONTENT_SECURITY_POLICIES,
    SecurityHeaders,
)

REFUSED = ("/api/x", "/print/x", "/embed/x", "/files/x", "/download/x.csv", "/take/x.csv")
LIMITED = (*REFUSED, "/cards/x.json")


def answer(_):
    return PlainTextResponse("here")


def asking(host="10.0.0.1"):
    routes = [Route(path, answer) for path in ("/", *LIMITED)]
    app = Starlette(
        routes=[*routes, Route("/_stcore/metrics", answer), Route("/api/post", answer)],
        middleware=[Middleware(SecurityHeaders), Middleware(RateLimits)],
    )
    return app, TestClient(app, client=(host, 1))


@pytest.fixture
def client():
    return asking()[1]


def test_every_answer_says_what_to_refuse(client):
    for path in ("/", *LIMITED, "/nothing", "/_stcore/metrics"):
        headers = client.get(path).headers
        for name, value in COMMON_HEADERS.items():
            assert headers[name] == value
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "server" not in headers
        assert "x-powered-by" not in headers


def test_no_policy_names_another_host_or_lets_inline_scripts_run():
    for policy in CONTENT_SECURITY_POLICIES.values():
        assert not re.search(r"https?:|wss?:|\*\.", policy)
        scripts = re.search(r"script-src ([^;]*)", policy)
        if scripts:
            assert "unsafe" not in scripts[1]
            assert re.fullmatch(r"'self'( 'sha256-[A-Za-z0-9+/=]+')?", scripts[1])
        assert "base-uri 'none'" in policy
        assert "form-action 'none'" in policy


def test_only_what_is_made_to_be_embedded_stands_in_frames_of_others(client):
    for path in ("/", "/print/x", "/download/x.csv", "/take/x.csv"):
        assert "frame-ancestors 'self'" in client.get(path).headers["Content-Security-Policy"]
    assert "frame-ancestors" not in client.get("/embed/x").headers["Content-Security-Policy"]


def test_files_are_plain_html_that_runs_nothing(client):
    for path in ("/print/x", "/download/x.csv", "/take/x.csv"):
        assert "script-src" not in client.get(path).headers["Content-Security-Policy"]


def test_an_embedded_chart_runs_only_the_script_that_reports_its_height(client):
    policy = client.get("/embed/x").headers["Content-Security-Policy"]
    assert re.search(r"script-src ([^;]*)", policy)[1] == "'self'"


def test_counts_of_sessions_are_nobodys_business(client):
    assert client.get("/_stcore/metrics").status_code == 404


def test_who_asks_too_fast_has_to_wait_and_others_have_not(monkeypatch):
    monkeypatch.setenv(RATE_LIMIT_VARIABLE, "1")  # so that a slow machine asks too fast as well
    app, client = asking()
    states = [client.get("/api/x").status_code for _ in range(BURST + 5)]
    assert states[:BURST] == [200] * BURST
    assert states[-1] == 429
    assert {client.get(path).status_code for path in REFUSED} == {429}
    assert client.get("/cards/x.json").status_code == 200
    refused = client.get("/print/x")
    assert int(refused.headers["Retry-After"]) >= 1
    assert refused.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/").status_code == 200
    assert TestClient(app, client=("10.0.0.2", 1)).get("/api/x").status_code == 200


def test_one_network_by_ipv6_is_one_asker_and_ipv4_in_it_is_not():
    def key(host):
        return client_key({"client": (host, 1)})

    one, other = (key(f"2001:db8:1:2::{n}") for n in (1, 2))
    assert one == other
    assert key("2001:db8:1:3::1") != one
    assert key("::ffff:10.0.0.1") == key("10.0.0.1")
    assert key("::ffff:10.0.0.2") != key("10.0.0.1")
    assert key("testclient") == "testclient"


def test_the_rate_can_be_set_and_taken_away(monkeypatch):
    monkeypatch.setenv(RATE_LIMIT_VARIABLE, "0")
    client = asking()[1]
    assert {client.get("/api/x").status_code for _ in range(200)} == {200}


def test_the_memory_of_askers_is_bounded():
    bound = TokenBuckets(0.001, BURST)
    for number in range(MAX_CLIENTS + 500):
        bound.wait(f"asker {number}")
    assert len(bound) == MAX_CLIENTS


def test_who_asks_no_more_is_forgotten():
    quick = TokenBuckets(1000, BURST)
    for number in range(50):
        quick.wait(f"asker {number}")
    time.sleep(0.01)  # until they have all their tokens again
    quick.wait("the last")
    assert len(quick) == 1


def test_an_address_too_long_and_a_body_are_refused(client):
    assert client.get("/api/x?q=" + "x" * 9_000).status_code == 414
    assert client.get("/?q=" + "x" * 9_000).status_code == 414
    assert client.get("/api/x?q=" + "x" * 5_000).status_code == 200
    assert client.request("GET", "/api/x", content=b"body").status_code == 413
    assert client.request("GET", "/cards/x.json", content=b"body").status_code == 413
    assert client.post("/api/post", content=iter([b"a", b"b"])).status_code == 413


TOTAL, SHARE = RENDER_PLACES
PICTURE = "/download/x.png"


def busy(run, app, asked):
    """Return the statuses of requests that all are at work at once, in the order of their end, by
    who asks and the path."""
    found = []

    async def ask(host, path):
        async def send(message):
            if message["type"] == "http.response.start":
                found.append(((host, path), message["status"]))

        scope = {"type": "http", "method": "HEAD", "path": path, "headers": [], "client": (host, 1)}
        await app(scope, None, send)

    async def all_of_them():
        await asyncio.gather(*(ask(host, path) for host, path in asked))

    run(all_of_them())
    return found


def slow(gate, path=PICTURE):
    """Return an application that answers a path when ``gate`` says so, and all else at once."""

    async def app(scope, receive, send):
        if scope["path"] == path:
            await gate()
        await PlainTextResponse("here")(scope, receive, send)

    return KeptAnswers(app)


def many(count, path=PICTURE):
    """Return requests of as many askers for a path."""
    return [(f"10.0.0.{number}", path) for number in range(count)]


def test_figures_do_not_wait_for_pictures_and_pictures_wait_for_each_other(run):
    drawing = []

    async def gate():
        drawing.append(1)
        assert len(drawing) <= TOTAL
        await asyncio.sleep(0.01)
        drawing.pop()

    quick = [("10.0.1.1", "/download/x.csv"), ("10.0.1.1", "/api/x.json")]
    found = busy(run, slow(gate), [*many(3 * TOTAL), *quick])
    assert {status for _, status in found} == {200}
    assert [asked for asked, _ in found[:2]] == quick


def test_one_asker_takes_its_share_of_the_places_and_no_more(run):
    drawing = []

    async def gate():
        drawing.append(1)
        assert len(drawing) <= SHARE + 1
        await asyncio.sleep(0.02)
        drawing.pop()

    greedy = [("10.0.0.1", PICTURE)] * (SHARE + QUEUE[1] + 5)
    found = busy(run, slow(gate), [*greedy, ("10.0.0.2", PICTURE)])
    statuses = [status for asked, status in found if asked == greedy[0]]
    assert sorted(statuses) == [200] * (SHARE + QUEUE[1]) + [503] * 5
    drawn = [asked for asked, status in found if status == 200]
    assert ("10.0.0.2", PICTURE) in drawn[: SHARE + 1]


def test_many_readers_at_one_address_share_all_places_where_the_limit_is_off(monkeypatch, run):
    monkeypatch.setenv(RATE_LIMIT_VARIABLE, "0")

    async def gate():
        await asyncio.sleep(0.01)

    found = busy(run, slow(gate), [("10.0.0.1", PICTURE)] * 50)
    assert {status for _, status in found} == {200}


def test_a_higher_rate_raises_the_share_of_one_client_and_a_lower_one_leaves_it():
    assert [client_share(4, rate) for rate in (0, 0.1, 10, 100)] == [0, 4, 4, 40]


def test_a_higher_rate_raises_what_is_allowed_at_once_as_well(monkeypatch):
    monkeypatch.setenv(RATE_LIMIT_VARIABLE, "1200")
    client = asking()[1]
    assert {client.get("/api/x").status_code for _ in range(2 * BURST)} == {200}


def test_who_waits_too_long_for_a_place_is_told_when_to_ask_again(monkeypatch, run):
    monkeypatch.setattr(clients, "REQUEST_QUEUE_TIMEOUT", 0.05)

    async def gate():
        await asyncio.sleep(0.5)

    found = busy(run, slow(gate), many(TOTAL + 3))
    assert sorted(status for _, status in found) == [200] * TOTAL + [503] * 3
    assert found[0][1] == 503


def test_only_so_many_wait_for_a_place(run):
    async def gate():
        await asyncio.sleep(0.01)

    found = busy(run, slow(gate), many(TOTAL + QUEUE[0] + 3))
    assert sorted(status for _, status in found) == [200] * (TOTAL + QUEUE[0]) + [503] * 3


def test_who_does_not_read_holds_few_answers(run):
    async def app(scope, receive, send):
        await asyncio.sleep(0.05)
        await PlainTextResponse("here")(scope, receive, send)

    asked = [("10.0.0.1", "/files/x")] * (MAX_OPEN_ANSWERS + 3)
    found = busy(run, RateLimits(app), [*asked, ("10.0.0.2", "/files/x")])
    assert [status for asked, status in found if asked[0] == "10.0.0.1"].count(429) == 3
    assert [status for asked, status in found if asked[0] == "10.0.0.2"] == [200]


CARD = "/cards/x.json"


def test_one_client_holds_half_the_places_of_cards_and_others_come_at_once(run):
    drawing, most = [], 2 * CARD_PLACES[1]

    async def gate():
        drawing.append(1)
        assert len(drawing) <= most
        await asyncio.sleep(0.01)
        drawing.pop()

    greedy = [("10.0.0.1", CARD)] * 50
    reader = [("10.0.0.2", CARD)] * 8
    found = [asked for asked, _ in busy(run, slow(gate, CARD), [*greedy, *reader])]
    # One card of the greedy client for each of the other reader's.
    assert set(reader) == set(found[: 2 * len(reader)]) & set(reader)
    assert found[: 2 * len(reader)].count(reader[0]) >= len(reader) - 1


def test_all_cards_of_many_pages_behind_one_address_come(run):
    async def gate():
        await asyncio.sleep(0.001)

    found = busy(run, RateLimits(slow(gate, CARD)), [("10.0.0.1", CARD)] * MAX_OPEN_CARDS)
    assert [status for _, status in found] == [200] * MAX_OPEN_CARDS


def test_a_program_that_asks_for_cards_without_pause_waits_and_others_do_not(monkeypatch, run):
    monkeypatch.setenv(RATE_LIMIT_VARIABLE, "600")  # 10 a second
    limits = RateLimits(PlainTextResponse("here"))
    begin = time.monotonic()
    busy(run, limits, [("10.0.0.1", CARD)] * CARD_BURST)
    more = 5 + round((time.monotonic() - begin) * 10)
    found = busy(run, limits, [*[("10.0.0.1", CARD)] * more, ("10.0.0.2", CARD)])
    assert time.monotonic() - begin > more / 10
    assert found[-1][0] == ("10.0.0.1", CARD)
    assert {status for _, status in found} == {200}


def test_who_does_not_read_cards_holds_few(run):
    async def app(scope, receive, send):
        await asyncio.sleep(0.05)
        await PlainTextResponse("here")(scope, receive, send)

    asked = [("10.0.0.1", CARD)] * (MAX_OPEN_CARDS + 3)
    found = busy(run, RateLimits(app), [*asked, ("10.0.0.2", CARD)])
    assert [status for asked, status in found if asked[0] == "10.0.0.1"].count(429) == 3
    assert [status for asked, status in found if asked[0] == "10.0.0.2"] == [200]


def test_a_refusal_is_json_to_a_program_and_a_page_to_a_reader():
    for path, kind in (
        ("/api/x", "application/json"),
        ("/download/x.png", "text/html; charset=utf-8"),
    ):
        answer = error_response(path, 503, "<b>Too much</b>", 30)
        assert answer.headers["content-type"] == kind
        assert answer.headers["Retry-After"] == "30"
        assert (b"<b>" in answer.body) == (kind == "application/json")
