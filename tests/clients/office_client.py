"""LibreOffice opens each download that is an office file, and prints it as PDF."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import kit
import pypdfium2

from threats.content.registry import CHART_SPECS
from threats.downloads import formats_for

NAME = "LibreOffice"
# What opens a kind of file, and where Debian has it; a text is opened by any of them.
PARTS = {
    "docx": ("lowriter", "libreoffice-writer"),
    "csv": ("localc", "libreoffice-calc"),
    "xlsx": ("localc", "libreoffice-calc"),
    "pptx": ("loimpress", "libreoffice-impress"),
}


def ask(site: str, _published: Path | None) -> Iterator[kit.Answer]:
    """Give how many files of each kind come out with text on their first page."""
    office = kit.found("soffice", "apt install libreoffice-writer libreoffice-calc")
    names = ["brief", "brief-annexes", "meetings", *CHART_SPECS]
    for suffix, (program, package) in PARTS.items():
        wanted = [name for name in names if suffix in formats_for(name)]
        try:
            kit.found(program, f"apt install {package}")
        except kit.MissingError as missing:
            yield kit.Answer(f"{len(wanted)} {suffix}", str(missing), None)
            continue
        with tempfile.TemporaryDirectory() as folder:
            yield _printed(office, site, suffix, wanted, Path(folder))


def _printed(office: str, site: str, suffix: str, wanted: list[str], folder: Path) -> kit.Answer:
    files = []
    for name in wanted:
        answer = httpx.get(f"{site}/download/{name}.{suffix}", timeout=300)
        if answer.status_code == 404:  # a chart that has nothing to show
            continue
        files.append(folder / f"{name}.{suffix}")
        files[-1].write_bytes(answer.raise_for_status().content)
    command = [office, f"-env:UserInstallation=file://{folder}/office", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    process = kit.done(command)
    bad = [path.name for path in files if not _has_text(path.with_suffix(".pdf"))]
    result = f"{len(files) - len(bad)} of {len(files)} printed"
    if bad:
        result += f", not {', '.join(bad[:5])}: {kit.tail(process, 150)}"
    return kit.Answer(f"{len(files)} {suffix}", result, bool(files) and not bad)


def _has_text(path: Path) -> bool:
    if not path.is_file():
        return False
    first = pypdfium2.PdfDocument(path)[0]
    return len(first.get_textpage().get_text_bounded().strip()) > 50
