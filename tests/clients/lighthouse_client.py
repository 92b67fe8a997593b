"""Lighthouse on a phone and on a desk, what was measured beside the budget."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import kit
from choreographer.browsers.chromium import Chromium

NAME = "lighthouse"
PACKAGE = "lighthouse@12.8.2"  # the last that runs with Debian's Node.js
PAGES = ("", "trends", "meetings", "print/trends")
LEAST_SCORES = {"desktop": 80, "mobile": 50}  # of performance, of 100
MOST_SHIFT = 0.1  # what is "good", and no unit
LEAST_SEO = 100
# robots.txt keeps search engines from printed pages, and Lighthouse counts that as a fault.
NOT_INDEXED = ("print/",)


def ask(site: str, _published: Path | None) -> Iterator[kit.Answer]:
    """Give performance, layout shift and SEO of each page."""
    browser = Chromium.find_browser(skip_local=False)
    if not browser:
        raise kit.MissingError("apt install chromium")
    for page in PAGES:
        for device, least in LEAST_SCORES.items():
            yield _measured(site, page, device, least, browser)


def _measured(site: str, page: str, device: str, least: int, browser: str) -> kit.Answer:
    what = f"/{page}, {device}"
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [*kit.npx(PACKAGE), f"{site}/{page}", "--quiet", "--output=json"]
        command += [f"--output-path={report}", "--chrome-flags=--headless=new --no-sandbox"]
        command += ["--only-categories=performance,accessibility,best-practices,seo"]
        command += ["--preset=desktop"] * (device == "desktop")
        command += ["--skip-audits=is-crawlable"] * page.startswith(NOT_INDEXED)
        process = kit.done(command, CHROME_PATH=browser, CI="1")
        if not report.is_file():
            return kit.Answer(what, kit.tail(process), False)
        told = json.loads(report.read_text(encoding="utf-8"))
    scores = {name: round(100 * (one["score"] or 0)) for name, one in told["categories"].items()}
    shift = told["audits"]["cumulative-layout-shift"].get("numericValue", float("inf"))
    values = {
        name: told["audits"][name].get("displayValue", "?").replace("\xa0", " ")
        for name in ("largest-contentful-paint", "total-blocking-time", "total-byte-weight")
    }
    result = f"performance {scores['performance']} (≥ {least}), shift {shift:.2f} (< {MOST_SHIFT}),"
    result += f" SEO {scores['seo']} ({LEAST_SEO}), accessibility {scores['accessibility']},"
    result += (
        f" best practices {scores['best-practices']}; LCP {values['largest-contentful-paint']},"
    )
    result += f" blocked {values['total-blocking-time']}, {values['total-byte-weight']}"
    good = scores["performance"] >= least and shift < MOST_SHIFT and scores["seo"] >= LEAST_SEO
    return kit.Answer(what, result, good)
