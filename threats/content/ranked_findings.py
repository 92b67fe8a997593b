"""The strongest findings that hold on the data as they are, each with its strength and a link that
sets the view."""

from dataclasses import asdict

from threats.caching import cached
from threats.content.finding_record import RankedFinding
from threats.content.finding_rules import FINDING_RULES
from threats.kept_results import keep_result, kept_result
from threats.stats.filters import Selection
from threats.stats.selection import Selected, select
from threats.text import ranked_findings as words

MAX_FINDINGS = 6
STRENGTHS = ("strong", "moderate", "weak")


@cached(32)
def ranked_findings(selected: Selected) -> list[RankedFinding]:
    """Return the findings that hold on a selection, the strongest first.

    Those without a filter are kept for the next start: they take three seconds.
    """
    files = selected.dataset.files
    whole = selected is select(selected.dataset, Selection())
    if whole and (kept := kept_result("findings", files)):
        return [RankedFinding(**finding) for finding in kept]
    found = _ranked(selected)
    if whole:
        keep_result("findings", files, [asdict(finding) for finding in found])
    return found


def _ranked(selected: Selected) -> list[RankedFinding]:
    found = [finding for rule in FINDING_RULES for finding in rule(selected.all_threats)]
    found = sorted(found, key=lambda finding: STRENGTHS.index(finding.strength))
    seen: list[list[str]] = []
    kept = []
    for finding in found:
        threat = finding.params.get("threat", [])
        if not threat or threat not in seen:  # one finding a threat
            kept.append(finding)
            seen.append(threat)
    return kept[:MAX_FINDINGS]


def ranked_sentences(selected: Selected) -> list[str]:
    """Return the strongest findings as sentences with their strength."""
    return [words.ranked_sentence(f.sentence, f.strength) for f in ranked_findings(selected)]
