"""Words of the page Regions."""

from threats.format import lower_name
from threats.text.translate import N_, _, ngettext

HOSTING_TITLE = N_("Meetings hosted by each country")
HOSTING_MEASURE = N_("number of meetings held in the country")
ATTENTION_MEASURE = N_("share of meetings")
TILE_MAP_NOTE = N_("Outlined: Partners for Co-operation. A click filters by region.")
TILE_COLUMNS = {"country": N_("Country"), "region_name": N_("Region"), "figure": N_("Figure")}
REGIONS_BY_THREAT_TITLE = N_("How each region differs from the OSCE average")
REGION_COUNTS_NOTE = N_("In brackets: known agendas. A meeting for several regions counts in each.")
ALL_REGIONS_PHRASE = N_("all regions shown")
REGIONAL_SESSION_COLUMNS = {
    "region_name": N_("Region"),
    "date": N_("Date"),
    "topic": N_("Topic"),
    "title": N_("Meeting"),
    "meeting_id": "meeting_id",
    "source_url": N_("Source"),
}


def tile_map_title(threat: str) -> str:
    """Return the title of the map of attention to a threat."""
    return _("Share of meetings on {threat}, by region", threat=lower_name(threat))


def hosted_label(n_meetings: int) -> str:
    """Return how many meetings a country hosted."""
    return ngettext("{number} meeting hosted", "{number} meetings hosted", n_meetings)


def percent_measure(role: str) -> str:
    """Return what the numbers in the cells are."""
    return _("share of meetings in percent ({role})", role=role)


def difference_label(figure: str, difference: str) -> str:
    """Return a share and its difference from the share over all regions."""
    return _(
        "{figure}\n{difference} from the share over all regions",
        figure=figure,
        difference=difference,
    )


def there_phrase(predicate: str) -> str:
    """Return a predicate such as "on the agenda", said of the meetings of one region."""
    return _("{predicate} there", predicate=predicate)


def trend_by_region_title(threat: str) -> str:
    """Return the title of the trends of a threat, one region a panel."""
    return _("{threat}: trend in each region", threat=threat)
