"""A brief as one HTML page that works without a network, also for print."""

from collections.abc import Iterable, Mapping, Sequence

from threats.brief.model import (
    ANNEX_SOURCE_RUNS,
    FRONT_PAGE_SOURCE_RUNS,
    Brief,
    format_chart_notes,
    format_citations,
)
from threats.exports.html import TEMPLATES
from threats.text.brief_titles import SOURCES_TITLE
from threats.text.translate import _


def write_html(
    brief: Brief,
    drawings: Mapping[str, str],
    reason: str,
    closing_lines: list[str],
    address: str,
    notices: Iterable[str] = (),
    links: Sequence[tuple[str, str]] = (),
    languages: Sequence[tuple[str, str, str]] = (),
    two_sheets: bool = False,
) -> str:
    """Return the brief as HTML. ``drawings`` are SVG elements by the names of their charts;
    ``reason`` takes the place of a missing one. ``closing_lines`` are the source and the citation,
    ``address`` is that of the view, or empty, ``notices`` concern the link. ``links`` are addresses
    and names of pages beside this one, ``languages`` are id, name and address of this page in each
    language. With ``two_sheets`` the annexes are on the screen alone."""
    return TEMPLATES.get_template("brief.html").render(
        brief=brief,
        drawings=drawings,
        reason=reason,
        closing_lines=closing_lines,
        address=address,
        notices=notices,
        links=links,
        languages=languages,
        two_sheets=two_sheets,
        format_citations=format_citations,
        format_chart_notes=format_chart_notes,
        front_limit=FRONT_PAGE_SOURCE_RUNS,
        annex_limit=ANNEX_SOURCE_RUNS,
        sources_title=_(SOURCES_TITLE),
    )
