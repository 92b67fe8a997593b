"""A brief as files: DOCX, PDF, HTML and Markdown, and the command that writes them."""

import io
import os
import re
import shutil
import subprocess
import tempfile
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from threats.brief.docx_writer import write_docx
from threats.brief.html_writer import write_html
from threats.brief.markdown_writer import write_markdown
from threats.brief.model import BriefTable, Section, Statement
from threats.brief.outline import build_brief
from threats.brief.writers import ANNEX_FORMATS, BRIEF_FORMATS, write_brief
from threats.cli.main import main
from threats.dataset.store import open_dataset
from threats.exports.chrome import RenderError, stop_browser
from threats.exports.urls import View
from threats.stats.filters import Selection, to_params
from threats.stats.selection import select
from threats.text.brief_titles import SOURCES_TITLE

CHOICE = Selection(region=("central_asia",), threat=("trafficking_in_persons", "drug_trafficking"))
WIDEST = Selection(region=("central_asia", "south_caucasus", "mediterranean_partners"))
REGIONS = list(open_dataset().names("regions"))
THEMES = list(open_dataset().names("threat_categories"))[::3]


def view(selection=CHOICE):
    selected = select(open_dataset(), selection)
    return View("brief", selected, to_params(selection), "https://threats.example")


@pytest.fixture
def no_browser(monkeypatch, tmp_path):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))


@pytest.fixture(scope="module")
def made():
    return build_brief(view().selected)


@pytest.fixture(scope="module")
def word(chromium):
    return write_brief("docx", view())


@pytest.fixture(scope="module")
def annexes(chromium):
    return write_brief("docx", view(), annexes=True)


def office():
    """Return LibreOffice's program; without it skip here and fail in CI."""
    found = shutil.which("soffice")
    if not found:
        reason = "no LibreOffice on this machine"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def as_pdf(content, folder):
    """Return a DOCX as LibreOffice prints it."""
    (folder / "brief.docx").write_bytes(content)
    command = [office(), f"-env:UserInstallation=file://{folder}/office", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(folder / "brief.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return PdfReader(folder / "brief.pdf")


def test_there_are_ten_themes_to_try():
    assert len(THEMES) == 10


@pytest.mark.slow
@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("region", REGIONS)
def test_every_region_and_theme_makes_a_brief(region):
    for threat in THEMES:
        chosen = view(Selection(region=(region,), threat=(threat,)))
        text = write_brief("md", chosen).decode("utf-8")
        assert not re.search(r"\bnan\b|<NA>|None\b(?! of)|  \w|\b1 meetings|\b0 of 0\b", text), text
        selected = chosen.selected.with_filter(courses=True)  # as a brief counts them
        if not (selected.meetings["known"]).any():
            assert "cannot be identified" in text or "no agenda for" in text
        if not set(selected.agenda["threat_id"]) & {threat}:
            assert "so there is no response" in text
        assert f"## {SOURCES_TITLE}" in text
    assert Document(io.BytesIO(write_brief("docx", chosen))).paragraphs[0].style.name == "Title"
    assert b"</html>" in write_brief("html", chosen)


def test_the_two_pages_have_a_date_what_follows_and_a_link_to_the_annexes(word, made):
    doc = Document(io.BytesIO(word))
    headings = [p.text for p in doc.paragraphs if p.style.name == "Heading 1"]
    assert headings == [part.title for part in made.front]
    told = [p.text for p in doc.paragraphs]
    assert told[0] == made.title
    assert re.match(rf"\d+ \w+ \d{{4}}\. Made from .*{made_version()}", told[1])
    assert told[2] == made.subtitle
    assert told[3] == made.summary
    assert made.summary.startswith("So what: ")
    links = {rel.target_ref for rel in doc.part.rels.values() if rel.is_external}
    annexes = "https://threats.example/download/brief-annexes.docx?region=central_asia"
    assert any(link.startswith(annexes) for link in links)
    precedents = next(part for part in made.front if part.name == "discussed-before").tables[0]
    assert set(precedents.links) <= links
    _captions(doc)


def made_version():
    return re.escape(open_dataset().version)


def test_the_annexes_have_headings_contents_and_captions(annexes, made):
    doc = Document(io.BytesIO(annexes))
    assert doc.paragraphs[0].text == f"Annexes. {made.title}"
    headings = [p.text for p in doc.paragraphs if p.style.name == "Heading 1"]
    assert headings == [part.title for part in made.annexes] + [SOURCES_TITLE]
    body = doc.element.body
    entries = [p.text for p in doc.paragraphs if p.style.name == "TOC 1"]
    assert entries == headings
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    anchors = [a for a in (link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))) if a]
    assert len(anchors) == len(headings)
    assert set(anchors) == marks
    codes = [code.text.strip() for code in body.iter(qn("w:instrText"))]
    assert [code for code in codes if code.startswith("TOC")] == ['TOC \\o "1-1" \\h \\z \\u']
    kinds = [field.get(qn("w:fldCharType")) for field in body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == len(codes)
    _captions(doc)


def _captions(doc):
    """Check that figures and tables are numbered by fields."""
    codes = [code.text.strip() for code in doc.element.body.iter(qn("w:instrText"))]
    captions = [p.text for p in doc.paragraphs if p.style.name == "Caption"]
    for kind, count in (("Figure", len(doc.inline_shapes)), ("Table", len(doc.tables))):
        own = [text for text in captions if text.startswith(kind)]
        assert [text.split(".")[0] for text in own] == [f"{kind} {n + 1}" for n in range(count)]
        assert codes.count(f"SEQ {kind} \\* ARABIC") == count


def test_the_word_files_say_what_their_pictures_show(word, annexes, made):
    files = (Document(io.BytesIO(content)) for content in (word, annexes))
    shapes = [shape for doc in files for shape in doc.inline_shapes]
    alts = [shape._inline.docPr.get("descr") for shape in shapes]
    assert alts == [chart.alt for chart in made.charts]
    assert all(len(alt) > 30 for alt in alts)


def test_the_tables_of_the_word_files_can_be_read_and_edited(word, annexes, made):
    tables = [t for part in (*made.front, *made.annexes) for t in part.tables if len(t.frame)]
    shown_tables = [t for file in (word, annexes) for t in Document(io.BytesIO(file)).tables]
    assert len(shown_tables) == len(tables)
    for shown, table in zip(shown_tables, tables, strict=True):
        assert [cell.text for cell in shown.rows[0].cells] == list(table.frame.columns)
        assert shown.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert len(shown.rows) == len(table.frame) + 1
        last = table.frame.iloc[-1]
        assert [cell.text for cell in shown.rows[-1].cells] == [str(value) for value in last]


def test_the_word_file_says_language_and_title_and_invents_no_author(word, made):
    doc = Document(io.BytesIO(word))
    known = doc.core_properties
    assert (known.title, known.language) == (made.title, "en-GB")
    assert known.author == known.last_modified_by == known.comments == ""
    languages = {lang.get(qn("w:val")) for lang in doc.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    foot = doc.sections[0].footer._element
    assert {"PAGE", "NUMPAGES"} <= {c.text.strip() for c in foot.iter(qn("w:instrText"))}
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"python-docx" not in everything


def test_libreoffice_opens_the_brief_as_two_pages_and_the_annexes(word, annexes, made, tmp_path):
    pages = [page.extract_text() for page in as_pdf(word, tmp_path).pages]
    assert len(pages) == 2
    # Without spaces, as a line may break within a range of years.
    front = "".join(" ".join(pages[:2]).split())
    foot = re.escape("".join(made.title.split())) + r"\d+of\d+"
    front = re.sub(foot, "", front)  # it may stand within a sentence
    for part in made.front:
        for statement in part.statements:
            assert "".join(statement.text.split()) in front
    pages = [page.extract_text() for page in as_pdf(annexes, tmp_path).pages]
    assert "Annex A: Precedents" in pages[0]
    assert made.sources[-1].title[:30] in " ".join(" ".join(pages[-2:]).split())


MANY = [
    Selection(),
    WIDEST,
    Selection(region=tuple(REGIONS[1:]), threat=tuple(open_dataset().names("threat_categories"))),
    Selection(region=("south_eastern_europe",), threat=tuple(THEMES[:6])),
    Selection(threat=("firearms_trafficking", "environmental_crime"), years=(2012, 2024)),
    *(Selection(region=(region,)) for region in REGIONS),
]


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(MANY)))
@pytest.mark.usefixtures("chromium")
def test_every_brief_has_at_most_two_pages(number, tmp_path):
    assert len(as_pdf(write_brief("docx", view(MANY[number])), tmp_path).pages) <= 2


@pytest.mark.parametrize("selection", [CHOICE, WIDEST], ids=["usual", "widest"])
@pytest.mark.usefixtures("chromium")
def test_the_pdf_is_tagged_and_has_two_pages_that_stand_alone(selection):
    chosen = view(selection)
    reader = PdfReader(io.BytesIO(write_brief("pdf", chosen)))
    made = build_brief(chosen.selected)
    assert reader.metadata.title == made.title
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert len(reader.outline)
    # Chrome writes some letters as ligatures.
    pages = [unicodedata.normalize("NFKC", page.extract_text()) for page in reader.pages]
    assert len(pages) == 2
    assert made.front[-1].title in " ".join(pages)
    reader = PdfReader(io.BytesIO(write_brief("pdf", chosen, annexes=True)))
    assert reader.metadata.title == f"Annexes. {made.title}"
    pages = [unicodedata.normalize("NFKC", page.extract_text()) for page in reader.pages]
    assert "Contents" in pages[0]
    assert pages[4].rstrip().endswith(f"5 of {len(pages)}")


@pytest.mark.usefixtures("chromium")
def test_the_html_page_needs_nothing_from_elsewhere(made):
    page = write_brief("html", view()).decode("utf-8")
    assert not re.search(r"<(script|link|iframe|img)\b", page)
    assert not re.search(
        r"url\((?!\s*['\"]?#)", page.replace("&quot;", "").replace("url('#", "url(#")
    )
    assert page.count("<h1>") == 1
    assert page.count("<svg class=") >= len(made.charts)
    for chart in made.charts:
        assert f'aria-label="{_escaped(chart.alt)}"' in page
    for source in made.sources:
        assert _escaped(source.address) in page


def _escaped(text):
    from markupsafe import escape

    return str(escape(text))


@pytest.mark.usefixtures("no_browser")
def test_without_a_browser_the_file_says_why_it_has_no_pictures():
    doc = Document(io.BytesIO(write_brief("docx", view())))
    assert not doc.inline_shapes
    assert any("no Chrome or Chromium" in p.text for p in doc.paragraphs)
    assert "no Chrome or Chromium" in write_brief("html", view()).decode("utf-8")
    with pytest.raises(RenderError):
        write_brief("pdf", view())


HOSTILE = "<script>alert(1)</script> [x](javascript:y) | `a` *b* \x07 {{ 7 * 7 }} $x$ &amp;"


def hostile(made):
    table = BriefTable(HOSTILE, pd.DataFrame({HOSTILE: [HOSTILE]}))
    section = Section(
        name="x", title=HOSTILE, statements=(Statement(HOSTILE, sources=(1,)),), tables=(table,)
    )
    sources = (made.sources[0]._replace(title=HOSTILE, address="javascript:alert(1)"),)
    return replace(
        made, title=HOSTILE, subtitle=HOSTILE, front=(section,), annexes=(section,), sources=sources
    )


def test_text_stays_text_in_every_form(made):
    bad = hostile(made)
    page = write_html(bad, {}, "", [HOSTILE], "https://threats.example")
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "49" not in page
    text = write_markdown(bad, [HOSTILE])
    assert "<script>" not in text.replace("\\<", "")
    assert "](javascript" not in text.replace("\\]", "")
    assert "<javascript" not in text
    row = next(line for line in text.splitlines() if line.startswith("| \\<script"))
    assert len(re.findall(r"(?<!\\)\|", row)) == 2
    doc = Document(io.BytesIO(write_docx(bad, {}, "", [HOSTILE])))
    assert doc.paragraphs[0].text == HOSTILE.replace("\x07", "")
    links = [rel.target_ref for rel in doc.part.rels.values() if rel.is_external]
    assert not any("javascript" in link for link in links)


class Stop(Exception):
    pass


@pytest.mark.parametrize("form", BRIEF_FORMATS)
@pytest.mark.usefixtures("chromium")
def test_it_tells_how_far_it_is_and_ends_when_told(form):
    seen = []
    write_brief(form, view(), lambda share, what: seen.append((share, what)))
    assert [share for share, _ in seen] == sorted(share for share, _ in seen)
    assert all(0 <= share < 1 and what for share, what in seen)
    for stop in range(len(seen)):
        asked = []

        def progress(share, what, asked=asked, stop=stop):
            asked.append(what)
            if len(asked) > stop:
                raise Stop

        with pytest.raises(Stop):
            write_brief(form, view(), progress)
        assert len(asked) == stop + 1


@pytest.fixture
def short_folder():
    """Return a folder of a short path, as a socket of the browser has at most 107 characters."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.mark.usefixtures("chromium")
def test_nothing_is_left_on_disk(short_folder, monkeypatch, made):
    stop_browser()
    monkeypatch.setenv("TMPDIR", str(short_folder))
    monkeypatch.setattr(tempfile, "tempdir", str(short_folder))
    monkeypatch.chdir(short_folder)
    for form in BRIEF_FORMATS:
        write_brief(form, view())
    title = made.title.encode("utf-8")
    files = [path for path in short_folder.rglob("*") if path.is_file()]
    held = [path for path in files if title in path.read_bytes()]
    stop_browser()
    assert not held
    assert not [path for path in short_folder.rglob("*") if path.is_file()]
    monkeypatch.undo()


def run(*arguments):
    return CliRunner().invoke(main, ["brief", *map(str, arguments)])


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("form", ["docx", "html", "md"])
def test_the_command_writes_the_same_brief(tmp_path, form, made):
    out = tmp_path / f"brief.{form}"
    done = run(
        *("--region", "central_asia", "--threat", "trafficking_in_persons"),
        *("--threat", "drug_trafficking", "--out", out, "--address", "https://threats.example/"),
    )
    assert done.exit_code == 0, done.output
    assert f"Written to {out}" in done.output
    content = out.read_bytes()
    if form == "docx":
        assert Document(io.BytesIO(content)).paragraphs[0].text == made.title
    else:
        assert made.title in content.decode("utf-8")
        assert "https://threats.example/brief?region=central_asia" in content.decode(
            "utf-8"
        ).replace("\\", "")


@pytest.mark.usefixtures("no_browser")
def test_the_command_writes_the_annexes(tmp_path):
    out = tmp_path / "annexes.docx"
    done = run("--region", "central_asia", "--threat", "corruption", "--annexes", "--out", out)
    assert done.exit_code == 0, done.output
    title = Document(out).paragraphs[0].text
    assert title == "Annexes. Corruption: a brief for Central Asia"
    done = run("--annexes", "--out", tmp_path / "annexes.md")
    assert done.exit_code == 2
    assert ", ".join(ANNEX_FORMATS) in done.output


@pytest.mark.usefixtures("chromium")
def test_the_command_writes_a_pdf(tmp_path, made):
    done = run("--region", "central_asia", "--threat", "corruption", "--out", tmp_path / "a.PDF")
    assert done.exit_code == 0, done.output
    title = PdfReader(tmp_path / "a.PDF").metadata.title
    assert title == "Corruption: a brief for Central Asia"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--threat", "trafficking_in_person"), "similar: trafficking_in_persons"),
        (("--region", "asia"), "region=asia (similar: "),
        (("--region", "atlantis"), "Unknown: region=atlantis"),
        (("--years", "soon"), "years=soon"),
    ],
)
def test_the_command_refuses_what_is_not_known(tmp_path, arguments, said):
    done = run(*arguments, "--out", tmp_path / "brief.md")
    assert done.exit_code == 2
    assert said in " ".join(done.output.split())
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("no_browser")
def test_the_command_says_which_kinds_it_writes_and_what_needs_a_browser(tmp_path):
    assert "docx, pdf, html, md" in run("--out", tmp_path / "brief.odt").output
    assert "html and md work" in " ".join(run("--out", tmp_path / "brief.pdf").output.split())
    done = run("--threat", "corruption", "--out", tmp_path / "none" / "brief.md")
    assert done.exit_code == 1
    assert "No such file" in done.output


def test_a_broken_dataset_is_said(tmp_path, folder, monkeypatch):
    (folder / "regions.csv").write_text("nonsense\n", encoding="utf-8")
    monkeypatch.setenv("THREATS_DATA", str(folder))
    done = run("--out", tmp_path / "brief.md")
    assert done.exit_code == 1
    assert "regions.csv" in done.output
