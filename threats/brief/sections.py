"""The sections of a brief by subject: each returns its sentences, with the sources numbered as they
come."""

import pandas as pd

from threats import cache, coverage, findings, measures, precedents, reality
from threats import words as said
from threats.brief import figures, words
from threats.brief.parts import (
    FEW_NAMES,
    FEW_PRECEDENTS,
    MANY,
    Numbers,
    Statement,
    cite,
    number,
)
from threats.selection import Selected, of_all_threats
from threats.views import measured
from threats.views.base import ATTENTION_NOTE, DOUBT_NOTE, cautions, doubt_notes
from threats.views.coverage import told as gathered
from threats.views.precedents import LABELS


def themes(selected: Selected, numbers: Numbers, most: int = MANY) -> list[Statement]:
    """Return how often each theme was on the agenda, here and over all regions."""
    everywhere, names = figures.everywhere(selected), figures.labels(selected)
    table = figures.of_themes(selected)
    told = []
    for row in table.head(most).itertuples():
        name = names[row.threat_id]
        here = cite(numbers, figures.behind(selected, row.threat_id))
        told.append(Statement(words.theme_here(selected, row, name), here))
        if selected.selection.region:
            rows = cite(numbers, figures.behind(everywhere, row.threat_id))
            told.append(Statement(words.theme_everywhere(row, name), rows))
    return told + _more(len(table) - most)


def _more(left: int) -> list[Statement]:
    verb = "stands" if left == 1 else "stand"
    more = said.counted(left, "more theme")
    return [Statement(f"{more} {verb} in annex B.")] if left > 0 else []


def precedent_statements(selected: Selected, numbers: Numbers) -> list[Statement]:
    """Return how many precedents there are, and where."""
    table = precedents.ranked(selected)
    if table.empty:
        return [
            Statement(
                f"No meeting known of, in any region, had {words.one_of(selected)} on its agenda."
            )
        ]
    total, here = len(table), int(table["here"].sum())
    verb = "has" if total == 1 else "have"
    told = (
        f"{said.counted(total, 'meeting')} with a known agenda {verb} had "
        f"{words.one_of(selected)} on it"
    )
    if selected.selection.region:
        told += f", {here or 'none'} of them for {words.place(selected)}"
    shown = min(FEW_PRECEDENTS, total)
    rest = f" The nearest {shown} follow, more in annex A." if total > shown else ""
    return [Statement(f"{told}.{rest}", cite(numbers, figures.precedent_rows(selected)))]


def ranking_rules() -> list[Statement]:
    """Return how precedents are ranked, with the weight of each part."""
    whole = sum(precedents.WEIGHTS.values())
    told = [
        f"A meeting gets up to {whole} points; the more, the nearer. Of those with the same points "
        "the newer comes first."
    ]
    for name, most in precedents.WEIGHTS.items():
        told.append(f"{LABELS[name]}, up to {most} points: {precedents.RULES[name]}.")
    return [Statement(text) for text in told]


def movement(selected: Selected, numbers: Numbers, most: int = MANY) -> list[Statement]:
    """Return attention in the last years beside those before, and what changed since COVID-19."""
    names, table, told = figures.labels(selected), figures.of_themes(selected), []
    for row in table.head(most).itertuples():
        text = words.recent(selected, row, names[row.threat_id])
        if text:
            told.append(Statement(text, cite(numbers, figures.behind(selected, row.threat_id))))
    told += _more(len(table) - most)
    if selected.meetings.empty:
        return [
            Statement(
                f"No meeting for {words.place(selected)} is known of, so how attention moved there "
                "cannot be told."
            )
        ]
    eras = cache.with_eras(selected, *selected.dataset.era_bounds())
    behind = pd.concat([figures.behind(selected, row.threat_id) for row in table.itertuples()])
    every = cite(numbers, behind)
    era_told = findings.changed(eras) if most < MANY else findings.covid(eras)
    return told + [Statement(text, every) for text in era_told]


def missing(selected: Selected, numbers: Numbers, most: int = MANY) -> list[Statement]:
    """Return what has not been on the agenda for long or ever, though it was elsewhere."""
    found = figures.missing(selected)
    meetings = selected.meetings[selected.meetings["known"]]
    late = int((meetings["year"] >= figures.recent(selected)[0]).sum())
    last = dict(zip(found["threat_id"], found["last"], strict=True))
    everywhere = figures.everywhere(of_all_threats(selected))
    told = []
    for text, threats in words.absent(found, late, selected, figures.labels(selected), most):
        rows = [figures.since(everywhere, threat, last[threat]) for threat in threats]
        told.append(Statement(text, cite(numbers, pd.concat(rows)) if rows else ()))
    return told


def responses(selected: Selected, numbers: Numbers, most: int = MANY) -> list[Statement]:
    """Return which responses were dealt with here, and which only elsewhere."""
    names = selected.dataset.names("responses", "label")
    told = words.responses(figures.responses(selected), selected, names, most)
    rows = (
        figures.response_mentions(selected),
        figures.response_mentions(figures.everywhere(selected)),
    )
    return [_citing(numbers, text, ids, "response_id", *rows) for text, ids in told]


def _citing(
    numbers: Numbers, text: str, ids: list[str], column: str, own: pd.DataFrame, whole: pd.DataFrame
) -> Statement:
    """Return a sentence with the sources of the rows of some ids: the own rows, else the whole."""
    rows = own[own[column].isin(ids)]
    return Statement(text, cite(numbers, rows if len(rows) else whole[whole[column].isin(ids)]))


def organizations(selected: Selected, numbers: Numbers, most: int = MANY) -> list[Statement]:
    """Return who took part in meetings on the themes."""
    names = selected.dataset.names("organizations")
    table, total = figures.organizations(selected), len(figures.on_themes(selected))
    told = words.organizations(table, total, selected, names, most)
    rows = (
        figures.taking_part(selected),
        figures.taking_part(figures.everywhere(selected)),
    )
    return [_citing(numbers, text, ids, "organization_id", *rows) for text, ids in told]


def measures_known(selected: Selected, numbers: Numbers, most: int = MANY) -> list[Statement]:
    """Return the latest measured figure beside each theme, and the earliest."""
    names, where = figures.labels(selected), measured.place_in_words(selected)
    told, without = [], []
    for threat in figures.of_themes(selected)["threat_id"]:
        key = figures.indicator_of(selected, threat)
        if not key:
            without.append(said.inside(names[threat]))
            continue
        row, values = measured.row_of(selected, key), reality.rows_of(selected, key)
        first, last = values.iloc[0], values.iloc[-1]
        text = (
            f"Beside {said.inside(names[threat])} stands “{row['name']}” ({where}), by "
            f"{row['publisher']}: {measured.number(last['value'])} {row['unit']} in "
            f"{last['period']} ({measured.countries_in_words(int(last['n_countries']))})"
        )
        if len(values) > 1:
            text += (
                f", after {measured.number(first['value'])} in {first['period']} "
                f"({measured.countries_in_words(int(first['n_countries']))})"
            )
        sources = number(numbers, [(key, row["source_url"])])
        told.append(Statement(text + ".", sources))
    left, told = len(told) - most, told[:most]
    if left > 0:
        told.append(Statement(f"{said.counted(left, 'more figure').capitalize()} in annex F."))
    if without:
        of = words.among(without, FEW_NAMES if most < MANY else MANY)
        told.append(Statement(f"No openly licensed figure is known here beside {of} ({where})."))
    return told


def agreement(selected: Selected) -> list[Statement]:
    """Return how attention and the measured figure of each theme rank the same years."""
    found = [
        (threat, figures.indicator_of(selected, threat))
        for threat in selected.threats["threat_id"].tolist()
    ]
    return [
        Statement(measured.agreement(selected, threat, key)) for threat, key in found if key
    ] + [Statement("A measured figure says nothing of what meetings caused, or what caused them.")]


def care(selected: Selected, told: list[str]) -> list[Statement]:
    """Return what has to be minded of the figures; ``told`` is what the brief says before."""
    notes = [f"{text}." for text in cautions(selected)]
    if selected.meetings.empty:
        notes = ["No meeting fits this choice, so all that is said is of elsewhere."]
    far, themes = figures.everywhere(selected).meetings, figures.of_themes(selected)
    searched = int((far["found_by"] == "pandemic_search").sum())
    if searched and measures.PANDEMIC in set(themes["threat_id"]):
        notes.append(
            "Attention to the pandemic itself leaves out "
            f"{said.counted(searched, 'meeting')} found only by looking for pandemic words; "
            "precedents, responses and organizations do not."
        )
    names = figures.labels(selected)
    doubtful = [
        f"{said.inside(names[row.threat_id])} ({row.doubtful} of {row.on_agenda})"
        for row in themes[themes["doubtful"] > 0].itertuples()
    ]
    if doubtful:
        among = words.among(doubtful, FEW_NAMES)
        notes.append(f"Meetings that rest on codes which are not sure: {among}.")
    return [Statement(text) for text in (*notes, ATTENTION_NOTE, *doubt_notes(told))]


def method(selected: Selected) -> list[Statement]:
    """Return what was gathered, and how the figures come about."""
    counts = coverage.readings(selected.meetings)
    own = (
        f"Of the meetings of this brief {counts['whole']} were read whole, {counts['part']} in "
        f"part and {counts['none']} not at all."
    )
    how = (
        "Meetings for a region are those held for it, and of others the sessions and items tied to "
        "it. A meeting counts once however often it names a theme. Out of the meetings whose "
        f"agenda is known, under {measures.FEWEST} are too few to tell. Intervals are of 95 %."
    )
    return [Statement(text) for text in (own, how, *gathered(selected), DOUBT_NOTE)]
