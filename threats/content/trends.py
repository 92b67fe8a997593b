"""Content of the page Threats."""

import pandas as pd

from threats.charts.heatmap import draw_attention_heatmap
from threats.charts.small_multiples import draw_attention_lines
from threats.content.attention_tables import (
    add_fixed_mix,
    labelled_attention_by_year,
    labelled_presence,
    labelled_trends,
    select_export_columns,
)
from threats.content.model import Chart
from threats.content.notes import (
    chart_subtitle,
    measure_phrase,
    standard_notes,
    trend_notes,
    yearly_cautions,
)
from threats.content.pooled_change import default_change_caption
from threats.content.reader_tables import reader_table
from threats.content.selection_text import threat_scope
from threats.content.share_captions import (
    heatmap_caption,
    lines_caption,
    trends_sentence,
)
from threats.content.time_breaks import add_time_breaks
from threats.stats.attention import meetings_by_year
from threats.stats.selection import Selected
from threats.text import attention as attention_text
from threats.text.labels import ROLE_PHRASES
from threats.text.translate import _

MAX_COMPARED_THREATS = 6


def attention_heatmap_chart(
    selected: Selected,
    measure: str = "mix",
    mark: tuple[str, int] | None = None,
) -> Chart:
    """Return attention to each threat in each year."""
    table = add_fixed_mix(selected, labelled_attention_by_year(selected))
    totals = meetings_by_year(selected)
    trends = trends_sentence(
        labelled_trends(selected), selected.years, scope=threat_scope(selected)
    )
    chart = Chart(
        name="attention-by-year",
        title=_(attention_text.ATTENTION_BY_YEAR_TITLE),
        subtitle=chart_subtitle(selected, measure_phrase(measure, selected.role)),
        alt=heatmap_caption(
            table,
            totals,
            _(ROLE_PHRASES[selected.role]),
            default_change_caption(selected) if measure == "mix" else trends,
        ),
        draw=lambda theme: draw_attention_heatmap(
            table, totals, measure, selected.emergency, mark, theme, selected.role
        ),
        table=select_export_columns(table, "year"),
        notes=(*trend_notes(measure), *standard_notes(selected, table)),
        cautions=yearly_cautions(selected, totals),
    )
    return add_time_breaks(chart, selected)


def attention_lines_chart(
    selected: Selected, compare: tuple[str, ...] = (), measure: str = "mix"
) -> Chart:
    """Return attention to up to six threats over the years, by default the most frequent ones."""
    table = add_fixed_mix(selected, labelled_attention_by_year(selected))
    found = labelled_trends(selected)
    shown = [t for t in dict.fromkeys(table["threat_id"]) if not compare or t in compare][
        :MAX_COMPARED_THREATS
    ]
    table = table[table["threat_id"].isin(shown)].reset_index(drop=True)
    found = found.set_index("threat_id").loc[shown]
    totals = meetings_by_year(selected)
    several = len(shown) > 1
    scope = _(attention_text.THESE_THREATS_PHRASE) if several else threat_scope(selected)
    trends = trends_sentence(found, selected.years, MAX_COMPARED_THREATS, scope)
    chart = Chart(
        name="attention-compared",
        title=_(attention_text.COMPARISON_TITLE)
        if several
        else attention_text.single_threat_title(table["threat"].iloc[0]),
        subtitle=chart_subtitle(selected, measure_phrase(measure, selected.role)),
        alt=lines_caption(
            table,
            totals,
            _(ROLE_PHRASES[selected.role]),
            "count" if measure == "count" else "share",
            default_change_caption(selected, shown) if measure == "mix" else trends,
        ),
        draw=lambda theme: draw_attention_lines(table, totals, measure, selected.emergency, theme),
        table=select_export_columns(table, "year"),
        notes=(*trend_notes(measure), *standard_notes(selected, table)),
        cautions=yearly_cautions(selected, totals),
    )
    return add_time_breaks(chart, selected)


def presence_table(selected: Selected) -> pd.DataFrame:
    """Return when each threat was first and last on the agenda as a reader's table."""
    table = labelled_presence(selected)
    years = labelled_attention_by_year(selected)
    known = set(years.loc[years["status"] == "counted", "threat_id"])
    missing = [
        _(attention_text.NEVER_LABEL if one in known else attention_text.NOT_KNOWN_LABEL)
        for one in table["threat_id"]
    ]
    for name in ("first", "last"):
        shown = table[name].astype(object)
        table[name] = shown.where(shown.notna(), pd.Series(missing))
    return reader_table(table, attention_text.PRESENCE_COLUMNS)
