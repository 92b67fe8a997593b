"""How much one client may do: its key, its rate, and its share of the places."""

import asyncio
import contextlib
import ipaddress
import time
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator

from starlette.types import Scope

MAX_CLIENTS = 2_000  # then the least recent one is forgotten
REQUEST_QUEUE_TIMEOUT = 30


class BusyError(Exception):
    """No place became free in time, or too many requests wait for one."""


class TokenBuckets:
    """A token bucket for each client: ``rate`` a second, after a pause up to ``burst`` at once.

    A rate of 0 is no limit.
    """

    def __init__(self, rate: float, burst: int) -> None:
        self.rate, self._burst = rate, burst
        self._tokens: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._tokens)

    def wait(self, client: str) -> float:
        """Return the seconds until the client gets a token; if it got one now, return 0."""
        return self._take(client, on_credit=False)

    async def sleep(self, client: str) -> None:
        """Return when the client gets a token. Those who wait get theirs one after the other."""
        await asyncio.sleep(self._take(client, on_credit=True))

    def _take(self, client: str, on_credit: bool) -> float:
        now = time.monotonic()
        if not self.rate:
            return 0
        tokens, last = self._tokens.pop(client, (float(self._burst), now))
        tokens = min(self._burst, tokens + (now - last) * self.rate)
        allowed = tokens >= 1
        self._tokens[client] = (tokens - (allowed or on_credit), now)
        self._forget(now)
        return 0 if allowed else (1 - tokens) / self.rate

    def _forget(self, now: float) -> None:
        """Forget the first clients that have all their tokens again, and those beyond the bound."""
        while self._tokens:
            tokens, last = next(iter(self._tokens.values()))
            full = tokens + (now - last) * self.rate >= self._burst
            if not full and len(self._tokens) <= MAX_CLIENTS:
                return
            self._tokens.popitem(last=False)


class Places:
    """Places for requests at work: ``total`` in all, ``share`` for one client.

    Requests without one wait, at most ``queue`` in all and ``share_of_queue`` of one client. Those
    who have waited longest come first, but a client with its full share lets others pass.
    """

    def __init__(self, total: int, share: int, queue: int, share_of_queue: int) -> None:
        self._total, self._share = total, share
        self._queue, self._share_of_queue = queue, share_of_queue
        self._working: Counter[str] = Counter()
        self._waiting: Counter[str] = Counter()
        self._line: dict[asyncio.Future[None], str] = {}  # the client of each who waits

    @contextlib.asynccontextmanager
    async def hold(self, client: str) -> AsyncIterator[None]:
        """Hold a place while the context is open; raise BusyError if there is none in time."""
        if self._is_free(client):
            self._working[client] += 1
        else:
            await self._wait(client)
        try:
            yield
        finally:
            self._leave(client)

    def _is_free(self, client: str) -> bool:
        return self._working.total() < self._total and self._working[client] < self._share

    def _leave(self, client: str) -> None:
        """Give a place back, and to the first in line who may have it."""
        _decrement(self._working, client)
        for turn, waiting in self._line.items():
            if self._working.total() >= self._total:
                return
            if not turn.done() and self._is_free(waiting):
                self._working[waiting] += 1
                turn.set_result(None)

    async def _wait(self, client: str) -> None:
        """Return with a place; raise BusyError if there is none in time."""
        full = self._waiting[client] >= self._share_of_queue
        if full or self._waiting.total() >= self._queue:
            raise BusyError
        turn = asyncio.get_running_loop().create_future()
        self._line[turn] = client
        self._waiting[client] += 1
        try:
            async with asyncio.timeout(REQUEST_QUEUE_TIMEOUT):
                await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled():  # its turn came at that very moment
                self._leave(client)
            if isinstance(error, TimeoutError):
                raise BusyError from None
            raise
        finally:
            del self._line[turn]
            _decrement(self._waiting, client)


class Counts:
    """How many things each client has open, at most ``limit``; 0 is no limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._open: Counter[str] = Counter()

    def take(self, client: str) -> bool:
        """Count one more, or return False if the client is at its limit."""
        if self._limit and self._open[client] >= self._limit:
            return False
        self._open[client] += 1
        return True

    def give_back(self, client: str) -> None:
        """Count one less."""
        _decrement(self._open, client)


def client_key(scope: Scope) -> str:
    """Return the address of a client, or with IPv6 its network, which gives one client many."""
    client = (scope.get("client") or ("",))[0]
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    if address.version == 4 or address.ipv4_mapped:
        return str(getattr(address, "ipv4_mapped", None) or address)
    return str(ipaddress.ip_network((address, 64), strict=False))


def _decrement(counter: Counter[str], client: str) -> None:
    counter[client] -= 1
    if not counter[client]:
        del counter[client]
