"""What ``threats tidy`` corrects in files that a spreadsheet saved, and what it leaves."""

from threats.text.translate import N_, _, ngettext

TIDY_HELP = N_(
    "Correct what a spreadsheet did to the CSV files of the dataset in FOLDER.\n\n"
    "The command prints each change: file, line, column, what was there and what will be. It "
    "corrects byte order mark, line ends, separators, dates such as 30.10.2008, decimal commas, "
    "values in capitals, empty rows and columns at the end, and the order of rows and columns. It "
    "names and leaves cells with two meanings. It writes only with --write, all files or none. The "
    "exit code is 1 while something is left to correct by hand."
)
TIDY_WRITE_HELP = N_("Write the changes.")
TIDY_NOTHING_MESSAGE = N_("There is nothing to correct.")
TIDY_DRY_MESSAGE = N_("Nothing is written yet. To write these changes, add --write.")
TIDY_LEFT_MESSAGE = N_("Left as it is, as only a person can decide it:")

TIDY_CHANGE_LINE = N_("{place}: “{before}” becomes “{after}”")
BYTE_ORDER_MARK_NAME = N_("byte order mark")
NOTHING_NAME = N_("nothing")
CARRIAGE_RETURNS_NAME = N_("lines that end in carriage returns")
LINE_FEEDS_NAME = N_("lines that end in LF")
NO_LAST_LINE_END_NAME = N_("a last line without an end")
SEMICOLONS_NAME = N_("semicolons between cells")
TABS_NAME = N_("tabs between cells")
COMMAS_NAME = N_("commas between cells")
BLANK_ROW_NAME = N_("a blank row")
ROW_ORDER_NAME = N_("rows in another order")

NOT_UTF8 = N_("the file is not UTF-8, so its letters are unclear"), N_("saved as CSV UTF-8")
UNKNOWN_COLUMNS = (
    N_("the columns are not those of the data dictionary"),
    N_("each column once, separated by commas, semicolons or tabs"),
)
WHOLE_QUOTES = N_("quotation marks in pairs")
OTHER_CELL_COUNT = N_("{cells} filled cells under {columns} columns"), N_("one cell a column")
TWO_DATES = N_("“{cell}” can be two days"), N_("{first} or {second}")
NO_PLAIN_DATE = N_("“{cell}” is not year-month-day"), N_("a date such as 2008-10-30")
TWO_NUMBERS = N_("“{cell}” can be two numbers"), N_("{first} or {second}")


def empty_columns_name(number: int) -> str:
    """Return the name of empty columns at the end."""
    return ngettext("{number} empty column", "{number} empty columns", number)


def sorted_name(columns: str) -> str:
    """Return the name of rows in their order."""
    return _("rows sorted by {columns}", columns=columns)


def tidied_message(files: int) -> str:
    """Return how many files were written."""
    return ngettext("{number} file corrected.", "{number} files corrected.", files)
