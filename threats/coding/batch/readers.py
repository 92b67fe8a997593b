"""The files of a corpus, and their rows as Arrow batches."""

import csv
import itertools
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from threats.text import corpus as messages
from threats.text.translate import _

CORPUS_COLUMNS = ("id", "date", "text", "region", "source")
FILE_KINDS = {".parquet": "parquet", ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
BATCH_ROWS = 256
MAX_LINE_BYTES = 16_000_000
PIECE_BYTES = 16_000_000  # of a JSON-lines file
_READ_ERRORS = (OSError, ValueError, csv.Error, pa.ArrowException)

Batches = Iterator[tuple[pa.RecordBatch, float]]  # each with the share done so far


class CorpusError(Exception):
    """What keeps a corpus from being coded, in words for a reader."""


class Piece(NamedTuple):
    """A part of a file that can be read by itself, from ``start`` to ``stop``: row groups of
    Parquet, bytes of JSON-lines, or all of CSV, where a quoted cell may have line breaks."""

    file: str
    start: int
    stop: int

    @property
    def kind(self) -> str:
        return kind_of(Path(self.file))


def find_files(source: Path) -> list[Path]:
    """Return the files of a corpus, which is a file or a folder, in order.

    Raises
    ------
    CorpusError
        If there are none, files of several kinds, or one without the required columns.
    """
    found = [source] if source.is_file() else source.rglob("*")
    files = sorted(
        file
        for file in found
        if file.suffix.lower() in FILE_KINDS and file.is_file() and file.name[0] not in "._"
    )
    kinds = sorted({kind_of(file) for file in files})
    if not source.exists():
        raise CorpusError(_(messages.NO_CORPUS_MESSAGE, source=source))
    if not files:
        raise CorpusError(_(messages.NO_FILES_MESSAGE, source=source, kinds=", ".join(FILE_KINDS)))
    if len(kinds) > 1:
        several = ", ".join(kinds)
        raise CorpusError(_(messages.MIXED_FILES_MESSAGE, source=source, kinds=several))
    for file in files:
        missing = {"id", "date", "text"}.difference(_columns(file))
        if missing:
            names = ", ".join(name for name in CORPUS_COLUMNS if name in missing)
            raise CorpusError(_(messages.MISSING_COLUMNS_MESSAGE, file=file, columns=names))
    return files


def kind_of(file: Path) -> str:
    """Return the kind of a file, by its suffix."""
    return FILE_KINDS[file.suffix.lower()]


def _columns(file: Path) -> Iterable[str]:
    """Return the columns that a file names: of JSON-lines those of its first line."""
    try:
        if kind_of(file) == "parquet":
            return pq.read_schema(file).names
        with file.open(encoding="utf-8-sig", newline="") as opened:
            if kind_of(file) == "csv":
                return next(csv.reader(opened), [])
            first = json.loads(opened.readline() or "{}")
            return first if isinstance(first, dict) else []
    except _READ_ERRORS as error:
        raise CorpusError(_(messages.UNREADABLE_CORPUS_MESSAGE, file=file, reason=error)) from error


def split_into_pieces(files: Iterable[Path]) -> list[Piece]:
    """Return the pieces of files, in order."""
    every = []
    for file in files:
        kind = kind_of(file)
        stop = pq.read_metadata(file).num_row_groups if kind == "parquet" else file.stat().st_size
        step = {"parquet": 1, "csv": stop or 1, "jsonl": PIECE_BYTES}[kind]
        every += [Piece(str(file), at, min(at + step, stop)) for at in range(0, stop, step)]
    return every


def read_files(files: Iterable[Path]) -> Batches:
    """Yield the rows of files as ``read_piece`` does."""
    every = split_into_pieces(files)
    for number, piece in enumerate(every):
        for batch, share in read_piece(piece):
            yield batch, (number + share) / len(every)


def read_piece(piece: Piece) -> Batches:
    """Yield the rows of a piece in batches.

    Raises
    ------
    CorpusError
        For a row that cannot be read, with the name of the file.
    """
    try:
        for batch, share in (_read_parquet if piece.kind == "parquet" else _read_text)(piece):
            yield to_text_columns(batch), share
    except _READ_ERRORS as error:
        within = piece.start and piece.kind == "jsonl"
        message = messages.ROW_FROM_BYTE_MESSAGE if within else messages.ROW_MESSAGE
        values = {"file": piece.file, "reason": error, "start": piece.start}
        raise CorpusError(_(message, **values)) from error


def to_text_columns(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the columns of a corpus as valid text, with missing values and columns empty."""
    columns = [
        pc.cast(batch[name], pa.string()).fill_null("")
        if name in batch.schema.names
        else pa.repeat("", len(batch))
        for name in CORPUS_COLUMNS
    ]
    rows = pa.record_batch(columns, CORPUS_COLUMNS)
    rows.validate(full=True)
    return rows


def _read_parquet(piece: Piece) -> Batches:
    file, groups = pq.ParquetFile(piece.file), list(range(piece.start, piece.stop))
    columns = [name for name in CORPUS_COLUMNS if name in file.schema_arrow.names]
    total = sum(file.metadata.row_group(group).num_rows for group in groups)
    for number, batch in enumerate(file.iter_batches(BATCH_ROWS, groups, columns)):
        yield batch, number * BATCH_ROWS / total


def _read_text(piece: Piece) -> Batches:
    with open(piece.file, "rb") as file:
        rows = (_csv_rows if piece.kind == "csv" else _json_rows)(_lines(file, piece))
        while chunk := list(itertools.islice(rows, BATCH_ROWS)):
            cells = [
                pa.array([_as_text(row.get(name)) for row in chunk]) for name in CORPUS_COLUMNS
            ]
            share = (file.tell() - piece.start) / (piece.stop - piece.start)
            yield pa.record_batch(cells, CORPUS_COLUMNS), share


def _lines(file: BinaryIO, piece: Piece) -> Iterator[str]:
    """Yield the lines that begin in a piece of a file."""
    at = piece.start
    if at:
        file.seek(at - 1)
        at += len(file.readline()) - 1
    for line in file:
        if at >= piece.stop:
            return
        yield line.decode("utf-8" if at else "utf-8-sig")
        at += len(line)


def _csv_rows(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    csv.field_size_limit(MAX_LINE_BYTES)
    reader = csv.DictReader(lines, strict=True)
    for row in reader:
        if None in row or None in row.values():
            raise ValueError(_(messages.CELL_COUNT_MESSAGE, line=reader.line_num))
        yield row


def _json_rows(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(_(messages.NOT_JSON_MESSAGE, line=number, reason=error.msg)) from error
        if not isinstance(row, dict):
            raise ValueError(_(messages.NOT_OBJECT_MESSAGE, line=number))
        yield row


def _as_text(value: Any) -> str | None:
    if value is None:
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    # JSON can escape half of a surrogate pair, which is no character.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
