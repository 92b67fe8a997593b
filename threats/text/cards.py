"""Labels of the card of a chart."""

from threats.text.translate import N_, _

CARD_LABELS = {
    "anchor": N_("Link to this chart"),
    "terms": N_("Terms"),
    "notes": N_("Notes"),
    "share": N_("Share / Download"),
    "link": N_("Link to this view"),
    "embed": N_("Embed this chart"),
    "cite": N_("Cite"),
    "copy": N_("Copy"),
    "copied": N_("Copied"),
    "image": N_("Image of the chart alone, made by your browser"),
    "data": N_("Show the data"),
    "close": N_("Close"),
    "loading": N_("Loading"),
    "keys": N_("Arrow keys choose a mark, Enter lists its meetings."),
    "scroll": N_("Scroll sideways for more"),
}
# Also before a card has arrived.
PLACEHOLDER_LABELS = {
    "loading": N_("The chart is loading."),
    "failed": N_("The chart could not be loaded."),
    "retry": N_("Try again"),
}
SOURCE_LABEL = N_("source")
NO_VALUE_SIGN = "–"
_BEHIND = N_("{label}: {meetings}")


def behind_title(label: str, meetings: str) -> str:
    """Return the title of the list of meetings behind a mark."""
    return _(_BEHIND, label=label, meetings=meetings)
