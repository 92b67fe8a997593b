"""The engines: where the one coder of texts runs.

``pool`` reads in this process and codes in one process for each core. ``duckdb`` reads by DuckDB on
several threads and codes in the same processes. ``spark`` reads and codes on a Spark cluster.

An engine takes the function that codes a batch, and gives one that codes files of one kind: it
writes their coded rows into a new folder, and yields the share done meanwhile.
"""

import collections
import concurrent.futures
import contextlib
import functools
import importlib
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from threats.coding.batch import readers
from threats.coding.batch.coder import CODED_SCHEMA, INTEGER_COLUMNS
from threats.coding.batch.readers import (
    CORPUS_COLUMNS,
    MAX_LINE_BYTES,
    Batches,
    CorpusError,
    Piece,
    kind_of,
    read_files,
    read_piece,
    split_into_pieces,
    to_text_columns,
)
from threats.text import corpus as messages
from threats.text.translate import _

# Bytes of files in a step, which an interrupted run need not repeat.
STEP_BYTES = {"pool": 64_000_000, "duckdb": 1_000_000_000, "spark": 64_000_000_000}
CodeBatch = Callable[[pa.RecordBatch], pa.RecordBatch]
CodeFiles = Callable[[list[Path], Path], Iterator[float]]
_GROUP_BATCHES = 100  # that make a row group of Parquet
_TASKS_A_CORE = 20  # of Spark at most
_PIECE = "file string, start long, stop long"
_CODED = ", ".join(
    f"{name} {'int' if name in INTEGER_COLUMNS else 'string'}" for name in CODED_SCHEMA.names
)


def available_cores() -> int:
    """Return the number of processor cores that this process may use."""
    known = hasattr(os, "sched_getaffinity")
    return len(os.sched_getaffinity(0)) if known else os.cpu_count() or 1


@contextlib.contextmanager
def _pool(
    code_batch: CodeBatch, read: Callable[[list[Path]], Batches] = read_files
) -> Iterator[CodeFiles]:
    forkserver = "forkserver" in multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("forkserver" if forkserver else "spawn")
    if forkserver:
        context.set_forkserver_preload(["threats.coding.batch.coder"])
    pool = concurrent.futures.ProcessPoolExecutor(available_cores(), context, _start_worker)

    def in_order(batches: Batches) -> Batches:
        waiting: collections.deque = collections.deque()
        for batch, share in batches:
            waiting.append((pool.submit(code_batch, batch), share))
            if len(waiting) > 3 * available_cores():
                future, done = waiting.popleft()
                yield future.result(), done
        for future, done in waiting:
            yield future.result(), done

    def code(files: list[Path], folder: Path) -> Iterator[float]:
        folder.mkdir()
        with pq.ParquetWriter(
            folder / "part-0.parquet", CODED_SCHEMA, compression="zstd"
        ) as writer:
            group: list[pa.RecordBatch] = []
            for rows, share in in_order(read(files)):
                group.append(rows)
                if len(group) == _GROUP_BATCHES:
                    writer.write_table(pa.Table.from_batches(group))
                    group = []
                yield share
            writer.write_table(pa.Table.from_batches(group, CODED_SCHEMA))

    try:
        yield code
    except concurrent.futures.process.BrokenProcessPool as error:
        raise CorpusError(_(messages.WORKER_LOST_MESSAGE)) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _start_worker() -> None:
    """Leave Ctrl-C to the parent process, and end when it does, even if it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent: Any = multiprocessing.parent_process()
    threading.Thread(target=lambda: (parent.join(), os._exit(1)), daemon=True).start()


def _duckdb(code_batch: CodeBatch) -> contextlib.AbstractContextManager[CodeFiles]:
    duckdb = _imported("duckdb", "duckdb")
    connection = duckdb.connect()
    connection.execute(f"SET threads = {available_cores()}; SET preserve_insertion_order = false")
    connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
    csv = dict(header=True, all_varchar=True, delimiter=",", quotechar='"', escapechar='"')
    csv |= dict(union_by_name=True, max_line_size=MAX_LINE_BYTES)
    json = dict(format="newline_delimited", maximum_object_size=MAX_LINE_BYTES)
    json |= dict(columns=dict.fromkeys(CORPUS_COLUMNS, "VARCHAR"))
    read = {
        "parquet": functools.partial(connection.read_parquet, union_by_name=True),
        "csv": functools.partial(connection.read_csv, **csv),
        "jsonl": functools.partial(connection.read_json, **json),
    }

    def rows(files: list[Path]) -> Batches:
        try:
            table = read[kind_of(files[0])]([str(file) for file in files])
            table = table.select(*(name for name in CORPUS_COLUMNS if name in table.columns))
            for batch in table.to_arrow_reader(readers.BATCH_ROWS):
                yield to_text_columns(batch), max(connection.query_progress(), 0) / 100
        except (duckdb.Error, pa.ArrowException) as error:
            raise CorpusError(_(messages.FILES_UNREADABLE_MESSAGE, reason=_short(error))) from error

    return _pool(code_batch, rows)


@contextlib.contextmanager
def _spark(code_batch: CodeBatch) -> Iterator[CodeFiles]:
    # Nothing here hands anything to pandas, of which PySpark warns.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
    running = _imported("pyspark.sql", "spark").SparkSession.getActiveSession()
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    session = running or start_spark()
    context = session.sparkContext

    def code(files: list[Path], folder: Path) -> Iterator[float]:
        every = list(map(tuple, split_into_pieces(files)))
        tasks = min(len(every), _TASKS_A_CORE * context.defaultParallelism) or 1
        table = session.createDataFrame(context.parallelize(every, tasks), _PIECE)
        coded = table.mapInArrow(functools.partial(_code_pieces, code_batch), _CODED)
        try:
            coded.write.parquet(folder.resolve().as_uri())
        except (PySparkException, Py4JError) as error:
            raise CorpusError(_short(error)) from error
        yield 1.0

    try:
        yield code
    finally:
        if not running:
            session.stop()


def start_spark() -> Any:
    """Return a new Spark session: on this machine, unless PySpark's variables name another place.

    Raises
    ------
    CorpusError
        If Spark does not start.
    """
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("threats code")
    if not {"PYSPARK_SUBMIT_ARGS", "PYSPARK_GATEWAY_PORT"} & set(os.environ):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = builder.master(f"local[{available_cores()}]").config("spark.ui.enabled", "false")
    try:
        return builder.config("spark.log.level", "ERROR").getOrCreate()
    except (PySparkException, OSError) as error:
        raise CorpusError(_(messages.NO_JAVA_MESSAGE)) from error


def _code_pieces(code_batch: CodeBatch, table: Iterator[pa.RecordBatch]) -> Iterator:
    """Yield the coded rows of a table of pieces, in a process of Spark's."""
    for batch in table:
        for piece in zip(*batch.to_pydict().values(), strict=True):
            for rows, _share in read_piece(Piece(*piece)):
                yield code_batch(rows)


def _short(error: Exception) -> str:
    """Return the first lines of what is wrong, of a process of Spark's its own error."""
    _module, raised, message = str(error).rpartition("CorpusError: ")
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    return " ".join(lines[: 1 if raised else 3])[:500]


def _imported(module: str, name: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise CorpusError(messages.no_engine_message(name, module.split(".")[0])) from error


ENGINES = {"pool": _pool, "duckdb": _duckdb, "spark": _spark}
