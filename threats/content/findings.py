"""The headline findings and what the pandemic changed, each computed once.

Pages and the brief show the sentence of a finding; ``content.robustness`` checks it with the
figures of other ways to count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from threats.caching import cached
from threats.content.attention_tables import labelled_era_changes, labelled_within_series
from threats.content.selection_text import threat_scope
from threats.content.share_captions import absence_summary, most_frequent_summary, newest_summary
from threats.dataset.dates import format_date_range
from threats.dataset.model import PANDEMIC
from threats.format import join, lower_name
from threats.stats.attention import (
    attention,
    first_and_last_year,
    last_known_year,
    only_read,
    ties_for_max,
)
from threats.stats.count_rule import CountRule
from threats.stats.eras import COMPARISON_ERAS, meetings_by_era, pandemic_links
from threats.stats.filters import ANY_REACH, COURSE, NATIONAL, year_bounds
from threats.stats.selection import Selected, apply_count_rule
from threats.stats.trends import MIN_MEETINGS
from threats.text import findings as words
from threats.text.labels import ERA_PHRASES, ROLE_PHRASES
from threats.text.quantities import share_with_interval
from threats.text.translate import _
from threats.text.vocabulary import translate_label


class HeadlineFigures(NamedTuple):
    """The figures behind the headline findings of a selection.

    ``attention`` has one row per threat with ``threat`` (its name), ``first`` and ``last`` year.
    ``never`` are the threats found in no meeting; ``pandemic`` is attention to it by era. If
    earlier years are excluded ``all_years`` is false. ``is_part`` is true if nothing counts that
    the default would not count.
    """

    known: int
    attention: pd.DataFrame
    never: frozenset[str]
    pandemic: pd.DataFrame
    all_years: bool
    last_year: int
    role: str
    is_part: bool


@dataclass(frozen=True)
class Finding:
    """A finding in words, and what a robustness check compares: its kind, threats and value."""

    sentence: str
    kind: str = ""
    threats: frozenset[str] = frozenset()
    value: float = 0
    era: str = ""


@cached(64, words=True)
def headline_figures(selected: Selected) -> HeadlineFigures:
    """Return the figures behind the headline findings of a selection."""
    names = selected.dataset.names("threat_categories", "label")
    years = first_and_last_year(selected).set_index("threat_id")[["first", "last"]]
    table = attention(selected).set_index("threat_id").join(years)
    # Meetings without a year, or found only by pandemic words, may have had a threat too.
    found = attention(apply_count_rule(selected, CountRule(selected.role, pandemic_search=True)))
    eras = attention(selected.all_threats, "era")
    pandemic = eras[eras["threat_id"] == PANDEMIC].set_index("era").reindex(COMPARISON_ERAS)
    counts = ["on_agenda", "meetings"]
    return HeadlineFigures(
        known=selected.known,
        attention=table.assign(threat=table.index.map(names)),
        never=frozenset(found.loc[found["on_agenda"] == 0, "threat_id"]),
        pandemic=pandemic.assign(**pandemic[counts].fillna(0).astype(int)),
        all_years=selected.years[0] <= year_bounds(selected.dataset)[0],
        last_year=last_known_year(selected),
        role=selected.role,
        is_part=_is_part_of_default(selected),
    )


def _is_part_of_default(selected: Selected) -> bool:
    """Return whether nothing counts that the default would not count."""
    own = selected.selection
    more = own.courses or COURSE in own.kind or own.reach in (NATIONAL, ANY_REACH)
    return not more and selected.role in ("agenda", "focus")


def headline_findings(selected: Selected) -> list[str]:
    """Return up to four findings about a selection, each a sentence with its numbers."""
    found = find_headlines(headline_figures(selected))
    return list(dict.fromkeys(finding.sentence for finding in found))


def find_headlines(figures: HeadlineFigures) -> Iterator[Finding]:
    """Yield the headline findings: most frequent, newest, never and the pandemic."""
    predicate = _(ROLE_PHRASES[figures.role])
    yield most_frequent_finding(figures, predicate)
    if figures.known < MIN_MEETINGS:
        yield Finding(words.too_few_agendas_sentence(figures.known))
    else:
        yield from newest_finding(figures, predicate)
        yield from never_finding(figures, predicate)
    yield pandemic_finding(figures, predicate)


def top_threats(figures: HeadlineFigures) -> pd.DataFrame:
    """Return the threats with the largest share among those with enough meetings; fewer meetings
    count for the pandemic than for the rest."""
    enough = figures.attention[figures.attention["meetings"] >= MIN_MEETINGS]
    return ties_for_max(enough, enough["share"])


def most_frequent_finding(figures: HeadlineFigures, predicate: str) -> Finding:
    """Return which threats were most often on the agenda, by share as the chart ranks."""
    known = int(figures.attention["meetings"].max())
    if known < MIN_MEETINGS:
        return Finding(words.too_few_agendas_sentence(known))
    top = frozenset(top_threats(figures).index)
    kind = "most_frequent" if top and figures.known >= MIN_MEETINGS else ""
    return Finding(most_frequent_summary(figures.attention, predicate), kind, top)


def newest_threats(figures: HeadlineFigures) -> frozenset[str]:
    """Return the threats that came up last for the first time."""
    first = figures.attention["first"]
    return frozenset(first.index[first == first.max()])


def newest_finding(figures: HeadlineFigures, predicate: str) -> Iterator[Finding]:
    """Yield which threats came up last for the first time; nothing if earlier years are excluded,
    because any threat could have come up in these."""
    seen = figures.attention.dropna(subset="first")
    if not figures.all_years or len(seen) < 2:
        return
    sentence, year = newest_summary(seen, predicate), int(seen["first"].max())
    if sentence:
        yield Finding(sentence, "newest", newest_threats(figures))
    else:
        yield Finding(_(words.ALL_NEW, predicate=predicate, year=year))


def never_finding(figures: HeadlineFigures, predicate: str) -> Iterator[Finding]:
    """Yield which threats were never on the agenda, else which have been absent for longest;
    nothing if all were there in the last year with a known agenda, or only one is shown."""
    table, never, last = figures.attention, figures.never, figures.attention["last"]
    if len(never) == len(table):  # the finding on the most frequent threats says so
        return
    if never:
        names = table.loc[table.index.isin(never), "threat"].map(lower_name)
        yield Finding(
            words.never_threats_sentence(names.tolist(), len(table), predicate), "never", never
        )
    elif len(table) > 1 and last.notna().all() and last.min() != figures.last_year:
        yield Finding(absence_summary(table, predicate))


def pandemic_finding(figures: HeadlineFigures, predicate: str) -> Finding:
    """Return how often the pandemic was on the agenda during WHO's emergency and since then."""
    shares = {
        str(row.Index): share_with_interval(row.on_agenda, row.meetings, row.low, row.high)
        for row in figures.pandemic.itertuples()
        if row.meetings >= MIN_MEETINGS
    }
    if "during" not in shares:
        return Finding(_(words.TOO_FEW_FOR_PANDEMIC, predicate=predicate))
    text = words.PANDEMIC_DURING_AND_AFTER if "after" in shares else words.PANDEMIC_DURING
    share = float(figures.pandemic.loc["during", "share"])
    return Finding(_(text, predicate=predicate, **shares), "pandemic", value=share)


# What the pandemic changed


def era_findings(selected: Selected) -> list[str]:
    """Return what else to know of the pandemic period, in up to three texts. The changes of
    attention are the caption of their chart."""
    texts = [
        _other_events_text(selected),
        _pandemic_links_text(selected),
        _remote_meetings_text(selected),
    ]
    return [text for text in texts if text]


def era_change_findings(selected: Selected) -> list[str]:
    """Return how attention changed in each later era and, if any change is significant, which
    changes within series are."""
    changes = labelled_era_changes(selected)
    within = _within_series_text(changes, labelled_within_series(selected))
    counts, scope = meetings_by_era(selected), threat_scope(selected)
    texts = [_era_text(changes, counts, era, scope) for era in COMPARISON_ERAS]
    return [*texts, within] if within else texts


def find_era_changes(changes: pd.DataFrame) -> list[Finding]:
    """Return each significant change between eras, the largest first, from the result of
    ``labelled_era_changes``."""
    significant = changes[changes["holds"]].sort_values("difference", key=abs, ascending=False)
    return [
        Finding(
            words.era_change_sentence(
                lower_name(row.threat),
                row.era,
                (row.before_on, row.before_meetings),
                (row.on_agenda, row.meetings),
                row.difference,
                row.difference_low,
                row.difference_high,
            ),
            "era_change",
            frozenset([row.threat_id]),
            row.difference,
            row.era,
        )
        for row in significant.itertuples()
    ]


def _era_text(changes: pd.DataFrame, counts: dict[str, int], era: str, scope: str) -> str:
    few = {name: counts[name] for name in ("before", era) if counts[name] < MIN_MEETINGS}
    if few:
        return words.too_few_in_era_sentence(era, few)
    found = find_era_changes(changes[changes["era"] == era])
    intro = words.era_changes_sentence(era, counts[era], counts["before"], len(found), scope)
    return " ".join([intro, *(finding.sentence for finding in found)])


def _within_series_text(changes: pd.DataFrame, within_series: pd.DataFrame) -> str:
    """Return how changes within series compare with those over all meetings; empty if neither are
    significant."""
    both = changes.merge(within_series, on=["threat_id", "era"], suffixes=("", "_within"))
    raw, within, tested = both["holds"], both["holds_within"], both["p_within"].notna()
    opposite = (both["difference"] > 0) != (both["odds_ratio"] > 1)
    rows = {
        "not_significant": both[raw & tested & ~within],
        "too_few": both[raw & ~tested],
        "only_within": both[~raw & tested & within],
        "opposite": both[(raw | within) & tested & opposite],
    }
    if all(part.empty for part in rows.values()):
        rows = {"same": both[raw & within]}
    phrases = {
        kind: [
            _(words.THREAT_IN_ERA[row.era], threat=lower_name(row.threat))
            for row in part.itertuples()
        ]
        for kind, part in rows.items()
    }
    return words.within_series_sentence(phrases) if any(phrases.values()) else ""


def _other_events_text(selected: Selected) -> str:
    """Return which wars, attacks and migration events fall inside the pandemic period."""
    start, end = (day.isoformat() for day in selected.emergency)
    table = selected.dataset["milestones"]
    inside = (table["date"] > start) & (table["date"] <= end)
    table = table[inside & ~table["kind"].isin(["pandemic", "decision"])].sort_values("date")
    events = [
        words.dated_event_phrase(translate_label(name), format_date_range(date))
        for name, date in zip(table["name"], table["date"], strict=True)
    ]
    return words.other_events_sentence(events) if events else ""


def _pandemic_links_text(selected: Selected) -> str:
    """Return which threats sources linked to the pandemic most often."""
    rows = pandemic_links(selected).drop_duplicates(["threat_id", "meeting_id"])
    if rows.empty:
        return _(words.NO_PANDEMIC_LINKS)
    names = selected.dataset.names("threat_categories", "label")
    meetings = rows["threat_id"].value_counts()
    top = [lower_name(names[key]) for key in names if meetings.get(key) == meetings.max()]
    return words.pandemic_links_sentence(len(meetings), top, int(meetings.max()))


def _remote_meetings_text(selected: Selected) -> str:
    """Return how many meetings were online or hybrid in each era, where the format is known."""
    known = only_read(selected).meetings
    known = known[(known["format"] != "") & (known["era"] != "")]
    whole = known["era"].value_counts()
    remote = known.loc[known["format"].isin(["online", "hybrid"]), "era"].value_counts()
    if any(whole.get(era, 0) < MIN_MEETINGS for era in ("before", "during")):
        return ""
    counts = [
        _(words.REMOTE_IN_ERA, count=remote.get(era, 0), total=whole[era], period=_(label))
        for era, label in ERA_PHRASES.items()
        if whole.get(era, 0) >= MIN_MEETINGS
    ]
    return _(words.REMOTE_MEETINGS, counts=join(counts))
