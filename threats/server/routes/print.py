"""Pages as plain HTML: to print, to embed, and to read without JavaScript."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from threats.brief.html_writer import write_html
from threats.brief.writers import colophon, dated_brief
from threats.content.builder import build_chart, build_item
from threats.content.meetings import reading_note, record_facts, record_links, record_tables
from threats.content.method_sources import source_status
from threats.content.model import Chart
from threats.content.pages import PAGE_ALIASES, PAGES, subject_address
from threats.content.registry import CHART_SPECS, SENTENCE_SPECS, chart_name, items_on
from threats.content.selection_text import describe, empty_reason, meeting_count_phrase
from threats.content.subjects import (
    chosen_subject,
    offered_subjects,
    page_description,
    page_name,
)
from threats.dataset.addresses import mend_value
from threats.dataset.model import Dataset
from threats.downloads import table_files
from threats.exports.chrome import RenderError, browser_available
from threats.exports.citation import cite_meeting, render_citations, source_line, to_citation_text
from threats.exports.feed import FEED_FILE
from threats.exports.html import TEMPLATES
from threats.exports.images import to_image, to_print_image
from threats.exports.tables import list_source_pages
from threats.exports.urls import View, build_url, changes_since, edition_notice
from threats.server.routes.params import RequestView, parse_request
from threats.server.routes.responses import not_found_response, with_nearest_dataset
from threats.stats.coverage import with_whole_series
from threats.stats.selection import Selected
from threats.text.exports import (
    FIGURES_IN_TABLES_NOTE,
    NO_BROWSER_MESSAGE,
    older_version_notice,
    unknown_parameters_notice,
)
from threats.text.glossary import terms_in
from threats.text.translate import _


def _svg_picture(chart: Chart, draw: Callable[[Chart], bytes] = to_image) -> dict:
    """Return a chart with its image as SVG, or with the reason why there is none."""
    try:
        return {
            "chart": chart,
            "svg": draw(chart).decode("utf-8") if browser_available() else "",
            "why": f"{_(NO_BROWSER_MESSAGE)} {_(FIGURES_IN_TABLES_NOTE)}",
        }
    except RenderError as error:
        return {"chart": chart, "svg": "", "why": str(error)}


def _render_template(
    template: str, request_view: RequestView, status: int = 200, **context
) -> Response:
    """Return a page rendered from a template, with what all pages show."""
    view = request_view.view
    dataset = view.selected.dataset
    title = "" if dataset.first else f"{dataset.descriptor['title']}. "
    page = TEMPLATES.get_template(template).render(
        view=view,
        edition=edition_notice(view),
        feed=build_url(view.base, FEED_FILE, view.selected.params),
        selection=f"{title}{describe(view.selected)}. {meeting_count_phrase(view.selected)}.",
        nothing=empty_reason(view.selected) if view.selected.empty else "",
        source=source_line(view),
        problems=request_view.problems,
        **context,
    )
    # Embedded charts follow the data: caches must revalidate.
    return HTMLResponse(page, status, headers={"Cache-Control": "no-cache"})


@with_nearest_dataset
def serve_print_page(request: Request, dataset: Dataset) -> Response:
    """Answer with a page as plain HTML, or with the record of a meeting."""
    name = PAGE_ALIASES.get(request.path_params["page"], request.path_params["page"])
    if name not in PAGES or not PAGES[name].printable:
        return not_found_response(request)
    found = parse_request(request, name, dataset, "meeting", "mark", "q")
    titles = dataset.names("meetings", "title")
    meeting = mend_value(request.query_params.get("meeting", ""), titles)
    if name == "brief" and not found.view.selected.threats.empty:
        return _render_brief(found, request.query_params.get("version", ""))
    if name == "meetings" and meeting in titles:
        return _render_record(found, dataset, meeting)
    return _render_page(request, found, dataset, name)


def _render_brief(request_view: RequestView, version: str) -> Response:
    view = request_view.view
    brief = dated_brief(view)
    pictures = [_svg_picture(chart, to_print_image) for chart in brief.charts]
    missing = [picture["why"] for picture in pictures if not picture["svg"]]
    notices = [edition.text] if (edition := edition_notice(view)) else []
    if request_view.problems:
        notices.append(unknown_parameters_notice(request_view.problems))
    changes = changes_since(view.selected.dataset, version) if version else []
    if changes:
        notices.append(" ".join([older_version_notice(version), *changes]))
    page = write_html(
        brief,
        {picture["chart"].name: picture["svg"] for picture in pictures if picture["svg"]},
        missing[0] if missing else "",
        colophon(brief, view),
        view.address(),
        notices,
    )
    return HTMLResponse(page, headers={"Cache-Control": "no-cache"})


def _render_page(
    request: Request, request_view: RequestView, dataset: Dataset, name: str
) -> Response:
    view, selected = request_view.view, request_view.view.selected
    if name == "series":
        selected = with_whole_series(selected)
        view = replace(view, selected=selected)
        request_view = request_view._replace(view=view)
    values, short = request_view.values, PAGES[name].about_subject
    subject = chosen_subject(name, selected, values)
    offered = offered_subjects(name, selected) if short and not subject else {}
    parts: list[dict] = []
    sentences: list[dict] = []
    if not selected.empty and not offered:
        parts, sentences = _build_parts(name, selected, values)
    version = request.query_params.get("version", "")
    charts = [part["chart"] for part in parts if "chart" in part]
    shown = [text for chart in charts for text in (chart.title, chart.subtitle, chart.alt)]
    title, question = (write(name, selected, values) for write in (page_name, page_description))
    return _render_template(
        "print.html",
        request_view,
        title=title,
        question=question,
        short=short,
        offered={label: subject_address(name, key, view.params) for key, label in offered.items()},
        items=parts,
        files=partial(table_files, view),
        terms=[] if short else terms_in(question, *shown),
        told=sentences,
        sources=[] if short else list_source_pages(selected).to_dict("records"),
        citation=render_citations(view, "", f"{title} ({describe(selected)})")["txt"],
        changes=changes_since(dataset, version) if version else [],
        version=version,
    )


def _build_parts(
    name: str, selected: Selected, values: dict[str, Any]
) -> tuple[list[dict], list[dict]]:
    """Return the charts and tables of a page, and its lists of sentences, for the template."""
    parts = []
    for part in items_on(name):
        made = build_item(part, selected, values)
        kind = {"table": made} if part.title else _svg_picture(made) if made else {}
        parts.append({"part": part, **kind})
    sentences = [
        {"title": part.title, "lines": build_item(part, selected, values)}
        for part in SENTENCE_SPECS.values()
        if part.page == name
    ]
    return parts, sentences


def _render_record(request_view: RequestView, dataset: Dataset, meeting: str) -> Response:
    one = dataset.params | {"meeting": [meeting]}
    view = View("meetings", request_view.view.selected, one, request_view.view.base)
    row = dataset["meetings"].set_index("meeting_id").loc[meeting]
    reference = cite_meeting(dataset, meeting, view.address(versioned=True))
    return _render_template(
        "record.html",
        request_view._replace(view=view, problems=[]),
        row=row,
        note=reading_note(row["reading"]),
        checked=source_status(dataset, row["source_url"]),
        facts=record_facts(dataset, meeting),
        links=record_links(dataset, meeting),
        tables=record_tables(dataset, meeting),
        citation=to_citation_text(reference),
    )


@with_nearest_dataset
def serve_embed(request: Request, dataset: Dataset) -> Response:
    """Answer with one chart as plain HTML, to embed in another page."""
    name = chart_name(request.path_params["chart"])
    if name not in CHART_SPECS:
        return not_found_response(request)
    part = CHART_SPECS[name]
    found = parse_request(request, part.page, dataset)
    selected = found.view.selected
    chart = None if selected.empty else build_chart(name, selected, found.values)
    nothing = empty_reason(selected) if selected.empty else part.instead
    picture = _svg_picture(chart) if chart else {}
    return _render_template("embed.html", found, name=name, instead=nothing, **picture)
