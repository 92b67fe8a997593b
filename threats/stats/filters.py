"""The reader's filter and its form in an address."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from threats.caching import cached
from threats.dataset.addresses import mend_value, plain_dashes, trim
from threats.dataset.model import OSCE_WIDE, Dataset
from threats.format import truncate
from threats.text.labels import CERTAINTY_LABELS
from threats.text.meetings import MEETING_KIND_LABELS
from threats.text.selection import OSCE_WIDE_LABEL
from threats.text.translate import _
from threats.text.vocabulary import translate_label, translate_words

# The parts of the filter, as parameters of an address: lists of ids, then the others.
LIST_PARAMS = ("region", "family", "series", "kind", "group", "threat", "certainty")
FILTER_PARAMS = (*LIST_PARAMS, "years", "reach", "courses", "reading")

READ_IN_FULL = "whole"
COURSE = "course"
NATIONAL = "national"
ANY_REACH = "all"
# The tables of ids that are no part of the filter.
_TABLES = {"meeting": "meetings", "country": "countries", "indicator": "indicators"}
REACHES = ("osce_wide", "regional", NATIONAL, ANY_REACH)


@dataclass(frozen=True)
class Selection:
    """A reader's filter, as ids in the vocabulary's order; an empty part means all.

    ``reach`` is one of ``REACHES``, or empty for meetings of more than one State. ``reading`` is
    ``whole`` for only the meetings whose page could be read to its end.
    """

    region: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    family: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    reach: str = ""
    group: tuple[str, ...] = ()
    threat: tuple[str, ...] = ()
    certainty: tuple[str, ...] = ()
    courses: bool = False
    reading: str = ""


@cached(8, words=True)
def filter_choices(dataset: Dataset) -> dict[str, dict[str, str]]:
    """Return the allowed ids of each list in a selection, with their labels."""
    threats = dataset["threat_categories"]
    groups = threats.drop_duplicates("group_id")
    return {
        "region": {
            key: _(OSCE_WIDE_LABEL) if key == OSCE_WIDE else name
            for key, name in dataset.names("regions").items()
        },
        "family": dataset.names("families"),
        "series": dataset.names("series", "short_name"),
        "kind": {key: _(label) for key, label in MEETING_KIND_LABELS.items()},
        "group": {
            key: translate_label(name)
            for key, name in zip(groups["group_id"], groups["group_name"], strict=True)
        },
        "threat": dataset.names("threat_categories", "label"),
        "certainty": {key: _(label) for key, label in CERTAINTY_LABELS.items()},
    }


@cached(8)
def year_bounds(dataset: Dataset) -> tuple[int, int]:
    """Return the first and last year of any meeting. Every valid dataset has a dated meeting."""
    years = dataset["meetings"]["year"].dropna()
    return int(years.min()), int(years.max())


def from_params(
    params: Mapping[str, Iterable[str]], dataset: Dataset
) -> tuple[Selection, list[str]]:
    """Return the selection that an address asks for, and its unknown values as ``name=value``.

    ``params`` has for each name all its values; names that are no part of a selection are ignored.
    """
    problems: list[tuple[str, str]] = []
    lists = {}
    for name, labels in filter_choices(dataset).items():
        asked = dict.fromkeys(value for value in params.get(name, ()) if value)
        values = {key for value in asked for key in current_ids(dataset, name, value)}
        problems += [(name, value) for value in asked if not _is_known(dataset, name, value)]
        lists[name] = tuple(key for key in labels if key in values)
    years, courses, reach, reading = None, False, "", ""
    first, last = year_bounds(dataset)
    for text in params.get("years", ()):
        low, high = parse_year_range(text)
        if low > high or high < first or low > last:
            problems.append(("years", text))
        elif (max(low, first), min(high, last)) != (first, last):
            years = max(low, first), min(high, last)
    for text in params.get("courses", ()):
        answer = mend_value(text, ("yes", "no"))
        courses = answer == "yes" if answer in ("yes", "no") else courses
        problems += [("courses", text)] if answer not in ("yes", "no") else []
    for text in filter(None, params.get("reach", ())):
        known = mend_value(text, REACHES)
        reach = known if known in REACHES else reach
        problems += [("reach", text)] if known not in REACHES else []
    for text in filter(None, params.get("reading", ())):
        is_full = mend_value(text, (READ_IN_FULL,)) == READ_IN_FULL
        reading = READ_IN_FULL if is_full else reading
        problems += [] if is_full else [("reading", text)]
    selection = Selection(years=years, courses=courses, reach=reach, reading=reading, **lists)
    return selection, [f"{name}={truncate(text, 40)}" for name, text in problems]


def current_ids(dataset: Dataset, kind: str, value: str) -> tuple[str, ...]:
    """Return the ids that an id has in this edition of the data: itself, or those that hold its
    rows now; none if its rows were left out. ``kind`` is of ``renamed_ids``. A synonym of a threat
    stands for its id, and a bent form for what it was."""
    if kind == "threat":
        synonyms_ = _cached_synonyms(dataset)
        value = synonyms_.get(mend_value(value.casefold(), synonyms_), value)
    value = mend_value(value, _cached_ids(dataset, kind))
    return _cached_renamed_ids(dataset).get((kind, value), (value,))


@cached(64)
def _cached_ids(dataset: Dataset, kind: str) -> frozenset[str]:
    """Return the ids of a kind, today's and earlier ones."""
    earlier = {old for its_kind, old in _cached_renamed_ids(dataset) if its_kind == kind}
    if kind in _TABLES:
        return frozenset(earlier | {*dataset[_TABLES[kind]].iloc[:, 0]})
    return frozenset(earlier | {*filter_choices(dataset).get(kind, ())})


@cached(8, words=True)
def synonyms(dataset: Dataset) -> dict[str, list[str]]:
    """Return the other words that readers use for each threat in their language, by its id."""
    table = dataset["threat_categories"]
    return dict(zip(table["threat_id"], map(translate_words, table["synonyms"]), strict=True))


@cached(8)
def _cached_synonyms(dataset: Dataset) -> dict[str, str]:
    # The words of an address mean the same in all languages.
    table = dataset["threat_categories"]
    known, pairs = set(table["threat_id"]), zip(table["threat_id"], table["synonyms"], strict=True)
    ids = {word.casefold(): key for key, words in pairs for word in words.split(";") if word}
    return {word: key for word, key in ids.items() if word not in known}


@cached(8)
def _cached_renamed_ids(dataset: Dataset) -> dict[tuple[str, str], tuple[str, ...]]:
    rows = dataset["renamed_ids"]
    return {
        (kind, old): tuple(filter(None, new.split(";")))
        for kind, old, new in zip(rows["kind"], rows["old_id"], rows["new_ids"], strict=True)
    }


def _is_known(dataset: Dataset, name: str, value: str) -> bool:
    ids = current_ids(dataset, name, value)
    return bool(ids) and all(key in filter_choices(dataset)[name] for key in ids)


def parse_year_range(text: str) -> tuple[int, int]:
    """Return the first and last year of a text such as "2018-2023"; (1, 0) for any other text."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", plain_dashes(trim(text)), re.ASCII)
    return (int(found[1]), int(found[2] or found[1])) if found else (1, 0)


def to_params(selection: Selection) -> dict[str, list[str]]:
    """Return the address parameters of a selection, without the default values."""
    params = {name: list(getattr(selection, name)) for name in LIST_PARAMS}
    if selection.years:
        params["years"] = ["-".join(map(str, dict.fromkeys(selection.years)))]
    if selection.reach:
        params["reach"] = [selection.reach]
    if selection.reading:
        params["reading"] = [selection.reading]
    if selection.courses:
        params["courses"] = ["yes"]
    return {name: values for name, values in params.items() if values}
