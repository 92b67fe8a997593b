"""Terms that a reader may not know, explained in a sentence each."""

import functools
import re

GLOSSARY = {
    "Attention": "the share of meetings that had a threat on their agenda, out of the meetings "
    "whose agenda is known. It shows what was talked about, not how much of it there was.",
    "Focus or discussed": "the threat was the main subject of the meeting, or one of the things it "
    "dealt with; a mere mention does not count.",
    "Main subject": "the threat stands in the title or the stated aim of the meeting.",
    "Any mention": "the threat was named at all, if only in passing.",
    "95% interval": "how far a figure could be off by chance: with few meetings the interval is "
    "wide, and figures whose intervals overlap much may be the same.",
    "Era": "before, during or after the emergency of international concern that WHO declared over "
    "COVID-19, from 30 January 2020 to 5 May 2023 unless other dates are chosen.",
    "Emergency": "the emergency of international concern that WHO declared over COVID-19, from 30 "
    "January 2020 to 5 May 2023 unless other dates are chosen.",
    "Shift": "the difference of attention between two eras, in percentage points.",
    "Holds": "a change is too large to be put down to chance, also when it is kept in mind that "
    "the changes of all threats were looked at, whichever are shown.",
    "Points": "percentage points: from 10% to 15% are +5 points.",
    "Odds ratio": "how the odds of a threat being on the agenda have changed within series of "
    "meetings: 1 is no change, 2 twice the odds, 0.5 half.",
    "By chance": "how often two things would come together if they had nothing to do with each "
    "other.",
    "Known agenda": "at least a part of the page that tells of the meeting could be read.",
    "Series": "meetings that belong together and are held again and again, such as a yearly "
    "conference.",
    "OSCE-wide": "of the whole area of the OSCE, tied to no single region.",
    "Training courses": "courses for officers; they are left out unless asked for, as each names "
    "the same long list of threats.",
    "Alpha": "how far two readings agree on a code beyond chance, after Krippendorff: 1 is full "
    "agreement, 0 what chance would give.",
    "Tie": "the source itself says that the pandemic had to do with the threat.",
    "Median": "the middle figure: half are above it and half below.",
}
_TERM_PATTERNS = {
    term: re.compile(rf"(?<!\w){re.escape(term)}s?(?!\w)", re.IGNORECASE) for term in GLOSSARY
}


@functools.lru_cache(maxsize=1024)
def terms_in(*texts: str) -> tuple[tuple[str, str], ...]:
    """Return the terms that occur in texts, each with its explanation."""
    return tuple(
        (term, told)
        for term, told in GLOSSARY.items()
        if any(_TERM_PATTERNS[term].search(text) for text in texts)
    )
