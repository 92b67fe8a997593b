"""Content of the page Regions."""

from typing import NamedTuple

import pandas as pd

from threats.charts.matrix import draw_region_matrix
from threats.charts.small_multiples import draw_attention_lines
from threats.charts.tile_map import draw_tile_map
from threats.content.attention_tables import add_labels
from threats.content.comparison_captions import extreme_regions_sentence, vs_all_regions_caption
from threats.content.count_captions import hosting_sentence
from threats.content.model import Chart
from threats.content.notes import (
    chart_cautions,
    chart_subtitle,
    measure_phrase,
    pandemic_search_notes,
    standard_notes,
    trend_notes,
    unread_notes,
    yearly_cautions,
)
from threats.content.reader_tables import casefolded, reader_table
from threats.content.share_captions import lines_caption, trends_sentence
from threats.content.time_breaks import add_time_breaks
from threats.dataset.model import OSCE_WIDE, PANDEMIC
from threats.stats.attention import meetings_by_year, only_read
from threats.stats.drilldown import click_data
from threats.stats.filters import filter_choices
from threats.stats.meetings import regional_sessions
from threats.stats.regions import (
    attention_by_region,
    attention_by_region_and_year,
    meetings_by_country,
)
from threats.stats.selection import Selected
from threats.stats.trends import MIN_MEETINGS, cochran_armitage
from threats.text import regions as regions_text
from threats.text.labels import ROLE_LABELS, ROLE_PHRASES
from threats.text.quantities import percentage_points
from threats.text.translate import _


class _Tiles(NamedTuple):
    """What colours the tiles, by country, and what the chart says about it."""

    value: pd.Series
    figure: pd.Series
    title: str
    measure: str
    finding: str
    notes: tuple[str, ...]


def _attention_tiles(selected: Selected, threat: str) -> _Tiles:
    region = selected.dataset["countries"]["region"]
    name = selected.dataset.names("threat_categories", "label")[threat]
    table = add_labels(selected, attention_by_region(selected))
    own = table[table["threat_id"] == threat].set_index("region")
    compared = own[own["meetings"] >= MIN_MEETINGS].drop(index=OSCE_WIDE, errors="ignore")
    return _Tiles(
        region.map(own["share"].where(own["meetings"] >= MIN_MEETINGS)),
        region.map(own["words"]),
        regions_text.tile_map_title(name),
        _(regions_text.ATTENTION_MEASURE),
        extreme_regions_sentence(compared.rename(index=filter_choices(selected.dataset)["region"])),
        pandemic_search_notes(selected.without_regions()) if threat == PANDEMIC else (),
    )


def _hosting_tiles(selected: Selected) -> _Tiles:
    countries = pd.Series(selected.dataset.names("countries"))
    counts = meetings_by_country(selected)
    value = pd.Series(counts.reindex(countries.index).to_numpy())
    return _Tiles(
        value,
        pd.Series([regions_text.hosted_label(n) for n in value]),
        _(regions_text.HOSTING_TITLE),
        _(regions_text.HOSTING_MEASURE),
        hosting_sentence(counts.rename(index=countries)),
        unread_notes(selected.without_regions()),
    )


def tile_map_chart(selected: Selected, colour: str = "share", threat: str = "") -> Chart:
    """Return the OSCE area as tiles, coloured by the attention of their region to a threat or by
    meetings hosted."""
    about_agendas, counted = colour == "share", selected.without_regions()
    if about_agendas:
        tiles = _attention_tiles(selected, threat)
    else:
        tiles, counted = _hosting_tiles(selected), only_read(counted)
    countries = selected.dataset["countries"].assign(
        country=list(selected.dataset.names("countries").values())
    )
    table = countries.assign(
        name=countries["country"],
        value=tiles.value,
        mark=click_data(region=countries["region"]),
        partner=countries["osce_status"] != "participating_state",
        region_name=countries["region"].map(filter_choices(selected.dataset)["region"]),
        figure=tiles.figure,
    )
    table["words"] = table["region_name"] + "\n" + table["figure"]
    return Chart(
        name="tile-map",
        title=tiles.title,
        subtitle=chart_subtitle(counted, tiles.measure),
        alt=tiles.finding,
        draw=lambda theme: draw_tile_map(table, colour, theme),
        table=table[["iso3", "country", "region", "region_name", "value", "figure"]],
        notes=(_(regions_text.TILE_MAP_NOTE), *tiles.notes),
        cautions=chart_cautions(counted, about_agendas=about_agendas),
    )


def tile_map_table(selected: Selected, colour: str = "share", threat: str = "") -> pd.DataFrame:
    """Return the tiles of the map as a reader's table, by country."""
    tiles = tile_map_chart(selected, colour, threat).table
    return reader_table(
        tiles.sort_values("country", key=casefolded),
        regions_text.TILE_COLUMNS,
    )


def regions_by_threat_chart(selected: Selected) -> Chart:
    """Return the attention of each region to each threat, compared with the whole area."""
    everywhere = selected.without_regions()
    names = filter_choices(selected.dataset)["region"]
    table = add_labels(selected, attention_by_region(selected))
    known = table.groupby("region")["meetings"].max()
    whole = table[table["region"] == OSCE_WIDE].sort_values("whole", ascending=False, kind="stable")
    table = table.assign(
        row=table["threat"],
        rank=table["threat_id"].map(list(whole["threat_id"]).index),
        column=[f"{names[region]} ({known[region]})" for region in table["region"]],
        few=table["meetings"] < MIN_MEETINGS,
        mark=click_data(threat=table["threat_id"], region=table["region"]),
        words=[
            text
            if pd.isna(difference)
            else regions_text.difference_label(text, percentage_points(difference))
            for text, difference in zip(table["words"], table["difference"], strict=True)
        ],
    ).sort_values("rank", kind="stable")
    kept = ["region", "threat_id", "threat", "on_agenda", "meetings", "share", "low", "high"]
    return Chart(
        name="regions-by-threat",
        title=_(regions_text.REGIONS_BY_THREAT_TITLE),
        subtitle=chart_subtitle(
            everywhere, regions_text.percent_measure(_(ROLE_LABELS[selected.role]))
        ),
        alt=vs_all_regions_caption(table.assign(region=table["region"].map(names))),
        draw=lambda theme: draw_region_matrix(table, theme),
        table=table[[*kept, "whole", "difference"]].reset_index(drop=True),
        notes=(_(regions_text.REGION_COUNTS_NOTE), *standard_notes(everywhere, table)),
        cautions=chart_cautions(everywhere),
    )


def trend_by_region_chart(selected: Selected, threat: str) -> Chart | None:
    """Return the trend of one threat in each region, one panel a region; None if no agenda is
    known."""
    table = attention_by_region_and_year(selected, threat)
    n_known = table.groupby("region")["meetings"].transform("sum")
    table = add_labels(selected, table[n_known > 0]).reset_index(drop=True)
    if table.empty:
        return None
    name = table["threat"].iloc[0]
    table = table.assign(
        threat=table["region"].map(filter_choices(selected.dataset)["region"]),
        mark=click_data(threat=table["threat_id"], year=table["year"], region=table["region"]),
    )
    everywhere = selected.without_regions()
    totals = meetings_by_year(everywhere)
    predicate = regions_text.there_phrase(_(ROLE_PHRASES[selected.role]))
    found = cochran_armitage(table, "threat")
    trends = trends_sentence(found, selected.years, len(found))
    chart = Chart(
        name="trend-by-region",
        title=regions_text.trend_by_region_title(name),
        subtitle=chart_subtitle(everywhere, measure_phrase("share", selected.role)),
        alt=lines_caption(table, totals, predicate, "share", trends),
        draw=lambda theme: draw_attention_lines(table, totals, "share", selected.emergency, theme),
        table=table.rename(columns={"threat": "region_name"}).drop(columns=["mark", "words"]),
        notes=(
            *trend_notes("share", _(regions_text.ALL_REGIONS_PHRASE)),
            *(pandemic_search_notes(everywhere) if threat == PANDEMIC else ()),
        ),
        cautions=yearly_cautions(everywhere, totals),
    )
    return add_time_breaks(chart, selected)


def regional_sessions_table(selected: Selected) -> pd.DataFrame:
    """Return the sessions about a region as a reader's table."""
    rows = regional_sessions(selected)
    names = filter_choices(selected.dataset)["region"]
    rows = rows.assign(region_name=rows["region"].map(names))
    return reader_table(rows, regions_text.REGIONAL_SESSION_COLUMNS)
