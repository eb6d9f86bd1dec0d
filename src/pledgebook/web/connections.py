"""Connections that are cut off: those of clients that do not send their request, or do not take their answer, in time."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

#: Seconds in which a request must have come whole, its head and its body; and in which some of an answer must have been taken.
ARRIVING, STALLED = 30.0, 60.0
#: So often, in seconds, a connection is looked at.
LOOK = 5.0
_LATE = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
#: What the other side is doing while more of a request is to come.
_SENDING = frozenset({h11.IDLE, h11.SEND_BODY})


class BoundedConnection(H11Protocol):
    """A connection as uvicorn has it, looked at now and then. What rests between two requests, uvicorn ends itself."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - as uvicorn makes it
        super().__init__(*given, **named)
        #: Since when a request is under way that has not come whole; since when nothing more of an answer was taken, and how much was left then.
        self._since: float | None = None
        self._held: tuple[float, int] | None = None
        self._look_handle: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """A client has connected: its first request is awaited."""
        super().connection_made(transport)
        self._since = self.loop.time()
        self._look_handle = self.loop.call_later(LOOK, self._look)

    def data_received(self, data: bytes) -> None:
        """A part of a request has come."""
        if self._since is None:
            self._since = self.loop.time()
        super().data_received(data)
        if self.conn.their_state not in _SENDING:
            self._since = None

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        if self._look_handle is not None:
            self._look_handle.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        self._look_handle = self.loop.call_later(LOOK, self._look)
        now = self.loop.time()
        if self._since is None and self.conn.their_state is h11.SEND_BODY:  # it began in what came along with the request before it
            self._since = now
        left = self.transport.get_write_buffer_size()
        if self._held is None or left == 0 or left != self._held[1]:
            self._held = (now, left) if left else None
        if self._held is not None and now >= self._held[0] + STALLED:
            self.transport.abort()
        elif self._since is not None and now >= self._since + ARRIVING and not self.transport.is_closing():
            if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:  # nothing of an answer has gone out
                self.transport.write(_LATE)
            self.transport.close()
