"""Labels of values for which the dataset has no table."""

from threats.text.translate import N_

PANDEMIC_PHRASE = N_("the pandemic")
UNKNOWN_DATE = N_("date unknown")


# What a source says of a threat and the pandemic.
PANDEMIC_LINK_LABELS = {
    "driven": N_("caused or worsened by the pandemic"),
    "response": N_("other link"),
    "context": N_("only the background"),
}
# Which mentions of a threat count, in the subtitle of a chart and as a predicate of a sentence.
ROLE_LABELS = {
    "agenda": N_("on the agenda"),
    "focus": N_("main subject"),
    "any": N_("mentioned anywhere"),
}
ROLE_PHRASES = {
    "agenda": N_("on the agenda"),
    "focus": N_("the main subject"),
    "any": N_("mentioned"),
}
RELIABILITY_BANDS = {
    "reliable": N_("reliable"),
    "tentative": N_("tentative"),
    "unreliable": N_("unreliable"),
    "too_few": N_("too few to judge"),
}
CERTAINTY_LABELS = {
    "sure": N_("Sure"),
    "inferred": N_("Inferred"),
    "conflict": N_("Readings or sources in conflict"),
}
ERA_LABELS = {
    "before": N_("before the pandemic period"),
    "during": N_("in the pandemic period"),
    "after": N_("after the pandemic period"),
}
# The periods in one sentence, in this order.
ERA_PHRASES = {
    "before": N_("before the pandemic period"),
    "during": N_("during it"),
    "after": N_("after it"),
}
MEETING_FORMAT_LABELS = {
    "in_person": N_("in person"),
    "hybrid": N_("hybrid"),
    "online": N_("online"),
    "unknown": N_("format not stated"),
}
