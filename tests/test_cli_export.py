"""``threats export``: the charts of a selection as files, the same figures as on screen."""

import pandas as pd
import pytest
from click.testing import CliRunner
from PIL import Image

from threats.cli.main import main
from threats.content.builder import build_chart, parse_page_options
from threats.content.registry import CHART_SPECS
from threats.stats.filters import Selection
from threats.stats.selection import select


def run(*arguments):
    return CliRunner().invoke(main, ["export", *map(str, arguments)])


def test_every_chart_of_a_selection_is_written(tmp_path, data):
    done = run(tmp_path / "new" / "out", "--region", "central_asia", "--format", "csv")
    assert done.exit_code == 0, done.output
    written = sorted(path.name for path in (tmp_path / "new" / "out").iterdir())
    selected = select(data, Selection(region=("central_asia",)))
    drawn = []
    for name, spec in CHART_SPECS.items():
        values, _ = parse_page_options(spec.page, {}, selected)
        drawn += [name] if build_chart(name, selected, values) else []
    # Those of one country and of one series have nothing to show without one.
    assert len(drawn) >= len(CHART_SPECS) - 3
    assert written == sorted(f"{name}_central-asia.csv" for name in drawn)
    table = pd.read_csv(tmp_path / "new" / "out" / "attention-by-year_central-asia.csv")
    chart = build_chart("attention-by-year", selected, {})
    assert table["on_agenda"].tolist() == chart.table["on_agenda"].tolist()


@pytest.mark.usefixtures("chromium")
def test_options_pages_and_formats_are_those_of_the_addresses(tmp_path):
    done = run(
        tmp_path,
        *("--page", "trends", "--years", "2018-2023", "--option", "role=focus"),
        *("--format", "png", "--format", "xlsx", "--address", "https://threats.example/"),
    )
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        f"{name}_2018-2023_focus.{suffix}"
        for name in ("attention-by-year", "attention-compared", "then-and-now")
        for suffix in ("png", "xlsx")
    )
    assert Image.open(tmp_path / "attention-compared_2018-2023_focus.png").size == (1600, 900)
    about = pd.read_excel(
        tmp_path / "attention-compared_2018-2023_focus.xlsx",
        sheet_name="About",
        header=None,
        index_col=0,
    )[1]
    assert about["Address"] == (
        "https://threats.example/trends?years=2018-2023&role=focus#attention-compared"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--region", "atlantis"), "region=atlantis"),
        (("--option", "colour=red"), "colour=red"),
        (("--option", "tint=red"), "tint"),
        (("--years", "soon"), "years=soon"),
        (("--region", "north_america"), "No meeting matches"),
        (("--group", "illicit_goods", "--threat", "pandemic"), "No threat matches"),
    ],
)
def test_what_is_not_known_is_refused_and_nothing_written(tmp_path, arguments, said):
    done = run(tmp_path / "out", "--format", "csv", *arguments)
    assert done.exit_code != 0
    assert said in done.output
    assert not (tmp_path / "out").exists()


def test_charts_with_nothing_to_draw_are_named(tmp_path):
    done = run(tmp_path, "--series", "bsmnfp", "--years", "2017", "--format", "csv")
    assert done.exit_code == 0, done.output
    assert "trend-by-region: left out" in done.output


def test_without_a_browser_pictures_are_refused_and_figures_work(tmp_path, monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    done = run(tmp_path / "out")
    assert done.exit_code == 2
    assert "html, csv and xlsx work without" in done.output
    assert run(tmp_path / "out", "--format", "html", "--page", "overview").exit_code == 0


def test_a_broken_dataset_is_said(tmp_path, folder, monkeypatch):
    (folder / "regions.csv").write_text("nonsense\n", encoding="utf-8")
    monkeypatch.setenv("THREATS_DATA", str(folder))
    done = run(tmp_path / "out", "--format", "csv")
    assert done.exit_code == 1
    assert "regions.csv" in done.output


def test_certainty_is_a_choice_of_the_command_too(tmp_path):
    done = run(tmp_path, "--page", "trends", "--certainty", "sure", "--format", "csv")
    assert done.exit_code == 0, done.output
    table = pd.read_csv(tmp_path / "attention-by-year_sure.csv")
    assert (table["doubtful"] == 0).all()
    assert run(tmp_path, "--certainty", "doubtful").exit_code == 2
