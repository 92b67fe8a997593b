"""The plain form of a text that is searched: ASCII, one character for one, and nothing unseen.

Given as replacements too, so that engines which know nothing of Python make the same of a text.
"""

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable

# Controls and marks that are not seen: Unicode's categories Cc and Cf.
INVISIBLE_CHARACTERS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f"
)
_PUNCTUATION = dict.fromkeys("‘’‚‛´ʼ", "'") | dict.fromkeys("“”„‹«", '"')
# What parts the items of a menu.
_PUNCTUATION |= dict.fromkeys("•·", "*") | dict.fromkeys("›»", ">")
_INVISIBLE = re.compile(f"[{INVISIBLE_CHARACTERS}]")
_NON_INITIAL_JAMO = range(0x1160, 0x1200)
_KEPT_PUNCTUATION = frozenset(" !\"&'()*+,-/:;<>?|")
_PLACEHOLDER = "."
NON_ASCII_PATTERN = r"[^\x00-\x7F]"
_FREQUENT_CHARACTERS = "\xa0\u2009\u202f‘’“”„–—‑…•\xad\u200b\ufeff"
# Beyond lie only characters of private use, and those that Unicode has not given out.
_ASSIGNED_RANGES = (range(0x80, 0xD800), range(0xE000, 0x40000), range(0xE0000, 0xE0200))


def fold_character(char: str) -> str:
    """Return the plain form of a character: one of ASCII, or nothing for a mark that stands on
    another, be it composed with it or not."""
    if char.isascii():
        return char
    if char in _PUNCTUATION:
        return _PUNCTUATION[char]
    category = unicodedata.category(char)
    if category[0] == "M" or ord(char) in _NON_INITIAL_JAMO:
        return ""
    if char.isspace():
        return " "
    if category == "Pd":
        return "-"
    plain = unicodedata.normalize("NFKD", char)[0]
    if plain in _KEPT_PUNCTUATION or (plain.isascii() and plain.isalnum()):
        return plain
    # A letter of another script stays a part of its word.
    return "x" if char.isalnum() else _PLACEHOLDER


def _normalise_character(char: str) -> str:
    """Return what stands for a character of a text as it comes."""
    if _INVISIBLE.match(char):
        return ""
    return "".join(map(fold_character, unicodedata.normalize("NFC", char)))


def _build_replacements(codes: Iterable[int]) -> list[tuple[str, str]]:
    by_plain: dict[str, list[int]] = {}
    for code in codes:
        by_plain.setdefault(_normalise_character(chr(code)), []).append(code)
    return [(f"[{character_ranges(of)}]", plain) for plain, of in sorted(by_plain.items())]


@functools.cache
def frequent_replacements() -> list[tuple[str, str]]:
    """Return what ``replacements`` makes of the signs that English texts often have, by few and
    small classes: engines that go through a class piece by piece, as Java's does, take long over
    large ones."""
    unseen = [code for code in range(0x80) if _INVISIBLE.match(chr(code))]
    return _build_replacements(sorted([*unseen, *map(ord, _FREQUENT_CHARACTERS)]))


@functools.cache
def latin_replacements() -> list[tuple[str, str]]:
    """Return what ``replacements`` makes of the letters that the languages of Europe add to the
    Latin alphabet, by small classes again."""
    return _build_replacements(range(0xA1, 0x180))


@functools.cache
def ascii_replacements() -> list[tuple[str, str]]:
    """Return the expressions and what stands for what they match that, one after the other, make
    of any text the plain form of its characters."""
    unseen = [code for code in range(0x80) if _INVISIBLE.match(chr(code))]
    codes = [
        code
        for code in itertools.chain(*_ASSIGNED_RANGES)
        if _normalise_character(chr(code)) != _PLACEHOLDER
    ]
    return [*_build_replacements([*unseen, *codes]), (NON_ASCII_PATTERN, _PLACEHOLDER)]


def character_ranges(codes: list[int]) -> str:
    """Return ascending code points as ranges within a class of characters."""
    told, start = [], codes[0]
    for before, code in zip(codes, [*codes[1:], -1], strict=True):
        if code != before + 1:
            told.append(chr(start) if start == before else f"{chr(start)}-{chr(before)}")
            start = code
    return "".join(told)
