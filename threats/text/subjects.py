"""Words of the pages on one threat, one country and one series."""

from collections.abc import Sequence

from threats.format import decimals, format_partial_date, join, year_ranges
from threats.text.quantities import count_of, format_meetings
from threats.text.translate import N_, _, ngettext

CHOOSE_TITLES = {
    "threat": N_("Choose a threat"),
    "country": N_("Choose a country"),
    "series": N_("Choose a series"),
}
CHOICE_LABELS = {"threat": N_("Threat"), "country": N_("Country"), "series": N_("Series")}
REGION_LABEL = N_("Region")
BRIEF_LINK = N_("Meeting brief on this")
SERIES_MEETINGS_LINK = N_("All meetings of this series")

BODIES = {
    "unodc_term": ("UNODC", "unodc_url"),
    "europol_socta": ("Europol SOCTA", "europol_url"),
    "gi_toc_market": ("GI-TOC", "gi_toc_url"),
    "interpol_area": ("INTERPOL", "interpol_url"),
}
THREAT_TERM_COLUMNS = {"body": N_("Body"), "term": N_("Its term"), "source_url": N_("Source")}
THREAT_REGION_COLUMNS = {
    "region": N_("Region"),
    "figure": N_("On the agenda"),
    "last": N_("Last"),
    "view": N_("View"),
}
THREAT_RESPONSE_COLUMNS = {
    "response": N_("Response"),
    "meetings": N_("Meetings"),
    "last": N_("Last"),
}
THREAT_ORGANIZATION_COLUMNS = {
    "organization": N_("Organization"),
    "meetings": N_("Meetings"),
    "last": N_("Last"),
}
RELATED_THREAT_COLUMNS = {
    "threat": N_("Threat"),
    "threat_id": "threat_id",
    "together": N_("Of its meetings"),
    "whole": N_("Of all meetings"),
}
THREAT_PUBLISHED_COLUMNS = {
    "statement": N_("Published"),
    "publisher": N_("Publisher"),
    "source_url": N_("Source"),
}
THREAT_INDICATOR_COLUMNS = {
    "name": N_("Statistic"),
    "publisher": N_("Publisher"),
    "coverage_years": N_("Years"),
    "view": N_("View"),
}
PART_COLUMN = N_("Part")
EDITION_COLUMN = N_("Edition")
NO_YEAR_CELL = N_("never")
SERIES_AGENDA_TITLE = N_("Its threats over the years")
REGION_AGENDA_NOTE = N_("These are meetings for the whole region, not those of the country alone.")
STATUS_SENTENCES = {
    "participating_state": N_("OSCE participating State since {year}, in {region}."),
    "mediterranean_partner": N_("OSCE Mediterranean Partner since {year}."),
    "asian_partner": N_("OSCE Asian Partner since {year}."),
}
PARTICIPANTS_CAUTION = N_("Sources name few of the States that took part.")


def threat_in_regions(threat: str, regions: Sequence[str]) -> str:
    """Return the heading of a threat, in some regions if there are any."""
    if not regions:
        return threat
    return _("{threat} in {regions}", threat=threat, regions=join(regions))


def osce_wide_threat(threat: str, label: str) -> str:
    """Return the heading of a threat in items on no single region."""
    return _("{threat}, {label}", threat=threat, label=label)


def also_called(synonyms: Sequence[str]) -> str:
    """Return the other words for a threat."""
    return _("Also: {names}.", names=", ".join(synonyms)) if synonyms else ""


def first_and_last_sentence(first: int, last: int, n_years: int) -> str:
    """Return when a threat was on the agenda first and last."""
    if first == last:
        return _("On the agenda only in {year}.", year=first)
    return ngettext(
        "First on the agenda in {first}, last in {last}, in {number} year.",
        "First on the agenda in {first}, last in {last}, in {number} years.",
        n_years,
        first=first,
        last=last,
    )


def sure_sentence(doubtful: int, counted: int) -> str:
    """Return how many meetings count for a threat only by codes that are not sure."""
    if not doubtful:
        return _("How sure: every one of these meetings is stated in its source.")
    return ngettext(
        "How sure: the code is inferred or in conflict for {doubtful} of {number} meeting.",
        "How sure: the code is inferred or in conflict for {doubtful} of {number} meetings.",
        counted,
        doubtful=doubtful,
    )


def two_coders_sentence(alpha: float, band: str, pages: int) -> str:
    """Return how well two coders agreed on a threat; ``alpha`` is Krippendorff's."""
    return ngettext(
        "Two coders on {number} page: agreement {band} (Krippendorff's alpha {alpha}).",
        "Two coders on {number} pages: agreement {band} (Krippendorff's alpha {alpha}).",
        pages,
        band=band,
        alpha=decimals(alpha),
    )


def too_few_pages_sentence(pages: int) -> str:
    """Return that two coders found a threat on too few pages to judge their agreement."""
    return ngettext(
        "Two coders on {number} page: too few with this threat to judge their agreement.",
        "Two coders on {number} pages: too few with this threat to judge their agreement.",
        pages,
    )


def share_cell(count: int, total: int) -> str:
    """Return a count of meetings with its share; that there is no meeting if there is none."""
    return count_of(count, total) if total else _("no meeting with a known agenda")


def host_sentence(number: int, last: str) -> str:
    """Return how many meetings a country hosted, and the date of the latest as ISO text."""
    if not number:
        return _("Hosted: no meeting on record.")
    if not last:
        return _("Hosted: {meetings}.", meetings=format_meetings(number))
    values = {"meetings": format_meetings(number), "date": format_partial_date(last)}
    if len(last) == 10:
        return _("Hosted: {meetings}, the latest on {date}.", **values)
    return _("Hosted: {meetings}, the latest in {date}.", **values)


def chaired_sentence(years: Sequence[int], number: int) -> str:
    """Return in which years a country chaired the OSCE, and how many meetings fell in them."""
    if not number:
        return _("Chaired: no year with a meeting on record.")
    if not years:
        return _("Chaired: {meetings} under its chair.", meetings=format_meetings(number))
    return _(
        "Chaired the OSCE in {years}: {meetings} in its time.",
        years=year_ranges(years),
        meetings=format_meetings(number),
    )


def took_part_sentence(number: int) -> str:
    """Return in how many meetings a source names authorities of a country."""
    caution = _(PARTICIPANTS_CAUTION)
    if not number:
        return _("Took part: named by no source. {caution}", caution=caution)
    return _(
        "Took part by name: {meetings}. {caution}",
        meetings=format_meetings(number),
        caution=caution,
    )


def found_sentence(total: int, years: str, n_read: int) -> str:
    """Return how many meetings of a series were found, in which years, and how many were read."""
    return ngettext(
        "{number} meeting found ({years}), {read} with a known agenda.",
        "{number} meetings found ({years}), {read} with a known agenda.",
        total,
        years=years or _("no year known"),
        read=n_read,
    )


def editions_sentence(known: str, unseen: str) -> str:
    """Return which editions of a series are known by their number, and which are not."""
    if not unseen:
        return _("Editions known by number: {known}.", known=known)
    return _("Editions known by number: {known}. Not known: {unseen}.", known=known, unseen=unseen)


def expected_sentence(rhythm: str, missing: Sequence[int]) -> str:
    """Return the rhythm of a series, and the expected years without a dated meeting."""
    if not missing:
        return _("Expected: {rhythm}. Every expected year has a meeting.", rhythm=rhythm)
    return _(
        "Expected: {rhythm}. Years without a dated meeting: {years}.",
        rhythm=rhythm,
        years=year_ranges(missing),
    )


def region_agenda_title(region: str) -> str:
    """Return the title of the threats on the agenda in the region of a country."""
    return _("What meetings talk about: {region}", region=region)
