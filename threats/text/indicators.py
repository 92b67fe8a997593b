"""Words of the page Agenda vs. data: statistics of other publishers next to attention."""

from threats.text.translate import N_, _, ngettext

PARTICIPATING_STATES = N_("the 57 participating States together")
WHOLE_AREA = N_("whole area")
NO_VALUE = N_("no value")
REGION_NOTES = {
    "osce_area": N_(
        "The statistic covers the 57 participating States, attention the meetings about the whole "
        "area."
    ),
    "all": N_(
        "The statistic covers the 57 participating States, attention all meetings of the filter."
    ),
}
GAP_METHOD_NOTE = N_(
    "A gap: the statistic rose by a tenth or more from its first to its last third of years, and "
    "attention did not. Not tested: leads, not findings."
)
TRAVEL_RULES_TITLE = N_("Travel rules, format of meetings and the pandemic as an item, by month")
INDICATOR_VALUE_LABEL = N_("{value} {unit}, {countries}")
INDICATOR_TITLE = N_("{threat}: attention and a related statistic")
INDICATOR_MEASURE = N_("{measure}; below: {name} ({unit}), {region}, by {publisher}")
TRAVEL_RULES_MEASURE = N_("{name} ({unit}), {region}, by {publisher}; number of meetings")
SOURCE_NOTE = N_("Source: {source_file} ({licence}).")
LICENCE_AS_RETRIEVED = N_("{licence}; the publisher's terms prevail")
GAP_STATISTIC_CELL = N_("{name} ({unit}); {countries}")
GAP_VALUES_CELL = N_("{early} ({early_years}), then {late} ({late_years})")
GAP_ATTENTION_CELL = N_("{early}, then {late}: {difference}, 95% interval {interval}")
NO_INDICATOR_SENTENCE = N_("No openly licensed statistic in these data is related to {threat}.")
DIRECTION_LABELS = {"higher": N_("Higher means worse"), "lower": N_("Lower means worse")}
FREQUENCY_LABELS = {
    "monthly": N_("monthly"),
    "yearly": N_("yearly"),
    "every two years": N_("every two years"),
}
INDICATOR_FACT_LABELS = {
    "name": N_("Statistic"),
    "unit": N_("Unit"),
    "definition": N_("What it counts"),
    "more_threat": N_("Direction"),
    "aggregation": N_("Combined by"),
    "coverage_years": N_("Years"),
    "publisher": N_("Publisher"),
    "licence": N_("Licence"),
    "caveats": N_("Limits"),
    "source_file": N_("Source"),
    "source_url": N_("Copy read at"),
}
RANK_CORRELATION_LABEL = N_("Rank correlation")
CHANGES_CORRELATION_LABEL = N_("The same of yearly changes")
INDICATOR_FACT_COLUMNS = [N_("Fact"), N_("Text")]
INDICATOR_COLUMNS = {
    "threat": N_("Threat"),
    "threat_id": "threat_id",
    "name": N_("Statistic"),
    "unit": N_("Unit"),
    "frequency": N_("Frequency"),
    "coverage_years": N_("Years"),
    "publisher": N_("Publisher"),
    "licence": N_("Licence"),
    "caveats": N_("Limits"),
    "source_file": N_("Source"),
    "source_url": N_("Copy read at"),
}
GAP_COLUMNS = {
    "threat": N_("Threat"),
    "threat_id": "threat_id",
    "region": N_("Region"),
    "statistic": N_("Statistic"),
    "values": N_("First and last third"),
    "attention": N_("Attention"),
    "gap": N_("Gap"),
    "view": N_("View"),
}
# How attention and a statistic rank the same years.
RANK_SENTENCES = {
    "constant": N_(
        "Over the {number} years with both ({first}–{last}), attention to {threat} or “{name}” "
        "({region}) never changed, so their ranks cannot be compared."
    ),
    "chance": N_(
        "Over the {number} years with both ({first}–{last}), the rank correlation of attention to "
        "{threat} and “{name}” ({region}) is not distinguishable from chance."
    ),
    "higher": N_(
        "Over the {number} years with both ({first}–{last}), years with more attention to {threat} "
        "tended to have a higher value of “{name}” ({region})."
    ),
    "lower": N_(
        "Over the {number} years with both ({first}–{last}), years with more attention to {threat} "
        "tended to have a lower value of “{name}” ({region})."
    ),
}
NO_INTERVAL_COMPLETE = N_("no interval if the ranks agree completely or not at all")
NO_INTERVAL_TIES = N_("no interval, as half of the values or more are equal")
NO_CHANGES_SENTENCE = N_("Too few changes from one year to the next to compare them as well.")
LOWER_IS_WORSE = N_("Here a lower value is worse.")
NO_CAUSE = N_("This does not show cause and effect.")


def countries_label(fewest: int, most: int | None = None) -> str:
    """Return the number of countries of a value, or from fewest to most."""
    if most not in (None, fewest):
        return _("{fewest} to {most} countries", fewest=fewest, most=most)
    return ngettext("{number} country", "{number} countries", fewest)


def dated_to_month_note(n_dated: int, n_inexact: int) -> str:
    """Return how many meetings are shown, and how many are known only by year."""
    return _(
        "{dated} {inexact}",
        dated=ngettext(
            "{number} meeting dated to a month is shown.",
            "{number} meetings dated to a month are shown.",
            n_dated,
        ),
        inexact=ngettext(
            "{number} meeting of these years is known only by year and not shown.",
            "{number} meetings of these years are known only by year and not shown.",
            n_inexact,
        ),
    )


def too_few_years_sentence(n_years: int, min_meetings: int, min_years: int, **pair: str) -> str:
    """Return that attention and a statistic have too few years in common; ``pair`` is ``threat``,
    ``name`` of the statistic and ``region``."""
    return ngettext(
        "Too few years to compare attention to {threat} with “{name}” ({region}): {number} year "
        "with a value and at least {min_meetings} meetings; {min_years} are needed.",
        "Too few years to compare attention to {threat} with “{name}” ({region}): {number} years "
        "with a value and at least {min_meetings} meetings; {min_years} are needed.",
        n_years,
        min_meetings=min_meetings,
        min_years=min_years,
        **pair,
    )


def tau_interval(low: str, high: str) -> str:
    """Return the interval of a rank correlation."""
    return _("95% interval {low} to {high}", low=low, high=high)


def tau_sentence(tau: str, interval: str, p_values: tuple[str, str], n_pairs: int) -> str:
    """Return the rank correlation with its interval or why it has none, and p before and after
    correction."""
    return ngettext(
        "Kendall's tau-b is {tau} ({interval}; p {p}, and {p_adjusted} after correction over the "
        "{number} pair of threat and statistic that can be tested here).",
        "Kendall's tau-b is {tau} ({interval}; p {p}, and {p_adjusted} after correction over the "
        "{number} pairs of threat and statistic that can be tested here).",
        n_pairs,
        tau=tau,
        interval=interval,
        p=p_values[0],
        p_adjusted=p_values[1],
    )


def tau_of_changes_sentence(
    tau: str, interval: str, p_values: tuple[str, str], n_changes: int, significant: bool
) -> str:
    """Return the rank correlation of the changes from one year to the next."""
    figures = ngettext(
        "{tau} ({number} change, {interval}; p {p}, and {p_adjusted} after correction)",
        "{tau} ({number} changes, {interval}; p {p}, and {p_adjusted} after correction)",
        n_changes,
        tau=tau,
        interval=interval,
        p=p_values[0],
        p_adjusted=p_values[1],
    )
    if significant:
        return _("For changes from one year to the next tau-b is {figures}.", figures=figures)
    return _(
        "For changes from one year to the next tau-b is {figures}: not distinguishable from "
        "chance.",
        figures=figures,
    )


def no_comparison_sentence(n_few: int, min_meetings: int) -> str:
    """Return that no gap can be found, because meetings or years are too few."""
    if not n_few:
        return _("No threat and region here has a statistic for enough years to compare its ends.")
    return ngettext(
        "Nothing can be compared: {number} pair of threat and region has a statistic for enough "
        "years, but fewer than {min_meetings} meetings at one end.",
        "Nothing can be compared: {number} pairs of threat and region have a statistic for enough "
        "years, but fewer than {min_meetings} meetings at one end.",
        n_few,
        min_meetings=min_meetings,
    )


def gaps_found_sentence(n_compared: int, n_gaps: int, n_sure: int) -> str:
    """Return how many gaps there are, and how many falls are distinguishable from no change."""
    compared = ngettext(
        "Of {number} pair of threat and region that can be compared, {gaps} shows a rise of the "
        "statistic while attention fell or stayed absent.",
        "Of {number} pairs of threat and region that can be compared, {gaps} show a rise of the "
        "statistic while attention fell or stayed absent.",
        n_compared,
        gaps=n_gaps or _("none"),
    )
    if not n_gaps:
        return compared
    return _(
        "{compared} In {sure} of these the 95% interval of the fall excludes zero.",
        compared=compared,
        sure=n_sure,
    )
