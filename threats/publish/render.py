"""A published page as HTML: what all pages have around their own parts."""

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pandas as pd
from jinja2 import Environment, FileSystemLoader

from threats.content.method_files import DATASET_ARCHIVE_NAME
from threats.content.pages import PAGES
from threats.content.reader_tables import SUBJECT_COLUMNS, hidden_columns
from threats.dataset.editions import release_date
from threats.dataset.model import Dataset
from threats.exports.citation import cite_dashboard, to_citation_text
from threats.language import language_id, language_params
from threats.publish.addresses import Site, root_address
from threats.publish.plan import FILTERED_PAGES, WHOLE_PAGES
from threats.text import publish as words
from threats.text import sources
from threats.text.cards import PLACEHOLDER_LABELS
from threats.text.columns import ENGLISH_COLUMNS, column_label
from threats.text.translate import _, is_machine_made

_TEMPLATES = Path(__file__).parent / "templates"
_NO_PARTS: dict[str, Any] = dict.fromkeys(
    ("findings", "charts", "tables", "links", "lists", "choices", "meetings"), ()
)


class Cell(NamedTuple):
    """A cell of a table: its text, the address that it links to or "", and whether it is in
    English in every language."""

    text: str
    address: str = ""
    english: bool = False


class PageTable(NamedTuple):
    """A table under its title, with headings of columns."""

    title: str
    headings: list[str]
    rows: list[list[Cell]]


@cache
def _template() -> Any:
    loader = FileSystemLoader(_TEMPLATES)
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.globals["_"] = _
    return environment.get_template("page.html")


def render_page(name: str, dataset: Dataset, site: Site, **parts: Any) -> tuple[str, bytes]:
    """Return file name and content of a page in the reader's language; ``parts`` are those of the
    template."""
    labels = {key: _(label) for key, label in words.STATIC_LABELS.items()}
    page = _template().render(
        labels=labels,
        site_data=_site_data(dataset, site, labels),
        root=root_address(),
        language=language_id(),
        languages=site.languages_of(name),
        alternates=site.alternates_of(name),
        navigation=[("index" if one == "overview" else one, PAGES[one].title) for one in _NAMES],
        current=name,
        limits=words.limits_note(release_date(dataset.descriptor), dataset.version),
        machine=_(sources.MACHINE_MADE_SENTENCE) if is_machine_made() else "",
        archive=DATASET_ARCHIVE_NAME,
        citation=to_citation_text(cite_dashboard(dataset, site.dashboard or site.address)).strip(),
        site=site,
        **{**_NO_PARTS, **parts},
    )
    return f"{name}.html", page.encode("utf-8")


_NAMES = [*FILTERED_PAGES, "meetings", *WHOLE_PAGES]


def _site_data(dataset: Dataset, site: Site, labels: dict[str, str]) -> str:
    """Return what the script of the page needs, as JSON."""
    shown = {key: labels[key] for key in ("live", "behind", "results", "all_meetings")}
    shown |= {"card": {key: _(label) for key, label in PLACEHOLDER_LABELS.items()}}  # type: ignore
    data = {
        "version": dataset.version,
        "dashboard": site.dashboard,
        "language": urlencode(language_params(), doseq=True),
        "labels": shown,
    }
    return json.dumps(data, ensure_ascii=False)


def page_table(title: str, frame: pd.DataFrame) -> PageTable:
    """Return a reader's table with links to the published pages and to sources."""
    hidden = hidden_columns(frame.columns)
    names = [name for name in frame.columns if name not in hidden]
    rows = [[_cell(name, row) for name in names] for row in frame.astype("str").to_dict("records")]
    return PageTable(title, [column_label(name) for name in names], rows)


def _cell(name: str, row: dict[str, str]) -> Cell:
    if name == "Source":
        return Cell(_(words.STATIC_LABELS["source"]), row[name])
    if name == "Meeting" and "meeting_id" in row:
        return Cell(row[name], f"meetings.html#{row['meeting_id']}", name in ENGLISH_COLUMNS)
    kind, ids = SUBJECT_COLUMNS.get(name, ("", ""))
    return Cell(row[name], f"{kind}-{row[ids]}.html" if ids in row else "", name in ENGLISH_COLUMNS)
