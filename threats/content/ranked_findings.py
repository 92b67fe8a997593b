"""The strongest findings that hold on the data as they are: rules over figures, each with its
strength and a link that sets the view."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace

import pandas as pd

from threats.caching import cached, keep_result, kept_result
from threats.content.options import preset_dates
from threats.content.pooled_change import default_years, era_periods, years_period
from threats.content.reader_tables import rows_of
from threats.dataset.model import PANDEMIC
from threats.format import format_range, lower_name
from threats.stats.attention import add_wilson, attention
from threats.stats.count_rule import CountRule
from threats.stats.explained import explained_deviance
from threats.stats.filters import Selection, filter_choices
from threats.stats.libraries import fisher_exact
from threats.stats.mentions import Subject
from threats.stats.pooled import pooled_contrast
from threats.stats.pooled_base import Period
from threats.stats.selection import Selected, apply_count_rule, select
from threats.stats.trends import ALPHA
from threats.text import ranked_findings as words
from threats.text.options import OPTION_VALUES
from threats.text.translate import _

MAX_FINDINGS = 6
STRENGTHS = ("strong", "moderate", "weak")
BORDER, CONFLICT = "border", "armed_conflict_spillover"
# Half-width of a 90% band in standard deviations, and the distance from zero of a strong change:
# with about 60 changes looked at, chance alone gives such a one in 3% of the cases.
_BAND_SD, _STRONG_SD = 1.645, 3.5
_STRONG_P = 0.001
_MIN_GROUP = 20  # meetings on each side of a comparison


@dataclass(frozen=True)
class RankedFinding:
    """A finding with its strength, and the page and parameters of the view that shows it."""

    name: str
    sentence: str
    strength: str
    page: str
    params: dict[str, list[str]] = field(default_factory=dict)


FindingRule = Callable[[Selected], Iterator[RankedFinding]]


@cached(32)
def ranked_findings(selected: Selected) -> list[RankedFinding]:
    """Return the findings that hold on a selection, the strongest first.

    Those without a filter are kept for the next start: they take three seconds.
    """
    if selected is not select(selected.dataset, Selection()):
        return _ranked(selected)
    files = selected.dataset.files
    if (kept := kept_result("findings", files)) is None:
        kept = [asdict(finding) for finding in _ranked(selected)]
        keep_result("findings", files, kept)
    return [RankedFinding(**finding) for finding in kept]


def _ranked(selected: Selected) -> list[RankedFinding]:
    found = [finding for rule in _RULES for finding in rule(selected.all_threats)]
    found.sort(key=lambda finding: STRENGTHS.index(finding.strength))
    kept: dict[str, RankedFinding] = {}  # one finding a threat
    for number, finding in enumerate(found):
        kept.setdefault(str(finding.params.get("threat", number)), finding)
    return list(kept.values())[:MAX_FINDINGS]


def _pandemic_left(selected: Selected) -> Iterator[RankedFinding]:
    """Yield that the pandemic left the agenda before WHO ended the emergency."""
    rows = _dated_agenda(selected, PANDEMIC)
    start, end = selected.dataset.era_bounds()
    during = rows[(rows["day"] >= start) & (rows["day"] <= end)]
    last = during.loc[during["on"], "day"].max() if during["on"].any() else None
    if last is None:
        return
    until, since = during[during["day"] <= last], rows[rows["day"] > last]
    months = round((end - last).days / 30.44)
    if min(len(until), len(since)) < _MIN_GROUP or months < 1:
        return
    sentence = words.pandemic_left_sentence(
        int(until["on"].sum()), len(until), last, len(since), months
    )
    p = _left_by_chance(rows, preset_dates(selected.dataset)["invasion"])
    strength = "strong" if p < _STRONG_P else "moderate" if p < ALPHA else "weak"
    yield RankedFinding("pandemic-left", sentence, strength, "covid")


def _left_by_chance(rows: pd.DataFrame, period: tuple[dt.date, dt.date]) -> float:
    """Return p of Fisher's exact test that a threat is as frequent after a period as in it. The
    period is given beforehand, as the day of the last mention is chosen by the data."""
    inside, later = rows["day"].between(*period), rows["day"] > period[1]
    cells = [[int((rows["on"] & m).sum()), int((~rows["on"] & m).sum())] for m in (inside, later)]
    return float(fisher_exact(cells)[1])


def _dated_agenda(selected: Selected, threat: str) -> pd.DataFrame:
    """Return ``day`` and ``on`` (the threat is on the agenda) of the meetings that count for a
    threat and whose day is known."""
    meetings = selected.meetings
    meetings = meetings[meetings["known"] & (meetings["start_date"].str.len() == 10)]
    if threat == PANDEMIC:
        meetings = meetings[meetings["found_by"] != "pandemic_search"]
    agenda = selected.agenda
    having = agenda.loc[
        (agenda["threat_id"] == threat) & agenda["role"].isin(["focus", "discussed"]), "meeting_id"
    ]
    days = [dt.date.fromisoformat(day) for day in meetings["start_date"]]
    on = meetings["meeting_id"].isin(set(having.tolist()))
    return pd.DataFrame({"day": days, "on": on.tolist()})


def _war_took_its_place(selected: Selected) -> Iterator[RankedFinding]:
    """Yield that armed conflict rose after the invasion, and under which presets."""
    presets = preset_dates(selected.dataset)
    if "invasion" not in presets:
        return
    periods = era_periods(selected, "after", presets["invasion"])
    row, strength = _robust_change(selected, CONFLICT, periods)
    if strength:
        yield RankedFinding(
            "war-after-invasion",
            words.conflict_after_invasion_sentence(
                int(row.earlier_on),
                int(row.earlier_meetings),
                int(row.later_on),
                int(row.later_meetings),
                _(OPTION_VALUES["eras"]["invasion"]),
            ),
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


def _borders_changed(selected: Selected) -> Iterator[RankedFinding]:
    """Yield which threat rose or fell most at border meetings, courses included."""
    if selected.selection.family or BORDER not in filter_choices(selected.dataset)["family"]:
        return
    border = selected.with_filter(family=(BORDER,), courses=True)
    yield from _largest_changes(border, "border-change", {"family": [BORDER], "courses": ["yes"]})


def _agendas_changed(selected: Selected) -> Iterator[RankedFinding]:
    """Yield which threats rose or fell most over all meetings."""
    yield from _largest_changes(selected, "change", {})


def _largest_changes(
    selected: Selected, name: str, params: dict[str, list[str]], of: Subject = "threats"
) -> Iterator[RankedFinding]:
    """Yield the largest clear rise and fall between then and now."""
    spans = [default_years(selected, key) for key in ("then", "now")]
    periods = years_period("then", spans[0]), years_period("now", spans[1])
    table = pooled_contrast(selected, *periods, of)
    names = selected.dataset.names("responses") if of == "responses" else _threat_names(selected)
    page = "responses" if of == "responses" else "trends"
    for direction in ("up", "down"):
        moved = table[table["direction"] == direction]
        if moved.empty:
            continue
        key = str(moved.loc[moved["difference"].abs().idxmax()].iloc[0])
        row, strength = _robust_change(selected, key, periods, of)
        if strength:
            yield RankedFinding(
                f"{name}-{direction}",
                words.largest_change_sentence(
                    lower_name(names[key]),
                    bool(params),
                    *(row.earlier_share, row.later_share, row.low, row.high),
                    (format_range(*spans[0]), format_range(*spans[1])),
                ),
                strength,
                page,
                params | ({"threat": [key]} if of == "threats" else {}),
            )


def _threat_names(selected: Selected) -> dict[str, str]:
    return filter_choices(selected.dataset)["threat"]


def _responses_changed(selected: Selected) -> Iterator[RankedFinding]:
    """Yield which responses rose or fell most."""
    yield from _largest_changes(selected, "response-change", {}, "responses")


def _series_matter_most(selected: Selected) -> Iterator[RankedFinding]:
    """Yield that the series of a meeting says more about its agenda than its year."""
    found = explained_deviance(selected)
    if found and found["series"] > 2 * max(found["year"], 0.01):
        ratio = found["series"] / max(found["year"], 0.01)
        strength = "strong" if ratio >= 3 and found["series"] >= 0.1 else "moderate"
        sentence = words.series_matter_sentence(found["series"], max(found["year"], 0.0))
        yield RankedFinding("series-matter", sentence, strength, "data")


def _online_interlude(selected: Selected) -> Iterator[RankedFinding]:
    """Yield that meetings were online in the pandemic and mostly not before and since."""
    known = selected.meetings[selected.meetings["known"] & (selected.meetings["format"] != "")]
    spans = {"before": (0, 2019), "during": (2020, 2021), "since": (2023, 9999)}
    rows = []
    for low, high in spans.values():
        inside = known[known["year"].between(low, high).to_numpy(dtype=bool, na_value=False)]
        rows.append((int(inside["format"].isin(["online", "hybrid"]).sum()), len(inside)))
    if min(n for _on, n in rows) < _MIN_GROUP:
        return
    table = add_wilson(pd.DataFrame(rows, columns=["on_agenda", "meetings"]))
    before, during, since = (next(rows_of(table[n : n + 1])) for n in range(3))
    if during.low > before.high and during.low > since.high:
        sentence = words.online_interlude_sentence(rows)
        yield RankedFinding("online-interlude", sentence, "strong", "covid")


def _leaders_differ(selected: Selected) -> Iterator[RankedFinding]:
    """Yield that border meetings have another leading threat than all meetings, or none."""
    if selected.selection.family or BORDER not in filter_choices(selected.dataset)["family"]:
        return
    border = selected.with_filter(family=(BORDER,))
    tops = [_leaders(one) for one in (selected, border)]
    if not all(tops) or set(tops[0]) == set(tops[1]) or border.known < _MIN_GROUP:
        return
    names = _threat_names(selected)
    sentence = words.leaders_differ_sentence(
        *([lower_name(names[key]) for key in top] for top in tops)
    )
    yield RankedFinding("border-leaders", sentence, "moderate", "overview", {"family": [BORDER]})


def _leaders(selected: Selected) -> list[str]:
    """Return the threats that cannot be told from the most frequent one: their 95% interval
    contains its share."""
    table = attention(selected).dropna(subset="share")
    if table.empty or not table["on_agenda"].any():
        return []
    return table.loc[table["high"] >= table["share"].max(), "threat_id"].astype(str).tolist()


_RULES: tuple[FindingRule, ...] = (
    _pandemic_left,
    _war_took_its_place,
    _agendas_changed,
    _borders_changed,
    _series_matter_most,
    _online_interlude,
    _responses_changed,
    _leaders_differ,
)


def ranked_sentences(selected: Selected) -> list[str]:
    """Return the strongest findings as sentences with their strength."""
    return [words.ranked_sentence(f.sentence, f.strength) for f in ranked_findings(selected)]
