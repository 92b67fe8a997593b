"""The plain form of a text that is searched: ASCII, one character for one, and nothing unseen.

Given as replacements too, so that engines which know nothing of Python make the same of a text.
"""

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable

# Controls and marks that are not seen: Unicode's categories Cc and Cf.
UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f"
)
_SIGNS = dict.fromkeys("‘’‚‛´ʼ", "'") | dict.fromkeys("“”„‹«", '"')
# What parts the items of a menu.
_SIGNS |= dict.fromkeys("•·", "*") | dict.fromkeys("›»", ">")
_UNSEEN = re.compile(f"[{UNSEEN}]")
_LATER_JAMO = range(0x1160, 0x1200)
_KEPT = frozenset(" !\"&'()*+,-/:;<>?|")
_OTHER = "."
NOT_ASCII = r"[^\x00-\x7F]"
_FREQUENT = "\xa0\u2009\u202f‘’“”„–—‑…•\xad\u200b\ufeff"
# Beyond lie only characters of private use, and those that Unicode has not given out.
_PLANES = (range(0x80, 0xD800), range(0xE000, 0x40000), range(0xE0000, 0xE0200))


def folded(char: str) -> str:
    """Return the plain form of a character: one of ASCII, or nothing for a mark that stands on
    another, be it composed with it or not."""
    if char.isascii():
        return char
    if char in _SIGNS:
        return _SIGNS[char]
    category = unicodedata.category(char)
    if category[0] == "M" or ord(char) in _LATER_JAMO:
        return ""
    if char.isspace():
        return " "
    if category == "Pd":
        return "-"
    plain = unicodedata.normalize("NFKD", char)[0]
    if plain in _KEPT or (plain.isascii() and plain.isalnum()):
        return plain
    # A letter of another script stays a part of its word.
    return "x" if char.isalnum() else _OTHER


def _plain(char: str) -> str:
    """Return what stands for a character of a text as it comes."""
    if _UNSEEN.match(char):
        return ""
    return "".join(map(folded, unicodedata.normalize("NFC", char)))


def _replacements(codes: Iterable[int]) -> list[tuple[str, str]]:
    by_plain: dict[str, list[int]] = {}
    for code in codes:
        by_plain.setdefault(_plain(chr(code)), []).append(code)
    return [(f"[{ranges(of)}]", plain) for plain, of in sorted(by_plain.items())]


@functools.cache
def frequent_replacements() -> list[tuple[str, str]]:
    """Return what ``replacements`` makes of the signs that English texts often have, by few and
    small classes: engines that go through a class piece by piece, as Java's does, take long over
    large ones."""
    unseen = [code for code in range(0x80) if _UNSEEN.match(chr(code))]
    return _replacements(sorted([*unseen, *map(ord, _FREQUENT)]))


@functools.cache
def latin_replacements() -> list[tuple[str, str]]:
    """Return what ``replacements`` makes of the letters that the languages of Europe add to the
    Latin alphabet, by small classes again."""
    return _replacements(range(0xA1, 0x180))


@functools.cache
def replacements() -> list[tuple[str, str]]:
    """Return the expressions and what stands for what they match that, one after the other, make
    of any text the plain form of its characters."""
    unseen = [code for code in range(0x80) if _UNSEEN.match(chr(code))]
    codes = [code for code in itertools.chain(*_PLANES) if _plain(chr(code)) != _OTHER]
    return [*_replacements([*unseen, *codes]), (NOT_ASCII, _OTHER)]


def ranges(codes: list[int]) -> str:
    """Return ascending code points as ranges within a class of characters."""
    told, start = [], codes[0]
    for before, code in zip(codes, [*codes[1:], -1], strict=True):
        if code != before + 1:
            told.append(chr(start) if start == before else f"{chr(start)}-{chr(before)}")
            start = code
    return "".join(told)
