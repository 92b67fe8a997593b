"""The page as one would write it first: plotly.express, nothing kept, default settings.

The same regions, the same counts and as many charts as on Trends and Responses, in plain pandas.
"""

from pathlib import Path

import pandas as pd
import plotly.express as px
import streamlit as st

DATA = Path(__file__).parent.parent.parent / "data"
st.set_page_config(layout="wide")


def read(name):
    return pd.read_csv(DATA / f"{name}.csv", keep_default_na=False)


meetings, mentions, sessions = (
    read(name) for name in ("meetings", "threat_mentions", "regional_sessions")
)
response_mentions, participation = read("response_mentions"), read("participation")
threats, regions = read("threat_categories"), read("regions")
meetings = meetings[(meetings["kind"] != "course") & (meetings["reach"] != "national")]
meetings["year"] = pd.to_numeric(meetings["start_date"].str[:4])
names = dict(zip(regions["region_id"], regions["name"], strict=True))
names["osce_area"] = "OSCE-wide"


def show(figure, name):
    st.plotly_chart(figure, key=name)


def rows_of(chosen):
    """Return the mentions of the chosen regions that are on the agenda of a meeting."""
    rows = mentions[mentions["role"].isin(["focus", "discussed"])].merge(meetings, on="meeting_id")
    pandemic = (rows["found_by"] == "pandemic_search") & (rows["threat_id"] == "pandemic")
    rows = rows[~pandemic].merge(threats[["threat_id", "short_name"]], on="threat_id")
    if chosen:
        scope = rows["scope"].str.split(";").map(lambda ids: bool(set(ids) & set(chosen)))
        rows = rows[rows["region"].isin(chosen) | (rows["region"].isin(["", "osce_area"]) & scope)]
    return rows


def counts_of(rows, column):
    return rows.groupby([column, "short_name"])["meeting_id"].nunique().reset_index(name="meetings")


def trends():
    st.title("Trends")
    counts = counts_of(rows_of(chosen), "year")
    grid = counts.pivot_table(index="short_name", columns="year", values="meetings", fill_value=0)
    show(px.imshow(grid, text_auto=True, aspect="auto", height=850), "attention-by-year")
    st.dataframe(counts)
    top = counts.groupby("short_name")["meetings"].sum().nlargest(6).index
    lines = counts[counts["short_name"].isin(top)]
    show(
        px.line(lines, x="year", y="meetings", facet_row="short_name", height=900, markers=True),
        "attention-compared",
    )
    show(px.scatter(counts, x="year", y="short_name", size="meetings", height=850), "presence")


def pairs_of(rows, others, column):
    """Return the meetings with each threat and each other id, as a grid."""
    both = rows[["meeting_id", "short_name"]].merge(others, on="meeting_id")
    counts = both.groupby([column, "short_name"])["meeting_id"].nunique()
    return counts.unstack(fill_value=0)


def responses_of(chosen):
    """Return the mentions of responses in the meetings of the chosen regions."""
    rows = response_mentions.merge(meetings, on="meeting_id")
    rows = rows.merge(sessions[["session_id", "region"]], on="session_id", how="left")
    if chosen:
        scope = rows["scope"].str.split(";").map(lambda ids: bool(set(ids) & set(chosen)))
        region = rows["region"].fillna("")
        rows = rows[region.isin(chosen) | (region.isin(["", "osce_area"]) & scope)]
    return rows


def responses():
    st.title("Responses")
    here, told = rows_of(chosen), responses_of(chosen)
    grid = pairs_of(here, told[["meeting_id", "response_id"]], "response_id")
    show(px.imshow(grid, text_auto=True, aspect="auto", height=850), "responses-by-threat")
    counts = told.groupby(["year", "response_id"])["meeting_id"].nunique().reset_index(name="n")
    grid = counts.pivot_table(index="response_id", columns="year", values="n", fill_value=0)
    show(px.imshow(grid, text_auto=True, aspect="auto", height=850), "responses-by-year")
    other = here[["meeting_id", "short_name"]].rename(columns={"short_name": "other"})
    grid = pairs_of(here, other, "other")
    show(px.imshow(grid, text_auto=True, aspect="auto", height=850), "threats-together")
    who = participation[["meeting_id", "organization_id"]]
    most = who["organization_id"].value_counts().index[:20]
    grid = pairs_of(here, who[who["organization_id"].isin(most)], "organization_id")
    show(px.imshow(grid, text_auto=True, aspect="auto", height=850), "organizations-by-threat")
    st.dataframe(counts)


page = st.navigation(
    [
        st.Page(lambda: st.title("Start"), url_path="start", title="Start"),
        st.Page(trends, url_path="trends"),
        st.Page(responses, url_path="responses"),
    ],
    position="top",
)
labels = {name: key for key, name in names.items()}
chosen = [labels[label] for label in st.sidebar.multiselect("Region", list(labels))]
page.run()
