"""Text without case and accents."""

import unicodedata


def casefold_ascii(text: str) -> str:
    """Return a text without case and accents, so that "Türkiye" is found by "turkiye"."""
    if text.isascii():
        return text.casefold()
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in parts if not unicodedata.combining(c))
    # Letters that have no accent to take off but are written without their stroke.
    return plain.translate(str.maketrans("øđłıħ", "odlih"))
