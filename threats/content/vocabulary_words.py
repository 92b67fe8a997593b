"""The words by which readers know an entry of a vocabulary: names, synonyms and spellings."""

import re
from collections.abc import Iterator
from itertools import islice

from threats.dataset.model import Dataset
from threats.text.vocabulary import translate_label, translate_words

_NAME_COLUMNS = ("name", "short_name")
_MAX_SPELLINGS = 64  # of one keyword
_ENDLESS = re.compile(r"[\\*+{]")
# The parts of a keyword rule with several spellings: a group, a class, an optional letter.
_CHOICE = re.compile(r"\(([^()]*)\)(\??)|\[([^\]]*)\](\??)|([^)\]])(\?)")


def vocabulary_words(dataset: Dataset, table: str) -> dict[str, tuple[str, ...]]:
    """Return all words for each id of a vocabulary table, without the id itself."""
    rows, names = dataset[table], dataset.names(table)
    return {
        row[0]: tuple(
            dict.fromkeys(
                word
                for column, cell in zip((*rows.columns, "name"), (*row, names[row[0]]), strict=True)
                for word in _words_of_cell(column, cell)
                if word
            )
        )
        for row in rows.itertuples(index=False, name=None)
    }


def _words_of_cell(column: str, cell: str) -> Iterator[str]:
    if column in _NAME_COLUMNS:
        yield cell
        yield translate_label(cell)
    elif column == "synonyms":
        yield from cell.split(";")
        yield from translate_words(cell)
    elif column == "keywords":
        for keyword in cell.split(";"):
            yield from islice(spellings(keyword), _MAX_SPELLINGS)


def spellings(keyword: str) -> Iterator[str]:
    """Yield each text that a keyword rule finds, such as Turkey for ``(?-i:Turkey)``; none for a
    rule without an end, such as ``terroris\\w*``."""
    plain = re.sub(r"\(\?-?i?:", "(", keyword.replace(r"\.", "."))
    if not _ENDLESS.search(plain):
        yield from _expand(plain)


def _expand(pattern: str) -> Iterator[str]:
    found = _CHOICE.search(pattern)
    if found is None:
        yield from pattern.split("|")
        return
    group, may_group, letters, may_letter, letter, may = found.groups()
    choices = [letter] if letter else list(letters) if group is None else group.split("|")
    choices += [""] if may_group or may_letter or may else []
    for choice in choices:
        yield from _expand(pattern[: found.start()] + choice + pattern[found.end() :])
