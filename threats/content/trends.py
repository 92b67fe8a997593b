"""Views of the page Trends."""

from threats.charts.heatmap import draw_attention_heatmap
from threats.charts.small_multiples import draw_attention_lines
from threats.charts.timeline import draw_presence_timeline
from threats.content.attention_tables import (
    labelled_attention_by_year,
    labelled_presence,
    labelled_trends,
    select_export_columns,
)
from threats.content.model import Chart
from threats.content.notes import (
    chart_subtitle,
    measure_phrase,
    selection_cautions,
    standard_notes,
    trend_notes,
    yearly_cautions,
)
from threats.content.selection_text import threat_scope
from threats.content.share_captions import (
    heatmap_caption,
    lines_caption,
    presence_caption,
    trends_sentence,
)
from threats.content.time_breaks import add_time_breaks
from threats.stats.attention import meetings_by_year
from threats.stats.selection import Selected
from threats.text.labels import ROLE_LABELS, ROLE_PHRASES

MAX_COMPARED_THREATS = 6


def attention_heatmap_chart(
    selected: Selected,
    measure: str = "share",
    mark: tuple[str, int] | None = None,
) -> Chart:
    """Attention to each threat in each year."""
    table = labelled_attention_by_year(selected)
    totals = meetings_by_year(selected)
    moved = trends_sentence(labelled_trends(selected), selected.years, scope=threat_scope(selected))
    chart = Chart(
        name="attention-by-year",
        title="Attention to each threat, year by year",
        subtitle=chart_subtitle(selected, measure_phrase(measure, selected.role)),
        alt=heatmap_caption(table, totals, ROLE_PHRASES[selected.role], moved),
        draw=lambda theme: draw_attention_heatmap(
            table, totals, measure, selected.emergency, mark, theme, selected.role
        ),
        table=select_export_columns(table, "year"),
        notes=(*trend_notes(), *standard_notes(selected, table)),
        cautions=yearly_cautions(selected, totals),
    )
    return add_time_breaks(chart, selected)


def attention_lines_chart(
    selected: Selected, compare: tuple[str, ...] = (), measure: str = "share"
) -> Chart:
    """Attention to up to six threats over the years; the most on the agenda if none is chosen."""
    table, found = labelled_attention_by_year(selected), labelled_trends(selected)
    shown = [t for t in dict.fromkeys(table["threat_id"]) if not compare or t in compare][
        :MAX_COMPARED_THREATS
    ]
    table = table[table["threat_id"].isin(shown)].reset_index(drop=True)
    found = found.set_index("threat_id").loc[shown]
    totals = meetings_by_year(selected)
    of = "these threats" if len(shown) > 1 else threat_scope(selected)
    moved = trends_sentence(found, selected.years, MAX_COMPARED_THREATS, of)
    chart = Chart(
        name="attention-compared",
        title="How attention to chosen threats moved",
        subtitle=chart_subtitle(selected, measure_phrase(measure, selected.role)),
        alt=lines_caption(table, totals, ROLE_PHRASES[selected.role], measure, moved),
        draw=lambda theme: draw_attention_lines(table, totals, measure, selected.emergency, theme),
        table=select_export_columns(table, "year"),
        notes=(*trend_notes(), *standard_notes(selected, table)),
        cautions=yearly_cautions(selected, totals),
    )
    return add_time_breaks(chart, selected)


def presence_chart(selected: Selected) -> Chart:
    """Since when each threat has been on the agenda, and until when."""
    years = labelled_attention_by_year(selected)
    table = labelled_presence(selected)
    looked = set(years.loc[years["status"] == "counted", "threat"])
    chart = Chart(
        name="on-agenda-since",
        title="Since when each threat has been on the agenda",
        subtitle=chart_subtitle(selected, f"first and last year ({ROLE_LABELS[selected.role]})"),
        alt=presence_caption(table, looked, selected.role),
        draw=lambda theme: draw_presence_timeline(
            table, years, selected.years, theme, selected.role
        ),
        table=table,
        notes=(
            "The first year is the first among these meetings; earlier ones may not have been "
            "found, or not chosen here. A year without a dot is one of which no agenda is known.",
            *standard_notes(selected, years),
        ),
        cautions=selection_cautions(selected),
    )
    return add_time_breaks(chart, selected)
