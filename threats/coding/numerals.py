"""Numbers and ordinals in digits and words."""

import re

_WORD = re.compile(r"\w+")
CARDINALS = _WORD.findall(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
TENS = _WORD.findall("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINAL_WORDS = _WORD.findall(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
ORDINALS = {word: number for number, word in enumerate(_ORDINAL_WORDS, start=1)}
ORDINALS |= {f"{tens[:-1]}ieth": 10 * n for n, tens in enumerate(TENS, start=2)}
ORDINALS |= {
    f"{tens}{mark}{one}": 10 * n + ORDINALS[one]
    for n, tens in enumerate(TENS, start=2)
    for one in list(ORDINALS)[:9]
    for mark in "- "
}
ORDINALS["hundredth"] = 100
# Numbers in words that a text gives of people, as an expression.
NUMBER_WORDS_PATTERN = (
    rf"(?:(?:{'|'.join(TENS)})(?:-(?:{'|'.join(CARDINALS[1:10])}))?|{'|'.join(CARDINALS[2:])}"
    rf"|(?:a|{'|'.join(CARDINALS[1:10])}) hundred)"
)


def parse_number(text: str) -> int:
    """Return a number in digits or words, up to the hundreds. Raises ValueError for others."""
    text = text.casefold().replace(",", "")
    if text.isdecimal():
        return int(text)
    if text.endswith(" hundred"):
        return 100 * (1 if text.startswith("a ") else CARDINALS.index(text.split()[0]))
    tens, _, ones = text.partition("-")
    if tens in TENS:
        return 10 * (TENS.index(tens) + 2) + (CARDINALS.index(ones) if ones else 0)
    return CARDINALS.index(text)
