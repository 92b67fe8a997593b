"""Make the values of indicators from the files of their publishers.

``python data/sources/make_indicators.py FOLDER`` reads the files that README.md lists and replaces
the rows of their indicators in ``data/indicator_values.csv``. It writes nothing if a cell cannot be
read, or if a value differs much from its neighbours and ``accepted_outliers.csv`` does not have it.
``--check`` writes nothing in any case, and fails if the table would change.
"""

import argparse
import csv
import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from neighbours import ValueRow, accepted_outliers, find_outliers, read_values
from recipes import PEOPLE, Recipe, all_recipes
from source_files import CountryValues, collect_values, read_csv

DATA = Path(__file__).resolve().parent.parent
VALUES_FILE = "indicator_values.csv"
COLUMNS = ("indicator_id", "region", "period", "value", "n_countries", "source_url")
WHOLE_AREA = "osce_area"


def read_people(folder: Path) -> CountryValues:
    """Return the people of each country and year."""
    rows = read_csv(folder / PEOPLE.file, ("iso3", "year", "people"))
    return collect_values(rows, lambda row: row.cells["iso3"], "year", "people")[0]


def read_regions(data: Path = DATA) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return the regions of each country, and the code of each country's name."""
    regions, codes = {}, {}
    with (data / "countries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            regions[row["iso3"]] = [row["region"]]
            if row["osce_status"] == "participating_state":
                regions[row["iso3"]].append(WHOLE_AREA)
            codes[row["name"]] = row["iso3"]
    return regions, codes


def select_panel(values: CountryValues, first: int, last: int) -> CountryValues:
    """Return the values of countries that have one in every year from first to last."""
    years = range(first, last + 1)
    whole = {country for country, _year in values}
    whole = {country for country in whole if all((country, year) in values for year in years)}
    return {key: value for key, value in values.items() if key[0] in whole and key[1] in years}


def aggregate(
    indicator: str,
    recipe: Recipe,
    values: CountryValues,
    people: CountryValues,
    regions: dict[str, list[str]],
) -> list[ValueRow]:
    """Return the values of the regions, by region and year."""
    values = {
        key: value
        for key, value in values.items()
        if key[0] in regions and key[1] >= recipe.first_year and (not recipe.scale or key in people)
    }
    if recipe.panel:
        values = select_panel(values, *recipe.panel)
    countries: Counter[tuple[str, int]] = Counter()
    sums: dict[tuple[str, int], list[float]] = defaultdict(lambda: [0, 0])
    for (country, year), value in sorted(values.items()):
        for region in regions[country]:
            total = sums[region, year]
            total[0] += value
            total[1] += people.get((country, year), 0)
            countries[region, year] += 1
    rows = []
    for (region, year), (count, population) in sorted(sums.items()):
        value = round(count / population * recipe.scale, recipe.decimals) if recipe.scale else count
        rows.append(
            ValueRow(
                indicator,
                region,
                str(year),
                f"{value:.15g}",
                countries[region, year],
                recipe.source.address,
            )
        )
    return rows


def make_values(folder: Path) -> tuple[list[ValueRow], Counter[str]]:
    """Return the values of every indicator that has a recipe, and how many hidden country-years
    each leaves out."""
    regions, codes = read_regions()
    people = read_people(folder)
    rows: list[ValueRow] = []
    left_out: Counter[str] = Counter()
    for indicator, recipe in sorted(all_recipes(codes).items()):
        values, hidden = recipe.reader(folder / recipe.source.file)
        rows += aggregate(indicator, recipe, values, people, regions)
        left_out[indicator] = sum(
            country in regions and year >= recipe.first_year for country, year in hidden
        )
    return rows, left_out


def changed_files(folder: Path, recipes: Iterable[Recipe]) -> list[str]:
    """Return the names of source files that are not those the recipes were written for."""
    sources = {PEOPLE, *(recipe.source for recipe in recipes)}
    return sorted(
        source.file
        for source in sources
        if hashlib.md5((folder / source.file).read_bytes()).hexdigest() != source.md5
    )


def write_values(path: Path, rows: Iterable[ValueRow]) -> None:
    """Write rows as the table of values."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(rows))


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, help="folder with the files that README.md lists")
    parser.add_argument("--check", action="store_true", help="compare with the table, do not write")
    options = parser.parse_args(arguments)
    path = DATA / VALUES_FILE
    for name in changed_files(options.folder, all_recipes({}).values()):
        print(f"{name} is not the file for which the recipe was written: compare its md5")
    made, left_out = make_values(options.folder)
    counts = {key for key, recipe in all_recipes({}).items() if not recipe.scale}
    print(
        *(f"{key}: {n} hidden country-years left out" for key, n in left_out.items() if n), sep="\n"
    )
    accepted = accepted_outliers()
    unexplained = [found for found in find_outliers(made, counts) if found.key not in accepted]
    if unexplained:
        print(*unexplained, sep="\n")
        print(f"{len(unexplained)} values differ much from their neighbours; look at each")
        return 1
    before = read_values(path)
    after = [row for row in before if row.indicator_id not in left_out] + made
    changed = len(set(before) ^ set(after))
    if options.check:
        print(f"{changed} rows differ")
        return int(bool(changed))
    write_values(path, after)
    print(f"{len(made)} values of {len(left_out)} indicators written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
