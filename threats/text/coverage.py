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
EXPECTED_NOTE = N_(
    "A meeting is expected by the rhythm that a source gives for the series. Nothing known does "
    "not mean that it was not held."
)
MISSING_EDITIONS_NOTE = N_(
    "An edition is missing if no meeting has its number. Meetings of the series without a number "
    "may be among these editions, so they are subtracted. More editions may be missing. "
    "Numbers are used only in yearly series, and not if two meetings share one."
)
WHOLE_SERIES_NOTE = N_("Region and years of the filter do not apply here.")
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
            "{number} was found only by pandemic words and is excluded from figures about the "
            "pandemic itself.",
            "{number} were found only by pandemic words and are excluded from figures about the "
            "pandemic itself.",
            n_pandemic_search,
        ),
    )


def coded_sentence(n_read: int, n_inferred: int) -> str:
    """Return how many meetings were coded from a page, and how many are inferred."""
    return _(
        "{coded} {inferred} Each row names its page, and each phrase is in our own words.",
        coded=ngettext(
            "{number} meeting was coded from a public page.",
            "{number} meetings were coded from a public page.",
            n_read,
        ),
        inferred=ngettext(
            "{number} more is inferred from counted editions or a title alone and excluded from "
            "all other figures.",
            "{number} more are inferred from counted editions or a title alone and excluded from "
            "all other figures.",
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
        "characters, and "
        "{whole} in full. Items late in the programme are under-counted, especially passing "
        "mentions and closing sessions.",
        "Of the pages read ({read}), {number} were read only in part, mostly their first 2,000 "
        "characters, "
        "and {whole} in full. Items late in the programme are under-counted, especially passing "
        "mentions and closing sessions.",
        n_part,
        read=format_number(n_read),
        whole=format_number(n_whole),
    )


def no_threat_sentence(n_meetings: int) -> str:
    """Return how many meetings that were read name no threat."""
    return ngettext(
        "{number} meeting that was read names no threat. It counts among the known agendas.",
        "{number} meetings that were read name no threat. They count among the known agendas.",
        n_meetings,
    )


NOT_FOUND_SENTENCE = N_("“Not found” does not mean “not held”.")
ARCHIVE_SENTENCE = N_(
    "“Not found” does not mean “not held”. Pages from after 2021 are archived less often, so the "
    "fall in numbers since then is not evidence of a trend. Few meetings were found for the South "
    "Caucasus, Belarus and the Partners."
)
PANDEMIC_YEARS_SENTENCE = N_(
    "2020 and 2021 were also searched with pandemic words, which raises the number of meetings "
    "found for these years."
)
SCOPE_SENTENCE = N_(
    "The figures show what meetings had on their agendas. They do not show how large a threat was, "
    "or what was said, decided or done about it."
)


def precision_sentence(counts: dict[str, int]) -> str:
    """Return for how many meetings date, participants and format are known, by these names."""
    return _(
        "The start is known to the day for {day} meetings, to the month for {month}, to the year "
        "for {year}, and not at all for {undated}. The number of participants is known for "
        "{participants}, the format (in person or online) for {format}. The format is often "
        "inferred from a named place.",
        **counts,
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


EMPTY_YEAR_NOTE = N_("An empty year means that no meeting was found, not that none was held.")


def partial_reading_note(partial_of_read: str) -> str:
    """Return how many of the meetings shown were read in part, such as "9 of 48 (19%)"."""
    return _("Of the meetings read here, {count} were read only in part.", count=partial_of_read)


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
        "A meeting counts in each region that it was held for. {name} means meetings for the whole "
        "area. Hatched: no meeting found, which is not a zero. The filter's region does not apply "
        "here.",
        name=osce_wide_name,
    )
