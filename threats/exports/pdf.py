"""HTML and SVG to PDF by Chrome, with pattern fills expanded to lines.

Chrome prints each area with a pattern fill as an image of a megapixel, so that a chart of a hundred
bars took a minute and 16 MB.
"""

import base64
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

import kaleido

from threats.exports.chrome import SHARED_BROWSER

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
_PATTERN_FILL = re.compile(r"fill: *url\(['\"]?#([^'\")]+)['\"]?\)")
_PATH_COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")
ET.register_namespace("", SVG_NAMESPACE)
ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")


def expand_svg_patterns(svg: str) -> str:
    """Return an SVG of Plotly with every pattern fill replaced by the lines of the pattern, clipped
    to the area. Areas with curved outlines are unchanged."""
    root = ET.fromstring(svg)
    patterns = {one.get("id"): one for one in root.iter(f"{{{SVG_NAMESPACE}}}pattern")}
    number = 0
    for parent in list(root.iter()):
        for place, area in enumerate(list(parent)):
            found = _PATTERN_FILL.search(area.get("style", ""))
            pattern = patterns.get(found[1]) if found else None
            if pattern is not None and (box := _path_bounds(area.get("d", ""))):
                number += 1
                parent[place] = _expand_area(area, pattern, box, f"hatched-{number}")
    return ET.tostring(root, encoding="unicode")


def _expand_area(area: ET.Element, pattern: ET.Element, box: tuple, name: str) -> ET.Element:
    """Return an area as a group: background, repeated pattern and outline."""
    style, shape = area.get("style", ""), area.get("d", "")
    group = ET.Element(f"{{{SVG_NAMESPACE}}}g")
    if transform := area.get("transform"):
        group.set("transform", transform)
    cut = ET.SubElement(group, f"{{{SVG_NAMESPACE}}}clipPath", id=name)
    ET.SubElement(cut, f"{{{SVG_NAMESPACE}}}path", d=shape)
    inside = ET.SubElement(group, f"{{{SVG_NAMESPACE}}}g", {"clip-path": f"url(#{name})"})
    for part in pattern:
        if part.tag == f"{{{SVG_NAMESPACE}}}rect":
            ET.SubElement(inside, f"{{{SVG_NAMESPACE}}}path", d=shape, fill=part.get("fill", ""))
            continue
        # The opacity of the group, as lines of neighbouring tiles overlap.
        opacity = part.get("opacity", "1")
        lines = ET.SubElement(inside, f"{{{SVG_NAMESPACE}}}g", opacity=opacity)
        lines.set("transform", pattern.get("patternTransform", ""))
        kept = {key: value for key, value in part.attrib.items() if key != "opacity"}
        for x, y in _tile_offsets(pattern, box):
            ET.SubElement(lines, part.tag, kept, transform=f"translate({x:g},{y:g})")
    outline = _PATTERN_FILL.sub("fill: none", style)
    ET.SubElement(group, f"{{{SVG_NAMESPACE}}}path", d=shape, style=outline)
    return group


def _tile_offsets(pattern: ET.Element, box: tuple) -> Iterator[tuple[float, float]]:
    """Yield the offsets of the tiles of a pattern that cover a box."""
    scale = re.match(r"scale\(([\d.]+)\)", pattern.get("patternTransform", ""))
    size = float(scale[1]) if scale else 1.0
    wide, high = (float(pattern.get(side, "").removesuffix("px")) for side in ("width", "height"))
    left, top, right, bottom = (edge / size for edge in box)
    for column in range(math.floor(left / wide), math.ceil(right / wide)):
        for row in range(math.floor(top / high), math.ceil(bottom / high)):
            yield column * wide, row * high


def _path_bounds(path: str) -> tuple[float, float, float, float] | None:
    """Return left, top, right and bottom of a path of straight lines, or None for any other."""
    across, down = [], []
    for step, numbers in _PATH_COMMAND.findall(path):
        values = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", numbers)]
        if step not in "MLHVZ":
            return None
        across += values if step == "H" else values[::2] if step in "ML" else []
        down += values if step == "V" else values[1::2] if step in "ML" else []
    return (min(across), min(down), max(across), max(down)) if across and down else None


# A4 in inches; Chrome renders the footer without the styles of the page.
_A4_PRINT_OPTIONS = dict(
    paperWidth=8.27,
    paperHeight=11.69,
    **dict.fromkeys(("marginTop", "marginLeft", "marginRight"), 0.6),
    marginBottom=0.75,
    printBackground=True,
    generateTaggedPDF=True,
    generateDocumentOutline=True,
    displayHeaderFooter=True,
    headerTemplate="<span></span>",
    footerTemplate='<div style="font:8px Arial,sans-serif;width:100%;margin:0 15mm;display:flex;'
    'justify-content:space-between;color:#52606D"><span class="title"></span><span>'
    '<span class="pageNumber"></span> of <span class="totalPages"></span></span></div>',
)
_ONE_PAGE_PRINT_OPTIONS = dict(
    printBackground=True, preferCSSPageSize=True, pageRanges="1", generateTaggedPDF=False
)


def html_to_pdf(page: str) -> bytes:
    """Return an HTML page without external resources as a tagged PDF on A4, with outline and page
    numbers. Nothing is written to disk. Raise ``chrome.RenderError``."""
    return SHARED_BROWSER.run(lambda browser: _print_to_pdf(browser, page, _A4_PRINT_OPTIONS))


def svg_to_pdf(svg: str, width: int, height: int) -> bytes:
    """Return an SVG of a size in pixels as one PDF page. Raise ``chrome.RenderError``."""
    style = f"@page {{ size: {width}px {height}px; margin: 0 }} body {{ margin: 0 }}"
    page = f"<!doctype html><style>{style} svg {{ display: block }}</style>{svg}"
    return SHARED_BROWSER.run(lambda browser: _print_to_pdf(browser, page, _ONE_PAGE_PRINT_OPTIONS))


async def _print_to_pdf(browser: kaleido.Kaleido, page: str, print_options: dict) -> bytes:
    tab = await browser.create_tab("about:blank")
    try:
        await _send_command(tab, "Emulation.setScriptExecutionDisabled", value=True)
        tree = await _send_command(tab, "Page.getFrameTree")
        frame = tree["frameTree"]["frame"]["id"]
        await _send_command(tab, "Page.setDocumentContent", frameId=frame, html=page)
        answer = await _send_command(tab, "Page.printToPDF", **print_options)
        return base64.b64decode(answer["data"])
    finally:
        await tab.close()


async def _send_command(tab: Any, command: str, **params: Any) -> dict[str, Any]:
    answer = await tab.send_command(command, params=params)
    if "error" in answer:
        raise RuntimeError(answer["error"].get("message", command))
    return answer["result"]
