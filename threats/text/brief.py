"""The sentences of a brief; each takes plain numbers and names and says no more than they do."""

from collections.abc import Sequence

from threats.format import format_number, join
from threats.text.translate import N_, _, ngettext

NO_REGION_TEXT = N_("Choose a region to see what its agendas lack compared with the others.")
TOO_FEW_NOTE = N_("This is too few to judge.")
NO_TREND_SENTENCE = N_("No meeting for {place} is on record, so no change can be shown.")

MAX_NAMED_REGIONS = 4
# Names of regions that take an article within a sentence, by their last word.
_ENDINGS_WITH_ARTICLE = ("Caucasus", "Partners", "Balkans", "States", "area")


def region_phrase(name: str) -> str:
    """Return the name of a region within a sentence."""
    return f"the {name}" if name.endswith(_ENDINGS_WITH_ARTICLE) else name


def regions_phrase(names: Sequence[str], whole_area: bool) -> str:
    """Return regions within a sentence, such as "Central Asia and the South Caucasus"; of many
    their number."""
    if len(names) > MAX_NAMED_REGIONS:
        return ngettext("{number} region", "{number} regions", len(names) + whole_area)
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


def incomplete_period_label(years: str, last: int) -> str:
    """Return years of which the last was not over when the data were made."""
    return _("{years} ({last} incomplete)", years=years, last=str(last))


def recent_agendas_sentence(years: str, agendas: int) -> str:
    """Return how many agendas of the last years are known."""
    return ngettext(
        "{number} agenda is known for {years}.",
        "{number} agendas are known for {years}.",
        agendas,
        years=years,
    )


def no_gap_sentence(place: str, n_threats: int, n_years: int) -> str:
    """Return that none of the threats chosen is missing here, though discussed elsewhere."""
    if n_threats == 1:
        return ngettext(
            "This threat has not been absent from agendas for {place} for {number} year or longer "
            "while others discussed it.",
            "This threat has not been absent from agendas for {place} for {number} years or longer "
            "while others discussed it.",
            n_years,
            place=place,
        )
    return ngettext(
        "None of these threats has been absent from agendas for {place} for {number} year or "
        "longer while others discussed it.",
        "None of these threats has been absent from agendas for {place} for {number} years or "
        "longer while others discussed it.",
        n_years,
        place=place,
    )
