"""Citations of the dashboard, of a view and of the record of a meeting.

Formats: plain text, BibTeX (as biblatex takes it: https://ctan.org/pkg/biblatex) and RIS
(https://en.wikipedia.org/wiki/RIS_(file_format)).
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from threats.dataset.dates import format_date_range
from threats.dataset.model import Dataset
from threats.exports.urls import View
from threats.text import exports as words


@dataclass(frozen=True)
class Reference:
    """The parts of a citation: ``day`` is the day of access, ``note`` adds the source."""

    key: str
    title: str
    author: str
    year: str
    version: str
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
        address=address,
        day=dt.date.today(),
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
    text = words.citation_text(r.author, r.year, r.title, r.version, r.address, r.day)
    return f"{text} {r.note}".rstrip() + "\n"


def to_bibtex(reference: Reference) -> str:
    """Return a reference as a BibTeX entry."""
    r = reference
    fields = {
        "author": "{" + _escape_tex(r.author) + "}",
        "title": "{" + _escape_tex(r.title) + "}",
        "year": r.year,
        "version": _escape_tex(r.version),
        "url": r.address,
        "urldate": f"{r.day}",
    }
    if r.note:
        fields["note"] = _escape_tex(r.note)
    lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items())
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
        ("UR", r.address),
        ("Y2", f"{r.day:%Y/%m/%d}"),
        ("N1", r.note),
        ("ER", ""),
    ]
    lines = [(tag, " ".join(text.split())) for tag, text in fields if text or tag == "ER"]
    return "".join(f"{tag}  - {text}\r\n" for tag, text in lines)


CITATION_FORMATS: dict[str, tuple[str, Callable[[Reference], str]]] = {
    "txt": (words.PLAIN_TEXT_LABEL, to_citation_text),
    "bib": ("BibTeX", to_bibtex),
    "ris": ("RIS", to_ris),
}


def source_line(view: View) -> str:
    """Return the source of figures: title and version of the dataset, licence, day of access."""
    dataset = view.selected.dataset
    title, licence = dataset.descriptor["title"], dataset.descriptor["licenses"][0]["name"]
    return words.source_text(title, dataset.version, licence, dt.date.today())


def brief_date_line(view: View) -> str:
    """Return when a brief was made, from which data: day, title, version and licence."""
    dataset, today = view.selected.dataset, dt.date.today().isoformat()
    day = format_date_range(today, today)
    title, licence = dataset.descriptor["title"], dataset.descriptor["licenses"][0]["name"]
    return words.brief_date_text(day, title, dataset.version, licence)


def render_citations(view: View, name: str, title: str) -> dict[str, str]:
    """Return the reference to a view in each form, by the suffix of its file."""
    address = view.address(name, versioned=True)
    reference = cite_view(view.selected.dataset, name, title, address)
    return {suffix: form(reference) for suffix, (_, form) in CITATION_FORMATS.items()}
