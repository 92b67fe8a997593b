"""From bytes to text: by the mark at their start, the encoding they name, UTF-8, or a guess."""

import codecs
import re
import unicodedata

from threats.coding.file_text import Notice, UnreadableFileError, notice

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})"
    rb"|^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_DECLARED_BYTES = 8_192  # in which an encoding is named
# What browsers read under names that say less (https://encoding.spec.whatwg.org/#names-and-labels).
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",  # a page that names it in ASCII cannot be in it
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_BROWSER_NAMES = {"x-sjis": "cp932", "x-mac-cyrillic": "mac_cyrillic", "x-gbk": "gb18030"}
_BROWSER_NAMES |= {"windows-31j": "cp932", "x-cp1251": "cp1251", "x-cp1252": "cp1252"}
_BROWSER_NAMES |= {"macintosh": "mac_roman", "ks_c_5601-1987": "cp949", "cyrillic": "iso8859-5"}
_SAMPLE_BYTES = 100_000
_MAX_DAMAGED = 0.02  # of the letters of a text that is UTF-8 but for some


def decode_text(content: bytes, is_html: bool = False) -> tuple[str, list[Notice]]:
    """Return bytes as text, with a notice if their encoding had to be guessed.

    Raises
    ------
    UnreadableFileError
        If the bytes are no text, or in an unknown encoding.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode_marked(content, encoding), []
    if b"\0" in content:
        return _decode_utf_16(content), []
    declared = _declared_encoding(content) if is_html else None
    utf_8 = _decode(content, "utf-8")
    # A page stored again as UTF-8 often keeps the name of the encoding that it had.
    if declared and (utf_8 is None or content.isascii()):
        text = _decode(content, declared)
        if text is not None:
            return text, []
    if utf_8 is not None:
        return utf_8, []
    return _guess(content)


def _decode(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decode_marked(content: bytes, encoding: str) -> str:
    text = content.decode(encoding, "replace")
    if "\0" in text:
        raise UnreadableFileError("not_text")
    return text


def _decode_utf_16(content: bytes) -> str:
    """Return bytes as UTF-16 without its mark; raise UnreadableFileError if they are no text."""
    sample = content[:_SAMPLE_BYTES]
    little = sample[1::2].count(0) >= sample[::2].count(0)
    text = content[: len(content) // 2 * 2].decode(
        "utf-16-le" if little else "utf-16-be", "replace"
    )
    odd = sum(unicodedata.category(sign) in ("Cc", "Cn", "Co", "Cs") for sign in text[:10_000])
    odd -= sum(text[:10_000].count(sign) for sign in "\n\r\t\f")
    if "\0" in text or odd > 0.02 * len(text[:10_000]) or "\ufffd" in text[:-1]:
        raise UnreadableFileError("not_text")
    return text.removesuffix("\ufffd")


def _declared_encoding(content: bytes) -> str | None:
    """Return the encoding that a page names, if there is such a one for text."""
    found = _DECLARED.search(content[:_DECLARED_BYTES])
    if not found:
        return None
    name = (found[1] or found[2]).decode("ascii").lower()
    try:
        codec = codecs.lookup(_BROWSER_NAMES.get(name, name))
    except LookupError:
        return None
    if not getattr(codec, "_is_text_encoding", True) or "escape" in codec.name:
        return None
    return _READ_AS.get(codec.name, codec.name)


def _guess(content: bytes) -> tuple[str, list[Notice]]:
    """Return bytes in the likeliest encoding, with a notice that names it."""
    damaged = content.decode("utf-8", "replace")
    foreign = sum(not sign.isascii() for sign in damaged)
    if damaged.count("\ufffd") <= _MAX_DAMAGED * foreign:
        return damaged, []
    import chardet

    name = chardet.detect(content[:_SAMPLE_BYTES])["encoding"]
    for encoding in filter(None, (name, "cp1252")):
        text = _decode(content, encoding)
        if text is not None and "\0" not in text:
            return text, [notice("guessed_encoding", encoding=encoding)]
    raise UnreadableFileError("unknown_encoding")
