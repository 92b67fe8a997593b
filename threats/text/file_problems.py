"""Why a file cannot be read, by the code that the reading process gives."""

from threats.text.translate import N_, _

FILE_PROBLEMS = {
    "not_text": N_("This is not a text file, despite its name."),
    "unknown_encoding": N_("The encoding of the text is unknown. Save the file as UTF-8."),
    "text_too_long": N_("The text is too long. The limit is {limit:,} characters."),
    "not_pdf": N_("This is not a PDF file, despite its name."),
    "encrypted_pdf": N_("The PDF is encrypted. Save it without a password first."),
    "too_many_pages": N_("The PDF has {pages} pages. The limit is {limit}."),
    "damaged_pdf": N_("The PDF is damaged and cannot be read."),
    "not_docx": N_("This is not a DOCX file, despite its name."),
    "unpacks_too_large": N_("The file unpacks to far more data than a press release has."),
    "encrypted_file": N_("The file is encrypted. Save it without a password first."),
    "damaged_docx": N_("The DOCX is damaged and cannot be read."),
    "damaged_html": N_("The HTML is damaged and cannot be read."),
    "empty": N_("The file is empty."),
    "too_large": N_("The file has {megabytes:.1f} MB. The limit is {limit:.0f} MB."),
    "unknown_type": N_("Only TXT, PDF, DOCX and HTML files are read."),
    "no_text": N_("There is no text in the file."),
    "scan": N_("There is no text in the file. It may be a scan: run text recognition first."),
    "queue_full": N_("Other files are being read. Try again in a minute."),
    "too_costly": N_("The file takes too long or too much memory to read."),
    "busy": N_("The file cannot be read now. Try again in a minute."),
    "unreadable": N_("The file cannot be read."),
}


def file_problem_message(problem: str, **values: object) -> str:
    """Return why a file cannot be read, by a key of ``FILE_PROBLEMS``."""
    return _(FILE_PROBLEMS[problem], **values)
