"""Words of files: their formats, citations, progress, and why one cannot be generated."""

import datetime as dt

from threats.format import join
from threats.text.translate import N_, _, ngettext

NO_BROWSER_MESSAGE = N_(
    "This machine has no Chrome or Chromium, so it generates no images and no PDF."
)
FIGURES_IN_TABLES_NOTE = N_("The figures are in the tables.")
TOO_MANY_IMAGES_MESSAGE = N_("Too many images are being generated. Try again in a minute.")
IMAGE_QUEUE_MESSAGE = N_("Other images take too long. Try again in a minute.")
IMAGE_TIMEOUT_MESSAGE = N_("it took too long")

SLIDE_LABEL = N_("Image for a slide (16:9)")
SLIDE_DESCRIPTION = N_("PNG, 1600 × 900 pixels, in large letters, with finding and source")
PPTX_LABEL = N_("Slides (PPTX)")
PPTX_DESCRIPTION = N_("Two slides to edit: the finding with its chart, and its figures")
SQUARE_LABEL = N_("Square image")
SQUARE_DESCRIPTION = N_("PNG, 1200 × 1200 pixels, with title and source")
SVG_DESCRIPTION = N_("Sharp at any size")
CHART_PDF_DESCRIPTION = N_("One page")
HTML_DESCRIPTION = N_("One page that works without a network")
FIGURES_CSV_DESCRIPTION = N_(
    "The figures of the chart, for programs; “About the CSV” has filter and source"
)
EXCEL_CSV_LABEL = N_("CSV for Excel")
EXCEL_CSV_DESCRIPTION = N_(
    "The figures with the separators of your region, to open by a double click"
)
ABOUT_LABEL = N_("About the CSV (JSON)")
ABOUT_DESCRIPTION = N_("Title, filter, notes, source and columns of the CSV file")
FIGURES_XLSX_DESCRIPTION = N_(
    "For Excel and LibreOffice: the figures, with real dates, and a sheet about them"
)
ZIP_LABEL = N_("All formats (ZIP)")
ZIP_DESCRIPTION = N_("PNG in two sizes, SVG, CSV and what it holds, source pages and citation")
MEETINGS_FILE_DESCRIPTION = N_("Every meeting of this selection, with threats and source")
PAGE_ZIP_LABEL = N_("All charts (ZIP)")
PAGE_ZIP_DESCRIPTION = N_("Images, figures, sources and citation of every chart on this page")
DOCX_LABEL = N_("Word (DOCX)")
DOCX_DESCRIPTION = N_("Two pages, to edit and send")
BRIEF_PDF_DESCRIPTION = N_("Two pages, to print and send")
ANNEXES_DOCX_LABEL = N_("annexes (DOCX)")
ANNEXES_PDF_LABEL = N_("annexes (PDF)")
ANNEXES_DESCRIPTION = N_("All tables, method and numbered sources of the brief")
MARKDOWN_DESCRIPTION = N_("Plain text with tables, without images")
PLAIN_TEXT_LABEL = N_("Plain text")

# By the names of their templates.
CODE_LABELS = {
    "excel": N_("Use in Excel (Data > Get Data > Blank Query > Advanced Editor)"),
    "python": N_("Use in Python"),
    "r": N_("Use in R"),
}

FIGURES_SHEET = N_("Figures")
ABOUT_SHEET = N_("About")
ABOUT_TITLE = N_("Title")
ABOUT_FILTER = N_("Filter")
ABOUT_FINDING = N_("Finding")
ABOUT_SOURCE = N_("Source")
ABOUT_ADDRESS = N_("Address")

BRIEF_TEXT_PROGRESS = N_("Text")
UNKNOWN_VERSION_TEXT = N_("That version is not in the list of changes of this dataset.")
TODAY_LABEL = N_("Open this view in today's edition")
COMPARE_LABEL = N_("Compare both editions")
PROGRAM_DESCRIPTION = N_(
    "Dashboard of the transnational threats on the agenda of border and security meetings"
)
KEYWORDS = (N_("OSCE"), N_("border security"), N_("transnational threats"), N_("COVID-19"))
CFF_MESSAGE = N_("If you use these data or figures, please cite them with their edition.")
FIGURE_LABEL = N_("Figure")
TABLE_LABEL = N_("Table")


def image_failed_message(error: object) -> str:
    """Return why an image could not be generated."""
    return _("The image could not be generated: {error}", error=error)


def image_progress(number: int, total: int) -> str:
    """Return which of the images of a brief is being generated."""
    return ngettext("Image", "Image {n} of {number}", total, n=number)


def file_progress(label: str) -> str:
    """Return that the file itself is being generated."""
    return _("File: {label}", label=label)


def about_note_label(number: int) -> str:
    """Return the label of a note on the sheet about the figures."""
    return _("Note {number}", number=number)


def page_number_text(page: str, total: str) -> str:
    """Return the number of a page, from its field and that of the number of pages."""
    return _("{page} of {total}", page=page, total=total)


def annexes_title(title: str) -> str:
    """Return the title of the annexes of a brief."""
    return _("Annexes. {title}", title=title)


def annexes_line(address: str) -> str:
    """Return where the annexes of a brief are."""
    return _(
        "Numbers in brackets are sources. The annexes list them, with all tables: {address}",
        address=address,
    )


def brief_date_text(day: str, title: str, version: str, licence: str) -> str:
    """Return when a brief was made, from which data."""
    return _(
        "{day}. Made from {title}, data version {version}, {licence}.",
        day=day,
        title=title,
        version=version,
        licence=licence,
    )


def figures_title(title: str, shown: int, total: int) -> str:
    """Return the title of the figures of a chart, of which a slide shows some."""
    if shown < total:
        return _("{title}: {shown} of {total} rows", title=title, shown=shown, total=total)
    return _("{title}: the figures", title=title)


def meeting_record_note(meeting_id: str, source: str) -> str:
    """Return which record of a meeting is cited, and its source."""
    return _(
        "Record {meeting_id}. Source of the record: {source}", meeting_id=meeting_id, source=source
    )


def citation_text(
    author: str, year: str, title: str, version: str, checksum: str, address: str, day: dt.date
) -> str:
    """Return a citation as plain text."""
    return _(
        "{author} ({year}). {title}. Edition {version}, SHA-256 {checksum}. {address} (accessed "
        "{day}).",
        author=author,
        year=year,
        title=title,
        version=version,
        checksum=checksum,
        address=address,
        day=day,
    )


def checksum_note(checksum: str) -> str:
    """Return the checksum of an edition."""
    return _("SHA-256 of the tables: {checksum}", checksum=checksum)


def source_text(title: str, version: str, licence: str, day: dt.date) -> str:
    """Return where figures come from."""
    return _(
        "Source: {title}, data version {version}, {licence}, {day}",
        title=title,
        version=version,
        licence=licence,
        day=day,
    )


def edited_tables_text(version: str) -> str:
    """Return that tables were edited without a new version number."""
    return _("The tables were edited since; the version is still {version}.", version=version)


def release_text(version: str, date: str, description: str) -> str:
    """Return what changed in a version of the dataset."""
    return _(
        "{version} ({date}): {description}", version=version, date=date, description=description
    )


def unknown_parameters_notice(parameters: list[str]) -> str:
    """Return which parameters of a link are unknown."""
    return _(
        "Unknown parameters in this link were ignored: {parameters}", parameters=join(parameters)
    )


def older_version_notice(version: str) -> str:
    """Return that a link is from another data version; the changes since follow."""
    return _("This link was created with data version {version}. Changes since:", version=version)


def archived_edition_text(number: str, date: str, today: str) -> str:
    """Return which archived edition is shown, and which one is current."""
    return _(
        "This is edition {number} of {date}. Today's edition is {today}.",
        number=number,
        date=date,
        today=today,
    )


def more_sources_citation(runs: str, more: int) -> str:
    """Return numbers of sources and how many more there are."""
    return _("{runs} and {more} more", runs=runs, more=more)
