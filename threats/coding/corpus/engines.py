"""The engines: how each reads the files of a corpus, and writes and reads again what is made.

pandas reads piece by piece, DuckDB streams from disk and spills there, PySpark takes as many
machines as it is given. Everything between is in ``expressions`` and the same for all.
"""

import contextlib
import csv
import importlib
import json
import os
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import narwhals as nw
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from threats.coding.corpus.expressions import COLUMNS

PIECE = 2_000  # rows that pandas takes at once
# Bytes of files that make a step, which a broken run need not do again.
BATCH = {"pandas": 64_000_000, "duckdb": 1_000_000_000, "spark": 64_000_000_000}
_LONGEST_LINE = 16_000_000  # bytes of a line or cell


class CorpusError(Exception):
    """What keeps a corpus from being coded, in words for a reader."""


class Engine(NamedTuple):
    """What an engine is asked for.

    ``read`` gives the rows of some files of one kind, as text, in one or more frames, each with the
    bytes read so far (0: not known); ``saved`` the rows of Parquet files; ``write`` puts a frame
    into a new folder. ``progress`` tells the share done of what is being written. ``first_group``
    is how a replacement names the first group.
    """

    read: Callable[[list[Path], str], Iterator[tuple[nw.LazyFrame, int]]]
    saved: Callable[[list[Path]], nw.LazyFrame]
    write: Callable[[nw.LazyFrame, Path], None]
    progress: Callable[[], float]
    first_group: str


def cores() -> int:
    """Return the number of processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextlib.contextmanager
def engine(name: str, scratch: Path) -> Iterator[Engine]:
    """Give the engine of a name; ``scratch`` is a folder for what does not fit into memory. Raises
    CorpusError where it is not installed."""
    with {"pandas": _pandas, "duckdb": _duckdb, "spark": _spark}[name](scratch) as made:
        yield made


def _needed(module: str, name: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise CorpusError(
            f"The engine {name} is not installed; install it with: "
            f'python -m pip install "threats[corpus]", or {module.split(".")[0]} alone.'
        ) from error


@contextlib.contextmanager
def _pandas(scratch: Path) -> Iterator[Engine]:
    import pandas as pd

    def frame(table: pa.Table) -> nw.LazyFrame:
        # Text stays in Arrow's memory, where RE2 searches it.
        return nw.from_native(table.to_pandas(types_mapper=types.get)).lazy()

    types = {pa.string(): pd.ArrowDtype(pa.string()), pa.bool_(): pd.ArrowDtype(pa.bool_())}

    def read(files: list[Path], kind: str) -> Iterator[tuple[nw.LazyFrame, int]]:
        before = 0
        for file in files:
            for table, done in _PIECES[kind](file):
                yield frame(table), before + done
            before += file.stat().st_size

    def saved(files: list[Path]) -> nw.LazyFrame:
        return frame(pa.concat_tables(map(pq.read_table, files)))

    def write(made: nw.LazyFrame, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        table = pa.Table.from_pandas(made.collect().to_native(), preserve_index=False)
        pq.write_table(table, folder / f"part-{len(list(folder.iterdir())):06}.parquet")

    yield Engine(read, saved, write, lambda: 0.0, r"\1")


@contextlib.contextmanager
def _duckdb(scratch: Path) -> Iterator[Engine]:
    duckdb = _needed("duckdb", "duckdb")
    # The one that Narwhals unpivots on; a connection of its own could not be read there.
    connection = duckdb.default_connection()
    connection.execute(f"SET threads = {cores()}")
    connection.execute("SET preserve_insertion_order = false")
    connection.execute("SET temp_directory = ?", [str(scratch / "spill")])

    def asked(files: list[Path], kind: str) -> Any:
        names = [str(file) for file in files]
        if kind == "parquet":
            return connection.read_parquet(names, union_by_name=True)
        if kind == "csv":
            return connection.read_csv(
                names,
                header=True,
                all_varchar=True,
                delimiter=",",
                quotechar='"',
                escapechar='"',
                union_by_name=True,
                max_line_size=_LONGEST_LINE,
            )
        return connection.read_json(
            names,
            format="newline_delimited",
            columns=dict.fromkeys(COLUMNS, "VARCHAR"),
            maximum_object_size=_LONGEST_LINE,
        )

    def read(files: list[Path], kind: str) -> Iterator[tuple[nw.LazyFrame, int]]:
        with _told(duckdb.Error):
            yield _as_text(nw.from_native(asked(files, kind))), 0

    def saved(files: list[Path]) -> nw.LazyFrame:
        return nw.from_native(connection.read_parquet([str(file) for file in files]))

    def write(made: nw.LazyFrame, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        with _told(duckdb.Error):
            made.to_native().write_parquet(str(folder / "part-000000.parquet"))

    def progress() -> float:
        return max(0.0, connection.query_progress()) / 100

    yield Engine(read, saved, write, progress, r"\1")


@contextlib.contextmanager
def _spark(scratch: Path) -> Iterator[Engine]:
    with warnings.catch_warnings():
        # It warns of pandas 3, which nothing here hands to it.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
        sql = _needed("pyspark.sql", "spark")
        errors = importlib.import_module("pyspark.errors")
        java_error = importlib.import_module("py4j.protocol").Py4JError
        importlib.import_module("pyspark.testing")
    builder = sql.SparkSession.builder.appName("threats code")
    # Else where to run is told already.
    if not {"PYSPARK_SUBMIT_ARGS", "PYSPARK_GATEWAY_PORT"} & set(os.environ):
        builder = builder.master(f"local[{cores()}]").config("spark.driver.memory", "2g")
        builder = builder.config("spark.ui.enabled", "false")
        builder = builder.config("spark.ui.showConsoleProgress", "false")
        builder = builder.config("spark.log.level", "ERROR")
    # Few bytes of a file are much work here, so they are dealt out in small parts.
    builder = builder.config("spark.sql.files.maxPartitionBytes", "16m")
    builder = builder.config("spark.sql.files.openCostInBytes", "256k")
    try:
        session = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
    except (errors.PySparkException, OSError) as error:
        raise CorpusError(
            "Spark does not start; it needs Java 17 or newer on the path or in JAVA_HOME."
        ) from error
    schema = ", ".join(f"{name} STRING" for name in COLUMNS)

    def read(files: list[Path], kind: str) -> Iterator[tuple[nw.LazyFrame, int]]:
        names = [file.resolve().as_uri() for file in files]
        reader = session.read.option("mode", "FAILFAST")
        if kind == "parquet":
            rows = reader.option("mergeSchema", "true").parquet(*names)
        elif kind == "csv":
            options = dict(header=True, multiLine=True, quote='"', escape='"')
            reader = reader.options(maxCharsPerColumn=-1, enforceSchema=False, **options)
            # Columns stand in the order of each file, which its header tells.
            rows = reader.csv(names[0])
            for name in names[1:]:
                rows = rows.unionByName(reader.csv(name), allowMissingColumns=True)
        else:
            rows = reader.schema(schema).json(names)
        yield _as_text(nw.from_native(rows)), 0

    def saved(files: list[Path]) -> nw.LazyFrame:
        return nw.from_native(session.read.parquet(*(f.resolve().as_uri() for f in files)))

    def write(made: nw.LazyFrame, folder: Path) -> None:
        with _told(errors.PySparkException, java_error):
            made.to_native().write.mode("overwrite").parquet(folder.resolve().as_uri())

    def progress() -> float:
        tracker = session.sparkContext.statusTracker()
        stages = [tracker.getStageInfo(number) for number in tracker.getActiveStageIds()]
        tasks = sum(stage.numTasks for stage in stages if stage)
        return sum(stage.numCompletedTasks for stage in stages if stage) / tasks if tasks else 0.0

    try:
        yield Engine(read, saved, write, progress, "$1")
    finally:
        session.stop()


@contextlib.contextmanager
def _told(*errors: type[Exception]) -> Iterator[None]:
    try:
        yield
    except errors as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        raise CorpusError(f"The files cannot be read: {' '.join(lines[:3])[:500]}") from error


def _as_text(frame: nw.LazyFrame) -> nw.LazyFrame:
    names = frame.collect_schema().names()
    return frame.select(
        (nw.col(name).cast(nw.String) if name in names else nw.lit(None, nw.String)).alias(name)
        for name in COLUMNS
    )


def _parquet_pieces(file: Path) -> Iterator[tuple[pa.Table, int]]:
    opened = pq.ParquetFile(file)
    names = [name for name in COLUMNS if name in opened.schema_arrow.names]
    done, size, rows = 0, file.stat().st_size, opened.metadata.num_rows
    for batch in opened.iter_batches(PIECE, columns=names):
        done += len(batch)
        columns = {
            name: pc.cast(batch[name], pa.string())
            if name in names
            else pa.nulls(len(batch), pa.string())
            for name in COLUMNS
        }
        yield pa.table(columns), size * done // max(rows, 1)


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    return pa.table(
        {name: pa.array([_cell(r.get(name)) for r in rows]) for name in COLUMNS}, SCHEMA
    )


SCHEMA = pa.schema([(name, pa.string()) for name in COLUMNS])


def _cell(value: Any) -> str | None:
    if value is None:
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    # Half of a character of two halves is no character.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _csv_rows(opened: Any) -> Iterator[dict[str, Any]]:
    csv.field_size_limit(_LONGEST_LINE)
    reader = csv.DictReader(opened, strict=True)
    for row in reader:
        if None in row or None in row.values():
            raise ValueError(f"line {reader.line_num} has not as many cells as the header")
        yield row


def _json_rows(opened: Any) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(opened, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(f"line {number} is not JSON: {error.msg}") from error
        if not isinstance(row, dict):
            raise ValueError(f"line {number} is not a JSON object")
        yield row


def _text_pieces(rows_of: Callable[[Any], Iterator[dict[str, Any]]]):
    def pieces(file: Path) -> Iterator[tuple[pa.Table, int]]:
        with file.open("rb") as raw:
            rows, done = [], 0
            opened = (
                line.decode("utf-8" if number else "utf-8-sig") for number, line in enumerate(raw)
            )
            try:
                for row in rows_of(opened):
                    rows.append(row)
                    if len(rows) == PIECE:
                        done = raw.tell()
                        yield _table(rows), done
                        rows = []
            except (ValueError, csv.Error) as error:
                raise CorpusError(f"{file}: {error}") from error
            if rows:
                yield _table(rows), raw.tell()

    return pieces


_PIECES = {
    "parquet": _parquet_pieces,
    "csv": _text_pieces(_csv_rows),
    "jsonl": _text_pieces(_json_rows),
}
