"""Rules over figures, each of which yields findings that hold on the data as they are."""

import datetime as dt
from collections.abc import Iterator

import pandas as pd

from threats.content.finding_changes import (
    agendas_changed,
    borders_changed,
    responses_changed,
    war_took_its_place,
)
from threats.content.finding_record import (
    BORDER,
    MIN_GROUP,
    FindingRule,
    RankedFinding,
    share_bar,
)
from threats.content.options import preset_dates
from threats.content.reader_tables import rows_of
from threats.dataset.model import PANDEMIC
from threats.format import lower_name, percent
from threats.stats.attention import add_wilson, attention
from threats.stats.explained import explained_deviance
from threats.stats.filters import filter_choices
from threats.stats.libraries import fisher_exact
from threats.stats.selection import Selected
from threats.stats.trends import ALPHA
from threats.text import ranked_findings as words
from threats.text.translate import _

_STRONG_P = 0.001


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
    if min(len(until), len(since)) < MIN_GROUP or months < 1:
        return
    on_until = int(until["on"].sum())
    sentence = words.pandemic_left_sentence(on_until, len(until), last, len(since), months)
    p = _left_by_chance(rows, preset_dates(selected.dataset)["invasion"])
    strength = "strong" if p < _STRONG_P else "moderate" if p < ALPHA else "weak"
    yield RankedFinding(
        "pandemic-left",
        words.pandemic_left_headline(months),
        sentence,
        [
            share_bar(words.until_label(last), on_until, len(until)),
            share_bar(_(words.SINCE_LABEL), 0, len(since)),
        ],
        [len(until), len(since)],
        strength,
        "covid",
    )


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


def _series_matter_most(selected: Selected) -> Iterator[RankedFinding]:
    """Yield that the series of a meeting says more about its agenda than its year."""
    found = explained_deviance(selected)
    if found and found["series"] > 2 * max(found["year"], 0.01):
        ratio = found["series"] / max(found["year"], 0.01)
        strength = "strong" if ratio >= 3 and found["series"] >= 0.1 else "moderate"
        series, year = found["series"], max(found["year"], 0.0)
        yield RankedFinding(
            "series-matter",
            _(words.SERIES_HEADLINE),
            words.series_matter_sentence(series, year),
            [
                (_(words.BY_SERIES_LABEL), float(series), percent(series)),
                (_(words.BY_YEAR_LABEL), float(year), percent(year)),
            ],
            [selected.known],
            strength,
            "data",
        )


def _online_interlude(selected: Selected) -> Iterator[RankedFinding]:
    """Yield that meetings were online in the pandemic and mostly not before and since."""
    known = selected.meetings[selected.meetings["known"] & (selected.meetings["format"] != "")]
    spans = {"before": (0, 2019), "during": (2020, 2021), "since": (2023, 9999)}
    rows = []
    for low, high in spans.values():
        inside = known[known["year"].between(low, high).to_numpy(dtype=bool, na_value=False)]
        rows.append((int(inside["format"].isin(["online", "hybrid"]).sum()), len(inside)))
    if min(n for _on, n in rows) < MIN_GROUP:
        return
    table = add_wilson(pd.DataFrame(rows, columns=["on_agenda", "meetings"]))
    before, during, since = (next(rows_of(table[n : n + 1])) for n in range(3))
    if during.low > before.high and during.low > since.high:
        yield RankedFinding(
            "online-interlude",
            _(words.ONLINE_HEADLINE),
            words.online_interlude_sentence(rows),
            [
                share_bar(_(label), *pair)
                for label, pair in zip(words.ONLINE_LABELS, rows, strict=True)
            ],
            [n for _on, n in rows],
            "strong",
            "covid",
        )


def _leaders_differ(selected: Selected) -> Iterator[RankedFinding]:
    """Yield that border meetings have another leading threat than all meetings, or none."""
    if selected.selection.family or BORDER not in filter_choices(selected.dataset)["family"]:
        return
    border = selected.with_filter(family=(BORDER,))
    tops = [_leaders(one) for one in (selected, border)]
    if not all(tops) or set(tops[0]) == set(tops[1]) or border.known < MIN_GROUP:
        return
    names = filter_choices(selected.dataset)["threat"]
    sentence = words.leaders_differ_sentence(
        *([lower_name(names[key]) for key in top] for top in tops)
    )
    shown = dict.fromkeys([tops[0][0], *(tops[1][:1] if len(tops[1]) <= words.MAX_LEADERS else [])])
    rows = [
        (key, place, found.on_agenda, found.meetings)
        for key in shown
        for place, one in zip(words.LEADER_LABELS, (selected, border), strict=True)
        for found in rows_of(attention(one).query("threat_id == @key"))
    ]
    yield RankedFinding(
        "border-leaders",
        sentence.rstrip("."),
        sentence,
        [share_bar(_(label, name=names[key]), int(on), int(of)) for key, label, on, of in rows],
        [selected.known, border.known],
        "moderate",
        "overview",
        {"family": [BORDER]},
    )


def _leaders(selected: Selected) -> list[str]:
    """Return the threats that cannot be told from the most frequent one: their 95% interval
    contains its share."""
    table = attention(selected).dropna(subset="share")
    if table.empty or not table["on_agenda"].any():
        return []
    return table.loc[table["high"] >= table["share"].max(), "threat_id"].astype(str).tolist()


FINDING_RULES: tuple[FindingRule, ...] = (
    _pandemic_left,
    war_took_its_place,
    agendas_changed,
    borders_changed,
    _series_matter_most,
    _online_interlude,
    responses_changed,
    _leaders_differ,
)
