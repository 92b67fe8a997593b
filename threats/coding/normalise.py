"""The plain form of a text that is searched: ASCII, one character for one, and nothing unseen."""

import re
import unicodedata

# Controls and marks that are not seen: Unicode's categories Cc and Cf.
INVISIBLE_CHARACTERS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f"
)
_PUNCTUATION = dict.fromkeys("‘’‚‛´ʼ", "'") | dict.fromkeys("“”„‹«", '"')
# What parts the items of a menu.
_PUNCTUATION |= dict.fromkeys("•·", "*") | dict.fromkeys("›»", ">")
# Letters that Unicode does not decompose.
_PLAIN_LETTERS = dict(zip("ÆØĐĦıŁŒŦßæøđħłœŧ", "AODHiLOTsaodhlot", strict=True))
# A footnote's number above the line is no part of the word that it follows.
_RAISED = ("<super>", "<sub>", "<circle>")
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
    if char in _PLAIN_LETTERS:
        return _PLAIN_LETTERS[char]
    category = unicodedata.category(char)
    if category[0] == "M" or ord(char) in _NON_INITIAL_JAMO:
        return ""
    if char.isspace():
        return " "
    if category == "Pd":
        return "-"
    if category == "So" or (
        category == "No" and unicodedata.decomposition(char).startswith(_RAISED)
    ):
        return _PLACEHOLDER
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


# Line ends and hyphens that word processors write as controls.
_CONTROLS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n"})
_CONTROLS |= str.maketrans({"\u2029": "\n", "\x1e": "-"})
_SOFT_HYPHEN_AT_END = re.compile("(?:\xad|\x1f)([ \t]*\n)")
_LETTER = r"[^\W\d_]"
_UNREAD_CONTROL = re.compile(f"(?<={_LETTER})[\x00-\x08\x0e-\x1d](?={_LETTER})")
_PRIVATE = "\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff"
_BULLETS = re.compile("(?m)^[ \t]*[\uf000-\uf0ff]")
_UNREAD_SIGN = re.compile(f"(?<={_LETTER})[{_PRIVATE}]|[{_PRIVATE}](?={_LETTER})")


def mark_unread_signs(text: str) -> str:
    """Return a text with the line ends and hyphens that are written as controls, and with each
    other control within a word as a sign that is not read."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
    return _UNREAD_CONTROL.sub("\ufffd", _SOFT_HYPHEN_AT_END.sub(r"-\1", text))


def count_unread_signs(text: str) -> int:
    """Return how many signs of a text are letters that no standard names."""
    if text.isascii():
        return 0
    return len(_UNREAD_SIGN.findall(_BULLETS.sub("", text)))
