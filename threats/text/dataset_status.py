"""Messages about dataset folders with errors."""

from threats.text.translate import N_, _, ngettext

ERROR_TITLE = N_("The dataset contains errors")
OTHER_DATASETS_MESSAGE = N_("Other datasets are available: {links}.")
DATASETS_TITLE = N_("Datasets of this dashboard")
DATASET_COLUMN = N_("Dataset")
VERSION_COLUMN = N_("Version")
LICENCE_COLUMN = N_("Licence")
STATE_COLUMN = N_("State")
FOLDER_LABEL = N_("folder {position}")


def error_message(problems: int) -> str:
    """Return how many problems a dataset folder has, and what to do."""
    return ngettext(
        "{number} problem in the dataset folder. Correct the files and reload this page. The "
        "command `threats check` prints the same list.",
        "{number} problems in the dataset folder. Correct the files and reload this page. The "
        "command `threats check` prints the same list.",
        problems,
    )


def last_good_version_message(problems: int, version: str) -> str:
    """Return that the dashboard shows the last valid version of a dataset."""
    return ngettext(
        "The files of the dataset have changed and contain {number} problem. The dashboard shows "
        "the last good data, version {version}, until the files are corrected.",
        "The files of the dataset have changed and contain {number} problems. The dashboard shows "
        "the last good data, version {version}, until the files are corrected.",
        problems,
        version=version,
    )


def not_shown_label(problems: int, first: str) -> str:
    """Return the state of a folder that never was valid."""
    return ngettext(
        "not shown: {number} problem: {first}",
        "not shown: {number} problems, first: {first}",
        problems,
        first=first,
    )


def folder_status_label(problems: int) -> str:
    """Return the state of a folder whose data are shown."""
    if not problems:
        return _("valid")
    return ngettext(
        "last good data; the folder now has {number} problem",
        "last good data; the folder now has {number} problems",
        problems,
    )


def more_problems_label(number: int) -> str:
    """Return how many problems are not listed."""
    return ngettext("… and {number} more", "… and {number} more", number)
