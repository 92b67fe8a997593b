"""Terms that a reader may not know, each explained in a sentence."""

import functools
import re

from threats.caching import cached
from threats.language import DEFAULT_LANGUAGE, language_id
from threats.text.translate import N_, _

GLOSSARY = {
    N_("Attention"): N_(
        "the share of meetings with the threat on the agenda, out of all meetings with a known "
        "agenda. It shows what was discussed, not how serious the threat was."
    ),
    N_("On the agenda"): N_(
        "the threat was the main subject of the meeting or one of the subjects discussed."
    ),
    N_("Focus or discussed"): N_(
        "the threat was the main subject of the meeting or one of the subjects discussed; a "
        "passing "
        "mention does not count."
    ),
    N_("Main subject"): N_("the title or the stated aim of the meeting names the threat."),
    N_("Any mention"): N_("the source names the threat, even in passing."),
    N_("95% interval"): N_(
        "the confidence interval, the range in which the true value probably lies. It is wide if "
        "there are few meetings."
    ),
    N_("Emergency"): N_(
        "the public health emergency of international concern that WHO declared for COVID-19, from "
        "30 January 2020 to 5 May 2023."
    ),
    N_("Pandemic period"): N_(
        "from the emergency that WHO declared for COVID-19 to the invasion of Ukraine, unless you "
        "choose other dates."
    ),
    N_("Significant"): N_(
        "chance alone would rarely produce so large a difference, even after correction for the "
        "number of threats compared (5% level)."
    ),
    N_("Correction for multiple comparisons"): N_(
        "an adjustment of p values, because among many tests some are significant by chance."
    ),
    N_("Robust"): N_("the finding is the same if meetings are counted another way."),
    N_("Points"): N_("percentage points: from 10% to 15% is +5 points."),
    N_("Odds ratio"): N_(
        "how the odds of a threat being on the agenda changed within series of meetings: 1 is no "
        "change, 2 is twice the odds, 0.5 is half."
    ),
    N_("Expected number"): N_(
        "how often two things would occur together if they were independent of each other."
    ),
    N_("Known agenda"): N_("at least a part of the page on the meeting was read."),
    N_("Series"): N_("meetings that recur under one name, such as an annual conference."),
    N_("OSCE-wide"): N_("about the whole OSCE area, not about one region."),
    N_("Training courses"): N_(
        "courses for officers, excluded by default because they repeat a standard list of threats."
    ),
    N_("Alpha"): N_(
        "Krippendorff's measure of agreement between two coders: 1 is full agreement, 0 is what "
        "chance would give."
    ),
    N_("Link"): N_("the source itself connects the threat with the pandemic."),
    N_("Median"): N_("the middle value: half of the values are above it and half below."),
}


@functools.lru_cache(maxsize=1024)
def _term_pattern(term: str, ending: str) -> re.Pattern:
    return re.compile(rf"(?<!\w){re.escape(term)}{ending}(?!\w)", re.IGNORECASE)


@cached(1024, words=True)
def terms_in(*texts: str) -> tuple[tuple[str, str], ...]:
    """Return the terms that occur in texts, each with its explanation."""
    # Other languages have more endings than the plural of English.
    ending = "s?" if language_id() == DEFAULT_LANGUAGE else r"\w{0,3}"
    return tuple(
        (_(term), _(explanation))
        for term, explanation in GLOSSARY.items()
        if any(_term_pattern(_(term), ending).search(text) for text in texts)
    )
