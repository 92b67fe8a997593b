"""What the benchmarks share: servers, a browser, percentiles, processor time, memory, tables."""

import contextlib
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import httpx

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
STREAMLIT = ["--server.headless=true", "--server.address=127.0.0.1"]


class Server(NamedTuple):
    """A running server: its address and the id of its process."""

    address: str
    pid: int


@contextlib.contextmanager
def server(
    command: Sequence[str], folder: Path, health: str, **environment: str
) -> Iterator[Server]:
    """Start a Python program that serves on the port put for ``PORT`` in its arguments, wait until
    ``health`` answers, and stop it in the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    arguments = [part.replace("PORT", port) for part in command]
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address + health, process)
        yield Server(address, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(address: str, process: subprocess.Popen, every: float = 0.02) -> None:
    """Return when an address answers 200; raise RuntimeError if the process ends or a minute
    passes."""
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(address, timeout=5).status_code == 200:
                return
        time.sleep(every)
    raise RuntimeError(f"{address} does not answer")


def streamlit_app(script: Path, **environment: str) -> contextlib.AbstractContextManager[Server]:
    """Return a Streamlit server of a script, with the configuration of the folder it lies in."""
    command = ["-m", "streamlit", "run", script.name, "--server.port=PORT", *STREAMLIT]
    return server(command, script.parent, "/_stcore/health", **environment)


def dashboard(**environment: str) -> contextlib.AbstractContextManager[Server]:
    """Return a server of the dashboard as its users start it, for many readers at one address."""
    command = ["-c", "from threats.cli.main import main; main()", "serve", "--port", "PORT"]
    command += ["--address", "127.0.0.1"]
    unlimited = {"THREATS_REQUESTS_A_MINUTE": "0"}
    return server(command, ROOT, "/_stcore/health", **unlimited | environment)


def naive() -> contextlib.AbstractContextManager[Server]:
    """Return a server of the naive page."""
    return streamlit_app(HERE / "naive.py")


def dash() -> contextlib.AbstractContextManager[Server]:
    """Return a server of the Dash app."""
    return server([str(HERE / "dash_app.py"), "PORT"], HERE, "/")


@contextlib.contextmanager
def chromium() -> Iterator:
    """Start Chrome or Chromium; give Playwright's browser."""
    from choreographer.browsers.chromium import Chromium
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=Chromium.find_browser(skip_local=False),
            args=["--no-sandbox", "--disable-background-networking", "--no-first-run"],
        )
        yield browser
        browser.close()


def p50(values: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile, no more than the largest value."""
    if len(values) < 2:
        return values[0]
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def memory(pid: int | str = "self") -> float:
    """Return the resident memory of a process in MB (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def processor(pid: int | str = "self") -> float:
    """Return the processor time in s that a process has used so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def show(rows: Sequence[dict], title: str = "") -> None:
    """Print rows of the same keys as a table."""
    if title:
        print(f"\n{title}")
    if not rows:
        return
    lines = [list(rows[0]), *([_cell(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    for line in lines:
        print("  ".join(text.ljust(w) for text, w in zip(line, widths, strict=True)).rstrip())
    sys.stdout.flush()


def _cell(value: object) -> str:
    return (
        f"{value:,.4g}"
        if isinstance(value, float) and value < 1000
        else f"{value:,.0f}"
        if (isinstance(value, float))
        else str(value)
    )


def save(name: str, rows: Sequence[dict]) -> None:
    """Put the rows of a benchmark under its name into build/bench.json, beside the others."""
    path = ROOT / "build" / "bench.json"
    path.parent.mkdir(exist_ok=True)
    told = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    told[name] = {"load_before": round(os.getloadavg()[0], 2), "rows": list(rows)}
    path.write_text(json.dumps(told, indent=1), encoding="utf-8")
