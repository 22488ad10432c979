"""Which addresses may stand for somebody's picture. Pure.

A page puts an avatar into its HTML, and the browser of every reader fetches it from that host. So an address has
nothing that could end an attribute or a ``url()``, and no user name or password.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

MAX_AVATAR_LENGTH = 500

_SAFE = re.compile(r"https://[A-Za-z0-9.\[\]:-]+(?:[/?#][A-Za-z0-9_.~:/?#!$&*+,;=%@-]*)?")


def is_avatar(text: str, hosts: Collection[str] = ()) -> bool:
    """Whether the text is an https URL of at most 500 characters, without quotes, brackets, spaces or userinfo, of one
    of these hosts, or of any host when none are given."""
    if len(text) > MAX_AVATAR_LENGTH or not _SAFE.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return bool(host) and (not hosts or host in {allowed.lower() for allowed in hosts})


def shown(avatar: str | None) -> str | None:
    """The avatar, or None when it was stored before these rules and breaks one."""
    return avatar if avatar is not None and is_avatar(avatar) else None
