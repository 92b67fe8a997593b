"""Sentences made from figures: true of these, and silent where they are too few."""

from dataclasses import replace

from threats import measures, words
from threats.selection import Selected
from threats.views.base import labelled
from threats.views.trends import labelled_presence

# Under this many meetings a share says nothing: even 0 of 4 has an interval up to 49 %.
FEWEST = 5


def headline(selected: Selected) -> list[str]:
    """Return four findings about a selection, each a sentence with the numbers it rests on."""
    return [most(selected), newest(selected), absent(selected), pandemic(selected)]


def _too_few(selected: Selected, about: str) -> str:
    known = int(selected.meetings["known"].sum())
    return f"Too few meetings to tell {about}: the agenda of {known} is known."


def most(selected: Selected) -> str:
    """Return which threat was most often on the agenda."""
    if selected.meetings["known"].sum() < FEWEST:
        return _too_few(selected, "what is most on the agenda")
    table = labelled(selected, measures.attention(selected))
    table = table.sort_values("on_agenda", ascending=False, kind="stable")
    best = table[table["on_agenda"] == table["on_agenda"].iloc[0]]
    top = best.iloc[0]
    if not top["on_agenda"]:
        return "None of these threats was on the agenda of any meeting."
    figure = words.share(top["on_agenda"], top["meetings"], top["low"], top["high"])
    if len(best) > 1:
        return (
            f"Most often on the agenda were {words.listed(best['threat'].tolist())}: each {figure}."
        )
    sentence = f"Most often on the agenda was {top['threat'].lower()}: {figure}"
    if len(table) > 1 and table.iloc[1]["on_agenda"]:
        second = table.iloc[1]
        sentence += f", ahead of {second['threat'].lower()} ({words.percent(second['share'])})"
    return sentence + "."


def newest(selected: Selected) -> str:
    """Return which threat came up last for the first time, and when."""
    table = labelled_presence(selected, "agenda").dropna(subset="first")
    if len(table) < 2 or table["first"].nunique() < 2:
        return _too_few(selected, "which threat came up last")
    year = table["first"].max()
    names = table.loc[table["first"] == year, "threat"].str.lower().tolist()
    return (
        f"The latest to come up for the first time in these data: {words.listed(names)}, in {year}."
    )


def absent(selected: Selected) -> str:
    """Return which threats were never on the agenda, else which has been off it for longest."""
    if selected.meetings["known"].sum() < FEWEST:
        return _too_few(selected, "what is missing from the agenda")
    table = labelled_presence(selected, "agenda")
    never = table.loc[table["first"].isna(), "threat"].str.lower().tolist()
    if len(never) == len(table):
        return "None of these threats was on the agenda of any meeting in these years."
    if len(never) > 4:
        return (
            f"{len(never)} of {len(table)} threats were never on the agenda of a meeting read here."
        )
    if never:
        return f"Never on the agenda of a meeting read here: {words.listed(never)}."
    longest = table.loc[table["last"].idxmin()]
    return f"Longest off the agenda: {longest['threat'].lower()}, last there in {longest['last']}."


def pandemic(selected: Selected) -> str:
    """Return how often the pandemic was on the agenda during WHO's emergency and since."""
    everything = selected.dataset["threat_categories"]
    whole = replace(selected, threats=everything)
    table = measures.attention(whole, "era").set_index(["era", "threat_id"])
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
