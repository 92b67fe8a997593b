"""Word elements that python-docx lacks: fields, bookmarks, header rows, alternative text, language.

A field carries the text it shows until a word processor updates it. Elements follow ECMA-376, part
1, chapter 17.
"""

import re
from unicodedata import bidirectional

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shape import InlineShape
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from threats.charts.theme import LIGHT
from threats.text.exports import page_number_text

DOCX_FONT = "Arial"
DOCX_TEXT_COLOUR = RGBColor.from_string(LIGHT.text.removeprefix("#"))
DOCX_MUTED_COLOUR = RGBColor.from_string(LIGHT.muted.removeprefix("#"))
PAGE_MARGIN_CM, PAGE_SIZE_CM = 1.8, (21.0, 29.7)  # centimetres
TEXT_WIDTH_CM = PAGE_SIZE_CM[0] - 2 * PAGE_MARGIN_CM
_INVALID_XML_CHARS = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What stands after w:bidi in the properties of a paragraph.
# fmt: off
_AFTER_BIDI = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
    "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr",
    "w:pPrChange",
)
# fmt: on
# Name, size in points, space before and after, bold, colour.
_PARAGRAPH_STYLES = (
    ("Normal", 9.5, 0, 3, False, DOCX_TEXT_COLOUR),
    ("Title", 17, 0, 3, True, DOCX_TEXT_COLOUR),
    ("Subtitle", 9.5, 0, 3, False, DOCX_MUTED_COLOUR),
    ("Summary", 10.5, 2, 3, True, DOCX_TEXT_COLOUR),
    ("Heading 1", 12, 7, 2, True, DOCX_TEXT_COLOUR),
    ("List Bullet", 9.5, 0, 1.5, False, DOCX_TEXT_COLOUR),
    ("Caption", 8.5, 4, 2, True, DOCX_TEXT_COLOUR),
    ("TOC Heading", 12, 7, 2, True, DOCX_TEXT_COLOUR),
    ("TOC 1", 9.5, 0, 3, False, DOCX_TEXT_COLOUR),
    ("Note", 7.5, 0, 3, False, DOCX_MUTED_COLOUR),
    ("Cell", 7.5, 0, 0, False, DOCX_TEXT_COLOUR),
)


def xml_text(value: object) -> str:
    """Return a value as text that XML can hold."""
    return _INVALID_XML_CHARS.sub("", str(value))


def _new_element(name: str, text: str = "", /, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    if text:
        element.set(qn("xml:space"), "preserve")
        element.text = text
    return element


def init_document(doc: Document, title: str, language: str) -> None:
    """Set page size, styles, language, properties and page numbers of a document, without the
    author that python-docx writes."""
    page = doc.sections[0]
    page.page_width, page.page_height = Cm(PAGE_SIZE_CM[0]), Cm(PAGE_SIZE_CM[1])
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(PAGE_MARGIN_CM)
    page.footer_distance = Cm(1)
    for style in _PARAGRAPH_STYLES:
        _define_style(doc, *style)
    doc.styles["TOC 1"].paragraph_format.tab_stops.add_tab_stop(
        Cm(TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )
    for lang in doc.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)
    properties = doc.core_properties
    properties.title, properties.language = xml_text(title)[:255], language
    properties.author = properties.last_modified_by = ""
    properties.comments = properties.keywords = ""
    footer = set_style(page.footer.paragraphs[0], "Note")
    footer.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
    footer.add_run(f"{xml_text(title)[:90]}\t")
    for part in re.split("(PAGE|NUMPAGES)", page_number_text("PAGE", "NUMPAGES")):
        if part in ("PAGE", "NUMPAGES"):
            add_field(footer, part, "1")
        else:
            footer.add_run(part)


def _define_style(
    doc: Document, name: str, size: float, before: float, after: float, bold: bool, colour: RGBColor
) -> None:
    if name not in {style.name for style in doc.styles}:
        doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style = doc.styles[name]
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.name, style.font.color.rgb = DOCX_FONT, colour
    fonts = style.element.rPr.rFonts.attrib
    for key in [key for key in fonts if key.endswith("Theme")]:
        del fonts[key]
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), 1.0
    for name in ("pBdr", "spacing", "kern"):
        parent = style.element.pPr if name == "pBdr" else style.element.rPr
        for element in parent.findall(qn(f"w:{name}")):
            parent.remove(element)


def add_paragraph(doc: Document, content: str = "", style: str = "Normal") -> Paragraph:
    """Add a paragraph of a style to a document."""
    return set_style(doc.add_paragraph(xml_text(content)), style)


def set_style(paragraph: Paragraph, style: str) -> Paragraph:
    """Set the style of a paragraph by its id; python-docx would search all styles for its name,
    which takes most of the time of a document with tables."""
    paragraph._p.style = style.replace(" ", "")
    return paragraph


def add_field(paragraph: Paragraph, code: str, placeholder: str) -> None:
    """Add a field with the text that it shows until it is updated."""
    _begin_field(paragraph, code)
    paragraph.add_run(placeholder)
    _end_field(paragraph)


def _begin_field(paragraph: Paragraph, code: str, **attributes: str) -> None:
    for element in (
        _new_element("fldChar", fldCharType="begin", **attributes),
        _new_element("instrText", f" {code} "),
        _new_element("fldChar", fldCharType="separate"),
    ):
        paragraph.add_run()._r.append(element)


def _end_field(paragraph: Paragraph) -> None:
    paragraph.add_run()._r.append(_new_element("fldChar", fldCharType="end"))


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around a paragraph."""
    paragraph._p.insert(1, _new_element("bookmarkStart", id=str(number), name=name))
    paragraph._p.append(_new_element("bookmarkEnd", id=str(number)))


def add_table_of_contents(doc: Document, entries: list[tuple[str, str]]) -> None:
    """Add a table of contents of the headings of level 1, with a link from each title to its
    bookmark. A word processor adds the page numbers when it updates the field."""
    paragraphs = [add_paragraph(doc, style="TOC 1") for _entry in entries]
    _begin_field(paragraphs[0], 'TOC \\o "1-1" \\h \\z \\u', dirty="true")
    for paragraph, (title, name) in zip(paragraphs, entries, strict=True):
        link = _new_element("hyperlink", anchor=name, history="1")
        link.append(paragraph.add_run(xml_text(title))._r)
        paragraph._p.append(link)
    _end_field(paragraphs[-1])


def add_caption(doc: Document, kind: str, label: str, number: int, title: str) -> None:
    """Add a caption to what follows; its field counts those of its kind."""
    caption = add_paragraph(doc, f"{label} ", "Caption")
    add_field(caption, f"SEQ {kind} \\* ARABIC", str(number))
    caption.add_run(f". {xml_text(title)}")
    caption.paragraph_format.keep_with_next = True


def mark_right_to_left(doc: Document) -> None:
    """Set the direction of each paragraph whose first letter is of a script that is written from
    right to left, such as Arabic and Hebrew."""
    for element in doc.element.body.iter(qn("w:p")):
        paragraph = Paragraph(element, doc)
        if not is_right_to_left(paragraph.text):
            continue
        element.get_or_add_pPr().insert_element_before(_new_element("bidi"), *_AFTER_BIDI)
        for run in element.iter(qn("w:r")):
            shown = Run(run, paragraph)
            shown.font.rtl = is_right_to_left(shown.text) or None


def is_right_to_left(text: str) -> bool:
    """Return whether the first letter of a text is of a script written from right to left."""
    kinds = (bidirectional(letter) for letter in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def set_alt_text(picture: InlineShape, title: str, alt: str) -> None:
    """Set title and alternative text of a picture."""
    picture._inline.docPr.set("title", xml_text(title))
    picture._inline.docPr.set("descr", xml_text(alt))


def format_table(table: Table, title: str, widths: list[float]) -> None:
    """Repeat the first row of a table on each page, keep rows whole, and set the title and the
    widths of columns in centimetres."""
    table._tbl.tblPr.append(_new_element("tblCaption", val=xml_text(title)))
    table._tbl.tblPr.append(_cell_margins())
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for number, row in enumerate(table._tbl.tr_lst):
        properties = row.get_or_add_trPr()
        properties.append(_new_element("cantSplit"))
        if not number:
            properties.append(_new_element("tblHeader"))
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = Cm(width)


def _cell_margins() -> BaseOxmlElement:
    """Return margins that keep the text of cells away from their borders."""
    margins = _new_element("tblCellMar")
    for side, twips in (("top", 30), ("left", 80), ("bottom", 30), ("right", 80)):
        margins.append(_new_element(side, w=str(twips), type="dxa"))
    return margins


def mute(run: Run) -> None:
    """Make a run small and grey, for the numbers of sources."""
    run.font.size, run.font.color.rgb = Pt(8), DOCX_MUTED_COLOUR


def add_link(paragraph: Paragraph, text: str, address: str | None = None) -> Run:
    """Add a text, as a link if its address, by default itself, is one of the web."""
    run, address = paragraph.add_run(xml_text(text)), text if address is None else address
    if address.startswith(("https://", "http://")):
        run.font.underline = True
        target = paragraph.part.relate_to(xml_text(address), RT.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), target)
        link.append(run._r)
        paragraph._p.append(link)
    return run
