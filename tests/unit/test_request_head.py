"""Heads of requests: what can be read in two ways is refused, what clients send is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.web.request_head import BadHead, check

GET = b"GET / HTTP/1.1\r\n"
HOST = b"Host: localhost:4000\r\n"


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        (GET, [HOST]),
        (b"OPTIONS /a%20b?c=d HTTP/1.1\r\n", [b"host:[::1]:80\r\n"]),
        (b"GET / HTTP/1.0\r\n", []),
        (b"POST / HTTP/1.1\r\n", [HOST, b"Content-Length: 40\r\n", b"X: a\tb \xc3\xa9  \r\n", b"Empty:\r\n"]),
        (b"POST / HTTP/1.1\r\n", [HOST, b"Transfer-Encoding: Chunked\r\n"]),
        (b"PROPFIND //x HTTP/1.1\r\n", [HOST, b"Cookie: a=b\r\n", b"Cookie: c=d\r\n"]),
    ],
)
def test_heads_of_clients(line: bytes, lines: list[bytes]) -> None:
    check(line, lines)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\r\n",
        b"GET /\r\n",
        b"GET / HTTP/1.1\n",
        b"GET  / HTTP/1.1\r\n",
        b"GET / HTTP/1.1 \r\n",
        b"GET\t/\tHTTP/1.1\r\n",
        b" GET / HTTP/1.1\r\n",
        b"GET / HTTP/2.0\r\n",
        b"GET / HTTP/1.x\r\n",
        b"GET / http/1.1\r\n",
        b"GET /\x00 HTTP/1.1\r\n",
        b"GET /\xc3\xa9 HTTP/1.1\r\n",
        b"G(T / HTTP/1.1\r\n",
        b"GET http://localhost/ HTTP/1.1\r\n",
        b"CONNECT localhost:80 HTTP/1.1\r\n",
        b"OPTIONS * HTTP/1.1\r\n",
        b"GET /\rX HTTP/1.1\r\n",
    ],
)
def test_request_lines_that_are_none(line: bytes) -> None:
    with pytest.raises(BadHead):
        check(line, [HOST])


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [HOST, HOST],
        [b"Host:\r\n"],
        [b"Host: a b\r\n"],
        [b"Host: a/b\r\n"],
        [b"Host: me@a\r\n"],
        [b"Host: a,b\r\n"[:8] + b"\r\n", HOST],
        [HOST, b"Content-Length: 4\r\n", b"Content-Length: 5\r\n"],
        [HOST, b"Content-Length: 4\r\n", b"content-length: 4\r\n"],
        [HOST, b"Content-Length: 4, 4\r\n"],
        [HOST, b"Content-Length: +40\r\n"],
        [HOST, b"Content-Length: -1\r\n"],
        [HOST, b"Content-Length: 4_0\r\n"],
        [HOST, b"Content-Length: 0x4\r\n"],
        [HOST, b"Content-Length:\r\n"],
        [HOST, b"Content-Length: " + b"9" * 30 + b"\r\n"],
        [HOST, b"Content-Length: 4\r\n", b"Transfer-Encoding: chunked\r\n"],
        [HOST, b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: chunked\r\n"],
        [HOST, b"Transfer-Encoding: gzip, chunked\r\n"],
        [HOST, b"Transfer-Encoding: identity\r\n"],
        [HOST, b"Transfer-Encoding: \x0bchunked\r\n"],
        [HOST, b"X : a\r\n"],
        [HOST, b" folded\r\n"],
        [HOST, b"X: a\n"],
        [HOST, b"X: a\nY: b\r\n"],
        [HOST, b"X: a\rb\r\n"],
        [HOST, b"X: \x00\r\n"],
        [HOST, b"no colon\r\n"],
        [HOST, b": nameless\r\n"],
        [HOST, b"\xc3\xa9: a\r\n"],
    ],
)
def test_headers_that_are_none(lines: list[bytes]) -> None:
    with pytest.raises(BadHead):
        check(GET, lines)


def test_the_oldest_requests_have_no_chunks() -> None:
    with pytest.raises(BadHead):
        check(b"POST / HTTP/1.0\r\n", [b"Transfer-Encoding: chunked\r\n"])


@given(st.binary(max_size=60), st.lists(st.binary(max_size=40), max_size=4))
def test_whatever_comes_is_taken_or_refused(line: bytes, lines: list[bytes]) -> None:
    try:
        check(line, lines)
    except BadHead as refusal:
        assert refusal.status == 400 and str(refusal)
