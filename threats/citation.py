"""References to the dashboard, to a view and to the record of a meeting.

Forms: plain text, BibTeX (as biblatex takes it: https://ctan.org/pkg/biblatex) and RIS
(https://en.wikipedia.org/wiki/RIS_(file_format)).
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from threats.dataset import Dataset


@dataclass(frozen=True)
class Reference:
    """What a citation says: ``day`` is when the reader saw it, ``note`` more on where from."""

    key: str
    title: str
    author: str
    year: str
    version: str
    address: str
    day: dt.date
    note: str = ""


def to_dashboard(dataset: Dataset, address: str) -> Reference:
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


def to_view(dataset: Dataset, name: str, title: str, address: str) -> Reference:
    """Return the reference to a view, called by its title, at its address."""
    whole = to_dashboard(dataset, address)
    return Reference(
        **{**whole.__dict__, "key": f"{whole.key}-{name}", "title": f"{whole.title}: {title}"}
    )


def to_meeting(dataset: Dataset, meeting_id: str, address: str) -> Reference:
    """Return the reference to the record of a meeting. Raises KeyError for an unknown meeting."""
    row = dataset["meetings"].set_index("meeting_id").loc[meeting_id]
    view = to_view(dataset, meeting_id, f"{row['title']} ({row['date']})", address)
    note = f"Record {meeting_id}. Source of the record: {row['source_url']}"
    return Reference(**{**view.__dict__, "note": note})


def in_text(reference: Reference) -> str:
    """Return a reference as plain text."""
    r = reference
    note = f" {r.note}" if r.note else ""
    return (
        f"{r.author} ({r.year}). {r.title}. Data version {r.version}. "
        f"{r.address} (read {r.day}).{note}\n"
    )


def in_bibtex(reference: Reference) -> str:
    """Return a reference as a BibTeX entry."""
    r = reference
    fields = {
        "author": "{" + _tex(r.author) + "}",
        "title": "{" + _tex(r.title) + "}",
        "year": r.year,
        "version": _tex(r.version),
        "url": r.address,
        "urldate": f"{r.day}",
    }
    if r.note:
        fields["note"] = _tex(r.note)
    lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items())
    return f"@dataset{{{re.sub(r'[^A-Za-z0-9:-]', '-', r.key)},\n{lines}}}\n"


def _tex(text: str) -> str:
    special = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "".join(special.get(c, f"\\{c}" if c in "{}&%$#_" else c) for c in text)


def in_ris(reference: Reference) -> str:
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
    told = [(tag, " ".join(text.split())) for tag, text in fields if text or tag == "ER"]
    return "".join(f"{tag}  - {text}\r\n" for tag, text in told)


FORMS: dict[str, tuple[str, Callable[[Reference], str]]] = {
    "txt": ("Plain text", in_text),
    "bib": ("BibTeX", in_bibtex),
    "ris": ("RIS", in_ris),
}
