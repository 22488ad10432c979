"""What the text of a setting may be: parsers that raise ValueError with what would be right."""

from __future__ import annotations

import ipaddress
import math
import os
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import urlsplit

from limits import parse_many
from redis import Redis
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError


def whole(least: int, most: int, of: str = "") -> Callable[[str], int]:
    """A whole number of something, such as seconds."""
    right = f"must be a whole number{of and f' of {of}'} from {least} to {most}"

    def parse(text: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,18}", text) or not least <= int(text) <= most:
            raise ValueError(right)
        return int(text)

    return parse


def number(least: float, most: float, of: str) -> Callable[[str], float]:
    """A number of something, with a fraction or without."""
    right = f"must be a number of {of} from {least:g} to {most:g}, such as {max(least, 0.5):g}"

    def parse(text: str) -> float:
        try:
            found = float(text)
        except ValueError as error:
            raise ValueError(right) from error
        if not math.isfinite(found) or not least <= found <= most:
            raise ValueError(right)
        return found

    return parse


def dollars(text: str) -> Decimal:
    """An amount of US dollars."""
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise ValueError("must be an amount of US dollars, such as 0.25") from error
    if not amount.is_finite() or not 0 <= amount <= 100_000:
        raise ValueError("must be an amount of US dollars from 0 to 100000")
    return amount


def one_of(*allowed: str) -> Callable[[str], str]:
    """One of a few words, in capitals or not."""

    def parse(text: str) -> str:
        if text.lower() not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}")
        return text.lower()

    return parse


def switch(text: str) -> bool:
    """0 or 1."""
    return one_of("0", "1")(text) == "1"


def on_or_off(text: str) -> bool:
    """The words on or off."""
    return one_of("on", "off")(text) == "on"


def name(text: str) -> str:
    """A name without white space, as of a model; or a key."""
    if not re.fullmatch(r"[!-~]{1,300}", text):
        raise ValueError("must be printable ASCII characters without spaces, at most 300")
    return text


def words(text: str) -> tuple[str, ...]:
    """Words with commas between, in capitals or not."""
    found = tuple(word.strip().lower() for word in text.split(",") if word.strip())
    if not found:
        raise ValueError("must be words with commas between")
    return found


def rates(text: str) -> str:
    """A rate or several, as the ``limits`` library reads them."""
    try:
        found = parse_many(text)
    except ValueError as error:
        raise ValueError("must be a rate such as '10 per minute' or '100/hour'") from error
    if any(rate.amount < 1 for rate in found) or re.search(r"(?<!\d)0+(?!\d)", text):
        raise ValueError("must allow at least 1 in at least 1 second, such as '10 per minute'")
    return text


def rate(text: str) -> str:
    """One rate."""
    if len(parse_many(rates(text))) != 1:
        raise ValueError("must be one rate, such as '10 per minute'")
    return text


def secret_key(text: str) -> str:
    """A key that signs."""
    if len(text) < 32:
        raise ValueError("must have at least 32 characters")
    return text


def listening(text: str) -> str:
    """An address to listen on. Some shells put the machine's name, or a compiler's target, into ``HOST``."""
    with_zone = text.partition("%")[0]
    try:
        return text if text == "localhost" else (str(ipaddress.ip_address(with_zone)) and text)
    except ValueError as error:
        raise ValueError(
            "must be an IP address of this machine: 0.0.0.0 for all of IPv4, 127.0.0.1 for this machine alone"
        ) from error


def origins(text: str) -> tuple[str, ...]:
    """Where web pages come from, as browsers say it in ``Origin``."""
    found = []
    for each in (word.strip() for word in text.split(",")):
        if not each:
            continue
        origin = each.removesuffix("/")
        if origin != "*" and not _is_origin(origin):
            raise ValueError(f"must be * or addresses such as http://localhost:5173, without a path; {each!r} is not")
        found.append(origin)
    if not found:
        raise ValueError("must be * or addresses such as http://localhost:5173")
    return tuple(found)


def hosts(text: str) -> tuple[str, ...]:
    """Names of hosts, without a scheme, a port or a path."""
    found = words(text)
    for host in found:
        if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host):
            raise ValueError(f"must be names of hosts such as avatars.example.org; {host!r} is not")
    return found


def _is_origin(text: str) -> bool:
    if not re.fullmatch(r"[a-z][a-z0-9+.-]*://(\[[0-9a-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?", text):
        return False
    try:
        return urlsplit(text).port != 0
    except ValueError:
        return False


def folder(text: str) -> Path:
    """A folder that is there or can be made."""
    path = Path(text).expanduser()
    there = path
    while not there.exists() and there != there.parent:
        there = there.parent
    if not there.is_dir():
        raise ValueError(f"must be a folder; {there} is a file")
    if not os.access(there, os.W_OK | os.X_OK):
        raise ValueError(f"must be a folder that can be written; {there} cannot")
    return path


def folder_of_problems(text: str) -> Path:
    """A folder that holds documents of problems, or nothing yet."""
    path = Path(text).expanduser()
    if not path.is_dir():
        raise ValueError("must be a folder; there is none of this name")
    if any(path.iterdir()) and not any(path.glob("*.json")):
        raise ValueError("must be a folder of problems, each a .json file; there is none in it")
    return path


def database_url(text: str) -> str:
    """The address of a PostgreSQL, as SQLAlchemy wants it."""
    for scheme in ("postgresql+psycopg2://", "postgresql://", "postgres://"):
        if text.startswith(scheme):
            url = "postgresql+psycopg2://" + text.removeprefix(scheme)
            try:
                make_url(url)
            except (ArgumentError, ValueError):
                break
            return url
    raise ValueError("must be an address such as postgresql://user:password@host/name")


def redis_url(text: str) -> str:
    """The address of a Redis."""
    try:
        Redis.from_url(text)  # connects to nothing yet
    except ValueError as error:
        raise ValueError("must be an address such as redis://host:6379/0") from error
    return text


def http_url(text: str) -> str:
    """The address of an HTTP server, perhaps with a path."""
    wrong = "must be an address such as http://host:8000, or https://"
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and " " not in text
    except ValueError as error:
        raise ValueError(wrong) from error
    if not good:
        raise ValueError(wrong)
    return text.rstrip("/")
