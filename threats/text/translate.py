"""Messages in the reader's language, through gettext.

A message is a whole sentence or label with named placeholders, never joined from pieces. Modules of
this package mark messages with ``_`` (one form), ``ngettext`` (singular and plural) and ``N_`` (a
constant, translated where it is shown by ``_``). ``make messages`` finds all three.

A catalogue is a file that translators edit. It is read as it is, so that no compiled copy of it can
be out of date.
"""

import gettext as standard_gettext
import io
import string
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from threats.language import DEFAULT_LANGUAGE, LANGUAGES, language_id, locale

LOCALE_FOLDER = Path(__file__).parent / "locale"
# The share of messages that a language needs to be the default of a browser that asks for it.
COMPLETE_SHARE = 0.9
# What the head of a catalogue names as its last translator until a person has read it.
MACHINE_TRANSLATOR = "Machine translation"
DATA_CONTEXT = "data"  # of labels in the files of the dataset


def catalogue_path(language: str) -> Path:
    """Return the path of the catalogue of a language."""
    return LOCALE_FOLDER / language / "LC_MESSAGES" / "threats.po"


def translated_languages() -> list[str]:
    """Return the languages that a reader can choose: English, and those with a catalogue."""
    return [one for one in LANGUAGES if one == DEFAULT_LANGUAGE or catalogue_path(one).exists()]


def read_catalogue(language: str) -> Catalog:
    """Return the messages of a language as translators see them."""
    with catalogue_path(language).open("rb") as file:
        return read_po(file, locale=language)


def translated_share(catalogue: Catalog) -> float:
    """Return the share of messages that are translated, of one. Labels of the data do not count:
    most names of bodies stay as they are."""
    messages = [one for one in catalogue if one.id and one.context != DATA_CONTEXT]
    done = [one for one in messages if not one.fuzzy and all(forms_of(one))]
    return len(done) / len(messages) if messages else 0.0


def forms_of(message: Message) -> list[str]:
    """Return the translations of a message: one, or that of each plural form."""
    string = message.string or ""
    return [string] if isinstance(string, str) else list(string)


class _Speech(standard_gettext.GNUTranslations):
    """The translations of a language; ``complete`` says whether they suffice for a default."""

    complete = False


# Kept apart for each folder of catalogues, as a test has one of its own.
@lru_cache(maxsize=len(LANGUAGES))
def _speech(_folder: Path, language: str) -> standard_gettext.NullTranslations:
    if language == DEFAULT_LANGUAGE or not catalogue_path(language).exists():
        return standard_gettext.NullTranslations()
    catalogue, compiled = read_catalogue(language), io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    speech = _Speech(compiled)
    speech.complete = translated_share(catalogue) >= COMPLETE_SHARE
    return speech


def _translations() -> standard_gettext.NullTranslations:
    # A page asks for some thousand messages, so no path is put together for each.
    return _speech(LOCALE_FOLDER, language_id())


def is_complete(language: str) -> bool:
    """Return whether enough messages of a language are translated to make it a default."""
    return getattr(_speech(LOCALE_FOLDER, language), "complete", False)


def is_machine_made() -> bool:
    """Return whether the reader reads a translation that a machine made."""
    return _translations().info().get("last-translator", "") == MACHINE_TRANSLATOR


def format_number(number: float) -> str:
    """Return a number with separators, such as "1,204"."""
    return _decimal(number, locale())


@lru_cache(maxsize=4096)
def _decimal(number: float, locale_: Locale) -> str:
    return format_decimal(number, locale=locale_)


def local_number(text: str) -> str:
    """Return a number that Python wrote, such as "1,204.5", with the signs of the language."""
    if language_id() == DEFAULT_LANGUAGE:
        return text
    return text.translate(_number_signs(locale()))


@lru_cache(maxsize=len(LANGUAGES))
def _number_signs(locale_: Locale) -> dict[int, str]:
    return str.maketrans({".": get_decimal_symbol(locale_), ",": get_group_symbol(locale_)})


class _Filler(string.Formatter):
    """Writes numbers in a message with the signs of the language."""

    def format_field(self, value: object, format_spec: str) -> str:
        written = super().format_field(value, format_spec)
        is_number = isinstance(value, float) or (format_spec and isinstance(value, int))
        return local_number(written) if is_number else written


_FILLER = _Filler()


def _filled(message: str, values: dict[str, object]) -> str:
    if language_id() == DEFAULT_LANGUAGE:
        return message.format(**values)
    # A Russian date ends in a full stop, which also ends the sentence.
    return _FILLER.vformat(message, (), values).replace("г..", "г.")


def _(message: str, **values: object) -> str:
    """Return a message in the reader's language, with its placeholders filled in."""
    # The translation of an empty message would be the head of the catalogue.
    translated = _translations().gettext(message) if message else ""
    return _filled(translated, values) if values else translated


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    """Return the form of a message that fits a number; ``{number}`` is filled in if it is there."""
    translated = _translations().ngettext(singular, plural, int(number))
    return _filled(translated, {"number": format_number(number), **values})


def pgettext(context: str, message: str) -> str:
    """Return a message that means something else in another context."""
    return _translations().pgettext(context, message) if message else ""


def N_(message: str) -> str:
    """Return a message unchanged; it is translated where it is shown."""
    return message
