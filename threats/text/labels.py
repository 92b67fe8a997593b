"""Labels of what has no table of its own in the dataset."""

from threats.text.translate import N_

PANDEMIC_PHRASE = N_("the pandemic")
UNKNOWN_DATE = N_("date unknown")

PANDEMIC_LINK_LABELS = {
    "driven": "caused or worsened by the pandemic",
    "response": "met in another way",
    "context": "pandemic as setting",
}
# What counts as having a threat on the agenda, by the name it has in an address.
ROLE_LABELS = {"agenda": "focus or discussed", "focus": "main subject", "any": "any mention"}
RELIABILITY_BANDS = {
    "reliable": "reliable",
    "tentative": "tentative",
    "unreliable": "unreliable",
    "too_few": "too few to judge",
}
# How certain a code is, as labels of the filter; in words it goes before "codes".
CERTAINTY_LABELS = {
    "sure": "Sure",
    "inferred": "Inferred",
    "conflict": "Readings or sources in conflict",
}
ERA_LABELS = {"before": "before the emergency", "during": "during it", "after": "after it"}

ROLE_PHRASES = {
    "agenda": N_("on the agenda"),
    "focus": N_("the main subject"),
    "any": N_("mentioned"),
}

MEETING_FORMAT_LABELS = {
    "in_person": "in person",
    "online": "online",
    "hybrid": "in person and online",
}
