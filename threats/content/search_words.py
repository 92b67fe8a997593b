"""Texts and queries in one form, in which words are compared whatever their spelling."""

import re
from collections import Counter
from itertools import pairwise, takewhile
from typing import NamedTuple

import pandas as pd

from threats.coding.numerals import ORDINALS, TENS
from threats.dataset.casefold import casefold_ascii

MAX_QUERY_LENGTH = 200
MAX_TERMS = 20
MIN_TYPO_LENGTH = 5
_MIN_PLURAL_LENGTH = 5
_MAX_WHOLE_LENGTH = 3
_STOP_WORDS = frozenset(re.findall(r"\w+", "a an and at by for from in of on or the to with"))
_ORDINAL = re.compile(
    rf"\b(?:(?:{'|'.join(TENS)})[- ])?(?:{'|'.join(word for word in ORDINALS if word.isalpha())})\b"
)
# British spelling to American, but "s" for "z", so that the start of a word has the same form.
_SPELLINGS = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=\d)(?:st|nd|rd|th)\b", ""),
        (r"['’]|(?<=\b\w)\.(?=\w\b)", ""),
        (r"z", "s"),
        (r"\b(cen|thea|li|me)tre", r"\1ter"),
        (r"\b(lab|neighb|behavi|harb|fav|hon|arm|col)our", r"\1or"),
        (r"\b(def|off|lic|pret)ence", r"\1ense"),
        (r"(travel|cancel|label|model|channel|signal|counsel)l(?=[eio])", r"\1"),
        (r"\bprogramme", "program"),
        (r"logue", "log"),
    )
]
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]')
_WORD = re.compile(r"[^\W\d_]+")
_HYPHENATED = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})[-‐‑]([^\W\d_]{2,})(?![^\W\d_])")
_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")
_PIECE = re.compile(r"[^\W_]+")


class SearchIndex(NamedTuple):
    """Texts to search by their ids, in the form of ``normalise``.

    ``words`` are their words as they are written, the commonest first. ``compounds`` are two words
    in one, such as crossborder, that the texts write together or more often with a hyphen than
    without.
    """

    texts: pd.Series
    words: tuple[str, ...] = ()
    compounds: frozenset[str] = frozenset()


def build_index(texts: pd.Series) -> SearchIndex:
    """Return the index of texts by their ids."""
    words, apart, pairs = Counter[str](), Counter[str](), Counter[str]()
    for text in texts.map(casefold_ascii):
        words.update(_WORD.findall(text))
        pairs.update(left + right for left, right in _HYPHENATED.findall(text))
        pieces = text.split()
        apart.update(map("".join, pairwise(pieces)))
    common = [word for word, _number in words.most_common() if len(word) >= MIN_TYPO_LENGTH - 1]
    hyphenated = {pair for pair, number in pairs.items() if number > apart[pair]}
    return SearchIndex(
        texts.map(normalise).astype("str"), tuple(common), frozenset(hyphenated.union(common))
    )


def normalise(text: str) -> str:
    """Return the words of a text with a blank before and after each: without case, accents and
    marks, ordinals as numbers, and words in one spelling."""
    return f" {' '.join(_PIECE.findall(_respell(text)))} "


def name_form(text: str) -> str:
    """Return the form in which two names that differ only in a plural are equal."""
    return " ".join(map(_singular, normalise(text).split()))


def _respell(text: str) -> str:
    text = _ORDINAL.sub(lambda word: str(_ordinal_number(word[0])), casefold_ascii(text))
    for pattern, replacement in _SPELLINGS:
        text = pattern.sub(replacement, text)
    return text


def _ordinal_number(words: str) -> int:
    """Return an ordinal in words; of "ninety tenth", which is none, its last part."""
    return ORDINALS.get(words) or ORDINALS[re.split("[- ]", words)[-1]]


def parse_query(query: str, compounds: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return regular expressions that all must match a text in the form of ``normalise``.

    A word matches at the start of a word, in one piece, with a hyphen or as two words. Words and
    numbers of up to three characters and phrases in quotes match only as a whole. ``compounds`` are
    those of ``SearchIndex``: they match as one word however the query writes them.
    """
    query = query[:MAX_QUERY_LENGTH]
    phrases = [_spaced(normalise(phrase)) for phrase in _QUOTED.findall(query)]
    terms = [f" {phrase} " for phrase in phrases if phrase]
    rest = _HYPHEN.sub("", _respell(_QUOTED.sub(" ", query)))
    words: list[str] = []
    for word in _PIECE.findall(rest):
        joined = words[-1] + word if words else ""
        words[-1:] = [joined] if joined in compounds else [*words[-1:], word]
    words = [word for word in words if word not in _STOP_WORDS] or words
    terms += map(_word_pattern, words, ["", *words])
    return tuple(dict.fromkeys(terms))[:MAX_TERMS]


def _word_pattern(word: str, before: str) -> str:
    if len(word) <= _MAX_WHOLE_LENGTH:
        return f" {_spaced(word)} " if word.isdecimal() else f" {_spaced(word)}s? "
    # In "cyber security" the second word may continue the first.
    start = f"(?:{_spaced(before)} ?)?" if before else ""
    return f" {start}{_spaced(_singular(word))}"


def _singular(word: str) -> str:
    """Return a word without the "s" of a plural, as any word that starts like this matches."""
    plural = len(word) >= _MIN_PLURAL_LENGTH and re.search(r"[^sui]s$", word)
    return word[:-1] if plural else word


def _spaced(text: str) -> str:
    """Return a pattern of the letters of a text, whether or not blanks stand between them."""
    return " ?".join("".join(_PIECE.findall(text)))


def find_texts(index: SearchIndex, query: str) -> pd.Series:
    """Return the texts that have every word of a query; all for a query without a word."""
    texts = index.texts
    for term in parse_query(query, index.compounds):
        texts = texts[texts.str.contains(term)]
    return texts


def suggest_query(index: SearchIndex, query: str) -> str:
    """Return a query with one typo mended in each word of five or more letters that no text has;
    empty if that finds nothing."""
    query = query[:MAX_QUERY_LENGTH]
    mended = _WORD.sub(lambda word: _mend(index, word[0]), query, count=MAX_TERMS)
    found = mended != query and not find_texts(index, mended).empty
    return mended if found else ""


def _mend(index: SearchIndex, word: str) -> str:
    plain = casefold_ascii(word)
    if len(plain) < MIN_TYPO_LENGTH or any(known.startswith(plain) for known in index.words):
        return word
    near = [known for known in index.words if differ_by_one_edit(plain, known)]
    # The first letter is seldom the wrong one.
    return min(near, key=lambda known: known[0] != plain[0], default=word)


def differ_by_one_edit(left: str, right: str) -> bool:
    """Return whether at most one letter is added, left out, replaced or swapped with the next.

    A ratio of similarity, as of ``difflib``, would not say how many typos there are.
    """
    same = takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False))
    start = sum(1 for _pair in same)
    left, right = left[start:], right[start:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )
