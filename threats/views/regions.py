"""Views of the page Regions."""

import pandas as pd

from threats import measures, together, words
from threats.charts import grid, sessions, trends
from threats.dataset import date_range
from threats.selection import Selected, options
from threats.views import caption, caption_counts
from threats.views.base import (
    Chart,
    cautions,
    cautions_by_year,
    labelled,
    notes_on,
    search_notes,
    subtitle,
    unread_notes,
)
from threats.views.breaks import on_time_axis


def tile_map(
    selected: Selected, colour: str = "share", threat: str = "", role: str = "agenda"
) -> Chart:
    """The OSCE area as tiles, by attention of its region to a threat or by meetings hosted."""
    dataset, whole = selected.dataset, together.everywhere(selected)
    countries = dataset["countries"].rename(columns={"name": "country"})
    regions = options(dataset)["region"]
    name = dataset.names("threat_categories", "label").get(threat, "")
    if colour == "share":
        table = labelled(selected, together.by_region(selected, role))
        own = table[table["threat_id"] == threat].set_index("region")
        value, told = countries["region"].map(own["share"]), countries["region"].map(own["words"])
        title, what = (
            f"Attention to {words.inside(name)} in the region of each country",
            "share of meetings",
        )
        left_out = search_notes(whole) if threat == measures.PANDEMIC else ()
        told_of = own.drop(index="osce_area").rename(index=regions)
        finding = caption.extremes(told_of[told_of["meetings"] >= measures.FEWEST])
    else:
        counts, left_out = together.hosted(selected), unread_notes(whole)
        whole = measures.read(whole)
        value = countries["iso3"].map(counts)
        told = pd.Series([f"{words.counted(n, 'meeting')} hosted" for n in value])
        title, what = "Meetings hosted by each country", "number of meetings held in the country"
        hosts = countries.set_index("iso3")["country"]
        finding = caption_counts.hosted(counts.rename(index=hosts))
    place = countries["region"].map(regions)
    table = countries.assign(
        name=countries["country"],
        value=value,
        mark="region:" + countries["region"],
        partner=countries["osce_status"] != "participating_state",
        region_name=place,
        words=[f"{region}\n{text}" for region, text in zip(place, told, strict=True)],
    )
    taken = table[["iso3", "country", "region", "region_name", "value"]].assign(
        figure=told.tolist()
    )
    return Chart(
        name="tile-map",
        title=title,
        subtitle=subtitle(whole, what),
        alt=f"Tile map of {len(table)} countries, one equal tile each. {finding}",
        draw=lambda dark: grid.tile_map(table, colour, dark),
        table=taken,
        notes=(
            "Tiles with an outline are Partners for Co-operation. A click on a tile chooses its "
            "region in the filter; the map itself shows all regions.",
            *left_out,
        ),
        cautions=cautions(whole, agendas=colour == "share"),
    )


def region_grid(selected: Selected, role: str = "agenda") -> Chart:
    """Attention of each region to each threat beside the whole area."""
    whole = together.everywhere(selected)
    table = labelled(selected, together.by_region(selected, role))
    names = options(selected.dataset)["region"]
    known = table.groupby("region")["meetings"].max()
    order = table[table["region"] == "osce_area"].sort_values(
        "whole", ascending=False, kind="stable"
    )
    rank = {threat: n for n, threat in enumerate(order["threat_id"])}
    table = table.assign(
        row=table["threat"],
        rank=table["threat_id"].map(rank),
        column=[f"{names[region]} ({known[region]})" for region in table["region"]],
        few=table["meetings"] < measures.FEWEST,
        mark=table["mark"] + " region:" + table["region"],
        words=[
            f"{text}\n{words.points(gap)} against the whole area" if gap == gap else text
            for text, gap in zip(table["words"], table["difference"], strict=True)
        ],
    ).sort_values("rank", kind="stable")
    kept = [
        "region",
        "threat_id",
        "threat",
        "on_agenda",
        "meetings",
        "share",
        "low",
        "high",
        "whole",
        "difference",
    ]
    return Chart(
        name="regions-by-threat",
        title="Which region talks about what, against the whole area",
        subtitle=subtitle(whole, f"share of meetings in percent ({measures.ROLES[role]})"),
        alt=caption.against_whole(table.assign(region=table["region"].map(names))),
        draw=lambda dark: grid.region_grid(table, dark),
        table=table[kept].reset_index(drop=True),
        notes=(
            "The number behind a region is its meetings with a known agenda. Meetings for several "
            "regions count in each of them, and all in the whole.",
            *notes_on(whole, table),
        ),
        cautions=cautions(whole),
    )


def by_region(
    selected: Selected, threat: str, measure: str = "share", role: str = "agenda"
) -> Chart | None:
    """The trend of one threat in each region, one panel a region; None if no agenda is known."""
    names = options(selected.dataset)["region"]
    table = together.region_by_year(selected, threat, role)
    whole = table.groupby("region")["meetings"].transform("sum")
    table = labelled(selected, table[whole > 0]).reset_index(drop=True)
    if table.empty:
        return None
    name = table["threat"].iloc[0]
    table = table.assign(
        threat=table["region"].map(names), mark=table["mark"] + " region:" + table["region"]
    )
    everywhere = together.everywhere(selected)
    totals = measures.meetings_by_year(everywhere)
    found = measures.trend(table, "threat")
    moved = caption.trends(found, selected.years, len(found))
    chart = Chart(
        name="trend-by-region",
        title=f"{name}: the trend in each region",
        subtitle=subtitle(everywhere, f"share of meetings ({measures.ROLES[role]})"),
        alt=caption.lines(table, totals, f"{caption.ON[role]} there", measure, moved),
        draw=lambda dark: trends.attention_lines(
            table, totals, measure, selected.dataset.era_bounds(), dark
        ),
        table=table.rename(columns={"threat": "region_name"}).drop(columns=["mark", "words"]),
        notes=(
            "The strip at the foot counts the meetings of all regions.",
            caption.trend_note("all regions that are shown"),
            *(search_notes(everywhere) if threat == measures.PANDEMIC else ()),
        ),
        cautions=cautions_by_year(everywhere, totals),
    )
    return on_time_axis(chart, selected)


def session_timeline(selected: Selected) -> Chart | None:
    """The sessions on a region in time; None if there are none."""
    table = together.tied_sessions(selected)
    table = table[table["start_date"] != ""].reset_index(drop=True)
    if table.empty:
        return None
    names = options(selected.dataset)["region"]
    table = table.assign(
        label=table["region"].map(names),
        day=[date_range(day)[0] for day in table["start_date"]],
        mark="region:" + table["region"] + " year:" + table["year"].astype("str"),
        words=[f"{row.title}\n{row.date}" for row in table.itertuples()],
    )
    chart = Chart(
        name="regional-sessions",
        title="Sessions on a region, over time",
        subtitle=subtitle(selected, "sessions that single out a region"),
        alt=caption_counts.sessions(table["label"], table["year"]),
        draw=lambda dark: sessions.session_timeline(table, dark),
        table=table[["session_id", "region", "topic", "meeting_id", "title", "date", "source_url"]],
        notes=("Most sessions single out no region and are not shown here.",),
    )
    years = int(table["year"].min()), int(table["year"].max())
    return on_time_axis(chart, selected, years, days=True)


def session_table(selected: Selected) -> pd.DataFrame:
    """Return the sessions on a region as a reader's table: ``Region``, ``Date``, ``Topic``,
    ``Meeting`` and ``Source``."""
    rows = together.tied_sessions(selected)
    names = options(selected.dataset)["region"]
    return pd.DataFrame(
        {
            "Region": rows["region"].map(names).tolist(),
            "Date": rows["date"].tolist(),
            "Topic": rows["topic"].tolist(),
            "Meeting": rows["title"].tolist(),
            "meeting_id": rows["meeting_id"].tolist(),
            "Source": rows["source_url"].tolist(),
        }
    )


def country_table(
    selected: Selected, colour: str = "share", threat: str = "", role: str = "agenda"
) -> pd.DataFrame:
    """Return the tiles of the map as a reader's table: ``Country``, ``Region`` and ``Figure``."""
    names = {"country": "Country", "region_name": "Region", "figure": "Figure"}
    tiles = tile_map(selected, colour, threat, role).table
    return tiles.rename(columns=names)[list(names.values())].sort_values("Country")
