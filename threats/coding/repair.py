"""Repair what files do to words: letters drawn as one sign, and words broken at the end of a line.

A hyphen at the end of a line is kept where the compound is a word (cross-border), and dropped where
the joined word is one (smuggling). ``words.txt`` has the words of the shipped data and documents.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from threats.coding.offsets import OffsetMap, Span, replace_spans

# Signs of several Latin letters; Unicode's compatibility decomposition names the letters.
_LIGATURES = re.compile("[Ĳĳ\u01c4-\u01cc\u01f1-\u01f3Ⅱ-ⅣⅥ-ⅨⅪⅫⅱ-ⅳⅵ-ⅸⅺⅻ\ufb00-\ufb06]")
_BROKEN_WORD = re.compile("(?<=\\w)[-\u00ac\u2010\u2011\u2013](?:[ \t]{0,9}\n[ \t]{0,40}| )(?=\\w)")
_WORD_BEFORE = re.compile(r"[^\W_]+$")
_WORD_AFTER = re.compile(r"[^\W_]+")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_MAX_PART = 40  # characters of one part of a word
# "small- and medium-sized" has a hyphen at which nothing is broken.
_CONJUNCTIONS = frozenset({"and", "or", "to", "nor", "und", "et"})
_PREFIXES = re.compile(
    "anti|co|counter|cross|cyber|east|first|five|four|full|high|inter|land|long|low|mid|multi|non"
    "|north|post|pre|sea|second|self|semi|short|south|sub|third|three|two|vice|well|west"
)


def repair_text(text: str) -> tuple[str, OffsetMap | None]:
    """Return a cleaned text with whole words in plain letters, and its places in the text, or
    None if nothing is changed."""
    changes: list[tuple[Span, str]] = [
        (sign.span(), unicodedata.normalize("NFKD", sign[0])) for sign in _LIGATURES.finditer(text)
    ]
    changes += _broken_words(text)
    if not changes:
        return text, None
    return replace_spans(text, sorted(changes))


def _broken_words(text: str) -> Iterator[tuple[Span, str]]:
    """Yield each hyphen at a line's end within a word, with the hyphen if the word has it."""
    breaks = list(_BROKEN_WORD.finditer(text))
    if not breaks:
        return
    known = frozenset(_WORDS.findall(text.casefold()))
    for match in breaks:
        start, end = match.span()
        before = _WORD_BEFORE.search(text, max(0, start - _MAX_PART), start)
        after = _WORD_AFTER.match(text, end, end + _MAX_PART)
        if not before or not after or after[0].casefold() in _CONJUNCTIONS:
            continue
        if "\n" not in match[0] and not _is_word(before[0] + after[0], known):
            continue  # a line's end lost, or a blank that belongs there
        keep = _has_hyphen(before[0], after[0], known)
        if keep is None:
            keep = match[0][0] in "-\u2010\u2011" and _is_compound(before[0], after[0])
        elif match[0][0] == "\u2013" and not keep:
            continue
        yield match.span(), match[0][0] if keep else ""


def splits_word(left: str, right: str) -> bool:
    """Return whether two texts that touch are one word of the field, and not two."""
    words, left, right = _shipped_words(), left.casefold(), right.casefold()
    return left + right in words and not (left in words and right in words)


def _is_word(word: str, known: frozenset[str]) -> bool:
    return word.casefold() in known or word.casefold() in _shipped_words()


def _has_hyphen(left: str, right: str, known: frozenset[str]) -> bool | None:
    """Return whether capitals, digits or the other words of the text say that a hyphen belongs to a
    word; None if they say nothing."""
    joined, compound = f"{left}{right}".casefold(), f"{left}-{right}".casefold()
    if joined in known or compound in known:
        return joined not in known
    if left[-1].isdigit() or right[0].isdigit():
        return True
    if right[0].isupper():
        return not (right.isupper() and left.isupper() and joined in _shipped_words())
    return None


def _is_compound(left: str, right: str) -> bool:
    """Return whether two parts of a word are words joined by a hyphen."""
    words, left, right = _shipped_words(), left.casefold(), right.casefold()
    if f"{left}-{right}" in words:
        return True
    if left + right in words:
        return False
    return right in words and bool(_PREFIXES.fullmatch(left) or (left in words and len(left) > 2))


@functools.cache
def _shipped_words() -> frozenset[str]:
    return frozenset((Path(__file__).parent / "words.txt").read_text(encoding="utf-8").split())
