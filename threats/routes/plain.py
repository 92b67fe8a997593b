"""Pages as plain HTML: to print, to embed, and to read without JavaScript."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from threats import cache, catalogue, citation, images
from threats.brief import html
from threats.brief.contents import brief
from threats.brief.documents import foot_of
from threats.dataset import Dataset
from threats.export import TEMPLATES, View, citations, source_line, sources, to_drawing
from threats.links import changes_since
from threats.pages import PAGES
from threats.routes.answers import Asked, asked, not_found, route
from threats.selection import in_words, meetings_in_words, nothing_in_words
from threats.terms import used
from threats.views import record
from threats.views import sources as sources_view
from threats.views.base import Chart

NO_BROWSER = "No picture: this server has no Chrome or Chromium. The figures are in the table."


def _picture(chart: Chart) -> dict:
    """Return the chart with its drawing as SVG, or with the reason why there is none."""
    try:
        return {
            "chart": chart,
            "svg": to_drawing(chart).decode("utf-8") if images.available() else "",
            "why": NO_BROWSER,
        }
    except images.ImagesError as error:
        return {"chart": chart, "svg": "", "why": str(error)}


def _answer(template: str, found: Asked, status: int = 200, **more) -> Response:
    """Return a page made from a template, with what all of them say."""
    view = found.view
    dataset = view.selected.dataset
    of = "" if dataset.first else f"{dataset.descriptor['title']}. "
    page = TEMPLATES.get_template(template).render(
        view=view,
        selection=f"{of}{in_words(view.selected)}. {meetings_in_words(view.selected)}.",
        nothing=nothing_in_words(view.selected) if view.selected.empty else "",
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
    if name == "brief" and not found.view.selected.threats.empty:
        return _brief(found, request.query_params.get("version", ""))
    if name == "meetings" and meeting in dataset.names("meetings", "title"):
        return _record(found, dataset, meeting)
    return _page(request, found, dataset, name)


def _brief(found: Asked, version: str) -> Response:
    view = found.view
    made = cache.view(brief, view.selected)
    pictures = [_picture(chart) for chart in made.charts]
    missing = [picture["why"] for picture in pictures if not picture["svg"]]
    notices = []
    if found.problems:
        unknown = ", ".join(found.problems)
        notices.append(f"This link asks for something not known here, left aside: {unknown}")
    changes = changes_since(view.selected.dataset, version) if version else []
    if changes:
        since = " ".join(changes)
        notices.append(f"This link was made with data version {version}. Since then: {since}")
    page = html.document(
        made,
        {picture["chart"].name: picture["svg"] for picture in pictures if picture["svg"]},
        missing[0] if missing else "",
        foot_of(made, view),
        view.address(),
        notices,
    )
    return HTMLResponse(page, headers={"Cache-Control": "no-cache"})


def _page(request: Request, found: Asked, dataset: Dataset, name: str) -> Response:
    view, selected = found.view, found.view.selected
    page = PAGES[name]
    parts, told = [], []
    if not selected.empty:
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
    charts = [part["chart"] for part in parts if "chart" in part]
    shown = [text for chart in charts for text in (chart.title, chart.subtitle, chart.alt)]
    return _answer(
        "print.html",
        found,
        title=page.heading,
        question=page.question,
        items=parts,
        terms=used(page.question, *shown),
        told=told,
        sources=sources(selected),
        citation=citations(view, "", f"{page.heading} ({in_words(selected)})")["txt"],
        changes=changes_since(dataset, version) if version else [],
        version=version,
    )


def _record(found: Asked, dataset: Dataset, meeting: str) -> Response:
    one = dataset.params | {"meeting": [meeting]}
    view = View("meetings", found.view.selected, one, found.view.base)
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
    if not selected.empty:
        made = catalogue.chart(name, selected, found.values)
    nothing = nothing_in_words(selected) if selected.empty else part.instead
    picture = _picture(made) if made else {}
    return _answer("embed.html", found, name=name, instead=nothing, **picture)
