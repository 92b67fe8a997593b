"""What is installed on a server: the unit of systemd, and that it, nginx and the image agree."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from threats.exports import chrome
from threats.exports.images import render_figure
from threats.server.middleware import clients
from threats.server.middleware.page_limits import MAX_PAGES
from threats.server.middleware.rate_limits import MAX_ADDRESS_BYTES

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "threat-themes@.service"
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
IMAGE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
SERVER = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["server"]


@pytest.fixture
def unit(tmp_path):
    """Return the unit as it would stand on a server that has the dashboard here."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd on this machine")
    text = UNIT.read_text(encoding="utf-8")
    for shipped, here in {
        "/opt/threat-themes/current/.venv/bin": str(Path(sys.executable).parent),
        "/opt/threat-themes/current": str(ROOT),
        "/usr/bin/curl": sys.executable,  # that it is there is for the server
    }.items():
        assert shipped in text
        text = text.replace(shipped, here)
    path = tmp_path / UNIT.name.replace("@", "@8501")
    path.write_text(text, encoding="utf-8")
    return path


def analyze(*arguments):
    """Return the exit code of systemd-analyze, and what it says."""
    command = ["systemd-analyze", *map(str, arguments), "--no-pager"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120)
    return told.returncode, told.stdout + told.stderr


def test_systemd_finds_nothing_wrong_with_the_unit(unit):
    code, told = analyze("verify", "--man=no", unit)
    assert code == 0, told
    assert unit.name not in told


def test_systemd_finds_the_unit_well_fenced(unit):
    # Of 10 at most 2: what is left is the network and a browser that compiles at run time.
    code, told = analyze("security", "--offline=true", "--threshold=20", unit)
    assert code == 0, told


def test_nginx_knows_each_process_in_both_of_its_lists():
    [listed] = re.findall(r"upstream threat_themes \{(.*?)\}", NGINX, re.DOTALL)
    [named] = re.findall(r"map \$cookie_process \$process \{(.*?)\}", NGINX, re.DOTALL)
    ports = re.findall(r"server 127\.0\.0\.1:(\d+) max_fails=0;", listed)
    assert ports == ["8501", "8502"]
    assert re.findall(r"(\d+) 127\.0\.0\.1:(\d+);", named) == [(port, port) for port in ports]


def test_nginx_lets_uploads_through_that_the_dashboard_takes():
    most = int(re.search(r"client_max_body_size (\d+)m;", NGINX)[1])
    # Streamlit allows 1 MB for what stands around a file.
    assert most == SERVER["maxUploadSize"] + 1


def test_no_few_addresses_lock_all_others_out_of_nginx():
    zones = dict(re.findall(r"limit_conn_zone (\S+) zone=(\w+):", NGINX))
    [pages] = re.findall(r"location = /_stcore/stream \{(.*?)\}", NGINX, re.DOTALL)
    limits = {name: int(most) for name, most in re.findall(r"limit_conn (\w+) (\d+);", pages)}
    total, own = limits[zones["$server_name"]], limits[zones["$binary_remote_addr"]]
    assert MAX_PAGES <= own <= total / 4


def test_nginx_cuts_slow_clients():
    for name in ("client_header_timeout", "client_body_timeout"):
        assert re.search(rf"\n    {name} 15s;", NGINX)


def test_nginx_waits_longer_for_an_answer_than_the_dashboard_takes_to_refuse_it():
    wait = int(re.search(r"proxy_read_timeout (\d+)s", NGINX).group(1))
    dashboard = clients.REQUEST_QUEUE_TIMEOUT + chrome.TIME_BUDGET_TIMEOUT + chrome.RENDER_TIMEOUT
    assert wait > dashboard


def test_the_image_takes_along_what_there_is_and_no_tests():
    copied = re.findall(r"^COPY (.*) \S+$", IMAGE, re.MULTILINE)
    names = {name for line in copied for name in line.split()}
    assert {"app.py", "data", "threats", ".streamlit", "pyproject.toml"} <= names
    assert all((ROOT / name).exists() for name in names)
    assert "tests" not in names


def test_unit_and_image_start_the_dashboard_alike():
    unit = UNIT.read_text(encoding="utf-8")
    [command] = re.findall(r"ExecStart=\S+/(threats serve.*)", unit)
    [image_command] = re.findall(r"^CMD (\[.*\])$", IMAGE, re.MULTILINE)
    assert command.split()[:3] == json.loads(image_command)[:3] == ["threats", "serve", "--address"]
    settings = [set(re.findall(r"STREAMLIT_\w+=\w+", text)) for text in (unit, IMAGE)]
    assert settings[0] == settings[1] != set()


def test_nginx_logs_nothing_of_a_request():
    for server in NGINX.split("\nserver {")[1:]:
        assert "access_log off;" in server
        assert re.search(r"error_log \S+ emerg;", server)


def test_nginx_takes_the_cookies_of_sign_in_and_long_addresses():
    for setting in ("proxy_buffer_size", "large_client_header_buffers 8"):
        assert int(re.search(rf"{setting} (\d+)k;", NGINX)[1]) * 1_000 > 2 * MAX_ADDRESS_BYTES


# A word of each script: a font that lacks it draws boxes, which all look the same.
SCRIPTS = {
    "Cyrillic": "Граница",
    "Georgian": "საზღვარი",
    "Armenian": "սահման",
    "Arabic": "حدود",
    "Hebrew": "גבול",
    "Chinese": "边界",
    "Korean": "국경",
}


def test_the_image_has_fonts_for_the_scripts_of_the_area_and_its_partners():
    installed = IMAGE.partition("apt-get install")[2].partition("rm -rf")[0].split()
    # Its package list: Latin, Cyrillic, Georgian, Armenian, Arabic and Hebrew; then CJK.
    assert {"chromium", "fonts-noto-core", "fonts-noto-cjk"} <= set(installed)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_picture_has_the_letters_of_a_script_where_its_font_is(chromium, script):
    language = {"Cyrillic": "ru", "Georgian": "ka", "Armenian": "hy", "Arabic": "ar"}
    language |= {"Hebrew": "he", "Chinese": "zh", "Korean": "ko"}
    if not shutil.which("fc-list"):
        pytest.skip("no list of fonts on this machine")
    fonts = subprocess.run(
        ["fc-list", f":lang={language[script]}"], capture_output=True, text=True, timeout=60
    ).stdout
    if not fonts.strip():
        pytest.skip(f"no font for {script} on this machine")

    def drawn(text):
        layout = dict(title=dict(text=text), width=400, height=200)
        return render_figure({"data": [], "layout": layout}, "png", 400, 200)

    word = SCRIPTS[script]
    # As many letters that no font has.
    assert drawn(word) != drawn("\U000f0000" * len(word))
    assert drawn(word) != drawn(word[0] * len(word))
