"""Views of the page Regions."""

import pandas as pd

from threats.charts.matrix import draw_region_matrix
from threats.charts.small_multiples import draw_attention_lines
from threats.charts.tile_map import draw_tile_map
from threats.charts.timeline import draw_session_timeline
from threats.content.attention_tables import add_labels
from threats.content.comparison_captions import extreme_regions_sentence, vs_all_regions_caption
from threats.content.count_captions import hosting_sentence, sessions_caption
from threats.content.model import Chart
from threats.content.notes import (
    chart_subtitle,
    pandemic_search_notes,
    selection_cautions,
    standard_notes,
    trend_note,
    unread_notes,
    yearly_cautions,
)
from threats.content.share_captions import lines_caption, trends_sentence
from threats.content.time_breaks import add_time_breaks
from threats.dataset.dates import date_range
from threats.dataset.model import PANDEMIC
from threats.format import lower_name
from threats.stats.attention import meetings_by_year, only_read
from threats.stats.drilldown import click_data
from threats.stats.meetings import regional_sessions
from threats.stats.regions import (
    attention_by_region,
    attention_by_region_and_year,
    meetings_by_country,
)
from threats.stats.selection import Selected, filter_choices
from threats.stats.trends import MIN_MEETINGS, cochran_armitage
from threats.text.labels import ROLE_LABELS, ROLE_PHRASES
from threats.text.quantities import percentage_points, quantity


def tile_map_chart(selected: Selected, colour: str = "share", threat: str = "") -> Chart:
    """The OSCE area as tiles, by attention of its region to a threat or by meetings hosted."""
    dataset, whole = selected.dataset, selected.without_regions()
    countries = dataset["countries"].rename(columns={"name": "country"})
    regions = filter_choices(dataset)["region"]
    name = dataset.names("threat_categories", "label").get(threat, "")
    if colour == "share":
        table = add_labels(selected, attention_by_region(selected))
        own = table[table["threat_id"] == threat].set_index("region")
        value, told = countries["region"].map(own["share"]), countries["region"].map(own["words"])
        title, what = (
            f"Attention to {lower_name(name)} in the region of each country",
            "share of meetings",
        )
        left_out = pandemic_search_notes(whole) if threat == PANDEMIC else ()
        told_of = own.drop(index="osce_area").rename(index=regions)
        finding = extreme_regions_sentence(told_of[told_of["meetings"] >= MIN_MEETINGS])
    else:
        counts, left_out = meetings_by_country(selected), unread_notes(whole)
        whole = only_read(whole)
        value = countries["iso3"].map(counts)
        told = pd.Series([f"{quantity(n, 'meeting')} hosted" for n in value])
        title, what = "Meetings hosted by each country", "number of meetings held in the country"
        hosts = countries.set_index("iso3")["country"]
        finding = hosting_sentence(counts.rename(index=hosts))
    place = countries["region"].map(regions)
    table = countries.assign(
        name=countries["country"],
        value=value,
        mark=click_data(region=countries["region"]),
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
        subtitle=chart_subtitle(whole, what),
        alt=f"Tile map of {len(table)} countries, one equal tile each. {finding}",
        draw=lambda theme: draw_tile_map(table, colour, theme),
        table=taken,
        notes=(
            "Tiles with an outline are Partners for Co-operation. A click on a tile chooses its "
            "region in the filter; the map itself shows all regions.",
            *left_out,
        ),
        cautions=selection_cautions(whole, about_agendas=colour == "share"),
    )


def regions_by_threat_chart(selected: Selected) -> Chart:
    """Attention of each region to each threat beside the whole area."""
    whole = selected.without_regions()
    table = add_labels(selected, attention_by_region(selected))
    names = filter_choices(selected.dataset)["region"]
    known = table.groupby("region")["meetings"].max()
    order = table[table["region"] == "osce_area"].sort_values(
        "whole", ascending=False, kind="stable"
    )
    rank = {threat: n for n, threat in enumerate(order["threat_id"])}
    table = table.assign(
        row=table["threat"],
        rank=table["threat_id"].map(rank),
        column=[f"{names[region]} ({known[region]})" for region in table["region"]],
        few=table["meetings"] < MIN_MEETINGS,
        mark=click_data(threat=table["threat_id"], region=table["region"]),
        words=[
            f"{text}\n{percentage_points(gap)} against the whole area" if gap == gap else text
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
        subtitle=chart_subtitle(
            whole, f"share of meetings in percent ({ROLE_LABELS[selected.role]})"
        ),
        alt=vs_all_regions_caption(table.assign(region=table["region"].map(names))),
        draw=lambda theme: draw_region_matrix(table, theme),
        table=table[kept].reset_index(drop=True),
        notes=(
            "The number behind a region is its meetings with a known agenda. Meetings for several "
            "regions count in each of them, and all in the whole.",
            *standard_notes(whole, table),
        ),
        cautions=selection_cautions(whole),
    )


def trend_by_region_chart(selected: Selected, threat: str, measure: str = "share") -> Chart | None:
    """The trend of one threat in each region, one panel a region; None if no agenda is known."""
    names = filter_choices(selected.dataset)["region"]
    table = attention_by_region_and_year(selected, threat)
    whole = table.groupby("region")["meetings"].transform("sum")
    table = add_labels(selected, table[whole > 0]).reset_index(drop=True)
    if table.empty:
        return None
    name = table["threat"].iloc[0]
    table = table.assign(
        threat=table["region"].map(names),
        mark=click_data(threat=table["threat_id"], year=table["year"], region=table["region"]),
    )
    everywhere = selected.without_regions()
    totals = meetings_by_year(everywhere)
    found = cochran_armitage(table, "threat")
    moved = trends_sentence(found, selected.years, len(found))
    chart = Chart(
        name="trend-by-region",
        title=f"{name}: the trend in each region",
        subtitle=chart_subtitle(everywhere, f"share of meetings ({ROLE_LABELS[selected.role]})"),
        alt=lines_caption(table, totals, f"{ROLE_PHRASES[selected.role]} there", measure, moved),
        draw=lambda theme: draw_attention_lines(table, totals, measure, selected.emergency, theme),
        table=table.rename(columns={"threat": "region_name"}).drop(columns=["mark", "words"]),
        notes=(
            "The strip at the foot counts the meetings of all regions.",
            trend_note("all regions that are shown"),
            *(pandemic_search_notes(everywhere) if threat == PANDEMIC else ()),
        ),
        cautions=yearly_cautions(everywhere, totals),
    )
    return add_time_breaks(chart, selected)


def regional_sessions_chart(selected: Selected) -> Chart | None:
    """The sessions on a region in time; None if there are none."""
    table = regional_sessions(selected)
    table = table[table["start_date"] != ""].reset_index(drop=True)
    if table.empty:
        return None
    names = filter_choices(selected.dataset)["region"]
    table = table.assign(
        label=table["region"].map(names),
        day=[date_range(day)[0] for day in table["start_date"]],
        mark=click_data(region=table["region"], year=table["year"]),
        words=[f"{row.title}\n{row.date}" for row in table.itertuples()],
    )
    chart = Chart(
        name="regional-sessions",
        title="Sessions on a region, over time",
        subtitle=chart_subtitle(selected, "sessions that single out a region"),
        alt=sessions_caption(table["label"], table["year"]),
        draw=lambda theme: draw_session_timeline(table, theme),
        table=table[["session_id", "region", "topic", "meeting_id", "title", "date", "source_url"]],
        notes=("Most sessions single out no region and are not shown here.",),
    )
    years = int(table["year"].min()), int(table["year"].max())
    return add_time_breaks(chart, selected, years, by_day=True)


def regional_sessions_table(selected: Selected) -> pd.DataFrame:
    """Return the sessions on a region as a reader's table: ``Region``, ``Date``, ``Topic``,
    ``Meeting`` and ``Source``."""
    rows = regional_sessions(selected)
    names = filter_choices(selected.dataset)["region"]
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


def tile_map_table(selected: Selected, colour: str = "share", threat: str = "") -> pd.DataFrame:
    """Return the tiles of the map as a reader's table: ``Country``, ``Region`` and ``Figure``."""
    names = {"country": "Country", "region_name": "Region", "figure": "Figure"}
    tiles = tile_map_chart(selected, colour, threat).table
    return tiles.rename(columns=names)[list(names.values())].sort_values("Country")
