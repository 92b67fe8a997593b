"""The strongest findings that hold on the data as they are, each with its strength and a link that
sets the view."""

from dataclasses import asdict

from threats.caching import cached, keep_result, kept_result
from threats.content.finding_record import RankedFinding
from threats.content.finding_rules import FINDING_RULES
from threats.language import language_id
from threats.stats.filters import Selection
from threats.stats.selection import Selected, select
from threats.text import ranked_findings as words

MAX_FINDINGS = 6
STRENGTHS = ("strong", "moderate", "weak")


@cached(32, words=True)
def ranked_findings(selected: Selected) -> list[RankedFinding]:
    """Return the findings that hold on a selection, the strongest first.

    Those without a filter are kept for the next start: they take three seconds. Nothing is kept of
    the meetings that one reader alone counts.
    """
    if selected.dataset.own or selected is not select(selected.dataset, Selection()):
        return _ranked(selected)
    files, name = selected.dataset.files, f"findings-{language_id()}"
    if (kept := kept_result(name, files)) is None:
        kept = [asdict(finding) for finding in _ranked(selected)]
        keep_result(name, files, kept)
    return [RankedFinding(**finding) for finding in kept]


def _ranked(selected: Selected) -> list[RankedFinding]:
    found = [finding for rule in FINDING_RULES for finding in rule(selected.all_threats)]
    found.sort(key=lambda finding: STRENGTHS.index(finding.strength))
    kept: dict[str, RankedFinding] = {}  # one finding a threat
    for number, finding in enumerate(found):
        kept.setdefault(str(finding.params.get("threat", number)), finding)
    return list(kept.values())[:MAX_FINDINGS]


def ranked_sentences(selected: Selected) -> list[str]:
    """Return the strongest findings as sentences with their strength."""
    return [words.ranked_sentence(f.sentence, f.strength) for f in ranked_findings(selected)]
