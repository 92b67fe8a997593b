"""The command ``threats code``."""

import csv
import io
import json
import sys
from pathlib import Path

import click

from threats.cli.filters import announce_default_folder
from threats.coding.coder import code, coded_to_dict
from threats.coding.corpus.engines import CorpusError
from threats.coding.corpus.package import add_dataset
from threats.coding.corpus.run import run
from threats.coding.draft import propose_draft, to_dataset_rows
from threats.coding.draft_writer import add_to_dataset
from threats.coding.extraction import MAX_FILE_BYTES, extract_text
from threats.coding.extraction_worker import FileError
from threats.coding.model import CodedText
from threats.dataset.model import Dataset, DatasetError, load

CODE_KINDS = ("threats", "responses", "regions", "organizations")


@click.command(name="code")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="A table to read, one JSON object a file and line, or CSV with a row for each place.",
)
@click.option(
    "--add",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Add the rows of the one FILE to the dataset in this folder, all or none.",
)
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="With --add: a cell of meetings.csv, such as source_url=https://…; repeatable.",
)
@click.option(
    "--corpus",
    type=click.Path(path_type=Path),
    help="A file or folder of Parquet, CSV or JSON-lines with columns id, date and text, and if "
    "known region and source, to code in place of FILES.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="With --corpus: folder."
)
@click.option(
    "--engine",
    type=click.Choice(["pandas", "duckdb", "spark"]),
    default="pandas",
    show_default=True,
    help="With --corpus: what works on it.",
)
def code_command(
    files: tuple[Path, ...],
    form: str,
    folder: Path | None,
    given: tuple[str, ...],
    corpus: Path | None,
    out: Path | None,
    engine: str,
) -> None:
    """Code press releases: threats, responses, regions, organizations and the meeting's facts.

    Reads TXT, PDF, DOCX and HTML by the keyword rules of the dataset (THREATS_DATA, else the one
    that comes with the package). A file that cannot be read is named at the end; the exit code is
    then 1. With --corpus and --out a corpus is coded into mentions, counts by year and, where each
    text has its source, a dataset for the dashboard.
    """
    if bool(files) == bool(corpus):
        raise click.UsageError("Name FILES, or a --corpus.")
    if bool(corpus) != bool(out):
        raise click.UsageError("--corpus and --out go together.")
    if corpus and folder:
        raise click.UsageError("--add takes one FILE and no --corpus.")
    if folder and len(files) > 1:
        raise click.UsageError("--add takes one FILE, as its source is given beside it.")
    if given and not folder:
        raise click.UsageError("--set goes with --add.")
    announce_default_folder(folder)
    try:
        data = load(folder)
    except DatasetError as error:
        raise click.ClickException(f"{error}\nThe dataset has these problems.") from error
    if corpus and out:
        _code_corpus(corpus, out, engine, data)
        return
    told, wrong = [], []
    with click.progressbar(files, label="Coding", file=sys.stderr, hidden=len(files) == 1) as bar:
        for file in bar:
            try:
                told.append((str(file), code(_read_text(file), data)))
            except FileError as error:
                wrong.append(f"{file}: {error}")
    click.echo(_FORMATTERS[form](told, data), nl=False)
    if folder and told:
        _add_to_dataset(told[0][1], data, given)
    for problem in wrong:
        click.echo(problem, err=True)
    if wrong:
        sys.exit(1)


def _code_corpus(corpus: Path, out: Path, engine: str, data: Dataset) -> None:
    # Arrow takes a moment to import, which single texts do not need.

    try:
        with click.progressbar(length=1000, label="Coding", file=sys.stderr) as bar:

            def told(share: float, what: str) -> None:
                bar.label = what.capitalize()
                bar.update(max(0, round(1000 * share) - bar.pos))
                bar.render_progress()

            summary = run(corpus, out, engine, data, told)
        missing = add_dataset(out, data)
    except CorpusError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error}\nStart again to go on from here.") from error
    click.echo(
        f"{summary['texts']:,} texts with {summary['mentions']:,} mentions, by year in "
        f"{out / 'counts.csv'}; {summary['rejects']:,} rows refused, in {out / 'rejects.csv'}."
    )
    click.echo(missing or f"To see it: THREATS_DATA={out / 'dataset'} streamlit run app.py")


def _read_text(file: Path) -> str:
    try:
        # A byte more than is read tells that there is too much.
        with file.open("rb") as opened:
            content = opened.read(MAX_FILE_BYTES + 1)
        if len(content) > MAX_FILE_BYTES:
            raise FileError(
                f"The file has {file.stat().st_size / 1e6:.1f} MB; "
                f"at most {MAX_FILE_BYTES / 1e6:.0f} MB are read."
            )
    except OSError as error:
        raise FileError(f"The file cannot be read: {error.strerror}.") from error
    return extract_text(file.name, content)


def _add_to_dataset(coded: CodedText, data: Dataset, assignments: tuple[str, ...]) -> None:
    draft = propose_draft(coded, data)
    cells = dict(text.partition("=")[::2] for text in assignments)
    strange = [name for name in cells if name not in draft.meeting]
    if strange:
        raise click.UsageError("No column of meetings.csv: " + ", ".join(strange))
    rows = to_dataset_rows(draft._replace(meeting=draft.meeting | cells))
    try:
        add_to_dataset(rows, data)
    except DatasetError as error:
        raise click.ClickException(f"{error}\nNothing was added.") from error
    except OSError as error:
        raise click.ClickException(f"{error}\nNothing was added.") from error
    counts = ", ".join(f"{len(table)} to {name}.csv" for name, table in rows.items() if table)
    click.echo(f"Added {counts}, as {rows['meetings'][0]['meeting_id']}.", err=True)


def _format_json_lines(results: list[tuple[str, CodedText]], data: Dataset) -> str:
    return "".join(
        json.dumps(coded_to_dict(coded, file), ensure_ascii=False) + "\n" for file, coded in results
    )


def _format_csv(results: list[tuple[str, CodedText]], data: Dataset) -> str:
    text = io.StringIO()
    columns = ("file", "kind", "id", "role", "pandemic_link", "start", "end", "text", "rule")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    for file, coded in results:
        for kind in CODE_KINDS:
            for found in getattr(coded, kind):
                for start, end in found.spans:
                    writer.writerow(
                        {
                            "file": file,
                            "kind": kind.removesuffix("s"),
                            "id": found.id,
                            "role": found.role,
                            "pandemic_link": found.pandemic_link,
                            "start": start,
                            "end": end,
                            "text": coded.document.text[start:end],
                            "rule": "; ".join(found.rules),
                        }
                    )
    return text.getvalue()


def _format_table(results: list[tuple[str, CodedText]], data: Dataset) -> str:
    lines = []
    for file, coded in results:
        lines.append(file)
        for name, fact in coded.meeting.items():
            lines.append(f"  {name:23} {fact.value}  ({fact.reason})")
        for kind in CODE_KINDS:
            lines.append(f"  {kind}:" if getattr(coded, kind) else f"  {kind}: none found")
            for found in getattr(coded, kind):
                start, end = found.spans[0]
                times = f", {len(found.spans)} times" if len(found.spans) > 1 else ""
                quoted = " ".join(coded.document.text[start:end].split())
                told_of = " ".join(filter(None, (found.role, found.pandemic_link)))
                why = "; ".join(filter(None, (found.role_reason, found.link_reason)))
                reason = f"  ({why})" if why else ""
                lines.append(f"    {found.id:30} {told_of:20} “{quoted}”{times}{reason}")
        lines.append("")
    return "\n".join(lines) + "\n" if lines else ""


_FORMATTERS = {"json": _format_json_lines, "csv": _format_csv, "table": _format_table}
