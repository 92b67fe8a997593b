"""The page as one would write it first: plotly.express, nothing kept, default settings.

The same regions, the same counts and as many charts as on Trends and Regions, in plain pandas.
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
threats, regions, countries = (read(name) for name in ("threat_categories", "regions", "countries"))
meetings = meetings[meetings["kind"] != "course"]
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


def regional():
    st.title("Regions")
    column = "iso3"
    show(
        px.scatter(countries, x="tile_column", y="tile_row", color="region", text=column),
        "tile-map",
    )
    each = [counts_of(rows_of([key]).assign(region=name), "region") for key, name in names.items()]
    grid = pd.concat(each).pivot_table(index="short_name", columns="region", values="meetings")
    show(px.imshow(grid, text_auto=True, aspect="auto", height=850), "regions-by-threat")
    trend = [counts_of(rows_of([key]), "year").assign(region=name) for key, name in names.items()]
    first = pd.concat(trend)
    first = first[first["short_name"] == "Terrorism"]
    show(px.line(first, x="year", y="meetings", facet_row="region", height=900), "trend-by-region")
    tied = sessions[sessions["region"] != "osce_area"].merge(meetings, on="meeting_id")
    if chosen:
        tied = tied[tied["region"].isin(chosen)]
    tied = tied[tied["start_date"] != ""]
    tied = tied.assign(day=pd.to_datetime(tied["start_date"], format="ISO8601"))
    show(px.scatter(tied, x="day", y="region", hover_name="topic"), "regional-sessions")
    st.dataframe(tied)


page = st.navigation(
    [
        st.Page(lambda: st.title("Start"), url_path="start", title="Start"),
        st.Page(trends, url_path="trends"),
        st.Page(regional, url_path="regions"),
    ],
    position="top",
)
labels = {name: key for key, name in names.items()}
chosen = [labels[label] for label in st.sidebar.multiselect("Region", list(labels))]
page.run()
