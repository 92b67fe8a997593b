"""Content of the start page."""

import pandas as pd

from threats.charts.dot_plot import draw_attention_ranking
from threats.content.attention_tables import ranked_attention, select_export_columns
from threats.content.meetings import meeting_list_table, sort_newest_first
from threats.content.model import Chart
from threats.content.notes import chart_cautions, chart_subtitle, measure_phrase, standard_notes
from threats.content.share_captions import ranking_caption
from threats.dataset.model import Dataset
from threats.stats.attention import ties_for_max
from threats.stats.selection import Selected
from threats.stats.trends import MIN_MEETINGS
from threats.text import attention as attention_text
from threats.text import overview as overview_text
from threats.text.translate import _

MAX_NEWEST_MEETINGS = 8
MAX_RANKED_THREATS = 10


def about_sentences(dataset: Dataset) -> list[str]:
    """Return two lines on a dataset: who made it, from what and until when, and why to believe
    it."""
    meetings, described = dataset["meetings"], dataset.descriptor
    years = meetings["year"].dropna()
    return [
        overview_text.origin_line(
            described["contributors"][0]["title"],
            len(meetings),
            (int(years.min()), int(years.max())),
            described["created"][:10],
        ),
        overview_text.trust_line(dataset["double_readings"]["meeting_id"].nunique()),
    ]


def newest_meetings_table(selected: Selected) -> pd.DataFrame:
    """Return the newest meetings of a selection as a reader's table."""
    newest = sort_newest_first(selected.meetings).head(MAX_NEWEST_MEETINGS)
    return meeting_list_table(selected, newest)


def attention_ranking_chart(selected: Selected, every: bool = False) -> Chart:
    """Return the threats from most to least on the agenda over the whole selection; only the first
    ten are drawn, if not ``every`` one."""
    table = ranked_attention(selected)
    drawn = table if every else table.head(MAX_RANKED_THREATS)
    return Chart(
        name="attention-ranked",
        title=_ranking_title(selected, table),
        subtitle=chart_subtitle(selected, measure_phrase("share", selected.role)),
        alt=ranking_caption(table, selected.role),
        draw=lambda theme: draw_attention_ranking(drawn, theme),
        table=select_export_columns(table),
        notes=standard_notes(selected, table),
        cautions=chart_cautions(selected),
    )


def _ranking_title(selected: Selected, table: pd.DataFrame) -> str:
    """Return the threat that leads, if there are enough meetings and no tie."""
    enough = table[table["meetings"] >= MIN_MEETINGS]
    best = ties_for_max(enough, enough["share"])
    if len(best) != 1 or len(enough) < 2 or selected.role != "agenda":
        return _(attention_text.RANKING_TITLE)
    return attention_text.ranking_title(best["threat"].iloc[0], best["share"].iloc[0])
