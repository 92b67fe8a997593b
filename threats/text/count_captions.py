"""Captions of charts of counts; each begins with the finding."""

from threats.format import decimals, format_number, format_range, join, percent
from threats.text.phrases import join_names
from threats.text.quantities import (
    format_meetings,
    format_regions,
    frequency,
)
from threats.text.translate import N_, _, ngettext

NO_MEETING_READ = N_("No meeting of {years} was read.")
MOST_MEETINGS_IN = N_("Most meetings: {number} in {years}.")
MOST_REMOTE = N_("Most online or hybrid: {years}.")
NO_FREQUENT_PAIR = N_("No pair occurs often enough to compare.")
NO_PAIR_ABOVE_EXPECTED = N_("No pair is significantly more frequent than expected within series.")
PAIR = N_("{row} with {column}")
NO_MEETINGS_IN_ERA = N_("{era}: no meetings")
ERA_OF_ONE_PART = N_("{era}: {meetings}, all of {parts}")
ERA_LARGEST_PART = N_("{era}: {meetings}, the largest part {parts} ({number}, {share})")
ERA_LARGEST_PARTS = N_("{era}: {meetings}, the largest parts {parts} (each {number}, {share})")
PEAK_OF_LINKS = N_("Most of them in {years}: {number}.")
MOST_FREQUENT_LINK = N_("Most frequent kind of link: {kinds} ({number}).")
LEVEL_CONSTANT = N_("The level of travel rules was {level} of 4, {months}.")
LEVEL_EXTREMES = N_(
    "Travel rules were strictest in {strict} (level {high} of 4) and least strict in {least} "
    "(level {low}), {months}."
)
NO_EDITION_MISSING = N_("No edition is known to be missing.")
MISSING_EDITIONS = N_("Missing editions: {series}.")
MOST_MEETINGS_FOR = N_("Most meetings: {regions}.")
MOST_EMPTY_YEARS = N_("Most years without a meeting: {regions}.")
UNRELIABLE_CODES = N_("Unreliable: {codes}.")
NO_MEETING_HOSTED = N_("No meeting is known to have been held in one of them.")


def meetings_by_part_sentence(number: int, years: tuple[int, int], parts: dict[str, int]) -> str:
    """Return how many meetings there are of each part, in all these years."""
    return ngettext(
        "{number} meeting, {years}: {parts}.",
        "{number} meetings, {years}: {parts}.",
        number,
        years=format_range(*years),
        parts=join([f"{name} {format_number(count)}" for name, count in parts.items()]),
    )


def most_frequent_pair_sentence(pairs: list[str], n_meetings: int) -> str:
    """Return which pairs occur in most meetings."""
    return ngettext(
        "Most frequent pair: {pairs}, {meetings}.",
        "Most frequent pairs: {pairs}, {meetings} each.",
        len(pairs),
        pairs=join_names(pairs),
        meetings=format_meetings(n_meetings),
    )


def strongest_pair_sentence(pairs: list[str], meetings: list[int], lift: float) -> str:
    """Return which pairs exceed the expected number of meetings most."""
    return ngettext(
        "Strongest pair: {pairs}, {meetings}, {lift} times the expected number.",
        "Strongest pairs: {pairs}, each {meetings}, {lift} times the expected number.",
        len(pairs),
        pairs=join_names(pairs),
        meetings=_(" or ").join(format_meetings(number) for number in meetings),
        lift=decimals(lift, 1),
    )


def era_part_phrase(era: str, n_meetings: int, parts: list[str], number: int, only: bool) -> str:
    """Return the meetings of an era and its largest part or parts."""
    values = dict(
        meetings=format_meetings(n_meetings),
        era=era,
        parts=join_names(parts),
        number=number,
        share=percent(number / n_meetings),
    )
    if only:
        return _(ERA_OF_ONE_PART, **values)
    return _(ERA_LARGEST_PART if len(parts) == 1 else ERA_LARGEST_PARTS, **values)


def most_linked_sentence(threats: list[str], number: int, all_alike: bool) -> str:
    """Return which threats sources linked to the pandemic most often."""
    values = dict(threats=join_names(threats), frequency=frequency(number))
    if all_alike:
        return _("Linked to the pandemic: {threats}, {frequency}.", **values)
    return ngettext(
        "Most often linked to the pandemic: {threats}, {frequency}.",
        "Most often linked to the pandemic: {threats}, each {frequency}.",
        len(threats),
        **values,
    )


def linked_threats_sentence(number: int, years: str) -> str:
    """Return how many threats were linked to the pandemic, and when."""
    return ngettext(
        "Links name {number} threat, {years}.",
        "Links name {number} threats, {years}.",
        number,
        years=years,
    )


def hosted_sentence(n_meetings: int, n_countries: int, hosts: list[str], number: int) -> str:
    """Return how many meetings countries hosted, and which hosted most."""
    if n_countries == 1:
        return ngettext(
            "{number} meeting, in {country}.",
            "{number} meetings, all in {country}.",
            n_meetings,
            country=hosts[0],
        )
    return ngettext(
        "Most meetings in {hosts}: {count} of {total} in {countries} countries.",
        "Most meetings in {hosts}: {count} each, of {total} in {countries} countries.",
        len(hosts),
        hosts=join_names(hosts),
        count=number,
        total=format_number(n_meetings),
        countries=n_countries,
    )


def dated_meetings_sentence(n_dated: int, n_pandemic: int) -> str:
    """Return how many meetings are dated to a month, and how many had the pandemic as an item."""
    return ngettext(
        "{number} meeting is dated to a month; the pandemic was an item of {count}.",
        "{number} meetings are dated to a month; the pandemic was an item of {count}.",
        n_dated,
        count=n_pandemic,
    )


def read_by_series_sentence(n_series: int, whole: int, part: int, none: int) -> str:
    """Return how many meetings of series were read in full, in part and not at all."""
    return ngettext(
        "{number} series: {meetings} read in full, {part} in part, {none} not read.",
        "{number} series: {meetings} read in full, {part} in part, {none} not read.",
        n_series,
        meetings=format_meetings(whole),
        part=format_number(part),
        none=format_number(none),
    )


def names_with_number(names: list[str], number: int) -> str:
    """Return names that share a number, such as "A and B, each 2"."""
    values = dict(names=join_names(names), count=format_number(number))
    return ngettext("{names}, {count}", "{names}, each {count}", len(names), **values)


def agreement_sentence(n_codes: int, bands: dict[str, int], median: float) -> str:
    """Return how many codes are reliable, tentative and unreliable, and the median alpha."""
    return ngettext(
        "Of {number} code {reliable} is reliable, {tentative} tentative and {unreliable} "
        "unreliable; its alpha is {median}.",
        "Of {number} codes {reliable} are reliable, {tentative} tentative and {unreliable} "
        "unreliable; half have an alpha of {median} or more.",
        n_codes,
        median=decimals(median),
        **{band: bands.get(band, 0) for band in ("reliable", "tentative", "unreliable")},
    )


def missing_meetings_sentence(n_missing: int, n_series: int, years: str) -> str:
    """Return how many expected meetings of yearly series are not known."""
    return ngettext(
        "Not found: {number} expected meeting of {series} yearly series, {years}.",
        "Not found: {number} expected meetings of {series} yearly series, {years}.",
        n_missing,
        series=n_series,
        years=years,
    )


def regions_sentence(number: int, years: str) -> str:
    """Return how many regions and which years are compared."""
    return _("{regions}, {years}.", regions=format_regions(number), years=years)
