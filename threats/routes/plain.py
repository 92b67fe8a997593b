"""Pages as plain HTML: to print, to embed, and to read without JavaScript."""

import functools

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from threats import catalogue, citation, images
from threats.dataset import Dataset
from threats.export import TEMPLATES, View, citations, source_line, sources, to_drawing
from threats.links import changes_since
from threats.pages import PAGES
from threats.routes.answers import Asked, asked, not_found, route
from threats.selection import in_words, meetings_in_words
from threats.views import record
from threats.views import sources as sources_view
from threats.views.base import Chart

NO_BROWSER = "No picture: this server has no Chrome or Chromium. The figures are in the table."


@functools.lru_cache(maxsize=128)
def _drawing(chart: Chart) -> str:
    return to_drawing(chart)


def _picture(chart: Chart) -> dict:
    """Return the chart with its drawing as SVG, or with the reason why there is none."""
    try:
        return {
            "chart": chart,
            "svg": _drawing(chart) if images.available() else "",
            "why": NO_BROWSER,
        }
    except images.ImagesError as error:
        return {"chart": chart, "svg": "", "why": str(error)}


def _answer(template: str, found: Asked, status: int = 200, **more) -> Response:
    """Return a page made from a template, with what all of them say."""
    view = found.view
    page = TEMPLATES.get_template(template).render(
        view=view,
        base=view.base,
        selection=f"{in_words(view.selected)}. {meetings_in_words(view.selected)}.",
        source=source_line(view),
        problems=found.problems,
        **more,
    )
    # What is embedded follows the data: a cache asks again.
    return HTMLResponse(page, status, headers={"Cache-Control": "no-cache"})


@route
def print_page(request: Request, dataset: Dataset) -> Response:
    """Answer with a page as plain HTML, or with the record of a meeting."""
    name = request.path_params["page"]
    if name not in PAGES or not PAGES[name].printable:
        return not_found(request)
    found = asked(request, name, dataset, "version", "meeting", "mark", "q")
    meeting = request.query_params.get("meeting", "")
    if name == "meetings" and meeting in dataset.names("meetings", "title"):
        return _record(found, dataset, meeting)
    return _page(request, found, dataset, name)


def _page(request: Request, found: Asked, dataset: Dataset, name: str) -> Response:
    view, selected = found.view, found.view.selected
    page = PAGES[name]
    parts, told = [], []
    if not selected.meetings.empty:
        for part in catalogue.parts_of(name):
            made = catalogue.make(part, selected, found.values)
            kind = {"table": made} if part.title else _picture(made) if made else {}
            parts.append({"part": part, **kind})
        told = [
            {"title": part.title, "lines": catalogue.make(part, selected, found.values)}
            for part in catalogue.SENTENCES.values()
            if part.page == name
        ]
    version = request.query_params.get("version", "")
    return _answer(
        "print.html",
        found,
        title=page.heading,
        question=page.question,
        items=parts,
        told=told,
        sources=sources(selected),
        citation=citations(view, "", f"{page.heading} ({in_words(selected)})")["txt"],
        changes=changes_since(dataset, version) if version else [],
        version=version,
    )


def _record(found: Asked, dataset: Dataset, meeting: str) -> Response:
    view = View("meetings", found.view.selected, {"meeting": [meeting]}, found.view.base)
    row = dataset["meetings"].set_index("meeting_id").loc[meeting]
    reference = citation.to_meeting(dataset, meeting, view.address(versioned=True))
    return _answer(
        "record.html",
        found._replace(view=view, problems=[]),
        row=row,
        note={"none": record.NOT_READ, "part": record.READ_IN_PART}.get(row["reading"], ""),
        checked=sources_view.told(dataset, row["source_url"]),
        facts=record.facts(dataset, meeting),
        tables=record.parts(dataset, meeting),
        citation=citation.in_text(reference),
    )


@route
def embed(request: Request, dataset: Dataset) -> Response:
    """Answer with one chart as plain HTML, to stand in another page."""
    name = request.path_params["chart"]
    if name not in catalogue.CHARTS:
        return not_found(request)
    part = catalogue.CHARTS[name]
    found = asked(request, part.page, dataset, "version")
    selected, made = found.view.selected, None
    if not selected.meetings.empty:
        made = catalogue.chart(name, selected, found.values)
    nothing = part.instead or "No meeting fits this filter."
    picture = _picture(made) if made else {}
    return _answer("embed.html", found, name=name, instead=nothing, **picture)
