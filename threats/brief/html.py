"""A brief as one HTML page that needs no network, laid out to be printed too."""

from collections.abc import Iterable, Mapping

from threats.brief.parts import FEW_RUNS, SOURCES, Brief, cited, notes_of
from threats.export import TEMPLATES


def document(
    brief: Brief,
    drawings: Mapping[str, str],
    why: str,
    foot: list[str],
    address: str,
    notices: Iterable[str] = (),
) -> str:
    """Return the brief as HTML. ``drawings`` are SVG elements by the name of their chart; where one
    is missing ``why`` stands in its place. ``foot`` are lines for the end, ``address`` is that of
    the view in the dashboard, ``notices`` what a reader has to be told of the link."""
    return TEMPLATES.get_template("brief.html").render(
        brief=brief,
        drawings=drawings,
        why=why,
        foot=foot,
        address=address,
        notices=notices,
        cited=cited,
        notes_of=notes_of,
        few=FEW_RUNS,
        sources_title=SOURCES,
    )
