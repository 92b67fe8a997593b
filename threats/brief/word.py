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

FONT = "Arial"
TEXT, SOFT = RGBColor(0x1B, 0x27, 0x33), RGBColor(0x52, 0x60, 0x6D)
EDGE, PAGE = 1.8, (21.0, 29.7)  # centimetres
WIDTH = PAGE[0] - 2 * EDGE
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Name, size in points, space before and after, bold, colour.
_STYLES = (
    ("Normal", 9.5, 0, 3, False, TEXT),
    ("Title", 17, 0, 3, True, TEXT),
    ("Subtitle", 9.5, 0, 3, False, SOFT),
    ("Heading 1", 12, 7, 2, True, TEXT),
    ("List Bullet", 9.5, 0, 1.5, False, TEXT),
    ("Caption", 8.5, 4, 2, True, TEXT),
    ("TOC Heading", 12, 7, 2, True, TEXT),
    ("TOC 1", 9.5, 0, 3, False, TEXT),
    ("Note", 7.5, 0, 3, False, SOFT),
    ("Cell", 7.5, 0, 0, False, TEXT),
)


def text(value: object) -> str:
    """Return a value as text that XML can hold."""
    return _NOT_XML.sub("", str(value))


def _element(name: str, /, **attributes: str):
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def set_up(doc: Document, title: str, language: str) -> None:
    """Give a document its page, styles, language, title and page numbers, and take out what
    the template says of its author."""
    page = doc.sections[0]
    page.page_width, page.page_height = Cm(PAGE[0]), Cm(PAGE[1])
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(EDGE)
    page.footer_distance = Cm(1)
    for name, size, before, after, bold, colour in _STYLES:
        names = {style.name for style in doc.styles}
        style = (
            doc.styles[name]
            if name in names
            else doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        )
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.name, style.font.color.rgb = FONT, colour
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
        Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )
    for lang in doc.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)
    known = doc.core_properties
    known.title, known.language = text(title)[:255], language
    known.author = known.last_modified_by = known.comments = known.keywords = ""
    foot = page.footer.paragraphs[0]
    foot.style = doc.styles["Note"]
    foot.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{text(title)[:90]}\t")
    field(foot, "PAGE", "1")
    foot.add_run(" of ")
    field(foot, "NUMPAGES", "1")


def line(doc: Document, told: str = "", style: str = "Normal") -> Paragraph:
    """Add a paragraph of a style to a document."""
    made = doc.add_paragraph(text(told))
    return in_style(made, style)


def in_style(paragraph: Paragraph, style: str) -> Paragraph:
    """Give a paragraph a style. Set by its id, as python-docx would go through all styles each
    time, which takes most of the time of a document with tables."""
    paragraph._p.style = style.replace(" ", "")
    return paragraph


def field(paragraph: Paragraph, code: str, shown: str) -> None:
    """Add a field with what it shows until it is updated."""
    for part in (
        _element("fldChar", fldCharType="begin"),
        _instruction(code),
        _element("fldChar", fldCharType="separate"),
        shown,
        _element("fldChar", fldCharType="end"),
    ):
        run = paragraph.add_run(part if isinstance(part, str) else None)
        if not isinstance(part, str):
            run._r.append(part)


def _instruction(code: str):
    made = OxmlElement("w:instrText")
    made.set(qn("xml:space"), "preserve")
    made.text = f" {code} "
    return made


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around a paragraph."""
    paragraph._p.insert(1, _element("bookmarkStart", id=str(number), name=name))
    paragraph._p.append(_element("bookmarkEnd", id=str(number)))


def contents(doc: Document, entries: list[tuple[str, str]]) -> None:
    """Add a table of contents over the first level of headings, with an entry for each heading that
    leads to its bookmark; which pages they are on a word processor fills in when it updates it."""
    for place, (title, name) in enumerate(entries):
        entry = line(doc, style="TOC 1")
        if not place:
            begin = _element("fldChar", fldCharType="begin", dirty="true")
            for part in (
                begin,
                _instruction('TOC \\o "1-1" \\h \\z \\u'),
                _element("fldChar", fldCharType="separate"),
            ):
                entry.add_run()._r.append(part)
        link = _element("hyperlink", anchor=name, history="1")
        link.append(entry.add_run(text(title))._r)
        entry._p.append(link)
        if place == len(entries) - 1:
            entry.add_run()._r.append(_element("fldChar", fldCharType="end"))


def caption(doc: Document, kind: str, number: int, told: str, with_next: bool) -> None:
    """Add a caption that counts its kind, Figure or Table."""
    told_as = line(doc, f"{kind} ", "Caption")
    field(told_as, f"SEQ {kind} \\* ARABIC", str(number))
    told_as.add_run(f". {text(told)}")
    told_as.paragraph_format.keep_with_next = with_next


def describe(picture: InlineShape, title: str, alt: str) -> None:
    """Give a picture its alternative text."""
    picture._inline.docPr.set("title", text(title))
    picture._inline.docPr.set("descr", text(alt))


def as_data(table: Table, title: str, widths: list[float]) -> None:
    """Make of a table one whose first row is repeated on each page and whose rows stay whole; give
    it a title and the widths of its columns in centimetres."""
    made = table._tbl.tblPr
    made.append(_element("tblCaption", val=text(title)))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for number, row in enumerate(table.rows):
        kept = row._tr.get_or_add_trPr()
        kept.append(_element("cantSplit"))
        if not number:
            kept.append(_element("tblHeader"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def shade(run: Run) -> None:
    """Make a run small and soft, as numbers of sources stand."""
    run.font.size, run.font.color.rgb = Pt(8), SOFT


def link(paragraph: Paragraph, address: str) -> None:
    """Add an address as a link, if it is one of the web; else as text."""
    run = paragraph.add_run(text(address))
    if address.startswith(("https://", "http://")):
        run.font.underline = True
        made = OxmlElement("w:hyperlink")
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        made.set(qn("r:id"), paragraph.part.relate_to(text(address), kind, is_external=True))
        made.append(run._r)
        paragraph._p.append(made)
