"""A site on this machine in the manner of a list of press releases, with what goes wrong on such
sites: errors, redirects, loops, huge files, wrong encodings and rules for robots."""

import contextlib
import gzip
import http.server
import threading
import time
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import fpdf

CITIES = ("Vienna", "Bishkek", "Dushanbe", "Ashgabat", "Tashkent", "Belgrade", "Skopje", "Kyiv")
MONTHS = ("January", "March", "April", "May", "June", "September", "October", "November")
PAGES_OF_LIST, RELEASES_PER_PAGE = 2, 6
ROBOTS = "User-agent: *\nDisallow: /private/\nDisallow: /*?print=\nCrawl-delay: 0.05\n"


class Request(NamedTuple):
    """A request that the site got: its time in seconds, path, and whether it was conditional."""

    at: float
    path: str
    conditional: bool
    agent: str


def release(number: int, encoding: str = "utf-8") -> bytes:
    """Return the page of a release on a workshop, each at another date and place."""
    city, month = CITIES[number % len(CITIES)], MONTHS[number // len(CITIES) % len(MONTHS)]
    day, year = 3 + number, 2031
    return f"""<!DOCTYPE html><html><head><meta charset="{encoding}">
<title>Workshop on forged travel documents in {city} | Releases</title>
<meta property="article:published_time" content="{year}-{MONTHS.index(month) + 1:02}-{day:02}">
</head><body><nav><a href="/releases/999999">Menu</a> <a href="/about">About</a></nav>
<main><article><h1>Workshop on forged travel documents held in {city}</h1>
<p>A workshop on the detection of forged travel documents and on trafficking in human beings took
place in {city} on {day} {month} {year}. It brought together some {30 + number} border and customs
officers from the region, who looked at new ways to forge passports – and at “soft” signs.</p>
<p>The event was organized by the OSCE Transnational Threats Department. Experts from INTERPOL
presented its databases. Participants discussed the smuggling of migrants and drug trafficking.</p>
<p><a href="/documents/{number}.pdf">Agenda</a></p>
</article></main><footer><a href="/legal">Legal</a></footer></body></html>""".encode(encoding)


def pdf(*paragraphs: str) -> bytes:
    """Return a PDF with paragraphs."""
    document = fpdf.FPDF()
    document.add_page()
    document.set_font("helvetica", size=11)
    for paragraph in paragraphs:
        document.multi_cell(0, 6, paragraph)
        document.ln(6)
    return bytes(document.output())


def listing(links: list[str]) -> bytes:
    """Return a page of a list, with menus and links to other sites."""
    items = "".join(f'<li><a href="{link}">Release</a> In short</li>' for link in links)
    return f"""<html><body><nav><a href="/releases/888888">Menu</a></nav><ul>{items}</ul>
<a href="http://elsewhere.invalid/releases/1">Elsewhere</a><a href="http://[">Broken</a>
<a href="?page=0">1</a><a href="?page=1">2</a></body></html>""".encode()


class Site:
    """The site and the requests that it got. ``releases`` are the numbers of those in the list,
    newest first; ``failing`` are paths that are answered with status 500."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.releases = list(range(100_011, 99_999, -1))
        self.failing: set[str] = set()
        self.busy_once: set[str] = set()
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                site.requests.append(
                    Request(
                        time.monotonic(),
                        self.path,
                        "If-None-Match" in self.headers,
                        self.headers["User-Agent"],
                    )
                )
                code, headers, body = site.answer(self.path)
                if code == 200 and self.headers.get("If-None-Match") == '"same"':
                    code, body = 304, b""
                self.send_response(code)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                with contextlib.suppress(ConnectionError):
                    self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def asked(self, start: str = "/") -> list[str]:
        """Return the requested paths that begin with a text, in their order."""
        return [request.path for request in self.requests if request.path.startswith(start)]

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and content for a path."""
        url = urlsplit(path)
        if path in self.busy_once:
            self.busy_once.remove(path)
            return 503, {"Retry-After": "0"}, b""
        if path in self.failing:
            return 500, {}, b""
        fixed = self._special(url.path)
        if fixed:
            return fixed
        html = {"Content-Type": "text/html", "ETag": '"same"'}
        if url.path == "/list":
            number = int(parse_qs(url.query).get("page", ["0"])[0])
            # Beyond its end the list begins again.
            start = number % PAGES_OF_LIST * RELEASES_PER_PAGE
            links = [f"/releases/{n}" for n in self.releases[start : start + RELEASES_PER_PAGE]]
            return 200, {"Content-Type": "text/html"}, listing(links)
        if url.path.startswith("/releases/"):
            return 200, html, release(int(url.path.rpartition("/")[2]) - 100_000)
        return 404, {}, b""

    def _special(self, path: str) -> tuple[int, dict[str, str], bytes] | None:
        xml = {"Content-Type": "application/xml"}
        agenda = "Agenda\n09:00 Registration\n10:00 Session 1: Cybercrime and online fraud"
        return {
            "/robots.txt": (200, {"Content-Type": "text/plain"}, ROBOTS.encode()),
            "/feed": (200, xml, self._feed()),
            "/sitemap.xml": (200, xml, self._sitemaps("/sitemap.xml", "/more.xml.gz")),
            "/more.xml.gz": (200, xml, gzip.compress(self._urls("/releases/100021"))),
            "/problems": (200, {"Content-Type": "text/html"}, listing(PROBLEM_PAGES)),
            "/pages/moved": (301, {"Location": "/releases/100030"}, b""),
            "/pages/round": (302, {"Location": "/pages/round"}, b""),
            "/pages/inner": (302, {"Location": "http://localhost:9/admin"}, b""),
            "/pages/metadata": (302, {"Location": "http://169.254.169.254/latest"}, b""),
            "/pages/file": (302, {"Location": "file:///etc/passwd"}, b""),
            "/pages/to-private": (302, {"Location": "/private/1"}, b""),
            "/pages/gone": (410, {}, b""),
            "/pages/huge": (200, {"Content-Type": "text/html"}, b"x" * 6_000_000),
            "/pages/film": (200, {"Content-Type": "video/mp4"}, b"x"),
            "/pages/latin": (200, {"Content-Type": "text/html"}, release(31, "cp1252")),
            "/pages/wrong-name": (
                200,
                {"Content-Type": "text/html; charset=iso-8859-1"},
                release(32).replace(b"utf-8", b"iso-8859-1"),
            ),
            "/documents/0.pdf": (200, {"Content-Type": "application/pdf"}, pdf(agenda)),
            "/report.pdf": (200, {"Content-Type": "application/pdf"}, report()),
        }.get(path)

    def _feed(self) -> bytes:
        items = "".join(
            f"<item><link>{self.address}/releases/{number}?utm_source=feed</link></item>"
            for number in (100_011, 100_020)
        )
        return f"<rss><channel><link>{self.address}/</link>{items}</channel></rss>".encode()

    def _sitemaps(self, *paths: str) -> bytes:
        links = "".join(f"<sitemap><loc>{self.address}{path}</loc></sitemap>" for path in paths)
        return f'<sitemapindex xmlns="http://www.sitemaps.org/">{links}</sitemapindex>'.encode()

    def _urls(self, *paths: str) -> bytes:
        links = "".join(f"<url><loc>{self.address}{path}</loc></url>" for path in paths)
        return f'<urlset xmlns="http://www.sitemaps.org/">{links}</urlset>'.encode()


PROBLEM_PAGES = [
    *(f"/pages/{name}" for name in ("moved", "round", "inner", "metadata", "file", "to-private")),
    *(f"/pages/{name}" for name in ("gone", "huge", "film", "latin", "wrong-name")),
    "/private/2",
    "/pages/latin?print=1",
]


def report() -> bytes:
    """Return a yearly report that names two meetings."""
    return pdf(
        "Yearly report on police-related activities. This paragraph is about money alone.",
        "A workshop on cybercrime and online fraud took place in Skopje on 7 May 2031. It brought "
        "together some 40 police officers from South-Eastern Europe.",
        "A training course on trafficking in human beings took place in Tashkent on 9 June 2031. "
        "It brought together 25 border officers from Central Asia.",
    )
