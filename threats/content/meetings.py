"""The record of one meeting, and the table of all."""

import pandas as pd

from threats.content.model import FigureTable
from threats.content.notes import chart_subtitle
from threats.dataset.categories import as_text, positions
from threats.dataset.model import Dataset
from threats.format import join, ordinal, percent
from threats.stats.cooccurrence import threats_on_agenda
from threats.stats.meetings import similar_meetings
from threats.stats.mentions import response_rows
from threats.stats.selection import Selected
from threats.text.labels import MEETING_FORMAT_LABELS


def sort_newest_first(meetings: pd.DataFrame) -> pd.DataFrame:
    """Return meetings from the newest to the oldest."""
    order = ["start_date", "meeting_id"]
    return meetings.sort_values(order, ascending=[False, True], kind="stable")


def meeting_list_table(selected: Selected, rows: pd.DataFrame) -> pd.DataFrame:
    """Return ``Date``, ``Meeting``, ``Place``, ``Source`` and ``meeting_id`` of rows with
    ``meeting_id`` and ``source_url``."""
    all_meetings = selected.dataset["meetings"]
    meetings = all_meetings.iloc[positions(rows["meeting_id"], all_meetings["meeting_id"])]
    countries = selected.dataset.names("countries")
    cities = zip(meetings["city"], meetings["country"], meetings["format"], strict=True)
    return pd.DataFrame(
        {
            "Date": meetings["date"].tolist(),
            "Meeting": meetings["title"].tolist(),
            "Place": [
                _place_phrase(city, countries.get(country, ""), form)
                for city, country, form in cities
            ],
            "Source": rows["source_url"].tolist(),
            "meeting_id": rows["meeting_id"].tolist(),
        }
    )


def _place_phrase(city: str, country: str, meeting_format: str) -> str:
    return ", ".join(filter(None, [city, country])) or (
        "online" if meeting_format == "online" else "not known"
    )


NOT_READ_NOTE = (
    "This meeting is known only by counting editions or by a title: its agenda was not read, and "
    "it counts as known of and is in no other figure."
)
READ_IN_PART_NOTE = "Only a part of the page could be read, so late agenda items may be missing."


def all_meetings_table(selected: Selected) -> pd.DataFrame:
    """Return every meeting as a reader's table, newest first: ``Start``, ``Meeting``, ``Series``,
    ``Place``, ``Kind``, ``Threats`` (on the agenda), ``Agenda`` and ``meeting_id``."""
    rows = sort_newest_first(selected.meetings)
    series = selected.dataset.names("series", "short_name")
    threats = threats_on_agenda(selected).groupby("meeting_id").size()
    agenda = {"whole": "read", "part": "read in part", "none": "not read"}
    table = meeting_list_table(selected, rows)
    return pd.DataFrame(
        {
            "Start": [day or "unknown" for day in rows["start_date"]],
            "Meeting": table["Meeting"],
            "Series": rows["series"].map(series).tolist(),
            "Place": table["Place"],
            "Kind": rows["kind"].tolist(),
            # Of what was not read no number is known, not even 0.
            "Threats": rows["meeting_id"]
            .map(threats)
            .fillna(0)
            .astype("Int64")
            .where(rows["known"])
            .array,
            "Agenda": rows["reading"].map(agenda).tolist(),
            "meeting_id": table["meeting_id"],
        }
    )


def meetings_figure_table(selected: Selected) -> FigureTable:
    """Return the meetings of a selection as figures to take away: the columns of the data
    dictionary with ``year``, ``era``, and the ids of ``threats`` (on the agenda) and
    ``responses``, separated by semicolons; newest first."""
    rows = as_text(sort_newest_first(selected.meetings).drop(columns=["note", "date", "known"]))
    threats = threats_on_agenda(selected).groupby("meeting_id")["threat_id"]
    responses = response_rows(selected).groupby("meeting_id")["response_id"]
    for name, ids in (("threats", threats), ("responses", responses)):
        told = {meeting: ";".join(sorted(set(values))) for meeting, values in ids}
        rows[name] = [told.get(meeting, "") for meeting in rows["meeting_id"]]
    return FigureTable(
        name="meetings",
        title="Meetings",
        subtitle=chart_subtitle(selected, "all that are known of"),
        table=rows.reset_index(drop=True),
        notes=(
            "A meeting with reading none was not read: it counts as known of and is in no other "
            "figure.",
        ),
    )


def record_facts(dataset: Dataset, meeting_id: str) -> dict[str, str]:
    """Return the facts of a meeting by their names; what is not known is said so. Raises KeyError
    for an unknown meeting."""
    row = dataset["meetings"].set_index("meeting_id").loc[meeting_id]
    countries, regions = dataset.names("countries"), dataset.names("regions")
    organizations = dataset.names("organizations")
    place = ", ".join(filter(None, [row["city"], countries.get(row["country"], "")]))
    people = "not known"
    if not pd.isna(row["participants"]):
        qualifier = (
            "" if row["participants_qualifier"] == "exact" else row["participants_qualifier"] + " "
        )
        people = f"{qualifier}{row['participants']:,}"
    chair = countries.get(row["chair"])
    return {
        "Series": dataset.names("series")[row["series"]],
        "Edition": "not known" if pd.isna(row["edition"]) else ordinal(int(row["edition"])),
        "Date": row["date"],
        "Place": place or ("online only" if row["format"] == "online" else "not known"),
        "Form": MEETING_FORMAT_LABELS.get(row["format"], "not known") + f", {row['kind']}",
        "OSCE chair": chair or "not known",
        "Organizers": join([organizations[key] for key in row["organizers"].split(";") if key])
        or "not known",
        "Participants": people,
        "For": join([regions[key] for key in row["scope"].split(";")]),
        "Found by": row["found_by"].replace("_", " "),
        "Note": row["note"] or "none",
    }


def record_tables(dataset: Dataset, meeting_id: str) -> dict[str, pd.DataFrame]:
    """Return the tables of a record by their titles: ``Sessions``, ``Threats``, ``Responses`` and
    ``Organizations``, each as a reader's table."""

    def of(name: str) -> pd.DataFrame:
        table = dataset[name]
        return as_text(table[table["meeting_id"] == meeting_id])

    topics = dataset.names("regional_sessions", "topic")
    regions = dataset.names("regions")
    threats, responses = (
        dataset.names(name, "label") for name in ("threat_categories", "responses")
    )
    organizations = dataset.names("organizations")
    mentions, answers, taking, sessions = (
        of(name)
        for name in ("threat_mentions", "response_mentions", "participation", "regional_sessions")
    )
    mentions = mentions.assign(
        rank=mentions["role"].map({"focus": 0, "discussed": 1, "mentioned": 2})
    ).sort_values(["rank", "mention_id"])
    return {
        "Sessions": pd.DataFrame(
            {
                "Topic": sessions["topic"],
                "Region": sessions["region"].map(regions),
                "Source": sessions["source_url"],
            }
        ),
        "Threats": pd.DataFrame(
            {
                "Threat": mentions["threat_id"].map(threats),
                "Role": mentions["role"],
                "Session": mentions["session_id"].map(topics).fillna(""),
                "Evidence": mentions["evidence"],
                "Pandemic": mentions["pandemic_link"],
                "Certainty": mentions["certainty"],
                "Source": mentions["source_url"],
            }
        ),
        "Responses": pd.DataFrame(
            {
                "Response": answers["response_id"].map(responses),
                "For": answers["threat_id"].map(threats).fillna(""),
                "Evidence": answers["evidence"],
                "Certainty": answers["certainty"],
                "Source": answers["source_url"],
            }
        ),
        "Organizations": pd.DataFrame(
            {
                "Organization": taking["organization_id"].map(organizations),
                "Part": taking["role"],
                "Source": taking["source_url"],
            }
        ),
    }


def similar_meetings_table(dataset: Dataset, meeting_id: str) -> pd.DataFrame:
    """Return the meetings most alike by shared themes as a reader's table: ``Meeting``, ``Date``,
    ``Shared themes`` and ``meeting_id``."""
    table = similar_meetings(meeting_id, dataset["agenda"])
    meetings = dataset["meetings"].set_index("meeting_id").loc[table["meeting_id"]]
    return pd.DataFrame(
        {
            "Meeting": meetings["title"].tolist(),
            "Date": meetings["date"].tolist(),
            "Shared themes": [
                f"{row.shared} ({percent(row.likeness)} of the two)" for row in table.itertuples()
            ],
            "meeting_id": table["meeting_id"].tolist(),
        }
    )
