"""Messages in the reader's language, through gettext.

A message is a whole sentence or label with named placeholders, never joined from pieces. Modules of
this package mark messages with ``_`` (one form), ``ngettext`` (singular and plural) and ``N_`` (a
constant, translated where it is shown by ``_``). ``pybabel extract`` finds all three.
"""

import gettext as standard_gettext
from functools import lru_cache
from pathlib import Path

LOCALE_FOLDER = Path(__file__).parent / "locale"
DEFAULT_LANGUAGE = "en"


@lru_cache(maxsize=8)
def _catalogue(language: str) -> standard_gettext.NullTranslations:
    return standard_gettext.translation(
        "threats", LOCALE_FOLDER, languages=[language], fallback=True
    )


def _(message: str, **values: object) -> str:
    """Return a message in the reader's language, with its placeholders filled in."""
    translated = _catalogue(DEFAULT_LANGUAGE).gettext(message)
    return translated.format(**values) if values else translated


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    """Return the form of a message that fits a number; ``{number}`` is filled in if it is there."""
    translated = _catalogue(DEFAULT_LANGUAGE).ngettext(singular, plural, number)
    return translated.format(**{"number": f"{number:,}", **values})


def N_(message: str) -> str:
    """Return a message unchanged; it is translated where it is shown."""
    return message
