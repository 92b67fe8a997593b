"""News of a view as an Atom feed (RFC 4287)."""

import uuid
from collections.abc import Callable
from urllib.parse import urlencode

from lxml import etree
from lxml.builder import ElementMaker

from threats import __version__
from threats.content.feed import FeedEntry, feed_entries
from threats.content.selection_text import describe
from threats.dataset.editions import release_date
from threats.exports.urls import View, build_url
from threats.stats.filters import to_params
from threats.text import feed as words
from threats.text.translate import _

FEED_FILE = "feed.atom"
FEED_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_MAKE = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM})


def to_atom(view: View, address_of: Callable[[str, str], str] | None = None) -> bytes:
    """Return what is new for the filter of a view as an Atom feed.

    The ids do not depend on the address of the dashboard. ``address_of`` returns the address of a
    page, and of a meeting on it, by default those of the dashboard.
    """
    selected, dataset = view.selected, view.selected.dataset
    entries, filters = feed_entries(selected), to_params(selected.selection)
    title = words.feed_title(dataset.descriptor["title"], describe(selected))
    updated = max([release_date(dataset.descriptor), *(entry.changed for entry in entries)])
    author = dataset.descriptor["contributors"][0]["title"]
    feed = _MAKE.feed(
        _MAKE.id(_stable_id(dataset.id, f"feed?{urlencode(filters, doseq=True)}")),
        _MAKE.title(title),
        _MAKE.subtitle(_(words.FEED_SUBTITLE)),
        _MAKE.updated(_timestamp(updated)),
        _MAKE.author(_MAKE.name(author)),
        _MAKE.rights(dataset.licence),
        _MAKE.generator("Threat Themes", version=__version__),
        _link("self", build_url(view.base, FEED_FILE, selected.params), FEED_TYPE),
        _link("alternate", build_url(view.base, "meetings", selected.params), "text/html"),
        *(_entry(entry, view, address_of) for entry in entries),
    )
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _entry(
    entry: FeedEntry, view: View, address_of: Callable[[str, str], str] | None
) -> etree._Element:
    dataset = view.selected.dataset
    address = build_url(view.base, entry.page, dataset.params | entry.params)
    if address_of:
        address = address_of(entry.page, *entry.params.get("meeting", [""]))
    filters = (
        "" if entry.source else f"?{urlencode(to_params(view.selected.selection), doseq=True)}"
    )
    made = _MAKE.entry(
        _MAKE.id(_stable_id(dataset.id, f"{entry.identity}{filters}")),
        _MAKE.title(entry.title),
        _MAKE.published(_timestamp(entry.added)),
        _MAKE.updated(_timestamp(entry.changed)),
        _link("alternate", address, "text/html"),
        _MAKE.summary(entry.summary),
    )
    if entry.source:
        made.append(_link("via", entry.source, "text/html"))
    return made


def _link(relation: str, address: str, kind: str) -> etree._Element:
    return _MAKE.link(rel=relation, href=address, type=kind)


def _stable_id(dataset_id: str, identity: str) -> str:
    """Return an id that is the same on every server and in every edition."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"threat-themes/{dataset_id}/{identity}").urn


def _timestamp(day: str) -> str:
    return f"{day}T00:00:00Z"
