"""Answers of the routes that are kept: for whom, how long, and how they are sent."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from threats.server.middleware import kept_answers
from threats.server.middleware.kept_answers import CHUNK_BYTES, KeptAnswers
from threats.server.routes.responses import etag_response


class Site:
    """An application behind the middleware, which counts what it makes."""

    def __init__(self):
        self.made = []
        routes = [
            Mount(
                "/api",
                routes=[Route("/{name}", self.figures)],
                middleware=[Middleware(CORSMiddleware, allow_origins=["*"])],
            ),
            Route("/print/{name}", self.unsure),
        ]
        layers = [Middleware(KeptAnswers), Middleware(GZipMiddleware, minimum_size=100)]
        self.client = TestClient(Starlette(routes=routes, middleware=layers))

    def figures(self, request):
        self.made.append(str(request.url))
        return etag_response(request, f"{request.base_url} {'x' * 1000}".encode(), "text/csv")

    def unsure(self, request):
        self.made.append(str(request.url))
        status = 404 if request.path_params["name"] == "none" else 200
        return Response("once", status, headers={"Cache-Control": "no-store"})


@pytest.fixture
def site():
    return Site()


def test_what_was_made_is_answered_again_without_being_made(site):
    first, again = (site.client.get("/api/x.csv?years=2020") for _ in range(2))
    assert first.content == again.content
    assert dict(first.headers) == dict(again.headers)
    assert len(site.made) == 1


def test_another_address_host_encoding_or_origin_is_another_answer(site):
    site.client.get("/api/x.csv")
    for path, headers in (
        ("/api/x.csv?years=2020", {}),
        ("/api/y.csv", {}),
        ("/api/x.csv", {"host": "other.example"}),
        ("/api/x.csv", {"accept-encoding": "identity"}),
        ("/api/x.csv", {"origin": "https://other.example"}),
    ):
        before = len(site.made)
        answers = [site.client.get(path, headers=headers) for _ in range(2)]
        assert len(site.made) == before + 1, path
        assert ("other.example" in answers[1].text) == ("host" in headers)
        assert ("access-control-allow-origin" in answers[1].headers) == ("origin" in headers)


@pytest.mark.parametrize("path", ["/print/x", "/print/none"])
def test_what_must_not_be_stored_is_made_each_time(site, path):
    assert [site.client.get(path).text for _ in range(2)] == ["once", "once"]
    assert len(site.made) == 2


def test_new_data_and_a_new_day_are_new_answers(site, monkeypatch):
    site.client.get("/api/x.csv")
    monkeypatch.setattr("threats.dataset.store.unchanged_states", lambda: [])
    monkeypatch.setattr("threats.dataset.store.folder_states", lambda: [])
    site.client.get("/api/x.csv")
    assert len(site.made) == 2


def test_who_has_the_answer_gets_304(site):
    tag = site.client.get("/api/x.csv").headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        answer = site.client.get("/api/x.csv", headers={"if-none-match": known})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == tag
    assert site.client.get("/api/x.csv", headers={"if-none-match": '"old"'}).status_code == 200


async def ask(send):
    async def app(scope, receive, send):
        await Response(b"x" * (3 * CHUNK_BYTES))(scope, receive, send)

    scope = {"type": "http", "method": "HEAD", "path": "/files/x", "headers": [], "client": None}
    await KeptAnswers(app)(scope, None, send)


def test_a_large_answer_is_sent_in_parts(run):
    sent = []

    async def send(message):
        sent.append(message)

    run(ask(send))
    assert [len(part.get("body", b"")) for part in sent] == [0, *[CHUNK_BYTES] * 3]
    assert [part.get("more_body") for part in sent] == [None, True, True, False]


def test_who_does_not_read_is_let_go(run, monkeypatch):
    monkeypatch.setattr(kept_answers, "CHUNK_TIMEOUT", 0.01)
    sent = []

    async def send(message):
        sent.append(message)
        if len(sent) == 3:
            await asyncio.sleep(60)

    run(ask(send))
    assert len(sent) == 3
