"""The rows of meetings on published pages, and the page of all meetings."""

from typing import Any

import pandas as pd

from threats.caching import cached
from threats.content.meetings import sort_newest_first
from threats.content.pages import PAGES
from threats.content.reader_tables import rows_of
from threats.dataset.model import Dataset
from threats.format import join, lower_name
from threats.publish.addresses import Site
from threats.publish.lists import names_of
from threats.publish.render import Cell, render_page
from threats.stats.cooccurrence import threats_on_agenda
from threats.stats.filters import ANY_REACH, Selection
from threats.stats.selection import Selected, select


def _every_meeting(dataset: Dataset) -> Selected:
    return select(dataset, Selection(courses=True, reach=ANY_REACH))


@cached(8)
def _agendas(dataset: Dataset) -> dict[str, tuple[str, ...]]:
    """Return the threats on the agenda of each meeting; many pages have rows of meetings."""
    rows = threats_on_agenda(_every_meeting(dataset)).astype("str").groupby("meeting_id")
    return {key: tuple(sorted(set(ids))) for key, ids in rows["threat_id"]}


def meetings_page(dataset: Dataset, site: Site) -> tuple[str, bytes]:
    """Return name and content of the page of all meetings, with its search."""
    page, meetings = PAGES["meetings"], _every_meeting(dataset).meetings
    return render_page(
        "meetings",
        dataset,
        site,
        title=page.heading,
        question=page.question,
        live=site.live_address("meetings"),
        meetings=meeting_rows(dataset, sort_newest_first(meetings)),
        searchable=True,
    )


def meeting_rows(dataset: Dataset, meetings: pd.DataFrame) -> list[dict[str, Any]]:
    """Return meetings as the rows of a page: key, date, title, place and series with their pages,
    threats, and address of the source."""
    names, series = dataset.names("threat_categories"), dataset.names("series", "short_name")
    countries, linked = dataset.names("countries"), names_of(dataset, "country")
    agendas = _agendas(dataset)
    return [
        {
            "key": str(row.meeting_id),
            "date": row.date,
            "title": row.title,
            "place": [
                Cell(text, address)
                for text, address in (
                    (row.city, ""),
                    (
                        countries.get(row.country, ""),
                        f"country-{row.country}.html" if row.country in linked else "",
                    ),
                    (series[row.series], f"series-{row.series}.html"),
                )
                if text
            ],
            "threats": join([lower_name(names[one]) for one in agendas.get(row.meeting_id, ())]),
            "source": row.source_url,
        }
        for row in rows_of(meetings)
    ]
