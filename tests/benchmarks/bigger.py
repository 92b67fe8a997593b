"""What happens with far more data: 400, 40,000 and 4,000,000 mentions, with meetings in proportion.

    python tests/benchmarks/bigger.py [--all]        --all: also 4,000,000 (some GB of memory)

The shipped meetings, their sessions and threats are repeated under new ids. ``load_s`` is
``threats.load`` of a folder with all its checks, or why it refuses the folder. ``filter_ms`` is
narrowing the dataset to a region and counting attention by year, ``*_ms`` all figures of a page for
a selection that nobody had. Each p95; without Streamlit and without drawing.
"""

import argparse
import dataclasses
import itertools
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import common
import numpy as np
import pandas as pd

import threats
from threats.content.builder import build_item, parse_page_options
from threats.content.registry import items_on
from threats.dataset.categories import as_text
from threats.dataset.model import Dataset, join_agenda
from threats.dataset.schema import DESCRIPTOR_FILE
from threats.stats.attention import attention
from threats.stats.filters import Selection
from threats.stats.selection import select

SIZES = (400, 40_000, 4_000_000)
PAGES = ("trends", "regions", "covid")
REPEATED = ("meetings", "regional_sessions", "threat_mentions")
OWN = ("title", "evidence", "topic", "source_url")
REGIONS = ("central_asia", "south_eastern_europe", "eastern_europe", "afghanistan")


def repeated(table: pd.DataFrame, times: int) -> pd.DataFrame:
    """Return a table with every row so many times, the meeting in each with an id of its own, and
    with it what is hardly the same twice: titles, evidence, addresses."""
    copies = np.repeat(np.arange(times), len(table))
    rows = table.iloc[np.tile(np.arange(len(table)), times)].reset_index(drop=True)
    number = "n" + pd.Series(copies).astype("str").str.zfill(5)
    new = rows["meeting_id"] + "-" + number
    # Not as a word of its own, of which a cell may have only so many; and what is empty stays so.
    own = {name: rows[name] + "-" + number for name in OWN if name in rows}
    changed = {name: text.where(rows[name] != "", "") for name, text in own.items()}
    changed["meeting_id"] = new
    for name in ("session_id", "mention_id"):
        if name in rows:
            rest = [key[len(m) :] for key, m in zip(table[name], table["meeting_id"], strict=True)]
            rest = pd.Series(rest, dtype="str").iloc[np.tile(np.arange(len(table)), times)]
            own = new + rest.reset_index(drop=True)
            changed[name] = own.where(rows[name] != "", "")
    return rows.assign(**changed)


def cut(data: Dataset, mentions: int) -> dict[str, pd.DataFrame]:
    """Return the repeated tables with about so many mentions."""
    tables = {name: as_text(data[name]) for name in REPEATED}
    whole = len(tables["threat_mentions"])
    times = max(1, round(mentions / whole))
    if mentions < whole:
        ids = tables["meetings"]["meeting_id"]
        kept = ids.iloc[: round(len(ids) * mentions / whole)]
        tables = {name: t[t["meeting_id"].isin(kept)] for name, t in tables.items()}
    return {name: repeated(table, times) for name, table in tables.items()}


def in_memory(data: Dataset, tables: dict[str, pd.DataFrame]) -> Dataset:
    """Return the dataset with these tables in place of its own."""
    others = {name: as_text(data[name]) for name in ("response_mentions", "participation")}
    kept = tables["meetings"]["meeting_id"]
    others = {name: t[t["meeting_id"].isin(kept)] for name, t in others.items()}
    joined = join_agenda({**data._tables, **others, **tables})
    return dataclasses.replace(data, _tables=MappingProxyType(joined))


def loaded(data: Dataset, tables: dict[str, pd.DataFrame]) -> float | str:
    """Return the seconds that loading these tables from a folder takes, or why it is refused."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(data.folder, Path(place) / "data"))
        for name in REPEATED:
            key = "meeting_id" if name == "meetings" else tables[name].columns[0]
            columns = pd.read_csv(folder / f"{name}.csv", nrows=0).columns
            rows = tables[name][columns].sort_values(key)
            rows.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
        for name in ("response_mentions", "participation", "double_readings"):
            path = folder / f"{name}.csv"
            path.write_text(
                path.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8"
            )
        descriptor = json.loads((folder / DESCRIPTOR_FILE).read_text(encoding="utf-8"))
        for resource in descriptor["resources"]:
            resource.pop("minRows", None)
        (folder / DESCRIPTOR_FILE).write_text(json.dumps(descriptor), encoding="utf-8")
        start = time.perf_counter()
        try:
            threats.load(folder)
        except threats.DatasetError as error:
            return str(error.problems[0])
        return time.perf_counter() - start


def held(data: Dataset) -> float:
    """Return the MB of the tables that grow, with a list of ids that several share counted once."""
    columns = [data[name][column] for name in (*REPEATED, "agenda") for column in data[name]]
    lists = {id(c.cat.categories): c.cat.categories for c in columns if c.dtype == "category"}
    numbers = [c.cat.codes if c.dtype == "category" else c for c in columns]
    return sum(part.memory_usage(deep=True) for part in (*lists.values(), *numbers)) / 1e6


def timed(work: Callable[..., object], *arguments) -> float:
    """Return the processor ms that something takes."""
    start = time.process_time()
    work(*arguments)
    return (time.process_time() - start) * 1000


def filtered(data: Dataset, selection: Selection) -> None:
    """Narrow the dataset to a selection and count attention by year."""
    attention(select(data, selection), "year")


def of_page(data: Dataset, page: str, selection: Selection) -> None:
    """Make all charts and tables of a page for a selection."""
    selected = select(data, selection)
    values, _ = parse_page_options(page, {}, selected)
    for part in items_on(page):
        build_item(part, selected, values)


def measure(sizes: list[int], reruns: int = 8) -> list[dict]:
    """Return a row for each size."""
    data, rows = threats.load(), []
    for size in sizes:
        tables = cut(data, size)
        row = {"mentions": len(tables["threat_mentions"]), "meetings": len(tables["meetings"])}
        row["load_s"] = loaded(data, tables)
        big, times = in_memory(data, tables), reruns if size < 1_000_000 else 2
        row["memory_mb"] = held(big)
        chosen = [
            Selection(region=(region,), years=(2006 + n, 2024))
            for n, region in zip(range(times), itertools.cycle(REGIONS), strict=False)
        ]
        filters = [timed(filtered, big, one) for one in chosen]
        row["filter_ms"] = common.p95(filters)
        for page in PAGES:
            spent = [timed(of_page, big, page, one) for one in chosen]
            row[f"{page}_ms"] = common.p95(spent)
        rows.append(row)
        common.show([row])
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true")
    rows = measure(list(SIZES if parser.parse_args().all else SIZES[:-1]))
    common.show(rows, "The same pages with more data")
    common.save("bigger", rows)


if __name__ == "__main__":
    main()
