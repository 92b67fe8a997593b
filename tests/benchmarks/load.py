"""Many readers at once: how long a change of the filter takes, and what the server needs for it.

    python tests/benchmarks/load.py [--readers 1 10 50 100 200] [--naive 1 10] [--seconds 10]
    python tests/benchmarks/load.py --soak 2000     one reader, and whether memory stays flat
    python tests/benchmarks/load.py --behind 1 2    so many processes behind nginx (deploy/)

All readers live in one process (``reader.py``) on the same machine as the server, open the page
Trends together, and then choose another region each second, each at a moment of its own. One reader
has seen every region before, so that what is computed once for all is there.
"""

import argparse
import asyncio
import contextlib
import itertools
import random
import tempfile
import time
from pathlib import Path

import common
import proxy
from reader import Reader

import threats
from threats.stats.filters import filter_choices

PAGE = "trends"


async def one(address: str, labels: list[str], seconds: float, told: dict) -> None:
    """Open the page and change its filter each second; add to ``told`` what it took."""
    reader, turn = Reader(address, PAGE), random.Random(len(told["readers"]))
    told["readers"].append(reader)
    try:
        async with asyncio.timeout(seconds + 90):
            told["opens"].append(await reader.open())
            await told["all_open"].wait()
            await asyncio.sleep(turn.random())
            until = time.perf_counter() + seconds
            while (now := time.perf_counter()) < until:
                told["reruns"].append(await reader.choose([turn.choice(labels)]))
                if not reader.charts and not reader.kept:
                    raise RuntimeError("no chart came")
                await asyncio.sleep(max(0, now + 1 - time.perf_counter()))
            await reader.close()
    except Exception as error:
        told["errors"].append(f"{type(error).__name__}: {error}")


async def together(
    address: str, pids: list[int], count: int, labels: list[str], seconds: float
) -> dict:
    """Return what ``count`` readers found, and what the processes with these ids needed for it."""
    told = {"readers": [], "opens": [], "reruns": [], "errors": [], "all_open": asyncio.Event()}
    tasks = [asyncio.create_task(one(address, labels, seconds, told)) for _ in range(count)]
    while len(told["opens"]) + len(told["errors"]) < count:
        await asyncio.sleep(0.05)
    start, client = time.perf_counter(), common.processor()
    busy, most = sum(map(common.processor, pids)), sum(map(common.memory, pids))
    told["all_open"].set()
    while not all(task.done() for task in tasks):
        await asyncio.sleep(0.25)
        most = max(most, sum(map(common.memory, pids)))
    spent = time.perf_counter() - start
    reruns, busy = told["reruns"] or [float("nan")], sum(map(common.processor, pids)) - busy
    return {
        "readers": count,
        "opened": len(told["opens"]),
        "open_p95_s": common.p95(told["opens"] or [float("nan")]),
        "reruns_per_s": len(told["reruns"]) / spent,
        "rerun_p50_s": common.p50(reruns),
        "rerun_p95_s": common.p95(reruns),
        "errors": len(told["errors"]),
        "server_mb": most,
        "server_ms_per_rerun": busy / max(1, len(told["reruns"])) * 1000,
        "client_busy": (common.processor() - client) / spent,
        "first_error": next(iter(told["errors"]), ""),
    }


async def seen(address: str, labels: list[str], times: int = 1) -> None:
    """Let one reader choose every region."""
    reader = Reader(address, PAGE)
    await reader.open()
    for label in labels * times:
        await reader.choose([label])
    await reader.close()


async def soak(server: common.Server, labels: list[str], count: int) -> list[dict]:
    """Return the memory of the server over many reruns; every tenth with a new reader."""
    rows, reader = [], None
    for number, label in zip(range(count + 1), itertools.cycle(labels), strict=False):
        if number % 10 == 0:
            if reader:
                await reader.close()
            reader = Reader(server.address, PAGE)
            await reader.open()
        await reader.choose([label])
        if number in (0, count // 4, count // 2, count * 3 // 4, count):
            rows.append({"reruns": number, "server_mb": common.memory(server.pid)})
    await reader.close()
    return rows


def measure(ours: list[int], naive: list[int], seconds: float) -> list[dict]:
    """Return a row for each number of readers of the dashboard and of the naive page."""
    labels, rows = region_labels(), []
    for app, start, counts in (("app", common.dashboard, ours), ("naive", common.naive, naive)):
        if counts:
            with start() as server:
                asyncio.run(seen(server.address, labels if app == "app" else labels[:1]))
                for count in counts:
                    found = asyncio.run(
                        together(server.address, [server.pid], count, labels, seconds)
                    )
                    rows.append({"app": app, **found})
                    common.show(rows[-1:])
    return rows


def behind(processes: list[int], counts: list[int], seconds: float) -> list[dict]:
    """Return a row for each number of processes behind nginx and of readers. They speak TLS, and
    nginx needs the machine, too."""
    labels, rows = region_labels(), []
    for many in processes:
        with contextlib.ExitStack() as stack:
            servers = [stack.enter_context(common.dashboard()) for _ in range(many)]
            for server in servers:
                asyncio.run(seen(server.address, labels))
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            ports = [int(server.address.rsplit(":", 1)[1]) for server in servers]
            address = stack.enter_context(proxy.nginx(folder, ports))
            for count in counts:
                pids = [server.pid for server in servers]
                found = asyncio.run(together(address, pids, count, labels, seconds))
                rows.append({"processes": many, **found})
                common.show(rows[-1:])
    return rows


def region_labels() -> list[str]:
    """Return the regions as the filter shows them."""
    return list(filter_choices(threats.load())["region"].values())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readers", type=int, nargs="*", default=[1, 10, 50, 100, 200])
    parser.add_argument("--naive", type=int, nargs="*", default=[1, 10])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--soak", type=int, metavar="N")
    parser.add_argument("--behind", type=int, nargs="*", metavar="PROCESSES")
    wanted = parser.parse_args()
    if wanted.behind:
        rows = behind(wanted.behind, wanted.readers, wanted.seconds)
        common.show(rows, f"Behind nginx: readers who choose a region each second on {PAGE}")
        common.save("behind", rows)
        return
    if wanted.soak:
        labels = region_labels()
        with common.dashboard() as server:
            asyncio.run(seen(server.address, labels))
            rows = asyncio.run(soak(server, labels, wanted.soak))
        common.show(rows, "Memory over many reruns")
        common.save("soak", rows)
        return
    rows = measure(wanted.readers, wanted.naive, wanted.seconds)
    common.show(rows, f"Readers who choose a region each second on {PAGE}")
    common.save("load", rows)


if __name__ == "__main__":
    main()
