"""Sentences made from figures: true of these, and silent where they are too few."""

import pandas as pd

from threats import measures, shifts, words
from threats.selection import Selected, chosen_in_words, of_all_threats, year_bounds
from threats.views.base import ranked
from threats.views.covid import shift_table, within_table
from threats.views.trends import labelled_presence

FEWEST = measures.FEWEST


def headline(selected: Selected) -> list[str]:
    """Return up to four findings about a selection, each a sentence with the numbers it rests
    on."""
    found = [most(selected), newest(selected), absent(selected), pandemic(selected)]
    return [sentence for sentence in found if sentence]


def _too_few(known: int, about: str) -> str:
    return f"Too few meetings to tell {about}: the agenda of {known} is known."


def most(selected: Selected) -> str:
    """Return which threat was most often on the agenda, by share as the chart ranks."""
    table = ranked(selected, "agenda")
    # Of the pandemic fewer meetings can tell than of the rest.
    known = int(table["meetings"].max())
    if known < FEWEST:
        return _too_few(known, "what is most on the agenda")
    table = table[table["meetings"] >= FEWEST]
    best = measures.largest(table, table["share"])
    if best.empty:
        return "None of these threats was on the agenda of any meeting."
    top = best.iloc[0]
    figure = words.share(top["on_agenda"], top["meetings"], top["low"], top["high"])
    if len(best) > 1:
        names = words.listed(best["threat"].map(words.inside).tolist())
        if best["meetings"].nunique() > 1:
            figure = f"{words.percent(top['share'])} of the meetings"
        return f"Most often on the agenda were {names}: each {figure}."
    if len(table) == 1:
        return f"{words.beginning(top['threat'])} was on the agenda of {figure}."
    sentence = f"Most often on the agenda was {words.inside(top['threat'])}: {figure}"
    rest = table.drop(best.index)
    second = measures.largest(rest, rest["share"])
    if len(second):
        names = words.listed(second["threat"].map(words.inside).tolist())
        sentence += f", ahead of {names} ({words.percent(second['share'].iloc[0])})"
    return sentence + "."


def newest(selected: Selected) -> str:
    """Return which threat came up last for the first time, and when; nothing where earlier years
    are left out, as any threat could have come up in these."""
    if selected.years[0] > year_bounds(selected.dataset)[0]:
        return ""
    known = selected.known
    if known < FEWEST:
        return _too_few(known, "which threat came up last")
    table = labelled_presence(selected, "agenda").dropna(subset="first")
    if len(table) < 2:
        return ""
    year = table["first"].max()
    if table["first"].nunique() < 2:
        return f"All threats that came up among these meetings did so first in {year}."
    names = table.loc[table["first"] == year, "threat"].map(words.inside).tolist()
    return (
        "The latest to come up for the first time among these meetings: "
        f"{words.listed(names)}, in {year}."
    )


def absent(selected: Selected) -> str:
    """Return which threats were never on the agenda, else which have been off it for longest;
    nothing where all were on it in the last year with a known agenda, or only one is shown."""
    known = selected.known
    if known < FEWEST:
        return _too_few(known, "what is missing from the agenda")
    table = labelled_presence(selected, "agenda")
    # Those of meetings without a year, and of meetings found only by pandemic words, were there.
    ever = measures.attention(selected, pandemic_search=True).set_index("threat_id")["on_agenda"]
    missing = table["threat_id"].map(ever) == 0
    never = table.loc[missing, "threat"].map(words.inside).tolist()
    if len(never) == len(table):
        return "None of these threats was on the agenda of any meeting in these years."
    if len(never) > 4:
        return f"{len(never)} of {len(table)} threats were never on the agenda of these meetings."
    if never:
        return f"Never on the agenda of these meetings: {words.listed(never)}."
    last = table["last"].dropna()
    if len(table) == 1 or len(last) < len(table) or last.min() == measures.last_known(selected):
        return ""
    longest = table[table["last"] == last.min()]
    names = words.listed(longest["threat"].map(words.inside).tolist())
    return f"Longest off the agenda: {names}, last there in {last.min()}."


def pandemic(selected: Selected) -> str:
    """Return how often the pandemic was on the agenda during WHO's emergency and since."""
    table = measures.attention(of_all_threats(selected), "era").set_index(["era", "threat_id"])
    parts = {}
    for era in ("during", "after"):
        key = (era, measures.PANDEMIC)
        if key in table.index and table.loc[key, "meetings"] >= FEWEST:
            row = table.loc[key]
            parts[era] = words.share(
                int(row["on_agenda"]), int(row["meetings"]), row["low"], row["high"]
            )
    if "during" not in parts:
        return "Too few meetings during WHO's COVID-19 emergency to tell how often it was an item."
    since = f"; since it ended, of {parts['after']}" if "after" in parts else ""
    during = "During WHO's COVID-19 emergency the pandemic was on the agenda of "
    return f"{during}{parts['during']}{since}."


def covid(selected: Selected, role: str = "agenda", pandemic_search: bool = False) -> list[str]:
    """Return what the pandemic changed, in three to five sentences, each held by its figures; for a
    selection whose eras are set."""
    sentences = [*changed(selected, role, pandemic_search), _tied(selected), _form(selected)]
    return [sentence for sentence in sentences if sentence]


def changed(selected: Selected, role: str = "agenda", pandemic_search: bool = False) -> list[str]:
    """Return how attention changed in each later era and, where any change holds, what of it does
    within series, in two or three sentences."""
    counts, of = shifts.era_counts(selected), chosen_in_words(selected)
    changes = shift_table(selected, role, pandemic_search)
    sentences = [_era_change(changes, counts, era, of) for era in shifts.LATER]
    within = _within(changes, within_table(selected, role, pandemic_search), of)
    return [*sentences, within] if within else sentences


def _era_change(changes: pd.DataFrame, counts: dict[str, int], era: str, chosen: str) -> str:
    """Return which threats came up more or less in an era than before, of those ``chosen``."""
    when = {"during": "During the emergency", "after": "Since the emergency ended"}[era]
    few = [name for name in ("before", era) if counts[name] < FEWEST]
    if few:
        told = words.listed(
            [f"{words.counted(counts[name], 'meeting')} {shifts.ERA_NAMES[name]}" for name in few]
        )
        return f"{when} too little can be told: the agenda is known of {told}."
    held = changes[changes["holds"] & (changes["era"] == era)]
    of = f"{words.counted(counts[era], 'meeting')} against {counts['before']} before"
    if held.empty:
        return (
            f"{when} ({of}) no change of attention to {chosen or 'a single threat'} holds after "
            "adjusting for many comparisons; that is not proof that nothing changed."
        )
    parts = []
    for verb, rows in (
        ("more", held[held["difference"] > 0]),
        ("less", held[held["difference"] < 0]),
    ):
        rows = rows.sort_values("difference", key=abs, ascending=False)
        if len(rows):
            parts.append(
                f"{verb} was heard of "
                + words.listed([_share_change(r) for r in rows.itertuples()])
            )
    told = f"{when} ({of}) {words.listed(parts)}"
    if changes["threat_id"].nunique() == 1:
        return f"{told}."
    return f"{told}; no other change{f' of {chosen}' if chosen else ''} holds."


def _share_change(row) -> str:
    before = words.of(row.before_on, row.before_meetings)
    return (
        f"{words.inside(row.threat)} (from {before} to {words.of(row.on_agenda, row.meetings)}, "
        f"{words.points(row.difference)}, 95 % interval "
        f"{words.points_range(row.difference_low, row.difference_high)})"
    )


def _within(changes: pd.DataFrame, within: pd.DataFrame, chosen: str) -> str:
    """Return where the raw change and the change within series disagree, of those ``chosen``."""
    both = changes.merge(within, on=["threat_id", "era"], suffixes=("", "_within"))
    told = both[both["p_within"].notna()]
    few = both[both["holds"] & both["p_within"].isna()]
    raw_only = told[told["holds"] & ~told["holds_within"]]
    within_only = told[~told["holds"] & told["holds_within"]]
    turned = told[
        (told["holds"] | told["holds_within"])
        & ((told["difference"] > 0) != (told["odds_ratio"] > 1))
    ]
    if not (both["holds"] | both["holds_within"]).any():
        return ""
    parts = []
    if len(raw_only):
        parts.append(f"the change of {_named(raw_only)} does not hold")
    if len(few):
        parts.append(f"too little can be told of the change of {_named(few)}")
    if len(within_only):
        parts.append(f"a change of {_named(within_only)} holds that the whole does not show")
    if len(turned):
        names = sorted(set(turned["threat"].map(words.inside)))
        parts.append(f"the change of {words.listed(names)} points the other way")
    if not parts:
        parts.append(f"the same changes{f' of {chosen}' if chosen else ''} hold")
    return f"Compared within series of meetings, like with like, {'; '.join(parts)}."


def _named(rows: pd.DataFrame) -> str:
    return words.listed(
        [f"{words.inside(row.threat)} {row.era} the emergency" for row in rows.itertuples()]
    )


def _tied(selected: Selected) -> str:
    """Return which threats sources tied to the pandemic most."""
    rows = shifts.linked(selected)
    if rows.empty:
        return "No source read here ties one of these threats to the pandemic."
    names = selected.dataset.names("threat_categories", "label")
    meetings = rows.drop_duplicates(["threat_id", "meeting_id"])["threat_id"].value_counts()
    top = [key for key in names if meetings.get(key) == meetings.max()]
    kinds = words.counted(len(meetings), "threat").replace("1 threat", "one threat")
    often = words.counted(int(meetings.max()), "meeting")
    each = "each in" if len(top) > 1 else "in"
    most = ", most often" if len(top) < len(meetings) else ":"
    return (
        f"Sources tied {kinds} to the pandemic{most} "
        f"{words.listed([words.inside(names[key]) for key in top])} ({each} {often})."
    )


def _form(selected: Selected) -> str:
    """Return how many meetings were online or hybrid in each era, where the form is told."""
    told = measures.read(selected).meetings
    told = told[(told["format"] != "") & (told["era"] != "")]
    whole = told["era"].value_counts()
    remote = told.loc[told["format"].isin(["online", "hybrid"]), "era"].value_counts()
    if any(whole.get(era, 0) < FEWEST for era in ("before", "during")):
        return ""
    parts = [
        f"{remote.get(era, 0)} of {whole[era]} {shifts.ERA_NAMES[era]}"
        for era in ("before", "during", "after")
        if whole.get(era, 0) >= FEWEST
    ]
    return f"Held online or in both ways, where the form is told: {words.listed(parts)}."
