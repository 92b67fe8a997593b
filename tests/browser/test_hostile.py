"""Hostile text at every way in, in a real browser: it is shown as text, and nothing of it runs."""

import re
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from conftest import dashboard
from hostile import ELSEWHERE, PAYLOADS, hostile
from playwright.sync_api import expect

import threats
from threats.content.builder import build_chart
from threats.content.pages import PAGES
from threats.dataset.store import open_dataset
from threats.exports.html import to_html
from threats.exports.images import to_poster
from threats.exports.urls import View
from threats.stats.filters import Selection
from threats.stats.selection import select

ROOT = Path(__file__).parent.parent.parent
PARAMETERS = ["region", "years", "threat", "q", "meeting", "mark", "version", "role", "strange"]
# What a payload would have left in the page: no address of the good dataset stands on that host.
# An address that is a link to itself, and says so or names its host, is no harm in a dataset.
LEFT = f"""strict => {{
  const found = [];
  // A percent sign of a payload need not begin an escape.
  const plain = text => {{ try {{ return decodeURI(text); }} catch {{ return text; }} }};
  if (document.documentElement.dataset.ran) found.push("a script ran");
  for (const one of document.querySelectorAll("[href], [src], [action], [data], [srcdoc]")) {{
    const text = one.textContent.trim(), link = plain(one.getAttribute("href") || "");
    const itself = ["", "http://", "mailto:"].some(start => start + text === link)
      || text === one.hostname;
    if (!strict && one.tagName === "A" && itself) continue;
    for (const name of ["href", "src", "action", "data", "srcdoc"]) {{
      const address = one.getAttribute(name) || "";
      if (address.includes("{ELSEWHERE}") || /^\\s*(javascript|vbscript):/i.test(address))
        found.push(one.outerHTML.slice(0, 200));
    }}
  }}
  const inside = "main, [data-testid=stMain], [data-testid=stSidebar], body > :not(#root)";
  for (const part of document.querySelectorAll(inside)) {{
    const kinds = ".katex, marquee, iframe, object, embed, video, math, base, meta[http-equiv]";
    for (const one of part.querySelectorAll(kinds + ", [onerror], [onload], [onfocus], [ontoggle]"))
      found.push(one.outerHTML.slice(0, 200));
  }}
  if (/[🎉🚀😄]/u.test(document.body.innerText)) found.push("a shortcode became a picture");
  return [...new Set(found)];
}}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a dataset full of payloads."""
    return hostile(ROOT / "data", tmp_path_factory.mktemp("hostile") / "data")


@pytest.fixture(scope="module")
def hostile_server(folder):
    """Return the address of a dashboard of that dataset."""
    with dashboard(folder.parent / "log.txt", THREATS_DATA=str(folder)) as address:
        yield address


@pytest.fixture(scope="module")
def context(browser):
    """Return what the pages of this module share, above all the files that a browser keeps."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    yield context
    context.close()


@pytest.fixture
def visitor(context):
    """Return a page that reports dialogs and requests of other hosts."""
    page, seen = context.new_page(), []
    page.set_default_timeout(60_000)

    def note(request):
        if ELSEWHERE in request.url:
            seen.append(request.url)

    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    context.on("request", note)
    yield page
    context.remove_listener("request", note)
    for one in context.pages:  # and what it may have opened
        one.close()
    # The address of a request of our own may well hold a payload.
    assert not [told for told in seen if not re.match(r"(http|ws)://127\.0\.0\.1[:/]", told)]


def visit(page, address):
    page.goto(address)
    expect(page.locator("h1").first).to_be_visible(timeout=60_000)
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)


def left(page, strict=False):
    """Return what payloads have left in a page; if ``strict``, also addresses that became links."""
    return page.evaluate(LEFT, strict)


def drawn(page):
    """Scroll through the page, so that every chart is drawn."""
    for _ in range(8):
        page.mouse.wheel(0, 1500)
        page.wait_for_timeout(100)


def test_there_are_enough_payloads():
    assert len(set(PAYLOADS)) >= 40


@pytest.mark.parametrize("name", [p for p in PAGES if p != "code"])
def test_cells_of_the_dataset_stay_text_on_every_page(visitor, hostile_server, name):
    visit(visitor, f"{hostile_server}/{'' if name == 'overview' else name}")
    drawn(visitor)
    assert left(visitor) == []


def test_a_record_and_a_chart_show_payloads_letter_by_letter(visitor, hostile_server, folder):
    data = threats.load(folder)
    meetings = data["meetings"].set_index("meeting_id")
    for meeting in ("bsmnfp-2020", "bsmnfp-2021"):
        visit(visitor, f"{hostile_server}/meetings?meeting={meeting}")
        title = meetings.loc[meeting, "title"]
        expect(visitor.locator("h1")).to_have_text(title)
        assert left(visitor) == []
    visit(visitor, f"{hostile_server}/trends")
    drawn(visitor)
    names = set(data.names("threat_categories", "label").values())
    texts = visitor.locator(".js-plotly-plot svg text").all_text_contents()
    shown = {text.replace("\xa0", " ").strip() for text in texts}
    # The threats on the agenda of the most meetings stand at the axis of the heatmap.
    assert len(names & shown) >= 10
    assert visitor.locator(".js-plotly-plot svg a").count() == 0


@pytest.mark.parametrize("name", ["print/trends", "print/data", "print/meetings", "embed/tile-map"])
def test_cells_of_the_dataset_stay_text_on_plain_pages(visitor, hostile_server, name):
    visitor.goto(f"{hostile_server}/{name}?{urlencode({'strange': PAYLOADS[4]})}")
    assert left(visitor) == []
    visitor.goto(f"{hostile_server}/print/meetings?meeting=bsmnfp-2021")
    assert left(visitor) == []


def test_what_a_link_asks_for_stays_text_and_gives_a_page(visitor, server):
    pages = ["", "trends", "meetings", "indicators", "data"]
    for turn in range(0, len(PAYLOADS), 6):
        some = PAYLOADS[turn : turn + 6]
        query = [(name, some[n % len(some)]) for n, name in enumerate(PARAMETERS)]
        query += [(payload, "1") for payload in some]
        visit(visitor, f"{server}/{pages[turn // 6 % len(pages)]}?{urlencode(query)}")
        assert left(visitor, strict=True) == []
        expect(visitor.get_by_test_id("stAlert").first).to_be_visible()


ODD = ["%00", "%FF%FE", "%ED%A0%80", quote("\u202e"), "%0D%0ASet-Cookie:x=1", "%", "9" * 2_000]


def test_a_link_of_odd_bytes_gives_a_page(visitor, server):
    for odd in ODD:
        visit(visitor, f"{server}/trends?region={odd}&q={odd}&years={odd}")
        assert left(visitor, strict=True) == []


def test_a_text_to_code_stays_text(visitor, server):
    visit(visitor, f"{server}/code")
    text = "\n".join(f"Border guards discussed terrorism. {payload}" for payload in PAYLOADS)
    visitor.get_by_role("textbox", name="or paste its text here").fill(text)
    visitor.keyboard.press("ControlOrMeta+Enter")
    marked = visitor.locator(".coded").nth(1)
    expect(marked.locator("mark.threat").first).to_be_visible()
    assert left(visitor, strict=True) == []
    told = " ".join(marked.inner_text().split())
    for payload in PAYLOADS:
        assert " ".join(payload.split()) in told
    visitor.get_by_text("Every code with its rule").click()
    visitor.wait_for_timeout(500)
    assert left(visitor, strict=True) == []


def test_an_upload_and_its_name_stay_text(visitor, server):
    visit(visitor, f"{server}/code")
    chooser = visitor.get_by_test_id("stFileUploader").locator("input[type=file]")
    body = "<html><body><p>Terrorism.</p>" + "".join(f"<p>{p}</p>" for p in PAYLOADS)
    chooser.set_input_files(
        {"name": "release.html", "mimeType": "text/html", "buffer": body.encode("utf-8")}
    )
    expect(visitor.locator("mark.threat").first).to_be_visible()
    assert left(visitor, strict=True) == []
    for name in (PAYLOADS[4], PAYLOADS[32], PAYLOADS[46]):
        name = name.replace("/", "_") + ".pdf"
        chooser.set_input_files(
            {"name": name, "mimeType": "application/pdf", "buffer": b"no such thing"}
        )
        alert = visitor.get_by_test_id("stAlert").filter(has_text="not a PDF")
        expect(alert).to_contain_text(name)
        assert left(visitor, strict=True) == []


def test_a_chart_as_a_file_holds_text_alone(visitor, folder, tmp_path, monkeypatch):
    monkeypatch.setenv("THREATS_DATA", str(folder))
    selected = select(open_dataset(), Selection())
    for name in ("attention-by-year", "threats-together"):
        chart = build_chart(name, selected, {})
        view = View("trends", selected, {}, "http://here")
        page = tmp_path / f"{name}.html"
        page.write_bytes(to_html(chart, view))
        visitor.goto(page.as_uri())
        expect(visitor.locator(".js-plotly-plot svg").first).to_be_visible()
        assert left(visitor) == []
        page = tmp_path / f"{name}.svg"
        page.write_bytes(to_poster(chart, view, "svg"))
        visitor.goto(page.as_uri())
        assert visitor.locator("script, a, foreignObject").count() == 0
