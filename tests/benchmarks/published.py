"""The published folder behind nginx against the live dashboard: how many readers each serves.

    python tests/benchmarks/published.py [FOLDER] [--readers 1 10 100 1000] [--live 1 10 100]

Needs nginx and wrk (Debian: ``apt-get install nginx-light wrk``). A reader of the folder asks for
the scripts of cards one after the other without a pause, which is more than people click. A reader
of the dashboard chooses a region each second, see ``load.py``. Without FOLDER the dataset is
published first, which takes some minutes.
"""

import argparse
import asyncio
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import common
import load
import proxy

import threats
from threats.publish.cards import Site
from threats.publish.site import publish

SECONDS = 8
CONFIGURATION = """
daemon off;
worker_processes 2;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    types {{ text/html html; text/css css; application/javascript js; image/png png; }}
    gzip on;
    gzip_types text/css;  # the data of charts are compressed already
    server {{ listen 127.0.0.1:{port} backlog=4096; root {folder}; }}
}}
"""
ASK = """
local paths, place = {{ {paths} }}, 0
request = function()
  place = place % #paths + 1
  return wrk.format("GET", paths[place], {{["Accept-Encoding"] = "gzip"}})
end
"""
_UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0}


def serve(folder: Path, work: Path) -> tuple[subprocess.Popen, int]:
    """Return nginx as it serves a folder, and its port."""
    port = proxy.free_ports(1)[0]
    made = work / "nginx.conf"
    made.write_text(CONFIGURATION.format(work=work, folder=folder, port=port), encoding="utf-8")
    process = subprocess.Popen([proxy.NGINX, "-c", str(made), "-p", str(work)])
    return process, port


def ask(port: int, readers: int, script: Path) -> dict:
    """Return requests a second, p50 and p95 in seconds, and errors of readers at once."""
    command = ["wrk", "-t2", f"-c{max(2, readers)}", f"-d{SECONDS}s", "--latency", "-s"]
    command += [str(script), f"http://127.0.0.1:{port}"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    spread = dict(re.findall(r"(50|75|90|99)%\s+([\d.]+[a-z]+)", told))
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    return {
        "readers": readers,
        "requests_per_s": float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]),
        "p50_s": _seconds(spread["50"]),
        "p90_s": _seconds(spread["90"]),
        "p99_s": _seconds(spread["99"]),
        "wrong": int(wrong[1]) if wrong else 0,
    }


def _seconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)([a-z]+)", text).groups()
    return float(number) * _UNITS[unit]


def of_folder(folder: Path, readers: list[int]) -> list[dict]:
    """Return a row for each number of readers of the folder."""
    with tempfile.TemporaryDirectory() as work:
        cards = sorted(path.relative_to(folder) for path in folder.glob("data/**/*.js"))
        script = Path(work) / "ask.lua"
        paths = ", ".join(f'"/{path}"' for path in cards if not path.stem.endswith(".table"))
        script.write_text(ASK.format(paths=paths), encoding="utf-8")
        Path(work).chmod(0o755)  # the workers of nginx are another user
        process, port = serve(folder.resolve(), Path(work))
        try:
            asyncio.run(asyncio.sleep(1))
            return [ask(port, count, script) for count in readers]
        finally:
            process.terminate()
            process.wait(timeout=20)


def of_dashboard(readers: list[int]) -> list[dict]:
    """Return a row for each number of readers of the live dashboard."""
    labels = load.region_labels()
    with common.dashboard() as server:
        asyncio.run(load.seen(server.address, labels))
        return [
            asyncio.run(load.together(server.address, [server.pid], count, labels, SECONDS))
            for count in readers
        ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--readers", type=int, nargs="*", default=[1, 10, 100, 1000])
    parser.add_argument("--live", type=int, nargs="*", default=[1, 10, 100])
    wanted = parser.parse_args()
    if not (proxy.NGINX and shutil.which("wrk")):
        parser.error("nginx and wrk are needed")
    with tempfile.TemporaryDirectory() as made:
        folder = wanted.folder or Path(made)
        if not wanted.folder:
            folder.chmod(0o755)
            publish(threats.load(), folder, Site())
        static = of_folder(folder, wanted.readers)
    common.show(static, "The published folder behind nginx")
    common.save("published", static)
    live = of_dashboard(wanted.live)
    common.show(live, "The live dashboard")
    common.save("published-live", live)


if __name__ == "__main__":
    main()
