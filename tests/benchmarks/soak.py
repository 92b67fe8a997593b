"""Many readers for long: errors, memory, and how long a change takes, ten minutes at a time.

    python tests/benchmarks/soak.py --minutes 60 [--readers 50] [--every 10]

Each reader opens a page, chooses regions at moments of its own, opens what can be taken along,
follows a link to a file of it, asks for an address of the API, of the files, of a brief, a print or
an embedded chart, and goes on to another page as a new reader. All live in one process on the
machine of the server.
"""

import argparse
import asyncio
import itertools
import random
import time

import common
import httpx
from load import region_labels
from reader import Reader
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from threats.brief.writers import BRIEF_FORMATS
from threats.content.pages import HOME_PAGE, PAGES
from threats.content.registry import CHART_SPECS
from threats.server.routes.api import API_FIGURES

MOST_TRIES = 4
# These take the server a third of a second of all readers' time for each picture.
PICTURES = (
    "Image for a slide (16:9)",
    "Square image",
    "SVG",
    "PDF",
    "All formats (ZIP)",
    "All charts (ZIP)",
)


class Visitor(Reader):
    """A reader who also opens the menus of page and cards: ``files`` are the addresses of the
    files in those that were opened since the last run, by their labels."""

    def __init__(self, address: str, page: str) -> None:
        super().__init__(address, page)
        self.menu = ""
        self.files: dict[str, str] = {}

    def _take(self, message: ForwardMsg) -> bool:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.menu, self.files = "", {}
        elif kind == "delta":
            block = message.delta.add_block
            if block.WhichOneof("type") == "popover":
                self.menu = block.popover.id or block.id
            element = message.delta.new_element
            shown = element.WhichOneof("type")
            if shown == "download_button":
                self.files[element.download_button.label] = element.download_button.url
            elif shown == "link_button" and "/download/" in element.link_button.url:
                self.files[element.link_button.label] = element.link_button.url
        return super()._take(message)

    async def open_menu(self) -> None:
        """Open the menu of the page."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name = self.query, self.page
        state.cached_message_hashes.extend(self.kept)
        state.widget_states.widgets.add(id=self.menu, bool_value=True)
        await self.socket.send(message.SerializeToString())
        self.cards = []
        while not self._take(ForwardMsg.FromString(await self.socket.recv())):
            pass

    async def open_share(self, number: int) -> None:
        """Open *Share* of a chart by its number, counted from 0."""
        answer = await self.http.get(f"/{self.cards[number]}")
        files = answer.raise_for_status().json().get("share", {"files": []})["files"]
        self.files |= {file["label"]: f"/{file['address']}" for file in files}


async def asked(url: str, client: httpx.AsyncClient, busy: list[str]) -> float:
    """Ask for an address, again where too much is asked at once, as a reader would, which is added
    to ``busy``; return the seconds until the answer was there."""
    start = time.perf_counter()
    for _ in range(MOST_TRIES):
        answer = await client.get(url)
        if answer.status_code != 503:
            break
        busy.append(url)
        await asyncio.sleep(int(answer.headers["Retry-After"]))
    answer.raise_for_status()
    return time.perf_counter() - start


def addresses() -> list[str]:
    """Return what is asked for beside the pages."""
    api = [f"/api/{name}.{kind}" for name in API_FIGURES for kind in ("csv", "json")]
    plain = [f"/print/{page}" for page in PAGES if PAGES[page].printable]
    embedded = [f"/embed/{name}" for name in list(CHART_SPECS)[::4]]
    briefs = [f"/download/brief.{form}" for form in BRIEF_FORMATS]
    return [
        *api,
        *plain,
        *embedded,
        *briefs,
        "/files/meetings.csv",
        "/files/threat-themes.zip",
        "/healthz",
    ]


async def visit(address: str, number: int, labels: list[str], until: float, told: dict) -> None:
    """Be one reader after another until the time is over; add to ``told`` what it took."""
    turn, pages = random.Random(number), itertools.cycle(PAGES)
    for _ in range(number % len(PAGES)):
        next(pages)
    await asyncio.sleep(turn.random() * 2)
    async with httpx.AsyncClient(base_url=address, timeout=180) as client:
        while time.monotonic() < until:
            page = next(pages)
            try:
                async with asyncio.timeout(240):
                    await one_visit(address, page, labels, turn, client, told)
            except Exception as error:
                told["errors"].append(f"{page}: {type(error).__name__}: {error}"[:200])
                await asyncio.sleep(1)


async def one_visit(
    address: str, page: str, labels: list[str], turn: random.Random, client, told: dict
) -> None:
    """Open a page, change it some times, take something along, and leave."""
    reader = Visitor(address, "" if page == HOME_PAGE else page)
    told["opens"].append(await reader.open())
    try:
        for _ in range(turn.randint(2, 5)):
            await asyncio.sleep(turn.uniform(1, 4))
            told["reruns"].append(await reader.choose([turn.choice(labels)]))
        number = turn.randint(-1, len(reader.cards) - 1)
        if number >= 0:
            await reader.open_share(number)
        elif reader.menu:
            await reader.open_menu()
        if reader.files:
            quick = [label for label in reader.files if label not in PICTURES]
            label = turn.choice(quick * 3 + list(reader.files))
            told["downloads"].append(await asked(reader.files[label], client, told["busy"]))
    finally:
        await reader.close()
    told["requests"].append(await asked(turn.choice(addresses()), client, told["busy"]))


KINDS = ("opens", "reruns", "downloads", "requests")


async def soak(server: common.Server, readers: int, minutes: float, every: float) -> list[dict]:
    """Return a row for each ``every`` minutes: counts, 95th percentiles, errors and memory."""
    labels, rows = region_labels(), []
    told = {name: [] for name in (*KINDS, "busy", "errors")}
    start = time.monotonic()
    until = start + minutes * 60
    tasks = [
        asyncio.create_task(visit(server.address, n, labels, until, told)) for n in range(readers)
    ]
    first = common.memory(server.pid)
    while time.monotonic() < until:
        await asyncio.sleep(max(0, min(every * 60, until - time.monotonic())))
        now = {name: told[name][:] for name in told}
        for name in told:
            del told[name][: len(now[name])]
        row = {"minute": round((time.monotonic() - start) / 60, 1)}
        for name in KINDS:
            row[name] = len(now[name])
            row[f"{name}_p95_s"] = common.p95(now[name] or [float("nan")])
        row |= {
            "busy": len(now["busy"]),
            "errors": len(now["errors"]),
            "server_mb": common.memory(server.pid),
        }
        row["first_error"] = next(iter(now["errors"]), "")[:90]
        rows.append(row)
        common.show(rows[-1:])
    await asyncio.gather(*tasks)
    rows[-1]["errors"] += len(told["errors"])
    rows[-1]["first_error"] = rows[-1]["first_error"] or next(iter(told["errors"]), "")
    rows[0]["server_mb_at_start"] = first
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--every", type=float, default=10, metavar="MINUTES")
    wanted = parser.parse_args()
    # All readers have one address here, which would be too many of one asker.
    with common.dashboard(THREATS_REQUESTS_A_MINUTE="0") as server:
        rows = asyncio.run(soak(server, wanted.readers, wanted.minutes, wanted.every))
        time.sleep(5)
        at_rest = common.memory(server.pid)
    start = rows[0].pop("server_mb_at_start")
    common.show(rows, f"{wanted.readers} readers for {wanted.minutes:g} minutes")
    print(f"memory: {start:,.0f} MB at the start, {at_rest:,.0f} MB at the end")
    print(f"errors: {sum(row['errors'] for row in rows)}")
    common.save("soak", rows)


if __name__ == "__main__":
    main()
