"""The recipe of each indicator: its source file, the rows it counts, and how regions are made."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from source_files import CountryValues, Row, collect_values, read_csv, read_workbook


class Source(NamedTuple):
    """A source file: its name in the folder, the address of the copy read, and its md5."""

    file: str
    address: str
    md5: str


_GITHUB = "https://github.com/{}/blob/{}/{}"
_DOGAN = ("onurbdogan/crime_in_proportions_europe_2022", "0ace709b3bcc8aee779f286a6b57ccfbcdcad36b")
PEOPLE = Source(
    "people.csv",
    _GITHUB.format("iom/gdidata", "c9e4cc69cebd91d6cfca5f4107e2406e4de2c6ff", "data/wdi.rda"),
    "db7283d4531941a67aff85b7e94d0881",
)
GLOTIP = Source(
    "data_glotip.xlsx",
    _GITHUB.format(
        "mari21041/first_project",
        "7e1c7fdc39a12e218be50ba534813c439d19a063",
        "data/raw/data_glotip.xlsx",
    ),
    "bfd8084421ee686f2af19c247a844d44",
)
CTS = Source(
    "data_cts_corruption_and_economic_crime.xlsx",
    _GITHUB.format(*_DOGAN, "data/data_cts_corruption_and_economic_crime.xlsx"),
    "154daaf5dd688ef0d8791f738ba49b87",
)
ARMS = Source(
    "counts_problem_data_iafq_firearms_trafficking.xlsx",
    _GITHUB.format(*_DOGAN, "data/counts_problem_data_iafq_firearms_trafficking.xlsx"),
    "b4fb9191610f1610d99e4a21592a5605",
)
UCDP = Source(
    "organizedviolencecy_v25_1.csv",
    _GITHUB.format(
        "nishitpatell/UCDP-WorldBankDataset",
        "c76c75845a020b67f651e9f95d82ebf1304228ee",
        "organizedviolencecy_v25_1.csv",
    ),
    "b2e3daf575abd1db6fd979a96b667c3d",
)
NCMEC = Source(
    "csam-reports-per-country.csv",
    _GITHUB.format(
        "apparebit/intransparent",
        "9cb15b331eec75d6ccad83f04b6abb8c19bc8a04",
        "data/csam-reports-per-country.csv",
    ),
    "068bb71d32dbecb6c7da17d83855d950",
)
SOURCES = (PEOPLE, GLOTIP, CTS, ARMS, UCDP, NCMEC)


class Recipe(NamedTuple):
    """How the values of an indicator are made of the values of countries.

    ``reader`` returns these and the country-years that the publisher hides. Countries are added up;
    with a ``scale`` the sum is divided by their people and multiplied by it. A ``panel`` is the
    first and last year for which a country must have every figure.
    """

    source: Source
    reader: Callable[[Path], tuple[CountryValues, list[tuple[str, int]]]]
    first_year: int
    scale: int = 0
    panel: tuple[int, int] | None = None
    decimals: int = 3


_UNODC_COLUMNS = ("Indicator", "Dimension", "Category", "Sex", "Age", "Unit of measurement")


def _unodc_reader(
    date: str, column: str, *selection: str
) -> Callable[[Path], tuple[CountryValues, list[tuple[str, int]]]]:
    """Return a reader of the rows of a UNODC workbook that have these cells in
    ``_UNODC_COLUMNS``."""

    def read(path: Path) -> tuple[CountryValues, list[tuple[str, int]]]:
        wanted = dict(zip(_UNODC_COLUMNS, selection, strict=True))
        columns = (*_UNODC_COLUMNS, "Iso3_code", "Year", column)
        rows = read_workbook(path, columns, date)
        rows = (row for row in rows if all(row.cells[k] == v for k, v in wanted.items()))
        return collect_values(rows, _unodc_country, "Year", column)

    return read


def _unodc_country(row: Row) -> str:
    # Territories without a code, such as Sark, have only a name.
    return row.cells["Iso3_code"] or row.cells["Country"]


def _victims(age: str) -> Callable:
    selection = ("Detected trafficking victims", "Total", "Total", "Total", age, "Counts")
    return _unodc_reader("14/04/2025", "txtVALUE", *selection)


def _offences(category: str, indicator: str = "Offences") -> Callable:
    """Return a reader of recorded offences; the United Kingdom is the sum of its three parts in
    the years in which all three have a figure."""
    selection = (indicator, "by type of offence", category, "Total", "Total", "Counts")
    read_parts = _unodc_reader("16/05/2024", "VALUE", *selection)

    def read(path: Path) -> tuple[CountryValues, list[tuple[str, int]]]:
        values, hidden = read_parts(path)
        for year in {year for _country, year in values}:
            parts = [values.get((part, year)) for part in ("GBR_E_W", "GBR_NI", "GBR_S")]
            known = [part for part in parts if part is not None]
            if len(known) == len(parts):
                values["GBR", year] = sum(known)
        return values, hidden

    return read


# UCDP's names of countries that data/countries.csv names otherwise.
_UCDP_NAMES = {
    "Bosnia-Herzegovina": "BIH",
    "Czech Republic": "CZE",
    "Russia (Soviet Union)": "RUS",
    "Serbia (Yugoslavia)": "SRB",
    "South Korea": "KOR",
    "Turkey": "TUR",
    "United States of America": "USA",
    "Vatican City State": "VAT",
}


def _deaths(column: str, countries: dict[str, str]) -> Callable:
    """Return a reader of a column of UCDP; ``countries`` is the code of each name."""
    codes = countries | _UCDP_NAMES

    def read(path: Path) -> tuple[CountryValues, list[tuple[str, int]]]:
        rows = read_csv(path, ("country_cy", "year_cy", column))
        return collect_values(
            rows,
            lambda row: codes.get(row.cells["country_cy"], row.cells["country_cy"]),
            "year_cy",
            column,
        )

    return read


# A second row of French Guiana, which is in no region.
_NCMEC_REPEATED = "Guiana, French"


def _read_ncmec(path: Path) -> tuple[CountryValues, list[tuple[str, int]]]:
    """Return NCMEC's reports. Each year is a column, and an empty cell means no figure."""
    years = ("2019", "2020", "2021", "2022")
    rows = [
        Row(row.file, row.number, {**row.cells, "year": year})
        for row in read_csv(path, ("country", "iso3", *years))
        for year in years
        if row.cells["country"] != _NCMEC_REPEATED and row.cells[year] != ""
    ]
    values: CountryValues = {}
    for year in years:
        own: Iterable[Row] = (row for row in rows if row.cells["year"] == year)
        values |= collect_values(
            own, lambda row: row.cells["iso3"] or row.cells["country"], "year", year
        )[0]
    return values, []


def _offence_recipes() -> dict[str, Recipe]:
    species = "Trade or possession of protected or prohibited species of faune and flora"
    offences = {
        "computer_access": (_offences("Unlawful access to a computer system"), 2013, 2021),
        "corruption": (_offences("Corruption"), 2013, 2022),
        "cyber_fraud": (_offences("Fraud: Cyber-related (Cy)"), 2013, 2022),
        "money_laundering": (_offences("Money laundering"), 2013, 2022),
        "smuggling_of_migrants": (_offences("Smuggling of migrants"), 2013, 2022),
        "vehicle_theft": (_offences("Theft: of a motorized vehicle"), 2006, 2022),
        "wildlife": (_offences(species, "Acts against the environment"), 2013, 2021),
    }
    recipes = {}
    for name, (reader, first, last) in offences.items():
        recipes[f"unodc_{name}_rate"] = Recipe(CTS, reader, first, 100_000)
        recipes[f"unodc_{name}_rate_panel"] = Recipe(CTS, reader, 2017, 100_000, (2017, last))
    return recipes


def all_recipes(countries: dict[str, str]) -> dict[str, Recipe]:
    """Return the recipe of each indicator; ``countries`` is the code of each country's name."""
    victims = _victims("Total")
    children = _victims("0 to 17 years")
    arms = _unodc_reader(
        "26/08/2024", "VALUE", "Arms seized", "Total", "Total", "na", "na", "Counts"
    )
    deaths = _deaths("cumulative_total_deaths_in_orgvio_best_cy", countries)
    killed = _deaths("os_nsgroup_killings_best_cy", countries)
    return {
        "ncmec_reports_per_thousand": Recipe(NCMEC, _read_ncmec, 2019, 1_000),
        "ucdp_nsgroup_civilian_deaths": Recipe(UCDP, killed, 2006),
        "ucdp_orgviol_deaths": Recipe(UCDP, deaths, 2006),
        "unodc_arms_seized": Recipe(ARMS, arms, 2016),
        "unodc_arms_seized_rate": Recipe(ARMS, arms, 2016, 100_000),
        "unodc_tip_children": Recipe(GLOTIP, children, 2006),
        "unodc_tip_victims": Recipe(GLOTIP, victims, 2006),
        "unodc_tip_victims_rate": Recipe(GLOTIP, victims, 2006, 1_000_000, decimals=2),
        "unodc_tip_victims_rate_panel": Recipe(GLOTIP, victims, 2016, 1_000_000, (2016, 2022), 2),
        **_offence_recipes(),
    }
