"""Help and messages of the commands for the shell."""

from threats.text.translate import N_, ngettext

MAIN_HELP = N_("Work with a dataset of threats on the agendas of meetings.")

SERVE_HELP = N_("Start the dashboard.")
OPEN_HINT = N_("Open http://{host}:{port} in your browser. Stop the dashboard with Ctrl+C.")
PORT_TAKEN_MESSAGE = N_(
    "Port {port} is taken, perhaps by a dashboard that runs already: stop it, or choose another "
    "port with threats serve --port {other}."
)
PORT_HELP = N_("Port to listen on.")
BIND_ADDRESS_HELP = N_("Address to listen on. 0.0.0.0 opens the dashboard to the network.")

FILTER_OPTION_HELP = {
    "dataset": N_("Id of one of the datasets in THREATS_DATA."),
    "region": N_("Id of a region; repeatable."),
    "years": N_("First and last year, such as 2018-2023, or one year."),
    "family": N_("Id of a family of series; repeatable."),
    "series": N_("Id of a series of meetings; repeatable."),
    "kind": N_("Kind of meeting, such as workshop; repeatable."),
    "group": N_("Id of a group of threats; repeatable."),
    "threat": N_("Id of a threat; repeatable."),
    "certainty": N_("sure, inferred or conflict; repeatable."),
    "reach": N_("Reach of the meetings, by default several States; all includes national events."),
    "courses": N_("Include training courses."),
    "reading": N_("Only fully read pages (very few)."),
}
LINK_ADDRESS_HELP = N_("Address of the dashboard, for links in the files.")

CHECK_HELP = N_(
    "Check the dataset in FOLDER and print every problem, or one line for each file.\n\n"
    "Without FOLDER the command checks the first folder in THREATS_DATA, or else the dataset that "
    "comes with the package. A problem reads: file:line column: what is wrong; expected what. "
    "The exit code is then 1."
)
SOURCES_HELP = N_(
    "Check each source address of the dataset in FOLDER, and look for an archived copy.\n\n"
    "The command writes source_checks.csv into the folder, chosen as for threats check. Without "
    "a network it writes nothing and the exit code is 1."
)
ARCHIVE_HELP = N_("Service that finds archived copies.")
DICTIONARY_HELP = N_("Print the data dictionary as Markdown (data/README.md).")
ARCHIVE_HELP_TEXT = N_(
    "Keep the edition of the dataset in FOLDER, so that citations of it can be opened for ever.\n\n"
    "The command writes editions/VERSION.zip into the folder, chosen as for threats check, and its "
    "checksum into editions/SHA256SUMS. Do so when you release a version."
)
DEPOSIT_HELP = N_(
    "Write CITATION.cff, datacite.json and codemeta.json of the dataset into FOLDER.\n\n"
    "A research archive fills in its form from them. The ZIP file of the dataset has them, too."
)
EDITION_EXISTS_MESSAGE = N_(
    "{file} has other tables of this version. Give the changed tables a new version."
)
CHECK_PROGRESS = N_("Checking")
NO_NETWORK_MESSAGE = N_("No host answered. Check the network. Nothing was written.")

EXPORT_HELP = N_(
    "Write every chart of a selection into FOLDER, with the same figures as on screen.\n\n"
    "Ids and options are those of the dashboard's addresses; docs/use.md lists them."
)
EXPORT_OPTION_HELP = N_("NAME=VALUE as in an address; repeatable.")
EXPORT_PAGE_HELP = N_("Only charts of this page; repeatable.")
EXPORT_PROGRESS = N_("Writing")
EXPORT_NEEDS_BROWSER = N_(
    "png, svg and pdf need Chrome or Chromium, which this machine does not have; "
    "html, csv and xlsx work without it."
)

BRIEF_HELP = N_(
    "Write the brief for a planned meeting: precedents, gaps and organizations to invite.\n\n"
    "Ids are those of the dashboard's addresses; docs/use.md lists them. Pictures and PDF need "
    "Chrome or Chromium."
)
BRIEF_PROGRESS = N_("Generating")
BRIEF_NEEDS_BROWSER = N_(
    "PDF needs Chrome or Chromium, which this machine does not have; "
    "docx, html and md work without it."
)

CODE_HELP = N_(
    "Code press releases: threats, responses, regions, organizations and facts of the meeting.\n\n"
    "The command reads TXT, PDF, DOCX and HTML and applies the keyword rules of the dataset "
    "(THREATS_DATA, or else the one that comes with the package). It says what of a file is "
    "doubtful or left out, and names unreadable files at the end; the exit code is then 1. With "
    "--corpus and --out it codes a corpus into mentions, counts by year and, if each "
    "text has its source, a dataset for the dashboard."
)
CODE_FORMAT_HELP = N_(
    "A table to read, one JSON object per line and file, or CSV with one row per place."
)
CODE_ADD_HELP = N_("Add the rows of the one FILE to the dataset in this folder, all or none.")
CODE_SET_HELP = N_("With --add: a cell of meetings.csv, such as source_url=https://…; repeatable.")
CODE_MARGINS_HELP = N_("Read page headers, page footers, footnotes and comments of DOCX too.")
NOTICE_LABEL = N_("notice: {notice}")
CODE_CORPUS_HELP = N_(
    "A file or folder of Parquet, CSV or JSON lines to code instead of FILES. Columns: id, date "
    "and text, and if available region and source."
)
CODE_ANY_FIELD_HELP = N_(
    "With FILES: look for responses also in a text without a word on borders, crime or security "
    "threats."
)
OUTSIDE_FIELD_MESSAGE = N_(
    "{file}: no word on borders, crime or security threats, so responses were not looked for "
    "(--any-field does)."
)
CODE_OUT_HELP = N_("With --corpus: output folder.")
CODE_ENGINE_HELP = N_(
    "With --corpus: pool uses every core, duckdb also reads what outgrows memory, spark uses a "
    "cluster. pandas is an old name of pool."
)
CODE_PROGRESS = N_("Coding")
FILES_OR_CORPUS_MESSAGE = N_("Name FILES or a --corpus.")
CORPUS_AND_OUT_MESSAGE = N_("--corpus and --out go together.")
ADD_WITHOUT_CORPUS_MESSAGE = N_("--add takes one FILE and no --corpus.")
ADD_ONE_FILE_MESSAGE = N_("--add takes one FILE, because --set gives its source.")
SET_WITH_ADD_MESSAGE = N_("--set goes with --add.")
NONE_FOUND_LABEL = N_("none found")

DATASET_ERRORS_MESSAGE = N_("{problems}\nThe dataset contains errors.")
UNKNOWN_DATASET_MESSAGE = N_("Unknown: dataset={dataset_id} (available: {ids})")
UNKNOWN_VALUES_MESSAGE = N_("Unknown: {values}")
SUGGESTION_MESSAGE = N_("{value} (similar: {ids})")
DEFAULT_FOLDER_MESSAGE = N_(
    "THREATS_DATA names {number} folders; this command uses the first, {folder}."
)
FILE_ERROR_MESSAGE = N_("{file}: {reason}")
WRITTEN_MESSAGE = N_("Written to {file}")
CHART_OMITTED_MESSAGE = N_("{chart}: left out. {reason}")
BRIEF_ANNEXES_HELP = N_("Write the annexes of the brief instead, as DOCX or PDF.")
BRIEF_OUT_HELP = N_("File to write. Its ending sets the format: {suffixes}.")
BRIEF_SUFFIX_MESSAGE = N_("--out must end in one of: {suffixes}.")
FILE_TOO_LARGE_MESSAGE = N_("The file has {megabytes:.1f} MB; at most {limit:.0f} MB are read.")
FILE_UNREADABLE_MESSAGE = N_("The file cannot be read: {reason}.")
UNKNOWN_COLUMNS_MESSAGE = N_("Unknown columns of meetings.csv: {columns}")
NOTHING_ADDED_MESSAGE = N_("{reason}\nNothing was added.")
ROWS_OF_TABLE_LABEL = N_("{number} to {table}.csv")
ROWS_ADDED_MESSAGE = N_("Added {counts}, as {meeting_id}.")
RESUME_MESSAGE = N_("{reason}\nRun the command again to resume.")
CORPUS_SUMMARY_MESSAGE = N_(
    "{texts:,} texts with {mentions:,} mentions; counts by year in {counts}; {rejects:,} rows "
    "rejected, see {rejects_file}."
)
CORPUS_NOTICES_MESSAGE = N_(
    "Texts with lines that are not coded: {with_lines_left_out:,}; texts with unknown signs: "
    "{with_unread_signs:,}. See {notices}."
)
OPEN_DATASET_MESSAGE = N_("To open it: THREATS_DATA={folder} threats serve")


def valid_file_message(file: str, rows: int) -> str:
    """Return that a file of the dataset is valid."""
    return ngettext("{file}: good, {number} row", "{file}: good, {number} rows", rows, file=file)


def files_written_message(files: int, folder: object) -> str:
    """Return how many files were written."""
    return ngettext("{number} file in {folder}", "{number} files in {folder}", files, folder=folder)


def occurrences_label(text: str, times: int) -> str:
    """Return a quotation, with the number of its occurrences if there are several."""
    return ngettext("“{text}”", "“{text}”, {number} times", times, text=text)
