"""Areas with a pattern drawn line by line, for print.

Chrome prints each area that is filled by a pattern as a picture of a megapixel, so that a chart of
a hundred bars took a minute and 16 MB.
"""

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

SVG = "http://www.w3.org/2000/svg"
_FILLED = re.compile(r"fill: *url\(['\"]?#([^'\")]+)['\"]?\)")
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
ET.register_namespace("", SVG)
ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")


def drawn_out(svg: str) -> str:
    """Return an SVG of Plotly's with what patterns fill drawn as the lines of the pattern, cut to
    the area; an area of another form than straight lines stays as it is."""
    root = ET.fromstring(svg)
    patterns = {one.get("id"): one for one in root.iter(f"{{{SVG}}}pattern")}
    number = 0
    for parent in list(root.iter()):
        for place, area in enumerate(list(parent)):
            found = _FILLED.search(area.get("style", ""))
            pattern = patterns.get(found[1]) if found else None
            box = _box(area.get("d", "")) if pattern is not None else None
            if box:
                number += 1
                parent[place] = _lines(area, pattern, box, f"hatched-{number}")
    return ET.tostring(root, encoding="unicode")


def _lines(area: ET.Element, pattern: ET.Element, box: tuple, name: str) -> ET.Element:
    """Return an area as a group: its ground, the pattern again and again, and its outline."""
    style, shape = area.get("style"), area.get("d")
    group = ET.Element(f"{{{SVG}}}g")
    if area.get("transform"):
        group.set("transform", area.get("transform"))
    cut = ET.SubElement(group, f"{{{SVG}}}clipPath", id=name)
    ET.SubElement(cut, f"{{{SVG}}}path", d=shape)
    inside = ET.SubElement(group, f"{{{SVG}}}g", {"clip-path": f"url(#{name})"})
    for part in pattern:
        if part.tag == f"{{{SVG}}}rect":
            ET.SubElement(inside, f"{{{SVG}}}path", d=shape, fill=part.get("fill"))
            continue
        # Lines of neighbours overlap, and must not show through each other there.
        opacity = part.get("opacity", "1")
        lines = ET.SubElement(inside, f"{{{SVG}}}g", opacity=opacity)
        lines.set("transform", pattern.get("patternTransform", ""))
        kept = {key: value for key, value in part.attrib.items() if key != "opacity"}
        for x, y in _places(pattern, box):
            ET.SubElement(lines, part.tag, kept, transform=f"translate({x:g},{y:g})")
    outline = _FILLED.sub("fill: none", style)
    ET.SubElement(group, f"{{{SVG}}}path", d=shape, style=outline)
    return group


def _places(pattern: ET.Element, box: tuple) -> Iterator[tuple[float, float]]:
    """Yield where a pattern has to be drawn to cover a box."""
    scale = re.match(r"scale\(([\d.]+)\)", pattern.get("patternTransform", ""))
    size = float(scale[1]) if scale else 1.0
    wide, high = (float(pattern.get(side).removesuffix("px")) for side in ("width", "height"))
    left, top, right, bottom = (edge / size for edge in box)
    for column in range(math.floor(left / wide), math.ceil(right / wide)):
        for row in range(math.floor(top / high), math.ceil(bottom / high)):
            yield column * wide, row * high


def _box(path: str) -> tuple[float, float, float, float] | None:
    """Return left, top, right and bottom of a path of straight lines; None of any other."""
    across, down = [], []
    for step, numbers in _STEP.findall(path):
        values = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", numbers)]
        if step not in "MLHVZ":
            return None
        across += values if step == "H" else values[::2] if step in "ML" else []
        down += values if step == "V" else values[1::2] if step in "ML" else []
    return (min(across), min(down), max(across), max(down)) if across and down else None
