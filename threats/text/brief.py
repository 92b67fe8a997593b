"""The sentences of a brief; each takes plain numbers and names and says no more than they do."""

from collections.abc import Sequence

from threats.format import format_number, join, percent
from threats.text.quantities import confidence_interval
from threats.text.translate import N_, _, ngettext

NO_REGION_TEXT = N_("Choose a region to see what its agendas lack compared with the others.")
TOO_FEW_NOTE = N_("This is too few to judge.")
NO_TREND_SENTENCE = N_("No meeting for {place} is on record, so no change can be shown.")

# Names of regions that take an article within a sentence, by their last word.
_ENDINGS_WITH_ARTICLE = ("Caucasus", "Partners", "Balkans", "States", "area")


def region_phrase(name: str) -> str:
    """Return the name of a region within a sentence."""
    return f"the {name}" if name.endswith(_ENDINGS_WITH_ARTICLE) else name


def regions_phrase(names: Sequence[str], whole_area: bool) -> str:
    """Return regions within a sentence, such as "Central Asia and the South Caucasus"."""
    area = [_("the OSCE area as a whole")] if whole_area else []
    return join([*map(region_phrase, names), *area]) or _("all regions")


def these_regions_phrase(names: Sequence[str], whole_area: bool) -> str:
    """Return regions where they were named before."""
    if len(names) + whole_area > 1:
        return _("these regions")
    return regions_phrase(names, whole_area)


def any_threat_phrase(n_threats: int) -> str:
    """Return the threats of a brief where one of them is enough."""
    return ngettext("this threat", "any of these threats", n_threats)


def join_limited(labels: Sequence[str], limit: int) -> str:
    """Return labels as a list in a sentence, of a long one the first and how many more."""
    rest = len(labels) - limit
    more = [ngettext("{number} more", "{number} more", rest)] if rest > 0 else []
    return join([*labels[:limit], *more])


def labelled_counts(names: Sequence[str], counts: Sequence[int], limit: int) -> str:
    """Return names with their numbers of meetings, such as "training (3) and funding (1)"."""
    return join_limited([f"{name} ({n})" for name, n in zip(names, counts, strict=True)], limit)


def count_or_none(count: int) -> str:
    """Return a count within a sentence."""
    return format_number(count) if count else _("none")


def meetings_found_sentence(total: int, known: int, place: str, years: str) -> str:
    """Return how many meetings were found, and of how many the agenda is known."""
    if not total:
        return _(
            "No meeting for {place} is on record for {years}, which does not prove there was none.",
            place=place,
            years=years,
        )
    if known == total:
        return ngettext(
            "We found {number} meeting for {place}, {years}; its agenda is known.",
            "We found {number} meetings for {place}, {years}; the agenda of each is known.",
            total,
            place=place,
            years=years,
        )
    return ngettext(
        "We found {number} meeting for {place}, {years}; its agenda is not known.",
        "We found {number} meetings for {place}, {years}; the agenda of {known} is known.",
        total,
        place=place,
        years=years,
        known=count_or_none(known),
    )


def few_meetings_sentence(threat: str, place: str, count: int, total: int) -> str:
    """Return how often a threat was on an agenda, without the share that few meetings do not
    support; nothing can be said without a known agenda."""
    if not total:
        return _(
            "{threat}: no agenda for {place} is known, so nothing can be said of it there.",
            threat=threat,
            place=place,
        )
    return ngettext(
        "{threat}: on the agenda of {count} of {number} meeting for {place}.",
        "{threat}: on the agenda of {count} of {number} meetings for {place}.",
        total,
        threat=threat,
        place=place,
        count=count_or_none(count),
    )


def meeting_share_sentence(
    threat: str, place: str, count: int, total: int, low: float, high: float
) -> str:
    """Return the share of meetings for a place that had a threat on the agenda."""
    if not count:
        return few_meetings_sentence(threat, place, count, total)
    return ngettext(
        "{threat}: on the agenda of {count} of {number} meeting for {place} ({share}, {interval}).",
        "{threat}: on the agenda of {count} of {number} meetings for {place} ({share}, "
        "{interval}).",
        total,
        threat=threat,
        place=place,
        count=format_number(count),
        share=percent(count / total),
        interval=confidence_interval(low, high),
    )


def years_sentence(count: int, first: int, last: int) -> str:
    """Return in which years a threat was on the agenda of the meetings with a date."""
    if first < last:
        return _("First in {first}, last in {last}.", first=first, last=last)
    return ngettext("The year was {year}.", "The year was always {year}.", count, year=last)


def undated_sentence(undated: int) -> str:
    """Return how many of the meetings with a threat have no date."""
    return ngettext("{number} meeting has no date.", "{number} meetings have no date.", undated)


def recent_sentence(threat: str, years: str, count: int, total: int) -> str:
    """Return attention to a threat in the last years."""
    if not total:
        return _("{threat}, {years}: no agenda is known.", threat=threat, years=years)
    return ngettext(
        "{threat}, {years}: on the agenda of {count} of {number} meeting.",
        "{threat}, {years}: on the agenda of {count} of {number} meetings.",
        total,
        threat=threat,
        years=years,
        count=count_or_none(count),
    )


def earlier_sentence(count: int, total: int) -> str:
    """Return attention to a threat in the years before those of ``recent_sentence``."""
    if not total:
        return _("Earlier: no agenda is known.")
    return ngettext(
        "Earlier: {count} of {number} meeting.",
        "Earlier: {count} of {number} meetings.",
        total,
        count=count_or_none(count),
    )


def more_threats_sentence(number: int) -> str:
    """Return where the threats are that do not fit on the first pages."""
    return ngettext("{number} more threat: annex B.", "{number} more threats: annex B.", number)


def gaps_unknown_sentence(place: str, known: int) -> str:
    """Return that there are too few known agendas, or none, to find gaps."""
    if not known:
        return _("No agenda for {place} is known, so gaps cannot be identified.", place=place)
    return ngettext(
        "{number} known agenda for {place} is too few to identify gaps.",
        "{number} known agendas for {place} are too few to identify gaps.",
        known,
        place=place,
    )


def never_label(threat: str, elsewhere: int, last_elsewhere: int) -> str:
    """Return a threat that was never on the agenda here, with its meetings elsewhere."""
    return ngettext(
        "{threat} ({number} meeting elsewhere, in {year})",
        "{threat} ({number} meetings elsewhere, the last in {year})",
        elsewhere,
        threat=threat,
        year=last_elsewhere,
    )


def never_here_sentence(place: str, known: int, threats: str) -> str:
    """Return which threats were never on the agenda here, though elsewhere."""
    return ngettext(
        "On none of {number} known agenda for {place}, but discussed elsewhere: {threats}.",
        "On none of {number} known agendas for {place}, but discussed elsewhere: {threats}.",
        known,
        place=place,
        threats=threats,
    )


def absent_label(threat: str, last_here: int, elsewhere: int, last_elsewhere: int) -> str:
    """Return a threat that is no longer on the agenda here, with its meetings elsewhere since."""
    return ngettext(
        "{threat} (last in {last}; since then {number} meeting elsewhere, in {year})",
        "{threat} (last in {last}; since then {number} meetings elsewhere, the last in {year})",
        elsewhere,
        threat=threat,
        last=last_here,
        year=last_elsewhere,
    )


def absent_sentence(place: str, n_years: int, threats: str) -> str:
    """Return which threats are no longer on the agenda here, though elsewhere since."""
    return ngettext(
        "Absent from agendas for {place} for {number} year or longer, but discussed elsewhere "
        "since: {threats}.",
        "Absent from agendas for {place} for {number} years or longer, but discussed elsewhere "
        "since: {threats}.",
        n_years,
        place=place,
        threats=threats,
    )


def recent_agendas_sentence(years: str, agendas: int) -> str:
    """Return how many agendas of the last years are known."""
    return ngettext(
        "{number} agenda is known for {years}.",
        "{number} agendas are known for {years}.",
        agendas,
        years=years,
    )


def no_gap_sentence(place: str, n_years: int) -> str:
    """Return that nothing discussed elsewhere is missing here."""
    return ngettext(
        "No threat discussed elsewhere has been absent from agendas for {place} for {number} year "
        "or longer.",
        "No threat discussed elsewhere has been absent from agendas for {place} for {number} years "
        "or longer.",
        n_years,
        place=place,
    )
