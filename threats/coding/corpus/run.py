"""One run over a corpus: its files, the parts already done, and what comes out.

A run works in ``OUTPUT/unfinished``, one step for each batch of files, and moves its results beside
it at the end. Broken off and repeated, it goes on after the last whole step as long as files and
rules are the same, and else starts over; so nothing is counted twice.
"""

import contextlib
import csv
import datetime as dt
import hashlib
import json
import shutil
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import narwhals as nw
import pyarrow.parquet as pq

from threats.coding.corpus.engines import BATCH, CorpusError, Engine, engine
from threats.coding.corpus.expressions import KEPT, coded, codes, column, judged
from threats.dataset.model import Dataset

KINDS = {".parquet": "parquet", ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
MANIFEST = "corpus.json"
UNFINISHED = "unfinished"
COUNTS = ("year", "region", "kind", "code", "texts", "texts_with_it", "share")
_NEEDED = ("id", "date", "text")


def files_of(source: Path) -> tuple[list[Path], str]:
    """Return the files of a corpus, a file or a folder, in order, and their kind. Raises
    CorpusError where there are none, of several kinds, or without the columns."""
    if source.is_dir():
        every = [file for file in source.rglob("*") if file.is_file() and file.name[0] not in "._"]
    elif source.is_file():
        every = [source]
    else:
        raise CorpusError(f"{source} is not there.")
    files = sorted(file for file in every if file.suffix.lower() in KINDS)
    kinds = {KINDS[file.suffix.lower()] for file in files}
    if not files:
        raise CorpusError(f"{source} has no file in {', '.join(KINDS)}.")
    if len(kinds) > 1:
        raise CorpusError(f"{source} has files of several kinds ({', '.join(sorted(kinds))}).")
    kind = kinds.pop()
    for file in files:
        missing = [name for name in _NEEDED if name not in _columns(file, kind)]
        if missing:
            raise CorpusError(f"{file} has no column {', '.join(missing)}.")
    return files, kind


def _columns(file: Path, kind: str) -> list[str]:
    """Return the columns that a file names; of JSON-lines those of its first line."""
    try:
        if kind == "parquet":
            return pq.read_schema(file).names
        with file.open(encoding="utf-8-sig", newline="") as opened:
            if kind == "csv":
                return next(csv.reader(opened), [])
            first = json.loads(opened.readline() or "{}")
            return list(first) if isinstance(first, dict) else []
    except (OSError, ValueError, csv.Error) as error:
        raise CorpusError(f"{file} cannot be read: {error}") from error


def run(
    source: Path, out: Path, name: str, dataset: Dataset, told: Callable[[float, str], None]
) -> dict[str, Any]:
    """Code a corpus by the engine of this name, and return what stands in ``OUTPUT/corpus.json``.
    ``told`` hears the share done and of what. Raises CorpusError where it cannot be done; what was
    done by then is kept for the next run.

    In OUTPUT come to stand ``counts.csv`` (texts, texts that mention a code and their share, by
    year, region, kind and code), the folders of Parquet files ``mentions`` (id, date, year, region,
    kind, code) and ``texts`` (id, date, year, region, source), and ``rejects.csv`` (id, date,
    region, reason).
    """
    files, kind = files_of(source)
    made_of = _fingerprint(files, dataset)
    manifest = out / MANIFEST
    if manifest.is_file():
        before = json.loads(manifest.read_text(encoding="utf-8"))
        if before["made_of"] == made_of:
            return before
        raise CorpusError(f"{out} holds another run; name another folder, or remove it.")
    work = out / UNFINISHED
    if (work / made_of).is_dir():
        told(0.0, "going on after what was done before")
    else:
        shutil.rmtree(work, ignore_errors=True)
        (work / made_of).mkdir(parents=True)
    with engine(name, work) as used:
        parts = _coded_parts(files, kind, work / made_of, used, BATCH[name], dataset, told)
        told(1.0, "putting together")
        results = _results(parts, work / "results", used, dataset)
    summary = _summary(files, results, name, made_of, dataset)
    for made in results.iterdir():
        target = out / made.name
        if target.is_dir():
            shutil.rmtree(target)
        made.replace(target)
    # The manifest comes last: where it stands, all else does.
    (work / MANIFEST).write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
    (work / MANIFEST).replace(manifest)
    shutil.rmtree(work)
    return summary


def _fingerprint(files: list[Path], dataset: Dataset) -> str:
    """Return what tells the same files and rules from others."""
    digest = hashlib.sha256(dataset.version.encode())
    for file in files:
        about = file.stat()
        digest.update(f"{file.resolve()}\0{about.st_size}\0{about.st_mtime_ns}\0".encode())
    return digest.hexdigest()[:16]


def _batches(files: list[Path], most: int) -> Iterator[tuple[list[Path], int]]:
    """Yield files in batches of about ``most`` bytes, each with its own bytes."""
    batch, size = [], 0
    for file in files:
        batch.append(file)
        size += file.stat().st_size
        if size >= most:
            yield batch, size
            batch, size = [], 0
    if batch:
        yield batch, size


def _coded_parts(
    files: list[Path],
    kind: str,
    work: Path,
    used: Engine,
    most: int,
    dataset: Dataset,
    told: Callable[[float, str], None],
) -> list[Path]:
    """Write a folder of coded rows for each batch that has none yet, and return all of them."""
    told(0.0, "looking for ids that stand more than once")
    repeated = _whole(work / "repeated", used, _repeated(files, kind, used))
    regions = dataset["regions"]["region_id"].tolist()
    total = sum(file.stat().st_size for file in files) or 1
    before, parts = 0, []
    for batch, size in _batches(files, most):
        # Named by its files, as engines part them differently.
        part = work / f"coded-{_names(batch)}"
        if not part.is_dir():

            def read(done: int, before: int = before) -> None:
                told((before + done) / total, "coding")

            frames = (
                (coded(judged(frame, used.saved(repeated), regions), dataset, used.first_group), n)
                for frame, n in used.read(batch, kind)
            )
            with _watched(used, lambda share, size=size, read=read: read(round(share * size))):
                _whole(part, used, frames, read)
        before += size
        told(before / total, "coding")
        parts.append(part)
    return parts


def _names(batch: list[Path]) -> str:
    return hashlib.sha256("\0".join(map(str, batch)).encode()).hexdigest()[:16]


def _repeated(files: list[Path], kind: str, used: Engine) -> Iterator[tuple[nw.LazyFrame, int]]:
    ids = [frame.select(nw.col("id").fill_null("")) for frame, _ in used.read(files, kind)]
    together = nw.concat(ids).group_by("id").agg(n=nw.len())
    yield together.filter(nw.col("n") > 1).select("id"), 0


def _whole(
    folder: Path,
    used: Engine,
    frames: Iterator[tuple[nw.LazyFrame, int]],
    read: Callable[[int], None] = lambda read: None,
) -> list[Path]:
    """Write frames into a folder that comes to stand as a whole or not at all, unless it stands
    already; return its files."""
    if not folder.is_dir():
        begun = folder.with_name(folder.name + "-begun")
        shutil.rmtree(begun, ignore_errors=True)
        for frame, done in frames:
            used.write(frame, begun)
            read(done)
        begun.replace(folder)
    return sorted(folder.glob("*.parquet"))


@contextlib.contextmanager
def _watched(used: Engine, share: Callable[[float], None]) -> Iterator[None]:
    """Tell every second what share the engine has done of what it writes meanwhile."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(1):
            done = used.progress()
            if done:
                share(min(done, 1.0))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _results(parts: list[Path], results: Path, used: Engine, dataset: Dataset) -> Path:
    """Write mentions, texts, refused rows and counts from coded parts, and return the folder."""
    shutil.rmtree(results, ignore_errors=True)
    results.mkdir()
    names = {column(*code): code for code in codes(dataset)}
    rows = used.saved([file for part in parts for file in sorted(part.glob("*.parquet"))])
    good = rows.filter(nw.col("reason") == "").with_columns(nw.col("year").cast(nw.Int32))
    mentions = (
        good.select(*KEPT[:4], *names)
        .unpivot(list(names), index=list(KEPT[:4]), variable_name="named", value_name="found")
        .filter(nw.col("found"))
        .select(
            *KEPT[:4],
            kind=nw.when(nw.col("named").str.starts_with("threat:"))
            .then(nw.lit("threat"))
            .otherwise(nw.lit("response")),
            code=nw.col("named").str.replace_all("^[a-z]+:", ""),
        )
    )
    used.write(mentions, results / "mentions")
    used.write(good.select(*KEPT[:5]), results / "texts")
    numbers = good.select("year", "region", *(nw.col(name).cast(nw.Int64) for name in names))
    sums = [nw.col(name).sum() for name in names]
    counts = numbers.group_by("year", "region").agg(nw.len().alias("texts"), *sums)
    used.write(counts, results / "counts")
    used.write(
        rows.filter(nw.col("reason") != "").select("id", "date", "region", "reason"),
        results / "rejects",
    )
    _as_csv(results / "counts", COUNTS, lambda row: _counted(row, names))
    _as_csv(results / "rejects", ("id", "date", "region", "reason"), lambda row: [row])
    for marker in results.rglob("*"):
        if marker.is_file() and marker.name[0] in "._":
            marker.unlink()
    return results


def _counted(row: dict[str, Any], names: dict[str, tuple[str, str]]) -> Iterator[dict[str, Any]]:
    for name, (kind, key) in names.items():
        yield {
            "year": row["year"],
            "region": row["region"],
            "kind": kind,
            "code": key,
            "texts": row["texts"],
            "texts_with_it": int(row[name]),
            "share": round(int(row[name]) / row["texts"], 6),
        }


def _as_csv(folder: Path, columns: tuple[str, ...], rows_of: Callable) -> None:
    """Write the rows made of a folder's Parquet files, in order, to a CSV file in its place."""
    rows = [
        made
        for file in sorted(folder.glob("*.parquet"))
        for batch in pq.ParquetFile(file).iter_batches()
        for row in batch.to_pylist()
        for made in rows_of(row)
    ]
    if columns == COUNTS:
        order: dict[str, int] = defaultdict(int, {"threat": 0, "response": 1})
        rows.sort(key=lambda row: (row["year"], row["region"], order[row["kind"]]))
    else:
        rows.sort(key=lambda row: [str(row[name]) for name in columns])
    with folder.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    shutil.rmtree(folder)


def _summary(
    files: list[Path], results: Path, name: str, made_of: str, dataset: Dataset
) -> dict[str, Any]:
    def rows(folder: str) -> int:
        return sum(pq.read_metadata(f).num_rows for f in (results / folder).glob("*.parquet"))

    with (results / "rejects.csv").open(encoding="utf-8", newline="") as file:
        rejects = sum(1 for _ in csv.DictReader(file))
    return {
        "made_of": made_of,
        "files": [str(file) for file in files],
        "engine": name,
        "rules": dataset.version,
        "finished": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "texts": rows("texts"),
        "mentions": rows("mentions"),
        "rejects": rejects,
    }
