"""Robustness checks: do the findings come out the same if something else is counted?"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from threats.content.attention_tables import labelled_era_changes
from threats.content.findings import (
    Finding,
    HeadlineFigures,
    find_era_changes,
    find_headlines,
    headline_figures,
    newest_threats,
    top_threats,
)
from threats.content.options import emergency_dates
from threats.dataset.model import Dataset
from threats.format import join, lower_name, percent
from threats.stats.count_rule import CountRule
from threats.stats.eras import meetings_by_era
from threats.stats.filters import ANY_REACH, READ_IN_FULL, Selection
from threats.stats.selection import Selected, apply_count_rule, assign_eras, select
from threats.stats.trends import MIN_MEETINGS
from threats.text import robustness as words
from threats.text.findings import difference_phrase
from threats.text.quantities import count_of, share_with_interval
from threats.text.translate import _

Verdict = tuple[str, str]


@dataclass(frozen=True)
class Variant:
    """Another way to count: a selection and the role that a threat must have."""

    name: str
    selection: Selection
    role: str = "agenda"

    def select(self, dataset: Dataset) -> Selected:
        """Return the dataset narrowed and counted this way, with the default pandemic period."""
        selected = select(dataset, self.selection)
        selected = assign_eras(selected, *emergency_dates({}, selected))
        return apply_count_rule(selected, CountRule(self.role))


def counting_variants(selection: Selection) -> list[Variant]:
    """Return the ways to count of the page's switch, each of a filter without its choice of
    courses, reach, reading and series; the first is the default."""
    base = replace(selection, courses=False, reach="", reading="", series=())
    return [
        Variant(_(words.DEFAULT_COUNTING), base),
        Variant(_(words.FOCUS_COUNTING), base, "focus"),
        Variant(_(words.COURSES_COUNTING), replace(base, courses=True)),
        Variant(_(words.NATIONAL_COUNTING), replace(base, reach=ANY_REACH)),
        Variant(_(words.WHOLE_READING_COUNTING), replace(base, reading=READ_IN_FULL)),
    ]


def series_variants(dataset: Dataset, selection: Selection) -> list[Variant]:
    """Return one way to count for each series of meetings alone."""
    base = counting_variants(selection)[0].selection
    names = dataset.names("series", "short_name")
    return [Variant(name, replace(base, series=(key,))) for key, name in names.items()]


def check_findings(
    dataset: Dataset, selection: Selection, alternatives: list[Variant]
) -> pd.DataFrame:
    """Return whether each finding of the default way to count is robust under each variant:
    ``finding``, ``variant``, ``answer`` and ``figure`` in words.

    The most frequent and the newest threats must be exactly the same. Threats that never came up
    must be absent again; with a part of the same meetings that is not testable, because nothing new
    could come up, nor is the most frequent of one threat. The interval of the other share must
    contain the share of the pandemic. A change must be significant again, in the same direction; it
    is not robust if the interval of the other difference excludes it, else inconclusive.
    """
    base = counting_variants(selection)[0].select(dataset)
    found = [finding for finding in find_headlines(headline_figures(base)) if finding.kind]
    found += find_era_changes(labelled_era_changes(base))
    rows = []
    for variant in alternatives:
        other = variant.select(dataset)
        figures = headline_figures(other)
        for finding in found:
            check = HEADLINE_CHECKS.get(finding.kind)
            verdict, figure = check(finding, figures) if check else check_era_change(finding, other)
            rows.append((finding.sentence, variant.name, _(verdict), figure))
    return pd.DataFrame(rows, columns=["finding", "variant", "answer", "figure"])


def _names(figures: HeadlineFigures, threats: frozenset[str]) -> list[str]:
    rows = figures.attention[figures.attention.index.isin(threats)]
    return rows["threat"].map(lower_name).tolist()


def _named_figure(figures: HeadlineFigures, threats: frozenset[str], figure: str) -> str:
    return _(words.NAMED_FIGURE, threats=join(_names(figures, threats)), figure=figure)


def _check_most_frequent(finding: Finding, figures: HeadlineFigures) -> Verdict:
    best = top_threats(figures)
    if best.empty:
        return words.INCONCLUSIVE, words.known_agendas_phrase(figures.known)
    row, threats = best.iloc[0], frozenset(best.index)
    figure = count_of(int(row["on_agenda"]), int(row["meetings"]))
    if best["meetings"].nunique() > 1:
        figure = percent(row["share"])
    figure = _named_figure(figures, threats, figure)
    if len(figures.attention) == 1:
        return words.NOT_TESTABLE, figure
    return words.ROBUST if threats == finding.threats else words.NOT_ROBUST, figure


def _check_newest(finding: Finding, figures: HeadlineFigures) -> Verdict:
    first = figures.attention["first"].dropna()
    if figures.known < MIN_MEETINGS or first.nunique() < 2:
        return words.INCONCLUSIVE, words.known_agendas_phrase(figures.known)
    threats = newest_threats(figures)
    figure = _named_figure(figures, threats, str(first.max()))
    return words.ROBUST if threats == finding.threats else words.NOT_ROBUST, figure


def _check_never(finding: Finding, figures: HeadlineFigures) -> Verdict:
    if figures.known < MIN_MEETINGS:
        return words.INCONCLUSIVE, words.known_agendas_phrase(figures.known)
    found = frozenset() if figures.is_part else finding.threats - figures.never
    names = _names(figures, found)
    figure = words.never_figure(len(figures.never), len(figures.attention), names)
    if figures.is_part:
        return words.NOT_TESTABLE, figure
    return words.NOT_ROBUST if found else words.ROBUST, figure


def _check_pandemic(finding: Finding, figures: HeadlineFigures) -> Verdict:
    row = figures.pandemic.loc["during"]
    if row["meetings"] < MIN_MEETINGS:
        return words.INCONCLUSIVE, words.pandemic_meetings_phrase(int(row["meetings"]))
    count, total = int(row["on_agenda"]), int(row["meetings"])
    inside = row["low"] <= finding.value <= row["high"]
    figure = share_with_interval(count, total, row["low"], row["high"])
    return words.ROBUST if inside else words.NOT_ROBUST, figure


def check_era_change(finding: Finding, other: Selected) -> Verdict:
    """Return whether a change between two eras is the same in a variant, and its figure there."""
    counts = meetings_by_era(other)
    if min(counts["before"], counts[finding.era]) < MIN_MEETINGS:
        figure = words.era_meetings_phrase(counts["before"], counts[finding.era], finding.era)
        return words.INCONCLUSIVE, figure
    changes = labelled_era_changes(other).set_index(["threat_id", "era"])
    return compare_changes(finding.value, changes.loc[(*finding.threats, finding.era)])


def compare_changes(difference: float, other: pd.Series) -> Verdict:
    """Return whether another change, with ``difference``, its interval and ``holds``, confirms a
    difference."""
    low, high = other["difference_low"], other["difference_high"]
    figure = difference_phrase(other["difference"], low, high)
    if other["holds"] and np.sign(other["difference"]) == np.sign(difference):
        return words.ROBUST, figure
    return words.INCONCLUSIVE if low <= difference <= high else words.NOT_ROBUST, figure


HEADLINE_CHECKS: dict[str, Callable[[Finding, HeadlineFigures], Verdict]] = {
    "most_frequent": _check_most_frequent,
    "newest": _check_newest,
    "never": _check_never,
    "pandemic": _check_pandemic,
}
