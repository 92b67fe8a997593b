"""Programs of people who work with tables: sqlite-utils and DuckDB read the files and the API."""

import csv
import io
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import kit

from threats.server.routes.api import API_FIGURES

NAME = "sqlite-utils, DuckDB"
MENTIONS = "select count(*) as n from threat_mentions join meetings using (meeting_id)"


def ask(site: str, _published: Path | None) -> Iterator[kit.Answer]:
    """Give the rows that each reads, beside those that Python's own reader finds."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _sqlite(site, Path(folder))
        yield from _duckdb(site, Path(folder))


def _taken(address: str, path: Path) -> int:
    """Put an answer into a file; return the number of its rows."""
    answer = httpx.get(address, timeout=120).raise_for_status()
    path.write_bytes(answer.content)
    return sum(1 for _ in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def _sqlite(site: str, folder: Path) -> Iterator[kit.Answer]:
    program = kit.found("sqlite-utils", "make .venv/clients")
    package = httpx.get(f"{site}/files/datapackage.json", timeout=60).json()
    base, wrong, rows = str(folder / "all.db"), [], {}
    for resource in package["resources"]:
        path, name = folder / resource["path"], resource["name"]
        rows[name] = _taken(f"{site}/files/{resource['path']}", path)
        if not rows[name]:
            continue
        process = kit.done([program, "insert", base, name, str(path), "--csv"])
        wrong += [f"{name}: {kit.tail(process, 100)}"] * bool(process.returncode)
    counts = {
        one["table"]: one["count"] for one in json.loads(_said(program, "tables", base, "--counts"))
    }
    wrong += [
        f"{name}: {counts.get(name, 0)} rows" for name in rows if counts.get(name, 0) != rows[name]
    ]
    yield kit.Answer("/files/*.csv", f"{len(rows)} tables " + "; ".join(wrong), not wrong)
    joined = _said(program, base, MENTIONS, "--raw").strip()
    result = f"{joined} of {rows['threat_mentions']} mentions have their meeting"
    yield kit.Answer("a join", result, joined == str(rows["threat_mentions"]))


def _said(*command: str) -> str:
    return kit.done(list(command)).stdout


def _duckdb(site: str, folder: Path) -> Iterator[kit.Answer]:
    # From disk, as its reader of addresses is an extension that it would download.
    import duckdb

    wrong = []
    for name in API_FIGURES:
        path = folder / f"{name}.csv"
        rows = _taken(f"{site}/api/{name}.csv?about=none", path)
        read = duckdb.read_csv(str(path))
        texts = [
            column
            for column, kind in zip(read.columns, read.types, strict=True)
            if kind == "VARCHAR" and column in ("year", "meetings", "share")
        ]
        if len(read) != rows or texts:
            wrong.append(f"{name}: {len(read)} of {rows} rows, text in {texts}")
    yield kit.Answer("/api/*.csv", f"{len(API_FIGURES)} tables " + "; ".join(wrong), not wrong)
