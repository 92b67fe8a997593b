"""The sentences of a brief: fixed templates around figures, none stronger than its figures."""

from collections.abc import Sequence

import pandas as pd

from threats.brief.figures import RECENT_YEARS, recent_period, recent_period_label
from threats.dataset.model import OSCE_WIDE
from threats.format import join, lower_name
from threats.stats.selection import Selected, filter_choices
from threats.stats.trends import MIN_MEETINGS
from threats.text.quantities import quantity, share_with_interval

# Names of regions that take an article within a sentence, by their last word.
_ENDINGS_WITH_ARTICLE = ("Caucasus", "Partners", "Balkans", "States", "area")
_MIN_MEETINGS = MIN_MEETINGS
# A sentence, and the ids of what it names.
SentenceWithIds = tuple[str, list[str]]


def regions_phrase(selected: Selected) -> str:
    """Return the regions chosen as they stand after "for", such as "Central Asia and the South
    Caucasus"."""
    names = filter_choices(selected.dataset)["region"]
    told = [
        "the OSCE area as a whole" if key == OSCE_WIDE else _add_article(names[key])
        for key in selected.selection.region
    ]
    return join(told) or "all regions"


def place_phrase(selected: Selected) -> str:
    """Return ``regions``, where they are several as "these regions"."""
    return "these regions" if len(selected.selection.region) > 1 else regions_phrase(selected)


def _add_article(name: str) -> str:
    return f"the {name}" if name.endswith(_ENDINGS_WITH_ARTICLE) else name


def brief_title(selected: Selected) -> str:
    """Return the title of a brief: its themes, by name where they are few, and its regions."""
    chosen, every = (
        selected.threats["short_name"].tolist(),
        len(selected.dataset["threat_categories"]),
    )
    if len(chosen) == every:
        themes = "All threats"
    elif len(chosen) > 3:
        groups = list(dict.fromkeys(selected.threats["group_name"]))
        themes = (
            groups[0] if selected.selection.group and len(groups) == 1 else f"{len(chosen)} threats"
        )
    else:
        themes = join([chosen[0], *map(lower_name, chosen[1:])])
    return f"{themes}: a brief for {regions_phrase(selected)}"


def join_limited(labels: Sequence[str], limit: int, rest: str = "more") -> str:
    """Return labels as a list in a sentence, of long ones the first and how many more."""
    left = len(labels) - limit
    return join([*labels[:limit], f"{left} {rest}"] if left > 0 else list(labels))


def meeting_count_sentence(selected: Selected) -> str:
    """Return how many meetings are known of, and of how many the agenda."""
    total, known = len(selected.meetings), selected.known
    first, last = selected.years
    years = f"{first}–{last}" if first < last else f"{first}"
    if not total:
        return f"No meeting for {place_phrase(selected)} is known of, {years}; that is no proof of none."
    are = "is" if total == 1 else "are"
    if known == total:
        agenda = "its agenda is known" if total == 1 else "the agenda of each is known"
    else:
        none = "its agenda is not known"
        agenda = none if total == 1 else f"the agenda of {known or 'none'} of them is known"
    of = f"{quantity(total, 'meeting')} for {place_phrase(selected)}"
    return f"{of} {are} known of, {years}; {agenda}."


def these_threats_phrase(selected: Selected) -> str:
    """Return how the themes chosen are spoken of together."""
    return "this theme" if len(selected.threats) == 1 else "these themes"


def one_threat_phrase(selected: Selected) -> str:
    """Return how at least one of the themes chosen is spoken of."""
    return "this theme" if len(selected.threats) == 1 else "one of these themes"


def threat_here_sentence(selected: Selected, row, name: str) -> str:
    """Return how often a theme, a row of ``figures.of_themes``, was on the agenda, since when and
    until when."""
    subject, where = _subject_phrase(name), place_phrase(selected)
    if not row.meetings:
        return f"{subject}: no agenda for {where} is known, so nothing can be told of it there."
    of = f"{quantity(row.meetings, 'meeting')} for {where}"
    if row.meetings < _MIN_MEETINGS:
        on = row.on_agenda or "none"
        return f"{subject}: on the agenda of {on} of {of}; too few to tell how often."
    if not row.on_agenda:
        return f"{subject}: on the agenda of none of {of} whose agenda is known."
    share = share_with_interval(row.on_agenda, row.meetings, row.low, row.high)
    share = share.replace(quantity(row.meetings, "meeting"), of, 1)
    return f"{subject}: on the agenda of {share}{_years_phrase(row)}."


def _years_phrase(row) -> str:
    if pd.isna(row.first):
        return ", without a date"
    undated = f" ({row.undated} without a date)" if row.undated else ""
    if row.first == row.last:
        return f", in {row.last}" if row.on_agenda == 1 else f", in {row.last} alone{undated}"
    return f", first in {row.first} and last in {row.last}{undated}"


def threat_all_regions_sentence(row, name: str) -> str:
    """Return how often a theme was on the agenda over all regions."""
    subject = f"{_subject_phrase(name)}, over all regions"
    if not row.whole_meetings:
        return f"{subject}: no agenda is known, so nothing can be told of it."
    if not row.whole_on:
        of = quantity(row.whole_meetings, "meeting")
        return f"{subject}: on the agenda of none of {of} whose agenda is known."
    share = share_with_interval(row.whole_on, row.whole_meetings, row.whole_low, row.whole_high)
    return f"{subject}: on the agenda of {share}."


def recent_attention_sentence(selected: Selected, row, name: str) -> str:
    """Return attention to a theme in the last years beside those before, without judging whether
    the two differ; nothing where the filter has no years before."""
    if recent_period(selected)[0] == selected.years[0]:
        return ""
    spans = (
        (f"in {recent_period_label(selected)}", row.recent_on, row.recent_meetings),
        ("before that", row.earlier_on, row.earlier_meetings),
    )
    told = join(
        [
            f"{when} on the agenda of {on or 'none'} of {quantity(total, 'meeting')}"
            + (" (too few to tell)" if total < _MIN_MEETINGS else "")
            if total
            else f"{when} no agenda is known"
            for when, on, total in spans
        ]
    )
    return f"{_subject_phrase(name)}: {told}."


def _subject_phrase(name: str) -> str:
    return _capitalize(lower_name(name))


def missing_threat_sentences(
    missing: pd.DataFrame,
    recent_agendas: int,
    selected: Selected,
    names: dict[str, str],
    limit: int,
) -> list[SentenceWithIds]:
    """Return what of ``figures.missing`` never was on the agenda here, and what no longer is, each
    sentence with the ids of the threats that it names; ``late`` is the number of known agendas of
    the last ``RECENT`` years."""
    known = selected.known
    if not selected.selection.region:
        return [
            (
                "No region was chosen, so there is no other to set it beside. Choose one to see "
                "what is missing from its agendas.",
                [],
            )
        ]
    if known < _MIN_MEETINGS:
        agendas = f"{quantity(known, 'agenda')} for {place_phrase(selected)}"
        few = f"What is missing cannot be told from {agendas}: too few."
        none = (
            f"No agenda for {place_phrase(selected)} is known, so what is missing cannot be told."
        )
        return [(few if known else none, [])]
    never, gone = missing[missing["last"].isna()], missing[missing["last"].notna()]
    told = []
    if len(never):
        labels = [
            f"{lower_name(names[r.threat_id])} ({_elsewhere_phrase(r)})" for r in never.itertuples()
        ]
        text = (
            f"On none of {quantity(known, 'known agenda')} for {place_phrase(selected)}, though on "
            f"agendas elsewhere: {join_limited(labels, limit)}."
        )
        told.append((text, never["threat_id"].tolist()[:limit]))
    if len(gone):
        labels = [
            f"{lower_name(names[r.threat_id])} (last in {r.last}; since then {_elsewhere_phrase(r)})"
            for r in gone.itertuples()
        ]
        since = recent_period_label(selected)
        text = (
            f"Off the agendas for {place_phrase(selected)} for {RECENT_YEARS} years or longer, though "
            f"on agendas elsewhere since: {join_limited(labels, limit)}. Known for {since} "
            f"{'is' if recent_agendas == 1 else 'are'} {quantity(recent_agendas, 'agenda')}"
            f"{', too few to tell' if recent_agendas < _MIN_MEETINGS else ''}."
        )
        told.append((text, gone["threat_id"].tolist()[:limit]))
    nothing = (
        f"No theme that was on agendas elsewhere is known to have been off those for "
        f"{place_phrase(selected)} for {RECENT_YEARS} years or longer."
    )
    return told or [(nothing, [])]


def _elsewhere_phrase(row) -> str:
    last = "in" if row.elsewhere == 1 else "the last in"
    return f"{quantity(row.elsewhere, 'meeting')} elsewhere, {last} {row.last_elsewhere}"


def response_sentences(
    table: pd.DataFrame, selected: Selected, names: dict[str, str], limit: int
) -> list[SentenceWithIds]:
    """Return which responses were dealt with in meetings on the themes here, and which only
    elsewhere, each sentence with the ids of the responses that it names."""
    n, whole = int(table["here_meetings"].iloc[0]), int(table["whole_meetings"].iloc[0])
    where, region = place_phrase(selected), bool(selected.selection.region)
    if not whole:
        return [
            (
                f"No meeting known of had {one_threat_phrase(selected)} on its agenda, so no response either.",
                [],
            )
        ]
    told, here = [], table[table["here"] > 0]
    of = f"{quantity(n, 'meeting')} for {where} with {one_threat_phrase(selected)}"
    if not n:
        nothing = f"No meeting for {where} had {one_threat_phrase(selected)} on its agenda"
        told.append((f"{nothing}, so no response there.", []))
    elif here.empty:
        told.append((f"No response is coded in {of}.", []))
    else:
        labels = [f"{lower_name(names[r.response_id])} ({r.here})" for r in here.itertuples()]
        ids = here["response_id"].tolist()[:limit]
        told.append((f"Dealt with in {of}: {join_limited(labels, limit)}.", ids))
    other = table[(table["here"] == 0) & (table["whole"] > 0)]
    if region and len(other):
        labels = [f"{lower_name(names[r.response_id])} ({r.whole})" for r in other.itertuples()]
        yet = "" if not n else "yet "
        text = (
            f"Not {yet}dealt with there, though in {quantity(whole, 'meeting')} with "
            f"{one_threat_phrase(selected)} over all regions: {join_limited(labels, limit)}."
        )
        told.append((text, other["response_id"].tolist()[:limit]))
        if 0 < n < _MIN_MEETINGS:
            few = "One meeting is" if n == 1 else f"{_capitalize(_number_word(n))} meetings are"
            told.append((f"{few} too few to take a response not dealt with for a gap.", []))
    return told


def organization_sentences(
    table: pd.DataFrame, total: int, selected: Selected, names: dict[str, str], limit: int
) -> list[SentenceWithIds]:
    """Return who took part in meetings on the themes, here (of which there are ``total``) and then
    elsewhere alone, each sentence with the ids of the organizations that it names."""
    if table.empty:
        nobody = "No organization is known to have taken part in a meeting"
        return [(f"{nobody} with {one_threat_phrase(selected)}.", [])]
    told, where, meetings = [], place_phrase(selected), quantity(total, "meeting")
    here, other = table[table["here"] > 0], table[table["here"] == 0]
    if len(here):
        labels = [f"{names[r.organization_id]} ({r.here})" for r in here.itertuples()]
        ids = here["organization_id"].tolist()[:limit]
        text = f"Took part in {meetings} for {where} with {one_threat_phrase(selected)}: {join_limited(labels, limit)}."
        told.append((text, ids))
    else:
        nobody = f"No organization is known from meetings for {where}"
        told.append((f"{nobody} with {one_threat_phrase(selected)}.", []))
    if selected.selection.region and len(other):
        labels = [f"{names[r.organization_id]} ({r.whole})" for r in other.itertuples()]
        ids = other["organization_id"].tolist()[:limit]
        told.append(
            (
                f"Only elsewhere on {these_threats_phrase(selected)}: {join_limited(labels, limit)}.",
                ids,
            )
        )
    return told


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]


def _number_word(number: int) -> str:
    return ("none", "one", "two", "three", "four")[number]
