"""Words on what was gathered, how much of it was read, and what is missing."""

from threats.format import format_number, join
from threats.text.translate import N_, _, ngettext

READING_TITLE = N_("How much of each meeting's page was read")
READING_MEASURE = N_("number of meetings found")
SERIES_TITLE = N_("What was found of each series, and what is missing")
SERIES_MEASURE = N_("number of meetings")
REGION_YEARS_TITLE = N_("Meetings found, by region and year")
REGION_YEARS_MEASURE = N_("number of meetings held for the region")
EXPECTED_TITLE = N_("Yearly meetings: found, and expected but not found")
EXPECTED_MEASURE = N_("meetings of series with a yearly rhythm")
MISSING_EDITIONS_NOTE = N_("Missing: no meeting has the number of the edition.")
WHOLE_SERIES_NOTE = N_("The filter's region and years do not apply.")
BREAK_COLUMNS = {
    "start_date": N_("From"),
    "end_date": N_("To"),
    "what": N_("What changed"),
}
EDITION_COLUMNS = {
    "series": N_("Series"),
    "series_id": "series_id",
    "highest": N_("Highest edition"),
    "unseen": N_("Editions not found"),
    "unnumbered": N_("Meetings without a number"),
    "missing": N_("At least missing"),
}


def gathered_sentence(n_meetings: int, years: tuple[int, int]) -> str:
    """Return how many meetings were gathered, if the dataset does not say how."""
    return ngettext(
        "We gathered {number} meeting, {first} to {last}. The dataset does not state how it was "
        "searched for.",
        "We gathered {number} meetings, {first} to {last}. The dataset does not state how they "
        "were searched for.",
        n_meetings,
        first=years[0],
        last=years[1],
    )


def searched_sentence(n_meetings: int, years: tuple[int, int], n_pandemic_search: int) -> str:
    """Return how many meetings were gathered by a search, and how many by pandemic words alone."""
    return _(
        "{gathered} {extra}",
        gathered=ngettext(
            "We gathered {number} meeting on borders and transnational threats in the OSCE area, "
            "{first} to {last}, by searching for each series and each region.",
            "We gathered {number} meetings on borders and transnational threats in the OSCE area, "
            "{first} to {last}, by searching for each series and each region.",
            n_meetings,
            first=years[0],
            last=years[1],
        ),
        extra=ngettext(
            "{number} was found only by pandemic words and is not in figures of the pandemic.",
            "{number} were found only by pandemic words and are not in figures of the pandemic.",
            n_pandemic_search,
        ),
    )


def coded_sentence(n_read: int, n_inferred: int) -> str:
    """Return how many meetings were coded from a page, and how many are inferred."""
    return _(
        "{coded} {inferred}",
        coded=ngettext(
            "{number} meeting was coded from a public page.",
            "{number} meetings were coded from a public page.",
            n_read,
        ),
        inferred=ngettext(
            "{number} more is inferred and in no other figure.",
            "{number} more are inferred and in no other figure.",
            n_inferred,
        ),
    )


def partial_reading_sentence(n_read: int, n_part: int, n_whole: int) -> str:
    """Return how many pages were read in part."""
    if not n_part:
        return ngettext(
            "The {number} page was read in full.", "All {number} pages were read in full.", n_read
        )
    return ngettext(
        "Of the pages read ({read}), {number} was read only in part, mostly its first 2,000 "
        "characters, and {whole} in full: late items are under-counted.",
        "Of the pages read ({read}), {number} were read only in part, mostly their first 2,000 "
        "characters, and {whole} in full: late items are under-counted.",
        n_part,
        read=format_number(n_read),
        whole=format_number(n_whole),
    )


NOT_FOUND_SENTENCE = N_("“Not found” does not mean “not held”.")
ARCHIVE_SENTENCE = N_(
    "“Not found” does not mean “not held”: pages from after 2021 are archived less often. Few were "
    "found for the South Caucasus, Belarus and the Partners."
)
SCOPE_SENTENCE = N_(
    "This counts what was discussed, not how serious a threat was or what was decided."
)


def format_editions(number: int) -> str:
    """Return a number of editions of a series."""
    return ngettext("{number} edition", "{number} editions", number)


def region_year_label(n_meetings: int, n_known: int) -> str:
    """Return the number of meetings of a region and year, and of known agendas among them."""
    if not n_meetings:
        return _("no meeting found; this is not a zero")
    known = format_number(n_known) if n_known < n_meetings else _("all")
    return ngettext(
        "{number} meeting, {known} with a known agenda",
        "{number} meetings, {known} with a known agenda",
        n_meetings,
        known=known,
    )


def expected_label(status: str, n_meetings: int, n_known: int) -> str:
    """Return how many meetings of a series a year has, or that one is expected."""
    if status == "missing":
        return _("a meeting is expected, nothing is known")
    return region_year_label(n_meetings, n_known)


def stopped_series_sentence(series: list[str], years: list[int]) -> str:
    """Return the last year with a known meeting of each series that stops."""
    named = join(
        [_("{series} ({year})", series=s, year=y) for s, y in zip(series, years, strict=True)]
    )
    return ngettext(
        "This yearly series stops in the data, so later figures lack it (last known year in "
        "brackets): {named}.",
        "These yearly series stop in the data, so later figures lack them (last known year in "
        "brackets): {named}.",
        len(series),
        named=named,
    )


def no_missing_meeting_sentence(n_series: int) -> str:
    """Return that no expected meeting is missing."""
    return ngettext(
        "Of the {number} yearly series no expected meeting is missing.",
        "Of the {number} yearly series no expected meeting is missing.",
        n_series,
    )


def undated_note(n_meetings: int) -> str:
    """Return how many meetings have no year."""
    return ngettext(
        "{number} meeting of unknown year is not shown.",
        "{number} meetings of unknown year are not shown.",
        n_meetings,
    )


def region_years_note(osce_wide_name: str) -> str:
    """Return how regions count their meetings, with the name of those of the whole area."""
    return _(
        "Hatched: no meeting found, which is not a zero.",
    )
