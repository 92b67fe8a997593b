"""Uploads under way and held: in all, of one client, and of one that stops."""

import asyncio
from types import SimpleNamespace

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from threats.server.middleware import upload_limits
from threats.server.middleware.upload_limits import (
    CLIENT_STORED_BYTES,
    CLIENT_UPLOADS,
    MAX_FILES_PER_PAGE,
    UploadLimits,
)

FILE = SimpleNamespace(data=b"x" * 5_000_000)


@pytest.fixture
def stored(monkeypatch):
    """Return what the sessions hold."""
    storage = {}
    manager = SimpleNamespace(uploaded_file_mgr=SimpleNamespace(file_storage=storage))
    monkeypatch.setattr(upload_limits.Runtime, "instance", lambda: manager)
    return storage


@pytest.fixture
def app(stored):
    """Return an application that stores what is uploaded once it is complete."""

    async def store(scope, receive, send):
        await Request(scope, receive).body()
        session, file = scope["path"].split("/")[-2:]
        stored.setdefault(session, {})[file] = FILE
        await PlainTextResponse("", 204)(scope, receive, send)

    return UploadLimits(store)


async def put(app, session, file, host="10.0.0.1", stops=False):
    """Upload a file and return the status of the answer."""
    statuses = []

    async def receive():
        if stops:
            await asyncio.sleep(60)
        return {"type": "http.request", "body": b"x", "more_body": False}

    async def send(message):
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    path = f"/_stcore/upload_file/{session}/{file}"
    scope = {"type": "http", "method": "PUT", "path": path, "headers": [], "client": (host, 1)}
    await app(scope, receive, send)
    return statuses[0]


def test_one_client_holds_its_share_and_another_can_upload(app, run):
    async def uploads():
        most = CLIENT_STORED_BYTES // len(FILE.data)
        found = [await put(app, f"s{n // 4}", n) for n in range(most + 4)]
        assert found == [204] * most + [429] * 4
        assert await put(app, "other", 1, "10.0.0.2") == 204

    run(uploads())


def test_one_page_holds_few_files_and_what_it_releases_counts_no_more(app, stored, run):
    async def uploads():
        found = [await put(app, "s", n) for n in range(MAX_FILES_PER_PAGE + 1)]
        assert found == [204] * MAX_FILES_PER_PAGE + [429]
        stored.clear()
        assert await put(app, "s", 1) == 204

    run(uploads())


def test_uploads_that_stop_hold_up_nobody_and_end(app, run, monkeypatch):
    monkeypatch.setattr(upload_limits, "UPLOAD_PART_TIMEOUT", 0.1)

    async def uploads():
        slow = [
            asyncio.create_task(put(app, f"s{n}", n, stops=True)) for n in range(CLIENT_UPLOADS + 3)
        ]
        await asyncio.sleep(0.02)
        assert await put(app, "other", 1, "10.0.0.2") == 204
        assert sorted(await asyncio.gather(*slow)) == [408] * CLIENT_UPLOADS + [503] * 3
        assert await put(app, "s", 1) == 204

    run(uploads())
