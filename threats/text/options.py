"""Labels and help of the options of the pages."""

from threats.format import format_partial_date
from threats.text.translate import N_, _

OPTION_LABELS = {
    "all": N_("Show all threats"),
    "measure": N_("Show"),
    "role": N_("Count a threat if it was"),
    "compare": N_("Compare up to 6 threats"),
    "colour": N_("Colour the map by"),
    "theme": N_("Threat"),
    "compare_by": N_("Compare side by side"),
    "values": N_("Compared"),
    "indicator": N_("Related statistic"),
    "eras": N_("Pandemic period"),
    "era_start": N_("From"),
    "era_end": N_("to"),
    "then": N_("Then: the earlier years"),
    "now": N_("Now: the later years"),
    "later": N_("Compare before with"),
    "make_up": N_("Break down periods by"),
    "no_pandemic": N_("Exclude the pandemic itself as a threat"),
    "same_series": N_("Only series with meetings in all three periods"),
    "pandemic_search": N_("Include meetings that only the search for pandemic words found"),
    "country": N_("Country"),
}
OPTION_HELP = {
    "measure": N_(
        "At a fixed mix every year has the same mix of meeting series and regions, so years "
        "compare like with like. The plain share depends on which meetings were found."
    ),
    "role": N_(
        "On the agenda: the main subject or one of the items discussed. The main subject: in the "
        "title or stated aim. Mentioned anywhere: also passing mentions."
    ),
    "compare": N_("If you choose none, the chart shows six of the most frequent threats."),
    "colour": N_(
        "Attention: the share of a region's meetings with the threat on their agenda. Hosted: how "
        "many meetings the country hosted."
    ),
    "compare_by": N_("Each has its own meetings. Their number follows its name."),
    "values": N_(
        "Two to four, or up to twelve Chairpersonships. Type a period, such as 2012-2016."
    ),
    "indicator": N_(
        "Statistics of other publishers on this threat. Those that cover the years best come first."
    ),
    "eras": N_(
        "WHO's emergency includes 14 months of war in Ukraine, so by default the period ends at "
        "the invasion."
    ),
    "later": N_("The period to compare with the time before the pandemic period."),
    "no_pandemic": N_("The pandemic itself is no surprise on agendas; this shows the rest."),
    "same_series": N_(
        "Some yearly series stop in the data, so a later period can lack their subjects."
    ),
    "pandemic_search": N_(
        "We found these meetings because of the pandemic, so they make it look more frequent than "
        "it was."
    ),
}
# The values of a choice; the first is the default.
OPTION_VALUES = {
    "measure": {
        "mix": N_("Share at a fixed mix of meetings"),
        "share": N_("Share of meetings"),
        "count": N_("Number of meetings"),
    },
    "role": {
        "agenda": N_("On the agenda"),
        "focus": N_("The main subject"),
        "any": N_("Mentioned anywhere"),
    },
    "colour": {"share": N_("Attention to a threat"), "count": N_("Meetings hosted")},
    "compare_by": {
        "region": N_("Regions"),
        "family": N_("Families of meetings"),
        "series": N_("Series"),
        "chair": N_("Chairpersonships"),
        "period": N_("Periods"),
    },
    "eras": {
        "invasion": N_("WHO's alarm to the invasion of Ukraine"),
        "who": N_("WHO's emergency"),
        "called": N_("From “pandemic” to the invasion of Ukraine"),
        "own": N_("Other dates"),
    },
    "later": {"after": N_("After the pandemic period"), "during": N_("In the pandemic period")},
    "make_up": {"series": N_("Series"), "scope": N_("Region")},
    "no_pandemic": {"yes": N_("yes"), "no": N_("no")},
    "same_series": {"yes": N_("yes"), "no": N_("no")},
    "pandemic_search": {"yes": N_("yes"), "no": N_("no")},
}


def period_label(name: str, start: str, end: str) -> str:
    """Return the name of a period with its first and last day, given as ISO dates."""
    days = {"start": format_partial_date(start), "end": format_partial_date(end)}
    return _("{name}: {start} to {end}", name=name, **days)
