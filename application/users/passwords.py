"""Password hashes, made and checked away from the event loop: each takes some 80 ms of CPU."""

from __future__ import annotations

from functools import cache

import gevent
from werkzeug.security import check_password_hash, generate_password_hash


def hash_password(password: str) -> str:
    """A salted scrypt hash of the password."""
    hashed: str = gevent.get_hub().threadpool.apply(generate_password_hash, (password,))
    return hashed


def matches(password: str, password_hash: str | None) -> bool:
    """Whether the password is the hashed one. With None (no such user) it takes the same time and says no."""
    against = password_hash or _nobodys_hash()
    if not is_hashable(password):
        password, password_hash = "", None
    same: bool = gevent.get_hub().threadpool.apply(check_password_hash, (against, password))
    return same and password_hash is not None


def is_hashable(password: str) -> bool:
    """Whether the password is proper Unicode: half a surrogate pair, which JSON can write, has no bytes to hash."""
    try:
        password.encode()
    except UnicodeEncodeError:
        return False
    return True


@cache
def _nobodys_hash() -> str:
    return hash_password("the password of nobody")
