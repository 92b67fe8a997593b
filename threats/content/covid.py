"""Views of the page COVID-19; each takes a selection whose eras are set (``shifts.with_eras``)."""

import pandas as pd

from threats.charts.dot_plot import draw_attention_by_era, draw_odds_ratio_plot
from threats.charts.stacked_bars import (
    draw_era_composition,
    draw_meeting_formats,
    draw_pandemic_link_bars,
)
from threats.charts.theme import MAX_COLOURS
from threats.charts.timeline import draw_participants
from threats.content.attention_tables import (
    add_labels,
    labelled_era_changes,
    labelled_within_series,
    select_export_columns,
)
from threats.content.comparison_captions import era_changes_caption, within_series_caption
from threats.content.count_captions import (
    composition_caption,
    formats_caption,
    pandemic_links_caption,
    participants_caption,
)
from threats.content.meetings import meeting_list_table
from threats.content.model import Chart
from threats.content.notes import (
    ambiguous_dates_notes,
    chart_subtitle,
    measure_phrase,
    selection_cautions,
    standard_notes,
    unread_notes,
)
from threats.content.selection_text import threat_scope
from threats.content.time_breaks import add_time_breaks
from threats.dataset.dates import ERAS, format_date_range
from threats.dataset.model import PANDEMIC
from threats.format import join
from threats.stats.attention import only_read
from threats.stats.count_rule import CountRule
from threats.stats.drilldown import Drilldown, click_data
from threats.stats.eras import (
    attention_by_era,
    composition,
    meetings_by_era,
    meetings_by_format,
    pandemic_links,
    pandemic_links_by_year,
    participant_counts,
)
from threats.stats.selection import Selected, apply_count_rule, filter_choices
from threats.stats.trends import MIN_MEETINGS
from threats.text.labels import ERA_LABELS, ERA_PHRASES, PANDEMIC_LINK_LABELS, ROLE_LABELS
from threats.text.quantities import quantity

ERA_METHOD_NOTE = (
    "A later point is filled where its change from before holds: Fisher's exact test, adjusted "
    "over all threats, whichever are chosen, and both later eras after Benjamini and Hochberg "
    "(1995), under 5%. "
    "Intervals of shares after Wilson (1927), of differences after Newcombe (1998)."
)
WITHIN_SERIES_METHOD_NOTE = (
    "Pooled over series after Mantel and Haenszel (1959), tested after Cochran (1954), adjusted "
    "over all threats, whichever are chosen, and both later eras after Benjamini and Hochberg "
    "(1995). Series with meetings in one of the two eras alone say nothing here."
)


def attention_by_era_chart(
    selected: Selected,
    later: str = "after",
) -> Chart:
    """Attention to each threat before, during and after the emergency."""
    changes = labelled_era_changes(selected)
    table = add_labels(selected, attention_by_era(selected))
    own = changes.set_index(["threat_id", "era"])
    keys = pd.MultiIndex.from_frame(table[["threat_id", "era"]])
    for name in ("difference", "difference_low", "difference_high", "p_adjusted", "holds"):
        table[name] = own[name].reindex(keys).to_numpy()
    table["filled"] = (table["era"] == "before") | table["holds"].eq(True)
    change = own.xs(later, level="era")["difference"]
    order = change.sort_values(ascending=False, na_position="last", kind="stable").index.tolist()
    table["rank"] = table["threat_id"].map({threat: n for n, threat in enumerate(order)})
    table = table.sort_values(["rank", "era"], key=_era_positions).reset_index(drop=True)
    counts = meetings_by_era(selected)
    notes = [
        ERA_METHOD_NOTE,
        *standard_notes(selected, table),
        *ambiguous_dates_notes(counts[""]),
    ]
    few = [
        f"{quantity(counts[era], 'meeting').capitalize()} {era} the emergency"
        + (": too few to tell" if counts[era] else "")
        for era in ERAS
        if counts[era] < MIN_MEETINGS <= sum(counts[era] for era in ERAS)
    ]
    extra = ["difference", "difference_low", "difference_high", "p_adjusted", "holds"]
    return Chart(
        name="shift-by-era",
        title="Attention before, during and after the emergency",
        subtitle=_emergency_subtitle(selected, measure_phrase("share", selected.role)),
        alt=era_changes_caption(
            _counts_by_era_name(counts), changes[changes["holds"]], threat_scope(selected)
        ),
        draw=lambda theme: draw_attention_by_era(table, theme),
        table=select_export_columns(table, "era").join(table[extra]),
        notes=tuple(notes),
        cautions=(*selection_cautions(selected), *few),
    )


def _emergency_subtitle(selected: Selected, measure: str) -> str:
    days = format_date_range(*(day.isoformat() for day in selected.emergency))
    return chart_subtitle(selected, f"{measure}, emergency {days}")


def _counts_by_era_name(counts: dict[str, int]) -> dict[str, int]:
    return {ERA_PHRASES[era]: counts[era] for era in ERAS}


def _era_positions(column: pd.Series) -> pd.Series:
    return column.map({era: n for n, era in enumerate(ERAS)}) if column.name == "era" else column


def change_within_series_chart(
    selected: Selected,
    later: str = "after",
) -> Chart:
    """The change within series of meetings, like with like."""
    table = labelled_within_series(selected)
    table = table[table["era"] == later]
    missing = table.loc[table["odds_ratio"].isna(), "threat"].tolist()
    shown = table[table["odds_ratio"].notna()].sort_values("odds_ratio", ascending=False)
    shown = shown.reset_index(drop=True)
    # A ratio of 0 or without end has no place on a logarithmic axis; it stays in the table.
    drawn = shown[(shown["odds_ratio"] > 0) & shown["high"].notna()]
    edge = shown.loc[~shown.index.isin(drawn.index), "threat"].tolist()
    notes = [WITHIN_SERIES_METHOD_NOTE]
    if edge:
        notes.append(f"On the agenda in one of the two eras alone, so not drawn: {join(edge)}.")
    if missing:
        notes.append(f"Nothing to compare within series: {join(missing)}.")
    return Chart(
        name="shift-within-series",
        title=f"Like with like: the change within series, {later} the emergency against before",
        subtitle=_emergency_subtitle(selected, f"odds ratio ({ROLE_LABELS[selected.role]})"),
        alt=within_series_caption(shown, later, threat_scope(selected)),
        draw=lambda theme: draw_odds_ratio_plot(drawn.reset_index(drop=True), theme),
        table=shown.drop(columns=["mark", "words"]),
        notes=tuple(notes),
        cautions=selection_cautions(selected),
    )


def era_composition_chart(selected: Selected, by: str = "series") -> Chart:
    """What meetings each era is made of, by series or by region."""
    table = composition(selected, by)
    names = filter_choices(selected.dataset)["series" if by == "series" else "region"]
    names = names | {"several": "Several regions"}
    largest = table.groupby(by)["meetings"].sum().nlargest(MAX_COLOURS).index.tolist()
    if table[by].nunique() > MAX_COLOURS:
        largest = largest[:-1]
    label = table[by].where(table[by].isin(largest)).map(names).fillna("All others")
    order = [*(names[key] for key in largest), "All others"]
    drawn = table.assign(label=pd.Categorical(label, order))
    inside = drawn.groupby("label", observed=True)[by].agg(lambda ids: tuple(sorted(set(ids))))
    drawn = drawn.groupby(["label", "era"], observed=True, as_index=False).agg(
        meetings=("meetings", "sum"), whole=("whole", "first")
    )
    drawn["share"] = drawn["meetings"] / drawn["whole"].where(drawn["whole"] > 0)
    drawn["words"] = [
        f"{n} of {quantity(whole, 'meeting')}"
        for n, whole in zip(drawn["meetings"], drawn["whole"], strict=True)
    ]
    drawn["mark"] = [
        Drilldown(era=era, series=inside[label] if by == "series" else ()).encode()
        for era, label in zip(drawn["era"], drawn["label"], strict=True)
    ]
    counts = meetings_by_era(selected)
    return Chart(
        name="make-up-of-eras",
        title=f"What meetings each era is made of, by {'series' if by == 'series' else 'region'}",
        subtitle=_emergency_subtitle(selected, "share of the era's meetings with a known agenda"),
        alt=composition_caption(drawn, ERA_PHRASES),
        draw=lambda theme: draw_era_composition(drawn, theme),
        table=drawn[["era", "label", "meetings", "whole", "share"]].rename(columns={"label": by}),
        notes=ambiguous_dates_notes(counts[""]),
        cautions=selection_cautions(selected),
    )


def pandemic_links_chart(selected: Selected) -> Chart | None:
    """The crimes and threats that sources tied to the pandemic, by year; None if there are none."""
    names = selected.dataset.names("threat_categories", "label")
    table = pandemic_links_by_year(pandemic_links(selected))
    if table.empty:
        return None
    whole = table.groupby("threat_id")["meetings"].transform("sum")
    table = table.assign(
        threat=table["threat_id"].map(names),
        mark=click_data(threat=table["threat_id"], year=table["year"]),
        words=[
            f"{quantity(n, 'meeting')}: {PANDEMIC_LINK_LABELS[link]}"
            for n, link in zip(table["meetings"], table["pandemic_link"], strict=True)
        ],
        whole=whole,
    ).sort_values(["whole", "threat_id", "year"], ascending=[False, True, True], ignore_index=True)
    return Chart(
        name="tied-to-the-pandemic",
        title="Threats that sources tied to the pandemic",
        subtitle=chart_subtitle(selected, "number of meetings, any mention"),
        alt=pandemic_links_caption(table, PANDEMIC_LINK_LABELS),
        draw=lambda theme: draw_pandemic_link_bars(table, theme),
        table=table[["threat_id", "threat", "year", "pandemic_link", "meetings"]],
        notes=(
            "A tie is coded where the page itself makes it, in passing mentions too; meetings "
            "found by pandemic words are in here, as this tells what was said and not how often.",
        ),
        cautions=selection_cautions(selected),
    )


def meeting_formats_chart(selected: Selected) -> Chart | None:
    """How meetings were held, by year; None if no meeting with a year was read."""
    table, read = meetings_by_format(selected), only_read(selected)
    if table.empty:
        return None
    table = table.assign(
        words=[quantity(n, "meeting") for n in table["meetings"]],
        mark=click_data(year=table["year"]),
    )
    chart = Chart(
        name="form-of-meeting",
        title="In person, online or both",
        subtitle=chart_subtitle(read, "number of meetings"),
        alt=formats_caption(table),
        draw=lambda theme: draw_meeting_formats(table, selected.emergency, theme),
        table=table[["year", "format", "meetings"]],
        notes=(
            "From 2022 on the form is often taken from a named place, as pages tell it less.",
            *unread_notes(selected),
        ),
        cautions=selection_cautions(read, about_agendas=False),
    )
    return add_time_breaks(chart, selected)


def participants_by_year_chart(selected: Selected) -> Chart | None:
    """How many people took part, where it is known; None if it is known of no meeting."""
    table = participant_counts(selected)
    if table.empty:
        return None
    table = table.assign(
        median=table.groupby("year")["participants"].transform("median").astype(float),
        mark=click_data(year=table["year"]),
        words=[
            f"{row.date}: {row.participants_qualifier} {row.participants}"
            for row in table.itertuples()
        ],
    )
    read = only_read(selected)
    of = quantity(len(read.meetings), "meeting")
    chart = Chart(
        name="participants-by-year",
        title="Participants, where known",
        subtitle=chart_subtitle(read, "people, as the source gives them"),
        alt=participants_caption(table["participants"], len(read.meetings)),
        draw=lambda theme: draw_participants(table, selected.emergency, selected.years, theme),
        table=table.drop(columns=["mark", "words"]),
        notes=("Online meetings count those who joined.", *unread_notes(selected)),
        cautions=(
            f"Known of {len(table)} of {of}"
            + (": too few to tell" if len(table) < MIN_MEETINGS else ""),
        ),
    )
    return add_time_breaks(chart, selected)


def pandemic_search_effect_table(selected: Selected) -> pd.DataFrame:
    """Return attention to the pandemic by era without and with the meetings found only by
    pandemic words, as a reader's table: ``Era``, ``Left out``, ``Put back``; without rows where the
    pandemic is not among the threats chosen."""
    if PANDEMIC not in set(selected.threats["threat_id"]):
        return pd.DataFrame()
    columns = {}
    for name, put_back in (("Left out", False), ("Put back", True)):
        counted = apply_count_rule(selected, CountRule(selected.role, put_back))
        table = add_labels(selected, attention_by_era(counted))
        table = table[table["threat_id"] == PANDEMIC].set_index("era")
        columns[name] = [table.loc[era, "words"] if era in table.index else "" for era in ERAS]
    return pd.DataFrame({"Era": [ERA_LABELS[era] for era in ERAS], **columns})


def link_evidence_table(selected: Selected, mark: Drilldown | None = None) -> pd.DataFrame:
    """Return the mentions tied to the pandemic, of the threat and year of the mark if it has them,
    as a reader's table: ``Threat``, ``Date``, ``Meeting``, ``Tie``, ``Evidence`` and ``Source``."""
    rows = pandemic_links(selected)
    mark = mark or Drilldown()
    if mark.threat:
        rows = rows[rows["threat_id"] == mark.threat]
    if mark.year:
        rows = rows[rows["year"] == mark.year]
    table = meeting_list_table(selected, rows).drop(columns="Place")
    names = selected.dataset.names("threat_categories", "label")
    table.insert(0, "Threat", rows["threat_id"].map(names).tolist())
    table.insert(3, "Tie", rows["pandemic_link"].map(PANDEMIC_LINK_LABELS).tolist())
    table.insert(4, "Evidence", rows["evidence"].tolist())
    return table


def reported_elsewhere_table(selected: Selected) -> pd.DataFrame:
    """Return what other bodies reported of each threat tied to the pandemic, as a reader's table:
    ``Threat``, ``Reported during the pandemic`` and ``Source``."""
    tied = pandemic_links(selected)["threat_id"]
    threats = selected.threats[selected.threats["threat_id"].isin(tied)]
    threats = threats[threats["covid_relevance"] != ""]
    return pd.DataFrame(
        {
            "Threat": threats["label"].tolist(),
            "Reported during the pandemic": threats["covid_relevance"].tolist(),
            "Source": threats["covid_source_url"].tolist(),
        }
    )
