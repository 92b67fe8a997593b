"""What the dashboard says and counts, as text: charts, tables, sentences, briefs and API answers.

``tests/test_snapshots.py`` compares these with the files in ``tests/snapshots/``, so that a change
of code or wording is reviewed as their diff. ``python tests/snapshots.py`` writes them anew;
``python tests/snapshots.py FOLDER --all`` writes the full text of every filter to another folder.
"""

import argparse
import hashlib
import json
import re
from pathlib import Path

import pandas as pd
from starlette.applications import Starlette
from starlette.testclient import TestClient

import threats
from threats.brief.markdown_writer import write_markdown
from threats.brief.outline import build_brief
from threats.charts.theme import LIGHT
from threats.content.builder import build_item, parse_page_options
from threats.content.registry import CHART_SPECS, SENTENCE_SPECS, TABLE_SPECS
from threats.server.routes import ROUTES
from threats.stats.filters import Selection, filter_choices, to_params
from threats.stats.selection import select

FOLDER = Path(__file__).parent / "snapshots"
OPTIONS = {
    "default": {},
    "other": {
        "measure": "count",
        "role": "any",
        "colour": "count",
        "later": "during",
        "make_up": "scope",
        "pandemic_search": "yes",
    },
}


def filters(dataset):
    """Return filters of every kind by name."""
    ids = {name: list(labels) for name, labels in filter_choices(dataset).items()}
    return {
        **{f"region {key}": Selection(region=(key,)) for key in ids["region"]},
        **{f"series {key}": Selection(series=(key,)) for key in ids["series"]},
        **{f"threat {key}": Selection(threat=(key,)) for key in ids["threat"][::4]},
        **{
            f"group {key}": Selection(group=(key,), region=("south_caucasus",))
            for key in ids["group"]
        },
        "one early year": Selection(years=(2007, 2007)),
        "one late year": Selection(years=(2026, 2026), courses=True),
        "nothing read": Selection(series=("bsmnfp",), years=(2017, 2017)),
        "the emergency alone": Selection(years=(2021, 2022)),
        "no filter": Selection(),
        "everything": Selection(courses=True),
    }


# Kept as full text; of the other filters digests are kept. Together they have every branch of
# the captions.
SHOWN = (
    "no filter",
    "everything",
    "region central_asia",
    "region south_caucasus",
    "series bsmnfp",
    "the emergency alone",
    "one late year",
    "nothing read",
)
BRIEFS = {
    "central asia, trafficking in persons": Selection(
        region=("central_asia",), threat=("trafficking_in_persons",)
    ),
    "south-eastern europe, one group": Selection(
        region=("south_eastern_europe",), group=("illicit_goods",)
    ),
    "no filter": Selection(),
    "one early year": Selection(years=(2007, 2007)),
}
ANSWERS = ("attention.json", "attention.csv", "shift.json", "shift.csv", "meetings.json")


def digest(text):
    """Return a short hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def numbers_of(table):
    """Return the numeric columns of a table as text: what no wording may change."""
    columns = table.select_dtypes(include="number")
    return columns.round(12).to_csv(index=False, header=False, lineterminator="\n")


def sections(dataset, selected):
    """Return the title and lines of every part for both sets of options, and per part a digest of
    its numbers."""
    texts, numbers, shown = [], {}, {}
    for label, chosen in OPTIONS.items():
        params = {key: [text] for key, text in chosen.items()}
        parts = {**CHART_SPECS, **TABLE_SPECS, **SENTENCE_SPECS}
        for name, part in parts.items():
            values, _ = parse_page_options(part.page, params, selected)
            made = build_item(part, selected, values)
            # Other options may leave a part as it was.
            if id(made) not in shown:
                shown[id(made)] = made, told(made)
            lines, table = shown[id(made)][1]
            key = f"{name} ({label})"
            texts.append((key, lines))
            if table is not None:
                numbers[key] = digest(numbers_of(table))
    return texts, numbers


def told(made):
    """Return the lines that say what a part shows, and its table if it has one. A chart is drawn
    too, so that the sweep shows whether it can be."""
    if made is None:
        return ["nothing to draw"], None
    if isinstance(made, pd.DataFrame):
        return table_lines(made), made
    if isinstance(made, list):
        return [f"- {line}" for line in made], None
    figure = made.draw(LIGHT)
    assert figure.layout.template.layout.font.family
    lines = [f"title: {made.title}", f"subtitle: {made.subtitle}", f"caption: {made.alt}"]
    lines += [f"note: {note}" for note in made.all_notes]
    return [*lines, *table_lines(made.table)], made.table


def table_lines(table):
    """Return a table as lines: its columns, its first rows, and how many there are."""
    text = table.head(12).to_csv(index=False, lineterminator="\n").splitlines()
    return [*(f"| {line}" for line in text), f"rows: {len(table)}"]


def api(selected):
    """Return the answers of the API for a selection, as text."""
    client = TestClient(Starlette(routes=ROUTES))
    query = [(n, v) for n, values in to_params(selected.selection).items() for v in values]
    for name in ANSWERS:
        answer = client.get(f"/api/{name}", params=query)
        text = re.sub(r"(CC-BY-4\.0, )\d{4}-\d\d-\d\d", r"\1DAY", answer.text)
        yield name, answer.status_code, text.replace(selected.dataset.version, "VERSION")


def snapshot(dataset, name, selection):
    """Return the full text of a filter and the digests of its numbers."""
    selected = select(dataset, selection)
    lines = [f"# {name}", ""]
    if selected.meetings.empty:
        return "\n".join([*lines, "no meeting"]) + "\n", {}
    texts, numbers = sections(dataset, selected)
    seen = {}
    for title, body in texts:
        text = "\n".join(body)
        same = seen.setdefault(text, title)
        lines += [f"## {title}", *(body if same == title else [f"as {same}"]), ""]
    for answer, status, text in api(selected):
        shown = text[:1500] if answer.endswith("json") else "\n".join(text.splitlines()[:3])
        lines += [f"## /api/{answer}", f"{status} {digest(text)}", shown, ""]
        if answer.endswith("json"):
            rows = pd.DataFrame(json.loads(text)["rows"])
            numbers[f"/api/{answer}"] = digest(numbers_of(rows))
    return "\n".join(lines), numbers


def brief_path(name):
    """Return the file that keeps the text of a brief."""
    return FOLDER / f"brief-{re.sub('[^a-z]+', '-', name)}.md"


def brief_text(dataset, selection):
    """Return the brief of a selection as Markdown."""
    return write_markdown(build_brief(select(dataset, selection)), [])


def write(folder, everything=False):
    """Write the snapshots into a folder."""
    dataset = threats.load()
    folder.mkdir(parents=True, exist_ok=True)
    digests = {}
    for name, selection in filters(dataset).items():
        text, numbers = snapshot(dataset, name, selection)
        digests[name] = {"text": digest(text), "numbers": numbers}
        if everything or name in SHOWN:
            (folder / f"{name.replace(' ', '-')}.txt").write_text(text, encoding="utf-8")
    for name, selection in BRIEFS.items():
        text = brief_text(dataset, selection)
        (folder / brief_path(name).name).write_text(text, encoding="utf-8")
    (folder / "digests.json").write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--all", action="store_true", help="the full text of every filter")
    arguments = parser.parse_args()
    write(arguments.folder, arguments.all)
