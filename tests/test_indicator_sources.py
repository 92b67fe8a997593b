"""The values of indicators that are made from the files of their publishers: cells are read or
refused, regions are added up, and no shipped value differs much from its neighbours unexplained."""

import csv
from pathlib import Path

import make_indicators
import openpyxl
import pytest
import recipes
from neighbours import ValueRow, accepted_outliers, find_outliers, read_values
from source_files import Row, UnreadableCellError, collect_values

SOURCES = Path(make_indicators.__file__).parent
REGIONS, CODES = make_indicators.read_regions()
RECIPES = recipes.all_recipes(CODES)
COUNTS = {key for key, recipe in RECIPES.items() if not recipe.scale}
SHIPPED = read_values(make_indicators.DATA / make_indicators.VALUES_FILE)
HEADER = (
    *("Iso3_code", "Country", "Indicator", "Dimension", "Category", "Sex", "Age", "Year"),
    *("Unit of measurement", "txtVALUE"),
)


def victims(iso3, year, cell, age="Total"):
    what = ("Detected trafficking victims", "Total", "Total", "Total", age)
    return (iso3, iso3, *what, year, "Counts", cell)


@pytest.fixture
def workbook(tmp_path):
    """Return a function that writes a workbook like that of UNODC and returns its path."""

    def write(*rows, date="14/04/2025", header=HEADER):
        book = openpyxl.Workbook()
        for row in (("UNODC",), (date,), header, *rows):
            book.active.append(row)
        book.save(tmp_path / "data_glotip.xlsx")
        return tmp_path / "data_glotip.xlsx"

    return write


def read(path):
    return RECIPES["unodc_tip_victims"].reader(path)


def row(value, period="2013", n=2, indicator="unodc_tip_victims", region="north_america"):
    return ValueRow(indicator, region, period, value, n, "https://here")


# Cells


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,192", 1192),
        ("12,345,678", 12345678),
        ("63", 63),
        (" 7 ", 7),
        (5, 5),
        ("1,192.5", 1192.5),
    ],
)
def test_a_number_is_read_with_its_thousands(cell, value):
    assert Row("f", 4, {"v": cell}).value("v") == value


def test_a_hidden_count_is_left_out_and_counted(workbook):
    values, hidden = read(workbook(victims("USA", 2013, "1,192"), victims("CAN", 2013, "<5")))
    assert values == {("USA", 2013): 1192}
    assert hidden == [("CAN", 2013)]


@pytest.mark.parametrize(
    "cell", ["1192*", "1,19", "1.192,5", "12a", "-", "", None, "n/a", "<10", "-3", -3, True]
)
def test_a_footnote_mark_or_other_text_is_refused_with_its_place(workbook, cell):
    with pytest.raises(UnreadableCellError, match=r"data_glotip\.xlsx, row 5, column txtVALUE"):
        read(workbook(victims("USA", 2012, "524"), victims("USA", 2013, cell)))


def test_a_file_of_another_form_is_refused(workbook):
    for path in (
        workbook(victims("USA", 2013, "1"), date="30/05/2023"),
        workbook(victims("USA", 2013, "1"), header=HEADER[:-1]),
        workbook(victims("USA", 2013, "1"), victims("USA", 2013, "2")),
        workbook(victims("USA", "2013b", "1")),
    ):
        with pytest.raises(UnreadableCellError):
            read(path)


def test_a_table_may_leave_cells_empty_only_where_the_recipe_says_so(tmp_path):
    path = tmp_path / "csam-reports-per-country.csv"
    text = 'country,iso3,2019,2020,2021,2022\nUkraine,UKR,"1,192",,3,4\n'
    path.write_text(text, encoding="utf-8")
    values, _hidden = RECIPES["ncmec_reports_per_thousand"].reader(path)
    assert values == {("UKR", 2019): 1192, ("UKR", 2021): 3, ("UKR", 2022): 4}
    path.write_text(text.replace("1,192", "1,192 [a]"), encoding="utf-8")
    with pytest.raises(UnreadableCellError, match=r"row 2, column 2019"):
        RECIPES["ncmec_reports_per_thousand"].reader(path)


def test_a_row_with_too_few_cells_is_refused(tmp_path):
    path = tmp_path / "organizedviolencecy_v25_1.csv"
    path.write_text(
        "country_cy,year_cy,os_nsgroup_killings_best_cy\nRussia (Soviet Union),2006\n",
        encoding="utf-8",
    )
    with pytest.raises(UnreadableCellError, match="row 2"):
        RECIPES["ucdp_nsgroup_civilian_deaths"].reader(path)


# Regions


def test_regions_and_the_whole_area_are_added_up_and_a_rate_is_pooled():
    values = {("USA", 2013): 1192.0, ("CAN", 2013): 8.0, ("AFG", 2013): 5.0, ("BRA", 2013): 9.0}
    people = {("USA", 2013): 3_000_000.0, ("CAN", 2013): 1_000_000.0}
    made = make_indicators.aggregate("x", RECIPES["unodc_tip_victims"], values, people, REGIONS)
    assert [one[1:5] for one in made] == [
        ("afghanistan", "2013", "5", 1),
        ("north_america", "2013", "1200", 2),
        ("osce_area", "2013", "1200", 2),
    ]
    rates = make_indicators.aggregate(
        "x", RECIPES["unodc_tip_victims_rate"], values, people, REGIONS
    )
    assert next(one[1:5] for one in rates) == ("north_america", "2013", "300", 2)


def test_a_panel_has_only_countries_with_every_year():
    values = {("USA", 2016): 1.0, ("USA", 2017): 1.0, ("CAN", 2016): 1.0, ("USA", 2018): 1.0}
    panel = make_indicators.select_panel(values, 2016, 2017)
    assert set(panel) == {("USA", 2016), ("USA", 2017)}


def test_the_united_kingdom_is_the_sum_of_all_its_parts(workbook):
    parts = ("GBR_E_W", "GBR_NI", "GBR_S")
    what = ("Offences", "by type of offence", "Corruption", "Total", "Total")
    rows = [(part, part, *what, 2019, "Counts", 10) for part in parts]
    rows += [(part, part, *what, 2020, "Counts", 10) for part in parts[:2]]
    path = workbook(*rows, date="16/05/2024", header=(*HEADER[:-1], "VALUE"))
    values, _hidden = RECIPES["unodc_corruption_rate"].reader(path)
    assert values["GBR", 2019] == 30
    assert ("GBR", 2020) not in values


# Neighbours


def test_a_value_that_falls_to_a_thirtieth_is_found():
    (found,) = find_outliers([row("1892", "2012"), row("63")], COUNTS)
    assert found.row == row("63")
    assert str(found) == (
        "unodc_tip_victims, north_america: 1892 of 2 countries in 2012, 63 of 2 in 2013"
    )
    assert find_outliers([row("1892", "2012"), row("1900")], COUNTS) == []


def test_a_value_that_loses_half_of_its_countries_is_found():
    rate = dict(indicator="unodc_tip_victims_rate")
    rows = [row("1.49", "2012", **rate), row("1.79", "2013", 1, **rate)]
    assert len(find_outliers(rows, COUNTS)) == 1
    assert find_outliers([rows[0], row("1.79", **rate)], COUNTS) == []


def test_small_counts_may_differ_but_small_rates_may_not():
    assert find_outliers([row("1", "2012"), row("99")], COUNTS) == []
    assert len(find_outliers([row("0", "2012"), row("100")], COUNTS)) == 1
    rate = dict(indicator="unodc_tip_victims_rate")
    assert len(find_outliers([row("1", "2012", **rate), row("99", **rate)], COUNTS)) == 1


def test_every_shipped_value_is_like_its_neighbours_or_accepted_with_a_reason():
    accepted = accepted_outliers()
    found = find_outliers((one for one in SHIPPED if one.indicator_id in RECIPES), COUNTS)
    assert [str(one) for one in found if not accepted.get(one.key)] == []
    assert set(accepted) == {one.key for one in found}  # none that is no outlier any more


# The command


@pytest.fixture
def made(monkeypatch, tmp_path):
    """Return a function that runs the command with these values for a copy of the table."""
    path = tmp_path / make_indicators.VALUES_FILE
    path.write_bytes((make_indicators.DATA / make_indicators.VALUES_FILE).read_bytes())
    monkeypatch.setattr(make_indicators, "DATA", tmp_path)
    monkeypatch.setattr(make_indicators, "changed_files", lambda folder, recipes: [])

    def run(rows, *arguments):
        left_out = dict.fromkeys({one.indicator_id for one in rows}, 0)
        monkeypatch.setattr(make_indicators, "make_values", lambda folder: (rows, left_out))
        before = path.read_bytes()
        code = make_indicators.main([str(tmp_path), *arguments])
        return code, path.read_bytes() != before

    return run


def test_the_command_writes_only_what_is_looked_at(made, capsys):
    own = [one for one in SHIPPED if one.indicator_id == "unodc_tip_victims"]
    assert made(own) == (0, False)
    assert made(own, "--check") == (0, False)
    wrong = [
        one._replace(value="63") if one[1:3] == ("north_america", "2013") else one for one in own
    ]
    assert made(wrong) == (1, False)
    assert "north_america: 524 of 2 countries in 2012, 63 of 2 in 2013" in capsys.readouterr().out
    other = [
        one._replace(value="2379") if one[1:3] == ("north_america", "2013") else one for one in own
    ]
    assert made(other, "--check") == (1, False)
    assert made(other) == (0, True)


# The shipped tables


def test_every_shipped_value_names_the_file_of_its_recipe():
    with (make_indicators.DATA / "indicators.csv").open(encoding="utf-8", newline="") as file:
        indicators = {line["indicator_id"]: line for line in csv.DictReader(file)}
    for key, recipe in RECIPES.items():
        assert indicators[key]["source_url"] == recipe.source.address
    for one in SHIPPED:
        assert one.source_url == indicators[one.indicator_id]["source_url"]
    assert {one.indicator_id for one in SHIPPED} == set(indicators)


def test_the_readme_lists_every_file_and_every_series_that_is_not_made():
    text = (SOURCES / "README.md").read_text(encoding="utf-8")
    for source in recipes.SOURCES:
        repository, _, rest = source.address.removeprefix("https://github.com/").partition("/blob/")
        commit, path = rest.split("/", 1)
        line = next(line for line in text.splitlines() if line.startswith(f"| `{source.file}`"))
        assert all(part in line for part in (repository, commit, path, source.md5))
    left = {one.indicator_id for one in SHIPPED} - set(RECIPES)
    assert all(f"`{key}`" in text for key in left)
    assert f"these {len(left)} " in text
    assert f"makes {len(RECIPES)} of the {len(RECIPES) + len(left)} indicators" in text


def test_a_repeated_country_and_year_is_refused():
    rows = [Row("f", n, {"c": "USA", "y": "2013", "v": 1}) for n in (4, 5)]
    with pytest.raises(UnreadableCellError, match="row 5"):
        collect_values(rows, lambda one: one.cells["c"], "y", "v")
