"""Content of the page Meetings: the table of all meetings, and the record of one."""

import pandas as pd

from threats.content.model import FigureTable
from threats.content.notes import chart_subtitle
from threats.content.pages import subject_address
from threats.content.reader_tables import reader_table, rows_of, translated
from threats.dataset.categories import as_text, positions
from threats.dataset.dates import format_date_range
from threats.dataset.model import Dataset
from threats.format import join, ordinal
from threats.stats.cooccurrence import threats_on_agenda
from threats.stats.meetings import similar_meetings
from threats.stats.mentions import response_rows
from threats.stats.selection import Selected
from threats.text import meetings as meetings_text
from threats.text.chart_labels import READING_LABELS
from threats.text.labels import MEETING_FORMAT_LABELS
from threats.text.translate import _


def sort_newest_first(meetings: pd.DataFrame) -> pd.DataFrame:
    """Return meetings from the newest to the oldest."""
    order = ["start_date", "meeting_id"]
    return meetings.sort_values(order, ascending=[False, True], kind="stable")


def meeting_list_table(selected: Selected, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the meetings of rows with ``meeting_id`` and ``source_url`` as a reader's table."""
    all_meetings = selected.dataset["meetings"]
    meetings = all_meetings.iloc[positions(rows["meeting_id"], all_meetings["meeting_id"])]
    table = meetings.assign(
        date=[format_date_range(row.start_date, row.end_date) for row in rows_of(meetings)],
        place=_places(selected.dataset, meetings),
        source_url=rows["source_url"].tolist(),
    )
    return reader_table(table, meetings_text.MEETING_COLUMNS)


def _places(dataset: Dataset, meetings: pd.DataFrame) -> list[str]:
    """Return the place of each meeting: city and country, "online" or "not known"."""
    countries = dataset.names("countries")
    return [
        ", ".join(filter(None, [row.city, countries.get(row.country, "")]))
        or _(meetings_text.ONLINE if row.format == "online" else meetings_text.NOT_KNOWN)
        for row in rows_of(meetings)
    ]


def all_meetings_table(selected: Selected) -> pd.DataFrame:
    """Return every meeting as a reader's table, newest first."""
    rows = sort_newest_first(selected.meetings)
    n_threats = threats_on_agenda(selected).groupby("meeting_id").size()
    n_threats = rows["meeting_id"].map(n_threats).fillna(0).astype("Int64")
    table = rows.assign(
        start=[day or _(meetings_text.UNKNOWN_START) for day in rows["start_date"]],
        series=rows["series"].map(selected.dataset.names("series", "short_name")),
        place=_places(selected.dataset, rows),
        kind=rows["kind"].map(translated(meetings_text.MEETING_KIND_LABELS)),
        # The number is unknown for a meeting that was not read, not 0.
        threats=n_threats.where(rows["known"]),
        agenda=rows["reading"].map(translated(READING_LABELS)),
    )
    return reader_table(table, meetings_text.ALL_MEETINGS_COLUMNS)


def meetings_figure_table(selected: Selected) -> FigureTable:
    """Return the meetings of a selection as figures to download, newest first: the columns of the
    data dictionary with ``year``, ``era``, and the ids of ``threats`` (on the agenda) and
    ``responses``, separated by semicolons."""
    rows = as_text(sort_newest_first(selected.meetings).drop(columns=["note", "date", "known"]))
    threats = threats_on_agenda(selected).groupby("meeting_id")["threat_id"]
    responses = response_rows(selected).groupby("meeting_id")["response_id"]
    for name, ids in (("threats", threats), ("responses", responses)):
        joined = {meeting: ";".join(sorted(set(values))) for meeting, values in ids}
        rows[name] = [joined.get(meeting, "") for meeting in rows["meeting_id"]]
    return FigureTable(
        name="meetings",
        title=_(meetings_text.MEETINGS_TITLE),
        subtitle=chart_subtitle(selected, _(meetings_text.MEETINGS_MEASURE)),
        table=rows.reset_index(drop=True),
        cautions=(),
        notes=(_(meetings_text.NOT_READ_ROWS_NOTE),),
    )


def reading_note(reading: str) -> str:
    """Return the note on a meeting that was not read in full; empty if it was."""
    return _(meetings_text.READING_NOTES[reading]) if reading != "whole" else ""


def record_facts(dataset: Dataset, meeting_id: str) -> dict[str, str]:
    """Return the facts of a meeting by their labels. Raises KeyError for an unknown meeting."""
    row = dataset["meetings"].set_index("meeting_id", drop=False).loc[[meeting_id]]
    place, fact = _places(dataset, row)[0], row.iloc[0]
    organizations, regions = dataset.names("organizations"), dataset.names("regions")
    facts = {
        "official_name": fact["official_name"],
        "series": dataset.names("series")[fact["series"]],
        "edition": "" if pd.isna(fact["edition"]) else ordinal(int(fact["edition"])),
        "date": format_date_range(fact["start_date"], fact["end_date"]),
        "place": place,
        "format": _(MEETING_FORMAT_LABELS.get(fact["format"], meetings_text.NOT_KNOWN)),
        "kind": _(meetings_text.MEETING_KIND_LABELS[fact["kind"]]),
        "chair": dataset.names("countries").get(fact["chair"], ""),
        "organizers": join([organizations[key] for key in fact["organizers"].split(";") if key]),
        "participants": ""
        if pd.isna(fact["participants"])
        else meetings_text.participants_phrase(
            int(fact["participants"]), fact["participants_qualifier"]
        ),
        "scope": join([regions[key] for key in fact["scope"].split(";")]),
        "reach": _(meetings_text.REACH_LABEL_OF[fact["reach"]]),
        "border_link": fact["border_link"],
        "source_is": _(meetings_text.SOURCE_IS_LABELS.get(fact["source_is"], "")),
        "found_by": _(meetings_text.FOUND_BY_LABELS[fact["found_by"]]),
        "note": fact["note"] or _(meetings_text.NO_NOTE),
    }
    return {
        label: facts[name] or _(meetings_text.NOT_KNOWN)
        for name, label in translated(meetings_text.FACT_LABELS).items()
        if facts[name] or name not in meetings_text.OPTIONAL_FACTS
    }


def record_links(dataset: Dataset, meeting_id: str) -> dict[str, str]:
    """Return the addresses of the pages on series, country and chair of a meeting, by the labels of
    its facts."""
    row = dataset["meetings"].set_index("meeting_id").loc[meeting_id]
    subjects = {
        "series": ("series", row["series"]),
        "place": ("country", row["country"]),
        "chair": ("country", row["chair"]),
    }
    labels = translated(meetings_text.FACT_LABELS)
    return {
        labels[name]: subject_address(kind, key, dataset.params)
        for name, (kind, key) in subjects.items()
        if key
    }


def record_tables(dataset: Dataset, meeting_id: str) -> dict[str, pd.DataFrame]:
    """Return the tables of a record by their headings, each as a reader's table."""
    labels = {column: translated(values) for column, values in meetings_text.CELL_LABELS.items()}
    labels |= {
        "threat_id": dataset.names("threat_categories", "label"),
        "response_id": dataset.names("responses", "label"),
        "organization_id": dataset.names("organizations"),
        "session_id": dataset.names("regional_sessions", "topic"),
        "region": dataset.names("regions"),
    }
    tables = {}
    for name, (heading, columns) in meetings_text.RECORD_TABLES.items():
        rows = dataset[name]
        rows = as_text(rows[rows["meeting_id"] == meeting_id])
        if name == "threat_mentions":
            order = list(labels["role"]).index
            rows = rows.assign(rank=rows["role"].map(order)).sort_values(["rank", "mention_id"])
        shown = {
            column: rows[column].map(labels[column]).fillna("")
            for column in columns
            if column in labels
        }
        tables[_(heading)] = reader_table(rows.assign(**shown), columns)
        if name == "threat_mentions":
            tables[_(heading)]["threat_id"] = rows["threat_id"].tolist()
    return tables


def similar_meetings_table(dataset: Dataset, meeting_id: str) -> pd.DataFrame:
    """Return the meetings most similar by threats on the agenda, as a reader's table."""
    table = similar_meetings(meeting_id, dataset["agenda"])
    meetings = dataset["meetings"].set_index("meeting_id", drop=False).loc[table["meeting_id"]]
    shared = [
        meetings_text.shared_threats_label(row.shared, round(row.shared / row.likeness))
        for row in rows_of(table)
    ]
    return reader_table(meetings.assign(shared=shared), meetings_text.SIMILAR_MEETING_COLUMNS)
