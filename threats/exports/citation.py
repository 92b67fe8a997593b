"""Citations of the dashboard, of a view and of the record of a meeting.

Formats: plain text, BibTeX (as biblatex takes it: https://ctan.org/pkg/biblatex), RIS
(https://en.wikipedia.org/wiki/RIS_(file_format)) and CFF (https://citation-file-format.github.io).
"""

import contextlib
import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass

from threats.dataset.dates import format_date_range
from threats.dataset.editions import release_date
from threats.dataset.model import Dataset
from threats.exports.urls import View
from threats.format import utc_today
from threats.text import exports as words
from threats.text.translate import _

_fixed_day: ContextVar[dt.date | None] = ContextVar("fixed_day", default=None)


@contextlib.contextmanager
def fixed_day(day: str) -> Iterator[None]:
    """Let citations and sources name this day of access (YYYY-MM-DD) instead of today."""
    token = _fixed_day.set(dt.date.fromisoformat(day))
    try:
        yield
    finally:
        _fixed_day.reset(token)


def access_day() -> dt.date:
    """Return the day of access: today in UTC, if it is not fixed."""
    return _fixed_day.get() or utc_today()


@dataclass(frozen=True)
class Reference:
    """The parts of a citation: ``checksum`` is the SHA-256 of the tables of the edition,
    ``released`` its day as YYYY-MM-DD, ``day`` the day of access, ``note`` adds the source.
    ``address`` and ``doi`` may be empty."""

    key: str
    title: str
    author: str
    year: str
    version: str
    checksum: str
    released: str
    licence: str
    doi: str
    address: str
    day: dt.date
    note: str = ""


def cite_dashboard(dataset: Dataset, address: str) -> Reference:
    """Return the reference to the dashboard as a whole."""
    described = dataset.descriptor
    return Reference(
        key=described["name"],
        title=described["title"],
        author=described["contributors"][0]["title"],
        year=described["created"][:4],
        version=dataset.version,
        checksum=dataset.checksum,
        released=release_date(described),
        licence=described["licenses"][0]["name"],
        doi=dataset.doi,
        address=address,
        day=access_day(),
    )


def cite_view(dataset: Dataset, name: str, title: str, address: str) -> Reference:
    """Return the reference to a view, called by its title, at its address."""
    whole = cite_dashboard(dataset, address)
    return Reference(
        **{**whole.__dict__, "key": f"{whole.key}-{name}", "title": f"{whole.title}: {title}"}
    )


def cite_meeting(dataset: Dataset, meeting_id: str, address: str) -> Reference:
    """Return the reference to the record of a meeting. Raises KeyError for an unknown meeting."""
    row = dataset["meetings"].set_index("meeting_id").loc[meeting_id]
    view = cite_view(dataset, meeting_id, f"{row['title']} ({row['date']})", address)
    note = words.meeting_record_note(meeting_id, row["source_url"])
    return Reference(**{**view.__dict__, "note": note})


def to_citation_text(reference: Reference) -> str:
    """Return a reference as plain text."""
    r = reference
    where = " ".join(filter(None, [_doi_address(r), r.address]))
    text = words.citation_text(r.author, r.year, r.title, r.version, r.checksum, where, r.day)
    return f"{text} {r.note}".rstrip() + "\n"


def to_bibtex(reference: Reference) -> str:
    """Return a reference as a BibTeX entry."""
    r = reference
    fields = {
        "author": "{" + _escape_tex(r.author) + "}",
        "title": "{" + _escape_tex(r.title) + "}",
        "year": r.year,
        "version": _escape_tex(r.version),
        "doi": r.doi,
        "url": r.address,
        "urldate": f"{r.day}",
        "note": _escape_tex(" ".join(filter(None, [words.checksum_note(r.checksum), r.note]))),
    }
    lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items() if text)
    return f"@dataset{{{re.sub(r'[^A-Za-z0-9:-]', '-', r.key)},\n{lines}}}\n"


def _escape_tex(text: str) -> str:
    special = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "".join(special.get(c, f"\\{c}" if c in "{}&%$#_" else c) for c in text)


def to_ris(reference: Reference) -> str:
    """Return a reference as an RIS record."""
    r = reference
    fields = [
        ("TY", "DATA"),
        ("AU", r.author),
        ("TI", r.title),
        ("PY", r.year),
        ("ET", r.version),
        ("DO", r.doi),
        ("UR", r.address),
        ("Y2", f"{r.day:%Y/%m/%d}"),
        ("N1", words.checksum_note(r.checksum)),
        ("N1", r.note),
        ("ER", ""),
    ]
    lines = [(tag, " ".join(text.split())) for tag, text in fields if text or tag == "ER"]
    return "".join(f"{tag}  - {text}\r\n" for tag, text in lines)


def to_cff(reference: Reference) -> str:
    """Return a reference as a CFF file, version 1.2.0."""
    r = reference
    checksum = {"type": "other", "value": f"sha256:{r.checksum}"}
    checksum["description"] = words.checksum_note(r.checksum)
    fields = {
        "cff-version": "1.2.0",
        "message": _(words.CFF_MESSAGE),
        "type": "dataset",
        "title": r.title,
        "authors": [{"name": r.author}],
        "version": r.version,
        "date-released": r.released,
        "license": r.licence,
        "doi": r.doi,
        "url": r.address,
        "identifiers": [checksum],
        "keywords": [_(word) for word in words.KEYWORDS],
        "abstract": r.note,
    }
    # Each value as JSON, which YAML contains.
    return "".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n"
        for name, value in fields.items()
        if value
    )


def _doi_address(reference: Reference) -> str:
    return f"https://doi.org/{reference.doi}" if reference.doi else ""


CITATION_FORMATS: dict[str, tuple[str, Callable[[Reference], str]]] = {
    "txt": (words.PLAIN_TEXT_LABEL, to_citation_text),
    "bib": ("BibTeX", to_bibtex),
    "ris": ("RIS", to_ris),
    "cff": ("CFF", to_cff),
}


def source_line(view: View) -> str:
    """Return the source of figures: title and version of the dataset, licence, day of access."""
    dataset = view.selected.dataset
    title, licence = dataset.descriptor["title"], dataset.descriptor["licenses"][0]["name"]
    return words.source_text(title, dataset.version, licence, access_day())


def brief_date_line(view: View) -> str:
    """Return when a brief was made, from which data: day, title, version and licence."""
    dataset, today = view.selected.dataset, access_day().isoformat()
    day = format_date_range(today, today)
    title, licence = dataset.descriptor["title"], dataset.descriptor["licenses"][0]["name"]
    return words.brief_date_text(day, title, dataset.version, licence)


def render_citations(view: View, name: str, title: str) -> dict[str, str]:
    """Return the reference to a view in each form, by the suffix of its file."""
    address = view.address(name, versioned=True)
    reference = cite_view(view.selected.dataset, name, title, address)
    return {suffix: form(reference) for suffix, (_label, form) in CITATION_FORMATS.items()}
