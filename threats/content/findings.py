"""Sentences made from figures: true of these, and silent where they are too few."""

import pandas as pd

from threats.content.attention_tables import (
    labelled_era_changes,
    labelled_presence,
    labelled_within_series,
    ranked_attention,
)
from threats.content.selection_text import threat_scope
from threats.dataset.model import PANDEMIC
from threats.format import capital_name, join, lower_name, percent
from threats.stats.attention import attention, last_known_year, only_read, ties_for_max
from threats.stats.count_rule import CountRule
from threats.stats.eras import COMPARISON_ERAS, meetings_by_era, pandemic_links
from threats.stats.selection import Selected, apply_count_rule, year_bounds
from threats.stats.trends import MIN_MEETINGS
from threats.text.labels import ERA_PHRASES
from threats.text.quantities import (
    count_of,
    percentage_points,
    percentage_points_range,
    quantity,
    share_with_interval,
)

_MIN_MEETINGS = MIN_MEETINGS


def headline_findings(selected: Selected) -> list[str]:
    """Return up to four findings about a selection, each a sentence with the numbers it rests
    on."""
    found = [
        most_frequent_threat(selected),
        latest_newcomer(selected),
        never_on_agenda(selected),
        pandemic_frequency(selected),
    ]
    return [sentence for sentence in found if sentence]


def _too_few_sentence(n_known: int, topic: str) -> str:
    return f"Too few meetings to tell {topic}: the agenda of {n_known} is known."


def most_frequent_threat(selected: Selected) -> str:
    """Return which threat was most often on the agenda, by share as the chart ranks."""
    table = ranked_attention(selected)
    # Of the pandemic fewer meetings can tell than of the rest.
    known = int(table["meetings"].max())
    if known < _MIN_MEETINGS:
        return _too_few_sentence(known, "what is most on the agenda")
    table = table[table["meetings"] >= _MIN_MEETINGS]
    best = ties_for_max(table, table["share"])
    if best.empty:
        return "None of these threats was on the agenda of any meeting."
    top = best.iloc[0]
    figure = share_with_interval(top["on_agenda"], top["meetings"], top["low"], top["high"])
    if len(best) > 1:
        names = join(best["threat"].map(lower_name).tolist())
        if best["meetings"].nunique() > 1:
            figure = f"{percent(top['share'])} of the meetings"
        return f"Most often on the agenda were {names}: each {figure}."
    if len(table) == 1:
        return f"{capital_name(top['threat'])} was on the agenda of {figure}."
    sentence = f"Most often on the agenda was {lower_name(top['threat'])}: {figure}"
    rest = table.drop(best.index)
    second = ties_for_max(rest, rest["share"])
    if len(second):
        names = join(second["threat"].map(lower_name).tolist())
        sentence += f", ahead of {names} ({percent(second['share'].iloc[0])})"
    return sentence + "."


def latest_newcomer(selected: Selected) -> str:
    """Return which threat came up last for the first time, and when; nothing where earlier years
    are left out, as any threat could have come up in these."""
    if selected.years[0] > year_bounds(selected.dataset)[0]:
        return ""
    known = selected.known
    if known < _MIN_MEETINGS:
        return _too_few_sentence(known, "which threat came up last")
    table = labelled_presence(selected).dropna(subset="first")
    if len(table) < 2:
        return ""
    year = table["first"].max()
    if table["first"].nunique() < 2:
        return f"All threats that came up among these meetings did so first in {year}."
    names = table.loc[table["first"] == year, "threat"].map(lower_name).tolist()
    return (
        f"The latest to come up for the first time among these meetings: {join(names)}, in {year}."
    )


def never_on_agenda(selected: Selected) -> str:
    """Return which threats were never on the agenda, else which have been off it for longest;
    nothing where all were on it in the last year with a known agenda, or only one is shown."""
    known = selected.known
    if known < _MIN_MEETINGS:
        return _too_few_sentence(known, "what is missing from the agenda")
    table = labelled_presence(selected)
    # Those of meetings without a year, and of meetings found only by pandemic words, were there.
    found = apply_count_rule(selected, CountRule(pandemic_search=True))
    ever = attention(found).set_index("threat_id")["on_agenda"]
    missing = table["threat_id"].map(ever) == 0
    never = table.loc[missing, "threat"].map(lower_name).tolist()
    if len(never) == len(table):
        return "None of these threats was on the agenda of any meeting in these years."
    if len(never) > 4:
        return f"{len(never)} of {len(table)} threats were never on the agenda of these meetings."
    if never:
        return f"Never on the agenda of these meetings: {join(never)}."
    last = table["last"].dropna()
    if len(table) == 1 or len(last) < len(table) or last.min() == last_known_year(selected):
        return ""
    longest = table[table["last"] == last.min()]
    names = join(longest["threat"].map(lower_name).tolist())
    return f"Longest off the agenda: {names}, last there in {last.min()}."


def pandemic_frequency(selected: Selected) -> str:
    """Return how often the pandemic was on the agenda during WHO's emergency and since."""
    table = attention(selected.all_threats, "era").set_index(["era", "threat_id"])
    parts = {}
    for era in ("during", "after"):
        key = (era, PANDEMIC)
        if key in table.index and table.loc[key, "meetings"] >= _MIN_MEETINGS:
            row = table.loc[key]
            parts[era] = share_with_interval(
                int(row["on_agenda"]), int(row["meetings"]), row["low"], row["high"]
            )
    if "during" not in parts:
        return "Too few meetings during WHO's COVID-19 emergency to tell how often it was an item."
    since = f"; since it ended, of {parts['after']}" if "after" in parts else ""
    during = "During WHO's COVID-19 emergency the pandemic was on the agenda of "
    return f"{during}{parts['during']}{since}."


def era_findings(selected: Selected) -> list[str]:
    """Return what the pandemic changed, in three to five sentences, each held by its figures; for a
    selection whose eras are set."""
    sentences = [
        *era_change_findings(selected),
        _pandemic_links_sentence(selected),
        _remote_meetings_sentence(selected),
    ]
    return [sentence for sentence in sentences if sentence]


def era_change_findings(selected: Selected) -> list[str]:
    """Return how attention changed in each later era and, where any change holds, what of it does
    within series, in two or three sentences."""
    counts, of = meetings_by_era(selected), threat_scope(selected)
    changes = labelled_era_changes(selected)
    sentences = [_era_change_sentence(changes, counts, era, of) for era in COMPARISON_ERAS]
    within = _within_series_sentence(changes, labelled_within_series(selected), of)
    return [*sentences, within] if within else sentences


def _era_change_sentence(
    changes: pd.DataFrame, counts: dict[str, int], era: str, scope: str
) -> str:
    """Return which threats came up more or less in an era than before, of those ``chosen``."""
    when = {"during": "During the emergency", "after": "Since the emergency ended"}[era]
    few = [name for name in ("before", era) if counts[name] < _MIN_MEETINGS]
    if few:
        told = join([f"{quantity(counts[name], 'meeting')} {ERA_PHRASES[name]}" for name in few])
        return f"{when} too little can be told: the agenda is known of {told}."
    held = changes[changes["holds"] & (changes["era"] == era)]
    of = f"{quantity(counts[era], 'meeting')} against {counts['before']} before"
    if held.empty:
        return (
            f"{when} ({of}) no change of attention to {scope or 'a single threat'} holds after "
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
                f"{verb} was heard of " + join([_share_change_phrase(r) for r in rows.itertuples()])
            )
    told = f"{when} ({of}) {join(parts)}"
    if changes["threat_id"].nunique() == 1:
        return f"{told}."
    return f"{told}; no other change{f' of {scope}' if scope else ''} holds."


def _share_change_phrase(row) -> str:
    before = count_of(row.before_on, row.before_meetings)
    return (
        f"{lower_name(row.threat)} (from {before} to {count_of(row.on_agenda, row.meetings)}, "
        f"{percentage_points(row.difference)}, 95% interval "
        f"{percentage_points_range(row.difference_low, row.difference_high)})"
    )


def _within_series_sentence(changes: pd.DataFrame, within_series: pd.DataFrame, scope: str) -> str:
    """Return where the raw change and the change within series disagree, of those ``chosen``."""
    both = changes.merge(within_series, on=["threat_id", "era"], suffixes=("", "_within"))
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
        parts.append(f"the change of {_threats_by_era_phrase(raw_only)} does not hold")
    if len(few):
        parts.append(f"too little can be told of the change of {_threats_by_era_phrase(few)}")
    if len(within_only):
        parts.append(
            f"a change of {_threats_by_era_phrase(within_only)} holds that the whole does not show"
        )
    if len(turned):
        names = sorted(set(turned["threat"].map(lower_name)))
        parts.append(f"the change of {join(names)} points the other way")
    if not parts:
        parts.append(f"the same changes{f' of {scope}' if scope else ''} hold")
    return f"Compared within series of meetings, like with like, {'; '.join(parts)}."


def _threats_by_era_phrase(rows: pd.DataFrame) -> str:
    return join([f"{lower_name(row.threat)} {row.era} the emergency" for row in rows.itertuples()])


def _pandemic_links_sentence(selected: Selected) -> str:
    """Return which threats sources tied to the pandemic most."""
    rows = pandemic_links(selected)
    if rows.empty:
        return "No source read here ties one of these threats to the pandemic."
    names = selected.dataset.names("threat_categories", "label")
    meetings = rows.drop_duplicates(["threat_id", "meeting_id"])["threat_id"].value_counts()
    top = [key for key in names if meetings.get(key) == meetings.max()]
    kinds = quantity(len(meetings), "threat").replace("1 threat", "one threat")
    often = quantity(int(meetings.max()), "meeting")
    each = "each in" if len(top) > 1 else "in"
    most = ", most often" if len(top) < len(meetings) else ":"
    return (
        f"Sources tied {kinds} to the pandemic{most} "
        f"{join([lower_name(names[key]) for key in top])} ({each} {often})."
    )


def _remote_meetings_sentence(selected: Selected) -> str:
    """Return how many meetings were online or hybrid in each era, where the form is told."""
    told = only_read(selected).meetings
    told = told[(told["format"] != "") & (told["era"] != "")]
    whole = told["era"].value_counts()
    remote = told.loc[told["format"].isin(["online", "hybrid"]), "era"].value_counts()
    if any(whole.get(era, 0) < _MIN_MEETINGS for era in ("before", "during")):
        return ""
    parts = [
        f"{remote.get(era, 0)} of {whole[era]} {ERA_PHRASES[era]}"
        for era in ("before", "during", "after")
        if whole.get(era, 0) >= _MIN_MEETINGS
    ]
    return f"Held online or in both ways, where the form is told: {join(parts)}."
