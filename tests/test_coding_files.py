"""Texts come out of files the same, and what is no text is refused in plain words."""

import io
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject

from threats.cli.main import main
from threats.coding import extraction
from threats.coding.coder import code, coded_to_dict
from threats.coding.extraction import MAX_FILE_BYTES, FileError, extract_text

RELEASE = Path(__file__).parent / "releases" / "focal-points-2021.txt"
TEXT = RELEASE.read_text(encoding="utf-8")
MENU = ("Home", "Countering terrorism", "Cyber/ICT Security", "Migration", "Gender equality")


def pdf(text, **options):
    page = FPDF()
    page.add_page()
    page.set_font("helvetica", size=11)
    plain = text.replace("“", '"').replace("”", '"')
    page.multi_cell(0, text=plain)
    return bytes(page.output())


def word(text):
    document, file = docx.Document(), io.BytesIO()
    title, *paragraphs = text.split("\n\n")
    document.add_heading(title)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(file)
    return file.getvalue()


def html(text):
    title, *paragraphs = text.split("\n\n")
    menu = "".join(f'<li><a href="/x">{entry}</a></li>' for entry in MENU)
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html><head><title>OSCE</title><style>p {{ color: red }}</style></head>"
        f"<body><script>var terror = 'drug trafficking';</script><nav><ul>{menu}</ul></nav>"
        f"<h1>{title}</h1>{body}</body></html>"
    ).encode()


def codes(text, data):
    told = coded_to_dict(code(text, data), "x")
    told.pop("text")
    for kind in ("threats", "responses", "regions", "organizations"):
        for found in told[kind]:
            found.pop("spans")
    return told


@pytest.mark.parametrize("make", [pdf, word, html], ids=["pdf", "docx", "html"])
def test_the_same_text_in_a_file_gives_the_same_codes(make, data):
    name = f"release.{ {pdf: 'pdf', word: 'docx', html: 'html'}[make] }"
    told, plain = codes(extract_text(name, make(TEXT)), data), codes(TEXT, data)
    assert told == plain


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_in_use_are_read(encoding):
    assert "“Borders" in extract_text("a.txt", TEXT.encode(encoding))


def encrypted():
    writer, file = PdfWriter(PdfReader(io.BytesIO(pdf(TEXT)))), io.BytesIO()
    writer.encrypt("secret")
    writer.write(file)
    return file.getvalue()


def scan():
    page = FPDF()
    page.add_page()
    page.rect(20, 20, 100, 100)
    return bytes(page.output())


def zipped(**files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


PICTURE = b"\x89PNG\r\n\x1a\n" + b"\x00" * 200
BOMB = zipped(**{"word/document.xml": b"<a>" + b" " * 60_000_000})
LAUGHS = zipped(
    **{
        "[Content_Types].xml": "<x/>",
        "word/document.xml": '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>',
    }
)
BAD = {
    "an encrypted PDF": ("a.pdf", encrypted(), "encrypted"),
    "a scan without text": ("a.pdf", scan(), "scan"),
    "a file that is too big": ("a.txt", b"x" * 20_000_000, "20.0 MB"),
    "a picture called a PDF": ("a.pdf", PICTURE, "not a PDF"),
    "a picture called a DOCX": ("a.docx", PICTURE, "not a DOCX"),
    "a picture called a text": ("a.txt", PICTURE, "not a text"),
    "a zip bomb": ("a.docx", BOMB, "unpacks"),
    "another zip": ("a.docx", zipped(**{"a.txt": "hello"}), "not a DOCX"),
    "a DOCX of nested entities": ("a.docx", LAUGHS, "damaged"),
    "an empty file": ("a.txt", b"", "empty"),
    "blanks": ("a.txt", b" \n ", "empty"),
    "a damaged PDF": ("a.pdf", b"%PDF-1.7 nothing more", "damaged"),
    "half a PDF": ("a.pdf", pdf(TEXT)[:900], "damaged"),
    "a DOCX cut off": ("a.docx", word(TEXT)[:3000], "damaged"),
    "HTML without text": ("a.html", b"<html><script>var a = 1</script></html>", "no text"),
    "another kind of file": ("a.exe", b"MZ", "Only TXT"),
    "too long a text": ("a.txt", b"word " * 100_000, "limit is 200,000"),
}


@pytest.mark.parametrize(("name", "content", "told"), BAD.values(), ids=BAD)
def test_a_file_that_cannot_be_coded_is_refused_in_plain_words(name, content, told, tmp_path):
    with pytest.raises(FileError, match=told):
        extract_text(name, content)
    (tmp_path / name).write_bytes(content)
    result = CliRunner().invoke(main, ["code", str(tmp_path / name)])
    assert result.exit_code == 1
    assert told in result.stderr
    assert name in result.stderr
    assert "Traceback" not in result.output + result.stderr


def test_a_long_file_is_not_read_whole(tmp_path):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(5_000_000_000)  # sparse
    result = CliRunner().invoke(main, ["code", str(tmp_path / "a.txt")])
    assert result.exit_code == 1
    assert "5000.0 MB; at most 5 MB" in result.stderr


def test_the_limit_is_the_one_that_the_page_names():
    assert MAX_FILE_BYTES == 5_000_000


def stream(content, **entries):
    made = StreamObject()
    made.set_data(content)
    made.update({NameObject(f"/{name}"): value for name, value in entries.items()})
    return made


def nested_pdf(levels=9, each=8, pages=100):
    """Return a PDF whose pages draw a form several times, which draws another as often, and so
    on: a few bytes, and on each page the work of ``each`` to the power of ``levels``."""
    writer, below = PdfWriter(), None
    for _ in range(levels + 1):
        name = DictionaryObject({NameObject("/X"): below} if below else {})
        below = writer._add_object(
            stream(
                b"/X Do\n" * each if below else b"BT () Tj ET\n",
                Type=NameObject("/XObject"),
                Subtype=NameObject("/Form"),
                BBox=ArrayObject([NumberObject(0)] * 4),
                Resources=DictionaryObject({NameObject("/XObject"): name}),
            )
        )
    content = writer._add_object(stream(b"/X Do\n"))
    forms = DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/X"): below})})
    for _ in range(pages):
        page = writer.add_blank_page(100, 100)
        page[NameObject("/Contents")], page[NameObject("/Resources")] = content, forms
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


HOSTILE = nested_pdf()


def test_a_file_that_takes_too_long_is_ended_by_the_clock(monkeypatch):
    monkeypatch.setattr(extraction, "EXTRACTION_TIMEOUT", 2)
    with pytest.raises(FileError, match="too long or too much memory"):
        extract_text("a.pdf", HOSTILE)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_file_that_takes_too_long_is_ended_by_the_time_of_the_processor(monkeypatch):
    monkeypatch.setattr(extraction, "EXTRACTION_TIMEOUT", 600)
    monkeypatch.setattr(extraction, "EXTRACTION_CPU_TIMEOUT", 2)
    with pytest.raises(FileError, match="too long or too much memory"):
        extract_text("a.pdf", HOSTILE)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory otherwise")
def test_a_file_that_takes_much_memory_takes_none_of_the_server():
    import resource

    document = b'<w:document xmlns:w="x">' + b"<w:p/>" * 8_000_000 + b"</w:document>"
    extract_text("a.docx", word(TEXT))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FileError, match=r"damaged|too much memory"):
        extract_text("a.docx", replaced(word(TEXT), "word/document.xml", document))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 200_000  # kB


def replaced(file, name, content):
    """Return a ZIP with another content of one of its files."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return zipped(**{n: archive.read(n) for n in archive.namelist()} | {name: content})


def test_few_files_are_read_at_once_and_who_waits_too_long_is_told(monkeypatch):
    monkeypatch.setattr(extraction, "EXTRACTION_QUEUE_TIMEOUT", 0)
    with extraction._worker_slots, extraction._worker_slots:
        with pytest.raises(FileError, match="Try again in a minute"):
            extract_text("a.docx", word(TEXT))
        assert "Borders" in extract_text("a.txt", TEXT.encode())
    assert "Borders" in extract_text("a.docx", word(TEXT))


def test_no_parser_of_files_runs_in_the_process_of_the_server(tmp_path):
    for make, kind in ((pdf, "pdf"), (word, "docx"), (html, "html")):
        (tmp_path / f"a.{kind}").write_bytes(make(TEXT))
    script = (
        "import pathlib, sys; from threats.coding.extraction import extract_text\n"
        f"for file in pathlib.Path({str(tmp_path)!r}).iterdir():\n"
        "    extract_text(file.name, file.read_bytes())\n"
        "print({'pypdf', 'docx', 'html_text', 'lxml'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", script]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert told.stdout.strip() == "set()", told.stderr


def table(cells, change):
    """Return a DOCX of a table with the words in its first column, changed by a function."""
    document, file = docx.Document(), io.BytesIO()
    made = document.add_table(rows=len(cells), cols=1)
    for row, words in zip(made.rows, cells, strict=True):
        row.cells[0].text = words
    change(made)
    document.save(file)
    return file.getvalue()


def test_a_cell_is_read_once_however_many_columns_it_spans():
    def spanning(made):
        made.rows[0]._tr.tc_lst[0].grid_span = 50_000_000

    content = table(["Smuggling of arms", "Drug trafficking"], spanning)
    assert extract_text("a.docx", content).split("\n") == ["Smuggling of arms", "Drug trafficking"]


def test_a_cell_is_read_once_however_many_rows_it_spans():
    def merged(made):
        made.cell(0, 0).merge(made.cell(1, 0))

    content = table(["Smuggling of arms", "", "Drug trafficking"], merged)
    told = " ".join(extract_text("a.docx", content).split())
    assert told == "Smuggling of arms Drug trafficking"


def test_marks_without_end_on_a_letter_are_refused_at_once():
    began = time.process_time()
    with pytest.raises(FileError, match="limit is 200,000"):
        extract_text("a.txt", ("Press release a" + "\u0301\u0323" * 120_000).encode())
    assert time.process_time() - began < 5  # a minute, if they are put in order first
