"""What ``threats code --corpus`` says, and the words in the dataset that it makes."""

from threats.text.translate import N_, _, ngettext

NO_ID_REASON = N_("no id")
REPEATED_ID_REASON = N_("the id is repeated")
NO_DATE_REASON = N_("no date")
INVALID_DATE_REASON = N_("no valid date as YYYY, YYYY-MM or YYYY-MM-DD")
NO_TEXT_REASON = N_("no text")
LONG_TEXT_REASON = N_("more than {limit:,} characters")
UNKNOWN_REGION_REASON = N_("a region that is not in the vocabulary")
RESUMING_STEP = N_("resuming after the last finished step")
CODING_STEP = N_("coding")
COMBINING_STEP = N_("combining results")
OTHER_RUN_MESSAGE = N_("{folder} has the results of another run. Name another folder or remove it.")
NO_CORPUS_MESSAGE = N_("{source} does not exist.")
NO_FILES_MESSAGE = N_("{source} has no file in {kinds}.")
MIXED_FILES_MESSAGE = N_("{source} has files of several kinds ({kinds}).")
MISSING_COLUMNS_MESSAGE = N_("{file} has no column {columns}.")
UNREADABLE_CORPUS_MESSAGE = N_("{file} cannot be read: {reason}")
ROW_MESSAGE = N_("{file}: {reason}")
ROW_FROM_BYTE_MESSAGE = N_("{file}: {reason} (lines counted from byte {start:,})")
CELL_COUNT_MESSAGE = N_("line {line} has another number of cells than the header")
NOT_JSON_MESSAGE = N_("line {line} is not JSON: {reason}")
NOT_OBJECT_MESSAGE = N_("line {line} is not a JSON object")
WORKER_LOST_MESSAGE = N_("A process ended while it coded, perhaps for lack of memory.")
FILES_UNREADABLE_MESSAGE = N_("The files cannot be read: {reason}")
NO_JAVA_MESSAGE = N_("Spark does not start. It needs Java 17 or newer on the path or in JAVA_HOME.")
NO_ENGINE_MESSAGE = N_(
    "The engine {engine} is not installed. Install it with: "
    'python -m pip install "threats[corpus]", or {package} alone.'
)
NO_TEXTS_MESSAGE = N_("No dataset for the dashboard was made, as no text is left.")
TOO_MANY_TEXTS_MESSAGE = N_("A dataset for the dashboard has at most {limit:,} texts.")
CORPUS_SERIES = N_("Coded corpus")
CORPUS_SERIES_DESCRIPTION = N_("Texts of a corpus that were coded by keyword rules.")
CORPUS_NOTE = N_("A text of a corpus, coded by keyword rules only.")
CORPUS_EVIDENCE = N_("Named in the text, by keyword rules; no person has read it.")
CORPUS_DESCRIPTION = N_(
    "Threats and responses that the texts of a corpus mention, coded by the keyword rules of "
    "{rules}; no person has read them."
)
CORPUS_CREATOR = N_("The creators of the corpus")
CORPUS_LICENCE = N_("The terms of the creators of the corpus apply")
CORPUS_TEXT_TITLE = N_("Text {name}")


def missing_addresses_message(missing: int, texts: int) -> str:
    """Return why no dataset was made: texts without an address."""
    return ngettext(
        "No dataset for the dashboard was made. Of {texts:,} in all, {number} text has no address "
        "(https://…) in the column source, to which figures would link.",
        "No dataset for the dashboard was made. Of {texts:,} in all, {number} texts have no "
        "address "
        "(https://…) in the column source, to which figures would link.",
        missing,
        texts=texts,
    )


def no_engine_message(engine: str, package: str) -> str:
    """Return how to install an engine."""
    return _(NO_ENGINE_MESSAGE, engine=engine, package=package)
