"""The end of connections whose client does not read what it asked for."""

import asyncio
import contextlib
import socket
import struct
import sys
from typing import Any, cast

from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

UNREAD_TIMEOUT = 30.0  # seconds in which a client reads nothing
# Closing drops what the client has not read, instead of waiting until it has.
_DROP_UNREAD = struct.pack("ii", 1, 0)


class _WatchedReader(asyncio.Protocol):
    """A connection that ends if its client reads nothing for a while, also at the end of an
    answer."""

    _timer: asyncio.TimerHandle | None = None
    _transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Have asyncio tell of everything that is not sent at once, however little."""
        self._transport = cast(asyncio.Transport, transport)
        self._transport.set_write_buffer_limits(high=0)
        super().connection_made(transport)

    def pause_writing(self) -> None:
        """Wait for the client, and watch whether it reads."""
        super().pause_writing()
        self._watch(self._unread())

    def resume_writing(self) -> None:
        """Go on."""
        self._stop_watching()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the client."""
        self._stop_watching()
        super().connection_lost(exc)

    def _watch(self, unread: int) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(UNREAD_TIMEOUT, self._look, unread)

    def _look(self, before: int) -> None:
        unread = self._unread()
        if unread < before:
            self._watch(unread)
            return
        opened = self._transport.get_extra_info("socket")
        with contextlib.suppress(OSError):
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _DROP_UNREAD)
        self._transport.abort()

    def _unread(self) -> int:
        """Return how many bytes the client has still to read."""
        unsent = self._transport.get_write_buffer_size()
        return unsent + _system_unread(self._transport.get_extra_info("socket"))

    def _stop_watching(self) -> None:
        if self._timer:
            self._timer.cancel()


class WatchedHttp(_WatchedReader, H11Protocol):
    """HTTP of clients that read."""


class WatchedWebSocket(_WatchedReader, WebSocketsSansIOProtocol):
    """WebSockets of pages that read."""


def _system_unread(opened: Any) -> int:
    """Return how many bytes Linux holds for the client of a socket. It takes them in large steps,
    so that without them a slow client would look like one that does not read."""
    if sys.platform != "linux":
        return 0
    import fcntl
    import termios

    with contextlib.suppress(OSError):
        held = fcntl.ioctl(opened.fileno(), termios.TIOCOUTQ, bytes(4))
        return int.from_bytes(held, sys.byteorder)
    return 0
