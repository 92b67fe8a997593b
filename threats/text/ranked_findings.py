"""The strongest findings in words, each with its strength."""

import datetime as dt
from collections.abc import Sequence

from threats.format import capital_first, format_number, format_partial_date, join, percent
from threats.text.quantities import count_of, percentage_points_range
from threats.text.translate import N_, _, ngettext

STRENGTH_LABELS = {
    "strong": N_("strong"),
    "moderate": N_("moderate"),
    "weak": N_("weak"),
}
THREAT_PAGE_LABEL = N_("All on this threat")
STRENGTH_NOTE = N_(
    "Strong: clear however meetings are counted; moderate: clear in most ways. These figures count "
    "what was discussed, not how serious a threat was."
)
FINDING_LABELS = {
    "show": N_("See it"),
    "copy": N_("Copy sentence"),
    "copied": N_("Copied"),
    "text": N_("Sentence with its source"),
}
SINCE_LABEL = N_("since")
CONFLICT_HEADLINE = N_("War, not the pandemic, put armed conflict on agendas")
BEFORE_PANDEMIC_LABEL = N_("before the pandemic")
SINCE_INVASION_LABEL = N_("since 24 February 2022")
SERIES_HEADLINE = N_("Which meeting it is says more than when it is")
BY_SERIES_LABEL = N_("explained by series")
BY_YEAR_LABEL = N_("explained by year")
ONLINE_HEADLINE = N_("Online meetings were an interlude")
ONLINE_LABELS = (N_("to 2019"), N_("2020 and 2021"), N_("from 2023"))
LEADER_LABELS = (N_("{name}, all meetings"), N_("{name}, border meetings"))
MAX_LEADERS = 3


def strength_label(strength: str) -> str:
    """Return how strong a finding is."""
    return _("{strength} evidence", strength=_(STRENGTH_LABELS[strength]))


def finding_basis(n_meetings: Sequence[int]) -> str:
    """Return the numbers of meetings behind a finding."""
    return _("n = {numbers}", numbers=join([format_number(n) for n in n_meetings]))


def sourced_sentence(sentence: str, title: str, version: str, address: str) -> str:
    """Return a sentence to copy, with its source."""
    return _(
        "{sentence} Source: {title}, data version {version}, {address}",
        sentence=sentence,
        title=title,
        version=version,
        address=address,
    )


def until_label(day: dt.date) -> str:
    """Return the label of the time until a day."""
    return _("until {day}", day=format_partial_date(day.isoformat()))


def pandemic_left_headline(months: int) -> str:
    """Return how long before the end of the emergency the pandemic was last on an agenda."""
    return ngettext(
        "The pandemic left agendas {number} month before WHO ended the emergency",
        "The pandemic left agendas {number} months before WHO ended the emergency",
        months,
    )


def ranked_sentence(sentence: str, strength: str) -> str:
    """Return a finding with its strength."""
    return _("{sentence} ({strength})", sentence=sentence, strength=_(STRENGTH_LABELS[strength]))


def pandemic_left_sentence(
    n_on: int, n_until: int, last: dt.date, n_since: int, months: int
) -> str:
    """Return when the pandemic was last on an agenda, and how long before the emergency ended."""
    return _(
        "The pandemic left the agenda {months} before WHO ended the emergency: {until} until "
        "{last}, {since} since.",
        months=ngettext("{number} month", "{number} months", months),
        until=count_of(n_on, n_until),
        last=format_partial_date(last.isoformat()),
        since=ngettext("none of {number} meeting", "none of {number} meetings", n_since),
    )


def conflict_after_invasion_sentence(
    early_on: int, early: int, late_on: int, late: int, preset: str
) -> str:
    """Return that armed conflict rose after the invasion of Ukraine."""
    return _(
        "Armed conflict came onto agendas with the invasion of Ukraine, not with the pandemic: "
        "{early} before the pandemic, {late} since 24 February 2022.",
        early=count_of(early_on, early),
        late=count_of(late_on, late),
        preset=preset,
    )


def largest_change_texts(
    name: str,
    at_borders: bool,
    earlier: float,
    later: float,
    low: float,
    high: float,
    spans: tuple[str, str],
) -> tuple[str, str]:
    """Return the largest rise or fall between two spans of years, as a headline and in full."""
    values = {
        "name": name,
        "early": percent(earlier),
        "late": percent(later),
        "band": percentage_points_range(low, high),
        "then": spans[0],
        "now": spans[1],
    }
    if later > earlier:
        headline = _("attention to {name} rose from {early} to {late}", **values)
        text = _(
            "attention to {name} rose at a fixed mix from {early} ({then}) to {late} ({now}), 90% "
            "band {band} points.",
            **values,
        )
    else:
        headline = _("attention to {name} fell from {early} to {late}", **values)
        text = _(
            "attention to {name} fell at a fixed mix from {early} ({then}) to {late} ({now}), 90% "
            "band {band} points.",
            **values,
        )
    if at_borders:
        border = N_("At border meetings {text}")
        return _(border, text=headline), _(border, text=text)
    return capital_first(headline), capital_first(text)


def series_matter_sentence(by_series: float, by_year: float) -> str:
    """Return that the series of a meeting says more about its agenda than its year."""
    return _(
        "Which meeting it is tells far more than when it is: its series explains {series} of what "
        "is on agendas, its year {year}.",
        series=percent(by_series),
        year=percent(by_year),
    )


def online_interlude_sentence(counts: Sequence[tuple[int, int]]) -> str:
    """Return the numbers of online or hybrid meetings to 2019, in 2020 and 2021, and from 2023."""
    before, during, since = (count_of(*pair) for pair in counts)
    return _(
        "Online was an interlude: online or hybrid were {before} to 2019, {during} in 2020 and "
        "2021, {since} from 2023, where the format is known.",
        before=before,
        during=during,
        since=since,
    )


def leaders_differ_sentence(overall: Sequence[str], border: Sequence[str]) -> str:
    """Return which threats lead over all meetings and which at border meetings."""
    first = ngettext(
        "across all meetings {threats} leads",
        "across all meetings {threats} lead",
        len(overall),
        threats=join(list(overall)),
    )
    if len(border) > MAX_LEADERS:
        return _("No threat leads at border meetings; {first}.", first=first)
    second = ngettext(
        "At border meetings {threats} leads",
        "At border meetings {threats} lead",
        len(border),
        threats=join(list(border)),
    )
    return _("{second}; {first}.", second=second, first=first)
