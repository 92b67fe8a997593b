"""What python-docx has no words for: fields, bookmarks, repeated header rows, alt text, language.

Fields carry what they show when the file is opened; a word processor updates them. Elements by
ECMA-376, part 1, chapter 17.
"""

import re

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shape import InlineShape
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from threats.charts.theme import LIGHT

DOCX_FONT = "Arial"
DOCX_TEXT_COLOUR = RGBColor.from_string(LIGHT.text.removeprefix("#"))
DOCX_MUTED_COLOUR = RGBColor.from_string(LIGHT.muted.removeprefix("#"))
PAGE_MARGIN_CM, PAGE_SIZE_CM = 1.8, (21.0, 29.7)  # centimetres
TEXT_WIDTH_CM = PAGE_SIZE_CM[0] - 2 * PAGE_MARGIN_CM
_INVALID_XML_CHARS = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Name, size in points, space before and after, bold, colour.
_PARAGRAPH_STYLES = (
    ("Normal", 9.5, 0, 3, False, DOCX_TEXT_COLOUR),
    ("Title", 17, 0, 3, True, DOCX_TEXT_COLOUR),
    ("Subtitle", 9.5, 0, 3, False, DOCX_MUTED_COLOUR),
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


def _new_element(name: str, /, **attributes: str):
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def init_document(doc: Document, title: str, language: str) -> None:
    """Give a document its page, styles, language, title and page numbers, and take out what
    the template says of its author."""
    page = doc.sections[0]
    page.page_width, page.page_height = Cm(PAGE_SIZE_CM[0]), Cm(PAGE_SIZE_CM[1])
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(PAGE_MARGIN_CM)
    page.footer_distance = Cm(1)
    for name, size, before, after, bold, colour in _PARAGRAPH_STYLES:
        names = {style.name for style in doc.styles}
        style = (
            doc.styles[name]
            if name in names
            else doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        )
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.name, style.font.color.rgb = DOCX_FONT, colour
        fonts = style.element.rPr.rFonts
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
        form = style.paragraph_format
        form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.0
        for part, names in (
            (style.element.pPr, ("pBdr",)),
            (style.element.rPr, ("spacing", "kern")),
        ):
            for found in [found for name in names for found in part.findall(qn(f"w:{name}"))]:
                part.remove(found)
    doc.styles["TOC 1"].paragraph_format.tab_stops.add_tab_stop(
        Cm(TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )
    for lang in doc.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)
    known = doc.core_properties
    known.title, known.language = xml_text(title)[:255], language
    known.author = known.last_modified_by = known.comments = known.keywords = ""
    foot = page.footer.paragraphs[0]
    foot.style = doc.styles["Note"]
    foot.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{xml_text(title)[:90]}\t")
    add_field(foot, "PAGE", "1")
    foot.add_run(" of ")
    add_field(foot, "NUMPAGES", "1")


def add_paragraph(doc: Document, content: str = "", style: str = "Normal") -> Paragraph:
    """Add a paragraph of a style to a document."""
    made = doc.add_paragraph(xml_text(content))
    return set_style(made, style)


def set_style(paragraph: Paragraph, style: str) -> Paragraph:
    """Give a paragraph a style. Set by its id, as python-docx would go through all styles each
    time, which takes most of the time of a document with tables."""
    paragraph._p.style = style.replace(" ", "")
    return paragraph


def add_field(paragraph: Paragraph, code: str, placeholder: str) -> None:
    """Add a field with what it shows until it is updated."""
    for part in (
        _new_element("fldChar", fldCharType="begin"),
        _field_instruction(code),
        _new_element("fldChar", fldCharType="separate"),
        placeholder,
        _new_element("fldChar", fldCharType="end"),
    ):
        run = paragraph.add_run(part if isinstance(part, str) else None)
        if not isinstance(part, str):
            run._r.append(part)


def _field_instruction(code: str):
    made = OxmlElement("w:instrText")
    made.set(qn("xml:space"), "preserve")
    made.text = f" {code} "
    return made


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around a paragraph."""
    paragraph._p.insert(1, _new_element("bookmarkStart", id=str(number), name=name))
    paragraph._p.append(_new_element("bookmarkEnd", id=str(number)))


def add_table_of_contents(doc: Document, entries: list[tuple[str, str]]) -> None:
    """Add a table of contents over the first level of headings, with an entry for each heading that
    leads to its bookmark; which pages they are on a word processor fills in when it updates it."""
    for place, (title, name) in enumerate(entries):
        entry = add_paragraph(doc, style="TOC 1")
        if not place:
            begin = _new_element("fldChar", fldCharType="begin", dirty="true")
            for part in (
                begin,
                _field_instruction('TOC \\o "1-1" \\h \\z \\u'),
                _new_element("fldChar", fldCharType="separate"),
            ):
                entry.add_run()._r.append(part)
        link = _new_element("hyperlink", anchor=name, history="1")
        link.append(entry.add_run(xml_text(title))._r)
        entry._p.append(link)
        if place == len(entries) - 1:
            entry.add_run()._r.append(_new_element("fldChar", fldCharType="end"))


def add_caption(doc: Document, kind: str, number: int, title: str, with_next: bool) -> None:
    """Add a caption that counts its kind, Figure or Table."""
    told_as = add_paragraph(doc, f"{kind} ", "Caption")
    add_field(told_as, f"SEQ {kind} \\* ARABIC", str(number))
    told_as.add_run(f". {xml_text(title)}")
    told_as.paragraph_format.keep_with_next = with_next


def set_alt_text(picture: InlineShape, title: str, alt: str) -> None:
    """Give a picture its alternative text."""
    picture._inline.docPr.set("title", xml_text(title))
    picture._inline.docPr.set("descr", xml_text(alt))


def format_table(table: Table, title: str, widths: list[float]) -> None:
    """Make of a table one whose first row is repeated on each page and whose rows stay whole; give
    it a title and the widths of its columns in centimetres."""
    made = table._tbl.tblPr
    made.append(_new_element("tblCaption", val=xml_text(title)))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for number, row in enumerate(table.rows):
        kept = row._tr.get_or_add_trPr()
        kept.append(_new_element("cantSplit"))
        if not number:
            kept.append(_new_element("tblHeader"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def mute(run: Run) -> None:
    """Make a run small and soft, as numbers of sources stand."""
    run.font.size, run.font.color.rgb = Pt(8), DOCX_MUTED_COLOUR


def add_link(paragraph: Paragraph, address: str) -> None:
    """Add an address as a link, if it is one of the web; else as text."""
    run = paragraph.add_run(xml_text(address))
    if address.startswith(("https://", "http://")):
        run.font.underline = True
        made = OxmlElement("w:hyperlink")
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        made.set(qn("r:id"), paragraph.part.relate_to(xml_text(address), kind, is_external=True))
        made.append(run._r)
        paragraph._p.append(made)
