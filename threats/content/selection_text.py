"""The filter in words."""

from collections.abc import Mapping

from threats.caching import cached
from threats.dataset.categories import is_in
from threats.dataset.model import DatasetError
from threats.dataset.store import open_dataset
from threats.format import format_range, join
from threats.stats.filters import ANY_REACH, COURSE, NATIONAL, filter_choices, from_params
from threats.stats.selection import Selected, select
from threats.text import selection as selection_text
from threats.text.phrases import selected_threats_phrase
from threats.text.translate import _


def describe(selected: Selected) -> str:
    """Return the selection as a phrase, such as "Central Asia, 2018–2023, without courses"."""
    labels, selection = filter_choices(selected.dataset), selected.selection
    region, *others = (
        join([labels[name][key] for key in getattr(selection, name)])
        for name in ("region", "family", "series", "kind", "group", "threat")
    )
    parts = [
        region or _(selection_text.ALL_REGIONS_LABEL),
        format_range(*selected.years),
        *others,
        selection_text.certainty_phrase(selection.certainty) if selection.certainty else "",
        _(selection_text.REACH_PHRASES[selection.reach]),
        "" if selection.kind else _(selection_text.COURSES_LABELS[selection.courses]),
        _(selection_text.FULLY_READ_LABEL) if selection.reading else "",
    ]
    return ", ".join(filter(None, parts))


def threat_scope(selected: Selected) -> str:
    """Return "the threat chosen" or "the threats chosen"; empty if the selection has all."""
    return "" if selected.has_all_threats else selected_threats_phrase(len(selected.threats))


def meeting_count_phrase(selected: Selected) -> str:
    """Return how many meetings remain and of how many the agenda is known."""
    return selection_text.meetings_and_agendas_phrase(len(selected.meetings), selected.known)


@cached(256, words=True)
def lens_sentence(selected: Selected) -> str:
    """Return how many known agendas are counted, and what the filter leaves out by default."""
    whole = selected.with_filter(reach=ANY_REACH, courses=True, kind=())
    left = whole.meetings[~is_in(whole.meetings["meeting_id"], selected.meetings["meeting_id"])]
    national = left["reach"] == NATIONAL
    courses = (left["kind"] == COURSE) & ~national
    return selection_text.counted_sentence(selected.known, int(national.sum()), int(courses.sum()))


def empty_reason(selected: Selected) -> str:
    """Return why an empty selection has nothing to show."""
    empty = selected.meetings.empty
    return _(selection_text.NO_MEETING_TEXT if empty else selection_text.NO_THREAT_TEXT)


def describe_params(params: Mapping[str, list[str]]) -> str:
    """Return the dataset, filter and number of meetings that an address asks for; empty if the
    dataset cannot be shown."""
    try:
        dataset = open_dataset(*params.get("dataset", ())[:1])
    except (DatasetError, KeyError):
        return ""
    selected = select(dataset, from_params(params, dataset)[0])
    return selection_text.preview_description(
        "" if dataset.first else dataset.descriptor["title"],
        describe(selected),
        meeting_count_phrase(selected),
    )
