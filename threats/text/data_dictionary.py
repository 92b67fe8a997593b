"""The data dictionary: its introduction, and the type and rules of each column."""

from threats.text.translate import N_, _

INTRODUCTION = N_("""# {title}: data dictionary

{description} Version {version}, {licence}.

`threats dictionary` makes this page from `datapackage.json`; edit that file, not this one.
Files are plain: UTF-8, commas, lines that end in LF. They are sorted by their key if the table is
not a vocabulary. An empty cell means unknown, never zero. `;` separates ids in a list. Every fact
row has the public page from which it was read; every phrase is in our own words. Vocabularies
(series, threats, responses, regions, organizations) have our own definitions. Breaks describe how
the data were produced. `threats check` checks all these rules.
""")
TABLE_HEADING = N_("""
## {path}: {title}

{description} Key: {key}.

| column | type | meaning |
| --- | --- | --- |
""")
COUNTS_HEADING = N_("""
## Meetings before and after version {version}
""")
COUNTS_TABLE = N_("""
| {name} | before | after |
| --- | --- | --- |
""")
REQUIRED_TYPE = N_("{type}, required")
TYPE_LABELS = {
    "list": N_("list"),
    "date": N_("date or part of one"),
    "string": N_("text"),
    "integer": N_("integer"),
    "number": N_("number"),
}
ALLOWED_VALUES = N_("{meaning} One of {values}.")
REFERENCE = N_("{meaning} An id of `{file}`.")
REFERENCES = N_("{meaning} Ids of `{file}`.")
WORD_LIMIT = N_("{meaning} At most {limit} words.")
WORD_MINIMUM = N_("{meaning} At least {limit} words.")


def type_label(kind: str, required: bool) -> str:
    """Return the type of a column."""
    label = _(TYPE_LABELS[kind])
    return _(REQUIRED_TYPE, type=label) if required else label
