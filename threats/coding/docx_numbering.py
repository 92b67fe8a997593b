"""The numbers of numbered paragraphs of a DOCX file, which are not in their text."""

from collections import defaultdict
from typing import Any

_MAX_LEVELS = 9


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attribute(element: Any, name: str) -> str:
    return next((v for key, v in element.items() if key.rpartition("}")[2] == name), "")


def _child(element: Any, *path: str) -> Any:
    """Return the first element by names from level to level, or None."""
    for name in path:
        element = next((e for e in element if _local(e) == name), None)
        if element is None:
            return None
    return element


class Numbering:
    """The numbering of a file, which counts the paragraphs as it gives their numbers."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._numbered: set[tuple[str, str]] = set()
        self._of_style: dict[str, Any] = {}
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0] * _MAX_LEVELS)
        abstract: dict[str, set[str]] = {}
        for element in numbering if numbering is not None else ():
            if _local(element) == "abstractNum":
                abstract[_attribute(element, "abstractNumId")] = {
                    _attribute(level, "ilvl") for level in element if _is_counted(level)
                }
            elif _local(element) == "num":
                target = _child(element, "abstractNumId")
                levels = (
                    abstract.get(_attribute(target, "val"), set()) if target is not None else ()
                )
                self._numbered |= {(_attribute(element, "numId"), level) for level in levels}
        for style in styles if styles is not None else ():
            properties = _child(style, "pPr", "numPr")
            if properties is not None:
                self._of_style[_attribute(style, "styleId")] = properties

    def label(self, paragraph: Any) -> str:
        """Return the number of a paragraph, such as "2.", or nothing if it has none."""
        properties = _child(paragraph, "pPr", "numPr")
        style = _child(paragraph, "pPr", "pStyle")
        if properties is None and style is not None:
            properties = self._of_style.get(_attribute(style, "val"))
        if properties is None:
            return ""
        key, level = (_child(properties, name) for name in ("numId", "ilvl"))
        number = _attribute(key, "val") if key is not None else ""
        depth = _attribute(level, "val") if level is not None else "0"
        if (number, depth) not in self._numbered:
            return ""
        counts, place = self._counts[number], int(depth)
        counts[place] += 1
        counts[place + 1 :] = [0] * (_MAX_LEVELS - place - 1)
        return f"{counts[place]}."


def _is_counted(level: Any) -> bool:
    """Return whether a level of a list has numbers or letters."""
    form = _child(level, "numFmt") if _local(level) == "lvl" else None
    return form is not None and _attribute(form, "val") not in ("bullet", "none", "")
