"""Problems of a dataset folder: what is wrong, and what is expected.

A problem reads as ``file:line column: what is wrong; expected what is expected``.
"""

from threats.text.translate import N_, _

ProblemText = tuple[str, str]

PROBLEM_LINE = N_("{place}: {what}; expected {expected}")
CSV_COLUMNS = N_("a CSV file with columns {columns}")
MATCHES_EMPTY_TEXT = N_("it matches an empty text")
NON_ASCII_LETTER = N_("“{letter}” is in no text, as accents are removed before the search")
UNSUPPORTED_SYNTAX = N_("“{part}” is not in the subset for rules")
DATE_FORMS = "YYYY-MM-DD, YYYY-MM or YYYY"

# Files and tables
NOT_A_FOLDER = N_("{folder} is not a folder"), N_("a dataset folder")
FILE_MISSING = N_("the file is missing"), N_("a file")
NOT_A_FILE = N_("this is not a file"), N_("a file")
LINK_OUT_OF_FOLDER = N_("the file is a link out of the folder"), N_("a file in the folder")
FILE_TOO_LARGE = N_("{size:,} bytes"), N_("at most {limit:,} bytes")
UNREADABLE_FILE = N_("the file cannot be read: {reason}"), N_("a file that can be read")
FILE_NOT_UTF8 = N_("the file is not UTF-8"), N_("UTF-8 text")
BYTE_NOT_UTF8 = N_("byte {byte} is not UTF-8"), N_("UTF-8 text")
EMPTY_FILE = N_("the file is empty"), N_("a header line and rows")
NUL_CHARACTER = N_("a NUL character"), N_("text")
BYTE_ORDER_MARK = N_("a byte order mark"), N_("plain UTF-8")
CARRIAGE_RETURN = N_("a carriage return"), N_("lines that end in LF only")
NO_LINE_END = N_("no line end"), N_("LF at the end")
BLANK_ROW = N_("a blank row"), N_("a filled row or none")
CELL_COUNT = N_("{cells} cells under a header of {columns}"), N_("as many cells as columns")
MALFORMED_CSV = "{reason}", N_("comma-separated values, quoted as in RFC 4180")
MISSING_COLUMN = N_("the column is missing"), N_("the column")
UNKNOWN_COLUMN = N_("unknown column"), N_("only the columns of the data dictionary")
REPEATED_COLUMN = N_("the column is repeated"), N_("one column")
COLUMN_ORDER = N_("columns in another order"), "{columns}"
TOO_FEW_ROWS = N_("{rows} rows"), N_("at least {floor}; a part of the file may be lost")
UNSORTED_ROWS = N_('"{cell}" is out of order'), N_("rows sorted by {keys}")
REPEATED_KEY = N_("the key is not unique: {reason}"), N_("one row a key")
OTHER_TABLE_PROBLEM = "{reason}", N_("a table that follows the data dictionary")
TABLES_NOT_LOADED = (
    N_("the tables cannot be loaded ({reason})"),
    N_("tables that follow the data dictionary"),
)

# Cells
LONG_CELL = N_("{length:,} characters"), N_("at most {limit:,}")
CONTROL_CHARACTER = N_("the character U+{code}"), N_("text without control characters")
FORMULA = N_('"{cell}" starts like a formula'), N_("text that no spreadsheet would run")
NUMBER_FORM = N_('"{cell}" is out of bounds'), N_("{type} in plain digits")
NOT_AN_ADDRESS = (
    N_('"{cell}" is not a web address'),
    N_("http:// or https://, a host, and no <, > or quote"),
)
UNKNOWN_REFERENCE = N_('"{cell}" is not known'), N_("an id of {target}")
UNKNOWN_ITEM = N_('"{cell}" is not known'), N_("ids of {target}")
UNKNOWN_VALUE = N_('"{cell}" is not known'), N_("one of {values}")
REPEATED_ITEM = N_("an id is repeated"), N_("each id once")
WRONG_TYPE = N_('"{cell}" is of the wrong type'), "{type}"
EMPTY_CELL = N_("the cell is empty"), N_("a value")
OUT_OF_BOUNDS = N_('"{cell}" is out of bounds'), "{limits}"
BLANKS = (
    N_("blanks at an end, doubled, or a line break in the cell"),
    N_("single blanks between words"),
)
INVALID_PATTERN = (
    N_('"{cell}" is not a valid pattern: {reason}'),
    N_("an expression of the shared subset"),
)
NOT_A_DATE = (
    N_('"{cell}" is not a date'),
    N_("a date that exists, as {forms}, {first} to {last}"),
)
OTHER_DATE_FORM = (
    N_('"{cell}" is not year-month-day'),
    N_("a date with the year first: write {date}"),
)
TWO_DATE_FORMS = (
    N_('"{cell}" is not year-month-day'),
    N_("a date with the year first: write {first} or {second}"),
)
NO_ISO_DATE = (
    N_('"{cell}" is not year-month-day'),
    N_("a date with the year first: write 2008-10-30, or 2008-10 or 2008 if less is known"),
)
TOO_MANY_WORDS = N_("{words} words"), N_("at most {limit} words")

TOO_FEW_WORDS = N_("{words} words"), N_("at least {limit} words")

# Rows that contradict each other
BORDER_LINK = (
    N_("reach {reach} with border link {link}"),
    N_("a border link for a national event, and only for one"),
)
RENAMED_TO_UNKNOWN = N_('"{cell}" is no {kind}'), N_("an id of this edition")
RENAMED_BUT_PRESENT = N_('"{cell}" is still an id'), N_("an id that this edition no longer has")
RHYTHM_WITHOUT_SOURCE = (
    N_("a rhythm without its source or its first year"),
    N_("rhythm, first expected year and source, or none of them"),
)
END_BEFORE_START = N_("{end} is before the start"), N_("{start} or later")
BASIS_AND_READING = (
    N_("basis {basis} with reading {reading}"),
    N_("reading none for inferred meetings, and only for these"),
)
PARTICIPANTS_AND_QUALIFIER = (
    N_("only one of number and qualifier of participants is given"),
    N_("both or neither"),
)
OTHER_MEETINGS_SESSION = N_('"{session}" is a session of {meeting}'), N_("a session of the meeting")
UNREAD_MEETING = N_("{meeting} was not read"), N_("a meeting that was read")
NO_DATED_MEETING = N_("no meeting has a date"), N_("at least one meeting with a date")
ERA_BOUND_WITHOUT_DAY = N_("{date} bounds the periods"), N_("a day, as YYYY-MM-DD")
MISSING_ERA_BOUND = N_("{name} is missing"), N_("a row {name}, which bounds the periods")

ROW_CONFLICT = N_(
    "{table} {row}: the row is no longer as it was when the change was proposed. Look at the "
    "proposal again."
)

# The descriptor
DESCRIPTOR_HINT = N_(
    "a Data Package descriptor; copy the shipped one and edit title, version and licence"
)
NOT_JSON = N_("not JSON: {reason}"), DESCRIPTOR_HINT
TOO_DEEP_JSON = N_("not JSON: it is nested too deep, or a number is too long"), DESCRIPTOR_HINT
NOT_AN_OBJECT = N_("wrong structure"), N_("an object")
VERSION_FORM = (
    N_("the version has an invalid form"),
    N_("letters, digits, dots and hyphens, such as 1.0.0"),
)
LICENCE_PATH = (
    N_("the path of the licence is not a web address"),
    N_("http:// or https:// and a host"),
)
DESCRIPTOR_STANDARD = (
    N_("{reason}"),
    N_("what the Data Package standard asks for; a date-time is like 2026-11-24T00:00:00Z"),
)
MISSING_KEY = N_("{key} is missing"), N_("a text")
KEY_NOT_TEXT = N_("{key} is not a text"), N_("at most {limit:,} characters on one line")
KEY_IN_LIST = N_("{key} in {list}")
MISSING_LIST = N_("{key} is missing"), N_("a list of objects with {parts}")
KEY_NOT_LIST = N_("{key} is not a list, or is empty"), N_("a list of objects with {parts}")
ITEM_NOT_OBJECT = N_("{key} contains more than objects"), N_("objects with {parts}")
RESOURCES_NOT_LIST = (
    N_("'resources' is missing or not a list of tables"),
    N_("the tables of the shipped descriptor"),
)
REPEATED_TABLE = N_("a table is repeated in 'resources'"), N_("each table once")
UNKNOWN_TABLE = N_("the table {name} is not known"), N_("the tables of the shipped descriptor")
OTHER_SCHEMA = (
    N_("the schema of {name} differs from the shipped one"),
    N_("the same columns, types and keys"),
)
OTHER_PATH = N_("the path of {name} is not {path}"), N_("the shipped path")
ROW_FLOOR = N_("'minRows' of {name} is not a number of rows"), N_("a whole number from 0 on")
REPEATED_DATASET_NAME = (
    N_("the name {name} is that of a folder named before this one"),
    N_("another name"),
)
DATASET_NAME_FORM = (
    N_("the name {name} cannot be part of an address"),
    N_("lower-case letters, digits, dots, hyphens and underscores, at most 60"),
)


def problem_text(problem: ProblemText, **values: object) -> ProblemText:
    """Return what is wrong and what is expected, with the placeholders filled in."""
    what, expected = problem
    return _(what, **values), _(expected, **values)
