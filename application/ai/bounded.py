"""A connection to a server that is trusted with nothing: what it answers has a bound in bytes and one in time."""

from __future__ import annotations

import math
import ssl
import time
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import Any

import httpcore2
import httpx2

_deadline: ContextVar[float] = ContextVar("deadline", default=math.inf)
"""When, on the monotonic clock, the request that this thread is making must be over."""


class Bounded(httpx2.BaseTransport):
    """Passes requests on, and reads of each answer at most ``most`` bytes within ``seconds``.

    A longer answer ends at the bound, so that its reader finds it incomplete; what drips longer is a
    ``httpx2.ReadTimeout``. Nothing is unpacked, for a few bytes can be packed from any number.
    """

    def __init__(self, inner: httpx2.BaseTransport, most: int, seconds: float) -> None:
        self._inner, self._most, self._seconds = inner, most, seconds

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """One request, and the head of its answer."""
        deadline = time.monotonic() + self._seconds
        _deadline.set(deadline)
        request.headers["Accept-Encoding"] = "identity"
        response = self._inner.handle_request(request)
        response.headers.pop("Content-Encoding", None)
        assert isinstance(response.stream, httpx2.SyncByteStream)
        stream = _BoundedStream(response.stream, self._most, deadline)
        return httpx2.Response(
            response.status_code, headers=response.headers, stream=stream, extensions=response.extensions
        )

    def close(self) -> None:
        """Close all connections."""
        self._inner.close()


class Punctual(httpx2.HTTPTransport):
    """Connections on which nothing lasts beyond the deadline of ``Bounded``: a timeout of httpx is that of one read,
    and a head that drips takes any number of them."""

    def __init__(self, limits: httpx2.Limits) -> None:
        super().__init__(limits=limits)
        self._pool.close()
        # Only the pool can be given other connections, and httpx passes none on to it.
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(),
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            keepalive_expiry=limits.keepalive_expiry,
            network_backend=_PunctualNetwork(),
        )


class _PunctualNetwork(httpcore2.NetworkBackend):
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        network = httpcore2.SyncBackend()
        return _PunctualConnection(network.connect_tcp(host, port, _left(timeout), local_address, socket_options))


class _PunctualConnection(httpcore2.NetworkStream):
    def __init__(self, inner: httpcore2.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _PunctualConnection(self._inner.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(timeout: float | None) -> float | None:
    """The timeout, or what is left until the deadline where that is less; raises ReadTimeout when nothing is."""
    left = _deadline.get() - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("the answer drips")
    return min(left, math.inf if timeout is None else timeout) if left < math.inf else timeout


class _BoundedStream(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, most: int, deadline: float) -> None:
        self._stream, self._left, self._deadline = stream, most, deadline

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            if time.monotonic() > self._deadline:
                raise httpx2.ReadTimeout("the answer drips")
            yield chunk[: self._left]
            self._left -= len(chunk)
            if self._left <= 0:
                return

    def close(self) -> None:
        self._stream.close()
