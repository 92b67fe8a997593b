"""The filter in words."""

from threats.format import join
from threats.stats.selection import Selected, filter_choices
from threats.text.quantities import quantity

_CERTAINTY_ADJECTIVES = {"sure": "sure", "inferred": "inferred", "conflict": "conflicting"}


def describe(selected: Selected) -> str:
    """Return the selection as a phrase, such as "Central Asia, 2018–2023, without courses"."""
    labels, selection = filter_choices(selected.dataset), selected.selection
    parts = [
        join([labels[name][key] for key in getattr(selection, name)])
        for name in ("region", "series", "group", "threat")
        if getattr(selection, name)
    ]
    if not selection.region:
        parts.insert(0, "All regions")
    first, last = selected.years
    parts.insert(1, f"{first}–{last}" if first < last else str(first))
    if selection.certainty:
        kinds = join([_CERTAINTY_ADJECTIVES[key] for key in selection.certainty])
        parts.append(f"only {kinds} codes")
    parts.append("courses included" if selection.courses else "without training courses")
    if selection.reading:
        parts.append("only pages read whole")
    return ", ".join(parts)


def meeting_count_phrase(selected: Selected) -> str:
    """Return how many meetings remain and of how many the agenda is known."""
    total, known = len(selected.meetings), selected.known
    words = quantity(total, "meeting")
    if known < total:
        words += f", {known} of them with a known agenda"
    return words


def empty_reason(selected: Selected) -> str:
    """Return why an empty selection has nothing to show."""
    if selected.meetings.empty:
        return "No meeting fits this filter."
    return "No threat fits this filter: none of the threats chosen is in the groups chosen."
