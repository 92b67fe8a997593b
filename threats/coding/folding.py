"""The plain form of a text that is searched: ASCII, one character for one, and nothing unseen.

Given as replacements too, so that engines which know nothing of Python make the same of a text.
"""

import functools
import itertools
import re
import unicodedata

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
COMMON = [" ", "'", '"', "-", ""]
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


@functools.cache
def replacements() -> list[tuple[str, str]]:
    """Return the expressions and what stands for what they match that, one after the other, make
    of any text the plain form of its characters. The first ``len(COMMON)`` of them are enough for
    a text where all that is not ASCII is blanks, quotes, dashes and what is not seen."""
    by_plain: dict[str, list[int]] = {}
    for code in itertools.chain(*_PLANES):
        char = chr(code)
        composed = unicodedata.normalize("NFC", char)
        plain = "" if _UNSEEN.match(char) else "".join(map(folded, composed))
        if plain != _OTHER:
            by_plain.setdefault(plain, []).append(code)
    unseen = [code for code in range(0x80) if _UNSEEN.match(chr(code))]
    by_plain[""] = unseen + by_plain[""]
    classes = {plain: f"[{_ranges(codes)}]" for plain, codes in by_plain.items()}
    order = [*COMMON, *sorted(set(classes) - set(COMMON))]
    return [(classes[plain], plain) for plain in order] + [(NOT_ASCII, _OTHER)]


def _ranges(codes: list[int]) -> str:
    """Return ascending code points as ranges within a class of characters."""
    told, start = [], codes[0]
    for before, code in zip(codes, [*codes[1:], -1], strict=True):
        if code != before + 1:
            told.append(chr(start) if start == before else f"{chr(start)}-{chr(before)}")
            start = code
    return "".join(told)
