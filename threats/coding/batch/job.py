"""One job: code the files of a corpus in steps, then combine the results.

A job works in ``OUTPUT/unfinished``, one step for each group of files, and moves its results to
OUTPUT at the end. Interrupted and started again, it resumes after the last finished step if files
and rules are the same, and else starts over; so nothing is counted twice.

In OUTPUT are then ``counts.csv``, ``rejects.csv``, ``notices.csv``, and as Parquet ``mentions`` and
``texts``.
"""

import collections
import datetime as dt
import functools
import hashlib
import itertools
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from threats.coding.batch.coder import CODED_SCHEMA, code_batch
from threats.coding.batch.engines import ENGINES, STEP_BYTES, CodeFiles
from threats.coding.batch.readers import CorpusError, find_files
from threats.coding.rules import RULE_TABLES, rule_text
from threats.dataset.harmless_csv import harmless_csv
from threats.dataset.model import Dataset
from threats.text import corpus as messages
from threats.text.translate import _

ENGINE_ALIASES = {"pandas": "pool"}  # names of engines in older versions
CODED_KINDS = ("threat", "response")
MANIFEST_FILE = "corpus.json"
_COUNTS = ("year", "region", "kind", "code", "texts", "texts_with_it", "share")
Progress = Callable[[float, str], None]


def run_job(
    source: Path, out: Path, engine: str, dataset: Dataset, progress: Progress
) -> dict[str, Any]:
    """Code a corpus, and return what is in ``OUTPUT/corpus.json``.

    ``progress`` is called with the share done, and of what.

    Raises
    ------
    CorpusError
        If the corpus cannot be coded. Steps finished by then are kept for the next run.
    """
    files = find_files(source)
    fingerprint = _fingerprint(files, dataset)
    if before := _finished_run(out, fingerprint):
        return before
    work, results = out / "unfinished" / fingerprint, out / "unfinished" / "results"
    if work.is_dir():
        progress(0.0, _(messages.RESUMING_STEP))
    else:
        shutil.rmtree(work.parent, ignore_errors=True)
        work.mkdir(parents=True)
    name = ENGINE_ALIASES.get(engine, engine)
    rules, regions = rule_text(dataset, CODED_KINDS), frozenset(dataset["regions"]["region_id"])
    with ENGINES[name](functools.partial(code_batch, rules=rules, regions=regions)) as code:
        parts = _code(files, code, work, STEP_BYTES[name], progress)
    progress(1.0, _(messages.COMBINING_STEP))
    summary = {
        "made_of": fingerprint,
        "files": [str(file) for file in files],
        "engine": name,
        "rules": dataset.version,
        "finished": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        **_write_results(parts, results, dataset),
    }
    (results / MANIFEST_FILE).write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
    _publish(results, out)
    shutil.rmtree(work.parent)
    return summary


def _finished_run(out: Path, fingerprint: str) -> dict[str, Any] | None:
    """Return the manifest of the same run if it is finished; raise CorpusError for another run."""
    if not (out / MANIFEST_FILE).is_file():
        return None
    before = json.loads((out / MANIFEST_FILE).read_text(encoding="utf-8"))
    if before["made_of"] != fingerprint:
        raise CorpusError(_(messages.OTHER_RUN_MESSAGE, folder=out))
    return before


def _publish(results: Path, out: Path) -> None:
    """Move results into place; the manifest comes last, so where it is, all else is."""
    for result in sorted(results.iterdir(), key=lambda path: path.name == MANIFEST_FILE):
        if (out / result.name).is_dir():
            shutil.rmtree(out / result.name)
        result.replace(out / result.name)


def _fingerprint(files: list[Path], dataset: Dataset) -> str:
    """Return what tells the same files and rules from others."""
    digest = hashlib.sha256(dataset.version.encode())
    for file in files:
        about = file.stat()
        digest.update(f"{file.resolve()}\0{about.st_size}\0{about.st_mtime_ns}\0".encode())
    return digest.hexdigest()[:16]


def _code(
    files: list[Path], code: CodeFiles, work: Path, step_bytes: int, progress: Progress
) -> list[Path]:
    """Code files step by step, and return the files of coded rows."""
    ends = list(itertools.accumulate(file.stat().st_size for file in files))
    before, parts = 0, []
    steps = zip(files, ends, strict=True)
    for _size, step in itertools.groupby(steps, lambda pair: (pair[1] - 1) // step_bytes):
        names, (*_before, end) = zip(*step, strict=True)
        # Named by its files, as engines have steps of different sizes.
        name = hashlib.sha256("\0".join(map(str, names)).encode()).hexdigest()[:16]
        part, begun = work / f"part-{name}", work / f"part-{name}-begun"
        if not part.is_dir():
            shutil.rmtree(begun, ignore_errors=True)
            for share in code(list(names), begun):
                progress((before + share * (end - before)) / ends[-1], _(messages.CODING_STEP))
            begun.replace(part)
        progress(end / ends[-1], _(messages.CODING_STEP))
        before = end
        parts += sorted(part.glob("*.parquet"))
    return parts


def _write_results(parts: list[Path], folder: Path, dataset: Dataset) -> dict[str, int]:
    """Write mentions, texts, counts and refused rows from coded rows; return how many there are."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    rows, field = ds.dataset(parts, CODED_SCHEMA), ds.field
    is_text = field("kind") == ""
    repeated = field("id").isin(_repeated_ids(rows, is_text)) & (
        field("reason") != _(messages.NO_ID_REASON)
    )
    good = (field("reason") == "") & ~repeated
    for name, wanted, more in (
        ("mentions", good & ~is_text, ("kind", "code")),
        ("texts", good & is_text, ("source",)),
    ):
        columns = {key: field(key) for key in ("id", "date", "year", "region", *more)}
        columns["date"] = pc.utf8_slice_codeunits(field("date"), 0, 10)
        table = rows.scanner(columns, filter=wanted).to_reader()
        (folder / name).mkdir()
        with pq.ParquetWriter(folder / name / "part-0.parquet", table.schema) as writer:
            for batch in table:
                writer.write_batch(batch)
    counts = _count(rows.scanner(["year", "region", "kind", "code"], filter=good))
    codes = [(kind, code) for kind in CODED_KINDS for code in dataset[RULE_TABLES[kind]].iloc[:, 0]]
    shares = pd.DataFrame(_shares(counts, codes), columns=_COUNTS)
    (folder / "counts.csv").write_bytes(harmless_csv(shares))
    columns = {name: field(name) for name in ("id", "date", "region", "reason")}
    columns["reason"] = pc.if_else(repeated, _(messages.REPEATED_ID_REASON), field("reason"))
    rejects = rows.to_table(columns, filter=~good & is_text).to_pandas().sort_values([*columns])
    (folder / "rejects.csv").write_bytes(harmless_csv(rejects))
    texts = sum(number for (*_, code), number in counts.items() if not code)
    return {
        "texts": texts,
        "mentions": counts.total() - texts,
        "rejects": len(rejects),
        **_write_notices(rows, good & is_text, folder),
    }


def _write_notices(rows: ds.Dataset, texts: pc.Expression, folder: Path) -> dict[str, int]:
    """Write which texts have lines that are not coded or unknown signs; return how many do."""
    noted = (ds.field("left_out") > 0) | (ds.field("unread") > 0)
    columns = {name: ds.field(name) for name in ("id", "left_out", "unread")}
    notices = rows.to_table(columns, filter=texts & noted).to_pandas().sort_values("id")
    (folder / "notices.csv").write_bytes(harmless_csv(notices))
    return {
        "with_lines_left_out": int((notices["left_out"] > 0).sum()),
        "with_unread_signs": int((notices["unread"] > 0).sum()),
    }


def _repeated_ids(rows: ds.Dataset, is_text: pc.Expression) -> pa.Array:
    """Return the ids that more than one text has: those of equal hash first, which take 8 bytes
    for each text in memory, then those among them that are equal."""

    def hashed() -> Iterator[tuple[pa.Array, np.ndarray]]:
        for batch in rows.to_batches(columns=["id"], filter=is_text):
            yield batch["id"], pd.util.hash_array(batch["id"].to_numpy(False), categorize=False)

    none = np.empty(0, np.uint64)
    hashes = np.sort(np.concatenate([none, *(values for _, values in hashed())]))
    equal = np.unique(hashes[1:][hashes[1:] == hashes[:-1]])
    found = [ids.filter(pa.array(np.isin(values, equal))) for ids, values in hashed()]
    counts = pa.chunked_array(found, pa.string()).value_counts()
    return counts.field("values").filter(pc.greater(counts.field("counts"), 1))


def _count(scanner: ds.Scanner) -> collections.Counter[tuple]:
    """Return how many rows have each combination of values."""
    counts: collections.Counter[tuple] = collections.Counter()
    for batch in scanner.to_batches():
        groups = pa.table(batch).group_by(batch.schema.names).aggregate([([], "count_all")])
        for *values, number in zip(*groups.to_pydict().values(), strict=True):
            counts[tuple(values)] += number
    return counts


def _shares(counts: collections.Counter[tuple], codes: list[tuple[str, str]]) -> Iterator[tuple]:
    """Yield the rows of ``counts.csv`` in order."""
    for year, region, kind, _code_id in sorted(counts):
        if kind:
            continue
        texts = counts[year, region, "", ""]
        for code in codes:
            number = counts[year, region, *code]
            yield year, region, *code, texts, number, round(number / texts, 6)
