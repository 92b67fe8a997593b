"""The threat, country or series of a page: which one its address names, and what it is called."""

from collections.abc import Mapping
from typing import Any

from threats.content.options import OPTIONS, parse_option
from threats.content.pages import PAGES
from threats.dataset.model import OSCE_WIDE, Dataset, DatasetError
from threats.dataset.store import open_dataset
from threats.stats.filters import filter_choices, from_params, synonyms
from threats.stats.selection import Selected, select
from threats.text import subjects as words
from threats.text.phrases import join_sentences

_TABLES = {"threat": "threat_categories", "country": "countries", "series": "series"}


def subject_names(dataset: Dataset, kind: str) -> dict[str, str]:
    """Return the full name of each threat, country or series by its id."""
    return dataset.names(_TABLES[kind])


def single_filter(selected: Selected, kind: str) -> str:
    """Return the one threat or series of the filter; empty if it has none or several."""
    chosen = getattr(selected.selection, kind)
    return chosen[0] if len(chosen) == 1 else ""


def chosen_subject(page: str, selected: Selected, values: Mapping[str, Any]) -> str:
    """Return the id that a page is about; empty if its address names none, several, or an unknown
    one, and for a page on no single threat, country or series."""
    if not PAGES[page].about_subject:
        return ""
    return values.get(page, "") if page == "country" else single_filter(selected, page)


def offered_subjects(page: str, selected: Selected) -> dict[str, str]:
    """Return the names that a page offers, by their ids: those of the filter if it has several, as
    after an id was split, else all."""
    names = subject_names(selected.dataset, page)
    several = () if page == "country" else getattr(selected.selection, page)
    return {key: name for key, name in names.items() if not several or key in several}


def page_name(page: str, selected: Selected, values: Mapping[str, Any]) -> str:
    """Return the heading of a page: the name of its threat (and region), country or series."""
    subject = chosen_subject(page, selected, values)
    if not subject:
        return PAGES[page].heading
    name = subject_names(selected.dataset, page)[subject]
    regions = selected.selection.region if page == "threat" else ()
    labels = [filter_choices(selected.dataset)["region"][region] for region in regions]
    if regions == (OSCE_WIDE,):
        return words.osce_wide_threat(name, labels[0])
    return words.threat_in_regions(name, labels)


def name_from_params(page: str, params: Mapping[str, list[str]]) -> str:
    """Return the heading of a page that an address asks for; its title if the dataset cannot be
    shown."""
    try:
        dataset = open_dataset(*params.get("dataset", ())[:1])
    except (DatasetError, KeyError):
        return PAGES[page].title
    selected = select(dataset, from_params(params, dataset)[0])
    country, _unknown = parse_option(OPTIONS["country"], params.get("country", ()), selected)
    return page_name(page, selected, {"country": country})


def page_description(page: str, selected: Selected, values: Mapping[str, Any]) -> str:
    """Return what a threat or series is, in a sentence; else the question of the page."""
    subject = chosen_subject(page, selected, values)
    if not subject or page == "country":
        return PAGES[page].question
    column = "definition" if page == "threat" else "description"
    text = selected.dataset.names(_TABLES[page], column)[subject]
    other = synonyms(selected.dataset)[subject] if page == "threat" else []
    return join_sentences(text, words.also_called(other))
