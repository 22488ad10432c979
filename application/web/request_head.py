"""What the head of an HTTP request must look like, before anything is made of it.

The web server's parser is lenient: it takes lines without their carriage return, two lengths for one body, and numbers
with a sign. A proxy that reads such a head in another way sees another request than we do; so what can be read in two
ways is refused. Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

MAX_LINE_BYTES = 16 * 1024
"""The longest header line that is read, its end counted in."""

MAX_HEAD_BYTES = 64 * 1024
"""The most that all header lines together may have."""

MAX_FIELDS = 100

_TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_REQUEST_LINE = re.compile(_TOKEN + rb" ([\x21-\x7e]+) (HTTP/1\.[01])\r\n")
_FIELD = re.compile(rb"(" + _TOKEN + rb"):[ \t]*([^\x00-\x08\x0a-\x1f\x7f]*?)[ \t]*\r\n")
_HOST = re.compile(rb"(?:[\w.~!$&'()*+,;=%-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{0,5})?", re.ASCII)
_LENGTH = re.compile(rb"[0-9]{1,18}")


class BadHead(ValueError):
    """The head of a request cannot be accepted; ``status`` is what to answer, the message a sentence for people."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def check(request_line: bytes, lines: Sequence[bytes]) -> None:
    """Raises BadHead unless the head is well formed; ``lines`` are its header lines, without the empty one."""
    first = _REQUEST_LINE.fullmatch(request_line)
    if first is None:
        raise BadHead("A request begins with its method, its address and HTTP/1.1, and a line ends with CR LF.")
    if not first[1].startswith(b"/"):
        raise BadHead("The address must be a path that begins with a slash.")
    fields = _fields(lines)
    hosts, lengths, codings = fields[b"host"], fields[b"content-length"], fields[b"transfer-encoding"]
    oldest = first[2] == b"HTTP/1.0"
    if len(hosts) != 1 and not (oldest and not hosts):
        raise BadHead("A request names its Host, once.")
    if not all(_HOST.fullmatch(host) for host in hosts):
        raise BadHead("The Host is no name of a host.")
    if len(lengths) > 1 or not all(_LENGTH.fullmatch(length) for length in lengths):
        raise BadHead("Content-Length is one whole number.")
    if codings and (lengths or oldest or [coding.lower() for coding in codings] != [b"chunked"]):
        raise BadHead("Transfer-Encoding is chunked, once, and without a Content-Length.")


def _fields(lines: Sequence[bytes]) -> defaultdict[bytes, list[bytes]]:
    """The values of each header, by its name in small letters."""
    fields = defaultdict[bytes, list[bytes]](list)
    for line in lines:
        field = _FIELD.fullmatch(line)
        if field is None:
            raise BadHead("A header is a name, a colon and a value on one line that ends with CR LF.")
        fields[field[1].lower()].append(field[2])
    return fields
