"""Rules that yield findings on clear changes of attention between two periods."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from threats.content.finding_record import BORDER, RankedFinding, share_bar
from threats.content.options import preset_dates
from threats.content.pooled_change import default_years, era_periods, years_period
from threats.format import format_range, lower_name, percent
from threats.stats.count_rule import CountRule
from threats.stats.filters import filter_choices
from threats.stats.mentions import Subject
from threats.stats.pooled import pooled_contrast
from threats.stats.pooled_base import Period
from threats.stats.selection import Selected, apply_count_rule
from threats.text import ranked_findings as words
from threats.text.options import OPTION_VALUES
from threats.text.translate import _

CONFLICT = "armed_conflict_spillover"
# Half-width of a 90% band in standard deviations, and the distance from zero of a strong change:
# with about 60 changes looked at, chance alone gives such a one in 3% of the cases.
_BAND_SD, _STRONG_SD = 1.645, 3.5


def war_took_its_place(selected: Selected) -> Iterator[RankedFinding]:
    """Yield that armed conflict rose after the invasion, and under which presets."""
    presets = preset_dates(selected.dataset)
    if "invasion" not in presets:
        return
    dates = presets["invasion"]
    row, strength = _robust_change(selected, CONFLICT, era_periods(selected, "after", dates))
    if strength:
        early, late = (
            (int(row.earlier_on), int(row.earlier_meetings)),
            (int(row.later_on), int(row.later_meetings)),
        )
        name = _(OPTION_VALUES["eras"]["invasion"])
        yield RankedFinding(
            "war-after-invasion",
            _(words.CONFLICT_HEADLINE),
            words.conflict_after_invasion_sentence(*early, *late, name),
            [
                share_bar(_(words.BEFORE_PANDEMIC_LABEL), *early),
                share_bar(_(words.SINCE_INVASION_LABEL), *late),
            ],
            [early[1], late[1]],
            strength,
            "covid",
            {"threat": [CONFLICT]},
        )


def _robust_change(
    selected: Selected, threat: str, periods: tuple[Period, Period], of: Subject = "threats"
) -> tuple[pd.Series, str]:
    """Return the contrast of a threat or response and its strength: ``strong`` if it is far from
    zero and clear in every variant of counting, ``moderate`` if clear in most, ``weak`` if clear
    by default alone, empty if not."""
    row = _contrast_of(selected, threat, periods, of)
    if row is None or row.direction not in ("up", "down"):
        return row, ""
    others = [_contrast_of(variant, threat, periods, of) for variant in _variants(selected)]
    agreeing = [other for other in others if other is not None and other.direction == row.direction]
    far = abs(row.difference) > _STRONG_SD / _BAND_SD * (row.high - row.low) / 2
    if far and len(agreeing) == len(others):
        return row, "strong"
    return row, "moderate" if 2 * len(agreeing) >= len(others) else "weak"


def _contrast_of(
    selected: Selected, threat: str, periods: tuple[Period, Period], of: Subject
) -> pd.Series | None:
    if of == "threats":
        threats = selected.threats[selected.threats["threat_id"] == threat]
        whole = selected.all_threats
        selected = replace(whole, threats=threats.reset_index(drop=True), whole=whole)
    table = pooled_contrast(selected, *periods, of)
    rows = table[table.iloc[:, 0] == threat]
    return None if rows.empty else rows.iloc[0]


def _variants(selected: Selected) -> list[Selected]:
    """Return the selection with courses, by sure codes alone, and with passing mentions."""
    return [
        selected.with_filter(courses=not selected.selection.courses),
        selected.with_filter(certainty=("sure",)),
        apply_count_rule(selected, CountRule("any")),
    ]


def borders_changed(selected: Selected) -> Iterator[RankedFinding]:
    """Yield which threat rose or fell most at border meetings, courses included."""
    if selected.selection.family or BORDER not in filter_choices(selected.dataset)["family"]:
        return
    border = selected.with_filter(family=(BORDER,), courses=True)
    yield from _largest_changes(border, "border-change", {"family": [BORDER], "courses": ["yes"]})


def agendas_changed(selected: Selected) -> Iterator[RankedFinding]:
    """Yield which threats rose or fell most over all meetings."""
    yield from _largest_changes(selected, "change", {})


def _largest_changes(
    selected: Selected, name: str, params: dict[str, list[str]], of: Subject = "threats"
) -> Iterator[RankedFinding]:
    """Yield the largest clear rise and fall between then and now."""
    spans = [default_years(selected, key) for key in ("then", "now")]
    periods = years_period("then", spans[0]), years_period("now", spans[1])
    table = pooled_contrast(selected, *periods, of)
    names = (
        selected.dataset.names("responses")
        if of == "responses"
        else filter_choices(selected.dataset)["threat"]
    )
    page = "responses" if of == "responses" else "trends"
    for direction in ("up", "down"):
        moved = table[table["direction"] == direction]
        if moved.empty:
            continue
        key = str(moved.loc[moved["difference"].abs().idxmax()].iloc[0])
        row, strength = _robust_change(selected, key, periods, of)
        if strength:
            labels = [format_range(*span) for span in spans]
            yield RankedFinding(
                f"{name}-{direction}",
                *words.largest_change_texts(
                    lower_name(names[key]),
                    bool(params),
                    *(row.earlier_share, row.later_share, row.low, row.high),
                    (labels[0], labels[1]),
                ),
                [
                    (label, float(share), percent(share))
                    for label, share in zip(
                        labels, (row.earlier_share, row.later_share), strict=True
                    )
                ],
                [int(row.earlier_meetings), int(row.later_meetings)],
                strength,
                page,
                params | ({"threat": [key]} if of == "threats" else {}),
            )


def responses_changed(selected: Selected) -> Iterator[RankedFinding]:
    """Yield which responses rose or fell most."""
    yield from _largest_changes(selected, "response-change", {}, "responses")
