"""Addresses bent on their way to us by mail programs, word processors and campaign tools."""

import re
from collections.abc import Container, Iterable, Mapping
from urllib.parse import unquote_plus

from threats.language import LANGUAGES

# Signs of the sentence around an address, and blanks.
_BEFORE = " \t\r\n\u00a0([{<\"'\u00ab\u201e\u201c\u2018"
_AFTER = " \t\r\n\u00a0.,;:!)]}>\"'\u00bb\u201d\u201c\u2019\u2026"
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]\s*")
# What mail programs, networks and counters of visits add. None is a parameter of ours.
_TRACKING = re.compile(
    r"(?:utm|pk|mtm|matomo|sfmc)_\w+|(?:fb|g|d|ms|y|tt|tw)clid|gclsrc|[gw]braid|igsh(?:id)?"
    r"|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|_openstat|_ga|_gl|vero_id|li_fat_id"
)
_ESCAPED_AMPERSAND = "amp;"


def mend_name(name: str) -> str:
    """Return the parameter that a name in an address is a bent form of; empty for a name that
    others add to count visits."""
    while name.startswith(_ESCAPED_AMPERSAND):
        name = name.removeprefix(_ESCAPED_AMPERSAND)
    name = trim(name).lower()
    return "" if _TRACKING.fullmatch(name) else name


def mend_params(params: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Return the parameters of an address under their names, without those that count visits."""
    mended: dict[str, list[str]] = {}
    for name, values in params.items():
        if known := mend_name(name):
            mended.setdefault(known, []).extend(values)
    return mended


def mend_query(query: str) -> str:
    """Return the query of an address like ``mend_params``; what is not bent stays as it is."""
    parts = []
    for part in query.split("&"):
        name, equals, value = part.partition("=")
        plain = unquote_plus(name)
        known = mend_name(plain)
        if known or not plain:
            parts.append(part if known == plain else f"{known}{equals}{value}")
    return "&".join(parts)


def mend_value(text: str, known: Container[str]) -> str:
    """Return the known value that a text of an address is a bent form of; any other text stays."""
    plain = plain_dashes(trim(text))
    forms = (text, plain, plain.lower(), plain.upper(), re.sub(r"[\s-]+", "_", plain.lower()))
    return next((form for form in forms if form in known), text)


def asked_language(text: str) -> str:
    """Return the id of the language that a text of an address asks for; empty for none of ours."""
    known = mend_value(text, LANGUAGES)
    return known if known in LANGUAGES else ""


def trim(text: str) -> str:
    """Return a text without the signs of a sentence and the blanks around it."""
    return text.lstrip(_BEFORE).rstrip(_AFTER)


def plain_dashes(text: str) -> str:
    """Return a text with a hyphen for each dash, without the blanks around it."""
    return _DASHES.sub("-", text)


def relative_root(path: str) -> str:
    """Return the relative address of the dashboard from a path in it, such as "../"."""
    return "../" * (path.count("/") - 1) or "./"
