"""The command ``threats code``."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click
import pandas as pd

from threats.cli.filters import load_folder
from threats.coding.batch.dataset_writer import add_dataset
from threats.coding.batch.job import run_job
from threats.coding.batch.readers import CorpusError
from threats.coding.coder import code, coded_to_dict
from threats.coding.draft import propose_draft, to_dataset_rows
from threats.coding.draft_writer import add_to_dataset
from threats.coding.extraction import MAX_FILE_BYTES, FileError, extract_file
from threats.coding.file_text import FileText, Notice
from threats.coding.model import CodedText
from threats.coding.notices import notices_to_dicts, text_notices
from threats.dataset.harmless_csv import harmless_csv
from threats.dataset.model import Dataset, DatasetError
from threats.text import commands as text
from threats.text.file_notices import notice_message
from threats.text.translate import _

CODE_KINDS = ("threats", "responses", "regions", "organizations")


class CodedFile(NamedTuple):
    """A coded file, with notices on what of it is doubtful or left out."""

    file: str
    coded: CodedText
    notices: list[Notice]


Results = list[CodedFile]


@click.command(name="code", help=_(text.CODE_HELP))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "output",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help=_(text.CODE_FORMAT_HELP),
)
@click.option(
    "--add",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help=_(text.CODE_ADD_HELP),
)
@click.option("--set", "cells", multiple=True, metavar="COLUMN=VALUE", help=_(text.CODE_SET_HELP))
@click.option("--margins", is_flag=True, help=_(text.CODE_MARGINS_HELP))
@click.option("--any-field", is_flag=True, help=_(text.CODE_ANY_FIELD_HELP))
@click.option("--corpus", type=click.Path(path_type=Path), help=_(text.CODE_CORPUS_HELP))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help=_(text.CODE_OUT_HELP))
@click.option(
    "--engine",
    type=click.Choice(["pool", "duckdb", "spark", "pandas"]),
    default="pool",
    show_default=True,
    help=_(text.CODE_ENGINE_HELP),
)
def code_command(
    files: tuple[Path, ...],
    output: str,
    folder: Path | None,
    cells: tuple[str, ...],
    margins: bool,
    any_field: bool,
    corpus: Path | None,
    out: Path | None,
    engine: str,
) -> None:
    """Code press releases or a corpus."""
    for wrong, message in (
        (bool(files) == bool(corpus), text.FILES_OR_CORPUS_MESSAGE),
        (bool(corpus) != bool(out), text.CORPUS_AND_OUT_MESSAGE),
        (corpus and folder, text.ADD_WITHOUT_CORPUS_MESSAGE),
        (folder and len(files) > 1, text.ADD_ONE_FILE_MESSAGE),
        (cells and not folder, text.SET_WITH_ADD_MESSAGE),
    ):
        if wrong:
            raise click.UsageError(_(message))
    data = load_folder(folder)
    if corpus and out:
        _code_corpus(corpus, out, engine, data)
        return
    results, problems = _code_files(files, margins, any_field, data)
    click.echo(_FORMATTERS[output](results), nl=False)
    if output == "csv":
        for file, _coded, notices in results:
            for found in notices:
                message = notice_message(*found)
                click.echo(_(text.FILE_ERROR_MESSAGE, file=file, reason=message), err=True)
    if folder and results:
        _add_to_dataset(results[0].coded, data, cells)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        sys.exit(1)


def _code_files(
    files: tuple[Path, ...], margins: bool, any_field: bool, data: Dataset
) -> tuple[Results, list[str]]:
    """Return the coded texts, and a message for each file that cannot be read."""
    results, problems = [], []
    label, single = _(text.CODE_PROGRESS), len(files) == 1
    with click.progressbar(files, label=label, file=sys.stderr, hidden=single) as bar:
        for file in bar:
            try:
                read = _read_file(file, margins)
                coded = code(read.text, data, any_field)
                notices = [*read.notices, *text_notices(coded.document)]
                results.append(CodedFile(str(file), coded, notices))
                if coded.outside_field:
                    click.echo(_(text.OUTSIDE_FIELD_MESSAGE, file=file), err=True)
            except FileError as error:
                problems.append(_(text.FILE_ERROR_MESSAGE, file=file, reason=error))
    return results, problems


def _code_corpus(corpus: Path, out: Path, engine: str, data: Dataset) -> None:
    try:
        with click.progressbar(length=1000, label=_(text.CODE_PROGRESS), file=sys.stderr) as bar:

            def progress(share: float, step: str) -> None:
                bar.label = step.capitalize()
                bar.update(max(0, round(1000 * share) - bar.pos))
                bar.render_progress()

            summary = run_job(corpus, out, engine, data, progress)
        missing = add_dataset(out, data)
    except CorpusError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(_(text.RESUME_MESSAGE, reason=error)) from error
    files = {"counts": out / "counts.csv", "rejects_file": out / "rejects.csv"}
    click.echo(_(text.CORPUS_SUMMARY_MESSAGE, **summary, **files))
    if summary["with_lines_left_out"] or summary["with_unread_signs"]:
        click.echo(_(text.CORPUS_NOTICES_MESSAGE, **summary, notices=out / "notices.csv"))
    click.echo(missing or _(text.OPEN_DATASET_MESSAGE, folder=out / "dataset"))


def _read_file(file: Path, margins: bool) -> FileText:
    try:
        # One byte more than the limit shows that the file is too large.
        with file.open("rb") as opened:
            content = opened.read(MAX_FILE_BYTES + 1)
        if len(content) > MAX_FILE_BYTES:
            sizes = {"megabytes": file.stat().st_size / 1e6, "limit": MAX_FILE_BYTES / 1e6}
            raise FileError(_(text.FILE_TOO_LARGE_MESSAGE, **sizes))
    except OSError as error:
        raise FileError(_(text.FILE_UNREADABLE_MESSAGE, reason=error.strerror)) from error
    return extract_file(file.name, content, margins)


def _add_to_dataset(coded: CodedText, data: Dataset, assignments: tuple[str, ...]) -> None:
    draft = propose_draft(coded, data)
    cells = dict(assignment.partition("=")[::2] for assignment in assignments)
    unknown = [name for name in cells if name not in draft.meeting]
    if unknown:
        raise click.UsageError(_(text.UNKNOWN_COLUMNS_MESSAGE, columns=", ".join(unknown)))
    rows = to_dataset_rows(draft._replace(meeting=draft.meeting | cells))
    try:
        add_to_dataset(rows, data)
    except (DatasetError, OSError) as error:
        raise click.ClickException(_(text.NOTHING_ADDED_MESSAGE, reason=error)) from error
    counts = ", ".join(
        _(text.ROWS_OF_TABLE_LABEL, number=len(table), table=name)
        for name, table in rows.items()
        if table
    )
    meeting_id = rows["meetings"][0]["meeting_id"]
    click.echo(_(text.ROWS_ADDED_MESSAGE, counts=counts, meeting_id=meeting_id), err=True)


def _format_json_lines(results: Results) -> str:
    lines = []
    for file, coded, notices in results:
        left_out = [
            {"span": list(span), "reason": reason} for span, reason in coded.document.left_out
        ]
        more = {"notices": notices_to_dicts(notices), "left_out": left_out}
        lines.append(json.dumps(coded_to_dict(coded, file) | more, ensure_ascii=False) + "\n")
    return "".join(lines)


def _format_csv(results: Results) -> str:
    rows = []
    columns = ("file", "kind", "id", "role", "pandemic_link", "start", "end", "text", "rule")
    for file, coded, _notices in results:
        for kind in CODE_KINDS:
            for found in getattr(coded, kind):
                cells = (file, kind.removesuffix("s"), found.id, found.role, found.pandemic_link)
                for start, end in found.spans:
                    quotation = coded.document.text[start:end]
                    rows.append((*cells, start, end, quotation, "; ".join(found.rules)))
    return harmless_csv(pd.DataFrame(rows, columns=columns)).decode("utf-8")


def _format_table(results: Results) -> str:
    lines = []
    for file, coded, notices in results:
        lines.append(file)
        for found in notices:
            lines.append(f"  {_(text.NOTICE_LABEL, notice=notice_message(*found))}")
        for name, fact in coded.meeting.items():
            lines.append(f"  {name:23} {fact.value}  ({fact.reason})")
        for kind in CODE_KINDS:
            codes = getattr(coded, kind)
            lines.append(f"  {kind}:" if codes else f"  {kind}: {_(text.NONE_FOUND_LABEL)}")
            for found in codes:
                start, end = found.spans[0]
                quotation = " ".join(coded.document.text[start:end].split())
                quoted = text.occurrences_label(quotation, len(found.spans))
                role = " ".join(filter(None, (found.role, found.pandemic_link)))
                reasons = "; ".join(filter(None, (found.role_reason, found.link_reason)))
                reason = f"  ({reasons})" if reasons else ""
                lines.append(f"    {found.id:30} {role:20} {quoted}{reason}")
        lines.append("")
    return "\n".join(lines) + "\n" if lines else ""


_FORMATTERS: dict[str, Callable[[Results], str]] = {
    "json": _format_json_lines,
    "csv": _format_csv,
    "table": _format_table,
}
