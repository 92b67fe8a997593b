"""The dashboard written as a folder of plain files: only what has changed, the same bytes from the
same data."""

import functools
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree
from lxml.builder import ElementMaker

from threats.caching import program_digest
from threats.content.method_files import DATASET_ARCHIVE_NAME
from threats.dataset.editions import archived_editions, release_date, zip_bytes
from threats.dataset.model import Dataset
from threats.exports.chrome import browser_available
from threats.exports.citation import fixed_day
from threats.exports.deposit import deposit_files
from threats.exports.feed import FEED_FILE, to_atom
from threats.exports.urls import View
from threats.language import DEFAULT_LANGUAGE, ReaderLanguage, speaking
from threats.publish.addresses import Site, folder_of_language, language_folder
from threats.publish.cards import card_files
from threats.publish.pages import page_files
from threats.publish.plan import prepared_selections
from threats.stats.filters import Selection
from threats.stats.selection import select

PUBLISHED_FILE = "published.json"
_PACKAGE = Path(__file__).parent.parent
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_CARD_SCRIPTS = ("card_dom.js", "card_chart.js", "card.js")


class Published(NamedTuple):
    """What a run did: the number of files there are, of those written, and bytes in all."""

    files: int
    written: int
    size: int


class _Part(NamedTuple):
    """Files that are made together in a language. Those that the same data and program made before
    are not made again, unless the part is ``always`` made."""

    name: str
    language: str
    make: Callable[[], Iterable[tuple[str, bytes]]]
    always: bool = False


def publish(
    dataset: Dataset, folder: Path, site: Site, progress: Callable[[], None] = lambda: None
) -> Published:
    """Write a dataset as plain files into a folder; ``progress`` is called after each part.

    Files that are there with the same content stay as they are, and the charts and pages of an
    earlier run with the same data and program are not computed again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = _read_manifest(folder)
    key = _state_key(dataset, site)
    done: dict[str, list[str]] = {}
    written = 0
    with fixed_day(release_date(dataset.descriptor)):
        for part in _parts(dataset, site, done):
            files = known["parts"].get(part.name, []) if known["key"] == key else []
            if files and not part.always and all((folder / path).is_file() for path in files):
                done[part.name] = files
            else:
                written += _write_all(folder, _files_of(part), done, part.name)
            progress()
    _remove(folder, {path for paths in known["parts"].values() for path in paths}, done)
    manifest = json.dumps({"key": key, "parts": done}, indent=1) + "\n"
    (folder / PUBLISHED_FILE).write_text(manifest, encoding="utf-8")
    paths = [folder / path for files in done.values() for path in files]
    return Published(len(paths), written, sum(path.stat().st_size for path in paths))


def number_of_parts(dataset: Dataset, site: Site) -> int:
    """Return how many parts are published, for a progress bar."""
    return len(list(_parts(dataset, site, {})))


def _parts(dataset: Dataset, site: Site, done: dict[str, list[str]]) -> Iterator[_Part]:
    """Yield the parts. All languages of a selection follow each other, as they count the same."""
    shared = functools.partial(_shared_files, dataset, site)
    yield _Part("shared", DEFAULT_LANGUAGE, shared, always=True)
    for language in site.languages:
        pages = functools.partial(page_files, dataset, site)
        yield _Part(f"{folder_of_language(language)}pages", language, pages)
    for prepared in prepared_selections(dataset):
        for language in site.languages:
            cards = functools.partial(card_files, prepared, dataset, site)
            yield _Part(f"{folder_of_language(language)}{prepared.folder}", language, cards)
    if site.address:
        sitemap = functools.partial(_sitemap_files, done, site)
        yield _Part("sitemap", DEFAULT_LANGUAGE, sitemap, always=True)


def _files_of(part: _Part) -> list[tuple[str, bytes]]:
    """Return the files of a part, under the folder of its language."""
    with speaking(ReaderLanguage(part.language)):
        return [(f"{language_folder()}{name}", content) for name, content in part.make()]


def _state_key(dataset: Dataset, site: Site) -> str:
    """Return what the files of charts and the pages depend on."""
    templates = sorted((_PACKAGE / "publish" / "templates").iterdir())
    templates += sorted((_PACKAGE / "exports" / "templates").glob("*.html"))
    parts = [dataset.version, program_digest().decode(), str(browser_available())]
    parts += [site.address, site.dashboard, ",".join(site.languages)]
    parts += [path.read_text(encoding="utf-8") for path in templates]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _read_manifest(folder: Path) -> dict:
    path = folder / PUBLISHED_FILE
    if path.is_file():
        return json.loads(path.read_text(encoding="utf-8"))
    return {"key": "", "parts": {}}


def _write_all(
    folder: Path, files: Iterable[tuple[str, bytes]], done: dict[str, list[str]], part: str
) -> int:
    """Write files, note their paths in ``done``, and return how many were new or changed."""
    number = 0
    done[part] = []
    for name, content in files:
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            number += 1
        done[part].append(name)
    return number


def _remove(folder: Path, before: set[str], done: dict[str, list[str]]) -> None:
    """Delete the files of an earlier run that this one did not write."""
    for name in before - {path for paths in done.values() for path in paths}:
        path = (folder / name).resolve()
        if path.is_relative_to(folder.resolve()):
            path.unlink(missing_ok=True)


def _shared_files(dataset: Dataset, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield what the pages of all languages share: scripts, styles, data and feed."""
    static = _PACKAGE / "server" / "static"
    yield "assets/access.css", (static / "access.css").read_bytes()
    yield "assets/card.js", card_bundle().encode("utf-8")
    for name in ("site.js", "site.css"):
        yield f"assets/{name}", (_PACKAGE / "publish" / "static" / name).read_bytes()
    yield "assets/icon.png", (_PACKAGE / "app" / "icon.png").read_bytes()
    yield "assets/plotly.min.js", (static / "plotly-cartesian.min.js").read_bytes()
    files = {**dataset.files, **deposit_files(dataset)}
    yield f"files/{DATASET_ARCHIVE_NAME}", zip_bytes(files)
    for edition in archived_editions(dataset).values():
        yield f"files/editions/{edition.path.name}", edition.path.read_bytes()
    yield FEED_FILE, _feed(dataset, site)


def card_bundle() -> str:
    """Return the scripts of the cards as one that is no module: pages on a disk load no modules.
    It asks the page for data instead of the network."""
    parts = []
    for name in _CARD_SCRIPTS:
        text = (_PACKAGE / "server" / "static" / name).read_text(encoding="utf-8")
        text = re.sub(r'^import \{.*?\} from "[^"]+";\n', "", text, flags=re.MULTILINE | re.DOTALL)
        parts.append(re.sub(r"^export (default )?", "", text, flags=re.MULTILINE))
    frame = (_PACKAGE / "publish" / "static" / "card_bundle.js").read_text(encoding="utf-8")
    return frame.replace("/* cards */", "\n".join(parts))


def _feed(dataset: Dataset, site: Site) -> bytes:
    selected = select(dataset, Selection())
    view = View("meetings", selected, {}, site.dashboard or site.address)
    if site.dashboard:
        return to_atom(view)
    return to_atom(view, lambda page, key: site.page_address(page, anchor=key))


def _sitemap_files(done: dict[str, list[str]], site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the list of all pages by the protocol of https://www.sitemaps.org."""
    make = ElementMaker(namespace=_SITEMAPS, nsmap={None: _SITEMAPS})
    pages = [name for files in done.values() for name in files if name.endswith(".html")]
    addresses = [make.url(make.loc(f"{site.address}/{name}")) for name in pages]
    content = etree.tostring(make.urlset(*addresses), xml_declaration=True, encoding="utf-8")
    yield "sitemap.xml", content
