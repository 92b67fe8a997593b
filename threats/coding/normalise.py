"""The plain form of a text that is searched: ASCII, one character for one, and nothing unseen."""

import unicodedata

# Controls and marks that are not seen: Unicode's categories Cc and Cf.
INVISIBLE_CHARACTERS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f"
)
_PUNCTUATION = dict.fromkeys("‘’‚‛´ʼ", "'") | dict.fromkeys("“”„‹«", '"')
# What parts the items of a menu.
_PUNCTUATION |= dict.fromkeys("•·", "*") | dict.fromkeys("›»", ">")
_NON_INITIAL_JAMO = range(0x1160, 0x1200)
_KEPT_PUNCTUATION = frozenset(" !\"&'()*+,-/:;<>?|")
_PLACEHOLDER = "."
NON_ASCII_PATTERN = r"[^\x00-\x7F]"


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


def character_ranges(codes: list[int]) -> str:
    """Return ascending code points as ranges within a class of characters."""
    told, start = [], codes[0]
    for before, code in zip(codes, [*codes[1:], -1], strict=True):
        if code != before + 1:
            told.append(chr(start) if start == before else f"{chr(start)}-{chr(before)}")
            start = code
    return "".join(told)
