"""Write the files of this folder: texts as programs really write them.

    python tests/field/make_files.py

``cases.csv`` says for each file what must be found in it. A new case is a file and a line.
"""

import datetime
import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from fpdf import FPDF
from pypdf import PdfReader, PdfWriter

HERE = Path(__file__).parent
TITLE = "Border officials meet in Vienna"
DATELINE = "VIENNA, 28 September 2021 - Officials met at the Hofburg for a day of talks."
MENU = ("Home", "About us", "Countering terrorism", "Cyber security", "Newsroom", "Contact")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
LEFT = "Session 1 dealt with Central Asia and|the trafficking in|drugs along the northern route."
RIGHT = "Session 2 dealt with Eastern Europe and|smuggling of|migrants and document fraud."
PROGRAMME = [
    "09:00 Registration",
    "10:00 Session 1: Cybercrime",
    "11:00 Coffee break",
    "11:30 Session 2: Migrant smuggling",
    "13:00 Lunch",
    "14:00 Session 3: Terrorism",
]
RUSSIAN = "Встреча в Вене, на которой говорили о границах и безопасности людей"


def write(name, content):
    (HERE / name).write_bytes(content)


def txt(name, body, encoding="utf-8"):
    write(f"{name}.txt", f"{TITLE}\n\n{DATELINE}\n\n{body}\n".encode(encoding))


def html(name, body, head='<meta charset="utf-8">', encoding="utf-8", title=TITLE):
    page = f"<!doctype html><html><head>{head}</head><body><h1>{title}</h1><p>{DATELINE}</p>{body}"
    write(f"{name}.html", f"{page}</body></html>".encode(encoding))


def p(text, properties=""):
    return f"<w:p>{properties}{r(text)}</w:p>"


def r(text, properties=""):
    mark = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{mark}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def table(rows):
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def docx(name, body, parts=None, namespace=W, main="word/document.xml"):
    spaces = f'xmlns:w="{namespace}" xmlns:v="urn:schemas-microsoft-com:vml"'
    spaces += ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    spaces += ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    text = f"<w:document {spaces}><w:body>{p(TITLE)}{p(DATELINE)}{body}</w:body></w:document>"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="r1" Type="{relation}" Target="{main}"/></Relationships>',
        main: text,
    }
    for part, content in (parts or {}).items():
        files[part] = f"<w:x {spaces}>{content}</w:x>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in files.items():
            archive.writestr(zipfile.ZipInfo(part), content)
    write(f"{name}.docx", file.getvalue())


def pdf(name, lines, encrypt=None, font=None):
    """Write lines, each a text or texts with their places from the left."""
    made, y = FPDF(unit="pt", format=(612, 792)), 80
    made.set_creation_date(datetime.datetime(2021, 9, 28, tzinfo=datetime.UTC))
    made.add_page()
    if font:
        made.add_font("own", fname=font)
    made.set_font("own" if font else "helvetica", size=11)
    for line in [TITLE, DATELINE, *lines]:
        for x, words in [(60, line)] if isinstance(line, str) else line:
            made.text(x, y, words)
        y += 14
    content = bytes(made.output())
    if encrypt:
        writer, file = PdfWriter(PdfReader(io.BytesIO(content))), io.BytesIO()
        writer.encrypt(user_password="", owner_password="x", algorithm=encrypt)
        writer.write(file)
        content = file.getvalue()
    write(f"{name}.pdf", content)


def ligatures(font):
    txt("ligature-ffi", "They discussed arms tra\ufb03cking at length.")
    txt("ligature-fi-and-private-sign", "They discussed illicit \ufb01rearms and tra\ue000cking.")
    html("ligature-entity", "<p>They discussed arms tra&#64259;cking at length.</p>")
    html(
        "ligature-and-marks",
        "<p>They discussed arms tra\ufb03c<b>king</b> and <i>T</i>errorism.</p>",
    )
    html("word-in-spans", "<p>They discussed <span>smug</span><span>gling</span> of migrants.</p>")
    docx("ligature", p("They discussed arms tra\ufb03cking at length."))
    docx(
        "footnote-number",
        f"<w:p>{r('They discussed terrorism')}"
        + r("2", '<w:vertAlign w:val="superscript"/>')
        + f"{r(' at length.')}</w:p>",
    )
    html("footnote-number", "<p>They discussed terrorism<sup>2</sup> at length.</p>")
    pdf("ligature", ["They discussed arms tra\ufb03cking at length."], font=font)
    pdf("ligature-fi", ["They discussed illicit \ufb01rearms at length."], font=font)
    txt(
        "full-width-and-bold",
        "They discussed ｔｅｒｒｏｒｉｓｍ and \U0001d41c\U0001d432\U0001d41b"
        "\U0001d41e\U0001d42bcrime.",
    )


def breaks():
    words = "terror-\nist travel, smug-\ngling of migrants and coun-\nter-terrorism"
    txt("broken-words", f"They discussed {words}.")
    txt(
        "broken-region",
        "They discussed terrorism in South-\nEastern Europe and cross-\nborder crime.",
    )
    txt("soft-hyphen", "They discussed smug\u00ad\ngling of migrants and ter\u00adrorism.")
    txt("pasted-breaks", "They discussed smug- gling of migrants, small- and large-scale fraud.")
    docx(
        "broken-words",
        "<w:p>"
        + "<w:r><w:br/></w:r>".join(map(r, f"They discussed {words}.".split("\n")))
        + "</w:p>",
    )
    docx(
        "own-hyphens",
        f"<w:p>{r('They discussed terrorism in South')}<w:r><w:noBreakHyphen/></w:r>"
        f"{r('Eastern Europe and smug')}<w:r><w:softHyphen/></w:r>{r('gling of migrants.')}</w:p>",
    )
    html("broken-words", f"<p>They discussed {words.replace(chr(10), '<br>')}.</p>")
    html("chance-of-a-break", "<p>They discussed smug<wbr>gling of migrants, ter&shy;rorism.</p>")
    pdf("broken-words", f"They discussed {words}.".split("\n"))
    pdf("broken-region", ["They discussed terrorism in South-", "Eastern Europe at length."])


def columns():
    pairs = list(zip(LEFT.split("|"), RIGHT.split("|"), strict=True))
    txt("columns-by-blanks", "\n".join(f"{a:45}{b}" for a, b in pairs))
    txt("columns-by-tabs", "\n".join(f"{a}\t{b}" for a, b in pairs))
    html("columns-by-blanks", "<pre>" + "\n".join(f"{a:45}{b}" for a, b in pairs) + "</pre>")
    html(
        "columns-in-a-table",
        "<table><tr>"
        + "".join(f"<td>{side.replace('|', '<br>')}</td>" for side in (LEFT, RIGHT))
        + "</tr></table>",
    )
    docx(
        "columns-by-tabs", "".join(f"<w:p>{r(a)}<w:r><w:tab/></w:r>{r(b)}</w:p>" for a, b in pairs)
    )
    docx("columns-in-a-table", table([[p(side.replace("|", " ")) for side in (LEFT, RIGHT)]]))
    pdf("columns-row-by-row", [[(60, a), (330, b)] for a, b in pairs])
    third = ("It was a long and", "useful day for the", "people who came.")
    pdf(
        "three-columns",
        [[(40, a), (250, b), (480, c)] for (a, b), c in zip(pairs, third, strict=True)],
    )
    pdf(
        "table-with-long-cells",
        [
            [(60, "10:00"), (130, "Session 1: The trafficking in"), (400, "Ms Anna Petrova,")],
            [(130, "drugs along the route"), (400, "Ministry of Interior")],
            [(60, "11:30"), (130, "Session 2: The smuggling of"), (400, "Mr John Smith,")],
            [(130, "migrants by sea"), (400, "Coast Guard")],
            [(60, "13:00"), (130, "Lunch")],
            [(60, "14:00"), (130, "Session 3: Terrorism"), (400, "Ms Ana Silva")],
        ],
    )


def changes():
    told = r(" They discussed trafficking in human beings and drug trafficking.")
    gone = '<w:del w:id="2"><w:r><w:delText>They discussed cybercrime.</w:delText></w:r></w:del>'
    docx("insertion", f'<w:p>{r("They met.")}<w:ins w:id="1">{told}</w:ins>{gone}</w:p>')
    docx(
        "insertion-of-paragraphs",
        f'<w:ins w:id="1">{p("They discussed drug trafficking.")}</w:ins>'
        f'<w:p><w:pPr><w:rPr><w:ins w:id="3"/></w:rPr></w:pPr><w:ins w:id="4">'
        f"{r('They discussed trafficking in human beings.')}</w:ins></w:p><w:p>{gone}</w:p>",
    )
    moved = r("They discussed drug trafficking and trafficking in human beings.")
    docx(
        "move",
        f'<w:p><w:moveFrom w:id="1">{moved}</w:moveFrom></w:p>{p("Then they left.")}'
        f'<w:p><w:moveTo w:id="2">{moved}</w:moveTo></w:p>',
    )
    row = "<w:tr><w:trPr><w:{0} w:id='1'/></w:trPr><w:tc>{1}</w:tc></w:tr>"
    docx(
        "rows-of-a-table",
        "<w:tbl>"
        + row.format("ins", p("Drug trafficking and trafficking in human beings"))
        + row.format("del", p("Cybercrime"))
        + "</w:tbl>",
    )
    html(
        "insertion",
        "<p>They met. <ins>They discussed drug trafficking and trafficking in human "
        "beings.</ins> <del>They discussed cybercrime.</del></p>",
    )
    html(
        "deletion",
        "<p>They discussed drug trafficking, <del><b>cybercrime</b></del> and "
        "trafficking in human beings.</p>",
    )


def boxes():
    box = "<w:txbxContent>{}</w:txbxContent>".format(p("Session 2: firearms trafficking"))
    docx(
        "box-vml",
        f"<w:p>{r('Box: ')}<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape>"
        "</w:pict></w:r></w:p>",
    )
    docx(
        "box-in-two-forms",
        f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}"
        f"</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    docx("content-control-block", control(p("Session 2: firearms trafficking")))
    docx(
        "content-control-in-line",
        f"<w:p>{r('They discussed ')}{control(r('firearms trafficking'))}</w:p>",
    )
    docx("nested-table", table([[table([[p("Session 2: firearms trafficking")]]) + p("")]]))
    docx(
        "controls-in-a-table",
        "<w:tbl>"
        + control(
            f"<w:tr>{control('<w:tc>' + p('Session 2: firearms trafficking') + '</w:tc>')}</w:tr>"
        )
        + "</w:tbl>",
    )
    note = p("They discussed firearms trafficking.")
    docx("page-header", p("They left."), {"word/header1.xml": note})
    docx(
        "footnote",
        p("They left."),
        {"word/footnotes.xml": f'<w:footnote w:id="2">{note}</w:footnote>'},
    )
    docx("diagram", p("They left."), {"word/diagrams/data1.xml": note.replace("w:", "w:")})
    docx("strict", p("They discussed firearms trafficking."), namespace=STRICT)
    docx("other-main-part", p("They discussed firearms trafficking."), main="word/document2.xml")
    docx(
        "hidden-text",
        f"<w:p>{r('They discussed firearms trafficking.')}{r('Cybercrime.', '<w:vanish/>')}</w:p>",
    )


def encodings():
    body = "<p>Terrorism was discussed.</p>"
    old = '<meta http-equiv="Content-Type" content="text/html; charset={}">'.format
    html("windows-1251", body, old("windows-1251"), "cp1251", RUSSIAN)
    html("koi8-r", body, old("koi8-r"), "koi8_r", RUSSIAN)
    html(
        "windows-1250",
        body,
        '<meta charset="windows-1250">',
        "cp1250",
        "Spotkanie straży granicznej, współpraca służb",
    )
    html("stored-again-as-utf-8", body, old("windows-1251"), "utf-8", RUSSIAN)
    html("no-name", body, "", "cp1251", RUSSIAN)
    html("utf-16-no-mark", body, "", "utf-16-le", RUSSIAN)
    (HERE / "xml-name.html").write_bytes(
        f"<?xml version='1.0' encoding='windows-1251'?><html><body><h1>{RUSSIAN}</h1>"
        f"{body}</body></html>".encode("cp1251")
    )
    words = f"{RUSSIAN}. Terrorism was discussed."
    txt("utf-16-little", words, "utf-16-le")
    txt("utf-16-big", words, "utf-16-be")
    txt("utf-16-mark", words, "utf-16")
    txt("windows-1251", f"{RUSSIAN}. {RUSSIAN}. Terrorism was discussed.", "cp1251")
    txt("windows-1252", "The “Borders” meeting – Terrorism was discussed.", "cp1252")
    (HERE / "one-damaged-byte.txt").write_bytes(
        (f"{TITLE}\n\n{RUSSIAN * 5}. Terrorism ").encode() + b"\xd0 was discussed.\n"
    )


def programmes():
    lines = "\n".join(PROGRAMME)
    txt("programme", lines)
    txt(
        "programme-roman",
        "Session I. Cybercrime\nSession II. Migrant smuggling\n"
        "Session III. Terrorism\nSession IV. Corruption",
    )
    txt(
        "programme-bare-times",
        "9.00 am\nCybercrime\n10.30 am\nMigrant smuggling\n2 pm\nTerrorism\n4 pm\nClosing",
    )
    txt(
        "programme-numbered",
        "1. Cybercrime\n2. Migrant smuggling\n3. Terrorism\n4. Any other business",
    )
    txt(
        "programme-headed",
        "Draft agenda\n\nCybercrime\nMigrant smuggling\nTerrorism\nAny other business",
    )
    txt(
        "programme-pipes",
        "10h00 | Cybercrime | Ms Petrova | Room 1\n"
        "11h30 | Migrant smuggling | Mr Smith | Room 1\n14h00 | Terrorism | Ms Silva | Room 2",
    )
    txt("menu", "\n".join(MENU) + "\n\nThey spoke about corruption.")
    html(
        "menu",
        "<ul>"
        + "".join(f"<li><a href='/'>{m}</a></li>" for m in MENU)
        + "</ul><p>They spoke about corruption.</p>",
    )
    txt("menu-and-programme", "\n".join(MENU) + "\n\n" + lines)
    html("programme-lines", "".join(f"<div>{line}</div>" for line in PROGRAMME))
    rows = [line.split(" ", 1) for line in PROGRAMME]
    html(
        "programme-table",
        "<table>" + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows) + "</table>",
    )
    html(
        "programme-list",
        "<ol><li>Cybercrime</li><li>Migrant smuggling</li><li>Terrorism</li><li>Closing</li></ol>",
    )
    docx("programme-lines", "".join(map(p, PROGRAMME)))
    docx("programme-table", table([[p(a), p(b)] for a, b in rows]))
    docx("programme-cells", table([[p(a), p(b) + p("Room 1") + p("Mr Smith")] for a, b in rows]))
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    docx(
        "programme-numbering",
        "".join(
            p(t, numbered) for t in ("Cybercrime", "Migrant smuggling", "Terrorism", "Closing")
        ),
        {"word/numbering.xml": numbering},
    )
    pdf("programme-lines", PROGRAMME)
    pdf("programme-table", [[(60, a), (150, b)] for a, b in rows])
    pdf(
        "menu",
        [*MENU, "", "They spoke about corruption at the border and of its many causes there."],
    )


def passwords():
    for name, algorithm in (("rc4", "RC4-128"), ("aes-128", "AES-128"), ("aes-256", "AES-256")):
        pdf(f"owner-{name}", ["They discussed terrorism at length."], encrypt=algorithm)


if __name__ == "__main__":
    import matplotlib

    ligatures(Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf")
    for make in (breaks, columns, changes, boxes, encodings, programmes, passwords):
        make()
