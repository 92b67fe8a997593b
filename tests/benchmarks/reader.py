"""A reader without a browser: opens a page and changes its filter in Streamlit's own protocol, and
fetches the cards of its charts.

The messages are those of ``streamlit/proto``: a ``BackMsg`` asks for a run of the script, and
``ForwardMsg`` come back until ``script_finished``. Like the browser, a reader keeps the address
that the server sets and tells which large messages it still has. A browser fetches only the cards
that come near its screen, a reader all of them.
"""

import asyncio
import json
import time

import httpx
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

FINISHED = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
)


class Reader:
    """One session: ``charts`` is how many charts the last run sent or confirmed, ``cards`` the
    addresses of those that are cards, in their order, ``bytes`` what all runs sent; ``headers`` go
    along when it connects and fetches; ``protocols`` end with Streamlit's token if the
    reader is signed in."""

    def __init__(self, address: str, page: str = "") -> None:
        self.site = address
        self.address = address.replace("http", "ws", 1) + "/_stcore/stream"
        self.page, self.query, self.region = page, "", ""
        self.kept: set[str] = set()
        self.headers: dict[str, str] = {}
        self.protocols = ["streamlit"]
        self.cards: list[str] = []
        self.fetched: set[str] = set()
        self.charts = self.bytes = 0

    async def open(self) -> float:
        """Connect and run the script; return the seconds until it has finished and all charts are
        there."""
        start = time.perf_counter()
        self.http = httpx.AsyncClient(base_url=self.site, headers=self.headers, timeout=120)
        self.socket = await websockets.connect(
            self.address,
            subprotocols=self.protocols,
            max_size=None,
            compression=None,
            open_timeout=60,
            ping_interval=None,
            additional_headers=self.headers,
        )
        await self._run()
        return time.perf_counter() - start

    async def choose(self, regions: list[str]) -> float:
        """Choose regions (by their labels) in the filter; return the seconds until the script has
        run and all charts are there."""
        start = time.perf_counter()
        await self._run(regions)
        return time.perf_counter() - start

    async def close(self) -> None:
        """End the session."""
        await self.socket.close()
        await self.http.aclose()

    async def _run(self, regions: list[str] | None = None) -> None:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name = self.query, self.page
        state.cached_message_hashes.extend(self.kept)
        if regions is not None:
            widget = state.widget_states.widgets.add(id=self.region)
            widget.string_array_value.data.extend(regions)
        await self.socket.send(message.SerializeToString())
        self.charts, self.cards = 0, []
        while True:
            data = await self.socket.recv()
            self.bytes += len(data)
            if self._take(ForwardMsg.FromString(data)):
                break
        new = [address for address in self.cards if address not in self.fetched]
        await asyncio.gather(*(self._fetch(address) for address in new))
        # A card shows one answer, and asks again for another.
        self.fetched = set(self.cards)

    async def _fetch(self, address: str) -> None:
        answer = await self.http.get(f"/{address}")
        self.bytes += answer.raise_for_status().num_bytes_downloaded

    def _take(self, message: ForwardMsg) -> bool:
        """Take a message in; return whether the run has ended; raise RuntimeError if it failed."""
        kind = message.WhichOneof("type")
        if message.metadata.cacheable:
            self.kept.add(message.hash)
        if kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta":
            element = message.delta.new_element
            shown = element.WhichOneof("type")
            if shown == "multiselect" and element.multiselect.label == "Region":
                self.region = element.multiselect.id
            elif shown == "exception":
                raise RuntimeError(element.exception.message)
            elif shown == "bidi_component":
                # The findings of the start page are a component as well, without a card.
                data = json.loads(element.bidi_component.json)
                self.cards += [data["address"]] if "address" in data else []
                self.charts += "address" in data
            self.charts += shown == "plotly_chart"
        elif kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                raise RuntimeError("the script does not compile")
            return message.script_finished in FINISHED
        return False
