"""What is done to each text of a corpus, in Narwhals expressions, the same on every engine.

The steps and patterns are those of ``threats code`` (``folding``, ``standing``, ``rules``), told as
replacements and searches in the subset of regular expressions that RE2 and Java read alike.
"""

import narwhals as nw

from threats.coding.boilerplate import (
    FULL_LINE_PATTERN,
    LINE_PATTERN,
    MASK_CHARACTER,
    MIN_WRAPPED_LINES,
    WIDE_LINE_PATTERN,
    build_boilerplate_patterns,
)
from threats.coding.extraction_worker import MAX_TEXT_CHARACTERS
from threats.coding.normalise import (
    NON_ASCII_PATTERN,
    ascii_replacements,
    frequent_replacements,
    latin_replacements,
)
from threats.coding.rules import RULE_TABLES, dataset_boilerplate, portable_pattern, split_patterns
from threats.dataset.model import Dataset

KINDS = ("threat", "response")
COLUMNS = ("id", "date", "text", "region", "source")
KEPT = ("id", "date", "year", "region", "source", "reason")
_BLANK = r"[^ \t\r\n]"
_LEAP = r"(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
_DAY = (
    r"(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)"
    r"|(?:0[13578]|1[02])-31)"
)
# A day with its hour is taken as the day, as databases give it.
_DATE = (
    rf"^(?:[0-9]{{4}}(?:-(?:0[1-9]|1[0-2]))?|(?:[0-9]{{4}}-{_DAY}|{_LEAP}-02-29)"
    r"(?:[T ][0-9:.+Z-]*)?)$"
)
_LINE_END = "[\n\r\x85\u2028\u2029]"


def judged(frame: nw.LazyFrame, repeated: nw.LazyFrame, regions: list[str]) -> nw.LazyFrame:
    """Return rows of text columns ``id``, ``date``, ``text``, ``region`` and ``source`` with the
    year of the date, and the reason why a row is refused, which is empty for a good one. The text
    of a refused row is emptied. ``repeated`` has the ids that stand more than once."""
    empty = nw.lit("")
    filled = frame.select(nw.col(name).fill_null("") for name in COLUMNS)
    joined = filled.join(repeated.with_columns(again=nw.lit(True)), on="id", how="left")
    date, text, region = nw.col("date"), nw.col("text"), nw.col("region")
    real = date.str.contains(_DATE) & ~date.str.contains(_LINE_END)
    faults = [
        (~nw.col("id").str.contains(_BLANK), "no id"),
        (nw.col("again").fill_null(False), "the id stands more than once"),
        (~date.str.contains(_BLANK), "no date"),
        (~real, "no date of the calendar as YYYY, YYYY-MM or YYYY-MM-DD"),
        (~text.str.contains(_BLANK), "no text"),
        (text.str.len_chars() > MAX_TEXT_CHARACTERS, f"over {MAX_TEXT_CHARACTERS:,} characters"),
        (~region.is_in(["", *regions]), "a region that is not in the vocabulary"),
    ]
    reason = empty
    for wrong, why in reversed(faults):
        reason = nw.when(wrong).then(nw.lit(why)).otherwise(reason)
    good = nw.col("reason") == ""
    return joined.with_columns(reason=reason).select(
        nw.col("id"),
        nw.when(good).then(date.str.slice(0, 10)).otherwise(date).alias("date"),
        nw.when(good).then(date.str.slice(0, 4)).otherwise(empty).alias("year"),
        nw.col("region"),
        nw.col("source"),
        nw.col("reason"),
        nw.when(good).then(text).otherwise(empty).alias("text"),
    )


def coded(frame: nw.LazyFrame, dataset: Dataset, first_group: str) -> nw.LazyFrame:
    """Return rows as ``judged`` gives them with a column for each threat and response in place of
    the text, true where the text mentions it. ``first_group`` is how the engine writes the first
    group of a match in what replaces it."""
    standing = build_boilerplate_patterns(
        dataset_boilerplate(dataset, "line"), dataset_boilerplate(dataset, "paragraph")
    )
    names = dataset_boilerplate(dataset, "name")
    text = nw.col("text")
    steps = [
        _replaced(text, [("\r\n?", "\n"), *frequent_replacements()]),
        *(
            nw.when(text.str.contains(NON_ASCII_PATTERN))
            .then(_replaced(text, pairs))
            .otherwise(text)
            for pairs in (latin_replacements(), ascii_replacements())
        ),
        _replaced(text, [("[ \t]+", " "), (" ?\n ?", "\n")]),
        nw.when(_is_broken(text))
        .then(text.str.replace_all(standing.broken_paragraphs, MASK_CHARACTER))
        .otherwise(text.str.replace_all(standing.paragraphs, MASK_CHARACTER)),
        _replaced(
            text,
            [
                (standing.rows, MASK_CHARACTER),
                (standing.menus, first_group + MASK_CHARACTER),
                (standing.lists, MASK_CHARACTER),
                ("\n+", " "),
                *([(portable_pattern(names), MASK_CHARACTER)] if names else []),
            ],
        ),
    ]
    for step in steps:
        frame = frame.with_columns(text=step)
    return frame.select(*KEPT, *_mentions(dataset))


def codes(dataset: Dataset) -> list[tuple[str, str]]:
    """Return the kind and the id of each threat and response, in the order of the vocabularies."""
    return [(kind, key) for kind in KINDS for key in dataset[RULE_TABLES[kind]].iloc[:, 0]]


def column(kind: str, key: str) -> str:
    """Return the name of the column of a code."""
    return f"{kind}:{key}"


def _mentions(dataset: Dataset) -> list[nw.Expr]:
    """Return whether a text without standing text mentions a code, for each code."""
    told = []
    for kind in KINDS:
        table = dataset[RULE_TABLES[kind]]
        rows = zip(table.iloc[:, 0], table["keywords"], table["exclude"], strict=True)
        for key, keywords, exclude in rows:
            text = nw.col("text")
            if exclude:
                text = text.str.replace_all(
                    portable_pattern(split_patterns(exclude)), MASK_CHARACTER
                )
            found = text.str.contains(portable_pattern(split_patterns(keywords)))
            told.append(found.alias(column(kind, key)))
    return told


def _replaced(text: nw.Expr, pairs: list[tuple[str, str]]) -> nw.Expr:
    for pattern, value in pairs:
        text = text.str.replace_all(pattern, value)
    return text


def _is_broken(text: nw.Expr) -> nw.Expr:
    """Return ``standing.is_broken`` of a text."""
    lines = _replaced(text, [(LINE_PATTERN, "x"), ("\n", "")]).str.len_chars()
    full = _replaced(text, [(FULL_LINE_PATTERN, "\x01"), ("[^\x01]", "")]).str.len_chars()
    return (
        (lines >= MIN_WRAPPED_LINES)
        & (full * 10 >= lines * 6)
        & ~text.str.contains(WIDE_LINE_PATTERN)
    )
