"""The sentences of a brief: fixed templates around figures, none stronger than its figures."""

from collections.abc import Sequence

import pandas as pd

from threats import measures, words
from threats.brief import figures
from threats.selection import OSCE_WIDE, Selected, options

# Names of regions that take an article within a sentence, by their last word.
_WITH_ARTICLE = ("Caucasus", "Partners", "Balkans", "States", "area")
FEWEST = measures.FEWEST
# A sentence, and the ids of what it names.
Told = tuple[str, list[str]]


def regions(selected: Selected) -> str:
    """Return the regions chosen as they stand after "for", such as "Central Asia and the South
    Caucasus"."""
    names = options(selected.dataset)["region"]
    told = [
        "the OSCE area as a whole" if key == OSCE_WIDE else _article(names[key])
        for key in selected.selection.region
    ]
    return words.listed(told) or "all regions"


def place(selected: Selected) -> str:
    """Return ``regions``, where they are several as "these regions"."""
    return "these regions" if len(selected.selection.region) > 1 else regions(selected)


def _article(name: str) -> str:
    return f"the {name}" if name.endswith(_WITH_ARTICLE) else name


def title(selected: Selected) -> str:
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
        themes = words.listed([chosen[0], *map(words.inside, chosen[1:])])
    return f"{themes}: a brief for {regions(selected)}"


def among(labels: Sequence[str], most: int, rest: str = "more") -> str:
    """Return labels as a list in a sentence, of long ones the first and how many more."""
    left = len(labels) - most
    return words.listed([*labels[:most], f"{left} {rest}"] if left > 0 else list(labels))


def basis(selected: Selected) -> str:
    """Return how many meetings are known of, and of how many the agenda."""
    total, known = len(selected.meetings), selected.known
    first, last = selected.years
    years = f"{first}–{last}" if first < last else f"{first}"
    if not total:
        return f"No meeting for {place(selected)} is known of, {years}; that is no proof of none."
    are = "is" if total == 1 else "are"
    if known == total:
        agenda = "its agenda is known" if total == 1 else "the agenda of each is known"
    else:
        none = "its agenda is not known"
        agenda = none if total == 1 else f"the agenda of {known or 'none'} of them is known"
    of = f"{words.counted(total, 'meeting')} for {place(selected)}"
    return f"{of} {are} known of, {years}; {agenda}."


def these(selected: Selected) -> str:
    """Return how the themes chosen are spoken of together."""
    return "this theme" if len(selected.threats) == 1 else "these themes"


def one_of(selected: Selected) -> str:
    """Return how at least one of the themes chosen is spoken of."""
    return "this theme" if len(selected.threats) == 1 else "one of these themes"


def theme_here(selected: Selected, row, name: str) -> str:
    """Return how often a theme, a row of ``figures.of_themes``, was on the agenda, since when and
    until when."""
    subject, where = _subject(name), place(selected)
    if not row.meetings:
        return f"{subject}: no agenda for {where} is known, so nothing can be told of it there."
    of = f"{words.counted(row.meetings, 'meeting')} for {where}"
    if row.meetings < FEWEST:
        on = row.on_agenda or "none"
        return f"{subject}: on the agenda of {on} of {of}; too few to tell how often."
    if not row.on_agenda:
        return f"{subject}: on the agenda of none of {of} whose agenda is known."
    share = words.share(row.on_agenda, row.meetings, row.low, row.high)
    share = share.replace(words.counted(row.meetings, "meeting"), of, 1)
    return f"{subject}: on the agenda of {share}{_when(row)}."


def _when(row) -> str:
    if pd.isna(row.first):
        return ", without a date"
    undated = f" ({row.undated} without a date)" if row.undated else ""
    if row.first == row.last:
        return f", in {row.last}" if row.on_agenda == 1 else f", in {row.last} alone{undated}"
    return f", first in {row.first} and last in {row.last}{undated}"


def theme_everywhere(row, name: str) -> str:
    """Return how often a theme was on the agenda over all regions."""
    subject = f"{_subject(name)}, over all regions"
    if not row.whole_meetings:
        return f"{subject}: no agenda is known, so nothing can be told of it."
    if not row.whole_on:
        of = words.counted(row.whole_meetings, "meeting")
        return f"{subject}: on the agenda of none of {of} whose agenda is known."
    share = words.share(row.whole_on, row.whole_meetings, row.whole_low, row.whole_high)
    return f"{subject}: on the agenda of {share}."


def recent(selected: Selected, row, name: str) -> str:
    """Return attention to a theme in the last years beside those before, without judging whether
    the two differ; nothing where the filter has no years before."""
    if figures.recent(selected)[0] == selected.years[0]:
        return ""
    spans = (
        (f"in {figures.recent_in_words(selected)}", row.recent_on, row.recent_meetings),
        ("before that", row.earlier_on, row.earlier_meetings),
    )
    told = words.listed(
        [
            f"{when} on the agenda of {on or 'none'} of {words.counted(total, 'meeting')}"
            + (" (too few to tell)" if total < FEWEST else "")
            if total
            else f"{when} no agenda is known"
            for when, on, total in spans
        ]
    )
    return f"{_subject(name)}: {told}."


def _subject(name: str) -> str:
    return _capital(words.inside(name))


def absent(
    found: pd.DataFrame, late: int, selected: Selected, names: dict[str, str], most: int
) -> list[Told]:
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
    if known < FEWEST:
        agendas = f"{words.counted(known, 'agenda')} for {place(selected)}"
        few = f"What is missing cannot be told from {agendas}: too few."
        none = f"No agenda for {place(selected)} is known, so what is missing cannot be told."
        return [(few if known else none, [])]
    never, gone = found[found["last"].isna()], found[found["last"].notna()]
    told = []
    if len(never):
        labels = [
            f"{words.inside(names[r.threat_id])} ({_elsewhere(r)})" for r in never.itertuples()
        ]
        text = (
            f"On none of {words.counted(known, 'known agenda')} for {place(selected)}, though on "
            f"agendas elsewhere: {among(labels, most)}."
        )
        told.append((text, never["threat_id"].tolist()[:most]))
    if len(gone):
        labels = [
            f"{words.inside(names[r.threat_id])} (last in {r.last}; since then {_elsewhere(r)})"
            for r in gone.itertuples()
        ]
        since = figures.recent_in_words(selected)
        text = (
            f"Off the agendas for {place(selected)} for {figures.RECENT} years or longer, though "
            f"on agendas elsewhere since: {among(labels, most)}. Known for {since} "
            f"{'is' if late == 1 else 'are'} {words.counted(late, 'agenda')}"
            f"{', too few to tell' if late < FEWEST else ''}."
        )
        told.append((text, gone["threat_id"].tolist()[:most]))
    nothing = (
        f"No theme that was on agendas elsewhere is known to have been off those for "
        f"{place(selected)} for {figures.RECENT} years or longer."
    )
    return told or [(nothing, [])]


def _elsewhere(row) -> str:
    last = "in" if row.elsewhere == 1 else "the last in"
    return f"{words.counted(row.elsewhere, 'meeting')} elsewhere, {last} {row.last_elsewhere}"


def responses(
    table: pd.DataFrame, selected: Selected, names: dict[str, str], most: int
) -> list[Told]:
    """Return which responses were dealt with in meetings on the themes here, and which only
    elsewhere, each sentence with the ids of the responses that it names."""
    n, whole = int(table["here_meetings"].iloc[0]), int(table["whole_meetings"].iloc[0])
    where, region = place(selected), bool(selected.selection.region)
    if not whole:
        return [
            (
                f"No meeting known of had {one_of(selected)} on its agenda, so no response either.",
                [],
            )
        ]
    told, here = [], table[table["here"] > 0]
    of = f"{words.counted(n, 'meeting')} for {where} with {one_of(selected)}"
    if not n:
        nothing = f"No meeting for {where} had {one_of(selected)} on its agenda"
        told.append((f"{nothing}, so no response there.", []))
    elif here.empty:
        told.append((f"No response is coded in {of}.", []))
    else:
        labels = [f"{words.inside(names[r.response_id])} ({r.here})" for r in here.itertuples()]
        ids = here["response_id"].tolist()[:most]
        told.append((f"Dealt with in {of}: {among(labels, most)}.", ids))
    other = table[(table["here"] == 0) & (table["whole"] > 0)]
    if region and len(other):
        labels = [f"{words.inside(names[r.response_id])} ({r.whole})" for r in other.itertuples()]
        yet = "" if not n else "yet "
        text = (
            f"Not {yet}dealt with there, though in {words.counted(whole, 'meeting')} with "
            f"{one_of(selected)} over all regions: {among(labels, most)}."
        )
        told.append((text, other["response_id"].tolist()[:most]))
        if 0 < n < FEWEST:
            few = "One meeting is" if n == 1 else f"{_capital(_number(n))} meetings are"
            told.append((f"{few} too few to take a response not dealt with for a gap.", []))
    return told


def organizations(
    table: pd.DataFrame, total: int, selected: Selected, names: dict[str, str], most: int
) -> list[Told]:
    """Return who took part in meetings on the themes, here (of which there are ``total``) and then
    elsewhere alone, each sentence with the ids of the organizations that it names."""
    if table.empty:
        nobody = "No organization is known to have taken part in a meeting"
        return [(f"{nobody} with {one_of(selected)}.", [])]
    told, where, meetings = [], place(selected), words.counted(total, "meeting")
    here, other = table[table["here"] > 0], table[table["here"] == 0]
    if len(here):
        labels = [f"{names[r.organization_id]} ({r.here})" for r in here.itertuples()]
        ids = here["organization_id"].tolist()[:most]
        text = (
            f"Took part in {meetings} for {where} with {one_of(selected)}: {among(labels, most)}."
        )
        told.append((text, ids))
    else:
        nobody = f"No organization is known from meetings for {where}"
        told.append((f"{nobody} with {one_of(selected)}.", []))
    if selected.selection.region and len(other):
        labels = [f"{names[r.organization_id]} ({r.whole})" for r in other.itertuples()]
        ids = other["organization_id"].tolist()[:most]
        told.append((f"Only elsewhere on {these(selected)}: {among(labels, most)}.", ids))
    return told


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _number(number: int) -> str:
    return ("none", "one", "two", "three", "four")[number]
