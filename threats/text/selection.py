"""Words on the filter: what is selected, how many meetings remain, and why none do."""

from collections.abc import Sequence

from threats.format import format_number, join
from threats.text.quantities import format_meetings
from threats.text.translate import N_, _, ngettext

ALL_REGIONS_LABEL = N_("All regions")
ALL_MEETINGS_LABEL = N_("All meetings")
OSCE_WIDE_LABEL = N_("OSCE-wide")
COURSES_LABELS = {True: N_("courses included"), False: N_("without training courses")}
REACH_LABELS = {
    "": N_("More than one State"),
    "osce_wide": N_("OSCE-wide"),
    "regional": N_("Regional"),
    "national": N_("National"),
    "all": N_("All meetings"),
}
REACH_PHRASES = {
    "": N_("meetings of more than one State"),
    "osce_wide": N_("OSCE-wide meetings"),
    "regional": N_("regional meetings"),
    "national": N_("national events"),
    "all": N_("national events included"),
}
FULLY_READ_LABEL = N_("only fully read pages")
NO_MEETING_TEXT = N_("No meeting matches this filter.")
NO_THREAT_TEXT = N_(
    "No threat matches this filter: none of the chosen threats is in the chosen groups."
)
_CERTAINTY_ADJECTIVES = {
    "sure": N_("sure"),
    "inferred": N_("inferred"),
    "conflict": N_("conflicting"),
}


def threat_option_label(name: str, synonyms: Sequence[str]) -> str:
    """Return the name of a choice with the other words that readers search for."""
    others = [word for word in synonyms if word.casefold() != name.casefold()]
    return _("{name} ({synonyms})", name=name, synonyms=", ".join(others)) if others else name


def default_kinds_phrase() -> str:
    """Return what ``describe`` says of the kinds of meetings that count by default."""
    return f", {_(REACH_PHRASES[''])}, {_(COURSES_LABELS[False])}"


def certainty_phrase(certainty: tuple[str, ...]) -> str:
    """Return which codes count, such as "only sure and inferred codes"."""
    return _("only {kinds} codes", kinds=join([_(_CERTAINTY_ADJECTIVES[c]) for c in certainty]))


def meetings_and_agendas_phrase(total: int, known: int) -> str:
    """Return how many meetings there are, and of how many of them the agenda is known."""
    if known == total:
        return format_meetings(total)
    return ngettext(
        "{number} meeting, its agenda not known",
        "{number} meetings, {known} of them with a known agenda",
        total,
        known=format_number(known),
    )


def counted_sentence(known: int, n_national: int, n_courses: int) -> str:
    """Return how many known agendas are counted, and how many events the filter leaves out."""
    counted = ngettext(
        "Counted: {number} meeting with a known agenda.",
        "Counted: {number} meetings with a known agenda.",
        known,
    )
    left = [
        ngettext("{number} national event", "{number} national events", n_national)
        if n_national
        else "",
        ngettext("{number} training course", "{number} training courses", n_courses)
        if n_courses
        else "",
    ]
    if not any(left):
        return counted
    return _("{counted} Not counted: {left}.", counted=counted, left=join(list(filter(None, left))))


def selection_subtitle(measure: str, selection: str, n_meetings: int) -> str:
    """Return measure, filter and n of a chart."""
    return _(
        "{measure} · {selection} · {meetings}",
        measure=measure,
        selection=selection,
        meetings=format_meetings(n_meetings),
    )


def empty_subtitle(selection: str, total: int, known: int) -> str:
    """Return filter and n of figures without rows."""
    return _(
        "{selection} · {meetings}",
        selection=selection,
        meetings=meetings_and_agendas_phrase(total, known),
    )


def preview_description(dataset: str, selection: str, meetings: str) -> str:
    """Return what a link preview says of the filter; the dataset only if it has a name."""
    if not dataset:
        return _("{selection}: {meetings}.", selection=selection, meetings=meetings)
    return _(
        "{dataset}. {selection}: {meetings}.",
        dataset=dataset,
        selection=selection,
        meetings=meetings,
    )
