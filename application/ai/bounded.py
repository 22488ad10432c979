"""A connection to a server that is trusted with nothing: what it answers has a bound in bytes and one in time."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx2


class Bounded(httpx2.BaseTransport):
    """Passes requests on, and reads of each answer at most ``most`` bytes within ``seconds``.

    What is longer ends at the bound, so that it is no whole answer to whoever reads it; what drips longer is a
    ``httpx2.ReadTimeout``. Nothing is unpacked, for a few bytes can be packed from any number.
    """

    def __init__(self, inner: httpx2.BaseTransport, most: int, seconds: float) -> None:
        self._inner, self._most, self._seconds = inner, most, seconds

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """One request, and the head of its answer."""
        began = time.monotonic()
        request.headers["Accept-Encoding"] = "identity"
        response = self._inner.handle_request(request)
        response.headers.pop("Content-Encoding", None)
        assert isinstance(response.stream, httpx2.SyncByteStream)
        stream = _BoundedStream(response.stream, self._most, began + self._seconds)
        return httpx2.Response(
            response.status_code, headers=response.headers, stream=stream, extensions=response.extensions
        )

    def close(self) -> None:
        """Close all connections."""
        self._inner.close()


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
